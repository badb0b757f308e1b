/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierOcclusionRow - a switch on the Draw page that shows which part of the picture the answer
 * rests on, as a map over what the network sees and as a sentence.
 *
 * Nothing is computed during a stroke: the first change removes the map, and the next one is
 * computed in a thread when the drawing has not changed for a moment.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/stages/atelier-stage-view.h"
#include "inference/atelier-occlusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_OCCLUSION_ROW (atelier_occlusion_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierOcclusionRow, atelier_occlusion_row, ATELIER, OCCLUSION_ROW, GtkWidget)

/* Property "active" (boolean): the map is wanted. */

/* The widget that the map is laid over; called once. */
void              atelier_occlusion_row_set_view      (AtelierOcclusionRow *row,
                                                       AtelierStageView    *view);
/* The model that answers (nullable), and what it sees: [height, width] of its input size; NULL:
 * there is no answer. */
void              atelier_occlusion_row_set_picture   (AtelierOcclusionRow *row,
                                                       AtelierModel        *model,
                                                       const guint8        *pixels);
/* The map that is shown; borrowed, NULL while there is none. */
AtelierOcclusion *atelier_occlusion_row_get_occlusion (AtelierOcclusionRow *row);

G_END_DECLS
