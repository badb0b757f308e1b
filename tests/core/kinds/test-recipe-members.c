/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every member of a recipe and for every optimiser: a new one is tested by being in
 * its list. */

#include <string.h>

#include "base/atelier-json.h"
#include "kinds/atelier-optimizer-private.h"
#include "member-checks.h"
#include "model/atelier-nn-private.h"

static void
test_members (void)
{
  AtelierRecipeValues values;

  atelier_recipe_values_init (&values);
  member_checks_run (atelier_recipe_values_get_members (), NULL, &values, sizeof values);
}

/* The command line has an option for each, and no two have the same but those of one name. */
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
          if (!g_str_equal (table->members[i].name, table->members[k].name))
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
      class->ops->to_nn (&values, &optimizer);
      g_assert_cmpuint (class->n_moments, ==, nn_optimizer_get_n_moments (optimizer.kind));
      g_assert_cmpuint (class->squares >> class->n_moments, ==, 0);
      for (guint k = 0; k < class->members.n_members; k++)
        {
          const AtelierMember *member = &class->members.members[k];

          g_assert_cmpstr (member->where, ==, "optimizer");
          g_assert_cmpuint (member->where_choices, ==, 1u << i);
        }
    }
  g_assert_null (atelier_optimizer_choices[ATELIER_N_OPTIMIZERS].word);
}

/* Defaults of the core are the engine's, which are Keras's for Adam and else PyTorch's. */
static void
test_defaults (void)
{
  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    {
      AtelierRecipeValues values;
      NnOptimizer optimizer, expected;

      atelier_recipe_values_init (&values);
      values.optimizer = i;
      optimizer = atelier_recipe_to_nn (&values);
      expected = nn_optimizer_get_default (optimizer.kind);
      g_assert_cmpstr (atelier_optimizer_choices[i].label, ==,
                       nn_optimizer_get_name (optimizer.kind));
      g_assert_cmpfloat (optimizer.beta_1, ==, expected.beta_1);
      g_assert_cmpfloat (optimizer.beta_2, ==, expected.beta_2);
      g_assert_cmpfloat (optimizer.epsilon, ==, expected.epsilon);
      g_assert_cmpfloat (optimizer.momentum, ==, expected.momentum);
      g_assert_cmpint (optimizer.is_nesterov, ==, expected.is_nesterov);
      g_assert_cmpfloat (optimizer.alpha, ==, expected.alpha);
      g_assert_cmpfloat (optimizer.rate_decay, ==, expected.rate_decay);
      g_assert_cmpfloat (optimizer.initial_sum, ==, expected.initial_sum);
      g_assert_cmpfloat (optimizer.weight_decay, ==, expected.weight_decay);
      g_assert_cmpfloat (optimizer.clip_norm, ==, expected.clip_norm);
      g_assert_cmpfloat (optimizer.average_decay, ==, expected.average_decay);
    }
}

/* Each of an optimiser's members, and each that all have, reaches the engine. */
static void
test_reach (void)
{
  static const char * const all[] = { "weight_decay", "clip_norm", "l2", "average_decay",
                                      "label_smoothing", NULL };
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    for (guint k = 0; k < table->n_members; k++)
      {
        const AtelierMember *member = &table->members[k];
        AtelierRecipeValues values;
        NnOptimizer before, after;

        atelier_recipe_values_init (&values);
        values.optimizer = i;
        if (!atelier_member_applies (table, member, &values)
            || (g_strcmp0 (member->where, "optimizer") != 0
                && !g_strv_contains (all, member->name)))
          continue;
        before = atelier_recipe_to_nn (&values);
        if (member->type == ATELIER_MEMBER_FLAG)
          atelier_member_set_integer (member, &values, TRUE);
        else
          atelier_member_set_real (member, &values, 0.375);
        after = atelier_recipe_to_nn (&values);
        g_test_message ("%s of %s", member->name, atelier_optimizer_choices[i].word);
        g_assert_true (memcmp (&before, &after, sizeof before) != 0);
      }
}

/* Each of the augmentation's members reaches the engine; the defaults change no image. */
static void
test_augmentation (void)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  AtelierRecipeValues values;
  NnAugmentation none;
  guint n_found = 0;

  atelier_recipe_values_init (&values);
  g_assert_false (atelier_recipe_get_augmentation (&values, &none));
  for (guint k = 0; k < table->n_members; k++)
    {
      const AtelierMember *member = &table->members[k];
      NnAugmentation changed;

      if (!g_str_has_prefix (member->name, "augment_"))
        continue;
      n_found++;
      atelier_recipe_values_init (&values);
      atelier_member_set_real (member, &values, 0.375);
      g_assert_true (atelier_recipe_get_augmentation (&values, &changed));
      g_assert_true (memcmp (&none, &changed, sizeof none) != 0);
    }
  g_assert_cmpuint (n_found, ==, sizeof none / sizeof none.mirror);
}

/* One name, two optimisers: each has its own value and default, and files the one that is used. */
static void
test_shared_names (void)
{
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (AtelierRecipe) again = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  atelier_recipe_values_init (&values);
  values.optimizer = ATELIER_OPTIMIZER_ADAMW;
  values.beta_1 = 0.5; /* Adam's, which is not used */
  atelier_member_set_real (
    atelier_members_find_meant (atelier_recipe_values_get_members (), "beta_1", &values), &values,
    0.25);
  recipe = atelier_recipe_new (&values, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (atelier_recipe_get_values (recipe)->beta_1, ==, 0.9);
  node = atelier_recipe_to_json (recipe);
  object = json_node_get_object (node);
  g_assert_cmpfloat (json_object_get_double_member (object, "beta_1"), ==, 0.25);
  g_assert_false (json_object_has_member (object, "weight_decay"));
  again = atelier_recipe_from_json (node, "test", &error);
  g_assert_no_error (error);
  g_assert_true (atelier_recipe_equal (recipe, again));
  g_assert_cmpfloat (atelier_recipe_to_nn (atelier_recipe_get_values (again)).beta_1, ==, 0.25f);
}

/* "momentum" is in every file, and with RMSprop means RMSprop's. */
static void
test_rmsprop (void)
{
  static const char text[] = "{\"optimizer\":\"rmsprop\",\"learning_rate\":0.01,\"alpha\":0.25,"
                             "\"momentum\":0.5,\"batch_size\":32,\"epochs\":1,\"l2\":0,"
                             "\"seed\":1,\"raw_pixels\":false}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_from_json (node, "test", &error);
  const AtelierRecipeValues *values;
  g_autoptr (JsonNode) written = NULL;
  g_autofree char *again = NULL;
  g_autofree char *words = NULL;
  NnOptimizer optimizer;

  g_assert_no_error (error);
  values = atelier_recipe_get_values (recipe);
  g_assert_cmpfloat (values->momentum, ==, 0.0); /* SGD's */
  optimizer = atelier_recipe_to_nn (values);
  g_assert_cmpint (optimizer.kind, ==, NN_OPTIMIZER_RMSPROP);
  g_assert_cmpfloat (optimizer.momentum, ==, 0.5f);
  g_assert_cmpfloat (optimizer.alpha, ==, 0.25f);
  words = atelier_optimizer_describe (values->optimizer, values);
  g_assert_cmpstr (words, ==, "RMSprop with momentum 0.5");
  written = atelier_recipe_to_json (recipe);
  again = atelier_json_to_text (written);
  g_assert_cmpstr (again, ==, text);
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
  g_test_add_func ("/core/recipe-members/defaults", test_defaults);
  g_test_add_func ("/core/recipe-members/reach", test_reach);
  g_test_add_func ("/core/recipe-members/augmentation", test_augmentation);
  g_test_add_func ("/core/recipe-members/shared-names", test_shared_names);
  g_test_add_func ("/core/recipe-members/rmsprop", test_rmsprop);
  g_test_add_func ("/core/recipe-members/old-bytes", test_old_bytes);
  g_test_add_func ("/core/recipe-members/unused", test_unused);
  return g_test_run ();
}
