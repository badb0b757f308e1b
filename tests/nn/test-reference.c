/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares ten steps of four networks, and of each optimiser, with those of PyTorch in float64
 * (tests/fixtures/reference). */

#include <json-glib/json-glib.h>
#include <math.h>

#include "nn.h"

#define BATCH 8
#define N_STEPS 10
#define LOSS_TOLERANCE 1e-6
#define DIGEST_TOLERANCE 2e-5 /* of the tensor's norm */
#define ZERO_TOLERANCE 5e-6   /* of a gradient that is 0, like a bias's before a normalisation */

#define CONV(filters, size, stride, pad, act)                                                    \
  {                                                                                              \
    .kind = NN_LAYER_CONV2D, .activation = act, .padding = pad, .units = filters,                \
    .kernel_height = size, .kernel_width = size, .stride_height = stride, .stride_width = stride \
  }
#define POOL(size, stride)                                                    \
  {                                                                           \
    .kind = NN_LAYER_MAX_POOL2D, .kernel_height = size, .kernel_width = size, \
    .stride_height = stride, .stride_width = stride                           \
  }
#define FLATTEN              \
  {                          \
    .kind = NN_LAYER_FLATTEN \
  }
#define DENSE(n, act)                                     \
  {                                                       \
    .kind = NN_LAYER_DENSE, .activation = act, .units = n \
  }

static const NnLayerSpec dense_layers[] = {
  FLATTEN,
  DENSE (300, NN_ACTIVATION_RELU),
  DENSE (32, NN_ACTIVATION_RELU),
  DENSE (16, NN_ACTIVATION_RELU),
  DENSE (10, NN_ACTIVATION_LINEAR),
};

static const NnLayerSpec cnn_layers[] = {
  CONV (32, 3, 1, NN_PADDING_SAME, NN_ACTIVATION_RELU),
  POOL (2, 2),
  CONV (16, 3, 1, NN_PADDING_SAME, NN_ACTIVATION_RELU),
  POOL (2, 2),
  FLATTEN,
  DENSE (32, NN_ACTIVATION_RELU),
  DENSE (10, NN_ACTIVATION_LINEAR),
};

static const NnLayerSpec strided_layers[] = {
  CONV (7, 5, 2, NN_PADDING_VALID, NN_ACTIVATION_TANH),
  CONV (13, 3, 1, NN_PADDING_VALID, NN_ACTIVATION_RELU),
  POOL (3, 2),
  FLATTEN,
  DENSE (10, NN_ACTIVATION_LINEAR),
};

#define ADAM \
  .kind = NN_OPTIMIZER_ADAM, .learning_rate = 0.001f, .beta_1 = 0.9f, .beta_2 = 0.999f, \
  .epsilon = 1e-7f

#define BATCH_NORM(act)                            \
  {                                                \
    .kind = NN_LAYER_BATCH_NORM, .epsilon = 1e-5f, \
    .momentum = 0.1f, .activation = act            \
  }

static const NnLayerSpec residual_layers[] = {
  CONV (8, 3, 1, NN_PADDING_SAME, NN_ACTIVATION_LINEAR),
  BATCH_NORM (NN_ACTIVATION_GELU),
  { .kind = NN_LAYER_RESIDUAL, .n_body = 4, .n_shortcut = 2, .activation = NN_ACTIVATION_GELU },
  CONV (12, 3, 2, NN_PADDING_SAME, NN_ACTIVATION_LINEAR),
  BATCH_NORM (NN_ACTIVATION_GELU),
  CONV (12, 3, 1, NN_PADDING_SAME, NN_ACTIVATION_LINEAR),
  BATCH_NORM (NN_ACTIVATION_LINEAR),
  CONV (12, 1, 2, NN_PADDING_SAME, NN_ACTIVATION_LINEAR),
  BATCH_NORM (NN_ACTIVATION_LINEAR),
  { .kind = NN_LAYER_GROUPED_CONV2D, .units = 12, .groups = 4, .kernel_height = 3,
    .kernel_width = 3, .stride_height = 1, .stride_width = 1, .padding = NN_PADDING_NUMBER,
    .pad_height = 1, .pad_width = 1, .activation = NN_ACTIVATION_SILU },
  { .kind = NN_LAYER_AVERAGE_POOL2D, .kernel_height = 2, .kernel_width = 2, .stride_height = 2,
    .stride_width = 2 },
  FLATTEN,
  DENSE (10, NN_ACTIVATION_LINEAR),
};

typedef struct
{
  const char *name; /* of the file */
  const NnLayerSpec *layers;
  size_t n_layers;
  NnOptimizer optimizer;
} Case;

#define CASE(name, layers, ...) { name, layers, G_N_ELEMENTS (layers), { __VA_ARGS__ } }

static const Case cases[] = {
  CASE ("dense", dense_layers, ADAM, .l2 = 1e-4f),
  CASE ("cnn", cnn_layers, ADAM, .l2 = 1e-4f),
  CASE ("strided", strided_layers, ADAM, .l2 = 1e-4f),
  CASE ("strided-sgd", strided_layers, .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.1f),
  CASE ("strided-momentum", strided_layers,
        .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.02f, .momentum = 0.9f, .l2 = 1e-3f),
  CASE ("strided-nesterov", strided_layers,
        .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.02f, .momentum = 0.9f, .is_nesterov = true),
  CASE ("strided-adamw", strided_layers,
        .kind = NN_OPTIMIZER_ADAMW, .learning_rate = 0.001f, .beta_1 = 0.9f, .beta_2 = 0.999f,
        .epsilon = 1e-8f, .weight_decay = 0.1f),
  CASE ("strided-rmsprop", strided_layers,
        .kind = NN_OPTIMIZER_RMSPROP, .learning_rate = 1e-4f, .alpha = 0.95f, .epsilon = 1e-8f),
  CASE ("strided-rmsprop-momentum", strided_layers,
        .kind = NN_OPTIMIZER_RMSPROP, .learning_rate = 1e-4f, .alpha = 0.9f, .epsilon = 1e-8f,
        .momentum = 0.8f, .l2 = 1e-3f),
  CASE ("strided-adagrad", strided_layers,
        .kind = NN_OPTIMIZER_ADAGRAD, .learning_rate = 0.001f, .rate_decay = 0.1f,
        .initial_sum = 0.01f, .epsilon = 1e-10f),
  CASE ("strided-clipped", strided_layers,
        .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.02f, .momentum = 0.9f, .l2 = 1e-3f,
        .clip_norm = 0.5f),
  CASE ("strided-averaged", strided_layers, ADAM, .average_decay = 0.4f),
  /* The rates are the reference's. */
  CASE ("residual-one-cycle", residual_layers,
        .kind = NN_OPTIMIZER_ADAMW, .beta_1 = 0.9f, .beta_2 = 0.999f, .epsilon = 1e-3f,
        .weight_decay = 0.05f, .label_smoothing = 0.1f),
};

static guint32
hash (guint32 t,
      guint32 k)
{
  guint32 x = t * 0x9E3779B9u + k;

  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  return x ^ (x >> 16);
}

static JsonObject *
load_reference (const char  *name,
                JsonParser **parser)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "reference", file, NULL);
  g_autoptr (GError) error = NULL;

  *parser = json_parser_new ();
  json_parser_load_from_file (*parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (*parser));
}

/* Other tensors keep the values that they begin with. */
static void
fill_weights (NnModel *model)
{
  guint n_weights = 0;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;
      g_autofree float *values = NULL;
      double area, limit;

      nn_model_get_tensor_info (model, i, &info);
      if (info.role != NN_TENSOR_WEIGHT)
        continue;
      values = g_new0 (float, info.n_elements);
      area = info.rank == 4 ? (double) info.dims[2] * info.dims[3] : 1.0;
      limit = sqrt (6.0 / (((double) info.dims[0] + info.dims[1]) * area));
      for (size_t k = 0; k < info.n_elements; k++)
        values[k] =
          (float) ((hash (2 * n_weights, (guint32) k) / 4294967296.0 - 0.5) * 2.0 * limit);
      n_weights++;
      g_assert_cmpint (nn_model_write_tensor (model, i, NN_TENSOR_VALUE, values), ==, NN_STATUS_OK);
    }
}

static void
check_digest (NnModel      *model,
              size_t        i_tensor,
              NnTensorPart  part,
              JsonObject   *expected)
{
  NnTensorInfo info;
  g_autofree float *values = NULL;
  double sum = 0.0, squares = 0.0;
  double norm = json_object_get_double_member (expected, "norm");
  const double tolerance = DIGEST_TOLERANCE * norm + ZERO_TOLERANCE;
  JsonArray *first = json_object_get_array_member (expected, "first");

  nn_model_get_tensor_info (model, i_tensor, &info);
  values = g_new (float, info.n_elements);
  g_assert_cmpint (nn_model_read_tensor (model, i_tensor, part, values), ==, NN_STATUS_OK);
  for (size_t k = 0; k < info.n_elements; k++)
    {
      sum += values[k];
      squares += (double) values[k] * values[k];
    }
  g_assert_cmpfloat_with_epsilon (sqrt (squares), norm, tolerance);
  g_assert_cmpfloat_with_epsilon (sum, json_object_get_double_member (expected, "sum"),
                                  tolerance * sqrt ((double) info.n_elements));
  for (guint k = 0; k < MIN (json_array_get_length (first), info.n_elements); k++)
    g_assert_cmpfloat_with_epsilon (values[k], json_array_get_double_element (first, k),
                                    tolerance);
}

static void
check_digests (NnModel      *model,
               NnTensorPart  part,
               JsonArray    *expected)
{
  guint n_checked = 0;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (model, i, &info);
      if (info.is_trained || part != NN_TENSOR_GRADIENT)
        check_digest (model, i, part, json_array_get_object_element (expected, n_checked++));
    }
  g_assert_cmpuint (n_checked, ==, json_array_get_length (expected));
}

static void
check_logits (NnModel      *model,
              const guint8 *images,
              JsonArray    *expected)
{
  const NnBatch batch = { .images = images, .n = 1 };
  float scores[10];
  double sum = 0.0;

  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_OK);
  for (guint c = 0; c < 10; c++)
    sum += exp (json_array_get_double_element (expected, c));
  for (guint c = 0; c < 10; c++)
    g_assert_cmpfloat_with_epsilon (scores[c],
                                    exp (json_array_get_double_element (expected, c)) / sum, 1e-6);
}

/* One step, whose losses and, if it is the first, gradients must be those of the reference. */
static void
check_step (NnModel           *model,
            const NnBatch     *batch,
            const NnOptimizer *optimizer,
            JsonObject        *reference,
            guint              step)
{
  JsonArray *losses = json_object_get_array_member (reference, "loss");
  JsonArray *totals = json_object_get_array_member (reference, "loss_with_penalty");
  double loss = json_array_get_double_element (losses, step);
  double total = json_array_get_double_element (totals, step);
  NnOptimizer used = *optimizer;
  NnStepResult result;

  if (json_object_has_member (reference, "rates"))
    used.learning_rate = (float) json_array_get_double_element (
      json_object_get_array_member (reference, "rates"), step);
  g_assert_cmpint (nn_train_step (model, NULL, batch, &used, &result, NULL), ==, NN_STATUS_OK);
  g_test_message ("step %u: loss %.9f (%+.1e), with penalty %+.1e", step, result.loss,
                  result.loss / loss - 1.0, result.objective / total - 1.0);
  g_assert_cmpfloat_with_epsilon (result.loss, loss, LOSS_TOLERANCE * loss);
  g_assert_cmpfloat_with_epsilon (result.objective, total, LOSS_TOLERANCE * total);
  if (step == 0)
    check_digests (model, NN_TENSOR_GRADIENT,
                   json_object_get_array_member (reference, "gradients"));
}

static void
test_ten_steps (gconstpointer data)
{
  const Case *tried = data;
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *reference = load_reference (tried->name, &parser);
  JsonArray *expected_labels = json_object_get_array_member (reference, "labels");
  guint8 images[BATCH * 784];
  guint8 labels[BATCH];
  const NnBatch batch = { .images = images, .labels = labels, .n = BATCH };
  NnModel *model = NULL;
  const NnModelOptions options = {
    .input = { 28, 28, 1 },
    .layers = tried->layers,
    .n_layers = tried->n_layers,
    .max_batch = BATCH,
    .trainable = true,
    .has_average = tried->optimizer.average_decay > 0.0f,
    .pixel_divisor = 255.0f,
  };

  for (guint k = 0; k < BATCH * 784; k++)
    images[k] = hash (1000, k) & 255;
  for (guint i = 0; i < BATCH; i++)
    {
      labels[i] = hash (1001, i) % 10;
      g_assert_cmpuint (labels[i], ==, (guint) json_array_get_int_element (expected_labels, i));
    }
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  fill_weights (model);
  check_logits (model, images, json_object_get_array_member (reference, "logits0"));

  for (guint step = 0; step < N_STEPS; step++)
    check_step (model, &batch, &tried->optimizer, reference, step);
  check_digests (model, NN_TENSOR_VALUE, json_object_get_array_member (reference, "parameters"));
  if (options.has_average)
    check_digests (model, NN_TENSOR_AVERAGE, json_object_get_array_member (reference, "averages"));
  nn_model_free (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/nn/reference/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_ten_steps);
    }
  return g_test_run ();
}
