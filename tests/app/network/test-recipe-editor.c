/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the recipe and the session: each follows the other, and what is being typed is never
 * rewritten. */

#include "config.h"

#include "app-window.h"
#include "kit/atelier-number-row.h"
#include "network/atelier-recipe-editor.h"

typedef struct
{
  GtkWidget           *window;
  AtelierSession      *session; /* Owned */
  AtelierRecipeEditor *editor;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = atelier_session_new ();
  fixture->window = gtk_window_new ();
  fixture->editor =
    g_object_new (ATELIER_TYPE_RECIPE_EDITOR, "session", fixture->session, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->editor));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

static AtelierNumberRow *
get_row (Fixture    *fixture,
         const char *title)
{
  return app_find_titled (fixture->editor, ATELIER_TYPE_NUMBER_ROW, title);
}

static void
type (Fixture    *fixture,
      const char *title,
      const char *text)
{
  atelier_number_row_set_text (get_row (fixture, title), text);
}

static void
select_optimizer (Fixture          *fixture,
                  AtelierOptimizer  optimizer)
{
  adw_combo_row_set_selected (app_find_titled (fixture->editor, ADW_TYPE_COMBO_ROW, "Optimiser"),
                              optimizer);
}

static char *
get_text (Fixture    *fixture,
          const char *title)
{
  g_autoptr (GPtrArray) entries = app_find_all (get_row (fixture, title), GTK_TYPE_ENTRY);

  return g_strdup (gtk_editable_get_text (g_ptr_array_index (entries, 0)));
}

static const AtelierRecipeValues *
get_values (Fixture *fixture)
{
  return atelier_recipe_get_values (atelier_session_get_recipe (fixture->session));
}

static void
assert_text (Fixture    *fixture,
             const char *title,
             const char *expected)
{
  g_autofree char *text = get_text (fixture, title);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_shows_the_session (Fixture       *fixture,
                        gconstpointer  data)
{
  const AtelierRecipeValues values = {
    .optimizer = ATELIER_OPTIMIZER_SGD,
    .learning_rate = 0.25,
    .momentum = 0.5,
    .batch_size = 17,
    .n_epochs = 3,
    .l2 = 0.125,
    .seed = 42,
  };
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new (&values, NULL);

  atelier_session_set_recipe (fixture->session, recipe);
  atelier_session_set_n_threads (fixture->session, 3);
  assert_text (fixture, "Learning rate", "0.25");
  assert_text (fixture, "Momentum", "0.5");
  assert_text (fixture, "Batch", "17");
  assert_text (fixture, "Epochs", "3");
  assert_text (fixture, "L2 penalty", "0.125");
  assert_text (fixture, "Seed", "42");
  assert_text (fixture, "Threads", "3");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_row (fixture, "Momentum"))));
  /* Showing a recipe does not replace it. */
  g_assert_true (atelier_session_get_recipe (fixture->session) == recipe);
}

static void
test_sets_the_session (Fixture       *fixture,
                       gconstpointer  data)
{
  type (fixture, "Learning rate", "5e-3");
  type (fixture, "Batch", "64");
  type (fixture, "Epochs", "9");
  type (fixture, "L2 penalty", "0.01");
  type (fixture, "Seed", "7");
  type (fixture, "Threads", "2");

  g_assert_cmpfloat (get_values (fixture)->learning_rate, ==, 0.005);
  g_assert_cmpuint (get_values (fixture)->batch_size, ==, 64);
  g_assert_cmpuint (get_values (fixture)->n_epochs, ==, 9);
  g_assert_cmpfloat (get_values (fixture)->l2, ==, 0.01);
  g_assert_cmpuint (get_values (fixture)->seed, ==, 7);
  g_assert_cmpuint (atelier_session_get_n_threads (fixture->session), ==, 2);
  assert_text (fixture, "Learning rate", "5e-3");
}

static void
test_invalid (Fixture       *fixture,
              gconstpointer  data)
{
  AtelierRecipe *before = atelier_session_get_recipe (fixture->session);

  type (fixture, "Batch", "0");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_true (atelier_session_get_recipe (fixture->session) == before);
  type (fixture, "Batch", "8");
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_cmpuint (get_values (fixture)->batch_size, ==, 8);

  type (fixture, "Threads", "none");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  type (fixture, "Threads", "1");
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
}

/* The same preset again also takes away what is not valid. */
static void
test_preset_replaces_an_invalid_text (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *batch = get_text (fixture, "Batch");

  type (fixture, "Batch", "many");
  atelier_session_use_preset (fixture->session, "report-2");
  assert_text (fixture, "Batch", batch);
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
}

/* A value without a row stays as it was set. */
static void
test_keeps_what_has_no_row (Fixture       *fixture,
                            gconstpointer  data)
{
  AtelierRecipeValues values = *get_values (fixture);
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.raw_pixels = TRUE;
  values.momentum = 0.25;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (fixture->session, recipe);
  type (fixture, "Seed", "5");
  g_assert_true (get_values (fixture)->raw_pixels);
  g_assert_cmpfloat (get_values (fixture)->momentum, ==, 0.25);

  select_optimizer (fixture, ATELIER_OPTIMIZER_SGD);
  type (fixture, "Momentum", "0.75");
  g_assert_cmpfloat (get_values (fixture)->momentum, ==, 0.75);
  type (fixture, "Momentum", "1");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));

  /* Adam has no momentum, so that its row does not count. */
  select_optimizer (fixture, ATELIER_OPTIMIZER_ADAM);
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_cmpfloat (get_values (fixture)->momentum, ==, 0.25);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/recipe-editor/shows-the-session", test_shows_the_session);
  add ("/app/recipe-editor/sets-the-session", test_sets_the_session);
  add ("/app/recipe-editor/invalid", test_invalid);
  add ("/app/recipe-editor/preset-replaces-an-invalid-text", test_preset_replaces_an_invalid_text);
  add ("/app/recipe-editor/keeps-what-has-no-row", test_keeps_what_has_no_row);

  return g_test_run ();
}
