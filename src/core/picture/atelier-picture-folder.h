/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures in a folder and their classes: FOLDER/Ankle boot/photo.png, and those in the folders
 * below a class's folder.
 *
 * Only names and first bytes are looked at; damage inside a file is found when it is read.  Reads
 * the file system and nothing else; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;    /* Owned */
  int   i_class; /* -1: not in a class folder */
} AtelierPictureEntry;

typedef struct
{
  GPtrArray *entries;   /* Owned; of AtelierPictureEntry: first those directly in the folder, then
                         * class by class, each sorted by name */
  GPtrArray *strangers; /* Owned; of char *: sorted names of the subfolders that match no class */
  GPtrArray *left_out;  /* Owned; of char *: those of them with pictures in or below them */
  char      *nested;    /* Owned; nullable: the first of them that itself has class folders */
  guint      n_class_folders;
} AtelierPictureFolder;

void                  atelier_picture_folder_free (AtelierPictureFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPictureFolder, atelier_picture_folder_free)

/* Hidden files are left out, and files that are pictures neither by name nor by their first bytes.
 * Subfolders are searched if they are named after a class of @class_names (NULL-terminated; see
 * atelier_drawings_find_class), and all folders in them, at most 16 deep.  NOT_FOUND, FORMAT (not a
 * folder), FAILED. */
AtelierPictureFolder *atelier_picture_folder_list (const char          *path,
                                                   const char * const  *class_names,
                                                   GError             **error);

G_END_DECLS
