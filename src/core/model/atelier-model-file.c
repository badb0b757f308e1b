/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between AtelierModel and the safetensors container.
 *
 * The container's own rules are in atelier-safetensors.c; here is what the strings and tensors
 * mean.  Everything is written in one order from values that depend on the training alone, so
 * equal models give equal bytes.  Reading builds the network first: it says which tensors there
 * must be.  Any thread.
 */

#include "config.h"

#include "model/atelier-model-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-json-scan.h"
#include "base/atelier-json.h"
#include "model/atelier-model-file-private.h"
#include "model/atelier-network-private.h"
#include "model/atelier-safetensors.h"

#define HEAD_SIZE (ATELIER_SAFETENSORS_MAX_HEADER + 8)
#define FORMAT "atelier"
#define FORMAT_VERSION "1"
#define NEW_FORMAT_VERSION "2" /* where programs that read version 1 do not know the network */
#define LOG_FORMAT_VERSION "3" /* with a run's log */
#define FLATTEN_ORDER "hwc"
#define STATE_KEY "training_state"
#define WEIGHTS_KEY "weights"
#define PIXELS_KEY "pixels"
#define ARITHMETIC_KEY "arithmetic" /* not in files of the first revision */

/* What is kept of a tensor, itself first. */
typedef enum
{
  PART_TENSOR,
  PART_MOMENT_1,
  PART_MOMENT_2,
  PART_WEIGHTS, /* and behind it the others of AtelierWeights */
} TensorPart;

/* What tensors are, in the file; without the key they are the newest. */
static const char * const weights_words[ATELIER_N_WEIGHTS] = {
  [ATELIER_WEIGHTS_NEWEST] = "newest",
  [ATELIER_WEIGHTS_BEST] = "best",
  [ATELIER_WEIGHTS_AVERAGED] = "averaged",
};

static const char * const part_endings[] = {
  [PART_TENSOR] = "",
  [PART_MOMENT_1] = ".moment_1",
  [PART_MOMENT_2] = ".moment_2",
  [PART_WEIGHTS + ATELIER_WEIGHTS_NEWEST] = ".newest",
  [PART_WEIGHTS + ATELIER_WEIGHTS_BEST] = ".best",
  [PART_WEIGHTS + ATELIER_WEIGHTS_AVERAGED] = ".averaged",
};

/* A tensor's name with the ending of a part. */
typedef struct
{
  char text[sizeof ((AtelierTensorSpec *) NULL)->name + sizeof ".moment_1"];
} TensorName;

static void
init_name (TensorName              *name,
           const AtelierTensorSpec *spec,
           TensorPart               part)
{
  g_snprintf (name->text, sizeof name->text, "%s%s", spec->name, part_endings[part]);
}

static const char *
get_version (const AtelierNetwork *network,
             gboolean              has_log)
{
  if (has_log)
    return LOG_FORMAT_VERSION;
  return atelier_network_is_new (network) ? NEW_FORMAT_VERSION : FORMAT_VERSION;
}

/* ---- Writing ---- */

/* Takes @node over. */
static void
add_json (AtelierSafetensors *file,
          const char         *key,
          JsonNode           *node)
{
  g_autofree char *text = atelier_json_to_text (node);

  atelier_safetensors_add_metadata (file, key, text);
  json_node_unref (node);
}

static JsonNode *
class_names_to_json (const char * const *class_names)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; class_names[i] != NULL; i++)
    json_array_add_string_element (array, class_names[i]);
  json_node_take_array (node, array);
  return node;
}

/* Files had no such key before there were other weights than the newest. */
static gboolean
is_weights_key_needed (AtelierRecipe  *recipe,
                       AtelierWeights  weights)
{
  return weights != ATELIER_WEIGHTS_NEWEST || weights != atelier_recipe_get_weights (recipe);
}

static void
add_metadata (AtelierSafetensors *file,
              AtelierModel       *model)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);
  g_autofree char *network = atelier_network_to_json (atelier_model_get_network (model), FALSE);
  g_autofree char *epochs = g_strdup_printf ("%u", atelier_model_get_n_epochs (model));

  atelier_safetensors_add_metadata (file, "format", FORMAT);
  atelier_safetensors_add_metadata (file, "format_version",
                                    get_version (atelier_model_get_network (model),
                                                 atelier_model_get_log (model) != NULL));
  atelier_safetensors_add_metadata (file, "network", network);
  add_json (file, "recipe", atelier_recipe_to_json (atelier_model_get_recipe (model)));
  add_json (file, "input", atelier_input_to_json (atelier_model_get_input (model)));
  add_json (file, "class_names", class_names_to_json (atelier_model_get_class_names (model)));
  atelier_safetensors_add_metadata (file, "dataset_name", atelier_model_get_dataset_name (model));
  atelier_safetensors_add_metadata (file, "dataset_sha256",
                                    atelier_model_get_dataset_sha256 (model));
  atelier_safetensors_add_metadata (file, "epochs", epochs);
  atelier_safetensors_add_metadata (file, "flatten_order", FLATTEN_ORDER);
  if (atelier_model_get_arithmetic (model) != 1)
    {
      g_autofree char *revision = g_strdup_printf ("%u", atelier_model_get_arithmetic (model));

      atelier_safetensors_add_metadata (file, ARITHMETIC_KEY, revision);
    }
  if (atelier_model_get_pixels (model)->n_channels > 0)
    add_json (file, PIXELS_KEY,
              atelier_pixel_statistics_to_json (atelier_model_get_pixels (model)));
  if (is_weights_key_needed (atelier_model_get_recipe (model), atelier_model_get_weights (model)))
    atelier_safetensors_add_metadata (file, WEIGHTS_KEY,
                                      weights_words[atelier_model_get_weights (model)]);
  if (state != NULL)
    add_json (file, STATE_KEY,
              atelier_training_state_to_json (state, atelier_model_get_recipe (model)));
}

static void
add_tensor (AtelierSafetensors      *file,
            const AtelierTensorSpec *spec,
            TensorPart               part,
            GBytes                  *bytes)
{
  guint64 shape[G_N_ELEMENTS (spec->dims)];
  TensorName name;

  init_name (&name, spec, part);
  for (guint i = 0; i < spec->rank; i++)
    shape[i] = spec->dims[i];
  atelier_safetensors_add_tensor (file, name.text, ATELIER_DTYPE_F32, shape, spec->rank, bytes);
}

/* What a training state keeps of tensor @i. */
static void
add_state (AtelierSafetensors          *file,
           const AtelierTensorSpec     *spec,
           const AtelierTrainingState  *state,
           guint                        i,
           guint                       *n_trained)
{
  if (!spec->is_statistic)
    {
      add_tensor (file, spec, PART_MOMENT_1, g_ptr_array_index (state->moments_1, *n_trained));
      if (state->moments_2 != NULL)
        add_tensor (file, spec, PART_MOMENT_2, g_ptr_array_index (state->moments_2, *n_trained));
      (*n_trained)++;
    }
  for (guint which = 0; which < ATELIER_N_WEIGHTS; which++)
    if (state->weights[which] != NULL)
      add_tensor (file, spec, PART_WEIGHTS + which, g_ptr_array_index (state->weights[which], i));
}

GBytes *
atelier_model_file_to_bytes (AtelierModel *model)
{
  g_autoptr (AtelierSafetensors) file = NULL;
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  const AtelierTrainingState *state;
  guint n_tensors;
  guint n_trained = 0;

  g_return_val_if_fail (model != NULL, NULL);

  state = atelier_model_get_state (model);
  file = atelier_safetensors_new ();
  add_metadata (file, model);
  n_tensors = atelier_network_list_tensors (atelier_model_get_network (model), specs);
  for (guint i = 0; i < n_tensors; i++)
    {
      add_tensor (file, &specs[i], PART_TENSOR, atelier_model_get_tensor (model, i));
      if (state != NULL)
        add_state (file, &specs[i], state, i, &n_trained);
    }
  if (atelier_model_get_log (model) != NULL)
    atelier_model_file_add_log (file, atelier_model_get_log (model));
  return atelier_safetensors_to_bytes (file);
}

/* ---- Reading ---- */

/* What a file's metadata and tensors are read into. */
typedef struct
{
  AtelierSafetensors *file;        /* Borrowed */
  const char         *origin;      /* Borrowed */
  AtelierNetwork     *network;     /* Owned */
  AtelierRecipe      *recipe;      /* Owned */
  AtelierInput        input;
  AtelierPixelStatistics pixels;
  GStrv               class_names; /* Owned */
  const char         *dataset_name;
  const char         *dataset_sha256;
  AtelierWeights      weights;
  guint               n_epochs;
  guint               arithmetic;
  GPtrArray          *tensors;     /* Owned; of GBytes */
  gboolean            has_state;
  AtelierTrainingState state;      /* its arrays are owned */
  gboolean            has_log;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->network, atelier_network_unref);
  g_clear_pointer (&reading->recipe, atelier_recipe_unref);
  g_clear_pointer (&reading->class_names, g_strfreev);
  g_clear_pointer (&reading->tensors, g_ptr_array_unref);
  g_clear_pointer (&reading->state.moments_1, g_ptr_array_unref);
  g_clear_pointer (&reading->state.moments_2, g_ptr_array_unref);
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    g_clear_pointer (&reading->state.weights[i], g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static const char *
get_string (Reading     *reading,
            const char  *key,
            GError     **error)
{
  const char *value = atelier_safetensors_get_metadata (reading->file, key);

  if (value == NULL)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                 _("%s: “%s” is missing from the metadata"), reading->origin, key);
  return value;
}

static gboolean
expect_string (Reading     *reading,
               const char  *key,
               const char  *expected,
               GError     **error)
{
  g_autofree char *shown = NULL;
  const char *value = get_string (reading, key, error);

  if (value == NULL)
    return FALSE;
  if (strcmp (value, expected) == 0)
    return TRUE;
  shown = atelier_json_shorten (value);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
               /* Translators: a file, a member's name, the value that it has, the value that it
                * should have */
               _("%s: “%s” is “%s”; this program reads “%s”"), reading->origin, key, shown,
               expected);
  return FALSE;
}

/* Whether the file is one of ours at all, and of a version that is known. */
static gboolean
check_format (Reading  *reading,
              GError  **error)
{
  const char *version = atelier_safetensors_get_metadata (reading->file, "format_version");
  const gboolean is_new = g_strcmp0 (version, NEW_FORMAT_VERSION) == 0
                          || g_strcmp0 (version, LOG_FORMAT_VERSION) == 0;

  if (atelier_safetensors_get_metadata (reading->file, "format") == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("%s: this is a safetensors file, but not one that Atelier wrote"),
                   reading->origin);
      return FALSE;
    }
  return expect_string (reading, "format", FORMAT, error)
         && (is_new || expect_string (reading, "format_version", FORMAT_VERSION, error))
         && expect_string (reading, "flatten_order", FLATTEN_ORDER, error);
}

/* How messages name the text under @key. */
static char *
name_text (Reading    *reading,
           const char *key)
{
  /* Translators: a file and the name of a part of it */
  return g_strdup_printf (_("%s, metadata “%s”"), reading->origin, key);
}

static gboolean
read_network (Reading  *reading,
              GError  **error)
{
  g_autofree char *origin = name_text (reading, "network");
  const char *text = get_string (reading, "network", error);

  reading->has_log
    = atelier_safetensors_get_metadata (reading->file, ATELIER_MODEL_FILE_LOG_KEY) != NULL;
  if (text != NULL)
    reading->network = atelier_network_from_json (text, -1, origin, error);
  return reading->network != NULL
         && expect_string (reading, "format_version",
                           get_version (reading->network, reading->has_log), error);
}

static JsonNode *
parse_text (Reading     *reading,
            const char  *key,
            const char  *origin,
            GError     **error)
{
  const char *text = get_string (reading, key, error);

  return text != NULL ? atelier_json_parse (text, -1, origin, error) : NULL;
}

static gboolean
read_recipe (Reading  *reading,
             GError  **error)
{
  g_autofree char *origin = name_text (reading, "recipe");
  g_autoptr (JsonNode) node = parse_text (reading, "recipe", origin, error);

  if (node != NULL)
    reading->recipe = atelier_recipe_from_json (node, origin, error);
  return reading->recipe != NULL;
}

/* What the file says its weights are must be something that runs of the recipe have. */
static gboolean
read_weights (Reading  *reading,
              GError  **error)
{
  const char *word = atelier_safetensors_get_metadata (reading->file, WEIGHTS_KEY);

  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    if (g_strcmp0 (word, weights_words[i]) == 0 && atelier_recipe_has_weights (reading->recipe, i))
      {
        reading->weights = i;
        return TRUE;
      }
  reading->weights = atelier_recipe_get_weights (reading->recipe);
  return (word == NULL && !is_weights_key_needed (reading->recipe, reading->weights))
         || expect_string (reading, WEIGHTS_KEY, weights_words[reading->weights], error);
}

static gboolean
read_input (Reading  *reading,
            GError  **error)
{
  g_autofree char *origin = name_text (reading, "input");
  g_autoptr (JsonNode) node = parse_text (reading, "input", origin, error);

  return node != NULL && atelier_input_from_json (&reading->input, node, origin, error);
}

static gboolean
read_pixels (Reading  *reading,
             GError  **error)
{
  g_autofree char *origin = name_text (reading, PIXELS_KEY);
  g_autoptr (JsonNode) node = NULL;

  if (!atelier_recipe_get_values (reading->recipe)->standardizes)
    return TRUE;
  node = parse_text (reading, PIXELS_KEY, origin, error);
  return node != NULL
         && atelier_pixel_statistics_from_json (&reading->pixels, node, origin, error);
}

static gboolean
read_class_names (Reading  *reading,
                  GError  **error)
{
  g_autofree char *origin = name_text (reading, "class_names");
  g_autoptr (JsonNode) node = parse_text (reading, "class_names", origin, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL)
    return FALSE;
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        array = NULL;
      else
        g_strv_builder_add (names, json_node_get_string (element));
    }
  if (array == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   _("%s: expected an array of strings"), origin);
      return FALSE;
    }
  reading->class_names = g_strv_builder_end (names);
  return TRUE;
}

static gboolean
read_number (Reading     *reading,
             const char  *key,
             const char  *text,
             guint        min,
             guint       *value,
             GError     **error)
{
  g_autofree char *shown = NULL;
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, min, G_MAXUINT, &number, NULL))
    {
      *value = (guint) number;
      return TRUE;
    }
  shown = atelier_json_shorten (text);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               _("%s: “%s” is “%s”, expected a number"), reading->origin, key, shown);
  return FALSE;
}

static gboolean
read_arithmetic (Reading  *reading,
                 GError  **error)
{
  const char *revision = atelier_safetensors_get_metadata (reading->file, ARITHMETIC_KEY);

  return read_number (reading, ARITHMETIC_KEY, revision != NULL ? revision : "1", 1,
                      &reading->arithmetic, error);
}

static gboolean
read_dataset (Reading  *reading,
              GError  **error)
{
  const char *epochs;

  reading->dataset_name = get_string (reading, "dataset_name", error);
  if (reading->dataset_name == NULL)
    return FALSE;
  reading->dataset_sha256 = get_string (reading, "dataset_sha256", error);
  if (reading->dataset_sha256 == NULL)
    return FALSE;
  epochs = get_string (reading, "epochs", error);
  return epochs != NULL && read_number (reading, "epochs", epochs, 0, &reading->n_epochs, error);
}

static gboolean
read_state (Reading  *reading,
            GError  **error)
{
  g_autofree char *origin = name_text (reading, STATE_KEY);
  g_autoptr (JsonNode) node = NULL;

  if (atelier_safetensors_get_metadata (reading->file, STATE_KEY) == NULL)
    return TRUE;
  reading->has_state = TRUE;
  node = parse_text (reading, STATE_KEY, origin, error);
  return node != NULL
         && atelier_training_state_from_json (&reading->state, reading->recipe, node, origin,
                                              error);
}

static gboolean
has_shape (const AtelierSafetensor *tensor,
           const AtelierTensorSpec *spec)
{
  if (tensor->rank != spec->rank)
    return FALSE;
  for (guint i = 0; i < spec->rank; i++)
    if (tensor->shape[i] != spec->dims[i])
      return FALSE;
  return TRUE;
}

static gboolean
read_tensor (Reading                  *reading,
             const AtelierTensorSpec  *spec,
             TensorPart                part,
             GPtrArray                *into,
             GError                  **error)
{
  const AtelierSafetensor *tensor;
  TensorName name;

  init_name (&name, spec, part);
  tensor = atelier_safetensors_find_tensor (reading->file, name.text);
  if (tensor == NULL)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 part == PART_TENSOR
                   ? _("%s: the network needs tensor “%s”, which is missing")
                   : _("%s: the training state needs tensor “%s”, which is missing"),
                 reading->origin, name.text);
  else if (tensor->dtype != ATELIER_DTYPE_F32)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                 /* Translators: a file, a tensor's name, the type of its values; F32 is another
                  * such type */
                 _("%s: tensor “%s” has values of type %s, expected F32"), reading->origin,
                 name.text, atelier_dtype_get_name (tensor->dtype));
  else if (!has_shape (tensor, spec))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 _("%s: tensor “%s” does not have the shape that the network needs"),
                 reading->origin, name.text);
  else
    {
      g_ptr_array_add (into, g_bytes_ref (tensor->data));
      return TRUE;
    }
  return FALSE;
}

/* One part of all tensors. */
static gboolean
read_part (Reading    *reading,
           TensorPart  part,
           GPtrArray **into,
           GError    **error)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  const gboolean is_moment = part == PART_MOMENT_1 || part == PART_MOMENT_2;
  guint n = is_moment ? atelier_network_list_trained (reading->network, specs)
                      : atelier_network_list_tensors (reading->network, specs);

  *into = g_ptr_array_new_full (n, (GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < n; i++)
    if (!read_tensor (reading, &specs[i], part, *into, error))
      return FALSE;
  return TRUE;
}

/* Those that a training state has beside the model's own. */
static gboolean
read_other_weights (Reading  *reading,
                    guint    *n_weights,
                    GError  **error)
{
  for (guint i = 0; reading->has_state && i < ATELIER_N_WEIGHTS; i++)
    {
      if (!atelier_training_state_has_weights (&reading->state, reading->recipe, reading->weights,
                                               i))
        continue;
      if (!read_part (reading, PART_WEIGHTS + i, &reading->state.weights[i], error))
        return FALSE;
      (*n_weights)++;
    }
  return TRUE;
}

static gboolean
read_tensors (Reading  *reading,
              GError  **error)
{
  guint n_found = atelier_safetensors_get_n_tensors (reading->file);
  guint n_moments
    = reading->has_state ? atelier_training_state_count_moments (reading->recipe) : 0;
  guint n_weights = 0;
  guint n_logged = 0;
  guint n;

  if (!read_part (reading, PART_TENSOR, &reading->tensors, error)
      || (n_moments >= 1 && !read_part (reading, PART_MOMENT_1, &reading->state.moments_1, error))
      || (n_moments >= 2 && !read_part (reading, PART_MOMENT_2, &reading->state.moments_2, error))
      || !read_other_weights (reading, &n_weights, error)
      || (reading->has_log
          && !atelier_model_file_check_log (reading->file, reading->origin, &n_logged, error)))
    return FALSE;
  n = reading->tensors->len
      + n_moments * (n_moments > 0 ? reading->state.moments_1->len : 0)
      + n_weights * reading->tensors->len + n_logged;
  if (n_found == n)
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               reading->has_state
                 ? _("%s: there are %u tensors, but network and training state have %u")
                 : _("%s: there are %u tensors, but the network has %u"),
               reading->origin, n_found, n);
  return FALSE;
}

static AtelierModel *
make_model (Reading  *reading,
            GError  **error)
{
  AtelierModelParts parts = {
    .network = reading->network,
    .recipe = reading->recipe,
    .input = &reading->input,
    .pixels = &reading->pixels,
    .class_names = (const char * const *) reading->class_names,
    .dataset_name = reading->dataset_name,
    .dataset_sha256 = reading->dataset_sha256,
    .weights = reading->weights,
    .n_epochs = reading->n_epochs,
    .arithmetic = reading->arithmetic,
    .tensors = reading->tensors,
    .state = reading->has_state ? &reading->state : NULL,
  };
  g_autoptr (AtelierRunLog) log = NULL;
  AtelierModel *model;

  if (reading->has_log)
    {
      log = atelier_model_file_read_log (reading->file, g_strv_length (reading->class_names),
                                         reading->origin, error);
      if (log == NULL)
        return NULL;
      parts.log = log;
    }
  model = atelier_model_new (&parts, error);
  if (model == NULL)
    g_prefix_error (error, "%s: ", reading->origin);
  return model;
}

/* Everything but the weights themselves; also from a file's head. */
static gboolean
read_header (Reading  *reading,
             GError  **error)
{
  return check_format (reading, error) && read_network (reading, error)
         && read_recipe (reading, error) && read_weights (reading, error)
         && read_arithmetic (reading, error)
         && read_input (reading, error) && read_pixels (reading, error)
         && read_class_names (reading, error) && read_dataset (reading, error)
         && read_state (reading, error) && read_tensors (reading, error);
}

AtelierModel *
atelier_model_file_from_bytes (GBytes      *bytes,
                               const char  *origin,
                               GError     **error)
{
  g_autoptr (AtelierSafetensors) file = NULL;
  g_auto (Reading) reading = { .origin = origin };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  file = atelier_safetensors_from_bytes (bytes, origin, error);
  if (file == NULL)
    return NULL;
  reading.file = file;
  return read_header (&reading, error) ? make_model (&reading, error) : NULL;
}

/* An AtelierFileJudge. */
static gboolean
judge_head (GBytes    *head,
            guint64    size,
            gpointer   user_data,
            GError   **error)
{
  const char *origin = user_data;
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_head (head, size, origin, error);
  g_auto (Reading) reading = { .origin = origin, .file = file };

  return file != NULL && read_header (&reading, error);
}

AtelierModel *
atelier_model_file_load (const char  *path,
                         GError     **error)
{
  g_autofree char *origin = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  origin = g_filename_display_name (path);
  bytes = atelier_file_read_judged (path, ATELIER_MODEL_FILE_MAX_SIZE, HEAD_SIZE, judge_head,
                                    origin, error);
  if (bytes == NULL)
    return NULL;
  return atelier_model_file_from_bytes (bytes, origin, error);
}
