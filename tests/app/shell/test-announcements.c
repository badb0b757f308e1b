/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader is told by itself: the new name of the active window is spoken, whatever has
 * the focus. */

#include "config.h"

#include "draw/answer/atelier-answer-card.h"
#include "keyboard.h"
#include "kit/atelier-toast.h"
#include "mistakes/atelier-test-lock.h"
#include "screen-reader.h"
#include "window-fixture.h"

#define N_EPOCHS 40        /* of a run whose epochs take less than a second */
#define SILENCE_SECONDS 10 /* between two epochs that are told */

/* As a screen reader does when a window becomes the active one. */
static void
begin_to_listen (WindowFixture *fixture)
{
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (screen_reader_explore (), >, 100);
  screen_reader_forget ();
}

static void
wait_for (const char *text)
{
  app_wait_until (screen_reader_count_names ("window", text) > 0);
}

static void
test_run (WindowFixture *fixture,
          gconstpointer  data)
{
  begin_to_listen (fixture);
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+Return");
  wait_for ("Training has begun");
  wait_for ("Epoch 1 of 3: validation accuracy ");
  wait_for ("Trained 3 epochs in ");
}

/* The same key does all three; it is not said by the button where the focus is elsewhere. */
static void
test_pause (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  begin_to_listen (fixture);
  keyboard_press (window, "F5");
  wait_for ("Training is paused");
  keyboard_press (window, "F5");
  wait_for ("Training goes on");
}

/* The error is told that a data set cannot be opened now. */
static void
test_error (WindowFixture *fixture,
            gconstpointer  data)
{
  begin_to_listen (fixture);
  atelier_session_load_data (atelier_window_get_session (fixture->window), "synthetic");
  app_wait_until (screen_reader_count_names ("window", "") > 0);
  g_assert_cmpuint (screen_reader_count_names ("window", "Atelier"), ==, 0);
}

/* The same message is spoken again. */
static void
test_twice (WindowFixture *fixture,
            gconstpointer  data)
{
  begin_to_listen (fixture);
  for (guint i = 1; i <= 3; i++)
    {
      atelier_toast_show (GTK_WIDGET (fixture->page), "The drawing was copied.");
      app_wait_until (screen_reader_count_names ("window", "The drawing was copied.") == i);
    }
}

/* What a drawing is taken for is told once, and again when the pad was emptied. */
static void
test_answer (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  begin_to_listen (fixture);
  keyboard_press (window, "alt+2");
  screen_reader_go_to ("Drawing pad");
  for (guint i = 0; i < 2; i++)
    {
      keyboard_press (window, "space");
      wait_for (", score ");
      g_assert_cmpuint (screen_reader_count_names ("window", ", score "), ==, 1);
      keyboard_press (window, "ctrl+z");
      screen_reader_forget ();
    }
}

/* The answer's own label; borrowed. */
static GtkLabel *
find_answer (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) cards = app_find_all (fixture->window, ATELIER_TYPE_ANSWER_CARD);
  g_autoptr (GPtrArray) labels = app_find_all (g_ptr_array_index (cards, 0), GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (labels, i), "title-1"))
      return g_ptr_array_index (labels, i);
  g_assert_not_reached ();
}

/* The answer can be gone to, and is said again with its scores: they add up to one. */
static void
test_answer_again (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  g_autoptr (ScreenReaderObject) object = NULL;
  g_auto (GStrv) words = NULL;
  double sum = 0;

  begin_to_listen (fixture);
  keyboard_press (window, "alt+2");
  screen_reader_go_to ("Drawing pad");
  keyboard_press (window, "space");
  wait_for (", score ");
  screen_reader_go_to (gtk_label_get_label (find_answer (fixture)));
  object = screen_reader_dup_focus ();
  g_assert_cmpstr (object->name, ==, gtk_label_get_label (find_answer (fixture)));
  g_assert_true (g_str_has_prefix (object->description, "score 0."));
  /* "score 0.610. 3: 0.302, 5: 0.088" */
  words = g_strsplit_set (object->description, " ,", -1);
  for (guint i = 0; words[i]; i++)
    if (g_str_has_prefix (words[i], "0."))
      sum += g_ascii_strtod (words[i], NULL);
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 0.01);
}

/* The figures of the test set come while the focus is elsewhere. */
static void
test_looked (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) locks = NULL;

  begin_to_listen (fixture);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  locks = app_find_all (fixture->window, ATELIER_TYPE_TEST_LOCK);
  gtk_widget_activate_action (g_ptr_array_index (locks, 0), "test.look", NULL);
  wait_for ("Test accuracy ");
  wait_for (": newest, epoch 3");
}

/* What shows another part of the Data page leaves the focus where it is. */
static void
test_data (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  begin_to_listen (fixture);
  keyboard_press (window, "alt+3");
  screen_reader_go_to ("2: Validation, picture 3");
  keyboard_press (window, "Return");
  wait_for ("Enlarged: 2, Validation, picture 3");
  screen_reader_go_to ("4: 110 training");
  keyboard_press (window, "Return");
  wait_for ("4: 10 pictures");
}

/* When a dialog closes, no window is the active one until the display has chosen the next. */
static void
test_waits_for_a_window (WindowFixture *fixture,
                         gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *other = gtk_window_new ();

  begin_to_listen (fixture);
  gtk_window_present (GTK_WINDOW (other));
  app_wait_until (gtk_widget_get_mapped (other));
  keyboard_focus_window (GTK_WINDOW (other));
  gtk_window_destroy (GTK_WINDOW (other));
  app_wait_until (!gtk_window_is_active (window));

  atelier_toast_show (GTK_WIDGET (fixture->page), "The drawing was opened.");
  atelier_toast_show (GTK_WIDGET (fixture->page), "The drawing was saved.");
  g_assert_cmpuint (screen_reader_count_names ("window", "The drawing"), ==, 0);
  keyboard_focus_window (window);
  wait_for ("The drawing was saved.");
  g_assert_cmpuint (screen_reader_count_names ("window", "The drawing was opened."), ==, 0);
}

/* A window that is left is called by its title again. */
static void
test_name_returns (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *other = gtk_window_new ();

  begin_to_listen (fixture);
  atelier_toast_show (GTK_WIDGET (fixture->page), "The drawing was copied.");
  wait_for ("The drawing was copied.");
  screen_reader_forget ();

  gtk_window_present (GTK_WINDOW (other));
  app_wait_until (gtk_widget_get_mapped (other));
  keyboard_focus_window (GTK_WINDOW (other));
  wait_for (gtk_window_get_title (window));

  gtk_window_destroy (GTK_WINDOW (other));
}

/* The time that is left is no new name each second, and the ends of short epochs are not all
 * told. */
static void
test_not_too_much (WindowFixture *fixture,
                   gconstpointer  data)
{
  const gint64 start_us = g_get_monotonic_time ();
  guint n_before = app_get_n_epochs (fixture->window);
  double seconds;

  begin_to_listen (fixture);
  app_wait_until (app_get_n_epochs (fixture->window) > n_before + N_EPOCHS);
  seconds = (g_get_monotonic_time () - start_us) / (double) G_USEC_PER_SEC;

  g_assert_cmpuint (screen_reader_count_names (NULL, " left"), ==, 0);
  g_assert_cmpfloat (screen_reader_count_names (NULL, "Epoch "), <=,
                     2.0 * (1.0 + seconds / SILENCE_SECONDS));
}

int
main (int   argc,
      char *argv[])
{
  screen_reader_test_init (&argc, &argv);

  WINDOW_ADD_TEST ("/app/announcements/run", WINDOW_READY, test_run);
  WINDOW_ADD_TEST ("/app/announcements/pause", WINDOW_RUNNING, test_pause);
  WINDOW_ADD_TEST ("/app/announcements/error", WINDOW_RUNNING, test_error);
  WINDOW_ADD_TEST ("/app/announcements/twice", WINDOW_OPEN, test_twice);
  WINDOW_ADD_TEST ("/app/announcements/answer", WINDOW_COMPLETED, test_answer);
  WINDOW_ADD_TEST ("/app/announcements/answer-again", WINDOW_COMPLETED, test_answer_again);
  WINDOW_ADD_TEST ("/app/announcements/looked", WINDOW_COMPLETED, test_looked);
  WINDOW_ADD_TEST ("/app/announcements/data", WINDOW_OPEN, test_data);
  WINDOW_ADD_TEST ("/app/announcements/waits-for-a-window", WINDOW_OPEN, test_waits_for_a_window);
  WINDOW_ADD_TEST ("/app/announcements/name-returns", WINDOW_OPEN, test_name_returns);
  WINDOW_ADD_TEST ("/app/announcements/not-too-much", WINDOW_RUNNING, test_not_too_much);

  return g_test_run ();
}
