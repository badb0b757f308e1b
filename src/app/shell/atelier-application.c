/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application object.
 *
 * It opens one window, loads the data set that the command line names (--data), opens the files
 * that it names or that the desktop hands over ("open"), and holds the commands that belong to no
 * page: quit and about.  A second start of the program brings the first one's window to the front,
 * and its files are opened there.  All keys are set in one table here, so that none is used twice.
 * The command line is handled by "command-line" and not by local options, because a second start
 * hands it to the first process.  A signal that ends the program is an event of the main loop like
 * any other.  Main thread.
 */

#include "config.h"

#include "shell/atelier-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "kit/atelier-spoken-names.h"
#include "shell/atelier-command-answer.h"
#include "shell/atelier-file-opener.h"
#include "shell/atelier-window.h"

#define N_SIGNALS 3

struct _AtelierApplication
{
  AdwApplication parent_instance;

  guint          sources[N_SIGNALS]; /* 0 before there is a window, and for an ignored signal */
  int            end_signal;         /* 0 until a signal ends the program */
};

G_DEFINE_FINAL_TYPE (AtelierApplication, atelier_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *accels[3];
} Accel;

static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "run.toggle", { "<Control>Return", "F5" } },
  { "run.stop", { "<Control>period" } },
  { "win.page('train')", { "<Alt>1" } },
  { "win.page('draw')", { "<Alt>2" } },
  { "win.page('data')", { "<Alt>3" } },
  { "win.show-sidebar", { "F9" } },
  { "win.help", { "F1" } },
  { "win.show-mistakes", { "<Control>m" } },
  { "win.open-data", { "<Control>o" } },
  { "win.save-model", { "<Control>s" } },
  { "window.close", { "<Control>w" } },
};

static const GOptionEntry options[] = {
  { "data", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Start with this data set: auto, synthetic, or a folder of IDX files"), N_("SPEC") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and leave"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
  { NULL }
};

/* A folder is relative to where the command was given, which need not be where this process was
 * started. */
static char *
resolve_data_spec (GApplicationCommandLine *command_line,
                   const char              *spec)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (g_str_equal (spec, "auto") || g_str_equal (spec, "synthetic"))
    return g_strdup (spec);

  file = g_application_command_line_create_file_for_arg (command_line, spec);

  path = g_file_get_path (file);

  return path ? g_steal_pointer (&path) : g_strdup (spec);
}

static AtelierWindow *
get_window (AtelierApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item; item = item->next)
    if (ATELIER_IS_WINDOW (item->data))
      return item->data;

  return NULL;
}

/* Each window stops its run and saves what it has learned; the application is held until that is
 * written.  Other windows are dialogs, and nobody can answer their questions. */
static void
end_windows (AtelierApplication *self)
{
  g_autolist (GtkWindow) windows =
    g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)),
                      (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  /* A window may take its dialogs with it. */
  for (GList *item = windows; item; item = item->next)
    if (gtk_window_get_application (item->data) == NULL)
      continue;
    else if (ATELIER_IS_WINDOW (item->data))
      atelier_window_end (item->data);
    else
      gtk_window_destroy (item->data);
}

static gboolean
end_by (AtelierApplication *self,
        int                 signal_number)
{
  if (self->end_signal != 0)
    _exit (128 + signal_number);

  self->end_signal = signal_number;
  end_windows (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_sighup_cb (gpointer user_data)
{
  return end_by (user_data, SIGHUP);
}

static gboolean
on_sigint_cb (gpointer user_data)
{
  return end_by (user_data, SIGINT);
}

static gboolean
on_sigterm_cb (gpointer user_data)
{
  return end_by (user_data, SIGTERM);
}

static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* A signal that is ignored from the start stays so: nohup does that with SIGHUP, and a shell with
 * SIGINT for a program in the background. */
static void
watch_signals (AtelierApplication *self)
{
  static const struct { int number; GSourceFunc callback; } signals[N_SIGNALS] = {
    { SIGHUP, on_sighup_cb },
    { SIGINT, on_sigint_cb },
    { SIGTERM, on_sigterm_cb },
  };

  for (guint i = 0; i < N_SIGNALS; i++)
    if (self->sources[i] == 0 && !is_ignored (signals[i].number))
      self->sources[i] = g_unix_signal_add (signals[i].number, signals[i].callback, self);
}

/* @spec: the data set to load in a new window; NULL: that of the last window.  Borrowed. */
static AtelierWindow *
show_window (AtelierApplication *self,
             const char         *spec)
{
  AtelierWindow *window = get_window (self);

  if (window == NULL)
    {
      watch_signals (self);
      window = atelier_window_new (self);
      atelier_window_restore (window, spec);
    }
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* What could not be opened is said where the command was given as well. */
static void
on_files_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AtelierCommandAnswer) answer = user_data; /* nullable */
  g_auto (GStrv) complaints =
    atelier_file_opener_open_finish (ATELIER_FILE_OPENER (source), result);

  for (guint i = 0; answer && complaints[i]; i++)
    atelier_command_answer_complain (answer, complaints[i]);
}

static void
on_quit_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  g_autoptr (GList) windows =
    g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* A window may ask first, as it does during a run. */
  for (GList *item = windows; item; item = item->next)
    gtk_window_close (item->data);
}

static void
on_about_activate_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  static const char *const developers[] = { "The Atelier developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _("Atelier"),
                         "application-icon", ATELIER_APP_ID,
                         "version", ATELIER_VERSION,
                         "developer-name", _("The Atelier developers"),
                         "developers", developers,
                         "website", "https://github.com/atelier-nn/atelier",
                         "issue-url", "https://github.com/atelier-nn/atelier/issues",
                         "copyright", "© The Atelier developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Train small image classifiers, watch them learn, "
                                       "and question their mistakes."),
                         /* Translators: put your names here, one on each line. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static const GActionEntry actions[] = {
  { "quit", on_quit_activate_cb },
  { "about", on_about_activate_cb },
};

static int
atelier_application_handle_local_options (GApplication *application,
                                          GVariantDict *dict)
{
  if (!g_variant_dict_contains (dict, "version"))
    return -1;

  g_print ("%s %s\n", _("Atelier"), ATELIER_VERSION);

  return 0;
}

/* The files of a command line; empty where it names none.  Transfer full. */
static GListStore *
list_files (GApplicationCommandLine *command_line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  GListStore *files = g_list_store_new (G_TYPE_FILE);
  g_autofree const char **names = NULL;

  if (g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &names))
    for (guint i = 0; names[i]; i++)
      {
        g_autoptr (GFile) file =
          g_application_command_line_create_file_for_arg (command_line, names[i]);

        g_list_store_append (files, file);
      }

  return files;
}

static int
atelier_application_command_line (GApplication            *application,
                                  GApplicationCommandLine *command_line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GListStore) files = list_files (command_line);
  gboolean is_new = get_window (ATELIER_APPLICATION (application)) == NULL;
  g_autoptr (AtelierCommandAnswer) answer = NULL;
  g_autofree char *resolved = NULL;
  const char *spec = NULL;
  AtelierSession *session;
  AtelierWindow *window;

  if (g_variant_dict_lookup (dict, "data", "&s", &spec))
    resolved = resolve_data_spec (command_line, spec);
  window = show_window (ATELIER_APPLICATION (application), resolved);
  session = atelier_window_get_session (window);
  answer = atelier_command_answer_new (command_line, session);
  if (resolved && !is_new)
    atelier_session_load_data (session, resolved);
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    atelier_window_open_files_async (window, G_LIST_MODEL (files), on_files_opened_cb,
                                     g_object_ref (answer));

  return 0;
}

static void
atelier_application_open (GApplication  *application,
                          GFile        **files,
                          int            n_files,
                          const char    *hint)
{
  AtelierWindow *window = show_window (ATELIER_APPLICATION (application), NULL);
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);
  atelier_window_open_files_async (window, G_LIST_MODEL (list), on_files_opened_cb, NULL);
}

static void
atelier_application_activate (GApplication *application)
{
  show_window (ATELIER_APPLICATION (application), NULL);
}

static void
atelier_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (atelier_application_parent_class)->startup (application);

  atelier_spoken_names_start ();
  gtk_window_set_default_icon_name (ATELIER_APP_ID);
  /* A text that Tab reaches is not selected as a whole, which looks like a click gone wrong and
   * replaces what another program has selected. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           accels[i].accels);
}

static void
atelier_application_dispose (GObject *object)
{
  AtelierApplication *self = ATELIER_APPLICATION (object);

  for (guint i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);

  G_OBJECT_CLASS (atelier_application_parent_class)->dispose (object);
}

static void
atelier_application_class_init (AtelierApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_application_dispose;
  application_class->handle_local_options = atelier_application_handle_local_options;
  application_class->command_line = atelier_application_command_line;
  application_class->open = atelier_application_open;
  application_class->activate = atelier_application_activate;
  application_class->startup = atelier_application_startup;
}

static void
atelier_application_init (AtelierApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AtelierApplication *
atelier_application_new (void)
{
  return g_object_new (ATELIER_TYPE_APPLICATION,
                       "application-id", ATELIER_APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

int
atelier_application_run (AtelierApplication  *self,
                         int                  argc,
                         char               **argv)
{
  int status;

  g_return_val_if_fail (ATELIER_IS_APPLICATION (self), 1);

  status = g_application_run (G_APPLICATION (self), argc, argv);

  return self->end_signal != 0 ? 128 + self->end_signal : status;
}
