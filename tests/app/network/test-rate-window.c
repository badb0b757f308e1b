/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a learning rate in the window: the search, a rate that is chosen, and what is taken. */

#include "config.h"

#include "keyboard.h"
#include "network/atelier-rate-chart.h"
#include "network/atelier-rate-window.h"
#include "pointer.h"
#include "window-fixture.h"

/* The one that is open. */
static GtkWindow *
find_window (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ATELIER_IS_RATE_WINDOW (window))
        return window;
    }
  return NULL;
}

static AtelierRateChart *
find_chart (GtkWindow *window)
{
  g_autoptr (GPtrArray) charts = app_find_all (window, ATELIER_TYPE_RATE_CHART);

  g_assert_cmpuint (charts->len, ==, 1);
  return g_ptr_array_index (charts, 0);
}

/* The button's label says the rate. */
static GtkWidget *
find_take_button (GtkWindow *window)
{
  g_autoptr (GPtrArray) buttons = app_find_all (window, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      const char *label = gtk_button_get_label (g_ptr_array_index (buttons, i));

      if (label && g_str_has_prefix (label, "_Use"))
        return g_ptr_array_index (buttons, i);
    }
  g_assert_not_reached ();
}

static GtkWindow *
open_and_wait (WindowFixture *fixture)
{
  GtkWindow *window;

  app_activate (fixture->window, "win.edit-network", NULL);
  app_activate (fixture->window, "network.find-rate", NULL);
  window = find_window ();
  g_assert_nonnull (window);
  g_assert_false (gtk_widget_get_sensitive (find_take_button (window)));
  app_wait_until (atelier_rate_chart_get_rate (find_chart (window)) > 0.0);
  return window;
}

static void
test_takes_rate (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkWindow *window = open_and_wait (fixture);
  const double rate = atelier_rate_chart_get_rate (find_chart (window));

  g_assert_true (app_has_label (window, "The loss falls fastest at a rate of"));
  g_assert_cmpfloat (rate, >, 1e-5);
  g_assert_cmpfloat (rate, <, 1.0);
  app_click (find_take_button (window));
  app_wait_until (find_window () == NULL);
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, rate);
}

/* A click in the chart chooses a rate; so do keys, to two digits. */
static void
test_chooses_rate (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkWindow *window = open_and_wait (fixture);
  AtelierRateChart *chart = find_chart (window);
  double rate = atelier_rate_chart_get_rate (chart);

  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (window);
  pointer_put (GTK_WIDGET (chart), gtk_widget_get_width (GTK_WIDGET (chart)) * 0.9,
               gtk_widget_get_height (GTK_WIDGET (chart)) / 2.0);
  pointer_do (GTK_WIDGET (chart), "click 1");
  app_wait_until (atelier_rate_chart_get_rate (chart) > rate);
  atelier_rate_chart_set_rate (chart, 0.01);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find_take_button (window))), ==, "_Use 0.01");
  keyboard_press (window, "Right");
  g_assert_cmpfloat (atelier_rate_chart_get_rate (chart), ==, 0.011);
  keyboard_press (window, "Page_Down");
  g_assert_cmpfloat (atelier_rate_chart_get_rate (chart), ==, 0.0011);
  app_click (find_take_button (window));
  app_wait_until (find_window () == NULL);
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, 0.0011);
}

/* Closing ends the search and changes nothing. */
static void
test_cancel (WindowFixture *fixture,
             gconstpointer  data)
{
  const double before = app_get_recipe_values (fixture->window)->learning_rate;
  GtkWindow *window;

  app_activate (fixture->window, "win.edit-network", NULL);
  app_activate (fixture->window, "network.find-rate", NULL);
  window = find_window ();
  gtk_window_close (window);
  app_wait_until (find_window () == NULL);
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, before);
}

/* While a run goes on there is no search. */
static void
test_not_while_training (WindowFixture *fixture,
                         gconstpointer  data)
{
  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (app_is_action_enabled (fixture->window, "network", "find-rate"));
  app_set_epochs (fixture->window, 100);
  g_assert_true (atelier_session_start (atelier_window_get_session (fixture->window)));
  g_assert_false (app_is_action_enabled (fixture->window, "network", "find-rate"));
}

int
main (int    argc,
      char **argv)
{
  app_test_init (&argc, &argv);

  WINDOW_ADD_TEST ("/app/rate-window/take", WINDOW_READY, test_takes_rate);
  WINDOW_ADD_TEST ("/app/rate-window/choose", WINDOW_READY, test_chooses_rate);
  WINDOW_ADD_TEST ("/app/rate-window/cancel", WINDOW_READY, test_cancel);
  WINDOW_ADD_TEST ("/app/rate-window/training", WINDOW_READY, test_not_while_training);

  return g_test_run ();
}
