/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStageCard - what the network sees: the picture that it is given, large, and every stage on
 * the way to it.
 *
 * What makes demonstrations with drawn images fail is that the network sees something else than the
 * person; here the person sees it.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STAGE_CARD (atelier_stage_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStageCard, atelier_stage_card, ATELIER, STAGE_CARD, GtkWidget)

/* One line about where the picture comes from. */
void atelier_stage_card_set_source (AtelierStageCard         *card,
                                    const char               *source);
/* Nothing of @result is kept; NULL shows nothing. */
void atelier_stage_card_set_result (AtelierStageCard         *card,
                                    const AtelierInputResult *result);

G_END_DECLS
