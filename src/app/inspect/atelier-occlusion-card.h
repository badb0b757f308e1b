/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierOcclusionCard - a switch that lays an occlusion map over a picture, with a legend and a
 * sentence about it.
 *
 * The map is computed in a thread; another picture cancels it.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "inference/atelier-occlusion.h"
#include "kit/atelier-pixels.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_OCCLUSION_CARD (atelier_occlusion_card_get_type ())
G_DECLARE_FINAL_TYPE (AtelierOcclusionCard, atelier_occlusion_card, ATELIER, OCCLUSION_CARD,
                      GtkWidget)

/* Property "active" (boolean): the map is wanted. */

/* The widget that the map is laid over; called once. */
void              atelier_occlusion_card_set_pixels    (AtelierOcclusionCard *card,
                                                        AtelierPixels        *pixels);
/* The picture of the map, and the model whose answer it explains; NULL @model: there is none. */
void              atelier_occlusion_card_set_picture   (AtelierOcclusionCard *card,
                                                        AtelierModel         *model,
                                                        AtelierDataset       *dataset,
                                                        guint                 picture);
/* The map that is shown; borrowed, NULL while there is none. */
AtelierOcclusion *atelier_occlusion_card_get_occlusion (AtelierOcclusionCard *card);

G_END_DECLS
