/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-private.h - how a model is laid out in memory and walked through.
 *
 * Planning turns layers into steps.  A step reads one boundary (the activations between two layers) and writes the
 * next.  A convolution takes the max-pool behind it into its own step, so that what lies between the two never exists
 * as a whole.  Boundaries carry the zero border that their reader wants, so that nobody pads at run time.
 *
 * Steps are run in phases, and between two phases all threads meet:
 *
 *   slices   the batch is cut into slices of a size that depends on the batch alone; a task is one slice and runs
 *            several steps in a row, forward and backward, without meeting anybody
 *   wide     one dense layer whose weight matrix is large: a task is a few of its outputs for the whole batch
 *   update   a task is a block of parameters: its gradient is put together, then the optimiser steps
 *
 * Every sum has one order, whatever the number of threads: along a layer's inputs from first to last, over images in
 * the order of the batch within a slice, over slices from first to last.
 */

#pragma once

#include "nn-kernels.h"
#include "nn.h"

#include <string.h>

#define NN_ALIGNMENT 64
#define NN_MAX_SLICES 16
#define NN_MIN_SLICE 4
#define NN_BLOCK 84           /* images that a worker classifies at once: tiles of 6 and of 14 rows both divide it */
#define NN_MAX_BLOCK_FLOATS ((size_t) 1 << 20)
#define NN_WIDE_WEIGHTS 65536 /* a dense layer of so many weights is split by outputs */
#define NN_WIDE_PANELS 2      /* of its outputs in a task */
#define NN_DEFAULT_WORKERS 16
#define NN_UPDATE_ROWS 256    /* rows of a weight panel in one update task */
#define NN_NONE SIZE_MAX

typedef struct NnStep NnStep;
typedef struct NnRun NnRun;

/* The activations between two layers, and their gradients. */
typedef struct
{
  NnShape shape;
  size_t pad_top;
  size_t pad_left;
  size_t row_stride;      /* floats from a row to the next: padded width * channels */
  size_t image_stride;    /* floats from an image to the next; a multiple of 16 */
  size_t origin;          /* floats from an image's start to its first value inside the border */
  bool values_per_worker; /* one image in the worker's scratch instead of a block of them */
  bool gradients_per_worker;
  size_t values;          /* offset in a block of activations, or in a worker's scratch */
  size_t gradients;       /* the same; NN_NONE where none are wanted */
} NnBoundary;

/* What a layer is: one const table in the layer's file. */
typedef struct
{
  const char *name;
  /* Fills @info; complains through nn_fail. */
  NnStatus (*infer_shape) (const NnLayerSpec *layer,
                           size_t i_layer,
                           NnShape input,
                           NnLayerInfo *info,
                           NnError *error);
  /* The zero border that the layer wants around its input. */
  void (*get_padding) (const NnLayerSpec *layer,
                       NnShape input,
                       NnShape output,
                       size_t padding[4] /* top, left, bottom, right */);
  /* Reserves what the step needs; its boundaries are laid out already. */
  NnStatus (*plan) (NnModel *model,
                    NnStep *step,
                    NnError *error);
  /* Images first .. first + n - 1 of the batch. */
  void (*forward) (const NnRun *run,
                   const NnStep *step,
                   size_t first,
                   size_t n);
  void (*backward) (const NnRun *run,
                    const NnStep *step,
                    size_t first,
                    size_t n);
} NnLayerOps;

/* The arithmetic of one output of a window: convolutions and pools share it. */
typedef struct
{
  size_t height; /* of the output */
  size_t width;
  size_t pad_top;
  size_t pad_left;
} NnWindow;

struct NnStep
{
  const NnLayerOps *ops;
  size_t i_layer;
  const NnLayerSpec *layer;
  const NnLayerSpec *pool;    /* the max-pool that a convolution took in, or NULL */
  size_t i_input;             /* boundaries */
  size_t i_output;
  bool needs_input_gradient;
  bool is_wide;
  bool is_sparse;             /* conv2d: weight gradient from the pool's winners alone */

  /* The weight matrix [n_in, n_out], kept as panels [n_out / 16][n_in][16]; a last panel of up to 8 columns is 8 wide. */
  size_t n_in;
  size_t n_out;
  size_t weights;             /* offsets in the parameters; NN_NONE for layers without */
  size_t bias;
  size_t pack;                /* in packs: the transposed weights for the input's gradient; NN_NONE */
  size_t slice_gradients;     /* in a slice's gradients: weights, then bias */

  NnWindow window;            /* conv2d and max_pool2d: of their own output */
  NnWindow pool_window;       /* of the pool taken in */
  size_t band_rows;           /* conv2d with pool: rows of its output that are kept at a time */
  size_t pixel_offsets;       /* in tables: of each output pixel's first input, from the image's start */
  size_t tap_offsets;         /* in tables: of each of n_in inputs from a pixel's first */
  size_t winner_offsets;      /* in tables: of each place of the pool's window, in the input, from the window's corner */
  size_t spread_offsets;      /* in tables: the same in a band of outputs */
  size_t target_offsets;      /* in tables: of each output pixel, from the image's start */
  size_t winners;             /* in winners: [max_batch][outputs], which of the window won */
  size_t n_winners;           /* of one image */
  size_t mask;                /* dropout: in masks: [max_batch][values] */
  size_t n_mask;
  size_t band;                /* in scratch: floats */
  bool is_turned;             /* conv2d: the input's gradient is a convolution with the turned kernel */
  size_t turned;              /* in scratch: the output's gradient with the border that this wants */
  size_t turned_row_stride;
  size_t turned_offsets;      /* in tables: of each input pixel's first value in it */
  size_t turned_targets;      /* in tables: of each input pixel, from the image's start */
  size_t list_offsets;        /* in scratch: uint32_t, as floats */
  size_t list_weights;        /* in scratch */
};

/* A phase's kind says what its tasks are. */
typedef enum
{
  NN_PHASE_SLICES,
  NN_PHASE_WIDE_FORWARD,
  NN_PHASE_WIDE_BACKWARD,
  NN_PHASE_UPDATE,
} NnPhaseKind;

/* Slices: the forward steps [forward_begin, forward_end), then, where the loss is in between, the loss, then the
 * backward steps from backward_begin down to backward_end (exclusive below).  Wide: the one step. */
typedef struct
{
  NnPhaseKind kind;
  bool does_load;
  bool does_loss;
  size_t forward_begin;
  size_t forward_end;
  size_t backward_begin; /* one past the first one run */
  size_t backward_end;
  size_t i_step;
} NnPhase;

/* An update task: rows [row_begin, row_end) of one panel of a step's weights, and the panel's biases with row 0. */
typedef struct
{
  size_t i_step;
  size_t i_panel;
  size_t row_begin;
  size_t row_end;
} NnUpdateTask;

struct NnModel
{
  NnAllocator allocator;
  NnShape input;
  size_t n_layers;
  NnLayerSpec layers[NN_MAX_LAYERS];
  NnLayerInfo infos[NN_MAX_LAYERS];
  size_t max_batch;
  unsigned n_workers;
  bool is_trainable;
  NnByteScale pixel_scale;
  uint64_t seed;
  uint64_t n_steps_taken;
  uint64_t n_parameters;
  size_t n_classes;

  size_t n_boundaries;
  NnBoundary boundaries[NN_MAX_LAYERS + 1];
  size_t n_steps;
  NnStep steps[NN_MAX_LAYERS];
  size_t n_training_phases;
  NnPhase training_phases[3 * NN_MAX_LAYERS + 3];
  size_t n_predicting_phases;
  NnPhase predicting_phases[2 * NN_MAX_LAYERS + 2];
  NnPhase block_phase; /* the whole forward pass: a task classifies a slice, and nobody meets anybody */
  size_t n_update_tasks;

  /* Sizes in elements, each rounded up to a cache line; the pointers are into memory. */
  size_t n_parameter_floats;
  size_t n_pack_floats;
  size_t n_block_images;      /* to train, the whole batch; to classify, what a worker takes at once */
  size_t n_block_floats;
  size_t n_slice_gradient_floats;
  size_t n_scratch_floats;
  size_t n_table_entries;
  size_t n_winner_entries;
  size_t n_mask_bytes;
  size_t max_slices;

  void *memory; /* Owned: everything below is in this one block */
  size_t memory_bytes;
  float *values;
  float *gradients;
  float *moments_1;
  float *moments_2;
  float *packs;
  float *blocks;          /* [1 to train, else n_workers][n_block_floats]: the activations */
  float *slice_gradients; /* [max_slices][n_slice_gradient_floats] */
  float *scratch;         /* [n_workers][n_scratch_floats] */
  uint32_t *tables;
  uint16_t *winners;
  uint8_t *masks;
  double *losses;         /* [max_batch] */
  uint8_t *is_correct;    /* [max_batch] */
  double *penalties;      /* [n_update_tasks] */
  NnUpdateTask *update_tasks;
};

/* What the tasks of one call share. */
struct NnRun
{
  NnModel *model;
  const NnKernels *kernels;
  const NnBatch *batch;
  const NnOptimizer *optimizer;
  bool is_training;
  const NnPhase *phase;
  unsigned i_worker;
  float *block;         /* of activations, in which images block_first .. lie */
  size_t block_first;
  bool has_own_blocks;  /* each worker has one, for the slice that it works on */
  size_t i_slice;
  size_t slice_size;
  size_t n_slices;
  float adam_scale;     /* rate / (1 - b1^t) */
  float adam_inverse;   /* 1 / (1 - b2^t) */
  float *scores;        /* [n, n_classes] of this piece, or NULL */
  float *image_losses;  /* [n] of this piece, or NULL */
  float *features;      /* [n, what the last step reads] of this piece, or NULL */
};

/* ---- Errors ---- */

NnStatus nn_fail (NnError *error,
                  NnStatus status,
                  size_t i_layer, /* NN_NONE: no layer */
                  const char *format,
                  ...) __attribute__ ((format (printf, 4, 5)));

/* ---- Layers ---- */

extern const NnLayerOps nn_dense_ops;
extern const NnLayerOps nn_conv2d_ops;
extern const NnLayerOps nn_max_pool2d_ops;
extern const NnLayerOps nn_flatten_ops;
extern const NnLayerOps nn_dropout_ops;

const NnLayerOps *nn_layer_get_ops (NnLayerKind kind);
void nn_no_padding (const NnLayerSpec *layer,
                    NnShape input,
                    NnShape output,
                    size_t padding[4]);

/* Windows, for conv2d and max_pool2d. */
NnStatus nn_window_check (const NnLayerSpec *layer,
                          size_t i_layer,
                          const char *name,
                          NnShape input,
                          NnShape *output,
                          NnError *error);
NnWindow nn_window_get (const NnLayerSpec *layer,
                        NnShape input);

/* max_pool2d, also for the convolution that takes a pool in.  One row of pooled outputs.
 * @source: [height, width, channels] with rows @row_stride apart; row 0 of it is row @source_row of the pool's input. */
void nn_max_pool_row (const NnKernels *kernels,
                      const NnLayerSpec *pool,
                      const NnWindow *window,
                      NnShape input,
                      const float *source,
                      size_t source_row,
                      size_t row_stride,
                      size_t i_row,
                      bool cuts_at_zero,
                      float *target,
                      uint16_t *winners);

/* dense: the whole batch, outputs of panels [panel_begin, panel_end). */
void nn_dense_forward_wide (const NnRun *run,
                            const NnStep *step,
                            size_t i_task);
void nn_dense_backward_wide (const NnRun *run,
                             const NnStep *step,
                             size_t i_task);
size_t nn_dense_get_n_forward_tasks (const NnStep *step);
size_t nn_dense_get_n_backward_tasks (const NnStep *step);
/* The gradient of the weights' block, summed over the batch, into the model's gradients. */
void nn_dense_sum_gradient (const NnRun *run,
                            const NnStep *step,
                            const NnUpdateTask *task);
void nn_conv2d_fill_tables (NnModel *model,
                            const NnStep *step);
void nn_dense_pack_rows (NnModel *model,
                         const NnStep *step,
                         size_t i_panel,
                         size_t row_begin,
                         size_t row_end);
void nn_conv2d_pack_rows (NnModel *model,
                          const NnStep *step,
                          size_t i_panel,
                          size_t row_begin,
                          size_t row_end);
void nn_conv2d_sum_gradient (const NnRun *run,
                             const NnStep *step,
                             const NnUpdateTask *task);

/* ---- Steps of the whole ---- */

NnStatus nn_plan (NnModel *model,
                  NnError *error);
void nn_plan_fill_tables (NnModel *model);
/* Renews a step's packed weights for rows of a panel. */
void nn_pack_rows (NnModel *model,
                   const NnStep *step,
                   size_t i_panel,
                   size_t row_begin,
                   size_t row_end);
void nn_update_run (const NnRun *run,
                    size_t i_task);
/* Softmax and cross-entropy of images first .. first + n - 1; writes the logits' gradients when training. */
void nn_loss_run (const NnRun *run,
                  size_t first,
                  size_t n);

/* ---- Threads ---- */

typedef void (*NnTask) (void *data,
                        size_t i_task,
                        unsigned i_worker);

/* Runs tasks 0 .. n_tasks - 1 on the pool's threads, the caller among them; returns when all are done.  A NULL pool is the
 * caller alone. */
void nn_pool_run (NnPool *pool,
                  size_t n_tasks,
                  NnTask task,
                  void *data);

/* ---- Small helpers ---- */

static inline size_t
nn_round_up (size_t n,
             size_t multiple)
{
  return (n + multiple - 1) / multiple * multiple;
}

/* Floats from an image to the next: whole vectors, but not a power of two apart, where the same value of many images would
 * fall into the same few sets of the caches. */
static inline size_t
nn_image_stride (size_t n_floats)
{
  const size_t stride = nn_round_up (n_floats, 16);

  return stride % 256 == 0 ? stride + 16 : stride;
}

static inline size_t
nn_min (size_t a,
        size_t b)
{
  return a < b ? a : b;
}

static inline size_t
nn_max (size_t a,
        size_t b)
{
  return a > b ? a : b;
}

/* Panels of a matrix with @n columns, and where and how wide one is. */
static inline size_t
nn_panel_count (size_t n)
{
  return (n + NN_PANEL - 1) / NN_PANEL;
}

static inline size_t
nn_panel_width (size_t n,
                size_t i_panel)
{
  return n - i_panel * NN_PANEL > 8 ? 16 : 8;
}

static inline size_t
nn_panel_floats (size_t k,
                 size_t n)
{
  return k * nn_round_up (n, 8);
}

static inline size_t
nn_shape_size (NnShape shape)
{
  return (size_t) shape.height * shape.width * shape.channels;
}

static inline const NnBoundary *
nn_step_input (const NnModel *model,
               const NnStep *step)
{
  return &model->boundaries[step->i_input];
}

static inline const NnBoundary *
nn_step_output (const NnModel *model,
                const NnStep *step)
{
  return &model->boundaries[step->i_output];
}

static inline float *
nn_run_scratch (const NnRun *run)
{
  return run->model->scratch + run->i_worker * run->model->n_scratch_floats;
}

/* Where an image's values, or gradients, start (border included). */
static inline float *
nn_run_values (const NnRun *run,
               const NnBoundary *boundary,
               size_t i_image)
{
  if (boundary->values_per_worker)
    return nn_run_scratch (run) + boundary->values;
  return run->block + boundary->values + (i_image - run->block_first) * boundary->image_stride;
}

static inline float *
nn_run_gradients (const NnRun *run,
                  const NnBoundary *boundary,
                  size_t i_image)
{
  if (boundary->gradients_per_worker)
    return nn_run_scratch (run) + boundary->gradients;
  return run->block + boundary->gradients + (i_image - run->block_first) * boundary->image_stride;
}

static inline float *
nn_run_slice_gradients (const NnRun *run,
                        const NnStep *step,
                        size_t i_slice)
{
  return run->model->slice_gradients + i_slice * run->model->n_slice_gradient_floats + step->slice_gradients;
}

static inline size_t
nn_batch_index (const NnBatch *batch,
                size_t i)
{
  return batch->indices != NULL ? batch->indices[i] : i;
}
