/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app-window.h"

#include <locale.h>

#include "idx-files.h"
#include "kit/atelier-number-row.h"
#include "quark-array.h"

static char *folder; /* Owned until the program ends */
static guint wait_source;

static gboolean
on_wake_up_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The source only wakes the loop, so that the deadline is checked. */
gint64
app_wait_begin (void)
{
  g_assert_cmpuint (wait_source, ==, 0);
  wait_source = g_timeout_add_seconds (1, on_wake_up_cb, NULL);

  return g_get_monotonic_time () + APP_WAIT_SECONDS * G_USEC_PER_SEC;
}

void
app_wait_end (void)
{
  g_source_remove (wait_source);
  wait_source = 0;
}

static void
on_after_paint_cb (GdkFrameClock *clock,
                   gboolean      *is_painted)
{
  *is_painted = TRUE;
}

void
app_wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean is_painted = FALSE;
  gulong handler =
    g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), &is_painted);

  gtk_widget_queue_draw (widget);
  app_wait_until (is_painted);
  g_signal_handler_disconnect (clock, handler);
}

static void
remove_folder (void)
{
  idx_files_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
}

/* Before GLib or GTK asks for one of them.  G_TEST_OPTION_ISOLATE_DIRS does not do here: it also
 * hides the system's folders, where GTK finds its icons. */
static void
create_user_folders (void)
{
  static const struct { const char *variable; const char *name; } folders[] = {
    { "XDG_CACHE_HOME", "cache" },
    { "XDG_CONFIG_HOME", "config" },
    { "XDG_DATA_HOME", "data" },
    { "XDG_STATE_HOME", "state" },
  };

  folder = idx_files_create_folder ();
  atexit (remove_folder);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folder, folders[i].name, NULL);

      g_setenv (folders[i].variable, path, TRUE);
    }
}

void
app_test_init (int    *argc,
               char ***argv)
{
  create_user_folders ();
  setlocale (LC_ALL, "");
  quark_array_expect_loss ();
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      exit (0);
    }
  adw_init ();
}

const char *
app_get_folder (void)
{
  return folder;
}

AtelierApplication *
app_get (void)
{
  static AtelierApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = atelier_application_new ();
      g_application_set_flags (G_APPLICATION (application),
                               g_application_get_flags (G_APPLICATION (application))
                                 | G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      g_application_set_default (G_APPLICATION (application));
    }

  return application;
}

AtelierWindow *
app_open_window_with (const char *spec)
{
  AtelierWindow *window = atelier_window_new (app_get ());

  atelier_session_load_data (atelier_window_get_session (window), spec);
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return window;
}

AtelierWindow *
app_open_window (void)
{
  return app_open_window_with ("synthetic");
}

void
app_close_window (AtelierWindow *window)
{
  gpointer open_window = window;
  gpointer trainer = app_get_trainer (window);

  g_object_add_weak_pointer (G_OBJECT (window), &open_window);
  g_object_add_weak_pointer (trainer, &trainer);
  app_activate (window, "win.stop-and-close", NULL);
  app_wait_until (open_window == NULL);
  app_wait_until (trainer == NULL);
}

void
app_activate (gpointer    widget,
              const char *action,
              const char *string_target)
{
  gboolean is_found;

  if (string_target)
    is_found = gtk_widget_activate_action (widget, action, "s", string_target);
  else
    is_found = gtk_widget_activate_action (widget, action, NULL);
  g_assert_true (is_found);
}

gboolean
app_is_action_enabled (AtelierWindow *window,
                       const char    *group,
                       const char    *name)
{
  g_autofree char *full_name = g_strdup_printf ("%s.%s", group, name);
  gboolean is_enabled = FALSE;

  if (g_str_equal (group, "win"))
    return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name);

  /* A button is sensitive when its action is enabled. */
  {
    g_autoptr (GPtrArray) buttons = app_find_all (window, GTK_TYPE_BUTTON);

    for (guint i = 0; i < buttons->len; i++)
      {
        GtkWidget *button = g_ptr_array_index (buttons, i);

        if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), full_name) == 0)
          is_enabled = gtk_widget_get_sensitive (button);
      }
  }

  return is_enabled;
}

AtelierTrainer *
app_get_trainer (AtelierWindow *window)
{
  return atelier_session_get_trainer (atelier_window_get_session (window));
}

AtelierHistory *
app_get_history (AtelierWindow *window)
{
  return atelier_trainer_get_history (app_get_trainer (window));
}

AtelierDataset *
app_get_dataset (AtelierWindow *window)
{
  return atelier_session_get_dataset (atelier_window_get_session (window));
}

AtelierTrainPage *
app_get_train_page (AtelierWindow *window)
{
  g_autoptr (GPtrArray) pages = app_find_all (window, ATELIER_TYPE_TRAIN_PAGE);

  g_assert_cmpuint (pages->len, ==, 1);

  return g_ptr_array_index (pages, 0);
}

const AtelierRecipeValues *
app_get_recipe_values (AtelierWindow *window)
{
  return atelier_recipe_get_values (
    atelier_session_get_recipe (atelier_window_get_session (window)));
}

AtelierTrainerState
app_get_state (AtelierWindow *window)
{
  return atelier_trainer_get_state (app_get_trainer (window));
}

guint
app_get_n_epochs (AtelierWindow *window)
{
  AtelierHistory *history = app_get_history (window);

  return history ? atelier_history_get_n_epochs (history) : 0;
}

void
app_set_epochs (AtelierWindow *window,
                guint          n_epochs)
{
  AtelierSession *session = atelier_window_get_session (window);
  g_autoptr (AtelierRecipe) recipe =
    atelier_recipe_new_with_epochs (atelier_session_get_recipe (session), n_epochs, NULL);

  atelier_session_set_recipe (session, recipe);
}

void
app_set_number (AtelierWindow *window,
                const char    *title,
                const char    *text)
{
  AtelierNumberRow *row =
    app_find_titled (app_get_train_page (window), ATELIER_TYPE_NUMBER_ROW, title);

  atelier_number_row_set_text (row, text);
}

void
app_click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

GPtrArray *
app_find_all (gpointer root,
              GType    type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, type, found);

  return found;
}

gboolean
app_has_label (gpointer    root,
               const char *text)
{
  g_autoptr (GPtrArray) labels = app_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
      return TRUE;

  return FALSE;
}

gpointer
app_find_titled (gpointer    root,
                 GType       type,
                 const char *text)
{
  g_autoptr (GPtrArray) widgets = app_find_all (root, type);

  for (guint i = 0; i < widgets->len; i++)
    {
      GObject *widget = g_ptr_array_index (widgets, i);
      const char *name =
        g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "title") ? "title" : "label";
      g_autofree char *value = NULL;

      g_object_get (widget, name, &value, NULL);
      if (g_strcmp0 (value, text) == 0)
        return widget;
    }
  g_error ("There is no %s called “%s”", g_type_name (type), text);
}
