/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierAnswerCard - what the network says: the best class and its score, all scores as bars, the
 * nearest training pictures, whether it is like them at all, and which network it is.
 *
 * It owns the choice of the network (the training run or a model file) and a predictor with that
 * network's weights. Whoever has pixels hands them over and is told, by notify::model, when other
 * weights would answer differently. Action group "answer": "network" (string: "run" or "file") and
 * "open-model".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-model.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_ANSWER_CARD (atelier_answer_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierAnswerCard, atelier_answer_card, ATELIER, ANSWER_CARD, GtkWidget)

/* Properties: "trainer" (AtelierTrainer, nullable) and, read only, "model" (AtelierModel,
 * nullable: the one that answers; none where it cannot judge grey pictures). */
AtelierTrainer *atelier_answer_card_get_trainer (AtelierAnswerCard *card); /* borrowed, nullable */
void            atelier_answer_card_set_trainer (AtelierAnswerCard *card,
                                                 AtelierTrainer    *trainer);
AtelierModel   *atelier_answer_card_get_model   (AtelierAnswerCard *card); /* borrowed, nullable */

/* Where the training pictures may be besides the trainer's own; nullable. */
void            atelier_answer_card_set_dataset (AtelierAnswerCard *card,
                                                 AtelierDataset    *dataset);

/* @pixels: what the network sees, bytes of the model's input size, or NULL for nothing.  Answers
 * at once. */
void            atelier_answer_card_show        (AtelierAnswerCard *card,
                                                 const guint8      *pixels);

/* The class that is shown as the answer, or -1. */
int             atelier_answer_card_get_best    (AtelierAnswerCard *card);

/* Reads a model file in a thread; it answers from then on.  A failure is shown as a toast. */
void            atelier_answer_card_open_model  (AtelierAnswerCard *card,
                                                 GFile             *file);

G_END_DECLS
