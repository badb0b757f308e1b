/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks over the layers of a draft with the shape that enters each, and asks the engine of each
 * what it makes of that.
 *
 * The engine checks whole networks and stops at the first layer that does not fit.  Here all others
 * are to have their figures still, so each layer is a small network of its own, with logits put
 * behind it.  A block is one with all that it holds, where that fits.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/atelier-network-draft-private.h"
#include "model/atelier-network-tree.h"

typedef struct
{
  const AtelierDraftWalk *walk;
  AtelierDraftFigure     *figures;
  guint                   n_problems;
} Walker;

/* ---- The engine ---- */

/* @specs has room for two more.  @infos: [@n + 2].  A list that leaves room for one more can only
 * be followed by logits where it gives a vector. */
static NnStatus
check (NnLayerSpec *specs,
       gsize        n,
       NnShape      input,
       NnLayerInfo *infos,
       NnError     *error)
{
  gsize n_all = n;

  if (n + 2 <= NN_MAX_LAYERS)
    specs[n_all++] = (NnLayerSpec) { .kind = NN_LAYER_GLOBAL_AVERAGE_POOL };
  specs[n_all++] = (NnLayerSpec) { .kind = NN_LAYER_DENSE, .units = 2 };
  return nn_network_check (input, specs, n_all, infos, error);
}

static char *
explain_failure (const NnError *error)
{
  if (error->status == NN_STATUS_TOO_LARGE)
    return g_strdup (_("it would need more memory than the program takes"));
  /* Its members are in their ranges, but the engine has limits of its own. */
  if (error->status == NN_STATUS_INVALID)
    return g_strdup (_("one of its numbers is larger than the program takes"));
  return g_strdup (error->text);
}

/* ---- Single layers ---- */

/* Takes note of a problem of the @n layers from @i on; @text is taken. */
static void
fail (Walker *walker,
      guint   i,
      guint   n,
      char   *text)
{
  AtelierDraftFigure *figure = &walker->figures[i];

  g_assert (figure->problem == NULL);
  figure->problem = text;
  figure->n_parameters = 0;
  figure->n_multiply_adds = 0;
  figure->output = figure->input;
  figure->is_known = walker->walk->mend != NULL
                     && walker->walk->mend (&walker->walk->layers[i], n, figure->input,
                                            &figure->output);
  walker->n_problems++;
}

static NnShape
walk_layer (Walker  *walker,
            guint    i,
            NnShape  input)
{
  const AtelierLayer *layer = &walker->walk->layers[i];
  const AtelierLayerOps *ops = atelier_layer_class_get (layer->kind)->ops;
  AtelierDraftFigure *figure = &walker->figures[i];
  NnLayerSpec specs[3] = { 0 };
  NnLayerInfo infos[3];
  NnError error = { .i_layer = -1 };
  char *text;

  figure->input = input;
  ops->to_nn (layer, &specs[0]);
  if (check (specs, 1, input, infos, &error) == NN_STATUS_OK)
    {
      figure->output = infos[0].output;
      figure->is_known = TRUE;
      figure->n_parameters = infos[0].n_parameters;
      figure->n_multiply_adds = infos[0].n_multiply_adds;
      return figure->output;
    }
  text = ops->explain_misfit != NULL ? ops->explain_misfit (layer, &input) : NULL;
  fail (walker, i, 1, text != NULL ? text : explain_failure (&error));
  return figure->output;
}

/* ---- Blocks ---- */

static NnShape
walk_list (Walker  *walker,
           guint    begin,
           guint    n,
           NnShape  input)
{
  for (guint i = begin; i < begin + n; i++)
    input = walk_layer (walker, i, input);
  return input;
}

/* A block of which all that it holds fits for itself. */
static void
check_block (Walker  *walker,
             guint    i_block,
             guint    n)
{
  AtelierDraftFigure *figure = &walker->figures[i_block];
  g_autofree AtelierNetworkTree *tree = g_new0 (AtelierNetworkTree, 1);
  NnLayerSpec specs[NN_MAX_LAYERS + 2];
  NnLayerInfo infos[NN_MAX_LAYERS + 2];
  NnError error = { .i_layer = -1 };
  char *text;

  atelier_network_tree_init (tree, figure->input, &walker->walk->layers[i_block], n);
  memcpy (specs, tree->specs, sizeof tree->specs);
  if (check (specs, tree->n, figure->input, infos, &error) != NN_STATUS_OK)
    {
      text = atelier_network_tree_explain (tree, 0, figure->input);
      fail (walker, i_block, n, text != NULL ? text : explain_failure (&error));
      return;
    }
  figure->output = infos[0].output;
  figure->is_known = TRUE;
  for (gsize k = 0; k < tree->n; k++)
    if (k == 0 || tree->is_added[k])
      {
        figure->n_parameters += infos[k].n_parameters;
        figure->n_multiply_adds += infos[k].n_multiply_adds;
      }
}

/* Where something in it does not fit, the block gives what its body would give. */
static NnShape
walk_block (Walker  *walker,
            guint    i_block,
            NnShape  input)
{
  const AtelierLayer *block = &walker->walk->layers[i_block];
  AtelierDraftFigure *figure = &walker->figures[i_block];
  const guint n_before = walker->n_problems;
  const guint n = 1 + block->n_body + block->n_shortcut;

  figure->input = input;
  figure->output = walk_list (walker, i_block + 1, block->n_body, input);
  walk_list (walker, i_block + 1 + block->n_body, block->n_shortcut, input);
  if (block->n_body == 0)
    fail (walker, i_block, n, g_strdup (_("it holds no layers")));
  else if (walker->n_problems == n_before)
    check_block (walker, i_block, n);
  else
    figure->is_known = TRUE;
  return figure->output;
}

/* ---- The end ---- */

static void
fail_end (Walker *walker,
          guint   i,
          char   *text)
{
  if (walker->figures[i].problem != NULL)
    {
      g_free (text);
      return;
    }
  walker->figures[i].problem = text;
  walker->figures[i].is_end = TRUE;
  walker->n_problems++;
}

/* The logits may be followed by layers that change no value, such as flatten. */
static void
check_end (Walker *walker,
           guint   i_logits, /* ATELIER_NO_LAYER: there are none */
           guint   i_last)
{
  const AtelierDraftWalk *walk = walker->walk;
  const guint n_classes = walk->n_classes;
  NnLayerSpec specs[NN_MAX_LAYERS] = { 0 };
  NnLayerInfo infos[NN_MAX_LAYERS];
  gsize n = 0;
  guint units;

  for (guint i = i_logits; i_logits != ATELIER_NO_LAYER && i < walk->n_layers; i++)
    atelier_layer_class_get (walk->layers[i].kind)->ops->to_nn (&walk->layers[i], &specs[n++]);
  units = specs[0].units;
  specs[0].units = 2;
  if (n == 0
      || nn_network_check (walker->figures[i_logits].input, specs, n, infos, NULL) != NN_STATUS_OK)
    fail_end (walker, i_last,
              g_strdup (_("the last layer must be dense, linear, and have one unit for each "
                          "class")));
  else if (units < 2 || units > NN_MAX_CLASSES)
    fail_end (walker, i_logits,
              g_strdup_printf (_("as the last layer it has %u classes, expected 2 to %u"), units,
                               NN_MAX_CLASSES));
  else if (n_classes > 0 && units != n_classes)
    fail_end (walker, i_logits,
              g_strdup_printf (
                ngettext ("as the last layer it has %u unit, but there are %u classes",
                          "as the last layer it has %u units, but there are %u classes", units),
                units, n_classes));
}

/* ---- All ---- */

guint
atelier_draft_walk (const AtelierDraftWalk *walk,
                    AtelierDraftFigure     *figures)
{
  Walker walker = { walk, figures, 0 };
  NnShape shape = walk->input;
  guint i_logits = ATELIER_NO_LAYER;
  guint i_last = 0;
  guint i = 0;

  memset (figures, 0, walk->n_layers * sizeof *figures);
  while (i < walk->n_layers)
    {
      const AtelierLayer *layer = &walk->layers[i];

      i_last = i;
      if (atelier_layer_is_logits (layer))
        i_logits = i;
      if (atelier_layer_has_trait (layer, ATELIER_TRAIT_HOLDS_LAYERS))
        shape = walk_block (&walker, i, shape);
      else
        shape = walk_layer (&walker, i, shape);
      i += 1 + layer->n_body + layer->n_shortcut;
    }
  if (walk->has_end && walk->n_layers > 0
      && (i_logits == ATELIER_NO_LAYER || figures[i_logits].problem == NULL))
    check_end (&walker, i_logits, i_last);
  return walker.n_problems;
}

void
atelier_draft_figures_clear (AtelierDraftFigure *figures,
                             guint               n)
{
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&figures[i].problem, g_free);
}
