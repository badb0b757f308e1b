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

AtelierDataset *
small_dataset_new (void)
{
  static AtelierDataset *dataset = NULL;

  if (dataset == NULL)
    dataset = atelier_synthetic_new (ATELIER_SYNTHETIC_SEED, SMALL_N_TRAIN, SMALL_N_TEST);

  return atelier_dataset_ref (dataset);
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
  *values = (AtelierRecipeValues) {
    .optimizer = ATELIER_OPTIMIZER_ADAM,
    .learning_rate = 0.003,
    .momentum = 0.0,
    .batch_size = 64,
    .n_epochs = n_epochs,
    .l2 = 0.001,
    .seed = 7,
  };
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
start_with_values (AtelierTrainer            *trainer,
                   AtelierNetwork            *network,
                   const AtelierRecipeValues *values,
                   AtelierDataset            *dataset,
                   guint                      n_threads,
                   GError                   **error)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);

  return atelier_trainer_start (trainer, network, recipe, dataset, n_threads, error);
}

AtelierLearner *
learner_of (AtelierNetwork            *network,
            const AtelierRecipeValues *values,
            AtelierDataset            *dataset,
            guint                      n_threads,
            GError                   **error)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (values);

  return atelier_learner_new (network, recipe, dataset, n_threads, error);
}
