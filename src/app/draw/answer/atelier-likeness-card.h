/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLikenessCard - the five training pictures that a network finds nearest to what is drawn,
 * and whether it is like the training data at all.
 *
 * A tile is a button that opens the inspector.  What is shown follows AtelierNeighborFinder, so
 * that it may be some tens of milliseconds behind the scores.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "inference/atelier-neighbors.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_LIKENESS_CARD (atelier_likeness_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLikenessCard, atelier_likeness_card, ATELIER, LIKENESS_CARD, GtkWidget)

/* Property, read only: "words" (string, nullable: how the picture is unlike the training data). */
const char *atelier_likeness_card_get_words   (AtelierLikenessCard *card); /* borrowed, nullable */
/* Whose history the inspector shows where it is of the same pictures; nullable. */
void        atelier_likeness_card_set_trainer (AtelierLikenessCard *card,
                                               AtelierTrainer      *trainer);
/* Whose eyes; @dataset: what @model learned from, NULL where that is not open. */
void        atelier_likeness_card_set_source  (AtelierLikenessCard *card,
                                               AtelierModel        *model,
                                               AtelierDataset      *dataset);
/* @pixels: bytes of the model's input size, or NULL. */
void        atelier_likeness_card_look        (AtelierLikenessCard *card,
                                               const guint8        *pixels);
/* Whether the neighbours are those of the newest picture by the newest weights. */
gboolean    atelier_likeness_card_get_is_settled (AtelierLikenessCard *card);
/* What is shown; borrowed, NULL while there is none. */
const AtelierNeighborhood *atelier_likeness_card_get_neighborhood (AtelierLikenessCard *card);
/* Opens the inspector for the @i th neighbour. */
void        atelier_likeness_card_inspect     (AtelierLikenessCard *card,
                                               guint                i);

G_END_DECLS
