/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Builds the index: first the features of the training pictures, piece by piece, then the limits
 * beyond which a picture is called unlike the training data.
 *
 * The limits are set so that one in a hundred pictures is flagged: a fifth of those for the least
 * ink, a fifth for the most ink, a fifth for roughness, and the rest for the greatest distance.
 * They are taken from validation pictures, because the weights were not fitted to these.  Without a
 * validation split they are taken from training pictures, each compared with all others but itself.
 * The amount of work is limited, not the time: if the last hidden layer is large, fewer pictures
 * are measured.
 */

#include "config.h"

#include "inference/atelier-neighbors.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "model/atelier-engine-private.h"

#define MAX_FEATURE_BYTES ((gsize) 128 << 20)
#define PIECE 1000
#define FLAGGED_SHARE 0.01
#define FLAGGED_SHARE_EACH 0.002 /* for too little ink, too much ink, roughness */
/* To set the limits: the number of differences to compute, and the least and greatest number of
 * pictures to measure. */
#define CALIBRATION_WORK 3e9
#define MIN_CALIBRATION 200
#define MAX_CALIBRATION 2000
#define CANCEL_INTERVAL 16

struct _AtelierNeighbors
{
  GObject parent_instance;

  guint n_images; /* in the index */
  gsize image_size;
  gsize n_features;
  double least_ink;
  double most_ink;
  double most_roughness;
  double most_distance;

  /* Owned */
  AtelierModel *model;
  AtelierSplits *splits;
  NnModel *nn_model;
  NnPoints *points;
  float *features; /* [n_features], of the picture to be compared */
};

G_DEFINE_FINAL_TYPE (AtelierNeighbors, atelier_neighbors, G_TYPE_OBJECT)

/* What calibration measures of one picture. */
typedef struct
{
  double ink;
  double roughness;
  double distance;
} Measure;

/* What atelier_neighbors_new_async passes to its thread. */
typedef struct
{
  /* Owned */
  AtelierModel *model;
  AtelierSplits *splits;
} Request;

static void
request_free (Request *request)
{
  atelier_model_unref (request->model);
  atelier_splits_unref (request->splits);
  g_free (request);
}

static void
atelier_neighbors_finalize (GObject *object)
{
  AtelierNeighbors *neighbors = ATELIER_NEIGHBORS (object);

  g_clear_pointer (&neighbors->model, atelier_model_unref);
  g_clear_pointer (&neighbors->splits, atelier_splits_unref);
  nn_model_free (neighbors->nn_model);
  nn_points_free (neighbors->points);
  g_free (neighbors->features);

  G_OBJECT_CLASS (atelier_neighbors_parent_class)->finalize (object);
}

static void
atelier_neighbors_class_init (AtelierNeighborsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_neighbors_finalize;
}

static void
atelier_neighbors_init (AtelierNeighbors *neighbors)
{
}

/* The index of picture @i of @n_taken that are spread evenly over @n. */
static guint
spread (guint i,
        guint n_taken,
        guint n)
{
  return (guint) ((guint64) i * n / n_taken);
}

static double
measure_ink (const guint8 *pixels,
             gsize         n)
{
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += pixels[i];

  return (double) sum / (255.0 * (double) n);
}

/* The mean absolute difference between horizontally and vertically adjacent pixels. */
static double
measure_roughness (const guint8 *pixels,
                   guint         height,
                   guint         width,
                   guint         channels)
{
  const gsize row = (gsize) width * channels;
  guint64 sum = 0;
  guint64 n = 0;

  for (gsize y = 0; y < height; y++)
    for (gsize i = 0; i < row; i++)
      {
        const guint8 *pixel = pixels + y * row + i;

        if (i + channels < row)
          {
            sum += (guint64) ABS (pixel[channels] - pixel[0]);
            n++;
          }
        if (y + 1 < height)
          {
            sum += (guint64) ABS (pixel[row] - pixel[0]);
            n++;
          }
      }

  return n > 0 ? (double) sum / (255.0 * (double) n) : 0.0;
}

static Measure
measure_picture (const AtelierNeighbors *neighbors,
                 const guint8           *pixels,
                 double                  distance)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (neighbors->splits);

  return (Measure) {
    .ink = measure_ink (pixels, neighbors->image_size),
    .roughness = measure_roughness (pixels, atelier_dataset_get_height (dataset),
                                    atelier_dataset_get_width (dataset),
                                    atelier_dataset_get_channels (dataset)),
    .distance = distance,
  };
}

/* @indices: [n].  @features: [n, n_features]. */
static gboolean
describe_piece (AtelierNeighbors  *neighbors,
                NnPool            *pool,
                AtelierSplit       split,
                const guint32     *indices,
                guint              n,
                float             *features,
                GError           **error)
{
  const NnBatch batch = {
    .images = atelier_splits_get_images (neighbors->splits, split),
    .indices = indices,
    .n = n,
  };
  NnError nn_error = { 0 };
  NnStatus status =
    nn_predict_features (neighbors->nn_model, pool, &batch, NULL, features, &nn_error);

  return atelier_error_check_nn (status, &nn_error, _("Comparing"), error);
}

/* Computes the features of @n pictures spread over a split.  @indices: [n], filled. */
static gboolean
describe_split (AtelierNeighbors  *neighbors,
                NnPool            *pool,
                AtelierSplit       split,
                guint32           *indices,
                guint              n,
                float             *features,
                GCancellable      *cancellable,
                GError           **error)
{
  const guint n_all = atelier_splits_get_n (neighbors->splits, split);

  for (guint i = 0; i < n; i++)
    indices[i] = spread (i, n, n_all);

  for (guint first = 0; first < n; first += PIECE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !describe_piece (neighbors, pool, split, indices + first, MIN (PIECE, n - first),
                              features + first * neighbors->n_features, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_no_memory (guint    n_images,
               GError **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
               _("There is not enough memory to compare with %u images."), n_images);

  return FALSE;
}

static gboolean
index_training (AtelierNeighbors  *neighbors,
                NnPool            *pool,
                GCancellable      *cancellable,
                GError           **error)
{
  const guint n = neighbors->n_images;
  g_autofree guint32 *indices = g_new (guint32, n);
  g_autofree float *features = g_try_new (float, n * neighbors->n_features);
  NnError nn_error = { 0 };
  NnStatus status;

  if (features == NULL)
    return set_no_memory (n, error);
  if (!describe_split (neighbors, pool, ATELIER_SPLIT_TRAIN, indices, n, features, cancellable,
                       error))
    return FALSE;

  status = nn_points_new (features, n, neighbors->n_features, &neighbors->points, &nn_error);

  return atelier_error_check_nn (status, &nn_error, _("Comparing"), error);
}

static int
compare_ink (gconstpointer a,
             gconstpointer b)
{
  double x = ((const Measure *) a)->ink;
  double y = ((const Measure *) b)->ink;

  return x < y ? -1 : x > y;
}

static int
compare_roughness (gconstpointer a,
                   gconstpointer b)
{
  double x = ((const Measure *) a)->roughness;
  double y = ((const Measure *) b)->roughness;

  return x < y ? -1 : x > y;
}

static int
compare_distance (gconstpointer a,
                  gconstpointer b)
{
  double x = ((const Measure *) a)->distance;
  double y = ((const Measure *) b)->distance;

  return x < y ? -1 : x > y;
}

/* Sorts @measures.  Pictures beyond one limit are flagged and do not count for the next limits. */
static void
set_limits (AtelierNeighbors *neighbors,
            Measure          *measures,
            guint             n)
{
  const guint n_flagged = (guint) (FLAGGED_SHARE * n);
  const guint n_each = (guint) (FLAGGED_SHARE_EACH * n);

  qsort (measures, n, sizeof *measures, compare_ink);
  measures += n_each;
  n -= 2 * n_each;
  neighbors->least_ink = measures[0].ink;
  neighbors->most_ink = measures[n - 1].ink;
  qsort (measures, n, sizeof *measures, compare_roughness);
  n -= n_each;
  neighbors->most_roughness = measures[n - 1].roughness;
  qsort (measures, n, sizeof *measures, compare_distance);
  n -= n_flagged - 3 * n_each;
  neighbors->most_distance = measures[n - 1].distance;
}

static guint
count_calibration (const AtelierNeighbors *neighbors,
                   guint                   n_available)
{
  const double work = (double) neighbors->n_images * (double) neighbors->n_features;

  return MIN (n_available, (guint) CLAMP (CALIBRATION_WORK / work, MIN_CALIBRATION,
                                          MAX_CALIBRATION));
}

/* The place of training picture @i_image in the index, or SIZE_MAX if it was not taken. */
static gsize
find_point (const AtelierNeighbors *neighbors,
            guint                   i_image)
{
  const guint n_all = atelier_splits_get_n (neighbors->splits, ATELIER_SPLIT_TRAIN);
  const guint64 n = neighbors->n_images;
  const gsize i_point = (gsize) ((i_image * n + n_all - 1) / n_all);

  return i_point < n && spread ((guint) i_point, (guint) n, n_all) == i_image ? i_point : SIZE_MAX;
}

static gboolean
calibrate (AtelierNeighbors  *neighbors,
           NnPool            *pool,
           GCancellable      *cancellable,
           GError           **error)
{
  const gboolean has_validation =
    atelier_splits_get_n (neighbors->splits, ATELIER_SPLIT_VALIDATION) > 0;
  const AtelierSplit split = has_validation ? ATELIER_SPLIT_VALIDATION : ATELIER_SPLIT_TRAIN;
  const guint n =
    count_calibration (neighbors, atelier_splits_get_n (neighbors->splits, split));
  g_autofree guint32 *indices = g_new (guint32, n);
  g_autofree Measure *measures = g_new (Measure, n);
  g_autofree float *features = g_try_new (float, n * neighbors->n_features);

  if (features == NULL)
    return set_no_memory (n, error);
  if (!describe_split (neighbors, pool, split, indices, n, features, cancellable, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const gsize left_out = has_validation ? SIZE_MAX : find_point (neighbors, indices[i]);
      NnNeighbor nearest = { 0 };

      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      nn_points_find_nearest (neighbors->points, features + i * neighbors->n_features, left_out,
                              &nearest, 1);
      measures[i] = measure_picture (neighbors,
                                     atelier_splits_get_image (neighbors->splits, split,
                                                                indices[i]),
                                     sqrt ((double) nearest.squared_distance));
    }
  set_limits (neighbors, measures, n);

  return TRUE;
}

/* With weights that are not finite, distances would mean nothing. */
static gboolean
open_model (AtelierNeighbors  *neighbors,
            guint              n_threads,
            GError           **error)
{
  const AtelierEngineOptions options = {
    .max_batch = PIECE,
    .n_threads = n_threads,
    .raw_pixels = atelier_model_get_raw_pixels (neighbors->model),
  };

  neighbors->nn_model =
    atelier_engine_new_model (atelier_model_get_network (neighbors->model),
                              atelier_model_get_recipe (neighbors->model), &options,
                              _("Comparing"), error);
  if (neighbors->nn_model == NULL
      || !atelier_engine_write_tensors (neighbors->nn_model, neighbors->model, error))
    return FALSE;
  if (atelier_engine_find_not_finite (neighbors->nn_model) >= 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE,
                   _("The network's weights are not all finite, so nothing can be compared."));
      return FALSE;
    }
  neighbors->n_features = nn_model_get_n_features (neighbors->nn_model);
  neighbors->features = g_new (float, neighbors->n_features);

  return TRUE;
}

static void
build_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  AtelierNeighbors *neighbors =
    atelier_neighbors_new (request->model, request->splits, 1, cancellable, &error);

  if (neighbors != NULL)
    g_task_return_pointer (task, neighbors, g_object_unref);
  else
    g_task_return_error (task, error);
}

AtelierNeighbors *
atelier_neighbors_new (AtelierModel   *model,
                       AtelierSplits  *splits,
                       guint           n_threads,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr (AtelierNeighbors) neighbors = NULL;
  g_autoptr (NnPool) pool = NULL;
  AtelierDataset *dataset;
  guint n_train;

  g_return_val_if_fail (model != NULL && splits != NULL, NULL);

  dataset = atelier_splits_get_dataset (splits);
  if (!atelier_engine_check_fit (atelier_model_get_network (model), dataset, error))
    return NULL;

  neighbors = g_object_new (ATELIER_TYPE_NEIGHBORS, NULL);
  neighbors->model = atelier_model_ref (model);
  neighbors->splits = atelier_splits_ref (splits);
  neighbors->image_size = atelier_dataset_get_image_size (dataset);
  n_threads = atelier_engine_count_threads (n_threads);
  if (!open_model (neighbors, n_threads, error))
    return NULL;

  n_train = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);
  neighbors->n_images =
    (guint) CLAMP (MAX_FEATURE_BYTES / (neighbors->n_features * sizeof (float)), 1, n_train);
  pool = atelier_engine_open_pool (n_threads);
  if (!index_training (neighbors, pool, cancellable, error)
      || !calibrate (neighbors, pool, cancellable, error))
    return NULL;

  return g_steal_pointer (&neighbors);
}

void
atelier_neighbors_new_async (AtelierModel        *model,
                             AtelierSplits       *splits,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (model != NULL && splits != NULL);

  request = g_new0 (Request, 1);
  request->model = atelier_model_ref (model);
  request->splits = atelier_splits_ref (splits);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_neighbors_new_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, build_in_thread);
}

AtelierNeighbors *
atelier_neighbors_new_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

AtelierModel *
atelier_neighbors_get_model (AtelierNeighbors *neighbors)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBORS (neighbors), NULL);

  return neighbors->model;
}

AtelierSplits *
atelier_neighbors_get_splits (AtelierNeighbors *neighbors)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBORS (neighbors), NULL);

  return neighbors->splits;
}

guint
atelier_neighbors_get_n_images (AtelierNeighbors *neighbors)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBORS (neighbors), 0);

  return neighbors->n_images;
}

static AtelierLikeness
judge (const AtelierNeighbors *neighbors,
       const Measure          *measure)
{
  if (measure->ink == 0.0)
    return ATELIER_LIKENESS_EMPTY;
  if (measure->ink < neighbors->least_ink)
    return ATELIER_LIKENESS_LITTLE_INK;
  if (measure->ink > neighbors->most_ink)
    return ATELIER_LIKENESS_MUCH_INK;
  if (measure->roughness > neighbors->most_roughness)
    return ATELIER_LIKENESS_ROUGH;

  return measure->distance > neighbors->most_distance ? ATELIER_LIKENESS_FAR
                                                      : ATELIER_LIKENESS_FAMILIAR;
}

gboolean
atelier_neighbors_look (AtelierNeighbors     *neighbors,
                        const guint8         *pixels,
                        AtelierNeighborhood  *neighborhood,
                        GError              **error)
{
  const NnBatch batch = { .images = pixels, .n = 1 };
  NnNeighbor nearest[ATELIER_N_NEIGHBORS];
  NnError nn_error = { 0 };
  NnStatus status;
  guint n_train, n_found;
  Measure measure;
  double distance;

  g_return_val_if_fail (ATELIER_IS_NEIGHBORS (neighbors), FALSE);
  g_return_val_if_fail (pixels != NULL && neighborhood != NULL, FALSE);

  status = nn_predict_features (neighbors->nn_model, NULL, &batch, NULL, neighbors->features,
                                &nn_error);
  if (!atelier_error_check_nn (status, &nn_error, _("Comparing"), error))
    return FALSE;

  n_train = atelier_splits_get_n (neighbors->splits, ATELIER_SPLIT_TRAIN);
  n_found = (guint) nn_points_find_nearest (neighbors->points, neighbors->features, SIZE_MAX,
                                            nearest, ATELIER_N_NEIGHBORS);
  *neighborhood = (AtelierNeighborhood) { .n_neighbors = n_found };
  for (guint i = 0; i < n_found; i++)
    neighborhood->neighbors[i] = (AtelierNeighbor) {
      .picture = atelier_splits_get_picture (neighbors->splits, ATELIER_SPLIT_TRAIN,
                                             spread ((guint) nearest[i].i_point,
                                                     neighbors->n_images, n_train)),
      .distance = sqrt ((double) nearest[i].squared_distance),
    };

  distance = n_found > 0 ? neighborhood->neighbors[0].distance : INFINITY;
  measure = measure_picture (neighbors, pixels, distance);
  neighborhood->ink = measure.ink;
  neighborhood->roughness = measure.roughness;
  neighborhood->likeness = judge (neighbors, &measure);
  neighborhood->distance_share =
    distance == neighbors->most_distance ? 1.0 : distance / neighbors->most_distance;

  return TRUE;
}

const char *
atelier_likeness_describe (AtelierLikeness likeness)
{
  switch (likeness)
    {
    case ATELIER_LIKENESS_EMPTY:
      return _("There is nothing on the picture.");
    case ATELIER_LIKENESS_LITTLE_INK:
      return _("Unlike the training data: less ink than in nearly all training pictures.");
    case ATELIER_LIKENESS_MUCH_INK:
      return _("Unlike the training data: more ink than in nearly all training pictures.");
    case ATELIER_LIKENESS_ROUGH:
      return _("Unlike the training data: rougher than nearly all training pictures, as noise is.");
    case ATELIER_LIKENESS_FAR:
      return _("Unlike the training data: to the network, no training picture looks much like "
               "it.");
    case ATELIER_LIKENESS_FAMILIAR:
    default:
      return NULL;
    }
}
