/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSelection - which pictures of a split are shown: a cell of the matrix, a row, a column, or
 * all mistakes.
 *
 * A plain value that names classes and not pictures, so that it stays valid when the epoch changes.
 * Any thread, except for the functions that return words, which are translated.
 */

#pragma once

#include "results/atelier-confusion.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_SELECT_MISTAKES,
  ATELIER_SELECT_CELL,
  ATELIER_SELECT_TRUTH,      /* a row: all pictures of a class */
  ATELIER_SELECT_PREDICTION, /* a column: all pictures that were predicted as a class */
} AtelierSelectionKind;

typedef struct
{
  AtelierSelectionKind kind;
  guint                truth;      /* of a cell or a row, else 0 */
  guint                prediction; /* of a cell or a column, else 0 */
} AtelierSelection;

gboolean atelier_selection_equal    (const AtelierSelection *a,
                                     const AtelierSelection *b);
/* Whether a picture of class @truth that was predicted as @prediction is selected. */
gboolean atelier_selection_has      (const AtelierSelection *selection,
                                     guint                   truth,
                                     guint                   prediction);
/* Whether @n_classes include its classes. */
gboolean atelier_selection_fits     (const AtelierSelection *selection,
                                     guint                   n_classes);
guint    atelier_selection_count    (const AtelierSelection *selection,
                                     AtelierConfusion       *confusion);

/* "Shirt called Coat"; transfer full. */
char    *atelier_selection_title    (const AtelierSelection *selection,
                                     const char * const     *class_names);
/* "82 of 493 true Shirt"; transfer full. */
char    *atelier_selection_describe (const AtelierSelection *selection,
                                     AtelierConfusion       *confusion,
                                     const char * const     *class_names);
/* "Shirt called Coat: 82 of 493", "All mistakes: 512 of 5,000 pictures"; transfer full. */
char    *atelier_selection_announce (const AtelierSelection *selection,
                                     AtelierConfusion       *confusion,
                                     const char * const     *class_names);

G_END_DECLS
