/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changed pictures, and what a model makes of them. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-robustness.h"
#include "small-runs.h"

#define SIDE 28

/* One light pixel, and where it goes. */
static void
assert_goes (AtelierChange change,
             guint         from_y,
             guint         from_x,
             guint         to_y,
             guint         to_x)
{
  guint8 pixels[SIDE * SIDE] = { 0 };
  guint8 changed[SIDE * SIDE];
  guint8 expected[SIDE * SIDE] = { 0 };

  pixels[from_y * SIDE + from_x] = 200;
  expected[to_y * SIDE + to_x] = 200;
  atelier_change_apply (change, SIDE, SIDE, 1, pixels, changed);
  g_assert_cmpmem (changed, sizeof changed, expected, sizeof expected);
}

static void
test_moved (void)
{
  assert_goes (ATELIER_CHANGE_MIRRORED, 5, 3, 5, 24);
  assert_goes (ATELIER_CHANGE_MOVED_LEFT, 5, 3, 5, 1);
  assert_goes (ATELIER_CHANGE_MOVED_RIGHT, 5, 3, 5, 5);
  assert_goes (ATELIER_CHANGE_MOVED_UP, 5, 3, 3, 3);
  assert_goes (ATELIER_CHANGE_MOVED_DOWN, 5, 3, 7, 3);
}

/* What leaves is gone, and what comes in is black. */
static void
test_edge (void)
{
  guint8 pixels[SIDE * SIDE], changed[SIDE * SIDE];

  memset (pixels, 255, sizeof pixels);
  atelier_change_apply (ATELIER_CHANGE_MOVED_LEFT, SIDE, SIDE, 1, pixels, changed);
  g_assert_cmpuint (changed[0], ==, 255);
  g_assert_cmpuint (changed[25], ==, 255);
  g_assert_cmpuint (changed[26], ==, 0);
  g_assert_cmpuint (changed[27], ==, 0);
}

/* A light spot above the centre goes to the right with a turn to the right, and the centre of its
 * mass to where the angle says. */
static void
test_turned (void)
{
  const AtelierChange turns[] = { ATELIER_CHANGE_TURNED_RIGHT, ATELIER_CHANGE_TURNED_LEFT };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      guint8 pixels[SIDE * SIDE] = { 0 }, changed[SIDE * SIDE];
      double sum = 0.0, sum_x = 0.0, sum_y = 0.0;
      const double sign = i == 0 ? 1.0 : -1.0;

      for (guint y = 3; y < 6; y++)
        for (guint x = 13; x < 15; x++)
          pixels[y * SIDE + x] = 255;
      atelier_change_apply (turns[i], SIDE, SIDE, 1, pixels, changed);
      for (guint y = 0; y < SIDE; y++)
        for (guint x = 0; x < SIDE; x++)
          {
            sum += changed[y * SIDE + x];
            sum_x += changed[y * SIDE + x] * (x - 13.5);
            sum_y += changed[y * SIDE + x] * (y - 13.5);
          }
      g_assert_cmpfloat_with_epsilon (sum_x / sum, sign * 9.5 * sin (10.0 * G_PI / 180.0), 0.1);
      g_assert_cmpfloat_with_epsilon (sum_y / sum, -9.5 * cos (10.0 * G_PI / 180.0), 0.1);
    }
}

/* Colours stay together. */
static void
test_channels (void)
{
  const guint8 pixels[] = { 1, 2, 3, 4, 5, 6 };
  const guint8 expected[] = { 4, 5, 6, 1, 2, 3 };
  guint8 changed[6];

  atelier_change_apply (ATELIER_CHANGE_MIRRORED, 1, 2, 3, pixels, changed);
  g_assert_cmpmem (changed, sizeof changed, expected, sizeof expected);
}

static void
test_ids (void)
{
  for (guint i = 0; i < ATELIER_N_CHANGES; i++)
    {
      g_assert_nonnull (atelier_change_get_name (i));
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (atelier_change_get_id (i), !=, atelier_change_get_id (k));
    }
}

#define SMALL 14
#define N_PICTURES 4

/* Looks whether the picture is lighter on the left or on the right. */
static AtelierModel *
make_model (void)
{
  const AtelierLayer layers[] = { { .kind = ATELIER_LAYER_FLATTEN },
                                  { .kind = ATELIER_LAYER_DENSE, .units = 2 } };
  const char * const class_names[] = { "left", "right", NULL };
  g_autoptr (AtelierNetwork) network
    = atelier_network_new ("Sides", SMALL, SMALL, 1, layers, G_N_ELEMENTS (layers), NULL);
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");
  g_autoptr (GPtrArray) tensors
    = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  float weights[2][SMALL * SMALL], biases[2] = { 0.0f };
  AtelierInput input;
  AtelierModel *model;

  for (guint i = 0; i < SMALL * SMALL; i++)
    {
      weights[0][i] = i % SMALL < SMALL / 2 ? 1.0f : 0.0f;
      weights[1][i] = 1.0f - weights[0][i];
    }
  g_ptr_array_add (tensors, g_bytes_new (weights, sizeof weights));
  g_ptr_array_add (tensors, g_bytes_new (biases, sizeof biases));
  atelier_input_init_fashion (&input, SMALL, SMALL);
  model = atelier_model_new (&(AtelierModelParts) {
                               .network = network,
                               .recipe = recipe,
                               .input = &input,
                               .class_names = class_names,
                               .dataset_name = "Sides",
                               .dataset_sha256 = "",
                               .tensors = tensors,
                             },
                             NULL);
  g_assert_nonnull (model);
  return model;
}

/* Pictures with one light pixel, two on each side: one of them beside the middle. */
static AtelierSplits *
make_splits (void)
{
  static const guint columns[N_PICTURES] = { 3, 6, 7, 10 };
  static const guint8 labels[N_PICTURES] = { 0, 0, 1, 1 };
  const char * const class_names[] = { "left", "right", NULL };
  guint8 pixels[N_PICTURES][SMALL * SMALL] = { { 0 } };
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);

  for (guint i = 0; i < N_PICTURES; i++)
    pixels[i][7 * SMALL + columns[i]] = 255;
  images = g_bytes_new (pixels, sizeof pixels);
  return splits_of_parts (&(AtelierDatasetParts) {
    .id = "folder",
    .name = "Sides",
    .source = "a test",
    .height = SMALL,
    .width = SMALL,
    .channels = 1,
    .class_names = class_names,
    .n_validation = 2,
    .train_images = images,
    .train_labels = label_bytes,
    .test_images = images,
    .test_labels = label_bytes,
  });
}

static void
test_measure (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (AtelierSplits) splits = make_splits ();
  g_autoptr (GError) error = NULL;
  double accuracies[ATELIER_N_CHANGES];

  g_assert_true (atelier_robustness_measure (model, splits, ATELIER_SPLIT_TEST, FALSE, 1, NULL,
                                             accuracies, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MIRRORED], ==, 0.0);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_LEFT], ==, 0.75);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_RIGHT], ==, 0.75);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_UP], ==, 1.0);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_DOWN], ==, 1.0);

  /* The first two, which are on the left. */
  g_assert_true (atelier_robustness_measure (model, splits, ATELIER_SPLIT_VALIDATION, FALSE, 1,
                                             NULL, accuracies, &error));
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_LEFT], ==, 1.0);
  g_assert_cmpfloat (accuracies[ATELIER_CHANGE_MOVED_RIGHT], ==, 0.5);
}

static void
test_refused (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (AtelierSplits) splits = make_splits ();
  g_autoptr (AtelierSplits) other = small_splits_new ();
  g_autoptr (AtelierSplits) none = small_splits_new_first (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) misfit = NULL;
  g_autoptr (GError) empty = NULL;
  double accuracies[ATELIER_N_CHANGES];

  g_cancellable_cancel (cancellable);
  g_assert_false (atelier_robustness_measure (model, splits, ATELIER_SPLIT_TEST, FALSE, 1,
                                              cancellable, accuracies, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (atelier_robustness_measure (model, other, ATELIER_SPLIT_TEST, FALSE, 1, NULL,
                                              accuracies, &misfit));
  g_assert_error (misfit, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_false (atelier_robustness_measure (model, none, ATELIER_SPLIT_VALIDATION, FALSE, 1,
                                              NULL, accuracies, &empty));
  g_assert_error (empty, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/robustness/moved", test_moved);
  g_test_add_func ("/core/robustness/edge", test_edge);
  g_test_add_func ("/core/robustness/turned", test_turned);
  g_test_add_func ("/core/robustness/channels", test_channels);
  g_test_add_func ("/core/robustness/ids", test_ids);
  g_test_add_func ("/core/robustness/measure", test_measure);
  g_test_add_func ("/core/robustness/refused", test_refused);
  return g_test_run ();
}
