/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which classes a split leaves out.
 *
 * A class without training pictures is never learnt, and one without validation pictures is not
 * measured while training; curves and mean accuracies do not show either.  Data that are sorted by
 * class are the usual reason, since the first pictures are the validation split.
 */

#pragma once

#include "data/atelier-splits.h"

G_BEGIN_DECLS

/* The classes that have no picture in @split but some in another split, ascending; none where
 * @split is empty.  Transfer full: of guint.  Any thread. */
GArray  *atelier_class_coverage_list_missing (AtelierSplits *splits,
                                              AtelierSplit   split);
/* Whether training and validation pictures together are in the order of their classes, of which
 * there are several.  Any thread. */
gboolean atelier_class_coverage_is_sorted    (AtelierSplits *splits);

/* Sentences about classes that are missing from training or validation, and why; NULL where none
 * is.  Translated; transfer full.  Main thread (the locale). */
char    *atelier_class_coverage_describe     (AtelierSplits *splits);

G_END_DECLS
