/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scrubber with pointer and keys, during a run. */

#include "config.h"

#include "app-window.h"
#include "curves/atelier-scrubber.h"
#include "data/atelier-synthetic.h"
#include "pointer.h"
#include "small-runs.h"

#define N_PLANNED 20

typedef struct
{
  AtelierFocus    *focus;
  AtelierHistory  *history;
  AtelierSplits   *splits;
  AtelierScrubber *scrubber; /* Owned by the window */
  GtkWidget       *scale;
  GtkWidget       *window;
} Fixture;

static void
set_run (Fixture        *fixture,
         AtelierHistory *history)
{
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);

  atelier_focus_set_run (fixture->focus, record, fixture->splits);
}

static void
add_epochs (Fixture *fixture,
            guint    first,
            guint    last)
{
  for (guint epoch = first; epoch <= last; epoch++)
    {
      const AtelierEpochFigures figures = { .epoch = epoch, .loss = 1.0, .validation_loss = 1.0 };
      g_autoptr (AtelierEpoch) item = atelier_epoch_new (&figures, NULL, NULL);

      atelier_history_append_epoch (fixture->history, item);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->focus = atelier_focus_new ();
  fixture->history = atelier_history_new (10, N_PLANNED);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 20, 10);
  fixture->scrubber = g_object_new (ATELIER_TYPE_SCRUBBER, NULL);
  fixture->scale = GTK_WIDGET (atelier_scrubber_get_scale (fixture->scrubber));
  atelier_scrubber_set_focus (fixture->scrubber, fixture->focus);

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 60);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->scrubber));
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static void
start (Fixture *fixture,
       guint    n_epochs)
{
  add_epochs (fixture, 1, n_epochs);
  set_run (fixture, fixture->history);
  app_wait_for_frame (fixture->window);
}

static guint
get_epoch (Fixture *fixture)
{
  return atelier_focus_get_epoch (fixture->focus);
}

static void
assert_shows (Fixture    *fixture,
              guint       epoch,
              const char *words)
{
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (fixture->scale)), ==, epoch);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->scale),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words);
}

static GtkWidget *
get_button (Fixture    *fixture,
            const char *tooltip)
{
  g_autoptr (GPtrArray) buttons = app_find_all (fixture->scrubber, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (g_ptr_array_index (buttons, i)), tooltip) == 0)
      return g_ptr_array_index (buttons, i);

  g_assert_not_reached ();
}

static void
click (Fixture    *fixture,
       const char *tooltip)
{
  GtkWidget *button = get_button (fixture, tooltip);

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_false (gtk_widget_get_sensitive (fixture->scale));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->scale),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "No finished epoch yet");
}

static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  start (fixture, 3);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->scrubber), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->scale), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->scale),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Epoch");
  assert_shows (fixture, 3, "Epoch 3 of 20");
}

static void
test_follows_until_touched (Fixture       *fixture,
                            gconstpointer  data)
{
  GtkWidget *live = get_button (fixture, "Follow the newest epoch");

  start (fixture, 3);
  add_epochs (fixture, 4, 4);
  assert_shows (fixture, 4, "Epoch 4 of 20");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (live)));
  g_assert_false (gtk_widget_get_sensitive (get_button (fixture, "Next Epoch")));

  click (fixture, "Previous Epoch");
  assert_shows (fixture, 3, "Epoch 3 of 20");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (live)));
  add_epochs (fixture, 5, 5);
  assert_shows (fixture, 3, "Epoch 3 of 20");
  click (fixture, "Next Epoch");
  g_assert_cmpuint (get_epoch (fixture), ==, 4);

  click (fixture, "Follow the newest epoch");
  assert_shows (fixture, 5, "Epoch 5 of 20");
  add_epochs (fixture, 6, 6);
  assert_shows (fixture, 6, "Epoch 6 of 20");
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *corner = NULL;
  static const struct { const char *key; guint epoch; } steps[] = {
    { "key Home", 1 }, { "key Right", 2 }, { "key Left", 1 }, { "key Left", 1 },
    { "key Page_Up", 6 }, { "key End", 12 }, { "key Right", 12 }, { "key Page_Down", 7 },
  };

  if (!pointer_can_be_moved ())
    return;

  start (fixture, 12);
  corner = pointer_format_place (fixture->window, 2.0, 2.0);
  pointer_do (fixture->window, corner);
  gtk_widget_grab_focus (fixture->scale);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      pointer_do (fixture->window, steps[i].key);
      app_wait_until (get_epoch (fixture) == steps[i].epoch);
    }
  g_assert_false (atelier_focus_get_live (fixture->focus));
}

/* The slider stops at the newest epoch. */
static void
test_pointer (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *start_way = NULL;
  g_autofree char *end_way = NULL;
  g_autofree char *press = NULL;
  g_autofree char *drag = NULL;
  GdkRectangle trough;
  double y;

  if (!pointer_can_be_moved ())
    return;

  start (fixture, 12);
  gtk_range_get_range_rect (GTK_RANGE (fixture->scale), &trough);
  y = trough.y + trough.height / 2.0;
  start_way = pointer_format_place (fixture->scale, trough.x + 2.0, y);
  end_way = pointer_format_place (fixture->scale, trough.x + trough.width - 2.0, y);
  press = g_strconcat (start_way, " click 1", NULL);
  pointer_do (fixture->window, press);
  app_wait_until (get_epoch (fixture) == 1);
  drag = g_strconcat ("mousedown 1 ", end_way, " mouseup 1", NULL);
  pointer_do (fixture->window, drag);
  app_wait_until (get_epoch (fixture) == 12);
}

/* Marks and numbers of a run that continues from a model. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  atelier_history_set_first_batch (fixture->history, 70);
  add_epochs (fixture, 8, 9);
  start (fixture, 0);
  assert_shows (fixture, 9, "Epoch 9 of 20");
  click (fixture, "Previous Epoch");
  g_assert_false (gtk_widget_get_sensitive (get_button (fixture, "Previous Epoch")));
  assert_shows (fixture, 8, "Epoch 8 of 20");
}

/* A run with more epochs planned, and another run. */
static void
test_range (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierHistory) other = atelier_history_new (10, 1000);

  start (fixture, 3);
  atelier_history_set_n_epochs_planned (fixture->history, 25);
  g_assert_cmpfloat (
    gtk_adjustment_get_upper (gtk_range_get_adjustment (GTK_RANGE (fixture->scale))), ==, 25);
  set_run (fixture, other);
  g_assert_cmpfloat (
    gtk_adjustment_get_upper (gtk_range_get_adjustment (GTK_RANGE (fixture->scale))), ==, 1000);
  g_assert_false (gtk_widget_get_sensitive (fixture->scale));
  atelier_focus_set_run (fixture->focus, NULL, NULL);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/scrubber/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("empty", test_empty);
  ADD_TEST ("roles", test_roles);
  ADD_TEST ("follows-until-touched", test_follows_until_touched);
  ADD_TEST ("keys", test_keys);
  ADD_TEST ("pointer", test_pointer);
  ADD_TEST ("goes-on", test_goes_on);
  ADD_TEST ("range", test_range);

  return g_test_run ();
}
