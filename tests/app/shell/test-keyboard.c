/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window by keyboard alone, with real keys.  Who uses it so, finds the way by what a screen
 * reader says. */

#include "config.h"

#include "draw/answer/atelier-answer-card.h"
#include "draw/pad/atelier-sketch-pad.h"
#include "kit/atelier-number-row.h"
#include "keyboard.h"
#include "mistakes/atelier-gallery.h"
#include "pointer.h"
#include "screen-reader.h"
#include "window-fixture.h"

#define N_FRAMES 5

static GtkWidget *
get_toggle_button (WindowFixture *fixture)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->window),
                                                    ATELIER_TYPE_WINDOW, "toggle_button"));
}

/* The only one of its type. */
static gpointer
find_only (WindowFixture *fixture,
           GType          type)
{
  g_autoptr (GPtrArray) widgets = app_find_all (fixture->window, type);

  g_assert_cmpuint (widgets->len, ==, 1);

  return g_ptr_array_index (widgets, 0);
}

/* GTK warns when a field becomes insensitive while it has the focus, and warnings are fatal. */
static void
start_in_a_row (WindowFixture *fixture,
                const char    *key)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_focus_window (window);
  screen_reader_go_to ("Epochs");
  keyboard_press (window, key);
  app_wait_until (app_get_n_epochs (fixture->window) > 0);
  app_wait_for_frame (GTK_WIDGET (window));
  g_assert_true (gtk_window_get_focus (window) == get_toggle_button (fixture));
}

static void
test_start_with_f5 (WindowFixture *fixture,
                    gconstpointer  data)
{
  start_in_a_row (fixture, "F5");
}

static void
test_start_with_return (WindowFixture *fixture,
                        gconstpointer  data)
{
  start_in_a_row (fixture, "ctrl+Return");
}

static void
test_stop_keeps_the_focus (WindowFixture *fixture,
                           gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_focus_window (window);
  screen_reader_go_to ("Stop");
  keyboard_press (window, "space");
  app_wait_until (!atelier_trainer_is_active (app_get_trainer (fixture->window)));
  app_wait_until (gtk_window_get_focus (window) == get_toggle_button (fixture));
}

/* The button for smaller pictures becomes insensitive at the smallest size. */
static void
test_last_step_keeps_the_focus (WindowFixture *fixture,
                                gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  g_autoptr (ScreenReaderObject) focus = NULL;
  GtkWidget *button;

  keyboard_focus_window (window);
  screen_reader_go_to ("Smaller Pictures");
  button = gtk_window_get_focus (window);
  while (gtk_widget_is_sensitive (button))
    keyboard_press (window, "space");
  app_wait_until (gtk_window_get_focus (window) != NULL);
  focus = screen_reader_move ("Tab");
  g_assert_true (g_str_has_prefix (focus->name, "true "));
}

static void
train_by_keyboard (WindowFixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  screen_reader_go_to ("Report 2");
  keyboard_press (window, "space");
  keyboard_press (window, "Home");
  keyboard_press (window, "Return");
  g_assert_cmpstr (atelier_session_get_preset (atelier_window_get_session (fixture->window)), ==,
                   "report-1");
  screen_reader_go_to ("Epochs");
  keyboard_press (window, "ctrl+a 2 ctrl+Return");
  app_wait_until (app_get_n_epochs (fixture->window) == 2);
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_COMPLETED);
}

/* From cell to cell, row after row, to the first mistake that was made. */
static void
go_to_a_mistake (void)
{
  screen_reader_go_to ("0, rightly recognised");
  for (guint row = 0; row < 10; row++)
    {
      for (guint i = 0; i < 9; i++)
        {
          g_autoptr (ScreenReaderObject) cell = screen_reader_move (row % 2 ? "Left" : "Right");

          g_test_message ("%s", cell->name);
          if (g_regex_match_simple (" called .*: [1-9]", cell->name, 0, 0))
            return;
        }
      screen_reader_object_free (screen_reader_move ("Down"));
    }
  g_error ("There is no mistake");
}

/* The cell, its pictures, the first of them in the inspector, and that one on the Draw page. */
static void
question_a_mistake (WindowFixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  AtelierGallery *gallery = find_only (fixture, ATELIER_TYPE_GALLERY);
  GtkWindow *inspector;

  go_to_a_mistake ();
  keyboard_press (window, "Return");
  g_assert_cmpint (atelier_focus_get_selection (fixture->focus)->kind, ==, ATELIER_SELECT_CELL);
  screen_reader_go_to ("true ");
  keyboard_press (window, "Return");
  inspector = GTK_WINDOW (atelier_gallery_get_inspector (gallery));
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (inspector)));

  keyboard_focus_window (inspector);
  screen_reader_go_to ("Edit in Draw");
  keyboard_press (window, "space");
  keyboard_focus_window (window);
  /* The pictures took the focus a few frames after the inspector was closed. */
  for (guint i = 0; i < N_FRAMES; i++)
    app_wait_for_frame (GTK_WIDGET (window));
  g_assert_true (ATELIER_IS_SKETCH_PAD (gtk_window_get_focus (window)));
}

/* The picture is cleared away, and a bar drawn with the space bar held down. */
static void
draw_by_keyboard (WindowFixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  AtelierAnswerCard *card = find_only (fixture, ATELIER_TYPE_ANSWER_CARD);

  g_assert_cmpint (atelier_answer_card_get_best (card), >=, 0);
  screen_reader_go_to ("Clear");
  keyboard_press (window, "space");
  app_wait_until (atelier_answer_card_get_best (card) < 0);
  screen_reader_go_to ("Drawing pad");
  pointer_do (GTK_WIDGET (window),
              "keydown space key Right key Right key Right key Down key Down keyup space");
  app_wait_until (atelier_answer_card_get_best (card) >= 0);
}

/* Nothing but keys, from the start of the program to a drawing of one's own that is judged. */
static void
test_walk (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_focus_window (window);
  g_assert_true (gtk_window_get_focus (window) == get_toggle_button (fixture));
  train_by_keyboard (fixture);
  question_a_mistake (fixture);
  draw_by_keyboard (fixture);
}

int
main (int   argc,
      char *argv[])
{
  screen_reader_test_init (&argc, &argv);

  WINDOW_ADD_TEST ("/app/keyboard/start-with-f5", WINDOW_READY, test_start_with_f5);
  WINDOW_ADD_TEST ("/app/keyboard/start-with-return", WINDOW_READY, test_start_with_return);
  WINDOW_ADD_TEST ("/app/keyboard/stop-keeps-the-focus", WINDOW_RUNNING,
                   test_stop_keeps_the_focus);
  WINDOW_ADD_TEST ("/app/keyboard/last-step-keeps-the-focus", WINDOW_COMPLETED,
                   test_last_step_keeps_the_focus);
  WINDOW_ADD_TEST ("/app/keyboard/walk", WINDOW_OPEN, test_walk);

  return g_test_run ();
}
