/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureView - a scrolling grid over an AtelierPictureList.
 *
 * Knows nothing of runs and matrices: the gallery and the Data page put it below headings of their
 * own and fill its list.  Keys: arrows move and select, with Shift and Ctrl more than one; Ctrl+A
 * all; Return opens; Ctrl+C copies, Ctrl+Shift+S saves, Ctrl+E edits; Ctrl+plus and Ctrl+minus for
 * the size; Menu or Shift+F10 for all of it.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "pictures/atelier-picture-list.h"

G_BEGIN_DECLS

#define ATELIER_PICTURE_VIEW_MIN_ZOOM 2
#define ATELIER_PICTURE_VIEW_MAX_ZOOM 4

#define ATELIER_TYPE_PICTURE_VIEW (atelier_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureView, atelier_picture_view, ATELIER, PICTURE_VIEW, GtkWidget)

/* Properties: "zoom" (uint, 2 to 4: a picture of 28 x 28 is shown so many times as large, others in
 * places of the same size); "says-truth" (boolean: below a predicted class, for the eye too).
 *
 * Actions, in the group "pictures": open, copy, save, edit (in Draw), select-all, larger, smaller,
 * menu.
 *
 * Signal "open" (uint): the picture at this position was activated. */
AtelierPictureList *atelier_picture_view_get_list       (AtelierPictureView *view); /* borrowed */
/* For a parent to insert as "pictures", so that its own buttons have them too; borrowed. */
GActionGroup       *atelier_picture_view_get_actions    (AtelierPictureView *view);
/* The position of the picture with the keyboard, or of the first selected; FALSE: there is none. */
gboolean            atelier_picture_view_get_current    (AtelierPictureView *view,
                                                         guint              *position);
/* Brings a picture into sight and selects it alone; the keyboard comes along where it is in the
 * grid already, or where @grabs_focus says so. */
void                atelier_picture_view_go_to          (AtelierPictureView *view,
                                                         guint               position,
                                                         gboolean            grabs_focus);

G_END_DECLS
