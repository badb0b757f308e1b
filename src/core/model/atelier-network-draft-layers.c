/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layers that are put into a draft, taken out of it, and moved: each one step. */

#include "config.h"

#include "model/atelier-network-draft-private.h"

/* The channels that a layer at @place is given, as far as that is known. */
static guint
find_channels (AtelierNetworkDraft     *self,
               const AtelierDraftPlace *place,
               guint                    i_layer)
{
  const AtelierDraftState *state = atelier_draft_get_state (self);
  AtelierDraftPlace before = *place;

  if (i_layer < state->n && place->block == ATELIER_NO_LAYER)
    return self->figures[i_layer].input.channels;
  if (place->index == 0)
    return place->block != ATELIER_NO_LAYER ? self->figures[place->block].input.channels
                                            : self->walk.input.channels;
  before.index--;
  return self->figures[atelier_draft_state_find (state, &before)].output.channels;
}

/* Activations are wanted wherever something follows; a window that moves by one is to keep the
 * size, as in the presets. */
static void
init_layer (AtelierLayer     *layer,
            AtelierLayerKind  kind)
{
  atelier_layer_init (layer, kind);
  if (atelier_layer_has_trait (layer, ATELIER_TRAIT_HAS_ACTIVATION))
    layer->activation = ATELIER_ACTIVATION_RELU;
  if (layer->kernel_height > 0 && layer->stride_height == 1)
    layer->padding = ATELIER_PADDING_SAME;
}

static gboolean
is_end (const AtelierDraftState *state,
        const AtelierDraftPlace *place,
        guint                    i_layer)
{
  AtelierDraftPlace last;

  if (place->block != ATELIER_NO_LAYER || i_layer < state->n)
    return FALSE;
  if (state->n == 0)
    return TRUE;
  atelier_draft_state_locate (state, state->n - 1, &last);
  return last.block != ATELIER_NO_LAYER || !atelier_layer_is_logits (&state->layers[state->n - 1]);
}

/* A layer of @kind for @place, with what it holds; returns how many. */
static guint
make_layers (AtelierNetworkDraft     *self,
             const AtelierDraftPlace *place,
             guint                    i_layer,
             AtelierLayerKind         kind,
             AtelierLayer             layers[3])
{
  init_layer (&layers[0], kind);
  if (atelier_layer_has_trait (&layers[0], ATELIER_TRAIT_HOLDS_LAYERS))
    {
      layers[0].n_body = 2;
      for (guint i = 1; i <= 2; i++)
        {
          init_layer (&layers[i], ATELIER_LAYER_CONV2D);
          layers[i].units = find_channels (self, place, i_layer);
        }
      /* The block has the activation behind the sum. */
      layers[2].activation = ATELIER_ACTIVATION_LINEAR;
      return 3;
    }
  if (self->walk.n_classes > 0 && is_end (atelier_draft_get_state (self), place, i_layer)
      && atelier_layer_has_trait (&layers[0], ATELIER_TRAIT_GIVES_LOGITS))
    {
      layers[0].activation = ATELIER_ACTIVATION_LINEAR;
      layers[0].units = self->walk.n_classes;
    }
  return 1;
}

/* Puts layers at @place, as a step.  Takes @state, which is as the draft's but for what was
 * removed.  Returns where they lie. */
static guint
put (AtelierNetworkDraft     *self,
     AtelierDraftState       *state,
     const AtelierDraftPlace *place,
     const AtelierLayer      *layers,
     const guint             *ids,
     guint                    n)
{
  const guint i = atelier_draft_state_find (state, place);

  if (i == ATELIER_NO_LAYER
      || (place->block != ATELIER_NO_LAYER
          && atelier_layer_has_trait (&layers[0], ATELIER_TRAIT_HOLDS_LAYERS))
      || !atelier_draft_state_splice (state, place->block, place->is_shortcut, i, 0, layers, ids,
                                      n))
    {
      g_free (state);
      return ATELIER_NO_LAYER;
    }
  atelier_network_draft_push (self, state, 0, NULL);
  return i;
}

/* Takes the layer with all that it holds out of @state. */
static void
take_out (AtelierDraftState *state,
          guint              i_row)
{
  gboolean is_shortcut;
  const guint block = atelier_draft_state_find_block (state, i_row, &is_shortcut);

  atelier_draft_state_splice (state, block, is_shortcut, i_row,
                              atelier_draft_state_count (state, i_row), NULL, NULL, 0);
}

/* ---- Public ---- */

guint
atelier_network_draft_insert (AtelierNetworkDraft     *self,
                              const AtelierDraftPlace *place,
                              AtelierLayerKind         kind)
{
  AtelierLayer layers[3];
  guint ids[3];
  guint i, n;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), ATELIER_NO_LAYER);
  g_return_val_if_fail (place != NULL, ATELIER_NO_LAYER);
  g_return_val_if_fail (kind < ATELIER_N_LAYER_KINDS, ATELIER_NO_LAYER);

  i = atelier_draft_state_find (atelier_draft_get_state (self), place);
  if (i == ATELIER_NO_LAYER)
    return ATELIER_NO_LAYER;
  n = make_layers (self, place, i, kind, layers);
  for (guint k = 0; k < n; k++)
    ids[k] = self->next_id++;
  return put (self, atelier_draft_copy_state (self), place, layers, ids, n);
}

void
atelier_network_draft_remove (AtelierNetworkDraft *self,
                              guint                i_row)
{
  AtelierDraftState *state;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (i_row < atelier_draft_get_state (self)->n);

  state = atelier_draft_copy_state (self);
  take_out (state, i_row);
  atelier_network_draft_push (self, state, 0, NULL);
}

guint
atelier_network_draft_duplicate (AtelierNetworkDraft *self,
                                 guint                i_row)
{
  AtelierDraftState *state;
  guint ids[ATELIER_NETWORK_MAX_LAYERS];
  AtelierDraftPlace place;
  guint n;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), ATELIER_NO_LAYER);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, ATELIER_NO_LAYER);

  state = atelier_draft_get_state (self);
  n = atelier_draft_state_count (state, i_row);
  for (guint k = 0; k < n; k++)
    ids[k] = self->next_id++;
  atelier_network_draft_get_place_behind (self, i_row, &place);
  return put (self, atelier_draft_copy_state (self), &place, &state->layers[i_row], ids, n);
}

guint
atelier_network_draft_move (AtelierNetworkDraft     *self,
                            guint                    i_row,
                            const AtelierDraftPlace *place)
{
  AtelierDraftState *state;
  const AtelierDraftState *shown;
  AtelierDraftPlace target, origin;
  guint n;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), ATELIER_NO_LAYER);
  g_return_val_if_fail (place != NULL, ATELIER_NO_LAYER);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, ATELIER_NO_LAYER);

  shown = atelier_draft_get_state (self);
  n = atelier_draft_state_count (shown, i_row);
  target = *place;
  atelier_draft_state_locate (shown, i_row, &origin);
  if (atelier_draft_state_find (shown, &target) == ATELIER_NO_LAYER || target.block == i_row)
    return ATELIER_NO_LAYER;

  /* The same place without the layer. */
  if (target.index > origin.index && target.block == origin.block
      && (target.block == ATELIER_NO_LAYER || target.is_shortcut == origin.is_shortcut))
    target.index--;
  if (target.block != ATELIER_NO_LAYER && target.block > i_row)
    target.block -= n;
  state = atelier_draft_copy_state (self);
  take_out (state, i_row);
  return put (self, state, &target, &shown->layers[i_row], &shown->ids[i_row], n);
}

guint
atelier_network_draft_move_by_one (AtelierNetworkDraft *self,
                                   guint                i_row,
                                   gboolean             is_down)
{
  const AtelierDraftState *shown;
  AtelierDraftState *state;
  AtelierDraftPlace place;
  gboolean is_block;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), ATELIER_NO_LAYER);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, ATELIER_NO_LAYER);

  shown = atelier_draft_get_state (self);
  is_block = atelier_layer_has_trait (&shown->layers[i_row], ATELIER_TRAIT_HOLDS_LAYERS);
  atelier_draft_state_locate (shown, i_row, &place);
  state = atelier_draft_copy_state (self);
  take_out (state, i_row);
  if (!atelier_draft_state_find_next (state, is_block, is_down, &place))
    {
      g_free (state);
      return ATELIER_NO_LAYER;
    }
  return put (self, state, &place, &shown->layers[i_row], &shown->ids[i_row],
              atelier_draft_state_count (shown, i_row));
}
