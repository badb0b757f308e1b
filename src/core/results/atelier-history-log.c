/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history and the flat arrays of a log.
 *
 * The log must not depend on how a run came to its end: at once, or broken off and gone on with.
 * So it is cut where the model was left, whatever the history has by then, and NaN is written in
 * one way.  Which predictions it has follows from the number of epochs and the best of them.  Main
 * thread.
 */

#include "config.h"

#include "results/atelier-history-log.h"

#include <math.h>

/* What is taken of a history. */
typedef struct
{
  AtelierHistory *history; /* Borrowed */
  guint           n_epochs;
  guint           n_batches;
  guint           n_classes;
} Extent;

static const AtelierSplit logged_splits[] = { ATELIER_SPLIT_TRAIN, ATELIER_SPLIT_VALIDATION };

/* There is more than one NaN. */
static double
normalize (double value)
{
  return isnan (value) ? (double) NAN : value;
}

static void
list_figures (const AtelierEpochFigures *figures,
              double                    *row)
{
  row[ATELIER_LOGGED_LOSS] = normalize (figures->loss);
  row[ATELIER_LOGGED_ACCURACY] = normalize (figures->accuracy);
  row[ATELIER_LOGGED_PENALTY] = normalize (figures->penalty);
  row[ATELIER_LOGGED_OBJECTIVE] = normalize (figures->objective);
  row[ATELIER_LOGGED_TRAIN_EVAL_LOSS] = normalize (figures->train_eval_loss);
  row[ATELIER_LOGGED_TRAIN_EVAL_ACCURACY] = normalize (figures->train_eval_accuracy);
  row[ATELIER_LOGGED_VALIDATION_LOSS] = normalize (figures->validation_loss);
  row[ATELIER_LOGGED_VALIDATION_ACCURACY] = normalize (figures->validation_accuracy);
}

static AtelierEpochFigures
read_figures (const double *row,
              guint         epoch)
{
  return (AtelierEpochFigures) {
    .epoch = epoch,
    .loss = row[ATELIER_LOGGED_LOSS],
    .accuracy = row[ATELIER_LOGGED_ACCURACY],
    .penalty = row[ATELIER_LOGGED_PENALTY],
    .objective = row[ATELIER_LOGGED_OBJECTIVE],
    .train_eval_loss = row[ATELIER_LOGGED_TRAIN_EVAL_LOSS],
    .train_eval_accuracy = row[ATELIER_LOGGED_TRAIN_EVAL_ACCURACY],
    .validation_loss = row[ATELIER_LOGGED_VALIDATION_LOSS],
    .validation_accuracy = row[ATELIER_LOGGED_VALIDATION_ACCURACY],
    .seconds = NAN,
    .images_per_second = NAN,
    .elapsed_seconds = NAN,
  };
}

/* ---- History to log ---- */

static GBytes *
log_epochs (const Extent *extent)
{
  const gsize n = (gsize) extent->n_epochs * ATELIER_N_LOGGED;
  double *rows = g_new (double, n);

  for (guint i = 0; i < extent->n_epochs; i++)
    list_figures (atelier_history_get_figures (extent->history, i), rows + i * ATELIER_N_LOGGED);
  return g_bytes_new_take (rows, n * sizeof *rows);
}

/* The newest of the first n_batches. */
static GBytes *
log_batches (const Extent *extent,
             const float  *values,
             guint         n_left_out)
{
  const guint n = extent->n_batches - n_left_out;
  float *kept = g_new (float, n);

  for (guint i = 0; i < n; i++)
    kept[i] = isnan (values[n_left_out + i]) ? (float) NAN : values[n_left_out + i];
  return g_bytes_new_take (kept, n * sizeof *kept);
}

/* The newest ones. */
static GBytes *
log_looks (AtelierHistory *history)
{
  const guint n_all = atelier_history_get_n_test_looks (history);
  const guint n = MIN (n_all, ATELIER_RUN_LOG_MAX_LOOKS);
  double *rows = g_new (double, (gsize) n * ATELIER_N_LOOK);

  for (guint i = 0; i < n; i++)
    {
      const AtelierTestLook *look = atelier_history_get_test_look (history, n_all - n + i);
      double *row = rows + (gsize) i * ATELIER_N_LOOK;

      row[ATELIER_LOOK_EPOCH] = look->epoch;
      row[ATELIER_LOOK_LOSS] = normalize (look->loss);
      row[ATELIER_LOOK_ACCURACY] = normalize (look->accuracy);
      row[ATELIER_LOOK_WEIGHTS] = look->weights;
    }
  return g_bytes_new_take (rows, (gsize) n * ATELIER_N_LOOK * sizeof *rows);
}

static GBytes *
list_pictures (AtelierPredictions *predictions)
{
  const guint n = atelier_predictions_get_n (predictions);
  guint32 *pictures = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    pictures[i] = atelier_predictions_get_picture (predictions, i);
  return g_bytes_new_take (pictures, n * sizeof *pictures);
}

static guint
count_images (const Extent *extent,
              AtelierSplit  split)
{
  for (guint i = 0; i < extent->n_epochs; i++)
    {
      AtelierEpoch *epoch = atelier_history_get_epoch (extent->history, i);
      AtelierPredictions *predictions = atelier_epoch_get_predictions_of (epoch, split);

      if (predictions != NULL)
        return atelier_predictions_get_n (predictions);
    }
  return 0;
}

/* Those of an epoch; NULL where they are not kept. */
static AtelierPredictions *
pick_predictions (const Extent *extent,
                  AtelierSplit  split,
                  guint         i_epoch,
                  guint         best,
                  guint         n_room)
{
  AtelierEpoch *epoch = atelier_history_get_epoch (extent->history, i_epoch);
  const guint newest = atelier_history_get_figures (extent->history, extent->n_epochs - 1)->epoch;
  const guint number = atelier_epoch_get_figures (epoch)->epoch;

  return atelier_run_log_keeps_epoch (number, newest, best, n_room)
           ? atelier_epoch_get_predictions_of (epoch, split)
           : NULL;
}

static void
append_predictions (AtelierPredictions *predictions,
                    guint               epoch,
                    GByteArray         *epochs,
                    GByteArray         *classes,
                    GByteArray         *scores)
{
  const guint n = atelier_predictions_get_n (predictions);
  const guint32 number = epoch;

  g_byte_array_append (epochs, (const guint8 *) &number, sizeof number);
  g_byte_array_append (classes, atelier_predictions_get_classes (predictions), n);
  g_byte_array_append (scores, (const void *) atelier_predictions_get_kept_scores (predictions),
                       n * sizeof (guint16));
  g_byte_array_append (scores,
                       (const void *) atelier_predictions_get_kept_truth_scores (predictions),
                       n * sizeof (guint16));
}

static void
log_split (const Extent             *extent,
           AtelierSplit              split,
           guint                     best,
           guint                     n_room,
           AtelierLoggedPredictions *logged)
{
  GByteArray *epochs = g_byte_array_new ();
  GByteArray *classes = g_byte_array_new ();
  GByteArray *scores = g_byte_array_new ();
  AtelierPredictions *any = NULL;

  for (guint i = 0; i < extent->n_epochs; i++)
    {
      AtelierPredictions *predictions = pick_predictions (extent, split, i, best, n_room);

      if (predictions == NULL)
        continue;
      any = predictions;
      append_predictions (predictions, atelier_history_get_figures (extent->history, i)->epoch,
                          epochs, classes, scores);
    }

  logged->epochs = g_byte_array_free_to_bytes (epochs);
  logged->classes = g_byte_array_free_to_bytes (classes);
  logged->scores = g_byte_array_free_to_bytes (scores);
  if (any == NULL)
    return;
  logged->is_sample = atelier_predictions_is_sample (any);
  logged->labels = g_bytes_new (atelier_predictions_get_labels (any),
                                atelier_predictions_get_n (any));
  logged->pictures = list_pictures (any);
}

static guint
find_best (const Extent *extent)
{
  const int i_best = atelier_history_get_best_of (extent->history, extent->n_epochs);

  return i_best < 0 ? 0 : atelier_history_get_figures (extent->history, (guint) i_best)->epoch;
}

static void
clear_logged (AtelierLoggedPredictions *logged)
{
  g_clear_pointer (&logged->labels, g_bytes_unref);
  g_clear_pointer (&logged->pictures, g_bytes_unref);
  g_clear_pointer (&logged->epochs, g_bytes_unref);
  g_clear_pointer (&logged->classes, g_bytes_unref);
  g_clear_pointer (&logged->scores, g_bytes_unref);
}

static AtelierRunLog *
create_log (const Extent *extent,
            guint         first_epoch)
{
  AtelierHistory *history = extent->history;
  const guint n_left_out = extent->n_batches - MIN (extent->n_batches,
                                                    ATELIER_RUN_LOG_MAX_BATCHES);
  const guint n_room
    = atelier_run_log_count_room ((guint64) count_images (extent, ATELIER_SPLIT_TRAIN)
                                  + count_images (extent, ATELIER_SPLIT_VALIDATION));
  g_autoptr (GBytes) figures = log_epochs (extent);
  g_autoptr (GBytes) losses
    = log_batches (extent, atelier_history_get_batch_losses (history), n_left_out);
  g_autoptr (GBytes) accuracies
    = log_batches (extent, atelier_history_get_batch_accuracies (history), n_left_out);
  g_autoptr (GBytes) looks = log_looks (history);
  AtelierRunLogParts parts = {
    .batches_per_epoch = atelier_history_get_batches_per_epoch (history),
    .first_epoch = first_epoch,
    .first_batch = (guint64) atelier_history_get_first_batch (history) + n_left_out,
    .figures = figures,
    .losses = losses,
    .accuracies = accuracies,
    .looks = looks,
  };
  AtelierRunLog *log;

  for (guint i = 0; i < G_N_ELEMENTS (logged_splits); i++)
    log_split (extent, logged_splits[i], find_best (extent), n_room,
               &parts.predictions[logged_splits[i]]);
  log = atelier_run_log_new (&parts, extent->n_classes, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (logged_splits); i++)
    clear_logged (&parts.predictions[logged_splits[i]]);
  return log;
}

/* Cuts the history where the model was left. */
static Extent
find_extent (AtelierHistory *history,
             AtelierModel   *model,
             guint          *first_epoch)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);
  const guint length = atelier_history_get_batches_per_epoch (history);
  const guint64 first = atelier_history_get_first_batch (history);
  Extent extent = {
    .history = history,
    .n_epochs = atelier_history_get_n_epochs (history),
    .n_batches = atelier_history_get_n_batches (history),
    .n_classes = atelier_network_get_n_classes (atelier_model_get_network (model)),
  };
  guint64 end;

  *first_epoch = extent.n_epochs > 0 ? atelier_history_get_figures (history, 0)->epoch
                                     : (guint) (first / length) + 1;
  if (state == NULL)
    return extent;

  end = (guint64) state->n_epochs * length + state->n_batches;
  while (extent.n_epochs > 0
         && atelier_history_get_figures (history, extent.n_epochs - 1)->epoch > state->n_epochs)
    extent.n_epochs--;
  if (first + extent.n_batches > end)
    extent.n_batches = end > first ? (guint) (end - first) : 0;
  return extent;
}

AtelierModel *
atelier_history_log_model (AtelierHistory *history,
                           AtelierModel   *model)
{
  g_autoptr (AtelierRunLog) log = NULL;
  AtelierModel *logged;
  guint first_epoch;
  Extent extent;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);
  g_return_val_if_fail (model != NULL, NULL);

  extent = find_extent (history, model, &first_epoch);
  if (extent.n_batches == 0 && extent.n_epochs == 0)
    return atelier_model_ref (model);
  log = create_log (&extent, first_epoch);
  logged = log != NULL ? atelier_model_with_log (model, log) : NULL;
  return logged != NULL ? logged : atelier_model_ref (model);
}

/* ---- Log to history ---- */

/* Those of an epoch; NULL where they were not kept.  @at: where to look, from which on the epochs
 * are later. */
static AtelierPredictions *
create_predictions (AtelierRunLog *log,
                    AtelierSplit   split,
                    guint          n_classes,
                    guint          epoch,
                    guint         *at)
{
  const AtelierLoggedPredictions *logged = &atelier_run_log_get_parts (log)->predictions[split];
  const gsize n = atelier_run_log_get_n_images (log, split);
  const guint8 *classes;
  const guint16 *scores;
  gsize i;

  if (*at >= atelier_run_log_get_n_kept (log, split)
      || ((const guint32 *) g_bytes_get_data (logged->epochs, NULL))[*at] != epoch)
    return NULL;

  i = (*at)++;
  classes = g_bytes_get_data (logged->classes, NULL);
  scores = g_bytes_get_data (logged->scores, NULL);
  return atelier_predictions_new_kept (split, logged->labels, logged->pictures, logged->is_sample,
                                       n_classes, classes + i * n, scores + i * 2 * n,
                                       scores + (i * 2 + 1) * n);
}

/* @measured: of epoch @measured_epoch; nullable. */
static void
append_epochs (AtelierHistory     *history,
               AtelierRunLog      *log,
               guint               n_classes,
               gboolean            has_predictions,
               guint               measured_epoch,
               AtelierPredictions *measured)
{
  const AtelierRunLogParts *parts = atelier_run_log_get_parts (log);
  const double *rows = g_bytes_get_data (parts->figures, NULL);
  g_autoptr (GPtrArray) epochs = g_ptr_array_new_with_free_func (g_object_unref);
  guint at[ATELIER_N_SPLITS] = { 0 };

  for (guint i = 0; i < atelier_run_log_get_n_epochs (log); i++)
    {
      const guint number = parts->first_epoch + i;
      const AtelierEpochFigures figures
        = read_figures (rows + (gsize) i * ATELIER_N_LOGGED, number);
      g_autoptr (AtelierPredictions) training = NULL;
      g_autoptr (AtelierPredictions) validation = NULL;

      if (has_predictions)
        {
          training = create_predictions (log, ATELIER_SPLIT_TRAIN, n_classes, number,
                                         &at[ATELIER_SPLIT_TRAIN]);
          validation = create_predictions (log, ATELIER_SPLIT_VALIDATION, n_classes, number,
                                           &at[ATELIER_SPLIT_VALIDATION]);
        }
      g_ptr_array_add (epochs,
                       atelier_epoch_new (&figures,
                                          measured != NULL && number == measured_epoch
                                            ? measured
                                            : validation,
                                          training));
    }
  atelier_history_append_epochs (history, (AtelierEpoch **) epochs->pdata, epochs->len);
}

static AtelierHistory *
read_log (AtelierModel       *model,
          guint               n_epochs_planned,
          gboolean            has_predictions,
          AtelierPredictions *measured)
{
  AtelierRunLog *log = atelier_model_get_log (model);
  const guint n_classes = atelier_network_get_n_classes (atelier_model_get_network (model));
  const AtelierRunLogParts *parts;
  g_autofree float *seconds = NULL;
  AtelierHistory *history;
  const double *look;
  guint n;

  parts = atelier_run_log_get_parts (log);
  history = atelier_history_new (parts->batches_per_epoch, n_epochs_planned);
  atelier_history_set_judged_by (
    history, atelier_recipe_get_values (atelier_model_get_recipe (model))->judged_by);
  atelier_history_set_first_batch (history, (guint) parts->first_batch);
  n = atelier_run_log_get_n_batches (log);
  seconds = g_new (float, n);
  for (guint i = 0; i < n; i++)
    seconds[i] = (float) NAN;
  atelier_history_append_batches (history, g_bytes_get_data (parts->losses, NULL),
                                  g_bytes_get_data (parts->accuracies, NULL), seconds, n);
  append_epochs (history, log, n_classes, has_predictions, atelier_model_get_n_epochs (model),
                 measured);
  look = g_bytes_get_data (parts->looks, NULL);
  for (guint i = 0; i < atelier_run_log_get_n_looks (log); i++, look += ATELIER_N_LOOK)
    atelier_history_add_test_look (history,
                                   &(AtelierTestLook) {
                                     .epoch = (guint) look[ATELIER_LOOK_EPOCH],
                                     .weights = (AtelierWeights) look[ATELIER_LOOK_WEIGHTS],
                                     .loss = look[ATELIER_LOOK_LOSS],
                                     .accuracy = look[ATELIER_LOOK_ACCURACY],
                                   });
  return history;
}

AtelierHistory *
atelier_history_new_of_model (AtelierModel *model,
                              guint         n_epochs_planned,
                              gboolean      has_predictions)
{
  g_return_val_if_fail (model != NULL, NULL);

  return atelier_model_get_log (model) != NULL
           ? read_log (model, n_epochs_planned, has_predictions, NULL)
           : NULL;
}

AtelierHistory *
atelier_history_new_shown (AtelierModel       *model,
                           guint               n_epochs_planned,
                           gboolean            is_own_data,
                           AtelierPredictions *measured,
                           double              loss,
                           double              accuracy)
{
  const guint n = atelier_model_get_n_epochs (model);
  double row[ATELIER_N_LOGGED];
  g_autoptr (AtelierEpoch) epoch = NULL;
  AtelierEpochFigures figures;
  AtelierHistory *history;

  if (atelier_model_get_log (model) != NULL)
    return read_log (model, n_epochs_planned, is_own_data, measured);

  history = atelier_history_new (1, n_epochs_planned);
  atelier_history_set_first_batch (history, n);
  if (measured == NULL || n == 0)
    return history;
  for (guint i = 0; i < ATELIER_N_LOGGED; i++)
    row[i] = (double) NAN;
  row[ATELIER_LOGGED_VALIDATION_LOSS] = loss;
  row[ATELIER_LOGGED_VALIDATION_ACCURACY] = accuracy;
  figures = read_figures (row, n);
  epoch = atelier_epoch_new (&figures, measured, NULL);
  atelier_history_append_epoch (history, epoch);
  return history;
}
