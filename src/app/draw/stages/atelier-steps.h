/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSteps - what a person wants done to pictures otherwise than the model says: another way
 * as a whole, or single steps switched on and off.
 *
 * A plain value.  The size that the network sees is always the model's.  Main thread.
 */

#pragma once

#include "picture/atelier-input.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_STEPS_OWN, /* as the model was trained */
  ATELIER_STEPS_FASHION,
  ATELIER_STEPS_MNIST,
  ATELIER_N_STEPS_PRESETS
} AtelierStepsPreset;

typedef struct
{
  AtelierStepsPreset preset;
  gboolean           is_changed; /* single steps are as in @changed */
  AtelierInput       changed;
} AtelierSteps;

/* Makes @input, the model's, what the person wants. */
void     atelier_steps_apply  (const AtelierSteps *steps,
                               AtelierInput       *input);
void     atelier_steps_choose (AtelierSteps       *steps,
                               AtelierStepsPreset  preset);
/* From now on all steps are as in @input. */
void     atelier_steps_change (AtelierSteps       *steps,
                               const AtelierInput *input);

/* Whether a stage can be switched off, whether it is on, and switching it; inverting is on where
 * the border decides. */
gboolean atelier_steps_has_switch (AtelierStage        stage);
gboolean atelier_steps_get_is_on  (const AtelierInput *input,
                                   AtelierStage        stage);
void     atelier_steps_set_is_on  (AtelierInput       *input,
                                   AtelierStage        stage,
                                   gboolean            is_on);

G_END_DECLS
