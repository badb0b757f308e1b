/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the stages of steps to phases.
 *
 * Each pass is a list of stages.  Where threads meet follows from what the stages say of
 * themselves: image and slice stages that follow each other are one phase, a part stage is a phase
 * of its own.  From the same lists follows whether a boundary needs room for all images: it needs
 * room for one where all stages that touch it lie in one run of image stages.
 */

#include "nn-private.h"

static void
add (NnSchedule    *schedule,
     const NnStage *stage,
     const NnStep  *step)
{
  schedule->works[schedule->n_works++] = (NnWork) { stage, step };
}

static void
add_stages (NnSchedule   *schedule,
            const NnStep *step,
            NnPass        pass)
{
  for (size_t i = 0; i < step->stages[pass].n; i++)
    add (schedule, &step->stages[pass].stages[i], step);
}

static void
cut (NnSchedule *schedule)
{
  for (size_t i = 0; i < schedule->n_works; i++)
    {
      const bool is_part = schedule->works[i].stage->kind == NN_STAGE_PART;

      if (i == 0 || is_part || schedule->works[i - 1].stage->kind == NN_STAGE_PART)
        schedule->phases[schedule->n_phases++] = (NnPhase) { i, i };
      schedule->phases[schedule->n_phases - 1].end = i + 1;
    }
}

static void
schedule_classifying (const NnModel *model,
                      NnSchedule    *schedule,
                      NnPass         pass)
{
  add (schedule, &nn_load_stage, NULL);
  for (size_t i = 0; i < model->n_steps; i++)
    {
      if (i + 1 == model->n_steps)
        add (schedule, &nn_features_stage, NULL);
      add_stages (schedule, &model->steps[i], pass);
    }
  add (schedule, &nn_loss_stage, NULL);
  cut (schedule);
}

static void
schedule_training (const NnModel *model,
                   NnSchedule    *schedule)
{
  add (schedule, &nn_load_stage, NULL);
  for (size_t i = 0; i < model->n_steps; i++)
    add_stages (schedule, &model->steps[i], NN_PASS_TRAIN);
  add (schedule, &nn_loss_stage, NULL);
  add (schedule, &nn_clear_stage, NULL);
  for (size_t i = model->n_steps; i-- > 0;)
    add_stages (schedule, &model->steps[i], NN_PASS_BACKWARD);
  cut (schedule);
}

void
nn_schedule_all (NnModel *model)
{
  schedule_classifying (model, &model->predicting, NN_PASS_PREDICT);
  schedule_classifying (model, &model->block, NN_PASS_BLOCK);
  if (model->is_trainable)
    schedule_training (model, &model->training);
}

/* ---- Room for one image or for all ---- */

static bool
is_at (const NnModel *model,
       size_t         i_boundary,
       size_t         i_storage,
       bool           of_gradients)
{
  const NnBoundary *boundary = &model->boundaries[i_boundary];

  return (of_gradients ? boundary->i_gradients : boundary->i_values) == i_storage;
}

static bool
touches (const NnModel *model,
         const NnWork  *work,
         size_t         i_storage,
         bool           of_gradients)
{
  const NnStep *last = &model->steps[model->n_steps - 1];

  if (work->stage == &nn_load_stage)
    return is_at (model, 0, i_storage, of_gradients);
  if (work->stage == &nn_features_stage)
    return is_at (model, last->i_inputs[0], i_storage, of_gradients);
  if (work->stage == &nn_loss_stage)
    return is_at (model, last->i_output, i_storage, of_gradients);
  if (work->step == NULL)
    return false;
  if (is_at (model, work->step->i_output, i_storage, of_gradients))
    return true;
  if (of_gradients && work->stage->leaves_input_gradient)
    return false;
  for (size_t i = 0; i < work->step->n_inputs; i++)
    if (is_at (model, work->step->i_inputs[i], i_storage, of_gradients))
      return true;
  return false;
}

/* Forward stages do not touch gradients. */
static size_t
find_first (const NnSchedule *schedule,
            bool              of_gradients)
{
  size_t i = 0;

  while (of_gradients && i < schedule->n_works && schedule->works[i].stage != &nn_loss_stage)
    i++;
  return i;
}

bool
nn_schedule_is_one_image (const NnModel    *model,
                          const NnSchedule *schedule,
                          size_t            i_storage,
                          bool              of_gradients)
{
  bool is_touched = false;
  bool has_ended = false; /* the run of image stages that touched it */

  for (size_t i = find_first (schedule, of_gradients); i < schedule->n_works; i++)
    {
      const NnWork *work = &schedule->works[i];
      const bool is_image = work->stage->kind == NN_STAGE_IMAGE;

      has_ended = has_ended || (is_touched && !is_image);
      if (!touches (model, work, i_storage, of_gradients))
        continue;
      if (!is_image || has_ended)
        return false;
      is_touched = true;
    }
  return true;
}
