/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures whether the window's memory grows from run to run.
 *
 * The real window trains the dense report network for one epoch, again and again, on the first data
 * set that is found.  After each tenth run it prints how much memory the process has in RAM, in one
 * JSON object.
 *
 *   bench-runs [RUNS]      50 runs by default
 */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "app-window.h"

#define N_RUNS 50
#define N_AT_ONCE 10

static double
get_resident_mib (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, &error))
    g_error ("%s", error->message);
  words = g_strsplit (text, " ", 3);

  return g_ascii_strtod (words[1], NULL) * (double) sysconf (_SC_PAGESIZE) / (1024.0 * 1024.0);
}

static void
train (AtelierWindow *window)
{
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_COMPLETED);
  app_wait_for_frame (GTK_WIDGET (window));
}

int
main (int   argc,
      char *argv[])
{
  guint n_runs = argc > 1 ? (guint) atoi (argv[1]) : N_RUNS;
  AtelierWindow *window;

  adw_init ();
  window = atelier_window_new (app_get ());
  app_activate (window, "win.network", "report-1");
  app_set_epochs (window, 1);
  atelier_session_load_data (atelier_window_get_session (window), "auto");
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  app_wait_for_frame (GTK_WIDGET (window));

  g_print ("{\n  \"pictures\": %u,\n  \"opened_mib\": %.1f,\n  \"resident_mib\": {",
           atelier_dataset_get_n_images (app_get_dataset (window)), get_resident_mib ());
  for (guint i = 1; i <= n_runs; i++)
    {
      train (window);
      if (i == 1 || i % N_AT_ONCE == 0)
        g_print ("%s \"%u\": %.1f", i > 1 ? "," : "", i, get_resident_mib ());
    }
  g_print (" }\n}\n");
  gtk_window_destroy (GTK_WINDOW (window));

  return EXIT_SUCCESS;
}
