/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture that was opened in the gallery.
 *
 * A popover at the picture and not a dialog, so that the gallery and the curves stay in sight and
 * training is not covered. It holds its own references: a new epoch changes the gallery below it,
 * not what is being looked at, which is why it says which epoch it speaks of.  Main thread.
 */

#include "config.h"

#include "atelier-inspector.h"

#include <glib/gi18n.h>

#include "atelier-format.h"
#include "atelier-pixels.h"

struct _AtelierInspector
{
  GtkPopover     parent_instance;

  /* Template children */
  AtelierPixels *pixels;
  GtkLabel      *verdict_label;
  GtkLabel      *origin_label;
  GtkLabel      *truth_label;
  GtkLabel      *truth_score_label;
  GtkLevelBar   *truth_bar;
  GtkLabel      *prediction_label;
  GtkLabel      *prediction_score_label;
  GtkLevelBar   *prediction_bar;
};

G_DEFINE_FINAL_TYPE (AtelierInspector, atelier_inspector, GTK_TYPE_POPOVER)

static void
show_score (GtkLabel    *name_label,
            GtkLabel    *score_label,
            GtkLevelBar *bar,
            const char  *name,
            double       score)
{
  g_autofree char *text = g_strdup_printf ("%.3f", score);

  gtk_label_set_label (name_label, name);
  gtk_label_set_label (score_label, text);
  gtk_level_bar_set_value (bar, CLAMP (score, 0.0, 1.0));
}

static void
atelier_inspector_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_INSPECTOR);

  G_OBJECT_CLASS (atelier_inspector_parent_class)->dispose (object);
}

static void
atelier_inspector_class_init (AtelierInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_inspector_dispose;

  g_type_ensure (ATELIER_TYPE_PIXELS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/atelier-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, origin_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, truth_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, truth_score_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, truth_bar);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, prediction_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, prediction_score_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, prediction_bar);
}

static void
atelier_inspector_init (AtelierInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_inspector_set_picture (AtelierInspector   *self,
                               AtelierDataset     *dataset,
                               AtelierPredictions *predictions,
                               guint               i_image,
                               guint               epoch)
{
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  AtelierSplit split = atelier_predictions_get_split (predictions);
  guint i_truth = atelier_predictions_get_label (predictions, i_image);
  guint i_prediction = atelier_predictions_get_class (predictions, i_image);
  const char *truth = atelier_class_name_translate (class_names[i_truth]);
  const char *prediction = atelier_class_name_translate (class_names[i_prediction]);
  g_autofree char *verdict = NULL;
  g_autofree char *number = atelier_format_count (i_image + 1);
  g_autofree char *origin = NULL;

  g_return_if_fail (ATELIER_IS_INSPECTOR (self));

  if (i_truth == i_prediction)
    verdict = g_strdup_printf (_("%s, rightly recognised"), truth);
  else
    verdict = g_strdup_printf (_("%s called %s"), truth, prediction);
  /* Translators: "Validation, picture 1,204 · epoch 7": where a picture is, and which epoch
   * judged it. */
  origin = g_strdup_printf (_("%s, picture %s · epoch %u"), atelier_split_get_name (split), number,
                            epoch);

  atelier_pixels_set_picture (self->pixels, dataset, split, i_image);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pixels), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  verdict, -1);
  gtk_label_set_label (self->verdict_label, verdict);
  gtk_label_set_label (self->origin_label, origin);
  show_score (self->truth_label, self->truth_score_label, self->truth_bar,
              truth, atelier_predictions_get_truth_score (predictions, i_image));
  show_score (self->prediction_label, self->prediction_score_label, self->prediction_bar,
              prediction, atelier_predictions_get_score (predictions, i_image));
}
