/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run's log <-> the tensors of a model file.
 *
 * Shapes are compared with each other and with the limits before any value is looked at; the
 * container has compared them with the file's size by then.  So the head of a file is enough to
 * refuse a wrong one.  Any thread.
 */

#include "config.h"

#include "model/atelier-model-file-private.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "base/atelier-json.h"

#define PREFIX "history."
#define MAX_DIMS 3

/* Its splits, whose names are parts of the tensors' names. */
static const char * const split_words[ATELIER_N_SPLITS] = {
  [ATELIER_SPLIT_TRAIN] = "training",
  [ATELIER_SPLIT_VALIDATION] = "validation",
};

/* A tensor of the file, and the place of its bytes. */
typedef struct
{
  char         name[48];
  AtelierDtype dtype;
  guint        rank;
  guint64      dims[MAX_DIMS];
  GBytes     **bytes; /* Borrowed */
} LogTensor;

/* What a file says of its log: its numbers, and how large its arrays are. */
typedef struct
{
  AtelierRunLogParts parts; /* its arrays are borrowed */
  guint64            n_epochs;
  guint64            n_batches;
  guint64            n_looks;
  guint64            n_images[ATELIER_N_SPLITS];
  guint64            n_kept[ATELIER_N_SPLITS];
  gboolean           has_split[ATELIER_N_SPLITS];
} LogLayout;

#define MAX_LOG_TENSORS (4 + 5 * ATELIER_N_SPLITS)

static void
add_entry (LogTensor    *tensors,
           guint        *n,
           const char   *split, /* nullable */
           const char   *name,
           AtelierDtype  dtype,
           guint         rank,
           guint64       a,
           guint64       b,
           guint64       c,
           GBytes      **bytes)
{
  LogTensor *tensor = &tensors[(*n)++];

  *tensor = (LogTensor) { .dtype = dtype, .rank = rank, .dims = { a, b, c }, .bytes = bytes };
  g_snprintf (tensor->name, sizeof tensor->name, PREFIX "%s%s%s", split != NULL ? split : "",
              split != NULL ? "." : "", name);
}

/* All tensors of a log of @layout. */
static guint
list_tensors (LogLayout *layout,
              LogTensor *tensors)
{
  AtelierRunLogParts *parts = &layout->parts;
  guint n = 0;

  add_entry (tensors, &n, NULL, "epochs", ATELIER_DTYPE_F64, 2, layout->n_epochs,
             ATELIER_N_LOGGED, 0, &parts->figures);
  add_entry (tensors, &n, NULL, "batch_losses", ATELIER_DTYPE_F32, 1, layout->n_batches, 0, 0,
             &parts->losses);
  add_entry (tensors, &n, NULL, "batch_accuracies", ATELIER_DTYPE_F32, 1, layout->n_batches, 0, 0,
             &parts->accuracies);
  add_entry (tensors, &n, NULL, "test_looks", ATELIER_DTYPE_F64, 2, layout->n_looks,
             ATELIER_N_LOOK, 0, &parts->looks);
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      AtelierLoggedPredictions *of = &parts->predictions[i];
      const guint64 n_images = layout->n_images[i];
      const guint64 n_kept = layout->n_kept[i];

      if (!layout->has_split[i])
        continue;
      add_entry (tensors, &n, split_words[i], "labels", ATELIER_DTYPE_U8, 1, n_images, 0, 0,
                 &of->labels);
      add_entry (tensors, &n, split_words[i], "pictures", ATELIER_DTYPE_U32, 1, n_images, 0, 0,
                 &of->pictures);
      add_entry (tensors, &n, split_words[i], "epochs", ATELIER_DTYPE_U32, 1, n_kept, 0, 0,
                 &of->epochs);
      add_entry (tensors, &n, split_words[i], "classes", ATELIER_DTYPE_U8, 2, n_kept, n_images, 0,
                 &of->classes);
      add_entry (tensors, &n, split_words[i], "scores", ATELIER_DTYPE_U16, 3, n_kept, 2, n_images,
                 &of->scores);
    }
  return n;
}

/* ---- Writing ---- */

static void
add_numbers (AtelierSafetensors       *file,
             const AtelierRunLogParts *parts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "batches_per_epoch", parts->batches_per_epoch);
  json_object_set_int_member (object, "first_epoch", parts->first_epoch);
  json_object_set_int_member (object, "first_batch", (gint64) parts->first_batch);
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (parts->predictions[i].labels != NULL)
      json_object_set_boolean_member (object, split_words[i], parts->predictions[i].is_sample);
  json_node_take_object (node, object);
  text = atelier_json_to_text (node);
  atelier_safetensors_add_metadata (file, ATELIER_MODEL_FILE_LOG_KEY, text);
}

void
atelier_model_file_add_log (AtelierSafetensors *file,
                            AtelierRunLog      *log)
{
  LogLayout layout = { .parts = *atelier_run_log_get_parts (log) };
  LogTensor tensors[MAX_LOG_TENSORS];
  guint n;

  layout.n_epochs = atelier_run_log_get_n_epochs (log);
  layout.n_batches = atelier_run_log_get_n_batches (log);
  layout.n_looks = atelier_run_log_get_n_looks (log);
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      layout.has_split[i] = layout.parts.predictions[i].labels != NULL;
      layout.n_images[i] = atelier_run_log_get_n_images (log, i);
      layout.n_kept[i] = atelier_run_log_get_n_kept (log, i);
    }

  add_numbers (file, &layout.parts);
  n = list_tensors (&layout, tensors);
  for (guint i = 0; i < n; i++)
    atelier_safetensors_add_tensor (file, tensors[i].name, tensors[i].dtype, tensors[i].dims,
                                    tensors[i].rank, *tensors[i].bytes);
}

/* ---- Reading ---- */

static gboolean
read_numbers (LogLayout   *layout,
              JsonNode    *node,
              const char  *origin,
              GError     **error)
{
  static const char * const names[]
    = { "batches_per_epoch", "first_epoch", "first_batch", "training", "validation", NULL };
  AtelierRunLogParts *parts = &layout->parts;
  AtelierJsonReader reader;
  gint64 first_batch;

  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_FORMAT, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_uint (&reader, "batches_per_epoch", TRUE, 1, G_MAXUINT,
                                        &parts->batches_per_epoch, error)
      || !atelier_json_reader_get_uint (&reader, "first_epoch", TRUE, 1,
                                        ATELIER_RUN_LOG_MAX_EPOCHS, &parts->first_epoch, error)
      || !atelier_json_reader_get_int (&reader, "first_batch", TRUE, 0, G_MAXINT64, &first_batch,
                                       error))
    return FALSE;
  parts->first_batch = (guint64) first_batch;
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      layout->has_split[i]
        = split_words[i] != NULL && json_object_has_member (reader.object, split_words[i]);
      if (layout->has_split[i]
          && !atelier_json_reader_get_boolean (&reader, split_words[i], TRUE,
                                               &parts->predictions[i].is_sample, error))
        return FALSE;
    }
  return TRUE;
}

/* The first dimension of a tensor; 0 where it is missing, which is noticed later. */
static guint64
get_length (AtelierSafetensors *file,
            const char         *split, /* nullable */
            const char         *name)
{
  g_autofree char *whole = g_strdup_printf (PREFIX "%s%s%s", split != NULL ? split : "",
                                            split != NULL ? "." : "", name);
  const AtelierSafetensor *tensor = atelier_safetensors_find_tensor (file, whole);

  return tensor != NULL && tensor->rank > 0 ? tensor->shape[0] : 0;
}

static gboolean
has_shape (const AtelierSafetensor *tensor,
           const LogTensor         *expected)
{
  if (tensor->rank != expected->rank)
    return FALSE;
  for (guint i = 0; i < expected->rank; i++)
    if (tensor->shape[i] != expected->dims[i])
      return FALSE;
  return TRUE;
}

static gboolean
find_tensor (AtelierSafetensors  *file,
             const LogTensor     *expected,
             const char          *origin,
             GError             **error)
{
  const AtelierSafetensor *tensor = atelier_safetensors_find_tensor (file, expected->name);

  if (tensor == NULL)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 _("%s: the history needs tensor “%s”, which is missing"), origin, expected->name);
  else if (tensor->dtype != expected->dtype)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                 /* Translators: a file, a tensor's name, the types of its values: found, wanted */
                 _("%s: tensor “%s” has values of type %s, expected %s"), origin, expected->name,
                 atelier_dtype_get_name (tensor->dtype), atelier_dtype_get_name (expected->dtype));
  else if (!has_shape (tensor, expected))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 _("%s: tensor “%s” does not have the shape that the history needs"), origin,
                 expected->name);
  else
    {
      *expected->bytes = tensor->data;
      return TRUE;
    }
  return FALSE;
}

/* Before anything is multiplied or read. */
static gboolean
check_lengths (const LogLayout  *layout,
               const char       *origin,
               GError          **error)
{
  gboolean is_good = layout->n_epochs <= ATELIER_RUN_LOG_MAX_EPOCHS
                     && layout->n_batches <= ATELIER_RUN_LOG_MAX_BATCHES
                     && layout->n_looks <= ATELIER_RUN_LOG_MAX_LOOKS;

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    is_good = is_good && layout->n_images[i] <= ATELIER_RUN_LOG_MAX_PREDICTIONS
              && layout->n_kept[i] <= layout->n_epochs;
  if (!is_good)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                 _("%s: the history has more epochs, batches, looks or images than a file may "
                   "have"),
                 origin);
  return is_good;
}

/* What the tensors say of the log's size decides the shapes of the others. */
static gboolean
read_layout (AtelierSafetensors  *file,
             LogLayout           *layout,
             const char          *origin,
             guint               *n_tensors,
             GError             **error)
{
  /* Translators: a file and the name of a part of it */
  g_autofree char *place = g_strdup_printf (_("%s, metadata “%s”"), origin,
                                            ATELIER_MODEL_FILE_LOG_KEY);
  const char *text = atelier_safetensors_get_metadata (file, ATELIER_MODEL_FILE_LOG_KEY);
  g_autoptr (JsonNode) node = atelier_json_parse (text, -1, place, error);
  LogTensor tensors[MAX_LOG_TENSORS];

  if (node == NULL || !read_numbers (layout, node, place, error))
    return FALSE;
  layout->n_epochs = get_length (file, NULL, "epochs");
  layout->n_batches = get_length (file, NULL, "batch_losses");
  layout->n_looks = get_length (file, NULL, "test_looks");
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (layout->has_split[i])
      {
        layout->n_images[i] = get_length (file, split_words[i], "labels");
        layout->n_kept[i] = get_length (file, split_words[i], "epochs");
      }

  if (!check_lengths (layout, place, error))
    return FALSE;
  *n_tensors = list_tensors (layout, tensors);
  for (guint i = 0; i < *n_tensors; i++)
    if (!find_tensor (file, &tensors[i], origin, error))
      return FALSE;
  return TRUE;
}

gboolean
atelier_model_file_check_log (AtelierSafetensors  *file,
                              const char          *origin,
                              guint               *n_tensors,
                              GError             **error)
{
  LogLayout layout = { .n_epochs = 0 };

  return read_layout (file, &layout, origin, n_tensors, error);
}

AtelierRunLog *
atelier_model_file_read_log (AtelierSafetensors  *file,
                             guint                n_classes,
                             const char          *origin,
                             GError             **error)
{
  LogLayout layout = { .n_epochs = 0 };
  AtelierRunLog *log;
  guint n_tensors;

  if (!read_layout (file, &layout, origin, &n_tensors, error))
    return NULL;
  log = atelier_run_log_new (&layout.parts, n_classes, error);
  if (log == NULL)
    g_prefix_error (error, "%s: ", origin);
  return log;
}
