/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of the curves' figures: rows, clipboard, keyboard. */

#include "config.h"

#include <math.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "pointer.h"
#include "small-runs.h"
#include "train/atelier-figures-window.h"

typedef struct
{
  AtelierFocus         *focus;
  AtelierHistory       *history;
  AtelierSplits        *splits;
  AtelierFiguresWindow *window; /* Owned by GTK until it is destroyed */
} Fixture;

static void
set_run (Fixture        *fixture,
         AtelierHistory *history)
{
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);

  atelier_focus_set_run (fixture->focus, record, fixture->splits);
}

static void
add_epoch (Fixture *fixture,
           guint    epoch)
{
  const AtelierEpochFigures figures = {
    .epoch = epoch, .loss = 0.5 / epoch, .accuracy = 0.8, .penalty = 0.01,
    .train_eval_loss = NAN, .train_eval_accuracy = NAN,
    .validation_loss = 0.25, .validation_accuracy = 0.9125, .seconds = 2.5,
  };
  g_autoptr (AtelierEpoch) item = atelier_epoch_new (&figures, NULL, NULL);

  atelier_history_append_epoch (fixture->history, item);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->focus = atelier_focus_new ();
  fixture->history = atelier_history_new (10, 5);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 20, 10);
  set_run (fixture, fixture->history);
  fixture->window = atelier_figures_window_new (NULL, fixture->focus);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  atelier_focus_set_run (fixture->focus, NULL, NULL);
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static GtkColumnView *
get_view (Fixture *fixture)
{
  g_autoptr (GPtrArray) views = app_find_all (fixture->window, GTK_TYPE_COLUMN_VIEW);

  g_assert_cmpuint (views->len, ==, 1);

  return g_ptr_array_index (views, 0);
}

static gboolean
has_label (Fixture    *fixture,
           const char *text)
{
  g_autoptr (GPtrArray) labels = app_find_all (fixture->window, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && g_str_equal (gtk_label_get_label (g_ptr_array_index (labels, i)), text))
      return TRUE;

  return FALSE;
}

/* There is a row for each finished epoch. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_true (has_label (fixture, "No Figures Yet"));
  add_epoch (fixture, 1);
  add_epoch (fixture, 2);
  app_wait_for_frame (GTK_WIDGET (fixture->window));

  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (get_view (fixture)))), ==,
    2);
  app_wait_until (has_label (fixture, "0.5000"));
  g_assert_true (has_label (fixture, "91.25 %"));
  g_assert_true (has_label (fixture, "–"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_view (fixture)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Figures of every epoch");
}

static void
test_text (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  add_epoch (fixture, 1);
  text = atelier_figures_window_to_text (fixture->window);
  g_assert_cmpstr (text, ==,
                   "Epoch\tTraining Loss\tLoss, No Dropout\tValidation Loss\tPenalty\t"
                   "Training Accuracy\tAccuracy, No Dropout\tValidation Accuracy\tSeconds\n"
                   "1\t0.5000\t–\t0.2500\t0.0100\t80.00 %\t–\t91.25 %\t2.5\n");
}

static void
on_text_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;

  add_epoch (fixture, 1);
  expected = atelier_figures_window_to_text (fixture->window);
  app_activate (fixture->window, "figures.copy", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, on_text_read_cb, &text);
  app_wait_until (text);
  g_assert_cmpstr (text, ==, expected);
}

/* Activating a row goes to its epoch. */
static void
test_row_chooses_the_epoch (Fixture       *fixture,
                            gconstpointer  data)
{
  add_epoch (fixture, 1);
  add_epoch (fixture, 2);
  g_signal_emit_by_name (get_view (fixture), "activate", 0);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 1);
  g_assert_false (atelier_focus_get_live (fixture->focus));
}

static void
test_escape_closes (Fixture       *fixture,
                    gconstpointer  data)
{
  gpointer gone = fixture->window;
  g_autofree char *place = NULL;

  if (!pointer_can_be_moved ())
    return;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &gone);
  place = pointer_format_place (GTK_WIDGET (fixture->window), 200.0, 200.0);
  pointer_do (GTK_WIDGET (fixture->window), place);
  fixture->window = NULL;
  g_spawn_command_line_async ("xdotool key Escape", NULL);
  app_wait_until (gone == NULL);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/figures-window/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("rows", test_rows);
  ADD_TEST ("text", test_text);
  ADD_TEST ("copies", test_copies);
  ADD_TEST ("row-chooses-the-epoch", test_row_chooses_the_epoch);
  ADD_TEST ("escape-closes", test_escape_closes);

  return g_test_run ();
}
