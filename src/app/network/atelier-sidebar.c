/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sidebar of the Train page.
 *
 * It shows the session's data set and network, and holds the editor of its recipe.  Data and
 * network are chosen through the window's actions (win.data, win.open-data, win.network,
 * win.open-network), whose state also says what is chosen.  Main thread.
 */

#include "config.h"

#include "network/atelier-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/atelier-format.h"
#include "data/atelier-class-coverage.h"
#include "data/atelier-dataset-finder.h"
#include "data/atelier-synthetic.h"
#include "kit/atelier-data-menu.h"
#include "network/atelier-layer-row.h"
#include "network/atelier-network-menu.h"
#include "network/atelier-recipe-editor.h"

#define SHORT_HASH_CHARS 12

struct _AtelierSidebar
{
  GtkWidget       parent_instance;

  gboolean        is_away;        /* was seen, and is not now */
  gboolean        is_network_old; /* another one is to be shown when the sidebar is seen again */

  /* Owned */
  AtelierSession *session; /* nullable */

  /* Template children */
  GtkWidget      *scrolled_window;
  AdwActionRow   *data_row;
  GtkLabel       *hash_label;
  GtkLabel       *missing_note;
  GtkLabel       *sketched_note;
  GMenu          *places_menu;
  GtkMenuButton  *network_button;
  GtkLabel       *network_label;
  GtkListBox     *layer_list;
  GtkLabel       *totals_label;
};

G_DEFINE_FINAL_TYPE (AtelierSidebar, atelier_sidebar, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
describe_counts (AtelierSplits *splits)
{
  g_autofree char *train =
    atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));
  g_autofree char *validation =
    atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION));
  g_autofree char *test =
    atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TEST));

  /* Translators: training, validation and test pictures: "55,000 + 5,000 + 10,000 pictures". */
  return g_strdup_printf (_("%s + %s + %s pictures"), train, validation, test);
}

static void
show_hash (AtelierSidebar *self,
           AtelierDataset *dataset)
{
  const char *sha256 = atelier_dataset_get_sha256 (dataset);
  g_autofree char *hash = g_strdup_printf ("SHA-256 %.*s…", SHORT_HASH_CHARS, sha256);
  g_autofree char *tooltip =
    g_strdup_printf ("%s\nSHA-256 %s\n%s", atelier_dataset_get_source (dataset), sha256,
                     atelier_dataset_is_published_fashion_mnist (dataset)
                       ? _("The published Fashion-MNIST, byte for byte")
                       : _("Not the published Fashion-MNIST"));

  gtk_label_set_label (self->hash_label, hash);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hash_label), tooltip);
}

/* Before training, since curves and mean accuracies do not show it. */
static void
show_missing (AtelierSidebar *self)
{
  AtelierSplits *splits = atelier_session_get_splits (self->session);
  g_autofree char *words = splits ? atelier_class_coverage_describe (splits) : NULL;

  gtk_label_set_label (self->missing_note, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing_note), words != NULL);
}

static void
show_data (AtelierSidebar *self)
{
  AtelierDataset *dataset = atelier_session_get_dataset (self->session);
  gboolean is_loading = atelier_session_get_is_loading (self->session);
  g_autofree char *counts = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->hash_label), dataset != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sketched_note),
                          dataset && atelier_synthetic_is (dataset));
  if (dataset == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->data_row),
                                     is_loading ? _("Loading…") : _("No data"));
      adw_action_row_set_subtitle (self->data_row, is_loading ? "" : _("Choose a data set"));
      return;
    }

  counts = describe_counts (atelier_session_get_splits (self->session));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->data_row),
                                 atelier_dataset_get_name (dataset));
  adw_action_row_set_subtitle (self->data_row, is_loading ? _("Loading another…") : counts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->data_row),
                               _("Pictures for training, validation and test"));
  show_hash (self, dataset);
}

static void
fill_layer_list (AtelierSidebar *self,
                 AtelierNetwork *network)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->layer_list, 0)))
    gtk_list_box_remove (self->layer_list, GTK_WIDGET (row));

  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    gtk_list_box_append (self->layer_list, atelier_layer_row_new (network, i));
}

static void
show_network (AtelierSidebar *self)
{
  AtelierNetwork *network = atelier_session_get_network (self->session);
  g_autofree char *parameters =
    atelier_format_count (atelier_network_get_n_parameters (network));
  g_autofree char *multiply_adds =
    atelier_format_large (atelier_network_get_n_multiply_adds (network));
  /* Translators: "30,394 parameters · 2.3 M multiply-adds". */
  g_autofree char *totals =
    g_strdup_printf (_("%s parameters · %s multiply-adds"), parameters, multiply_adds);

  fill_layer_list (self, network);
  gtk_label_set_label (self->network_label, atelier_network_get_name (network));
  gtk_label_set_label (self->totals_label, totals);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->totals_label),
                               _("Multiply-add operations for one picture"));
}

/* Edits in the large view change the network at each key, and there the sidebar is not seen: its
 * rows would be made again and again for nobody. */
static void
on_network_notify_cb (AtelierSidebar *self)
{
  self->is_network_old = self->is_away;
  if (!self->is_network_old)
    show_network (self);
}

static void
atelier_sidebar_map (GtkWidget *widget)
{
  AtelierSidebar *self = ATELIER_SIDEBAR (widget);

  if (self->is_network_old)
    show_network (self);
  self->is_network_old = self->is_away = FALSE;

  GTK_WIDGET_CLASS (atelier_sidebar_parent_class)->map (widget);
}

static void
atelier_sidebar_unmap (GtkWidget *widget)
{
  ATELIER_SIDEBAR (widget)->is_away = TRUE;

  GTK_WIDGET_CLASS (atelier_sidebar_parent_class)->unmap (widget);
}

/* The folders of Fashion-MNIST have "fashion" in their names. */
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
fill_network_menu (AtelierSidebar *self)
{
  g_autoptr (GMenuModel) menu = atelier_network_menu_new ();

  gtk_menu_button_set_menu_model (self->network_button, menu);
}

/* For the .ui file, which cannot negate a boolean. */
static gboolean
is_not (AtelierSidebar *self,
        gboolean        value)
{
  return !value;
}

static void
set_session (AtelierSidebar *self,
             AtelierSession *session)
{
  if (self->session == session)
    return;

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_swapped (session, "notify::splits", G_CALLBACK (show_data), self);
      g_signal_connect_swapped (session, "notify::splits", G_CALLBACK (show_missing), self);
      g_signal_connect_swapped (session, "notify::is-loading", G_CALLBACK (show_data), self);
      g_signal_connect_swapped (session, "notify::network", G_CALLBACK (on_network_notify_cb),
                                self);
      show_data (self);
      show_missing (self);
      show_network (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
atelier_sidebar_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_SIDEBAR (object)->session);
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
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_SIDEBAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_sidebar_dispose (GObject *object)
{
  AtelierSidebar *self = ATELIER_SIDEBAR (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SIDEBAR);

  G_OBJECT_CLASS (atelier_sidebar_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, data_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, hash_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, missing_note);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, sketched_note);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, places_menu);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, network_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, layer_list);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, totals_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierSidebar, network_button);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
}

static void
atelier_sidebar_class_init (AtelierSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_sidebar_get_property;
  object_class->set_property = atelier_sidebar_set_property;
  object_class->dispose = atelier_sidebar_dispose;
  widget_class->map = atelier_sidebar_map;
  widget_class->unmap = atelier_sidebar_unmap;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_RECIPE_EDITOR);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sidebar");
}

static void
atelier_sidebar_init (AtelierSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_places_menu (self);
  fill_network_menu (self);
}
