/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window owns what is worked on - a data set, a network, a trainer - and shows it.
 *
 * Its helpers have one task each: the loader reads data, the saver writes models and knows what is
 * in no file, the watch keeps the machine awake and tells the end of a run, and the commands are
 * the actions.  Files are read and written by the core on GTask's threads; what comes back is
 * dropped if it was cancelled, which is how a second request replaces the first.
 *
 * Values that pages show are properties here and bound in the .ui file; pages ask for changes
 * through actions.  Main thread.
 */

#include "config.h"

#include "shell/atelier-window.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "data/atelier-data-page.h"
#include "draw/atelier-draw-page.h"
#include "kit/atelier-dialogs.h"
#include "kit/atelier-toast.h"
#include "session/atelier-data-loader.h"
#include "session/atelier-file-jobs.h"
#include "shell/atelier-commands.h"
#include "shell/atelier-model-saver.h"
#include "shell/atelier-run-progress.h"
#include "shell/atelier-run-watch.h"

#define DEFAULT_PRESET "report-2"

struct _AtelierWindow
{
  AdwApplicationWindow parent_instance;

  gboolean             is_locked;

  /* Owned */
  AtelierTrainer      *trainer;
  AtelierDataset      *dataset;
  AtelierNetwork      *network;
  AtelierDataLoader   *loader;
  AtelierModelSaver   *saver;
  AtelierRunWatch     *watch;
  AtelierCommands     *commands;
  GCancellable        *network_cancellable;

  /* Template children */
  AdwViewSwitcherTitle *switcher_title;
  AdwViewStack        *stack;
  AtelierTrainPage    *train_page;
  AtelierDrawPage     *draw_page;
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

/* State */

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

static void
set_locked (AtelierWindow *self,
            gboolean       is_locked)
{
  if (self->is_locked == is_locked)
    return;

  self->is_locked = is_locked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOCKED]);
}

/* A run that starts locks the sidebar and empties the gallery, and with what had the focus there
 * GTK gives it to whatever comes next, a message for one, which then stays for good. */
static void
hold_focus (AtelierWindow *self)
{
  if (adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->train_page))
    gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button));
}

static void
on_trainer_state_notify_cb (AtelierWindow *self)
{
  gboolean is_active = atelier_trainer_is_active (self->trainer);
  gboolean has_started = is_active && !self->is_locked;

  show_toggle (self, atelier_trainer_get_state (self->trainer));
  set_locked (self, is_active);
  if (has_started)
    hold_focus (self);
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

/* Opening */

static void
on_data_loaded_cb (AtelierWindow  *self,
                   AtelierDataset *dataset)
{
  gboolean is_first = self->dataset == NULL;

  set_action_state (self, "data", atelier_data_loader_get_spec (self->loader));
  set_dataset (self, dataset);
  /* One key trains, too. */
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button));
}

static void
on_data_failed_cb (AtelierWindow *self,
                   const GError  *error)
{
  atelier_dialogs_show_error (GTK_WINDOW (self), _("The data could not be opened"), error);
  /* There is always something to train on; the sidebar says what it is. */
  if (self->dataset == NULL)
    atelier_data_loader_load_something_else (self->loader);
}

static void
on_loading_notify_cb (AtelierWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
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
      atelier_dialogs_show_error (GTK_WINDOW (self), _("The network could not be opened"), error);
      return;
    }
  if (atelier_trainer_is_active (self->trainer))
    return;

  set_action_state (self, "network", "");
  set_network (self, network);
}

static void
add_property_action (AtelierWindow *self,
                     const char    *name,
                     gpointer       object,
                     const char    *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static gboolean
is_train_page (AtelierWindow *self,
               const char    *page_name)
{
  return g_strcmp0 (page_name, "train") == 0;
}

static gboolean
atelier_window_close_request (GtkWindow *window)
{
  AtelierWindow *self = ATELIER_WINDOW (window);

  if (atelier_trainer_is_active (self->trainer))
    atelier_dialogs_ask_to_stop (window);
  else if (atelier_model_saver_has_unsaved (self->saver))
    atelier_dialogs_ask_to_save (window);
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
      g_value_set_boolean (value, atelier_data_loader_get_is_loading (self->loader));
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

  if (self->loader)
    atelier_data_loader_cancel (self->loader);
  g_cancellable_cancel (self->network_cancellable);
  g_clear_object (&self->network_cancellable);
  if (self->trainer)
    {
      g_signal_handlers_disconnect_by_data (self->trainer, self);
      atelier_trainer_stop_and_wait (self->trainer);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_WINDOW);
  g_clear_object (&self->watch);
  g_clear_object (&self->saver);
  g_clear_object (&self->loader);
  g_clear_object (&self->trainer);

  G_OBJECT_CLASS (atelier_window_parent_class)->dispose (object);
}

static void
atelier_window_finalize (GObject *object)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  g_clear_pointer (&self->network, atelier_network_unref);
  g_clear_object (&self->commands); /* with the actions, which ask it */

  G_OBJECT_CLASS (atelier_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/shell/atelier-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, draw_page);
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

  g_type_ensure (ATELIER_TYPE_DATA_PAGE);
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
watch_loader (AtelierWindow *self)
{
  g_signal_connect_object (self->loader, "loaded", G_CALLBACK (on_data_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (on_data_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify::is-loading", G_CALLBACK (on_loading_notify_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
atelier_window_init (AtelierWindow *self)
{
  self->trainer = atelier_trainer_new ();
  self->loader = atelier_data_loader_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->saver = atelier_model_saver_new (GTK_WINDOW (self), self->trainer);
  self->watch = atelier_run_watch_new (GTK_WINDOW (self), self->trainer);
  self->commands = atelier_commands_new (self, self->saver);
  add_property_action (self, "page", self->stack, "visible-child-name");
  add_property_action (self, "show-sidebar", self->train_page, "show-sidebar");

  watch_loader (self);
  g_signal_connect_swapped (self->trainer, "notify::state",
                            G_CALLBACK (on_trainer_state_notify_cb), self);
  on_trainer_state_notify_cb (self);
  bind_sidebar (self);
  atelier_window_use_preset (self, DEFAULT_PRESET);
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
  g_return_if_fail (ATELIER_IS_WINDOW (self));
  g_return_if_fail (spec != NULL);

  if (atelier_trainer_is_active (self->trainer))
    atelier_toast_offer (GTK_WIDGET (self), _("Stop training before you choose other data"), NULL,
                         NULL);
  else
    atelier_data_loader_load (self->loader, spec);
}

void
atelier_window_use_preset (AtelierWindow *self,
                           const char    *id)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset (id);
  AtelierSidebar *sidebar = atelier_train_page_get_sidebar (self->train_page);
  g_autoptr (AtelierRecipe) recipe = NULL;

  g_return_if_fail (ATELIER_IS_WINDOW (self));

  if (network == NULL)
    return;

  recipe = atelier_recipe_new_preset (id);
  atelier_recipe_editor_set_recipe (atelier_sidebar_get_recipe_editor (sidebar), recipe);
  set_action_state (self, "network", id);
  set_network (self, network);
}

void
atelier_window_open_network (AtelierWindow *self,
                             const char    *path)
{
  g_return_if_fail (ATELIER_IS_WINDOW (self));

  g_cancellable_cancel (self->network_cancellable);
  g_clear_object (&self->network_cancellable);
  self->network_cancellable = g_cancellable_new ();
  atelier_file_jobs_load_network_async (path, self->network_cancellable, on_network_loaded_cb,
                                        g_object_ref (self));
}

void
atelier_window_edit_in_draw (AtelierWindow *self,
                             const char    *sha256,
                             AtelierSplit   split,
                             guint          i_image)
{
  AtelierDataset *datasets[2];

  g_return_if_fail (ATELIER_IS_WINDOW (self));
  g_return_if_fail (sha256 != NULL && split < ATELIER_N_SPLITS);

  datasets[0] = self->dataset;
  datasets[1] = atelier_trainer_get_dataset (self->trainer);
  for (guint i = 0; i < G_N_ELEMENTS (datasets); i++)
    if (datasets[i] && g_str_equal (atelier_dataset_get_sha256 (datasets[i]), sha256)
        && atelier_dataset_get_channels (datasets[i]) == 1
        && i_image < atelier_dataset_get_n_images (datasets[i], split))
      {
        atelier_draw_page_show_picture (self->draw_page, datasets[i], split, i_image);
        adw_view_stack_set_visible_child_name (self->stack, "draw");
        gtk_window_present (GTK_WINDOW (self));
        return;
      }
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

AtelierNetwork *
atelier_window_get_network (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->network;
}

AtelierTrainPage *
atelier_window_get_train_page (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->train_page;
}
