/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStageCard - what the network sees: the picture that it is given, large, and every stage on
 * the way to it.
 *
 * What makes demonstrations with drawn images fail is that the network sees something else than the
 * person; here the person sees it, and each step that can be left out is a button that does so.
 * The actions of these buttons and of the menu are the page's: "draw.stage-trim" (boolean; so each
 * stage), "draw.steps" and "draw.invert".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STAGE_CARD (atelier_stage_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStageCard, atelier_stage_card, ATELIER, STAGE_CARD, GtkWidget)

/* One line about where the picture comes from. */
void atelier_stage_card_set_source (AtelierStageCard         *card,
                                    const char               *source);
/* Nothing of @result is kept; NULL shows nothing. */
void atelier_stage_card_set_result (AtelierStageCard         *card,
                                    const AtelierInputResult *result);
/* Who answers, and the bytes that it sees: for what the answer rests on.  NULL: there is none. */
void atelier_stage_card_set_answering (AtelierStageCard       *card,
                                       AtelierModel           *model,
                                       const guint8           *pixels);

G_END_DECLS
