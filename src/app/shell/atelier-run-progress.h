/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunProgress - the progress of the active run, in the header bar. */

#pragma once

#include <gtk/gtk.h>

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_PROGRESS (atelier_run_progress_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunProgress, atelier_run_progress, ATELIER, RUN_PROGRESS, GtkWidget)

/* Property "trainer" (AtelierTrainer, nullable). */
void        atelier_run_progress_set_trainer (AtelierRunProgress *progress,
                                              AtelierTrainer     *trainer);
const char *atelier_run_progress_get_text    (AtelierRunProgress *progress);

G_END_DECLS
