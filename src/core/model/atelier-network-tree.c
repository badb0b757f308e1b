/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Residual blocks hold layers, and the lists of core and engine have these behind the block.
 *
 * What a block without a shortcut adds to its body's result follows from shapes, and these the
 * engine alone knows.  It is asked about a list of layers with logits put behind it, block by block
 * and never about the whole network so far, so that a long network leaves room for the logits.
 */

#include "config.h"

#include "model/atelier-network-tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/atelier-network-private.h"

/* ---- Places ---- */

static char *
check_block (const AtelierLayer *layers,
             guint               n_layers,
             guint               i_block)
{
  const AtelierLayer *block = &layers[i_block];
  const guint n_left = n_layers - i_block - 1;

  if (block->n_body < 1)
    return g_strdup (_("“layers” is empty, expected 1 layer or more"));
  if (block->n_body > n_left || block->n_shortcut > n_left - block->n_body)
    return g_strdup_printf (_("it holds %u layers, but only %u follow"),
                            block->n_body + block->n_shortcut, n_left);
  return NULL;
}

char *
atelier_network_tree_find_places (const AtelierLayer *layers,
                                  guint               n_layers,
                                  AtelierLayerInfo   *infos,
                                  guint              *i_layer)
{
  guint number = 0;
  guint i = 0;

  while (i < n_layers)
    {
      const guint i_block = i;
      const AtelierLayer *block = &layers[i_block];
      const gboolean is_block = atelier_layer_has_trait (block, ATELIER_TRAIT_HOLDS_LAYERS);
      char *problem = is_block ? check_block (layers, n_layers, i_block) : NULL;

      *i_layer = i;
      infos[i].parent = ATELIER_NO_LAYER;
      infos[i++].number = ++number;
      if (problem != NULL)
        return problem;
      for (guint k = 0; is_block && k < block->n_body + block->n_shortcut; k++, i++)
        {
          infos[i].parent = i_block;
          infos[i].number = k + 1;
          infos[i].is_shortcut = k >= block->n_body;
          *i_layer = i;
          if (atelier_layer_has_trait (&layers[i], ATELIER_TRAIT_HOLDS_LAYERS))
            return g_strdup (_("it lies in another residual block, and blocks do not nest"));
        }
    }
  return NULL;
}

/* ---- Shapes ---- */

/* What a list of the engine's layers makes of @shape.  FALSE where they do not fit. */
static gboolean
follow (const NnLayerSpec *specs,
        gsize              n,
        NnShape           *shape)
{
  NnLayerSpec list[NN_MAX_LAYERS];
  NnLayerInfo infos[NN_MAX_LAYERS];
  gsize last = 0;

  if (n == 0)
    return TRUE;
  if (n + 2 > NN_MAX_LAYERS)
    return FALSE;
  memcpy (list, specs, n * sizeof *list);
  list[n] = (NnLayerSpec) { .kind = NN_LAYER_FLATTEN };
  list[n + 1] = (NnLayerSpec) { .kind = NN_LAYER_DENSE, .units = 2 };
  if (nn_network_check (*shape, list, n + 2, infos, NULL) != NN_STATUS_OK)
    return FALSE;
  for (gsize i = 0; i < n; i += 1 + list[i].n_body + list[i].n_shortcut)
    last = i;
  *shape = infos[last].output;
  return TRUE;
}

/* ---- Making ---- */

static NnLayerSpec *
append (AtelierNetworkTree *tree,
        guint               owner,
        gboolean            is_added)
{
  if (tree->n == NN_MAX_LAYERS)
    {
      tree->is_full = TRUE;
      return NULL;
    }
  tree->owners[tree->n] = owner;
  tree->is_added[tree->n] = is_added;
  tree->specs[tree->n] = (NnLayerSpec) { 0 };
  return &tree->specs[tree->n++];
}

static void
append_layer (AtelierNetworkTree *tree,
              const AtelierLayer *layers,
              guint               i_layer)
{
  NnLayerSpec *spec = append (tree, i_layer, FALSE);

  if (spec != NULL)
    atelier_layer_class_get (layers[i_layer].kind)->ops->to_nn (&layers[i_layer], spec);
}

/* The stride that makes @n_out places of @n_in with a window of one; 0: there is none. */
static guint
find_stride (guint n_in,
             guint n_out)
{
  const guint stride = (n_in - 1) / n_out + 1;

  return (n_in - 1) / stride + 1 == n_out ? stride : 0;
}

/* Adds the convolution that makes @shape fit what the body of block @i_spec gives; nothing where
 * they fit already, or no stride makes them. */
static void
append_projection (AtelierNetworkTree *tree,
                   gsize               i_spec,
                   NnShape             shape)
{
  NnShape through_body = shape;
  NnLayerSpec *spec;
  guint stride_height, stride_width;

  if (!follow (&tree->specs[i_spec + 1], tree->specs[i_spec].n_body, &through_body)
      || memcmp (&through_body, &shape, sizeof shape) == 0)
    return;
  stride_height = find_stride (shape.height, through_body.height);
  stride_width = find_stride (shape.width, through_body.width);
  if (stride_height == 0 || stride_width == 0)
    return;
  spec = append (tree, tree->owners[i_spec], TRUE);
  if (spec == NULL)
    return;
  *spec = (NnLayerSpec) {
    .kind = NN_LAYER_CONV2D,
    .units = through_body.channels,
    .kernel_height = 1,
    .kernel_width = 1,
    .stride_height = stride_height,
    .stride_width = stride_width,
  };
  tree->specs[i_spec].n_shortcut = 1;
}

void
atelier_network_tree_init (AtelierNetworkTree *tree,
                           NnShape             input,
                           const AtelierLayer *layers,
                           guint               n_layers)
{
  NnShape shape = input;
  gboolean is_known = TRUE;
  guint i = 0;

  tree->n = 0;
  tree->is_full = FALSE;
  while (i < n_layers && !tree->is_full)
    {
      const AtelierLayer *layer = &layers[i];
      const gsize i_spec = tree->n;
      const guint end = i + 1 + layer->n_body + layer->n_shortcut;

      while (i < end)
        append_layer (tree, layers, i++);
      if (is_known && !tree->is_full && layer->n_body > 0 && layer->n_shortcut == 0)
        append_projection (tree, i_spec, shape);
      is_known = is_known && follow (&tree->specs[i_spec], tree->n - i_spec, &shape);
    }
}

/* ---- What is wrong ---- */

gboolean
atelier_network_tree_find_input (const AtelierNetworkTree *tree,
                                 NnShape                   input,
                                 gsize                     i_spec,
                                 NnShape                  *shape)
{
  const NnLayerSpec *specs = tree->specs;
  gsize i = 0;
  gsize begin;

  *shape = input;
  while (i < i_spec && i + 1 + specs[i].n_body + specs[i].n_shortcut <= i_spec)
    {
      const gsize n = 1 + (gsize) specs[i].n_body + specs[i].n_shortcut;

      if (!follow (&specs[i], n, shape))
        return FALSE;
      i += n;
    }
  if (i == i_spec)
    return TRUE;
  begin = i_spec > i + specs[i].n_body ? i + 1 + specs[i].n_body : i + 1;
  return follow (&specs[begin], i_spec - begin, shape);
}

char *
atelier_network_tree_explain (const AtelierNetworkTree *tree,
                              gsize                     i_spec,
                              NnShape                   shape)
{
  const NnLayerSpec *spec = &tree->specs[i_spec];
  NnShape body = shape;
  NnShape shortcut = shape;

  if (spec->n_body == 0 || !follow (spec + 1, spec->n_body, &body)
      || !follow (spec + 1 + spec->n_body, spec->n_shortcut, &shortcut)
      || memcmp (&body, &shortcut, sizeof body) == 0)
    return NULL;
  if (spec->n_shortcut == 0)
    return g_strdup_printf (
      _("its body makes %u×%u×%u values of %u×%u×%u, which no stride does; add a “shortcut”"),
      body.height, body.width, body.channels, shape.height, shape.width, shape.channels);
  return g_strdup_printf (
    _("its body gives %u×%u×%u values and its “shortcut” %u×%u×%u; they must be of one shape"),
    body.height, body.width, body.channels, shortcut.height, shortcut.width, shortcut.channels);
}
