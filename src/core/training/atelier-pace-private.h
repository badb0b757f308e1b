/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPace - how fast training goes of late, and how long it will take.
 *
 * Plain arithmetic over durations that the caller measured; it knows no clock.  Zeroed memory is a
 * pace that nothing is known of yet.  Only files of the core include this header.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double images;          /* both fade with age, so that their quotient is the speed of late */
  double seconds;
  double trained_seconds; /* all of them, without what was left out */
  double doubt;           /* how often an interval was left out; fades as well */
} AtelierPace;

/* @n_images were trained on in @seconds.  An interval much longer than the pace foretells is
 * left out, because the program was stopped in it or the machine slept; when more of them follow,
 * they are the pace. */
void   atelier_pace_add                   (AtelierPace *pace,
                                           double       n_images,
                                           double       seconds);
/* 0 while unknown. */
double atelier_pace_get_images_per_second (const AtelierPace *pace);
/* Of training on @n_images and classifying @n_validation images, of which one takes
 * @validation_seconds (NaN where that was not measured yet).  NaN while there is no basis. */
double atelier_pace_estimate_seconds      (const AtelierPace *pace,
                                           double             n_images,
                                           double             n_validation,
                                           double             validation_seconds);

G_END_DECLS
