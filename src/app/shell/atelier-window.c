/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window makes a session and gives it to its pages, in the .ui file, and to its helpers.
 *
 * Each helper has one task: the commands are the actions on the session, the saver writes models
 * and knows which were not saved, the watch keeps the machine awake during a run and tells when it
 * ends.  The window itself shows what failed, and has the actions that steer its pages.  Main
 * thread.
 */

#include "config.h"

#include "shell/atelier-window.h"

#include <glib/gi18n.h>

#include "data/atelier-data-page.h"
#include "draw/atelier-draw-page.h"
#include "kit/atelier-dialogs.h"
#include "kit/atelier-focus-keeper.h"
#include "kit/atelier-latin-keys.h"
#include "kit/atelier-toast.h"
#include "network/atelier-network-page.h"
#include "session/atelier-run-opener.h"
#include "shell/atelier-commands.h"
#include "shell/atelier-file-opener.h"
#include "shell/atelier-help-window.h"
#include "shell/atelier-model-rescue.h"
#include "shell/atelier-model-saver.h"
#include "shell/atelier-run-progress.h"
#include "shell/atelier-run-watch.h"
#include "shell/atelier-switcher-link.h"
#include "shell/atelier-window-state.h"
#include "train/atelier-train-page.h"

struct _AtelierWindow
{
  AdwApplicationWindow  parent_instance;

  gboolean              is_focus_lost; /* since a run was told to stop */

  /* Owned */
  AtelierModelSaver    *saver;
  AtelierRunWatch      *watch;
  AtelierCommands      *commands;
  GPtrArray            *entered; /* of GtkWidget, borrowed: the pages that had the focus */
  AtelierFileOpener    *opener;
  AtelierRunOpener     *run_opener;
  AtelierWindowState   *state;   /* NULL before it was restored, and without settings */

  /* Template children */
  AtelierSession       *session;
  AdwViewSwitcherTitle *switcher_title;
  GtkStack             *title_stack;
  AdwWindowTitle       *network_title;
  GtkWidget            *back_button;
  GtkWidget            *sidebar_bin;
  GtkWidget            *history_box;
  AdwViewSwitcherBar   *switcher_bar;
  AdwViewStack         *stack;
  AtelierNetworkPage   *network_page;
  AtelierTrainPage     *train_page;
  AtelierDrawPage      *draw_page;
  GtkButton            *toggle_button;
  AdwButtonContent     *toggle_content;

  /* Borrowed, weak */
  GtkWidget            *before_editing; /* what had the focus before the large view */
  GtkWindow            *question; /* before the window closes */
  GtkWindow            *help;
};

G_DEFINE_FINAL_TYPE (AtelierWindow, atelier_window, ADW_TYPE_APPLICATION_WINDOW)

/* What the session does */

/* Why a run cannot start.  Transfer full. */
static char *
describe_misfit (AtelierWindow *self)
{
  g_autofree char *problem
    = atelier_network_draft_describe_problem (atelier_session_get_draft (self->session));

  /* Translators: what follows is a layer of the network, and why it does not fit. */
  return g_strdup_printf (_("The network does not fit yet. %s"), problem);
}

static void
show_toggle (AtelierWindow *self)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);
  AtelierTrainerState state = atelier_trainer_get_state (trainer);
  const char *icon = "media-playback-start-symbolic";
  const char *label = _("_Train");
  const char *tooltip = _("Train the network from the beginning");
  g_autofree char *misfit = NULL;

  if (state == ATELIER_TRAINER_RUNNING)
    {
      icon = "media-playback-pause-symbolic";
      label = _("_Pause");
      tooltip = _("Pause after this batch");
    }
  else if (state == ATELIER_TRAINER_PAUSED)
    {
      label = _("_Resume");
      tooltip = _("Continue the paused run");
    }
  else if (!atelier_session_get_is_network_valid (self->session))
    tooltip = misfit = describe_misfit (self);

  adw_button_content_set_icon_name (self->toggle_content, icon);
  adw_button_content_set_label (self->toggle_content, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->toggle_button), tooltip);
}

/* What the network is for. */
static void
describe_data (AtelierWindow  *self,
               AtelierDataset *dataset) /* nullable */
{
  g_autofree char *words = NULL;

  if (dataset)
    /* Translators: a data set, the height and width of its pictures, how many classes it has. */
    words = g_strdup_printf (ngettext ("%s, %u × %u, %u class", "%s, %u × %u, %u classes",
                                       atelier_dataset_get_n_classes (dataset)),
                             atelier_dataset_get_name (dataset),
                             atelier_dataset_get_height (dataset),
                             atelier_dataset_get_width (dataset),
                             atelier_dataset_get_n_classes (dataset));
  adw_window_title_set_subtitle (self->network_title, words ? words : "");
}

static void
show_title (AtelierWindow *self)
{
  AtelierDataset *dataset = atelier_session_get_dataset (self->session);
  const char *network = atelier_network_get_name (atelier_session_get_network (self->session));
  /* Translators: the window's title in lists of windows: the network's name, the program's name. */
  g_autofree char *title = g_strdup_printf (_("%s – Atelier"), network);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_view_switcher_title_set_title (self->switcher_title, network);
  adw_view_switcher_title_set_subtitle (self->switcher_title,
                                        dataset ? atelier_dataset_get_name (dataset) : "");
  describe_data (self, dataset);
}

/* When a run starts, the sidebar becomes insensitive and the gallery empty.  If the focus were
 * there, GTK would move it to another widget, such as a toast, which then never closes.  It has to
 * leave before: a field that is insensitive already is not told that it lost the focus, and GTK
 * warns of that. */
static void
on_session_starting_cb (AtelierWindow *self)
{
  if (adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->train_page))
    gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button));
}

/* The button that stops a run is insensitive from then on, and so is its neighbour until the run
 * has ended: only then can that have the focus. */
static void
find_focus (AtelierWindow *self)
{
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    self->is_focus_lost = TRUE;
  if (self->is_focus_lost && gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button)))
    self->is_focus_lost = FALSE;
}

static void
ask_before_closing (AtelierWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  if (self->question)
    gtk_window_present (self->question);
  else if (atelier_session_get_is_locked (self->session))
    g_set_weak_pointer (&self->question, atelier_dialogs_ask_to_stop (window));
  else
    g_set_weak_pointer (&self->question, atelier_dialogs_ask_to_save (window));
}

static void
drop_question (AtelierWindow *self)
{
  GtkWindow *question = self->question;

  g_clear_weak_pointer (&self->question);
  if (question)
    gtk_window_destroy (question);
}

/* A run that ends while the window asks whether to stop it: the question becomes the one whether to
 * save its model.  A window that closes is hidden first; its run ends because the question was
 * answered. */
static void
update_question (AtelierWindow *self)
{
  if (self->question == NULL || atelier_session_get_is_locked (self->session)
      || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  drop_question (self);
  if (atelier_model_saver_has_unsaved (self->saver))
    ask_before_closing (self);
}

/* When the first data set is loaded, Enter or Space starts a run. */
static void
on_first_dataset_cb (AtelierWindow *self)
{
  g_signal_handlers_disconnect_by_func (self->session, on_first_dataset_cb, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->toggle_button));
}

static void
on_session_failed_cb (AtelierWindow      *self,
                      AtelierSessionTask  task,
                      const GError       *error)
{
  const char *headings[] = {
    [ATELIER_SESSION_LOAD_DATA] = _("The Data Could Not Be Opened"),
    [ATELIER_SESSION_OPEN_NETWORK] = _("The Network Could Not Be Opened"),
    [ATELIER_SESSION_START_TRAINING] = _("Training Could Not Start"),
    [ATELIER_SESSION_OPEN_MODEL] = _("The Model Could Not Be Opened"),
  };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    atelier_toast_offer (GTK_WIDGET (self), error->message, NULL, NULL);
  else
    atelier_dialogs_show_error (GTK_WINDOW (self), headings[task], error);
}

/* Pages */

/* What is typed in one editor of the recipe and is no number is not seen in the other. */
static void
drop_typed (AtelierWindow *self)
{
  AtelierRecipe *recipe = atelier_session_get_recipe (self->session);
  g_autoptr (AtelierRecipe) copy = NULL;

  if (atelier_session_get_is_recipe_valid (self->session))
    return;

  copy = atelier_recipe_new (atelier_recipe_get_values (recipe), NULL);
  atelier_session_set_recipe (self->session, copy);
}

/* The large view of network and recipe stands in the place of the pages, and has the header bar to
 * itself but for what steers the run. */
static void
set_editing (AtelierWindow *self,
             gboolean       is_editing)
{
  GAction *edit = g_action_map_lookup_action (G_ACTION_MAP (self), "edit-network");
  GAction *back = g_action_map_lookup_action (G_ACTION_MAP (self), "back");

  drop_typed (self);
  gtk_widget_set_visible (GTK_WIDGET (self->network_page), is_editing);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !is_editing);
  gtk_widget_set_visible (self->back_button, is_editing);
  gtk_widget_set_visible (self->history_box, is_editing);
  gtk_widget_set_visible (self->sidebar_bin, !is_editing);
  gtk_stack_set_visible_child_name (self->title_stack, is_editing ? "network" : "pages");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (edit), !is_editing);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (back), is_editing);
}

/* AdwViewStack moves the focus from page to page, to where it was last.  On a page that had no
 * focus yet that is whatever comes first; the page knows better.  Pages do not override grab_focus
 * for this: GTK calls it when Shift+Tab leaves a page. */
static void
on_visible_child_notify_cb (AtelierWindow *self,
                            GParamSpec    *pspec,
                            AdwViewStack  *stack)
{
  GtkWidget *page = adw_view_stack_get_visible_child (stack);
  GtkWidget *focus;

  if (gtk_widget_get_visible (GTK_WIDGET (self->network_page)))
    set_editing (self, FALSE);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (!page || !focus || !gtk_widget_is_ancestor (focus, page)
      || g_ptr_array_find (self->entered, page, NULL))
    return;

  g_ptr_array_add (self->entered, page);
  if (ATELIER_IS_DRAW_PAGE (page))
    atelier_draw_page_take_focus (ATELIER_DRAW_PAGE (page));
  else if (ATELIER_IS_DATA_PAGE (page))
    atelier_data_page_take_focus (ATELIER_DATA_PAGE (page));
}

/* Actions that steer the pages */

static void
on_show_mistakes_activate_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  g_object_set (ATELIER_WINDOW (user_data)->train_page, "mistakes", TRUE, NULL);
}

static void
on_save_report_activate_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (ATELIER_WINDOW (user_data)->train_page),
                              "page.save-report", NULL);
}

/* Whether the hash of these data is @sha256, and they have such a picture in grey. */
static gboolean
has_grey_picture (AtelierSplits *splits, /* nullable */
                  const char    *sha256,
                  guint          picture)
{
  AtelierDataset *dataset = splits ? atelier_splits_get_dataset (splits) : NULL;

  return dataset && g_str_equal (atelier_dataset_get_sha256 (dataset), sha256)
         && atelier_dataset_get_channels (dataset) == 1
         && picture < atelier_dataset_get_n_images (dataset);
}

/* The session's data, or else those of the last run.  Borrowed; NULL when neither has it. */
static AtelierSplits *
find_grey_picture (AtelierWindow *self,
                   const char    *sha256,
                   guint          picture)
{
  AtelierSplits *open[] = {
    atelier_session_get_splits (self->session),
    atelier_trainer_get_splits (atelier_session_get_trainer (self->session)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    if (has_grey_picture (open[i], sha256, picture))
      return open[i];

  return NULL;
}

static void
on_edit_in_draw_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  AtelierWindow *self = user_data;
  AtelierSplits *splits;
  const char *sha256;
  guint picture;

  g_variant_get (parameter, "(&su)", &sha256, &picture);
  splits = find_grey_picture (self, sha256, picture);
  if (splits == NULL)
    return;

  atelier_draw_page_show_picture (self->draw_page, splits, picture);
  adw_view_stack_set_visible_child_name (self->stack, "draw");
  atelier_draw_page_take_focus (self->draw_page);
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_help_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  AtelierWindow *self = user_data;

  if (self->help == NULL)
    g_set_weak_pointer (&self->help, GTK_WINDOW (atelier_help_window_new (GTK_WINDOW (self))));
  gtk_window_present (self->help);
}

static void
on_edit_network_activate_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  AtelierWindow *self = user_data;

  g_set_weak_pointer (&self->before_editing, gtk_window_get_focus (GTK_WINDOW (self)));
  set_editing (self, TRUE);
  atelier_network_page_take_focus (self->network_page);
}

static void
on_back_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  AtelierWindow *self = user_data;

  set_editing (self, FALSE);
  if (self->before_editing == NULL || !gtk_widget_grab_focus (self->before_editing))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&self->before_editing);
}

static void
on_open_model_activate_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  atelier_draw_page_ask_for_model (ATELIER_WINDOW (user_data)->draw_page);
}

/* The run is shown where it was trained; whoever draws goes on drawing. */
static void
on_model_loaded_cb (AtelierWindow *self,
                    AtelierModel  *model)
{
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "draw") != 0)
    adw_view_stack_set_visible_child_name (self->stack, "train");
  set_editing (self, FALSE);
  atelier_run_opener_open (self->run_opener, model);
}

static void
on_run_replacing_cb (AtelierWindow *self)
{
  atelier_model_saver_set_aside (self->saver);
}

static void
on_run_opened_cb (AtelierWindow *self)
{
  atelier_model_saver_keep_aside (self->saver, TRUE);
}

static const GActionEntry entries[] = {
  { "help", on_help_activate_cb },
  { "edit-network", on_edit_network_activate_cb },
  { "back", on_back_activate_cb },
  { "show-mistakes", on_show_mistakes_activate_cb },
  { "save-report", on_save_report_activate_cb },
  { "open-model", on_open_model_activate_cb },
  { "edit-in-draw", on_edit_in_draw_activate_cb, "(su)" },
};

static void
update_save_report (AtelierWindow *self)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "save-report");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               atelier_trainer_get_model (trainer) != NULL);
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

static void
add_actions (AtelierWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_property_action (self, "page", self->stack, "visible-child-name");
  add_property_action (self, "show-sidebar", self->train_page, "show-sidebar");
  update_save_report (self);
  set_editing (self, FALSE);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "network",
                                  atelier_network_page_get_actions (self->network_page));
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

  if (!atelier_session_get_is_locked (self->session)
      && !atelier_model_saver_has_unsaved (self->saver))
    return GTK_WINDOW_CLASS (atelier_window_parent_class)->close_request (window);

  ask_before_closing (self);

  return TRUE;
}

static void
atelier_window_dispose (GObject *object)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  if (self->session)
    {
      g_signal_handlers_disconnect_by_data (atelier_session_get_trainer (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
      atelier_session_close (self->session);
      /* Each action holds a page, and the pages hold the window's actions: a reference cycle. */
      g_action_map_remove_action (G_ACTION_MAP (self), "page");
      g_action_map_remove_action (G_ACTION_MAP (self), "show-sidebar");
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_WINDOW);
  g_clear_object (&self->state);
  g_clear_object (&self->opener);
  g_clear_object (&self->run_opener);
  g_clear_object (&self->watch);
  g_clear_object (&self->saver);
  g_clear_weak_pointer (&self->before_editing);
  g_clear_weak_pointer (&self->question);
  g_clear_weak_pointer (&self->help);

  G_OBJECT_CLASS (atelier_window_parent_class)->dispose (object);
}

static void
atelier_window_finalize (GObject *object)
{
  AtelierWindow *self = ATELIER_WINDOW (object);

  /* Not earlier: the window's actions call it. */
  g_clear_object (&self->commands);
  g_ptr_array_unref (self->entered);

  G_OBJECT_CLASS (atelier_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/shell/atelier-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, session);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, network_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, sidebar_bin);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, history_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, network_page);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, draw_page);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, toggle_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, toggle_content);
  gtk_widget_class_bind_template_callback (widget_class, is_train_page);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child_notify_cb);
}

static void
atelier_window_class_init (AtelierWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = atelier_window_dispose;
  object_class->finalize = atelier_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = atelier_window_close_request;

  g_type_ensure (ATELIER_TYPE_DATA_PAGE);
  g_type_ensure (ATELIER_TYPE_DRAW_PAGE);
  g_type_ensure (ATELIER_TYPE_NETWORK_PAGE);
  g_type_ensure (ATELIER_TYPE_RUN_PROGRESS);
  g_type_ensure (ATELIER_TYPE_SESSION);
  g_type_ensure (ATELIER_TYPE_TRAIN_PAGE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

/* After the commands were made, so that a button is sensitive before it is given the focus. */
static void
watch_session (AtelierWindow *self)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);

  g_signal_connect_swapped (self->session, "failed", G_CALLBACK (on_session_failed_cb), self);
  g_signal_connect_swapped (self->session, "notify::splits", G_CALLBACK (show_title), self);
  g_signal_connect_swapped (self->session, "notify::splits", G_CALLBACK (on_first_dataset_cb),
                            self);
  g_signal_connect_swapped (self->session, "notify::network", G_CALLBACK (show_title), self);
  g_signal_connect_swapped (self->session, "starting", G_CALLBACK (on_session_starting_cb), self);
  g_signal_connect_swapped (self->session, "notify::is-locked", G_CALLBACK (update_question), self);
  g_signal_connect_object (atelier_session_get_draft (self->session), "changed",
                           G_CALLBACK (show_toggle), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->session, "notify::is-network-valid", G_CALLBACK (show_toggle),
                            self);
  g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (show_toggle), self);
  g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (find_focus), self);
  g_signal_connect_swapped (trainer, "notify::model", G_CALLBACK (update_save_report), self);
}

static void
atelier_window_init (AtelierWindow *self)
{
  self->entered = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->saver = atelier_model_saver_new (GTK_WINDOW (self), self->session);
  self->watch =
    atelier_run_watch_new (GTK_WINDOW (self), atelier_session_get_trainer (self->session),
                           self->saver);
  self->run_opener = atelier_run_opener_new (self->session);
  g_signal_connect_object (self->run_opener, "replacing", G_CALLBACK (on_run_replacing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_opener, "opened", G_CALLBACK (on_run_opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draw_page, "model-loaded", G_CALLBACK (on_model_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  self->commands =
    atelier_commands_new (GTK_APPLICATION_WINDOW (self), self->session, self->saver);
  self->opener =
    atelier_file_opener_new (GTK_WINDOW (self), self->session, self->draw_page, self->stack);
  add_actions (self);
  atelier_switcher_link (self->switcher_title, self->switcher_bar);
  atelier_latin_keys_watch (GTK_WINDOW (self));
  atelier_focus_keeper_watch (GTK_WINDOW (self));
  watch_session (self);
  show_title (self);
  show_toggle (self);
}

AtelierWindow *
atelier_window_new (AtelierApplication *application)
{
  AtelierWindow *self = g_object_new (ATELIER_TYPE_WINDOW, "application", application, NULL);
  GtkShortcutsWindow *shortcuts =
    gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self));

  /* The .ui file cannot say it: GTK forgets it when it adds the next section. */
  if (shortcuts)
    g_object_set (shortcuts, "section-name", "general", NULL);

  return self;
}

AtelierSession *
atelier_window_get_session (AtelierWindow *self)
{
  g_return_val_if_fail (ATELIER_IS_WINDOW (self), NULL);

  return self->session;
}

/* A run that was cut off */

typedef struct
{
  AtelierWindow *window; /* Borrowed: the toast is in it */
  GFile         *file;   /* Owned */
} LeftModel;

static void
left_model_free (gpointer data)
{
  LeftModel *left = data;

  g_object_unref (left->file);
  g_free (left);
}

static void
on_open_left_cb (gpointer user_data)
{
  LeftModel *left = user_data;

  atelier_draw_page_open_model (left->window->draw_page, left->file);
}

static void
on_left_taken_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (AtelierWindow) self = user_data;
  g_autofree char *path = atelier_model_rescue_take_left_finish (result);
  g_autofree char *name = path ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;
  LeftModel *left;

  if (path == NULL || self->session == NULL)
    return;

  /* Translators: a run that a crash or a power cut ended, and a file's name. */
  text = g_strdup_printf (_("A run that was cut off was kept as %s"), name);
  left = g_new0 (LeftModel, 1);
  left->window = self;
  left->file = g_file_new_for_path (path);
  atelier_toast_offer_call (GTK_WIDGET (self), text, _("Open"), TRUE, on_open_left_cb, left,
                            left_model_free);
}

void
atelier_window_restore (AtelierWindow *self,
                        const char    *spec)
{
  g_return_if_fail (ATELIER_IS_WINDOW (self));
  g_return_if_fail (self->state == NULL);

  atelier_model_rescue_take_left_async (on_left_taken_cb, g_object_ref (self));
  self->state = atelier_window_state_new (self->session);
  if (self->state == NULL)
    {
      atelier_session_load_data (self->session, spec ? spec : "auto");
      return;
    }

  atelier_window_state_bind (self->state, "window-width", self, "default-width");
  atelier_window_state_bind (self->state, "window-height", self, "default-height");
  atelier_window_state_bind (self->state, "window-maximized", self, "maximized");
  atelier_window_state_bind (self->state, "show-sidebar", self->train_page, "show-sidebar");
  atelier_window_state_bind (self->state, "page", self->stack, "visible-child-name");
  atelier_window_state_restore (self->state, spec);
}

void
atelier_window_open_files_async (AtelierWindow       *self,
                                 GListModel          *files,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (ATELIER_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  atelier_file_opener_open_async (self->opener, files, callback, user_data);
}

void
atelier_window_end (AtelierWindow *self)
{
  g_return_if_fail (ATELIER_IS_WINDOW (self));

  drop_question (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  atelier_session_close (self->session);
  atelier_model_saver_rescue (self->saver);
  gtk_window_destroy (GTK_WINDOW (self));
}
