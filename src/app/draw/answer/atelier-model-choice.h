/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierModelChoice - which weights answer: the training run's newest, their average, those of its
 * best epoch, or those of a file.
 *
 * It follows the run until a file is opened, and again when another source is set.  Main thread; a
 * file is read in a thread.
 */

#pragma once

#include "model/atelier-model.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_MODEL_SOURCE_RUN,  /* its last published weights */
  ATELIER_MODEL_SOURCE_BEST, /* those of its best epoch; until there is one, as RUN */
  ATELIER_MODEL_SOURCE_NEWEST, /* where it publishes an average: those of its last step, while it
                                  has them beside it; else as RUN */
  ATELIER_MODEL_SOURCE_FILE,
} AtelierModelSource;

#define ATELIER_TYPE_MODEL_CHOICE (atelier_model_choice_get_type ())
G_DECLARE_FINAL_TYPE (AtelierModelChoice, atelier_model_choice, ATELIER, MODEL_CHOICE, GObject)

/* Properties: "trainer" (AtelierTrainer, nullable), "source" (uint: an AtelierModelSource), and,
 * read only, "model" (AtelierModel, nullable: the one that answers now), "file-name" (string,
 * nullable: of the opened file) and "title" (string: to show, "Training run, epoch 7", "Averaged,
 * epoch 7 of the run", "Best epoch of the run, 4").
 *
 * Signal "loaded" (AtelierModel): a file was read, whether or not it can answer. */
AtelierModelChoice *atelier_model_choice_new             (void);
/* The trainer, the model and the file name are borrowed and nullable. */
AtelierTrainer     *atelier_model_choice_get_trainer     (AtelierModelChoice  *choice);
void                atelier_model_choice_set_trainer     (AtelierModelChoice  *choice,
                                                          AtelierTrainer      *trainer);
AtelierModelSource  atelier_model_choice_get_source      (AtelierModelChoice  *choice);
/* FILE is RUN if no file was opened. */
void                atelier_model_choice_set_source      (AtelierModelChoice  *choice,
                                                          AtelierModelSource   source);
/* Whether there are such weights, or they were chosen. */
gboolean            atelier_model_choice_has_source      (AtelierModelChoice  *choice,
                                                          AtelierModelSource   source);
/* Whether the run publishes an average of its weights. */
gboolean            atelier_model_choice_is_averaged     (AtelierModelChoice  *choice);
/* Whether the weights that answer change while the run goes on. */
gboolean            atelier_model_choice_get_follows_run (AtelierModelChoice  *choice);
AtelierModel       *atelier_model_choice_get_model       (AtelierModelChoice  *choice);
const char         *atelier_model_choice_get_file_name   (AtelierModelChoice  *choice);
char               *atelier_model_choice_dup_title       (AtelierModelChoice  *choice);

/* Reads a model file and answers with it from then on.  A failure changes nothing.  Errors of
 * atelier_model_file_load(); UNSUPPORTED if it does not take grey pictures. */
void                atelier_model_choice_open_async      (AtelierModelChoice  *choice,
                                                          GFile               *file,
                                                          GCancellable        *cancellable,
                                                          GAsyncReadyCallback  callback,
                                                          gpointer             user_data);
gboolean            atelier_model_choice_open_finish     (AtelierModelChoice  *choice,
                                                          GAsyncResult        *result,
                                                          GError             **error);

G_END_DECLS
