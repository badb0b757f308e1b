/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the time from a stroke to the bars on the Draw page, with the convolutional report
 * network, in a real window.
 *
 * GDK delivers the pointer's moves at the beginning of a frame; so do the strokes here.  The time
 * runs from there to the frame's layout, where the bars have their new values: it includes the
 * steps to the network's input, the prediction, and the bars.  Nearest pictures are searched
 * meanwhile, as always.  Prints percentiles in milliseconds; the aim is below 16 at the 99th.
 */

#include <stdlib.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "draw/atelier-draw-page.h"
#include "small-runs.h"

#define N_FRAMES 1000

typedef struct
{
  AtelierSketch *sketch;
  gint64         begun;
  guint          n_frames;
  double         milliseconds[N_FRAMES];
} Bench;

static void
on_before_paint_cb (Bench         *bench,
                    GdkFrameClock *clock)
{
  guint i = bench->n_frames;

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
  bench->begun = g_get_monotonic_time ();
  if (i % 40 == 0)
    atelier_sketch_clear (bench->sketch);
  if (i % 40 == 0)
    atelier_sketch_begin_stroke (bench->sketch, 5.0, 5.0, 1.0);
  atelier_sketch_continue_stroke (bench->sketch, 5.0 + i % 7 * 3.0, 5.0 + i % 40 * 0.5, 1.0);
}

static void
on_layout_cb (Bench *bench)
{
  if (bench->begun == 0 || bench->n_frames == N_FRAMES)
    return;
  bench->milliseconds[bench->n_frames++] =
    (double) (g_get_monotonic_time () - bench->begun) / 1000.0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static AtelierTrainer *
train (AtelierSplits *splits)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  AtelierTrainer *trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  preset_recipe_init (&recipe, "report-2");
  recipe.n_epochs = 1;
  start_with_values (trainer, network, &recipe, splits, 1, &error);
  g_assert_no_error (error);
  app_wait_until (!atelier_trainer_is_active (trainer));
  return trainer;
}

int
main (int   argc,
      char *argv[])
{
  static Bench bench;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (AtelierTrainer) trainer = NULL;
  GtkWidget *window;
  GtkWidget *page;
  GdkFrameClock *clock;

  app_test_init (&argc, &argv);
  splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 12000, 1000);
  trainer = train (splits);
  window = adw_window_new ();
  page = atelier_draw_page_new ();
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  atelier_draw_page_set_splits (ATELIER_DRAW_PAGE (page), splits);
  atelier_draw_page_set_trainer (ATELIER_DRAW_PAGE (page), trainer);
  gtk_window_present (GTK_WINDOW (window));
  app_wait_for_frame (page);

  bench.sketch = atelier_draw_page_get_sketch (ATELIER_DRAW_PAGE (page));
  clock = gtk_widget_get_frame_clock (page);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (on_before_paint_cb), &bench);
  g_signal_connect_swapped (clock, "layout", G_CALLBACK (on_layout_cb), &bench);
  gdk_frame_clock_begin_updating (clock);
  app_wait_until (bench.n_frames == N_FRAMES);
  gdk_frame_clock_end_updating (clock);
  g_signal_handlers_disconnect_by_data (clock, &bench);

  qsort (bench.milliseconds, N_FRAMES, sizeof *bench.milliseconds, compare);
  g_print ("from stroke to bars, %u frames: median %.2f ms, 99th percentile %.2f ms, "
           "most %.2f ms\n",
           N_FRAMES, bench.milliseconds[N_FRAMES / 2], bench.milliseconds[N_FRAMES * 99 / 100],
           bench.milliseconds[N_FRAMES - 1]);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
