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
#include "kit/atelier-number-order.h"

struct _AtelierDataFacts
{
  GtkWidget       parent_instance;

  /* Owned */
  AtelierSession *session; /* nullable */

  /* Template children */
  GtkLabel       *name_label;
  GtkWidget      *data_button;
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
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_count (GtkLabel      *label,
            AtelierSplits *splits,
            AtelierSplit   split)
{
  g_autofree char *count = atelier_format_count (atelier_splits_get_n (splits, split));

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
show_verdict (AtelierDataFacts *self,
              AtelierDataset   *dataset)
{
  gboolean is_published = atelier_dataset_is_published_fashion_mnist (dataset);
  const char *words = _("This is not the published Fashion-MNIST");

  if (is_published)
    words = _("This is the published Fashion-MNIST, byte for byte");
  else if (atelier_synthetic_is (dataset))
    words = _("Drawn by this program; this is not the published Fashion-MNIST");

  gtk_image_set_from_icon_name (self->verdict_image, is_published ? "object-select-symbolic"
                                                                  : "dialog-information-symbolic");
  gtk_label_set_label (self->verdict_label, words);
}

static AtelierDataset *
get_dataset (AtelierDataFacts *self)
{
  return self->session ? atelier_session_get_dataset (self->session) : NULL;
}

static void
show_facts (AtelierDataFacts *self)
{
  AtelierDataset *dataset = get_dataset (self);
  gboolean is_loading = self->session && atelier_session_get_is_loading (self->session);
  g_autofree char *shape = NULL;
  g_autofree char *n_classes = NULL;
  AtelierSplits *splits;

  gtk_widget_set_visible (self->facts_box, dataset != NULL);
  if (dataset == NULL)
    {
      gtk_label_set_label (self->name_label, is_loading ? _("Loading…") : _("No data"));
      return;
    }

  splits = atelier_session_get_splits (self->session);
  shape = describe_shape (dataset);
  n_classes = atelier_format_count (atelier_dataset_get_n_classes (dataset));
  gtk_label_set_label (self->name_label, atelier_dataset_get_name (dataset));
  gtk_label_set_label (self->source_label, atelier_dataset_get_source (dataset));
  show_count (self->train_label, splits, ATELIER_SPLIT_TRAIN);
  show_count (self->validation_label, splits, ATELIER_SPLIT_VALIDATION);
  show_count (self->test_label, splits, ATELIER_SPLIT_TEST);
  atelier_number_order_set_label (self->shape_label, shape);
  gtk_label_set_label (self->classes_label, n_classes);
  gtk_label_set_label (self->hash_label, atelier_dataset_get_sha256 (dataset));
  show_verdict (self, dataset);
}

static void
on_copy_clicked_cb (AtelierDataFacts *self)
{
  AtelierDataset *dataset = get_dataset (self);

  if (dataset)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                            atelier_dataset_get_sha256 (dataset));
}

/* For the .ui file, which cannot negate a boolean. */
static gboolean
can_change (AtelierDataFacts *self,
            gboolean          is_locked)
{
  return !is_locked;
}

static void
set_session (AtelierDataFacts *self,
             AtelierSession   *session)
{
  if (self->session == session)
    return;

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_swapped (session, "notify::splits", G_CALLBACK (show_facts), self);
      g_signal_connect_swapped (session, "notify::is-loading", G_CALLBACK (show_facts), self);
    }
  show_facts (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
atelier_data_facts_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_DATA_FACTS (object)->session);
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
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_DATA_FACTS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_facts_dispose (GObject *object)
{
  AtelierDataFacts *self = ATELIER_DATA_FACTS (object);
  GtkWidget *child;

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_DATA_FACTS);

  G_OBJECT_CLASS (atelier_data_facts_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataFacts, data_button);
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
  gtk_widget_class_bind_template_callback (widget_class, can_change);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
atelier_data_facts_class_init (AtelierDataFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_data_facts_get_property;
  object_class->set_property = atelier_data_facts_set_property;
  object_class->dispose = atelier_data_facts_dispose;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "datafacts");
}

static void
atelier_data_facts_init (AtelierDataFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  atelier_data_menu_fill (self->places_menu);
  show_facts (self);
}

gboolean
atelier_data_facts_take_focus (AtelierDataFacts *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_FACTS (self), FALSE);

  return gtk_widget_grab_focus (self->data_button);
}
