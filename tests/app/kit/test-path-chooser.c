/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file dialog in a real window: choosing, cancelling, and closing it with the widget that
 * asked. */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "file-dialog.h"
#include "kit/atelier-path-chooser.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *label;
  char      *folder;
  char      *first;  /* path of a file in the folder */
  char      *second;
} Fixture;

/* From the callbacks. */
static guint   n_calls;
static char   *chosen_path;
static guint   n_chosen_files;
static guint   n_freed;

static char *
write_file (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));

  return g_steal_pointer (&path);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = adw_window_new ();
  fixture->label = gtk_label_new ("Asks");
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->label);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_for_frame (fixture->label);
  fixture->folder = g_dir_make_tmp ("atelier-chooser-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->first = write_file (fixture->folder, "first.json");
  fixture->second = write_file (fixture->folder, "second.json");
  n_calls = n_chosen_files = n_freed = 0;
  g_clear_pointer (&chosen_path, g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_cmpint (g_remove (fixture->first), ==, 0);
  g_assert_cmpint (g_remove (fixture->second), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->first);
  g_free (fixture->second);
  g_free (fixture->folder);
}

static void
on_path_cb (GtkWindow  *parent,
            const char *path,
            gpointer    user_data)
{
  g_assert_true (GTK_IS_WINDOW (parent));
  /* The data are freed after the callback. */
  g_assert_cmpuint (n_freed, ==, 0);
  g_assert_cmpstr (user_data, ==, "data");
  n_calls++;
  chosen_path = g_strdup (path);
}

static void
on_files_cb (GtkWidget  *widget,
             GListModel *files,
             gpointer    user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  g_assert_true (GTK_IS_LABEL (widget));
  g_assert_cmpuint (n_freed, ==, 0);
  g_assert_cmpstr (user_data, ==, "data");
  n_calls++;
  n_chosen_files = g_list_model_get_n_items (files);
  chosen_path = g_file_get_path (file);
}

static void
free_data (gpointer data)
{
  n_freed++;
  g_free (data);
}

static GtkDialog *
ask_for_path (Fixture *fixture)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_NETWORKS,
    .title = "A network",
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .filter_name = "Networks",
    .filter_suffix = "json",
  };

  atelier_path_chooser_ask (GTK_WINDOW (fixture->window), &request, on_path_cb, g_strdup ("data"),
                            free_data);
  app_wait_until (file_dialog_find ());

  return file_dialog_find ();
}

static GtkDialog *
ask_for_files (Fixture *fixture)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_PICTURES,
    .title = "Files",
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .is_multiple = TRUE,
  };

  atelier_path_chooser_ask_files (fixture->label, &request, on_files_cb, g_strdup ("data"),
                                  free_data);
  app_wait_until (file_dialog_find ());

  return file_dialog_find ();
}

static void
test_path (Fixture       *fixture,
           gconstpointer  data)
{
  GtkDialog *dialog;

  if (!file_dialog_can_be_shown ())
    return;
  dialog = ask_for_path (fixture);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "A network");
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  file_dialog_select (fixture->first);
  file_dialog_answer (TRUE);
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_cmpstr (chosen_path, ==, fixture->first);
  g_assert_cmpuint (n_freed, ==, 1);
}

static gboolean
is_in (GtkDialog  *dialog,
       const char *path)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (dialog));

  return folder && g_strcmp0 (g_file_peek_path (folder), path) == 0;
}

/* Each purpose has a folder of its own. */
static void
test_folder_is_kept (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *other_folder = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *third = NULL;
  GtkDialog *dialog;

  if (!file_dialog_can_be_shown ())
    return;
  g_assert_cmpint (g_mkdir (other_folder, 0700), ==, 0);
  third = write_file (other_folder, "third.png");
  ask_for_path (fixture);
  file_dialog_select (fixture->first);
  file_dialog_answer (TRUE);
  n_freed = 0;
  ask_for_files (fixture);
  file_dialog_select (third);
  file_dialog_answer (TRUE);

  dialog = ask_for_path (fixture);
  app_wait_until (is_in (dialog, fixture->folder));
  file_dialog_answer (FALSE);
  dialog = ask_for_files (fixture);
  app_wait_until (is_in (dialog, other_folder));
  file_dialog_answer (FALSE);

  /* A folder that is gone is no place to begin. */
  g_assert_cmpint (g_remove (third), ==, 0);
  g_assert_cmpint (g_rmdir (other_folder), ==, 0);
  g_assert_false (is_in (ask_for_files (fixture), other_folder));
  file_dialog_answer (FALSE);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  if (!file_dialog_can_be_shown ())
    return;
  ask_for_path (fixture);
  file_dialog_select (fixture->first);
  file_dialog_answer (FALSE);
  g_assert_cmpuint (n_calls, ==, 0);
  g_assert_cmpuint (n_freed, ==, 1);
}

static void
test_ask_twice (Fixture       *fixture,
                gconstpointer  data)
{
  if (!file_dialog_can_be_shown ())
    return;
  ask_for_path (fixture);
  ask_for_path (fixture);
  g_assert_cmpuint (n_freed, ==, 1);
  file_dialog_answer (FALSE);
  g_assert_cmpuint (n_freed, ==, 2);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  GtkDialog *dialog;

  if (!file_dialog_can_be_shown ())
    return;
  dialog = ask_for_files (fixture);
  g_assert_true (gtk_file_chooser_get_select_multiple (GTK_FILE_CHOOSER (dialog)));
  file_dialog_select (fixture->second);
  file_dialog_answer (TRUE);
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_cmpuint (n_chosen_files, ==, 1);
  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_cmpstr (chosen_path, ==, fixture->second);
}

static void
test_widget_goes (Fixture       *fixture,
                  gconstpointer  data)
{
  gpointer dialog;

  if (!file_dialog_can_be_shown ())
    return;
  dialog = ask_for_files (fixture);
  g_object_add_weak_pointer (dialog, &dialog);
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  app_wait_until (!dialog);
  g_assert_cmpuint (n_calls, ==, 0);
  g_assert_cmpuint (n_freed, ==, 1);
}

static void
test_window_goes (Fixture       *fixture,
                  gconstpointer  data)
{
  gpointer dialog;

  if (!file_dialog_can_be_shown ())
    return;
  dialog = ask_for_path (fixture);
  g_object_add_weak_pointer (dialog, &dialog);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  app_wait_until (!dialog);
  g_assert_cmpuint (n_calls, ==, 0);
  g_assert_cmpuint (n_freed, ==, 1);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/kit/path-chooser/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);
  ADD_TEST ("path", test_path);
  ADD_TEST ("folder-is-kept", test_folder_is_kept);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("ask-twice", test_ask_twice);
  ADD_TEST ("files", test_files);
  ADD_TEST ("widget-goes", test_widget_goes);
  ADD_TEST ("window-goes", test_window_goes);

  return g_test_run ();
}
