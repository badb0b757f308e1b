/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model waits until the data are there, since these decide what can be shown of it.  Then the
 * session takes its network and recipe, which divide the data as the run had them, and what is
 * missing is measured on another thread.  The trainer is given the run last, with all that is to be
 * seen, so that views are told once.  Main thread.
 */

#include "config.h"

#include "session/atelier-run-opener.h"

#include <math.h>

#include "inference/atelier-predictor.h"
#include "model/atelier-engine.h"
#include "results/atelier-history-log.h"

struct _AtelierRunOpener
{
  GObject         parent_instance;

  gboolean        is_opening;

  /* Owned */
  AtelierSession *session;
  AtelierModel   *model;       /* that waits or is measured; nullable */
  GCancellable   *cancellable; /* of its measuring; nullable */
};

G_DEFINE_FINAL_TYPE (AtelierRunOpener, atelier_run_opener, G_TYPE_OBJECT)

enum
{
  PROP_IS_OPENING = 1,
  N_PROPS
};

enum
{
  REPLACING,
  OPENED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
update (AtelierRunOpener *self)
{
  const gboolean is_opening = self->model != NULL;

  if (self->is_opening == is_opening)
    return;

  self->is_opening = is_opening;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPENING]);
}

static void
cancel (AtelierRunOpener *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->model, atelier_model_unref);
}

static gboolean
is_of_data (AtelierModel  *model,
            AtelierSplits *splits)
{
  const char *sha256 = atelier_model_get_dataset_sha256 (model);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);

  return *sha256 != '\0' && g_str_equal (sha256, atelier_dataset_get_sha256 (dataset));
}

static gboolean
has_predictions (AtelierModel *model)
{
  g_autoptr (AtelierHistory) history = atelier_history_new_of_model (model, 1, TRUE);

  for (guint i = 0; history && i < atelier_history_get_n_epochs (history); i++)
    if (atelier_history_get_figures (history, i)->epoch == atelier_model_get_n_epochs (model))
      return atelier_epoch_get_predictions (atelier_history_get_epoch (history, i)) != NULL;

  return FALSE;
}

/* @evaluation: nullable. */
static void
show (AtelierRunOpener  *self,
      AtelierEvaluation *evaluation)
{
  g_autoptr (AtelierModel) model = g_steal_pointer (&self->model);
  AtelierSplits *splits = atelier_session_get_splits (self->session);
  const guint n_planned
    = atelier_recipe_get_values (atelier_model_get_recipe (model))->n_epochs;
  g_autoptr (AtelierHistory) history
    = atelier_history_new_shown (model, n_planned, is_of_data (model, splits),
                                 evaluation ? evaluation->predictions : NULL,
                                 evaluation ? evaluation->loss : NAN,
                                 evaluation ? evaluation->accuracy : NAN);

  g_clear_object (&self->cancellable);
  if (!atelier_session_get_is_locked (self->session))
    {
      AtelierTrainer *trainer = atelier_session_get_trainer (self->session);

      g_signal_emit (self, signals[REPLACING], 0);
      if (atelier_trainer_open (trainer, model, history, splits, NULL))
        g_signal_emit (self, signals[OPENED], 0, model);
    }
  update (self);
}

static void
on_evaluated_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (AtelierRunOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierEvaluation) evaluation = atelier_evaluate_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->model == NULL)
    return;
  /* Without validation images nothing can be measured; the curves are shown all the same. */
  show (self, evaluation);
}

static void
settle (AtelierRunOpener *self)
{
  AtelierSplits *splits;

  if (self->model == NULL || self->cancellable || atelier_session_get_is_loading (self->session)
      || atelier_session_get_splits (self->session) == NULL)
    return;

  atelier_session_use_model (self->session, self->model);
  splits = atelier_session_get_splits (self->session);
  if (!atelier_engine_check_fit (atelier_model_get_network (self->model),
                                 atelier_splits_get_dataset (splits), NULL)
      || (is_of_data (self->model, splits) && has_predictions (self->model)))
    {
      show (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  atelier_evaluate_async (self->model, splits, ATELIER_SPLIT_VALIDATION, self->cancellable,
                          on_evaluated_cb, g_object_ref (self));
}

static void
atelier_run_opener_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_OPENING:
      g_value_set_boolean (value, ATELIER_RUN_OPENER (object)->is_opening);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_opener_dispose (GObject *object)
{
  AtelierRunOpener *self = ATELIER_RUN_OPENER (object);

  cancel (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (atelier_run_opener_parent_class)->dispose (object);
}

static void
atelier_run_opener_class_init (AtelierRunOpenerClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_run_opener_get_property;
  object_class->dispose = atelier_run_opener_dispose;

  properties[PROP_IS_OPENING] = g_param_spec_boolean ("is-opening", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REPLACING] = g_signal_new ("replacing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_MODEL);
}

static void
atelier_run_opener_init (AtelierRunOpener *self)
{
}

AtelierRunOpener *
atelier_run_opener_new (AtelierSession *session)
{
  AtelierRunOpener *self;

  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);

  self = g_object_new (ATELIER_TYPE_RUN_OPENER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::splits", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-loading", G_CALLBACK (settle), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
atelier_run_opener_open (AtelierRunOpener *self,
                         AtelierModel     *model)
{
  g_return_if_fail (ATELIER_IS_RUN_OPENER (self));
  g_return_if_fail (model != NULL);

  cancel (self);
  if (atelier_session_check_may_open_model (self->session))
    {
      self->model = atelier_model_ref (model);
      settle (self);
    }
  update (self);
}

gboolean
atelier_run_opener_get_is_opening (AtelierRunOpener *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_OPENER (self), FALSE);

  return self->is_opening;
}
