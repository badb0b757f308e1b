/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The columns of the table of runs, each a line of a table: what it shows, and how it sorts.  Main
 * thread. */

#pragma once

#include "runs/atelier-run-item.h"

G_BEGIN_DECLS

/* A column of one text.  The first ones, which have more than a text, are the table's own. */
typedef struct
{
  const char *id;
  const char *title;                                /* to be translated */
  char     *(*describe)    (AtelierRunItem *item);  /* transfer full */
  double    (*get_number)  (AtelierRunItem *item);  /* sorts by it; NaN comes last; nullable */
  const char *(*get_text)  (AtelierRunItem *item);  /* or by this */
  gboolean    is_number;                            /* stands at the right end, digits aligned */
  gboolean    is_hidden;                            /* shown on request */
  int         width_chars;                          /* at most, where a text is cut; 0: never */
} AtelierRunColumn;

extern const AtelierRunColumn atelier_run_columns[];
extern const guint            atelier_n_run_columns;

G_END_DECLS
