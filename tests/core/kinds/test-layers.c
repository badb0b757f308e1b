/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every kind of layer: a new one is tested by being in the list. */

#include <string.h>

#include "kinds/atelier-layer-private.h"
#include "member-checks.h"

static void
test_classes (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      const AtelierLayerClass *class = atelier_layer_class_get (i);

      g_assert_nonnull (class);
      g_assert_true (class->word != NULL && *class->word != '\0');
      g_assert_true (class->label != NULL && *class->label != '\0');
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (class->word, !=, atelier_layer_class_get (k)->word);
      /* The trait and the member say the same. */
      g_assert_cmpint (atelier_members_find (&class->members, "activation") != NULL, ==,
                       (class->traits & ATELIER_TRAIT_HAS_ACTIVATION) != 0);
    }
}

static void
test_members (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      AtelierLayer layer;

      g_test_message ("%s", atelier_layer_class_get (i)->word);
      atelier_layer_init (&layer, i);
      member_checks_run (&atelier_layer_class_get (i)->members, "type", &layer, sizeof layer);
    }
}

/* Fields that the kind does not use are cleared, and so do not make layers differ. */
static void
test_normalize (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      AtelierLayer plain, noisy, normal;

      atelier_layer_init (&plain, i);
      memset (&noisy, 0x5a, sizeof noisy);
      noisy.kind = i;
      if (atelier_layer_has_trait (&plain, ATELIER_TRAIT_HOLDS_LAYERS))
        noisy.n_body = noisy.n_shortcut = 0;
      atelier_members_normalize (&atelier_layer_class_get (i)->members, &plain, &noisy);
      normal = atelier_layer_normalize (&noisy);
      g_assert_true (atelier_layer_equal (&plain, &noisy));
      g_assert_cmpmem (&plain, sizeof plain, &normal, sizeof normal);
    }
}

static void
test_describe (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      AtelierLayer layer;
      g_autofree char *words = NULL;
      g_autofree char *last = NULL;

      atelier_layer_init (&layer, i);
      words = atelier_layer_describe (&layer, FALSE);
      last = atelier_layer_describe (&layer, TRUE);
      g_assert_cmpstr (words, !=, "");
      g_assert_true (g_str_has_suffix (last, "softmax"));
    }
}

/* Whether the engine takes the layer, with logits put behind it, and in a block a layer that
 * changes nothing. */
static gboolean
fits (const AtelierLayer *layer,
      NnShape             input,
      NnLayerInfo         infos[4])
{
  NnLayerSpec specs[4] = { { 0 } };
  guint n = 1;

  atelier_layer_class_get (layer->kind)->ops->to_nn (layer, &specs[0]);
  if (atelier_layer_has_trait (layer, ATELIER_TRAIT_HOLDS_LAYERS))
    {
      specs[0].n_body = 1;
      specs[n++] = (NnLayerSpec) { .kind = NN_LAYER_ACTIVATION };
    }
  specs[n++] = (NnLayerSpec) { .kind = NN_LAYER_FLATTEN };
  specs[n++] = (NnLayerSpec) { .kind = NN_LAYER_DENSE, .units = 2 };
  return nn_network_check (input, specs, n, infos, NULL) == NN_STATUS_OK;
}

/* The engine takes a layer with its defaults for pictures or for vectors; where it does not, the
 * class says why, and only there.  The traits are what the engine says too. */
static void
test_engine (void)
{
  const NnShape inputs[] = { { 8, 8, 3 }, { 1, 1, 192 } };

  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      const AtelierLayerOps *ops = atelier_layer_class_get (i)->ops;
      AtelierLayer layer;
      guint n_fitting = 0;

      atelier_layer_init (&layer, i);
      for (guint k = 0; k < G_N_ELEMENTS (inputs); k++)
        {
          NnLayerInfo infos[4];
          const gboolean is_fitting = fits (&layer, inputs[k], infos);
          g_autofree char *misfit
            = ops->explain_misfit != NULL ? ops->explain_misfit (&layer, &inputs[k]) : NULL;

          g_assert_cmpint (misfit == NULL, ==, is_fitting);
          if (!is_fitting)
            continue;
          n_fitting++;
          g_assert_cmpint (ops->list_tensors != NULL, ==, infos[0].n_parameters > 0);
          if (atelier_layer_has_trait (&layer, ATELIER_TRAIT_KEEPS_SHAPE))
            g_assert_cmpmem (&infos[0].output, sizeof (NnShape), &inputs[k], sizeof (NnShape));
        }
      g_assert_cmpuint (n_fitting, >, 0);
    }
}

/* The engine computes each activation in each kind of layer that has one, and words name it. */
static void
test_activations (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    for (guint k = 0; k < ATELIER_N_ACTIVATIONS; k++)
      {
        const AtelierMembers *table = &atelier_layer_class_get (i)->members;
        g_autofree char *words = NULL;
        NnLayerInfo infos[4];
        AtelierLayer layer;

        atelier_layer_init (&layer, i);
        if (!atelier_layer_has_trait (&layer, ATELIER_TRAIT_HAS_ACTIVATION))
          continue;
        layer.activation = k;
        layer.slope = 0.0;
        g_assert_true (fits (&layer, (NnShape) { 9, 9, 5 }, infos)
                       || fits (&layer, (NnShape) { 1, 1, 5 }, infos));
        atelier_member_set_default (atelier_members_find (table, "slope"), &layer);
        g_assert_true (fits (&layer, (NnShape) { 9, 9, 5 }, infos)
                       || fits (&layer, (NnShape) { 1, 1, 5 }, infos));
        words = atelier_layer_describe (&layer, FALSE);
        g_assert_true (g_str_has_suffix (words, atelier_activation_choices[k].label));
      }
}

/* The tensors of a layer hold as many numbers as the engine counts. */
static void
test_tensors (void)
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      const AtelierLayerOps *ops = atelier_layer_class_get (i)->ops;
      AtelierTensorSpec specs[ATELIER_LAYER_MAX_TENSORS];
      NnLayerInfo infos[4];
      AtelierLayer layer;
      guint64 sum = 0;
      guint n;

      if (ops->list_tensors == NULL)
        continue;
      atelier_layer_init (&layer, i);
      g_assert_true (fits (&layer, (NnShape) { 9, 9, 5 }, infos)
                     || fits (&layer, (NnShape) { 1, 1, 5 }, infos));
      n = ops->list_tensors (&layer, 5, "place3", specs);
      g_assert_cmpuint (n, <=, ATELIER_LAYER_MAX_TENSORS);
      for (guint k = 0; k < n; k++)
        {
          g_assert_true (g_str_has_prefix (specs[k].name, "place3."));
          sum += specs[k].is_statistic ? 0 : specs[k].n_elements;
        }
      g_assert_cmpuint (sum, ==, infos[0].n_parameters);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/layers/classes", test_classes);
  g_test_add_func ("/core/layers/members", test_members);
  g_test_add_func ("/core/layers/normalize", test_normalize);
  g_test_add_func ("/core/layers/describe", test_describe);
  g_test_add_func ("/core/layers/engine", test_engine);
  g_test_add_func ("/core/layers/activations", test_activations);
  g_test_add_func ("/core/layers/tensors", test_tensors);
  return g_test_run ();
}
