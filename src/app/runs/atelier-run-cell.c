/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "runs/atelier-run-cell.h"

struct _AtelierRunCell
{
  GtkWidget          parent_instance;

  AtelierRunCellShow show;

  /* Owned */
  GtkTreeListRow    *row;  /* nullable */
  AtelierRunItem    *item; /* the row's */
};

G_DEFINE_FINAL_TYPE (AtelierRunCell, atelier_run_cell, GTK_TYPE_WIDGET)

enum
{
  MENU_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_item_notify_cb (AtelierRunCell *self)
{
  self->show (self, self->item);
}

static void
on_pressed_cb (AtelierRunCell  *self,
               int              n_press,
               double           x,
               double           y,
               GtkGestureClick *gesture)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU_REQUESTED], 0, x, y);
}

static void
atelier_run_cell_dispose (GObject *object)
{
  GtkWidget *child;

  atelier_run_cell_set_row (ATELIER_RUN_CELL (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (atelier_run_cell_parent_class)->dispose (object);
}

static void
atelier_run_cell_class_init (AtelierRunCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_run_cell_dispose;

  signals[MENU_REQUESTED]
    = g_signal_new ("menu-requested", ATELIER_TYPE_RUN_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runcell");
}

static void
atelier_run_cell_init (AtelierRunCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

AtelierRunCell *
atelier_run_cell_new (AtelierRunCellShow show)
{
  AtelierRunCell *self = g_object_new (ATELIER_TYPE_RUN_CELL, NULL);

  self->show = show;
  return self;
}

void
atelier_run_cell_add (AtelierRunCell *self,
                      GtkWidget      *child)
{
  g_return_if_fail (ATELIER_IS_RUN_CELL (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

gpointer
atelier_run_cell_get_child (AtelierRunCell *self,
                            guint           i)
{
  GtkWidget *child;

  g_return_val_if_fail (ATELIER_IS_RUN_CELL (self), NULL);

  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint k = 0; k < i && child; k++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
atelier_run_cell_set_row (AtelierRunCell *self,
                          GtkTreeListRow *row)
{
  g_return_if_fail (ATELIER_IS_RUN_CELL (self));

  if (self->item)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_set_object (&self->row, row);
  if (!row)
    return;
  self->item = gtk_tree_list_row_get_item (row);
  g_signal_connect_object (self->item, "notify", G_CALLBACK (on_item_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->show (self, self->item);
}

AtelierRunItem *
atelier_run_cell_get_item (AtelierRunCell *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_CELL (self), NULL);

  return self->item;
}

GtkTreeListRow *
atelier_run_cell_get_row (AtelierRunCell *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_CELL (self), NULL);

  return self->row;
}
