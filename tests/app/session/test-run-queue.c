/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that wait: one after the other, in order, paused, stopped by hand, refused. */

#include "app-window.h"
#include "session/atelier-run-queue.h"
#include "small-runs.h"

typedef struct
{
  AtelierTrainer  *trainer;
  AtelierRunQueue *queue;
  AtelierNetwork  *network;
  AtelierRecipe   *recipe;
  AtelierSplits   *splits;
  GArray          *seeds;   /* guint64: of the runs that were started, in their order */
  guint            n_emptied;
  guint            n_failed;
} Fixture;

static void
on_started_cb (AtelierRunQueue  *queue,
               AtelierQueuedRun *run,
               Fixture          *fixture)
{
  const guint64 seed = atelier_recipe_get_values (atelier_queued_run_get_recipe (run))->seed;

  g_array_append_val (fixture->seeds, seed);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  AtelierRecipeValues values;

  small_recipe_init (&values, 2);
  values.seed = 5;
  fixture->trainer = atelier_trainer_new ();
  fixture->queue = atelier_run_queue_new (fixture->trainer);
  fixture->network = small_network_new ();
  fixture->recipe = recipe_of (&values);
  fixture->splits = small_splits_new ();
  fixture->seeds = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_signal_connect (fixture->queue, "started", G_CALLBACK (on_started_cb), fixture);
  g_signal_connect_swapped (fixture->queue, "emptied", G_CALLBACK (count_cb),
                            &fixture->n_emptied);
  g_signal_connect_swapped (fixture->queue, "failed", G_CALLBACK (count_cb), &fixture->n_failed);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_trainer_stop_and_wait (fixture->trainer);
  g_assert_finalize_object (fixture->queue);
  g_assert_finalize_object (fixture->trainer);
  atelier_network_unref (fixture->network);
  atelier_recipe_unref (fixture->recipe);
  atelier_splits_unref (fixture->splits);
  g_array_unref (fixture->seeds);
}

static guint
count_waiting (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->queue));
}

static guint64
get_seed (Fixture *fixture,
          guint    i)
{
  return g_array_index (fixture->seeds, guint64, i);
}

/* Each trains all of its epochs before the next begins. */
static void
test_repeats (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *group
    = atelier_run_queue_add_repeats (fixture->queue, fixture->network, fixture->recipe,
                                     fixture->splits, 1, 3);

  g_assert_cmpuint (strlen (group), >, 0);
  g_assert_cmpuint (count_waiting (fixture), ==, 2);
  g_assert_true (atelier_trainer_is_active (fixture->trainer));
  app_wait_until (fixture->n_emptied == 1);
  g_assert_cmpuint (fixture->seeds->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_seed (fixture, i), ==, 5 + i);
  g_assert_cmpuint (atelier_history_get_n_epochs (atelier_trainer_get_history (fixture->trainer)),
                    ==, 2);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_COMPLETED);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *group = NULL;

  atelier_run_queue_set_is_paused (fixture->queue, TRUE);
  group = atelier_run_queue_add_repeats (fixture->queue, fixture->network, fixture->recipe,
                                         fixture->splits, 1, 4);
  g_assert_cmpuint (count_waiting (fixture), ==, 4);
  g_assert_false (atelier_trainer_is_active (fixture->trainer));
  atelier_run_queue_move (fixture->queue, 3, 0);
  atelier_run_queue_remove (fixture->queue, 1);
  g_assert_cmpuint (count_waiting (fixture), ==, 3);
  atelier_run_queue_set_is_paused (fixture->queue, FALSE);
  app_wait_until (fixture->n_emptied == 1);
  g_assert_cmpuint (fixture->seeds->len, ==, 3);
  g_assert_cmpuint (get_seed (fixture, 0), ==, 8);
  g_assert_cmpuint (get_seed (fixture, 1), ==, 6);
  g_assert_cmpuint (get_seed (fixture, 2), ==, 7);
}

/* A run stopped by hand does not make the next one begin, until the queue goes on. */
static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (fixture->recipe);
  g_autoptr (AtelierRecipe) lasting = NULL;
  g_autofree char *group = NULL;

  values.n_epochs = 10000;
  lasting = recipe_of (&values);
  group = atelier_run_queue_add_repeats (fixture->queue, fixture->network, lasting,
                                         fixture->splits, 1, 2);
  atelier_trainer_stop_and_wait (fixture->trainer);
  g_assert_true (atelier_run_queue_get_is_paused (fixture->queue));
  g_assert_cmpuint (count_waiting (fixture), ==, 1);
  g_assert_cmpuint (fixture->seeds->len, ==, 1);
  atelier_run_queue_set_is_paused (fixture->queue, FALSE);
  g_assert_cmpuint (fixture->seeds->len, ==, 2);
  g_assert_true (atelier_trainer_is_active (fixture->trainer));
  g_assert_cmpuint (count_waiting (fixture), ==, 0);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AtelierNetwork) other = other_network_new ();
  g_autoptr (AtelierQueuedRun) refused
    = atelier_queued_run_new (other, fixture->recipe, fixture->splits, 1, "");
  g_autoptr (AtelierQueuedRun) next
    = atelier_queued_run_new (fixture->network, fixture->recipe, fixture->splits, 1, "");

  atelier_run_queue_add (fixture->queue, refused);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_true (atelier_run_queue_get_is_paused (fixture->queue));
  atelier_run_queue_add (fixture->queue, next);
  g_assert_cmpuint (count_waiting (fixture), ==, 1);
  atelier_run_queue_clear (fixture->queue);
  g_assert_cmpuint (count_waiting (fixture), ==, 0);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/run-queue/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL, NULL);
  ADD_TEST ("repeats", test_repeats);
  ADD_TEST ("order", test_order);
  ADD_TEST ("stop", test_stop);
  ADD_TEST ("refused", test_refused);
  return g_test_run ();
}
