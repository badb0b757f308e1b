/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Builds the index: first the features and the edges of the training pictures, piece by piece, then
 * the limits beyond which a picture is called unlike the training data.
 *
 * The limits are set so that one in a hundred pictures is flagged: nearly half of those for edges
 * unlike any training picture's, because that test finds most of what belongs to no class, and a
 * few for each of the others.  They are taken from validation pictures, because the weights were
 * not fitted to these.  Without a validation split they are taken from training pictures, each
 * compared with all others but itself (though it may be among those of which the spread was made).
 * The amount of work is limited, not the time: if the last hidden layer is large, fewer pictures
 * are measured.
 *
 * Tried and found to say less about pictures that are no garments: how sure the network is, what
 * principal components leave over, the nearest training picture pixel by pixel or by its outline,
 * a limit for each class, and the distance to the third or tenth neighbour.
 */

#include "config.h"

#include "inference/atelier-neighbors.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "inference/atelier-spread-private.h"
#include "inference/atelier-traits-private.h"
#include "model/atelier-engine-private.h"
#include "picture/atelier-input.h"

#define MAX_FEATURE_BYTES ((gsize) 128 << 20)
/* 15 MiB.  Three times as many find no more, and call more drawings strange. */
#define MAX_EDGE_IMAGES 20000
#define PIECE 1000
#define FLAGGED_SHARE 0.01
#define THE_REST 0
/* To set the limits: the number of differences to compute, and the least and greatest number of
 * pictures to measure. */
#define CALIBRATION_WORK 1.8e10
#define MIN_CALIBRATION 200
#define MAX_CALIBRATION 5000
#define CANCEL_INTERVAL 16
/* A turned picture is at least so many times as unusual as its mirror image. */
#define TURNED_FACTOR 1.2

/* In this order a picture is tested, and the first that it fails is the reason that is given. */
typedef enum
{
  TEST_LITTLE_INK,
  TEST_MUCH_INK,
  TEST_ROUGH,
  TEST_FULL,
  TEST_FINE,
  TEST_FAR,
  TEST_EDGES,
  TEST_UNUSUAL,
  N_TESTS
} Test;

/* What is said of a picture that fails a test, and how many in a hundred thousand may fail it; one
 * gets what the others leave of FLAGGED_SHARE.  Grain and whatever else has no ground shrink to
 * filled rectangles, as hardly any garment is. */
static const struct
{
  AtelierLikeness reason;
  guint           share;
} tests[N_TESTS] = {
  [TEST_LITTLE_INK] = { ATELIER_LIKENESS_LITTLE_INK, 50 },
  [TEST_MUCH_INK] = { ATELIER_LIKENESS_MUCH_INK, 50 },
  [TEST_ROUGH] = { ATELIER_LIKENESS_ROUGH, 50 },
  [TEST_FULL] = { ATELIER_LIKENESS_FULL, 200 },
  [TEST_FINE] = { ATELIER_LIKENESS_FINE, 50 },
  [TEST_FAR] = { ATELIER_LIKENESS_FAR, 50 },
  [TEST_EDGES] = { ATELIER_LIKENESS_EDGES, THE_REST },
  [TEST_UNUSUAL] = { ATELIER_LIKENESS_UNUSUAL, 100 },
};

struct _AtelierNeighbors
{
  GObject parent_instance;

  guint n_images;      /* in the index */
  guint n_edge_images; /* those whose edges are in it, spread over the split by themselves */
  AtelierTraitsSize size;
  gsize n_features;
  double limits[N_TESTS];

  /* Owned */
  AtelierModel *model;
  AtelierSplits *splits;
  NnModel *nn_model;
  NnPoints *points;
  NnPoints *edges;
  AtelierSpread *spread;
  float *features; /* [n_features], of the picture to be compared */
};

G_DEFINE_FINAL_TYPE (AtelierNeighbors, atelier_neighbors, G_TYPE_OBJECT)

/* What a picture is tested for; above the limit of its test, a value is strange. */
typedef struct
{
  double values[N_TESTS];
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
  nn_points_free (neighbors->edges);
  atelier_spread_free (neighbors->spread);
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

/* The distance from the edges of a picture to the nearest of the training pictures'. */
static double
measure_edges (const AtelierNeighbors *neighbors,
               const guint8           *pixels,
               gsize                   left_out)
{
  float edges[ATELIER_N_EDGES];
  NnNeighbor nearest = { 0 };

  atelier_traits_describe_edges (pixels, &neighbors->size, edges);
  if (nn_points_find_nearest (neighbors->edges, edges, left_out, &nearest, 1) == 0)
    return 0.0;

  return sqrt ((double) nearest.squared_distance);
}

/* @left_out: the picture's own place among the edges, or SIZE_MAX. */
static Measure
measure_picture (const AtelierNeighbors *neighbors,
                 const guint8           *pixels,
                 double                  distance,
                 gsize                   left_out)
{
  const double ink = atelier_traits_measure_ink (pixels, &neighbors->size);
  const double roughness = atelier_traits_measure_roughness (pixels, &neighbors->size);

  return (Measure) { .values = {
    [TEST_LITTLE_INK] = -ink,
    [TEST_MUCH_INK] = ink,
    [TEST_ROUGH] = roughness,
    [TEST_FULL] = atelier_traits_measure_fill (pixels, &neighbors->size),
    [TEST_FINE] = atelier_traits_measure_fineness (pixels, &neighbors->size),
    [TEST_FAR] = distance,
    [TEST_EDGES] = measure_edges (neighbors, pixels, left_out),
    [TEST_UNUSUAL] = atelier_spread_measure (neighbors->spread, pixels),
  } };
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
index_edges (AtelierNeighbors  *neighbors,
             GCancellable      *cancellable,
             GError           **error)
{
  const guint n_all = atelier_splits_get_n (neighbors->splits, ATELIER_SPLIT_TRAIN);
  const guint n = neighbors->n_edge_images;
  g_autofree float *edges = g_try_new (float, (gsize) n * ATELIER_N_EDGES);
  NnError nn_error = { 0 };
  NnStatus status;

  if (edges == NULL)
    return set_no_memory (n, error);
  for (guint i = 0; i < n; i++)
    {
      if (i % PIECE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      atelier_traits_describe_edges (
        atelier_splits_get_image (neighbors->splits, ATELIER_SPLIT_TRAIN, spread (i, n, n_all)),
        &neighbors->size, edges + (gsize) i * ATELIER_N_EDGES);
    }

  status = nn_points_new (edges, n, ATELIER_N_EDGES, &neighbors->edges, &nn_error);

  return atelier_error_check_nn (status, &nn_error, _("Comparing"), error);
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

  return atelier_error_check_nn (status, &nn_error, _("Comparing"), error)
         && index_edges (neighbors, cancellable, error);
}

static int
compare_values (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const Test *test = data;
  double x = ((const Measure *) a)->values[*test];
  double y = ((const Measure *) b)->values[*test];

  return x < y ? -1 : x > y;
}

/* Sorts @measures.  Pictures beyond one limit are flagged and do not count for the next limits. */
static void
set_limits (AtelierNeighbors *neighbors,
            Measure          *measures,
            guint             n)
{
  guint n_flagged[N_TESTS];
  guint n_rest = (guint) (FLAGGED_SHARE * n);

  for (Test test = 0; test < N_TESTS; test++)
    {
      n_flagged[test] = (guint) ((guint64) n * tests[test].share / 100000);
      n_rest -= n_flagged[test];
    }
  for (Test test = 0; test < N_TESTS; test++)
    {
      g_qsort_with_data (measures, (int) n, sizeof *measures, compare_values, &test);
      n -= tests[test].share == THE_REST ? n_rest : n_flagged[test];
      neighbors->limits[test] = measures[n - 1].values[test];
    }
}

static guint
count_calibration (const AtelierNeighbors *neighbors,
                   guint                   n_available)
{
  const double work = (double) neighbors->n_images * (double) neighbors->n_features
                      + (double) neighbors->n_edge_images * ATELIER_N_EDGES;

  return MIN (n_available, (guint) CLAMP (CALIBRATION_WORK / work, MIN_CALIBRATION,
                                          MAX_CALIBRATION));
}

/* The place of training picture @i_image among @n_taken that are spread over the split, or SIZE_MAX
 * if it was not taken. */
static gsize
find_point (const AtelierNeighbors *neighbors,
            guint                   i_image,
            guint                   n_taken)
{
  const guint n_all = atelier_splits_get_n (neighbors->splits, ATELIER_SPLIT_TRAIN);
  const gsize i_point = (gsize) (((guint64) i_image * n_taken + n_all - 1) / n_all);

  return i_point < n_taken && spread ((guint) i_point, n_taken, n_all) == i_image ? i_point
                                                                                  : SIZE_MAX;
}

/* @features: the picture's.  A training picture is compared with all others but itself. */
static Measure
measure_for_limits (const AtelierNeighbors *neighbors,
                    AtelierSplit            split,
                    guint                   i_image,
                    const float            *features)
{
  const gboolean is_training = split == ATELIER_SPLIT_TRAIN;
  const gsize place =
    is_training ? find_point (neighbors, i_image, neighbors->n_images) : SIZE_MAX;
  const gsize edges_place =
    is_training ? find_point (neighbors, i_image, neighbors->n_edge_images) : SIZE_MAX;
  NnNeighbor nearest = { 0 };

  nn_points_find_nearest (neighbors->points, features, place, &nearest, 1);

  return measure_picture (neighbors, atelier_splits_get_image (neighbors->splits, split, i_image),
                          sqrt ((double) nearest.squared_distance), edges_place);
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
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      measures[i] = measure_for_limits (neighbors, split, indices[i],
                                        features + i * neighbors->n_features);
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
    .pixels = atelier_model_get_pixels (neighbors->model),
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
  neighbors->size = (AtelierTraitsSize) {
    .height = atelier_dataset_get_height (dataset),
    .width = atelier_dataset_get_width (dataset),
    .channels = atelier_dataset_get_channels (dataset),
  };
  n_threads = atelier_engine_count_threads (n_threads);
  if (!open_model (neighbors, n_threads, error))
    return NULL;

  n_train = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);
  neighbors->n_images =
    (guint) CLAMP (MAX_FEATURE_BYTES / (neighbors->n_features * sizeof (float)), 1, n_train);
  neighbors->n_edge_images = MIN (n_train, MAX_EDGE_IMAGES);
  pool = atelier_engine_open_pool (n_threads);
  neighbors->spread = atelier_spread_new (splits, cancellable, error);
  if (neighbors->spread == NULL || !index_training (neighbors, pool, cancellable, error)
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
  if (measure->values[TEST_MUCH_INK] == 0.0)
    return ATELIER_LIKENESS_EMPTY;
  for (Test test = 0; test < N_TESTS; test++)
    if (measure->values[test] > neighbors->limits[test])
      return tests[test].reason;

  return ATELIER_LIKENESS_FAMILIAR;
}

/* What part of the limit of @test a picture's value is. */
static double
get_share (const AtelierNeighbors *neighbors,
           const Measure          *measure,
           Test                    test)
{
  const double value = measure->values[test];

  return value == neighbors->limits[test] ? 1.0 : value / neighbors->limits[test];
}

/* Whether the training pictures are rather like the mirror image.  The spread tells it as well as
 * the edges, with a fraction of the work. */
static gboolean
is_turned (const AtelierNeighbors *neighbors,
           const guint8           *pixels,
           const Measure          *measure)
{
  const AtelierTraitsSize *size = &neighbors->size;
  g_autofree guint8 *mirrored = NULL;

  if (size->channels != 1)
    return FALSE;
  mirrored = g_malloc ((gsize) size->height * size->width);
  atelier_input_mirror (pixels, size->width, size->height, mirrored);

  return measure->values[TEST_UNUSUAL]
         > TURNED_FACTOR * atelier_spread_measure (neighbors->spread, mirrored);
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
  measure = measure_picture (neighbors, pixels, distance, SIZE_MAX);
  neighborhood->ink = measure.values[TEST_MUCH_INK];
  neighborhood->roughness = measure.values[TEST_ROUGH];
  neighborhood->likeness = judge (neighbors, &measure);
  neighborhood->distance_share = get_share (neighbors, &measure, TEST_FAR);
  neighborhood->edges_share = get_share (neighbors, &measure, TEST_EDGES);
  neighborhood->is_turned = is_turned (neighbors, pixels, &measure);

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
    case ATELIER_LIKENESS_FULL:
      return _("Unlike the training data: it is a filled rectangle, as nearly no training picture "
               "is.");
    case ATELIER_LIKENESS_FINE:
      return _("Unlike the training data: finer lines than nearly all training pictures, as text "
               "has.");
    case ATELIER_LIKENESS_UNUSUAL:
      return _("Unlike the training data: light and dark alternate as in nearly no training "
               "picture.");
    case ATELIER_LIKENESS_FAR:
      return _("Unlike the training data: to the network, no training picture looks much like "
               "it.");
    case ATELIER_LIKENESS_EDGES:
      return _("Unlike the training data: no training picture has its edges in such places.");
    case ATELIER_LIKENESS_FAMILIAR:
    default:
      return NULL;
    }
}
