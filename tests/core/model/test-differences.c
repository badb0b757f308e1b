/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what networks and recipes differ. */

#include "model/atelier-differences.h"

static GPtrArray *
compare_presets (const char *a,
                 const char *b,
                 guint      *n_compared)
{
  g_autoptr (AtelierNetwork) first = atelier_network_new_preset (a);
  g_autoptr (AtelierNetwork) second = atelier_network_new_preset (b);
  g_autoptr (AtelierRecipe) first_recipe = atelier_recipe_new_preset (a);
  g_autoptr (AtelierRecipe) second_recipe = atelier_recipe_new_preset (b);
  AtelierNetwork * const networks[] = { first, second };
  AtelierRecipe * const recipes[] = { first_recipe, second_recipe };

  return atelier_differences_find (networks, recipes, 2, n_compared);
}

static void
assert_has (GPtrArray  *differences,
            const char *label,
            const char *first,
            const char *second)
{
  for (guint i = 0; i < differences->len; i++)
    {
      const AtelierDifference *difference = g_ptr_array_index (differences, i);

      if (!g_str_equal (difference->label, label))
        continue;
      g_assert_cmpstr (difference->values[0], ==, first);
      g_assert_cmpstr (difference->values[1], ==, second);
      g_assert_null (difference->values[2]);
      return;
    }
  g_error ("There is no difference called %s", label);
}

static gboolean
has_label (GPtrArray  *differences,
           const char *label)
{
  for (guint i = 0; i < differences->len; i++)
    if (g_str_equal (((AtelierDifference *) g_ptr_array_index (differences, i))->label, label))
      return TRUE;
  return FALSE;
}

static void
test_same (void)
{
  guint n_compared;
  g_autoptr (GPtrArray) differences = compare_presets ("report-2", "report-2", &n_compared);

  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpuint (n_compared, >, 15);
}

static void
test_presets (void)
{
  g_autoptr (GPtrArray) differences = compare_presets ("report-1", "report-2", NULL);

  assert_has (differences, "Parameters", "245,830", "30,394");
  assert_has (differences, "Dense · Units", "300, 32, 16, 10", "32, 10");
  assert_has (differences, "Learning rate", "0.0001", "0.001");
  assert_has (differences, "Epochs", "23", "10");
  g_assert_true (has_label (differences, "Layers"));
  g_assert_false (has_label (differences, "Seed"));
  g_assert_false (has_label (differences, "Input"));
}

/* What only one of two optimisers has is a dash with the other. */
static void
test_members_of_a_choice (void)
{
  g_autoptr (GPtrArray) differences = compare_presets ("report-2", "quick", NULL);

  assert_has (differences, "Optimiser", "Adam", "AdamW");
  assert_has (differences, "Warm-up", "–", "0.3");
}

/* The two presets that share their layers differ in the recipe alone. */
static void
test_recipes_alone (void)
{
  g_autoptr (GPtrArray) differences = compare_presets ("strong", "robust", NULL);

  g_assert_false (has_label (differences, "Layers"));
  g_assert_false (has_label (differences, "Parameters"));
  g_assert_cmpuint (differences->len, >=, 2);
  g_assert_cmpuint (differences->len, <=, 6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/differences/same", test_same);
  g_test_add_func ("/core/differences/presets", test_presets);
  g_test_add_func ("/core/differences/members-of-a-choice", test_members_of_a_choice);
  g_test_add_func ("/core/differences/recipes-alone", test_recipes_alone);
  return g_test_run ();
}
