/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells are filled in the colour of the run that calls it so oftener, the stronger the larger the
 * difference; on the diagonal, where more is better, the figure is bold.  Main thread. */

#include "config.h"

#include "runs/atelier-change-grid.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-matrix.h"
#include "data/atelier-dataset.h"
#include "kit/atelier-theme.h"

#define CELL_RADIUS 4.0f
#define LEAST_SHARE 0.15
#define HEAD_LENGTH 4

/* ---- A cell ---- */

#define ATELIER_TYPE_CHANGE_CELL (atelier_change_cell_get_type ())
G_DECLARE_FINAL_TYPE (AtelierChangeCell, atelier_change_cell, ATELIER, CHANGE_CELL, GtkButton)

struct _AtelierChangeCell
{
  GtkButton parent_instance;

  guint     truth;
  guint     prediction;
  int       change;
  int       largest; /* of all cells, without a sign */
};

G_DEFINE_FINAL_TYPE (AtelierChangeCell, atelier_change_cell, GTK_TYPE_BUTTON)

static void
atelier_change_cell_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  AtelierChangeCell *self = ATELIER_CHANGE_CELL (widget);
  const graphene_rect_t bounds
    = GRAPHENE_RECT_INIT (1.0f, 1.0f, (float) gtk_widget_get_width (widget) - 2.0f,
                          (float) gtk_widget_get_height (widget) - 2.0f);
  AtelierPalette palette;
  AtelierColor color;
  GskRoundedRect rounded;
  GdkRGBA rgba;

  if (self->change != 0)
    {
      const double share = LEAST_SHARE
                           + (0.75 - LEAST_SHARE) * abs (self->change) / MAX (self->largest, 1);

      atelier_theme_get_palette (widget, &palette);
      color = atelier_color_mix (&palette.background,
                                 self->change > 0 ? &palette.training : &palette.validation,
                                 share);
      atelier_theme_to_rgba (&color, &rgba);
      gsk_rounded_rect_init_from_rect (&rounded, &bounds, CELL_RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &rounded);
      gtk_snapshot_append_color (snapshot, &rgba, &bounds);
      gtk_snapshot_pop (snapshot);
    }
  GTK_WIDGET_CLASS (atelier_change_cell_parent_class)->snapshot (widget, snapshot);
}

static void
atelier_change_cell_class_init (AtelierChangeCellClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = atelier_change_cell_snapshot;
}

static void
atelier_change_cell_init (AtelierChangeCell *self)
{
  gtk_button_set_has_frame (GTK_BUTTON (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "change-cell");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

/* ---- The grid ---- */

struct _AtelierChangeGrid
{
  GtkWidget parent_instance;

  /* Children */
  GtkGrid  *grid;
};

G_DEFINE_FINAL_TYPE (AtelierChangeGrid, atelier_change_grid, GTK_TYPE_WIDGET)

enum
{
  CELL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_cell_clicked_cb (AtelierChangeGrid *self,
                    AtelierChangeCell *cell)
{
  g_signal_emit (self, signals[CELL], 0, cell->truth, cell->prediction);
}

static void
attach_name (AtelierChangeGrid *self,
             const char        *name,
             const char        *full_name,
             float              xalign,
             int                column,
             int                row)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_tooltip_text (label, full_name);
  gtk_widget_add_css_class (label, column == 0 ? "row-name" : "column-name");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
attach_cell (AtelierChangeGrid  *self,
             AtelierComparison  *comparison,
             const char * const *class_names,
             guint               truth,
             guint               prediction,
             int                 largest)
{
  AtelierChangeCell *cell = g_object_new (ATELIER_TYPE_CHANGE_CELL, NULL);
  const int change = atelier_comparison_get_change (comparison, truth, prediction);
  const guint n_first = atelier_confusion_get_count (
    atelier_comparison_get_confusion_of_first (comparison), truth, prediction);
  g_autofree char *figure = change != 0 ? g_strdup_printf ("%+d", change) : g_strdup ("");
  g_autofree char *words = NULL;

  cell->truth = truth;
  cell->prediction = prediction;
  cell->change = change;
  cell->largest = largest;
  gtk_button_set_label (GTK_BUTTON (cell), figure);
  gtk_widget_set_hexpand (GTK_WIDGET (cell), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (cell), TRUE);
  if (truth == prediction)
    gtk_widget_add_css_class (GTK_WIDGET (cell), "heading");
  /* Translators: two classes, and how many pictures the first and the second run called so. */
  words = g_strdup_printf (_("%s called %s: A %u, B %u"),
                           atelier_class_name_translate (class_names[truth]),
                           atelier_class_name_translate (class_names[prediction]), n_first,
                           (guint) ((int) n_first + change));
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (cell, "clicked", G_CALLBACK (on_cell_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, GTK_WIDGET (cell), (int) prediction + 1, (int) truth + 1, 1, 1);
}

static void
atelier_change_grid_dispose (GObject *object)
{
  AtelierChangeGrid *self = ATELIER_CHANGE_GRID (object);

  if (self->grid)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;

  G_OBJECT_CLASS (atelier_change_grid_parent_class)->dispose (object);
}

static void
atelier_change_grid_class_init (AtelierChangeGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_change_grid_dispose;

  signals[CELL] = g_signal_new ("cell", ATELIER_TYPE_CHANGE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "changegrid");
}

static void
atelier_change_grid_init (AtelierChangeGrid *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

static int
find_largest (AtelierComparison *comparison,
              guint              n_classes)
{
  int largest = 0;

  for (guint truth = 0; truth < n_classes; truth++)
    for (guint prediction = 0; prediction < n_classes; prediction++)
      largest = MAX (largest,
                     abs (atelier_comparison_get_change (comparison, truth, prediction)));
  return largest;
}

void
atelier_change_grid_set_comparison (AtelierChangeGrid  *self,
                                    AtelierComparison  *comparison,
                                    const char * const *class_names)
{
  GtkWidget *child;
  guint n_classes;
  int largest;

  g_return_if_fail (ATELIER_IS_CHANGE_GRID (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  if (!comparison)
    return;
  n_classes
    = atelier_predictions_get_n_classes (atelier_comparison_get_first (comparison));
  if (n_classes > ATELIER_CHANGE_GRID_MAX_CLASSES)
    return;
  largest = find_largest (comparison, n_classes);
  for (guint i = 0; i < n_classes; i++)
    {
      const char *name = atelier_class_name_translate (class_names[i]);
      g_autofree char *head = atelier_matrix_abbreviate (name, HEAD_LENGTH);

      attach_name (self, name, NULL, 1.0f, 0, (int) i + 1);
      attach_name (self, head, name, 0.5f, (int) i + 1, 0);
      for (guint k = 0; k < n_classes; k++)
        attach_cell (self, comparison, class_names, i, k, largest);
    }
}
