/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With this object the Draw page need not know whether weights come from the run or from a file: it
 * reads "model" and follows its notifications.
 */

#include "config.h"

#include "draw/answer/atelier-model-choice.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "model/atelier-model-file.h"
#include "training/atelier-run-weights.h"

struct _AtelierModelChoice
{
  GObject parent_instance;

  /* Owned */
  AtelierTrainer *trainer;    /* nullable */
  AtelierModel   *file_model; /* nullable */
  char           *file_name;  /* to show; nullable */
  AtelierModel   *newest;     /* beside the run's average, where that is the source; nullable */

  AtelierModelSource source;

  /* Borrowed from the trainer, to see whether it has another; never used otherwise */
  AtelierModel *shown_best;
};

G_DEFINE_FINAL_TYPE (AtelierModelChoice, atelier_model_choice, G_TYPE_OBJECT)

enum
{
  PROP_TRAINER = 1,
  PROP_SOURCE,
  PROP_MODEL,
  PROP_FILE_NAME,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint loaded_signal;

static void
notify_model (AtelierModelChoice *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/* The best epoch's weights; NULL where they are not what answers, or there are none yet. */
static AtelierModel *
get_best (AtelierModelChoice *self)
{
  return self->source == ATELIER_MODEL_SOURCE_BEST && self->trainer
           ? atelier_trainer_get_best_model (self->trainer)
           : NULL;
}

/* To be called when the source or the run's weights have changed. */
static void
update_newest (AtelierModelChoice *self)
{
  g_clear_pointer (&self->newest, atelier_model_unref);
  if (self->source == ATELIER_MODEL_SOURCE_NEWEST && self->trainer)
    self->newest = atelier_run_weights_pick (self->trainer, ATELIER_RUN_NOW,
                                             ATELIER_WEIGHTS_NEWEST);
}

/* The newest weights change a few times a second, the best ones seldom. */
static void
on_trainer_notify_model_cb (AtelierModelChoice *self)
{
  AtelierModel *best = get_best (self);

  if (self->source == ATELIER_MODEL_SOURCE_FILE || (best && best == self->shown_best))
    return;
  self->shown_best = best;
  update_newest (self);
  notify_model (self);
}

static void
on_trainer_notify_epoch_cb (AtelierModelChoice *self)
{
  if (self->source != ATELIER_MODEL_SOURCE_FILE)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
atelier_model_choice_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AtelierModelChoice *self = ATELIER_MODEL_CHOICE (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_SOURCE:
      g_value_set_uint (value, self->source);
      break;
    case PROP_MODEL:
      g_value_set_boxed (value, atelier_model_choice_get_model (self));
      break;
    case PROP_FILE_NAME:
      g_value_set_string (value, self->file_name);
      break;
    case PROP_TITLE:
      g_value_take_string (value, atelier_model_choice_dup_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_model_choice_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AtelierModelChoice *self = ATELIER_MODEL_CHOICE (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      atelier_model_choice_set_trainer (self, g_value_get_object (value));
      break;
    case PROP_SOURCE:
      atelier_model_choice_set_source (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_model_choice_dispose (GObject *object)
{
  AtelierModelChoice *self = ATELIER_MODEL_CHOICE (object);

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->trainer);
  g_clear_pointer (&self->file_model, atelier_model_unref);
  g_clear_pointer (&self->newest, atelier_model_unref);
  G_OBJECT_CLASS (atelier_model_choice_parent_class)->dispose (object);
}

static void
atelier_model_choice_finalize (GObject *object)
{
  g_free (ATELIER_MODEL_CHOICE (object)->file_name);
  G_OBJECT_CLASS (atelier_model_choice_parent_class)->finalize (object);
}

static void
atelier_model_choice_class_init (AtelierModelChoiceClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_model_choice_get_property;
  object_class->set_property = atelier_model_choice_set_property;
  object_class->dispose = atelier_model_choice_dispose;
  object_class->finalize = atelier_model_choice_finalize;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, writable);
  properties[PROP_SOURCE] =
    g_param_spec_uint ("source", NULL, NULL, ATELIER_MODEL_SOURCE_RUN, ATELIER_MODEL_SOURCE_FILE,
                       ATELIER_MODEL_SOURCE_RUN, writable);
  properties[PROP_MODEL] = g_param_spec_boxed ("model", NULL, NULL, ATELIER_TYPE_MODEL, readable);
  properties[PROP_FILE_NAME] = g_param_spec_string ("file-name", NULL, NULL, NULL, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_MODEL);
}

static void
atelier_model_choice_init (AtelierModelChoice *self)
{
}

AtelierModelChoice *
atelier_model_choice_new (void)
{
  return g_object_new (ATELIER_TYPE_MODEL_CHOICE, NULL);
}

AtelierTrainer *
atelier_model_choice_get_trainer (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), NULL);

  return self->trainer;
}

void
atelier_model_choice_set_trainer (AtelierModelChoice *self,
                                  AtelierTrainer     *trainer)
{
  g_return_if_fail (ATELIER_IS_MODEL_CHOICE (self));
  g_return_if_fail (trainer == NULL || ATELIER_IS_TRAINER (trainer));

  if (self->trainer == trainer)
    return;
  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_set_object (&self->trainer, trainer);
  if (trainer)
    {
      g_signal_connect_object (trainer, "notify::model", G_CALLBACK (on_trainer_notify_model_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (trainer, "epoch-finished", G_CALLBACK (on_trainer_notify_model_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (trainer, "notify::epoch", G_CALLBACK (on_trainer_notify_epoch_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (trainer, "notify::state", G_CALLBACK (on_trainer_notify_epoch_cb),
                               self, G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
  self->shown_best = get_best (self);
  update_newest (self);
  if (self->source != ATELIER_MODEL_SOURCE_FILE)
    notify_model (self);
}

AtelierModelSource
atelier_model_choice_get_source (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), ATELIER_MODEL_SOURCE_RUN);

  return self->source;
}

void
atelier_model_choice_set_source (AtelierModelChoice *self,
                                 AtelierModelSource  source)
{
  g_return_if_fail (ATELIER_IS_MODEL_CHOICE (self));

  if (source == ATELIER_MODEL_SOURCE_FILE && !self->file_model)
    source = ATELIER_MODEL_SOURCE_RUN;
  if (self->source == source)
    return;
  self->source = source;
  self->shown_best = get_best (self);
  update_newest (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  notify_model (self);
}

static gboolean
has_newest (AtelierModelChoice *self)
{
  AtelierRunWeights list[ATELIER_N_WEIGHTS];
  guint n = atelier_run_weights_list (self->trainer, ATELIER_RUN_NOW, list);

  for (guint i = 0; i < n; i++)
    if (list[i].which == ATELIER_WEIGHTS_NEWEST)
      return TRUE;

  return FALSE;
}

gboolean
atelier_model_choice_has_source (AtelierModelChoice *self,
                                 AtelierModelSource  source)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), FALSE);

  if (source == self->source || source == ATELIER_MODEL_SOURCE_RUN)
    return TRUE;
  if (source == ATELIER_MODEL_SOURCE_FILE)
    return self->file_model != NULL;
  if (!self->trainer)
    return FALSE;
  if (source == ATELIER_MODEL_SOURCE_BEST)
    return atelier_trainer_get_best_model (self->trainer) != NULL;

  return atelier_model_choice_is_averaged (self) && has_newest (self);
}

gboolean
atelier_model_choice_is_averaged (AtelierModelChoice *self)
{
  AtelierModel *model;

  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), FALSE);

  model = self->trainer ? atelier_trainer_get_model (self->trainer) : NULL;

  return model && atelier_model_get_weights (model) == ATELIER_WEIGHTS_AVERAGED;
}

gboolean
atelier_model_choice_get_follows_run (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), TRUE);

  return self->source != ATELIER_MODEL_SOURCE_FILE;
}

AtelierModel *
atelier_model_choice_get_model (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), NULL);

  if (self->source == ATELIER_MODEL_SOURCE_FILE)
    return self->file_model;
  if (get_best (self))
    return get_best (self);
  if (self->newest)
    return self->newest;
  return self->trainer ? atelier_trainer_get_model (self->trainer) : NULL;
}

const char *
atelier_model_choice_get_file_name (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), NULL);

  return self->file_name;
}

char *
atelier_model_choice_dup_title (AtelierModelChoice *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), NULL);

  if (self->source == ATELIER_MODEL_SOURCE_FILE)
    return g_strdup (self->file_name);
  if (get_best (self))
    /* Translators: weights of a training run: those at the end of its best epoch, a number */
    return g_strdup_printf (_("Best epoch of the run, %u"),
                            atelier_model_get_n_epochs (get_best (self)));
  if (!atelier_model_choice_get_model (self))
    return g_strdup (_("Training Run"));
  if (!self->newest && atelier_model_choice_is_averaged (self))
    /* Translators: weights of a training run: their running average */
    return g_strdup_printf (_("Averaged, epoch %u of the run"),
                            atelier_trainer_get_epoch (self->trainer));
  return g_strdup_printf (_("Training run, epoch %u"), atelier_trainer_get_epoch (self->trainer));
}

/* Opening a file */

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (G_FILE (task_data));
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  if (!path)
    {
      g_autofree char *name = g_file_get_parse_name (G_FILE (task_data));

      g_task_return_new_error (task, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                               _("“%s” is not on this computer. Copy it here first."), name);
      return;
    }
  model = atelier_model_file_load (path, &error);
  if (model)
    g_task_return_pointer (task, model, (GDestroyNotify) atelier_model_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
atelier_model_choice_open_async (AtelierModelChoice  *self,
                                 GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ATELIER_IS_MODEL_CHOICE (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_model_choice_open_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

gboolean
atelier_model_choice_open_finish (AtelierModelChoice  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_autoptr (AtelierModel) model = NULL;
  guint height;
  guint width;
  guint channels;

  g_return_val_if_fail (ATELIER_IS_MODEL_CHOICE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  model = g_task_propagate_pointer (G_TASK (result), error);
  if (!model)
    return FALSE;
  g_signal_emit (self, loaded_signal, 0, model);
  atelier_network_get_input (atelier_model_get_network (model), &height, &width, &channels);
  if (channels != 1)
    {
      g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                           _("This network classifies colour pictures; drawings are grey."));
      return FALSE;
    }
  g_clear_pointer (&self->file_model, atelier_model_unref);
  self->file_model = g_steal_pointer (&model);
  g_free (self->file_name);
  self->file_name = g_path_get_basename (g_file_peek_path (g_task_get_task_data (G_TASK (result))));
  self->source = ATELIER_MODEL_SOURCE_FILE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  notify_model (self);
  return TRUE;
}
