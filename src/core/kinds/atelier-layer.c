/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classes of all kinds of layers, and what is the same for all of them. */

#include "config.h"

#include "kinds/atelier-layer.h"

#include <float.h>
#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const AtelierLayerClass * const classes[] = {
#define MAKE_ENTRY(NAME, name) &atelier_layer_##name##_class,
  ATELIER_LAYER_KINDS (MAKE_ENTRY)
#undef MAKE_ENTRY
};

const AtelierLayerClass *
atelier_layer_class_get (AtelierLayerKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (classes), NULL);

  return classes[kind];
}

gboolean
atelier_layer_has_trait (const AtelierLayer *layer,
                         AtelierLayerTraits  trait)
{
  return (atelier_layer_class_get (layer->kind)->traits & trait) != 0;
}

/* Members that came later are optional, and the words that came later are behind the others. */
gboolean
atelier_layer_is_new (const AtelierLayer *layer)
{
  const AtelierMembers *table = &atelier_layer_class_get (layer->kind)->members;

  for (guint i = 0; i < table->n_members; i++)
    if (table->members[i].presence == ATELIER_MEMBER_OPTIONAL
        && atelier_member_applies (table, &table->members[i], layer)
        && !atelier_member_is_default (&table->members[i], layer))
      return TRUE;
  return atelier_layer_has_trait (layer, ATELIER_TRAIT_IS_NEW)
         || layer->activation > ATELIER_ACTIVATION_SIGMOID
         || layer->padding > ATELIER_PADDING_SAME;
}

gboolean
atelier_layer_is_logits (const AtelierLayer *layer)
{
  return atelier_layer_has_trait (layer, ATELIER_TRAIT_GIVES_LOGITS)
         && layer->activation == ATELIER_ACTIVATION_LINEAR;
}

void
atelier_layer_init (AtelierLayer     *layer,
                    AtelierLayerKind  kind)
{
  const AtelierLayerClass *class = atelier_layer_class_get (kind);

  g_return_if_fail (layer != NULL && class != NULL);

  *layer = (AtelierLayer) { .kind = kind };
  atelier_members_init (&class->members, layer);
}

AtelierLayer
atelier_layer_normalize (const AtelierLayer *layer)
{
  AtelierLayer result = { .kind = layer->kind };

  atelier_members_normalize (&atelier_layer_class_get (layer->kind)->members, layer, &result);
  if (atelier_layer_has_trait (layer, ATELIER_TRAIT_HOLDS_LAYERS))
    {
      result.n_body = layer->n_body;
      result.n_shortcut = layer->n_shortcut;
    }
  return result;
}

gboolean
atelier_layer_equal (const AtelierLayer *a,
                     const AtelierLayer *b)
{
  return a->kind == b->kind
         && (!atelier_layer_has_trait (a, ATELIER_TRAIT_HOLDS_LAYERS)
             || (a->n_body == b->n_body && a->n_shortcut == b->n_shortcut))
         && atelier_members_equal (&atelier_layer_class_get (a->kind)->members, a, b);
}

double
atelier_layer_find_slope (gconstpointer values)
{
  const AtelierLayer *layer = values;

  switch (layer->activation)
    {
    case ATELIER_ACTIVATION_LEAKY_RELU:
      return 0.01;
    case ATELIER_ACTIVATION_ELU:
      return 1.0;
    default:
      return 0.0;
    }
}

/* The engine wants a slope of ELU to be above 0; the smallest gives the values that 0 would. */
void
atelier_layer_activation_to_nn (const AtelierLayer *layer,
                                NnLayerSpec        *spec)
{
  spec->activation = atelier_activation_to_nn (layer->activation);
  spec->slope = (float) layer->slope;
  if (layer->activation == ATELIER_ACTIVATION_ELU)
    spec->slope = MAX (spec->slope, FLT_MIN);
}

const AtelierMember atelier_layer_l2 = {
  .name = "l2",
  .type = ATELIER_MEMBER_REAL,
  .offset = G_STRUCT_OFFSET (AtelierLayer, l2),
  .min = 0.0,
  .max = 1.0,
  .label = N_("Penalty"),
};

const AtelierChoice atelier_layer_penalties[] = {
  [ATELIER_PENALTY_RECIPE] = { "recipe", N_("As the recipe says") },
  [ATELIER_PENALTY_OWN] = { "own", N_("Its own") },
  { NULL, NULL },
};

void
atelier_layer_penalty_to_nn (const AtelierLayer *layer,
                             NnLayerSpec        *spec)
{
  spec->has_own_l2 = layer->penalty == ATELIER_PENALTY_OWN;
  spec->l2 = (float) layer->l2;
}

static void
append_activation (const AtelierLayer *layer,
                   GString            *text)
{
  g_string_append_printf (text, " · %s", _(atelier_activation_choices[layer->activation].label));
  if (layer->slope != atelier_layer_find_slope (layer))
    g_string_append_printf (text, " %g", layer->slope);
}

/* The last layer's activation is linear in the engine's eyes, but what people know it by is the
 * softmax that is part of the loss. */
char *
atelier_layer_describe (const AtelierLayer *layer,
                        gboolean            is_last)
{
  GString *text = g_string_new (NULL);

  atelier_layer_class_get (layer->kind)->ops->describe (layer, text);
  if (is_last)
    g_string_append (text, _(" · softmax"));
  else if (atelier_layer_has_trait (layer, ATELIER_TRAIT_HAS_ACTIVATION))
    append_activation (layer, text);
  if (layer->penalty == ATELIER_PENALTY_OWN)
    /* Translators: a layer's own penalty on its weights */
    g_string_append_printf (text, _(" · penalty %g"), layer->l2);
  return g_string_free (text, FALSE);
}

void
atelier_tensor_spec_init (AtelierTensorSpec *spec,
                          const char        *place,
                          const char        *role,
                          guint              rank,
                          const guint        dims[4])
{
  *spec = (AtelierTensorSpec) { .rank = rank, .n_elements = 1 };
  g_snprintf (spec->name, sizeof spec->name, "%s.%s", place, role);
  for (guint i = 0; i < rank; i++)
    {
      spec->dims[i] = dims[i];
      spec->n_elements *= dims[i];
    }
}
