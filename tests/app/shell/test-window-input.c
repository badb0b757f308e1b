/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window under a real pointer and the Tab key. */

#include "config.h"

#include "pointer.h"
#include "window-fixture.h"

static GtkWidget *
find_button (AtelierWindow *window,
             const char    *action_name)
{
  g_autoptr (GPtrArray) buttons = app_find_all (window, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (g_ptr_array_index (buttons, i)), action_name)
        == 0)
      return g_ptr_array_index (buttons, i);

  g_assert_not_reached ();
}

/* GTK shows a tooltip in a window whose type is not public. */
static gboolean
has_tooltip (AtelierWindow *window)
{
  GType type = g_type_from_name ("GtkTooltipWindow");
  g_autoptr (GPtrArray) windows = type ? app_find_all (window, type) : NULL;

  for (guint i = 0; windows && i < windows->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (windows, i)))
      return TRUE;

  return FALSE;
}

/* The wait for a tooltip begins anew whenever the widget below the pointer changes, so that the
 * window may not change it without need.  The end of an epoch changes much; those of the whole data
 * set are longer than the wait.
 *
 * The pointer is moved twice, since GTK 4.8 takes the first move into another widget only for
 * leaving the last. */
static void
test_tooltip_while_training (void)
{
  AtelierWindow *window;
  GtkWidget *button;

  if (!pointer_can_be_moved ())
    return;

  window = app_open_window ();
  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_progress (app_get_trainer (window)) > 0.0);

  button = find_button (window, "run.toggle");
  pointer_put (button, 10.0, 10.0);
  pointer_put (button, 20.0, 12.0);
  app_wait_until (has_tooltip (window) || app_get_state (window) != ATELIER_TRAINER_RUNNING);
  g_assert_true (has_tooltip (window));

  app_close_window (window);
}

/* Tab moves the focus on every page, in either direction. */
static void
test_tab_is_never_stuck (WindowFixture *fixture,
                         gconstpointer  data)
{
  static const char * const pages[] = { "train", "draw", "data" };
  static const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  GtkWindow *window = GTK_WINDOW (fixture->window);

  for (guint i = 0; i < G_N_ELEMENTS (pages) * G_N_ELEMENTS (directions); i++)
    {
      app_activate (window, "win.page", pages[i / 2]);
      app_wait_for_frame (GTK_WIDGET (window));
      for (guint i_step = 0; i_step < 60; i_step++)
        {
          GtkWidget *before = gtk_window_get_focus (window);

          g_signal_emit_by_name (window, "move-focus", directions[i % 2]);
          g_assert_true (gtk_window_get_focus (window) != before);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-input/tooltip-while-training", test_tooltip_while_training);
  WINDOW_ADD_TEST ("/app/window-input/tab-is-never-stuck", WINDOW_OPEN, test_tab_is_never_stuck);

  return g_test_run ();
}
