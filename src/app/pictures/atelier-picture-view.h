/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureView - a scrolling grid over an AtelierPictureList.
 *
 * It knows nothing of runs and matrices: the gallery and the Data page put it below their own
 * headings and fill its list.  Keys: arrows move and select, with Shift or Ctrl several; Ctrl+A
 * selects all; Return opens; Ctrl+C copies, Ctrl+Shift+S saves, Ctrl+E edits; Ctrl+plus and
 * Ctrl+minus change the size; Menu or Shift+F10 opens a menu of all these.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "pictures/atelier-picture-list.h"

G_BEGIN_DECLS

#define ATELIER_PICTURE_VIEW_MIN_ZOOM 2
#define ATELIER_PICTURE_VIEW_MAX_ZOOM 4

#define ATELIER_TYPE_PICTURE_VIEW (atelier_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureView, atelier_picture_view, ATELIER, PICTURE_VIEW, GtkWidget)

/* Properties: "zoom" (uint, 2 to 4: the factor for a picture of 28 x 28; others get places of the
 * same size); "says-truth" (boolean: the true class is shown below the predicted one).
 *
 * Actions, in the group "pictures": open, copy, save, edit (in Draw), select-all, larger, smaller,
 * menu.
 *
 * Signal "open" (uint): the picture at this position was activated. */
AtelierPictureList *atelier_picture_view_get_list       (AtelierPictureView *view); /* borrowed */
/* For a parent to insert as "pictures", so that its own buttons can use them; borrowed. */
GActionGroup       *atelier_picture_view_get_actions    (AtelierPictureView *view);
/* The position of the focused picture, or of the first selected one; FALSE: there is neither. */
gboolean            atelier_picture_view_get_current    (AtelierPictureView *view,
                                                         guint              *position);
/* Scrolls to a picture and selects it alone.  It gets the keyboard focus if the focus is in the
 * grid already, or if @grabs_focus. */
void                atelier_picture_view_go_to          (AtelierPictureView *view,
                                                         guint               position,
                                                         gboolean            grabs_focus);

G_END_DECLS
