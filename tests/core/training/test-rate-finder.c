/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A search for a learning rate on a thread: the same whatever the number of threads, told while it
 * goes on, and without a trace in the run after it. */

#include "base/atelier-error.h"
#include "small-runs.h"
#include "training/atelier-rate-finder.h"

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_progress_cb (const AtelierRateSearch *search,
                gpointer                 user_data)
{
  guint *n = user_data;

  g_assert_cmpuint (atelier_rate_search_get_n (search), >, *n);
  *n = atelier_rate_search_get_n (search);
}

static AtelierRateSearch *
find (const AtelierRecipeValues *values,
      AtelierSplits             *splits,
      guint                      n_threads,
      GCancellable              *cancellable,
      guint                     *n_told,
      GError                   **error)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);
  g_autoptr (GAsyncResult) result = NULL;

  atelier_rate_finder_run_async (network, recipe, splits, n_threads, on_progress_cb, n_told,
                                 cancellable, on_found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return atelier_rate_finder_run_finish (result, error);
}

static char *
train (const AtelierRecipeValues *values)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;

  start_with_values (trainer, network, values, splits, 1, &error);
  g_assert_no_error (error);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  return atelier_model_dup_digest (atelier_trainer_get_model (trainer));
}

/* Also with a recipe that judges epochs, on data without validation images. */
static void
test_finds (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new_first (0);
  g_autoptr (AtelierRateSearch) one = NULL;
  g_autoptr (AtelierRateSearch) three = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  AtelierRateAdvice advice;
  guint n_told = 0, n_told_too = 0;

  small_recipe_init (&values, 2);
  values.patience = 1;
  values.schedule = ATELIER_SCHEDULE_PLATEAU;
  one = find (&values, splits, 1, NULL, &n_told, &error);
  g_assert_no_error (error);
  three = find (&values, splits, 3, NULL, &n_told_too, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpuint (atelier_rate_search_get_n (one), ==, atelier_rate_search_get_n (three));
  for (guint i = 0; i < atelier_rate_search_get_n (one); i++)
    g_assert_cmpfloat (atelier_rate_search_get_point (one, i)->smoothed, ==,
                       atelier_rate_search_get_point (three, i)->smoothed);
  g_assert_true (atelier_rate_search_advise (one, &advice));
  g_assert_cmpfloat (advice.lowest, >, 1e-5);
  g_assert_cmpfloat (advice.highest, <, 1.0);
}

static void
test_leaves_no_trace (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierRateSearch) search = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AtelierRecipeValues values;
  guint n_told = 0;

  small_recipe_init (&values, 2);
  before = train (&values);
  search = find (&values, splits, 2, NULL, &n_told, NULL);
  g_assert_nonnull (search);
  after = train (&values);
  g_assert_cmpstr (before, ==, after);
}

static void
test_cancelled (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  guint n_told = 0;

  small_recipe_init (&values, 2);
  g_cancellable_cancel (cancellable);
  g_assert_null (find (&values, splits, 1, cancellable, &n_told, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_misfit (void)
{
  g_autoptr (AtelierNetwork) network = other_network_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  small_recipe_init (&values, 1);
  recipe = recipe_of (&values);
  atelier_rate_finder_run_async (network, recipe, splits, 1, NULL, NULL, NULL, on_found_cb,
                                 &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (atelier_rate_finder_run_finish (result, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/rate-finder/finds", test_finds);
  g_test_add_func ("/core/rate-finder/no-trace", test_leaves_no_trace);
  g_test_add_func ("/core/rate-finder/cancelled", test_cancelled);
  g_test_add_func ("/core/rate-finder/misfit", test_misfit);

  return g_test_run ();
}
