/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn.h - the engine: small image classifiers, trained and run on the processor, fast and exact.
 *
 * What it computes.  A network is a list of layers.  Activations are float32 in NHWC order: the value of channel c
 * at row y, column x of image b lies at ((b * height + y) * width + x) * channels + c.  A vector of n values has the
 * shape 1 x 1 x n.  The last layer must give such a vector with linear activation: the logits, one a class.
 *
 *   scores          p = softmax(logits)
 *   loss            -ln p[label], the mean over the images of a batch (the last, shorter batch: over its own size)
 *   penalty         l2 * sum of squared weights, over all kernels and not over biases
 *   training step   the gradient of loss + penalty, then one step of Adam or of SGD with momentum
 *
 * What it promises.  The same seed gives the same weights, bit for bit, whatever the number of threads.  Nothing is
 * allocated in a step.  Everything is checked before memory is touched, and sizes are computed with overflow checks.
 * No function prints, exits, or aborts on bad input; on failure the out-parameters are untouched.
 *
 * Threads.  An NnModel and an NnPool belong to one thread at a time; different models may be used at the same time
 * from different threads, each with its own pool.  The only global is the kernel table, chosen once.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status ---- */

typedef enum
{
  NN_STATUS_OK,
  NN_STATUS_INVALID,    /* an argument or a layer's setting makes no sense */
  NN_STATUS_SHAPE,      /* a layer does not fit the shape it is given */
  NN_STATUS_TOO_LARGE,  /* more memory or parameters than the engine's limits */
  NN_STATUS_NO_MEMORY,  /* the allocator said no */
  NN_STATUS_NOT_FINITE, /* the loss is infinite or not a number; the weights were left as they were */
  NN_STATUS_NO_THREAD,  /* the system gave no thread */
} NnStatus;

#define NN_ERROR_TEXT_SIZE 200

/* Filled in on failure where a pointer to it was given. */
typedef struct
{
  NnStatus status;
  int i_layer;                   /* the layer at fault, from 0, or -1 */
  char text[NN_ERROR_TEXT_SIZE]; /* one English sentence without a full stop, naming the layer */
} NnError;

/* ---- Networks ---- */

#define NN_MAX_LAYERS 64
#define NN_MAX_CLASSES 256
#define NN_MAX_BATCH 65536
#define NN_MAX_SIDE 4096    /* of images, kernels and strides */
#define NN_MAX_CHANNELS 65536 /* of images; also units and filters */
#define NN_MAX_PARAMETERS ((uint64_t) 1 << 27)  /* 512 MiB of weights */
#define NN_MAX_WORKSPACE_BYTES ((uint64_t) 1 << 32)

typedef struct
{
  uint32_t height;
  uint32_t width;
  uint32_t channels;
} NnShape;

typedef enum
{
  NN_LAYER_DENSE,      /* units, activation; input must be a vector */
  NN_LAYER_CONV2D,     /* units (filters), kernel, stride, padding, activation; a cross-correlation, as everywhere */
  NN_LAYER_MAX_POOL2D, /* kernel, stride, padding; padding never wins; of equal values the first in reading order (behind a
                           convolution: of equal values before its activation) */
  NN_LAYER_FLATTEN,    /* [height, width, channels] to a vector in that order */
  NN_LAYER_DROPOUT,    /* rate; while training, zero with probability rate, else times 1 / (1 - rate) */
  NN_N_LAYER_KINDS
} NnLayerKind;

typedef enum
{
  NN_ACTIVATION_LINEAR,
  NN_ACTIVATION_RELU,
  NN_ACTIVATION_TANH,
  NN_ACTIVATION_SIGMOID,
  NN_N_ACTIVATIONS
} NnActivation;

typedef enum
{
  NN_PADDING_VALID, /* output = floor((input - kernel) / stride) + 1 */
  NN_PADDING_SAME,  /* output = ceil(input / stride); the odd row or column of padding goes below and to the right */
} NnPadding;

/* One layer.  Members that a kind does not use are ignored. */
typedef struct
{
  NnLayerKind kind;
  NnActivation activation;
  NnPadding padding;
  uint32_t units;
  uint32_t kernel_height;
  uint32_t kernel_width;
  uint32_t stride_height;
  uint32_t stride_width;
  float rate;
} NnLayerSpec;

/* What nn_network_check finds out about a layer. */
typedef struct
{
  NnShape output;
  uint64_t n_parameters;
  uint64_t n_multiply_adds; /* of one image, forward */
} NnLayerInfo;

/* Checks that the layers fit @input and one another, and that the last gives logits.
 * @infos has room for @n_layers.  @error may be NULL.  Allocates nothing. */
NnStatus nn_network_check (NnShape input,
                           const NnLayerSpec *layers,
                           size_t n_layers,
                           NnLayerInfo *infos,
                           NnError *error);

/* ---- Threads ---- */

/* A few threads that share one step's work.  They spin for a moment between hand-overs, then sleep. */
typedef struct NnPool NnPool;

/* @n_threads counts the caller: 1 starts none.  At most 64. */
NnStatus nn_pool_new (unsigned n_threads,
                      NnPool **pool,
                      NnError *error);
void nn_pool_free (NnPool *pool);
unsigned nn_pool_get_n_threads (const NnPool *pool);

/* ---- Models ---- */

/* Where a model's memory comes from.  @allocate returns NULL on failure; memory is aligned to 64 bytes. */
typedef struct
{
  void *(*allocate) (size_t size, void *user_data);
  void (*release) (void *memory, void *user_data);
  void *user_data;
} NnAllocator;

typedef struct
{
  NnShape input;
  const NnLayerSpec *layers;
  size_t n_layers;
  size_t max_batch;     /* the largest batch of a step; to classify only, how many images a worker need take at once */
  bool trainable;       /* without it no gradients and no optimiser state are kept, and no step can be taken */
  unsigned n_workers;   /* the most threads of a pool that will work on it, each with scratch memory; 0: 16 */
  float pixel_divisor;  /* a byte b enters as b / pixel_divisor; 255, or 1 to repeat the report's mistake */
  uint64_t seed;        /* of the initial weights and of dropout */
  const NnAllocator *allocator; /* NULL: the C library; used until the model is freed */
} NnModelOptions;

typedef struct NnModel NnModel;

/* Plans, allocates once, and fills the weights: Glorot uniform, biases 0. */
NnStatus nn_model_new (const NnModelOptions *options,
                       NnModel **model,
                       NnError *error);
void nn_model_free (NnModel *model);

size_t nn_model_get_n_classes (const NnModel *model);
uint64_t nn_model_get_n_parameters (const NnModel *model);
size_t nn_model_get_max_batch (const NnModel *model);
size_t nn_model_get_memory_bytes (const NnModel *model);

/* ---- Parameter tensors ---- */

typedef enum
{
  NN_TENSOR_VALUE,
  NN_TENSOR_GRADIENT, /* of the last step, penalty included */
  NN_TENSOR_MOMENT_1, /* Adam's first moment, or SGD's momentum */
  NN_TENSOR_MOMENT_2, /* Adam's second moment */
} NnTensorPart;

typedef struct
{
  size_t i_layer;
  bool is_bias;
  unsigned rank;
  uint32_t dims[4]; /* dense weight [out, in]; conv weight [out, in, kernel_height, kernel_width]; bias [out] */
  size_t n_elements;
} NnTensorInfo;

/* @i_tensor below nn_model_get_n_tensors; beyond, get_tensor_info gives all zeros and the others INVALID.
 * Tensors are numbered in layer order, weight before bias.  Elements are in C order of dims (PyTorch's order), but a
 * dense layer after Flatten has its inputs in [height, width, channel] order (Keras's). */
size_t nn_model_get_n_tensors (const NnModel *model);
void nn_model_get_tensor_info (const NnModel *model,
                               size_t i_tensor,
                               NnTensorInfo *info);
/* @values has info.n_elements.  INVALID for parts that the model does not keep. */
NnStatus nn_model_read_tensor (const NnModel *model,
                               size_t i_tensor,
                               NnTensorPart part,
                               float *values);
NnStatus nn_model_write_tensor (NnModel *model,
                                size_t i_tensor,
                                NnTensorPart part,
                                const float *values);
/* Both models must come from the same layers; gradients and optimiser state are not copied. */
NnStatus nn_model_copy_parameters (NnModel *to,
                                   const NnModel *from);

/* How many steps were taken: the t of Adam's bias correction, and part of the state to save. */
uint64_t nn_model_get_n_steps (const NnModel *model);
void nn_model_set_n_steps (NnModel *model,
                           uint64_t n_steps);

/* ---- Training and classifying ---- */

/* A batch picks @n images out of an array of bytes. */
typedef struct
{
  const uint8_t *images;   /* [*, height, width, channels] */
  const uint8_t *labels;   /* [*], or NULL where no loss is asked for */
  const uint32_t *indices; /* [n] into images and labels; NULL: 0 .. n-1 */
  size_t n;
  uint64_t epoch;          /* from 0; keys dropout together with the seed and the image's index */
} NnBatch;

typedef enum
{
  NN_OPTIMIZER_ADAM,
  NN_OPTIMIZER_SGD,
} NnOptimizerKind;

/* Adam (Kingma and Ba 2015, algorithm 1, with eps added after the square root, as Keras and PyTorch do):
 *   m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)
 * SGD (PyTorch's form):  m = momentum * m + g;  w -= rate * m */
typedef struct
{
  NnOptimizerKind kind;
  float learning_rate;
  float beta_1;
  float beta_2;
  float epsilon;
  float momentum;
  float l2;
} NnOptimizer;

/* Keras's defaults: Adam, 0.001, 0.9, 0.999, 1e-7; no momentum, no penalty. */
extern const NnOptimizer nn_optimizer_default;

typedef struct
{
  double loss;      /* mean over the batch, without penalty, before the step and with dropout on */
  double penalty;   /* before the step */
  size_t n_correct; /* images whose highest score is at their label (ties: the lower class) */
} NnStepResult;

/* One forward pass, one backward pass, one step of the optimiser.  @pool may be NULL: the calling thread alone.
 * NOT_FINITE names the first layer whose output is not finite; the weights are then as before the step.  Weights that are
 * themselves infinite or not a number are found too, without a layer's name; then the step was taken. */
NnStatus nn_train_step (NnModel *model,
                        NnPool *pool,
                        const NnBatch *batch,
                        const NnOptimizer *optimizer,
                        NnStepResult *result,
                        NnError *error);

/* Classifies with dropout off.  @scores: [n, n_classes], or NULL; @losses: [n], or NULL, needs labels.
 * batch->n may be larger than max_batch, and for many images in one call the threads need not wait for each other. */
NnStatus nn_predict (NnModel *model,
                     NnPool *pool,
                     const NnBatch *batch,
                     float *scores,
                     float *losses,
                     NnError *error);

/* How many values the last layer reads of an image. */
size_t nn_model_get_n_features (const NnModel *model);

/* As nn_predict, and beside the scores what the last layer reads: the last hidden layer's values, dropout off, in the order
 * height, width, channels; of a network of one layer, the pixels.  @features: [n, n_features].  @scores may be NULL. */
NnStatus nn_predict_features (NnModel *model,
                              NnPool *pool,
                              const NnBatch *batch,
                              float *scores,
                              float *features,
                              NnError *error);

/* ---- Nearest points ---- */

/* Points to search among, such as the features of many images.  Immutable; any thread, several at a time. */
typedef struct NnPoints NnPoints;

typedef struct
{
  size_t i_point;
  float squared_distance; /* Euclidean, squared */
} NnNeighbor;

/* @values: [n, n_dimensions], copied.  INVALID where there are none, TOO_LARGE, NO_MEMORY. */
NnStatus nn_points_new (const float *values,
                        size_t n,
                        size_t n_dimensions,
                        NnPoints **points,
                        NnError *error);
void nn_points_free (NnPoints *points);
/* The @n_wanted points nearest to @query [n_dimensions], the nearest first and of equals the lower number, but never point
 * @left_out (SIZE_MAX: none).  Points whose distance is not a number are passed over.  Returns how many were found. */
size_t nn_points_find_nearest (const NnPoints *points,
                               const float *query,
                               size_t left_out,
                               NnNeighbor *nearest,
                               size_t n_wanted);

/* ---- Random numbers ----
 * Counter-based: a value depends on the key and the counter alone, never on what was drawn before. */

typedef enum
{
  NN_RANDOM_WEIGHTS = 1,
  NN_RANDOM_DROPOUT = 2,
  NN_RANDOM_SHUFFLE = 3,
  NN_RANDOM_PICTURES = 4, /* for callers: drawing data by program */
} NnRandomPurpose;

uint32_t nn_random (uint64_t seed,
                    NnRandomPurpose purpose,
                    uint64_t stream,
                    uint64_t counter);

/* The order of an epoch: a permutation of 0 .. n-1 that depends on seed and epoch alone (Fisher-Yates). */
void nn_shuffle (uint64_t seed,
                 uint64_t epoch,
                 uint32_t *order,
                 size_t n);

/* ---- Instruction sets ---- */

/* The set in use: "scalar", "avx2", "avx512", "avx512-zen4" or "neon".  The environment's NN_ISA forces one that the processor has;
 * anything else in it is ignored, and nn_isa_get_complaint says so (NULL where there is nothing to say). */
const char *nn_isa_get_name (void);
const char *nn_isa_get_complaint (void);

#ifdef __cplusplus
}
#endif
