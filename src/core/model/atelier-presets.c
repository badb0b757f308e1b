/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The presets: networks and recipes that people start from.  Each is one entry in a table.  Any
 * thread. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-json.h"
#include "model/atelier-network.h"
#include "model/atelier-presets.h"
#include "model/atelier-recipe.h"

#define DENSE(n, f) \
  { .kind = ATELIER_LAYER_DENSE, .units = n, .activation = ATELIER_ACTIVATION_##f }
#define CONV_3X3(n) \
  { .kind = ATELIER_LAYER_CONV2D, .units = n, .activation = ATELIER_ACTIVATION_RELU, \
    .padding = ATELIER_PADDING_SAME, .kernel_height = 3, .kernel_width = 3, \
    .stride_height = 1, .stride_width = 1, .groups = 1 }
#define LINEAR_CONV_3X3(n) \
  { .kind = ATELIER_LAYER_CONV2D, .units = n, .activation = ATELIER_ACTIVATION_LINEAR, \
    .padding = ATELIER_PADDING_SAME, .kernel_height = 3, .kernel_width = 3, \
    .stride_height = 1, .stride_width = 1, .groups = 1 }
#define NORM_GELU \
  { .kind = ATELIER_LAYER_BATCH_NORM, .activation = ATELIER_ACTIVATION_GELU, .epsilon = 1e-5, \
    .momentum = 0.1 }
#define RESIDUAL(n) { .kind = ATELIER_LAYER_RESIDUAL, .n_body = n }
#define GLOBAL_MAX_POOL { .kind = ATELIER_LAYER_GLOBAL_MAX_POOL2D }
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

/* Small, so that a first answer is there before a person looks away. */
static const AtelierLayer quick_layers[] = {
  LINEAR_CONV_3X3 (32),
  POOL_2X2,
  NORM_GELU,
  LINEAR_CONV_3X3 (32),
  POOL_2X2,
  NORM_GELU,
  LINEAR_CONV_3X3 (64),
  NORM_GELU,
  GLOBAL_MAX_POOL,
  DENSE (10, LINEAR),
};

/* As much as a few minutes on two cores allow. */
static const AtelierLayer strong_layers[] = {
  LINEAR_CONV_3X3 (32),
  POOL_2X2,
  NORM_GELU,
  RESIDUAL (4),
    LINEAR_CONV_3X3 (32),
    NORM_GELU,
    LINEAR_CONV_3X3 (32),
    NORM_GELU,
  LINEAR_CONV_3X3 (64),
  POOL_2X2,
  NORM_GELU,
  RESIDUAL (4),
    LINEAR_CONV_3X3 (64),
    NORM_GELU,
    LINEAR_CONV_3X3 (64),
    NORM_GELU,
  LINEAR_CONV_3X3 (128),
  NORM_GELU,
  GLOBAL_MAX_POOL,
  DENSE (10, LINEAR),
};

/* Recipes as files have them. */
#define REPORT_RECIPE(rate, epochs) \
  "{\"optimizer\": \"adam\", \"learning_rate\": " rate ", \"momentum\": 0, \"batch_size\": 32, " \
  "\"epochs\": " epochs ", \"l2\": 0.0001, \"seed\": 1, \"raw_pixels\": false}"

/* A rate that rises and falls within the run, and a decay that holds weights back: with both a
 * short run ends near to where a long one would.  The penalty would do a second time what the decay
 * does. */
#define ONE_CYCLE_RECIPE(batch, epochs, augmentation) \
  "{\"optimizer\": \"adamw\", \"beta_2\": 0.95, \"weight_decay\": 0.05, \"learning_rate\": 0.01, " \
  "\"schedule\": \"one_cycle\", \"momentum\": 0, \"batch_size\": " batch ", " \
  "\"epochs\": " epochs ", \"l2\": 0, \"label_smoothing\": 0.1, \"seed\": 1, " \
  "\"raw_pixels\": false" augmentation "}"

/* A mirrored garment is one, and where it lies does not matter; a shift of one pixel is 0.036. */
#define STRONG_AUGMENTATION ", \"augment_mirror\": 0.5, \"augment_shift\": 0.036"
/* What people draw and photograph is seldom as upright, as large and as centred as the data. */
#define ROBUST_AUGMENTATION \
  ", \"augment_mirror\": 0.5, \"augment_shift\": 0.075, \"augment_rotation\": 12, " \
  "\"augment_scale\": 0.12"

static const struct
{
  const char         *id;
  const char         *name;
  const char         *title;
  const char         *purpose;
  const AtelierLayer *layers;
  guint               n_layers;
  const char         *recipe;
} presets[] = {
  { "report-1", "Report 1, fully connected", N_("Dense network of the report"),
    N_("As published: small steps for a long time"),
    report_1_layers, G_N_ELEMENTS (report_1_layers), REPORT_RECIPE ("0.0001", "23") },
  { "report-2", "Report 2, convolutional", N_("Convolutional network of the report"),
    N_("As published: few weights that see every place alike"),
    report_2_layers, G_N_ELEMENTS (report_2_layers), REPORT_RECIPE ("0.001", "10") },
  { "quick", "Quick", N_("Quick"),
    N_("A good answer in about half a minute"),
    quick_layers, G_N_ELEMENTS (quick_layers),
    ONE_CYCLE_RECIPE ("128", "4", "") },
  { "strong", "Strong", N_("Strong"),
    N_("As accurate as five minutes on two cores allow"),
    strong_layers, G_N_ELEMENTS (strong_layers),
    ONE_CYCLE_RECIPE ("256", "10", STRONG_AUGMENTATION) },
  { "robust", "Robust", N_("Robust"),
    N_("For drawings and photographs: learns from pictures that are mirrored, moved, turned and "
       "scaled"),
    strong_layers, G_N_ELEMENTS (strong_layers),
    ONE_CYCLE_RECIPE ("256", "10", ROBUST_AUGMENTATION) },
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
  g_autoptr (JsonNode) node = NULL;
  AtelierRecipe *recipe;
  guint i = find_preset (id);

  if (i == G_N_ELEMENTS (presets))
    i = find_preset (DEFAULT_PRESET);
  node = json_from_string (presets[i].recipe, NULL);
  recipe = atelier_recipe_from_json (node, presets[i].id, NULL);
  g_assert (recipe != NULL);

  return recipe;
}

const char *
atelier_preset_get_title (const char *id)
{
  const guint i = find_preset (id);

  g_return_val_if_fail (i < G_N_ELEMENTS (presets), NULL);

  return _(presets[i].title);
}

const char *
atelier_preset_get_purpose (const char *id)
{
  const guint i = find_preset (id);

  g_return_val_if_fail (i < G_N_ELEMENTS (presets), NULL);

  return _(presets[i].purpose);
}
