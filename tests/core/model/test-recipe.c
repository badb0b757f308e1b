/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: the presets, each value's range, and the text form read and written. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-recipe.h"

static void
test_presets (void)
{
  g_autoptr (AtelierRecipe) report_1 = atelier_recipe_new_preset ("report-1");
  g_autoptr (AtelierRecipe) report_2 = atelier_recipe_new_preset ("report-2");
  const AtelierRecipeValues *values = atelier_recipe_get_values (report_1);

  g_assert_cmpint (values->optimizer, ==, ATELIER_OPTIMIZER_ADAM);
  g_assert_cmpfloat (values->learning_rate, ==, 0.0001);
  g_assert_cmpuint (values->batch_size, ==, 32);
  g_assert_cmpuint (values->n_epochs, ==, 23);
  g_assert_cmpfloat (values->l2, ==, 0.0001);
  g_assert_cmpuint (values->seed, ==, 1);
  g_assert_false (values->raw_pixels);

  values = atelier_recipe_get_values (report_2);
  g_assert_cmpfloat (values->learning_rate, ==, 0.001);
  g_assert_cmpuint (values->n_epochs, ==, 10);
}

static void
test_preset_other (void)
{
  g_autoptr (AtelierRecipe) report_2 = atelier_recipe_new_preset ("report-2");
  g_autoptr (AtelierRecipe) other = atelier_recipe_new_preset ("anything");
  g_autoptr (AtelierRecipe) none = atelier_recipe_new_preset (NULL);

  g_assert_true (atelier_recipe_equal (other, report_2));
  g_assert_true (atelier_recipe_equal (none, report_2));
}

static AtelierRecipeValues
make_values (void)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");

  return *atelier_recipe_get_values (recipe);
}

static void
assert_good (AtelierRecipeValues values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new (&values, &error);

  g_assert_no_error (error);
  g_assert_nonnull (recipe);
}

static void
assert_bad (AtelierRecipeValues  values,
            const char          *member)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdup_printf ("“%s” is ", member);

  g_assert_null (atelier_recipe_new (&values, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
  g_assert_true (strstr (error->message, quoted) != NULL);
}

#define ASSERT_GOOD(member, value) \
  G_STMT_START { \
    AtelierRecipeValues tried = make_values (); \
    tried.member = value; \
    assert_good (tried); \
  } G_STMT_END
#define ASSERT_BAD(member, value, name) \
  G_STMT_START { \
    AtelierRecipeValues tried = make_values (); \
    tried.member = value; \
    assert_bad (tried, name); \
  } G_STMT_END

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
  ASSERT_BAD (optimizer, ATELIER_N_OPTIMIZERS, "optimizer");
}

static void
test_equal (void)
{
  AtelierRecipeValues values = make_values ();
  g_autoptr (AtelierRecipe) first = atelier_recipe_new (&values, NULL);
  g_autoptr (AtelierRecipe) same = atelier_recipe_new (&values, NULL);
  g_autoptr (AtelierRecipe) raw = NULL;
  g_autoptr (AtelierRecipe) reseeded = NULL;

  g_assert_true (atelier_recipe_equal (first, same));
  values.raw_pixels = 7; /* any truth */
  raw = atelier_recipe_new (&values, NULL);
  g_assert_false (atelier_recipe_equal (first, raw));
  g_assert_cmpint (atelier_recipe_get_values (raw)->raw_pixels, ==, TRUE);
  values = make_values ();
  values.seed = 2;
  reseeded = atelier_recipe_new (&values, NULL);
  g_assert_false (atelier_recipe_equal (first, reseeded));
}

static void
test_with_epochs (void)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-1");
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRecipe) longer = atelier_recipe_new_with_epochs (recipe, 40, &error);
  AtelierRecipeValues expected = *atelier_recipe_get_values (recipe);
  g_autoptr (AtelierRecipe) wanted = NULL;

  g_assert_no_error (error);
  expected.n_epochs = 40;
  wanted = atelier_recipe_new (&expected, NULL);
  g_assert_true (atelier_recipe_equal (longer, wanted));
  g_assert_null (atelier_recipe_new_with_epochs (recipe, 0, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
}

/* A GValue shares the recipe. */
static void
test_boxed (void)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, ATELIER_TYPE_RECIPE);
  g_value_set_boxed (&value, recipe);
  g_assert_true (g_value_get_boxed (&value) == recipe);
}

static void
test_round_trip (void)
{
  const AtelierRecipeValues values = {
    .optimizer = ATELIER_OPTIMIZER_SGD,
    .learning_rate = 1.0 / 3.0,
    .momentum = 0.9,
    .batch_size = 7,
    .n_epochs = 3,
    .l2 = 1e-7,
    .seed = G_MAXINT64,
    .raw_pixels = TRUE,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new (&values, &error);
  g_autoptr (JsonNode) node = atelier_recipe_to_json (recipe);
  g_autoptr (AtelierRecipe) again = atelier_recipe_from_json (node, "test", &error);

  g_assert_no_error (error);
  g_assert_true (atelier_recipe_equal (recipe, again));
}

/* @text is refused, and the message has @piece. */
static void
assert_refused (const char *text,
                const char *piece)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  g_assert_null (atelier_recipe_from_json (node, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}

static void
test_refuses (void)
{
  assert_refused ("[]", "expected an object");
  assert_refused ("{}", "“optimizer” is missing");
  assert_refused ("{\"optimiser\":\"adam\"}", "unknown member “optimiser”");
  assert_refused ("{\"optimizer\":\"magic\"}", "“optimizer” is \"magic\"");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":\"fast\"}",
                  "“learning_rate” is \"fast\"");
  assert_refused ("{\"optimizer\":\"adam\",\"learning_rate\":0.1,\"momentum\":0,\"batch_size\":0}",
                  "“batch_size” is 0");
  assert_refused (
    "{\"optimizer\":\"adam\",\"learning_rate\":20,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
    "\"l2\":0,\"seed\":1,\"raw_pixels\":false}",
    "“learning_rate” is 20");
  assert_refused (
    "{\"optimizer\":\"adam\",\"learning_rate\":1,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
    "\"l2\":0,\"seed\":-1,\"raw_pixels\":false}",
    "“seed” is -1");
  assert_refused (
    "{\"optimizer\":\"adam\",\"learning_rate\":1,\"momentum\":0,\"batch_size\":1,\"epochs\":1,"
    "\"l2\":0,\"seed\":1,\"raw_pixels\":0}",
    "“raw_pixels” is 0");
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
  g_test_add_func ("/core/recipe/with-epochs", test_with_epochs);
  g_test_add_func ("/core/recipe/boxed", test_boxed);
  g_test_add_func ("/core/recipe/round-trip", test_round_trip);
  g_test_add_func ("/core/recipe/refuses", test_refuses);
  return g_test_run ();
}
