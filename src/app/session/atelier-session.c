/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One object holds all that a run is started from, so that no part of the window has to ask another
 * for it.
 *
 * A setter updates its fields and then notifies.  Reading files is in atelier-session-files.c.
 * "is-locked" follows the trainer's state; it is kept here so that only a change is notified.  Main
 * thread.
 */

#include "config.h"

#include "session/atelier-session.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "model/atelier-engine.h"
#include "session/atelier-session-private.h"

#define DEFAULT_PRESET "report-2"

G_DEFINE_FINAL_TYPE (AtelierSession, atelier_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (AtelierSessionTask, atelier_session_task,
                    G_DEFINE_ENUM_VALUE (ATELIER_SESSION_LOAD_DATA, "load-data"),
                    G_DEFINE_ENUM_VALUE (ATELIER_SESSION_OPEN_NETWORK, "open-network"),
                    G_DEFINE_ENUM_VALUE (ATELIER_SESSION_START_TRAINING, "start-training"),
                    G_DEFINE_ENUM_VALUE (ATELIER_SESSION_OPEN_MODEL, "open-model"))

enum
{
  PROP_TRAINER = 1,
  PROP_SPLITS,
  PROP_DATA_SPEC,
  PROP_NETWORK,
  PROP_PRESET,
  PROP_NETWORK_PATH,
  PROP_IS_NETWORK_VALID,
  PROP_RECIPE,
  PROP_IS_RECIPE_VALID,
  PROP_N_THREADS,
  PROP_IS_LOADING,
  PROP_IS_OPENING,
  PROP_IS_LOCKED,
  N_PROPS
};

enum
{
  STARTING,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Data */

static void
update_network_valid (AtelierSession *self)
{
  gboolean is_valid = atelier_network_draft_get_network (self->draft) != NULL;

  if (self->is_network_valid == is_valid)
    return;

  self->is_network_valid = is_valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NETWORK_VALID]);
}

static gboolean
is_without_steps (AtelierSession *self)
{
  return !atelier_network_draft_can_undo (self->draft)
         && !atelier_network_draft_can_redo (self->draft);
}

static void
forget_steps (AtelierSession *self)
{
  self->is_syncing = TRUE;
  atelier_network_draft_forget (self->draft);
  self->is_syncing = FALSE;
}

/* A step of the draft; the first networks and recipes are none.  @recipe (nullable) is one that
 * changes are counted from. */
void
atelier_session_show_in_draft (AtelierSession *self,
                               AtelierNetwork *network,
                               AtelierRecipe  *recipe)
{
  const gboolean is_first = is_without_steps (self);

  self->is_syncing = TRUE;
  if (recipe)
    atelier_network_draft_replace_recipe (self->draft, network,
                                          atelier_recipe_get_values (recipe));
  else
    atelier_network_draft_replace (self->draft, network);
  self->is_syncing = FALSE;
  if (is_first)
    forget_steps (self);
  update_network_valid (self);
}

/* A network of a file stays as it is. */
static void
fit_preset (AtelierSession *self,
            AtelierDataset *dataset)
{
  g_autoptr (AtelierNetwork) network = NULL;

  if (*self->preset == '\0')
    return;

  network = atelier_network_origins_new_preset (self->preset, dataset);
  if (atelier_network_equal (network, self->network))
    return;

  atelier_network_unref (self->network);
  self->network = g_steal_pointer (&network);
  atelier_session_show_in_draft (self, self->network, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

/* Divides the data as the recipe says; where it cannot, as they advise, and training then says why
 * it does not start. */
static void
divide (AtelierSession *self,
        AtelierDataset *dataset)
{
  AtelierSplits *previous = self->splits;

  g_clear_error (&self->split_error);
  self->splits = atelier_recipe_split (self->recipe, dataset, &self->split_error);
  if (self->splits == NULL)
    self->splits = atelier_splits_new (dataset);
  if (previous && atelier_splits_equal (previous, self->splits)
      && atelier_splits_get_dataset (previous) == dataset)
    {
      atelier_splits_unref (self->splits);
      self->splits = previous;
      return;
    }

  g_clear_pointer (&previous, atelier_splits_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPLITS]);
}

/* An equal recipe that is another object is notified: the editor then shows it in place of what is
 * being typed. */
static void
take_recipe (AtelierSession *self,
             AtelierRecipe  *recipe)
{
  AtelierRecipe *previous = self->recipe;

  g_object_freeze_notify (G_OBJECT (self));
  self->recipe = atelier_recipe_ref (recipe);
  if (self->splits && !atelier_recipe_splits_equally (previous, recipe))
    divide (self, atelier_splits_get_dataset (self->splits));
  atelier_recipe_unref (previous);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECIPE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
show_dataset_in_draft (AtelierSession *self,
                       AtelierDataset *dataset)
{
  self->is_syncing = TRUE;
  atelier_network_draft_set_target (self->draft, atelier_dataset_get_height (dataset),
                                    atelier_dataset_get_width (dataset),
                                    atelier_dataset_get_channels (dataset),
                                    atelier_dataset_get_n_classes (dataset));
  self->is_syncing = FALSE;
  update_network_valid (self);
}

static void follow_draft (AtelierSession *self);

void
atelier_session_take_dataset (AtelierSession *self,
                              AtelierDataset *dataset,
                              const char     *spec)
{
  g_object_freeze_notify (G_OBJECT (self));
  divide (self, dataset);
  show_dataset_in_draft (self, dataset);
  fit_preset (self, dataset);
  if (*self->preset == '\0' && *self->network_path == '\0')
    follow_draft (self);
  g_free (self->data_spec);
  self->data_spec = g_strdup (spec);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATA_SPEC]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Network */

/* @path: "" for a preset, as @preset is for a file. */
void
atelier_session_take_network (AtelierSession *self,
                              AtelierNetwork *network,
                              const char     *preset,
                              const char     *path)
{
  AtelierNetwork *previous = self->network;

  g_object_freeze_notify (G_OBJECT (self));
  self->network = atelier_network_ref (network);
  g_clear_pointer (&previous, atelier_network_unref);
  g_free (self->preset);
  self->preset = g_strdup (preset);
  g_free (self->network_path);
  self->network_path = g_strdup (path);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESET]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK_PATH]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The network becomes that of the draft, if that fits.  With undo it is that of the preset or the
 * file again. */
static void
follow_draft (AtelierSession *self)
{
  AtelierNetwork *drafted = atelier_network_draft_get_network (self->draft);
  g_autoptr (AtelierNetwork) network = NULL;
  const char *preset, *path;

  if (drafted == NULL)
    return;

  network = atelier_network_origins_find (self->origins, drafted,
                                          atelier_session_get_dataset (self), &preset, &path);
  if (!g_str_equal (preset, self->preset) || !g_str_equal (path, self->network_path)
      || !atelier_network_equal (network, self->network)
      || !g_str_equal (atelier_network_get_name (network),
                       atelier_network_get_name (self->network)))
    atelier_session_take_network (self, network, preset, path);
}

static void
follow_recipe (AtelierSession *self)
{
  const AtelierRecipeValues *values = atelier_network_draft_get_recipe (self->draft);
  g_autoptr (AtelierRecipe) recipe = NULL;

  if (atelier_members_equal (atelier_recipe_values_get_members (), values,
                             atelier_recipe_get_values (self->recipe)))
    return;

  recipe = atelier_recipe_new (values, NULL);
  g_return_if_fail (recipe != NULL);
  take_recipe (self, recipe);
}

static void
on_draft_changed_cb (AtelierSession *self)
{
  if (self->is_syncing)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  follow_recipe (self);
  follow_draft (self);
  g_object_thaw_notify (G_OBJECT (self));
  update_network_valid (self);
}

/* Training */

static void
on_trainer_state_notify_cb (AtelierSession *self)
{
  gboolean is_locked = atelier_trainer_is_active (self->trainer);

  if (self->is_locked == is_locked)
    return;

  self->is_locked = is_locked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOCKED]);
}

static gboolean
get_boolean (AtelierSession *self,
             guint           property_id)
{
  switch (property_id)
    {
    case PROP_IS_RECIPE_VALID:
      return self->is_recipe_valid;
    case PROP_IS_LOADING:
      return atelier_data_loader_get_is_loading (self->loader);
    case PROP_IS_OPENING:
      return self->is_opening;
    case PROP_IS_NETWORK_VALID:
      return self->is_network_valid;
    default:
      return self->is_locked;
    }
}

static void
atelier_session_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierSession *self = ATELIER_SESSION (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_SPLITS:
      g_value_set_boxed (value, self->splits);
      break;
    case PROP_DATA_SPEC:
      g_value_set_string (value, self->data_spec);
      break;
    case PROP_NETWORK:
      g_value_set_boxed (value, self->network);
      break;
    case PROP_PRESET:
      g_value_set_string (value, self->preset);
      break;
    case PROP_NETWORK_PATH:
      g_value_set_string (value, self->network_path);
      break;
    case PROP_RECIPE:
      g_value_set_boxed (value, self->recipe);
      break;
    case PROP_N_THREADS:
      g_value_set_uint (value, self->n_threads);
      break;
    case PROP_IS_NETWORK_VALID:
    case PROP_IS_RECIPE_VALID:
    case PROP_IS_LOADING:
    case PROP_IS_OPENING:
    case PROP_IS_LOCKED:
      g_value_set_boolean (value, get_boolean (self, property_id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_session_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AtelierSession *self = ATELIER_SESSION (object);

  switch (property_id)
    {
    case PROP_RECIPE:
      atelier_session_set_recipe (self, g_value_get_boxed (value));
      break;
    case PROP_IS_RECIPE_VALID:
      atelier_session_set_is_recipe_valid (self, g_value_get_boolean (value));
      break;
    case PROP_N_THREADS:
      atelier_session_set_n_threads (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_session_dispose (GObject *object)
{
  atelier_session_close (ATELIER_SESSION (object));

  G_OBJECT_CLASS (atelier_session_parent_class)->dispose (object);
}

static void
atelier_session_finalize (GObject *object)
{
  AtelierSession *self = ATELIER_SESSION (object);

  g_clear_object (&self->trainer);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_error (&self->split_error);
  g_clear_pointer (&self->network, atelier_network_unref);
  g_clear_object (&self->draft);
  atelier_network_origins_free (self->origins);
  g_clear_pointer (&self->recipe, atelier_recipe_unref);
  g_free (self->data_spec);
  g_free (self->preset);
  g_free (self->network_path);

  G_OBJECT_CLASS (atelier_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, flags);
  properties[PROP_SPLITS] =
    g_param_spec_boxed ("splits", NULL, NULL, ATELIER_TYPE_SPLITS, flags);
  properties[PROP_DATA_SPEC] = g_param_spec_string ("data-spec", NULL, NULL, "", flags);
  properties[PROP_NETWORK] =
    g_param_spec_boxed ("network", NULL, NULL, ATELIER_TYPE_NETWORK, flags);
  properties[PROP_PRESET] = g_param_spec_string ("preset", NULL, NULL, DEFAULT_PRESET, flags);
  properties[PROP_NETWORK_PATH] = g_param_spec_string ("network-path", NULL, NULL, "", flags);
  properties[PROP_IS_NETWORK_VALID] =
    g_param_spec_boolean ("is-network-valid", NULL, NULL, TRUE, flags);
  properties[PROP_RECIPE] =
    g_param_spec_boxed ("recipe", NULL, NULL, ATELIER_TYPE_RECIPE, flags | G_PARAM_WRITABLE);
  properties[PROP_IS_RECIPE_VALID] =
    g_param_spec_boolean ("is-recipe-valid", NULL, NULL, TRUE, flags | G_PARAM_WRITABLE);
  properties[PROP_N_THREADS] =
    g_param_spec_uint ("n-threads", NULL, NULL, 1, G_MAXUINT, 1, flags | G_PARAM_WRITABLE);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_OPENING] = g_param_spec_boolean ("is-opening", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOCKED] = g_param_spec_boolean ("is-locked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_session_class_init (AtelierSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_session_get_property;
  object_class->set_property = atelier_session_set_property;
  object_class->dispose = atelier_session_dispose;
  object_class->finalize = atelier_session_finalize;

  install_properties (object_class);
  signals[STARTING] = g_signal_new ("starting", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, ATELIER_TYPE_SESSION_TASK,
                                  G_TYPE_ERROR);
}

static void
atelier_session_init (AtelierSession *self)
{
  self->trainer = atelier_trainer_new ();
  self->loader = atelier_data_loader_new ();
  self->network = atelier_network_new_preset (DEFAULT_PRESET);
  self->origins = atelier_network_origins_new ();
  self->draft = atelier_network_draft_new ();
  self->recipe = atelier_recipe_new_preset (DEFAULT_PRESET);
  atelier_session_show_in_draft (self, self->network, self->recipe);
  self->preset = g_strdup (DEFAULT_PRESET);
  self->network_path = g_strdup ("");
  self->data_spec = g_strdup ("");
  self->is_recipe_valid = TRUE;
  self->n_threads = g_get_num_processors ();

  g_signal_connect_object (self->trainer, "notify::state", G_CALLBACK (on_trainer_state_notify_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  atelier_session_watch_loader (self);
}

AtelierSession *
atelier_session_new (void)
{
  return g_object_new (ATELIER_TYPE_SESSION, NULL);
}

void
atelier_session_close (AtelierSession *self)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));

  atelier_data_loader_cancel (self->loader);
  atelier_session_cancel_network (self);
  atelier_session_update_opening (self);
  atelier_trainer_stop_and_wait (self->trainer);
}

void
atelier_session_use_preset (AtelierSession *self,
                            const char     *id)
{
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;

  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (id != NULL);

  if (!g_strv_contains (atelier_network_list_presets (), id))
    return;

  network = atelier_network_origins_new_preset (id, atelier_session_get_dataset (self));
  recipe = atelier_recipe_new_preset (id);
  atelier_session_cancel_network (self);
  atelier_session_update_opening (self);
  g_object_freeze_notify (G_OBJECT (self));
  atelier_session_take_network (self, network, id, "");
  take_recipe (self, recipe);
  atelier_session_show_in_draft (self, network, recipe);
  g_object_thaw_notify (G_OBJECT (self));
}

void
atelier_session_set_network (AtelierSession *self,
                             AtelierNetwork *network)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (network != NULL);

  atelier_session_cancel_network (self);
  atelier_session_update_opening (self);
  g_object_freeze_notify (G_OBJECT (self));
  atelier_session_take_network (self, network, "", "");
  atelier_session_show_in_draft (self, network, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

void
atelier_session_use_model (AtelierSession *self,
                           AtelierModel   *model)
{
  AtelierNetwork *network;
  AtelierDataset *dataset;

  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (model != NULL);

  network = atelier_model_get_network (model);
  dataset = atelier_session_get_dataset (self);
  atelier_session_cancel_network (self);
  atelier_session_update_opening (self);
  g_object_freeze_notify (G_OBJECT (self));
  take_recipe (self, atelier_model_get_recipe (model));
  self->is_syncing = TRUE;
  atelier_network_draft_replace_recipe (
    self->draft, network, atelier_recipe_get_values (atelier_model_get_recipe (model)));
  self->is_syncing = FALSE;
  update_network_valid (self);
  if (dataset == NULL || atelier_engine_check_fit (network, dataset, NULL))
    {
      const char *preset, *path;
      g_autoptr (AtelierNetwork) found
        = atelier_network_origins_find (self->origins, network, dataset, &preset, &path);

      atelier_session_take_network (self, found, preset, path);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
atelier_session_note_saved (AtelierSession *self,
                            AtelierNetwork *network,
                            const char     *path)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (network != NULL && path != NULL);

  atelier_network_origins_note_file (self->origins, network, path);
  if (atelier_network_equal (network, self->network) && *self->preset == '\0')
    atelier_session_take_network (self, network, "", path);
}

void
atelier_session_set_recipe (AtelierSession *self,
                            AtelierRecipe  *recipe)
{
  gboolean is_first;

  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (recipe != NULL);

  is_first = is_without_steps (self);
  atelier_session_edit_recipe (self, recipe, FALSE);
  if (is_first)
    forget_steps (self);
}

void
atelier_session_edit_recipe (AtelierSession *self,
                             AtelierRecipe  *recipe,
                             gboolean        is_typed)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (recipe != NULL);

  if (self->recipe == recipe)
    return;

  take_recipe (self, recipe);
  self->is_syncing = TRUE;
  atelier_network_draft_set_recipe (self->draft, atelier_recipe_get_values (recipe), is_typed);
  self->is_syncing = FALSE;
}

void
atelier_session_use_recipe (AtelierSession *self,
                            AtelierRecipe  *recipe)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (recipe != NULL);

  if (self->recipe != recipe)
    take_recipe (self, recipe);
  self->is_syncing = TRUE;
  atelier_network_draft_replace_recipe (self->draft, NULL, atelier_recipe_get_values (recipe));
  self->is_syncing = FALSE;
}

void
atelier_session_restore_recipe (AtelierSession *self,
                                AtelierRecipe  *base,
                                AtelierRecipe  *recipe)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (recipe != NULL);

  if (base)
    atelier_session_use_recipe (self, base);
  atelier_session_edit_recipe (self, recipe, FALSE);
  forget_steps (self);
}

void
atelier_session_set_is_recipe_valid (AtelierSession *self,
                                     gboolean        is_valid)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));

  if (self->is_recipe_valid == is_valid)
    return;

  self->is_recipe_valid = is_valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_RECIPE_VALID]);
}

void
atelier_session_set_n_threads (AtelierSession *self,
                               guint           n_threads)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (n_threads > 0);

  if (self->n_threads == n_threads)
    return;

  self->n_threads = n_threads;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_THREADS]);
}

gboolean
atelier_session_can_start (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return self->splits && self->is_recipe_valid && self->is_network_valid
         && !atelier_trainer_is_active (self->trainer);
}

/* The draft is what a person sees, and the network may be another. */
static void
fail_unfit (AtelierSession *self)
{
  g_autofree char *text = atelier_network_draft_describe_problem (self->draft);
  g_autoptr (GError) error
    = g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_MISMATCH, text);

  g_signal_emit (self, signals[FAILED], 0, ATELIER_SESSION_START_TRAINING, error);
}

gboolean
atelier_session_start (AtelierSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  if (!self->splits || !self->is_recipe_valid || atelier_trainer_is_active (self->trainer))
    return FALSE;
  if (!self->is_network_valid)
    {
      fail_unfit (self);
      return FALSE;
    }
  if (self->split_error)
    {
      g_signal_emit (self, signals[FAILED], 0, ATELIER_SESSION_START_TRAINING, self->split_error);
      return FALSE;
    }
  g_signal_emit (self, signals[STARTING], 0);
  if (atelier_trainer_start (self->trainer, self->network, self->recipe, self->splits,
                             self->n_threads, &error))
    return TRUE;

  g_signal_emit (self, signals[FAILED], 0, ATELIER_SESSION_START_TRAINING, error);

  return FALSE;
}

void
atelier_session_pause (AtelierSession *self)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));

  atelier_trainer_pause (self->trainer);
}

void
atelier_session_resume (AtelierSession *self)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));

  atelier_trainer_resume (self->trainer);
}

void
atelier_session_stop (AtelierSession *self)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));

  atelier_trainer_stop (self->trainer);
}

AtelierTrainer *
atelier_session_get_trainer (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->trainer;
}

AtelierSplits *
atelier_session_get_splits (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->splits;
}

AtelierDataset *
atelier_session_get_dataset (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->splits ? atelier_splits_get_dataset (self->splits) : NULL;
}

const char *
atelier_session_get_data_spec (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->data_spec;
}

AtelierNetwork *
atelier_session_get_network (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->network;
}

AtelierNetworkDraft *
atelier_session_get_draft (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->draft;
}

gboolean
atelier_session_get_is_network_valid (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return self->is_network_valid;
}

const char *
atelier_session_get_preset (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->preset;
}

const char *
atelier_session_get_network_path (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->network_path;
}

AtelierRecipe *
atelier_session_get_recipe (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), NULL);

  return self->recipe;
}

gboolean
atelier_session_get_is_recipe_valid (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return self->is_recipe_valid;
}

guint
atelier_session_get_n_threads (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), 0);

  return self->n_threads;
}

gboolean
atelier_session_get_is_loading (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return atelier_data_loader_get_is_loading (self->loader);
}

gboolean
atelier_session_get_is_opening (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return self->is_opening;
}

gboolean
atelier_session_get_is_locked (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  return self->is_locked;
}
