/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long the main thread works for a frame while 60,000 pictures scroll past, as many as
 * Fashion-MNIST has for training, and how long a sorted list of them takes to make.
 *
 * Each frame scrolls by most of a page, so that nearly every tile gets another picture: the worst
 * case for a wheel or a scroll bar.  Needs a display.
 */

#include <adwaita.h>
#include <stdlib.h>

#include "data/atelier-synthetic.h"
#include "pictures/atelier-picture-view.h"

#define N_PICTURES 60000
#define N_CLASSES 10
#define N_FRAMES 200
#define N_SETTLING 20

typedef struct
{
  GtkAdjustment *adjustment;
  gint64         start_us;
  gint64         times_us[N_FRAMES];
  guint          n;
} Scroll;

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
on_before_paint_cb (GdkFrameClock *clock,
                    Scroll        *scroll)
{
  double page = gtk_adjustment_get_page_size (scroll->adjustment);

  scroll->start_us = g_get_monotonic_time ();
  gtk_adjustment_set_value (scroll->adjustment,
                            gtk_adjustment_get_value (scroll->adjustment) + 0.9 * page);
}

static void
on_after_paint_cb (GdkFrameClock *clock,
                   Scroll        *scroll)
{
  if (scroll->n < N_FRAMES)
    scroll->times_us[scroll->n++] = g_get_monotonic_time () - scroll->start_us;
}

static void
measure_scrolling (GtkWidget *window,
                   GtkWidget *view)
{
  GtkWidget *scrolled = gtk_widget_get_first_child (view);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Scroll scroll = {
    .adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
  };

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), &scroll);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), &scroll);
  gdk_frame_clock_begin_updating (clock);
  while (scroll.n < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gdk_frame_clock_end_updating (clock);
  g_signal_handlers_disconnect_by_data (clock, &scroll);

  qsort (scroll.times_us, N_FRAMES, sizeof *scroll.times_us, compare_times);
  g_print ("frame while scrolling: %5.1f ms median, %5.1f ms 99 of 100, %5.1f ms at worst\n",
           scroll.times_us[N_FRAMES / 2] / 1e3, scroll.times_us[N_FRAMES * 99 / 100] / 1e3,
           scroll.times_us[N_FRAMES - 1] / 1e3);
}

static AtelierPredictions *
predict (AtelierSplits *splits)
{
  const guint8 *labels = atelier_splits_get_labels (splits, ATELIER_SPLIT_TRAIN);
  guint n = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);
  g_autofree float *scores = g_new0 (float, (gsize) n * N_CLASSES);

  for (guint i = 0; i < n; i++)
    scores[i * N_CLASSES + (labels[i] + 1u) % N_CLASSES] =
      0.5f + 0.5f * (float) (i * 7919u % n) / (float) n;

  return atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, n, N_CLASSES);
}

int
main (void)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (AtelierPredictions) predictions = NULL;
  AtelierPictureList *list;
  GtkWidget *window, *view;
  gint64 start_us;

  if (!gtk_init_check ())
    {
      g_print ("there is no display\n");
      return 77;
    }
  adw_init ();
  dataset = atelier_synthetic_new (ATELIER_SYNTHETIC_SEED, N_PICTURES, 10);
  splits = atelier_splits_new_first (dataset, 0, NULL);
  predictions = predict (splits);

  view = g_object_new (ATELIER_TYPE_PICTURE_VIEW, "says-truth", TRUE, NULL);
  list = atelier_picture_view_get_list (ATELIER_PICTURE_VIEW (view));
  window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 360);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (view))
    g_main_context_iteration (NULL, TRUE);

  start_us = g_get_monotonic_time ();
  atelier_picture_list_fill (list, splits, predictions, &mistakes, ATELIER_ORDER_MOST_CERTAIN,
                             NULL);
  g_print ("list of %u:        %5.1f ms\n", g_list_model_get_n_items (G_LIST_MODEL (list)),
           (g_get_monotonic_time () - start_us) / 1e3);
  for (guint i = 0; i < N_SETTLING; i++)
    g_main_context_iteration (NULL, TRUE);
  measure_scrolling (window, view);
  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
