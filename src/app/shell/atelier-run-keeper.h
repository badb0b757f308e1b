/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunKeeper - keeps what a run has learned in a file while it goes on.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_KEEPER (atelier_run_keeper_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunKeeper, atelier_run_keeper, ATELIER, RUN_KEEPER, GObject)

/* From now on the models of @trainer's epochs have their training state. */
AtelierRunKeeper *atelier_run_keeper_new  (AtelierTrainer   *trainer);
/* Deletes the file, because the model is kept elsewhere or nobody wants it.  The next model that
 * the trainer publishes is kept again. */
void              atelier_run_keeper_drop (AtelierRunKeeper *keeper);
/* Keeps nothing from now on; the file stays until it is dropped. */
void              atelier_run_keeper_stop (AtelierRunKeeper *keeper);

G_END_DECLS
