/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is special about the IDX files of EMNIST, the handwritten letters and digits of NIST.
 *
 * Each image is stored column by column, so that a reader of IDX sees it mirrored and on its side.
 * A text file, "emnist-letters-mapping.txt", says which characters a label stands for.
 * Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @prefix: see AtelierIdxNames. */
gboolean atelier_idx_emnist_is         (const char *prefix);

/* Turns images that are stored column by column into rows.  Takes @images: [n, @width, @height];
 * returns [n, @height, @width], transfer full.  NULL if there is not enough memory. */
GBytes  *atelier_idx_emnist_transpose  (GBytes     *images,
                                        guint       height,
                                        guint       width);

/* The names of @n_classes classes from a file with a line for each label, such as "1 65 97": the
 * label, and the code points of its characters.  These are joined to "A/a"; a label without a line
 * is named by its number.  Transfer full.  FORMAT, and the errors of atelier_file_read. */
GStrv    atelier_idx_emnist_load_names (const char *path,
                                        guint       n_classes,
                                        GError    **error);

G_END_DECLS
