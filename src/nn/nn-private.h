/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-private.h - how a model is laid out in memory, and how a call works through it.
 *
 * Planning turns layers into steps.  A step reads one boundary (the activations between two layers)
 * and writes the next.  A convolution's step includes the max-pool right behind it, so that mostly
 * only a few rows of the convolution's own output are stored.  A boundary includes the zero border
 * that its reader needs, so that nothing is padded at run time.
 *
 * Steps run in phases.  A phase begins when all tasks of the phase before are done:
 *
 *   slices   the batch is cut into slices, whose size depends on the batch alone; a task takes one
 *            slice through several steps, forward and backward, and waits for no other task
 *   wide     one dense layer with a large weight matrix; a task computes a few of its outputs for
 *            the whole batch
 *   update   a task is a block of parameters: it sums the block's gradient, then takes the
 *            optimiser's step
 *
 * Every sum has one order, for any number of threads: over a layer's inputs from first to last,
 * over the images of a slice in the order of the batch, over slices from first to last.
 */

#pragma once

#include "nn-kernels.h"
#include "nn.h"

#include <string.h>

#define NN_ALIGNMENT 64
#define NN_MAX_SLICES 16
#define NN_MIN_SLICE 4
#define NN_BLOCK 84 /* images that a worker classifies at once: whole tiles of 6 or 14 rows */
#define NN_MAX_BLOCK_FLOATS ((size_t) 1 << 20)
#define NN_WIDE_WEIGHTS 65536 /* a dense layer of so many weights or more is split by outputs */
#define NN_WIDE_PANELS 2      /* panels of outputs in one task of such a layer */
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
  size_t row_stride;      /* floats from one row to the next: padded width * channels */
  size_t image_stride;    /* floats from one image to the next; a multiple of 16 */
  size_t origin;          /* floats from an image's start to its first value inside the border */
  bool values_per_worker; /* one image in each worker's scratch memory, not a block of images */
  bool gradients_per_worker;
  size_t values;          /* offset in a block of activations, or in a worker's scratch memory */
  size_t gradients;       /* the same; NN_NONE: no gradients are needed */
} NnBoundary;

/* The functions of one kind of layer: a const table in the layer's file. */
typedef struct
{
  const char *name;
  /* Fills @info, or reports an error through nn_fail. */
  NnStatus (*infer_shape) (const NnLayerSpec *layer,
                           size_t i_layer,
                           NnShape input,
                           NnLayerInfo *info,
                           NnError *error);
  /* The zero border that the layer needs around its input. */
  void (*get_padding) (const NnLayerSpec *layer,
                       NnShape input,
                       NnShape output,
                       size_t padding[4] /* top, left, bottom, right */);
  /* Reserves the step's memory.  Its boundaries are already laid out. */
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

/* The output size and the padding of a sliding window, for convolutions and pools. */
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
  const NnLayerSpec *pool;    /* the max-pool that a convolution's step includes, or NULL */
  size_t i_input;             /* index of a boundary */
  size_t i_output;
  bool needs_input_gradient;
  bool is_wide;
  bool is_sparse;             /* conv2d: the weight gradient uses only the pool's winners */

  /* The weight matrix [n_in, n_out], stored as panels: see nn-kernels.h. */
  size_t n_in;
  size_t n_out;
  size_t weights;             /* offset in the parameters; NN_NONE: the layer has none */
  size_t bias;
  size_t pack;                /* in packs: transposed weights, for the input's gradient; NN_NONE */
  size_t slice_gradients;     /* in a slice's gradients: of the weights, then of the bias */

  NnWindow window;            /* conv2d, max_pool2d: of the layer's own output */
  NnWindow pool_window;       /* of the pool that the step includes */
  size_t band_rows;           /* conv2d with pool: rows of its output that are kept at a time */
  /* Where a table begins in the model's tables.  A table holds offsets in floats. */
  size_t pixel_offsets;       /* for each output pixel: its first input, from the image's start */
  size_t tap_offsets;         /* for each of n_in inputs: from a pixel's first input */
  size_t winner_offsets;      /* for each place of the pool's window: in the input */
  size_t spread_offsets;      /* for each place of the pool's window: in a band of outputs */
  size_t target_offsets;      /* for each output pixel: from the image's start */
  size_t winners;             /* in winners: [max_batch][n_winners], the place that won */
  size_t n_winners;           /* of one image */
  size_t mask;                /* dropout: in masks: [max_batch][n_mask] */
  size_t n_mask;
  size_t band;                /* in scratch: band_rows rows of the convolution's output */
  /* conv2d: whether the input's gradient is a convolution with the turned kernel (rotated by 180
   * degrees), and what that needs. */
  bool is_turned;
  size_t turned;              /* in scratch: the output's gradient with a border */
  size_t turned_row_stride;
  size_t turned_offsets;      /* in tables, for each input pixel: its first value in turned */
  size_t turned_targets;      /* in tables, for each input pixel: from the image's start */
  size_t list_offsets;        /* in scratch: uint32_t, each in the place of a float */
  size_t list_weights;        /* in scratch */
};

/* What the tasks of a phase do. */
typedef enum
{
  NN_PHASE_SLICES,
  NN_PHASE_WIDE_FORWARD,
  NN_PHASE_WIDE_BACKWARD,
  NN_PHASE_UPDATE,
} NnPhaseKind;

/* A slices phase runs the forward steps from forward_begin to forward_end - 1, then the loss if
 * does_loss is set, then the backward steps from backward_begin - 1 down to backward_end.  A
 * wide phase runs step i_step alone. */
typedef struct
{
  NnPhaseKind kind;
  bool does_load;
  bool does_loss;
  size_t forward_begin;
  size_t forward_end;
  size_t backward_begin;
  size_t backward_end;
  size_t i_step;
} NnPhase;

/* Rows [row_begin, row_end) of one panel of a step's weights.  A task with row_begin 0 also has
 * the panel's biases. */
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
  NnPhase block_phase; /* the whole forward pass: a task classifies one slice */
  size_t n_update_tasks;

  /* Sizes in elements, each rounded up to a cache line. */
  size_t n_parameter_floats;
  size_t n_pack_floats;
  size_t n_block_images;      /* trainable: max_batch; else: what a worker classifies at once */
  size_t n_block_floats;
  size_t n_slice_gradient_floats;
  size_t n_scratch_floats;
  size_t n_table_entries;
  size_t n_winner_entries;
  size_t n_mask_bytes;
  size_t max_slices;

  void *memory; /* Owned: all arrays below lie in this one block */
  size_t memory_bytes;
  float *values;
  float *gradients;
  float *moments_1;
  float *moments_2;
  float *packs;
  float *blocks;          /* activations: [1 if trainable, else n_workers][n_block_floats] */
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

/* The state of one call.  Each task works on its own copy. */
struct NnRun
{
  NnModel *model;
  const NnKernels *kernels;
  const NnBatch *batch;
  const NnOptimizer *optimizer;
  bool is_training;
  const NnPhase *phase;
  unsigned i_worker;
  float *block;         /* the activations, from image block_first on */
  size_t block_first;
  bool has_own_blocks;  /* each worker has a block, for the slice that it works on */
  size_t i_slice;
  size_t slice_size;
  size_t n_slices;
  float adam_scale;     /* rate / (1 - b1^t) */
  float adam_inverse;   /* 1 / (1 - b2^t) */
  float *scores;        /* [n, n_classes], or NULL; n: the images of the batch */
  float *image_losses;  /* [n], or NULL */
  float *features;      /* [n, what the last step reads], or NULL */
};

/* ---- Errors ---- */

/* Fills @error, unless it is NULL, and returns @status. */
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

/* NULL for a kind that does not exist. */
const NnLayerOps *nn_layer_get_ops (NnLayerKind kind);
/* The get_padding of layers that need no border: all zeros. */
void nn_no_padding (const NnLayerSpec *layer,
                    NnShape            input,
                    NnShape            output,
                    size_t             padding[4]);

/* Sliding windows, for conv2d and max_pool2d: checks the window's settings and fills @output's
 * height and width.  @name is for the error message. */
NnStatus nn_window_check (const NnLayerSpec *layer,
                          size_t             i_layer,
                          const char        *name,
                          NnShape            input,
                          NnShape           *output,
                          NnError           *error);
/* For a window that nn_window_check accepted. */
NnWindow nn_window_get (const NnLayerSpec *layer,
                        NnShape            input);

/* Computes row @i_row of a max-pool's outputs; for max_pool2d and for convolutions with a pool.
 * @source: [height, width, channels], rows @row_stride floats apart; its row 0 is row
 * @source_row of the pool's input.  @cuts_at_zero: a maximum of 0 or less becomes 0, as by ReLU.
 * @target: the row of outputs.  @winners: the row of winners, or NULL. */
void nn_max_pool_row (const NnKernels   *kernels,
                      const NnLayerSpec *pool,
                      const NnWindow    *window,
                      NnShape            input,
                      const float       *source,
                      size_t             source_row,
                      size_t             row_stride,
                      size_t             i_row,
                      bool               cuts_at_zero,
                      float             *target,
                      uint16_t          *winners);

/* One task of a wide dense layer: a few panels of its outputs (forward), or of its inputs
 * (backward), for the whole batch. */
void nn_dense_forward_wide (const NnRun  *run,
                            const NnStep *step,
                            size_t        i_task);
void nn_dense_backward_wide (const NnRun  *run,
                             const NnStep *step,
                             size_t        i_task);
size_t nn_dense_get_n_forward_tasks (const NnStep *step);
size_t nn_dense_get_n_backward_tasks (const NnStep *step);
/* Sums the gradient of the task's block of weights over the batch, into the model's gradients. */
void nn_dense_sum_gradient (const NnRun        *run,
                            const NnStep       *step,
                            const NnUpdateTask *task);
/* Fills the step's tables of offsets, once the model's memory is allocated. */
void nn_conv2d_fill_tables (NnModel      *model,
                            const NnStep *step);
/* Like nn_pack_rows, for one kind of layer each. */
void nn_dense_pack_rows (NnModel      *model,
                         const NnStep *step,
                         size_t        i_panel,
                         size_t        row_begin,
                         size_t        row_end);
void nn_conv2d_pack_rows (NnModel      *model,
                          const NnStep *step,
                          size_t        i_panel,
                          size_t        row_begin,
                          size_t        row_end);
/* Like nn_dense_sum_gradient, from the gradients of the slices. */
void nn_conv2d_sum_gradient (const NnRun        *run,
                             const NnStep       *step,
                             const NnUpdateTask *task);

/* ---- Plan, update and loss ---- */

/* Makes steps, boundaries and phases from the model's layers, and computes all sizes. */
NnStatus nn_plan (NnModel *model,
                  NnError *error);
/* Fills the tables and the list of update tasks, once the model's memory is allocated. */
void nn_plan_fill_tables (NnModel *model);
/* Copies rows [row_begin, row_end) of a panel of the weights into the step's packed (transposed)
 * weights, if the step has any. */
void nn_pack_rows (NnModel      *model,
                   const NnStep *step,
                   size_t        i_panel,
                   size_t        row_begin,
                   size_t        row_end);
/* Runs task @i_task of the update phase. */
void nn_update_run (const NnRun *run,
                    size_t       i_task);
/* Softmax and cross-entropy of images first .. first + n - 1.  In training also writes the
 * gradients of the logits. */
void nn_loss_run (const NnRun *run,
                  size_t       first,
                  size_t       n);

/* ---- Threads ---- */

typedef void (*NnTask) (void *data,
                        size_t i_task,
                        unsigned i_worker);

/* Runs tasks 0 .. n_tasks - 1 on the pool's threads, the calling thread included, and returns
 * when all are done.  With a NULL pool the calling thread runs them all. */
void nn_pool_run (NnPool *pool,
                  size_t  n_tasks,
                  NnTask  task,
                  void   *data);

/* ---- Small helpers ---- */

static inline size_t
nn_round_up (size_t n,
             size_t multiple)
{
  return (n + multiple - 1) / multiple * multiple;
}

/* Floats from one image to the next: a multiple of 16, but not of 256, since then the same value
 * of many images would fall into the same few sets of the caches. */
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

/* The number of panels of a matrix with @n columns, the width of one, and the floats of all. */
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

/* The start of an image's values, or gradients, border included. */
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
  return run->model->slice_gradients + i_slice * run->model->n_slice_gradient_floats
         + step->slice_gradients;
}

static inline size_t
nn_batch_index (const NnBatch *batch,
                size_t i)
{
  return batch->indices != NULL ? batch->indices[i] : i;
}
