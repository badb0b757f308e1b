/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a picture from a file, the clipboard or a drop, and prepares it as the network would see
 * it.
 *
 * file list or image bytes -> AtelierPicture -> AtelierInput -> AtelierIntake
 *
 * Each request is one cancellable job; decoding and the input pipeline run in threads.  Image bytes
 * are read from a stream with a limit before they are decoded.  Asking GDK for a GdkTexture was
 * rejected, because GDK decodes data of any size.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-input.h"
#include "picture/atelier-picture.h"

G_BEGIN_DECLS

typedef struct
{
  AtelierPicture     *picture; /* Owned */
  AtelierInput        input;   /* the pipeline that prepared it */
  AtelierInputResult *result;  /* Owned */
  GListModel         *files;   /* Owned; of GFile: there were several, or they were only to be
                                  taken.  None was read, so that picture and result are NULL; else
                                  NULL */
  GBytes             *bytes;   /* Owned; of a picture that is no file and was only to be taken; else
                                  NULL */
  char               *name;    /* Owned; of such a picture, translated; else NULL */
} AtelierIntake;

void              atelier_intake_free                 (AtelierIntake        *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierIntake, atelier_intake_free)

/* The formats that can be read from a clipboard or a drop.  Transfer full. */
GdkContentFormats *atelier_intake_new_formats         (void);

/* Each ends with atelier_intake_finish().  Errors of atelier_picture_load(), and G_IO_ERROR. */
void              atelier_intake_read_file_async      (GFile                *file,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* @name: of the picture, translated. */
void              atelier_intake_read_bytes_async     (GBytes               *bytes,
                                                       const char           *name,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* NOT_FOUND if there is no picture in it. */
void              atelier_intake_read_clipboard_async (GdkClipboard         *clipboard,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Finishes @drop, also on failure.  @only_takes: the pictures are read later; the result has the
 * files or the bytes. */
void              atelier_intake_read_drop_async      (GdkDrop              *drop,
                                                       gboolean              only_takes,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Prepares a picture that was decoded before. */
void              atelier_intake_run_async            (AtelierPicture       *picture,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
AtelierIntake    *atelier_intake_finish               (GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
