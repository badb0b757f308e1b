/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture view with two filters, and beside it the selected picture, enlarged.
 *
 * Clicking, the arrow keys and the two buttons all change the selection, and the selected picture
 * is enlarged at once.  So browsing the data needs no dialog that must be opened and closed.  If
 * several pictures are selected, the first one is enlarged.  Main thread.
 */

#include "config.h"

#include "data/atelier-data-pictures.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "data/atelier-data-tile.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-pixels.h"

struct _AtelierDataPictures
{
  GtkWidget            parent_instance;

  guint                split;
  int                  class_;

  /* Owned */
  AtelierSplits       *splits;
  AtelierDataOverview *overview;

  /* Borrowed from the view */
  AtelierPictureList  *list;

  /* Template children */
  GtkLabel            *count_label;
  GtkDropDown         *class_drop_down;
  GtkStringList       *class_strings;
  GtkStack            *stack;
  GtkLabel            *empty_label;
  AtelierPictureView  *view;
  GtkWidget           *detail_box;
  AtelierPixels       *pixels;
  GtkLabel            *class_label;
  GtkLabel            *place_label;
  GtkWidget           *mean_box;
  AtelierPixels       *mean_pixels;
  GtkWidget           *previous_button;
  GtkWidget           *next_button;
};

G_DEFINE_FINAL_TYPE (AtelierDataPictures, atelier_data_pictures, GTK_TYPE_WIDGET)

enum
{
  PROP_SPLIT = 1,
  PROP_CLASS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Contents */

static AtelierDataset *
get_dataset (AtelierDataPictures *self)
{
  return self->splits ? atelier_splits_get_dataset (self->splits) : NULL;
}

static GArray *
collect_pictures (AtelierDataPictures *self)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = self->splits ? atelier_splits_get_n (self->splits, self->split) : 0;
  const guint8 *labels = n > 0 ? atelier_splits_get_labels (self->splits, self->split) : NULL;

  for (guint i = 0; i < n; i++)
    if (self->class_ == ATELIER_ALL_CLASSES || labels[i] == self->class_)
      {
        guint picture = atelier_splits_get_picture (self->splits, self->split, i);

        g_array_append_val (pictures, picture);
      }

  return pictures;
}

static char *
describe_count (AtelierDataPictures *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *count = atelier_format_count (n);

  return g_strdup_printf (ngettext ("%s picture", "%s pictures", n), count);
}

static const char *
get_empty_words (AtelierDataPictures *self)
{
  if (self->splits == NULL)
    return _("No data");
  if (self->class_ != ATELIER_ALL_CLASSES)
    return _("This class has no picture in this split");
  if (self->split == ATELIER_SPLIT_TEST)
    return _("There are no test pictures");

  return _("There are no validation pictures");
}

/* The first selected picture; FALSE if there is none. */
static gboolean
find_selected (AtelierDataPictures *self,
               guint               *position)
{
  g_autoptr (GtkBitset) selected = atelier_picture_list_get_selected (self->list);

  if (gtk_bitset_is_empty (selected))
    return FALSE;

  *position = gtk_bitset_get_minimum (selected);
  return TRUE;
}

/* Shows the mean of class @label, to tell how typical the enlarged picture is. */
static void
show_mean (AtelierDataPictures *self,
           guint                label,
           const char          *name)
{
  g_autofree char *words = NULL;
  gboolean has_mean;
  guint i_mean;

  has_mean = self->overview && atelier_data_overview_find_mean (self->overview, label, &i_mean);
  gtk_widget_set_visible (self->mean_box, has_mean);
  if (!has_mean)
    return;

  /* Translators: the mean picture of a class, "Mean of Shirt". */
  words = g_strdup_printf (_("Mean of %s"), name);
  atelier_pixels_set_picture (self->mean_pixels, atelier_data_overview_get_means (self->overview),
                              i_mean);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->mean_pixels), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mean_pixels),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_detail (AtelierDataPictures *self,
             guint                position)
{
  AtelierDataset *dataset = get_dataset (self);
  guint picture = atelier_picture_list_get_picture (self->list, position);
  guint label = atelier_dataset_get_label (dataset, picture);
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  const char *name = atelier_class_name_translate (class_names[label]);
  g_autofree char *place = atelier_splits_format_place (self->splits, picture);

  atelier_pixels_set_picture (self->pixels, dataset, picture);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pixels), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place, -1);
  gtk_label_set_label (self->class_label, name);
  gtk_label_set_label (self->place_label, place);
  show_mean (self, label, name);
}

static void
update_detail (AtelierDataPictures *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint position = 0;
  gboolean is_selected = find_selected (self, &position);

  gtk_widget_set_sensitive (self->previous_button, is_selected && position > 0);
  gtk_widget_set_sensitive (self->next_button, is_selected && position + 1 < n);
  gtk_widget_set_visible (self->detail_box, is_selected);
  if (is_selected)
    show_detail (self, position);
}

static void
update_list (AtelierDataPictures *self)
{
  g_autoptr (GArray) pictures = collect_pictures (self);
  g_autofree char *count = NULL;

  atelier_picture_list_fill_with (self->list, self->splits, (const guint *) pictures->data,
                                  pictures->len);
  count = describe_count (self);
  gtk_label_set_label (self->count_label, count);
  gtk_label_set_label (self->empty_label, get_empty_words (self));
  gtk_stack_set_visible_child_name (self->stack, pictures->len > 0 ? "pictures" : "empty");
  if (pictures->len > 0)
    atelier_picture_view_go_to (self->view, 0, FALSE);
  update_detail (self);
}

static void
update_class_strings (AtelierDataPictures *self)
{
  const char * const *names =
    self->splits ? atelier_dataset_get_class_names (get_dataset (self)) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->class_strings));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) translated = NULL;

  for (guint i = 0; names && names[i]; i++)
    g_strv_builder_add (builder, atelier_class_name_translate (names[i]));
  translated = g_strv_builder_end (builder);
  /* The first item, "All classes", stays. */
  gtk_string_list_splice (self->class_strings, 1, n - 1, (const char * const *) translated);
}

static void
set_split (AtelierDataPictures *self,
           AtelierSplit         split)
{
  if (self->split == split)
    return;

  self->split = split;
  update_list (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPLIT]);
}

static void
set_class (AtelierDataPictures *self,
           int                  class_)
{
  if (self->class_ == class_)
    return;

  self->class_ = class_;
  update_list (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLASS]);
}

static void
step (AtelierDataPictures *self,
      int                  by)
{
  guint position;

  if (find_selected (self, &position))
    atelier_picture_view_go_to (self->view, position + by, FALSE);
}

/* Callbacks */

/* The first item of the drop-down is "All classes". */
static gboolean
transform_class_to_item (GBinding     *binding,
                         const GValue *from,
                         GValue       *to,
                         gpointer      user_data)
{
  g_value_set_uint (to, (guint) (g_value_get_int (from) + 1));

  return TRUE;
}

static gboolean
transform_item_to_class (GBinding     *binding,
                         const GValue *from,
                         GValue       *to,
                         gpointer      user_data)
{
  guint item = g_value_get_uint (from);

  g_value_set_int (to, item == GTK_INVALID_LIST_POSITION ? ATELIER_ALL_CLASSES : (int) item - 1);

  return TRUE;
}

/* A picture was opened and not only selected: moves the keyboard focus to the buttons of the
 * enlarged picture. */
static void
on_view_open_cb (AtelierDataPictures *self,
                 guint                position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  gtk_widget_child_focus (self->detail_box, GTK_DIR_TAB_FORWARD);
}

static void
on_previous_clicked_cb (AtelierDataPictures *self)
{
  step (self, -1);
}

static void
on_next_clicked_cb (AtelierDataPictures *self)
{
  step (self, 1);
}

/* Overrides */

static void
atelier_data_pictures_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  AtelierDataPictures *self = ATELIER_DATA_PICTURES (object);

  switch (property_id)
    {
    case PROP_SPLIT:
      g_value_set_uint (value, self->split);
      break;
    case PROP_CLASS:
      g_value_set_int (value, self->class_);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_pictures_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  AtelierDataPictures *self = ATELIER_DATA_PICTURES (object);

  switch (property_id)
    {
    case PROP_SPLIT:
      set_split (self, g_value_get_uint (value));
      break;
    case PROP_CLASS:
      set_class (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_pictures_dispose (GObject *object)
{
  AtelierDataPictures *self = ATELIER_DATA_PICTURES (object);
  GtkWidget *child;

  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_DATA_PICTURES);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_pointer (&self->overview, atelier_data_overview_unref);

  G_OBJECT_CLASS (atelier_data_pictures_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-pictures.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, count_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, class_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, class_strings);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, view);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, detail_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, class_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, place_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, mean_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, mean_pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, previous_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPictures, next_button);
  gtk_widget_class_bind_template_callback (widget_class, on_view_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked_cb);
}

static void
atelier_data_pictures_class_init (AtelierDataPicturesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_data_pictures_get_property;
  object_class->set_property = atelier_data_pictures_set_property;
  object_class->dispose = atelier_data_pictures_dispose;

  properties[PROP_SPLIT] =
    g_param_spec_uint ("split", NULL, NULL, 0, ATELIER_N_SPLITS - 1, ATELIER_SPLIT_TRAIN, flags);
  properties[PROP_CLASS] =
    g_param_spec_int ("class", NULL, NULL, ATELIER_ALL_CLASSES, G_MAXINT, ATELIER_ALL_CLASSES,
                      flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_PICTURE_VIEW);
  g_type_ensure (ATELIER_TYPE_PIXELS);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "datapictures");
}

static void
atelier_data_pictures_init (AtelierDataPictures *self)
{
  self->class_ = ATELIER_ALL_CLASSES;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->list = atelier_picture_view_get_list (self->view);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pictures",
                                  atelier_picture_view_get_actions (self->view));
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (update_detail), self);
  g_object_bind_property_full (self, "class", self->class_drop_down, "selected",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               transform_class_to_item, transform_item_to_class, NULL, NULL);
  update_list (self);
}

void
atelier_data_pictures_set_splits (AtelierDataPictures *self,
                                  AtelierSplits       *splits)
{
  g_return_if_fail (ATELIER_IS_DATA_PICTURES (self));

  if (self->splits == splits)
    return;

  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits ? atelier_splits_ref (splits) : NULL;
  self->split = ATELIER_SPLIT_TRAIN;
  self->class_ = ATELIER_ALL_CLASSES;
  update_list (self);
  /* First selects the drop-down's first item, which is never removed: when the selected item is
   * removed, GTK selects another one. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPLIT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLASS]);
  update_class_strings (self);
}

void
atelier_data_pictures_set_overview (AtelierDataPictures *self,
                                    AtelierDataOverview *overview)
{
  g_return_if_fail (ATELIER_IS_DATA_PICTURES (self));

  if (overview)
    atelier_data_overview_ref (overview);
  g_clear_pointer (&self->overview, atelier_data_overview_unref);
  self->overview = overview;
  update_detail (self);
}

void
atelier_data_pictures_open (AtelierDataPictures *self,
                            guint                picture)
{
  g_autofree char *words = NULL;
  AtelierSplit split;
  guint i_image, position;

  g_return_if_fail (ATELIER_IS_DATA_PICTURES (self));

  if (self->splits == NULL || !atelier_splits_find (self->splits, picture, &split, &i_image))
    return;

  set_split (self, split);
  set_class (self, ATELIER_ALL_CLASSES);
  if (!atelier_picture_list_find (self->list, picture, &position))
    return;

  atelier_picture_view_go_to (self->view, position, FALSE);
  /* Translators: spoken when a picture is enlarged: its class, and where it is. */
  words = g_strdup_printf (_("Enlarged: %s, %s"), gtk_label_get_label (self->class_label),
                           gtk_label_get_label (self->place_label));
  atelier_announce (words);
}

void
atelier_data_pictures_show_class (AtelierDataPictures *self,
                                  guint                i_class)
{
  g_autofree char *words = NULL;
  const char *name;

  g_return_if_fail (ATELIER_IS_DATA_PICTURES (self));
  g_return_if_fail (self->splits != NULL);

  set_class (self, (int) i_class);
  name = atelier_dataset_get_class_names (get_dataset (self))[i_class];
  /* Translators: spoken: a class, and how many of its pictures are shown: "Shirt: 493 pictures". */
  words = g_strdup_printf (_("%s: %s"), atelier_class_name_translate (name),
                           gtk_label_get_label (self->count_label));
  atelier_announce (words);
}

AtelierPictureView *
atelier_data_pictures_get_view (AtelierDataPictures *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_PICTURES (self), NULL);

  return self->view;
}

gboolean
atelier_data_pictures_get_opened (AtelierDataPictures *self,
                                  guint               *picture)
{
  guint position;

  g_return_val_if_fail (ATELIER_IS_DATA_PICTURES (self), FALSE);

  if (!find_selected (self, &position))
    return FALSE;

  *picture = atelier_picture_list_get_picture (self->list, position);
  return TRUE;
}
