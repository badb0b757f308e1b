/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a network's picture: what they are called, and that layers which do not fit are
 * steps too. */

#include <glib/gstdio.h>

#include "atelier-network-steps.h"
#include "network-text.h"

static const char blocks[]
  = "{ \"name\": \"Blocks\", \"input\": [8, 8, 1], \"layers\": ["
    "{ \"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3, \"padding\": \"same\" },"
    "{ \"type\": \"residual\", \"layers\": ["
    "  { \"type\": \"conv2d\", \"filters\": 6, \"kernel\": 3, \"padding\": \"same\" },"
    "  { \"type\": \"batch_norm\" }],"
    "  \"shortcut\": [{ \"type\": \"conv2d\", \"filters\": 6, \"kernel\": 1 }] },"
    "{ \"type\": \"flatten\" }, { \"type\": \"dropout\", \"rate\": 0.2 },"
    "{ \"type\": \"dense\", \"units\": 10 } ] }";

static void
test_network (void)
{
  static const struct
  {
    AtelierStepKind kind;
    const char     *title;
    const char     *detail;
  } expected[] = {
    { ATELIER_STEP_VALUES, "Input", "8 × 8 × 1" },
    { ATELIER_STEP_VALUES, "Conv 4", "8 × 8 × 4" },
    { ATELIER_STEP_BLOCK, "Residual", "8 × 8 × 6" },
    { ATELIER_STEP_VALUES, "Conv 6", "8 × 8 × 6" },
    { ATELIER_STEP_THROUGH, "Batch norm · linear", NULL },
    { ATELIER_STEP_VALUES, "Conv 6", "8 × 8 × 6" },
    { ATELIER_STEP_VALUES, "Flatten", "384" },
    { ATELIER_STEP_THROUGH, "Dropout 20 %", NULL },
    { ATELIER_STEP_VALUES, "Dense 10", "10" },
  };
  g_autoptr (AtelierNetwork) network = parse_network (blocks);
  g_autoptr (AtelierNetworkSteps) steps = atelier_network_steps_new (network);
  AtelierNetworkPicture picture;

  atelier_network_steps_get_picture (steps, &picture);
  g_assert_cmpstr (atelier_network_steps_get_name (steps), ==, "Blocks");
  g_assert_cmpuint (picture.n_steps, ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (picture.i_selected, ==, ATELIER_NO_STEP);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpint (picture.steps[i].kind, ==, expected[i].kind);
      g_assert_cmpstr (picture.steps[i].title, ==, expected[i].title);
      g_assert_cmpstr (picture.steps[i].detail, ==, expected[i].detail);
      g_assert_false (picture.steps[i].is_misfit);
    }
  g_assert_cmpuint (picture.steps[2].n_body, ==, 2);
  g_assert_cmpuint (picture.steps[2].n_shortcut, ==, 1);
  g_assert_cmpuint (picture.steps[6].channels, ==, 384);
}

static void
test_words (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (blocks);
  g_autoptr (AtelierNetworkSteps) steps = atelier_network_steps_new (network);

  g_assert_cmpstr (atelier_network_steps_get_words (steps, 0), ==, "Input\n8 × 8 × 1");
  g_assert_cmpstr (atelier_network_steps_get_words (steps, 1), ==,
                   "Conv 4 · 3×3 · linear\n8 × 8 × 4\n40 parameters\n"
                   "2,304 multiply-adds per image");
  g_assert_cmpstr (atelier_network_steps_get_words (steps, 8), ==,
                   "Dense 10 · softmax\n10\n3,850 parameters\n3,840 multiply-adds per image");
}

/* Layers that are being edited: one does not fit, and a block lacks a layer. */
static void
test_rows (void)
{
  AtelierNetworkStepRow rows[3] = {
    { .info = { .height = 1, .width = 1, .channels = 16 }, .fits = TRUE },
    { .fits = FALSE },
    { .info = { .height = 1, .width = 1, .channels = 16 }, .fits = TRUE },
  };
  g_autoptr (AtelierNetworkSteps) steps = NULL;
  AtelierNetworkPicture picture;
  double minimum, natural;

  atelier_layer_init (&rows[0].layer, ATELIER_LAYER_FLATTEN);
  atelier_layer_init (&rows[1].layer, ATELIER_LAYER_MAX_POOL2D);
  atelier_layer_init (&rows[2].layer, ATELIER_LAYER_RESIDUAL);
  rows[2].layer.n_body = 2;
  steps = atelier_network_steps_new_for_rows ("Draft", 4, 4, 1, rows, G_N_ELEMENTS (rows));
  atelier_network_steps_get_picture (steps, &picture);
  g_assert_cmpuint (atelier_network_steps_get_n (steps), ==, 4);
  g_assert_false (picture.steps[1].is_misfit);
  g_assert_true (picture.steps[2].is_misfit);
  g_assert_cmpstr (picture.steps[2].detail, ==, "does not fit");
  g_assert_cmpstr (atelier_network_steps_get_words (steps, 2), ==,
                   "Max pool 2×2\ndoes not fit");
  atelier_network_picture_get_heights (&picture, 300.0, &minimum, &natural);
  g_assert_cmpfloat (natural, >, 0.0);
}

static void
test_no_rows (void)
{
  g_autoptr (AtelierNetworkSteps) steps
    = atelier_network_steps_new_for_rows ("Empty", 28, 28, 1, NULL, 0);

  g_assert_cmpuint (atelier_network_steps_get_n (steps), ==, 1);
}

static void
test_save (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-steps-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.svg", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "network.svg", NULL);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autoptr (AtelierNetworkSteps) steps = atelier_network_steps_new (network);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  GStatBuf status;

  g_assert_true (atelier_network_steps_save (steps, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 1000);
  g_assert_false (atelier_network_steps_save (steps, nowhere, &refusal));
  g_assert_nonnull (refusal);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/network-steps/network", test_network);
  g_test_add_func ("/report/network-steps/words", test_words);
  g_test_add_func ("/report/network-steps/rows", test_rows);
  g_test_add_func ("/report/network-steps/no-rows", test_no_rows);
  g_test_add_func ("/report/network-steps/save", test_save);

  return g_test_run ();
}
