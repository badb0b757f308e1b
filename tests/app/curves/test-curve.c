/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Charts in a window of their own, with pointer and keys. */

#include "config.h"

#include <math.h>

#include "app-window.h"
#include "curves/atelier-curve.h"
#include "data/atelier-synthetic.h"
#include "keyboard.h"
#include "pointer.h"
#include "small-runs.h"

#define N_TRAIN 20
#define BATCHES_PER_EPOCH 10

typedef struct
{
  AtelierFocus     *focus;
  AtelierCurveView *view;
  AtelierHistory   *history;
  AtelierSplits    *splits;
  AtelierCurve     *curve;  /* Owned by the window */
  GtkWidget        *window; /* Owned by GTK until it is destroyed; NULL until show () */
} Fixture;

static void
set_run (Fixture        *fixture,
         AtelierHistory *history)
{
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);

  atelier_focus_set_run (fixture->focus, record, fixture->splits);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->focus = atelier_focus_new ();
  fixture->view = atelier_curve_view_new ();
  fixture->history = atelier_history_new (BATCHES_PER_EPOCH, 4);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, N_TRAIN, 10);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static void
show (Fixture        *fixture,
      AtelierMeasure  measure)
{
  fixture->curve = g_object_new (ATELIER_TYPE_CURVE, "measure", measure, NULL);
  set_run (fixture, fixture->history);
  atelier_curve_set_focus (fixture->curve, fixture->focus, fixture->view);

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 240);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->curve));
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
  app_wait_for_frame (fixture->window);
}

static void
add_epoch (AtelierHistory *history,
           guint           epoch,
           double          loss)
{
  const AtelierEpochFigures figures = {
    .epoch = epoch,
    .loss = loss,
    .accuracy = 1.0 - loss,
    .penalty = 0.01,
    .train_eval_loss = loss - 0.05,
    .train_eval_accuracy = 1.05 - loss,
    .validation_loss = loss + 0.1,
    .validation_accuracy = 0.9 - loss,
    .seconds = 1.0,
    .images_per_second = 1000.0,
    .elapsed_seconds = epoch,
  };
  g_autoptr (AtelierEpoch) item = atelier_epoch_new (&figures, NULL, NULL);

  atelier_history_append_epoch (history, item);
}

static void
add_epochs (Fixture *fixture,
            guint    n)
{
  for (guint epoch = 1; epoch <= n; epoch++)
    add_epoch (fixture->history, epoch, 0.5 / epoch);
}

static void
get_chart (Fixture            *fixture,
           AtelierChart       *chart,
           AtelierChartLayout *layout)
{
  static AtelierSeries series[ATELIER_CURVE_MAX_SERIES];

  atelier_curve_describe (fixture->curve, series, chart);
  atelier_chart_get_layout (chart, gtk_widget_get_width (GTK_WIDGET (fixture->curve)),
                            gtk_widget_get_height (GTK_WIDGET (fixture->curve)), layout);
}

/* xdotool's command that moves the pointer to a value of x. */
static char *
format_way (Fixture *fixture,
            double   value)
{
  AtelierChart chart;
  AtelierChartLayout layout;

  get_chart (fixture, &chart, &layout);

  return pointer_format_place (GTK_WIDGET (fixture->curve),
                               atelier_chart_value_to_x (&chart, &layout, value),
                               layout.y + layout.height / 2.0);
}

static void
go_to (Fixture    *fixture,
       double      value,
       const char *then)
{
  g_autofree char *way = format_way (fixture, value);
  g_autofree char *commands = g_strconcat (way, then, NULL);

  pointer_do (fixture->window, commands);
}

static guint
get_cursor (Fixture *fixture)
{
  return atelier_curve_view_get_cursor (fixture->view);
}

static void
test_draws_any_number (Fixture       *fixture,
                       gconstpointer  data)
{
  const guint sizes[] = { 0, 1, 2, 100000 };
  g_autofree float *figures = g_new (float, 100000);
  g_autofree float *seconds = g_new (float, 100000);

  for (guint i = 0; i < 100000; i++)
    {
      figures[i] = i % 1000 == 7 ? NAN : 1.0f / (1.0f + (float) i);
      seconds[i] = (float) i;
    }

  show (fixture, ATELIER_MEASURE_LOSS);
  g_object_set (fixture->view, "smooth", TRUE, "penalty", TRUE, "train-eval", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int unit = ATELIER_X_EPOCHS; unit <= ATELIER_X_SECONDS; unit++)
      {
        g_autoptr (AtelierHistory) history = atelier_history_new (10000, 10);

        atelier_history_append_batches (history, figures, figures, seconds, sizes[i]);
        if (sizes[i] > 1)
          add_epoch (history, 1, 0.5);
        g_object_set (fixture->view, "unit", unit, "log-loss", unit % 2 == 1, NULL);
        set_run (fixture, history);
        app_wait_for_frame (fixture->window);
        atelier_focus_set_run (fixture->focus, NULL, NULL);
      }
}

static void
test_describes_the_cursor (Fixture       *fixture,
                           gconstpointer  data)
{
  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);

  atelier_curve_view_set_cursor (fixture->view, 2);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->curve),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Epoch 2: training 0.250, validation 0.350");
  g_object_set (fixture->view, "train-eval", TRUE, "penalty", TRUE, "unit", ATELIER_X_SECONDS,
                NULL);
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (fixture->curve), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    "Epoch 2, 2.0\302\240s: training 0.250, validation 0.350, training, no dropout 0.200, "
    "penalty 0.010");
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *sentence = NULL;

  show (fixture, ATELIER_MEASURE_ACCURACY);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->curve), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->curve),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Accuracy curves");

  add_epochs (fixture, 1);
  sentence = atelier_focus_describe_run (fixture->focus);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->curve),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
}

/* With another run the cursor and the zoom of the last are gone. */
static void
test_new_history (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierHistory) other = atelier_history_new (BATCHES_PER_EPOCH, 10);
  double min, max;

  add_epochs (fixture, 2);
  show (fixture, ATELIER_MEASURE_LOSS);
  atelier_curve_view_set_cursor (fixture->view, 1);
  atelier_curve_view_zoom (fixture->view, 1.0, 2.0);
  set_run (fixture, other);

  g_assert_cmpuint (get_cursor (fixture), ==, 0);
  g_assert_false (atelier_curve_view_get_zoom (fixture->view, &min, &max));
  add_epoch (fixture->history, 3, 0.4);
  atelier_focus_set_run (fixture->focus, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&other));
}

/* Hovering shows the nearest epoch, as long as the pointer is there. */
static void
test_hover (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *outside = NULL;

  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  go_to (fixture, 2.2, "");
  app_wait_until (get_cursor (fixture) == 2);
  go_to (fixture, 4.0, "");
  app_wait_until (get_cursor (fixture) == 3);
  outside = pointer_format_place (fixture->window, 1000.0, 700.0);
  pointer_do (fixture->window, outside);
  app_wait_until (get_cursor (fixture) == 0);
}

static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  go_to (fixture, 1.2, " click 1");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 1);
  g_assert_false (atelier_focus_get_live (fixture->focus));
}

/* Dragging zooms into what was dragged over. */
static void
test_drag (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *middle = NULL;
  g_autofree char *end = NULL;
  g_autofree char *then = NULL;
  double min = 0.0;
  double max = 0.0;

  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  middle = format_way (fixture, 2.0);
  end = format_way (fixture, 2.5);
  then = g_strconcat (" mousedown 1 ", middle, " ", end, " mouseup 1", NULL);
  go_to (fixture, 1.0, then);
  app_wait_until (atelier_curve_view_get_zoom (fixture->view, &min, &max));
  g_assert_cmpfloat_with_epsilon (min, 1.0, 0.03);
  g_assert_cmpfloat_with_epsilon (max, 2.5, 0.03);
  g_assert_true (atelier_focus_get_live (fixture->focus));
}

/* A double click shows the whole run again and changes nothing else. */
static void
test_double_click (Fixture       *fixture,
                   gconstpointer  data)
{
  double min, max;

  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  atelier_curve_view_zoom (fixture->view, 1.0, 2.5);
  go_to (fixture, 1.5, " click --repeat 2 --delay 100 1");
  app_wait_until (!atelier_curve_view_get_zoom (fixture->view, &min, &max));
  g_assert_true (atelier_focus_get_live (fixture->focus));
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 3);
}

/* Without a window manager the keys go to the window below the pointer. */
static void
take_keys (Fixture *fixture)
{
  pointer_put (fixture->window, 2.0, 2.0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->curve));
  pointer_do (fixture->window, "key Escape");
  app_wait_until (get_cursor (fixture) == 0);
}

static void
test_cursor_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  take_keys (fixture);
  pointer_do (fixture->window, "key Left");
  app_wait_until (get_cursor (fixture) == 3);
  pointer_do (fixture->window, "key Left");
  app_wait_until (get_cursor (fixture) == 2);
  pointer_do (fixture->window, "key Home");
  app_wait_until (get_cursor (fixture) == 1);
  pointer_do (fixture->window, "key Left");
  pointer_do (fixture->window, "key Return");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 1);
  pointer_do (fixture->window, "key Page_Down");
  app_wait_until (get_cursor (fixture) == 3);
  pointer_do (fixture->window, "key Escape");
  app_wait_until (get_cursor (fixture) == 0);
}

/* The figures go when the focus goes elsewhere, and stay when another window is looked at. */
static void
test_cursor_leaves (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *box, *button, *other;

  if (!pointer_can_be_moved ())
    return;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  button = gtk_button_new_with_label ("after");
  other = gtk_window_new ();
  add_epochs (fixture, 3);
  show (fixture, ATELIER_MEASURE_LOSS);
  g_object_ref (fixture->curve);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->curve), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->curve));
  gtk_box_append (GTK_BOX (box), button);
  g_object_unref (fixture->curve);
  gtk_window_present (GTK_WINDOW (other));
  app_wait_until (gtk_widget_get_mapped (other) && gtk_widget_get_height (button) > 0);

  /* The pointer would move the figures along. */
  pointer_put (button, 2.0, 2.0);
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->curve));
  pointer_do (fixture->window, "key End");
  app_wait_until (get_cursor (fixture) == 3);
  keyboard_focus_window (GTK_WINDOW (other));
  app_wait_until (!gtk_window_is_active (GTK_WINDOW (fixture->window)));
  g_assert_cmpuint (get_cursor (fixture), ==, 3);
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (get_cursor (fixture), ==, 3);
  pointer_do (fixture->window, "key Tab");
  app_wait_until (gtk_widget_is_focus (button));
  g_assert_cmpuint (get_cursor (fixture), ==, 0);

  gtk_window_destroy (GTK_WINDOW (other));
}

/* Keys zoom around the cursor, which stays in the visible part when it moves on. */
static void
test_zoom_keys (Fixture       *fixture,
                gconstpointer  data)
{
  double min = 0.0;
  double max = 0.0;

  if (!pointer_can_be_moved ())
    return;

  add_epochs (fixture, 4);
  show (fixture, ATELIER_MEASURE_LOSS);
  take_keys (fixture);
  pointer_do (fixture->window, "key End");
  pointer_do (fixture->window, "key Home");
  app_wait_until (get_cursor (fixture) == 1);
  for (guint i = 0; i < 4; i++)
    pointer_do (fixture->window, "key plus");
  app_wait_until (atelier_curve_view_get_zoom (fixture->view, &min, &max) && max < 2.0);
  g_assert_cmpfloat (min, <, 1.0);

  pointer_do (fixture->window, "key End");
  app_wait_until (atelier_curve_view_get_zoom (fixture->view, &min, &max) && max >= 4.0);
  pointer_do (fixture->window, "key 0");
  app_wait_until (!atelier_curve_view_get_zoom (fixture->view, &min, &max));
}

/* Redraws */

static guint n_snapshots;
static void (*snapshot_curve) (GtkWidget   *widget,
                               GtkSnapshot *snapshot);

static void
snapshot_and_count (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  n_snapshots++;
  snapshot_curve (widget, snapshot);
}

static void
append_batches (Fixture *fixture,
                guint    n,
                float    loss)
{
  for (guint i = 0; i < n; i++)
    {
      const float seconds = 0.01f * (float) atelier_history_get_n_batches (fixture->history);

      atelier_history_append_batches (fixture->history, &loss, &loss, &seconds, 1);
    }
  app_wait_for_frame (fixture->window);
}

static guint
count_snapshots (Fixture *fixture,
                 guint    n,
                 float    loss)
{
  n_snapshots = 0;
  append_batches (fixture, n, loss);

  return n_snapshots;
}

/* The chart is 500 pixels wide for 40,000 batches. */
static void
test_redraws_what_can_be_seen (Fixture       *fixture,
                               gconstpointer  data)
{
  GtkWidgetClass *widget_class = g_type_class_ref (ATELIER_TYPE_CURVE);

  g_object_unref (fixture->history);
  fixture->history = atelier_history_new (4000, 10);
  show (fixture, ATELIER_MEASURE_LOSS);
  snapshot_curve = widget_class->snapshot;
  widget_class->snapshot = snapshot_and_count;

  g_assert_cmpuint (count_snapshots (fixture, 1, 0.5f), ==, 1);
  g_assert_cmpuint (count_snapshots (fixture, 1, 0.6f), ==, 1);
  append_batches (fixture, 6, 0.55f);
  g_assert_cmpuint (count_snapshots (fixture, 5, 0.55f), ==, 0);
  g_assert_cmpuint (count_snapshots (fixture, 1, 0.4f), ==, 1);
  g_assert_cmpuint (count_snapshots (fixture, 100, 0.5f), ==, 1);
  atelier_history_set_n_epochs_planned (fixture->history, 5);
  g_assert_cmpuint (count_snapshots (fixture, 1, 0.5f), ==, 1);

  widget_class->snapshot = snapshot_curve;
  g_type_class_unref (widget_class);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/curve/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("any-number", test_draws_any_number);
  ADD_TEST ("describes-the-cursor", test_describes_the_cursor);
  ADD_TEST ("accessible", test_accessible);
  ADD_TEST ("new-history", test_new_history);
  ADD_TEST ("hover", test_hover);
  ADD_TEST ("click", test_click);
  ADD_TEST ("drag", test_drag);
  ADD_TEST ("double-click", test_double_click);
  ADD_TEST ("cursor-keys", test_cursor_keys);
  ADD_TEST ("cursor-leaves", test_cursor_leaves);
  ADD_TEST ("zoom-keys", test_zoom_keys);
  ADD_TEST ("redraws-what-can-be-seen", test_redraws_what_can_be_seen);

  return g_test_run ();
}
