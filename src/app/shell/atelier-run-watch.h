/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunWatch - keeps the machine awake during a run, and shows a message when it ends.  Main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "shell/atelier-model-saver.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_WATCH (atelier_run_watch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunWatch, atelier_run_watch, ATELIER, RUN_WATCH, GObject)

/* @window: borrowed weakly.  @saver: whose message it is that offers to save the run. */
AtelierRunWatch *atelier_run_watch_new (GtkWindow         *window,
                                        AtelierTrainer    *trainer,
                                        AtelierModelSaver *saver);

G_END_DECLS
