/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread, for the words. */

#include "config.h"

#include "model/atelier-differences.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-format.h"
#include "kinds/atelier-layer.h"

/* What stands for a value where there is none. */
#define NONE "–"

typedef struct
{
  /* Borrowed */
  AtelierNetwork * const *networks;
  AtelierRecipe * const  *recipes;
  guint                   n;

  GPtrArray *found; /* Owned, until it is returned */
  guint      n_compared;
} Search;

static void
free_difference (gpointer data)
{
  AtelierDifference *difference = data;

  g_free (difference->label);
  g_strfreev (difference->values);
  g_free (difference);
}

/* Takes both.  What none of them has, such as a member of a kind of layer that is in no network,
 * was not compared. */
static void
take (Search *search,
      char   *label,
      char  **values)
{
  AtelierDifference *difference;
  gboolean is_same = TRUE, is_anywhere = FALSE;

  for (guint i = 0; i < search->n; i++)
    {
      is_same = is_same && g_str_equal (values[i], values[0]);
      is_anywhere = is_anywhere || !g_str_equal (values[i], NONE);
    }
  search->n_compared += is_anywhere;
  if (is_same)
    {
      g_free (label);
      g_strfreev (values);
      return;
    }
  difference = g_new (AtelierDifference, 1);
  difference->label = label;
  difference->values = values;
  g_ptr_array_add (search->found, difference);
}

static char **
new_values (const Search *search)
{
  return g_new0 (char *, search->n + 1);
}

/* ---- Networks ---- */

static char *
describe_input (AtelierNetwork *network)
{
  guint height, width, channels;

  atelier_network_get_input (network, &height, &width, &channels);
  return g_strdup_printf ("%u×%u×%u", height, width, channels);
}

static char *
describe_parameters (AtelierNetwork *network)
{
  return atelier_format_count (atelier_network_get_n_parameters (network));
}

/* "Convolution, Max pool, Dense" */
static char *
describe_order (AtelierNetwork *network)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      const AtelierLayer *layer = atelier_network_get_layer (network, i);

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                              _(atelier_layer_class_get (layer->kind)->label));
    }
  return g_string_free (words, FALSE);
}

/* "32, 16": the member of all layers of a kind. */
static char *
describe_layers (AtelierNetwork          *network,
                 AtelierLayerKind         kind,
                 const AtelierLayerClass *klass,
                 const AtelierMember     *member)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      const AtelierLayer *layer = atelier_network_get_layer (network, i);
      g_autofree char *value = NULL;

      if (layer->kind != kind || !atelier_member_is_meant (&klass->members, member, layer))
        continue;
      value = atelier_member_describe (member, layer);
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", value);
    }
  if (words->len == 0)
    g_string_append (words, NONE);
  return g_string_free (words, FALSE);
}

static void
compare_networks_by (Search      *search,
                     const char  *label,
                     char       *(*describe) (AtelierNetwork *network))
{
  char **values = new_values (search);

  for (guint i = 0; i < search->n; i++)
    values[i] = describe (search->networks[i]);
  take (search, g_strdup (label), values);
}

static void
compare_layers (Search           *search,
                AtelierLayerKind  kind)
{
  const AtelierLayerClass *klass = atelier_layer_class_get (kind);

  for (guint k = 0; k < klass->members.n_members; k++)
    {
      const AtelierMember *member = &klass->members.members[k];
      char **values = new_values (search);

      for (guint i = 0; i < search->n; i++)
        values[i] = describe_layers (search->networks[i], kind, klass, member);
      /* Translators: a kind of layer, and what it has: "Dense · Units" */
      take (search, g_strdup_printf (_("%s · %s"), _(klass->label), _(member->label)), values);
    }
}

/* ---- Recipes ---- */

static void
compare_recipes (Search *search)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  for (guint k = 0; k < table->n_members; k++)
    {
      const AtelierMember *member = &table->members[k];
      char **values = new_values (search);

      for (guint i = 0; i < search->n; i++)
        {
          const AtelierRecipeValues *recipe = atelier_recipe_get_values (search->recipes[i]);

          values[i] = atelier_member_applies (table, member, recipe)
                      ? atelier_member_describe (member, recipe)
                      : g_strdup (NONE);
        }
      take (search, g_strdup (_(member->label)), values);
    }
}

GPtrArray *
atelier_differences_find (AtelierNetwork * const *networks,
                          AtelierRecipe * const  *recipes,
                          guint                   n,
                          guint                  *n_compared)
{
  Search search = { .networks = networks, .recipes = recipes, .n = n };

  g_return_val_if_fail (networks != NULL && recipes != NULL && n > 0, NULL);

  search.found = g_ptr_array_new_with_free_func (free_difference);
  compare_networks_by (&search, _("Input"), describe_input);
  compare_networks_by (&search, _("Parameters"), describe_parameters);
  compare_networks_by (&search, _("Layers"), describe_order);
  for (guint kind = 0; kind < ATELIER_N_LAYER_KINDS; kind++)
    compare_layers (&search, kind);
  compare_recipes (&search);
  if (n_compared != NULL)
    *n_compared = search.n_compared;
  return search.found;
}
