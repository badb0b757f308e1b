/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of a model file that holds a run's log.  Only files of this room and their tests include
 * this header.  Any thread. */

#pragma once

#include "model/atelier-run-log.h"
#include "model/atelier-safetensors.h"

G_BEGIN_DECLS

/* The metadata that a file with a log has. */
#define ATELIER_MODEL_FILE_LOG_KEY "history"

void           atelier_model_file_add_log  (AtelierSafetensors  *file,
                                            AtelierRunLog       *log);
/* Whether the file has the tensors of a log, in types and shapes that agree with each other;
 * @n_tensors: how many.  Their bytes are not looked at.  FORMAT, MISMATCH, UNSUPPORTED,
 * TOO_LARGE. */
gboolean       atelier_model_file_check_log (AtelierSafetensors  *file,
                                             const char          *origin,
                                             guint               *n_tensors,
                                             GError             **error);
/* The same with their bytes, as atelier_run_log_new.  Transfer full. */
AtelierRunLog *atelier_model_file_read_log (AtelierSafetensors  *file,
                                            guint                n_classes,
                                            const char          *origin,
                                            GError             **error);

G_END_DECLS
