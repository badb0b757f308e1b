/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierModelSaver - writes models into files, and knows which of them are in none.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MODEL_SAVER (atelier_model_saver_get_type ())
G_DECLARE_FINAL_TYPE (AtelierModelSaver, atelier_model_saver, ATELIER, MODEL_SAVER, GObject)

/* Property: "has-last" (boolean, read only: the run before was not saved, and still can be). */

/* @window: asks and tells there; borrowed weakly. */
AtelierModelSaver *atelier_model_saver_new          (GtkWindow         *window,
                                                     AtelierTrainer    *trainer);
/* The weights of a run that is over are in no file. */
gboolean           atelier_model_saver_has_unsaved  (AtelierModelSaver *saver);
gboolean           atelier_model_saver_get_has_last (AtelierModelSaver *saver);
/* Asks where to, and writes the trainer's weights of now; @closes: and then closes the window. */
void               atelier_model_saver_save         (AtelierModelSaver *saver,
                                                     gboolean           closes);
/* The same with those of the run before. */
void               atelier_model_saver_save_last    (AtelierModelSaver *saver);
/* Before a run starts, which takes the trainer's weights away: what would be lost is set aside. */
void               atelier_model_saver_set_aside    (AtelierModelSaver *saver);
/* The run has really begun: what was set aside is now the run before. */
void               atelier_model_saver_keep_aside   (AtelierModelSaver *saver);

G_END_DECLS
