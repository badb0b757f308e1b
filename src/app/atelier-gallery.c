/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The gallery: a heading that says what is shown, and a grid view over AtelierPictureList.
 *
 * The grid view makes tiles for what is in sight only; the list makes items for those tiles only.
 * GTK 4.8 cannot be asked for the widget at a position, so the list items that are bound are
 * remembered: the inspector opens at the picture and not at the grid's corner.  While it is open it
 * leads: the grid follows to the picture that it shows, also when an epoch brings another list.
 * Tab leaves the grid, which GTK 4.8's own would walk through tile by tile.  Main thread.
 */

#include "config.h"

#include "atelier-gallery.h"

#include <glib/gi18n.h>

#include "atelier-inspector.h"
#include "atelier-tile.h"

#define N_LAYOUT_TICKS 2

struct _AtelierGallery
{
  GtkWidget           parent_instance;

  guint               order;

  /* Owned */
  AtelierFocus       *focus; /* nullable until it was set */
  AtelierPictureList *list;
  GPtrArray          *bound; /* of GtkListItem, borrowed */

  guint               opened;  /* the position of the inspector's picture */
  guint               tick_id; /* waits for the opened picture's tile */
  guint               n_ticks;

  /* Template children */
  GtkWidget          *heading_box;
  GtkWidget          *order_drop_down;
  GtkLabel           *title_label;
  GtkLabel           *subtitle_label;
  GtkStack           *stack;
  GtkInscription     *empty_label;
  GtkGridView        *grid_view;
  GtkNoSelection     *selection_model;
  AtelierInspector   *inspector;
};

G_DEFINE_FINAL_TYPE (AtelierGallery, atelier_gallery, GTK_TYPE_WIDGET)

enum
{
  PROP_ORDER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const AtelierSelection no_selection = { .kind = ATELIER_SELECT_MISTAKES };

static AtelierPredictions *
get_predictions (AtelierGallery *self)
{
  return self->focus ? atelier_focus_get_predictions (self->focus) : NULL;
}

static void
update_heading (AtelierGallery *self)
{
  const AtelierSelection *selection;
  const char * const *class_names;
  AtelierSplit split;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (self->order_drop_down, get_predictions (self) != NULL);
  if (get_predictions (self) == NULL)
    {
      gtk_label_set_label (self->title_label, _("Pictures"));
      gtk_label_set_label (self->subtitle_label, "");
      return;
    }

  selection = atelier_focus_get_selection (self->focus);
  class_names = atelier_dataset_get_class_names (atelier_focus_get_dataset (self->focus));
  title = atelier_selection_title (selection, class_names);
  description = atelier_selection_describe (selection, atelier_focus_get_confusion (self->focus),
                                            class_names);
  /* Translators: "82 of 493 true Shirt · validation, epoch 7". */
  split = atelier_predictions_get_split (get_predictions (self));
  subtitle = g_strdup_printf (_("%s · %s, epoch %u"), description, atelier_split_get_name (split),
                              atelier_focus_get_epoch (self->focus));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->subtitle_label, subtitle);
}

static GtkWidget *
find_tile (AtelierGallery *self,
           guint           position)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *list_item = g_ptr_array_index (self->bound, i);

      if (gtk_list_item_get_position (list_item) == position)
        return gtk_list_item_get_child (list_item);
    }

  return NULL;
}

/* The inspector */

static gboolean
point_to_tile (AtelierGallery *self)
{
  GtkWidget *tile = find_tile (self, self->opened);
  graphene_rect_t bounds;

  if (tile == NULL || !gtk_widget_compute_bounds (tile, GTK_WIDGET (self), &bounds))
    return FALSE;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->inspector),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width,
                                                 (int) bounds.size.height });
  return TRUE;
}

static void
stop_ticking (AtelierGallery *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* A tick comes before its frame's layout: only at the second has the grid placed its tiles. */
static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AtelierGallery *self = ATELIER_GALLERY (widget);

  if (++self->n_ticks < N_LAYOUT_TICKS)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  point_to_tile (self);

  return G_SOURCE_REMOVE;
}

static void
inspect (AtelierGallery *self,
         guint           position)
{
  self->opened = position;
  atelier_inspector_set_picture (self->inspector, atelier_focus_get_dataset (self->focus),
                                 get_predictions (self),
                                 atelier_picture_list_get_index (self->list, position),
                                 atelier_focus_get_epoch (self->focus));
}

/* Shows another picture in the open inspector, and brings its tile into sight. */
static void
move_inspector (AtelierGallery *self,
                guint           position)
{
  inspect (self, position);
  gtk_widget_activate_action (GTK_WIDGET (self->grid_view), "list.scroll-to-item", "u", position);
  self->n_ticks = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

/* The list is another one: the same picture stays open, wherever it stands now. */
static void
update_inspector (AtelierGallery *self)
{
  guint position;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->inspector)))
    return;
  if (atelier_picture_list_find (self->list, atelier_inspector_get_index (self->inspector),
                                 &position))
    move_inspector (self, position);
  else
    gtk_popover_popdown (GTK_POPOVER (self->inspector));
}

static void
on_inspector_step_cb (AtelierGallery *self,
                      int             step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (step < 0 ? self->opened > 0 : self->opened + 1 < n)
    move_inspector (self, step < 0 ? self->opened - 1 : self->opened + 1);
}

/* The focus goes back to the picture's tile. */
static void
on_inspector_closed_cb (AtelierGallery *self)
{
  GtkWidget *tile = find_tile (self, self->opened);

  stop_ticking (self);
  if (tile)
    gtk_widget_grab_focus (gtk_widget_get_parent (tile));
}

static void
update_list (AtelierGallery *self)
{
  const AtelierSelection *selection =
    self->focus ? atelier_focus_get_selection (self->focus) : &no_selection;
  const char *text;

  atelier_picture_list_fill (self->list, get_predictions (self), selection, self->order);
  if (get_predictions (self))
    text = _("No picture: the network made no such call in this epoch.");
  else
    text = _("After the first epoch, the pictures that the network got wrong appear here. "
             "Choose a number in the matrix to see the pictures behind it.");
  gtk_inscription_set_text (self->empty_label, text);
  gtk_stack_set_visible_child_name (
    self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "pictures" : "empty");
  update_inspector (self);
}

static void
show_focus (AtelierGallery *self)
{
  update_heading (self);
  update_list (self);
}

static void
on_factory_setup_cb (AtelierGallery *self,
                     GtkListItem    *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (ATELIER_TYPE_TILE, NULL));
}

static void
on_factory_bind_cb (AtelierGallery *self,
                    GtkListItem    *list_item)
{
  AtelierTile *tile = ATELIER_TILE (gtk_list_item_get_child (list_item));
  AtelierPictureItem *item = gtk_list_item_get_item (list_item);

  const AtelierSelection *selection = atelier_focus_get_selection (self->focus);

  atelier_tile_set_picture (tile, atelier_focus_get_dataset (self->focus), get_predictions (self),
                            atelier_picture_item_get_index (item),
                            selection->kind != ATELIER_SELECT_CELL);
  g_ptr_array_add (self->bound, list_item);
}

static void
on_factory_unbind_cb (AtelierGallery *self,
                      GtkListItem    *list_item)
{
  g_ptr_array_remove_fast (self->bound, list_item);
}

static void
on_grid_view_activate_cb (AtelierGallery *self,
                          guint           position)
{
  inspect (self, position);
  if (!point_to_tile (self))
    return;

  /* GTK 4.8's popover takes for granted that something has the focus, to which it can give it
   * back. */
  if (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->grid_view));

  gtk_popover_popup (GTK_POPOVER (self->inspector));
  atelier_inspector_grab_focus (self->inspector);
}

/* Overrides */

static gboolean
has_focus_in_grid (AtelierGallery *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus
         && (focus == GTK_WIDGET (self->grid_view)
             || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid_view)));
}

static gboolean
atelier_gallery_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  AtelierGallery *self = ATELIER_GALLERY (widget);

  if (direction == GTK_DIR_TAB_FORWARD && has_focus_in_grid (self))
    return FALSE;
  if (direction == GTK_DIR_TAB_BACKWARD && has_focus_in_grid (self))
    return gtk_widget_child_focus (self->heading_box, direction);

  return GTK_WIDGET_CLASS (atelier_gallery_parent_class)->focus (widget, direction);
}

static void
atelier_gallery_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierGallery *self = ATELIER_GALLERY (object);

  switch (property_id)
    {
    case PROP_ORDER:
      g_value_set_uint (value, self->order);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_gallery_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AtelierGallery *self = ATELIER_GALLERY (object);

  switch (property_id)
    {
    case PROP_ORDER:
      if (self->order == g_value_get_uint (value))
        break;
      self->order = g_value_get_uint (value);
      update_list (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_gallery_dispose (GObject *object)
{
  AtelierGallery *self = ATELIER_GALLERY (object);

  stop_ticking (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_GALLERY);
  g_clear_object (&self->list);
  g_clear_object (&self->focus);

  G_OBJECT_CLASS (atelier_gallery_parent_class)->dispose (object);
}

static void
atelier_gallery_finalize (GObject *object)
{
  g_ptr_array_unref (ATELIER_GALLERY (object)->bound);

  G_OBJECT_CLASS (atelier_gallery_parent_class)->finalize (object);
}

static void
atelier_gallery_class_init (AtelierGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_gallery_get_property;
  object_class->set_property = atelier_gallery_set_property;
  object_class->dispose = atelier_gallery_dispose;
  object_class->finalize = atelier_gallery_finalize;
  widget_class->focus = atelier_gallery_focus;

  properties[PROP_ORDER] =
    g_param_spec_uint ("order", NULL, NULL, 0, ATELIER_N_ORDERS - 1, ATELIER_ORDER_MOST_CERTAIN,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/atelier_nn/Atelier/atelier-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, heading_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, grid_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, selection_model);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, inspector);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_grid_view_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_inspector_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_inspector_closed_cb);
  gtk_widget_class_set_css_name (widget_class, "gallery");
}

static void
atelier_gallery_init (AtelierGallery *self)
{
  self->list = atelier_picture_list_new ();
  self->bound = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_no_selection_set_model (self->selection_model, G_LIST_MODEL (self->list));
  show_focus (self);
}

void
atelier_gallery_set_focus (AtelierGallery *self,
                           AtelierFocus   *focus)
{
  g_return_if_fail (ATELIER_IS_GALLERY (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (show_focus), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "selection-changed", G_CALLBACK (show_focus), self,
                           G_CONNECT_SWAPPED);
  show_focus (self);
}

AtelierPictureList *
atelier_gallery_get_list (AtelierGallery *self)
{
  g_return_val_if_fail (ATELIER_IS_GALLERY (self), NULL);

  return self->list;
}
