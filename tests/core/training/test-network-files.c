/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks of tests/fixtures/networks, which together have every kind of layer: each trains, is
 * saved and loaded, gives the same answers then, and goes on to the bytes of a run that was not
 * interrupted.
 */

#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-predictor.h"
#include "kinds/atelier-layer-private.h"
#include "model/atelier-batches.h"
#include "model/atelier-model-file.h"
#include "model/atelier-network-private.h"
#include "model/atelier-safetensors.h"
#include "small-runs.h"

#define N_EPOCHS 2
#define BATCH_SIZE 73 /* 220 images: three batches, and one image is left over */

typedef void (*NetworkFunc) (AtelierNetwork *network);

static void
walk_networks (NetworkFunc func)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "networks", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierNetwork) network = atelier_network_load (path, &error);

      g_test_message ("%s", name);
      g_assert_no_error (error);
      func (network);
    }
}

static AtelierLearner *
create_learner (AtelierNetwork *network,
                guint           n_threads)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  AtelierLearner *learner;

  small_recipe_init (&values, N_EPOCHS);
  values.batch_size = BATCH_SIZE;
  learner = learner_of (network, &values, splits, n_threads, &error);
  g_assert_no_error (error);
  atelier_learner_open_pool (learner);
  return learner;
}

static void
train_batches (AtelierLearner *learner,
               guint           n)
{
  for (guint i = 0; i < n && !atelier_learner_is_trained (learner); i++)
    {
      g_autoptr (GError) error = NULL;
      guint n_images;
      float loss, accuracy;

      atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, &error);
      g_assert_no_error (error);
    }
}

static void
train_to_end (AtelierLearner *learner)
{
  while (atelier_learner_get_n_epochs_ended (learner) < N_EPOCHS)
    {
      g_autoptr (AtelierPredictions) validation = NULL;
      g_autoptr (AtelierPredictions) training = NULL;
      g_autoptr (GError) error = NULL;
      AtelierEpochFigures figures;

      atelier_learner_begin_epoch (learner);
      train_batches (learner, G_MAXUINT);
      while (!atelier_learner_is_measured (learner))
        g_assert_true (atelier_learner_measure_piece (learner, NULL));
      atelier_learner_end_epoch (learner, &figures, &validation, &training, &error);
      g_assert_no_error (error);
    }
}

static GBytes *
snapshot_bytes (AtelierLearner *learner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = atelier_learner_snapshot_with_state (learner, &error);

  g_assert_no_error (error);
  g_assert_nonnull (atelier_model_get_state (model));
  return atelier_model_file_to_bytes (model);
}

static AtelierModel *
load (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  return model;
}

/* Version 2 is only for networks that version 1 cannot say; the old presets stay in the first. */
static void
check_version (AtelierNetwork *network,
               GBytes         *bytes)
{
  g_autoptr (AtelierSafetensors) file = NULL;
  g_autoptr (AtelierNetwork) preset = atelier_network_new_preset ("report-2");

  g_assert_true (atelier_network_is_new (network));
  g_assert_false (atelier_network_is_new (preset));
  file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "format_version"), ==, "2");
}

/* What a file gives is written as the same file. */
static void
check_file (AtelierNetwork *network)
{
  g_autoptr (AtelierLearner) learner = create_learner (network, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (AtelierModel) loaded = NULL;

  train_to_end (learner);
  bytes = snapshot_bytes (learner);
  loaded = load (bytes);
  again = atelier_model_file_to_bytes (loaded);
  g_assert_true (g_bytes_equal (bytes, again));
  check_version (network, bytes);
  g_assert_true (atelier_network_equal (network, atelier_model_get_network (loaded)));
}

static void
test_file (void)
{
  walk_networks (check_file);
}

static void
check_answers (AtelierNetwork *network)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierLearner) learner = create_learner (network, 2);
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierEvaluation) before = NULL;
  g_autoptr (AtelierEvaluation) after = NULL;
  g_autoptr (GError) error = NULL;

  train_to_end (learner);
  model = atelier_learner_snapshot (learner, &error);
  g_assert_no_error (error);
  bytes = atelier_model_file_to_bytes (model);
  loaded = load (bytes);
  before = atelier_evaluate (model, splits, ATELIER_SPLIT_TEST, FALSE, 1, NULL, &error);
  g_assert_no_error (error);
  after = atelier_evaluate (loaded, splits, ATELIER_SPLIT_TEST, FALSE, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (before->loss == after->loss);
  g_assert_true (before->accuracy == after->accuracy);
}

static void
test_answers (void)
{
  walk_networks (check_answers);
}

/* A running variance below 0 would make the answers no numbers. */
static void
test_variance (void)
{
  g_autofree char *path
    = g_test_build_filename (G_TEST_DIST, "fixtures", "networks", "vectors.json", NULL);
  g_autoptr (AtelierNetwork) network = atelier_network_load (path, NULL);
  g_autoptr (AtelierLearner) learner = create_learner (network, 1);
  g_autoptr (AtelierModel) model = atelier_learner_snapshot (learner, NULL);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  const float below[12] = { -1.0f };
  AtelierModelParts parts = {
    .network = network,
    .recipe = atelier_model_get_recipe (model),
    .input = atelier_model_get_input (model),
    .class_names = atelier_model_get_class_names (model),
    .dataset_name = "",
    .dataset_sha256 = "",
    .tensors = tensors,
  };

  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (tensors, i == 5 ? g_bytes_new (below, sizeof below)
                                     : g_bytes_ref (atelier_model_get_tensor (model, i)));
  g_assert_null (atelier_model_new (&parts, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "layers.2.running_var"));
}

/* Broken off within each epoch, and at an epoch's end. */
static void
check_going_on (AtelierNetwork *network)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierLearner) whole = create_learner (network, 1);
  g_autoptr (GBytes) expected = NULL;

  train_to_end (whole);
  expected = snapshot_bytes (whole);
  for (guint n = 1; n <= atelier_learner_get_n_batches (whole); n++)
    {
      g_autoptr (AtelierLearner) first = create_learner (network, 3);
      g_autoptr (AtelierLearner) second = NULL;
      g_autoptr (AtelierModel) model = NULL;
      g_autoptr (GBytes) middle = NULL;
      g_autoptr (GBytes) found = NULL;
      g_autoptr (GError) error = NULL;

      atelier_learner_begin_epoch (first);
      train_batches (first, n);
      middle = snapshot_bytes (first);
      model = load (middle);
      second = atelier_learner_new_from (model, splits, N_EPOCHS, 2, &error);
      g_assert_no_error (error);
      train_to_end (second);
      found = snapshot_bytes (second);
      g_assert_true (g_bytes_equal (expected, found));
    }
}

static void
test_going_on (void)
{
  walk_networks (check_going_on);
}

static gboolean kinds_found[ATELIER_N_LAYER_KINDS];

static void
note_kinds (AtelierNetwork *network)
{
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    kinds_found[atelier_network_get_layer (network, i)->kind] = TRUE;
}

static void
test_kinds (void)
{
  walk_networks (note_kinds);
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      g_test_message ("%s", atelier_layer_class_get (i)->word);
      g_assert_true (kinds_found[i]);
    }
}

/* ---- Batches ---- */

static AtelierNetwork *
make_network (AtelierLayerKind norm_kind)
{
  AtelierLayer layers[3];
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network;

  atelier_layer_init (&layers[0], ATELIER_LAYER_FLATTEN);
  atelier_layer_init (&layers[1], norm_kind);
  atelier_layer_init (&layers[2], ATELIER_LAYER_DENSE);
  layers[2].units = 10;
  network = atelier_network_new ("n", 28, 28, 1, layers, G_N_ELEMENTS (layers), &error);
  g_assert_no_error (error);
  return network;
}

/* One image alone has no variance: it is joined to the batch before, and that is said. */
static void
test_joined (void)
{
  g_autoptr (AtelierNetwork) norm = make_network (ATELIER_LAYER_BATCH_NORM);
  g_autoptr (AtelierNetwork) plain = make_network (ATELIER_LAYER_DROPOUT);
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autofree char *said = NULL;
  AtelierRecipeValues values;
  AtelierBatches batches;

  small_recipe_init (&values, 1);
  values.batch_size = 8;
  recipe = recipe_of (&values);
  atelier_batches_init (&batches, norm, recipe, 25);
  g_assert_cmpuint (batches.n_batches, ==, 3);
  g_assert_cmpuint (atelier_batches_count_images (&batches, 2), ==, 16);
  g_assert_cmpuint (atelier_batches_count_images (&batches, 3), ==, 25);
  g_assert_cmpuint (atelier_batches_get_largest (&batches), ==, 9);
  said = atelier_batches_explain (&batches);
  g_assert_nonnull (said);
  atelier_batches_init (&batches, norm, recipe, 26);
  g_assert_cmpuint (batches.n_batches, ==, 4);
  g_assert_null (atelier_batches_explain (&batches));
  atelier_batches_init (&batches, plain, recipe, 25);
  g_assert_cmpuint (batches.n_batches, ==, 4);
  g_assert_cmpuint (atelier_batches_get_largest (&batches), ==, 8);
  g_assert_null (atelier_batches_explain (&batches));
}

static void
test_too_few (void)
{
  g_autoptr (AtelierNetwork) network = make_network (ATELIER_LAYER_BATCH_NORM);
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  small_recipe_init (&values, 1);
  values.batch_size = 1;
  g_assert_null (learner_of (network, &values, splits, 1, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/network-files/kinds", test_kinds);
  g_test_add_func ("/core/network-files/file", test_file);
  g_test_add_func ("/core/network-files/answers", test_answers);
  g_test_add_func ("/core/network-files/variance", test_variance);
  g_test_add_func ("/core/network-files/going-on", test_going_on);
  g_test_add_func ("/core/network-files/joined", test_joined);
  g_test_add_func ("/core/network-files/too-few", test_too_few);
  return g_test_run ();
}
