/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classifies with a model's weights, and measures a model on a split.
 *
 * A predictor keeps an engine model for one image, without helper threads: passing work to another
 * thread takes about as long as a small network needs for a picture.  A trainer publishes new
 * weights of the same network twice a second; these are copied in place.
 *
 * An evaluation creates an engine model of its own, with large batches and helper threads, and
 * frees it at the end.  It may run on a thread of GTask's pool while the same AtelierModel is in
 * use elsewhere, since a model is immutable.  It works in pieces and can be cancelled between them.
 */

#include "config.h"

#include "inference/atelier-predictor.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "inference/atelier-measure-private.h"

#define EVALUATION_BATCH 256
#define EVALUATION_PIECE 2048

struct _AtelierPredictor
{
  GObject parent_instance;

  /* Owned */
  AtelierModel *model;
  NnModel *nn_model;
};

G_DEFINE_FINAL_TYPE (AtelierPredictor, atelier_predictor, G_TYPE_OBJECT)

/* What atelier_evaluate_async passes to its thread. */
typedef struct
{
  AtelierSplit split;

  /* Owned */
  AtelierModel *model;
  AtelierSplits *splits;
} EvaluationRequest;

static void
evaluation_request_free (EvaluationRequest *request)
{
  atelier_model_unref (request->model);
  atelier_splits_unref (request->splits);
  g_free (request);
}

/* Whether an engine model that was made for @a can take the weights of @b. */
static gboolean
is_interchangeable (AtelierModel *a,
                    AtelierModel *b)
{
  return atelier_model_get_raw_pixels (a) == atelier_model_get_raw_pixels (b)
         && atelier_pixel_statistics_equal (atelier_model_get_pixels (a),
                                            atelier_model_get_pixels (b))
         && atelier_network_equal (atelier_model_get_network (a), atelier_model_get_network (b));
}

/* An engine model with the weights of @model, for classifying only. */
static NnModel *
create_nn_model (AtelierModel                *model,
                 const AtelierEngineOptions  *options,
                 GError                     **error)
{
  g_autoptr (NnModel) nn_model = atelier_engine_new_model (atelier_model_get_network (model),
                                                           atelier_model_get_recipe (model),
                                                           options, _("Classifying"), error);

  if (nn_model == NULL || !atelier_engine_write_tensors (nn_model, model, error))
    return NULL;

  return g_steal_pointer (&nn_model);
}

static gboolean
measure_split (AtelierMeasure  *measure,
               NnModel         *nn_model,
               NnPool          *pool,
               GCancellable    *cancellable,
               GError         **error)
{
  while (!atelier_measure_is_done (measure))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !atelier_measure_advance (measure, nn_model, pool, EVALUATION_PIECE, error))
        return FALSE;
    }

  return TRUE;
}

static void
evaluate_in_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  EvaluationRequest *request = task_data;
  GError *error = NULL;
  AtelierEvaluation *evaluation = atelier_evaluate (request->model, request->splits,
                                                    request->split, FALSE, 0, cancellable, &error);

  if (evaluation != NULL)
    g_task_return_pointer (task, evaluation, (GDestroyNotify) atelier_evaluation_free);
  else
    g_task_return_error (task, error);
}

static void
atelier_predictor_finalize (GObject *object)
{
  AtelierPredictor *predictor = ATELIER_PREDICTOR (object);

  g_clear_pointer (&predictor->model, atelier_model_unref);
  nn_model_free (predictor->nn_model);

  G_OBJECT_CLASS (atelier_predictor_parent_class)->finalize (object);
}

static void
atelier_predictor_class_init (AtelierPredictorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_predictor_finalize;
}

static void
atelier_predictor_init (AtelierPredictor *predictor)
{
}

AtelierPredictor *
atelier_predictor_new (AtelierModel  *model,
                       GError       **error)
{
  g_autoptr (AtelierPredictor) predictor = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  predictor = g_object_new (ATELIER_TYPE_PREDICTOR, NULL);
  if (!atelier_predictor_set_model (predictor, model, error))
    return NULL;

  return g_steal_pointer (&predictor);
}

AtelierModel *
atelier_predictor_get_model (AtelierPredictor *predictor)
{
  g_return_val_if_fail (ATELIER_IS_PREDICTOR (predictor), NULL);

  return predictor->model;
}

gboolean
atelier_predictor_set_model (AtelierPredictor  *predictor,
                             AtelierModel      *model,
                             GError           **error)
{
  g_return_val_if_fail (ATELIER_IS_PREDICTOR (predictor), FALSE);
  g_return_val_if_fail (model != NULL, FALSE);

  if (predictor->model == model)
    return TRUE;

  if (predictor->model != NULL && is_interchangeable (predictor->model, model))
    {
      if (!atelier_engine_write_tensors (predictor->nn_model, model, error))
        return FALSE;
    }
  else
    {
      const AtelierEngineOptions options = {
        .max_batch = 1,
        .n_threads = 1,
        .raw_pixels = atelier_model_get_raw_pixels (model),
        .pixels = atelier_model_get_pixels (model),
      };
      NnModel *nn_model = create_nn_model (model, &options, error);

      if (nn_model == NULL)
        return FALSE;

      nn_model_free (predictor->nn_model);
      predictor->nn_model = nn_model;
    }

  atelier_model_ref (model);
  g_clear_pointer (&predictor->model, atelier_model_unref);
  predictor->model = model;

  return TRUE;
}

gboolean
atelier_predictor_classify (AtelierPredictor  *predictor,
                            const guint8      *pixels,
                            float             *scores,
                            GError           **error)
{
  const NnBatch batch = { .images = pixels, .n = 1 };
  NnError nn_error = { 0 };
  NnStatus status;

  g_return_val_if_fail (ATELIER_IS_PREDICTOR (predictor), FALSE);
  g_return_val_if_fail (pixels != NULL && scores != NULL, FALSE);

  status = nn_predict (predictor->nn_model, NULL, &batch, scores, NULL, &nn_error);

  return atelier_error_check_nn (status, &nn_error, _("Classifying"), error);
}

void
atelier_evaluation_free (AtelierEvaluation *evaluation)
{
  if (evaluation == NULL)
    return;

  g_clear_pointer (&evaluation->predictions, atelier_predictions_unref);
  g_clear_pointer (&evaluation->confusion, atelier_confusion_unref);
  g_free (evaluation);
}

gboolean
atelier_evaluate_check (AtelierSplits  *splits,
                        AtelierSplit    split,
                        GError        **error)
{
  static const char *const sentences[ATELIER_N_SPLITS] = {
    [ATELIER_SPLIT_TRAIN] = N_("“%s” has no training images: there is nothing to measure"),
    [ATELIER_SPLIT_VALIDATION] = N_("“%s” has no validation images: there is nothing to measure"),
    [ATELIER_SPLIT_TEST] = N_("“%s” has no test images: there is nothing to measure"),
  };

  g_return_val_if_fail (splits != NULL && split < ATELIER_N_SPLITS, FALSE);

  if (atelier_splits_get_n (splits, split) > 0)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED, _(sentences[split]),
               atelier_dataset_get_name (atelier_splits_get_dataset (splits)));

  return FALSE;
}

AtelierEvaluation *
atelier_evaluate (AtelierModel   *model,
                  AtelierSplits  *splits,
                  AtelierSplit    split,
                  gboolean        raw_pixels,
                  guint           n_threads,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_auto (AtelierMeasure) measure = { 0 };
  g_autoptr (NnModel) nn_model = NULL;
  g_autoptr (NnPool) pool = NULL;
  AtelierEngineOptions options;
  AtelierEvaluation *evaluation;
  gint64 start_us = g_get_monotonic_time ();

  g_return_val_if_fail (model != NULL && splits != NULL, NULL);

  if (!atelier_engine_check_fit (atelier_model_get_network (model),
                                 atelier_splits_get_dataset (splits), error)
      || !atelier_evaluate_check (splits, split, error)
      || !atelier_measure_init (&measure, splits, split, 0, error))
    return NULL;

  options = (AtelierEngineOptions) {
    .max_batch = EVALUATION_BATCH,
    .n_threads = atelier_engine_count_threads (n_threads),
    .raw_pixels = raw_pixels || atelier_model_get_raw_pixels (model),
    .pixels = atelier_model_get_pixels (model),
  };
  nn_model = create_nn_model (model, &options, error);
  if (nn_model == NULL)
    return NULL;

  pool = atelier_engine_open_pool (options.n_threads);
  if (!measure_split (&measure, nn_model, pool, cancellable, error))
    return NULL;

  evaluation = g_new0 (AtelierEvaluation, 1);
  evaluation->predictions =
    atelier_measure_finish (&measure, &evaluation->loss, &evaluation->accuracy);
  evaluation->confusion = atelier_confusion_new (evaluation->predictions);
  evaluation->penalty =
    nn_model_get_penalty (nn_model,
                          atelier_recipe_get_values (atelier_model_get_recipe (model))->l2);
  evaluation->seconds = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;

  return evaluation;
}

void
atelier_evaluate_async (AtelierModel        *model,
                        AtelierSplits       *splits,
                        AtelierSplit         split,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  EvaluationRequest *request;

  g_return_if_fail (model != NULL && splits != NULL);

  request = g_new0 (EvaluationRequest, 1);
  request->split = split;
  request->model = atelier_model_ref (model);
  request->splits = atelier_splits_ref (splits);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_evaluate_async);
  g_task_set_task_data (task, request, (GDestroyNotify) evaluation_request_free);
  g_task_run_in_thread (task, evaluate_in_thread);
}

AtelierEvaluation *
atelier_evaluate_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
