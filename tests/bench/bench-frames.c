/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures whether the window stays smooth while a network is trained with all cores, and how much
 * slower training is.
 *
 * The real window trains the convolutional report network on the first data set that is found.  For
 * some epochs there is no input ("watched").  Then a real pointer hovers over the curves, drags
 * over the epochs, chooses cells of the matrix and scrolls the gallery, with one event every 16 ms
 * ("busy").  In both parts frames are timed, by the clock and by what the main thread computed, and
 * the speed of training is compared with that of "atelier-cli train --json", without a window, just
 * before and just after.  Prints one JSON object.
 *
 *   bench-frames ATELIER-CLI [EPOCHS]      12 epochs by default
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

#include "app-window.h"
#include "frame-meter.h"

#define N_EPOCHS 12
#define N_EPOCHS_OF_TERMINAL 3
#define FIRST_WATCHED_EPOCH 2 /* epochs are counted from 0 here */
#define FIRST_BUSY_EPOCH 6
#define STEP "sleep 0.016 "

typedef struct
{
  AtelierWindow *window;
  GSubprocess   *pointer; /* Owned; moves the real pointer */
  guint          n_rounds;
} Bench;

/* The terminal */

static double
read_images_per_second (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);

  return node ? json_object_get_double_member (json_node_get_object (node), "images_per_second")
              : 0.0;
}

/* The speed of the fastest epoch: other work on the machine only makes epochs slower. */
static double
measure_terminal (const char *cli)
{
  g_autofree char *n_epochs = g_strdup_printf ("%d", N_EPOCHS_OF_TERMINAL);
  const char *argv[] = { cli, "train", "--json", "--epochs", n_epochs, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  double best = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output,
                     NULL, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    best = MAX (best, read_images_per_second (lines[i]));

  return best;
}

/* The pointer */

/* The visible widget number @i_which of a type; NULL if there is none, or no such type. */
static GtkWidget *
find_widget (Bench      *bench,
             const char *type_name,
             guint       i_which)
{
  GType type = g_type_from_name (type_name);
  g_autoptr (GPtrArray) found = type ? app_find_all (bench->window, type) : g_ptr_array_new ();

  return i_which < found->len ? g_ptr_array_index (found, i_which) : NULL;
}

/* Moves the pointer to a place in the widget, given in shares of its size. */
static void
add_move (GString   *line,
          Bench     *bench,
          GtkWidget *widget,
          double     x,
          double     y)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (bench->window), &bounds))
    return;

  g_string_append_printf (line, "mousemove %d %d " STEP,
                          (int) (bounds.origin.x + x * bounds.size.width),
                          (int) (bounds.origin.y + y * bounds.size.height));
}

static void
add_hover (GString   *line,
           Bench     *bench,
           GtkWidget *widget)
{
  for (double x = 0.15; widget && x < 0.95; x += 0.01)
    add_move (line, bench, widget, x, 0.3 + 0.4 * x);
}

static void
add_drag (GString   *line,
          Bench     *bench,
          GtkWidget *widget)
{
  if (widget == NULL)
    return;

  add_move (line, bench, widget, 0.9, 0.5);
  g_string_append (line, "mousedown 1 ");
  for (double x = 0.9; x > 0.1; x -= 0.01)
    add_move (line, bench, widget, x, 0.5);
  for (double x = 0.1; x < 0.9; x += 0.02)
    add_move (line, bench, widget, x, 0.5);
  g_string_append (line, "mouseup 1 ");
}

/* Clicks cell after cell; each click fills the gallery again. */
static void
add_clicks (GString   *line,
            Bench     *bench,
            GtkWidget *widget)
{
  for (guint i = 0; widget && i < 8; i++)
    {
      add_move (line, bench, widget, 0.35 + 0.06 * i, 0.8 - 0.06 * i);
      g_string_append (line, "click 1 " STEP STEP STEP STEP STEP STEP);
    }
}

/* Scrolls through all mistakes, the longest list. */
static void
add_scroll (GString   *line,
            Bench     *bench,
            GtkWidget *widget)
{
  if (widget == NULL)
    return;

  add_move (line, bench, widget, 0.5, 0.6);
  g_string_append (line, "key ctrl+m " STEP STEP STEP STEP);
  for (guint i = 0; i < 60; i++)
    g_string_append (line, "click 5 " STEP);
  for (guint i = 0; i < 60; i++)
    g_string_append (line, "click 4 " STEP);
}

static char *
write_round (Bench *bench)
{
  GString *line = g_string_new ("xdotool ");

  add_hover (line, bench, find_widget (bench, "AtelierCurve", bench->n_rounds % 2));
  add_drag (line, bench, find_widget (bench, "AtelierScrubber", 0));
  add_clicks (line, bench, find_widget (bench, "AtelierMatrixGrid", 0));
  add_scroll (line, bench, find_widget (bench, "AtelierGallery", 0));

  return g_string_free (line, FALSE);
}

static gboolean
is_training (Bench *bench)
{
  return atelier_trainer_get_state (app_get_trainer (bench->window))
         == ATELIER_TRAINER_RUNNING;
}

/* Starts another round while training goes on. */
static void
on_round_done_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Bench *bench = user_data;
  g_autofree char *line = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  if (result && !g_subprocess_wait_check_finish (bench->pointer, result, &error))
    g_error ("%s", error->message);
  g_clear_object (&bench->pointer);
  if (!is_training (bench))
    return;

  line = write_round (bench);
  argv = g_strsplit (g_strstrip (line), " ", -1);
  bench->n_rounds++;
  bench->pointer = g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  if (bench->pointer == NULL)
    g_error ("%s", error->message);
  g_subprocess_wait_check_async (bench->pointer, NULL, on_round_done_cb, bench);
}

/* The window */

static AtelierWindow *
open_window (guint n_epochs)
{
  AtelierWindow *window = atelier_window_new (app_get ());

  app_set_epochs (window, n_epochs);
  atelier_session_load_data (atelier_window_get_session (window), "auto");
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  app_wait_for_frame (GTK_WIDGET (window));

  return window;
}

/* The mean over whole epochs. */
static double
get_images_per_second (AtelierHistory *history,
                       guint           begin,
                       guint           end)
{
  double n_images = 0, seconds = 0;

  for (guint i = begin; i < end; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);

      n_images += figures->images_per_second * figures->seconds;
      seconds += figures->seconds;
    }

  return n_images / seconds;
}

static void
print_times (const char       *name,
             const FrameTimes *times)
{
  g_print ("    \"%s\": { \"n\": %u, \"p50\": %.2f, \"p95\": %.2f, \"p99\": %.2f, "
           "\"max\": %.2f },\n",
           name, times->n, times->p50_ms, times->p95_ms, times->p99_ms, times->max_ms);
}

static void
print_phase (const char        *name,
             const FrameReport *report,
             double             images_per_second,
             double             terminal)
{
  g_print ("  \"%s\": {\n", name);
  print_times ("frame_ms", &report->frames);
  print_times ("interval_ms", &report->intervals);
  print_times ("stall_ms", &report->stalls);
  print_times ("frame_cpu_ms", &report->cpu_frames);
  print_times ("stall_cpu_ms", &report->cpu_stalls);
  g_print ("    \"main_thread_cpu\": %.3f,\n", report->cpu_share);
  g_print ("    \"late_ticks\": %u,\n    \"images_per_second\": %.0f,\n    \"ratio\": %.3f\n  },\n",
           report->n_late, images_per_second, images_per_second / terminal);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { NULL, NULL, 0 };
  g_autoptr (AtelierHistory) history = NULL;
  FrameReport watched, busy;
  double terminal;

  if (argc < 2)
    return EXIT_FAILURE;
  adw_init (); /* not g_test_init (), which makes GTK's warnings fatal */

  terminal = measure_terminal (argv[1]);
  bench.window = open_window (argc > 2 ? atoi (argv[2]) : N_EPOCHS);
  app_activate (bench.window, "run.toggle", NULL);
  history = g_object_ref (atelier_trainer_get_history (app_get_trainer (bench.window)));
  app_wait_until (atelier_history_get_n_epochs (history) >= FIRST_WATCHED_EPOCH);

  frame_meter_begin (GTK_WIDGET (bench.window));
  app_wait_until (atelier_history_get_n_epochs (history) >= FIRST_BUSY_EPOCH);
  frame_meter_end (&watched);

  frame_meter_begin (GTK_WIDGET (bench.window));
  on_round_done_cb (NULL, NULL, &bench);
  app_wait_until (!is_training (&bench));
  frame_meter_end (&busy);

  app_wait_until (bench.pointer == NULL);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  terminal = MAX (terminal, measure_terminal (argv[1]));

  g_print ("{\n");
  print_phase ("watched", &watched,
               get_images_per_second (history, FIRST_WATCHED_EPOCH, FIRST_BUSY_EPOCH), terminal);
  print_phase ("busy", &busy,
               get_images_per_second (history, FIRST_BUSY_EPOCH,
                                      atelier_history_get_n_epochs (history)), terminal);
  g_print ("  \"terminal_images_per_second\": %.0f,\n  \"rounds\": %u\n}\n", terminal,
           bench.n_rounds);

  return EXIT_SUCCESS;
}
