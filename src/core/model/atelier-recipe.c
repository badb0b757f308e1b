/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: values that are right, and walks over the table of their members.
 *
 * A seed must fit a JSON integer, so that a model file can hold it: 0 to 2^63 - 1.  Immutable; any
 * thread.
 */

#include "config.h"

#include "model/atelier-recipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-member-json.h"
#include "kinds/atelier-optimizer-private.h"
#include "model/atelier-nn-private.h"
#include "model/atelier-plan.h"

struct _AtelierRecipe
{
  AtelierRecipeValues values;
};

G_DEFINE_BOXED_TYPE (AtelierRecipe, atelier_recipe, atelier_recipe_ref, atelier_recipe_unref)

AtelierRecipe *
atelier_recipe_new (const AtelierRecipeValues  *values,
                    GError                    **error)
{
  const AtelierMembers *members = atelier_recipe_values_get_members ();
  g_autofree char *problem = NULL;
  AtelierRecipe *recipe;

  g_return_val_if_fail (values != NULL, NULL);

  problem = atelier_members_check (members, values);
  if (problem != NULL)
    {
      g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE, problem);
      return NULL;
    }
  recipe = g_atomic_rc_box_new0 (AtelierRecipe);
  atelier_members_normalize (members, values, &recipe->values);
  return recipe;
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
atelier_recipe_freeze (AtelierRecipe *recipe)
{
  AtelierRecipeValues values;

  g_return_val_if_fail (recipe != NULL, NULL);

  values = recipe->values;
  if (!atelier_schedule_class_get (values.schedule)->has_horizon || values.horizon > 0)
    return atelier_recipe_ref (recipe);
  values.horizon = values.n_epochs;
  return atelier_recipe_new (&values, NULL);
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

AtelierWeights
atelier_recipe_get_weights (const AtelierRecipe *recipe)
{
  return atelier_recipe_get_values (recipe)->average_decay > 0.0 ? ATELIER_WEIGHTS_AVERAGED
                                                                 : ATELIER_WEIGHTS_NEWEST;
}

gboolean
atelier_recipe_has_weights (const AtelierRecipe *recipe,
                            AtelierWeights       weights)
{
  return weights != ATELIER_WEIGHTS_AVERAGED
         || atelier_recipe_get_weights (recipe) == ATELIER_WEIGHTS_AVERAGED;
}

gboolean
atelier_recipe_equal (const AtelierRecipe *a,
                      const AtelierRecipe *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return atelier_members_equal (atelier_recipe_values_get_members (), &a->values, &b->values);
}

AtelierSplits *
atelier_recipe_split (const AtelierRecipe  *recipe,
                      AtelierDataset       *dataset,
                      GError              **error)
{
  static const AtelierDivision divisions[] = {
    [ATELIER_SPLIT_BY_DATA] = ATELIER_DIVISION_ADVISED,
    [ATELIER_SPLIT_BY_FIRST] = ATELIER_DIVISION_FIRST,
    [ATELIER_SPLIT_BY_LAST] = ATELIER_DIVISION_LAST,
    [ATELIER_SPLIT_BY_CLASS] = ATELIER_DIVISION_STRATIFIED,
  };

  g_return_val_if_fail (recipe != NULL && dataset != NULL, NULL);

  return atelier_splits_new_divided (dataset, divisions[recipe->values.split],
                                     recipe->values.n_validation, recipe->values.split_seed, error);
}

gboolean
atelier_recipe_splits_equally (const AtelierRecipe *a,
                               const AtelierRecipe *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  /* Members that are not meant have their default. */
  return a->values.split == b->values.split && a->values.n_validation == b->values.n_validation
         && a->values.split_seed == b->values.split_seed;
}

/* ---- JSON ---- */

JsonNode *
atelier_recipe_to_json (const AtelierRecipe *recipe)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (recipe != NULL, NULL);

  object = json_object_new ();
  atelier_members_write (atelier_recipe_values_get_members (), &recipe->values, object);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

AtelierRecipe *
atelier_recipe_from_json (JsonNode    *node,
                          const char  *origin,
                          GError     **error)
{
  AtelierRecipeValues values = { 0 };
  AtelierRecipe *recipe;
  AtelierJsonReader reader;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  if (!atelier_json_reader_init (&reader, node, origin, _("recipe"), ATELIER_ERROR_RECIPE, error)
      || !atelier_members_read (atelier_recipe_values_get_members (), &reader, NULL, &values,
                                error))
    return NULL;

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
  JsonNode *part;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  origin = g_filename_display_name (path);
  bytes = atelier_file_read (path, ATELIER_JSON_MAX_LENGTH, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  node = atelier_json_parse (text != NULL ? text : "", (gssize) length, origin, error);
  if (node == NULL)
    return NULL;
  part = atelier_json_pick_part (node, atelier_plan_parts, "recipe", origin, ATELIER_ERROR_RECIPE,
                                 error);
  return part != NULL ? atelier_recipe_from_json (part, origin, error) : NULL;
}

/* ---- The engine's words ---- */

gboolean
atelier_recipe_get_augmentation (const AtelierRecipeValues *values,
                                 NnAugmentation            *augmentation)
{
  const NnAugmentation none = { 0 };

  *augmentation = (NnAugmentation) {
    .mirror = (float) values->augment_mirror,
    .shift = (float) values->augment_shift,
    .rotation = (float) values->augment_rotation,
    .scale = (float) values->augment_scale,
    .brightness = (float) values->augment_brightness,
    .erase = (float) values->augment_erase,
  };
  return memcmp (augmentation, &none, sizeof none) != 0;
}

NnOptimizer
atelier_recipe_to_nn (const AtelierRecipeValues *values)
{
  NnOptimizer optimizer = { 0 };

  optimizer.learning_rate = (float) values->learning_rate;
  optimizer.l2 = (float) values->l2;
  optimizer.clip_norm = (float) values->clip_norm;
  optimizer.weight_decay = (float) values->weight_decay;
  optimizer.average_decay = (float) values->average_decay;
  optimizer.label_smoothing = (float) values->label_smoothing;
  atelier_optimizer_class_get (values->optimizer)->ops->to_nn (values, &optimizer);
  return optimizer;
}
