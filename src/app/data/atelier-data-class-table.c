/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list box with a row of headings, which also explains the colours of the bars.  It has at most
 * 256 rows, created when the data set changes.  A column view was rejected: GTK 4.8's has no cells
 * for screen readers, while a row here reads out all its numbers.  Main thread.
 */

#include "config.h"

#include "data/atelier-data-class-table.h"

#include <glib/gi18n.h>

#include "data/atelier-class-coverage.h"
#include "data/atelier-data-class-row.h"
#include "kit/atelier-count-bar.h"

struct _AtelierDataClassTable
{
  GtkWidget     parent_instance;

  /* Template children */
  GtkWidget    *spinner;
  GtkLabel     *missing_note;
  GtkListBox   *list_box;
  GtkSizeGroup *name_group;
  GtkSizeGroup *train_group;
  GtkSizeGroup *validation_group;
  GtkSizeGroup *test_group;
};

G_DEFINE_FINAL_TYPE (AtelierDataClassTable, atelier_data_class_table, GTK_TYPE_WIDGET)

enum
{
  CLASS_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_rows (AtelierDataClassTable *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)))
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
}

/* The number of pictures of the largest class, in all splits together. */
static guint
find_largest (AtelierDataOverview *overview,
              guint                n_classes)
{
  guint largest = 0;

  for (guint i = 0; i < n_classes; i++)
    {
      guint sum = 0;

      for (guint split = 0; split < ATELIER_N_SPLITS; split++)
        sum += atelier_data_overview_get_count (overview, split, i);
      largest = MAX (largest, sum);
    }

  return largest;
}

static void
add_rows (AtelierDataClassTable *self,
          AtelierDataOverview   *overview)
{
  GtkSizeGroup *number_groups[ATELIER_N_SPLITS] = { self->train_group, self->validation_group,
                                                    self->test_group };
  guint n_classes =
    atelier_dataset_get_n_classes (atelier_data_overview_get_dataset (overview));
  guint largest = find_largest (overview, n_classes);

  for (guint i = 0; i < n_classes; i++)
    {
      GtkWidget *row = atelier_data_class_row_new (overview, i, largest);

      atelier_data_class_row_align (ATELIER_DATA_CLASS_ROW (row), self->name_group, number_groups);
      gtk_list_box_append (self->list_box, row);
    }
}

static void
on_row_activated_cb (AtelierDataClassTable *self,
                     GtkListBoxRow         *row)
{
  g_signal_emit (self, signals[CLASS_ACTIVATED], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
atelier_data_class_table_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_DATA_CLASS_TABLE);

  G_OBJECT_CLASS (atelier_data_class_table_parent_class)->dispose (object);
}

static void
atelier_data_class_table_class_init (AtelierDataClassTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_data_class_table_dispose;

  signals[CLASS_ACTIVATED] = g_signal_new ("class-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_UINT);

  g_type_ensure (ATELIER_TYPE_COUNT_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-class-table.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, missing_note);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, list_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, name_group);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, train_group);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, validation_group);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassTable, test_group);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "dataclasses");
}

static void
atelier_data_class_table_init (AtelierDataClassTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_data_class_table_set_splits (AtelierDataClassTable *self,
                                     AtelierSplits         *splits)
{
  g_autofree char *words = NULL;

  g_return_if_fail (ATELIER_IS_DATA_CLASS_TABLE (self));

  words = splits ? atelier_class_coverage_describe (splits) : NULL;
  gtk_label_set_label (self->missing_note, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing_note), words != NULL);
}

void
atelier_data_class_table_set_overview (AtelierDataClassTable *self,
                                       AtelierDataOverview   *overview)
{
  g_return_if_fail (ATELIER_IS_DATA_CLASS_TABLE (self));

  remove_rows (self);
  gtk_widget_set_visible (self->spinner, overview == NULL);
  if (overview)
    add_rows (self, overview);
}
