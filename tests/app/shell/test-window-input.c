/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a real pointer and real keys do in the window while it works. */

#include "config.h"

#include "app-window.h"
#include "pointer.h"

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

/* GTK's own window, whose type is not public. */
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

/* The wait for a tooltip begins anew whenever the window does something about the widget below the
 * pointer, so that nothing may be done about it without need.  Two moves, since GTK 4.8 takes the
 * first into another widget only for leaving the last. */
static void
test_tooltip_while_training (void)
{
  AtelierWindow *window;
  AtelierTrainer *trainer;
  GtkWidget *button;
  g_autofree char *edge = NULL;
  g_autofree char *place = NULL;

  if (!pointer_can_be_moved ())
    return;

  window = app_open_window ();
  trainer = app_get_trainer (window);
  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_progress (trainer) > 0.0);

  button = find_button (window, "run.toggle");
  edge = pointer_format_place (button, 10, 10);
  pointer_do (button, edge);
  place = pointer_format_place (button, 20, 12);
  pointer_do (button, place);
  app_wait_until (has_tooltip (window)
                  || atelier_trainer_get_state (trainer) != ATELIER_TRAINER_RUNNING);
  g_assert_true (has_tooltip (window));

  app_activate (window, "win.stop-and-close", NULL);
}

/* On no page, in either direction, does Tab stay where it is. */
static void
test_tab_is_never_stuck (void)
{
  static const char * const pages[] = { "train", "draw", "data" };
  static const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  AtelierWindow *window = app_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (pages) * G_N_ELEMENTS (directions); i++)
    {
      app_activate (window, "win.page", pages[i / 2]);
      app_wait_for_frame (GTK_WIDGET (window));
      for (guint i_step = 0; i_step < 60; i_step++)
        {
          GtkWidget *before = gtk_window_get_focus (GTK_WINDOW (window));

          g_signal_emit_by_name (window, "move-focus", directions[i % 2]);
          g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) != before);
        }
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-input/tooltip-while-training", test_tooltip_while_training);
  g_test_add_func ("/app/window-input/tab-is-never-stuck", test_tab_is_never_stuck);

  return g_test_run ();
}
