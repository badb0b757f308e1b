/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierOcclusionRow - on the Draw page: which part of what the network sees its answer rests on,
 * as a map over it and as a sentence.
 *
 * Nothing is computed while somebody draws: the map goes with the first change, and the next one is
 * made in a thread when the drawing has rested for a moment.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/stages/atelier-stage-view.h"
#include "inference/atelier-occlusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_OCCLUSION_ROW (atelier_occlusion_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierOcclusionRow, atelier_occlusion_row, ATELIER, OCCLUSION_ROW, GtkWidget)

/* Property "active" (boolean): the map is wanted. */

/* What the map is laid over; once. */
void              atelier_occlusion_row_set_view      (AtelierOcclusionRow *row,
                                                       AtelierStageView    *view);
/* Who answers, and what it sees: bytes of its input size.  NULL: there is none. */
void              atelier_occlusion_row_set_picture   (AtelierOcclusionRow *row,
                                                       AtelierModel        *model,
                                                       const guint8        *pixels);
/* The map that is shown; borrowed, NULL while there is none. */
AtelierOcclusion *atelier_occlusion_row_get_occlusion (AtelierOcclusionRow *row);

G_END_DECLS
