/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a grid of pictures (atelier-picture-view.c) and its commands
 * (atelier-picture-view-actions.c) share. */

#pragma once

#include "pictures/atelier-picture-view.h"

G_BEGIN_DECLS

struct _AtelierPictureView
{
  GtkWidget           parent_instance;

  guint               zoom;
  gboolean            says_truth;

  /* What waits for the grid to have placed its tiles. */
  guint               tick_id;
  guint               n_ticks;
  guint               awaited;
  guint               width_tick_id;

  /* Owned */
  AtelierPictureList *list;
  GSimpleActionGroup *actions;
  GPtrArray          *tiles; /* of AtelierTile, borrowed: all that the grid has made */
  GPtrArray          *bound; /* of GtkListItem, borrowed */

  /* Template children */
  GtkGridView        *grid_view;
  GtkPopover         *menu;
};

/* NULL: the keyboard is elsewhere, or on the grid as a whole. */
GtkListItem *atelier_picture_view_get_focused         (AtelierPictureView  *self);

/* At the class's init, and at an object's, once it has its template. */
void         atelier_picture_view_add_bindings        (GtkWidgetClass      *widget_class);
void         atelier_picture_view_add_actions         (AtelierPictureView  *self);
/* Which of larger and smaller there is, once the zoom has changed. */
void         atelier_picture_view_update_zoom_actions (AtelierPictureView  *self);
/* For the picture of @list_item, which is selected. */
void         atelier_picture_view_show_menu           (AtelierPictureView  *self,
                                                       GtkListItem         *list_item,
                                                       double               x,
                                                       double               y);

G_END_DECLS
