/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trains small networks on made-up pictures, and prints a hash of everything that came of it: one
 * line for each kind of result, so that a difference between two machines says where it lies.
 * The first line names the instruction set.  cross-check compares the lines of several machines
 * and instruction sets.
 *
 * It is plain C without libraries, like the engine, so that it can be built for a machine for which
 * nothing else is there.  It fails if a kind of layer or an activation is in none of its networks.
 */

#include "nn-activation.h"
#include "nn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_IMAGES 40
#define BATCH 24 /* several slices; the second batch of an epoch is shorter */
#define N_THREADS 2
#define N_NEAREST 5
#define N_ARGUMENTS 20000

#define WINDOW(size, step, how)                               \
  .kernel_height = size, .kernel_width = size,                \
  .stride_height = step, .stride_width = step, .padding = how
#define CONV(n, size, step, act)                                      \
  {                                                                   \
    .kind = NN_LAYER_CONV2D, .activation = NN_ACTIVATION_##act,       \
    .units = n, WINDOW (size, step, NN_PADDING_SAME)                  \
  }
#define GROUPED(n, n_groups, size, step, act)                         \
  {                                                                   \
    .kind = NN_LAYER_GROUPED_CONV2D,                                  \
    .activation = NN_ACTIVATION_##act, .units = n,                    \
    .groups = n_groups, .pad_height = 1, .pad_width = 1,              \
    WINDOW (size, step, NN_PADDING_NUMBER)                            \
  }
#define POOL(which, size, step)                                       \
  {                                                                   \
    .kind = NN_LAYER_##which##_POOL2D,                                \
    WINDOW (size, step, NN_PADDING_VALID)                             \
  }
#define NORM(act)                                                     \
  {                                                                   \
    .kind = NN_LAYER_BATCH_NORM, .activation = NN_ACTIVATION_##act,   \
    .epsilon = 1e-5f, .momentum = 0.1f                                \
  }
#define RESIDUAL(body, shortcut, act)                                 \
  {                                                                   \
    .kind = NN_LAYER_RESIDUAL, .activation = NN_ACTIVATION_##act,     \
    .n_body = body, .n_shortcut = shortcut                            \
  }
#define ACTIVATION(act)                                               \
  {                                                                   \
    .kind = NN_LAYER_ACTIVATION, .activation = NN_ACTIVATION_##act,   \
    .slope = 0.3f                                                     \
  }
#define DENSE(n, act)                                                 \
  {                                                                   \
    .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_##act,        \
    .units = n, .slope = 0.7f                                         \
  }
#define DROPOUT(share)                                                \
  {                                                                   \
    .kind = NN_LAYER_DROPOUT, .rate = share                           \
  }
#define PLAIN(which)                                                  \
  {                                                                   \
    .kind = NN_LAYER_##which                                          \
  }

typedef struct
{
  const char *name;
  NnShape input;
  NnLayerSpec layers[24];
  size_t n_layers;
  unsigned n_steps;
  int optimizer; /* EACH: one after the other, from the same weights */
  bool is_plain; /* without clipping, weight decay and averaged weights */
} Net;

#define EACH -1

#define NET(net_name, h, w, c, steps, which, plain, ...)                         \
  {                                                                              \
    .name = net_name, .input = { h, w, c }, .layers = { __VA_ARGS__ },           \
    .n_layers = sizeof ((NnLayerSpec[]) { __VA_ARGS__ }) / sizeof (NnLayerSpec), \
    .n_steps = steps, .optimizer = which, .is_plain = plain                      \
  }

static const Net nets[] = {
  /* The report's convolutional network. */
  NET ("report", 28, 28, 1, 4, NN_OPTIMIZER_ADAM, true,
       CONV (32, 3, 1, RELU),
       POOL (MAX, 2, 2),
       DROPOUT (0.2f),
       CONV (16, 3, 1, RELU),
       POOL (MAX, 2, 2),
       DROPOUT (0.2f),
       PLAIN (FLATTEN),
       DENSE (32, RELU),
       DENSE (10, LINEAR)),
  NET ("residual", 14, 13, 2, 6, NN_OPTIMIZER_ADAMW, false,
       CONV (20, 3, 1, LINEAR),
       NORM (GELU),
       RESIDUAL (5, 2, GELU),
       GROUPED (20, 20, 3, 2, LINEAR),
       NORM (SILU),
       CONV (37, 1, 1, LINEAR),
       NORM (LINEAR),
       DROPOUT (0.1f),
       CONV (37, 3, 2, LINEAR),
       NORM (LINEAR),
       POOL (AVERAGE, 2, 2),
       GROUPED (74, 37, 3, 1, GELU),
       PLAIN (GLOBAL_AVERAGE_POOL),
       DENSE (19, TANH),
       DENSE (7, LINEAR)),
  NET ("activations", 9, 8, 3, 6, EACH, false,
       CONV (17, 3, 1, LEAKY_RELU),
       PLAIN (GLOBAL_MAX_POOL),
       ACTIVATION (SIGMOID),
       DENSE (33, ELU),
       DENSE (18, SELU),
       DENSE (21, SOFTPLUS),
       DENSE (9, LINEAR),
       ACTIVATION (SILU),
       DENSE (5, LINEAR)),
};

#define N_NETS (sizeof nets / sizeof nets[0])

/* A call that must work. */
static void
check (NnStatus    status,
       const char *what)
{
  if (status == NN_STATUS_OK)
    return;
  fprintf (stderr, "%s failed with status %d\n", what, (int) status);
  exit (1);
}

static void *
allocate (size_t n,
          size_t size)
{
  void *memory = calloc (n, size);

  check (memory != NULL ? NN_STATUS_OK : NN_STATUS_NO_MEMORY, "calloc");
  return memory;
}

/* ---- Hashes ---- */

#define HASH_BEGIN 0xcbf29ce484222325u

/* FNV-1a with 64 bits, the lowest byte first on every machine. */
static uint64_t
add_number (uint64_t hash,
            uint64_t number)
{
  for (unsigned shift = 0; shift < 64; shift += 8)
    hash = (hash ^ (number >> shift & 255)) * 0x100000001b3u;
  return hash;
}

static uint64_t
add_double (uint64_t hash,
            double   value)
{
  uint64_t bits;

  memcpy (&bits, &value, sizeof bits);
  return add_number (hash, bits);
}

static uint64_t
add_floats (uint64_t     hash,
            const float *values,
            size_t       n)
{
  for (size_t i = 0; i < n; i++)
    {
      uint32_t bits;

      memcpy (&bits, &values[i], sizeof bits);
      hash = add_number (hash, bits);
    }
  return hash;
}

static void
print_hash (const Net  *net,
            const char *optimizer,
            const char *what,
            uint64_t    hash)
{
  printf ("%s, %s: %s %016llx\n", net->name, optimizer, what, (unsigned long long) hash);
}

/* ---- Results ---- */

static uint64_t
hash_part (const NnModel *model,
           NnTensorPart   part,
           bool           is_trained)
{
  uint64_t hash = HASH_BEGIN;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;
      float *values;

      nn_model_get_tensor_info (model, i, &info);
      if (info.is_trained != is_trained)
        continue;
      values = allocate (info.n_elements, sizeof *values);
      check (nn_model_read_tensor (model, i, part, values), "nn_model_read_tensor");
      hash = add_floats (hash, values, info.n_elements);
      free (values);
    }
  return hash;
}

static void
print_tensors (const Net     *net,
               const char    *optimizer,
               const NnModel *model,
               unsigned       n_moments)
{
  print_hash (net, optimizer, "weights", hash_part (model, NN_TENSOR_VALUE, true));
  print_hash (net, optimizer, "running statistics", hash_part (model, NN_TENSOR_VALUE, false));
  print_hash (net, optimizer, "gradients", hash_part (model, NN_TENSOR_GRADIENT, true));
  if (n_moments > 0)
    print_hash (net, optimizer, "first moments", hash_part (model, NN_TENSOR_MOMENT_1, true));
  if (n_moments > 1)
    print_hash (net, optimizer, "second moments", hash_part (model, NN_TENSOR_MOMENT_2, true));
  print_hash (net, optimizer, "averaged weights", hash_part (model, NN_TENSOR_AVERAGE, true));
}

/* Scores, losses, features, and the images whose features are nearest to those of the first. */
static void
print_predictions (const Net     *net,
                   const char    *optimizer,
                   NnModel       *model,
                   NnPool        *pool,
                   const NnBatch *images)
{
  const size_t n_classes = nn_model_get_n_classes (model);
  const size_t n_features = nn_model_get_n_features (model);
  float *scores = allocate (images->n, n_classes * sizeof *scores);
  float *losses = allocate (images->n, sizeof *losses);
  float *features = allocate (images->n, n_features * sizeof *features);
  NnPoints *points = NULL;
  NnNeighbor nearest[N_NEAREST] = { 0 };
  uint64_t hash = HASH_BEGIN;

  check (nn_predict (model, pool, images, scores, losses, NULL), "nn_predict");
  print_hash (net, optimizer, "scores", add_floats (HASH_BEGIN, scores, images->n * n_classes));
  print_hash (net, optimizer, "losses", add_floats (HASH_BEGIN, losses, images->n));
  check (nn_predict_features (model, pool, images, NULL, features, NULL), "nn_predict_features");
  print_hash (net, optimizer, "features",
              add_floats (HASH_BEGIN, features, images->n * n_features));
  check (nn_points_new (features, images->n, n_features, &points, NULL), "nn_points_new");
  nn_points_find_nearest (points, features, 0, nearest, N_NEAREST);
  for (size_t i = 0; i < N_NEAREST; i++)
    hash = add_floats (add_number (hash, nearest[i].i_point), &nearest[i].squared_distance, 1);
  print_hash (net, optimizer, "nearest images", hash);
  nn_points_free (points);
  free (features);
  free (losses);
  free (scores);
}

/* ---- Training ---- */

/* Noise, in which the pixels of the label's class are lighter. */
static void
fill_images (const Net *net,
             size_t     n_classes,
             uint8_t   *images,
             uint8_t   *labels)
{
  const size_t size = (size_t) net->input.height * net->input.width * net->input.channels;

  for (size_t i = 0; i < N_IMAGES; i++)
    {
      labels[i] = (uint8_t) (nn_random (3, NN_RANDOM_PICTURES, 0, i) % n_classes);
      for (size_t k = 0; k < size; k++)
        images[i * size + k] = (uint8_t) ((nn_random (3, NN_RANDOM_PICTURES, i + 1, k) & 127)
                                          + (k % n_classes == labels[i] ? 128 : 0));
    }
}

static uint64_t
train (const Net         *net,
       NnModel           *model,
       NnPool            *pool,
       const NnBatch     *images,
       const NnOptimizer *optimizer)
{
  const unsigned steps_per_epoch = (N_IMAGES + BATCH - 1) / BATCH;
  uint32_t order[N_IMAGES];
  uint64_t hash = HASH_BEGIN;

  for (unsigned i_step = 0; i_step < net->n_steps; i_step++)
    {
      const size_t begin = i_step % steps_per_epoch * BATCH;
      NnBatch batch = *images;
      NnStepResult result;

      batch.epoch = i_step / steps_per_epoch;
      nn_shuffle (1, batch.epoch, order, N_IMAGES);
      batch.indices = order + begin;
      batch.n = N_IMAGES - begin < BATCH ? N_IMAGES - begin : BATCH;
      check (nn_train_step (model, pool, &batch, optimizer, &result, NULL), "nn_train_step");
      hash = add_double (add_double (hash, result.loss), result.penalty);
      hash = add_number (hash, result.n_correct);
    }
  return hash;
}

static void
run_net (const Net         *net,
         const NnOptimizer *optimizer,
         NnPool            *pool)
{
  const char *name = nn_optimizer_get_name (optimizer->kind);
  const NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = BATCH,
    .trainable = true,
    .has_average = true,
    .pixel_divisor = 255.0f,
    .seed = 7,
  };
  const size_t size = (size_t) net->input.height * net->input.width * net->input.channels;
  uint8_t *images = allocate (N_IMAGES, size);
  uint8_t *labels = allocate (N_IMAGES, 1);
  const NnBatch all = { .images = images, .labels = labels, .n = N_IMAGES };
  NnModel *model = NULL;

  check (nn_model_new (&options, &model, NULL), "nn_model_new");
  fill_images (net, nn_model_get_n_classes (model), images, labels);
  print_hash (net, name, "first weights", hash_part (model, NN_TENSOR_VALUE, true));
  print_hash (net, name, "steps", train (net, model, pool, &all, optimizer));
  print_tensors (net, name, model, nn_optimizer_get_n_moments (optimizer->kind));
  print_predictions (net, name, model, pool, &all);
  nn_model_free (model);
  free (labels);
  free (images);
}

static void
run_nets (NnPool *pool)
{
  for (size_t i = 0; i < N_NETS; i++)
    for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
      if (nets[i].optimizer == EACH || nets[i].optimizer == kind)
        {
          NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);

          optimizer.l2 = 1e-4f;
          if (!nets[i].is_plain)
            {
              optimizer.clip_norm = 0.5f;
              optimizer.weight_decay = 0.01f;
              optimizer.average_decay = 0.9f;
            }
          run_net (&nets[i], &optimizer, pool);
        }
}

/* ---- Functions ---- */

static void
print_functions (void)
{
  enum { EXP, LOG, COS, POW, ERF, N_FUNCTIONS };
  static const char *const names[N_FUNCTIONS] = { "exp", "log", "cos", "pow", "erf" };
  uint64_t hashes[N_FUNCTIONS];

  for (int f = 0; f < N_FUNCTIONS; f++)
    hashes[f] = HASH_BEGIN;
  for (uint64_t i = 0; i < N_ARGUMENTS; i++)
    {
      const double x = (nn_random (5, NN_RANDOM_PICTURES, 0, i) - 0x1p31) * 0x1p-28; /* -8 .. 8 */
      const double y = nn_random (5, NN_RANDOM_PICTURES, 1, i) * 0x1p-30 + 0x1p-40;  /* 0 .. 4 */

      hashes[EXP] = add_double (hashes[EXP], nn_exp (x * 80.0));
      hashes[LOG] = add_double (hashes[LOG], nn_log (y));
      hashes[COS] = add_double (hashes[COS], nn_cos (x * 1000.0));
      hashes[POW] = add_double (hashes[POW], nn_pow (y, x));
      hashes[ERF] = add_double (hashes[ERF], nn_erf (x * 0.75));
    }
  for (int f = 0; f < N_FUNCTIONS; f++)
    printf ("function %s %016llx\n", names[f], (unsigned long long) hashes[f]);
}

/* ---- What is covered ---- */

static void
check_is_covered (bool        is_covered,
                  const char *what,
                  const char *name)
{
  if (is_covered)
    return;
  fprintf (stderr, "No network here has the %s %s\n", what, name);
  exit (1);
}

static void
check_coverage (void)
{
#define LAYER_NAME(KIND, name) #name,
  static const char *const names[NN_N_LAYER_KINDS] = { NN_LAYER_LIST (LAYER_NAME) };
#undef LAYER_NAME
  bool has_kind[NN_N_LAYER_KINDS] = { false };
  bool has_activation[NN_N_ACTIVATIONS] = { false };

  for (size_t i = 0; i < N_NETS; i++)
    for (size_t k = 0; k < nets[i].n_layers; k++)
      {
        has_kind[nets[i].layers[k].kind] = true;
        has_activation[nets[i].layers[k].activation] = true;
      }
  for (int kind = 0; kind < NN_N_LAYER_KINDS; kind++)
    check_is_covered (has_kind[kind], "layer", names[kind]);
  for (int i = 0; i < NN_N_ACTIVATIONS; i++)
    check_is_covered (has_activation[i], "activation",
                      nn_activation_get_ops ((NnActivation) i)->name);
}

int
main (void)
{
  NnPool *pool = NULL;

  check_coverage ();
  check (nn_pool_new (N_THREADS, &pool, NULL), "nn_pool_new");
  printf ("set %s\n", nn_isa_get_name ());
  run_nets (pool);
  print_functions ();
  nn_pool_free (pool);
  return 0;
}
