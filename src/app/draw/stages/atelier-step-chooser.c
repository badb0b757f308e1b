/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "draw/stages/atelier-step-chooser.h"

#include "picture/atelier-ground.h"

#define DEFAULT_SIDE 28

struct _AtelierStepChooser
{
  GObject parent_instance;

  AtelierSteps steps;
  AtelierInput done;
  gboolean     is_drawing;
  gboolean     has_pick; /* of the picture that is shown */
  AtelierGroundPick pick;

  /* Owned */
  AtelierModel  *model; /* nullable */
  GSimpleAction *steps_action;
  GSimpleAction *invert_action;
  GSimpleAction *mirror_action;
  GSimpleAction *pick_action;
  GSimpleAction *forget_action;
  GSimpleAction *stage_actions[ATELIER_N_STAGES]; /* NULL: cannot be switched */
};

G_DEFINE_FINAL_TYPE (AtelierStepChooser, atelier_step_chooser, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const preset_names[ATELIER_N_STEPS_PRESETS] = {
  [ATELIER_STEPS_OWN] = "own",
  [ATELIER_STEPS_FASHION] = "fashion",
  [ATELIER_STEPS_MNIST] = "mnist",
};

static const char *const invert_names[] = {
  [ATELIER_INVERT_AUTO] = "auto",
  [ATELIER_INVERT_NEVER] = "never",
  [ATELIER_INVERT_ALWAYS] = "always",
};

static const char *const mirror_names[] = {
  [ATELIER_MIRROR_NEVER] = "never",
  [ATELIER_MIRROR_SURER] = "surer",
  [ATELIER_MIRROR_ALWAYS] = "always",
};

static const char *const stage_names[ATELIER_N_STAGES] = {
  [ATELIER_STAGE_GROUND] = "stage-ground",   [ATELIER_STAGE_INVERT] = "stage-invert",
  [ATELIER_STAGE_LEVELS] = "stage-levels",   [ATELIER_STAGE_TRIM] = "stage-trim",
  [ATELIER_STAGE_SCALE] = "stage-scale",     [ATELIER_STAGE_SHARPEN] = "stage-sharpen",
  [ATELIER_STAGE_CENTER] = "stage-center",   [ATELIER_STAGE_MIRROR] = "stage-mirror",
};

/* A drawing is light on black already, and what is without its ground is too. */
static gboolean
can_switch (AtelierStage        stage,
            const AtelierInput *done,
            gboolean            is_drawing)
{
  if (stage == ATELIER_STAGE_GROUND || stage == ATELIER_STAGE_MIRROR)
    return !is_drawing;
  if (stage == ATELIER_STAGE_INVERT || stage == ATELIER_STAGE_LEVELS)
    return !is_drawing && !done->ground;
  return TRUE;
}

/* The pipeline that a single step is changed in.  For a drawing that is not fitted, the steps that
 * would fit it are off. */
static void
get_base (AtelierStepChooser *self,
          AtelierInput       *input)
{
  atelier_step_chooser_get_input (self, input);
  if (!self->is_drawing)
    return;
  input->trim = self->done.trim;
  input->scale = self->done.scale;
  input->center = self->done.center;
}

static void
emit_changed (AtelierStepChooser *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_steps_change_state_cb (AtelierStepChooser *self,
                          GVariant           *value)
{
  for (guint i = 0; i < ATELIER_N_STEPS_PRESETS; i++)
    if (g_str_equal (g_variant_get_string (value, NULL), preset_names[i]))
      {
        atelier_steps_choose (&self->steps, (AtelierStepsPreset) i);
        emit_changed (self);
      }
}

static void
on_invert_change_state_cb (AtelierStepChooser *self,
                           GVariant           *value)
{
  AtelierInput input;

  get_base (self, &input);
  for (guint i = 0; i < G_N_ELEMENTS (invert_names); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), invert_names[i]))
      {
        input.invert = (AtelierInvert) i;
        atelier_steps_change (&self->steps, &input);
        emit_changed (self);
      }
}

static void
on_mirror_change_state_cb (AtelierStepChooser *self,
                           GVariant           *value)
{
  AtelierInput input;

  get_base (self, &input);
  for (guint i = 0; i < G_N_ELEMENTS (mirror_names); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), mirror_names[i]))
      {
        input.mirror = (AtelierMirror) i;
        atelier_steps_change (&self->steps, &input);
        emit_changed (self);
      }
}

static void
on_stage_change_state_cb (AtelierStepChooser *self,
                          GVariant           *value,
                          GSimpleAction      *action)
{
  AtelierInput input;

  get_base (self, &input);
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    if (self->stage_actions[i] == action)
      atelier_steps_set_is_on (&input, (AtelierStage) i, g_variant_get_boolean (value));
  atelier_steps_change (&self->steps, &input);
  emit_changed (self);
}

/* Who points at the ground wants it found. */
static void
on_pick_ground_cb (AtelierStepChooser *self,
                   GVariant           *parameter)
{
  AtelierInput input;

  get_base (self, &input);
  if (!input.ground)
    {
      input.ground = TRUE;
      atelier_steps_change (&self->steps, &input);
    }
  self->has_pick = TRUE;
  g_variant_get (parameter, "(dd)", &self->pick.x, &self->pick.y);
  emit_changed (self);
}

static void
on_forget_ground_cb (AtelierStepChooser *self)
{
  atelier_step_chooser_forget_pick (self);
  emit_changed (self);
}

static void
atelier_step_chooser_dispose (GObject *object)
{
  AtelierStepChooser *self = ATELIER_STEP_CHOOSER (object);

  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_object (&self->steps_action);
  g_clear_object (&self->invert_action);
  g_clear_object (&self->mirror_action);
  g_clear_object (&self->pick_action);
  g_clear_object (&self->forget_action);
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    g_clear_object (&self->stage_actions[i]);
  G_OBJECT_CLASS (atelier_step_chooser_parent_class)->dispose (object);
}

static void
atelier_step_chooser_class_init (AtelierStepChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_step_chooser_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_STEP_CHOOSER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_step_chooser_init (AtelierStepChooser *self)
{
}

static GSimpleAction *
add_action (AtelierStepChooser *self,
            GActionMap         *actions,
            const char         *name,
            GVariant           *state,
            GCallback           callback)
{
  const GVariantType *type =
    g_variant_is_of_type (state, G_VARIANT_TYPE_STRING) ? G_VARIANT_TYPE_STRING : NULL;
  GSimpleAction *action = g_simple_action_new_stateful (name, type, state);

  g_signal_connect_object (action, "change-state", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (actions, G_ACTION (action));
  return action;
}

/* An action that is disabled until a picture is shown. */
static GSimpleAction *
add_picture_action (AtelierStepChooser *self,
                    GActionMap         *actions,
                    const char         *name,
                    const char         *type,
                    GCallback           callback)
{
  const GVariantType *variant_type = type ? G_VARIANT_TYPE (type) : NULL;
  GSimpleAction *action = g_simple_action_new (name, variant_type);

  g_simple_action_set_enabled (action, FALSE);
  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (actions, G_ACTION (action));
  return action;
}

AtelierStepChooser *
atelier_step_chooser_new (GActionMap *actions)
{
  AtelierStepChooser *self;

  g_return_val_if_fail (G_IS_ACTION_MAP (actions), NULL);

  self = g_object_new (ATELIER_TYPE_STEP_CHOOSER, NULL);
  self->steps_action = add_action (self, actions, "steps", g_variant_new_string ("own"),
                                   G_CALLBACK (on_steps_change_state_cb));
  self->invert_action = add_action (self, actions, "invert", g_variant_new_string ("auto"),
                                    G_CALLBACK (on_invert_change_state_cb));
  self->mirror_action = add_action (self, actions, "mirror-step", g_variant_new_string ("never"),
                                    G_CALLBACK (on_mirror_change_state_cb));
  self->pick_action = add_picture_action (self, actions, "pick-ground", "(dd)",
                                          G_CALLBACK (on_pick_ground_cb));
  self->forget_action = add_picture_action (self, actions, "forget-ground", NULL,
                                            G_CALLBACK (on_forget_ground_cb));
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    if (atelier_steps_has_switch ((AtelierStage) i))
      self->stage_actions[i] = add_action (self, actions, stage_names[i],
                                           g_variant_new_boolean (FALSE),
                                           G_CALLBACK (on_stage_change_state_cb));
  return self;
}

void
atelier_step_chooser_set_model (AtelierStepChooser *self,
                                AtelierModel       *model)
{
  g_return_if_fail (ATELIER_IS_STEP_CHOOSER (self));

  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
}

void
atelier_step_chooser_get_input (AtelierStepChooser *self,
                                AtelierInput       *input)
{
  g_return_if_fail (ATELIER_IS_STEP_CHOOSER (self));
  g_return_if_fail (input != NULL);

  if (self->model)
    *input = *atelier_model_get_input (self->model);
  else
    atelier_input_init_fashion (input, DEFAULT_SIDE, DEFAULT_SIDE);
  atelier_steps_apply (&self->steps, input);
}

void
atelier_step_chooser_get_picture_input (AtelierStepChooser *self,
                                        AtelierInput       *input)
{
  atelier_step_chooser_get_input (self, input);
  input->has_pick = self->has_pick;
  input->pick_x = self->pick.x;
  input->pick_y = self->pick.y;
}

void
atelier_step_chooser_forget_pick (AtelierStepChooser *self)
{
  g_return_if_fail (ATELIER_IS_STEP_CHOOSER (self));

  self->has_pick = FALSE;
  g_simple_action_set_enabled (self->forget_action, FALSE);
}

void
atelier_step_chooser_show (AtelierStepChooser *self,
                           const AtelierInput *done,
                           gboolean            is_drawing)
{
  const char *preset;

  g_return_if_fail (ATELIER_IS_STEP_CHOOSER (self));

  preset = self->steps.is_changed ? "" : preset_names[self->steps.preset];
  self->done = *done;
  self->is_drawing = is_drawing;
  g_simple_action_set_state (self->steps_action, g_variant_new_string (preset));
  g_simple_action_set_state (self->invert_action,
                             g_variant_new_string (invert_names[done->invert]));
  g_simple_action_set_enabled (self->invert_action, !is_drawing);
  g_simple_action_set_state (self->mirror_action,
                             g_variant_new_string (mirror_names[done->mirror]));
  g_simple_action_set_enabled (self->mirror_action, !is_drawing);
  g_simple_action_set_enabled (self->pick_action, !is_drawing);
  g_simple_action_set_enabled (self->forget_action, !is_drawing && self->has_pick);
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    {
      gboolean is_on = atelier_steps_get_is_on (done, (AtelierStage) i);

      if (!self->stage_actions[i])
        continue;
      g_simple_action_set_state (self->stage_actions[i], g_variant_new_boolean (is_on));
      g_simple_action_set_enabled (self->stage_actions[i],
                                   can_switch ((AtelierStage) i, done, is_drawing));
    }
}

void
atelier_step_chooser_ensure_fit (AtelierStepChooser *self)
{
  const AtelierInput *changed;

  g_return_if_fail (ATELIER_IS_STEP_CHOOSER (self));

  changed = &self->steps.changed;
  if (self->steps.is_changed && !changed->trim && !changed->scale && !changed->center)
    atelier_steps_choose (&self->steps, self->steps.preset);
}
