/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which pictures are in a folder, and of which classes they are: FOLDER/Ankle boot/photo.png.
 *
 * Looks at names and first bytes only; what a file really holds shows when it is read.  Pure but
 * for the file system; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;    /* Owned */
  int   i_class; /* -1: not in a class's folder */
} AtelierPictureEntry;

typedef struct
{
  GPtrArray *entries;   /* Owned; of AtelierPictureEntry: the folder's own, then class by class,
                         * each sorted by name */
  GPtrArray *strangers; /* Owned; of char *: sorted names of the folders that no class is called */
  guint      n_class_folders;
} AtelierPictureFolder;

void                  atelier_picture_folder_free (AtelierPictureFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPictureFolder, atelier_picture_folder_free)

/* Hidden files are left out, and files that neither are called as pictures nor begin as such.
 * Folders are looked into where they are called as a class of @class_names (NULL-terminated; see
 * atelier_drawings_is_folder_of), and no further.  NOT_FOUND, FORMAT (no folder), FAILED. */
AtelierPictureFolder *atelier_picture_folder_list (const char          *path,
                                                   const char * const  *class_names,
                                                   GError             **error);

G_END_DECLS
