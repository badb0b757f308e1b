/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sidebar of the Train page.
 *
 * It shows values that the window owns and changes none of them itself: choosing data or a network
 * goes through the window's actions (win.data, win.open-data, win.network, win.open-network), which
 * also say by their state what is chosen.  Only the recipe is edited in place, and read when a run
 * starts.  Main thread.
 */

#include "config.h"

#include "network/atelier-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/atelier-format.h"
#include "data/atelier-dataset-finder.h"
#include "data/atelier-synthetic.h"
#include "kit/atelier-data-menu.h"
#include "network/atelier-layer-row.h"

#define SHORT_HASH_CHARS 12

struct _AtelierSidebar
{
  GtkWidget            parent_instance;

  gboolean             is_loading;
  gboolean             is_locked;

  /* Owned */
  AtelierDataset      *dataset;
  AtelierNetwork      *network;

  /* Template children */
  GtkWidget           *scrolled_window;
  GtkWidget           *data_group;
  AdwActionRow        *data_row;
  GtkMenuButton       *data_button;
  GtkLabel            *hash_label;
  GtkLabel            *sketched_note;
  GMenu               *places_menu;
  GtkLabel            *network_label;
  GtkMenuButton       *network_button;
  GtkListBox          *layer_list;
  GtkLabel            *totals_label;
  GMenu               *presets_menu;
  AtelierRecipeEditor *recipe_editor;
};

G_DEFINE_FINAL_TYPE (AtelierSidebar, atelier_sidebar, GTK_TYPE_WIDGET)

enum
{
  PROP_DATASET = 1,
  PROP_NETWORK,
  PROP_IS_LOADING,
  PROP_IS_LOCKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
describe_counts (AtelierDataset *dataset)
{
  g_autofree char *train =
    atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TRAIN));
  g_autofree char *validation =
    atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_VALIDATION));
  g_autofree char *test =
    atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TEST));

  /* Translators: how many pictures train, validate and test: "55,000 + 5,000 + 10,000 pictures". */
  return g_strdup_printf (_("%s + %s + %s pictures"), train, validation, test);
}

static void
update_data (AtelierSidebar *self)
{
  g_autofree char *counts = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *tooltip = NULL;
  const char *sha256;

  gtk_widget_set_visible (GTK_WIDGET (self->hash_label), self->dataset != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sketched_note),
                          self->dataset && atelier_synthetic_is (self->dataset));
  if (self->dataset == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->data_row),
                                     self->is_loading ? _("Loading…") : _("No data"));
      adw_action_row_set_subtitle (self->data_row, self->is_loading ? "" : _("Choose a data set"));
      return;
    }

  counts = describe_counts (self->dataset);
  sha256 = atelier_dataset_get_sha256 (self->dataset);
  hash = g_strdup_printf ("SHA-256 %.*s…", SHORT_HASH_CHARS, sha256);
  tooltip =
    g_strdup_printf ("%s\nSHA-256 %s\n%s", atelier_dataset_get_source (self->dataset), sha256,
                     atelier_dataset_is_published_fashion_mnist (self->dataset)
                       ? _("Byte for byte the published Fashion-MNIST")
                       : _("Not the published Fashion-MNIST"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->data_row),
                                 atelier_dataset_get_name (self->dataset));
  adw_action_row_set_subtitle (self->data_row, self->is_loading ? _("Loading another…") : counts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->data_row),
                               _("Pictures for training, validation and test"));
  gtk_label_set_label (self->hash_label, hash);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hash_label), tooltip);
}

static void
fill_layer_list (AtelierSidebar *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->layer_list, 0)))
    gtk_list_box_remove (self->layer_list, GTK_WIDGET (row));

  for (guint i = 0; self->network && i < atelier_network_get_n_layers (self->network); i++)
    gtk_list_box_append (self->layer_list, atelier_layer_row_new (self->network, i));
}

static void
update_network (AtelierSidebar *self)
{
  g_autofree char *parameters = NULL;
  g_autofree char *multiply_adds = NULL;
  g_autofree char *totals = NULL;

  fill_layer_list (self);
  gtk_widget_set_visible (GTK_WIDGET (self->layer_list), self->network != NULL);
  if (self->network == NULL)
    {
      gtk_label_set_label (self->network_label, _("Choose"));
      gtk_label_set_label (self->totals_label, "");
      return;
    }

  parameters = atelier_format_count (atelier_network_get_n_parameters (self->network));
  multiply_adds = atelier_format_large (atelier_network_get_n_multiply_adds (self->network));
  /* Translators: "30,394 parameters · 2.3 M multiply-adds". */
  totals = g_strdup_printf (_("%s parameters · %s multiply-adds"), parameters, multiply_adds);
  gtk_label_set_label (self->network_label, atelier_network_get_name (self->network));
  gtk_label_set_label (self->totals_label, totals);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->totals_label),
                               _("Multiplications with addition for one picture"));
}

static void
add_choice (GMenu      *menu,
            const char *label,
            const char *action,
            const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* The folders that Fashion-MNIST is found in are called so, with or without a hyphen. */
static gboolean
is_fashion_mnist (const AtelierDatasetPlace *place)
{
  g_autofree char *folded = g_ascii_strdown (place->id, -1);

  return strstr (folded, "fashion") != NULL;
}

static void
fill_places_menu (AtelierSidebar *self)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  const char *note =
    _("Drawn by this program, so that you can begin at once. For real garments get Fashion-MNIST: "
      "on Debian “apt install dataset-fashion-mnist”, or open the folder of its four IDX files.");

  atelier_data_menu_fill (self->places_menu);
  for (guint i = 0; i < places->len; i++)
    if (is_fashion_mnist (g_ptr_array_index (places, i)))
      note = _("Drawn by this program, so that you can begin at once.");
  gtk_label_set_label (self->sketched_note, note);
}

static void
fill_presets_menu (AtelierSidebar *self)
{
  const char * const *ids = atelier_network_list_presets ();

  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);

      add_choice (self->presets_menu, atelier_network_get_name (network), "win.network", ids[i]);
    }
}

static void
update_lock (AtelierSidebar *self)
{
  gtk_widget_set_sensitive (self->data_group, !self->is_locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->network_button), !self->is_locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->recipe_editor), !self->is_locked);
}

static void
set_dataset (AtelierSidebar *self,
             AtelierDataset *dataset)
{
  if (self->dataset == dataset)
    return;

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset ? atelier_dataset_ref (dataset) : NULL;
  update_data (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

static void
set_network (AtelierSidebar *self,
             AtelierNetwork *network)
{
  if (self->network == network)
    return;

  g_clear_pointer (&self->network, atelier_network_unref);
  self->network = network ? atelier_network_ref (network) : NULL;
  update_network (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

static void
atelier_sidebar_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierSidebar *self = ATELIER_SIDEBAR (object);

  switch (property_id)
    {
    case PROP_DATASET:
      g_value_set_boxed (value, self->dataset);
      break;
    case PROP_NETWORK:
      g_value_set_boxed (value, self->network);
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
atelier_sidebar_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AtelierSidebar *self = ATELIER_SIDEBAR (object);

  switch (property_id)
    {
    case PROP_DATASET:
      set_dataset (self, g_value_get_boxed (value));
      break;
    case PROP_NETWORK:
      set_network (self, g_value_get_boxed (value));
      break;
    case PROP_IS_LOADING:
      if (self->is_loading == g_value_get_boolean (value))
        break;
      self->is_loading = g_value_get_boolean (value);
      update_data (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_IS_LOCKED:
      if (self->is_locked == g_value_get_boolean (value))
        break;
      self->is_locked = g_value_get_boolean (value);
      update_lock (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_SIDEBAR);

  G_OBJECT_CLASS (atelier_sidebar_parent_class)->dispose (object);
}

static void
atelier_sidebar_finalize (GObject *object)
{
  AtelierSidebar *self = ATELIER_SIDEBAR (object);

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  g_clear_pointer (&self->network, atelier_network_unref);

  G_OBJECT_CLASS (atelier_sidebar_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, data_group);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, data_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, data_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, hash_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, sketched_note);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, places_menu);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, network_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, network_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, layer_list);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, totals_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, presets_menu);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, recipe_editor);
}

static void
atelier_sidebar_class_init (AtelierSidebarClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_sidebar_get_property;
  object_class->set_property = atelier_sidebar_set_property;
  object_class->dispose = atelier_sidebar_dispose;
  object_class->finalize = atelier_sidebar_finalize;

  properties[PROP_DATASET] =
    g_param_spec_boxed ("dataset", NULL, NULL, ATELIER_TYPE_DATASET, flags);
  properties[PROP_NETWORK] =
    g_param_spec_boxed ("network", NULL, NULL, ATELIER_TYPE_NETWORK, flags);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOCKED] = g_param_spec_boolean ("is-locked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_RECIPE_EDITOR);
  bind_template (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "sidebar");
}

static void
atelier_sidebar_init (AtelierSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_places_menu (self);
  fill_presets_menu (self);
  update_data (self);
  update_network (self);
}

AtelierRecipeEditor *
atelier_sidebar_get_recipe_editor (AtelierSidebar *self)
{
  g_return_val_if_fail (ATELIER_IS_SIDEBAR (self), NULL);

  return self->recipe_editor;
}
