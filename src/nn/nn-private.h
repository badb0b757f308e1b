/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-private.h - how a model is laid out in memory, and how a call works through it.
 *
 * Planning turns layers into steps.  A step reads one or two boundaries (the activations between
 * layers) and writes another.  A convolution's step includes the max-pool right behind it, so that
 * mostly only a few rows of the convolution's own output are stored.  A boundary includes the zero
 * border that its readers need, so that nothing is padded at run time.
 *
 * A step's work is a few stages.  How they share the work says where threads meet:
 *
 *   image  one image at a time; stages of this kind that follow each other, also those of several
 *          steps, take an image through all of them while it is in the cache
 *   slice  all images of one slice of the batch at once
 *   part   the whole batch, in parts that the step chooses
 *
 * Image and slice stages that follow each other are one phase: the batch is cut into slices, whose
 * size depends on the batch alone, and a task takes a slice through all these stages, forward and
 * backward, and waits for no other task.  A part stage is a phase of its own.  A phase begins when
 * all tasks of the phase before are done.  The last phase of a training step is the update: a task
 * is a block of parameters; it sums the block's gradient, then takes the optimiser's step.  With
 * clipping these are two phases, since the gradient's norm must be known in between.
 *
 * Every sum has one order, for any number of threads: over a layer's inputs from first to last,
 * over the images of a slice in the order of the batch, over slices from first to last.
 *
 * Nothing outside a layer's file asks for its kind: the table of its functions and traits says all.
 */

#pragma once

#include "nn-kernels.h"
#include "nn-layer.h"
#include "nn-optimizer.h"
#include "nn.h"

#include <string.h>

#define NN_ALIGNMENT 64
#define NN_MAX_SLICES 16
#define NN_MIN_SLICE 4
#define NN_BLOCK 84 /* images that a worker classifies at once: whole tiles of 6 or 14 rows */
#define NN_MAX_BLOCK_FLOATS ((size_t) 1 << 20)
#define NN_DEFAULT_WORKERS 16

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
  unsigned n_moments;
  bool has_average;
  bool is_averaging; /* averages holds an average; otherwise the weights are their average */
  NnByteScale pixel_scale;
  bool is_standardised;
  uint64_t seed;
  uint64_t n_steps_taken;
  uint64_t n_parameters;
  size_t n_classes;

  size_t n_boundaries;
  NnBoundary boundaries[NN_MAX_STEPS + 1];
  size_t n_steps;
  NnStep steps[NN_MAX_STEPS];
  NnSchedule training;   /* all but the update */
  NnSchedule predicting; /* threads share the work of the batch */
  NnSchedule block;      /* a task classifies one slice */
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
  size_t n_statistics;
  size_t max_slices;
  bool is_prepared;           /* for classifying: the parameters have not changed since */

  void *memory; /* Owned: all arrays below lie in this one block */
  size_t memory_bytes;
  float *values;
  float *gradients;
  float *moments[NN_MAX_MOMENTS]; /* n_moments of them */
  float *averages;        /* with has_average */
  float *packs;
  float *blocks;          /* activations: [1 if trainable, else n_workers][n_block_floats] */
  float *slice_gradients; /* [max_slices][n_slice_gradient_floats] */
  float *scratch;         /* [n_workers][n_scratch_floats] */
  uint32_t *tables;
  uint16_t *winners;
  uint8_t *masks;
  double *losses;         /* [max_batch] */
  double *smoothed;       /* [max_batch] the losses with smoothed labels */
  float *pixel_table;     /* [channels][256], where inputs are standardised */
  float *pixel_means;     /* [channels] */
  float *pixel_factors;   /* [channels] 1 / deviation */
  float *augmented;       /* [n_workers][input size], in trainable models */
  uint8_t *is_correct;    /* [max_batch] */
  double *weight_squares;   /* [n_update_tasks] the sum of the weights' squares */
  double *gradient_squares; /* [n_update_tasks] the same of the gradient, where it is clipped */
  double *statistics;       /* of the last batch */
  NnUpdateTask *update_tasks;
};

/* What a task of an update phase does. */
typedef enum
{
  NN_UPDATE_ALL,
  NN_UPDATE_GRADIENT, /* the gradient, and the sum of its squares */
  NN_UPDATE_STEP,     /* the step alone */
} NnUpdatePart;

/* What the update of one step needs, computed once for all parameters. */
typedef struct
{
  const NnOptimizerOps *ops; /* of the set of kernels in use */
  float numbers[NN_MAX_NUMBERS];
  NnUpdatePart part;
  float clip_factor;         /* of the gradient */
  float decay_factor;        /* of the weights, before the step */
  float average_share;       /* of the new weights in the average; 0: there is none */
  bool starts_average;       /* the average begins with the weights before the step */
} NnUpdate;

/* The state of one call.  Each task works on its own copy. */
struct NnRun
{
  NnModel *model;
  const NnKernels *kernels;
  const NnBatch *batch;
  const NnOptimizer *optimizer;
  bool is_training;
  const NnWork *works;  /* of the phase */
  size_t n_works;
  unsigned i_worker;
  float *block;         /* the activations, from image block_first on */
  size_t block_first;
  bool has_own_blocks;  /* each worker has a block, for the slice that it works on */
  size_t i_slice;
  size_t slice_size;
  size_t n_slices;
  bool is_reversed;     /* the phase takes the slices from the last on: see run_schedule */
  NnUpdate update;
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

#define NN_LAYER_TABLE(KIND, name) extern const NnLayerOps nn_##name##_ops;
NN_LAYER_LIST (NN_LAYER_TABLE)
#undef NN_LAYER_TABLE

/* NULL for a kind that does not exist. */
const NnLayerOps *nn_layer_get_ops (NnLayerKind kind);

/* The layers that @layer holds: they follow it in the array. */
size_t nn_layer_count_children (const NnLayerSpec *layer);
/* Checks layers begin .. end - 1, and takes @shape through them. */
NnStatus nn_check_list (NnChecker *checker,
                        size_t     begin,
                        size_t     end,
                        NnShape   *shape);

/* Adds a step that reads boundary @i_input. */
NnStep *nn_plan_add_step (NnModel          *model,
                          const NnLayerOps *ops,
                          size_t            i_layer,
                          size_t            i_input);
/* Adds the boundary that @step writes, once its inputs are set.  An activation that needs an input
 * which the step does not keep becomes a step of its own.  Returns the number of the boundary that
 * the last of the steps writes. */
size_t nn_plan_finish_step (NnModel *model,
                            NnStep  *step,
                            NnShape  shape);
/* Instead of nn_plan_finish_step: a boundary with the values of the input and gradients of its
 * own. */
void nn_plan_share (NnModel *model,
                    NnStep  *step);
/* Makes the steps of layers begin .. end - 1.  Returns the boundary that the last writes. */
size_t nn_plan_list (NnModel *model,
                     size_t   begin,
                     size_t   end,
                     size_t   i_input);
/* The weight matrix [n_in, n_out] and the bias of a step, as tensors 0 and 1.  Sets n_in and n_out.
 * @dims: [@rank], of the weights. */
void nn_step_add_weights (NnStep         *step,
                          size_t          n_in,
                          size_t          n_out,
                          size_t          area,
                          unsigned        rank,
                          const uint32_t *dims);

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

/* ---- Plan, update and loss ---- */

/* Makes steps, boundaries and phases from the model's layers, and computes all sizes. */
NnStatus nn_plan (NnModel *model,
                  NnError *error);
/* Lists the stages of each pass and cuts them into phases.  Steps must have their stages. */
void nn_schedule_all (NnModel *model);
/* Whether all stages of the pass's list that touch a boundary's values (or gradients) with number
 * @i_storage take an image through in one go, so that room for one image is enough. */
bool nn_schedule_is_one_image (const NnModel    *model,
                               const NnSchedule *schedule,
                               size_t            i_storage,
                               bool              of_gradients);
/* Fills the tables and the list of update tasks, once the model's memory is allocated. */
void nn_plan_fill_tables (NnModel *model);
/* Copies all weights of a step to where the input's gradient reads them. */
void nn_pack_step (NnModel      *model,
                   const NnStep *step);
/* Fills all parameters with their initial values. */
void nn_fill_tensors (NnModel *model);
/* The place in the parameters of element @i (in C order of its dims) of a tensor. */
size_t nn_tensor_find (const NnTensor *tensor,
                       size_t          i);
size_t nn_tensor_count (const NnTensor *tensor);
/* Moments are kept, and the optimiser takes steps; running statistics are not trained. */
bool nn_tensor_is_trained (const NnTensor *tensor);
/* The blocks of a tensor that update tasks take; i_step and i_tensor are not set. */
size_t nn_tensor_count_blocks (const NnTensor *tensor);
NnUpdateTask nn_tensor_get_block (const NnTensor *tensor,
                                  size_t          i_block);
/* Where a block begins in the parameters.  Sets its length. */
size_t nn_tensor_find_block (const NnTensor     *tensor,
                             const NnUpdateTask *task,
                             size_t             *n);
/* Computes what step @t, from 1, needs: fills the run's update. */
void nn_update_prepare (NnRun    *run,
                        uint64_t  t);
/* Runs task @i_task of an update phase. */
void nn_update_run (const NnRun *run,
                    size_t       i_task);
/* Between the two phases of a clipped update: chooses clip_factor.  Returns false if the norm of
 * the gradient is infinite or not a number. */
bool nn_update_clip (NnRun *run);
/* After the update.  Returns false if a weight was infinite or not a number before the step. */
bool nn_update_get_penalty (const NnRun *run,
                            double      *penalty);
/* A stage: softmax and cross-entropy.  In training also writes the gradients of the logits. */
extern const NnStage nn_loss_stage;
/* Stages without a step, in nn-run.c. */
extern const NnStage nn_load_stage;
extern const NnStage nn_features_stage;
extern const NnStage nn_clear_stage; /* of the slice's gradients */

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
  return &model->boundaries[step->i_inputs[0]];
}

static inline const NnBoundary *
nn_step_output (const NnModel *model,
                const NnStep *step)
{
  return &model->boundaries[step->i_output];
}

static inline const NnActivationOps *
nn_step_activation (const NnRun *run,
                    const NnStep *step)
{
  return &run->kernels->activations[step->activation];
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

/* The values of tensor @i_tensor of a step, and its gradient. */
static inline float *
nn_step_values (const NnModel *model,
                const NnStep *step,
                size_t i_tensor)
{
  return model->values + step->tensors[i_tensor].offset;
}

static inline float *
nn_step_gradients (const NnModel *model,
                   const NnStep *step,
                   size_t i_tensor)
{
  return model->gradients + step->tensors[i_tensor].offset;
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
