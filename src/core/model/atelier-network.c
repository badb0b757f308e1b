/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network is checked once, when it is made, and is right from then on.
 *
 * What differs between kinds of layers is asked of their classes in core/kinds.  The core checks
 * single settings (so that the message can name the member as the JSON form spells it); whether
 * layers fit, and what shapes and counts follow, the engine alone knows.
 * Its English sentence is not shown where the core can say the same in the user's language: the
 * status, the layer and the shape that enters it are enough for the causes that people meet.
 * Text forms are in atelier-network-json.c.  Immutable; any thread.
 */

#include "config.h"

#include "model/atelier-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-network-private.h"
#include "model/atelier-network-tree.h"
#include "model/atelier-nn-private.h"

G_STATIC_ASSERT (ATELIER_NETWORK_MAX_LAYERS == NN_MAX_LAYERS);

struct _AtelierNetwork
{
  char             *name;     /* Owned */
  guint             height;
  guint             width;
  guint             channels;
  guint             n_layers;
  AtelierLayer     *layers;   /* Owned; [n_layers] */
  AtelierLayerInfo *infos;    /* Owned; [n_layers] */
  AtelierNetworkTree *tree;   /* Owned; the layers in the engine's words */
  guint64           n_parameters;
  guint64           n_multiply_adds;
};

G_DEFINE_BOXED_TYPE (AtelierNetwork, atelier_network, atelier_network_ref, atelier_network_unref)

/* ---- Checking ---- */

static void
fail_layer (GError                **error,
            const AtelierNetwork   *network,
            guint                   i_layer,
            const char             *text)
{
  g_autofree char *number = atelier_network_number_layer (network, i_layer);

  /* Translators: a layer's number, its kind as in the JSON form, what is wrong with it */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK, _("Layer %s (%s): %s"), number,
               atelier_layer_class_get (network->layers[i_layer].kind)->word, text);
}

/* Copies the layers, and fills in where they are. */
static gboolean
take_layers (AtelierNetwork      *network,
             const AtelierLayer  *layers,
             GError             **error)
{
  g_autofree char *problem = NULL;
  guint i_layer = 0;

  for (guint i = 0; i < network->n_layers; i++)
    if ((guint) layers[i].kind >= ATELIER_N_LAYER_KINDS)
      {
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                     _("Layer %u: there is no layer of kind %u"), i + 1, (guint) layers[i].kind);
        return FALSE;
      }
    else
      network->layers[i] = layers[i];
  problem = atelier_network_tree_find_places (layers, network->n_layers, network->infos, &i_layer);
  if (problem == NULL)
    return TRUE;
  fail_layer (error, network, i_layer, problem);
  return FALSE;
}

/* What can be said of the layers without their neighbours. */
static gboolean
check_settings (AtelierNetwork  *network,
                GError         **error)
{
  for (guint i = 0; i < network->n_layers; i++)
    {
      AtelierLayer *layer = &network->layers[i];
      g_autofree char *problem
        = atelier_members_check (&atelier_layer_class_get (layer->kind)->members, layer);

      if (problem != NULL)
        {
          fail_layer (error, network, i, problem);
          return FALSE;
        }
      *layer = atelier_layer_normalize (layer);
    }
  return TRUE;
}

static gboolean
is_last (const AtelierNetwork *network,
         guint                 i_layer)
{
  const AtelierLayer *layer = &network->layers[i_layer];

  return network->infos[i_layer].parent == ATELIER_NO_LAYER
         && i_layer + 1 + layer->n_body + layer->n_shortcut == network->n_layers;
}

/* What is wrong with layer @i_layer, which is given @shape, in the user's language.  NULL where
 * that is not known; transfer full. */
static char *
explain_misfit (const AtelierNetwork *network,
                guint                 i_layer,
                gsize                 i_spec,
                const NnShape        *shape,
                NnStatus              status)
{
  const AtelierLayer *layer = &network->layers[i_layer];
  const AtelierLayerOps *ops = atelier_layer_class_get (layer->kind)->ops;
  char *misfit = ops->explain_misfit != NULL ? ops->explain_misfit (layer, shape) : NULL;

  if (misfit == NULL && !network->tree->is_added[i_spec])
    misfit = atelier_network_tree_explain (network->tree, i_spec, *shape);
  if (misfit != NULL)
    return misfit;
  if (is_last (network, i_layer) && !atelier_layer_is_logits (layer))
    return g_strdup (
      _("the last layer must be dense, linear, and have one unit for each class"));
  if (is_last (network, i_layer) && (layer->units < 2 || layer->units > NN_MAX_CLASSES))
    return g_strdup_printf (_("as the last layer it has %u classes, expected 2 to %u"),
                            layer->units, NN_MAX_CLASSES);
  if (status == NN_STATUS_TOO_LARGE)
    return g_strdup (_("it would need more memory than the program takes"));
  return NULL;
}

static void
fail_engine (AtelierNetwork  *network,
             const NnError   *nn_error,
             GError         **error)
{
  NnShape input = { network->height, network->width, network->channels };
  NnShape shape = { 1, 1, 1 };
  g_autofree char *text = NULL;
  guint i_layer = 0;

  if (nn_error->i_layer >= 0
      && atelier_network_tree_find_input (network->tree, input, (gsize) nn_error->i_layer, &shape))
    {
      i_layer = network->tree->owners[nn_error->i_layer];
      text = explain_misfit (network, i_layer, (gsize) nn_error->i_layer, &shape,
                             nn_error->status);
    }
  if (text != NULL)
    fail_layer (error, network, i_layer, text);
  else
    g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK, nn_error->text);
}

/* What an added layer needs is its block's. */
static void
take_info (AtelierNetwork    *network,
           gsize              i_spec,
           const NnLayerInfo *found)
{
  AtelierLayerInfo *info = &network->infos[network->tree->owners[i_spec]];

  if (!network->tree->is_added[i_spec])
    {
      info->height = found->output.height;
      info->width = found->output.width;
      info->channels = found->output.channels;
    }
  info->n_parameters += found->n_parameters;
  info->n_multiply_adds += found->n_multiply_adds;
  network->n_parameters += found->n_parameters;
  network->n_multiply_adds += found->n_multiply_adds;
}

/* Fills in what follows from the layers. */
static gboolean
infer (AtelierNetwork  *network,
       GError         **error)
{
  NnLayerInfo found[NN_MAX_LAYERS];
  NnShape input = { network->height, network->width, network->channels };
  NnError nn_error = { .i_layer = -1 };

  network->tree = g_new0 (AtelierNetworkTree, 1);
  atelier_network_tree_init (network->tree, input, network->layers, network->n_layers);
  if (network->tree->is_full)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("With the convolutions that residual blocks need for their shortcuts, there "
                     "are more than %u layers"),
                   ATELIER_NETWORK_MAX_LAYERS);
      return FALSE;
    }
  if (nn_network_check (input, network->tree->specs, network->tree->n, found, &nn_error)
      != NN_STATUS_OK)
    {
      fail_engine (network, &nn_error, error);
      return FALSE;
    }
  for (gsize i = 0; i < network->tree->n; i++)
    take_info (network, i, &found[i]);
  return TRUE;
}

gboolean
atelier_name_is_good (const char *text)
{
  if (strlen (text) > ATELIER_MAX_NAME || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* ---- Making and freeing ---- */

AtelierNetwork *
atelier_network_new (const char          *name,
                     guint                height,
                     guint                width,
                     guint                channels,
                     const AtelierLayer  *layers,
                     guint                n_layers,
                     GError             **error)
{
  g_autoptr (AtelierNetwork) network = NULL;

  g_return_val_if_fail (layers != NULL || n_layers == 0, NULL);

  if (name == NULL || *name == '\0')
    name = "Untitled";
  if (!atelier_name_is_good (name))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("The network's name is longer than %d bytes, or not plain text"),
                   ATELIER_MAX_NAME);
      return NULL;
    }
  if (height == 0 || width == 0 || channels == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("“input” is [%u, %u, %u], expected 1 or more"), height, width, channels);
      return NULL;
    }
  if (n_layers == 0 || n_layers > ATELIER_NETWORK_MAX_LAYERS)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("There are %u layers, expected 1 to %u"), n_layers,
                   ATELIER_NETWORK_MAX_LAYERS);
      return NULL;
    }

  network = g_atomic_rc_box_new0 (AtelierNetwork);
  network->name = g_strdup (name);
  network->height = height;
  network->width = width;
  network->channels = channels;
  network->n_layers = n_layers;
  network->layers = g_new0 (AtelierLayer, n_layers);
  network->infos = g_new0 (AtelierLayerInfo, n_layers);
  if (!take_layers (network, layers, error) || !check_settings (network, error)
      || !infer (network, error))
    return NULL;
  return g_steal_pointer (&network);
}

static void
clear_network (gpointer data)
{
  AtelierNetwork *network = data;

  g_free (network->name);
  g_free (network->layers);
  g_free (network->infos);
  g_free (network->tree);
}

AtelierNetwork *
atelier_network_ref (AtelierNetwork *network)
{
  return g_atomic_rc_box_acquire (network);
}

void
atelier_network_unref (AtelierNetwork *network)
{
  g_atomic_rc_box_release_full (network, clear_network);
}

/* ---- Reading ---- */

const char *
atelier_network_get_name (const AtelierNetwork *network)
{
  g_return_val_if_fail (network != NULL, NULL);
  return network->name;
}

void
atelier_network_get_input (const AtelierNetwork *network,
                           guint                *height,
                           guint                *width,
                           guint                *channels)
{
  g_return_if_fail (network != NULL);
  if (height != NULL)
    *height = network->height;
  if (width != NULL)
    *width = network->width;
  if (channels != NULL)
    *channels = network->channels;
}

guint
atelier_network_get_n_layers (const AtelierNetwork *network)
{
  g_return_val_if_fail (network != NULL, 0);
  return network->n_layers;
}

const AtelierLayer *
atelier_network_get_layer (const AtelierNetwork *network,
                           guint                 i_layer)
{
  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);
  return &network->layers[i_layer];
}

const AtelierLayerInfo *
atelier_network_get_layer_info (const AtelierNetwork *network,
                                guint                 i_layer)
{
  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);
  return &network->infos[i_layer];
}

guint
atelier_network_get_n_classes (const AtelierNetwork *network)
{
  g_return_val_if_fail (network != NULL, 0);
  for (guint i = network->n_layers; i-- > 0;)
    if (is_last (network, i))
      return network->infos[i].channels;
  g_return_val_if_reached (0);
}

guint64
atelier_network_get_n_parameters (const AtelierNetwork *network)
{
  g_return_val_if_fail (network != NULL, 0);
  return network->n_parameters;
}

guint64
atelier_network_get_n_multiply_adds (const AtelierNetwork *network)
{
  g_return_val_if_fail (network != NULL, 0);
  return network->n_multiply_adds;
}

gboolean
atelier_network_equal (const AtelierNetwork *a,
                       const AtelierNetwork *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (strcmp (a->name, b->name) != 0 || a->height != b->height || a->width != b->width
      || a->channels != b->channels || a->n_layers != b->n_layers)
    return FALSE;
  for (guint i = 0; i < a->n_layers; i++)
    if (!atelier_layer_equal (&a->layers[i], &b->layers[i]))
      return FALSE;
  return TRUE;
}

/* The layers of a block that are its shortcut, or its body, in one line.  Transfer full. */
static char *
describe_list (const AtelierNetwork *network,
               guint                 i_block,
               gboolean              is_shortcut)
{
  const AtelierLayer *block = &network->layers[i_block];
  const guint begin = i_block + 1 + (is_shortcut ? block->n_body : 0);
  const guint n = is_shortcut ? block->n_shortcut : block->n_body;
  GString *text = g_string_new (NULL);

  for (guint i = begin; i < begin + n; i++)
    {
      g_autofree char *words = atelier_layer_describe (&network->layers[i], FALSE);

      g_string_append_printf (text, "%s%s", i > begin ? ", " : "", words);
    }
  return g_string_free (text, FALSE);
}

char *
atelier_network_describe_layer (const AtelierNetwork *network,
                                guint                 i_layer)
{
  g_autofree char *words = NULL;
  g_autofree char *body = NULL;
  g_autofree char *shortcut = NULL;

  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);

  words = atelier_layer_describe (&network->layers[i_layer], is_last (network, i_layer));
  if (network->layers[i_layer].n_body == 0)
    return g_steal_pointer (&words);
  body = describe_list (network, i_layer, FALSE);
  if (network->layers[i_layer].n_shortcut == 0)
    /* Translators: a residual block, and the layers that it holds */
    return g_strdup_printf (_("%s: %s"), words, body);
  shortcut = describe_list (network, i_layer, TRUE);
  /* Translators: a residual block, the layers that it holds, the layers of its shortcut */
  return g_strdup_printf (_("%s: %s; shortcut: %s"), words, body, shortcut);
}

char *
atelier_network_describe_row (const AtelierNetwork *network,
                              guint                 i_layer)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);

  words = atelier_layer_describe (&network->layers[i_layer], is_last (network, i_layer));
  if (network->infos[i_layer].is_shortcut)
    /* Translators: a layer of a residual block's shortcut */
    return g_strdup_printf (_("Shortcut: %s"), words);
  return g_steal_pointer (&words);
}

char *
atelier_network_number_layer (const AtelierNetwork *network,
                              guint                 i_layer)
{
  const AtelierLayerInfo *info;

  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);

  info = &network->infos[i_layer];
  if (info->parent == ATELIER_NO_LAYER)
    return g_strdup_printf ("%u", info->number);
  return g_strdup_printf ("%u.%u", network->infos[info->parent].number, info->number);
}

gboolean
atelier_network_is_new (const AtelierNetwork *network)
{
  for (guint i = 0; i < network->n_layers; i++)
    if (atelier_layer_is_new (&network->layers[i]))
      return TRUE;
  return FALSE;
}

/* ---- Weights ---- */

/* What enters a layer. */
static NnShape
get_input (const AtelierNetwork *network,
           guint                 i_layer)
{
  const AtelierLayerInfo *info = &network->infos[i_layer];
  const gboolean is_first
    = info->number == 1
      || (info->is_shortcut && info->number == network->layers[info->parent].n_body + 1);
  const AtelierLayerInfo *before;

  if (is_first && info->parent != ATELIER_NO_LAYER)
    return get_input (network, info->parent);
  if (is_first)
    return (NnShape) { network->height, network->width, network->channels };
  before = &network->infos[i_layer - 1];
  if (before->parent != info->parent)
    before = &network->infos[before->parent];
  return (NnShape) { before->height, before->width, before->channels };
}

/* What the tensors of a layer are called by.  @counts: of layers by kind; the layer is added.
 * Transfer full. */
static char *
name_place (const AtelierNetwork *network,
            guint                 i_layer,
            guint                *counts)
{
  const AtelierLayer *layer = &network->layers[i_layer];
  const AtelierLayerInfo *info = &network->infos[i_layer];
  const char *word = atelier_layer_class_get (layer->kind)->ops->tensor_word;
  const AtelierLayerInfo *block;

  if (info->parent != ATELIER_NO_LAYER)
    {
      block = &network->infos[info->parent];
      return info->is_shortcut
               ? g_strdup_printf ("layers.%u.shortcut.%u", block->number - 1,
                                  info->number - 1 - network->layers[info->parent].n_body)
               : g_strdup_printf ("layers.%u.body.%u", block->number - 1, info->number - 1);
    }
  if (word != NULL)
    return g_strdup_printf ("%s%u", word, ++counts[layer->kind]);
  return g_strdup_printf ("layers.%u", info->number - 1);
}

/* Of the convolution that was added as the shortcut of block @i_block. */
static guint
list_added_tensors (const AtelierNetwork *network,
                    guint                 i_block,
                    const NnLayerSpec    *spec,
                    AtelierTensorSpec    *specs)
{
  const guint dims[4] = { spec->units, get_input (network, i_block).channels, 1, 1 };
  g_autofree char *place
    = g_strdup_printf ("layers.%u.shortcut.0", network->infos[i_block].number - 1);

  atelier_tensor_spec_init (&specs[0], place, "weight", 4, dims);
  atelier_tensor_spec_init (&specs[1], place, "bias", 1, dims);
  return 2;
}

guint
atelier_network_list_tensors (const AtelierNetwork *network,
                              AtelierTensorSpec    *specs)
{
  const AtelierNetworkTree *tree = network->tree;
  guint counts[ATELIER_N_LAYER_KINDS] = { 0 };
  guint n = 0;

  for (gsize i = 0; i < tree->n; i++)
    {
      const guint i_layer = tree->owners[i];
      const AtelierLayer *layer = &network->layers[i_layer];
      const AtelierLayerOps *ops = atelier_layer_class_get (layer->kind)->ops;
      g_autofree char *place = NULL;

      if (tree->is_added[i])
        n += list_added_tensors (network, i_layer, &tree->specs[i], &specs[n]);
      if (tree->is_added[i] || ops->list_tensors == NULL)
        continue;
      place = name_place (network, i_layer, counts);
      n += ops->list_tensors (layer, get_input (network, i_layer).channels, place, &specs[n]);
    }
  return n;
}

guint
atelier_network_list_trained (const AtelierNetwork *network,
                              AtelierTensorSpec    *specs)
{
  const guint n = atelier_network_list_tensors (network, specs);
  guint n_trained = 0;

  for (guint i = 0; i < n; i++)
    if (!specs[i].is_statistic)
      specs[n_trained++] = specs[i];
  return n_trained;
}

guint
atelier_network_count_least_images (const AtelierNetwork *network)
{
  guint n = 1;

  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayerOps *ops = atelier_layer_class_get (network->layers[i].kind)->ops;
      const NnShape shape = get_input (network, i);

      if (ops->count_least_images != NULL)
        n = MAX (n, ops->count_least_images (&network->layers[i], &shape));
    }
  return n;
}

/* ---- The engine's words ---- */

guint
atelier_network_find_layer (const AtelierNetwork *network,
                            guint                 i_engine)
{
  g_return_val_if_fail (i_engine < network->tree->n, 0);

  return network->tree->owners[i_engine];
}

gsize
atelier_network_to_nn (const AtelierNetwork *network,
                       NnShape              *input,
                       NnLayerSpec          *layers)
{
  *input = (NnShape) { network->height, network->width, network->channels };
  memcpy (layers, network->tree->specs, network->tree->n * sizeof *layers);
  return network->tree->n;
}
