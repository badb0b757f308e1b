/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done about a layer that does not fit.
 *
 * A mend is an entry in a table: it says what stands in the place of the layer and all that it
 * holds.  No entry knows whether it helps.  Each is tried in the table's order, and the first with
 * which the problem is gone is the mend; the engine decides, as it does of the layer itself.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/atelier-network-draft-private.h"

#define NEW_LAYER G_MAXUINT

/* What is wrong. */
typedef struct
{
  const AtelierLayer *layers; /* the layer, and all that it holds */
  guint               n;
  NnShape             input;
  guint               n_classes;
  gboolean            is_end;
} Misfit;

/* What is to stand in its place. */
typedef struct
{
  AtelierLayer layers[ATELIER_NETWORK_MAX_LAYERS];
  guint        origins[ATELIER_NETWORK_MAX_LAYERS]; /* of the misfit's layers, or NEW_LAYER */
  guint        n;
} Patch;

typedef struct
{
  /* FALSE where the mend is not for such a layer. */
  gboolean (*apply) (const Misfit *misfit,
                     Patch        *patch);
  /* For a button.  Transfer full. */
  char    *(*label) (const Misfit *misfit,
                     const Patch  *patch);
} Mend;

/* ---- Making patches ---- */

static void
append (Patch              *patch,
        const AtelierLayer *layer,
        guint               origin)
{
  if (patch->n == ATELIER_NETWORK_MAX_LAYERS)
    return;
  patch->layers[patch->n] = *layer;
  patch->origins[patch->n++] = origin;
}

static void
append_kind (Patch            *patch,
             AtelierLayerKind  kind,
             guint             n_units)
{
  AtelierLayer layer;

  atelier_layer_init (&layer, kind);
  if (n_units > 0)
    layer.units = n_units;
  append (patch, &layer, NEW_LAYER);
}

static void
append_all (Patch        *patch,
            const Misfit *misfit)
{
  for (guint i = 0; i < misfit->n; i++)
    append (patch, &misfit->layers[i], i);
}

static gboolean
holds_layers (const Misfit *misfit)
{
  return atelier_layer_has_trait (&misfit->layers[0], ATELIER_TRAIT_HOLDS_LAYERS);
}

static gboolean
has_member (const AtelierLayer *layer,
            const char         *name)
{
  return atelier_members_find (&atelier_layer_class_get (layer->kind)->members, name) != NULL;
}

static char *
label_remove (const Misfit *misfit,
              const Patch  *patch)
{
  return g_strdup (_("Remove"));
}

/* ---- Layers that do not take what they are given ---- */

/* A window over one place does nothing, so nobody wants it to be padded. */
static gboolean
remove_idle (const Misfit *misfit,
             Patch        *patch)
{
  return !misfit->is_end && !holds_layers (misfit) && misfit->input.height == 1
         && misfit->input.width == 1 && misfit->layers[0].kernel_height > 0
         && misfit->layers[0].units == 0;
}

static gboolean
flatten_before (const Misfit *misfit,
                Patch        *patch)
{
  if (misfit->is_end || (misfit->input.height == 1 && misfit->input.width == 1))
    return FALSE;
  append_kind (patch, ATELIER_LAYER_FLATTEN, 0);
  append_all (patch, misfit);
  return TRUE;
}

static char *
label_flatten (const Misfit *misfit,
               const Patch  *patch)
{
  return g_strdup (_("Add Flatten"));
}

/* Of a block: all that it holds. */
static gboolean
keep_size (const Misfit *misfit,
           Patch        *patch)
{
  gboolean is_changed = FALSE;

  append_all (patch, misfit);
  for (guint i = 0; i < patch->n; i++)
    if (has_member (&patch->layers[i], "padding")
        && patch->layers[i].padding != ATELIER_PADDING_SAME)
      {
        patch->layers[i].padding = ATELIER_PADDING_SAME;
        patch->layers[i].pad_height = 0;
        patch->layers[i].pad_width = 0;
        is_changed = TRUE;
      }
  return is_changed && !misfit->is_end;
}

static char *
label_keep_size (const Misfit *misfit,
                 const Patch  *patch)
{
  /* Translators: a button: let the layer add rows and columns, so that its output is not smaller */
  return g_strdup (_("Pad to Keep the Size"));
}

static gboolean
shrink_window (const Misfit *misfit,
               Patch        *patch)
{
  append_all (patch, misfit);
  patch->layers[0].kernel_height = MIN (patch->layers[0].kernel_height, misfit->input.height);
  patch->layers[0].kernel_width = MIN (patch->layers[0].kernel_width, misfit->input.width);
  return !misfit->is_end && !atelier_layer_equal (&patch->layers[0], &misfit->layers[0]);
}

static char *
label_shrink (const Misfit *misfit,
              const Patch  *patch)
{
  /* Translators: a button: give the layer a window of height × width */
  return g_strdup_printf (_("Use a Window of %u×%u"), patch->layers[0].kernel_height,
                          patch->layers[0].kernel_width);
}

static gboolean
drop_padding (const Misfit *misfit,
              Patch        *patch)
{
  append_all (patch, misfit);
  patch->layers[0].padding = ATELIER_PADDING_VALID;
  patch->layers[0].pad_height = 0;
  patch->layers[0].pad_width = 0;
  return !misfit->is_end && misfit->layers[0].padding == ATELIER_PADDING_NUMBER;
}

static char *
label_drop_padding (const Misfit *misfit,
                    const Patch  *patch)
{
  return g_strdup (_("Do Not Pad"));
}

static gboolean
use_one_group (const Misfit *misfit,
               Patch        *patch)
{
  append_all (patch, misfit);
  patch->layers[0].groups = 1;
  return !misfit->is_end && misfit->layers[0].groups > 1;
}

static char *
label_one_group (const Misfit *misfit,
                 const Patch  *patch)
{
  return g_strdup (_("Use One Group"));
}

/* ---- Blocks ---- */

static gboolean
drop_shortcut (const Misfit *misfit,
               Patch        *patch)
{
  const guint n = misfit->n - misfit->layers[0].n_shortcut;

  for (guint i = 0; i < n; i++)
    append (patch, &misfit->layers[i], i);
  patch->layers[0].n_shortcut = 0;
  return !misfit->is_end && n < misfit->n;
}

static char *
label_drop_shortcut (const Misfit *misfit,
                     const Patch  *patch)
{
  return g_strdup (_("Empty the Shortcut"));
}

/* ---- Ends that are none ---- */

static gboolean
make_linear (const Misfit *misfit,
             Patch        *patch)
{
  append_all (patch, misfit);
  patch->layers[0].activation = ATELIER_ACTIVATION_LINEAR;
  patch->layers[0].slope = 0.0;
  return misfit->is_end && has_member (&misfit->layers[0], "activation");
}

static char *
label_linear (const Misfit *misfit,
              const Patch  *patch)
{
  return g_strdup (_("Make It Linear"));
}

static gboolean
fit_units (const Misfit *misfit,
           Patch        *patch)
{
  append_all (patch, misfit);
  patch->layers[0].units = misfit->n_classes;
  return misfit->is_end && misfit->n_classes > 0
         && atelier_layer_has_trait (&misfit->layers[0], ATELIER_TRAIT_GIVES_LOGITS);
}

static char *
label_units (const Misfit *misfit,
             const Patch  *patch)
{
  /* Translators: a button: give the layer one unit for each class */
  return g_strdup_printf (ngettext ("Use %u Unit", "Use %u Units", misfit->n_classes),
                          misfit->n_classes);
}

static gboolean
make_logits (const Misfit *misfit,
             Patch        *patch)
{
  const gboolean can_be = fit_units (misfit, patch);

  patch->layers[0].activation = ATELIER_ACTIVATION_LINEAR;
  patch->layers[0].slope = 0.0;
  return can_be;
}

static char *
label_logits (const Misfit *misfit,
              const Patch  *patch)
{
  /* Translators: a button: give the last layer a unit for each class, and no activation */
  return g_strdup_printf (ngettext ("Use %u Linear Unit", "Use %u Linear Units",
                                    misfit->n_classes),
                          misfit->n_classes);
}

static gboolean
remove_all (const Misfit *misfit,
            Patch        *patch)
{
  return TRUE;
}

static gboolean
dense_behind (const Misfit *misfit,
              Patch        *patch)
{
  append_all (patch, misfit);
  append_kind (patch, ATELIER_LAYER_DENSE, misfit->n_classes);
  return misfit->is_end;
}

static gboolean
flatten_and_dense_behind (const Misfit *misfit,
                          Patch        *patch)
{
  append_all (patch, misfit);
  append_kind (patch, ATELIER_LAYER_FLATTEN, 0);
  append_kind (patch, ATELIER_LAYER_DENSE, misfit->n_classes);
  return misfit->is_end;
}

static char *
label_dense (const Misfit *misfit,
             const Patch  *patch)
{
  /* Translators: a button: add a dense layer of so many units */
  return g_strdup_printf (_("Add Dense %u"), patch->layers[patch->n - 1].units);
}

static char *
label_flatten_and_dense (const Misfit *misfit,
                         const Patch  *patch)
{
  /* Translators: a button: add two layers, the second of so many units */
  return g_strdup_printf (_("Add Flatten and Dense %u"), patch->layers[patch->n - 1].units);
}

/* ---- Trying them ---- */

static const Mend mends[] = {
  { remove_idle, label_remove },
  { drop_padding, label_drop_padding },
  { keep_size, label_keep_size },
  { shrink_window, label_shrink },
  { use_one_group, label_one_group },
  { flatten_before, label_flatten },
  { drop_shortcut, label_drop_shortcut },
  { fit_units, label_units },
  { make_linear, label_linear },
  { make_logits, label_logits },
  { remove_all, label_remove },
  { dense_behind, label_dense },
  { flatten_and_dense_behind, label_flatten_and_dense },
};

static gboolean
make_patch (guint         i_mend,
            const Misfit *misfit,
            Patch        *patch)
{
  patch->n = 0;
  return mends[i_mend].apply (misfit, patch);
}

/* Whether the patch fits what the misfit is given.  @output: what it makes of it. */
static gboolean
fits (const Misfit *misfit,
      const Patch  *patch,
      NnShape      *output)
{
  const AtelierDraftWalk walk = {
    .input = misfit->input, .n_layers = patch->n, .layers = patch->layers,
  };
  AtelierDraftFigure figures[ATELIER_NETWORK_MAX_LAYERS];
  const guint n_problems = atelier_draft_walk (&walk, figures);

  atelier_draft_figures_clear (figures, patch->n);
  *output = misfit->input;
  for (guint i = 0; i < patch->n;)
    {
      *output = figures[i].output;
      i += 1 + patch->layers[i].n_body + patch->layers[i].n_shortcut;
    }
  return n_problems == 0;
}

static gboolean
apply_patch (AtelierDraftState *state,
             guint              i_layer,
             guint              n,
             const Patch       *patch,
             guint             *next_id)
{
  guint ids[ATELIER_NETWORK_MAX_LAYERS];
  gboolean is_shortcut;
  const guint block = atelier_draft_state_find_block (state, i_layer, &is_shortcut);

  for (guint i = 0; i < patch->n; i++)
    ids[i] = patch->origins[i] == NEW_LAYER ? (*next_id)++
                                            : state->ids[i_layer + patch->origins[i]];
  return atelier_draft_state_splice (state, block, is_shortcut, i_layer, n, patch->layers, ids,
                                     patch->n);
}

/* Whether a network ends well. */
static gboolean
ends_well (const AtelierDraftState *state,
           const AtelierDraftWalk  *walk)
{
  AtelierDraftFigure figures[ATELIER_NETWORK_MAX_LAYERS];
  AtelierDraftWalk mended = *walk;
  gboolean is_well = state->n > 0;

  mended.layers = state->layers;
  mended.n_layers = state->n;
  atelier_draft_walk (&mended, figures);
  for (guint i = 0; i < state->n; i++)
    is_well = is_well && !figures[i].is_end;
  is_well = is_well && figures[state->n - 1].problem == NULL;
  atelier_draft_figures_clear (figures, state->n);
  return is_well;
}

gboolean
atelier_draft_mend_shape (const AtelierLayer *layers,
                          guint               n_layers,
                          NnShape             input,
                          NnShape            *output)
{
  const Misfit misfit = { .layers = layers, .n = n_layers, .input = input };
  Patch patch;

  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    if (make_patch (i, &misfit, &patch) && fits (&misfit, &patch, output))
      return TRUE;
  return FALSE;
}

char *
atelier_draft_find_mend (const AtelierDraftState  *state,
                         const AtelierDraftWalk   *walk,
                         guint                     i_layer,
                         const AtelierDraftFigure *figure,
                         AtelierDraftState        *mended,
                         guint                    *next_id)
{
  const Misfit misfit = {
    .layers = &state->layers[i_layer],
    .n = atelier_draft_state_count (state, i_layer),
    .input = figure->input,
    .n_classes = walk->n_classes,
    .is_end = figure->is_end,
  };
  AtelierDraftState tried;
  Patch patch;
  NnShape output;

  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    {
      guint id = *next_id;

      if (!make_patch (i, &misfit, &patch))
        continue;
      tried = *state;
      if (!apply_patch (&tried, i_layer, misfit.n, &patch, &id)
          || !(misfit.is_end ? ends_well (&tried, walk) : fits (&misfit, &patch, &output)))
        continue;
      if (mended != NULL)
        {
          *mended = tried;
          *next_id = id;
        }
      return mends[i].label (&misfit, &patch);
    }
  return NULL;
}
