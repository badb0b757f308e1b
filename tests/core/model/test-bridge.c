/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks and recipes as the engine's: shapes, names and sizes in the core are those of the
 * engine. */

#include <string.h>

#include "model/atelier-network-private.h"
#include "model/atelier-nn-private.h"
#include "small-runs.h"

static AtelierNetwork *
make_odd_network (void)
{
  static const char json[] =
    "{\"input\":[9,7,3],\"layers\":["
    "{\"type\":\"conv2d\",\"filters\":5,\"kernel\":[3,2],\"stride\":[2,1],\"activation\":\"tanh\"},"
    "{\"type\":\"dropout\",\"rate\":0.25},"
    "{\"type\":\"max_pool2d\",\"size\":[1,2],\"stride\":[2,1],\"padding\":\"same\"},"
    "{\"type\":\"conv2d\",\"filters\":4,\"kernel\":1,\"padding\":\"same\","
    "\"activation\":\"sigmoid\"},"
    "{\"type\":\"flatten\"},{\"type\":\"dense\",\"units\":6,\"activation\":\"relu\"},"
    "{\"type\":\"dense\",\"units\":3}]}";
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "test", &error);

  g_assert_no_error (error);
  return network;
}

static void
assert_tensors_agree (AtelierNetwork *network)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  NnLayerSpec layers[NN_MAX_LAYERS];
  NnModelOptions options = { .layers = layers, .max_batch = 1, .pixel_divisor = 255.0f, .seed = 1 };
  NnModel *model = NULL;
  guint n = atelier_network_list_tensors (network, specs);

  options.n_layers = atelier_network_to_nn (network, &options.input, layers);
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  g_assert_cmpuint (nn_model_get_n_parameters (model), ==,
                    atelier_network_get_n_parameters (network));
  g_assert_cmpuint (nn_model_get_n_classes (model), ==, atelier_network_get_n_classes (network));
  g_assert_cmpuint (nn_model_get_n_tensors (model), ==, n);
  for (guint i = 0; i < n; i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (model, i, &info);
      /* Biases are what the penalty leaves out; of batch norm all tensors are as long as one. */
      if (info.is_bias)
        g_assert_true (g_str_has_suffix (specs[i].name, ".bias"));
      else
        g_assert_true (info.rank == 1 || g_str_has_suffix (specs[i].name, ".weight"));
      g_assert_cmpuint (specs[i].n_elements, ==, info.n_elements);
      g_assert_cmpuint (specs[i].rank, ==, info.rank);
      for (guint j = 0; j < info.rank; j++)
        g_assert_cmpuint (specs[i].dims[j], ==, info.dims[j]);
    }
  nn_model_free (model);
}

static void
test_tensors (void)
{
  const char * const *ids = atelier_network_list_presets ();
  g_autoptr (AtelierNetwork) odd = make_odd_network ();

  assert_tensors_agree (odd);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);

      assert_tensors_agree (network);
    }
}

static void
test_tensor_names (void)
{
  static const char * const expected[] = {
    "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
    "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias",
  };
  g_autoptr (AtelierNetwork) network = make_odd_network ();
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];

  g_assert_cmpuint (atelier_network_list_tensors (network, specs), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (specs[i].name, ==, expected[i]);
}

static void
test_layers (void)
{
  g_autoptr (AtelierNetwork) network = make_odd_network ();
  NnLayerSpec layers[NN_MAX_LAYERS];
  NnShape input;

  g_assert_cmpuint (atelier_network_to_nn (network, &input, layers), ==, 7);
  g_assert_cmpuint (input.height, ==, 9);
  g_assert_cmpuint (input.width, ==, 7);
  g_assert_cmpuint (input.channels, ==, 3);
  g_assert_cmpint (layers[0].kind, ==, NN_LAYER_CONV2D);
  g_assert_cmpint (layers[0].activation, ==, NN_ACTIVATION_TANH);
  g_assert_cmpint (layers[0].padding, ==, NN_PADDING_VALID);
  g_assert_cmpuint (layers[0].units, ==, 5);
  g_assert_cmpuint (layers[0].kernel_height, ==, 3);
  g_assert_cmpuint (layers[0].kernel_width, ==, 2);
  g_assert_cmpuint (layers[0].stride_height, ==, 2);
  g_assert_cmpuint (layers[0].stride_width, ==, 1);
  g_assert_cmpint (layers[1].kind, ==, NN_LAYER_DROPOUT);
  g_assert_cmpfloat (layers[1].rate, ==, 0.25f);
  g_assert_cmpint (layers[2].kind, ==, NN_LAYER_MAX_POOL2D);
  g_assert_cmpint (layers[2].padding, ==, NN_PADDING_SAME);
  g_assert_cmpint (layers[3].activation, ==, NN_ACTIVATION_SIGMOID);
  g_assert_cmpint (layers[4].kind, ==, NN_LAYER_FLATTEN);
  g_assert_cmpint (layers[5].kind, ==, NN_LAYER_DENSE);
  g_assert_cmpint (layers[5].activation, ==, NN_ACTIVATION_RELU);
  g_assert_cmpint (layers[6].activation, ==, NN_ACTIVATION_LINEAR);
}

static void
test_optimizer (void)
{
  AtelierRecipeValues recipe;
  NnOptimizer optimizer;

  preset_recipe_init (&recipe, "report-1");
  optimizer = atelier_recipe_to_nn (&recipe);
  g_assert_cmpint (optimizer.kind, ==, NN_OPTIMIZER_ADAM);
  g_assert_cmpfloat (optimizer.learning_rate, ==, 0.0001f);
  g_assert_cmpfloat (optimizer.beta_1, ==, 0.9f);
  g_assert_cmpfloat (optimizer.beta_2, ==, 0.999f);
  g_assert_cmpfloat (optimizer.epsilon, ==, 1e-7f);
  g_assert_cmpfloat (optimizer.l2, ==, 0.0001f);
  g_assert_cmpfloat (optimizer.beta_1, ==, nn_optimizer_default.beta_1);
  g_assert_cmpfloat (optimizer.beta_2, ==, nn_optimizer_default.beta_2);
  g_assert_cmpfloat (optimizer.epsilon, ==, nn_optimizer_default.epsilon);

  recipe.beta_1 = 0.5;
  recipe.beta_2 = 0.75;
  recipe.epsilon = 0.25;
  optimizer = atelier_recipe_to_nn (&recipe);
  g_assert_cmpfloat (optimizer.beta_1, ==, 0.5f);
  g_assert_cmpfloat (optimizer.beta_2, ==, 0.75f);
  g_assert_cmpfloat (optimizer.epsilon, ==, 0.25f);

  recipe.optimizer = ATELIER_OPTIMIZER_SGD;
  recipe.momentum = 0.9;
  optimizer = atelier_recipe_to_nn (&recipe);
  g_assert_cmpint (optimizer.kind, ==, NN_OPTIMIZER_SGD);
  g_assert_cmpfloat (optimizer.momentum, ==, 0.9f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/bridge/tensors", test_tensors);
  g_test_add_func ("/core/bridge/tensor-names", test_tensor_names);
  g_test_add_func ("/core/bridge/layers", test_layers);
  g_test_add_func ("/core/bridge/optimizer", test_optimizer);
  return g_test_run ();
}
