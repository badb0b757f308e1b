/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Covering one part of a picture after another.
 *
 * The patch is 5 x 5 for 28 x 28 and the same share of other sizes.  It moves by a fifth of its
 * side and starts with one row and one column inside the picture, so that each pixel is covered by
 * as many patches, those in the corners too: with patches that lie wholly inside, a corner would
 * take over the drop of whatever is within a patch's reach.
 *
 * What is covered gets the picture's own mean, channel by channel.  Zeiler and Fergus use a grey
 * square, which is the mean of their data.  Zero was rejected: black is the empty background of one
 * data set and the ink of another, and the mean is the mildest change that still hides structure.
 *
 * Each patch costs one forward pass: 1,024 for 28 x 28, and at most 47 x 47 for any size.  A batch
 * is small, so that cancelling is noticed within milliseconds and large pictures take no more than
 * BATCH_BYTES.  One thread: helpers would take the processor from a training in progress.
 */

#include "config.h"

#include "inference/atelier-occlusion.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-engine-private.h"

#define PATCH_SHARE (5.0 / 28.0)
#define STEPS_A_PATCH 5
#define MAX_BATCH 64
#define BATCH_BYTES (4 << 20)
/* Below, no part is said to matter. */
#define LEAST_DROP 0.02

struct _AtelierOcclusion
{
  guint height;
  guint width;
  guint patch;
  guint i_class;
  float score;
  float highest;

  /* Owned */
  float *drops; /* [height, width] */
};

G_DEFINE_BOXED_TYPE (AtelierOcclusion,
                     atelier_occlusion,
                     atelier_occlusion_ref,
                     atelier_occlusion_unref)

/* What one map is made with. */
typedef struct
{
  guint height;
  guint width;
  guint channels;
  guint n_classes;
  guint patch;
  guint stride;
  guint n_rows;    /* of patches */
  guint n_columns;
  guint max_batch;
  gsize image_size;

  /* Borrowed */
  const guint8 *pixels; /* [height, width, channels] */

  /* Owned */
  guint8 *mean;   /* [channels] */
  guint8 *batch;  /* [max_batch, height, width, channels] */
  float *scores;  /* [max_batch, n_classes] */
  double *sums;   /* [height, width] of drops */
  guint *counts;  /* [height, width] of patches */
  NnModel *nn_model;
} Work;

/* What atelier_occlusion_async carries to its thread. */
typedef struct
{
  /* Owned */
  AtelierModel *model;
  GBytes *pixels;
} Request;

static void
request_free (Request *request)
{
  atelier_model_unref (request->model);
  g_bytes_unref (request->pixels);
  g_free (request);
}

static void
work_clear (Work *work)
{
  g_free (work->mean);
  g_free (work->batch);
  g_free (work->scores);
  g_free (work->sums);
  g_free (work->counts);
  nn_model_free (work->nn_model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
clear_occlusion (gpointer data)
{
  AtelierOcclusion *occlusion = data;

  g_free (occlusion->drops);
}

/* The first patch ends with the first row, the last begins with the last one or before. */
static guint
count_positions (guint       side,
                 const Work *work)
{
  return (side + work->patch - 2) / work->stride + 1;
}

static void
choose_patch (Work *work)
{
  guint longer = MAX (work->height, work->width);

  work->patch = MAX (1, (guint) (longer * PATCH_SHARE + 0.5));
  work->stride = MAX (1, (work->patch + STEPS_A_PATCH / 2) / STEPS_A_PATCH);
  work->n_rows = count_positions (work->height, work);
  work->n_columns = count_positions (work->width, work);
}

/* [channels], rounded. */
static guint8 *
compute_mean (const Work *work)
{
  const gsize n = (gsize) work->height * work->width;
  guint8 *mean = g_new (guint8, work->channels);

  for (guint channel = 0; channel < work->channels; channel++)
    {
      guint64 sum = 0;

      for (gsize i = 0; i < n; i++)
        sum += work->pixels[i * work->channels + channel];
      mean[channel] = (guint8) ((sum + n / 2) / n);
    }

  return mean;
}

static gboolean
work_init (Work          *work,
           AtelierModel  *model,
           const guint8  *pixels,
           GError       **error)
{
  AtelierNetwork *network = atelier_model_get_network (model);
  AtelierEngineOptions options = {
    .n_threads = 1,
    .raw_pixels = atelier_model_get_raw_pixels (model),
    .pixels = atelier_model_get_pixels (model),
  };

  atelier_network_get_input (network, &work->height, &work->width, &work->channels);
  work->n_classes = atelier_network_get_n_classes (network);
  work->pixels = pixels;
  work->image_size = (gsize) work->height * work->width * work->channels;
  work->max_batch = (guint) CLAMP (BATCH_BYTES / work->image_size, 1, MAX_BATCH);
  choose_patch (work);

  options.max_batch = work->max_batch;
  work->nn_model = atelier_engine_new_model (network, atelier_model_get_recipe (model), &options,
                                             _("Classifying"), error);
  if (work->nn_model == NULL || !atelier_engine_write_tensors (work->nn_model, model, error))
    return FALSE;

  work->mean = compute_mean (work);
  work->batch = g_new (guint8, work->image_size * work->max_batch);
  work->scores = g_new (float, (gsize) work->max_batch * work->n_classes);
  work->sums = g_new0 (double, (gsize) work->height * work->width);
  work->counts = g_new0 (guint, (gsize) work->height * work->width);

  return TRUE;
}

/* The part of patch @i_position that lies in the picture: rows and columns from first to end. */
static void
get_covered (const Work *work,
             guint       i_position,
             guint      *first_row,
             guint      *end_row,
             guint      *first_column,
             guint      *end_column)
{
  /* Ends, which are never negative: the first is 1. */
  guint row = i_position / work->n_columns * work->stride + 1;
  guint column = i_position % work->n_columns * work->stride + 1;

  *first_row = row > work->patch ? row - work->patch : 0;
  *end_row = MIN (row, work->height);
  *first_column = column > work->patch ? column - work->patch : 0;
  *end_column = MIN (column, work->width);
}

static void
cover (const Work *work,
       guint       i_position,
       guint8     *image)
{
  guint first_row, end_row, first_column, end_column;

  memcpy (image, work->pixels, work->image_size);
  get_covered (work, i_position, &first_row, &end_row, &first_column, &end_column);
  for (guint row = first_row; row < end_row; row++)
    for (guint column = first_column; column < end_column; column++)
      memcpy (image + ((gsize) row * work->width + column) * work->channels, work->mean,
              work->channels);
}

static void
add_drop (Work   *work,
          guint   i_position,
          double  drop)
{
  guint first_row, end_row, first_column, end_column;

  get_covered (work, i_position, &first_row, &end_row, &first_column, &end_column);
  for (guint row = first_row; row < end_row; row++)
    for (guint column = first_column; column < end_column; column++)
      {
        gsize i = (gsize) row * work->width + column;

        work->sums[i] += drop;
        work->counts[i]++;
      }
}

static gboolean
classify (Work          *work,
          const guint8  *images,
          guint          n,
          GError       **error)
{
  const NnBatch batch = { .images = images, .n = n };
  NnError nn_error = { 0 };
  NnStatus status = nn_predict (work->nn_model, NULL, &batch, work->scores, NULL, &nn_error);

  return atelier_error_check_nn (status, &nn_error, _("Classifying"), error);
}

/* The answer for the picture as it is. */
static gboolean
classify_whole (Work              *work,
                AtelierOcclusion  *occlusion,
                GError           **error)
{
  if (!classify (work, work->pixels, 1, error))
    return FALSE;

  occlusion->i_class = 0;
  for (guint i_class = 1; i_class < work->n_classes; i_class++)
    if (work->scores[i_class] > work->scores[occlusion->i_class])
      occlusion->i_class = i_class;
  occlusion->score = work->scores[occlusion->i_class];

  return TRUE;
}

static gboolean
cover_all (Work                    *work,
           const AtelierOcclusion  *occlusion,
           GCancellable            *cancellable,
           GError                 **error)
{
  const guint n_positions = work->n_rows * work->n_columns;

  for (guint i_first = 0; i_first < n_positions; i_first += work->max_batch)
    {
      guint n = MIN (work->max_batch, n_positions - i_first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      for (guint i = 0; i < n; i++)
        cover (work, i_first + i, work->batch + i * work->image_size);
      if (!classify (work, work->batch, n, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        add_drop (work, i_first + i,
                  (double) occlusion->score
                    - (double) work->scores[(gsize) i * work->n_classes + occlusion->i_class]);
    }

  return TRUE;
}

/* Not a number counts as no drop, so that a network gone wrong still has something to show. */
static void
average (const Work       *work,
         AtelierOcclusion *occlusion)
{
  const gsize n = (gsize) work->height * work->width;

  occlusion->drops = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    {
      float drop = (float) (work->sums[i] / work->counts[i]);

      occlusion->drops[i] = isfinite (drop) ? drop : 0.0f;
      if (i == 0 || occlusion->drops[i] > occlusion->highest)
        occlusion->highest = occlusion->drops[i];
    }
}

static gboolean
check_size (AtelierModel  *model,
            gsize          n_bytes,
            GError       **error)
{
  guint height, width, channels;

  atelier_network_get_input (atelier_model_get_network (model), &height, &width, &channels);
  if (n_bytes == (gsize) height * width * channels)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("The picture has %" G_GSIZE_FORMAT " values; the network takes %u × %u × %u."),
               n_bytes, height, width, channels);

  return FALSE;
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Request *request = task_data;
  AtelierOcclusion *occlusion = NULL;
  GError *error = NULL;

  if (check_size (request->model, g_bytes_get_size (request->pixels), &error))
    occlusion = atelier_occlusion_new (request->model, g_bytes_get_data (request->pixels, NULL),
                                       cancellable, &error);

  if (occlusion != NULL)
    g_task_return_pointer (task, occlusion, (GDestroyNotify) atelier_occlusion_unref);
  else
    g_task_return_error (task, error);
}

/* Which ninth of the picture has the highest mean drop: 0 is the upper left, 8 the lower right. */
static guint
find_strongest_ninth (const AtelierOcclusion *occlusion)
{
  double sums[9] = { 0.0 };
  guint counts[9] = { 0 };
  guint strongest = 4;

  for (guint row = 0; row < occlusion->height; row++)
    for (guint column = 0; column < occlusion->width; column++)
      {
        guint ninth = row * 3 / occlusion->height * 3 + column * 3 / occlusion->width;

        sums[ninth] += MAX (0.0f, occlusion->drops[(gsize) row * occlusion->width + column]);
        counts[ninth]++;
      }

  for (guint i = 0; i < 9; i++)
    if (counts[i] > 0
        && (counts[strongest] == 0
            || sums[i] / counts[i] > sums[strongest] / counts[strongest]))
      strongest = i;

  return strongest;
}

AtelierOcclusion *
atelier_occlusion_new (AtelierModel  *model,
                       const guint8  *pixels,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (AtelierOcclusion) occlusion = NULL;
  g_auto (Work) work = { 0 };

  g_return_val_if_fail (model != NULL && pixels != NULL, NULL);

  occlusion = g_atomic_rc_box_new0 (AtelierOcclusion);
  if (!work_init (&work, model, pixels, error)
      || !classify_whole (&work, occlusion, error)
      || !cover_all (&work, occlusion, cancellable, error))
    return NULL;

  occlusion->height = work.height;
  occlusion->width = work.width;
  occlusion->patch = work.patch;
  average (&work, occlusion);

  return g_steal_pointer (&occlusion);
}

AtelierOcclusion *
atelier_occlusion_ref (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, NULL);

  return g_atomic_rc_box_acquire (occlusion);
}

void
atelier_occlusion_unref (AtelierOcclusion *occlusion)
{
  g_return_if_fail (occlusion != NULL);

  g_atomic_rc_box_release_full (occlusion, clear_occlusion);
}

void
atelier_occlusion_async (AtelierModel        *model,
                         GBytes              *pixels,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (model != NULL && pixels != NULL);

  request = g_new0 (Request, 1);
  request->model = atelier_model_ref (model);
  request->pixels = g_bytes_ref (pixels);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_occlusion_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, run_in_thread);
}

AtelierOcclusion *
atelier_occlusion_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
atelier_occlusion_get_height (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, 0);

  return occlusion->height;
}

guint
atelier_occlusion_get_width (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, 0);

  return occlusion->width;
}

guint
atelier_occlusion_get_class (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, 0);

  return occlusion->i_class;
}

double
atelier_occlusion_get_score (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, NAN);

  return occlusion->score;
}

const float *
atelier_occlusion_get_drops (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, NULL);

  return occlusion->drops;
}

double
atelier_occlusion_get_highest (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, NAN);

  return occlusion->highest;
}

guint
atelier_occlusion_get_patch (AtelierOcclusion *occlusion)
{
  g_return_val_if_fail (occlusion != NULL, 0);

  return occlusion->patch;
}

char *
atelier_occlusion_describe (AtelierOcclusion *occlusion)
{
  /* Translators: where in a picture, after "The answer rests most on". */
  static const char * const places[9] = {
    N_("the upper left"), N_("the top"), N_("the upper right"),
    N_("the left side"), N_("the middle"), N_("the right side"),
    N_("the lower left"), N_("the bottom"), N_("the lower right"),
  };

  g_return_val_if_fail (occlusion != NULL, NULL);

  if (occlusion->highest < LEAST_DROP)
    /* Translators: %.2f is a score between 0 and 1. */
    return g_strdup_printf (_("The answer rests on no single part: covering any takes less than "
                              "%.2f from its score of %.2f."),
                            LEAST_DROP, occlusion->score);

  /* Translators: a place in the picture, and two scores between 0 and 1. */
  return g_strdup_printf (_("The answer rests most on %s: covering a part there takes up to %.2f "
                            "from its score of %.2f."),
                          _(places[find_strongest_ninth (occlusion)]), occlusion->highest,
                          occlusion->score);
}
