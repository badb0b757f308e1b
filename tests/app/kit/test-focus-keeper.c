/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the focus goes when a widget cannot have it any more. */

#include "config.h"

#include "kit/atelier-focus-keeper.h"

#include "app-window.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *first;    /* is what the focus began with where nobody kept it */
  GtkWidget *group;
  GtkWidget *previous; /* in the group, as the next two are */
  GtkWidget *next;
  GtkWidget *other;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  fixture->window = gtk_window_new ();
  fixture->first = gtk_button_new_with_label ("First");
  fixture->group = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  fixture->previous = gtk_button_new_with_label ("Previous");
  fixture->next = gtk_button_new_with_label ("Next");
  fixture->other = gtk_button_new_with_label ("Other");
  gtk_box_append (GTK_BOX (fixture->group), fixture->previous);
  gtk_box_append (GTK_BOX (fixture->group), fixture->next);
  gtk_box_append (GTK_BOX (box), fixture->first);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("A label between them"));
  gtk_box_append (GTK_BOX (box), fixture->group);
  gtk_box_append (GTK_BOX (box), fixture->other);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  atelier_focus_keeper_watch (GTK_WINDOW (fixture->window));
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static GtkWidget *
settle_focus (Fixture *fixture)
{
  for (guint i = 0; i < 3; i++)
    app_wait_for_frame (fixture->window);

  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static void
test_in_the_group (Fixture       *fixture,
                   gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->next);
  gtk_widget_set_sensitive (fixture->next, FALSE);
  g_assert_true (settle_focus (fixture) == fixture->previous);

  gtk_widget_set_sensitive (fixture->next, TRUE);
  gtk_widget_set_sensitive (fixture->previous, FALSE);
  g_assert_true (settle_focus (fixture) == fixture->next);
}

static void
test_beside_the_group (Fixture       *fixture,
                       gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->previous);
  gtk_widget_set_sensitive (fixture->group, FALSE);
  g_assert_true (settle_focus (fixture) == fixture->other);
}

/* What is insensitive for a moment only, keeps the focus. */
static void
test_moment (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->next);
  gtk_widget_set_sensitive (fixture->next, FALSE);
  gtk_widget_set_sensitive (fixture->next, TRUE);
  g_assert_true (settle_focus (fixture) == fixture->next);
}

/* Who knows a better place is not overruled. */
static void
test_better_place (Fixture       *fixture,
                   gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->next);
  gtk_widget_set_sensitive (fixture->next, FALSE);
  gtk_widget_grab_focus (fixture->first);
  g_assert_true (settle_focus (fixture) == fixture->first);
}

static void
test_taken_away (Fixture       *fixture,
                 gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->next);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_null (settle_focus (fixture));
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->next);
  gtk_box_remove (GTK_BOX (fixture->group), fixture->next);
  settle_focus (fixture);
}

#define ADD_TEST(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("/app/focus-keeper/in-the-group", test_in_the_group);
  ADD_TEST ("/app/focus-keeper/beside-the-group", test_beside_the_group);
  ADD_TEST ("/app/focus-keeper/moment", test_moment);
  ADD_TEST ("/app/focus-keeper/better-place", test_better_place);
  ADD_TEST ("/app/focus-keeper/taken-away", test_taken_away);
  ADD_TEST ("/app/focus-keeper/gone", test_gone);

  return g_test_run ();
}
