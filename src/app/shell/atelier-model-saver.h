/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierModelSaver - writes models to files, and knows which were not saved.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MODEL_SAVER (atelier_model_saver_get_type ())
G_DECLARE_FINAL_TYPE (AtelierModelSaver, atelier_model_saver, ATELIER, MODEL_SAVER, GObject)

/* @window: for its dialogs and toasts; borrowed weakly. */
AtelierModelSaver *atelier_model_saver_new          (GtkWindow         *window,
                                                     AtelierSession    *session);
/* There is a model, it was not saved, and no run is active. */
gboolean           atelier_model_saver_has_unsaved  (AtelierModelSaver *saver);
/* Asks whose weights where the run has more than one, and for a name, and writes the trainer's
 * model of that moment with them.  @closes: then closes the window. */
void               atelier_model_saver_save         (AtelierModelSaver *saver,
                                                     gboolean           closes);
/* Shows a toast whose button saves the trainer's model of this moment, whichever run is on the
 * screen when it is clicked. */
void               atelier_model_saver_offer        (AtelierModelSaver *saver,
                                                     const char        *message);
/* Writes an unsaved model to the user's XDG state folder without a question, and says on standard
 * error where it is.  The application is held until the file is whole.  For a window that is to be
 * closed. */
void               atelier_model_saver_rescue       (AtelierModelSaver *saver);
/* Nobody wants the model: keeps neither it nor what follows.  For a window that is to be closed. */
void               atelier_model_saver_discard      (AtelierModelSaver *saver);
/* To be called before a run starts, since the trainer then drops its model: keeps it when it was
 * not saved. */
void               atelier_model_saver_set_aside    (AtelierModelSaver *saver);
/* To be called then.  @has_started: what was set aside is written to the user's XDG state folder,
 * and a toast says so and offers to save it elsewhere.  FALSE: the trainer still has it. */
void               atelier_model_saver_keep_aside   (AtelierModelSaver *saver,
                                                     gboolean           has_started);

G_END_DECLS
