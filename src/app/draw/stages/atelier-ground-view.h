/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierGroundView - an opened picture, large, on which a person points at the ground.
 *
 * What counts as ground is striped, and a ring marks the place that was picked.  A click picks a
 * place; arrow keys move a cross (with Ctrl in large steps), Enter or Space picks where it is, and
 * Delete takes the place back.  The widget only asks for that with the actions "draw.pick-ground"
 * and "draw.forget-ground".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-ground.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_GROUND_VIEW (atelier_ground_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierGroundView, atelier_ground_view, ATELIER, GROUND_VIEW, GtkWidget)

/* Copies what it needs.  @mask: as atelier_ground_mask_new () makes it of @result; nullable. */
void     atelier_ground_view_set_picture (AtelierGroundView        *view,
                                          const AtelierInputResult *result,
                                          const guint8             *mask);
/* The place that was picked; NULL: none. */
void     atelier_ground_view_set_pick    (AtelierGroundView        *view,
                                          const AtelierGroundPick  *pick);
/* Where a place of the picture is, in the widget. */
void     atelier_ground_view_find_point  (AtelierGroundView        *view,
                                          const AtelierGroundPick  *place,
                                          double                   *x,
                                          double                   *y);

G_END_DECLS
