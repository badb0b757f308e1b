/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The progress line: one line on a terminal that is rewritten in place during a run. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *label;             /* before the epoch ("report-1, seed 2"); nullable */
  guint       epoch;             /* in progress, from 1 */
  guint       n_epochs;
  double      progress;          /* 0 to 1, of the whole run */
  double      loss;              /* of this epoch so far; NaN if unknown */
  double      accuracy;
  double      images_per_second; /* 0 if unknown */
  double      seconds_left;      /* NaN if unknown */
} AtelierCliProgress;

/* The line, cut to @width cells.  The bar gets the space that the text leaves, and is dropped if
 * that is too little.  Transfer full. */
char    *atelier_cli_progress_format (const AtelierCliProgress *progress,
                                      guint                     width);

/* Whether standard error is a terminal; if not, the two functions below do nothing. */
gboolean atelier_cli_progress_is_shown (void);
void     atelier_cli_progress_show     (const AtelierCliProgress *progress);
/* Removes the line; call it before printing anything else. */
void     atelier_cli_progress_clear    (void);

G_END_DECLS
