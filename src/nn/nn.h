/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn.h - the engine: trains and runs small image classifiers on the processor.
 *
 * What it computes.  A network is a list of layers.  Activations are float32 in NHWC order: the
 * value of channel c at row y, column x of image b lies at ((b * height + y) * width + x) *
 * channels + c.  A vector of n values has the shape 1 x 1 x n.  The last layer must give such a
 * vector with linear activation: the logits, one per class.
 *
 *   scores          p = softmax(logits)
 *   loss            -ln p[label], averaged over the batch (a shorter last batch: over its own size)
 *   penalty         l2 * the sum of all squared weights, without biases
 *   training step   the gradient of loss + penalty, then one step of the optimiser
 *
 * What it promises.  The same seed gives the same weights, bit for bit, for any number of threads.
 * A step allocates no memory.  Layers are checked before memory is allocated, and sizes are
 * computed with overflow checks.  No function prints, exits, or aborts on bad input; on failure the
 * out-parameters keep their values.
 *
 * Threads.  An NnModel and an NnPool belong to one thread at a time.  Different models may be used
 * at the same time from different threads, each with its own pool.  The only global state is the
 * table of kernels, which is chosen once.
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
  NN_STATUS_INVALID,    /* an argument or a layer's setting is out of range */
  NN_STATUS_SHAPE,      /* a layer does not fit its input, or the last one gives no logits */
  NN_STATUS_TOO_LARGE,  /* a size, the parameters or the memory are over a limit below */
  NN_STATUS_NO_MEMORY,  /* the allocator returned NULL */
  NN_STATUS_NOT_FINITE, /* the loss or a weight is infinite or not a number: see nn_train_step */
  NN_STATUS_NO_THREAD,  /* the system did not start a thread */
} NnStatus;

#define NN_ERROR_TEXT_SIZE 200

/* Filled in on failure.  Wherever a function takes an NnError, NULL is allowed. */
typedef struct
{
  NnStatus status;
  int i_layer;                   /* the layer that failed, from 0; -1: none */
  char text[NN_ERROR_TEXT_SIZE]; /* one English sentence without a full stop; names the layer */
} NnError;

/* ---- Arithmetic ---- */

/* Rises whenever a change of the engine gives a network other bits: then a run that another
 * revision began does not end with the bytes that it would have had there.  The stored hashes of
 * tests/nn/test-exact.c tell. */
#define NN_ARITHMETIC_REVISION 1

/* ---- Networks ---- */

#define NN_MAX_LAYERS 64
#define NN_MAX_CLASSES 256
#define NN_MAX_BATCH 65536
#define NN_MAX_SIDE 4096                            /* height, width: images, kernels, strides */
#define NN_MAX_CHANNELS 65536                       /* channels of an image, units, filters */
#define NN_MAX_PARAMETERS ((uint64_t) 1 << 27)      /* 512 MiB of weights */
#define NN_MAX_WORKSPACE_BYTES ((uint64_t) 1 << 32) /* memory of a model, or of points */

typedef struct
{
  uint32_t height;
  uint32_t width;
  uint32_t channels;
} NnShape;

/* The kinds of layers: NN_LAYER_DENSE and so on.  Each comment begins with the members of
 * NnLayerSpec that the kind uses; the formulas are in the layer's file.
 *
 * A max-pool never chooses padding.  Of equal values it chooses the first in reading order; right
 * behind a convolution it compares the values before the convolution's activation. */
#define NN_LAYER_LIST(X)                                                                        \
  X (DENSE, dense)                                                                              \
  /* units, activation, l2; the input must be a vector */                                       \
  X (CONV2D, conv2d)                                                                            \
  /* units (filters), kernel, stride, padding, activation, l2; cross-correlation */             \
  X (MAX_POOL2D, max_pool2d)                                                                    \
  /* kernel, stride, padding */                                                                 \
  X (FLATTEN, flatten)                                                                          \
  /* none; [height, width, channels] becomes a vector in that order */                          \
  X (DROPOUT, dropout)                                                                          \
  /* rate; in training 0 with probability rate, else times 1 / (1 - rate) */                    \
  X (RESIDUAL, residual)                                                                        \
  /* n_body, n_shortcut, activation; act (body (x) + shortcut (x)).  The layers of the body,    \
   * then those of the shortcut, follow it in the array; without layers the shortcut is x.      \
   * Blocks do not nest */                                                                      \
  X (BATCH_NORM, batch_norm)                                                                    \
  /* epsilon, momentum, activation; one mean and one variance a channel */                      \
  X (GLOBAL_MAX_POOL, global_max_pool)                                                          \
  /* none; a maximum for each channel, as a vector */                                           \
  X (AVERAGE_POOL2D, average_pool2d)                                                            \
  /* kernel, stride, padding, which is not counted */                                           \
  X (GLOBAL_AVERAGE_POOL, global_average_pool)                                                  \
  /* none; a mean for each channel, as a vector */                                              \
  X (GROUPED_CONV2D, grouped_conv2d)                                                            \
  /* as conv2d, and groups, which divide channels and filters; as many as channels: depthwise */ \
  X (ACTIVATION, activation)                                                                    \
  /* activation: as a layer of its own */

typedef enum
{
#define NN_LAYER_KIND(KIND, name) NN_LAYER_##KIND,
  NN_LAYER_LIST (NN_LAYER_KIND)
#undef NN_LAYER_KIND
  NN_N_LAYER_KINDS
} NnLayerKind;

typedef enum
{
  NN_ACTIVATION_LINEAR,
  NN_ACTIVATION_RELU,
  NN_ACTIVATION_TANH,
  NN_ACTIVATION_SIGMOID,
  NN_ACTIVATION_LEAKY_RELU, /* x above 0, else slope * x; slope 0 or more */
  NN_ACTIVATION_ELU,        /* x above 0, else slope * (e^x - 1); slope above 0, usually 1 */
  NN_ACTIVATION_SELU,       /* 1.0507 times ELU with slope 1.6733 (Klambauer et al. 2017) */
  NN_ACTIVATION_SOFTPLUS,   /* ln (1 + e^x) */
  NN_ACTIVATION_GELU,       /* x / 2 (1 + erf (x / sqrt 2)) */
  NN_ACTIVATION_SILU,       /* x * sigmoid (x) */
  NN_N_ACTIVATIONS
} NnActivation;

typedef enum
{
  NN_PADDING_VALID, /* output = floor((input - kernel) / stride) + 1 */
  NN_PADDING_SAME,  /* output = ceil(input / stride); an odd row or column of padding goes below or
                       to the right */
  NN_PADDING_NUMBER, /* pad_height rows above and below, pad_width columns to the left and right:
                        output = floor ((input + 2 * pad - kernel) / stride) + 1 */
  NN_N_PADDINGS
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
  uint32_t pad_height;
  uint32_t pad_width;
  uint32_t groups;
  float rate;
  uint32_t n_body;
  uint32_t n_shortcut;
  float epsilon;
  float momentum;
  float slope;     /* of some activations below 0 */
  bool has_own_l2; /* the penalty on this layer's weights is l2, not the optimiser's */
  float l2;
} NnLayerSpec;

/* What nn_network_check computes for each layer. */
typedef struct
{
  NnShape output;
  uint64_t n_parameters;
  uint64_t n_multiply_adds; /* forward pass of one image */
} NnLayerInfo;

/* Checks that the layers fit @input and each other, and that the last layer gives logits.
 * @infos: [@n_layers], written only on success.  Allocates nothing.  Any thread.  Errors:
 * INVALID, SHAPE, TOO_LARGE. */
NnStatus nn_network_check (NnShape            input,
                           const NnLayerSpec *layers,
                           size_t             n_layers,
                           NnLayerInfo       *infos,
                           NnError           *error);

/* ---- Threads ---- */

/* Threads that share the work of one call.  Between calls they spin for some microseconds, then
 * sleep. */
typedef struct NnPool NnPool;

/* @n_threads: 1 to 64, the calling thread included; 1 starts no thread.  The caller owns @pool.
 * Errors: INVALID, NO_MEMORY, NO_THREAD. */
NnStatus nn_pool_new (unsigned n_threads,
                      NnPool **pool,
                      NnError *error);
/* NULL is allowed. */
void nn_pool_free (NnPool *pool);
/* 1 for NULL. */
unsigned nn_pool_get_n_threads (const NnPool *pool);

/* ---- Models ---- */

/* @allocate returns memory that is aligned to 64 bytes, or NULL on failure. */
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
  /* Trainable: the largest batch of a step.  Otherwise: the most images that a worker classifies
   * at once.  1 to NN_MAX_BATCH. */
  size_t max_batch;
  bool trainable;      /* false: no gradients, no optimiser state, and no nn_train_step */
  unsigned n_moments;  /* arrays that the optimiser may keep, 1 to NN_MAX_MOMENTS; 0: as many */
  bool has_average;    /* memory for an average of the weights: see NnOptimizer */
  unsigned n_workers;  /* the most threads of a pool, each with its own scratch memory; 0: 16 */
  float pixel_divisor; /* a byte b becomes b / pixel_divisor; 255, or 1 for the report's mistake */
  /* Standardisation: then (b / pixel_divisor - mean) / deviation, for each of the input's channels.
   * Both [channels], copied, or both NULL: none. */
  const float *pixel_means;
  const float *pixel_deviations;
  uint64_t seed;       /* of the initial weights and of dropout */
  const NnAllocator *allocator; /* NULL: the C library's; called until the model is freed */
} NnModelOptions;

typedef struct NnModel NnModel;

/* Makes a model with weights from Glorot's uniform distribution (Glorot and Bengio 2010) and biases
 * of 0, and allocates all its memory.  Copies @options, its layers and its allocator.  The caller
 * owns @model.  Errors: INVALID, SHAPE, TOO_LARGE, NO_MEMORY. */
NnStatus nn_model_new (const NnModelOptions  *options,
                       NnModel              **model,
                       NnError               *error);
/* The bytes that such a model would take, without taking them.  Errors: as nn_model_new. */
NnStatus nn_model_measure (const NnModelOptions *options,
                           uint64_t             *n_bytes,
                           NnError              *error);
/* NULL is allowed. */
void nn_model_free (NnModel *model);

size_t nn_model_get_n_classes (const NnModel *model);
uint64_t nn_model_get_n_parameters (const NnModel *model);
size_t nn_model_get_max_batch (const NnModel *model);
size_t nn_model_get_memory_bytes (const NnModel *model);

/* ---- Parameter tensors ---- */

typedef enum
{
  NN_TENSOR_VALUE,
  NN_TENSOR_GRADIENT, /* of the last step, penalty and clipping included */
  NN_TENSOR_MOMENT_1, /* what the optimiser keeps: see NnOptimizer */
  NN_TENSOR_MOMENT_2,
  NN_TENSOR_AVERAGE,  /* the averaged weights; the weights, where the last step averaged none */
} NnTensorPart;

typedef enum
{
  NN_TENSOR_WEIGHT,
  NN_TENSOR_BIAS,
  NN_TENSOR_SCALE,            /* of a normalisation, for each channel */
  NN_TENSOR_SHIFT,
  NN_TENSOR_RUNNING_MEAN,     /* not trained */
  NN_TENSOR_RUNNING_VARIANCE, /* not trained */
  NN_N_TENSOR_ROLES
} NnTensorRole;

typedef struct
{
  size_t i_layer;
  NnTensorRole role;
  bool is_bias;
  bool is_trained; /* false for running statistics */
  unsigned rank;
  /* Dense weight: [out, in].  Conv weight: [out, in, kernel_height, kernel_width].  Bias: [out]. */
  uint32_t dims[4];
  size_t n_elements;
} NnTensorInfo;

/* Tensors are numbered in the order of layers, and in a layer in the order of roles.  Elements are
 * in C order of dims, as in PyTorch; but a dense layer after a flatten has its inputs in [height,
 * width, channel] order, as in Keras.  With @i_tensor at or above nn_model_get_n_tensors,
 * nn_model_get_tensor_info gives all zeros and the others return INVALID. */
size_t nn_model_get_n_tensors (const NnModel *model);
void nn_model_get_tensor_info (const NnModel *model,
                               size_t         i_tensor,
                               NnTensorInfo  *info);
/* @values: [info.n_elements].  INVALID for a part that the model does not keep. */
NnStatus nn_model_read_tensor (const NnModel *model,
                               size_t         i_tensor,
                               NnTensorPart   part,
                               float         *values);
NnStatus nn_model_write_tensor (NnModel      *model,
                                size_t        i_tensor,
                                NnTensorPart  part,
                                const float  *values);
/* Copies weights and biases, but no gradients and no optimiser state.  INVALID where the models
 * have different layers. */
NnStatus nn_model_copy_parameters (NnModel       *to,
                                   const NnModel *from);
/* The same, but @to gets what NN_TENSOR_AVERAGE of @from reads.  INVALID also where @from has no
 * average. */
NnStatus nn_model_copy_average (NnModel       *to,
                                const NnModel *from);
/* The penalty of the weights as they are: each layer's sum of squares times its own l2, or @l2. */
double nn_model_get_penalty (const NnModel *model,
                             double         l2);

/* The number of steps taken: the t of Adam's bias correction, and a part of the state that a
 * saved run needs. */
uint64_t nn_model_get_n_steps (const NnModel *model);
void nn_model_set_n_steps (NnModel *model,
                           uint64_t n_steps);

/* ---- Training and classifying ---- */

/* How much training images are changed; all zeros: not at all.  Each change is drawn evenly from
 * the range that its member gives.  What comes in from outside the image is black. */
typedef struct
{
  float mirror;     /* the probability that left and right are exchanged */
  float shift;      /* at most this share of width and height, both ways; whole pixels where neither
                       rotation nor scale is set */
  float rotation;   /* at most so many degrees, both ways */
  float scale;      /* size times 1 - scale to 1 + scale; at most 0.9 */
  float brightness; /* values times 1 - brightness to 1 + brightness, at most 255 */
  float erase;      /* the probability that a rectangle becomes black (Zhong et al. 2020): 2 to 33 %
                       of the image */
} NnAugmentation;

/* What a change is drawn from. */
typedef struct
{
  uint64_t seed;
  uint64_t epoch;
  uint64_t i_image; /* in the training images */
} NnAugmentKey;

/* Changes one image, as a training step does before it scales the bytes.  @bytes: [height, width,
 * channels].  @pixels: the same shape, 0 to 255.  @augmentation must be in range.  Any thread. */
void nn_augment (const NnAugmentation *augmentation,
                 NnShape               shape,
                 const NnAugmentKey   *key,
                 const uint8_t        *bytes,
                 float                *pixels);

/* One such change of where an image lies, not drawn but given. */
typedef struct
{
  bool   is_mirrored;
  double right;   /* pixels */
  double down;
  double degrees; /* clockwise, around the middle */
} NnMotion;

/* As nn_augment: bilinear between pixels, black from outside.  Any thread. */
void nn_move_image (const NnMotion *motion,
                    NnShape         shape,
                    const uint8_t  *bytes,
                    float          *pixels);

/* Picks @n images from an array of bytes. */
typedef struct
{
  const uint8_t *images;   /* [*, height, width, channels] */
  const uint8_t *labels;   /* [*], or NULL where no loss is needed */
  const uint32_t *indices; /* [n], into images and labels; NULL: 0 .. n - 1 */
  size_t n;
  uint64_t epoch;          /* from 0; dropout depends on seed, epoch and image index */
  const NnAugmentation *augmentation; /* NULL: none; classifying never changes images */
} NnBatch;

#define NN_MAX_MOMENTS 2

/* With g the gradient, t the number of the step from 1, and m and v the first and second moment:
 *
 * Adam (Kingma and Ba 2015, algorithm 1; eps is added after the square root, as in Keras and
 * PyTorch):
 *   m = b1 m + (1 - b1) g
 *   v = b2 v + (1 - b2) g^2
 *   w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)
 * AdamW (Loshchilov and Hutter 2019): Adam; only its default of weight_decay is another.
 * SGD (PyTorch's form; is_nesterov after Sutskever et al. 2013):
 *   m = momentum * m + g
 *   w -= rate * m, or with is_nesterov  w -= rate * (g + momentum * m)
 * RMSprop (Hinton's lecture 6e, in PyTorch's form):
 *   v = alpha v + (1 - alpha) g^2
 *   m = momentum * m + g / (sqrt(v) + eps)
 *   w -= rate * m
 * Adagrad (Duchi, Hazan and Singer 2011, in PyTorch's form; the first moment is the sum):
 *   m += g^2
 *   w -= rate / (1 + (t - 1) rate_decay) * g / (sqrt(initial_sum + m) + eps) */
typedef enum
{
  NN_OPTIMIZER_ADAM,
  NN_OPTIMIZER_SGD,
  NN_OPTIMIZER_ADAMW,
  NN_OPTIMIZER_RMSPROP,
  NN_OPTIMIZER_ADAGRAD,
  NN_N_OPTIMIZERS
} NnOptimizerKind;

/* Members that a kind does not use are ignored.  All kinds use those behind initial_sum, and
 * learning_rate.  A step does these things in this order:
 *   l2             adds 2 * l2 * w to the gradient of each weight; biases have no penalty
 *   clip_norm      if the norm of the whole gradient, penalty included, is larger, multiplies the
 *                  gradient by clip_norm / (norm + 1e-6); 0: never
 *   weight_decay   w -= rate * weight_decay * w, for weights and not for biases
 *   the formula of the kind
 *   average_decay  a += (1 - d) (w - a) for weights and biases, where a begins as the weights
 *                  before the step, and d is the lesser of average_decay and (1 + t) / (10 + t);
 *                  0: no average is kept.  The model needs has_average */
typedef struct
{
  NnOptimizerKind kind;
  float learning_rate;
  float beta_1;
  float beta_2;
  float epsilon;
  float momentum;
  bool is_nesterov;
  float alpha;
  float rate_decay;
  float initial_sum;
  float l2;
  float label_smoothing; /* e: targets are (1 - e) onehot + e / n_classes, as in PyTorch; e < 1 */
  float clip_norm;
  float weight_decay;
  float average_decay;
} NnOptimizer;

/* Keras's defaults: Adam, 0.001, 0.9, 0.999, 1e-7; no momentum, no penalty. */
extern const NnOptimizer nn_optimizer_default;

/* The defaults of any kind: Keras's for Adam, else PyTorch's.  Members that the kind does not use
 * are 0.  @kind must exist. */
NnOptimizer nn_optimizer_get_default (NnOptimizerKind kind);
/* Such as "RMSprop".  NULL for a kind that does not exist. */
const char *nn_optimizer_get_name (NnOptimizerKind kind);
/* How many moments the kind keeps, and a saved run needs.  0 for a kind that does not exist. */
unsigned nn_optimizer_get_n_moments (NnOptimizerKind kind);

typedef struct
{
  double loss;      /* before the step, with dropout: the mean over the batch, without penalty */
  double penalty;   /* before the step */
  double objective; /* what the step makes smaller: the loss with smoothed labels, penalty added */
  size_t n_correct; /* images whose label has the highest score (of equal scores the lower class) */
} NnStepResult;

/* Runs one forward pass, one backward pass and one step of the optimiser.  @batch needs labels,
 * and at most max_batch images.  @pool may be NULL: then only the calling thread works.
 *
 * Errors: INVALID for bad arguments, NOT_FINITE in three cases.  If the loss is not finite, the
 * error names the first layer whose output is not finite, and the weights are those before the
 * step.  If clip_norm is set and the gradient's norm is not finite, the error names no layer, and
 * the weights are those before the step.  If the loss is finite but a weight is not, the error
 * names no layer, and the step was taken. */
NnStatus nn_train_step (NnModel           *model,
                        NnPool            *pool,
                        const NnBatch     *batch,
                        const NnOptimizer *optimizer,
                        NnStepResult      *result,
                        NnError           *error);

/* Classifies, with dropout off.  @scores: [n, n_classes], or NULL.  @losses: [n], or NULL; needs
 * labels.  batch->n may be larger than max_batch.  Give many images in one call: then the
 * threads of a model that is not trainable work without waiting for each other.  Errors:
 * INVALID. */
NnStatus nn_predict (NnModel       *model,
                     NnPool        *pool,
                     const NnBatch *batch,
                     float         *scores,
                     float         *losses,
                     NnError       *error);

/* The number of values that the last layer reads per image. */
size_t nn_model_get_n_features (const NnModel *model);

/* Like nn_predict, and also gives what the last layer reads: the values of the last hidden
 * layer, with dropout off, in [height, width, channels] order; in a network of one layer, the
 * pixels.  @features: [n, n_features].  @scores may be NULL. */
NnStatus nn_predict_features (NnModel       *model,
                              NnPool        *pool,
                              const NnBatch *batch,
                              float         *scores,
                              float         *features,
                              NnError       *error);

/* ---- Nearest points ---- */

/* Points to search, such as the features of many images.  Immutable: several threads may search
 * at the same time. */
typedef struct NnPoints NnPoints;

typedef struct
{
  size_t i_point;
  float squared_distance; /* the Euclidean distance, squared */
} NnNeighbor;

/* @values: [n, n_dimensions], copied.  The caller owns @points.
 * Errors: INVALID (no points or no dimensions), TOO_LARGE, NO_MEMORY. */
NnStatus nn_points_new (const float  *values,
                        size_t        n,
                        size_t        n_dimensions,
                        NnPoints    **points,
                        NnError      *error);
/* NULL is allowed. */
void nn_points_free (NnPoints *points);
/* Writes the @n_wanted points nearest to @query [n_dimensions] to @nearest, the nearest first;
 * of points at the same distance, the lower number first.  Skips point @left_out (SIZE_MAX:
 * none) and points whose distance is not a number.  Returns how many points were found. */
size_t nn_points_find_nearest (const NnPoints *points,
                               const float    *query,
                               size_t          left_out,
                               NnNeighbor     *nearest,
                               size_t          n_wanted);

/* ---- Random numbers ----
 * Counter-based: a value depends on the four arguments alone, not on the values drawn before. */

typedef enum
{
  NN_RANDOM_WEIGHTS = 1,
  NN_RANDOM_DROPOUT = 2,
  NN_RANDOM_SHUFFLE = 3,
  NN_RANDOM_PICTURES = 4, /* for callers that generate images */
  NN_RANDOM_AUGMENTATION = 5,
} NnRandomPurpose;

uint32_t nn_random (uint64_t        seed,
                    NnRandomPurpose purpose,
                    uint64_t        stream,
                    uint64_t        counter);

/* Writes a permutation of 0 .. n - 1 (Fisher-Yates) to @order: the order of the images in an
 * epoch.  It depends on @seed and @epoch alone. */
void nn_shuffle (uint64_t  seed,
                 uint64_t  epoch,
                 uint32_t *order,
                 size_t    n);

/* ---- Functions ----
 * For what decides weights or epochs: the same bits on every machine, which the C library's
 * functions do not promise.  Infinities and NaN are as in C.  Any thread. */

double nn_exp (double x);
double nn_log (double x);
double nn_cos (double x); /* |x| <= 2^20; else NaN */
double nn_pow (double x,
               double y);
double nn_erf (double x);

/* ---- Instruction sets ---- */

/* The set in use: "scalar", "avx2", "avx512", "avx512-zen4" or "neon".  The environment variable
 * NN_ISA chooses one that the build and the processor have.  Any other value is ignored, and
 * nn_isa_get_complaint returns a sentence that says so (else NULL).  Any thread. */
const char *nn_isa_get_name (void);
const char *nn_isa_get_complaint (void);

#ifdef __cplusplus
}
#endif
