/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nearest training pictures, and pictures that are unlike all of them. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-synthetic.h"
#include "inference/atelier-mirror.h"
#include "inference/atelier-neighbors.h"
#include "small-runs.h"
#include "training/atelier-learner-private.h"

typedef struct
{
  AtelierSplits *splits;
  AtelierModel *model; /* after an epoch */
} Fixture;

static AtelierModel *
train_model (AtelierSplits *splits)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierLearner) learner = NULL;
  AtelierRecipeValues recipe;
  guint n_images;
  float loss, accuracy;

  small_recipe_init (&recipe, 1);
  learner = learner_of (network, &recipe, splits, 1, NULL);
  atelier_learner_begin_epoch (learner);
  while (!atelier_learner_is_trained (learner))
    g_assert_true (atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, NULL));

  return atelier_learner_snapshot (learner, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->splits = small_splits_new ();
  fixture->model = train_model (fixture->splits);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_model_unref (fixture->model);
  atelier_splits_unref (fixture->splits);
}

static AtelierNeighbors *
build (AtelierModel  *model,
       AtelierSplits *splits)
{
  g_autoptr (GError) error = NULL;
  AtelierNeighbors *neighbors = atelier_neighbors_new (model, splits, 2, NULL, &error);

  g_assert_no_error (error);

  return neighbors;
}

static AtelierNeighborhood
look (AtelierNeighbors *neighbors,
      const guint8     *pixels)
{
  g_autoptr (GError) error = NULL;
  AtelierNeighborhood neighborhood;

  atelier_neighbors_look (neighbors, pixels, &neighborhood, &error);
  g_assert_no_error (error);

  return neighborhood;
}

static void
test_itself_first (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  const guint n = atelier_splits_get_n (fixture->splits, ATELIER_SPLIT_TRAIN);

  g_assert_cmpuint (atelier_neighbors_get_n_images (neighbors), ==, n);
  g_assert_true (atelier_neighbors_get_model (neighbors) == fixture->model);
  g_assert_true (atelier_neighbors_get_splits (neighbors) == fixture->splits);

  for (guint i = 0; i < n; i += 7)
    {
      AtelierNeighborhood found =
        look (neighbors, atelier_splits_get_image (fixture->splits, ATELIER_SPLIT_TRAIN, i));

      g_assert_cmpuint (found.n_neighbors, ==, ATELIER_N_NEIGHBORS);
      g_assert_cmpuint (found.neighbors[0].picture, ==,
                        atelier_splits_get_picture (fixture->splits, ATELIER_SPLIT_TRAIN, i));
      g_assert_cmpfloat (found.neighbors[0].distance, ==, 0.0);
      g_assert_cmpfloat (found.distance_share, ==, 0.0);
      g_assert_cmpfloat (found.edges_share, ==, 0.0);
      for (guint k = 1; k < found.n_neighbors; k++)
        g_assert_cmpfloat (found.neighbors[k].distance, >=, found.neighbors[k - 1].distance);
    }
}

static void
test_empty_and_faint (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  guint8 pixels[28 * 28] = { 0 };

  g_assert_cmpint (look (neighbors, pixels).likeness, ==, ATELIER_LIKENESS_EMPTY);
  pixels[14 * 28 + 14] = 255;
  g_assert_cmpint (look (neighbors, pixels).likeness, ==, ATELIER_LIKENESS_LITTLE_INK);
  g_assert_cmpfloat_with_epsilon (look (neighbors, pixels).ink, 1.0 / 784.0, 1e-9);
}

static void
test_sheet_and_stripes (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  AtelierNeighborhood found;
  guint8 pixels[28 * 28];

  memset (pixels, 255, sizeof pixels);
  found = look (neighbors, pixels);
  g_assert_cmpint (found.likeness, ==, ATELIER_LIKENESS_MUCH_INK);
  g_assert_cmpfloat (found.roughness, ==, 0.0);

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i % 2 == 0 ? 128 : 0;
  found = look (neighbors, pixels);
  g_assert_cmpint (found.likeness, ==, ATELIER_LIKENESS_ROUGH);
  g_assert_cmpfloat_with_epsilon (found.roughness, 0.5 * 128.0 / 255.0, 1e-9);
}

/* Two bars at the edges: as smooth and as dark as a garment usually is, but no garment. */
static void
test_bars_are_far (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  AtelierNeighborhood found;
  guint8 pixels[28 * 28];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i / 28 < 3 || i / 28 >= 25 ? 255 : 0;
  found = look (neighbors, pixels);

  g_assert_cmpint (found.likeness, ==, ATELIER_LIKENESS_FAR);
  g_assert_cmpfloat (found.distance_share, >, 1.0);
}

/* Faint lines, each of one pixel: not rough, but finer than any garment. */
static void
test_lines_are_fine (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  guint8 pixels[28 * 28];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i / 28 % 3 == 1 ? 80 : 0;

  g_assert_cmpint (look (neighbors, pixels).likeness, ==, ATELIER_LIKENESS_FINE);
}

/* A soft chessboard within a disc: neither rough nor fine, but light and dark alternate all over as
 * in no garment. */
static void
test_chessboard_is_unusual (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  guint8 pixels[28 * 28];

  for (guint i = 0; i < sizeof pixels; i++)
    {
      const double x = i % 28 - 13.5;
      const double y = i / 28 - 13.5;

      pixels[i] = x * x + y * y < 170 ? (guint8) (120 + 80 * sin (x * 1.0) * sin (y * 1.0)) : 0;
    }

  g_assert_cmpint (look (neighbors, pixels).likeness, ==, ATELIER_LIKENESS_UNUSUAL);
}

/* Even and grey, as grain that was made small: a bag to the network, but no bag is so full. */
static void
test_rectangle_is_full (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  guint8 pixels[28 * 28];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i / 28 >= 4 && i / 28 < 24 ? 128 : 0;

  g_assert_cmpint (look (neighbors, pixels).likeness, ==, ATELIER_LIKENESS_FULL);
}

/* Soft, and with as much ink as a garment, but light where garments are not: in a corner. */
static void
test_slope_has_other_edges (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, fixture->splits);
  AtelierNeighborhood found;
  guint8 pixels[28 * 28];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i % 28 >= i / 28 ? (guint8) (5 * (i % 28)) : 0;
  found = look (neighbors, pixels);

  g_assert_cmpint (found.likeness, ==, ATELIER_LIKENESS_EDGES);
  g_assert_cmpfloat (found.edges_share, >, 1.0);
  g_assert_cmpfloat (found.distance_share, <=, 1.0);
}

/* Shoes that point to the right, as none of the training pictures does, are turned; hardly any
 * picture is as it is. */
static void
test_turned (void)
{
  g_autoptr (AtelierSplits) splits = garment_splits_new (3, 1200, 100);
  g_autoptr (AtelierModel) model = train_model (splits);
  g_autoptr (AtelierNeighbors) neighbors = build (model, splits);
  guint n_boots = 0, n_turned_boots = 0, n_turned = 0;

  for (guint i = 0; i < 100; i++)
    {
      const guint8 *pixels = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i);
      guint8 mirrored[28 * 28];

      n_turned += look (neighbors, pixels).is_turned;
      if (atelier_splits_get_label (splits, ATELIER_SPLIT_TEST, i) != 9)
        continue;
      atelier_input_mirror (pixels, 28, 28, mirrored);
      n_boots++;
      n_turned_boots += look (neighbors, mirrored).is_turned;
    }
  g_test_message ("%u of %u mirrored boots, %u of 100 pictures are turned", n_turned_boots, n_boots,
                  n_turned);
  g_assert_cmpuint (n_boots, >, 0);
  g_assert_cmpuint (n_turned_boots, ==, n_boots);
  g_assert_cmpuint (n_turned, <=, 10);
}

/* With the training pictures, they decide about a hint, and not whether the answer was unsure. */
static void
test_mirror_hint (void)
{
  const AtelierNeighborhood turned = { .is_turned = TRUE };
  const AtelierNeighborhood upright = { .is_turned = FALSE };
  AtelierMirrorJudgement judgement = { .is_other = TRUE, .hint_class = 9, .hint_score = 0.8f };

  atelier_mirror_compare (&judgement, &turned);
  g_assert_true (judgement.is_hint);
  atelier_mirror_compare (&judgement, &upright);
  g_assert_false (judgement.is_hint);
  judgement.hint_score = 0.6f;
  atelier_mirror_compare (&judgement, &turned);
  g_assert_false (judgement.is_hint);
  judgement = (AtelierMirrorJudgement) { .is_other = FALSE, .hint_class = 9, .hint_score = 0.9f };
  atelier_mirror_compare (&judgement, &turned);
  g_assert_false (judgement.is_hint);
  judgement = (AtelierMirrorJudgement) { .is_other = TRUE, .was_mirrored = TRUE,
                                         .hint_score = 0.9f };
  atelier_mirror_compare (&judgement, &turned);
  g_assert_false (judgement.is_hint);
}

/* One in a hundred of the pictures from which the limits were computed is beyond them. */
static void
test_one_in_a_hundred (void)
{
  enum { N_VALIDATION = 1000 };
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 2000, 10);
  g_autoptr (AtelierSplits) splits = atelier_splits_new_first (dataset, N_VALIDATION, NULL);
  g_autoptr (AtelierModel) model = train_model (splits);
  g_autoptr (AtelierNeighbors) neighbors = build (model, splits);
  guint n_flagged = 0;

  for (guint i = 0; i < N_VALIDATION; i++)
    n_flagged += look (neighbors,
                       atelier_splits_get_image (splits, ATELIER_SPLIT_VALIDATION, i)).likeness
                 != ATELIER_LIKENESS_FAMILIAR;

  g_assert_cmpuint (n_flagged, <=, 10);
  g_assert_cmpuint (n_flagged, >=, 8);
}

/* Without a validation split the limit comes from training pictures, none compared with itself. */
static void
test_no_validation (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AtelierSplits) splits = small_splits_new_first (0);
  g_autoptr (AtelierNeighbors) neighbors = build (fixture->model, splits);
  AtelierNeighborhood found =
    look (neighbors, atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, 0));

  g_assert_true (isfinite (found.distance_share));
  g_assert_cmpfloat (found.distance_share, >, 0.0);
  g_assert_true (isfinite (found.edges_share));
  g_assert_cmpfloat (found.edges_share, >, 0.0);
}

static void
on_built_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
test_in_a_thread (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierNeighbors) expected = build (fixture->model, fixture->splits);
  g_autoptr (AtelierNeighbors) neighbors = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *pixels = atelier_splits_get_image (fixture->splits, ATELIER_SPLIT_TEST, 3);
  AtelierNeighborhood a, b;

  atelier_neighbors_new_async (fixture->model, fixture->splits, NULL, on_built_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  neighbors = atelier_neighbors_new_finish (result, &error);
  g_assert_no_error (error);

  a = look (expected, pixels);
  b = look (neighbors, pixels);
  for (guint i = 0; i < ATELIER_N_NEIGHBORS; i++)
    {
      g_assert_cmpuint (a.neighbors[i].picture, ==, b.neighbors[i].picture);
      g_assert_cmpfloat (a.neighbors[i].distance, ==, b.neighbors[i].distance);
    }
  g_assert_cmpfloat (a.distance_share, ==, b.distance_share);
  g_assert_cmpfloat (a.edges_share, ==, b.edges_share);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_neighbors_new (fixture->model, fixture->splits, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_other_size (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GBytes) images = g_bytes_new_take (g_malloc0 (20 * 12 * 12), 20 * 12 * 12);
  g_autoptr (GBytes) labels = g_bytes_new_take (g_malloc0 (20), 20);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Other",
    .source = "test",
    .height = 12,
    .width = 12,
    .channels = 1,
    .class_names = atelier_fashion_class_names,
    .train_images = images,
    .train_labels = labels,
    .test_images = nothing,
    .test_labels = nothing,
  };
  g_autoptr (AtelierSplits) splits = splits_of_parts (&parts);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_neighbors_new (fixture->model, splits, 1, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

static void
test_words (void)
{
  g_assert_null (atelier_likeness_describe (ATELIER_LIKENESS_FAMILIAR));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_LITTLE_INK), "ink"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_FAR), "Unlike"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_FULL), "rectangle"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_FINE), "fine"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_UNUSUAL), "alternate"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_EDGES), "edges"));
  g_assert_nonnull (strstr (atelier_likeness_describe (ATELIER_LIKENESS_EMPTY), "nothing"));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/core/neighbors/itself-first", test_itself_first);
  ADD ("/core/neighbors/empty-and-faint", test_empty_and_faint);
  ADD ("/core/neighbors/sheet-and-stripes", test_sheet_and_stripes);
  ADD ("/core/neighbors/bars-are-far", test_bars_are_far);
  ADD ("/core/neighbors/lines-are-fine", test_lines_are_fine);
  ADD ("/core/neighbors/chessboard-is-unusual", test_chessboard_is_unusual);
  ADD ("/core/neighbors/rectangle-is-full", test_rectangle_is_full);
  ADD ("/core/neighbors/slope-has-other-edges", test_slope_has_other_edges);
  g_test_add_func ("/core/neighbors/turned", test_turned);
  g_test_add_func ("/core/neighbors/mirror-hint", test_mirror_hint);
  g_test_add_func ("/core/neighbors/one-in-a-hundred", test_one_in_a_hundred);
  ADD ("/core/neighbors/no-validation", test_no_validation);
  ADD ("/core/neighbors/in-a-thread", test_in_a_thread);
  ADD ("/core/neighbors/cancelled", test_cancelled);
  ADD ("/core/neighbors/other-size", test_other_size);
  g_test_add_func ("/core/neighbors/words", test_words);

  return g_test_run ();
}
