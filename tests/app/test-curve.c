/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "app-window.h"
#include "atelier-curve.h"
#include "pointer.h"

static AtelierCurve *
show_curve (AtelierMeasure   measure,
            AtelierHistory  *history,
            GtkWidget      **window)
{
  AtelierCurve *curve =
    g_object_new (ATELIER_TYPE_CURVE, "measure", measure, "history", history, NULL);

  *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*window), 500, 240);
  gtk_window_set_child (GTK_WINDOW (*window), GTK_WIDGET (curve));
  gtk_window_present (GTK_WINDOW (*window));
  app_wait_until (gtk_widget_get_mapped (*window));

  return curve;
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
test_draws_any_number (void)
{
  const guint sizes[] = { 0, 1, 2, 100000 };
  g_autofree float *figures = g_new (float, 100000);
  g_autofree float *seconds = g_new (float, 100000);

  for (guint i = 0; i < 100000; i++)
    seconds[i] = (float) i;
  for (guint i = 0; i < 100000; i++)
    figures[i] = i % 1000 == 7 ? NAN : 1.0f / (1.0f + (float) i);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int measure = 0; measure < ATELIER_N_MEASURES; measure++)
      {
        g_autoptr (AtelierHistory) history = atelier_history_new (10000, 10);
        GtkWidget *window;
        AtelierCurve *curve;

        atelier_history_append_batches (history, figures, figures, seconds, sizes[i]);
        curve = show_curve (measure, history, &window);
        app_wait_for_frame (GTK_WIDGET (curve));
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

static void
test_cursor (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 10);
  GtkWidget *window;
  AtelierCurve *curve;

  for (guint epoch = 1; epoch <= 3; epoch++)
    add_epoch (history, epoch, 0.5 / epoch);
  curve = show_curve (ATELIER_MEASURE_LOSS, history, &window);

  atelier_curve_set_cursor (curve, 2);
  app_wait_for_frame (GTK_WIDGET (curve));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Epoch 2: training 0.250, validation 0.350");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Hovering shows the nearest epoch, as long as the pointer is there. */
static void
test_pointer (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 4);
  g_autofree char *right_end = NULL;
  g_autofree char *outside = NULL;
  GtkWidget *window;
  AtelierCurve *curve;

  if (!pointer_can_be_moved ())
    return;

  for (guint epoch = 1; epoch <= 3; epoch++)
    add_epoch (history, epoch, 0.5 / epoch);
  curve = show_curve (ATELIER_MEASURE_LOSS, history, &window);
  app_wait_for_frame (window);
  right_end = pointer_format_place (GTK_WIDGET (curve),
                                    gtk_widget_get_width (GTK_WIDGET (curve)) - 20.0, 100.0);
  outside = pointer_format_place (window, 1000.0, 700.0);

  pointer_do (window, right_end);
  app_wait_until (atelier_curve_get_cursor (curve) == 3);
  pointer_do (window, outside);
  app_wait_until (atelier_curve_get_cursor (curve) == 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_keys (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 4);
  g_autofree char *corner = NULL;
  GtkWidget *window;
  AtelierCurve *curve;

  if (!pointer_can_be_moved ())
    return;

  for (guint epoch = 1; epoch <= 3; epoch++)
    add_epoch (history, epoch, 0.5 / epoch);
  curve = show_curve (ATELIER_MEASURE_LOSS, history, &window);
  app_wait_for_frame (window);
  /* Without a window manager the keys go where the pointer is. */
  corner = pointer_format_place (window, 2.0, 2.0);
  pointer_do (window, corner);
  gtk_widget_grab_focus (GTK_WIDGET (curve));

  pointer_do (window, "key Escape");
  app_wait_until (atelier_curve_get_cursor (curve) == 0);
  pointer_do (window, "key Left");
  app_wait_until (atelier_curve_get_cursor (curve) == 3);
  pointer_do (window, "key Left");
  app_wait_until (atelier_curve_get_cursor (curve) == 2);
  pointer_do (window, "key Home");
  app_wait_until (atelier_curve_get_cursor (curve) == 1);
  pointer_do (window, "key Left");
  pointer_do (window, "key Escape");
  app_wait_until (atelier_curve_get_cursor (curve) == 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_accessible (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 10);
  g_autofree char *sentence = NULL;
  GtkWidget *window;
  AtelierCurve *curve = show_curve (ATELIER_MEASURE_ACCURACY, history, &window);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Accuracy curves");

  add_epoch (history, 1, 0.5);
  sentence = atelier_history_describe (history);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       sentence);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Another run removes the cursor of the last. */
static void
test_new_history (void)
{
  g_autoptr (AtelierHistory) first = atelier_history_new (10, 10);
  g_autoptr (AtelierHistory) second = atelier_history_new (10, 10);
  GtkWidget *window;
  AtelierCurve *curve;

  add_epoch (first, 1, 0.5);
  curve = show_curve (ATELIER_MEASURE_LOSS, first, &window);
  atelier_curve_set_cursor (curve, 1);
  atelier_curve_set_history (curve, second);
  g_assert_cmpuint (atelier_curve_get_cursor (curve), ==, 0);
  add_epoch (first, 2, 0.4);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (g_steal_pointer (&second));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/curve/any-number", test_draws_any_number);
  g_test_add_func ("/app/curve/cursor", test_cursor);
  g_test_add_func ("/app/curve/pointer", test_pointer);
  g_test_add_func ("/app/curve/keys", test_keys);
  g_test_add_func ("/app/curve/accessible", test_accessible);
  g_test_add_func ("/app/curve/new-history", test_new_history);

  return g_test_run ();
}
