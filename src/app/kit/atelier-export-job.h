/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierExportJob - writes a file to a path that the user chose.  It is written in a thread; the
 * functions are called on the main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Runs in a thread of GTask's pool and may read @data only; @path has an ending. */
typedef gboolean (*AtelierExportWrite) (gpointer     data,
                                        const char  *path,
                                        GError     **error);

typedef struct
{
  const char         *title;          /* of the dialog */
  const char         *suggested_name; /* without the ending */
  const char         *suffix;         /* "pdf": suggested, and added to a name without an ending */
  const char         *failure;        /* "The curves could not be saved"; a literal */
  AtelierExportWrite  write;
} AtelierExportJob;

/* Asks for a path and writes there.  A toast in @widget's window says that it is saved, a dialog
 * why it could not be.  @data is freed with @destroy after the writing, or when nothing was
 * chosen. */
void  atelier_export_job_ask    (GtkWidget              *widget,
                                 const AtelierExportJob *job,
                                 gpointer                data,
                                 GDestroyNotify          destroy);
/* Writes without asking.  A path without an ending gets "." and the suffix; a file that has this
 * longer name already is not replaced: G_IO_ERROR_EXISTS. */
void  atelier_export_job_async  (const AtelierExportJob *job,
                                 gpointer                data,
                                 GDestroyNotify          destroy,
                                 const char             *path,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data);
/* The path that was written; transfer full. */
char *atelier_export_job_finish (GAsyncResult           *result,
                                 GError                **error);

G_END_DECLS
