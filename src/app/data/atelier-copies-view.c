/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The copies in a data set: first sentences, since most data sets have no copies and need nothing
 * else.
 *
 * The list is a list view with one small object for each group.  The pictures of the selected group
 * are shown side by side below it, up to a maximum number.  Main thread.
 */

#include "config.h"

#include "data/atelier-copies-view.h"

#include <glib/gi18n.h>

#include "data/atelier-copies-row.h"
#include "data/atelier-data-tile.h"

#define MAX_SIDE_BY_SIDE 24

struct _AtelierCopiesView
{
  GtkWidget            parent_instance;

  guint                filter;

  /* Owned */
  AtelierDataOverview *overview;

  /* Template children */
  GtkWidget           *spinner;
  GtkLabel            *words_label;
  GtkImage            *words_image;
  GtkWidget           *note_label;
  GtkWidget           *groups_box;
  GtkStack            *stack;
  GListStore          *groups;
  GtkSingleSelection  *selection;
  GtkWidget           *list_view;
  GtkFlowBox          *flow_box;
  GtkLabel            *more_label;
};

G_DEFINE_FINAL_TYPE (AtelierCopiesView, atelier_copies_view, GTK_TYPE_WIDGET)

enum
{
  PROP_FILTER = 1,
  N_PROPS
};

enum
{
  PICTURE_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_listed (AtelierCopiesView *self,
           guint              i_group)
{
  switch ((AtelierCopiesFilter) self->filter)
    {
    case ATELIER_COPIES_BETWEEN_SPLITS:
      return atelier_data_overview_has_splits (self->overview, i_group);
    case ATELIER_COPIES_UNDER_SEVERAL_LABELS:
      return atelier_data_overview_has_labels (self->overview, i_group);
    case ATELIER_COPIES_ALL:
    case ATELIER_N_COPIES_FILTERS:
    default:
      return TRUE;
    }
}

static void
update_groups (AtelierCopiesView *self)
{
  guint n = self->overview ? atelier_data_overview_get_n_groups (self->overview) : 0;
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    if (is_listed (self, i))
      g_ptr_array_add (groups, atelier_copy_group_new (self->overview, i));

  g_list_store_splice (self->groups, 0, g_list_model_get_n_items (G_LIST_MODEL (self->groups)),
                       groups->pdata, groups->len);
  gtk_stack_set_visible_child_name (self->stack, groups->len > 0 ? "groups" : "empty");
}

static void
show_words (AtelierCopiesView *self,
            const char        *icon_name,
            const char        *words)
{
  gtk_image_set_from_icon_name (self->words_image, icon_name);
  gtk_label_set_label (self->words_label, words);
}

/* A warning for copies that mislead (in two splits, or with different labels); copies within a
 * split only waste time. */
static const char *
get_icon_name (AtelierDataOverview *overview)
{
  guint n = atelier_data_overview_get_n_groups (overview);

  if (n == 0)
    return "object-select-symbolic";
  if (atelier_data_overview_get_n_contradicted (overview) > 0)
    return "dialog-warning-symbolic";
  for (guint i = 0; i < n; i++)
    if (atelier_data_overview_has_splits (overview, i))
      return "dialog-warning-symbolic";

  return "dialog-information-symbolic";
}

static void
update_words (AtelierCopiesView *self)
{
  g_autofree char *words = NULL;
  gboolean has_groups =
    self->overview && atelier_data_overview_get_n_groups (self->overview) > 0;

  gtk_widget_set_visible (self->spinner, self->overview == NULL);
  gtk_widget_set_visible (self->note_label, !has_groups);
  gtk_widget_set_visible (self->groups_box, has_groups);
  if (self->overview == NULL)
    {
      show_words (self, NULL, "");
      return;
    }

  words = atelier_data_overview_describe_copies (self->overview);
  show_words (self, get_icon_name (self->overview), words);
}

static void
remove_tiles (AtelierCopiesView *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->flow_box, 0)))
    gtk_flow_box_remove (self->flow_box, GTK_WIDGET (child));
}

static void
add_tile (AtelierCopiesView        *self,
          AtelierSplits            *splits,
          const AtelierDataPicture *picture)
{
  GtkWidget *tile = g_object_new (ATELIER_TYPE_DATA_TILE, "side", 56, NULL);

  atelier_data_tile_set_picture (ATELIER_DATA_TILE (tile), splits, picture->picture, TRUE, TRUE);
  gtk_flow_box_append (self->flow_box, tile);
}

/* Shows the pictures of the selected group side by side. */
static void
update_tiles (AtelierCopiesView *self)
{
  AtelierCopyGroup *group = gtk_single_selection_get_selected_item (self->selection);
  const AtelierDataPicture *pictures;
  g_autofree char *more = NULL;
  guint n = 0;

  remove_tiles (self);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), FALSE);
  if (group == NULL)
    return;

  pictures = atelier_copy_group_get_pictures (group, &n);
  for (guint i = 0; i < MIN (n, MAX_SIDE_BY_SIDE); i++)
    add_tile (self, atelier_copy_group_get_splits (group), &pictures[i]);
  if (n <= MAX_SIDE_BY_SIDE)
    return;

  more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_SIDE_BY_SIDE),
                          n - MAX_SIDE_BY_SIDE);
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), TRUE);
}

static void
on_factory_setup_cb (AtelierCopiesView *self,
                     GtkListItem       *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (ATELIER_TYPE_COPIES_ROW, NULL));
}

static void
on_factory_bind_cb (AtelierCopiesView *self,
                    GtkListItem       *list_item)
{
  atelier_copies_row_set_group (ATELIER_COPIES_ROW (gtk_list_item_get_child (list_item)),
                                gtk_list_item_get_item (list_item));
}

static void
on_child_activated_cb (AtelierCopiesView *self,
                       GtkFlowBoxChild   *child)
{
  AtelierPixels *pixels =
    atelier_data_tile_get_pixels (ATELIER_DATA_TILE (gtk_flow_box_child_get_child (child)));

  g_signal_emit (self, signals[PICTURE_ACTIVATED], 0, atelier_pixels_get_picture (pixels));
}

static void
atelier_copies_view_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AtelierCopiesView *self = ATELIER_COPIES_VIEW (object);

  switch (property_id)
    {
    case PROP_FILTER:
      g_value_set_uint (value, self->filter);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_copies_view_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AtelierCopiesView *self = ATELIER_COPIES_VIEW (object);

  switch (property_id)
    {
    case PROP_FILTER:
      if (self->filter == g_value_get_uint (value))
        break;
      self->filter = g_value_get_uint (value);
      update_groups (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_copies_view_dispose (GObject *object)
{
  AtelierCopiesView *self = ATELIER_COPIES_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_COPIES_VIEW);
  g_clear_pointer (&self->overview, atelier_data_overview_unref);

  G_OBJECT_CLASS (atelier_copies_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-copies-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, words_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, words_image);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, note_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, groups_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, groups);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, selection);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, list_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, flow_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesView, more_label);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_child_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_tiles);
}

static void
atelier_copies_view_class_init (AtelierCopiesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_copies_view_get_property;
  object_class->set_property = atelier_copies_view_set_property;
  object_class->dispose = atelier_copies_view_dispose;

  properties[PROP_FILTER] =
    g_param_spec_uint ("filter", NULL, NULL, 0, ATELIER_N_COPIES_FILTERS - 1, ATELIER_COPIES_ALL,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PICTURE_ACTIVATED] = g_signal_new ("picture-activated", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             1, G_TYPE_UINT);

  g_type_ensure (ATELIER_TYPE_COPY_GROUP);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "copiesview");
}

static void
atelier_copies_view_init (AtelierCopiesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  update_words (self);
}

void
atelier_copies_view_set_overview (AtelierCopiesView   *self,
                                  AtelierDataOverview *overview)
{
  g_return_if_fail (ATELIER_IS_COPIES_VIEW (self));

  if (overview)
    atelier_data_overview_ref (overview);
  g_clear_pointer (&self->overview, atelier_data_overview_unref);
  self->overview = overview;
  update_words (self);
  update_groups (self);
}

void
atelier_copies_view_show_error (AtelierCopiesView *self,
                                const GError      *error)
{
  g_return_if_fail (ATELIER_IS_COPIES_VIEW (self));

  gtk_widget_set_visible (self->spinner, FALSE);
  show_words (self, "dialog-error-symbolic", error->message);
}
