/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft keeps all its states, and a number that says which of them is shown.
 *
 * An edit copies the state that is shown, changes the copy and puts it behind; those that were
 * undone are dropped.  A state is about 7 KiB, so that copies cost less than a record of what each
 * edit did, and undo gives back the same bytes.  What follows from the layers is computed again
 * after each edit: that takes some microseconds a layer.
 */

#include "config.h"

#include "model/atelier-network-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/atelier-network-draft-private.h"

#define MAX_STEPS 500

G_DEFINE_FINAL_TYPE (AtelierNetworkDraft, atelier_network_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char rename_key[] = "name";

/* The recipe, in the place of a layer's id. */
#define RECIPE_ID G_MAXUINT

/* ---- What follows from the layers ---- */

static void
clear_findings (AtelierNetworkDraft *self)
{
  atelier_draft_figures_clear (self->figures, ATELIER_NETWORK_MAX_LAYERS);
  for (guint i = 0; i < ATELIER_NETWORK_MAX_LAYERS; i++)
    g_clear_pointer (&self->mends[i], g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->network, atelier_network_unref);
}

static void
fill_row (AtelierNetworkDraft *self,
          guint                i)
{
  const AtelierDraftState *state = atelier_draft_get_state (self);
  const AtelierDraftFigure *figure = &self->figures[i];
  AtelierDraftRow *row = &self->rows[i];
  const guint n = atelier_draft_state_count (state, i);

  *row = (AtelierDraftRow) {
    .id = state->ids[i],
    .layer = state->layers[i],
    .has_output = figure->is_known,
    .height = figure->output.height,
    .width = figure->output.width,
    .channels = figure->output.channels,
    .problem = figure->problem,
    .mend = self->mends[i],
  };
  row->block = atelier_draft_state_find_block (state, i, &row->is_shortcut);
  row->is_last = row->block == ATELIER_NO_LAYER && i + n == state->n
                 && atelier_layer_is_logits (&state->layers[i]);
  for (guint k = i; k < i + n; k++)
    {
      row->n_parameters += self->figures[k].n_parameters;
      row->n_multiply_adds += self->figures[k].n_multiply_adds;
    }
}

/* Each layer fits those around it; whether they are a network together is for that to say. */
static void
make_network (AtelierNetworkDraft *self)
{
  const AtelierDraftState *state = atelier_draft_get_state (self);
  const NnShape *input = &self->walk.input;
  g_autoptr (GError) error = NULL;

  if (state->n == 0)
    {
      self->problem = g_strdup (_("There are no layers"));
      return;
    }
  self->network = atelier_network_new (state->name, input->height, input->width, input->channels,
                                       state->layers, state->n, &error);
  if (self->network == NULL)
    self->problem = g_strdup (error->message);
}

static void
compute (AtelierNetworkDraft *self)
{
  const AtelierDraftState *state = atelier_draft_get_state (self);
  guint id = self->next_id;

  clear_findings (self);
  self->walk.layers = state->layers;
  self->walk.n_layers = state->n;
  self->n_parameters = 0;
  self->n_multiply_adds = 0;
  self->n_problems = atelier_draft_walk (&self->walk, self->figures);
  for (guint i = 0; i < state->n; i++)
    {
      if (self->figures[i].problem != NULL)
        self->mends[i] = atelier_draft_find_mend (state, &self->walk, i, &self->figures[i], NULL,
                                                  &id);
      fill_row (self, i);
      self->n_parameters += self->figures[i].n_parameters;
      self->n_multiply_adds += self->figures[i].n_multiply_adds;
    }
  for (guint i = 0; i < state->n && self->n_multiply_adds > 0; i++)
    self->rows[i].share = (double) self->rows[i].n_multiply_adds / (double) self->n_multiply_adds;
  if (self->n_problems == 0)
    make_network (self);
}

static void
change (AtelierNetworkDraft *self)
{
  compute (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- Steps ---- */

void
atelier_network_draft_push (AtelierNetworkDraft *self,
                            AtelierDraftState   *state,
                            guint                id,
                            gconstpointer        what)
{
  const gboolean is_same = id != 0 && self->merged_id == id && self->merged_what == what;

  if (atelier_draft_state_equal (state, atelier_draft_get_state (self)))
    {
      g_free (state);
      return;
    }
  self->merged_id = id;
  self->merged_what = what;
  g_ptr_array_set_size (self->steps, (int) self->i_step + (is_same ? 0 : 1));
  /* What was changed there and back again is no step. */
  if (is_same
      && atelier_draft_state_equal (state, g_ptr_array_index (self->steps, self->i_step - 1)))
    {
      g_free (state);
      self->i_step--;
      self->merged_id = 0;
    }
  else
    {
      g_ptr_array_add (self->steps, state);
      if (self->steps->len > MAX_STEPS)
        g_ptr_array_remove_index (self->steps, 0);
      self->i_step = self->steps->len - 1;
    }
  change (self);
}

static void
go_to_step (AtelierNetworkDraft *self,
            guint                i_step)
{
  self->i_step = i_step;
  self->merged_id = 0;
  change (self);
}

/* ---- Making states ---- */

static void
take_layers (AtelierNetworkDraft *self,
             AtelierDraftState   *state,
             const char          *name,
             const AtelierLayer  *layers,
             guint                n)
{
  state->n = n;
  for (guint i = 0; i < n; i++)
    {
      state->layers[i] = layers[i];
      state->ids[i] = self->next_id++;
    }
  g_strlcpy (state->name, name, sizeof state->name);
}

static void
take_network (AtelierNetworkDraft *self,
              AtelierDraftState   *state,
              AtelierNetwork      *network)
{
  take_layers (self, state, atelier_network_get_name (network),
               atelier_network_get_layer (network, 0), atelier_network_get_n_layers (network));
}

/* ---- Class ---- */

static void
atelier_network_draft_finalize (GObject *object)
{
  AtelierNetworkDraft *self = ATELIER_NETWORK_DRAFT (object);

  clear_findings (self);
  g_free (self->figures);
  g_free (self->rows);
  g_ptr_array_unref (self->steps);

  G_OBJECT_CLASS (atelier_network_draft_parent_class)->finalize (object);
}

static void
atelier_network_draft_class_init (AtelierNetworkDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_network_draft_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_network_draft_init (AtelierNetworkDraft *self)
{
  AtelierDraftState *state = g_new0 (AtelierDraftState, 1);

  g_strlcpy (state->name, _("Untitled"), sizeof state->name);
  atelier_recipe_values_init (&state->recipe);
  state->base = state->recipe;
  self->next_id = 1;
  self->steps = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->steps, state);
  self->figures = g_new0 (AtelierDraftFigure, ATELIER_NETWORK_MAX_LAYERS);
  self->rows = g_new0 (AtelierDraftRow, ATELIER_NETWORK_MAX_LAYERS);
  self->walk = (AtelierDraftWalk) {
    .input = { 28, 28, 1 }, .has_end = TRUE, .mend = atelier_draft_mend_shape,
  };
  compute (self);
}

/* ---- Public ---- */

AtelierNetworkDraft *
atelier_network_draft_new (void)
{
  return g_object_new (ATELIER_TYPE_NETWORK_DRAFT, NULL);
}

void
atelier_network_draft_set_target (AtelierNetworkDraft *self,
                                  guint                height,
                                  guint                width,
                                  guint                channels,
                                  guint                n_classes)
{
  const NnShape input = { height, width, channels };

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (height > 0 && width > 0 && channels > 0);

  if (memcmp (&input, &self->walk.input, sizeof input) == 0 && n_classes == self->walk.n_classes)
    return;
  self->walk.input = input;
  self->walk.n_classes = n_classes;
  change (self);
}

/* The same that need not fit. */
void
atelier_network_draft_begin_with (AtelierNetworkDraft *self,
                                  const char          *name,
                                  const AtelierLayer  *layers,
                                  guint                n)
{
  AtelierDraftState *state = g_new0 (AtelierDraftState, 1);

  state->recipe = atelier_draft_get_state (self)->recipe;
  state->base = atelier_draft_get_state (self)->base;
  take_layers (self, state, name, layers, n);
  g_ptr_array_set_size (self->steps, 0);
  g_ptr_array_add (self->steps, state);
  go_to_step (self, 0);
}

void
atelier_network_draft_begin (AtelierNetworkDraft *self,
                             AtelierNetwork      *network)
{
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (network != NULL);

  atelier_network_draft_begin_with (self, atelier_network_get_name (network),
                                    atelier_network_get_layer (network, 0),
                                    atelier_network_get_n_layers (network));
}

void
atelier_network_draft_replace (AtelierNetworkDraft *self,
                               AtelierNetwork      *network)
{
  AtelierDraftState *state;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (network != NULL);

  state = atelier_draft_copy_state (self);
  take_network (self, state, network);
  atelier_network_draft_push (self, state, 0, NULL);
}

gboolean
atelier_network_draft_rename (AtelierNetworkDraft *self,
                              const char          *name)
{
  AtelierDraftState *state;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || !atelier_name_is_good (name))
    return FALSE;
  state = atelier_draft_copy_state (self);
  memset (state->name, 0, sizeof state->name);
  g_strlcpy (state->name, name, sizeof state->name);
  atelier_network_draft_push (self, state, G_MAXUINT, rename_key);
  return TRUE;
}

gboolean
atelier_network_draft_set_member (AtelierNetworkDraft *self,
                                  guint                i_row,
                                  const AtelierMember *member,
                                  const AtelierLayer  *values)
{
  const AtelierMembers *table;
  const AtelierLayer *before;
  g_autofree char *problem = NULL;
  AtelierDraftState *state;
  AtelierLayer layer;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), FALSE);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, FALSE);
  g_return_val_if_fail (member != NULL && values != NULL, FALSE);

  before = &atelier_draft_get_state (self)->layers[i_row];
  g_return_val_if_fail (values->kind == before->kind, FALSE);
  table = &atelier_layer_class_get (before->kind)->members;
  layer = *values;
  for (guint i = 0; i < table->n_members; i++)
    if (&table->members[i] != member
        && (table->members[i].default_like != 0 || table->members[i].find_default != NULL)
        && atelier_member_is_default (&table->members[i], before))
      atelier_member_set_default (&table->members[i], &layer);
  problem = atelier_members_check (table, &layer);
  if (problem != NULL)
    return FALSE;
  layer.n_body = before->n_body;
  layer.n_shortcut = before->n_shortcut;
  state = atelier_draft_copy_state (self);
  state->layers[i_row] = atelier_layer_normalize (&layer);
  atelier_network_draft_push (self, state, state->ids[i_row], member);
  return TRUE;
}

void
atelier_network_draft_mend (AtelierNetworkDraft *self,
                            guint                i_row)
{
  AtelierDraftState *state;
  g_autofree char *label = NULL;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (i_row < atelier_draft_get_state (self)->n);

  if (self->mends[i_row] == NULL)
    return;
  state = atelier_draft_copy_state (self);
  label = atelier_draft_find_mend (atelier_draft_get_state (self), &self->walk, i_row,
                                   &self->figures[i_row], state, &self->next_id);
  atelier_network_draft_push (self, state, 0, NULL);
}

void
atelier_network_draft_set_recipe (AtelierNetworkDraft       *self,
                                  const AtelierRecipeValues *values,
                                  gboolean                   is_typed)
{
  AtelierDraftState *state;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (values != NULL);

  state = atelier_draft_copy_state (self);
  state->recipe = *values;
  atelier_network_draft_push (self, state, is_typed ? RECIPE_ID : 0,
        atelier_draft_find_changed (&atelier_draft_get_state (self)->recipe, values));
}

void
atelier_network_draft_replace_recipe (AtelierNetworkDraft       *self,
                                      AtelierNetwork            *network,
                                      const AtelierRecipeValues *values)
{
  AtelierDraftState *state;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (values != NULL);

  state = atelier_draft_copy_state (self);
  if (network != NULL)
    take_network (self, state, network);
  state->recipe = *values;
  state->base = *values;
  atelier_network_draft_push (self, state, 0, NULL);
}

void
atelier_network_draft_forget (AtelierNetworkDraft *self)
{
  AtelierDraftState *state;

  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));

  state = atelier_draft_copy_state (self);
  g_ptr_array_set_size (self->steps, 0);
  g_ptr_array_add (self->steps, state);
  go_to_step (self, 0);
}

gboolean
atelier_network_draft_can_undo (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), FALSE);

  return self->i_step > 0;
}

gboolean
atelier_network_draft_can_redo (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), FALSE);

  return self->i_step + 1 < self->steps->len;
}

void
atelier_network_draft_undo (AtelierNetworkDraft *self)
{
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));

  if (atelier_network_draft_can_undo (self))
    go_to_step (self, self->i_step - 1);
}

void
atelier_network_draft_redo (AtelierNetworkDraft *self)
{
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));

  if (atelier_network_draft_can_redo (self))
    go_to_step (self, self->i_step + 1);
}

const AtelierRecipeValues *
atelier_network_draft_get_recipe (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  return &atelier_draft_get_state (self)->recipe;
}

const AtelierRecipeValues *
atelier_network_draft_get_base_recipe (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  return &atelier_draft_get_state (self)->base;
}

void
atelier_network_draft_get_input (AtelierNetworkDraft *self,
                                 guint               *height,
                                 guint               *width,
                                 guint               *channels)
{
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));

  *height = (guint) self->walk.input.height;
  *width = (guint) self->walk.input.width;
  *channels = (guint) self->walk.input.channels;
}

const char *
atelier_network_draft_get_name (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  return atelier_draft_get_state (self)->name;
}

guint
atelier_network_draft_get_n_rows (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), 0);

  return atelier_draft_get_state (self)->n;
}

const AtelierDraftRow *
atelier_network_draft_get_row (AtelierNetworkDraft *self,
                               guint                i_row)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, NULL);

  return &self->rows[i_row];
}

guint
atelier_network_draft_find_row (AtelierNetworkDraft *self,
                                guint                id)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), ATELIER_NO_LAYER);

  for (guint i = 0; i < atelier_draft_get_state (self)->n; i++)
    if (atelier_draft_get_state (self)->ids[i] == id)
      return i;
  return ATELIER_NO_LAYER;
}

void
atelier_network_draft_get_place_behind (AtelierNetworkDraft *self,
                                        guint                i_row,
                                        AtelierDraftPlace   *place)
{
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (self));
  g_return_if_fail (i_row < atelier_draft_get_state (self)->n && place != NULL);

  atelier_draft_state_locate (atelier_draft_get_state (self), i_row, place);
  place->index++;
}

gboolean
atelier_network_draft_is_full (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), TRUE);

  return atelier_draft_get_state (self)->n == ATELIER_NETWORK_MAX_LAYERS;
}

char *
atelier_network_draft_describe_row (AtelierNetworkDraft *self,
                                    guint                i_row)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);
  g_return_val_if_fail (i_row < atelier_draft_get_state (self)->n, NULL);

  words = atelier_layer_describe (&self->rows[i_row].layer, self->rows[i_row].is_last);
  if (self->rows[i_row].is_shortcut)
    /* Translators: a layer of a residual block's shortcut */
    return g_strdup_printf (_("Shortcut: %s"), words);
  return g_steal_pointer (&words);
}

guint64
atelier_network_draft_get_n_parameters (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), 0);

  return self->n_parameters;
}

guint64
atelier_network_draft_get_n_multiply_adds (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), 0);

  return self->n_multiply_adds;
}

guint
atelier_network_draft_get_n_problems (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), 0);

  return self->n_problems;
}

const char *
atelier_network_draft_get_problem (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  return self->problem;
}

char *
atelier_network_draft_describe_problem (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  for (guint i = 0; i < atelier_draft_get_state (self)->n; i++)
    if (self->rows[i].problem != NULL)
      {
        g_autofree char *words = atelier_network_draft_describe_row (self, i);

        /* Translators: a layer, and why it does not fit */
        return g_strdup_printf (_("%s: %s"), words, self->rows[i].problem);
      }
  return g_strdup (self->problem);
}

AtelierNetwork *
atelier_network_draft_get_network (AtelierNetworkDraft *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  return self->network;
}
