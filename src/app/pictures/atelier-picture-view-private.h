/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shared by the picture grid (atelier-picture-view.c) and its commands
 * (atelier-picture-view-actions.c). */

#pragma once

#include "pictures/atelier-picture-view.h"

G_BEGIN_DECLS

struct _AtelierPictureView
{
  GtkWidget           parent_instance;

  guint               zoom;
  gboolean            says_truth;

  /* Kept until the grid has placed its tiles. */
  guint               tick_id;
  guint               n_ticks;
  guint               awaited;
  guint               width_tick_id;

  /* Owned */
  AtelierPictureList *list;
  GSimpleActionGroup *actions;
  GPtrArray          *bound; /* of GtkListItem, borrowed */

  /* Template children */
  GtkGridView        *grid_view;
  GtkPopover         *menu;
};

/* The list item that has the keyboard focus; NULL: none has. */
GtkListItem *atelier_picture_view_get_focused         (AtelierPictureView  *self);

/* For class_init, and for init after gtk_widget_init_template(). */
void         atelier_picture_view_add_bindings        (GtkWidgetClass      *widget_class);
void         atelier_picture_view_add_actions         (AtelierPictureView  *self);
/* Enables larger and smaller as the zoom allows. */
void         atelier_picture_view_update_zoom_actions (AtelierPictureView  *self);
/* Opens the menu at the picture of @list_item, and selects that picture. */
void         atelier_picture_view_show_menu           (AtelierPictureView  *self,
                                                       GtkListItem         *list_item,
                                                       double               x,
                                                       double               y);

G_END_DECLS
