/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureExport - copies pictures of a data set to the clipboard and saves them as files.
 *
 * It holds references and copies of all that it needs, so that a thread can write the files while
 * the window changes.  Main thread, except where noted.
 */

#pragma once

#include <gtk/gtk.h>

#include "pictures/atelier-picture-list.h"

G_BEGIN_DECLS

/* The most pictures on the sheet for the clipboard. */
#define ATELIER_PICTURE_EXPORT_MAX_SHEET 400

typedef struct _AtelierPictureExport AtelierPictureExport;

/* @predictions (nullable): the network's answers, for file names and captions.  @pictures:
 * [n], their numbers in the data set, n > 0. */
AtelierPictureExport *atelier_picture_export_new           (AtelierSplits        *splits,
                                                            AtelierPredictions   *predictions,
                                                            const guint          *pictures,
                                                            guint                 n);
/* The pictures of @list at @positions; NULL where @positions is empty. */
AtelierPictureExport *atelier_picture_export_new_from_list (AtelierPictureList   *list,
                                                            GtkBitset            *positions);
void                  atelier_picture_export_free          (AtelierPictureExport *picture_export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPictureExport, atelier_picture_export_free)

guint                 atelier_picture_export_get_n         (AtelierPictureExport *picture_export);
/* "validation-00123-shirt-called-coat.png"; transfer full. */
char                 *atelier_picture_export_get_name      (AtelierPictureExport *picture_export,
                                                            guint                 i);
/* One picture: its own pixels; several: a sheet with captions.  Transfer full. */
GdkTexture           *atelier_picture_export_draw          (AtelierPictureExport *picture_export);

/* Writes one picture to the file @path, or several into the folder @path under their names without
 * replacing files.  Takes @picture_export.  Returns how many were written. */
void   atelier_picture_export_save_async  (AtelierPictureExport  *picture_export,
                                           const char            *path,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gssize atelier_picture_export_save_finish (GAsyncResult          *result,
                                           GError               **error);

/* The commands Copy and Save, with @widget's clipboard, a dialog of its window, and a toast that
 * says what was done.  Both take @picture_export. */
void   atelier_picture_export_copy        (AtelierPictureExport  *picture_export,
                                           GtkWidget             *widget);
void   atelier_picture_export_ask         (AtelierPictureExport  *picture_export,
                                           GtkWidget             *widget);

G_END_DECLS
