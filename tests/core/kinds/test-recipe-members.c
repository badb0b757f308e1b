/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every member of a recipe and for every optimiser: a new one is tested by being in
 * its list. */

#include <string.h>

#include "base/atelier-json.h"
#include "kinds/atelier-optimizer-private.h"
#include "member-checks.h"
#include "model/atelier-recipe.h"

static void
test_members (void)
{
  AtelierRecipeValues values;

  atelier_recipe_values_init (&values);
  member_checks_run (atelier_recipe_values_get_members (), NULL, &values, sizeof values);
}

/* The command line has an option for each, and no two have the same. */
static void
test_options (void)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  for (guint i = 0; i < table->n_members; i++)
    {
      g_assert_nonnull (table->members[i].option);
      g_assert_nonnull (table->members[i].group);
      for (guint k = 0; k < i; k++)
        {
          g_assert_cmpstr (table->members[i].option, !=, table->members[k].option);
          g_assert_true (table->members[i].letter == 0
                         || table->members[i].letter != table->members[k].letter);
        }
    }
}

static void
test_optimizers (void)
{
  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    {
      const AtelierOptimizerClass *class = atelier_optimizer_class_get (i);
      NnOptimizer optimizer = nn_optimizer_default;
      AtelierRecipeValues values;
      g_autofree char *words = NULL;

      atelier_recipe_values_init (&values);
      values.optimizer = i;
      words = atelier_optimizer_describe (i, &values);
      g_assert_true (g_str_has_prefix (words, atelier_optimizer_choices[i].label));
      g_assert_cmpuint (class->n_moments, >=, 1);
      g_assert_cmpuint (class->n_moments, <=, 2);
      class->ops->to_nn (&values, &optimizer);
      for (guint k = 0; k < class->members.n_members; k++)
        {
          const AtelierMember *member = &class->members.members[k];

          g_assert_cmpstr (member->where, ==, "optimizer");
          g_assert_cmpuint (member->where_choices, ==, 1u << i);
        }
    }
  g_assert_null (atelier_optimizer_choices[ATELIER_N_OPTIMIZERS].word);
}

/* Members that came later are not in the file of a recipe that does not use them. */
static void
test_old_bytes (void)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-1");
  g_autoptr (JsonNode) node = atelier_recipe_to_json (recipe);
  g_autofree char *text = atelier_json_to_text (node);

  g_assert_cmpstr (text, ==,
                   "{\"optimizer\":\"adam\",\"learning_rate\":0.0001,\"momentum\":0,"
                   "\"batch_size\":32,\"epochs\":23,\"l2\":0.0001,\"seed\":1,"
                   "\"raw_pixels\":false}");
}

/* A momentum that is not used is kept, as files always had it; a beta that is not used is not. */
static void
test_unused (void)
{
  AtelierRecipeValues values;
  const AtelierRecipeValues *kept;
  g_autoptr (AtelierRecipe) adam = NULL;
  g_autoptr (AtelierRecipe) sgd = NULL;

  atelier_recipe_values_init (&values);
  values.momentum = 0.5;
  values.beta_1 = 0.5;
  adam = atelier_recipe_new (&values, NULL);
  values.optimizer = ATELIER_OPTIMIZER_SGD;
  sgd = atelier_recipe_new (&values, NULL);
  kept = atelier_recipe_get_values (adam);
  g_assert_cmpfloat (kept->momentum, ==, 0.5);
  g_assert_cmpfloat (kept->beta_1, ==, 0.5);
  kept = atelier_recipe_get_values (sgd);
  g_assert_cmpfloat (kept->momentum, ==, 0.5);
  g_assert_cmpfloat (kept->beta_1, ==, 0.9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/recipe-members/members", test_members);
  g_test_add_func ("/core/recipe-members/options", test_options);
  g_test_add_func ("/core/recipe-members/optimizers", test_optimizers);
  g_test_add_func ("/core/recipe-members/old-bytes", test_old_bytes);
  g_test_add_func ("/core/recipe-members/unused", test_unused);
  return g_test_run ();
}
