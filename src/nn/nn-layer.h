/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-layer.h - what a layer says of itself, and what the plan makes of it: steps, boundaries,
 * tensors and stages.  The head of nn-private.h explains how they work together. */

#pragma once

#include "nn-kernels.h"
#include "nn.h"

#define NN_WIDE_WEIGHTS 65536 /* a dense layer of so many weights or more is split by outputs */
#define NN_WIDE_PANELS 2      /* panels of outputs in one part of such a layer */
#define NN_UPDATE_ROWS 256    /* rows of a weight panel in one update task */
#define NN_NONE SIZE_MAX

typedef struct NnStep NnStep;
typedef struct NnRun NnRun;

/* The activations between layers, and their gradients. */
typedef struct
{
  NnShape shape;
  size_t pad_top;
  size_t pad_left;
  size_t row_stride;      /* floats from one row to the next: padded width * channels */
  size_t image_stride;    /* floats from one image to the next; a multiple of 16 */
  size_t origin;          /* floats from an image's start to its first value inside the border */
  size_t i_values;        /* the boundary whose values it shares; its own number: none */
  size_t i_gradients;     /* the same for gradients */
  bool is_shared;         /* read twice: its values must not be overwritten */
  bool needs_gradient;    /* parameters come before it */
  bool values_per_worker; /* one image in each worker's scratch memory, not a block of images */
  bool gradients_per_worker;
  size_t values;          /* offset in a block of activations, or in a worker's scratch memory */
  size_t gradients;       /* the same; NN_NONE: no gradients are needed */
} NnBoundary;

/* The passes of a call, each with its own list of stages. */
typedef enum
{
  NN_PASS_TRAIN,    /* forward, in training */
  NN_PASS_BACKWARD, /* the gradients, from the last step to the first */
  NN_PASS_PREDICT,  /* forward, where threads share the work of a batch */
  NN_PASS_BLOCK,    /* forward, where each worker takes slices of its own: no part stages */
  NN_N_PASSES
} NnPass;

typedef enum
{
  NN_STAGE_IMAGE,
  NN_STAGE_SLICE,
  NN_STAGE_PART,
} NnStageKind;

typedef struct
{
  NnStageKind kind;
  /* Image and slice stages: images first .. first + n - 1 of the batch, n = 1 for image stages.
   * Part stages: part number first; n is 1. */
  void (*run) (const NnRun *run,
               const NnStep *step,
               size_t first,
               size_t n);
  /* Part stages: the number of parts. */
  size_t (*count_parts) (const NnStep *step);
  /* The stage does not touch the gradient of the step's input, which a later stage writes. */
  bool leaves_input_gradient;
} NnStage;

#define NN_MAX_STAGES 3

typedef struct
{
  const NnStage *stages; /* static; NULL where there are none */
  size_t n;
} NnStages;

/* The stages of a step are a static array: NN_STAGES (array). */
#define NN_STAGES(array) ((NnStages) { array, sizeof (array) / sizeof (array)[0] })

/* ---- Tensors ---- */

#define NN_MAX_LAYER_TENSORS 4

typedef enum
{
  NN_LAYOUT_PLAIN,   /* in C order of dims */
  NN_LAYOUT_PANELS,  /* a matrix [n_rows, n_columns] as panels: see nn-kernels.h */
  NN_LAYOUT_COLUMNS, /* a matrix [n_rows, n_columns], row by row */
} NnLayout;

typedef enum
{
  NN_FILL_ZEROS,
  NN_FILL_ONES,
  NN_FILL_GLOROT, /* Glorot and Bengio 2010: uniform within +-sqrt (6 / (fan_in + fan_out)) */
} NnFill;

/* A parameter of a layer, as the layer's plan function lists it.  Of a matrix an element (o, k) in
 * C order of dims, k = c * area + t, lies in row t * (n_rows / area) + c of column o. */
typedef struct
{
  NnTensorRole role;
  NnLayout layout;
  NnFill fill;
  size_t offset; /* in the parameters; nn_plan sets it */
  unsigned rank;
  uint32_t dims[4];
  size_t n_rows; /* of a matrix; 1 for vectors */
  size_t n_columns;
  size_t area;   /* of the kernel; 1 for layers without one */
  double fan_in;
  double fan_out;
} NnTensor;

/* Rows [row_begin, row_end) of one panel of a matrix; of a plain tensor columns instead of rows,
 * and panel 0. */
typedef struct
{
  size_t i_step;
  size_t i_tensor; /* of the step */
  size_t i_panel;
  size_t row_begin;
  size_t row_end;
} NnUpdateTask;

/* ---- Layers ---- */

/* What a check of a network knows. */
typedef struct
{
  const NnLayerSpec *layers;
  NnLayerInfo *infos;
  uint64_t n_parameters; /* so far */
  unsigned depth;        /* of the list that is checked: 0 for the network itself */
  NnError *error;
} NnChecker;

/* The functions and traits of one kind of layer: a const table in the layer's file.  Functions
 * that a layer does not need are NULL. */
typedef struct
{
  const char *name;
  bool has_activation;
  bool flattens;             /* the output is the input, as a vector */
  bool reads_vector;         /* needs its input without gaps, image after image */
  bool is_for_training_only; /* classifying, it changes nothing */
  bool keeps_input;          /* may have an activation whose derivative follows from its input */
  bool may_work_in_place;    /* where the step before does not need its own result */

  /* Fills @info, or reports an error through nn_fail. */
  NnStatus (*infer_shape) (const NnLayerSpec *layer,
                           size_t i_layer,
                           NnShape input,
                           NnLayerInfo *info,
                           NnError *error);
  /* For layers that hold others, which follow them in the array: how many follow; and instead of
   * infer_shape, a function that checks them too. */
  size_t (*count_children) (const NnLayerSpec *layer);
  NnStatus (*infer_tree) (NnChecker *checker,
                          size_t i_layer,
                          NnShape input,
                          NnLayerInfo *info);
  /* Makes the layer's steps, where there is not just one.  Returns the boundary that the last
   * writes. */
  size_t (*make_steps) (NnModel *model,
                        size_t i_layer,
                        size_t i_input);
  /* Whether the step also does the work of the layer right behind it. */
  bool (*absorbs) (const NnLayerSpec *layer,
                   const NnLayerSpec *next);
  /* Sets what follows from the input, in the model's copy of the layer. */
  void (*complete) (NnLayerSpec *layer,
                    NnShape input);
  /* The zero border that the layer needs around its input.  NULL: none. */
  void (*get_padding) (const NnLayerSpec *layer,
                       NnShape input,
                       size_t padding[4] /* top, left, bottom, right */);
  /* The one stage of all forward passes, and that of the backward pass, where they are so simple;
   * without a function: none. */
  NnStage forward;
  NnStage backward;
  /* Fills the step's tensors, and other stages, from the shapes of its boundaries.  NULL: it has no
   * tensors and the stages above. */
  void (*describe) (const NnModel *model,
                    NnStep *step);
  /* Reserves the step's memory.  Its boundaries are laid out, its tensors have their places. */
  void (*plan) (NnModel *model,
                NnStep *step);
  /* Fills the step's tables of offsets, once the model's memory is allocated. */
  void (*fill_tables) (NnModel *model,
                       const NnStep *step);
  /* Writes the gradient of the task's block over the whole batch into the model's gradients. */
  void (*sum_gradient) (const NnRun *run,
                        const NnStep *step,
                        const NnUpdateTask *task);
  /* Copies the task's block of new weights to where the input's gradient reads them. */
  void (*pack) (NnModel *model,
                const NnStep *step,
                const NnUpdateTask *task);
  /* Computes what classifying needs from the parameters, after they have changed. */
  void (*prepare) (NnModel *model,
                   const NnStep *step);
  /* Whether the layer can learn from a batch of so many images; else INVALID. */
  NnStatus (*check_batch) (const NnModel *model,
                           const NnStep *step,
                           size_t n_images,
                           NnError *error);
  /* Moves a running tensor towards the statistics of the batch, in the update. */
  void (*update_running) (const NnRun *run,
                          const NnStep *step,
                          const NnUpdateTask *task);
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
  NnActivation activation;
  size_t n_inputs;
  size_t i_inputs[2];         /* indices of boundaries */
  size_t i_output;
  bool needs_input_gradient;
  bool works_in_place;        /* the output is the input, overwritten */
  NnStages stages[NN_N_PASSES];
  size_t n_tensors;
  NnTensor tensors[NN_MAX_LAYER_TENSORS];

  bool is_wide;
  bool is_sparse;             /* conv2d: the weight gradient uses only the pool's winners */
  size_t n_in;                /* rows and columns of the weight matrix */
  size_t n_out;
  size_t pack;                /* in packs: transposed weights, for the input's gradient; NN_NONE */
  size_t slice_gradients;     /* in a slice's gradients: of the weights, then of the bias */

  size_t coefficients;        /* batch norm: in packs, [5][n_lanes] */
  size_t n_lanes;
  size_t statistics;          /* batch norm: in statistics, [3][n_out] */
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
  /* conv2d: whether the input's gradient is convolutions with the turned kernel (rotated by 180
   * degrees), and what that needs.  The tables list the pixels of one phase of the stride after
   * another. */
  bool is_turned;
  size_t turned;              /* in scratch: the output's gradient with a border */
  size_t turned_row_stride;
  size_t turned_offsets;      /* in tables, for each input pixel: its first value in turned */
  size_t turned_targets;      /* in tables, for each input pixel: from the image's start */
  size_t list_offsets;        /* in scratch: uint32_t, each in the place of a float */
  size_t list_weights;        /* in scratch */
};

/* One stage in the list of a pass.  Loading, features and the loss have no step. */
typedef struct
{
  const NnStage *stage;
  const NnStep *step;
} NnWork;

/* Works begin .. end - 1 of a list: one part stage, or image and slice stages. */
typedef struct
{
  size_t begin;
  size_t end;
} NnPhase;

#define NN_MAX_STEPS (3 * NN_MAX_LAYERS)
#define NN_MAX_WORKS (2 * NN_MAX_STAGES * NN_MAX_STEPS + 4)

/* What a call does, in order. */
typedef struct
{
  size_t n_works;
  NnWork works[NN_MAX_WORKS];
  size_t n_phases;
  NnPhase phases[NN_MAX_WORKS];
} NnSchedule;
