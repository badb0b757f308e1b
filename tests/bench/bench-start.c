/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long a user waits for the window, and for the data in it.
 *
 * The program starts itself again, as the desktop would start Atelier: the child is the
 * application, which also reads the clock at three moments.  The window's time runs from before the
 * child exists to the end of the first frame on the screen.  The data set's time runs from the
 * request for it to the window's having it; the time from before the child exists to that moment is
 * printed too.  The first start fills the disk's cache and is not counted.  Prints one JSON object.
 *
 *   bench-start [DATA]      DATA as for --data; auto by default
 */

#include "config.h"

#include <stdlib.h>

#include "shell/atelier-window.h"

#define N_STARTS 11
#define CHILD_OPTION "--child"

/* Used in the child.  All times are of the monotonic clock. */
static gint64 first_frame_us;
static gint64 asked_us;
static gint64 loaded_us;

static void
leave_when_done (GtkWidget *window)
{
  if (first_frame_us == 0 || loaded_us == 0)
    return;

  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", first_frame_us,
           asked_us, loaded_us);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_after_paint_cb (GdkFrameClock *clock,
                   GtkWidget     *window)
{
  if (first_frame_us != 0)
    return;

  first_frame_us = g_get_monotonic_time ();
  leave_when_done (window);
}

static void
on_map_cb (GtkWidget *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_after_paint_cb), window, 0);
}

static void
on_loading_notify_cb (AtelierWindow *window)
{
  if (asked_us == 0)
    asked_us = g_get_monotonic_time ();
}

static void
on_dataset_notify_cb (GtkWidget *window)
{
  loaded_us = g_get_monotonic_time ();
  leave_when_done (window);
}

static void
on_window_added_cb (GtkApplication *application,
                    GtkWindow      *window)
{
  g_signal_connect_after (window, "map", G_CALLBACK (on_map_cb), NULL);
  g_signal_connect (window, "notify::is-loading", G_CALLBACK (on_loading_notify_cb), NULL);
  g_signal_connect (window, "notify::dataset", G_CALLBACK (on_dataset_notify_cb), NULL);
}

static int
run_child (const char *data)
{
  char *argv[] = { (char *) "atelier", (char *) "--data", (char *) data, NULL };
  g_autoptr (AtelierApplication) application = atelier_application_new ();

  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);

  return g_application_run (G_APPLICATION (application), 3, argv);
}

typedef struct
{
  double frame_ms; /* from the start to the first frame */
  double load_ms;  /* from the request for the data set to the window with it */
  double ready_ms; /* from the start to the window with the data set */
} Times;

static double
to_ms (gint64 us)
{
  return us / 1e3;
}

static gboolean
start_once (const char *program,
            const char *data,
            Times      *times)
{
  const char *argv[] = { program, CHILD_OPTION, data, NULL };
  gint64 before_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  gint64 frame_us, request_us, ready_us;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL,
                     &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  if (sscanf (output, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &frame_us,
              &request_us, &ready_us)
      != 3)
    return FALSE;

  times->frame_ms = to_ms (frame_us - before_us);
  times->load_ms = to_ms (ready_us - request_us);
  times->ready_ms = to_ms (ready_us - before_us);

  return TRUE;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
print_field (const char *name,
             double     *values,
             const char *end)
{
  qsort (values, N_STARTS, sizeof *values, compare_doubles);
  g_print ("  \"%s\": { \"min\": %.1f, \"median\": %.1f, \"max\": %.1f }%s\n", name, values[0],
           values[N_STARTS / 2], values[N_STARTS - 1], end);
}

int
main (int   argc,
      char *argv[])
{
  const char *data = argc > 1 ? argv[argc - 1] : "auto";
  double frame_ms[N_STARTS], load_ms[N_STARTS], ready_ms[N_STARTS];
  Times times;

  if (argc == 3 && g_str_equal (argv[1], CHILD_OPTION))
    return run_child (data);

  if (!start_once (argv[0], data, &times))
    return EXIT_FAILURE;
  for (guint i = 0; i < N_STARTS; i++)
    {
      if (!start_once (argv[0], data, &times))
        return EXIT_FAILURE;
      frame_ms[i] = times.frame_ms;
      load_ms[i] = times.load_ms;
      ready_ms[i] = times.ready_ms;
    }

  g_print ("{\n  \"starts\": %d,\n", N_STARTS);
  print_field ("first_frame_ms", frame_ms, ",");
  print_field ("data_ms", load_ms, ",");
  print_field ("ready_ms", ready_ms, "");
  g_print ("}\n");

  return EXIT_SUCCESS;
}
