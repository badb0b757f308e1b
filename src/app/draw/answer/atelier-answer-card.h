/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierAnswerCard - the network's answer: the best class and its score, all scores as bars, the
 * nearest training pictures, a warning when the picture is unlike them, and the network's name.
 *
 * It owns the choice of the network (the training run or a model file) and a predictor with that
 * network's weights.  notify::model tells that the weights changed; the caller then shows its
 * pixels again.  Action group "answer": "network" (string: "run" or "file") and "open-model".  Main
 * thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-model.h"
#include "picture/atelier-input.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_ANSWER_CARD (atelier_answer_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierAnswerCard, atelier_answer_card, ATELIER, ANSWER_CARD, GtkWidget)

/* Properties: "trainer" (AtelierTrainer, nullable) and, read only, "model" (AtelierModel,
 * nullable: the one that answers; NULL also where it does not take grey pictures).
 *
 * Signal "model-loaded" (AtelierModel): a model file was read, whether or not it can answer. */
AtelierTrainer *atelier_answer_card_get_trainer (AtelierAnswerCard *card); /* borrowed, nullable */
void            atelier_answer_card_set_trainer (AtelierAnswerCard *card,
                                                 AtelierTrainer    *trainer);
AtelierModel   *atelier_answer_card_get_model   (AtelierAnswerCard *card); /* borrowed, nullable */

/* A data set to look for training pictures in, besides the trainer's own; nullable. */
void            atelier_answer_card_set_splits  (AtelierAnswerCard *card,
                                                 AtelierSplits     *splits);

/* @pixels: [height, width] of the model's input size, or NULL for an empty pad.  Classifies them at
 * once. */
void            atelier_answer_card_show        (AtelierAnswerCard *card,
                                                 const guint8      *pixels);

/* Whether the network that answers is surer of the mirror image of a picture that was prepared for
 * it; FALSE without one. */
gboolean        atelier_answer_card_is_mirror_surer (AtelierAnswerCard        *card,
                                                     const AtelierInputResult *result);

/* The class that is shown as the answer, or -1. */
int             atelier_answer_card_get_best    (AtelierAnswerCard *card);

/* Reads a model file in a thread and answers with it from then on.  A failure is shown as a toast
 * and changes nothing. */
void            atelier_answer_card_open_model  (AtelierAnswerCard *card,
                                                 GFile             *file);

G_END_DECLS
