/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activations' words, and their names in the engine, all made from the list in the header.  Any
 * thread. */

#include "config.h"

#include "kinds/atelier-activation.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

const AtelierChoice atelier_activation_choices[] = {
#define MAKE_CHOICE(NAME, word, label) { word, label },
  ATELIER_ACTIVATIONS (MAKE_CHOICE)
#undef MAKE_CHOICE
  { NULL, NULL },
};

NnActivation
atelier_activation_to_nn (AtelierActivation activation)
{
  static const NnActivation names[] = {
#define MAKE_NAME(NAME, word, label) NN_ACTIVATION_##NAME,
    ATELIER_ACTIVATIONS (MAKE_NAME)
#undef MAKE_NAME
  };

  g_return_val_if_fail ((guint) activation < G_N_ELEMENTS (names), NN_ACTIVATION_LINEAR);

  return names[activation];
}
