/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSortedFiles - files that a person opens, sorted by what they are.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "model/atelier-recipe.h"

G_BEGIN_DECLS

/* A member is NULL where no file is of its kind. */
typedef struct
{
  /* Owned */
  GListStore    *pictures;     /* of GFile; may be empty */
  GFile         *model;
  char          *network_path;
  AtelierRecipe *recipe;
  char          *data_spec;    /* as for atelier_session_load_data () */
  GPtrArray     *complaints;   /* of char *: for each file that is not opened its name and why */
} AtelierSortedFiles;

void                atelier_sorted_files_free       (AtelierSortedFiles   *sorted);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierSortedFiles, atelier_sorted_files_free)

/* Looks into @files, of GFile, on another thread. */
void                atelier_sorted_files_new_async  (GListModel           *files,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
/* Transfer full. */
AtelierSortedFiles *atelier_sorted_files_new_finish (GAsyncResult         *result);

G_END_DECLS
