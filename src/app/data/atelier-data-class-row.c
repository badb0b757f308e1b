/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the Data page's table of classes.  Immutable: another data set gets new rows.  A
 * screen reader reads the row as one sentence.  Main thread.
 */

#include "config.h"

#include "data/atelier-data-class-row.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-count-bar.h"
#include "kit/atelier-pixels.h"

struct _AtelierDataClassRow
{
  GtkListBoxRow    parent_instance;

  /* Template children */
  AtelierPixels   *mean_pixels;
  GtkLabel        *name_label;
  AtelierCountBar *bar;
  GtkLabel        *train_label;
  GtkLabel        *validation_label;
  GtkLabel        *test_label;
};

G_DEFINE_FINAL_TYPE (AtelierDataClassRow, atelier_data_class_row, GTK_TYPE_LIST_BOX_ROW)

static GtkLabel *
get_count_label (AtelierDataClassRow *self,
                 AtelierSplit         split)
{
  GtkLabel *labels[ATELIER_N_SPLITS] = { self->train_label, self->validation_label,
                                         self->test_label };

  return labels[split];
}

static void
show_counts (AtelierDataClassRow *self,
             const char          *name,
             const guint         *counts)
{
  g_autofree char *train = atelier_format_count (counts[ATELIER_SPLIT_TRAIN]);
  g_autofree char *validation = atelier_format_count (counts[ATELIER_SPLIT_VALIDATION]);
  g_autofree char *test = atelier_format_count (counts[ATELIER_SPLIT_TEST]);
  /* Translators: a class and its pictures: "Shirt: 5,507 training, 493 validation, 1,000 test". */
  g_autofree char *words =
    g_strdup_printf (_("%s: %s training, %s validation, %s test"), name, train, validation, test);

  gtk_label_set_label (self->train_label, train);
  gtk_label_set_label (self->validation_label, validation);
  gtk_label_set_label (self->test_label, test);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* A class without training pictures has no mean; the place for it stays empty. */
static void
show_mean (AtelierDataClassRow *self,
           AtelierDataOverview *overview,
           guint                i_class,
           const char          *name)
{
  /* Translators: the mean picture of a class, "Mean of Shirt". */
  g_autofree char *words = g_strdup_printf (_("Mean of %s"), name);
  guint i_mean;

  if (!atelier_data_overview_find_mean (overview, i_class, &i_mean))
    return;

  atelier_pixels_set_picture (self->mean_pixels, atelier_data_overview_get_means (overview),
                              i_mean);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->mean_pixels), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mean_pixels),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
atelier_data_class_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_DATA_CLASS_ROW);

  G_OBJECT_CLASS (atelier_data_class_row_parent_class)->dispose (object);
}

static void
atelier_data_class_row_class_init (AtelierDataClassRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_data_class_row_dispose;

  g_type_ensure (ATELIER_TYPE_COUNT_BAR);
  g_type_ensure (ATELIER_TYPE_PIXELS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-class-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, mean_pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, bar);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, train_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, validation_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataClassRow, test_label);
}

static void
atelier_data_class_row_init (AtelierDataClassRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
atelier_data_class_row_new (AtelierDataOverview *overview,
                            guint                i_class,
                            guint                whole)
{
  AtelierDataClassRow *self = g_object_new (ATELIER_TYPE_DATA_CLASS_ROW, NULL);
  AtelierDataset *dataset = atelier_data_overview_get_dataset (overview);
  const char *name =
    atelier_class_name_translate (atelier_dataset_get_class_names (dataset)[i_class]);
  guint counts[ATELIER_N_SPLITS];

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    counts[split] = atelier_data_overview_get_count (overview, split, i_class);

  gtk_label_set_label (self->name_label, name);
  atelier_count_bar_set_counts (self->bar, counts, whole);
  show_counts (self, name, counts);
  show_mean (self, overview, i_class, name);

  return GTK_WIDGET (self);
}

void
atelier_data_class_row_align (AtelierDataClassRow  *self,
                              GtkSizeGroup         *name_group,
                              GtkSizeGroup        **number_groups)
{
  g_return_if_fail (ATELIER_IS_DATA_CLASS_ROW (self));

  gtk_size_group_add_widget (name_group, GTK_WIDGET (self->name_label));
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    gtk_size_group_add_widget (number_groups[split], GTK_WIDGET (get_count_label (self, split)));
}

const char *
atelier_data_class_row_get_count (AtelierDataClassRow *self,
                                  AtelierSplit         split)
{
  g_return_val_if_fail (ATELIER_IS_DATA_CLASS_ROW (self), NULL);
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, NULL);

  return gtk_label_get_label (get_count_label (self, split));
}
