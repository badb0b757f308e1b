/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Maps of networks whose answer is known: one pixel decides, or none does. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-occlusion.h"

#define SIDE 28

/* Two classes; class 0 gains @weight times pixel (@row, @column) of channel 0, and @bias. */
static AtelierModel *
new_one_pixel_model (guint height,
                     guint width,
                     guint channels,
                     guint row,
                     guint column,
                     float weight,
                     float bias)
{
  const AtelierLayer layers[] = {
    { .kind = ATELIER_LAYER_FLATTEN },
    { .kind = ATELIER_LAYER_DENSE, .units = 2 },
  };
  const char * const class_names[] = { "Dot", "Void", NULL };
  const gsize n = (gsize) height * width * channels;
  g_autoptr (AtelierNetwork) network =
    atelier_network_new ("One pixel", height, width, channels, layers, 2, NULL);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  float *weights = g_new0 (float, 2 * n);
  float biases[2] = { bias, 0.0f };
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");
  AtelierInput input;
  AtelierModelParts parts = {
    .network = network,
    .recipe = recipe,
    .input = &input,
    .class_names = class_names,
    .dataset_name = "Dots",
    .dataset_sha256 = "",
    .n_epochs = 1,
    .tensors = tensors,
  };
  AtelierModel *model;

  weights[((gsize) row * width + column) * channels] = weight;
  g_ptr_array_add (tensors, g_bytes_new_take (weights, 2 * n * sizeof (float)));
  g_ptr_array_add (tensors, g_bytes_new (biases, sizeof biases));
  atelier_input_init_fashion (&input, height, width);
  model = atelier_model_new (&parts, &error);
  g_assert_no_error (error);

  return model;
}

static AtelierOcclusion *
run (AtelierModel *model,
     const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  AtelierOcclusion *occlusion = atelier_occlusion_new (model, pixels, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (occlusion);

  return occlusion;
}

/* Covering the one bright pixel changes the answer, and covering any other changes nothing. */
static AtelierOcclusion *
run_one_pixel (guint height,
               guint width,
               guint channels,
               guint row,
               guint column)
{
  g_autoptr (AtelierModel) model =
    new_one_pixel_model (height, width, channels, row, column, 6.0f, -3.0f);
  g_autofree guint8 *pixels = g_new0 (guint8, (gsize) height * width * channels);

  pixels[((gsize) row * width + column) * channels] = 255;

  return run (model, pixels);
}

static void
assert_peak (AtelierOcclusion *occlusion,
             guint             row,
             guint             column)
{
  const float *drops = atelier_occlusion_get_drops (occlusion);
  const guint height = atelier_occlusion_get_height (occlusion);
  const guint width = atelier_occlusion_get_width (occlusion);
  const gsize i_peak = (gsize) row * width + column;

  for (gsize i = 0; i < (gsize) height * width; i++)
    if (i != i_peak)
      g_assert_cmpfloat (drops[i], <, drops[i_peak]);
  g_assert_cmpfloat (atelier_occlusion_get_highest (occlusion), ==, drops[i_peak]);
}

/* Logits 3 and 0: the score is 1 / (1 + e^-3).  The mean of the picture rounds to 0, with which the
 * logits are -3 and 0. */
static void
test_peak (void)
{
  g_autoptr (AtelierOcclusion) occlusion = run_one_pixel (SIDE, SIDE, 1, 9, 17);
  const float *drops = atelier_occlusion_get_drops (occlusion);
  const double sure = 1.0 / (1.0 + exp (-3.0));

  g_assert_cmpuint (atelier_occlusion_get_height (occlusion), ==, SIDE);
  g_assert_cmpuint (atelier_occlusion_get_width (occlusion), ==, SIDE);
  g_assert_cmpuint (atelier_occlusion_get_patch (occlusion), ==, 5);
  g_assert_cmpuint (atelier_occlusion_get_class (occlusion), ==, 0);
  g_assert_cmpfloat_with_epsilon (atelier_occlusion_get_score (occlusion), sure, 1e-6);
  assert_peak (occlusion, 9, 17);
  g_assert_cmpfloat_with_epsilon (drops[9 * SIDE + 17], 2.0 * sure - 1.0, 1e-6);
}

/* Of the 25 patches over a pixel two columns away, 15 cover the bright one too. */
static void
test_falls_off (void)
{
  g_autoptr (AtelierOcclusion) occlusion = run_one_pixel (SIDE, SIDE, 1, 9, 17);
  const float *drops = atelier_occlusion_get_drops (occlusion);
  const double highest = atelier_occlusion_get_highest (occlusion);

  g_assert_cmpfloat_with_epsilon (drops[9 * SIDE + 15], highest * 15 / 25, 1e-6);
  g_assert_cmpfloat_with_epsilon (drops[12 * SIDE + 18], highest * 8 / 25, 1e-6);
  g_assert_cmpfloat_with_epsilon (drops[9 * SIDE + 22], 0.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (drops[0], 0.0, 1e-6);
}

/* The corners are covered as often as the middle. */
static void
test_corners (void)
{
  const guint ends[] = { 0, SIDE - 1 };

  for (guint i = 0; i < 4; i++)
    {
      guint row = ends[i / 2], column = ends[i % 2];
      g_autoptr (AtelierOcclusion) occlusion = run_one_pixel (SIDE, SIDE, 1, row, column);
      const float *drops = atelier_occlusion_get_drops (occlusion);

      assert_peak (occlusion, row, column);
      g_assert_cmpfloat_with_epsilon (drops[row * SIDE + (column == 0 ? 1 : SIDE - 2)],
                                      atelier_occlusion_get_highest (occlusion) * 20 / 25, 1e-6);
    }
}

/* Any size of picture gives a map of its size: a single pixel, a line, colour, and where the patch
 * moves by more than a pixel. */
static void
test_sizes (void)
{
  static const struct { guint height, width, channels; } sizes[] = {
    { 1, 1, 1 }, { 1, 40, 1 }, { 40, 1, 3 }, { 8, 8, 3 }, { 41, 41, 1 }, { 64, 48, 3 },
    { 300, 200, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint row = sizes[i].height / 2, column = sizes[i].width / 3;
      g_autoptr (AtelierOcclusion) occlusion =
        run_one_pixel (sizes[i].height, sizes[i].width, sizes[i].channels, row, column);
      const float *drops = atelier_occlusion_get_drops (occlusion);
      const gsize n = (gsize) sizes[i].height * sizes[i].width;

      g_assert_cmpuint (atelier_occlusion_get_height (occlusion), ==, sizes[i].height);
      g_assert_cmpuint (atelier_occlusion_get_width (occlusion), ==, sizes[i].width);
      for (gsize j = 0; j < n; j++)
        g_assert_true (drops[j] >= -1e-6f && drops[j] <= 1.0f);
      g_assert_cmpfloat (drops[(gsize) row * sizes[i].width + column], ==,
                         (float) atelier_occlusion_get_highest (occlusion));
    }
}

/* Where covering makes the score larger, the drop is negative. */
static void
test_negative_drop (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 3, 4, -2.0f, 4.0f);
  g_autofree guint8 *pixels = g_new0 (guint8, SIDE * SIDE);
  g_autoptr (AtelierOcclusion) occlusion = NULL;

  pixels[3 * SIDE + 4] = 255;
  occlusion = run (model, pixels);
  g_assert_cmpuint (atelier_occlusion_get_class (occlusion), ==, 0);
  g_assert_cmpfloat (atelier_occlusion_get_drops (occlusion)[3 * SIDE + 4], <, -0.05);
  g_assert_cmpfloat_with_epsilon (atelier_occlusion_get_highest (occlusion), 0.0, 1e-6);
}

/* A covered part gets the picture's mean value: in a picture of one grey nothing changes. */
static void
test_even_picture (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 3, 4, 6.0f, -3.0f);
  g_autofree guint8 *pixels = g_malloc (SIDE * SIDE);
  g_autoptr (AtelierOcclusion) occlusion = NULL;

  memset (pixels, 200, SIDE * SIDE);
  occlusion = run (model, pixels);
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_cmpfloat (atelier_occlusion_get_drops (occlusion)[i], ==, 0.0f);
}

static void
assert_words (guint       row,
              guint       column,
              const char *place)
{
  g_autoptr (AtelierOcclusion) occlusion = run_one_pixel (SIDE, SIDE, 1, row, column);
  g_autofree char *words = atelier_occlusion_describe (occlusion);
  g_autofree char *expected = g_strdup_printf (
    "The answer rests most on %s: covering a part there takes up to 0.91 from its score of 0.95.",
    place);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_words (3, 3, "the upper left");
  assert_words (3, 14, "the top");
  assert_words (3, 24, "the upper right");
  assert_words (14, 3, "the left side");
  assert_words (14, 14, "the middle");
  assert_words (14, 24, "the right side");
  assert_words (24, 3, "the lower left");
  assert_words (24, 14, "the bottom");
  assert_words (24, 24, "the lower right");
}

static void
test_words_of_nothing (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 0, 0, 0.0f, 1.0f);
  g_autofree guint8 *pixels = g_new0 (guint8, SIDE * SIDE);
  g_autoptr (AtelierOcclusion) occlusion = run (model, pixels);
  g_autofree char *words = atelier_occlusion_describe (occlusion);

  g_assert_cmpstr (words, ==, "The answer rests on no single part: covering any takes less than "
                              "0.02 from its score of 0.73.");
}

static void
test_cancelled (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 0, 0, 6.0f, -3.0f);
  g_autofree guint8 *pixels = g_new0 (guint8, SIDE * SIDE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_occlusion_new (model, pixels, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A data set of one picture, bright at (@row, @column). */
static AtelierDataset *
new_dataset (guint side,
             guint row,
             guint column)
{
  const char * const class_names[] = { "Dot", "Void", NULL };
  g_autoptr (GBytes) labels = g_bytes_new_static ("\0", 1);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *pixels = g_new0 (guint8, side * side);
  AtelierDatasetParts parts = {
    .id = "folder", .name = "Dots", .source = "here", .height = side, .width = side, .channels = 1,
    .class_names = class_names, .train_labels = labels, .test_images = nothing,
    .test_labels = nothing,
  };
  AtelierDataset *dataset;

  pixels[row * side + column] = 255;
  images = g_bytes_new_take (pixels, side * side);
  parts.train_images = images;
  dataset = atelier_dataset_new (&parts, &error);
  g_assert_no_error (error);

  return dataset;
}

static void
on_ready_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **held = user_data;

  *held = g_object_ref (result);
}

static GAsyncResult *
run_async (AtelierModel   *model,
           AtelierDataset *dataset,
           GCancellable   *cancellable)
{
  g_autoptr (GBytes) pixels =
    g_bytes_new (atelier_dataset_get_image (dataset, 0),
                 atelier_dataset_get_image_size (dataset));
  GAsyncResult *result = NULL;

  atelier_occlusion_async (model, pixels, cancellable, on_ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static void
test_async (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 20, 5, 6.0f, -3.0f);
  g_autoptr (AtelierDataset) dataset = new_dataset (SIDE, 20, 5);
  g_autoptr (GAsyncResult) result = run_async (model, dataset, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierOcclusion) occlusion = atelier_occlusion_finish (result, &error);

  g_assert_no_error (error);
  assert_peak (occlusion, 20, 5);
}

static void
test_async_cancelled (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 20, 5, 6.0f, -3.0f);
  g_autoptr (AtelierDataset) dataset = new_dataset (SIDE, 20, 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = run_async (model, dataset, cancellable);
  g_assert_null (atelier_occlusion_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_mismatch (void)
{
  g_autoptr (AtelierModel) model = new_one_pixel_model (SIDE, SIDE, 1, 20, 5, 6.0f, -3.0f);
  g_autoptr (AtelierDataset) dataset = new_dataset (12, 5, 5);
  g_autoptr (GAsyncResult) result = run_async (model, dataset, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_occlusion_finish (result, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/occlusion/peak", test_peak);
  g_test_add_func ("/core/occlusion/falls-off", test_falls_off);
  g_test_add_func ("/core/occlusion/corners", test_corners);
  g_test_add_func ("/core/occlusion/sizes", test_sizes);
  g_test_add_func ("/core/occlusion/negative-drop", test_negative_drop);
  g_test_add_func ("/core/occlusion/even-picture", test_even_picture);
  g_test_add_func ("/core/occlusion/words", test_words);
  g_test_add_func ("/core/occlusion/words-of-nothing", test_words_of_nothing);
  g_test_add_func ("/core/occlusion/cancelled", test_cancelled);
  g_test_add_func ("/core/occlusion/async", test_async);
  g_test_add_func ("/core/occlusion/async-cancelled", test_async_cancelled);
  g_test_add_func ("/core/occlusion/mismatch", test_mismatch);

  return g_test_run ();
}
