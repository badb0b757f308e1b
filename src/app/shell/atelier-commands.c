/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands are actions, so that a button, a menu, a key and a test use the same one.
 *
 * The session and the saver do the work.  Here are the callbacks, the questions for a file's name,
 * and update (), which alone decides what is enabled; whatever it depends on is connected to it.
 * Actions that only steer pages belong to the window.  Main thread.
 */

#include "config.h"

#include "shell/atelier-commands.h"

#include <glib/gi18n.h>

#include "kit/atelier-path-chooser.h"
#include "kit/atelier-recent-networks.h"
#include "kit/atelier-settings.h"
#include "shell/atelier-network-saver.h"

struct _AtelierCommands
{
  GObject             parent_instance;

  /* Owned */
  AtelierSession     *session;
  AtelierModelSaver  *saver;
  GSimpleActionGroup *run_actions;
  GSettings          *settings; /* NULL where they are not installed */

  /* Borrowed */
  GtkWindow          *window;
};

G_DEFINE_FINAL_TYPE (AtelierCommands, atelier_commands, G_TYPE_OBJECT)

static void
set_action_enabled (GActionMap *map,
                    const char *name,
                    gboolean    is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)),
                               is_enabled);
}

static void
set_action_state (GActionMap *map,
                  const char *name,
                  const char *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)),
                             g_variant_new_string (state));
}

/* The state of "network": the id of a preset, or the path of a file.  A path that is not UTF-8 can
 * be no state. */
static const char *
get_network_choice (AtelierCommands *self)
{
  const char *preset = atelier_session_get_preset (self->session);
  const char *path = atelier_session_get_network_path (self->session);

  return *preset == '\0' && g_utf8_validate (path, -1, NULL) ? path : preset;
}

/* Called whenever something changes that decides what is enabled. */
static void
update (AtelierCommands *self)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);
  AtelierTrainerState state = atelier_trainer_get_state (trainer);
  gboolean can_stop = state == ATELIER_TRAINER_RUNNING || state == ATELIER_TRAINER_PAUSED;
  gboolean is_locked = atelier_session_get_is_locked (self->session);
  gboolean has_model = atelier_trainer_get_model (trainer) != NULL;
  GActionMap *window_actions = G_ACTION_MAP (self->window);
  GActionMap *run_actions = G_ACTION_MAP (self->run_actions);

  set_action_enabled (run_actions, "toggle", can_stop || atelier_session_can_start (self->session));
  set_action_enabled (run_actions, "stop", can_stop);
  set_action_enabled (window_actions, "data", !is_locked);
  set_action_enabled (window_actions, "open-data", !is_locked);
  set_action_enabled (window_actions, "network", !is_locked);
  set_action_enabled (window_actions, "open-network", !is_locked);
  set_action_enabled (window_actions, "save-network",
                      atelier_session_get_is_network_valid (self->session));
  set_action_enabled (window_actions, "save-model", has_model);
  set_action_enabled (window_actions, "save-and-close", has_model);

  set_action_state (window_actions, "data", atelier_session_get_data_spec (self->session));
  set_action_state (window_actions, "network", get_network_choice (self));
}

/* Actions */

static void
start_run (AtelierCommands *self)
{
  atelier_model_saver_set_aside (self->saver);
  atelier_model_saver_keep_aside (self->saver, atelier_session_start (self->session));
}

static void
on_toggle_activate_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  AtelierCommands *self = user_data;
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);
  AtelierTrainerState state = atelier_trainer_get_state (trainer);

  if (state == ATELIER_TRAINER_RUNNING)
    atelier_session_pause (self->session);
  else if (state == ATELIER_TRAINER_PAUSED)
    atelier_session_resume (self->session);
  else
    start_run (self);
}

static void
on_stop_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  atelier_session_stop (ATELIER_COMMANDS (user_data)->session);
}

static void
on_data_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  atelier_session_load_data (user_data, path);
}

static void
on_network_chosen_cb (GtkWindow  *window,
                      const char *path,
                      gpointer    user_data)
{
  atelier_session_open_network (user_data, path);
}

/* Asks for a path, and calls @callback with the session. */
static void
ask_for_path (AtelierCommands          *self,
              const AtelierPathRequest *request,
              AtelierPathCallback       callback)
{
  atelier_path_chooser_ask (self->window, request, callback, g_object_ref (self->session),
                            g_object_unref);
}

static void
on_data_change_state_cb (GSimpleAction *action,
                         GVariant      *value,
                         gpointer       user_data)
{
  atelier_session_load_data (ATELIER_COMMANDS (user_data)->session,
                             g_variant_get_string (value, NULL));
}

static void
on_open_data_activate_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_DATA,
    .title = _("Open a Folder of IDX Files"),
    .accept_label = _("_Open"),
    .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };

  ask_for_path (user_data, &request, on_data_chosen_cb);
}

static void
on_network_change_state_cb (GSimpleAction *action,
                            GVariant      *value,
                            gpointer       user_data)
{
  AtelierSession *session = ATELIER_COMMANDS (user_data)->session;
  const char *choice = g_variant_get_string (value, NULL);

  if (g_path_is_absolute (choice))
    atelier_session_open_network (session, choice);
  else
    atelier_session_use_preset (session, choice);
}

static void
on_open_network_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_NETWORKS,
    .title = _("Open a Network"),
    .accept_label = _("_Open"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .filter_name = _("Networks (JSON)"),
    .filter_suffix = "json",
  };

  ask_for_path (user_data, &request, on_network_chosen_cb);
}

static void
on_save_network_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  AtelierCommands *self = user_data;

  atelier_network_saver_ask (self->window, self->session);
}

static void
on_save_model_activate_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  atelier_model_saver_save (ATELIER_COMMANDS (user_data)->saver, FALSE);
}

static void
on_save_and_close_activate_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  atelier_model_saver_save (ATELIER_COMMANDS (user_data)->saver, TRUE);
}

static void
on_stop_and_close_activate_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  AtelierCommands *self = user_data;

  /* The window is gone at once, and shows nothing of how the run ends. */
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  atelier_session_close (self->session);
  atelier_model_saver_discard (self->saver);
  gtk_window_destroy (self->window);
}

static const GActionEntry window_entries[] = {
  { "data", NULL, "s", "''", on_data_change_state_cb },
  { "open-data", on_open_data_activate_cb },
  { "network", NULL, "s", "''", on_network_change_state_cb },
  { "open-network", on_open_network_activate_cb },
  { "save-network", on_save_network_activate_cb },
  { "save-model", on_save_model_activate_cb },
  { "save-and-close", on_save_and_close_activate_cb },
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
on_network_path_notify_cb (AtelierCommands *self)
{
  const char *path = atelier_session_get_network_path (self->session);

  if (*path != '\0')
    atelier_recent_networks_add (self->settings, path);
}

/* A file of the list may have been deleted since. */
static void
on_session_failed_cb (AtelierCommands    *self,
                      AtelierSessionTask  task,
                      const GError       *error)
{
  if (task == ATELIER_SESSION_OPEN_NETWORK)
    atelier_recent_networks_clean (self->settings);
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

  g_clear_object (&self->session);
  g_clear_object (&self->saver);
  g_clear_object (&self->run_actions);
  g_clear_object (&self->settings);

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
  self->settings = atelier_settings_new ();
}

AtelierCommands *
atelier_commands_new (GtkApplicationWindow *window,
                      AtelierSession       *session,
                      AtelierModelSaver    *saver)
{
  AtelierCommands *self;
  AtelierTrainer *trainer;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);
  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (saver), NULL);

  self = g_object_new (ATELIER_TYPE_COMMANDS, NULL);
  self->window = GTK_WINDOW (window);
  self->session = g_object_ref (session);
  self->saver = g_object_ref (saver);
  add_actions (self);

  trainer = atelier_session_get_trainer (session);
  watch_notify (self, trainer, "state");
  watch_notify (self, trainer, "model");
  watch_notify (self, session, "splits");
  watch_notify (self, session, "data-spec");
  watch_notify (self, session, "preset");
  watch_notify (self, session, "network-path");
  watch_notify (self, session, "is-recipe-valid");
  watch_notify (self, session, "is-network-valid");
  watch_notify (self, session, "is-locked");
  g_signal_connect_object (session, "notify::network-path", G_CALLBACK (on_network_path_notify_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (on_session_failed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}
