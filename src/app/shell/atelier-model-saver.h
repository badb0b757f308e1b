/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierModelSaver - writes models to files, and knows which were not saved.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MODEL_SAVER (atelier_model_saver_get_type ())
G_DECLARE_FINAL_TYPE (AtelierModelSaver, atelier_model_saver, ATELIER, MODEL_SAVER, GObject)

/* Property: "has-last" (boolean, read only: the model of the run before was not saved, but still
 * can be). */

/* @window: for its dialogs and toasts; borrowed weakly. */
AtelierModelSaver *atelier_model_saver_new          (GtkWindow         *window,
                                                     AtelierSession    *session);
/* There is a model, it was not saved, and no run is active. */
gboolean           atelier_model_saver_has_unsaved  (AtelierModelSaver *saver);
gboolean           atelier_model_saver_get_has_last (AtelierModelSaver *saver);
/* Asks for a name, and writes the trainer's model of this moment.  @closes: then closes the window.
 */
void               atelier_model_saver_save         (AtelierModelSaver *saver,
                                                     gboolean           closes);
/* The same with the model of the run before. */
void               atelier_model_saver_save_last    (AtelierModelSaver *saver);
/* To be called before a run starts, since the trainer then drops its model: keeps it when it was
 * not saved. */
void               atelier_model_saver_set_aside    (AtelierModelSaver *saver);
/* To be called when the run has started: what was set aside is now the model of the run before. */
void               atelier_model_saver_keep_aside   (AtelierModelSaver *saver);

G_END_DECLS
