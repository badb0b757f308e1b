/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands of the picture grid: the actions of the group "pictures", their keys, and the
 * context menu.
 *
 * A command acts on the selected pictures, or on the focused one if none is selected.  Main thread.
 */

#include "config.h"

#include "pictures/atelier-picture-view-private.h"

#include "pictures/atelier-picture-export.h"

/* The menu */

/* Selects the picture that the menu is opened for, so that it shows what the commands act on. */
static void
select_for_menu (AtelierPictureView *self,
                 GtkListItem        *list_item)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->list);
  guint position = gtk_list_item_get_position (list_item);

  if (!gtk_selection_model_is_selected (model, position))
    gtk_selection_model_select_item (model, position, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_list_item_get_child (list_item)));
}

void
atelier_picture_view_show_menu (AtelierPictureView *self,
                                GtkListItem        *list_item,
                                double              x,
                                double              y)
{
  select_for_menu (self, list_item);
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->menu);
}

/* Actions */

static void
on_menu_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureView *self = user_data;
  GtkListItem *list_item = atelier_picture_view_get_focused (self);
  graphene_rect_t bounds;

  if (list_item == NULL
      || !gtk_widget_compute_bounds (gtk_list_item_get_child (list_item), GTK_WIDGET (self),
                                     &bounds))
    return;

  atelier_picture_view_show_menu (self, list_item, bounds.origin.x + bounds.size.width / 2,
                                  bounds.origin.y + bounds.size.height / 2);
}

static void
set_enabled (AtelierPictureView *self,
             const char         *name,
             gboolean            is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

void
atelier_picture_view_update_zoom_actions (AtelierPictureView *self)
{
  set_enabled (self, "larger", self->zoom < ATELIER_PICTURE_VIEW_MAX_ZOOM);
  set_enabled (self, "smaller", self->zoom > ATELIER_PICTURE_VIEW_MIN_ZOOM);
}

static void
on_larger_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AtelierPictureView *self = user_data;

  g_object_set (self, "zoom", self->zoom + 1, NULL);
}

static void
on_smaller_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AtelierPictureView *self = user_data;

  g_object_set (self, "zoom", self->zoom - 1, NULL);
}

static void
on_open_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureView *self = user_data;
  guint position;

  if (atelier_picture_view_get_current (self, &position))
    g_signal_emit_by_name (self, "open", position);
}

static void
on_select_all_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (ATELIER_PICTURE_VIEW (user_data)->list));
}

/* The selected pictures, or the focused one; NULL: neither. */
static AtelierPictureExport *
create_export (AtelierPictureView *self)
{
  g_autoptr (GtkBitset) positions = atelier_picture_list_get_selected (self->list);
  guint position;

  if (gtk_bitset_is_empty (positions) && atelier_picture_view_get_current (self, &position))
    gtk_bitset_add (positions, position);

  return atelier_picture_export_new_from_list (self->list, positions);
}

static void
on_copy_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureExport *picture_export = create_export (user_data);

  if (picture_export)
    atelier_picture_export_copy (picture_export, user_data);
}

static void
on_save_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureExport *picture_export = create_export (user_data);

  if (picture_export)
    atelier_picture_export_ask (picture_export, user_data);
}

static void
on_edit_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureView *self = user_data;
  AtelierDataset *dataset = atelier_picture_list_get_dataset (self->list);
  guint position;

  if (dataset && atelier_picture_view_get_current (self, &position))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-in-draw", "(su)",
                                atelier_dataset_get_sha256 (dataset),
                                atelier_picture_list_get_picture (self->list, position));
}

static const GActionEntry action_entries[] = {
  { "open", on_open_cb },
  { "copy", on_copy_cb },
  { "save", on_save_cb },
  { "edit", on_edit_cb },
  { "select-all", on_select_all_cb },
  { "larger", on_larger_cb },
  { "smaller", on_smaller_cb },
  { "menu", on_menu_cb },
};

void
atelier_picture_view_add_actions (AtelierPictureView *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pictures", G_ACTION_GROUP (self->actions));
  atelier_picture_view_update_zoom_actions (self);
}

void
atelier_picture_view_add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "pictures.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "pictures.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "pictures.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK,
                                       "pictures.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, GDK_CONTROL_MASK,
                                       "pictures.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK,
                                       "pictures.smaller", NULL);
  /* The menu shows the last key that is bound to an action. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK,
                                       "pictures.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK,
                                       "pictures.smaller", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "pictures.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "pictures.menu",
                                       NULL);
}
