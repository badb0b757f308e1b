/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkDraft - a list of layers that is being edited and need not fit, and the recipe that
 * is edited with it.
 *
 * Each edit is a step that can be undone and done again, whether of layers or of the recipe; edits
 * of the same member of the same layer, or of the recipe, that follow each other are one step.
 * After each edit every layer has its figures, or the reason why it does not fit.  Where a change
 * is known with which it fits, that is its mend, and the layers behind it are computed as if it
 * were mended; else as if it were not there.
 *
 * Layers are counted as in AtelierNetwork: those that a block holds follow it.  A block may be
 * empty here.  Main thread.
 */

#pragma once

#include "kinds/atelier-recipe-values.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NETWORK_DRAFT (atelier_network_draft_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNetworkDraft, atelier_network_draft, ATELIER, NETWORK_DRAFT, GObject)

/* Between which layers of which list. */
typedef struct
{
  guint    block;       /* the block; ATELIER_NO_LAYER: the list of the network */
  gboolean is_shortcut; /* of the block; else its body */
  guint    index;       /* before which layer of the list, from 0; blocks count as one */
} AtelierDraftPlace;

/* What there is to show of a layer. */
typedef struct
{
  guint        id;              /* the same after edits, undo and redo; of no other layer */
  AtelierLayer layer;
  guint        block;           /* that holds it, or ATELIER_NO_LAYER */
  gboolean     is_shortcut;     /* of that block */
  gboolean     is_last;         /* its activation is the softmax of the loss */
  gboolean     has_output;      /* the three below are known */
  guint        height;
  guint        width;
  guint        channels;
  guint64      n_parameters;    /* with all that it holds; 0 where it does not fit */
  guint64      n_multiply_adds;
  double       share;           /* of the multiply-adds of the whole, 0 to 1 */
  const char  *problem;         /* why it does not fit; nullable */
  const char  *mend;            /* what can be done, in a few words for a button; nullable */
} AtelierDraftRow;

/* Signal "changed": rows, name, figures or recipe are others. */

/* Empty, for images of 28 x 28 x 1 in any number of classes. */
AtelierNetworkDraft *atelier_network_draft_new         (void);
/* For which images and classes; 0: any number of classes.  No step. */
void                 atelier_network_draft_set_target  (AtelierNetworkDraft     *draft,
                                                        guint                    height,
                                                        guint                    width,
                                                        guint                    channels,
                                                        guint                    n_classes);
/* Takes the layers and the name of @network, and forgets all steps.  The recipe stays. */
void                 atelier_network_draft_begin       (AtelierNetworkDraft     *draft,
                                                        AtelierNetwork          *network);

/* Layers and name as text for another draft, whether they fit or not; no file of a network.
 * Transfer full. */
char                *atelier_network_draft_to_json     (AtelierNetworkDraft     *draft);
/* Takes them from such a text, and forgets all steps.  The recipe stays.  NETWORK, and nothing is
 * taken, where the text says other than layers with values in their ranges. */
gboolean             atelier_network_draft_begin_from_json (AtelierNetworkDraft *draft,
                                                        const char              *json,
                                                        const char              *origin,
                                                        GError                 **error);

/* Forgets all steps, and leaves what there is. */
void                 atelier_network_draft_forget      (AtelierNetworkDraft     *draft);

/* ---- Edits ----
 *
 * Each is one step, and does nothing where it is not possible. */

/* Takes layers and name of @network. */
void                 atelier_network_draft_replace     (AtelierNetworkDraft     *draft,
                                                        AtelierNetwork          *network);
/* @name: as of atelier_network_new (); FALSE where it cannot be one. */
gboolean             atelier_network_draft_rename      (AtelierNetworkDraft     *draft,
                                                        const char              *name);
/* A layer of the kind with what suits the place: a block holds two convolutions, a dense layer at
 * the end is one unit for each class.  Returns where it lies; ATELIER_NO_LAYER where the draft is
 * full or blocks would nest. */
guint                atelier_network_draft_insert      (AtelierNetworkDraft     *draft,
                                                        const AtelierDraftPlace *place,
                                                        AtelierLayerKind         kind);
/* With all that it holds. */
void                 atelier_network_draft_remove      (AtelierNetworkDraft     *draft,
                                                        guint                    i_row);
/* Behind it.  Returns where the copy lies, as insert does. */
guint                atelier_network_draft_duplicate   (AtelierNetworkDraft     *draft,
                                                        guint                    i_row);
/* @place: in the list as it is, with the layer in it.  Returns where it lies then; as insert. */
guint                atelier_network_draft_move        (AtelierNetworkDraft     *draft,
                                                        guint                    i_row,
                                                        const AtelierDraftPlace *place);
/* To the next place up or down, also into blocks and out of them. */
guint                atelier_network_draft_move_by_one (AtelierNetworkDraft     *draft,
                                                        guint                    i_row,
                                                        gboolean                 is_down);
/* Takes the members of @values; members whose value was a default that follows from others stay at
 * it.  @member: the one that was changed, so that further changes of it are the same step.  FALSE
 * where a value is not in its range. */
gboolean             atelier_network_draft_set_member  (AtelierNetworkDraft     *draft,
                                                        guint                    i_row,
                                                        const AtelierMember     *member,
                                                        const AtelierLayer      *values);
/* @values: all in their ranges.  @is_typed: changes of one member that follow each other are one
 * step. */
void                 atelier_network_draft_set_recipe  (AtelierNetworkDraft       *draft,
                                                        const AtelierRecipeValues *values,
                                                        gboolean                   is_typed);
/* Takes a recipe, from which changes are counted then, and with it the layers and the name of
 * @network (nullable: they stay). */
void                 atelier_network_draft_replace_recipe (AtelierNetworkDraft       *draft,
                                                           AtelierNetwork            *network,
                                                           const AtelierRecipeValues *values);
/* Carries out the row's mend. */
void                 atelier_network_draft_mend        (AtelierNetworkDraft     *draft,
                                                        guint                    i_row);

gboolean             atelier_network_draft_can_undo    (AtelierNetworkDraft     *draft);
gboolean             atelier_network_draft_can_redo    (AtelierNetworkDraft     *draft);
void                 atelier_network_draft_undo        (AtelierNetworkDraft     *draft);
void                 atelier_network_draft_redo        (AtelierNetworkDraft     *draft);

/* ---- What there is ---- */

/* Until the next change. */
const AtelierRecipeValues *atelier_network_draft_get_recipe      (AtelierNetworkDraft *draft);
/* The recipe that was taken as a whole last, from which changes are counted. */
const AtelierRecipeValues *atelier_network_draft_get_base_recipe (AtelierNetworkDraft *draft);
/* The images of set_target, or of the network that the draft began with. */
void                   atelier_network_draft_get_input    (AtelierNetworkDraft *draft,
                                                           guint               *height,
                                                           guint               *width,
                                                           guint               *channels);
const char            *atelier_network_draft_get_name     (AtelierNetworkDraft *draft);
guint                  atelier_network_draft_get_n_rows   (AtelierNetworkDraft *draft);
/* Until the next change. */
const AtelierDraftRow *atelier_network_draft_get_row      (AtelierNetworkDraft *draft,
                                                           guint                i_row);
/* ATELIER_NO_LAYER: there is none (any more). */
guint                  atelier_network_draft_find_row     (AtelierNetworkDraft *draft,
                                                           guint                id);
/* The place behind a row; of a block, behind the block. */
void                   atelier_network_draft_get_place_behind (AtelierNetworkDraft *draft,
                                                               guint                i_row,
                                                               AtelierDraftPlace   *place);
gboolean               atelier_network_draft_is_full      (AtelierNetworkDraft *draft);
/* As atelier_network_describe_row () of a row.  Transfer full. */
char                  *atelier_network_draft_describe_row (AtelierNetworkDraft *draft,
                                                           guint                i_row);
/* Of the rows that fit. */
guint64                atelier_network_draft_get_n_parameters    (AtelierNetworkDraft *draft);
guint64                atelier_network_draft_get_n_multiply_adds (AtelierNetworkDraft *draft);
/* Rows with a problem. */
guint                  atelier_network_draft_get_n_problems (AtelierNetworkDraft *draft);
/* What is wrong where no row is: there are none, or too many.  NULL where nothing is. */
const char            *atelier_network_draft_get_problem  (AtelierNetworkDraft *draft);
/* The first of what is wrong, with the layer that it is wrong with, for a message.  NULL where all
 * fits.  Transfer full. */
char                  *atelier_network_draft_describe_problem (AtelierNetworkDraft *draft);
/* NULL while anything does not fit.  Borrowed, until the next change. */
AtelierNetwork        *atelier_network_draft_get_network  (AtelierNetworkDraft *draft);

G_END_DECLS
