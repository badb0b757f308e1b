/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network is checked once, when it is made, and is right from then on.
 *
 * The core checks single settings (so that the message can name the member as the JSON form
 * spells it); whether layers fit, and what shapes and counts follow, the engine alone knows.
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

const char * const atelier_layer_words[] = {
  "dense", "conv2d", "max_pool2d", "flatten", "dropout", NULL
};
const char * const atelier_activation_words[] = { "linear", "relu", "tanh", "sigmoid", NULL };
const char * const atelier_padding_words[] = { "valid", "same", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (atelier_layer_words) == ATELIER_N_LAYER_KINDS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (atelier_activation_words) == ATELIER_N_ACTIVATIONS + 1);

/* ---- Which settings a kind has ---- */

static gboolean
has_units (const AtelierLayer *layer)
{
  return layer->kind == ATELIER_LAYER_DENSE || layer->kind == ATELIER_LAYER_CONV2D;
}

static gboolean
has_window (const AtelierLayer *layer)
{
  return layer->kind == ATELIER_LAYER_CONV2D || layer->kind == ATELIER_LAYER_MAX_POOL2D;
}

/* A copy with the settings that the kind does not use at 0, so that equal networks have equal
 * layers. */
static AtelierLayer
normalize_layer (const AtelierLayer *layer)
{
  AtelierLayer result = { .kind = layer->kind };

  if (has_units (layer))
    {
      result.units = layer->units;
      result.activation = layer->activation;
    }
  if (has_window (layer))
    {
      result.padding = layer->padding;
      result.kernel_height = layer->kernel_height;
      result.kernel_width = layer->kernel_width;
      result.stride_height = layer->stride_height;
      result.stride_width = layer->stride_width;
    }
  if (layer->kind == ATELIER_LAYER_DROPOUT)
    result.rate = layer->rate + 0.0; /* -0 becomes 0 */
  return result;
}

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
               _("Layer %u (%s): %s"), i_layer + 1, atelier_layer_words[layer->kind], text);
}

static gboolean
check_choices (const AtelierLayer  *layer,
               guint                i_layer,
               GError             **error)
{
  if ((guint) layer->kind >= ATELIER_N_LAYER_KINDS)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
                   _("Layer %u: there is no layer of kind %u"), i_layer + 1, (guint) layer->kind);
      return FALSE;
    }
  if (has_units (layer) && (guint) layer->activation >= ATELIER_N_ACTIVATIONS)
    fail_layer (error, i_layer, layer, _("there is no activation of number %u"),
                (guint) layer->activation);
  else if (has_window (layer) && (guint) layer->padding > ATELIER_PADDING_SAME)
    fail_layer (error, i_layer, layer, _("there is no padding of number %u"),
                (guint) layer->padding);
  else
    return TRUE;
  return FALSE;
}

/* What can be said of a layer without its neighbours. */
static gboolean
check_settings (const AtelierLayer  *layer,
                guint                i_layer,
                GError             **error)
{
  if (!check_choices (layer, i_layer, error))
    return FALSE;
  if (has_units (layer) && layer->units == 0)
    fail_layer (error, i_layer, layer, _("“%s” is 0, expected 1 or more"),
                layer->kind == ATELIER_LAYER_DENSE ? "units" : "filters");
  else if (has_window (layer) && (layer->kernel_height == 0 || layer->kernel_width == 0))
    fail_layer (error, i_layer, layer, _("“%s” is [%u, %u], expected 1 or more"),
                layer->kind == ATELIER_LAYER_CONV2D ? "kernel" : "size",
                layer->kernel_height, layer->kernel_width);
  else if (has_window (layer) && (layer->stride_height == 0 || layer->stride_width == 0))
    fail_layer (error, i_layer, layer, _("“%s” is [%u, %u], expected 1 or more"), "stride",
                layer->stride_height, layer->stride_width);
  else if (layer->kind == ATELIER_LAYER_DROPOUT
           && !(layer->rate >= 0.0 && (float) layer->rate < 1.0f))
    fail_layer (error, i_layer, layer, _("“rate” is %g, expected 0 to below 1"), layer->rate);
  else
    return TRUE;
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

static gboolean
is_logits (const AtelierLayer *layer)
{
  return layer->kind == ATELIER_LAYER_DENSE && layer->activation == ATELIER_ACTIVATION_LINEAR;
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

  if (layer->kind == ATELIER_LAYER_DENSE && (shape->height > 1 || shape->width > 1))
    fail_layer (error, i_layer, layer,
                _("it is given %u×%u×%u values, but needs a vector; add a flatten layer before it"),
                shape->height, shape->width, shape->channels);
  else if (has_window (layer) && layer->padding == ATELIER_PADDING_VALID
           && (layer->kernel_height > shape->height || layer->kernel_width > shape->width))
    fail_layer (error, i_layer, layer,
                _("its window of %u×%u is larger than the %u×%u values that it is given"),
                layer->kernel_height, layer->kernel_width, shape->height, shape->width);
  else if (i_layer == network->n_layers - 1 && !is_logits (layer))
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
      network->layers[i] = normalize_layer (&layers[i]);
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

/* ---- Presets ---- */

#define DENSE(n, f) \
  { .kind = ATELIER_LAYER_DENSE, .units = n, .activation = ATELIER_ACTIVATION_##f }
#define CONV_3X3(n) \
  { .kind = ATELIER_LAYER_CONV2D, .units = n, .activation = ATELIER_ACTIVATION_RELU, \
    .padding = ATELIER_PADDING_SAME, .kernel_height = 3, .kernel_width = 3, \
    .stride_height = 1, .stride_width = 1 }
#define POOL_2X2 \
  { .kind = ATELIER_LAYER_MAX_POOL2D, .padding = ATELIER_PADDING_VALID, \
    .kernel_height = 2, .kernel_width = 2, .stride_height = 2, .stride_width = 2 }
#define DROPOUT(p) { .kind = ATELIER_LAYER_DROPOUT, .rate = p }
#define FLATTEN { .kind = ATELIER_LAYER_FLATTEN }

/* The two networks of the report, which are also a small and a classic example of their kind. */
static const AtelierLayer report_1_layers[] = {
  FLATTEN,
  DENSE (300, RELU),
  DROPOUT (0.1),
  DENSE (32, RELU),
  DROPOUT (0.1),
  DENSE (16, RELU),
  DENSE (10, LINEAR),
};

static const AtelierLayer report_2_layers[] = {
  CONV_3X3 (32),
  POOL_2X2,
  DROPOUT (0.2),
  CONV_3X3 (16),
  POOL_2X2,
  DROPOUT (0.2),
  FLATTEN,
  DENSE (32, RELU),
  DENSE (10, LINEAR),
};

static const struct
{
  const char         *id;
  const char         *name;
  const AtelierLayer *layers;
  guint               n_layers;
} presets[] = {
  { "report-1", "Report 1, fully connected", report_1_layers, G_N_ELEMENTS (report_1_layers) },
  { "report-2", "Report 2, convolutional", report_2_layers, G_N_ELEMENTS (report_2_layers) },
};

/* The index of a preset; G_N_ELEMENTS (presets) if there is none of that id. */
static guint
find_preset (const char *id)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (presets) && (id == NULL || strcmp (presets[i].id, id) != 0))
    i++;
  return i;
}

AtelierNetwork *
atelier_network_new_preset (const char *id)
{
  const guint i = find_preset (id);

  if (i == G_N_ELEMENTS (presets))
    return NULL;
  return atelier_network_new (presets[i].name, 28, 28, 1, presets[i].layers, presets[i].n_layers,
                              NULL);
}

AtelierNetwork *
atelier_network_new_preset_for (const char  *id,
                                guint        height,
                                guint        width,
                                guint        channels,
                                guint        n_classes,
                                GError     **error)
{
  const guint i = find_preset (id);
  g_autofree AtelierLayer *layers = NULL;
  AtelierNetwork *network = NULL;

  g_return_val_if_fail (i < G_N_ELEMENTS (presets), NULL);

  layers = g_memdup2 (presets[i].layers, presets[i].n_layers * sizeof *layers);
  layers[presets[i].n_layers - 1].units = n_classes;
  network = atelier_network_new (presets[i].name, height, width, channels, layers,
                                 presets[i].n_layers, error);
  if (network == NULL)
    /* Translators: a network, height × width × channels, the number of classes; what is wrong with
     * a layer follows */
    g_prefix_error (error, _("“%s” cannot be made for images of %u × %u × %u in %u classes: "),
                    presets[i].name, height, width, channels, n_classes);
  return network;
}

const char * const *
atelier_network_list_presets (void)
{
  static const char * const ids[] = { "report-1", "report-2", NULL };

  return ids;
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

static gboolean
layers_are_equal (const AtelierLayer *a,
                  const AtelierLayer *b)
{
  return a->kind == b->kind && a->activation == b->activation && a->padding == b->padding
         && a->units == b->units && a->kernel_height == b->kernel_height
         && a->kernel_width == b->kernel_width && a->stride_height == b->stride_height
         && a->stride_width == b->stride_width && a->rate == b->rate;
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
    if (!layers_are_equal (&a->layers[i], &b->layers[i]))
      return FALSE;
  return TRUE;
}

/* ---- Weights ---- */

static void
fill_tensor (AtelierTensorSpec *spec,
             const char        *kind,
             guint              i_kind,
             gboolean           is_bias)
{
  g_snprintf (spec->name, sizeof spec->name, "%s%u.%s", kind, i_kind, is_bias ? "bias" : "weight");
  spec->n_elements = 1;
  for (guint i = 0; i < spec->rank; i++)
    spec->n_elements *= spec->dims[i];
}

guint
atelier_network_list_tensors (const AtelierNetwork *network,
                              AtelierTensorSpec    *specs)
{
  guint n = 0;
  guint n_dense = 0;
  guint n_conv = 0;
  guint n_inputs = network->channels;

  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayer *layer = &network->layers[i];
      gboolean is_dense = layer->kind == ATELIER_LAYER_DENSE;
      const char *kind = is_dense ? "dense" : "conv";
      guint i_kind;

      if (has_units (layer))
        {
          i_kind = is_dense ? ++n_dense : ++n_conv;
          specs[n] = (AtelierTensorSpec) {
            .rank = is_dense ? 2 : 4,
            .dims = { layer->units, n_inputs, layer->kernel_height, layer->kernel_width },
          };
          fill_tensor (&specs[n++], kind, i_kind, FALSE);
          specs[n] = (AtelierTensorSpec) { .rank = 1, .dims = { layer->units } };
          fill_tensor (&specs[n++], kind, i_kind, TRUE);
        }
      n_inputs = network->infos[i].channels;
    }
  return n;
}

/* ---- The engine's words ---- */

gsize
atelier_network_to_nn (const AtelierNetwork *network,
                       NnShape              *input,
                       NnLayerSpec          *layers)
{
  static const NnLayerKind kinds[] = {
    NN_LAYER_DENSE, NN_LAYER_CONV2D, NN_LAYER_MAX_POOL2D, NN_LAYER_FLATTEN, NN_LAYER_DROPOUT,
  };
  static const NnActivation activations[] = {
    NN_ACTIVATION_LINEAR, NN_ACTIVATION_RELU, NN_ACTIVATION_TANH, NN_ACTIVATION_SIGMOID,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == ATELIER_N_LAYER_KINDS);
  G_STATIC_ASSERT (G_N_ELEMENTS (activations) == ATELIER_N_ACTIVATIONS);

  *input = (NnShape) { network->height, network->width, network->channels };
  for (guint i = 0; i < network->n_layers; i++)
    {
      const AtelierLayer *layer = &network->layers[i];

      layers[i] = (NnLayerSpec) {
        .kind = kinds[layer->kind],
        .activation = activations[layer->activation],
        .padding = layer->padding == ATELIER_PADDING_SAME ? NN_PADDING_SAME : NN_PADDING_VALID,
        .units = layer->units,
        .kernel_height = layer->kernel_height,
        .kernel_width = layer->kernel_width,
        .stride_height = layer->stride_height,
        .stride_width = layer->stride_width,
        .rate = (float) layer->rate,
      };
    }
  return network->n_layers;
}
