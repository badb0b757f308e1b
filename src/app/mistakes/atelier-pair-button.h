/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPairButton - names two classes that were confused; a click shows their pictures. */

#pragma once

#include <gtk/gtk.h>

#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PAIR_BUTTON (atelier_pair_button_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPairButton, atelier_pair_button, ATELIER, PAIR_BUTTON, GtkButton)

/* @pair: one of @confusion's; NULL hides the button.  A click activates "matrix.show" with the
 * pair's cell. */
void        atelier_pair_button_set_pair (AtelierPairButton         *button,
                                          const AtelierConfusedPair *pair,
                                          AtelierConfusion          *confusion,
                                          const char * const        *class_names);
/* "Shirt called Coat 82". */
const char *atelier_pair_button_get_text (AtelierPairButton         *button);

G_END_DECLS
