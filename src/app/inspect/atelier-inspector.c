/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture that was opened in the gallery.
 *
 * This is a window beside the workbench, not a popover over it: it stays open while training goes
 * on and while the epoch is changed, which is when it is most useful.  The arrow keys only emit
 * "step", because the order of the pictures is the gallery's.
 *
 * A run keeps an epoch's scores of the predicted and of the true class only.  The scores of all
 * classes are computed from the trainer's newest weights, whichever epoch is looked at, and the
 * caption above them says so.
 */

#include "config.h"

#include "inspect/atelier-inspector.h"

#include <glib/gi18n.h>

#include "inference/atelier-predictor.h"
#include "inspect/atelier-occlusion-card.h"
#include "inspect/atelier-story-line.h"
#include "kit/atelier-focus-keeper.h"
#include "kit/atelier-pixels.h"
#include "kit/atelier-score-bars.h"
#include "pictures/atelier-picture-export.h"
#include "results/atelier-image-story.h"

struct _AtelierInspector
{
  AdwWindow         parent_instance;

  guint             picture;   /* its number in the data set */

  /* Owned */
  AtelierFocus     *focus;
  AtelierTrainer   *trainer;   /* nullable */
  AtelierSplits    *splits;    /* of the picture; nullable before the first */
  AtelierPredictor *predictor; /* nullable */

  /* Template children */
  AdwWindowTitle   *window_title;
  AtelierPixels    *pixels;
  AtelierOcclusionCard *occlusion_card;
  GtkLabel         *truth_label;
  GtkLabel         *truth_score_label;
  GtkLabel         *answer_title_label;
  GtkLabel         *answer_label;
  GtkLabel         *answer_score_label;
  GtkLabel         *scores_label;
  AtelierScoreBars *bars;
  GtkLabel         *story_label;
  AtelierStoryLine *story_line;
};

G_DEFINE_FINAL_TYPE (AtelierInspector, atelier_inspector, ADW_TYPE_WINDOW)

enum
{
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* NULL before the first picture. */
static AtelierDataset *
get_dataset (AtelierInspector *self)
{
  return self->splits ? atelier_splits_get_dataset (self->splits) : NULL;
}

static const char *
get_class_name (AtelierInspector *self,
                guint             i_class)
{
  const char * const *class_names = atelier_dataset_get_class_names (get_dataset (self));

  return atelier_class_name_translate (class_names[i_class]);
}

/* The answer of the focused epoch for the picture. */
static gboolean
find_answer (AtelierInspector    *self,
             AtelierPredictions **predictions,
             guint               *i)
{
  *predictions = atelier_focus_get_predictions (self->focus);

  return *predictions && atelier_focus_get_dataset (self->focus) == get_dataset (self)
         && atelier_predictions_find (*predictions, self->picture, i);
}

/* Showing */

static void
show_title (AtelierInspector *self)
{
  guint i_truth = atelier_dataset_get_label (get_dataset (self), self->picture);
  const char *truth = get_class_name (self, i_truth);
  AtelierPredictions *predictions;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  guint i;

  if (!find_answer (self, &predictions, &i))
    title = g_strdup (truth);
  else if (atelier_predictions_get_class (predictions, i) == i_truth)
    title = g_strdup_printf (_("%s, rightly recognised"), truth);
  else
    title = g_strdup_printf (_("%s called %s"), truth,
                             get_class_name (self, atelier_predictions_get_class (predictions, i)));
  subtitle = atelier_splits_format_place (self->splits, self->picture);

  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pixels), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static void
show_score (GtkLabel *label,
            double    score)
{
  g_autofree char *text = g_strdup_printf ("%.3f", score);

  gtk_label_set_label (label, text);
}

static void
show_answer (AtelierInspector *self)
{
  guint i_truth = atelier_dataset_get_label (get_dataset (self), self->picture);
  AtelierPredictions *predictions;
  g_autofree char *title = NULL;
  guint i;

  /* Translators: heading above the network's answer after that epoch. */
  title = g_strdup_printf (_("Epoch %u said"), atelier_focus_get_epoch (self->focus));
  gtk_label_set_label (self->answer_title_label, title);
  gtk_label_set_label (self->truth_label, get_class_name (self, i_truth));
  if (!find_answer (self, &predictions, &i))
    {
      gtk_label_set_label (self->answer_label, _("no answer"));
      gtk_label_set_label (self->truth_score_label, "");
      gtk_label_set_label (self->answer_score_label, "");
      return;
    }

  gtk_label_set_label (self->answer_label,
                       get_class_name (self, atelier_predictions_get_class (predictions, i)));
  show_score (self->truth_score_label, atelier_predictions_get_truth_score (predictions, i));
  show_score (self->answer_score_label, atelier_predictions_get_score (predictions, i));
}

static void
show_story (AtelierInspector *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);
  g_autoptr (AtelierImageStory) story = NULL;
  g_autofree char *words = NULL;

  if (history)
    story = atelier_image_story_new (history, self->picture);
  words = story ? atelier_image_story_describe (story)
                : g_strdup (_("No epoch has an answer for this picture."));
  gtk_label_set_label (self->story_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->story_line), story != NULL);
  atelier_story_line_set_story (self->story_line, story,
                                atelier_dataset_get_class_names (get_dataset (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->story_line),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* The trainer's newest weights; NULL if there are none or their network takes other pictures. */
static AtelierModel *
get_model (AtelierInspector *self)
{
  if (self->trainer == NULL || atelier_trainer_get_dataset (self->trainer) != get_dataset (self))
    return NULL;

  return atelier_trainer_get_model (self->trainer);
}

static gboolean
update_predictor (AtelierInspector *self)
{
  AtelierModel *model = get_model (self);

  if (model == NULL)
    return FALSE;
  if (self->predictor)
    return atelier_predictor_set_model (self->predictor, model, NULL);
  self->predictor = atelier_predictor_new (model, NULL);

  return self->predictor != NULL;
}

static char *
describe_weights (AtelierInspector *self)
{
  guint n_epochs = atelier_model_get_n_epochs (atelier_predictor_get_model (self->predictor));

  if (atelier_trainer_is_active (self->trainer))
    return g_strdup_printf (_("By the newest weights, in epoch %u"), n_epochs + 1);

  return g_strdup_printf (_("By the newest weights, after epoch %u"), n_epochs);
}

static void
show_scores (AtelierInspector *self)
{
  g_autofree float *scores = NULL;
  g_autofree char *text = NULL;

  atelier_score_bars_set_class_names (self->bars,
                                      atelier_dataset_get_class_names (get_dataset (self)));
  if (!update_predictor (self))
    {
      gtk_label_set_label (self->scores_label, _("There are no trained weights yet."));
      atelier_score_bars_set_scores (self->bars, NULL);
      return;
    }

  scores = g_new (float, atelier_dataset_get_n_classes (get_dataset (self)));
  if (!atelier_predictor_classify (
        self->predictor, atelier_dataset_get_image (get_dataset (self), self->picture),
        scores, NULL))
    g_clear_pointer (&scores, g_free);
  atelier_score_bars_set_scores (self->bars, scores);
  text = describe_weights (self);
  gtk_label_set_label (self->scores_label, text);
}

static void
show_epoch (AtelierInspector *self)
{
  if (self->splits == NULL)
    return;

  show_title (self);
  show_answer (self);
  show_story (self);
}

/* Computes nothing while the window is not visible. */
static void
show_weights (AtelierInspector *self)
{
  if (self->splits == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  show_scores (self);
  atelier_occlusion_card_set_picture (self->occlusion_card, get_model (self),
                                      get_dataset (self), self->picture);
}

/* A run on other data does not have this picture: the window closes. */
static void
on_focus_changed_cb (AtelierInspector *self)
{
  if (self->splits && atelier_focus_get_dataset (self->focus) != get_dataset (self))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_epoch (self);
}

/* Actions */

static void
on_step_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[STEP], 0, g_variant_get_int32 (parameter));
}

/* Left and right: in right-to-left languages the next picture is to the left. */
static void
on_turn_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  int ahead = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -1 : 1;

  g_signal_emit (widget, signals[STEP], 0, ahead * g_variant_get_int32 (parameter));
}

static AtelierPictureExport *
create_export (AtelierInspector *self)
{
  AtelierPredictions *predictions;
  guint i;

  if (!find_answer (self, &predictions, &i))
    predictions = NULL;

  return atelier_picture_export_new (self->splits, predictions, &self->picture, 1);
}

static void
on_copy_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AtelierInspector *self = ATELIER_INSPECTOR (widget);

  if (self->splits)
    atelier_picture_export_copy (create_export (self), GTK_WIDGET (self->pixels));
}

static void
on_save_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AtelierInspector *self = ATELIER_INSPECTOR (widget);

  if (self->splits)
    atelier_picture_export_ask (create_export (self), GTK_WIDGET (self->pixels));
}

/* The Draw page is in the parent window. */
static void
on_edit_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AtelierInspector *self = ATELIER_INSPECTOR (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->splits == NULL || parent == NULL)
    return;

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.edit-in-draw", "(su)",
                              atelier_dataset_get_sha256 (get_dataset (self)), self->picture);
}

/* Overrides */

static void
atelier_inspector_map (GtkWidget *widget)
{
  AtelierInspector *self = ATELIER_INSPECTOR (widget);

  GTK_WIDGET_CLASS (atelier_inspector_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->pixels));
  show_weights (self);
}

static void
atelier_inspector_dispose (GObject *object)
{
  AtelierInspector *self = ATELIER_INSPECTOR (object);

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->trainer);
  g_clear_object (&self->focus);
  g_clear_object (&self->predictor);
  g_clear_pointer (&self->splits, atelier_splits_unref);

  G_OBJECT_CLASS (atelier_inspector_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "picture.step", "i", on_step_cb);
  gtk_widget_class_install_action (widget_class, "picture.turn", "i", on_turn_cb);
  gtk_widget_class_install_action (widget_class, "picture.copy", NULL, on_copy_cb);
  gtk_widget_class_install_action (widget_class, "picture.save", NULL, on_save_cb);
  gtk_widget_class_install_action (widget_class, "picture.edit", NULL, on_edit_cb);

  /* The arrow keys are bound on the content: here the window would use them to move the focus. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "picture.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "picture.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "picture.edit",
                                       NULL);
}

static void
atelier_inspector_class_init (AtelierInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_inspector_dispose;
  widget_class->map = atelier_inspector_map;

  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  install_actions (widget_class);
  g_type_ensure (ATELIER_TYPE_OCCLUSION_CARD);
  g_type_ensure (ATELIER_TYPE_PIXELS);
  g_type_ensure (ATELIER_TYPE_SCORE_BARS);
  g_type_ensure (ATELIER_TYPE_STORY_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/inspect/atelier-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, window_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, occlusion_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, truth_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, truth_score_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, answer_title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, answer_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, answer_score_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, scores_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, bars);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, story_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierInspector, story_line);
}

static void
atelier_inspector_init (AtelierInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atelier_occlusion_card_set_pixels (self->occlusion_card, self->pixels);
  atelier_focus_keeper_watch (GTK_WINDOW (self));
}

AtelierInspector *
atelier_inspector_new (GtkWindow    *parent,
                       AtelierFocus *focus)
{
  AtelierInspector *self;

  g_return_val_if_fail (ATELIER_IS_FOCUS (focus), NULL);

  self = g_object_new (ATELIER_TYPE_INSPECTOR, "transient-for", parent, NULL);
  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  atelier_story_line_set_focus (self->story_line, focus);

  return self;
}

void
atelier_inspector_set_trainer (AtelierInspector *self,
                               AtelierTrainer   *trainer)
{
  g_return_if_fail (ATELIER_IS_INSPECTOR (self));

  if (self->trainer == trainer)
    return;

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_set_object (&self->trainer, trainer);
  if (trainer)
    {
      g_signal_connect_swapped (trainer, "notify::model", G_CALLBACK (show_weights), self);
      g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (show_weights), self);
    }
  show_weights (self);
}

void
atelier_inspector_set_picture (AtelierInspector *self,
                               guint             picture)
{
  AtelierSplits *splits;

  g_return_if_fail (ATELIER_IS_INSPECTOR (self));
  splits = atelier_focus_get_splits (self->focus);
  g_return_if_fail (splits != NULL);
  g_return_if_fail (picture < atelier_dataset_get_n_images (atelier_splits_get_dataset (splits)));

  atelier_splits_ref (splits);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits;
  self->picture = picture;

  atelier_pixels_set_picture (self->pixels, get_dataset (self), picture);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.edit",
                                 atelier_dataset_get_channels (get_dataset (self)) == 1);
  show_epoch (self);
  show_weights (self);
}

guint
atelier_inspector_get_picture (AtelierInspector *self)
{
  g_return_val_if_fail (ATELIER_IS_INSPECTOR (self), 0);

  return self->picture;
}
