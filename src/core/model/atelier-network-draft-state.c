/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layers of a draft as one list, and places in it.
 *
 * A block says how many of the layers behind it are its own.  All that changes the list goes
 * through splice (), which keeps these numbers right.
 */

#include "config.h"

#include <string.h>

#include "model/atelier-network-draft-private.h"

guint
atelier_draft_state_count (const AtelierDraftState *state,
                           guint                    i_layer)
{
  return 1 + state->layers[i_layer].n_body + state->layers[i_layer].n_shortcut;
}

guint
atelier_draft_state_find_block (const AtelierDraftState *state,
                                guint                    i_layer,
                                gboolean                *is_shortcut)
{
  *is_shortcut = FALSE;
  for (guint i = 0; i < i_layer; i += atelier_draft_state_count (state, i))
    if (i_layer < i + atelier_draft_state_count (state, i))
      {
        *is_shortcut = i_layer > i + state->layers[i].n_body;
        return i;
      }
  return ATELIER_NO_LAYER;
}

guint
atelier_draft_state_count_list (const AtelierDraftState *state,
                                guint                    block,
                                gboolean                 is_shortcut)
{
  guint n = 0;

  if (block != ATELIER_NO_LAYER)
    return is_shortcut ? state->layers[block].n_shortcut : state->layers[block].n_body;
  for (guint i = 0; i < state->n; i += atelier_draft_state_count (state, i))
    n++;
  return n;
}

guint
atelier_draft_state_find (const AtelierDraftState *state,
                          const AtelierDraftPlace *place)
{
  guint i = 0;

  if (place->block != ATELIER_NO_LAYER
      && (place->block >= state->n
          || !atelier_layer_has_trait (&state->layers[place->block],
                                       ATELIER_TRAIT_HOLDS_LAYERS)))
    return ATELIER_NO_LAYER;
  if (place->index > atelier_draft_state_count_list (state, place->block, place->is_shortcut))
    return ATELIER_NO_LAYER;
  if (place->block != ATELIER_NO_LAYER)
    return place->block + 1 + place->index
           + (place->is_shortcut ? state->layers[place->block].n_body : 0);
  for (guint k = 0; k < place->index; k++)
    i += atelier_draft_state_count (state, i);
  return i;
}

void
atelier_draft_state_locate (const AtelierDraftState *state,
                            guint                    i_layer,
                            AtelierDraftPlace       *place)
{
  place->block = atelier_draft_state_find_block (state, i_layer, &place->is_shortcut);
  place->index = 0;
  if (place->block != ATELIER_NO_LAYER)
    place->index = i_layer - place->block - 1
                   - (place->is_shortcut ? state->layers[place->block].n_body : 0);
  else
    for (guint i = 0; i < i_layer; i += atelier_draft_state_count (state, i))
      place->index++;
}

/* Appends the places in a list of the block. */
static void
append_places (GArray   *places,
               guint     block,
               gboolean  is_shortcut,
               guint     n)
{
  AtelierDraftPlace place = { .block = block, .is_shortcut = is_shortcut };

  for (place.index = 0; place.index <= n; place.index++)
    g_array_append_val (places, place);
}

/* All places for a layer, from top to bottom.  @origin: a block whose shortcut is a place though it
 * is empty, or ATELIER_NO_LAYER.  Transfer full. */
static GArray *
list_places (const AtelierDraftState *state,
             gboolean                 is_block,
             guint                    origin)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (AtelierDraftPlace));
  AtelierDraftPlace place = { .block = ATELIER_NO_LAYER };

  for (guint i = 0; i < state->n; i += atelier_draft_state_count (state, i))
    {
      const AtelierLayer *layer = &state->layers[i];

      g_array_append_val (places, place);
      place.index++;
      if (is_block || !atelier_layer_has_trait (layer, ATELIER_TRAIT_HOLDS_LAYERS))
        continue;
      append_places (places, i, FALSE, layer->n_body);
      if (layer->n_shortcut > 0 || origin == i)
        append_places (places, i, TRUE, layer->n_shortcut);
    }
  g_array_append_val (places, place);
  return places;
}

static gboolean
places_are_equal (const AtelierDraftPlace *a,
                  const AtelierDraftPlace *b)
{
  return a->block == b->block && a->index == b->index
         && (a->block == ATELIER_NO_LAYER || a->is_shortcut == b->is_shortcut);
}

gboolean
atelier_draft_state_find_next (const AtelierDraftState *state,
                               gboolean                 is_block,
                               gboolean                 is_down,
                               AtelierDraftPlace       *place)
{
  const guint origin = place->is_shortcut ? place->block : ATELIER_NO_LAYER;
  g_autoptr (GArray) places = list_places (state, is_block, origin);
  guint i = 0;

  while (i < places->len
         && !places_are_equal (&g_array_index (places, AtelierDraftPlace, i), place))
    i++;
  if (is_down ? i + 1 >= places->len : i == 0)
    return FALSE;
  *place = g_array_index (places, AtelierDraftPlace, is_down ? i + 1 : i - 1);
  return TRUE;
}

gboolean
atelier_draft_state_splice (AtelierDraftState  *state,
                            guint               block,
                            gboolean            is_shortcut,
                            guint               i_layer,
                            guint               n_removed,
                            const AtelierLayer *layers,
                            const guint        *ids,
                            guint               n)
{
  const guint n_behind = state->n - i_layer - n_removed;
  guint *count;

  if (state->n - n_removed + n > ATELIER_NETWORK_MAX_LAYERS)
    return FALSE;
  memmove (&state->layers[i_layer + n], &state->layers[i_layer + n_removed],
           n_behind * sizeof *state->layers);
  memmove (&state->ids[i_layer + n], &state->ids[i_layer + n_removed],
           n_behind * sizeof *state->ids);
  for (guint i = 0; i < n; i++)
    {
      state->layers[i_layer + i] = layers[i];
      state->ids[i_layer + i] = ids[i];
    }
  state->n = state->n - n_removed + n;
  if (block != ATELIER_NO_LAYER)
    {
      count = is_shortcut ? &state->layers[block].n_shortcut : &state->layers[block].n_body;
      *count = *count - n_removed + n;
    }
  return TRUE;
}

static gboolean
recipes_are_equal (const AtelierRecipeValues *a,
                   const AtelierRecipeValues *b)
{
  return atelier_members_equal (atelier_recipe_values_get_members (), a, b);
}

gboolean
atelier_draft_state_equal (const AtelierDraftState *a,
                           const AtelierDraftState *b)
{
  gboolean are_equal = a->n == b->n && strcmp (a->name, b->name) == 0
                       && memcmp (a->ids, b->ids, a->n * sizeof *a->ids) == 0
                       && recipes_are_equal (&a->recipe, &b->recipe)
                       && recipes_are_equal (&a->base, &b->base);

  for (guint i = 0; are_equal && i < a->n; i++)
    are_equal = atelier_layer_equal (&a->layers[i], &b->layers[i]);
  return are_equal;
}

const AtelierMember *
atelier_draft_find_changed (const AtelierRecipeValues *before,
                            const AtelierRecipeValues *after)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  for (guint i = 0; i < table->n_members; i++)
    if (!atelier_member_equal (&table->members[i], before, after))
      return &table->members[i];
  return NULL;
}
