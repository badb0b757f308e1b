/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes models that nobody has saved to the user's XDG state folder.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "model/atelier-model.h"

G_BEGIN_DECLS

/* This many files are kept in that folder. */
#define ATELIER_MODEL_RESCUE_N_KEPT 20

/* As atelier_model_file_rescue (), on another thread; then deletes the oldest of the files that it
 * has written, until ATELIER_MODEL_RESCUE_N_KEPT are left.  The application is held until @callback
 * was called. */
void  atelier_model_rescue_async  (AtelierModel        *model,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* The file's path; transfer full. */
char *atelier_model_rescue_finish (GAsyncResult        *result,
                                   GError             **error);

/* As atelier_model_file_take_left (), on another thread: what runs have left that a crash, a power
 * cut or the end of the display cut off. */
void   atelier_model_rescue_take_left_async  (GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* The newest file's path; NULL where there is none.  Transfer full. */
char  *atelier_model_rescue_take_left_finish (GAsyncResult        *result);

G_END_DECLS
