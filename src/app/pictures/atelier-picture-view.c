/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GtkGridView, with what GTK 4.8 lacks.
 *
 * The grid creates tiles for the visible rows and some around them, and the list creates items for
 * those only.  GTK cannot give the widget at a position, so the view keeps a list of the bound list
 * items.  It keeps no pointer to a tile, and sets all that a tile shows when binding it: before GTK
 * tells that a list item is torn down, it has taken the tile from it.  When the list is filled
 * again, as each epoch does, the tiles stay and show the pictures that are at their positions now,
 * and the keyboard focus goes with its picture to that one's new position.  Tab leaves the grid;
 * GTK's own Tab would go through it tile by tile.
 *
 * GTK keeps tiles for thirty rows of max-columns each: with forty columns allowed, an epoch bound
 * 1,200 tiles again where ninety were visible in three columns.  So max-columns is set to what
 * fits.
 *
 * A click selects and a double click opens.  single-click-activate was rejected: it selects
 * whatever is under the pointer, so that several pictures could not be selected.
 */

#include "config.h"

#include "pictures/atelier-picture-view-private.h"

#include "pictures/atelier-tile.h"

/* Screen pixels for one step of zoom. */
#define ZOOM_SIDE 28
#define DEFAULT_ZOOM 3
#define N_LAYOUT_TICKS 2

G_DEFINE_FINAL_TYPE (AtelierPictureView, atelier_picture_view, GTK_TYPE_WIDGET)

enum
{
  PROP_ZOOM = 1,
  PROP_SAYS_TRUTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkListItem *
find_bound (AtelierPictureView *self,
            guint               position)
{
  for (guint i = 0; i < self->bound->len; i++)
    if (gtk_list_item_get_position (g_ptr_array_index (self->bound, i)) == position)
      return g_ptr_array_index (self->bound, i);

  return NULL;
}

/* The list item whose tile is @widget, or lies inside or around it. */
static GtkListItem *
find_list_item_of (AtelierPictureView *self,
                   GtkWidget          *widget)
{
  for (guint i = 0; widget && i < self->bound->len; i++)
    {
      GtkListItem *list_item = g_ptr_array_index (self->bound, i);
      GtkWidget *tile = gtk_list_item_get_child (list_item);

      if (tile && (tile == widget || gtk_widget_is_ancestor (tile, widget)))
        return list_item;
    }

  return NULL;
}

static GtkWidget *
get_focus_in_grid (AtelierPictureView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (focus && (focus == GTK_WIDGET (self->grid_view)
                || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid_view))))
    return focus;

  return NULL;
}

GtkListItem *
atelier_picture_view_get_focused (AtelierPictureView *self)
{
  GtkWidget *focus = get_focus_in_grid (self);

  return focus && focus != GTK_WIDGET (self->grid_view) ? find_list_item_of (self, focus) : NULL;
}

/* Going to a picture */

static void
stop_waiting (AtelierPictureView *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* Another page may be shown by now. */
static void
focus_awaited (AtelierPictureView *self)
{
  GtkListItem *list_item = find_bound (self, self->awaited);

  if (list_item && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (gtk_widget_get_parent (gtk_list_item_get_child (list_item)));
}

/* A tick callback runs before the layout of its frame, so the tiles are placed at the second. */
static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (widget);

  if (++self->n_ticks < N_LAYOUT_TICKS)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  focus_awaited (self);

  return G_SOURCE_REMOVE;
}

static void
scroll_to (AtelierPictureView *self,
           guint               position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->grid_view), "list.scroll-to-item", "u", position);
}

static void
focus_when_placed (AtelierPictureView *self,
                   guint               position)
{
  self->awaited = position;
  self->n_ticks = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

/* Shows what the list has at the tiles' positions now, but those which the grid will remove. */
static void
show_pictures (AtelierPictureView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *list_item = g_ptr_array_index (self->bound, i);
      guint position = gtk_list_item_get_position (list_item);

      if (position < n)
        atelier_tile_set_picture (ATELIER_TILE (gtk_list_item_get_child (list_item)), self->list,
                                  position, self->says_truth);
    }
}

/* The focus follows its picture. */
static void
on_pictures_changed_cb (AtelierPictureView *self)
{
  GtkListItem *list_item = atelier_picture_view_get_focused (self);
  guint position;

  if (list_item
      && atelier_picture_list_find (
        self->list, atelier_tile_get_picture (ATELIER_TILE (gtk_list_item_get_child (list_item))),
        &position))
    focus_when_placed (self, position);
  show_pictures (self);
}

/* Columns */

/* Allows as many columns as fit; a tile is at least as wide as its picture. */
static void
limit_columns (AtelierPictureView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->grid_view));
  double width = gtk_adjustment_get_page_size (adjustment);

  gtk_grid_view_set_max_columns (self->grid_view,
                                 (guint) MAX (width / (self->zoom * ZOOM_SIDE), 1.0));
}

static gboolean
on_width_tick_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (widget);

  self->width_tick_id = 0;
  limit_columns (self);

  return G_SOURCE_REMOVE;
}

/* Notified while the grid places its tiles, when it cannot add or remove any; so it waits. */
static void
on_page_size_notify_cb (AtelierPictureView *self)
{
  if (self->width_tick_id == 0)
    self->width_tick_id =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), on_width_tick_cb, NULL, NULL);
}

/* Tiles */

static void
on_factory_setup_cb (AtelierPictureView *self,
                     GtkListItem        *list_item)
{
  gtk_list_item_set_child (list_item, atelier_tile_new ());
}

static void
on_factory_bind_cb (AtelierPictureView *self,
                    GtkListItem        *list_item)
{
  AtelierTile *tile = ATELIER_TILE (gtk_list_item_get_child (list_item));

  atelier_tile_set_side (tile, (int) self->zoom * ZOOM_SIDE);
  atelier_tile_set_picture (tile, self->list, gtk_list_item_get_position (list_item),
                            self->says_truth);
  g_ptr_array_add (self->bound, list_item);
}

static void
on_factory_unbind_cb (AtelierPictureView *self,
                      GtkListItem        *list_item)
{
  g_ptr_array_remove_fast (self->bound, list_item);
}

static void
on_grid_view_activate_cb (AtelierPictureView *self,
                          guint               position)
{
  g_signal_emit (self, signals[OPEN], 0, position);
}

static void
on_menu_pressed_cb (AtelierPictureView *self,
                    int                 n_press,
                    double              x,
                    double              y,
                    GtkGesture         *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkListItem *list_item = find_list_item_of (self, picked);

  if (list_item == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  atelier_picture_view_show_menu (self, list_item, x, y);
}

/* Zoom */

static void
set_zoom (AtelierPictureView *self,
          guint               zoom)
{
  guint position;

  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  for (guint i = 0; i < self->bound->len; i++)
    atelier_tile_set_side (
      ATELIER_TILE (gtk_list_item_get_child (g_ptr_array_index (self->bound, i))),
      (int) zoom * ZOOM_SIDE);
  limit_columns (self);
  if (atelier_picture_view_get_current (self, &position))
    scroll_to (self, position);
  atelier_picture_view_update_zoom_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
set_says_truth (AtelierPictureView *self,
                gboolean            says_truth)
{
  if (self->says_truth == says_truth)
    return;

  self->says_truth = says_truth;
  show_pictures (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAYS_TRUTH]);
}

/* Overrides */

static gboolean
atelier_picture_view_focus (GtkWidget        *widget,
                            GtkDirectionType  direction)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && get_focus_in_grid (self))
    return FALSE;

  return GTK_WIDGET_CLASS (atelier_picture_view_parent_class)->focus (widget, direction);
}

static void
atelier_picture_view_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (object);

  switch (property_id)
    {
    case PROP_ZOOM:
      g_value_set_uint (value, self->zoom);
      break;
    case PROP_SAYS_TRUTH:
      g_value_set_boolean (value, self->says_truth);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_picture_view_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (object);

  switch (property_id)
    {
    case PROP_ZOOM:
      set_zoom (self, g_value_get_uint (value));
      break;
    case PROP_SAYS_TRUTH:
      set_says_truth (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_picture_view_dispose (GObject *object)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (object);
  GtkWidget *child;

  stop_waiting (self);
  if (self->width_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->width_tick_id);
  self->width_tick_id = 0;
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_PICTURE_VIEW);
  g_clear_object (&self->list);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (atelier_picture_view_parent_class)->dispose (object);
}

static void
atelier_picture_view_finalize (GObject *object)
{
  AtelierPictureView *self = ATELIER_PICTURE_VIEW (object);

  g_ptr_array_unref (self->bound);

  G_OBJECT_CLASS (atelier_picture_view_parent_class)->finalize (object);
}

static void
atelier_picture_view_class_init (AtelierPictureViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_picture_view_get_property;
  object_class->set_property = atelier_picture_view_set_property;
  object_class->dispose = atelier_picture_view_dispose;
  object_class->finalize = atelier_picture_view_finalize;
  widget_class->focus = atelier_picture_view_focus;

  properties[PROP_ZOOM] =
    g_param_spec_uint ("zoom", NULL, NULL, ATELIER_PICTURE_VIEW_MIN_ZOOM,
                       ATELIER_PICTURE_VIEW_MAX_ZOOM, DEFAULT_ZOOM, flags);
  properties[PROP_SAYS_TRUTH] = g_param_spec_boolean ("says-truth", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  atelier_picture_view_add_bindings (widget_class);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/pictures/atelier-picture-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierPictureView, grid_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierPictureView, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_grid_view_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "pictureview");
}

static void
atelier_picture_view_init (AtelierPictureView *self)
{
  self->zoom = DEFAULT_ZOOM;
  self->list = atelier_picture_list_new ();
  self->bound = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->grid_view)),
                           "notify::page-size", G_CALLBACK (on_page_size_notify_cb), self,
                           G_CONNECT_SWAPPED);
  atelier_picture_view_add_actions (self);

  g_signal_connect_swapped (self->list, "pictures-changed", G_CALLBACK (on_pictures_changed_cb),
                            self);
  gtk_grid_view_set_model (self->grid_view, GTK_SELECTION_MODEL (self->list));
}

AtelierPictureList *
atelier_picture_view_get_list (AtelierPictureView *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_VIEW (self), NULL);

  return self->list;
}

GActionGroup *
atelier_picture_view_get_actions (AtelierPictureView *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_VIEW (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

gboolean
atelier_picture_view_get_current (AtelierPictureView *self,
                                  guint              *position)
{
  g_autoptr (GtkBitset) selected = NULL;
  GtkListItem *list_item;

  g_return_val_if_fail (ATELIER_IS_PICTURE_VIEW (self), FALSE);

  list_item = atelier_picture_view_get_focused (self);
  selected = atelier_picture_list_get_selected (self->list);
  if (list_item == NULL && gtk_bitset_is_empty (selected))
    return FALSE;
  *position =
    list_item ? gtk_list_item_get_position (list_item) : gtk_bitset_get_minimum (selected);

  return TRUE;
}

void
atelier_picture_view_go_to (AtelierPictureView *self,
                            guint               position,
                            gboolean            grabs_focus)
{
  g_return_if_fail (ATELIER_IS_PICTURE_VIEW (self));
  g_return_if_fail (position < g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  scroll_to (self, position);
  if (grabs_focus || get_focus_in_grid (self))
    focus_when_placed (self, position);
}
