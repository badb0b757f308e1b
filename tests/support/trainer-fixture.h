/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A trainer with a small network and small data, for the tests of runs.  The main loop runs until
 * a condition holds, with a limit. */

#pragma once

#include "small-runs.h"
#include "training/atelier-trainer.h"

#define TRAINER_ENDLESS 10000 /* epochs */

typedef struct
{
  AtelierSplits *splits;
  AtelierNetwork *network;
  AtelierRecipeValues recipe;
  AtelierTrainer *trainer;

  /* What was notified and emitted */
  guint n_finished;
  GError *error;
  guint n_batch_signals;
} TrainerFixture;

void   trainer_set_up             (TrainerFixture      *fixture,
                                   gconstpointer        data);
void   trainer_tear_down          (TrainerFixture      *fixture,
                                   gconstpointer        data);
void   trainer_start              (TrainerFixture      *fixture,
                                   guint                n_threads);
/* One dispatch of the main loop, which must come. */
void   trainer_spin_once          (void);
void   trainer_spin_until_state   (TrainerFixture      *fixture,
                                   AtelierTrainerState  state);
void   trainer_spin_until_batches (TrainerFixture      *fixture,
                                   guint                n);
guint  trainer_count_batches      (TrainerFixture      *fixture);
guint  trainer_get_model_epochs   (TrainerFixture      *fixture);
/* Trains to the end and gives the weights' digest.  Transfer full. */
char  *trainer_complete           (TrainerFixture      *fixture,
                                   guint                n_threads);
