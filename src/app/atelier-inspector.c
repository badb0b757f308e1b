/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture that was opened in the gallery.
 *
 * A popover at the picture and not a dialog, so that the gallery and the curves stay in sight and
 * training is not covered.  The picture has the keyboard, so that the arrows do not act on the grid
 * behind it: they ask for the picture before or after, which only the gallery knows.  Main thread.
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

enum
{
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

/* The arrows as the grid has them: pictures run in the direction of reading. */
static int
get_key_step (AtelierInspector *self,
              guint             keyval)
{
  int ahead = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return -ahead;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return ahead;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return -1;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return 1;
    default:
      return 0;
    }
}

static gboolean
on_key_pressed_cb (AtelierInspector *self,
                   guint             keyval,
                   guint             keycode,
                   GdkModifierType   modifiers)
{
  int step = get_key_step (self, keyval);

  if (step == 0 || modifiers & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[STEP], 0, step);

  return GDK_EVENT_STOP;
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

  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

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
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
atelier_inspector_init (AtelierInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

guint
atelier_inspector_get_index (AtelierInspector *self)
{
  g_return_val_if_fail (ATELIER_IS_INSPECTOR (self), 0);

  return atelier_pixels_get_index (self->pixels);
}

void
atelier_inspector_grab_focus (AtelierInspector *self)
{
  g_return_if_fail (ATELIER_IS_INSPECTOR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->pixels));
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
  guint index = atelier_predictions_get_index (predictions, i_image);
  g_autofree char *number = atelier_format_count (index + 1);
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

  atelier_pixels_set_picture (self->pixels, dataset, split, index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pixels), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  verdict, -1);
  gtk_label_set_label (self->verdict_label, verdict);
  gtk_label_set_label (self->origin_label, origin);
  show_score (self->truth_label, self->truth_score_label, self->truth_bar,
              truth, atelier_predictions_get_truth_score (predictions, i_image));
  show_score (self->prediction_label, self->prediction_score_label, self->prediction_bar,
              prediction, atelier_predictions_get_score (predictions, i_image));
}
