/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Training states: checked as a whole, so that whoever finds one in a model can go on from it.
 *
 * The number of steps follows from the other counts; it is kept and compared all the same, since it
 * is what Adam's correction starts from.  The number of the epoch's images seen so far is not kept:
 * it follows from the batches.  Pure functions; any thread.
 */

#include "config.h"

#include "model/atelier-training-state.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-json.h"
#include "model/atelier-batches.h"
#include "model/atelier-floats-private.h"
#include "model/atelier-network-private.h"

#define MAX_EPOCHS 10000 /* as in recipes */
#define JUDGEMENT "judgement"
#define OBJECTIVE "objective_sum"

/* @tensors: nullable.  Transfer full. */
static GPtrArray *
copy_tensors (GPtrArray *tensors)
{
  GPtrArray *copy;

  if (tensors == NULL)
    return NULL;
  copy = g_ptr_array_copy (tensors, (GCopyFunc) g_bytes_ref, NULL);
  g_ptr_array_set_free_func (copy, (GDestroyNotify) g_bytes_unref);
  return copy;
}

AtelierTrainingState *
atelier_training_state_copy (const AtelierTrainingState *state)
{
  AtelierTrainingState *copy;

  g_return_val_if_fail (state != NULL && state->moments_1 != NULL, NULL);

  copy = g_memdup2 (state, sizeof *state);
  copy->moments_1 = copy_tensors (state->moments_1);
  copy->moments_2 = copy_tensors (state->moments_2);
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    copy->weights[i] = copy_tensors (state->weights[i]);
  return copy;
}

void
atelier_training_state_free (AtelierTrainingState *state)
{
  if (state == NULL)
    return;

  g_clear_pointer (&state->moments_1, g_ptr_array_unref);
  g_clear_pointer (&state->moments_2, g_ptr_array_unref);
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    g_clear_pointer (&state->weights[i], g_ptr_array_unref);
  g_free (state);
}

guint
atelier_training_state_count_moments (const AtelierRecipe *recipe)
{
  g_return_val_if_fail (recipe != NULL, 0);

  return atelier_optimizer_class_get (atelier_recipe_get_values (recipe)->optimizer)->n_moments;
}

gboolean
atelier_training_state_has_weights (const AtelierTrainingState *state,
                                    const AtelierRecipe        *recipe,
                                    AtelierWeights              own,
                                    AtelierWeights              which)
{
  const AtelierRecipeValues *values;

  g_return_val_if_fail (state != NULL && recipe != NULL, FALSE);

  values = atelier_recipe_get_values (recipe);
  switch (which)
    {
    case ATELIER_WEIGHTS_AVERAGED:
      return which != own && values->average_decay > 0.0;
    case ATELIER_WEIGHTS_BEST:
      return which != own && atelier_judgement_is_needed (values)
             && state->judgement.best_epoch > 0;
    case ATELIER_WEIGHTS_NEWEST:
    case ATELIER_N_WEIGHTS:
    default:
      return which != own;
    }
}

/* Whether the epoch after the finished ones lacks only its measuring. */
static gboolean
is_trained (const AtelierTrainingState *state,
            const AtelierBatches       *batches)
{
  return batches->n_batches > 0 && state->n_batches == batches->n_batches;
}

guint
atelier_training_state_count_epochs (const AtelierTrainingState *state,
                                     AtelierNetwork             *network,
                                     const AtelierRecipe        *recipe,
                                     AtelierWeights              which)
{
  AtelierBatches batches;

  g_return_val_if_fail (state != NULL && network != NULL && recipe != NULL, 0);

  if (which == ATELIER_WEIGHTS_BEST)
    return state->judgement.best_epoch;
  atelier_batches_init (&batches, network, recipe, state->n_images);
  return state->n_epochs + (is_trained (state, &batches) ? 1 : 0);
}

/* ---- Checking ---- */

static void
fail_position (GError **error)
{
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("The training state's epochs, batches and steps do not agree"));
}

static gboolean
check_position (const AtelierTrainingState  *state,
                const AtelierBatches        *batches,
                const AtelierRecipe         *recipe,
                GError                     **error)
{
  const AtelierRecipeValues *values = atelier_recipe_get_values (recipe);
  const guint per_epoch = batches->n_batches;

  if (per_epoch > 0 && state->n_batches > per_epoch)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("The training state is at batch %u of an epoch of %u"), state->n_batches,
                   per_epoch);
      return FALSE;
    }
  if (per_epoch > 0 && state->n_epochs <= values->n_epochs
      && (state->n_epochs < values->n_epochs || state->n_batches == 0)
      && state->n_steps == (guint64) state->n_epochs * per_epoch + state->n_batches)
    return TRUE;
  fail_position (error);
  return FALSE;
}

static gboolean
check_sums (const AtelierTrainingState  *state,
            const AtelierBatches        *batches,
            GError                     **error)
{
  const guint n_seen = atelier_batches_count_images (batches, state->n_batches);

  if (isfinite (state->loss_sum) && state->loss_sum >= 0.0 && state->n_correct <= n_seen
      && isfinite (state->objective_sum) && state->objective_sum >= 0.0
      && (n_seen > 0 || (state->loss_sum == 0.0 && state->objective_sum == 0.0)))
    return TRUE;
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("The training state's sums cannot be those of its batches"));
  return FALSE;
}

/* What the model's own weights are, and what the epochs were judged to be. */
static gboolean
check_own (const AtelierTrainingState  *state,
           AtelierNetwork              *network,
           const AtelierRecipe         *recipe,
           AtelierWeights               own,
           guint                        n_model_epochs,
           GError                     **error)
{
  static const AtelierJudgement none = { 0 };
  const AtelierJudgement *judgement = &state->judgement;
  const gboolean is_judging = atelier_judgement_is_needed (atelier_recipe_get_values (recipe));

  if (n_model_epochs != atelier_training_state_count_epochs (state, network, recipe, own))
    {
      fail_position (error);
      return FALSE;
    }
  if (is_judging ? atelier_judgement_is_good (judgement, state->n_epochs)
                 : atelier_judgement_equal (judgement, &none))
    return TRUE;
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("What the training state says of the best epoch cannot be"));
  return FALSE;
}

/* Lists the tensors that a part of the state is kept of. */
typedef guint (*ListTensors) (const AtelierNetwork *network,
                              AtelierTensorSpec    *specs);

/* Moments, or the newest weights.  @moments: nullable, where none are expected. */
static gboolean
check_moments (GPtrArray       *moments,
               gboolean         is_expected,
               ListTensors      list,
               AtelierNetwork  *network,
               GError         **error)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  guint n = is_expected ? list (network, specs) : 0;

  if ((moments != NULL) != is_expected || (moments != NULL && moments->len != n))
    {
      g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                           _("The training state is not one of the recipe"));
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (g_bytes_get_size (g_ptr_array_index (moments, i)) != specs[i].n_elements * sizeof (float))
      {
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                     /* Translators: %s is a tensor's name */
                     _("The training state of tensor “%s” does not have its size"), specs[i].name);
        return FALSE;
      }
  return TRUE;
}

/* @moments: nullable. */
static gboolean
check_numbers (GPtrArray       *moments,
               gboolean         are_squares,
               ListTensors      list,
               AtelierNetwork  *network,
               GError         **error)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];

  list (network, specs);
  for (guint i = 0; moments != NULL && i < moments->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (moments, i);

      if (!atelier_floats_are_finite (bytes))
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE,
                     _("The training state of tensor “%s” holds values that are not numbers (NaN "
                       "or infinite)"),
                     specs[i].name);
      else if (specs[i].is_variance && !atelier_floats_are_nonnegative (bytes))
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                     _("The training state of tensor “%s” is below 0, which no variance can be"),
                     specs[i].name);
      else if (are_squares && !atelier_floats_are_nonnegative (bytes))
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                     _("The moments of tensor “%s” hold values below 0, which no sum or mean of "
                       "squares can be"),
                     specs[i].name);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

/* The weights beside the model's own. */
static gboolean
check_weights (const AtelierTrainingState  *state,
               AtelierNetwork              *network,
               const AtelierRecipe         *recipe,
               AtelierWeights               own,
               GError                     **error)
{
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    if (!check_moments (state->weights[i],
                        atelier_training_state_has_weights (state, recipe, own, i),
                        atelier_network_list_tensors, network, error)
        || !check_numbers (state->weights[i], FALSE, atelier_network_list_tensors, network, error))
      return FALSE;
  return TRUE;
}

gboolean
atelier_training_state_check (const AtelierTrainingState  *state,
                              AtelierNetwork              *network,
                              const AtelierRecipe         *recipe,
                              AtelierWeights               own,
                              guint                        n_model_epochs,
                              GError                     **error)
{
  AtelierBatches batches;
  guint squares;

  g_return_val_if_fail (state != NULL && network != NULL && recipe != NULL, FALSE);

  squares = atelier_optimizer_class_get (atelier_recipe_get_values (recipe)->optimizer)->squares;
  atelier_batches_init (&batches, network, recipe, state->n_images);
  return check_position (state, &batches, recipe, error)
         && check_own (state, network, recipe, own, n_model_epochs, error)
         && check_sums (state, &batches, error)
         && check_moments (state->moments_1, TRUE, atelier_network_list_trained, network, error)
         && check_moments (state->moments_2, atelier_training_state_count_moments (recipe) == 2,
                           atelier_network_list_trained, network, error)
         && check_weights (state, network, recipe, own, error)
         && check_numbers (state->moments_1, (squares & 1u << 0) != 0,
                           atelier_network_list_trained, network, error)
         && check_numbers (state->moments_2, (squares & 1u << 1) != 0,
                           atelier_network_list_trained, network, error);
}

/* ---- JSON ---- */

JsonNode *
atelier_training_state_to_json (const AtelierTrainingState *state,
                                const AtelierRecipe        *recipe)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (state != NULL && recipe != NULL, NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "images", state->n_images);
  json_object_set_int_member (object, "epochs", state->n_epochs);
  json_object_set_int_member (object, "batches", state->n_batches);
  json_object_set_int_member (object, "steps", (gint64) state->n_steps);
  json_object_set_double_member (object, "loss_sum", state->loss_sum + 0.0); /* -0 becomes 0 */
  json_object_set_int_member (object, "correct", state->n_correct);
  if (atelier_recipe_get_values (recipe)->label_smoothing > 0.0)
    json_object_set_double_member (object, OBJECTIVE, state->objective_sum + 0.0);
  if (atelier_judgement_is_needed (atelier_recipe_get_values (recipe)))
    json_object_set_member (object, JUDGEMENT, atelier_judgement_to_json (&state->judgement));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static gboolean
read_judgement (AtelierJsonReader  *reader,
                AtelierJudgement   *judgement,
                GError            **error)
{
  JsonNode *node = json_object_get_member (reader->object, JUDGEMENT);

  if (node != NULL)
    return atelier_judgement_from_json (judgement, node, reader->origin, error);
  atelier_json_reader_fail (reader, error, _("“%s” is missing"), JUDGEMENT);
  return FALSE;
}

gboolean
atelier_training_state_from_json (AtelierTrainingState  *state,
                                  const AtelierRecipe   *recipe,
                                  JsonNode              *node,
                                  const char            *origin,
                                  GError               **error)
{
  const gboolean is_judging = atelier_judgement_is_needed (atelier_recipe_get_values (recipe));
  const gboolean is_smoothing = atelier_recipe_get_values (recipe)->label_smoothing > 0.0;
  /* A name that there is not becomes one of the others. */
  const char * const names[] = {
    "images", "epochs", "batches", "steps", "loss_sum", "correct",
    is_judging ? JUDGEMENT : "images", is_smoothing ? OBJECTIVE : "images", NULL
  };
  AtelierTrainingState result;
  AtelierJsonReader reader;
  gint64 n_steps = 0;

  g_return_val_if_fail (state != NULL && node != NULL && origin != NULL, FALSE);

  result = *state;
  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_FORMAT, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_uint (&reader, "images", TRUE, 1, G_MAXUINT, &result.n_images,
                                        error)
      || !atelier_json_reader_get_uint (&reader, "epochs", TRUE, 0, MAX_EPOCHS, &result.n_epochs,
                                        error)
      || !atelier_json_reader_get_uint (&reader, "batches", TRUE, 0, G_MAXUINT, &result.n_batches,
                                        error)
      || !atelier_json_reader_get_int (&reader, "steps", TRUE, 0, G_MAXINT64, &n_steps, error)
      || !atelier_json_reader_get_double (&reader, "loss_sum", TRUE, &result.loss_sum, error)
      || !atelier_json_reader_get_uint (&reader, "correct", TRUE, 0, G_MAXUINT, &result.n_correct,
                                        error)
      || (is_smoothing
          && !atelier_json_reader_get_double (&reader, OBJECTIVE, TRUE, &result.objective_sum,
                                              error))
      || (is_judging && !read_judgement (&reader, &result.judgement, error)))
    return FALSE;

  result.n_steps = (guint64) n_steps;
  *state = result;
  return TRUE;
}
