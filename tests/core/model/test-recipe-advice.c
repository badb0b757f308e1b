/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Advice on recipes: each rule where it holds and where it just does not. */

#include <string.h>

#include "model/atelier-recipe-advice.h"
#include "small-runs.h"

/* A recipe that nothing is said of: 4 batches in an epoch. */
static AtelierRecipeValues
make_values (void)
{
  AtelierRecipeValues values;

  small_recipe_init (&values, 10);
  values.l2 = 0.0;
  return values;
}

/* @name and @words: of the only advice there must be; NULL: there must be none. */
static void
assert_advice (const AtelierRecipeValues *values,
               AtelierSplits             *splits,
               const char                *name,
               const char                *words)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);
  g_autoptr (GPtrArray) all = atelier_recipe_advise (recipe, NULL, splits);
  const AtelierRecipeAdvice *advice;

  g_assert_cmpuint (all->len, ==, name != NULL ? 1 : 0);
  if (name == NULL)
    return;
  advice = g_ptr_array_index (all, 0);
  g_assert_cmpstr (advice->member->name, ==, name);
  g_assert_true (atelier_member_applies (atelier_recipe_values_get_members (), advice->member,
                                         values));
  g_assert_nonnull (strstr (advice->words, words));
}

static void
test_presets (void)
{
  static const char * const ids[] = { "report-1", "report-2" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      AtelierRecipeValues values;

      preset_recipe_init (&values, ids[i]);
      assert_advice (&values, NULL, NULL, NULL);
    }
}

static void
test_batch (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  AtelierRecipeValues values = make_values ();

  values.batch_size = 220;
  assert_advice (&values, splits, NULL, NULL);
  values.batch_size = 221;
  assert_advice (&values, splits, "batch_size", "220 training images");
  assert_advice (&values, NULL, NULL, NULL);
}

/* AdamW has a decay of its own, which is not 0. */
static void
test_decay (void)
{
  AtelierRecipeValues values = make_values ();

  values.l2 = 0.01;
  assert_advice (&values, NULL, NULL, NULL);
  values.weight_decay = 0.01;
  assert_advice (&values, NULL, "l2", "weight decay");
  values.l2 = 0.0;
  assert_advice (&values, NULL, NULL, NULL);
  values.weight_decay = 0.0;
  values.l2 = 0.01;
  values.optimizer = ATELIER_OPTIMIZER_ADAMW;
  assert_advice (&values, NULL, "l2", "weight decay");
}

/* 40 batches: at most 41 / 50. */
static void
test_average (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  AtelierRecipeValues values = make_values ();

  values.average_decay = 0.82;
  assert_advice (&values, splits, NULL, NULL);
  values.average_decay = 0.83;
  assert_advice (&values, splits, "average_decay", "In 40 batches");
  assert_advice (&values, NULL, NULL, NULL);
}

static void
test_judge (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new_first (0);
  AtelierRecipeValues values = make_values ();

  assert_advice (&values, splits, NULL, NULL);
  values.judged_by = ATELIER_JUDGED_BY_ACCURACY;
  assert_advice (&values, splits, "judged_by", "no validation images");
  values.judged_by = ATELIER_JUDGED_BY_LOSS;
  values.weights = ATELIER_WEIGHTS_BEST;
  assert_advice (&values, splits, "judged_by", "no validation images");
  assert_advice (&values, NULL, NULL, NULL);
  values.split = ATELIER_SPLIT_BY_FIRST;
  values.n_validation = 0;
  assert_advice (&values, NULL, "judged_by", "no validation images");
}

static void
test_patience (void)
{
  AtelierRecipeValues values = make_values ();

  values.patience = 9;
  assert_advice (&values, NULL, NULL, NULL);
  values.patience = 10;
  assert_advice (&values, NULL, "patience", "stops nothing");
  values.patience = 3;
  values.schedule = ATELIER_SCHEDULE_ONE_CYCLE;
  assert_advice (&values, NULL, "patience", "before the schedule");
  values.schedule = ATELIER_SCHEDULE_EXPONENTIAL;
  assert_advice (&values, NULL, NULL, NULL);
}

static void
test_horizon (void)
{
  AtelierRecipeValues values = make_values ();

  values.horizon = 5;
  assert_advice (&values, NULL, NULL, NULL);
  values.schedule = ATELIER_SCHEDULE_COSINE;
  assert_advice (&values, NULL, "horizon", "after epoch 5");
  values.horizon = 10;
  assert_advice (&values, NULL, NULL, NULL);
  values.horizon = 20;
  assert_advice (&values, NULL, "horizon", "ends after 10 epochs");
}

/* By default ten bad epochs do not lower the rate; the first epoch is never one. */
static void
test_plateau (void)
{
  AtelierRecipeValues values = make_values ();

  values.schedule = ATELIER_SCHEDULE_PLATEAU;
  assert_advice (&values, NULL, "schedule", "before the schedule can lower");
  values.n_epochs = 13;
  assert_advice (&values, NULL, NULL, NULL);
  values.patience = 5;
  assert_advice (&values, NULL, "schedule", "before the schedule can lower");
}

/* Batch norm of single values cannot learn from one image, which is joined to the batch before. */
static void
test_last_batch (void)
{
  static const char json[] =
    "{ \"name\": \"Norm\", \"input\": [28, 28, 1], \"layers\": ["
    "  { \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 8 },"
    "  { \"type\": \"batch_norm\" }, { \"type\": \"dense\", \"units\": 10 } ] }";
  g_autoptr (AtelierNetwork) network = atelier_network_from_json (json, -1, "test", NULL);
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  AtelierRecipeValues values = make_values ();

  for (values.batch_size = 73; values.batch_size <= 74; values.batch_size++)
    {
      g_autoptr (AtelierRecipe) recipe = recipe_of (&values);
      g_autoptr (GPtrArray) all = atelier_recipe_advise (recipe, network, splits);

      g_assert_cmpuint (all->len, ==, values.batch_size == 73 ? 1 : 0);
      if (all->len > 0)
        g_assert_nonnull (strstr (((AtelierRecipeAdvice *) all->pdata[0])->words,
                                  "The last batch of each epoch has 1 image more"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/recipe-advice/presets", test_presets);
  g_test_add_func ("/core/recipe-advice/batch", test_batch);
  g_test_add_func ("/core/recipe-advice/last-batch", test_last_batch);
  g_test_add_func ("/core/recipe-advice/decay", test_decay);
  g_test_add_func ("/core/recipe-advice/average", test_average);
  g_test_add_func ("/core/recipe-advice/judge", test_judge);
  g_test_add_func ("/core/recipe-advice/patience", test_patience);
  g_test_add_func ("/core/recipe-advice/horizon", test_horizon);
  g_test_add_func ("/core/recipe-advice/plateau", test_plateau);
  return g_test_run ();
}
