/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The presets: networks and recipes that people start from.  Each is one entry in a table.  Any
 * thread. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

#define DENSE(n, f) \
  { .kind = ATELIER_LAYER_DENSE, .units = n, .activation = ATELIER_ACTIVATION_##f }
#define CONV_3X3(n) \
  { .kind = ATELIER_LAYER_CONV2D, .units = n, .activation = ATELIER_ACTIVATION_RELU, \
    .padding = ATELIER_PADDING_SAME, .kernel_height = 3, .kernel_width = 3, \
    .stride_height = 1, .stride_width = 1, .groups = 1 }
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

/* What the recipe does not say is as in every recipe. */
static const struct
{
  const char         *id;
  const char         *name;
  const AtelierLayer *layers;
  guint               n_layers;
  double              learning_rate;
  guint               n_epochs;
} presets[] = {
  { "report-1", "Report 1, fully connected", report_1_layers, G_N_ELEMENTS (report_1_layers),
    0.0001, 23 },
  { "report-2", "Report 2, convolutional", report_2_layers, G_N_ELEMENTS (report_2_layers),
    0.001, 10 },
};

#define DEFAULT_PRESET "report-2"

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
  static const char *ids[G_N_ELEMENTS (presets) + 1];
  static gsize is_filled = 0;

  if (g_once_init_enter (&is_filled))
    {
      for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
        ids[i] = presets[i].id;
      g_once_init_leave (&is_filled, 1);
    }
  return ids;
}

AtelierRecipe *
atelier_recipe_new_preset (const char *id)
{
  AtelierRecipeValues values;
  guint i = find_preset (id);

  if (i == G_N_ELEMENTS (presets))
    i = find_preset (DEFAULT_PRESET);
  atelier_recipe_values_init (&values);
  values.learning_rate = presets[i].learning_rate;
  values.n_epochs = presets[i].n_epochs;
  return atelier_recipe_new (&values, NULL);
}
