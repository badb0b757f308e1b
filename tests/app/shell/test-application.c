/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program answers on its command line before there is a window, and that the tests of the
 * window leave a person's folders alone. */

#include "config.h"

#include "app-window.h"

static char *loaded_id;

/* Notes the data set that was loaded, and closes the window. */
static void
on_dataset_notify_cb (AtelierSession *session,
                      GParamSpec     *pspec,
                      AtelierWindow  *window)
{
  loaded_id = g_strdup (atelier_dataset_get_id (atelier_session_get_dataset (session)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_window_added_cb (GtkApplication *application,
                    GtkWindow      *window)
{
  if (ATELIER_IS_WINDOW (window))
    g_signal_connect (atelier_window_get_session (ATELIER_WINDOW (window)), "notify::splits",
                      G_CALLBACK (on_dataset_notify_cb), window);
}

static int
run (int    argc,
     char **argv)
{
  g_autoptr (AtelierApplication) application = atelier_application_new ();

  g_clear_pointer (&loaded_id, g_free);
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

static void
test_data_option (void)
{
  char *argv[] = { (char *) "atelier", (char *) "--data", (char *) "synthetic", NULL };

  g_assert_cmpint (run (3, argv), ==, 0);
  g_assert_cmpstr (loaded_id, ==, "sketched-garments");
  g_clear_pointer (&loaded_id, g_free);
}

static void
test_version_opens_no_window (void)
{
  if (g_test_subprocess ())
    {
      char *argv[] = { (char *) "atelier", (char *) "--version", NULL };

      exit (run (2, argv));
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*Atelier " ATELIER_VERSION "*");
}

static void
test_unknown_option (void)
{
  if (g_test_subprocess ())
    {
      char *argv[] = { (char *) "atelier", (char *) "--nonsense", NULL };

      exit (run (2, argv) == 0 ? 0 : 1);
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*--nonsense*");
}

static void
assert_own (const char *path)
{
  g_autofree char *start = g_strconcat (app_get_folder (), G_DIR_SEPARATOR_S, NULL);

  g_assert_true (g_str_has_prefix (path, start));
}

/* GTK keeps the list of recently used files in the user's data folder. */
static void
test_leaves_user_folders_alone (void)
{
  g_autofree char *recently_used = NULL;

  assert_own (g_get_user_cache_dir ());
  assert_own (g_get_user_config_dir ());
  assert_own (g_get_user_data_dir ());
  assert_own (g_get_user_state_dir ());
  g_object_get (gtk_recent_manager_get_default (), "filename", &recently_used, NULL);
  assert_own (recently_used);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/application/data-option", test_data_option);
  g_test_add_func ("/app/application/version", test_version_opens_no_window);
  g_test_add_func ("/app/application/unknown-option", test_unknown_option);
  g_test_add_func ("/app/application/leaves-user-folders-alone", test_leaves_user_folders_alone);

  return g_test_run ();
}
