/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model is checked when it is made: whoever holds one knows that its parts belong together.
 *
 * Texts are bounded here, so that every model can be written as a file.  Tensors are kept as the
 * bytes they came as; only bytes that do not lie where a float may lie (inside of a file) are
 * copied, so that readers may take them as floats on little-endian machines.  Immutable; any
 * thread.
 */

#include "config.h"

#include "model/atelier-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-batches.h"
#include "model/atelier-floats-private.h"
#include "model/atelier-network-private.h"
#include "nn.h"

struct _AtelierModel
{
  AtelierNetwork *network;        /* Owned */
  AtelierRecipe  *recipe;         /* Owned */
  AtelierInput    input;
  AtelierPixelStatistics pixels;
  char          **class_names;    /* Owned; NULL-terminated */
  char           *dataset_name;   /* Owned */
  char           *dataset_sha256; /* Owned */
  AtelierWeights  weights;
  guint           n_epochs;
  guint           arithmetic;
  GPtrArray      *tensors;        /* Owned; of GBytes */
  AtelierTrainingState *state;    /* Owned; nullable */
  AtelierRunLog  *log;            /* Owned; nullable */
};

G_DEFINE_BOXED_TYPE (AtelierModel, atelier_model, atelier_model_ref, atelier_model_unref)

/* ---- Checking ---- */

static gboolean
check_name (const char  *name,
            const char  *what,
            GError     **error)
{
  if (atelier_name_is_good (name))
    return TRUE;
  /* Translators: whose name it is, and the most bytes it can have */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("%s is longer than %d bytes, or not plain text"), what, ATELIER_MAX_NAME);
  return FALSE;
}

static gboolean
check_class_names (const AtelierModelParts  *parts,
                   GError                  **error)
{
  guint n_classes = atelier_network_get_n_classes (parts->network);
  guint n_names = g_strv_length ((char **) parts->class_names);

  if (n_names != n_classes)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("There are %u class names, but the network has %u classes"), n_names,
                   n_classes);
      return FALSE;
    }
  for (guint i = 0; i < n_names; i++)
    if (!check_name (parts->class_names[i], _("A class's name"), error))
      return FALSE;
  return TRUE;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
check_dataset (const AtelierModelParts  *parts,
               GError                  **error)
{
  if (!check_name (parts->dataset_name, _("The data set's name"), error))
    return FALSE;
  if (*parts->dataset_sha256 == '\0' || is_sha256 (parts->dataset_sha256))
    return TRUE;
  g_set_error_literal (
    error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
    _("The data set's SHA-256 does not have 64 hexadecimal digits in lower case"));
  return FALSE;
}

static gboolean
check_input (const AtelierModelParts  *parts,
             GError                  **error)
{
  guint height, width;

  atelier_network_get_input (parts->network, &height, &width, NULL);
  if (parts->input->height == height && parts->input->width == width)
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("Pictures are made %u×%u for a network that sees %u×%u"),
               parts->input->height, parts->input->width, height, width);
  return FALSE;
}

static gboolean
check_weights (const AtelierModelParts  *parts,
               GError                  **error)
{
  if (atelier_recipe_has_weights (parts->recipe, parts->weights))
    return TRUE;
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("The weights are not what the recipe's runs have"));
  return FALSE;
}

static gboolean
check_pixels (const AtelierModelParts  *parts,
              GError                  **error)
{
  guint n_channels;

  atelier_network_get_input (parts->network, NULL, NULL, &n_channels);
  if (!atelier_recipe_get_values (parts->recipe)->standardizes)
    n_channels = 0;
  if (parts->pixels == NULL ? n_channels == 0
                            : parts->pixels->n_channels == n_channels
                                && atelier_pixel_statistics_are_good (parts->pixels))
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("The recipe wants means and deviations of the pixels of %u channels"), n_channels);
  return FALSE;
}

static gboolean
check_variance (const AtelierTensorSpec  *spec,
                GBytes                   *bytes,
                GError                  **error)
{
  if (!spec->is_variance || atelier_floats_are_nonnegative (bytes))
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               /* Translators: a tensor's name */
               _("Tensor “%s” holds values below 0, which no variance can be"), spec->name);
  return FALSE;
}

static gboolean
check_finite (const AtelierModelParts  *parts,
              GError                  **error)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  guint n = atelier_network_list_tensors (parts->network, specs);

  for (guint i = 0; i < n; i++)
    if (!atelier_floats_are_finite (g_ptr_array_index (parts->tensors, i)))
      {
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE,
                     /* Translators: a tensor's name */
                     _("Tensor “%s” holds values that are not numbers (NaN or infinite)"),
                     specs[i].name);
        return FALSE;
      }
    else if (!check_variance (&specs[i], g_ptr_array_index (parts->tensors, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_tensors (const AtelierModelParts  *parts,
               GError                  **error)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  guint n = atelier_network_list_tensors (parts->network, specs);

  if (parts->tensors->len != n)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("There are %u tensors, but the network has %u"), parts->tensors->len, n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      gsize expected = specs[i].n_elements * sizeof (float);
      gsize found = g_bytes_get_size (g_ptr_array_index (parts->tensors, i));

      if (found != expected)
        {
          g_autofree char *found_text = g_strdup_printf ("%" G_GSIZE_FORMAT, found);
          g_autofree char *expected_text = g_strdup_printf ("%" G_GSIZE_FORMAT, expected);

          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       /* Translators: a tensor's name, the bytes it has, the bytes it should
                        * have */
                       _("Tensor “%s” has %s bytes, but the network needs %s"),
                       specs[i].name, found_text, expected_text);
          return FALSE;
        }
    }
  return TRUE;
}

/* A run that goes on from the state goes on with the log. */
static gboolean
check_log (const AtelierModelParts  *parts,
           GError                  **error)
{
  const AtelierTrainingState *state = parts->state;
  const AtelierRunLogParts *log;
  AtelierBatches batches;

  if (parts->log == NULL || state == NULL)
    return TRUE;

  log = atelier_run_log_get_parts (parts->log);
  atelier_batches_init (&batches, parts->network, parts->recipe, state->n_images);
  if (log->batches_per_epoch == batches.n_batches
      && log->first_epoch - 1 + atelier_run_log_get_n_epochs (parts->log) == state->n_epochs
      && log->first_batch + atelier_run_log_get_n_batches (parts->log)
           == (guint64) state->n_epochs * batches.n_batches + state->n_batches)
    return TRUE;
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("The history does not end where the training state does"));
  return FALSE;
}

/* ---- Making and freeing ---- */

static GBytes *
ref_aligned (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if ((guintptr) data % sizeof (float) == 0)
    return g_bytes_ref (bytes);
  return g_bytes_new (data, size);
}

static AtelierModel *
copy_parts (const AtelierModelParts *parts)
{
  AtelierModel *model = g_atomic_rc_box_new0 (AtelierModel);

  model->network = atelier_network_ref (parts->network);
  model->recipe = atelier_recipe_ref (parts->recipe);
  model->input = *parts->input;
  model->class_names = g_strdupv ((char **) parts->class_names);
  model->dataset_name = g_strdup (parts->dataset_name);
  model->dataset_sha256 = g_strdup (parts->dataset_sha256);
  if (parts->pixels != NULL)
    model->pixels = *parts->pixels;
  model->weights = parts->weights;
  model->n_epochs = parts->n_epochs;
  model->arithmetic = parts->arithmetic > 0 ? parts->arithmetic : NN_ARITHMETIC_REVISION;
  model->tensors = g_ptr_array_new_full (parts->tensors->len, (GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < parts->tensors->len; i++)
    g_ptr_array_add (model->tensors, ref_aligned (g_ptr_array_index (parts->tensors, i)));
  if (parts->state != NULL)
    model->state = atelier_training_state_copy (parts->state);
  if (parts->log != NULL)
    model->log = atelier_run_log_ref (parts->log);
  return model;
}

AtelierModel *
atelier_model_new (const AtelierModelParts  *parts,
                   GError                  **error)
{
  g_return_val_if_fail (parts != NULL, NULL);
  g_return_val_if_fail (parts->network != NULL && parts->recipe != NULL && parts->input != NULL,
                        NULL);
  g_return_val_if_fail (parts->class_names != NULL && parts->tensors != NULL, NULL);
  g_return_val_if_fail (parts->dataset_name != NULL && parts->dataset_sha256 != NULL, NULL);

  if (!check_class_names (parts, error) || !check_dataset (parts, error)
      || !check_input (parts, error) || !check_pixels (parts, error)
      || !check_weights (parts, error) || !check_tensors (parts, error)
      || !check_finite (parts, error))
    return NULL;
  if (parts->state != NULL
      && !atelier_training_state_check (parts->state, parts->network, parts->recipe,
                                        parts->weights, parts->n_epochs, error))
    return NULL;

  return check_log (parts, error) ? copy_parts (parts) : NULL;
}

/* What @model was made of; borrowed. */
static AtelierModelParts
get_parts (AtelierModel *model)
{
  return (AtelierModelParts) {
    .network = model->network,
    .recipe = model->recipe,
    .input = &model->input,
    .pixels = &model->pixels,
    .class_names = (const char * const *) model->class_names,
    .dataset_name = model->dataset_name,
    .dataset_sha256 = model->dataset_sha256,
    .weights = model->weights,
    .n_epochs = model->n_epochs,
    .arithmetic = model->arithmetic,
    .tensors = model->tensors,
    .state = model->state,
    .log = model->log,
  };
}

AtelierModel *
atelier_model_pick (AtelierModel   *model,
                    AtelierWeights  which)
{
  AtelierTrainingState state;
  AtelierModelParts parts;

  g_return_val_if_fail (model != NULL && which < ATELIER_N_WEIGHTS, NULL);

  if (model->weights == which)
    return atelier_model_ref (model);
  if (model->state == NULL || model->state->weights[which] == NULL)
    return NULL;
  parts = get_parts (model);
  state = *model->state;
  state.weights[model->weights] = parts.tensors;
  parts.tensors = state.weights[which];
  state.weights[which] = NULL;
  parts.state = &state;
  parts.weights = which;
  parts.n_epochs = atelier_training_state_count_epochs (&state, model->network, model->recipe,
                                                        which);
  return atelier_model_new (&parts, NULL);
}

AtelierModel *
atelier_model_mark_best (AtelierModel *model)
{
  AtelierModelParts parts;

  g_return_val_if_fail (model != NULL, NULL);

  if (model->weights == ATELIER_WEIGHTS_BEST && model->state == NULL)
    return atelier_model_ref (model);
  parts = get_parts (model);
  parts.weights = ATELIER_WEIGHTS_BEST;
  parts.state = NULL;
  return atelier_model_new (&parts, NULL);
}

AtelierModel *
atelier_model_pick_result (AtelierModel *model)
{
  AtelierModel *result = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  if (atelier_recipe_get_values (model->recipe)->weights == ATELIER_WEIGHTS_BEST)
    result = atelier_model_pick (model, ATELIER_WEIGHTS_BEST);
  return result != NULL ? result : atelier_model_ref (model);
}

AtelierModel *
atelier_model_drop_state (AtelierModel *model)
{
  g_autoptr (AtelierModel) result = NULL;
  AtelierModelParts parts;

  g_return_val_if_fail (model != NULL, NULL);

  result = atelier_model_pick_result (model);
  if (result->state == NULL)
    return g_steal_pointer (&result);
  parts = get_parts (result);
  parts.state = NULL;
  return atelier_model_new (&parts, NULL);
}

AtelierModel *
atelier_model_with_log (AtelierModel  *model,
                        AtelierRunLog *log)
{
  AtelierModelParts parts;

  g_return_val_if_fail (model != NULL, NULL);

  parts = get_parts (model);
  parts.log = log;
  return check_log (&parts, NULL) ? copy_parts (&parts) : NULL;
}

static void
clear_model (gpointer data)
{
  AtelierModel *model = data;

  atelier_network_unref (model->network);
  atelier_recipe_unref (model->recipe);
  g_strfreev (model->class_names);
  g_free (model->dataset_name);
  g_free (model->dataset_sha256);
  g_ptr_array_unref (model->tensors);
  g_clear_pointer (&model->state, atelier_training_state_free);
  g_clear_pointer (&model->log, atelier_run_log_unref);
}

AtelierModel *
atelier_model_ref (AtelierModel *model)
{
  return g_atomic_rc_box_acquire (model);
}

void
atelier_model_unref (AtelierModel *model)
{
  g_atomic_rc_box_release_full (model, clear_model);
}

/* ---- Reading ---- */

AtelierNetwork *
atelier_model_get_network (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->network;
}

AtelierRecipe *
atelier_model_get_recipe (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->recipe;
}

gboolean
atelier_model_get_raw_pixels (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, FALSE);
  return atelier_recipe_get_values (model->recipe)->raw_pixels;
}

const AtelierPixelStatistics *
atelier_model_get_pixels (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return &model->pixels;
}

const AtelierInput *
atelier_model_get_input (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return &model->input;
}

const char * const *
atelier_model_get_class_names (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return (const char * const *) model->class_names;
}

const char *
atelier_model_get_dataset_name (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->dataset_name;
}

const char *
atelier_model_get_dataset_sha256 (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->dataset_sha256;
}

guint
atelier_model_get_n_epochs (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, 0);
  return model->n_epochs;
}

AtelierWeights
atelier_model_get_weights (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, ATELIER_WEIGHTS_NEWEST);
  return model->weights;
}

guint
atelier_model_get_arithmetic (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, 0);
  return model->arithmetic;
}

gboolean
atelier_model_is_same_arithmetic (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, FALSE);
  return model->arithmetic == NN_ARITHMETIC_REVISION;
}

guint
atelier_model_get_n_tensors (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, 0);
  return model->tensors->len;
}

GBytes *
atelier_model_get_tensor (AtelierModel *model,
                          guint         i_tensor)
{
  g_return_val_if_fail (model != NULL && i_tensor < model->tensors->len, NULL);
  return g_ptr_array_index (model->tensors, i_tensor);
}

char *
atelier_model_dup_digest (AtelierModel *model)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (model != NULL, NULL);

  for (guint i = 0; i < model->tensors->len; i++)
    {
      gsize size;
      const guchar *data = g_bytes_get_data (g_ptr_array_index (model->tensors, i), &size);

      g_checksum_update (checksum, data, (gssize) size);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

const AtelierTrainingState *
atelier_model_get_state (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->state;
}

AtelierRunLog *
atelier_model_get_log (AtelierModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  return model->log;
}
