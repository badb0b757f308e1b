/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The card of the Data page with the facts about the data set.
 *
 * It only shows what is known once the data set is loaded; counts are shown in other cards.
 * Another data set is chosen with the window's actions (win.data, win.open-data), as in the sidebar
 * of the Train page.  Main thread.
 */

#include "config.h"

#include "data/atelier-data-facts.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "data/atelier-synthetic.h"
#include "kit/atelier-data-menu.h"

struct _AtelierDataFacts
{
  GtkWidget       parent_instance;

  gboolean        is_loading;
  gboolean        is_locked;

  /* Owned */
  AtelierDataset *dataset;

  /* Template children */
  GtkLabel       *name_label;
  GtkWidget      *spinner;
  GtkWidget      *facts_box;
  GtkImage       *verdict_image;
  GtkLabel       *verdict_label;
  GtkLabel       *source_label;
  GtkLabel       *train_label;
  GtkLabel       *validation_label;
  GtkLabel       *test_label;
  GtkLabel       *shape_label;
  GtkLabel       *classes_label;
  GtkLabel       *hash_label;
  GMenu          *places_menu;
};

G_DEFINE_FINAL_TYPE (AtelierDataFacts, atelier_data_facts, GTK_TYPE_WIDGET)

enum
{
  PROP_DATASET = 1,
  PROP_IS_LOADING,
  PROP_IS_LOCKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_count (AtelierDataFacts *self,
            AtelierSplit      split,
            GtkLabel         *label)
{
  g_autofree char *count =
    atelier_format_count (atelier_dataset_get_n_images (self->dataset, split));

  gtk_label_set_label (label, count);
}

static char *
describe_shape (AtelierDataset *dataset)
{
  guint width = atelier_dataset_get_width (dataset);
  guint height = atelier_dataset_get_height (dataset);

  /* Translators: width, height and kind of pictures: "28 × 28 pixels, grey". */
  if (atelier_dataset_get_channels (dataset) == 1)
    return g_strdup_printf (_("%u × %u pixels, grey"), width, height);

  return g_strdup_printf (_("%u × %u pixels, colour"), width, height);
}

static void
show_verdict (AtelierDataFacts *self)
{
  gboolean is_published = atelier_dataset_is_published_fashion_mnist (self->dataset);
  const char *words = _("This is not the published Fashion-MNIST");

  if (is_published)
    words = _("This is the published Fashion-MNIST, byte for byte");
  else if (atelier_synthetic_is (self->dataset))
    words = _("Drawn by this program; this is not the published Fashion-MNIST");

  gtk_image_set_from_icon_name (self->verdict_image, is_published ? "object-select-symbolic"
                                                                  : "dialog-information-symbolic");
  gtk_label_set_label (self->verdict_label, words);
}

static void
update_facts (AtelierDataFacts *self)
{
  g_autofree char *shape = NULL;
  g_autofree char *n_classes = NULL;

  gtk_widget_set_visible (self->facts_box, self->dataset != NULL);
  gtk_widget_set_visible (self->spinner, self->is_loading);
  if (self->dataset == NULL)
    {
      gtk_label_set_label (self->name_label, self->is_loading ? _("Loading…") : _("No data"));
      return;
    }

  shape = describe_shape (self->dataset);
  n_classes = atelier_format_count (atelier_dataset_get_n_classes (self->dataset));
  gtk_label_set_label (self->name_label, atelier_dataset_get_name (self->dataset));
  gtk_label_set_label (self->source_label, atelier_dataset_get_source (self->dataset));
  show_count (self, ATELIER_SPLIT_TRAIN, self->train_label);
  show_count (self, ATELIER_SPLIT_VALIDATION, self->validation_label);
  show_count (self, ATELIER_SPLIT_TEST, self->test_label);
  gtk_label_set_label (self->shape_label, shape);
  gtk_label_set_label (self->classes_label, n_classes);
  gtk_label_set_label (self->hash_label, atelier_dataset_get_sha256 (self->dataset));
  show_verdict (self);
}

static void
on_copy_clicked_cb (AtelierDataFacts *self)
{
  if (self->dataset)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                            atelier_dataset_get_sha256 (self->dataset));
}

static void
set_dataset (AtelierDataFacts *self,
             AtelierDataset   *dataset)
{
  if (self->dataset == dataset)
    return;

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset ? atelier_dataset_ref (dataset) : NULL;
  update_facts (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

static void
atelier_data_facts_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierDataFacts *self = ATELIER_DATA_FACTS (object);

  switch (property_id)
    {
    case PROP_DATASET:
      g_value_set_boxed (value, self->dataset);
      break;
    case PROP_IS_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_IS_LOCKED:
      g_value_set_boolean (value, self->is_locked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_facts_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierDataFacts *self = ATELIER_DATA_FACTS (object);

  switch (property_id)
    {
    case PROP_DATASET:
      set_dataset (self, g_value_get_boxed (value));
      break;
    case PROP_IS_LOADING:
      if (self->is_loading == g_value_get_boolean (value))
        break;
      self->is_loading = g_value_get_boolean (value);
      update_facts (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_IS_LOCKED:
      if (self->is_locked == g_value_get_boolean (value))
        break;
      self->is_locked = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_facts_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_DATA_FACTS);

  G_OBJECT_CLASS (atelier_data_facts_parent_class)->dispose (object);
}

static void
atelier_data_facts_finalize (GObject *object)
{
  g_clear_pointer (&ATELIER_DATA_FACTS (object)->dataset, atelier_dataset_unref);

  G_OBJECT_CLASS (atelier_data_facts_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, facts_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, verdict_image);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, source_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, train_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, validation_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, test_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, shape_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, classes_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, hash_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, places_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
atelier_data_facts_class_init (AtelierDataFactsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_data_facts_get_property;
  object_class->set_property = atelier_data_facts_set_property;
  object_class->dispose = atelier_data_facts_dispose;
  object_class->finalize = atelier_data_facts_finalize;

  properties[PROP_DATASET] =
    g_param_spec_boxed ("dataset", NULL, NULL, ATELIER_TYPE_DATASET, flags);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOCKED] = g_param_spec_boolean ("is-locked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "datafacts");
}

static void
atelier_data_facts_init (AtelierDataFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  atelier_data_menu_fill (self->places_menu);
  update_facts (self);
}
