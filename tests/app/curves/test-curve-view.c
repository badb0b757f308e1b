/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The switches of the curves as actions and settings. */

#include "config.h"

#include "curves/atelier-curve-view.h"
#include "kit/atelier-settings.h"

static gboolean
get_flag (AtelierCurveView *view,
          const char       *name)
{
  gboolean value;

  g_object_get (view, name, &value, NULL);

  return value;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_switches (void)
{
  static const char * const names[] = {
    "log-loss", "whole-accuracy", "train-eval", "penalty", "smooth",
  };
  g_autoptr (AtelierCurveView) view = atelier_curve_view_new ();
  g_autoptr (GActionMap) actions = atelier_curve_view_create_actions (view);
  guint n_changed = 0;

  g_signal_connect_swapped (view, "changed", G_CALLBACK (count), &n_changed);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (get_flag (view, names[i]));
      g_action_group_activate_action (G_ACTION_GROUP (actions), names[i], NULL);
      g_assert_true (get_flag (view, names[i]));
      g_assert_cmpuint (n_changed, ==, i + 1);
    }
}

static void
test_unit (void)
{
  g_autoptr (AtelierCurveView) view = atelier_curve_view_new ();
  g_autoptr (GActionMap) actions = atelier_curve_view_create_actions (view);
  g_autoptr (GVariant) state = NULL;
  double min, max;

  atelier_curve_view_zoom (view, 1.0, 2.0);
  g_action_group_change_action_state (G_ACTION_GROUP (actions), "unit",
                                      g_variant_new_string ("seconds"));
  g_assert_cmpint (atelier_curve_view_get_unit (view), ==, ATELIER_X_SECONDS);
  g_assert_false (atelier_curve_view_get_zoom (view, &min, &max));
  state = g_action_group_get_action_state (G_ACTION_GROUP (actions), "unit");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "seconds");
}

static void
test_zoom (void)
{
  g_autoptr (AtelierCurveView) view = atelier_curve_view_new ();
  g_autoptr (GActionMap) actions = atelier_curve_view_create_actions (view);
  double min = 0.0;
  double max = 0.0;

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (actions), "reset-zoom"));
  g_assert_false (atelier_curve_view_get_zoom (view, &min, &max));
  atelier_curve_view_zoom (view, 1.0, 2.0);
  atelier_curve_view_zoom (view, 1.5, 2.0);
  g_assert_true (atelier_curve_view_get_zoom (view, &min, &max));
  g_assert_cmpfloat (min, ==, 1.5);
  g_assert_cmpfloat (max, ==, 2.0);

  g_action_group_activate_action (G_ACTION_GROUP (actions), "reset-zoom", NULL);
  g_assert_false (atelier_curve_view_get_zoom (view, &min, &max));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (actions), "reset-zoom"));
}

/* Choices are kept in the settings. */
static void
test_is_remembered (void)
{
  g_autoptr (AtelierCurveView) view = atelier_curve_view_new ();
  g_autoptr (AtelierCurveView) next = atelier_curve_view_new ();
  g_autoptr (GSettings) settings = atelier_settings_new_for_curves ();

  g_assert_nonnull (settings);
  atelier_curve_view_bind_settings (view, settings);
  g_object_set (view, "unit", ATELIER_X_IMAGES, "log-loss", TRUE, NULL);
  g_assert_true (g_settings_get_boolean (settings, "log-loss"));

  atelier_curve_view_bind_settings (next, settings);
  g_assert_cmpint (atelier_curve_view_get_unit (next), ==, ATELIER_X_IMAGES);
  g_assert_true (get_flag (next, "log-loss"));
  g_assert_false (get_flag (next, "penalty"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/curve-view/switches", test_switches);
  g_test_add_func ("/app/curve-view/unit", test_unit);
  g_test_add_func ("/app/curve-view/zoom", test_zoom);
  g_test_add_func ("/app/curve-view/is-remembered", test_is_remembered);

  return g_test_run ();
}
