/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a person hands over (a file, the clipboard, something dropped) to what the network
 * would see of it.
 *
 *   file list or image bytes -> AtelierPicture -> AtelierInput -> AtelierIntake
 *
 * Each request is one cancellable job; decoding and the input pipeline run in GTask's threads.
 * Image bytes come as a stream and are bounded before they are decoded, which is why no GdkTexture
 * is asked for: GDK would decode anything of any size.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-input.h"
#include "picture/atelier-picture.h"

G_BEGIN_DECLS

typedef struct
{
  AtelierPicture     *picture; /* Owned */
  AtelierInput        input;   /* the pipeline that it went through */
  AtelierInputResult *result;  /* Owned */
  GListModel         *files;   /* Owned, of GFile: several were handed over, and none was read; else
                                  NULL.  There is no picture and no result then. */
} AtelierIntake;

void              atelier_intake_free                 (AtelierIntake        *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierIntake, atelier_intake_free)

/* What can be taken from a clipboard or a drop.  Transfer full. */
GdkContentFormats *atelier_intake_new_formats         (void);

/* Each ends with atelier_intake_finish().  Errors of atelier_picture_load(), and G_IO_ERROR. */
void              atelier_intake_read_file_async      (GFile                *file,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* NOT_FOUND where there is no picture in it. */
void              atelier_intake_read_clipboard_async (GdkClipboard         *clipboard,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Tells @drop that it is finished, also on failure. */
void              atelier_intake_read_drop_async      (GdkDrop              *drop,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* A picture that was decoded before, through another pipeline. */
void              atelier_intake_run_async            (AtelierPicture       *picture,
                                                       const AtelierInput   *input,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
AtelierIntake    *atelier_intake_finish               (GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
