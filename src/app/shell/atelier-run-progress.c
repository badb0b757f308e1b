/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Epoch 7 of 10 · 0:06 left" above a thin bar.
 *
 * Hidden while no run is active.  The trainer notifies its progress ten times a second, so the
 * label's text is set only when it changes: GtkLabel asks for a layout even when it is given the
 * text that it has.
 *
 * To a screen reader the label is no object of its own, as each new text would be a new name.  It
 * is told the end of an epoch instead, which it speaks; not all of them where they follow one
 * another faster than a person can listen.  One key starts, pauses and resumes a run, so that it is
 * told as well which of them it did.  Main thread.
 */

#include "config.h"

#include "shell/atelier-run-progress.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-progress-line.h"

#define SILENCE_SECONDS 10 /* at least, between two epochs that are told */

struct _AtelierRunProgress
{
  GtkWidget            parent_instance;

  gint64               told_us; /* when an epoch of this run was told; 0: not yet */
  AtelierTrainerState  state;   /* that was told */

  /* Owned */
  AtelierTrainer      *trainer;

  /* Template children */
  GtkLabel            *label;
  AtelierProgressLine *line;
};

G_DEFINE_FINAL_TYPE (AtelierRunProgress, atelier_run_progress, GTK_TYPE_WIDGET)

enum
{
  PROP_TRAINER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
describe_progress (AtelierTrainer *trainer)
{
  AtelierTrainerState state = atelier_trainer_get_state (trainer);
  guint epoch = atelier_trainer_get_epoch (trainer);
  guint n_epochs = atelier_history_get_n_epochs_planned (atelier_trainer_get_history (trainer));
  double seconds_left = atelier_trainer_get_seconds_left (trainer);
  g_autofree char *left = NULL;

  if (state == ATELIER_TRAINER_PAUSED)
    return g_strdup_printf (_("Epoch %u of %u · paused"), epoch, n_epochs);
  if (state == ATELIER_TRAINER_STOPPING)
    return g_strdup_printf (_("Epoch %u of %u · stopping"), epoch, n_epochs);
  if (!isfinite (seconds_left))
    return g_strdup_printf (_("Epoch %u of %u"), epoch, n_epochs);

  left = atelier_format_time_left (seconds_left);

  /* Translators: "Epoch 7 of 10 · 0:06 left", minutes and seconds. */
  return g_strdup_printf (_("Epoch %u of %u · %s left"), epoch, n_epochs, left);
}

static char *
describe_epoch (AtelierRunProgress *self,
                AtelierEpoch       *epoch)
{
  const AtelierEpochFigures *figures = atelier_epoch_get_figures (epoch);
  guint n_epochs =
    atelier_history_get_n_epochs_planned (atelier_trainer_get_history (self->trainer));
  g_autofree char *accuracy = NULL;

  if (!isfinite (figures->validation_accuracy))
    return g_strdup_printf (_("Epoch %u of %u is done"), figures->epoch, n_epochs);

  accuracy = atelier_format_percent (figures->validation_accuracy, 1);

  /* Translators: spoken at the end of an epoch: "Epoch 7 of 10: validation accuracy 81.2 %". */
  return g_strdup_printf (_("Epoch %u of %u: validation accuracy %s"), figures->epoch, n_epochs,
                          accuracy);
}

static void
on_epoch_finished_cb (AtelierRunProgress *self,
                      AtelierEpoch       *epoch)
{
  const gint64 now_us = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (self->told_us != 0 && now_us - self->told_us < SILENCE_SECONDS * G_USEC_PER_SEC)
    return;

  self->told_us = now_us;
  text = describe_epoch (self, epoch);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  atelier_announce (text);
}

static void
update (AtelierRunProgress *self)
{
  gboolean is_active = self->trainer && atelier_trainer_is_active (self->trainer);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), is_active);
  if (!is_active)
    {
      self->told_us = 0;
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Progress of training"), -1);
      return;
    }

  text = describe_progress (self->trainer);
  if (!g_str_equal (text, gtk_label_get_label (self->label)))
    gtk_label_set_label (self->label, text);
  atelier_progress_line_set_fraction (self->line, atelier_trainer_get_progress (self->trainer));
}

/* The end of a run is told by others, with what came of it. */
static void
on_state_notify_cb (AtelierRunProgress *self)
{
  const AtelierTrainerState before = self->state;

  self->state = atelier_trainer_get_state (self->trainer);
  update (self);
  if (self->state == before)
    return;

  if (self->state == ATELIER_TRAINER_PAUSED)
    atelier_announce (_("Training is paused"));
  else if (self->state == ATELIER_TRAINER_RUNNING && before == ATELIER_TRAINER_PAUSED)
    atelier_announce (_("Training goes on"));
  else if (self->state == ATELIER_TRAINER_RUNNING)
    atelier_announce (_("Training has begun"));
}

static void
atelier_run_progress_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, ATELIER_RUN_PROGRESS (object)->trainer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_progress_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_TRAINER:
      atelier_run_progress_set_trainer (ATELIER_RUN_PROGRESS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_progress_dispose (GObject *object)
{
  AtelierRunProgress *self = ATELIER_RUN_PROGRESS (object);

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->trainer);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_RUN_PROGRESS);

  G_OBJECT_CLASS (atelier_run_progress_parent_class)->dispose (object);
}

static void
atelier_run_progress_class_init (AtelierRunProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_run_progress_get_property;
  object_class->set_property = atelier_run_progress_set_property;
  object_class->dispose = atelier_run_progress_dispose;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_PROGRESS_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/shell/atelier-run-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRunProgress, label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunProgress, line);
}

static void
atelier_run_progress_init (AtelierRunProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
atelier_run_progress_set_trainer (AtelierRunProgress *self,
                                  AtelierTrainer     *trainer)
{
  g_return_if_fail (ATELIER_IS_RUN_PROGRESS (self));

  if (self->trainer == trainer)
    return;

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_set_object (&self->trainer, trainer);
  if (trainer)
    {
      self->state = atelier_trainer_get_state (trainer);
      g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (on_state_notify_cb), self);
      g_signal_connect_swapped (trainer, "notify::progress", G_CALLBACK (update), self);
      g_signal_connect_swapped (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), self);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
}

const char *
atelier_run_progress_get_text (AtelierRunProgress *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_PROGRESS (self), NULL);

  return gtk_label_get_label (self->label);
}
