/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands are actions, so that button, menu, key and test share them.
 *
 * What they do is done by the window's public functions, the trainer and the saver; here are only
 * the callbacks, the questions for a file's name, and update (), which alone decides what can be
 * done now.  Everything that could change the answer is connected to it.  Main thread.
 */

#include "config.h"

#include "shell/atelier-commands.h"

#include <glib/gi18n.h>

#include "kit/atelier-dialogs.h"
#include "kit/atelier-path-chooser.h"

struct _AtelierCommands
{
  GObject             parent_instance;

  /* Owned */
  AtelierTrainer     *trainer;
  AtelierModelSaver  *saver;
  GSimpleActionGroup *run_actions;

  /* Borrowed */
  AtelierWindow      *window;
};

G_DEFINE_FINAL_TYPE (AtelierCommands, atelier_commands, G_TYPE_OBJECT)

static AtelierRecipeEditor *
get_editor (AtelierCommands *self)
{
  return atelier_sidebar_get_recipe_editor (
    atelier_train_page_get_sidebar (atelier_window_get_train_page (self->window)));
}

static void
set_action_enabled (GActionMap *map,
                    const char *name,
                    gboolean    is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)),
                               is_enabled);
}

static gboolean
can_toggle (AtelierCommands     *self,
            AtelierTrainerState  state)
{
  if (state == ATELIER_TRAINER_RUNNING || state == ATELIER_TRAINER_PAUSED)
    return TRUE;

  return state != ATELIER_TRAINER_STOPPING && atelier_window_get_dataset (self->window)
         && atelier_window_get_network (self->window)
         && atelier_recipe_editor_get_is_valid (get_editor (self));
}

/* The one place that decides what can be done now. */
static void
update (AtelierCommands *self)
{
  AtelierTrainerState state = atelier_trainer_get_state (self->trainer);
  gboolean is_active = atelier_trainer_is_active (self->trainer);
  gboolean has_model = atelier_trainer_get_model (self->trainer) != NULL;
  GActionMap *window_actions = G_ACTION_MAP (self->window);
  GActionMap *run_actions = G_ACTION_MAP (self->run_actions);

  set_action_enabled (run_actions, "toggle", can_toggle (self, state));
  set_action_enabled (run_actions, "stop",
                      state == ATELIER_TRAINER_RUNNING || state == ATELIER_TRAINER_PAUSED);
  set_action_enabled (window_actions, "data", !is_active);
  set_action_enabled (window_actions, "open-data", !is_active);
  set_action_enabled (window_actions, "network", !is_active);
  set_action_enabled (window_actions, "open-network", !is_active);
  set_action_enabled (window_actions, "save-model", has_model);
  set_action_enabled (window_actions, "save-report", has_model);
  set_action_enabled (window_actions, "save-and-close", has_model);
  set_action_enabled (window_actions, "save-last-model",
                      atelier_model_saver_get_has_last (self->saver));
}

/* Actions */

static void
start_run (AtelierCommands *self)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_editor_dup_recipe (get_editor (self));
  g_autoptr (GError) error = NULL;

  atelier_model_saver_set_aside (self->saver);
  if (atelier_trainer_start (self->trainer, atelier_window_get_network (self->window), recipe,
                             atelier_window_get_dataset (self->window),
                             atelier_recipe_editor_get_n_threads (get_editor (self)), &error))
    atelier_model_saver_keep_aside (self->saver);
  else
    atelier_dialogs_show_error (GTK_WINDOW (self->window), _("Training could not start"), error);
}

static void
on_toggle_activate_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  AtelierCommands *self = user_data;
  AtelierTrainerState state = atelier_trainer_get_state (self->trainer);

  if (state == ATELIER_TRAINER_RUNNING)
    atelier_trainer_pause (self->trainer);
  else if (state == ATELIER_TRAINER_PAUSED)
    atelier_trainer_resume (self->trainer);
  else
    start_run (self);
}

static void
on_stop_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  atelier_trainer_stop (ATELIER_COMMANDS (user_data)->trainer);
}

static void
on_data_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  atelier_window_load_data (ATELIER_WINDOW (window), path);
}

static void
on_network_chosen_cb (GtkWindow  *window,
                      const char *path,
                      gpointer    user_data)
{
  atelier_window_open_network (ATELIER_WINDOW (window), path);
}

static void
on_data_change_state_cb (GSimpleAction *action,
                         GVariant      *value,
                         gpointer       user_data)
{
  atelier_window_load_data (ATELIER_COMMANDS (user_data)->window,
                            g_variant_get_string (value, NULL));
}

static void
on_open_data_activate_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  const AtelierPathRequest request = {
    .title = _("Open a Folder of IDX Files"),
    .accept_label = _("_Open"),
    .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };

  atelier_path_chooser_ask (GTK_WINDOW (ATELIER_COMMANDS (user_data)->window), &request,
                            on_data_chosen_cb, NULL, NULL);
}

static void
on_network_change_state_cb (GSimpleAction *action,
                            GVariant      *value,
                            gpointer       user_data)
{
  atelier_window_use_preset (ATELIER_COMMANDS (user_data)->window,
                             g_variant_get_string (value, NULL));
}

static void
on_open_network_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  const AtelierPathRequest request = {
    .title = _("Open a Network"),
    .accept_label = _("_Open"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .filter_name = _("Networks (JSON)"),
    .filter_suffix = "json",
  };

  atelier_path_chooser_ask (GTK_WINDOW (ATELIER_COMMANDS (user_data)->window), &request,
                            on_network_chosen_cb, NULL, NULL);
}

static void
on_save_model_activate_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  atelier_model_saver_save (ATELIER_COMMANDS (user_data)->saver, FALSE);
}

static void
on_save_last_model_activate_cb (GSimpleAction *action,
                                GVariant      *parameter,
                                gpointer       user_data)
{
  atelier_model_saver_save_last (ATELIER_COMMANDS (user_data)->saver);
}

static void
on_save_and_close_activate_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  atelier_model_saver_save (ATELIER_COMMANDS (user_data)->saver, TRUE);
}

static void
on_save_report_activate_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  AtelierCommands *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (atelier_window_get_train_page (self->window)),
                              "page.save-report", NULL);
}

static void
on_show_mistakes_activate_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  AtelierCommands *self = user_data;

  g_object_set (atelier_window_get_train_page (self->window), "mistakes", TRUE, NULL);
}

static void
on_stop_and_close_activate_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  AtelierCommands *self = user_data;

  atelier_trainer_stop_and_wait (self->trainer);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
on_edit_in_draw_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  AtelierCommands *self = user_data;
  const char *sha256;
  guint split, i_image;

  g_variant_get (parameter, "(&suu)", &sha256, &split, &i_image);
  if (split < ATELIER_N_SPLITS)
    atelier_window_edit_in_draw (self->window, sha256, split, i_image);
}

static const GActionEntry window_entries[] = {
  { "data", NULL, "s", "''", on_data_change_state_cb },
  { "open-data", on_open_data_activate_cb },
  { "network", NULL, "s", "''", on_network_change_state_cb },
  { "open-network", on_open_network_activate_cb },
  { "save-model", on_save_model_activate_cb },
  { "save-last-model", on_save_last_model_activate_cb },
  { "save-report", on_save_report_activate_cb },
  { "save-and-close", on_save_and_close_activate_cb },
  { "edit-in-draw", on_edit_in_draw_activate_cb, "(suu)" },
  { "show-mistakes", on_show_mistakes_activate_cb },
  { "stop-and-close", on_stop_and_close_activate_cb },
};

static const GActionEntry run_entries[] = {
  { "toggle", on_toggle_activate_cb },
  { "stop", on_stop_activate_cb },
};

static void
add_actions (AtelierCommands *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->run_actions), run_entries,
                                   G_N_ELEMENTS (run_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "run",
                                  G_ACTION_GROUP (self->run_actions));
  g_action_map_add_action_entries (G_ACTION_MAP (self->window), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
}

static void
watch_notify (AtelierCommands *self,
              gpointer         object,
              const char      *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect_object (object, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
atelier_commands_finalize (GObject *object)
{
  AtelierCommands *self = ATELIER_COMMANDS (object);

  g_clear_object (&self->trainer);
  g_clear_object (&self->saver);
  g_clear_object (&self->run_actions);

  G_OBJECT_CLASS (atelier_commands_parent_class)->finalize (object);
}

static void
atelier_commands_class_init (AtelierCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_commands_finalize;
}

static void
atelier_commands_init (AtelierCommands *self)
{
  self->run_actions = g_simple_action_group_new ();
}

AtelierCommands *
atelier_commands_new (AtelierWindow     *window,
                      AtelierModelSaver *saver)
{
  AtelierCommands *self;

  g_return_val_if_fail (ATELIER_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (saver), NULL);

  self = g_object_new (ATELIER_TYPE_COMMANDS, NULL);
  self->window = window;
  self->trainer = g_object_ref (atelier_window_get_trainer (window));
  self->saver = g_object_ref (saver);
  add_actions (self);

  watch_notify (self, self->trainer, "state");
  watch_notify (self, self->trainer, "model");
  watch_notify (self, self->saver, "has-last");
  watch_notify (self, window, "dataset");
  watch_notify (self, window, "network");
  watch_notify (self, get_editor (self), "is-valid");
  update (self);

  return self;
}
