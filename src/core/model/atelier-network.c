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
  guint64           n_parameters;
  guint64           n_multiply_adds;
};

G_DEFINE_BOXED_TYPE (AtelierNetwork, atelier_network, atelier_network_ref, atelier_network_unref)

/* ---- Checking ---- */

static void G_GNUC_PRINTF (4, 5)
fail_layer (GError             **error,
            guint                i_layer,
            const AtelierLayer  *layer,
            const char          *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* Translators: a layer's number from 1, its kind as in the JSON form, what is wrong with it */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
               _("Layer %u (%s): %s"), i_layer + 1, atelier_layer_class_get (layer->kind)->word,
               text);
}

/* What can be said of a layer without its neighbours. */
static gboolean
check_settings (const AtelierLayer  *layer,
                guint                i_layer,
                GError             **error)
{
  g_autofree char *problem = NULL;

  if ((guint) layer->kind >= ATELIER_N_LAYER_KINDS)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("Layer %u: there is no layer of kind %u"), i_layer + 1, (guint) layer->kind);
      return FALSE;
    }
  problem = atelier_members_check (&atelier_layer_class_get (layer->kind)->members, layer);
  if (problem == NULL)
    return TRUE;
  fail_layer (error, i_layer, layer, "%s", problem);
  return FALSE;
}

/* The shape that enters layer @i_layer, of which all layers before it fit.  The engine is asked
 * about the layers so far with logits put behind them. */
static gboolean
find_input_shape (NnShape            input,
                  const NnLayerSpec *layers,
                  guint              i_layer,
                  NnShape           *shape)
{
  NnLayerSpec specs[NN_MAX_LAYERS + 2];
  NnLayerInfo infos[NN_MAX_LAYERS + 2];

  *shape = input;
  if (i_layer == 0)
    return TRUE;
  if (i_layer + 2 > NN_MAX_LAYERS)
    return FALSE;
  memcpy (specs, layers, i_layer * sizeof *layers);
  specs[i_layer] = (NnLayerSpec) { .kind = NN_LAYER_FLATTEN };
  specs[i_layer + 1] = (NnLayerSpec) { .kind = NN_LAYER_DENSE, .units = 2 };
  if (nn_network_check (input, specs, i_layer + 2, infos, NULL) != NN_STATUS_OK)
    return FALSE;
  *shape = infos[i_layer - 1].output;
  return TRUE;
}

/* Says in the user's language what the engine found wrong with layer @i_layer, which is given
 * @shape. */
static void
fail_fit (AtelierNetwork  *network,
          guint            i_layer,
          const NnShape   *shape,
          const NnError   *nn_error,
          GError         **error)
{
  const AtelierLayer *layer = &network->layers[i_layer];
  const AtelierLayerOps *ops = atelier_layer_class_get (layer->kind)->ops;
  g_autofree char *misfit
    = ops->explain_misfit != NULL ? ops->explain_misfit (layer, shape) : NULL;

  if (misfit != NULL)
    fail_layer (error, i_layer, layer, "%s", misfit);
  else if (i_layer == network->n_layers - 1 && !atelier_layer_is_logits (layer))
    fail_layer (error, i_layer, layer,
                _("the last layer must be dense, linear, and have one unit for each class"));
  else if (i_layer == network->n_layers - 1 && (layer->units < 2 || layer->units > NN_MAX_CLASSES))
    fail_layer (error, i_layer, layer, _("as the last layer it has %u classes, expected 2 to %u"),
                layer->units, NN_MAX_CLASSES);
  else if (nn_error->status == NN_STATUS_TOO_LARGE)
    fail_layer (error, i_layer, layer, _("it would need more memory than the program takes"));
  else
    g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK, nn_error->text);
}

static void
fail_engine (AtelierNetwork     *network,
             const NnLayerSpec  *specs,
             const NnError      *nn_error,
             GError            **error)
{
  NnShape input = { network->height, network->width, network->channels };
  NnShape shape = { 1, 1, 1 };
  guint i_layer = nn_error->i_layer >= 0 ? (guint) nn_error->i_layer : network->n_layers;

  if (i_layer < network->n_layers && find_input_shape (input, specs, i_layer, &shape))
    fail_fit (network, i_layer, &shape, nn_error, error);
  else
    g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK, nn_error->text);
}

/* Fills in what follows from the layers. */
static gboolean
infer (AtelierNetwork  *network,
       GError         **error)
{
  NnLayerSpec specs[NN_MAX_LAYERS];
  NnLayerInfo infos[NN_MAX_LAYERS];
  NnShape input;
  NnError nn_error = { .i_layer = -1 };
  gsize n_layers = atelier_network_to_nn (network, &input, specs);

  if (nn_network_check (input, specs, n_layers, infos, &nn_error) != NN_STATUS_OK)
    {
      fail_engine (network, specs, &nn_error, error);
      return FALSE;
    }
  network->infos = g_new0 (AtelierLayerInfo, n_layers);
  for (gsize i = 0; i < n_layers; i++)
    {
      network->infos[i] = (AtelierLayerInfo) {
        .height = infos[i].output.height,
        .width = infos[i].output.width,
        .channels = infos[i].output.channels,
        .n_parameters = infos[i].n_parameters,
        .n_multiply_adds = infos[i].n_multiply_adds,
      };
      network->n_parameters += infos[i].n_parameters;
      network->n_multiply_adds += infos[i].n_multiply_adds;
    }
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
  for (guint i = 0; i < n_layers; i++)
    {
      if (!check_settings (&layers[i], i, error))
        return NULL;
      network->layers[i] = atelier_layer_normalize (&layers[i]);
    }
  return infer (network, error) ? g_steal_pointer (&network) : NULL;
}

static void
clear_network (gpointer data)
{
  AtelierNetwork *network = data;

  g_free (network->name);
  g_free (network->layers);
  g_free (network->infos);
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
  return network->infos[network->n_layers - 1].channels;
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

char *
atelier_network_describe_layer (const AtelierNetwork *network,
                                guint                 i_layer)
{
  g_return_val_if_fail (network != NULL && i_layer < network->n_layers, NULL);

  return atelier_layer_describe (&network->layers[i_layer], i_layer == network->n_layers - 1);
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

static NnShape
get_output (const AtelierNetwork *network,
            guint                 i_layer)
{
  const AtelierLayerInfo *info = &network->infos[i_layer];

  return (NnShape) { info->height, info->width, info->channels };
}

/* What the tensors of a layer are called by.  @counts: of layers by kind; the layer is added.
 * Transfer full. */
static char *
name_place (const AtelierNetwork *network,
            guint                 i_layer,
            guint                *counts)
{
  const AtelierLayer *layer = &network->layers[i_layer];
  const char *word = atelier_layer_class_get (layer->kind)->ops->tensor_word;

  if (word != NULL)
    return g_strdup_printf ("%s%u", word, ++counts[layer->kind]);
  return g_strdup_printf ("layers.%u", i_layer);
}

guint
atelier_network_list_tensors (const AtelierNetwork *network,
                              AtelierTensorSpec    *specs)
{
  guint counts[ATELIER_N_LAYER_KINDS] = { 0 };
  NnShape shape = { network->height, network->width, network->channels };
  guint n = 0;

  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayer *layer = &network->layers[i];
      const AtelierLayerOps *ops = atelier_layer_class_get (layer->kind)->ops;
      g_autofree char *place = name_place (network, i, counts);

      if (ops->list_tensors != NULL)
        n += ops->list_tensors (layer, shape.channels, place, &specs[n]);
      shape = get_output (network, i);
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
  NnShape shape = { network->height, network->width, network->channels };
  guint n = 1;

  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayerOps *ops = atelier_layer_class_get (network->layers[i].kind)->ops;

      if (ops->count_least_images != NULL)
        n = MAX (n, ops->count_least_images (&network->layers[i], &shape));
      shape = get_output (network, i);
    }
  return n;
}

/* ---- The engine's words ---- */

gsize
atelier_network_to_nn (const AtelierNetwork *network,
                       NnShape              *input,
                       NnLayerSpec          *layers)
{
  *input = (NnShape) { network->height, network->width, network->channels };
  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayer *layer = &network->layers[i];

      layers[i] = (NnLayerSpec) { 0 };
      atelier_layer_class_get (layer->kind)->ops->to_nn (layer, &layers[i]);
    }
  return network->n_layers;
}
