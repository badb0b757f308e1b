/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file that a person opens is.  Its contents tell, never its name.  Reads the file system;
 * any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_FILE_MODEL,
  ATELIER_FILE_NETWORK, /* JSON, as for atelier_network_load () */
  ATELIER_FILE_RECIPE,  /* JSON, as for atelier_recipe_load () */
  ATELIER_FILE_PLAN,    /* JSON with both */
  ATELIER_FILE_PICTURE,
  ATELIER_FILE_DATA,    /* a folder, or an IDX file */
} AtelierFileKind;

/* FALSE where @path is none of these: NOT_FOUND, FORMAT (no regular file, or JSON that cannot be
 * read), UNSUPPORTED (of no kind that can be opened).  The file may still turn out to be damaged
 * when it is read whole. */
gboolean atelier_file_kind_find (const char       *path,
                                 AtelierFileKind  *kind,
                                 GError          **error);
/* Of a file of the kind DATA: what atelier_dataset_finder_load () takes for its data set.  Transfer
 * full. */
char    *atelier_file_kind_dup_data_spec (const char *path);

G_END_DECLS
