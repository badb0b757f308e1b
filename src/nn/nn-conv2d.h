/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-conv2d.h - what a convolution's forward and backward passes share. */

#pragma once

#include "nn-window.h"

/* A strip: the floats under one kernel row. */
static inline size_t
nn_conv2d_get_strip (const NnModel *model,
                     const NnStep *step)
{
  return step->layer->kernel_width * (size_t) nn_step_input (model, step)->shape.channels;
}

/* The shape of the convolution's own output, before a pool. */
static inline NnShape
nn_conv2d_get_shape (const NnStep *step)
{
  return (NnShape) { (uint32_t) step->window.height, (uint32_t) step->window.width,
                     step->layer->units };
}

/* Adds the gradients of weights and biases of images first .. first + n - 1 to the slice's
 * gradients, and computes dL/dx if the step needs it. */
void nn_conv2d_backward (const NnRun  *run,
                         const NnStep *step,
                         size_t        first,
                         size_t        n);
/* The functions of the update: see NnLayerOps. */
void nn_conv2d_sum_gradient (const NnRun        *run,
                             const NnStep       *step,
                             const NnUpdateTask *task);
void nn_conv2d_pack (NnModel            *model,
                     const NnStep       *step,
                     const NnUpdateTask *task);

/* In nn-conv2d-turned.c: dL/dx of a convolution without a pool. */
void nn_conv2d_plan_turned (NnModel *model,
                            NnStep  *step);
void nn_conv2d_fill_turned_tables (NnModel      *model,
                                   const NnStep *step);
void nn_conv2d_backward_turned (const NnRun  *run,
                                const NnStep *step,
                                size_t        i);
void nn_conv2d_pack_turned (NnModel            *model,
                            const NnStep       *step,
                            const NnUpdateTask *task);
