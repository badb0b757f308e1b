/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStepChooser - the actions with which a person decides what is done to a picture, and the
 * input pipeline that comes of them: the model's own, with the chosen steps in place of its.
 *
 * steps (string: "own", "fashion" or "mnist"), invert (string: "auto", "never" or "always") and for
 * each stage with a switch stage-invert, stage-levels, stage-trim, stage-scale, stage-sharpen and
 * stage-center (booleans).  Their states say what is done to what is shown now.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "draw/stages/atelier-steps.h"
#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STEP_CHOOSER (atelier_step_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStepChooser, atelier_step_chooser, ATELIER, STEP_CHOOSER, GObject)

/* Signal "changed": other steps are wanted.  Adds its actions to @actions, which keep no reference
 * and must not be used after it is gone. */
AtelierStepChooser *atelier_step_chooser_new        (GActionMap         *actions);
/* The network that answers; NULL: none, and the pipeline is that of Fashion-MNIST, 28 x 28. */
void                atelier_step_chooser_set_model  (AtelierStepChooser *chooser,
                                                     AtelierModel       *model);
/* What is wanted of pictures that are opened. */
void                atelier_step_chooser_get_input  (AtelierStepChooser *chooser,
                                                     AtelierInput       *input);
/* @done: what is done to what is shown now, which for a drawing is less than what is wanted. */
void                atelier_step_chooser_show       (AtelierStepChooser *chooser,
                                                     const AtelierInput *done,
                                                     gboolean            is_drawing);
/* A drawing is to be fitted: where no step is left that would, all are as they were. */
void                atelier_step_chooser_ensure_fit (AtelierStepChooser *chooser);

G_END_DECLS
