/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window under a real pointer and the Tab key, and where the focus is on its pages. */

#include "config.h"

#include "data/atelier-data-page.h"
#include "draw/atelier-draw-page.h"
#include "draw/pad/atelier-sketch-pad.h"
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

/* Tab moves the focus on every page, in either direction, and leaves the page. */
static void
test_tab_is_never_stuck (WindowFixture *fixture,
                         gconstpointer  data)
{
  static const char * const pages[] = { "train", "draw", "data" };
  static const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  GtkWindow *window = GTK_WINDOW (fixture->window);
  guint n_outside;

  for (guint i = 0; i < G_N_ELEMENTS (pages) * G_N_ELEMENTS (directions); i++)
    {
      app_activate (window, "win.page", pages[i / 2]);
      app_wait_for_frame (GTK_WIDGET (window));
      n_outside = 0;
      for (guint i_step = 0; i_step < 60; i_step++)
        {
          GtkWidget *before = gtk_window_get_focus (window);

          g_signal_emit_by_name (window, "move-focus", directions[i % 2]);
          g_assert_true (gtk_window_get_focus (window) != before);
          if (!gtk_widget_get_ancestor (gtk_window_get_focus (window), ADW_TYPE_VIEW_STACK))
            n_outside++;
        }
      g_assert_cmpuint (n_outside, >, 0);
    }
}

static void
assert_nothing_is_selected (GtkWindow *window)
{
  g_autoptr (GPtrArray) labels = app_find_all (window, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    g_assert_false (
      gtk_label_get_selection_bounds (g_ptr_array_index (labels, i), NULL, NULL));
}

static void
enter_page (WindowFixture *fixture,
            const char    *from,
            const char    *to)
{
  g_autoptr (GPtrArray) stacks = app_find_all (fixture->window, ADW_TYPE_VIEW_STACK);
  AdwViewStack *stack = g_ptr_array_index (stacks, 0);

  app_activate (fixture->window, "win.page", from);
  g_assert_true (
    gtk_widget_child_focus (adw_view_stack_get_visible_child (stack), GTK_DIR_TAB_FORWARD));
  app_activate (fixture->window, "win.page", to);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
}

static GtkWidget *
get_focus (WindowFixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

/* While data cannot be chosen, the first thing on the Data page that can have the focus is a
 * text. */
static void
test_pages_begin_where_one_works (WindowFixture *fixture,
                                  gconstpointer  data)
{
  GtkWidget *pad;

  enter_page (fixture, "train", "data");
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (fixture), GTK_TYPE_FLOW_BOX));
  assert_nothing_is_selected (GTK_WINDOW (fixture->window));

  app_activate (fixture->window, "win.page", "draw");
  pad = get_focus (fixture);
  g_assert_true (ATELIER_IS_SKETCH_PAD (pad));

  /* The next time, where one was. */
  enter_page (fixture, "draw", "train");
  app_activate (fixture->window, "win.page", "draw");
  g_assert_true (get_focus (fixture) != pad);
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (fixture), ATELIER_TYPE_DRAW_PAGE));
}

static void
test_tab_selects_no_text (WindowFixture *fixture,
                          gconstpointer  data)
{
  guint n_labels = 0;

  app_activate (fixture->window, "win.page", "data");
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  for (guint i = 0; i < 20; i++)
    {
      g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
      n_labels += GTK_IS_LABEL (get_focus (fixture)) ? 1 : 0;
      assert_nothing_is_selected (GTK_WINDOW (fixture->window));
    }
  g_assert_cmpuint (n_labels, ==, 2);
}

static void
test_edit_in_draw_has_the_focus (WindowFixture *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GPtrArray) pages = app_find_all (fixture->window, ATELIER_TYPE_DATA_PAGE);
  AtelierDataPictures *pictures =
    atelier_data_page_get_pictures (g_ptr_array_index (pages, 0));
  AtelierPictureView *view = atelier_data_pictures_get_view (pictures);

  for (guint i = 0; i < 2; i++)
    {
      app_activate (fixture->window, "win.page", "data");
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      atelier_picture_view_go_to (view, i, TRUE);
      app_wait_until (get_focus (fixture)
                      && gtk_widget_is_ancestor (get_focus (fixture), GTK_WIDGET (view)));
      g_assert_true (gtk_widget_activate_action (get_focus (fixture), "pictures.edit", NULL));
      g_assert_true (ATELIER_IS_SKETCH_PAD (get_focus (fixture)));
      /* The focus was elsewhere on the page when it was left. */
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
      g_assert_false (ATELIER_IS_SKETCH_PAD (get_focus (fixture)));
    }
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-input/tooltip-while-training", test_tooltip_while_training);
  WINDOW_ADD_TEST ("/app/window-input/tab-is-never-stuck", WINDOW_OPEN, test_tab_is_never_stuck);
  WINDOW_ADD_TEST ("/app/window-input/pages-begin-where-one-works", WINDOW_RUNNING,
                   test_pages_begin_where_one_works);
  WINDOW_ADD_TEST ("/app/window-input/tab-selects-no-text", WINDOW_OPEN, test_tab_selects_no_text);
  WINDOW_ADD_TEST ("/app/window-input/edit-in-draw-has-the-focus", WINDOW_OPEN,
                   test_edit_in_draw_has_the_focus);

  return g_test_run ();
}
