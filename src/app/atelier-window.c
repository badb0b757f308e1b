/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window owns what is worked on - a data set, a network, a trainer - and holds the commands.
 *
 * Commands are actions, so that button, menu, key and test share them.  update_state () alone
 * decides, from the trainer's state, what is enabled and what the header bar says; everything that
 * could change an answer calls it.  Files are read and written by the core on GTask's threads; what
 * comes back is dropped if it was cancelled, which is how a second request replaces the first.
 *
 * Values that pages show are properties here and bound in the .ui file; pages ask for changes
 * through actions.  Main thread.
 */

#include "config.h"

#include "atelier-window.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "atelier-dataset-finder.h"
#include "atelier-draw-page.h"
#include "atelier-error.h"
#include "atelier-file-jobs.h"
#include "atelier-format.h"
#include "atelier-path-chooser.h"
#include "atelier-run-progress.h"

#define DEFAULT_PRESET "report-2"
#define MODEL_SUFFIX ".safetensors"

/* Which model goes into a file: that of the moment when it was asked for. */
typedef struct
{
  AtelierWindow *window; /* Owned once a path was chosen */
  AtelierModel  *model;  /* Owned */
  char          *path;   /* Owned */
  gboolean       closes; /* the window goes when the file is whole */
} SaveRequest;

struct _AtelierWindow
{
  AdwApplicationWindow parent_instance;

  guint                inhibit_cookie;
  gboolean             is_loading;
  gboolean             is_locked;

  /* Owned */
  AtelierTrainer      *trainer;
  AtelierDataset      *dataset;
  AtelierNetwork      *network;
  GSimpleActionGroup  *run_actions;
  GCancellable        *data_cancellable;
  GCancellable        *file_cancellable;
  char                *data_spec;    /* what dataset was loaded with */
  char                *pending_spec; /* what is being loaded */
  AtelierModel        *saved_model;  /* the last that reached a file */
  AtelierModel        *last_model;   /* of the run before, which was not saved */
  char                *last_name;    /* the file name that it would have got */
  SaveRequest         *save_request; /* while a path is being chosen */

  /* Template children */
  AdwToastOverlay     *toast_overlay;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewStack        *stack;
  AtelierTrainPage    *train_page;
  GtkButton           *toggle_button;
  AdwButtonContent    *toggle_content;
};

G_DEFINE_FINAL_TYPE (AtelierWindow, atelier_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_TRAINER = 1,
  PROP_DATASET,
  PROP_NETWORK,
  PROP_IS_LOADING,
  PROP_IS_LOCKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Words and notices */

/* Toasts read markup, and names of files may look like it.  None is dismissed by the program: those
 * of libadwaita 1.2 do not survive that while they are appearing. */
static void
show_toast (AtelierWindow *self,
            const char    *text,
            const char    *button_label,
            const char    *action_name)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  if (button_label)
    {
      adw_toast_set_button_label (toast, button_label);
      adw_toast_set_action_name (toast, action_name);
    }
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* Errors that name files and numbers are too long for a toast. */
static void
show_error (AtelierWindow *self,
            const char    *heading,
            const GError  *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The model */

static void
save_request_free (SaveRequest *request)
{
  g_clear_object (&request->window);
  atelier_model_unref (request->model);
  g_free (request->path);
  g_free (request);
}

/* The weights of a run that is over are in no file. */
static gboolean
has_unsaved_model (AtelierWindow *self)
{
  AtelierModel *model = atelier_trainer_get_model (self->trainer);

  return model && model != self->saved_model && !atelier_trainer_is_active (self->trainer);
}

/* The weights are in the middle of an epoch. */
static gboolean
is_in_mid_epoch (AtelierWindow *self)
{
  AtelierHistory *history = atelier_trainer_get_history (self->trainer);

  return history
         && atelier_history_get_n_batches (history)
              > atelier_history_get_n_epochs (history)
                  * atelier_history_get_batches_per_epoch (history);
}

/* "Report 2, convolutional, epoch 3.safetensors"; "epoch 3+" in the middle of the fourth. */
static char *
suggest_model_name (AtelierWindow *self)
{
  AtelierModel *model = atelier_trainer_get_model (self->trainer);
  char *name = g_strdup_printf ("%s, epoch %u%s" MODEL_SUFFIX,
                                atelier_network_get_name (atelier_model_get_network (model)),
                                atelier_model_get_n_epochs (model),
                                is_in_mid_epoch (self) ? "+" : "");

  return g_strdelimit (name, "/", '-');
}

/* A dot begins an extension when a letter follows: "mine v1.2" has none. */
static char *
add_model_suffix (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');

  if (dot && dot != name && g_ascii_isalpha (dot[1]))
    return g_strdup (path);

  return g_strconcat (path, MODEL_SUFFIX, NULL);
}

/* State */

static void
set_action_enabled (GActionMap *map,
                    const char *name,
                    gboolean    is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)),
                               is_enabled);
}

static void
show_toggle (AtelierWindow       *self,
             AtelierTrainerState  state)
{
  const char *icon = "media-playback-start-symbolic";
  const char *label = _("_Train");
  const char *tooltip = _("Train the network from the beginning");

  if (state == ATELIER_TRAINER_RUNNING)
    {
      icon = "media-playback-pause-symbolic";
      label = _("_Pause");
      tooltip = _("Pause after this batch");
    }
  else if (state == ATELIER_TRAINER_PAUSED)
    {
      label = _("_Resume");
      tooltip = _("Go on where it was paused");
    }

  adw_button_content_set_icon_name (self->toggle_content, icon);
  adw_button_content_set_label (self->toggle_content, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->toggle_button), tooltip);
}

/* The machine stays awake while it computes, not while it is paused. */
static void
update_inhibit (AtelierWindow       *self,
                AtelierTrainerState  state)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean is_wanted = state == ATELIER_TRAINER_RUNNING;

  if (application == NULL || is_wanted == (self->inhibit_cookie != 0))
    return;

  if (is_wanted)
    self->inhibit_cookie =
      gtk_application_inhibit (application, GTK_WINDOW (self),
                               GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                               _("A network is being trained"));
  else
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

static void
set_locked (AtelierWindow *self,
            gboolean       is_locked)
{
  if (self->is_locked == is_locked)
    return;

  self->is_locked = is_locked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOCKED]);
}

static gboolean
can_toggle (AtelierWindow       *self,
            AtelierTrainerState  state)
{
  AtelierRecipeEditor *editor =
    atelier_sidebar_get_recipe_editor (atelier_train_page_get_sidebar (self->train_page));

  if (state == ATELIER_TRAINER_RUNNING || state == ATELIER_TRAINER_PAUSED)
    return TRUE;

  return state != ATELIER_TRAINER_STOPPING && self->dataset && self->network
         && atelier_recipe_editor_get_is_valid (editor);
}

/* The one place that decides what can be done now. */
static void
update_state (AtelierWindow *self)
{
  AtelierTrainerState state = atelier_trainer_get_state (self->trainer);
  gboolean is_active = atelier_trainer_is_active (self->trainer);
  GActionMap *window_actions = G_ACTION_MAP (self);
  GActionMap *run_actions = G_ACTION_MAP (self->run_actions);

  set_action_enabled (run_actions, "toggle", can_toggle (self, state));
  set_action_enabled (run_actions, "stop",
                      state == ATELIER_TRAINER_RUNNING || state == ATELIER_TRAINER_PAUSED);
  set_action_enabled (window_actions, "data", !is_active);
  set_action_enabled (window_actions, "open-data", !is_active);
  set_action_enabled (window_actions, "network", !is_active);
  set_action_enabled (window_actions, "open-network", !is_active);
  set_action_enabled (window_actions, "save-model",
                      atelier_trainer_get_model (self->trainer) != NULL);
  set_action_enabled (window_actions, "save-last-model", self->last_model != NULL);

  show_toggle (self, state);
  set_locked (self, is_active);
  update_inhibit (self, state);
}

static void
update_title (AtelierWindow *self)
{
  const char *network = self->network ? atelier_network_get_name (self->network) : _("Atelier");
  const char *dataset = self->dataset ? atelier_dataset_get_name (self->dataset) : "";
  /* Translators: the window's title in lists of windows: the network's name, the program's name. */
  g_autofree char *title = g_strdup_printf (_("%s – Atelier"), network);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_view_switcher_title_set_title (self->switcher_title, network);
  adw_view_switcher_title_set_subtitle (self->switcher_title, dataset);
}

static void
set_action_state (AtelierWindow *self,
                  const char    *name,
                  const char    *value)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (value));
}

static void
set_dataset (AtelierWindow  *self,
             AtelierDataset *dataset)
{
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset ? atelier_dataset_ref (dataset) : NULL;
  update_title (self);
  update_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

static void
set_network (AtelierWindow  *self,
             AtelierNetwork *network)
{
  if (network)
    atelier_network_ref (network);
  g_clear_pointer (&self->network, atelier_network_unref);
  self->network = network;
  update_title (self);
  update_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

static void
set_loading (AtelierWindow *self,
             gboolean       is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

static void
use_preset (AtelierWindow *self,
            const char    *id)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset (id);
  AtelierSidebar *sidebar = atelier_train_page_get_sidebar (self->train_page);
  AtelierRecipe recipe;

  if (network == NULL)
    return;

  atelier_recipe_init_preset (&recipe, id);
  atelier_recipe_editor_set_recipe (atelier_sidebar_get_recipe_editor (sidebar), &recipe);
  set_action_state (self, "network", id);
  set_network (self, network);
}

/* Loading */

/* After a failure at the start: the first data set that was not the one that failed.  The last
 * of the list is drawn by the program and cannot fail, so there is always something to train on;
 * the sidebar says what it is. */
static void
load_something (AtelierWindow *self)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  const AtelierDatasetPlace *first = g_ptr_array_index (places, 0);

  atelier_window_load_data (self, g_strcmp0 (first->id, self->pending_spec) == 0 ? "synthetic"
                                                                                 : first->id);
}

static void
on_data_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (AtelierWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataset) dataset = atelier_dataset_finder_load_finish (result, &error);
  gboolean is_first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_loading (self, FALSE);
  if (dataset)
    {
      g_free (self->data_spec);
      self->data_spec = g_steal_pointer (&self->pending_spec);
      set_action_state (self, "data", self->data_spec);
      is_first = self->dataset == NULL;
      set_dataset (self, dataset);
      /* One key trains, too. */
      if (is_first)
        gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button));
      return;
    }

  show_error (self, _("The data could not be opened"), error);
  if (self->dataset == NULL)
    load_something (self);
}

static void
on_network_loaded_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (AtelierWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = atelier_file_jobs_load_network_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (network == NULL)
    {
      show_error (self, _("The network could not be opened"), error);
      return;
    }
  if (atelier_trainer_is_active (self->trainer))
    return;

  set_action_state (self, "network", "");
  set_network (self, network);
}

static void
show_saved (AtelierWindow *self,
            const char    *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_filename_display_basename (dir);
  /* Translators: a file and its folder: "Saved mine.safetensors in Documents". */
  g_autofree char *text = g_strdup_printf (_("Saved %s in %s"), name, folder);

  show_toast (self, text, NULL, NULL);
}

static void
forget_last_model (AtelierWindow *self)
{
  g_clear_pointer (&self->last_model, atelier_model_unref);
  g_clear_pointer (&self->last_name, g_free);
}

static void
on_model_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  SaveRequest *request = user_data;
  g_autoptr (AtelierWindow) self = g_steal_pointer (&request->window);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = atelier_file_jobs_save_model_finish (result, &error);

  g_application_release (g_application_get_default ());
  if (!is_saved)
    g_message ("%s", error->message);
  if (self->trainer == NULL) /* the window was closed meanwhile */
    {
      save_request_free (request);
      return;
    }

  if (is_saved)
    {
      if (request->model == self->last_model)
        forget_last_model (self);
      else
        {
          g_clear_pointer (&self->saved_model, atelier_model_unref);
          self->saved_model = atelier_model_ref (request->model);
        }
      update_state (self);
      show_saved (self, request->path);
      if (request->closes)
        gtk_window_close (GTK_WINDOW (self));
    }
  else
    show_error (self, _("The model could not be saved"), error);
  save_request_free (request);
}

/* Choosing files */

static GCancellable *
renew_cancellable (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

static void
on_data_chosen_cb (GtkWindow  *window,
                   const char *path)
{
  atelier_window_load_data (ATELIER_WINDOW (window), path);
}

static void
on_network_chosen_cb (GtkWindow  *window,
                      const char *path)
{
  AtelierWindow *self = ATELIER_WINDOW (window);

  atelier_file_jobs_load_network_async (path, renew_cancellable (&self->file_cancellable),
                                        on_network_loaded_cb, g_object_ref (self));
}

static void
save_to (AtelierWindow *self,
         SaveRequest   *request, /* transfer full */
         const char    *chosen)
{
  /* The chooser has asked about the name that was typed, not about a longer one. */
  gboolean may_replace;

  request->window = g_object_ref (self);
  request->path = add_model_suffix (chosen);
  may_replace = g_str_equal (request->path, chosen);
  /* The process stays until the file is whole, even when the window is closed at once. */
  g_application_hold (g_application_get_default ());
  atelier_file_jobs_save_model_async (request->model, request->path, may_replace, NULL,
                                      on_model_saved_cb, request);
}

static void
on_model_chosen_cb (GtkWindow  *window,
                    const char *path)
{
  AtelierWindow *self = ATELIER_WINDOW (window);

  if (self->save_request)
    save_to (self, g_steal_pointer (&self->save_request), path);
}

/* @model: transfer none. */
static void
ask_where_to_save (AtelierWindow *self,
                   AtelierModel  *model,
                   const char    *name,
                   gboolean       closes)
{
  const AtelierPathRequest request = {
    .title = _("Save the Model"),
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .suggested_name = name,
  };

  g_clear_pointer (&self->save_request, save_request_free);
  self->save_request = g_new0 (SaveRequest, 1);
  self->save_request->model = atelier_model_ref (model);
  self->save_request->closes = closes;
  atelier_path_chooser_ask (GTK_WINDOW (self), &request, on_model_chosen_cb);
}

/* The weights on the screen; @closes: and then the window goes. */
static void
ask_to_save_current (AtelierWindow *self,
                     gboolean       closes)
{
  g_autofree char *name = suggest_model_name (self);

  ask_where_to_save (self, atelier_trainer_get_model (self->trainer), name, closes);
}

/* Actions */

/* What the run before has learned stays at hand until there is another such. */
static void
keep_last_model (AtelierWindow *self,
                 AtelierModel  *model,
                 const char    *name)
{
  forget_last_model (self);
  self->last_model = atelier_model_ref (model);
  self->last_name = g_strdup (name);
  show_toast (self, _("The last run was not saved"), _("Save It"), "win.save-last-model");
  update_state (self);
}

static void
start_run (AtelierWindow *self)
{
  AtelierRecipeEditor *editor =
    atelier_sidebar_get_recipe_editor (atelier_train_page_get_sidebar (self->train_page));
  g_autoptr (AtelierModel) unsaved = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipe recipe;

  if (has_unsaved_model (self))
    {
      unsaved = atelier_model_ref (atelier_trainer_get_model (self->trainer));
      name = suggest_model_name (self);
    }
  atelier_recipe_editor_get_recipe (editor, &recipe);
  if (!atelier_trainer_start (self->trainer, self->network, &recipe, self->dataset,
                              atelier_recipe_editor_get_n_threads (editor), &error))
    show_error (self, _("Training could not start"), error);
  else if (unsaved)
    keep_last_model (self, unsaved, name);
}

static void
on_toggle_activate_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  AtelierWindow *self = user_data;
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
  atelier_trainer_stop (ATELIER_WINDOW (user_data)->trainer);
}

static void
on_data_change_state_cb (GSimpleAction *action,
                         GVariant      *value,
                         gpointer       user_data)
{
  atelier_window_load_data (user_data, g_variant_get_string (value, NULL));
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

  atelier_path_chooser_ask (user_data, &request, on_data_chosen_cb);
}

static void
on_network_change_state_cb (GSimpleAction *action,
                            GVariant      *value,
                            gpointer       user_data)
{
  use_preset (user_data, g_variant_get_string (value, NULL));
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

  atelier_path_chooser_ask (user_data, &request, on_network_chosen_cb);
}

static void
on_save_model_activate_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  ask_to_save_current (user_data, FALSE);
}

static void
on_save_last_model_activate_cb (GSimpleAction *action,
                                GVariant      *parameter,
                                gpointer       user_data)
{
  AtelierWindow *self = user_data;

  ask_where_to_save (self, self->last_model, self->last_name, FALSE);
}

static void
on_show_mistakes_activate_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  g_object_set (ATELIER_WINDOW (user_data)->train_page, "mistakes", TRUE, NULL);
}

static void
on_stop_and_close_activate_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  AtelierWindow *self = user_data;

  atelier_trainer_stop_and_wait (self->trainer);
  gtk_window_destroy (GTK_WINDOW (self));
}

static const GActionEntry window_entries[] = {
  { "data", NULL, "s", "''", on_data_change_state_cb },
  { "open-data", on_open_data_activate_cb },
  { "network", NULL, "s", "''", on_network_change_state_cb },
  { "open-network", on_open_network_activate_cb },
  { "save-model", on_save_model_activate_cb },
  { "save-last-model", on_save_last_model_activate_cb },
  { "show-mistakes", on_show_mistakes_activate_cb },
  { "stop-and-close", on_stop_and_close_activate_cb },
};

static const GActionEntry run_entries[] = {
  { "toggle", on_toggle_activate_cb },
  { "stop", on_stop_activate_cb },
};

static void
add_property_action (AtelierWindow *self,
                     const char    *name,
                     gpointer       object,
                     const char    *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
add_actions (AtelierWindow *self)
{
  self->run_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->run_actions), run_entries,
                                   G_N_ELEMENTS (run_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "run", G_ACTION_GROUP (self->run_actions));

  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  add_property_action (self, "page", self->stack, "visible-child-name");
  add_property_action (self, "show-sidebar", self->train_page, "show-sidebar");
}

/* Signals */

static gboolean
is_train_page (AtelierWindow *self,
               const char    *page_name)
{
  return g_strcmp0 (page_name, "train") == 0;
}

/* How much a run that ended has learned. */
static char *
describe_end (AtelierHistory *history,
              gboolean        has_part)
{
  guint n = atelier_history_get_n_epochs (history);
  g_autofree char *seconds = NULL;

  if (has_part && n == 0)
    return g_strdup (_("Trained a part of epoch 1"));
  if (has_part)
    return g_strdup_printf (ngettext ("Trained %u epoch and a part of epoch %u",
                                      "Trained %u epochs and a part of epoch %u", n),
                            n, n + 1);

  seconds = atelier_format_duration (atelier_history_get_figures (history, n - 1)->elapsed_seconds);

  return g_strdup_printf (ngettext ("Trained %u epoch in %s", "Trained %u epochs in %s", n), n,
                          seconds);
}

static void
on_trainer_finished_cb (AtelierWindow *self,
                        const GError  *error)
{
  AtelierHistory *history = atelier_trainer_get_history (self->trainer);
  gboolean has_part = is_in_mid_epoch (self);
  g_autofree char *text = NULL;

  if (error)
    {
      show_error (self, _("Training ended early"), error);
      return;
    }
  if (atelier_trainer_get_model (self->trainer) == NULL
      || (!has_part && atelier_history_get_n_epochs (history) == 0))
    return;

  text = describe_end (history, has_part);
  show_toast (self, text, _("Save…"), "win.save-model");
}

/* Closing */

/* The dialog must not outlive the window as its child: it would let go of it once more. */
static void
close_from_dialog (AtelierWindow *self,
                   GtkWindow     *dialog)
{
  gtk_window_set_transient_for (dialog, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.stop-and-close", NULL);
}

static void
on_close_response_cb (AdwMessageDialog *dialog,
                      const char       *response,
                      AtelierWindow    *self)
{
  if (g_str_equal (response, "stop") || g_str_equal (response, "discard"))
    close_from_dialog (self, GTK_WINDOW (dialog));
  else if (g_str_equal (response, "save") && atelier_trainer_get_model (self->trainer))
    ask_to_save_current (self, TRUE);
}

static void
ask_before_closing (AtelierWindow    *self,
                    AdwMessageDialog *dialog,
                    const char       *keep,
                    const char       *destroy)
{
  adw_message_dialog_set_response_appearance (dialog, destroy, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, keep);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_to_stop (AtelierWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (self), _("Stop training?"),
    _("The network is still being trained. What it has learned is lost when the window "
      "closes, unless you save the model first."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("_Keep Training"),
                                    "stop", _("_Stop and Close"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  ask_before_closing (self, ADW_MESSAGE_DIALOG (dialog), "keep", "stop");
}

static void
ask_to_save (AtelierWindow *self)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("Save the model?"),
                            _("The last run was not saved. What the network has learned is lost "
                              "when the window closes."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", _("_Discard"),
                                    "save", _("_Save…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  ask_before_closing (self, ADW_MESSAGE_DIALOG (dialog), "cancel", "discard");
}

static gboolean
atelier_window_close_request (GtkWindow *window)
{
  AtelierWindow *self = ATELIER_WINDOW (window);

  if (atelier_trainer_is_active (self->trainer))
    ask_to_stop (self);
  else if (has_unsaved_model (self))
    ask_to_save (self);
  else
    return GTK_WINDOW_CLASS (atelier_window_parent_class)->close_request (window);

  return TRUE;
}

static void
atelier_window_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_DATASET:
      g_value_set_boxed (value, self->dataset);
      break;
    case PROP_NETWORK:
      g_value_set_boxed (value, self->network);
      break;
    case PROP_IS_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_IS_LOCKED:
      g_value_set_boolean (value, self->is_locked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_window_dispose (GObject *object)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  g_cancellable_cancel (self->data_cancellable);
  g_cancellable_cancel (self->file_cancellable);
  g_clear_object (&self->data_cancellable);
  g_clear_object (&self->file_cancellable);
  if (self->trainer)
    {
      g_signal_handlers_disconnect_by_data (self->trainer, self);
      atelier_trainer_stop_and_wait (self->trainer);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_WINDOW);
  g_clear_object (&self->trainer);
  g_clear_object (&self->run_actions);
  g_clear_pointer (&self->save_request, save_request_free);

  G_OBJECT_CLASS (atelier_window_parent_class)->dispose (object);
}

static void
atelier_window_finalize (GObject *object)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  g_clear_pointer (&self->network, atelier_network_unref);
  g_free (self->data_spec);
  g_free (self->pending_spec);
  g_clear_pointer (&self->saved_model, atelier_model_unref);
  forget_last_model (self);

  G_OBJECT_CLASS (atelier_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/atelier_nn/Atelier/atelier-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, toggle_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, toggle_content);
  gtk_widget_class_bind_template_callback (widget_class, is_train_page);
}

static void
atelier_window_class_init (AtelierWindowClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_window_get_property;
  object_class->dispose = atelier_window_dispose;
  object_class->finalize = atelier_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = atelier_window_close_request;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, flags);
  properties[PROP_DATASET] =
    g_param_spec_boxed ("dataset", NULL, NULL, ATELIER_TYPE_DATASET, flags);
  properties[PROP_NETWORK] =
    g_param_spec_boxed ("network", NULL, NULL, ATELIER_TYPE_NETWORK, flags);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOCKED] = g_param_spec_boolean ("is-locked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_DRAW_PAGE);
  g_type_ensure (ATELIER_TYPE_RUN_PROGRESS);
  g_type_ensure (ATELIER_TYPE_TRAIN_PAGE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

/* The sidebar is deep inside the page's template, out of reach of the window's. */
static void
bind_sidebar (AtelierWindow *self)
{
  static const char * const names[] = { "dataset", "network", "is-loading", "is-locked" };
  AtelierSidebar *sidebar = atelier_train_page_get_sidebar (self->train_page);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_bind_property (self, names[i], sidebar, names[i], G_BINDING_SYNC_CREATE);
}

static void
atelier_window_init (AtelierWindow *self)
{
  AtelierRecipeEditor *editor;

  self->trainer = atelier_trainer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);

  g_signal_connect_swapped (self->trainer, "notify::state", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (self->trainer, "notify::model", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (self->trainer, "finished", G_CALLBACK (on_trainer_finished_cb), self);
  editor = atelier_sidebar_get_recipe_editor (atelier_train_page_get_sidebar (self->train_page));
  g_signal_connect_object (editor, "notify::is-valid", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);

  bind_sidebar (self);
  use_preset (self, DEFAULT_PRESET);
}

AtelierWindow *
atelier_window_new (AtelierApplication *application)
{
  return g_object_new (ATELIER_TYPE_WINDOW, "application", application, NULL);
}

void
atelier_window_load_data (AtelierWindow *self,
                          const char    *spec)
{
  g_autofree char *resolved = NULL;

  g_return_if_fail (ATELIER_IS_WINDOW (self));
  g_return_if_fail (spec != NULL);

  if (atelier_trainer_is_active (self->trainer))
    {
      show_toast (self, _("Stop training before you choose other data"), NULL, NULL);
      return;
    }

  /* The menu marks a place, so "auto" is looked up here. */
  if (g_str_equal (spec, "auto"))
    {
      g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();

      resolved = g_strdup (((AtelierDatasetPlace *) g_ptr_array_index (places, 0))->id);
    }
  else
    resolved = g_strdup (spec);

  g_free (self->pending_spec);
  self->pending_spec = g_steal_pointer (&resolved);
  set_loading (self, TRUE);
  atelier_dataset_finder_load_async (self->pending_spec,
                                     renew_cancellable (&self->data_cancellable), on_data_loaded_cb,
                                     g_object_ref (self));
}

AtelierTrainer *
atelier_window_get_trainer (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->trainer;
}

AtelierDataset *
atelier_window_get_dataset (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->dataset;
}

AtelierTrainPage *
atelier_window_get_train_page (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->train_page;
}
