/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which files of a folder are the four of a data set in IDX files.
 *
 *   train-images-idx3-ubyte              as published
 *   train-images.idx3-ubyte              as gunzip -N and file managers write it
 *   TRAIN-IMAGES-IDX3-UBYTE              from file systems without lower case
 *   emnist-letters-train-images-idx3-ubyte, emnist-letters-test-images-idx3-ubyte
 *
 * and all of these with .gz.  What stands before "train" is the prefix; a folder may hold several
 * data sets that differ in it.  Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_IDX_TRAIN_IMAGES,
  ATELIER_IDX_TRAIN_LABELS,
  ATELIER_IDX_TEST_IMAGES,
  ATELIER_IDX_TEST_LABELS,
  ATELIER_IDX_N_FILES
} AtelierIdxFile;

typedef struct
{
  /* Owned */
  char *prefix;                     /* "" or "emnist-letters", in lower case */
  char *paths[ATELIER_IDX_N_FILES]; /* NULL: there is none */
  char *mapping;                    /* nullable; the path of "PREFIX-mapping.txt" */

  guint penalties[ATELIER_IDX_N_FILES]; /* how far the name is from the published one */
} AtelierIdxNames;

void             atelier_idx_names_free        (AtelierIdxNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierIdxNames, atelier_idx_names_free)

/* The published name of @file: "train-images-idx3-ubyte". */
const char      *atelier_idx_names_get_name    (AtelierIdxFile file);

/* Transfer full, of AtelierIdxNames: the data sets in @folder, each with at least one file, sorted
 * by prefix.  Of two names for the same file the one nearest to the published name is taken, and of
 * a compressed file and an uncompressed one the latter, which is faster to read. */
GPtrArray       *atelier_idx_names_list        (const char *folder);

/* Whether all four files are there. */
gboolean         atelier_idx_names_is_complete (const AtelierIdxNames *names);

/* The data set at @path, which is a folder with one data set or with one without a prefix, or
 * FOLDER/PREFIX.  NOT_FOUND if there is none or a file is missing, MISMATCH if there are several;
 * the message says which. */
AtelierIdxNames *atelier_idx_names_find        (const char *path,
                                                GError    **error);

G_END_DECLS
