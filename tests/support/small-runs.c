/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small networks, data sets and recipes.  The data are Sketched garments, drawn once a test
 * program. */

#include "small-runs.h"

#include "data/atelier-synthetic.h"

static const char small_network[] =
  "{ \"name\": \"Small\", \"input\": [28, 28, 1], \"layers\": ["
  "  { \"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3, \"padding\": \"same\","
  "    \"activation\": \"relu\" },"
  "  { \"type\": \"max_pool2d\", \"size\": 4 },"
  "  { \"type\": \"dropout\", \"rate\": 0.2 },"
  "  { \"type\": \"flatten\" },"
  "  { \"type\": \"dense\", \"units\": 10 } ] }";

static const char other_network[] =
  "{ \"name\": \"Other\", \"input\": [12, 12, 1], \"layers\": ["
  "  { \"type\": \"flatten\" },"
  "  { \"type\": \"dense\", \"units\": 10 } ] }";

static AtelierNetwork *
parse_network (const char *json)
{
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "test", &error);

  g_assert_no_error (error);

  return network;
}

AtelierSplits *
small_splits_new (void)
{
  static AtelierSplits *splits = NULL;

  if (splits == NULL)
    splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, SMALL_N_TRAIN, SMALL_N_TEST);

  return atelier_splits_ref (splits);
}

AtelierSplits *
small_splits_new_first (guint n_validation)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierSplits *others =
    atelier_splits_new_first (atelier_splits_get_dataset (splits), n_validation, &error);

  g_assert_no_error (error);

  return others;
}

AtelierSplits *
garment_splits_new (guint64 seed,
                    guint   n_train,
                    guint   n_test)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (seed, n_train, n_test);

  return atelier_splits_new (dataset);
}

AtelierSplits *
splits_of_parts (const AtelierDatasetParts *parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataset) dataset = atelier_dataset_new (parts, &error);

  g_assert_no_error (error);

  return atelier_splits_new (dataset);
}

AtelierNetwork *
small_network_new (void)
{
  return parse_network (small_network);
}

AtelierNetwork *
other_network_new (void)
{
  return parse_network (other_network);
}

void
small_recipe_init (AtelierRecipeValues *values,
                   guint                n_epochs)
{
  atelier_recipe_values_init (values);
  values->learning_rate = 0.003;
  values->batch_size = 64;
  values->n_epochs = n_epochs;
  values->l2 = 0.001;
  values->seed = 7;
}

void
preset_recipe_init (AtelierRecipeValues *values,
                    const char          *id)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (id);

  *values = *atelier_recipe_get_values (recipe);
}

AtelierRecipe *
recipe_of (const AtelierRecipeValues *values)
{
  g_autoptr (GError) error = NULL;
  AtelierRecipe *recipe = atelier_recipe_new (values, &error);

  g_assert_no_error (error);
  return recipe;
}

gboolean
start_with_values (AtelierTrainer             *trainer,
                   AtelierNetwork             *network,
                   const AtelierRecipeValues  *values,
                   AtelierSplits              *splits,
                   guint                       n_threads,
                   GError                    **error)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);

  return atelier_trainer_start (trainer, network, recipe, splits, n_threads, error);
}

AtelierRunRecord *
record_of (AtelierHistory *history,
           AtelierSplits  *splits)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (NULL);
  const AtelierRunRecordParts parts = {
    .network = network,
    .recipe = recipe,
    .dataset = atelier_splits_get_dataset (splits),
    .history = history,
  };

  return atelier_run_record_new (&parts);
}

AtelierLearner *
learner_of (AtelierNetwork             *network,
            const AtelierRecipeValues  *values,
            AtelierSplits              *splits,
            guint                       n_threads,
            GError                    **error)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);

  return atelier_learner_new (network, recipe, splits, n_threads, error);
}
