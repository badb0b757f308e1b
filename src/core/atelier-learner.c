/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of one training run.
 *
 * Kept apart from atelier-run.c so that there, threads, and here, figures can each be read
 * alone.  Nothing here depends on when it is called or how long it takes: the order of images comes
 * from (seed, epoch), dropout from (seed, epoch, image), and a pause between any two calls changes
 * no bit.
 *
 * The last good weights are those of the last finished epoch (at first the initial ones), in a
 * second, small engine model that is not trainable.  The last published copy was rejected for this:
 * when it is taken depends on the clock, and shortly before an overflow weights are finite but
 * already worthless.
 *
 * One thread at a time.
 */

#include "config.h"

#include "atelier-learner-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "atelier-error.h"
#include "atelier-measure-private.h"

/* Small enough for an answer to "stop" in under 100 ms, large enough for the engine's full
 * speed. */
#define VALIDATION_PIECE 1000

struct _AtelierLearner
{
  AtelierRecipe recipe;
  NnOptimizer optimizer;
  AtelierMeasure validation;
  guint n_threads;
  guint n_images;
  guint n_batches;

  /* Progress */
  guint epoch;         /* in progress, from 1; 0 before the first */
  guint i_batch;       /* next one of this epoch */
  guint n_good_epochs; /* behind kept */
  double loss_sum;     /* over the images of this epoch so far */
  guint n_correct;

  /* Owned */
  AtelierNetwork *network;
  AtelierDataset *dataset;
  NnModel *model;
  NnModel *kept; /* the last good weights */
  NnPool *pool;  /* nullable */
  guint32 *order; /* [n_images] */
};

static guint
count_finished_epochs (const AtelierLearner *learner)
{
  return learner->i_batch == learner->n_batches ? learner->epoch : MAX (learner->epoch, 1) - 1;
}

/* The network's own words for a layer, or "" where the engine named none. */
static char *
describe_place (AtelierLearner *learner,
                int i_layer)
{
  g_autofree char *layer = NULL;

  if (i_layer < 0)
    return g_strdup ("");

  layer = atelier_network_describe_layer (learner->network, (guint) i_layer);

  /* Translators: the place of an overflow, appended to “epoch 1, batch 2”: a layer's number and
   * description. */
  return g_strdup_printf (_(", in layer %d (%s)"), i_layer + 1, layer);
}

static void
set_not_finite (AtelierLearner *learner,
                guint batch,
                int i_layer,
                GError **error)
{
  g_autofree char *place = describe_place (learner, i_layer);
  const char *advice = learner->recipe.raw_pixels
                       ? _("Lower the learning rate, or let pixels be divided by 255.")
                       : _("Lower the learning rate.");

  /* Translators: %s are the place, or nothing, and what to do. */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE,
               _("The numbers grew beyond all bounds at epoch %u, batch %u%s. %s"),
               learner->epoch, batch, place, advice);
}

static void
init_input (AtelierInput *input,
            AtelierDataset *dataset)
{
  const char *id = atelier_dataset_get_id (dataset);
  guint height = atelier_dataset_get_height (dataset);
  guint width = atelier_dataset_get_width (dataset);

  if (strstr (id, "mnist") != NULL && strstr (id, "fashion") == NULL)
    atelier_input_init_mnist (input, height, width);
  else
    atelier_input_init_fashion (input, height, width);
}

static gboolean
check_weights (AtelierLearner *learner,
               GError **error)
{
  int i_layer = atelier_engine_find_not_finite (learner->model);

  if (i_layer < 0)
    return TRUE;

  set_not_finite (learner, learner->i_batch, i_layer, error);

  return FALSE;
}

static gboolean
create_models (AtelierLearner *learner,
               GError **error)
{
  const AtelierRecipe *recipe = &learner->recipe;
  const AtelierEngineOptions options = {
    .max_batch = MIN (recipe->batch_size, learner->n_images),
    .n_threads = learner->n_threads,
    .is_trainable = TRUE,
    .raw_pixels = recipe->raw_pixels,
  };
  const AtelierEngineOptions kept_options = { .max_batch = 1, .n_threads = 1 };

  learner->model = atelier_engine_new_model (learner->network, recipe, &options,
                                             _("Training"), error);
  if (learner->model == NULL)
    return FALSE;

  learner->kept = atelier_engine_new_model (learner->network, recipe, &kept_options,
                                            _("Training"), error);
  if (learner->kept == NULL)
    return FALSE;

  return atelier_error_check_nn (nn_model_copy_parameters (learner->kept, learner->model),
                                 NULL, _("Training"), error);
}

AtelierLearner *
atelier_learner_new (AtelierNetwork *network,
                     const AtelierRecipe *recipe,
                     AtelierDataset *dataset,
                     guint n_threads,
                     GError **error)
{
  g_autoptr (AtelierLearner) learner = NULL;

  if (!atelier_recipe_check (recipe, error) || !atelier_engine_check_fit (network, dataset, error))
    return NULL;

  learner = g_new0 (AtelierLearner, 1);
  learner->recipe = *recipe;
  learner->optimizer = atelier_recipe_to_nn (recipe);
  learner->network = atelier_network_ref (network);
  learner->dataset = atelier_dataset_ref (dataset);
  learner->n_threads = atelier_engine_count_threads (n_threads);
  learner->n_images = atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TRAIN);
  learner->n_batches = (learner->n_images - 1) / recipe->batch_size + 1;
  learner->order = g_new (guint32, learner->n_images);

  if (!atelier_measure_init (&learner->validation, dataset, ATELIER_SPLIT_VALIDATION, error) ||
      !create_models (learner, error))
    return NULL;

  return g_steal_pointer (&learner);
}

void
atelier_learner_free (AtelierLearner *learner)
{
  if (learner == NULL)
    return;

  nn_pool_free (learner->pool);
  nn_model_free (learner->model);
  nn_model_free (learner->kept);
  atelier_measure_clear (&learner->validation);
  g_free (learner->order);
  atelier_network_unref (learner->network);
  atelier_dataset_unref (learner->dataset);
  g_free (learner);
}

void
atelier_learner_open_pool (AtelierLearner *learner)
{
  g_return_if_fail (learner->pool == NULL);

  learner->pool = atelier_engine_open_pool (learner->n_threads);
}

guint
atelier_learner_get_n_images (const AtelierLearner *learner)
{
  return learner->n_images;
}

guint
atelier_learner_get_n_validation (const AtelierLearner *learner)
{
  return learner->validation.n;
}

guint
atelier_learner_get_n_batches (const AtelierLearner *learner)
{
  return learner->n_batches;
}

void
atelier_learner_begin_epoch (AtelierLearner *learner)
{
  nn_shuffle (learner->recipe.seed, learner->epoch, learner->order, learner->n_images);

  learner->epoch++;
  learner->i_batch = 0;
  learner->loss_sum = 0.0;
  learner->n_correct = 0;
  atelier_measure_restart (&learner->validation);
}

gboolean
atelier_learner_is_trained (const AtelierLearner *learner)
{
  return learner->i_batch == learner->n_batches;
}

gboolean
atelier_learner_train_batch (AtelierLearner *learner,
                             guint *n_images,
                             float *loss,
                             float *accuracy,
                             GError **error)
{
  const guint i_first = learner->i_batch * learner->recipe.batch_size;
  const guint n = MIN (learner->recipe.batch_size, learner->n_images - i_first);
  NnBatch batch = {
    .images = atelier_dataset_get_images (learner->dataset, ATELIER_SPLIT_TRAIN),
    .labels = atelier_dataset_get_labels (learner->dataset, ATELIER_SPLIT_TRAIN),
    .indices = learner->order + i_first,
    .n = n,
    .epoch = learner->epoch - 1,
  };
  NnStepResult result = { 0 };
  NnError nn_error = { .i_layer = -1 };
  NnStatus status = nn_train_step (learner->model, learner->pool, &batch, &learner->optimizer,
                                   &result, &nn_error);

  if (status == NN_STATUS_NOT_FINITE)
    {
      set_not_finite (learner, learner->i_batch + 1, nn_error.i_layer, error);
      return FALSE;
    }
  if (!atelier_error_check_nn (status, &nn_error, _("Training"), error))
    return FALSE;

  learner->i_batch++;
  learner->loss_sum += result.loss * n;
  learner->n_correct += (guint) result.n_correct;
  *n_images = n;
  *loss = (float) result.loss;
  *accuracy = (float) ((double) result.n_correct / n);

  return TRUE;
}

gboolean
atelier_learner_is_validated (const AtelierLearner *learner)
{
  return atelier_measure_is_done (&learner->validation);
}

gboolean
atelier_learner_validate_piece (AtelierLearner *learner,
                                GError **error)
{
  return atelier_measure_advance (&learner->validation, learner->model, learner->pool,
                                  VALIDATION_PIECE, error);
}

gboolean
atelier_learner_end_epoch (AtelierLearner *learner,
                           AtelierEpochFigures *figures,
                           AtelierPredictions **predictions,
                           GError **error)
{
  g_autoptr (AtelierPredictions) validated = NULL;
  const gboolean has_validation = learner->validation.n > 0;
  double sum_squares;

  if (!check_weights (learner, error) ||
      !atelier_engine_sum_squares (learner->model, &sum_squares, error))
    return FALSE;

  validated = atelier_measure_finish (&learner->validation,
                                      &figures->validation_loss, &figures->validation_accuracy);
  if (has_validation && !isfinite (figures->validation_loss))
    {
      set_not_finite (learner, learner->i_batch, -1, error);
      return FALSE;
    }

  figures->epoch = learner->epoch;
  figures->loss = learner->loss_sum / learner->n_images;
  figures->accuracy = (double) learner->n_correct / learner->n_images;
  figures->penalty = learner->recipe.l2 * sum_squares;
  *predictions = has_validation ? g_steal_pointer (&validated) : NULL;

  nn_model_copy_parameters (learner->kept, learner->model);
  learner->n_good_epochs = learner->epoch;

  return TRUE;
}

AtelierModel *
atelier_learner_snapshot (AtelierLearner *learner,
                          GError **error)
{
  g_autoptr (GPtrArray) tensors = NULL;
  AtelierInput input;
  AtelierModelParts parts;

  if (!check_weights (learner, error))
    return NULL;

  tensors = atelier_engine_read_tensors (learner->model, error);
  if (tensors == NULL)
    return NULL;

  init_input (&input, learner->dataset);
  parts = (AtelierModelParts) {
    .network = learner->network,
    .recipe = &learner->recipe,
    .input = &input,
    .class_names = atelier_dataset_get_class_names (learner->dataset),
    .dataset_name = atelier_dataset_get_name (learner->dataset),
    .dataset_sha256 = atelier_dataset_get_sha256 (learner->dataset),
    .n_epochs = count_finished_epochs (learner),
    .tensors = tensors,
  };

  return atelier_model_new (&parts, error);
}

void
atelier_learner_step_back (AtelierLearner *learner)
{
  nn_model_copy_parameters (learner->model, learner->kept);
  learner->epoch = learner->n_good_epochs;
  learner->i_batch = learner->epoch > 0 ? learner->n_batches : 0;
}
