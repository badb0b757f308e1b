/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A grid of labels, made anew when other runs are ticked; runs that only have another epoch change
 * nothing here.  Main thread. */

#include "config.h"

#include "runs/atelier-run-differences.h"

#include <glib/gi18n.h>

#include "model/atelier-differences.h"
#include "runs/atelier-run-sample.h"

/* More columns than this are no table that a person reads. */
#define MAX_RUNS 8

struct _AtelierRunDifferences
{
  GtkWidget       parent_instance;

  /* Owned */
  AtelierRunList *list;
  char           *summary;
  char           *shown;   /* what the grid is of */

  /* Children */
  GtkWidget      *scrolled_window;
  GtkGrid        *grid;
};

G_DEFINE_FINAL_TYPE (AtelierRunDifferences, atelier_run_differences, GTK_TYPE_WIDGET)

enum
{
  PROP_SUMMARY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_summary (AtelierRunDifferences *self,
             char                  *summary) /* Taken */
{
  g_free (self->summary);
  self->summary = summary;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
attach_label (AtelierRunDifferences *self,
              const char            *text,
              const char            *css_class, /* nullable */
              int                    column,
              int                    row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_yalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), column == 0 ? 12 : 10);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  gtk_widget_set_hexpand (label, column > 0);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
attach_head (AtelierRunDifferences *self,
             AtelierRunItem        *item,
             int                    column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (atelier_run_item_get_values (item)->name);
  GtkWidget *sample = atelier_run_sample_new ();

  atelier_run_sample_set_color (ATELIER_RUN_SAMPLE (sample), atelier_run_item_get_color (item));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), sample);
  gtk_box_append (GTK_BOX (box), label);
  gtk_grid_attach (self->grid, box, column, 0, 1, 1);
}

static void
clear_grid (AtelierRunDifferences *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
}

static void
fill_grid (AtelierRunDifferences *self,
           GPtrArray             *items,
           GPtrArray             *differences)
{
  for (guint i = 0; i < items->len; i++)
    attach_head (self, g_ptr_array_index (items, i), (int) i + 1);
  for (guint row = 0; row < differences->len; row++)
    {
      const AtelierDifference *difference = g_ptr_array_index (differences, row);

      attach_label (self, difference->label, "dim-label", 0, (int) row + 1);
      for (guint i = 0; i < items->len; i++)
        attach_label (self, difference->values[i], "numeric", (int) i + 1, (int) row + 1);
    }
}

/* What the grid depends on. */
static char *
make_key (GPtrArray *ticked)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < ticked->len; i++)
    {
      AtelierRunItem *item = g_ptr_array_index (ticked, i);

      g_string_append_printf (key, "%s %d %s\n", atelier_run_item_get_values (item)->id,
                              atelier_run_item_get_color (item),
                              atelier_run_item_get_values (item)->name);
    }
  return g_string_free (key, FALSE);
}

static void
unref_network (gpointer network)
{
  atelier_network_unref (network);
}

static void
unref_recipe (gpointer recipe)
{
  atelier_recipe_unref (recipe);
}

static void
compare (AtelierRunDifferences *self,
         GPtrArray             *ticked)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (unref_network);
  g_autoptr (GPtrArray) recipes = g_ptr_array_new_with_free_func (unref_recipe);
  g_autoptr (GPtrArray) differences = NULL;
  guint n_compared;

  for (guint i = 0; i < ticked->len && items->len < MAX_RUNS; i++)
    {
      AtelierLibraryRun *run = atelier_run_item_get_run (g_ptr_array_index (ticked, i));
      g_autoptr (AtelierNetwork) network = atelier_library_run_dup_network (run);
      g_autoptr (AtelierRecipe) recipe = atelier_library_run_dup_recipe (run);

      if (!network || !recipe)
        continue;
      g_ptr_array_add (items, g_ptr_array_index (ticked, i));
      g_ptr_array_add (networks, g_steal_pointer (&network));
      g_ptr_array_add (recipes, g_steal_pointer (&recipe));
    }
  if (items->len < 2)
    return;
  differences = atelier_differences_find ((AtelierNetwork * const *) networks->pdata,
                                          (AtelierRecipe * const *) recipes->pdata, items->len,
                                          &n_compared);
  fill_grid (self, items, differences);
  set_summary (self, differences->len == 0
                     ? g_strdup_printf (_("None of %u"), n_compared)
                     : g_strdup_printf (_("%u of %u"), differences->len, n_compared));
}

static void
on_ticked_changed_cb (AtelierRunDifferences *self)
{
  GPtrArray *ticked = atelier_run_list_get_ticked (self->list);
  g_autofree char *key = make_key (ticked);

  if (g_strcmp0 (key, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&key);
  clear_grid (self);
  set_summary (self, NULL);
  if (ticked->len < 2)
    attach_label (self, _("Tick two runs or more to see in what their networks and recipes differ"),
                  "dim-label", 0, 0);
  else
    compare (self, ticked);
}

static void
atelier_run_differences_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SUMMARY:
      g_value_set_string (value, ATELIER_RUN_DIFFERENCES (object)->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_differences_dispose (GObject *object)
{
  AtelierRunDifferences *self = ATELIER_RUN_DIFFERENCES (object);

  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (atelier_run_differences_parent_class)->dispose (object);
}

static void
atelier_run_differences_finalize (GObject *object)
{
  AtelierRunDifferences *self = ATELIER_RUN_DIFFERENCES (object);

  g_free (self->summary);
  g_free (self->shown);

  G_OBJECT_CLASS (atelier_run_differences_parent_class)->finalize (object);
}

static void
atelier_run_differences_class_init (AtelierRunDifferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_run_differences_get_property;
  object_class->dispose = atelier_run_differences_dispose;
  object_class->finalize = atelier_run_differences_finalize;

  properties[PROP_SUMMARY] = g_param_spec_string (
    "summary", NULL, NULL, NULL,
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rundifferences");
}

static void
atelier_run_differences_init (AtelierRunDifferences *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 8);
  self->scrolled_window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled_window),
                                 GTK_WIDGET (self->grid));
  gtk_widget_set_parent (self->scrolled_window, GTK_WIDGET (self));
}

void
atelier_run_differences_set_list (AtelierRunDifferences *self,
                                  AtelierRunList        *list)
{
  g_return_if_fail (ATELIER_IS_RUN_DIFFERENCES (self) && self->list == NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "ticked-changed", G_CALLBACK (on_ticked_changed_cb), self,
                           G_CONNECT_SWAPPED);
  on_ticked_changed_cb (self);
}
