/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of AtelierNetworkDraft share: its layers as one plain value, what the walk over
 * them finds, and mends, which are pure functions for any thread; and the object's fields. */

#pragma once

#include "model/atelier-network-draft.h"
#include "model/atelier-network-private.h"
#include "model/atelier-nn-private.h"

G_BEGIN_DECLS

/* One state of a draft.  Nothing in it is owned, so that a step of undo is a copy of its bytes. */
typedef struct
{
  guint        n;
  AtelierLayer layers[ATELIER_NETWORK_MAX_LAYERS];
  guint        ids[ATELIER_NETWORK_MAX_LAYERS];
  char         name[ATELIER_MAX_NAME + 1];
  AtelierRecipeValues recipe;
  AtelierRecipeValues base;   /* what changes of the recipe are counted from */
} AtelierDraftState;

/* The layer, and all that it holds. */
guint    atelier_draft_state_count   (const AtelierDraftState *state,
                                      guint                    i_layer);
/* The block that holds the layer, or ATELIER_NO_LAYER. */
guint    atelier_draft_state_find_block (const AtelierDraftState *state,
                                         guint                    i_layer,
                                         gboolean                *is_shortcut);
/* How many layers a list has; of the network's, those of blocks are not counted. */
guint    atelier_draft_state_count_list (const AtelierDraftState *state,
                                         guint                    block,
                                         gboolean                 is_shortcut);
/* Where a layer would lie that is put at @place; ATELIER_NO_LAYER where there is no such place. */
guint    atelier_draft_state_find    (const AtelierDraftState *state,
                                      const AtelierDraftPlace *place);
/* The place of a layer. */
void     atelier_draft_state_locate  (const AtelierDraftState *state,
                                      guint                    i_layer,
                                      AtelierDraftPlace       *place);
/* The next place for a layer up or down from @place; its own shortcut counts though it is empty.
 * @is_block: the layer holds others.  FALSE: there is none. */
gboolean atelier_draft_state_find_next (const AtelierDraftState *state,
                                        gboolean                 is_block,
                                        gboolean                 is_down,
                                        AtelierDraftPlace       *place);
/* Puts @n layers in the place of the @n_removed from @i_layer on, all of them in the list of
 * @block.  FALSE where there would be too many. */
gboolean atelier_draft_state_splice  (AtelierDraftState       *state,
                                      guint                    block,
                                      gboolean                 is_shortcut,
                                      guint                    i_layer,
                                      guint                    n_removed,
                                      const AtelierLayer      *layers,
                                      const guint             *ids,
                                      guint                    n);

/* Whether there is nothing to undo between both. */
gboolean atelier_draft_state_equal   (const AtelierDraftState *a,
                                      const AtelierDraftState *b);
/* The member of a recipe that is another; the first of several, and NULL for none. */
const AtelierMember *atelier_draft_find_changed (const AtelierRecipeValues *before,
                                                 const AtelierRecipeValues *after);

/* What the walk finds of one layer. */
typedef struct
{
  NnShape  input;
  NnShape  output;
  gboolean is_known;        /* the output is, if need be that with its mend */
  guint64  n_parameters;    /* without what it holds; with the convolution of its shortcut */
  guint64  n_multiply_adds;
  char    *problem;         /* Owned; nullable */
  gboolean is_end;          /* the problem is that the network may not end so */
} AtelierDraftFigure;

typedef struct
{
  NnShape             input;
  guint               n_classes; /* 0: any */
  guint               n_layers;
  const AtelierLayer *layers;
  gboolean            has_end;   /* the layers are a whole network */
  /* What a layer with all that it holds, which does not fit, would give if it were mended; FALSE:
   * there is no mend.  Nullable. */
  gboolean          (*mend)      (const AtelierLayer *layers,
                                  guint               n_layers,
                                  NnShape             input,
                                  NnShape            *output);
} AtelierDraftWalk;

/* Fills in a figure for each layer; returns how many problems there are. */
guint    atelier_draft_walk          (const AtelierDraftWalk  *walk,
                                      AtelierDraftFigure      *figures);
void     atelier_draft_figures_clear (AtelierDraftFigure      *figures,
                                      guint                    n);

/* As AtelierDraftWalk has it. */
gboolean atelier_draft_mend_shape    (const AtelierLayer      *layers,
                                      guint                    n_layers,
                                      NnShape                  input,
                                      NnShape                 *output);
/* What the mend of a layer with that @figure says on its button; NULL: there is none.  @mended, if
 * not NULL, becomes @state with the mend; layers that it adds get ids from *@next_id on.  Transfer
 * full. */
char    *atelier_draft_find_mend     (const AtelierDraftState  *state,
                                      const AtelierDraftWalk   *walk,
                                      guint                     i_layer,
                                      const AtelierDraftFigure *figure,
                                      AtelierDraftState        *mended,
                                      guint                    *next_id);

/* ---- The draft itself ---- */

struct _AtelierNetworkDraft
{
  GObject             parent_instance;

  AtelierDraftWalk    walk;      /* its layers are those of the state that is shown */
  guint               next_id;
  guint               i_step;    /* the state that is shown */

  /* What the last edit changed, while another change of the same is the same step. */
  guint               merged_id; /* 0: nothing */
  gconstpointer       merged_what;

  /* Owned */
  GPtrArray          *steps;     /* of AtelierDraftState; never empty */
  AtelierDraftFigure *figures;   /* [ATELIER_NETWORK_MAX_LAYERS] */
  AtelierDraftRow    *rows;      /* [ATELIER_NETWORK_MAX_LAYERS] */
  char               *mends[ATELIER_NETWORK_MAX_LAYERS];
  char               *problem;   /* of no row; nullable */
  AtelierNetwork     *network;   /* nullable */
  guint               n_problems;
  guint64             n_parameters;
  guint64             n_multiply_adds;
};

/* The state that is shown; borrowed, until the next step. */
static inline AtelierDraftState *
atelier_draft_get_state (AtelierNetworkDraft *self)
{
  return g_ptr_array_index (self->steps, self->i_step);
}

/* Transfer full. */
static inline AtelierDraftState *
atelier_draft_copy_state (AtelierNetworkDraft *self)
{
  return g_memdup2 (atelier_draft_get_state (self), sizeof (AtelierDraftState));
}

/* Shows @state, which is taken, as a step.  @id and @what: what was changed, so that further
 * changes of it are the same step; 0, NULL: not to be merged. */
void     atelier_network_draft_push       (AtelierNetworkDraft *draft,
                                           AtelierDraftState   *state,
                                           guint                id,
                                           gconstpointer        what);
/* Takes layers, which need not fit, and a name, and forgets all steps; see begin. */
void     atelier_network_draft_begin_with (AtelierNetworkDraft *draft,
                                           const char          *name,
                                           const AtelierLayer  *layers,
                                           guint                n);

G_END_DECLS
