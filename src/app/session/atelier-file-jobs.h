/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading networks and writing models, on GTask's threads.  To be called on the main thread. */

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
/* Writes the network as JSON.  G_IO_ERROR_EXISTS as below. */
void            atelier_file_jobs_save_network_async  (AtelierNetwork      *network,
                                                       const char          *path,
                                                       gboolean             may_replace,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        atelier_file_jobs_save_network_finish (GAsyncResult        *result,
                                                       GError             **error);
/* Writes the model without its training state.  G_IO_ERROR_EXISTS when the file exists and
 * @may_replace is FALSE. */
void            atelier_file_jobs_save_model_async    (AtelierModel        *model,
                                                       const char          *path,
                                                       gboolean             may_replace,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        atelier_file_jobs_save_model_finish   (GAsyncResult        *result,
                                                       GError             **error);

G_END_DECLS
