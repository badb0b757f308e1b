/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long a user who drags over the epochs waits for another epoch: from the request to
 * the frame that shows its matrix, its gallery and all else.
 *
 * The real window trains the dense report network for some epochs on the first data set that is
 * found, and then goes from epoch to epoch.  The time includes the wait for the frame clock's next
 * tick; "main_ms" is the time before that, in which the main thread works, and "cpu_ms" is what it
 * computed in all.  The gallery shows all mistakes of the validation split, and either the matrix
 * or the table of classes is visible.  Prints one JSON object.
 */

#include "config.h"

#include <stdlib.h>

#include "app-window.h"
#include "frame-meter.h"

#define N_EPOCHS 4
#define N_SWITCHES 60

typedef struct
{
  double main_ms[N_SWITCHES];
  double shown_ms[N_SWITCHES];
  double cpu_ms[N_SWITCHES];
} Times;

static AtelierWindow *
open_trained_window (void)
{
  AtelierWindow *window = atelier_window_new (app_get ());

  app_activate (window, "win.network", "report-1");
  app_set_epochs (window, N_EPOCHS);

  atelier_session_load_data (atelier_window_get_session (window), "auto");
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_state (app_get_trainer (window))
                  == ATELIER_TRAINER_COMPLETED);
  app_wait_for_frame (GTK_WIDGET (window));

  return window;
}

static double
get_ms_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

static void
switch_epochs (AtelierWindow *window,
               Times         *times)
{
  AtelierFocus *focus = atelier_train_page_get_focus (app_get_train_page (window));

  for (guint i = 0; i < N_SWITCHES; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      gint64 start_cpu_us = frame_meter_get_cpu_us ();

      atelier_focus_set_epoch (focus, 1 + i % N_EPOCHS);
      times->main_ms[i] = get_ms_since (start_us);
      app_wait_for_frame (GTK_WIDGET (window));
      times->shown_ms[i] = get_ms_since (start_us);
      times->cpu_ms[i] = (double) (frame_meter_get_cpu_us () - start_cpu_us) / 1000.0;
    }
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
print_times (const char *name,
             double     *ms,
             const char *end)
{
  qsort (ms, N_SWITCHES, sizeof *ms, compare_doubles);
  g_print ("\"%s\": { \"p50\": %.2f, \"max\": %.2f }%s", name, ms[N_SWITCHES / 2],
           ms[N_SWITCHES - 1], end);
}

static void
measure (AtelierWindow *window,
         const char    *name,
         gboolean       shows_classes,
         const char    *end)
{
  AtelierMatrixPanel *panel =
    atelier_train_page_get_matrix_panel (app_get_train_page (window));
  Times times;

  g_object_set (panel, "show-classes", shows_classes, NULL);
  app_wait_for_frame (GTK_WIDGET (window));
  switch_epochs (window, &times);

  g_print ("  \"%s\": { ", name);
  print_times ("main_ms", times.main_ms, ", ");
  print_times ("shown_ms", times.shown_ms, ", ");
  print_times ("cpu_ms", times.cpu_ms, " }");
  g_print ("%s\n", end);
}

int
main (int   argc,
      char *argv[])
{
  AtelierWindow *window;

  adw_init ();
  window = open_trained_window ();

  g_print ("{\n");
  measure (window, "matrix", FALSE, ",");
  measure (window, "classes", TRUE, "");
  g_print ("}\n");
  gtk_window_destroy (GTK_WINDOW (window));

  return EXIT_SUCCESS;
}
