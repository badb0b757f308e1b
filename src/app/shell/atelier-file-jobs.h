/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The core's readers and writers of files, run on GTask's threads for the window. */

#pragma once

#include <gio/gio.h>

#include "model/atelier-model.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

void            atelier_file_jobs_load_network_async  (const char          *path,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
AtelierNetwork *atelier_file_jobs_load_network_finish (GAsyncResult        *result,
                                                       GError             **error);
/* G_IO_ERROR_EXISTS when the file is there and may not be replaced. */
void            atelier_file_jobs_save_model_async    (AtelierModel        *model,
                                                       const char          *path,
                                                       gboolean             may_replace,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        atelier_file_jobs_save_model_finish   (GAsyncResult        *result,
                                                       GError             **error);

G_END_DECLS
