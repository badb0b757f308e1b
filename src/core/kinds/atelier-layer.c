/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classes of all kinds of layers, and what is the same for all of them. */

#include "config.h"

#include "kinds/atelier-layer.h"

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
  return result;
}

gboolean
atelier_layer_equal (const AtelierLayer *a,
                     const AtelierLayer *b)
{
  return a->kind == b->kind
         && atelier_members_equal (&atelier_layer_class_get (a->kind)->members, a, b);
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
    g_string_append_printf (text, " · %s", _(atelier_activation_choices[layer->activation].label));
  return g_string_free (text, FALSE);
}

void
atelier_tensor_spec_init (AtelierTensorSpec *spec,
                          const char        *kind,
                          guint              i_kind,
                          const char        *role,
                          guint              rank,
                          const guint        dims[4])
{
  *spec = (AtelierTensorSpec) { .rank = rank, .n_elements = 1 };
  g_snprintf (spec->name, sizeof spec->name, "%s%u.%s", kind, i_kind, role);
  for (guint i = 0; i < rank; i++)
    {
      spec->dims[i] = dims[i];
      spec->n_elements *= dims[i];
    }
}
