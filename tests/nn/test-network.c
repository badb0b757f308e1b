/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks shapes and parameter counts, and that layers that do not fit give the right status and
 * name the layer. */

#include "nn-activation.h"
#include "support.h"

#include <string.h>

static void
test_report_counts (void)
{
  NnLayerInfo infos[NN_MAX_LAYERS];
  const TestNet *report_1 = &test_dropout_nets[0];
  const TestNet *report_2 = &test_dropout_nets[1];
  guint64 n = 0;

  g_assert_cmpint (nn_network_check (report_1->input, report_1->layers, report_1->n_layers,
                                     infos, NULL),
                   ==, NN_STATUS_OK);
  for (size_t i = 0; i < report_1->n_layers; i++)
    n += infos[i].n_parameters;
  g_assert_cmpuint (n, ==, 245830);

  g_assert_cmpint (nn_network_check (report_2->input, report_2->layers, report_2->n_layers,
                                     infos, NULL),
                   ==, NN_STATUS_OK);
  n = 0;
  for (size_t i = 0; i < report_2->n_layers; i++)
    n += infos[i].n_parameters;
  g_assert_cmpuint (n, ==, 30394);
  g_assert_cmpuint (infos[1].output.height, ==, 14);
  g_assert_cmpuint (infos[4].output.width, ==, 7);
  g_assert_cmpuint (infos[6].output.channels, ==, 784);
}

/* The tests of gradients, predictions and exactness walk these networks, so what is in none is not
 * tested there. */
static void
test_coverage (void)
{
#define LAYER_NAME(KIND, name) #name,
  static const char *const names[NN_N_LAYER_KINDS] = { NN_LAYER_LIST (LAYER_NAME) };
#undef LAYER_NAME
  gboolean has_kind[NN_N_LAYER_KINDS] = { FALSE };
  gboolean has_activation[NN_N_ACTIVATIONS] = { FALSE };

  for (size_t i = 0; i < n_test_nets; i++)
    for (size_t k = 0; k < test_nets[i].n_layers; k++)
      {
        has_kind[test_nets[i].layers[k].kind] = TRUE;
        has_activation[test_nets[i].layers[k].activation] = TRUE;
      }
  /* Dropout is random, so its gradients cannot be compared; its networks are test_dropout_nets. */
  has_kind[NN_LAYER_DROPOUT] = TRUE;
  for (int kind = 0; kind < NN_N_LAYER_KINDS; kind++)
    if (!has_kind[kind])
      g_error ("No network of test_nets has the layer %s", names[kind]);
  for (int i = 0; i < NN_N_ACTIVATIONS; i++)
    if (!has_activation[i])
      g_error ("No network of test_nets has the activation %s",
               nn_activation_get_ops ((NnActivation) i)->name);
}

typedef struct
{
  const char *name;
  NnShape input;
  NnLayerSpec layers[3];
  size_t n_layers;
  NnStatus status;
  int i_layer;
  const char *text; /* a part of the message */
} BadNet;

static const BadNet bad_nets[] = {
  { "no-layers", { 4, 4, 1 }, { { 0 } }, 0, NN_STATUS_INVALID, -1, "0" },
  { "empty-input", { 0, 4, 1 }, { TEST_FLATTEN }, 1, NN_STATUS_SHAPE, -1, "0x4x1" },
  { "huge-input", { 5000, 4, 1 }, { TEST_FLATTEN }, 1, NN_STATUS_TOO_LARGE, -1, "5000x4x1" },
  { "dense-without-flatten", { 4, 4, 1 },
    { TEST_DENSE (3, TEST_LINEAR) },
    1, NN_STATUS_SHAPE, 0, "flatten" },
  { "no-units", { 4, 4, 1 },
    { TEST_FLATTEN, TEST_DENSE (0, TEST_LINEAR) },
    2, NN_STATUS_INVALID, 1, "Layer 2 (dense) has 0 units" },
  { "many-units", { 4, 4, 1 },
    { TEST_FLATTEN, TEST_DENSE (1u << 31, TEST_LINEAR) },
    2, NN_STATUS_INVALID, 1, "2147483648" },
  { "too-many-weights", { 256, 256, 1 },
    { TEST_FLATTEN, TEST_DENSE (65536, TEST_RELU), TEST_DENSE (2, TEST_LINEAR) },
    3, NN_STATUS_TOO_LARGE, 1, "Layer 2 (dense)" },
  { "kernel-larger-than-input", { 4, 4, 1 },
    { TEST_CONV (2, 5, 3, 1, 1, TEST_VALID, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "5x3, larger than its input of 4x4" },
  { "pool-larger-than-input", { 4, 4, 1 },
    { TEST_POOL (2, 5, 2, 2, TEST_VALID), TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "max pool" },
  { "stride-0", { 4, 4, 1 },
    { TEST_CONV (2, 2, 2, 0, 1, TEST_VALID, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "stride of 0" },
  { "kernel-0", { 4, 4, 1 },
    { TEST_POOL (0, 2, 1, 1, TEST_SAME), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "window" },
  { "kernel-huge", { 4, 4, 1 },
    { TEST_CONV (2, 1u << 31, 2, 1, 1, TEST_SAME, TEST_RELU) },
    1, NN_STATUS_TOO_LARGE, 0, "4096" },
  { "empty-body", { 1, 1, 4 },
    { TEST_RESIDUAL (0, 1, TEST_LINEAR), TEST_DENSE (4, TEST_LINEAR) },
    2, NN_STATUS_INVALID, 0, "no layers in its body" },
  { "body-beyond-the-end", { 1, 1, 4 },
    { TEST_RESIDUAL (2, 0, TEST_LINEAR), TEST_DENSE (4, TEST_LINEAR) },
    2, NN_STATUS_INVALID, 0, "holds 2 layers; only 1 follow" },
  { "huge-body", { 1, 1, 4 },
    { TEST_RESIDUAL (UINT32_MAX, UINT32_MAX, TEST_LINEAR), TEST_DENSE (4, TEST_LINEAR) },
    2, NN_STATUS_INVALID, 0, "only 1 follow" },
  { "nested-blocks", { 1, 1, 4 },
    { TEST_RESIDUAL (2, 0, TEST_LINEAR), TEST_RESIDUAL (1, 0, TEST_LINEAR),
      TEST_DENSE (4, TEST_LINEAR) },
    3, NN_STATUS_INVALID, 1, "do not nest" },
  { "branches-differ", { 1, 1, 4 },
    { TEST_RESIDUAL (1, 0, TEST_LINEAR), TEST_DENSE (5, TEST_LINEAR) },
    2, NN_STATUS_SHAPE, 0, "adds 1x1x5 values of its body to 1x1x4" },
  { "error-in-body", { 4, 4, 1 },
    { TEST_RESIDUAL (1, 0, TEST_LINEAR), TEST_DENSE (5, TEST_LINEAR) },
    2, NN_STATUS_SHAPE, 1, "Layer 2 (dense)" },
  { "padding-of-the-window", { 4, 4, 1 },
    { TEST_PADDED_CONV (2, 3, 3, 1, 1, 1, 3, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "padding of 1x3; it must be smaller than its window of 3x3" },
  { "kernel-larger-than-padded", { 4, 4, 1 },
    { TEST_PADDED_CONV (2, 3, 7, 1, 1, 1, 1, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "3x7, larger than its input of 6x6" },
  { "no-groups", { 4, 4, 4 },
    { TEST_GROUPED_CONV (4, 0, 2, 2, 1, 1, TEST_SAME, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "0 groups" },
  { "groups-do-not-divide", { 4, 4, 4 },
    { TEST_GROUPED_CONV (6, 4, 2, 2, 1, 1, TEST_SAME, TEST_RELU), TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "4 groups, which must divide its 4 input channels and its 6 filters" },
  { "no-filters", { 4, 4, 1 },
    { TEST_CONV (0, 2, 2, 1, 1, TEST_SAME, TEST_RELU) },
    1, NN_STATUS_INVALID, 0, "0 filters" },
  { "too-many-conv-weights", { 64, 64, 65536 },
    { TEST_CONV (65536, 4096, 4096, 1, 1, TEST_SAME, TEST_RELU) },
    1, NN_STATUS_TOO_LARGE, 0, "72057594037927936" },
  { "pool-too-large", { 300, 300, 1 },
    { TEST_POOL (300, 300, 1, 1, TEST_VALID), TEST_FLATTEN },
    2, NN_STATUS_TOO_LARGE, 0, "300x300" },
  { "dropout-1", { 4, 4, 1 },
    { TEST_DROPOUT (1.0f), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "rate of 1" },
  { "dropout-negative", { 4, 4, 1 },
    { TEST_DROPOUT (-0.5f), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "rate of -0.5" },
  { "dropout-nan", { 4, 4, 1 },
    { TEST_DROPOUT (__builtin_nanf ("")), TEST_FLATTEN },
    2, NN_STATUS_INVALID, 0, "rate" },
  { "last-not-vector", { 4, 4, 1 },
    { TEST_CONV (2, 2, 2, 1, 1, TEST_SAME, TEST_LINEAR) },
    1, NN_STATUS_SHAPE, 0, "one per class" },
  { "last-with-activation", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_DENSE (4, TEST_RELU) },
    2, NN_STATUS_SHAPE, 1, "linear" },
  { "last-dropout", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_DENSE (4, TEST_LINEAR), TEST_DROPOUT (0.5f) },
    3, NN_STATUS_SHAPE, 2, "dropout" },
  { "one-class", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_DENSE (1, TEST_LINEAR) },
    2, NN_STATUS_SHAPE, 1, "1 classes" },
  { "many-classes", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_DENSE (257, TEST_LINEAR) },
    2, NN_STATUS_SHAPE, 1, "257 classes" },
  { "only-flatten", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_FLATTEN },
    2, NN_STATUS_SHAPE, 0, "only flattens" },
  { "activation-before-flatten", { 2, 2, 1 },
    { TEST_FLATTEN, TEST_DENSE (4, TEST_RELU), TEST_FLATTEN },
    3, NN_STATUS_SHAPE, 1, "linear" },
  { "unknown-kind", { 2, 2, 1 },
    { { .kind = (NnLayerKind) 99 } },
    1, NN_STATUS_INVALID, 0, "Layer 1" },
};

static void
test_bad (gconstpointer data)
{
  const BadNet *net = data;
  const NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = 4,
    .pixel_divisor = 255.0f,
  };
  NnLayerInfo infos[NN_MAX_LAYERS];
  NnModel *model = (NnModel *) 1;
  NnError error;

  memset (infos, 77, sizeof infos);
  g_assert_cmpint (nn_network_check (net->input, net->layers, net->n_layers, infos, &error), ==,
                   net->status);
  g_assert_cmpint (error.status, ==, net->status);
  g_assert_cmpint (error.i_layer, ==, net->i_layer);
  if (strstr (error.text, net->text) == NULL)
    g_error ("%s does not contain %s", error.text, net->text);
  g_assert_cmpint (((guint8 *) infos)[0], ==, 77);
  g_assert_cmpint (nn_network_check (net->input, net->layers, net->n_layers, infos, NULL), ==,
                   net->status);

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, net->status);
  g_assert_true (model == (NnModel *) 1);
}

static void
test_too_large_for_memory (void)
{
  const NnLayerSpec layers[] = {
    TEST_CONV (64, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
    TEST_CONV (1, 3, 3, 1024, 1024, TEST_SAME, TEST_RELU),
    TEST_FLATTEN,
    TEST_DENSE (2, TEST_LINEAR),
  };
  const NnModelOptions options = {
    .input = { 1024, 1024, 1 },
    .layers = layers,
    .n_layers = 4,
    .max_batch = 65536,
    .trainable = true,
    .pixel_divisor = 255.0f,
  };
  NnModel *model = NULL;
  NnError error;

  g_assert_cmpint (nn_model_new (&options, &model, &error), ==, NN_STATUS_TOO_LARGE);
  g_assert_null (model);
  g_assert_nonnull (strstr (error.text, "65536"));
}

static void
test_bad_options (void)
{
  const TestNet *net = &test_nets[0];
  NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = 0,
    .pixel_divisor = 255.0f,
  };
  NnModel *model = NULL;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
  options.max_batch = NN_MAX_BATCH + 1;
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
  options.max_batch = 1;
  options.pixel_divisor = 0.0f;
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
  options.pixel_divisor = 1.0f;
  options.n_workers = 65;
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
  g_assert_null (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/network/report-counts", test_report_counts);
  g_test_add_func ("/nn/network/coverage", test_coverage);
  g_test_add_func ("/nn/network/too-large-for-memory", test_too_large_for_memory);
  g_test_add_func ("/nn/network/bad-options", test_bad_options);
  for (size_t i = 0; i < G_N_ELEMENTS (bad_nets); i++)
    {
      g_autofree char *path = g_strconcat ("/nn/network/bad/", bad_nets[i].name, NULL);

      g_test_add_data_func (path, &bad_nets[i], test_bad);
    }
  return g_test_run ();
}
