/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPresetAdvice - proposes the preset for drawings where a network that never learned from
 * moved and turned pictures answers, and says why.  Its button takes the preset and shows the Train
 * page.  Invisible where there is nothing to propose.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PRESET_ADVICE (atelier_preset_advice_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPresetAdvice, atelier_preset_advice, ATELIER, PRESET_ADVICE, GtkWidget)

/* @model: that which has given an answer; nullable. */
void atelier_preset_advice_set_model (AtelierPresetAdvice *advice,
                                      AtelierModel        *model);

G_END_DECLS
