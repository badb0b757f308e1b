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
 * Validation and a fixed sample of the training images are classified at an epoch's end with the
 * weights that it has left.  The sample's loss is the one to hold against validation's: that of the
 * batches is a mean over weights that still changed, with dropout on.
 *
 * Where the recipe averages weights, it is the average that is judged, kept and published; the
 * newest weights are only trained, and a part of the training state.
 *
 * What the epochs were judged to be is kept as well: it says which is the best, may lower the rate,
 * and may end the run.  Where it does, a copy of the best epoch's weights is a part of the state.
 *
 * Going on from a model restores weights, moments, steps and position.  What describes the model
 * (reading of pictures, names) stays as it was, even where the same data came from elsewhere.
 *
 * One thread at a time.
 */

#include "config.h"

#include "training/atelier-learner-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-measure-private.h"
#include "model/atelier-batches.h"
#include "model/atelier-network-private.h"

/* Small enough for an answer to "stop" in under 100 ms, large enough for the engine's full
 * speed. */
#define MEASURE_PIECE 1000
#define SAMPLE_SIZE 5000 /* of the training images; within about 1 point of all of them */

struct _AtelierLearner
{
  AtelierRecipeValues values; /* the recipe's */
  NnOptimizer optimizer;
  NnAugmentation augmentation;
  gboolean is_augmenting;
  AtelierMeasure validation;
  AtelierMeasure training; /* of the sample */
  guint n_threads;
  AtelierBatches batches; /* of an epoch */

  /* Progress */
  guint epoch;         /* in progress, from 1; 0 before the first */
  guint i_batch;       /* next one of this epoch */
  gboolean is_midway;  /* restored within an epoch, which is still to be begun */
  gboolean is_back;    /* has stepped back: weights and moments are no longer of one time */
  guint n_good_epochs; /* behind kept */
  AtelierJudgement judgement; /* of the finished epochs */
  double loss_sum;     /* over the images of this epoch so far */
  double objective_sum;
  guint n_correct;

  /* What snapshots say */
  AtelierInput input;
  AtelierPixelStatistics pixels; /* of the training images, where the recipe standardises */
  char *dataset_name; /* Owned */
  char **class_names; /* Owned */

  /* Owned */
  AtelierNetwork *network;
  AtelierRecipe *recipe;
  AtelierSplits *splits;
  NnModel *model;
  NnModel *judge; /* the weights at the epoch's end, with room for many images at once */
  NnModel *kept; /* the last good weights */
  GPtrArray *best; /* those of the best epoch, where the recipe judges epochs; nullable */
  NnPool *pool;  /* nullable */
  guint32 *order; /* [n_images] */
};

static guint
count_finished_epochs (const AtelierLearner *learner)
{
  return learner->i_batch == learner->batches.n_batches ? learner->epoch
                                                        : MAX (learner->epoch, 1) - 1;
}

/* The network's own words for a layer of the engine's, or "" where the engine named none. */
static char *
describe_place (AtelierLearner *learner,
                int             i_layer)
{
  g_autofree char *layer = NULL;
  g_autofree char *number = NULL;
  guint i;

  if (i_layer < 0)
    return g_strdup ("");

  i = atelier_network_find_layer (learner->network, (guint) i_layer);
  layer = atelier_network_describe_row (learner->network, i);
  number = atelier_network_number_layer (learner->network, i);

  /* Translators: the place of an overflow, appended to “epoch 1, batch 2”: a layer's number and
   * description. */
  return g_strdup_printf (_(", in layer %s (%s)"), number, layer);
}

static void
set_not_finite (AtelierLearner  *learner,
                guint            batch,
                int              i_layer,
                GError         **error)
{
  g_autofree char *place = describe_place (learner, i_layer);
  const char *advice = learner->values.raw_pixels
                       ? _("Lower the learning rate, or let pixels be divided by 255.")
                       : _("Lower the learning rate.");

  /* Translators: %s are the place, or nothing, and what to do. */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE,
               _("The numbers grew beyond all bounds at epoch %u, batch %u%s. %s"),
               learner->epoch, batch, place, advice);
}

static void
init_input (AtelierInput   *input,
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
check_weights (AtelierLearner  *learner,
               GError         **error)
{
  int i_layer = atelier_engine_find_not_finite (learner->model);

  if (i_layer < 0)
    return TRUE;

  set_not_finite (learner, learner->i_batch, i_layer, error);

  return FALSE;
}

static gboolean
has_average (const AtelierLearner *learner)
{
  return learner->values.average_decay > 0.0;
}

/* The weights that count: those of the last step, or their average. */
static NnStatus
copy_weights (AtelierLearner *learner,
              NnModel        *to)
{
  return has_average (learner) ? nn_model_copy_average (to, learner->model)
                               : nn_model_copy_parameters (to, learner->model);
}

/* What a learner has engine models for. */
enum
{
  TRAINED,
  JUDGE,
  KEPT,
  N_MODELS
};

static void
list_options (AtelierEngineOptions       *options, /* [N_MODELS] */
              const AtelierRecipeValues  *values,
              const AtelierBatches       *batches,
              guint                       n_threads,
              const AtelierPixelStatistics *pixels)
{
  options[TRAINED] = (AtelierEngineOptions) {
    .max_batch = atelier_batches_get_largest (batches),
    .n_threads = n_threads,
    .is_trainable = TRUE,
    .raw_pixels = values->raw_pixels,
    .pixels = pixels,
  };
  options[JUDGE] = (AtelierEngineOptions) {
    .max_batch = MEASURE_PIECE,
    .n_threads = n_threads,
    .raw_pixels = values->raw_pixels,
    .pixels = pixels,
  };
  options[KEPT] = (AtelierEngineOptions) { .max_batch = 1, .n_threads = 1 };
}

gboolean
atelier_learner_measure_memory (AtelierNetwork  *network,
                                AtelierRecipe   *recipe,
                                guint            n_images,
                                guint            n_threads,
                                guint64         *n_bytes,
                                GError         **error)
{
  AtelierEngineOptions options[N_MODELS];
  AtelierBatches batches;

  atelier_batches_init (&batches, network, recipe, n_images);
  list_options (options, atelier_recipe_get_values (recipe), &batches,
                atelier_engine_count_threads (n_threads), NULL);
  *n_bytes = 0;
  for (guint i = 0; i < N_MODELS; i++)
    {
      guint64 n = 0;

      if (!atelier_engine_measure_model (network, recipe, &options[i], _("Training"), &n, error))
        return FALSE;
      *n_bytes += n;
    }
  return TRUE;
}

static gboolean
create_models (AtelierLearner  *learner,
               GError         **error)
{
  NnModel ** const models[N_MODELS] = { &learner->model, &learner->judge, &learner->kept };
  AtelierEngineOptions options[N_MODELS];

  list_options (options, &learner->values, &learner->batches, learner->n_threads,
                &learner->pixels);
  for (guint i = 0; i < N_MODELS; i++)
    {
      *models[i] = atelier_engine_new_model (learner->network, learner->recipe, &options[i],
                                             _("Training"), error);
      if (*models[i] == NULL)
        return FALSE;
    }

  return atelier_error_check_nn (copy_weights (learner, learner->kept), NULL, _("Training"),
                                 error);
}

static gboolean
check_validation (AtelierLearner  *learner,
                  GError         **error)
{
  const AtelierRecipeValues *values = &learner->values;

  if (learner->validation.n > 0
      || (values->judged_by == ATELIER_JUDGED_BY_LOSS && !atelier_judgement_is_needed (values)))
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE,
               /* Translators: a data set */
               _("The recipe judges epochs by their validation images, but “%s” has none."),
               learner->dataset_name);
  return FALSE;
}

AtelierLearner *
atelier_learner_new (AtelierNetwork  *network,
                     AtelierRecipe   *recipe,
                     AtelierSplits   *splits,
                     guint            n_threads,
                     GError         **error)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  g_autoptr (AtelierLearner) learner = NULL;

  if (!atelier_engine_check_fit (network, dataset, error))
    return NULL;

  learner = g_new0 (AtelierLearner, 1);
  learner->recipe = atelier_recipe_freeze (recipe);
  learner->values = *atelier_recipe_get_values (learner->recipe);
  learner->optimizer = atelier_recipe_to_nn (&learner->values);
  learner->is_augmenting =
    atelier_recipe_get_augmentation (&learner->values, &learner->augmentation);
  learner->network = atelier_network_ref (network);
  learner->splits = atelier_splits_ref (splits);
  learner->n_threads = atelier_engine_count_threads (n_threads);
  atelier_batches_init (&learner->batches, network, recipe,
                        atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));
  learner->order = g_new (guint32, learner->batches.n_images);
  init_input (&learner->input, dataset);
  if (learner->values.standardizes)
    atelier_pixel_statistics_measure (&learner->pixels, splits,
                                      learner->values.raw_pixels ? 1.0 : 255.0);
  learner->dataset_name = g_strdup (atelier_dataset_get_name (dataset));
  learner->class_names = g_strdupv ((char **) atelier_dataset_get_class_names (dataset));

  if (!atelier_batches_check (&learner->batches, network, error)
      || !atelier_measure_init (&learner->validation, splits, ATELIER_SPLIT_VALIDATION, 0, error)
      || !atelier_measure_init (&learner->training, splits, ATELIER_SPLIT_TRAIN, SAMPLE_SIZE,
                                error)
      || !check_validation (learner, error)
      || !create_models (learner, error))
    return NULL;

  return g_steal_pointer (&learner);
}

/* ---- Going on ---- */

/* Whether the training images are those of the recipe's split, which counts do not say where they
 * were drawn at random. */
static gboolean
is_split_of (AtelierSplits *splits,
             AtelierRecipe *recipe)
{
  g_autoptr (AtelierSplits) own = NULL;

  if (atelier_recipe_get_values (recipe)->split == ATELIER_SPLIT_BY_DATA)
    return TRUE;
  own = atelier_recipe_split (recipe, atelier_splits_get_dataset (splits), NULL);
  return own != NULL && atelier_splits_equal (own, splits);
}

static gboolean
check_model (AtelierModel   *model,
             AtelierSplits  *splits,
             guint           n_epochs,
             GError        **error)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  guint n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);

  if (state == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("Training cannot go on from this model: it was saved without its training "
                     "state."));
      return FALSE;
    }

  if (strcmp (atelier_model_get_dataset_sha256 (model), atelier_dataset_get_sha256 (dataset)) != 0
      || state->n_images != n_images
      || !is_split_of (splits, atelier_model_get_recipe (model)))
    {
      /* Translators: both %s are names of data sets, which may be the same */
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("Training can go on only with the same data: the model began on other images "
                     "(“%s”) than these (“%s”)."),
                   atelier_model_get_dataset_name (model), atelier_dataset_get_name (dataset));
      return FALSE;
    }

  if (n_epochs <= state->n_epochs)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE,
                   ngettext ("The model already has %u finished epoch; ask for more than that.",
                             "The model already has %u finished epochs; ask for more than that.",
                             state->n_epochs),
                   state->n_epochs);
      return FALSE;
    }

  return TRUE;
}

/* The state agrees with recipe and number of images: models and check_model saw to that. */
static void
restore_position (AtelierLearner             *learner,
                  const AtelierTrainingState *state)
{
  learner->n_good_epochs = state->n_epochs;
  learner->epoch = state->n_epochs;
  learner->i_batch = state->n_epochs > 0 ? learner->batches.n_batches : 0;
  nn_model_set_n_steps (learner->model, state->n_steps);
  if (state->n_batches == 0)
    return;

  atelier_learner_begin_epoch (learner);
  learner->is_midway = TRUE;
  learner->i_batch = state->n_batches;
  learner->loss_sum = state->loss_sum;
  learner->objective_sum = state->objective_sum;
  learner->n_correct = state->n_correct;
}

/* @model: with the average as its own weights. */
static gboolean
restore_average (AtelierLearner  *learner,
                 AtelierModel    *model,
                 GError         **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();

  for (guint i = 0; i < atelier_model_get_n_tensors (model); i++)
    g_ptr_array_add (tensors, atelier_model_get_tensor (model, i));
  return atelier_engine_write_part (learner->model, NN_TENSOR_AVERAGE, tensors, error);
}

static gboolean
restore (AtelierLearner  *learner,
         AtelierModel    *model,
         GError         **error)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);
  GPtrArray *newest = state->weights[ATELIER_WEIGHTS_NEWEST];

  if (!atelier_engine_write_tensors (learner->model, model, error)
      || !atelier_engine_write_part (learner->model, NN_TENSOR_MOMENT_1, state->moments_1, error))
    return FALSE;
  if (state->moments_2 != NULL
      && !atelier_engine_write_part (learner->model, NN_TENSOR_MOMENT_2, state->moments_2, error))
    return FALSE;

  if (newest != NULL
      && (!restore_average (learner, model, error)
          || !atelier_engine_write_part (learner->model, NN_TENSOR_VALUE, newest, error)))
    return FALSE;
  learner->judgement = state->judgement;
  if (state->weights[ATELIER_WEIGHTS_BEST] != NULL)
    learner->best = g_ptr_array_ref (state->weights[ATELIER_WEIGHTS_BEST]);

  copy_weights (learner, learner->kept);
  restore_position (learner, state);

  learner->input = *atelier_model_get_input (model);
  g_free (learner->dataset_name);
  learner->dataset_name = g_strdup (atelier_model_get_dataset_name (model));
  g_strfreev (learner->class_names);
  learner->class_names = g_strdupv ((char **) atelier_model_get_class_names (model));

  return TRUE;
}

AtelierLearner *
atelier_learner_new_from (AtelierModel   *from,
                          AtelierSplits  *splits,
                          guint           n_epochs,
                          guint           n_threads,
                          GError        **error)
{
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;

  if (!check_model (from, splits, n_epochs, error))
    return NULL;

  /* With a training state it has the weights that go on, whichever are its own. */
  model = atelier_model_pick (from, atelier_recipe_get_weights (atelier_model_get_recipe (from)));
  recipe = atelier_recipe_new_with_epochs (atelier_model_get_recipe (model), n_epochs, error);
  if (recipe == NULL)
    return NULL;
  learner = atelier_learner_new (atelier_model_get_network (model), recipe, splits, n_threads,
                                 error);
  if (learner == NULL || !restore (learner, model, error))
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
  nn_model_free (learner->judge);
  nn_model_free (learner->kept);
  g_clear_pointer (&learner->best, g_ptr_array_unref);
  atelier_measure_clear (&learner->validation);
  atelier_measure_clear (&learner->training);
  g_free (learner->order);
  g_free (learner->dataset_name);
  g_strfreev (learner->class_names);
  atelier_network_unref (learner->network);
  atelier_recipe_unref (learner->recipe);
  atelier_splits_unref (learner->splits);
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
  return learner->batches.n_images;
}

guint
atelier_learner_get_n_measured (const AtelierLearner *learner)
{
  return learner->validation.n + learner->training.n;
}

guint
atelier_learner_get_n_batches (const AtelierLearner *learner)
{
  return learner->batches.n_batches;
}

guint
atelier_learner_get_n_threads (const AtelierLearner *learner)
{
  return learner->n_threads;
}

guint
atelier_learner_get_n_epochs_ended (const AtelierLearner *learner)
{
  return learner->n_good_epochs;
}

guint
atelier_learner_get_best_epoch (const AtelierLearner *learner)
{
  return learner->judgement.best_epoch;
}

gboolean
atelier_learner_is_over (const AtelierLearner *learner)
{
  return atelier_judgement_is_over (&learner->judgement, &learner->values, learner->n_good_epochs);
}

guint64
atelier_learner_get_n_batches_done (const AtelierLearner *learner)
{
  if (learner->epoch == 0)
    return 0;

  return (guint64) (learner->epoch - 1) * learner->batches.n_batches + learner->i_batch;
}

void
atelier_learner_begin_epoch (AtelierLearner *learner)
{
  if (learner->is_midway)
    {
      learner->is_midway = FALSE;
      return;
    }

  nn_shuffle (learner->values.seed, learner->epoch, learner->order, learner->batches.n_images);

  learner->epoch++;
  learner->i_batch = 0;
  learner->loss_sum = 0.0;
  learner->objective_sum = 0.0;
  learner->n_correct = 0;
  atelier_measure_restart (&learner->validation);
  atelier_measure_restart (&learner->training);
}

gboolean
atelier_learner_is_trained (const AtelierLearner *learner)
{
  return learner->i_batch == learner->batches.n_batches;
}

gboolean
atelier_learner_train_batch (AtelierLearner  *learner,
                             guint           *n_images,
                             float           *loss,
                             float           *accuracy,
                             GError         **error)
{
  const double rate = atelier_schedule_get_rate (&learner->values, &learner->judgement.schedule,
                                                 atelier_learner_get_n_batches_done (learner),
                                                 learner->batches.n_batches);

  return atelier_learner_train_batch_at (learner, rate, n_images, loss, accuracy, error);
}

gboolean
atelier_learner_train_batch_at (AtelierLearner  *learner,
                                double           rate,
                                guint           *n_images,
                                float           *loss,
                                float           *accuracy,
                                GError         **error)
{
  const guint i_first = atelier_batches_count_images (&learner->batches, learner->i_batch);
  const guint n = atelier_batches_count_images (&learner->batches, learner->i_batch + 1) - i_first;
  NnBatch batch = {
    .images = atelier_splits_get_images (learner->splits, ATELIER_SPLIT_TRAIN),
    .labels = atelier_splits_get_labels (learner->splits, ATELIER_SPLIT_TRAIN),
    .indices = learner->order + i_first,
    .n = n,
    .epoch = learner->epoch - 1,
    .augmentation = learner->is_augmenting ? &learner->augmentation : NULL,
  };
  NnStepResult result = { 0 };
  NnError nn_error = { .i_layer = -1 };
  NnStatus status;

  learner->optimizer.learning_rate = (float) rate;
  status = nn_train_step (learner->model, learner->pool, &batch, &learner->optimizer, &result,
                          &nn_error);
  if (status == NN_STATUS_NOT_FINITE)
    {
      set_not_finite (learner, learner->i_batch + 1, nn_error.i_layer, error);
      return FALSE;
    }
  if (!atelier_error_check_nn (status, &nn_error, _("Training"), error))
    return FALSE;

  learner->i_batch++;
  learner->loss_sum += result.loss * n;
  learner->objective_sum += result.objective * n;
  learner->n_correct += (guint) result.n_correct;
  *n_images = n;
  *loss = (float) result.loss;
  *accuracy = (float) ((double) result.n_correct / n);

  return TRUE;
}

gboolean
atelier_learner_is_measured (const AtelierLearner *learner)
{
  return atelier_measure_is_done (&learner->validation)
         && atelier_measure_is_done (&learner->training);
}

gboolean
atelier_learner_measure_piece (AtelierLearner  *learner,
                               GError         **error)
{
  AtelierMeasure *measure = atelier_measure_is_done (&learner->validation)
                            ? &learner->training
                            : &learner->validation;

  if (learner->validation.n_done == 0 && learner->training.n_done == 0)
    copy_weights (learner, learner->judge);

  return atelier_measure_advance (measure, learner->judge, learner->pool, MEASURE_PIECE, error);
}

/* FALSE where memory is short for a copy of the best weights. */
static gboolean
judge_epoch (AtelierLearner             *learner,
             const AtelierEpochFigures  *figures,
             GError                    **error)
{
  const AtelierRecipeValues *values = &learner->values;
  const double figure = learner->validation.n == 0 ? figures->loss
                        : values->judged_by == ATELIER_JUDGED_BY_ACCURACY
                          ? figures->validation_accuracy
                          : figures->validation_loss;

  if (!atelier_judgement_add (&learner->judgement, values, figures->epoch, figure)
      || !atelier_judgement_is_needed (values))
    return TRUE;
  g_clear_pointer (&learner->best, g_ptr_array_unref);
  learner->best = atelier_engine_read_tensors (learner->kept, error);
  return learner->best != NULL;
}

gboolean
atelier_learner_end_epoch (AtelierLearner       *learner,
                           AtelierEpochFigures  *figures,
                           AtelierPredictions  **validation,
                           AtelierPredictions  **training,
                           GError              **error)
{
  g_autoptr (AtelierPredictions) validated = NULL;
  const gboolean has_validation = learner->validation.n > 0;

  if (!check_weights (learner, error))
    return FALSE;

  validated = atelier_measure_finish (&learner->validation,
                                      &figures->validation_loss, &figures->validation_accuracy);
  if (has_validation && !isfinite (figures->validation_loss))
    {
      set_not_finite (learner, learner->i_batch, -1, error);
      return FALSE;
    }

  figures->epoch = learner->epoch;
  figures->loss = learner->loss_sum / learner->batches.n_images;
  figures->accuracy = (double) learner->n_correct / learner->batches.n_images;
  figures->objective = learner->values.label_smoothing > 0.0
                         ? learner->objective_sum / learner->batches.n_images
                         : NAN;
  *validation = has_validation ? g_steal_pointer (&validated) : NULL;
  *training = atelier_measure_finish (&learner->training,
                                      &figures->train_eval_loss, &figures->train_eval_accuracy);

  copy_weights (learner, learner->kept);
  figures->penalty = nn_model_get_penalty (learner->kept, learner->values.l2);
  learner->n_good_epochs = learner->epoch;

  return judge_epoch (learner, figures, error);
}

/* @state: nullable. */
static AtelierModel *
create_snapshot (AtelierLearner              *learner,
                 const AtelierTrainingState  *state,
                 GError                     **error)
{
  g_autoptr (GPtrArray) tensors = NULL;
  AtelierModelParts parts;

  if (!check_weights (learner, error))
    return NULL;

  /* After a step back the weights are what was kept, and no average is behind them. */
  tensors = atelier_engine_read_part (
    learner->model,
    has_average (learner) && !learner->is_back ? NN_TENSOR_AVERAGE : NN_TENSOR_VALUE, error);
  if (tensors == NULL)
    return NULL;

  parts = (AtelierModelParts) {
    .network = learner->network,
    .recipe = learner->recipe,
    .input = &learner->input,
    .pixels = &learner->pixels,
    .class_names = (const char * const *) learner->class_names,
    .dataset_name = learner->dataset_name,
    .dataset_sha256 = atelier_dataset_get_sha256 (atelier_splits_get_dataset (learner->splits)),
    .weights = atelier_recipe_get_weights (learner->recipe),
    .n_epochs = count_finished_epochs (learner),
    .tensors = tensors,
    .state = state,
  };

  return atelier_model_new (&parts, error);
}

AtelierModel *
atelier_learner_snapshot (AtelierLearner  *learner,
                          GError         **error)
{
  return create_snapshot (learner, NULL, error);
}

/* What the engine keeps beside the weights.  @state owns it. */
static gboolean
read_parts (AtelierLearner        *learner,
            AtelierTrainingState  *state,
            GError               **error)
{
  const guint n_moments = atelier_training_state_count_moments (learner->recipe);

  state->moments_1 = atelier_engine_read_part (learner->model, NN_TENSOR_MOMENT_1, error);
  if (state->moments_1 == NULL)
    return FALSE;
  if (n_moments == 2)
    state->moments_2 = atelier_engine_read_part (learner->model, NN_TENSOR_MOMENT_2, error);
  if (n_moments == 2 && state->moments_2 == NULL)
    return FALSE;
  if (learner->best != NULL)
    state->weights[ATELIER_WEIGHTS_BEST] = g_ptr_array_ref (learner->best);
  if (has_average (learner))
    state->weights[ATELIER_WEIGHTS_NEWEST] = atelier_engine_read_tensors (learner->model, error);
  return !has_average (learner) || state->weights[ATELIER_WEIGHTS_NEWEST] != NULL;
}

AtelierModel *
atelier_learner_snapshot_with_state (AtelierLearner  *learner,
                                     GError         **error)
{
  const gboolean is_within_epoch = learner->epoch > learner->n_good_epochs && learner->i_batch > 0;
  g_autoptr (AtelierTrainingState) state = NULL;
  AtelierModel *model;

  if (learner->is_back)
    return atelier_learner_snapshot (learner, error);

  state = g_new0 (AtelierTrainingState, 1);
  state->n_images = learner->batches.n_images;
  state->n_epochs = learner->n_good_epochs;
  state->n_batches = is_within_epoch ? learner->i_batch : 0;
  state->n_steps = nn_model_get_n_steps (learner->model);
  state->loss_sum = is_within_epoch ? learner->loss_sum : 0.0;
  if (is_within_epoch && learner->values.label_smoothing > 0.0)
    state->objective_sum = learner->objective_sum;
  state->n_correct = is_within_epoch ? learner->n_correct : 0;
  if (atelier_judgement_is_needed (&learner->values))
    state->judgement = learner->judgement;
  if (!read_parts (learner, state, error))
    return NULL;

  /* Moments may overflow where weights do not yet. */
  model = create_snapshot (learner, state, NULL);

  return model != NULL ? model : atelier_learner_snapshot (learner, error);
}

void
atelier_learner_step_back (AtelierLearner *learner)
{
  nn_model_copy_parameters (learner->model, learner->kept);
  learner->is_back = TRUE;
  learner->epoch = learner->n_good_epochs;
  learner->i_batch = learner->epoch > 0 ? learner->batches.n_batches : 0;
}
