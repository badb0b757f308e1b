/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One training run at a time, as an object for windows and command lines.
 *
 * The run itself, with its thread and everything about concurrency, is in atelier-run.c.  Here its
 * reports become properties, signals and a history.  However much has gathered since the last
 * report, it is told at once: one "batches-changed", one "items-changed" and one set of
 * notifications.
 *
 * Listeners may do anything while they are told, even stop the run and start another.  So what is
 * told is taken out of the report first, and after each telling it is seen whether the run is still
 * the same.
 *
 * Main thread only: the thread that serves the main context which was the default when the trainer
 * was made.
 */

#include "config.h"

#include "training/atelier-trainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "results/atelier-history-log.h"
#include "training/atelier-run-private.h"

struct _AtelierTrainer
{
  GObject parent_instance;

  AtelierTrainerState state;
  gboolean keeps_state;
  guint epoch;
  double progress;
  double images_per_second;
  double seconds_left;

  /* Owned */
  GMainContext *context;
  AtelierRun *run; /* NULL unless active */
  AtelierRunRecord *record;
  AtelierSplits *splits;
  AtelierModel *model;
  AtelierModel *epoch_model;
  AtelierModel *best_model;
  AtelierModel *opened; /* whose run is shown; NULL: one that was made here */
};

G_DEFINE_FINAL_TYPE (AtelierTrainer, atelier_trainer, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_RECORD,
  PROP_EPOCH,
  PROP_PROGRESS,
  PROP_IMAGES_PER_SECOND,
  PROP_SECONDS_LEFT,
  PROP_MODEL,
  N_PROPS
};

enum
{
  EPOCH_FINISHED,
  FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_state (AtelierTrainer      *trainer,
           AtelierTrainerState  state)
{
  if (trainer->state == state)
    return;

  trainer->state = state;
  g_object_notify_by_pspec (G_OBJECT (trainer), properties[PROP_STATE]);
}

static void
set_double (AtelierTrainer *trainer,
            double         *member,
            double          value,
            guint           property)
{
  if (*member == value || (isnan (*member) && isnan (value)))
    return;

  *member = value;
  g_object_notify_by_pspec (G_OBJECT (trainer), properties[property]);
}

static void
set_epoch (AtelierTrainer *trainer,
           guint           epoch)
{
  if (trainer->epoch == epoch)
    return;

  trainer->epoch = epoch;
  g_object_notify_by_pspec (G_OBJECT (trainer), properties[PROP_EPOCH]);
}

/* @model: transfer full, nullable. */
static void
take_model (AtelierTrainer *trainer,
            AtelierModel   *model)
{
  if (trainer->model == NULL && model == NULL)
    return;

  g_clear_pointer (&trainer->model, atelier_model_unref);
  trainer->model = model;
  g_object_notify_by_pspec (G_OBJECT (trainer), properties[PROP_MODEL]);
}

static void
take_figures (AtelierTrainer *trainer,
              AtelierReport  *report)
{
  set_epoch (trainer, report->epoch);
  set_double (trainer, &trainer->progress, report->progress, PROP_PROGRESS);
  set_double (trainer, &trainer->images_per_second, report->images_per_second,
              PROP_IMAGES_PER_SECOND);
  set_double (trainer, &trainer->seconds_left, report->seconds_left, PROP_SECONDS_LEFT);
  if (report->model != NULL)
    take_model (trainer, g_steal_pointer (&report->model));
  if (atelier_run_is_resting (trainer->run))
    set_state (trainer, ATELIER_TRAINER_PAUSED);
}

static void
take_batches (AtelierHistory *history,
              AtelierReport  *report)
{
  g_autoptr (GArray) losses = g_steal_pointer (&report->losses);
  g_autoptr (GArray) accuracies = g_steal_pointer (&report->accuracies);
  g_autoptr (GArray) seconds = g_steal_pointer (&report->seconds);

  report->losses = g_array_new (FALSE, FALSE, sizeof (float));
  report->accuracies = g_array_new (FALSE, FALSE, sizeof (float));
  report->seconds = g_array_new (FALSE, FALSE, sizeof (float));

  atelier_history_append_batches (history,
                                  (const float *) (void *) losses->data,
                                  (const float *) (void *) accuracies->data,
                                  (const float *) (void *) seconds->data,
                                  losses->len);
}

/* A run's address may come again, but not its record's, as long as a reference is held. */
static gboolean
is_same_run (AtelierTrainer   *trainer,
             AtelierRunRecord *record)
{
  return trainer->run != NULL && trainer->record == record;
}

static void
unref_model (gpointer data)
{
  if (data != NULL)
    atelier_model_unref (data);
}

/* @model: nullable, where there was no memory for it. */
static void
keep_epoch_model (AtelierTrainer *trainer,
                  AtelierModel   *model,
                  gboolean        is_best)
{
  if (model == NULL)
    return;

  g_clear_pointer (&trainer->epoch_model, atelier_model_unref);
  trainer->epoch_model = atelier_model_ref (model);
  if (!is_best)
    return;
  g_clear_pointer (&trainer->best_model, atelier_model_unref);
  trainer->best_model = atelier_model_ref (model);
}

/* Appends all new epochs at once, then tells of each with its weights. */
static void
take_epochs (AtelierTrainer   *trainer,
             AtelierRunRecord *record,
             AtelierReport    *report)
{
  g_autoptr (GPtrArray) epochs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (unref_model);

  for (guint i = 0; i < report->epochs->len; i++)
    {
      AtelierEpochReport *epoch = &g_array_index (report->epochs, AtelierEpochReport, i);

      g_ptr_array_add (epochs, atelier_epoch_new (&epoch->figures, epoch->validation,
                                                  epoch->training));
      g_ptr_array_add (models, g_steal_pointer (&epoch->model));
      keep_epoch_model (trainer, g_ptr_array_index (models, i), epoch->is_best);
    }
  g_array_set_size (report->epochs, 0);

  atelier_history_append_epochs (atelier_run_record_get_history (record),
                                 (AtelierEpoch **) epochs->pdata, epochs->len);
  for (guint i = 0; i < epochs->len && is_same_run (trainer, record); i++)
    g_signal_emit (trainer, signals[EPOCH_FINISHED], 0, g_ptr_array_index (epochs, i),
                   g_ptr_array_index (models, i));
}

static AtelierTrainerState
get_final_state (AtelierOutcome outcome)
{
  switch (outcome)
    {
    case ATELIER_OUTCOME_COMPLETED:
      return ATELIER_TRAINER_COMPLETED;
    case ATELIER_OUTCOME_STOPPED:
      return ATELIER_TRAINER_STOPPED;
    case ATELIER_OUTCOME_FAILED:
    case ATELIER_OUTCOME_NONE:
    default:
      return ATELIER_TRAINER_FAILED;
    }
}

/* The worker has said its last word. */
static void
finish_run (AtelierTrainer *trainer,
            AtelierReport  *report)
{
  AtelierTrainerState state = get_final_state (report->outcome);
  AtelierHistory *history = atelier_run_record_get_history (trainer->record);
  g_autoptr (GError) error = g_steal_pointer (&report->error);

  g_clear_pointer (&trainer->run, atelier_run_free);

  g_object_freeze_notify (G_OBJECT (trainer));
  set_double (trainer, &trainer->seconds_left,
              state == ATELIER_TRAINER_COMPLETED ? 0.0 : NAN, PROP_SECONDS_LEFT);
  if (state == ATELIER_TRAINER_COMPLETED)
    {
      set_double (trainer, &trainer->progress, 1.0, PROP_PROGRESS);
      atelier_history_set_n_epochs_planned (history, trainer->epoch);
    }
  set_state (trainer, state);
  g_object_thaw_notify (G_OBJECT (trainer));
  g_signal_emit (trainer, signals[FINISHED], 0, error);
}

/* Brings the trainer and its history up to date. */
static void
deliver_report (AtelierTrainer *trainer)
{
  g_autoptr (AtelierRunRecord) record = g_object_ref (trainer->record);
  AtelierReport *report = atelier_run_collect (trainer->run);

  g_object_freeze_notify (G_OBJECT (trainer));
  take_figures (trainer, report);
  take_batches (atelier_run_record_get_history (record), report);
  if (is_same_run (trainer, record))
    take_epochs (trainer, record, report);
  g_object_thaw_notify (G_OBJECT (trainer));

  if (is_same_run (trainer, record) && report->outcome != ATELIER_OUTCOME_NONE)
    finish_run (trainer, report);
}

static void
on_run_mail_cb (gpointer user_data)
{
  g_autoptr (AtelierTrainer) trainer = g_object_ref (user_data);

  deliver_report (trainer);
}

/* What a new run shows before its first report.  @splits: nullable. */
static void
show_new_run (AtelierTrainer      *trainer,
              AtelierSplits       *splits,
              AtelierRunRecord    *record,
              AtelierTrainerState  state,
              guint                epoch,
              double               progress)
{
  g_object_freeze_notify (G_OBJECT (trainer));

  if (splits != NULL)
    atelier_splits_ref (splits);
  g_clear_pointer (&trainer->splits, atelier_splits_unref);
  trainer->splits = splits;
  g_set_object (&trainer->record, record);
  g_object_notify_by_pspec (G_OBJECT (trainer), properties[PROP_RECORD]);

  take_model (trainer, NULL);
  g_clear_pointer (&trainer->epoch_model, atelier_model_unref);
  g_clear_pointer (&trainer->best_model, atelier_model_unref);
  g_clear_pointer (&trainer->opened, atelier_model_unref);
  set_epoch (trainer, epoch);
  set_double (trainer, &trainer->progress, progress, PROP_PROGRESS);
  set_double (trainer, &trainer->images_per_second, 0.0, PROP_IMAGES_PER_SECOND);
  set_double (trainer, &trainer->seconds_left, NAN, PROP_SECONDS_LEFT);
  set_state (trainer, state);

  g_object_thaw_notify (G_OBJECT (trainer));
}

static void
atelier_trainer_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierTrainer *trainer = ATELIER_TRAINER (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, trainer->state);
      break;
    case PROP_RECORD:
      g_value_set_object (value, trainer->record);
      break;
    case PROP_EPOCH:
      g_value_set_uint (value, trainer->epoch);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, trainer->progress);
      break;
    case PROP_IMAGES_PER_SECOND:
      g_value_set_double (value, trainer->images_per_second);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, trainer->seconds_left);
      break;
    case PROP_MODEL:
      g_value_set_boxed (value, trainer->model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_trainer_dispose (GObject *object)
{
  AtelierTrainer *trainer = ATELIER_TRAINER (object);

  g_clear_pointer (&trainer->run, atelier_run_free);
  g_clear_object (&trainer->record);
  g_clear_pointer (&trainer->splits, atelier_splits_unref);
  g_clear_pointer (&trainer->epoch_model, atelier_model_unref);
  g_clear_pointer (&trainer->best_model, atelier_model_unref);
  g_clear_pointer (&trainer->model, atelier_model_unref);
  g_clear_pointer (&trainer->opened, atelier_model_unref);

  G_OBJECT_CLASS (atelier_trainer_parent_class)->dispose (object);
}

static void
atelier_trainer_finalize (GObject *object)
{
  AtelierTrainer *trainer = ATELIER_TRAINER (object);

  g_main_context_unref (trainer->context);

  G_OBJECT_CLASS (atelier_trainer_parent_class)->finalize (object);
}

static void
atelier_trainer_class_init (AtelierTrainerClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_trainer_get_property;
  object_class->dispose = atelier_trainer_dispose;
  object_class->finalize = atelier_trainer_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL,
                       ATELIER_TYPE_TRAINER_STATE, ATELIER_TRAINER_IDLE, flags);
  properties[PROP_RECORD] =
    g_param_spec_object ("record", NULL, NULL, ATELIER_TYPE_RUN_RECORD, flags);
  properties[PROP_EPOCH] =
    g_param_spec_uint ("epoch", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_IMAGES_PER_SECOND] =
    g_param_spec_double ("images-per-second", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_SECONDS_LEFT] =
    g_param_spec_double ("seconds-left", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_MODEL] =
    g_param_spec_boxed ("model", NULL, NULL, ATELIER_TYPE_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * AtelierTrainer::epoch-finished:
   * @epoch: what was measured, now in the history
   * @model: (nullable): the weights at its end
   */
  signals[EPOCH_FINISHED] = g_signal_new ("epoch-finished",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, ATELIER_TYPE_EPOCH, ATELIER_TYPE_MODEL);

  /**
   * AtelierTrainer::finished:
   * @error: (nullable): why the run failed
   */
  signals[FINISHED] = g_signal_new ("finished",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
atelier_trainer_init (AtelierTrainer *trainer)
{
  trainer->context = g_main_context_ref_thread_default ();
  trainer->seconds_left = NAN;
}

GType
atelier_trainer_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { ATELIER_TRAINER_IDLE, "ATELIER_TRAINER_IDLE", "idle" },
    { ATELIER_TRAINER_RUNNING, "ATELIER_TRAINER_RUNNING", "running" },
    { ATELIER_TRAINER_PAUSED, "ATELIER_TRAINER_PAUSED", "paused" },
    { ATELIER_TRAINER_STOPPING, "ATELIER_TRAINER_STOPPING", "stopping" },
    { ATELIER_TRAINER_COMPLETED, "ATELIER_TRAINER_COMPLETED", "completed" },
    { ATELIER_TRAINER_STOPPED, "ATELIER_TRAINER_STOPPED", "stopped" },
    { ATELIER_TRAINER_FAILED, "ATELIER_TRAINER_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("AtelierTrainerState", values));

  return type;
}

AtelierTrainer *
atelier_trainer_new (void)
{
  return g_object_new (ATELIER_TYPE_TRAINER, NULL);
}

void
atelier_trainer_set_keeps_state (AtelierTrainer *trainer,
                                 gboolean        keeps_state)
{
  g_return_if_fail (ATELIER_IS_TRAINER (trainer));

  trainer->keeps_state = keeps_state;
}

static gboolean
check_is_free (AtelierTrainer  *trainer,
               GError         **error)
{
  if (trainer->run == NULL)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED, _("Training is already under way."));

  return FALSE;
}

/* @parts: without history and circumstances.  A history goes on where the parent's has ended. */
static AtelierRunRecord *
create_record (const AtelierRunRecordParts *parts,
               AtelierModel                *parent, /* nullable */
               AtelierLearner              *learner)
{
  const guint n_epochs = atelier_recipe_get_values (parts->recipe)->n_epochs;
  const guint n_batches = atelier_learner_get_n_batches (learner);
  g_autoptr (AtelierHistory) history
    = parent != NULL ? atelier_history_new_of_model (parent, n_epochs, TRUE) : NULL;
  AtelierRunRecordParts whole = *parts;

  if (history == NULL)
    {
      history = atelier_history_new (n_batches, n_epochs);
      atelier_history_set_judged_by (history, atelier_recipe_get_values (parts->recipe)->judged_by);
      atelier_history_set_first_batch (history,
                                       (guint) atelier_learner_get_n_batches_done (learner));
    }
  whole.history = history;
  whole.circumstances.isa = atelier_engine_get_isa ();
  whole.circumstances.n_threads = atelier_learner_get_n_threads (learner);

  return atelier_run_record_new (&whole);
}

/* @learner: transfer full. */
static gboolean
start_run (AtelierTrainer               *trainer,
           AtelierLearner               *learner,
           AtelierSplits                *splits,
           const AtelierRunRecordParts  *parts,
           AtelierModel                 *parent, /* nullable */
           GError                      **error)
{
  const guint epoch = atelier_learner_get_n_epochs_ended (learner) + 1;
  const guint64 n_batches_done = atelier_learner_get_n_batches_done (learner);
  const guint n_epochs = atelier_recipe_get_values (parts->recipe)->n_epochs;
  const double n_batches = (double) n_epochs * atelier_learner_get_n_batches (learner);
  g_autoptr (AtelierRunRecord) record = create_record (parts, parent, learner);

  trainer->run = atelier_run_start (learner, n_epochs, trainer->keeps_state, trainer->context,
                                    on_run_mail_cb, trainer, error);
  if (trainer->run == NULL)
    return FALSE;

  show_new_run (trainer, splits, record, ATELIER_TRAINER_RUNNING, epoch,
                n_batches_done / n_batches);
  if (parent != NULL)
    trainer->best_model = atelier_model_pick (parent, ATELIER_WEIGHTS_BEST);

  return TRUE;
}

gboolean
atelier_trainer_start (AtelierTrainer  *trainer,
                       AtelierNetwork  *network,
                       AtelierRecipe   *recipe,
                       AtelierSplits   *splits,
                       guint            n_threads,
                       GError         **error)
{
  AtelierRunRecordParts parts = { .network = network, .recipe = recipe };
  AtelierLearner *learner;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), FALSE);
  g_return_val_if_fail (network != NULL && recipe != NULL && splits != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  parts.dataset = atelier_splits_get_dataset (splits);

  if (!check_is_free (trainer, error))
    return FALSE;

  learner = atelier_learner_new (network, recipe, splits, n_threads, error);
  if (learner == NULL)
    return FALSE;

  return start_run (trainer, learner, splits, &parts, NULL, error);
}

gboolean
atelier_trainer_start_from (AtelierTrainer  *trainer,
                            AtelierModel    *model,
                            AtelierSplits   *splits,
                            guint            n_epochs,
                            guint            n_threads,
                            GError         **error)
{
  g_autoptr (AtelierModel) held = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autofree char *parent = NULL;
  AtelierRunRecordParts parts;
  AtelierLearner *learner;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), FALSE);
  g_return_val_if_fail (model != NULL && splits != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_is_free (trainer, error))
    return FALSE;

  held = atelier_model_ref (model); /* it may be the trainer's own, which is replaced */
  recipe = atelier_recipe_new_with_epochs (atelier_model_get_recipe (held), n_epochs, error);
  if (recipe == NULL)
    return FALSE;
  learner = atelier_learner_new_from (held, splits, n_epochs, n_threads, error);
  if (learner == NULL)
    return FALSE;

  parent = atelier_model_dup_digest (held);
  parts = (AtelierRunRecordParts) {
    .parent = parent,
    .parent_epoch = atelier_model_get_n_epochs (held),
    .network = atelier_model_get_network (held),
    .recipe = recipe,
    .dataset = atelier_splits_get_dataset (splits),
  };

  return start_run (trainer, learner, splits, &parts, held, error);
}

/* Weights that are known of an opened run. */
static void
keep_opened_models (AtelierTrainer *trainer,
                    AtelierModel   *model,
                    AtelierHistory *history)
{
  const guint n = atelier_history_get_n_epochs (history);
  const guint newest = n > 0 ? atelier_history_get_figures (history, n - 1)->epoch : 0;
  const AtelierTrainingState *state = atelier_model_get_state (model);
  g_autoptr (AtelierModel) last
    = atelier_model_pick (model, atelier_recipe_get_weights (atelier_model_get_recipe (model)));

  if (last == NULL)
    last = atelier_model_ref (model);
  if (atelier_model_get_n_epochs (last) == newest && (state == NULL || state->n_batches == 0))
    trainer->epoch_model = atelier_model_ref (last);
  trainer->best_model = atelier_model_pick (model, ATELIER_WEIGHTS_BEST);
}

/* Whether the recipe had nothing left to do. */
static gboolean
is_complete (AtelierHistory            *history,
             const AtelierRecipeValues *values,
             guint                      epoch)
{
  const int i_best = atelier_history_get_best (history);
  AtelierJudgement judgement = { 0 };

  if (i_best >= 0)
    judgement.best_epoch = atelier_history_get_figures (history, (guint) i_best)->epoch;
  return epoch >= values->n_epochs || atelier_judgement_is_over (&judgement, values, epoch);
}

gboolean
atelier_trainer_open (AtelierTrainer  *trainer,
                      AtelierModel    *model,
                      AtelierHistory  *history,
                      AtelierSplits   *splits,
                      GError         **error)
{
  const AtelierRecipeValues *values;
  g_autoptr (AtelierModel) held = NULL;
  g_autoptr (AtelierRunRecord) record = NULL;
  gboolean is_finished;
  guint epoch, n;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer) && model != NULL, FALSE);
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), FALSE);

  if (!check_is_free (trainer, error))
    return FALSE;

  held = atelier_model_ref (model);
  n = atelier_history_get_n_epochs (history);
  epoch = n > 0 ? atelier_history_get_figures (history, n - 1)->epoch
                : atelier_model_get_n_epochs (held);
  values = atelier_recipe_get_values (atelier_model_get_recipe (held));
  record = atelier_run_record_new_of_model (held, history);
  is_finished = is_complete (history, values, epoch);
  if (is_finished)
    atelier_history_set_n_epochs_planned (history, epoch);

  g_object_freeze_notify (G_OBJECT (trainer));
  show_new_run (trainer, splits, record,
                is_finished ? ATELIER_TRAINER_COMPLETED : ATELIER_TRAINER_STOPPED, epoch,
                is_finished ? 1.0 : MIN ((double) epoch / MAX (values->n_epochs, 1), 1.0));
  trainer->opened = atelier_model_ref (held);
  keep_opened_models (trainer, held, history);
  take_model (trainer, g_steal_pointer (&held));
  g_object_thaw_notify (G_OBJECT (trainer));

  return TRUE;
}

AtelierModel *
atelier_trainer_get_opened (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->opened;
}

gboolean
atelier_trainer_measure_memory (AtelierNetwork  *network,
                                AtelierRecipe   *recipe,
                                guint            n_images,
                                guint            n_threads,
                                guint64         *n_bytes,
                                GError         **error)
{
  g_return_val_if_fail (network != NULL && recipe != NULL && n_bytes != NULL, FALSE);

  return atelier_learner_measure_memory (network, recipe, n_images, n_threads, n_bytes, error);
}

void
atelier_trainer_pause (AtelierTrainer *trainer)
{
  g_return_if_fail (ATELIER_IS_TRAINER (trainer));

  if (trainer->run != NULL && atelier_run_get_wish (trainer->run) == ATELIER_WISH_RUN)
    atelier_run_wish (trainer->run, ATELIER_WISH_PAUSE);
}

void
atelier_trainer_resume (AtelierTrainer *trainer)
{
  g_return_if_fail (ATELIER_IS_TRAINER (trainer));

  if (trainer->run == NULL || atelier_run_get_wish (trainer->run) != ATELIER_WISH_PAUSE)
    return;

  atelier_run_wish (trainer->run, ATELIER_WISH_RUN);
  set_state (trainer, ATELIER_TRAINER_RUNNING);
}

void
atelier_trainer_stop (AtelierTrainer *trainer)
{
  g_return_if_fail (ATELIER_IS_TRAINER (trainer));

  if (trainer->run == NULL || atelier_run_get_wish (trainer->run) == ATELIER_WISH_STOP)
    return;

  atelier_run_wish (trainer->run, ATELIER_WISH_STOP);
  set_state (trainer, ATELIER_TRAINER_STOPPING);
}

void
atelier_trainer_stop_and_wait (AtelierTrainer *trainer)
{
  g_autoptr (AtelierTrainer) self = NULL;

  g_return_if_fail (ATELIER_IS_TRAINER (trainer));

  self = g_object_ref (trainer);
  atelier_trainer_stop (self);
  if (self->run == NULL)
    return;

  atelier_run_join (self->run);
  deliver_report (self);
}

AtelierTrainerState
atelier_trainer_get_state (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), ATELIER_TRAINER_IDLE);

  return trainer->state;
}

gboolean
atelier_trainer_is_active (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), FALSE);

  return trainer->run != NULL;
}

AtelierRunRecord *
atelier_trainer_get_record (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->record;
}

AtelierHistory *
atelier_trainer_get_history (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->record != NULL ? atelier_run_record_get_history (trainer->record) : NULL;
}

AtelierHistory *
atelier_trainer_get_own_history (AtelierTrainer *trainer)
{
  AtelierDataset *dataset;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  dataset = atelier_trainer_get_dataset (trainer);
  if (trainer->opened != NULL
      && (dataset == NULL
          || !g_str_equal (atelier_dataset_get_sha256 (dataset),
                           atelier_model_get_dataset_sha256 (trainer->opened))))
    return NULL;

  return atelier_trainer_get_history (trainer);
}

AtelierModel *
atelier_trainer_get_model (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->model;
}

AtelierModel *
atelier_trainer_get_epoch_model (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->epoch_model;
}

AtelierModel *
atelier_trainer_get_best_model (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->best_model;
}

gboolean
atelier_trainer_has_ended_early (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), FALSE);

  return trainer->state == ATELIER_TRAINER_COMPLETED
         && trainer->epoch
              < atelier_recipe_get_values (atelier_run_record_get_recipe (trainer->record))
                  ->n_epochs;
}

AtelierSplits *
atelier_trainer_get_splits (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->splits;
}

AtelierDataset *
atelier_trainer_get_dataset (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  return trainer->splits != NULL ? atelier_splits_get_dataset (trainer->splits) : NULL;
}

guint
atelier_trainer_get_epoch (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), 0);

  return trainer->epoch;
}

double
atelier_trainer_get_progress (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), 0.0);

  return trainer->progress;
}

double
atelier_trainer_get_images_per_second (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), 0.0);

  return trainer->images_per_second;
}

double
atelier_trainer_get_seconds_left (AtelierTrainer *trainer)
{
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NAN);

  return trainer->seconds_left;
}
