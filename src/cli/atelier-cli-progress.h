/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The progress line: one line on a terminal that is rewritten in place while a run goes on. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *label;             /* before the epoch ("report-1, seed 2"); nullable */
  guint       epoch;             /* in progress, from 1 */
  guint       n_epochs;
  double      progress;          /* 0 to 1, of the whole run */
  double      loss;              /* of this epoch so far; NaN while unknown */
  double      accuracy;
  double      images_per_second; /* 0 while unknown */
  double      seconds_left;      /* NaN while unknown */
} AtelierCliProgress;

/* At most @width cells; the bar takes what the figures leave, and goes first where that is too
 * little. Transfer full. */
char    *atelier_cli_progress_format (const AtelierCliProgress *progress,
                                      guint                     width);

/* Whether standard error is a terminal that a line can be rewritten on; elsewhere the two below
 * do nothing. */
gboolean atelier_cli_progress_is_shown (void);
void     atelier_cli_progress_show     (const AtelierCliProgress *progress);
/* Removes the line, before anything else is printed. */
void     atelier_cli_progress_clear    (void);

G_END_DECLS
