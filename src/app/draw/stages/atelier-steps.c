/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "draw/stages/atelier-steps.h"

void
atelier_steps_apply (const AtelierSteps *steps,
                     AtelierInput       *input)
{
  guint width = input->width;
  guint height = input->height;

  if (steps->is_changed)
    *input = steps->changed;
  else if (steps->preset == ATELIER_STEPS_FASHION)
    atelier_input_init_fashion (input, height, width);
  else if (steps->preset == ATELIER_STEPS_MNIST)
    atelier_input_init_mnist (input, height, width);
  /* The steps were chosen with a network of another size. */
  if (input->width != width || input->height != height)
    input->box = MAX (1, input->box * MAX (width, height) / MAX (input->width, input->height));
  input->width = width;
  input->height = height;
}

void
atelier_steps_choose (AtelierSteps       *steps,
                      AtelierStepsPreset  preset)
{
  steps->preset = preset;
  steps->is_changed = FALSE;
}

void
atelier_steps_change (AtelierSteps       *steps,
                      const AtelierInput *input)
{
  steps->changed = *input;
  steps->is_changed = TRUE;
}

/* NULL for a stage that cannot be switched. */
static gboolean *
find_switch (AtelierInput *input,
             AtelierStage  stage)
{
  switch (stage)
    {
    case ATELIER_STAGE_GROUND:
      return &input->ground;
    case ATELIER_STAGE_LEVELS:
      return &input->levels;
    case ATELIER_STAGE_TRIM:
      return &input->trim;
    case ATELIER_STAGE_SCALE:
      return &input->scale;
    case ATELIER_STAGE_SHARPEN:
      return &input->sharpen;
    case ATELIER_STAGE_CENTER:
      return &input->center;
    case ATELIER_STAGE_INVERT:
    case ATELIER_STAGE_MIRROR:
    case ATELIER_STAGE_ORIGINAL:
    case ATELIER_STAGE_GREY:
    case ATELIER_STAGE_RESULT:
    case ATELIER_N_STAGES:
    default:
      return NULL;
    }
}

gboolean
atelier_steps_has_switch (AtelierStage stage)
{
  AtelierInput input;

  return stage == ATELIER_STAGE_INVERT || stage == ATELIER_STAGE_MIRROR
         || find_switch (&input, stage) != NULL;
}

gboolean
atelier_steps_get_is_on (const AtelierInput *input,
                         AtelierStage        stage)
{
  AtelierInput copy = *input;
  gboolean *is_on = find_switch (&copy, stage);

  if (stage == ATELIER_STAGE_INVERT)
    return input->invert != ATELIER_INVERT_NEVER;
  if (stage == ATELIER_STAGE_MIRROR)
    return input->mirror != ATELIER_MIRROR_NEVER;
  return is_on && *is_on;
}

void
atelier_steps_set_is_on (AtelierInput *input,
                         AtelierStage  stage,
                         gboolean      is_on)
{
  gboolean *place = find_switch (input, stage);

  if (stage == ATELIER_STAGE_INVERT)
    input->invert = is_on ? ATELIER_INVERT_AUTO : ATELIER_INVERT_NEVER;
  else if (stage == ATELIER_STAGE_MIRROR)
    input->mirror = is_on ? ATELIER_MIRROR_ALWAYS : ATELIER_MIRROR_NEVER;
  else if (place)
    *place = is_on;
}
