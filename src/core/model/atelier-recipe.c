/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: the report's two as presets, one table of ranges for the check, one order of members
 * for the text.
 *
 * A seed must fit a JSON integer, so that a model file can carry it: 0 to 2^63 - 1.  Comparisons
 * are written so that NaN fails them.  Pure functions; any thread.
 */

#include "config.h"

#include "model/atelier-recipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-json.h"
#include "model/atelier-nn-private.h"

#define MAX_RATE 10.0
#define MAX_BATCH_SIZE 4096
#define MAX_EPOCHS 10000
#define MAX_SEED ((guint64) G_MAXINT64)

static const char * const optimizer_words[] = { "adam", "sgd", NULL };

void
atelier_recipe_init_preset (AtelierRecipe *recipe,
                            const char    *id)
{
  gboolean is_report_1 = g_strcmp0 (id, "report-1") == 0;

  g_return_if_fail (recipe != NULL);

  *recipe = (AtelierRecipe) {
    .optimizer = ATELIER_OPTIMIZER_ADAM,
    .learning_rate = is_report_1 ? 0.0001 : 0.001,
    .momentum = 0.0,
    .batch_size = 32,
    .n_epochs = is_report_1 ? 23 : 10,
    .l2 = 0.0001,
    .seed = 1,
    .raw_pixels = FALSE,
  };
}

/* ---- Checking ---- */

static void
fail_double (GError     **error,
             const char  *name,
             double       value,
             const char  *range)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE,
               /* Translators: a member's name, its value, its range in words */
               _("“%s” is %g, expected %s"), name, value, range);
}

static void
fail_uint (GError     **error,
           const char  *name,
           guint64      value,
           guint64      min,
           guint64      max)
{
  g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  g_autofree char *lowest = g_strdup_printf ("%" G_GUINT64_FORMAT, min);
  g_autofree char *highest = g_strdup_printf ("%" G_GUINT64_FORMAT, max);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE,
               /* Translators: a member's name, its value, the smallest and the largest value */
               _("“%s” is %s, expected %s to %s"), name, found, lowest, highest);
}

gboolean
atelier_recipe_check (const AtelierRecipe  *recipe,
                      GError              **error)
{
  g_return_val_if_fail (recipe != NULL, FALSE);

  if ((guint) recipe->optimizer > ATELIER_OPTIMIZER_SGD)
    fail_uint (error, "optimizer", (guint) recipe->optimizer, 0, ATELIER_OPTIMIZER_SGD);
  else if (!((float) recipe->learning_rate > 0.0f && recipe->learning_rate <= MAX_RATE))
    fail_double (error, "learning_rate", recipe->learning_rate, _("more than 0, at most 10"));
  else if (!(recipe->momentum >= 0.0 && (float) recipe->momentum < 1.0f))
    fail_double (error, "momentum", recipe->momentum, _("0 to below 1"));
  else if (recipe->batch_size < 1 || recipe->batch_size > MAX_BATCH_SIZE)
    fail_uint (error, "batch_size", recipe->batch_size, 1, MAX_BATCH_SIZE);
  else if (recipe->n_epochs < 1 || recipe->n_epochs > MAX_EPOCHS)
    fail_uint (error, "epochs", recipe->n_epochs, 1, MAX_EPOCHS);
  else if (!(recipe->l2 >= 0.0 && recipe->l2 <= 1.0))
    fail_double (error, "l2", recipe->l2, _("0 to 1"));
  else if (recipe->seed > MAX_SEED)
    fail_uint (error, "seed", recipe->seed, 0, MAX_SEED);
  else
    return TRUE;
  return FALSE;
}

gboolean
atelier_recipe_equal (const AtelierRecipe *a,
                      const AtelierRecipe *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->optimizer == b->optimizer && a->learning_rate == b->learning_rate
         && a->momentum == b->momentum && a->batch_size == b->batch_size
         && a->n_epochs == b->n_epochs && a->l2 == b->l2 && a->seed == b->seed
         && !a->raw_pixels == !b->raw_pixels;
}

/* ---- JSON ---- */

JsonNode *
atelier_recipe_to_json (const AtelierRecipe *recipe)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (atelier_recipe_check (recipe, NULL), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "optimizer", optimizer_words[recipe->optimizer]);
  json_object_set_double_member (object, "learning_rate", recipe->learning_rate);
  json_object_set_double_member (object, "momentum", recipe->momentum + 0.0); /* -0 becomes 0 */
  json_object_set_int_member (object, "batch_size", recipe->batch_size);
  json_object_set_int_member (object, "epochs", recipe->n_epochs);
  json_object_set_double_member (object, "l2", recipe->l2 + 0.0);
  json_object_set_int_member (object, "seed", (gint64) recipe->seed);
  json_object_set_boolean_member (object, "raw_pixels", recipe->raw_pixels != FALSE);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

gboolean
atelier_recipe_from_json (AtelierRecipe  *recipe,
                          JsonNode       *node,
                          const char     *origin,
                          GError        **error)
{
  static const char * const names[] = {
    "optimizer", "learning_rate", "momentum", "batch_size",
    "epochs", "l2", "seed", "raw_pixels", NULL
  };
  AtelierRecipe result = { 0 };
  AtelierJsonReader reader;
  guint optimizer = 0;
  gint64 seed = 0;

  g_return_val_if_fail (recipe != NULL, FALSE);
  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (origin != NULL, FALSE);

  if (!atelier_json_reader_init (&reader, node, origin, _("recipe"), ATELIER_ERROR_RECIPE, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_choice (&reader, "optimizer", TRUE, optimizer_words, &optimizer,
                                          error)
      || !atelier_json_reader_get_double (&reader, "learning_rate", TRUE, &result.learning_rate,
                                          error)
      || !atelier_json_reader_get_double (&reader, "momentum", TRUE, &result.momentum, error)
      || !atelier_json_reader_get_uint (&reader, "batch_size", TRUE, 1, MAX_BATCH_SIZE,
                                        &result.batch_size, error)
      || !atelier_json_reader_get_uint (&reader, "epochs", TRUE, 1, MAX_EPOCHS, &result.n_epochs,
                                        error)
      || !atelier_json_reader_get_double (&reader, "l2", TRUE, &result.l2, error)
      || !atelier_json_reader_get_int (&reader, "seed", TRUE, 0, G_MAXINT64, &seed, error)
      || !atelier_json_reader_get_boolean (&reader, "raw_pixels", TRUE, &result.raw_pixels, error))
    return FALSE;

  result.optimizer = optimizer;
  result.seed = (guint64) seed;
  if (!atelier_recipe_check (&result, error))
    {
      g_prefix_error (error, "%s: ", origin);
      return FALSE;
    }
  *recipe = result;
  return TRUE;
}

/* ---- The engine's words ---- */

NnOptimizer
atelier_recipe_to_nn (const AtelierRecipe *recipe)
{
  NnOptimizer optimizer = nn_optimizer_default;

  optimizer.kind =
    recipe->optimizer == ATELIER_OPTIMIZER_SGD ? NN_OPTIMIZER_SGD : NN_OPTIMIZER_ADAM;
  optimizer.learning_rate = (float) recipe->learning_rate;
  optimizer.momentum = (float) recipe->momentum;
  optimizer.l2 = (float) recipe->l2;
  return optimizer;
}
