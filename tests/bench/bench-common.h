/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random data, and medians of timed steps and predictions, for the engine's benchmarks. */

#pragma once

#include <glib.h>

#include "nn.h"

#define BENCH_N_IMAGES 10000

typedef struct
{
  guint8 *images; /* [BENCH_N_IMAGES, ...], random */
  guint8 *labels;
  guint32 *order;
} BenchData;

/* Ends the program with the engine's message if @status is an error. */
void bench_check (NnStatus status, const NnError *error);

void bench_data_init (BenchData *data, NnShape shape, guint n_classes);
void bench_data_clear (BenchData *data);

NnModel *bench_model_new (NnShape input,
                          const NnLayerSpec *layers,
                          gsize n_layers,
                          gsize max_batch,
                          gboolean is_trainable,
                          guint n_workers);

/* Milliseconds of a training step: the median of @n_steps, after some steps that are not timed. */
double bench_time_steps (NnModel *model,
                         NnPool *pool,
                         const BenchData *data,
                         guint n_batch,
                         guint n_steps);
/* Milliseconds to classify @n_images: the median of @n_times. */
double bench_time_predictions (NnModel *model,
                               NnPool *pool,
                               const BenchData *data,
                               guint n_images,
                               guint n_times);
