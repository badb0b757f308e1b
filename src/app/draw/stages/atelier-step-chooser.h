/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStepChooser - the actions that choose how a picture is prepared, and the input pipeline
 * that results: the model's own, changed by the chosen steps.
 *
 * Actions: steps (string: "own", "fashion" or "mnist"), invert (string: "auto", "never" or
 * "always"), and for each stage that can be switched stage-invert, stage-levels, stage-trim,
 * stage-scale, stage-sharpen and stage-center (booleans).  Their states are those of the picture
 * that is shown.  For it alone are pick-ground ((dd): a place that is ground, in parts of the width
 * and the height) and forget-ground, which takes the place back.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "draw/stages/atelier-steps.h"
#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STEP_CHOOSER (atelier_step_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStepChooser, atelier_step_chooser, ATELIER, STEP_CHOOSER, GObject)

/* Signal "changed": the person chose other steps.  Adds its actions to @actions; they hold no
 * reference to the chooser and must not be used after it is gone. */
AtelierStepChooser *atelier_step_chooser_new        (GActionMap         *actions);
/* The model that answers; NULL: the pipeline is that of Fashion-MNIST, 28 x 28.  Does not emit
 * "changed". */
void                atelier_step_chooser_set_model  (AtelierStepChooser *chooser,
                                                     AtelierModel       *model);
/* The pipeline for pictures that are opened, without a picked place. */
void                atelier_step_chooser_get_input  (AtelierStepChooser *chooser,
                                                     AtelierInput       *input);
/* The pipeline for the picture that is shown, with the place that was picked in it. */
void                atelier_step_chooser_get_picture_input (AtelierStepChooser *chooser,
                                                            AtelierInput       *input);
/* To be called when another picture, or a list of them, is shown.  Does not emit "changed". */
void                atelier_step_chooser_forget_pick (AtelierStepChooser *chooser);
/* Sets the actions' states.  @done: the pipeline of what is shown now; a drawing goes through fewer
 * steps than an opened picture. */
void                atelier_step_chooser_show       (AtelierStepChooser *chooser,
                                                     const AtelierInput *done,
                                                     gboolean            is_drawing);
/* Called when a drawing is to be fitted: if trim, scale and centre are all off, drops the single
 * changes. */
void                atelier_step_chooser_ensure_fit (AtelierStepChooser *chooser);

G_END_DECLS
