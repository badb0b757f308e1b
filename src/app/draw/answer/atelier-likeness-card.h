/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLikenessCard - the five training pictures that a network finds nearest to the drawing, and
 * whether the drawing is like the training data at all.
 *
 * A tile is a button that opens the inspector.  The neighbours come from AtelierNeighborFinder and
 * may be some tens of milliseconds behind the scores.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "inference/atelier-neighbors.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_LIKENESS_CARD (atelier_likeness_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLikenessCard, atelier_likeness_card, ATELIER, LIKENESS_CARD, GtkWidget)

/* Property "words" (string, nullable, read only): how the picture is unlike the training data.
 * Signal "changed": there are other neighbours, or none. */
const char *atelier_likeness_card_get_words   (AtelierLikenessCard *card); /* borrowed, nullable */
/* @trainer (nullable): the inspector shows its history if it trains on the same pictures. */
void        atelier_likeness_card_set_trainer (AtelierLikenessCard *card,
                                               AtelierTrainer      *trainer);
/* @model compares the pictures; @splits: what it was trained with, NULL if that is not open. */
void        atelier_likeness_card_set_source  (AtelierLikenessCard *card,
                                               AtelierModel        *model,
                                               AtelierSplits       *splits);
/* @pixels: bytes of the model's input size, or NULL. */
void        atelier_likeness_card_look        (AtelierLikenessCard *card,
                                               const guint8        *pixels);
/* Whether the neighbours are up to date with the newest picture and weights. */
gboolean    atelier_likeness_card_get_is_settled (AtelierLikenessCard *card);
/* The neighbours that are shown; borrowed, NULL while there are none. */
const AtelierNeighborhood *atelier_likeness_card_get_neighborhood (AtelierLikenessCard *card);
/* Opens the inspector for the @i th neighbour. */
void        atelier_likeness_card_inspect     (AtelierLikenessCard *card,
                                               guint                i);

G_END_DECLS
