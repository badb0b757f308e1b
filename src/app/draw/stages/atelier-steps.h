/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSteps - how the preparation of pictures differs from the model's own: another preset, or
 * single steps switched on and off.
 *
 * A plain value.  The size of the network's input is always the model's.  Main thread.
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
  gboolean           is_changed; /* single steps were switched: all are as in @changed */
  AtelierInput       changed;
} AtelierSteps;

/* @input: in, the model's own; out, with the chosen steps. */
void     atelier_steps_apply  (const AtelierSteps *steps,
                               AtelierInput       *input);
void     atelier_steps_choose (AtelierSteps       *steps,
                               AtelierStepsPreset  preset);
/* Sets all steps to those of @input. */
void     atelier_steps_change (AtelierSteps       *steps,
                               const AtelierInput *input);

/* Whether a stage can be switched, whether it is on in @input, and switching it.  Inverting counts
 * as on when it is automatic. */
gboolean atelier_steps_has_switch (AtelierStage        stage);
gboolean atelier_steps_get_is_on  (const AtelierInput *input,
                                   AtelierStage        stage);
void     atelier_steps_set_is_on  (AtelierInput       *input,
                                   AtelierStage        stage,
                                   gboolean            is_on);

G_END_DECLS
