/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: the presets, each value's range, and the text form both ways. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-recipe.h"

static void
test_presets (void)
{
  AtelierRecipe recipe;

  atelier_recipe_init_preset (&recipe, "report-1");
  g_assert_cmpint (recipe.optimizer, ==, ATELIER_OPTIMIZER_ADAM);
  g_assert_cmpfloat (recipe.learning_rate, ==, 0.0001);
  g_assert_cmpuint (recipe.batch_size, ==, 32);
  g_assert_cmpuint (recipe.n_epochs, ==, 23);
  g_assert_cmpfloat (recipe.l2, ==, 0.0001);
  g_assert_cmpuint (recipe.seed, ==, 1);
  g_assert_false (recipe.raw_pixels);
  g_assert_true (atelier_recipe_check (&recipe, NULL));

  atelier_recipe_init_preset (&recipe, "report-2");
  g_assert_cmpfloat (recipe.learning_rate, ==, 0.001);
  g_assert_cmpuint (recipe.n_epochs, ==, 10);
  g_assert_true (atelier_recipe_check (&recipe, NULL));
}

static void
test_preset_other (void)
{
  AtelierRecipe recipe, report_2;

  atelier_recipe_init_preset (&report_2, "report-2");
  atelier_recipe_init_preset (&recipe, "anything");
  g_assert_true (atelier_recipe_equal (&recipe, &report_2));
  atelier_recipe_init_preset (&recipe, NULL);
  g_assert_true (atelier_recipe_equal (&recipe, &report_2));
}

static AtelierRecipe
make_recipe (void)
{
  AtelierRecipe recipe;

  atelier_recipe_init_preset (&recipe, "report-2");
  return recipe;
}

static void
assert_good (AtelierRecipe recipe)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_recipe_check (&recipe, &error));
  g_assert_no_error (error);
}

static void
assert_bad (AtelierRecipe  recipe,
            const char    *member)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdup_printf ("“%s” is ", member);

  g_assert_false (atelier_recipe_check (&recipe, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
  g_assert_true (strstr (error->message, quoted) != NULL);
}

#define ASSERT_GOOD(member, value) \
  G_STMT_START { AtelierRecipe tried = make_recipe (); tried.member = value; assert_good (tried); } G_STMT_END
#define ASSERT_BAD(member, value, name) \
  G_STMT_START { AtelierRecipe tried = make_recipe (); tried.member = value; assert_bad (tried, name); } G_STMT_END

static void
test_ranges (void)
{
  ASSERT_GOOD (learning_rate, 10.0);
  ASSERT_GOOD (learning_rate, 1e-9);
  ASSERT_BAD (learning_rate, 0.0, "learning_rate");
  ASSERT_BAD (learning_rate, -1.0, "learning_rate");
  ASSERT_BAD (learning_rate, 10.5, "learning_rate");
  ASSERT_BAD (learning_rate, 1e-60, "learning_rate");
  ASSERT_BAD (learning_rate, (double) NAN, "learning_rate");
  ASSERT_BAD (learning_rate, (double) INFINITY, "learning_rate");
  ASSERT_GOOD (momentum, 0.99);
  ASSERT_BAD (momentum, 1.0, "momentum");
  ASSERT_BAD (momentum, -0.1, "momentum");
  ASSERT_BAD (momentum, (double) NAN, "momentum");
  ASSERT_GOOD (batch_size, 1);
  ASSERT_GOOD (batch_size, 4096);
  ASSERT_BAD (batch_size, 0, "batch_size");
  ASSERT_BAD (batch_size, 4097, "batch_size");
  ASSERT_GOOD (n_epochs, 10000);
  ASSERT_BAD (n_epochs, 0, "epochs");
  ASSERT_BAD (n_epochs, 10001, "epochs");
  ASSERT_GOOD (l2, 0.0);
  ASSERT_GOOD (l2, 1.0);
  ASSERT_BAD (l2, 1.1, "l2");
  ASSERT_BAD (l2, (double) NAN, "l2");
  ASSERT_GOOD (seed, G_MAXINT64);
  ASSERT_BAD (seed, (guint64) G_MAXINT64 + 1, "seed");
  ASSERT_BAD (optimizer, 2, "optimizer");
}

static void
test_equal (void)
{
  AtelierRecipe a = make_recipe ();
  AtelierRecipe b = make_recipe ();

  g_assert_true (atelier_recipe_equal (&a, &b));
  b.raw_pixels = TRUE;
  g_assert_false (atelier_recipe_equal (&a, &b));
  b = a;
  b.seed = 2;
  g_assert_false (atelier_recipe_equal (&a, &b));
}

static void
test_round_trip (void)
{
  AtelierRecipe recipe = {
    .optimizer = ATELIER_OPTIMIZER_SGD, .learning_rate = 1.0 / 3.0, .momentum = 0.9, .batch_size = 7, .n_epochs = 3,
    .l2 = 1e-7, .seed = G_MAXINT64, .raw_pixels = TRUE,
  };
  g_autoptr (JsonNode) node = atelier_recipe_to_json (&recipe);
  AtelierRecipe again;
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_recipe_from_json (&again, node, "test", &error));
  g_assert_no_error (error);
  g_assert_true (atelier_recipe_equal (&recipe, &again));
}

/* @text is refused, the message has @piece, and the recipe stays as it was. */
static void
assert_refused (const char *text,
                const char *piece)
{
  AtelierRecipe before = make_recipe ();
  AtelierRecipe recipe = before;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  g_assert_false (atelier_recipe_from_json (&recipe, node, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
  g_assert_true (atelier_recipe_equal (&recipe, &before));
}

static void
test_refuses (void)
{
  assert_refused ("[]", "expected an object");
  assert_refused ("{}", "“optimizer” is missing");
  assert_refused ("{\"optimiser\":\"adam\"}", "unknown member “optimiser”");
  assert_refused ("{\"optimizer\":\"rmsprop\"}", "“optimizer” is \"rmsprop\"");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":\"fast\"}", "“learning_rate” is \"fast\"");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":0.1,\"momentum\":0,\"batch_size\":0}", "“batch_size” is 0");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":20,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
                  "\"l2\":0,\"seed\":1,\"raw_pixels\":false}", "“learning_rate” is 20");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":1,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
                  "\"l2\":0,\"seed\":-1,\"raw_pixels\":false}", "“seed” is -1");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":1,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
                  "\"l2\":0,\"seed\":1,\"raw_pixels\":0}", "“raw_pixels” is 0");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/recipe/presets", test_presets);
  g_test_add_func ("/core/recipe/preset-other", test_preset_other);
  g_test_add_func ("/core/recipe/ranges", test_ranges);
  g_test_add_func ("/core/recipe/equal", test_equal);
  g_test_add_func ("/core/recipe/round-trip", test_round_trip);
  g_test_add_func ("/core/recipe/refuses", test_refuses);
  return g_test_run ();
}
