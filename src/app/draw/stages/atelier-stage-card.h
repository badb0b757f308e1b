/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStageCard - what the network sees: its input, large, and every stage of the preparation.
 *
 * Demonstrations with drawn images often fail because the network's input differs from what the
 * person drew.  The card shows that input, and a button for each optional stage switches it off.
 * The buttons and the menu use the page's actions: "draw.stage-trim" and so on (boolean),
 * "draw.steps" and "draw.invert", and "draw.point-at-ground" where a picture was opened.  Main
 * thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STAGE_CARD (atelier_stage_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStageCard, atelier_stage_card, ATELIER, STAGE_CARD, GtkWidget)

/* One line that says where the picture comes from. */
void atelier_stage_card_set_source (AtelierStageCard         *card,
                                    const char               *source);
/* Copies what it needs of @result; NULL shows nothing. */
void atelier_stage_card_set_result (AtelierStageCard         *card,
                                    const AtelierInputResult *result);
/* The same for an opened picture, which went through the steps @done. */
void atelier_stage_card_set_picture (AtelierStageCard         *card,
                                     const AtelierInput       *done,
                                     const AtelierInputResult *result);
/* The steps that are wanted for the opened picture, from which the result may still differ; NULL:
 * what is shown was not opened. */
void atelier_stage_card_set_wanted (AtelierStageCard          *card,
                                    const AtelierInput        *wanted);
/* Opens the popover in which a person points at the ground of the opened picture. */
void atelier_stage_card_point_at_ground (AtelierStageCard     *card);
/* For the occlusion map: the model that answers (nullable), and its input, [height, width]; NULL:
 * there is no answer. */
void atelier_stage_card_set_answering (AtelierStageCard       *card,
                                       AtelierModel           *model,
                                       const guint8           *pixels);

G_END_DECLS
