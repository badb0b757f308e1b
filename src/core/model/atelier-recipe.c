/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: the report's two as presets, the ranges in one function, the order of members in one
 * other.
 *
 * A seed must fit a JSON integer, so that a model file can hold it: 0 to 2^63 - 1.  Comparisons
 * are written so that NaN fails them.  Immutable; any thread.
 */

#include "config.h"

#include "model/atelier-recipe.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-json.h"
#include "model/atelier-nn-private.h"

#define MAX_RATE 10.0
#define MAX_BATCH_SIZE 4096
#define MAX_EPOCHS 10000
#define MAX_SEED ((guint64) G_MAXINT64)

static const char * const optimizer_words[] = { "adam", "sgd", NULL };

struct _AtelierRecipe
{
  AtelierRecipeValues values;
};

G_DEFINE_BOXED_TYPE (AtelierRecipe, atelier_recipe, atelier_recipe_ref, atelier_recipe_unref)

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

static gboolean
check_values (const AtelierRecipeValues  *values,
              GError                    **error)
{
  if ((guint) values->optimizer > ATELIER_OPTIMIZER_SGD)
    fail_uint (error, "optimizer", (guint) values->optimizer, 0, ATELIER_OPTIMIZER_SGD);
  else if (!((float) values->learning_rate > 0.0f && values->learning_rate <= MAX_RATE))
    fail_double (error, "learning_rate", values->learning_rate, _("more than 0, at most 10"));
  else if (!(values->momentum >= 0.0 && (float) values->momentum < 1.0f))
    fail_double (error, "momentum", values->momentum, _("0 to below 1"));
  else if (values->batch_size < 1 || values->batch_size > MAX_BATCH_SIZE)
    fail_uint (error, "batch_size", values->batch_size, 1, MAX_BATCH_SIZE);
  else if (values->n_epochs < 1 || values->n_epochs > MAX_EPOCHS)
    fail_uint (error, "epochs", values->n_epochs, 1, MAX_EPOCHS);
  else if (!(values->l2 >= 0.0 && values->l2 <= 1.0))
    fail_double (error, "l2", values->l2, _("0 to 1"));
  else if (values->seed > MAX_SEED)
    fail_uint (error, "seed", values->seed, 0, MAX_SEED);
  else
    return TRUE;
  return FALSE;
}

/* ---- Making ---- */

AtelierRecipe *
atelier_recipe_new (const AtelierRecipeValues  *values,
                    GError                    **error)
{
  AtelierRecipe *recipe;

  g_return_val_if_fail (values != NULL, NULL);

  if (!check_values (values, error))
    return NULL;

  recipe = g_atomic_rc_box_new (AtelierRecipe);
  recipe->values = *values;
  recipe->values.raw_pixels = values->raw_pixels != FALSE;
  return recipe;
}

AtelierRecipe *
atelier_recipe_new_preset (const char *id)
{
  gboolean is_report_1 = g_strcmp0 (id, "report-1") == 0;
  const AtelierRecipeValues values = {
    .optimizer = ATELIER_OPTIMIZER_ADAM,
    .learning_rate = is_report_1 ? 0.0001 : 0.001,
    .momentum = 0.0,
    .batch_size = 32,
    .n_epochs = is_report_1 ? 23 : 10,
    .l2 = 0.0001,
    .seed = 1,
    .raw_pixels = FALSE,
  };

  return atelier_recipe_new (&values, NULL);
}

AtelierRecipe *
atelier_recipe_new_with_epochs (const AtelierRecipe  *recipe,
                                guint                 n_epochs,
                                GError              **error)
{
  AtelierRecipeValues values;

  g_return_val_if_fail (recipe != NULL, NULL);

  values = recipe->values;
  values.n_epochs = n_epochs;
  return atelier_recipe_new (&values, error);
}

AtelierRecipe *
atelier_recipe_ref (AtelierRecipe *recipe)
{
  return g_atomic_rc_box_acquire (recipe);
}

void
atelier_recipe_unref (AtelierRecipe *recipe)
{
  g_atomic_rc_box_release (recipe);
}

const AtelierRecipeValues *
atelier_recipe_get_values (const AtelierRecipe *recipe)
{
  g_return_val_if_fail (recipe != NULL, NULL);

  return &recipe->values;
}

gboolean
atelier_recipe_equal (const AtelierRecipe *a,
                      const AtelierRecipe *b)
{
  const AtelierRecipeValues *x = atelier_recipe_get_values (a);
  const AtelierRecipeValues *y = atelier_recipe_get_values (b);

  return x->optimizer == y->optimizer && x->learning_rate == y->learning_rate
         && x->momentum == y->momentum && x->batch_size == y->batch_size
         && x->n_epochs == y->n_epochs && x->l2 == y->l2 && x->seed == y->seed
         && x->raw_pixels == y->raw_pixels;
}

/* ---- JSON ---- */

JsonNode *
atelier_recipe_to_json (const AtelierRecipe *recipe)
{
  const AtelierRecipeValues *values;
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (recipe != NULL, NULL);

  values = &recipe->values;
  object = json_object_new ();
  json_object_set_string_member (object, "optimizer", optimizer_words[values->optimizer]);
  json_object_set_double_member (object, "learning_rate", values->learning_rate);
  json_object_set_double_member (object, "momentum", values->momentum + 0.0); /* -0 becomes 0 */
  json_object_set_int_member (object, "batch_size", values->batch_size);
  json_object_set_int_member (object, "epochs", values->n_epochs);
  json_object_set_double_member (object, "l2", values->l2 + 0.0);
  json_object_set_int_member (object, "seed", (gint64) values->seed);
  json_object_set_boolean_member (object, "raw_pixels", values->raw_pixels);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

AtelierRecipe *
atelier_recipe_from_json (JsonNode    *node,
                          const char  *origin,
                          GError     **error)
{
  static const char * const names[] = {
    "optimizer", "learning_rate", "momentum", "batch_size",
    "epochs", "l2", "seed", "raw_pixels", NULL
  };
  AtelierRecipeValues values = { 0 };
  AtelierRecipe *recipe;
  AtelierJsonReader reader;
  guint optimizer = 0;
  gint64 seed = 0;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  if (!atelier_json_reader_init (&reader, node, origin, _("recipe"), ATELIER_ERROR_RECIPE, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_choice (&reader, "optimizer", TRUE, optimizer_words, &optimizer,
                                          error)
      || !atelier_json_reader_get_double (&reader, "learning_rate", TRUE, &values.learning_rate,
                                          error)
      || !atelier_json_reader_get_double (&reader, "momentum", TRUE, &values.momentum, error)
      || !atelier_json_reader_get_uint (&reader, "batch_size", TRUE, 1, MAX_BATCH_SIZE,
                                        &values.batch_size, error)
      || !atelier_json_reader_get_uint (&reader, "epochs", TRUE, 1, MAX_EPOCHS, &values.n_epochs,
                                        error)
      || !atelier_json_reader_get_double (&reader, "l2", TRUE, &values.l2, error)
      || !atelier_json_reader_get_int (&reader, "seed", TRUE, 0, G_MAXINT64, &seed, error)
      || !atelier_json_reader_get_boolean (&reader, "raw_pixels", TRUE, &values.raw_pixels, error))
    return NULL;

  values.optimizer = optimizer;
  values.seed = (guint64) seed;
  recipe = atelier_recipe_new (&values, error);
  if (recipe == NULL)
    g_prefix_error (error, "%s: ", origin);
  return recipe;
}

AtelierRecipe *
atelier_recipe_load (const char  *path,
                     GError     **error)
{
  g_autofree char *origin = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  origin = g_filename_display_name (path);
  bytes = atelier_file_read (path, ATELIER_JSON_MAX_LENGTH, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  node = atelier_json_parse (text != NULL ? text : "", (gssize) length, origin, error);
  return node != NULL ? atelier_recipe_from_json (node, origin, error) : NULL;
}

/* ---- The engine's words ---- */

NnOptimizer
atelier_recipe_to_nn (const AtelierRecipeValues *values)
{
  NnOptimizer optimizer = nn_optimizer_default;

  optimizer.kind =
    values->optimizer == ATELIER_OPTIMIZER_SGD ? NN_OPTIMIZER_SGD : NN_OPTIMIZER_ADAM;
  optimizer.learning_rate = (float) values->learning_rate;
  optimizer.momentum = (float) values->momentum;
  optimizer.l2 = (float) values->l2;
  return optimizer;
}
