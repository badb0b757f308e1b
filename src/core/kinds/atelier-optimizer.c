/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words and classes of all optimisers, made from the list in the header. */

#include "config.h"

#include "kinds/atelier-optimizer.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

const AtelierChoice atelier_optimizer_choices[] = {
#define MAKE_CHOICE(NAME, name, word, label) { word, label },
  ATELIER_OPTIMIZERS (MAKE_CHOICE)
#undef MAKE_CHOICE
  { NULL, NULL },
};

static const AtelierOptimizerClass * const classes[] = {
#define MAKE_ENTRY(NAME, name, word, label) &atelier_optimizer_##name##_class,
  ATELIER_OPTIMIZERS (MAKE_ENTRY)
#undef MAKE_ENTRY
};

const AtelierOptimizerClass *
atelier_optimizer_class_get (AtelierOptimizer optimizer)
{
  g_return_val_if_fail ((guint) optimizer < G_N_ELEMENTS (classes), NULL);

  return classes[optimizer];
}

char *
atelier_optimizer_describe (AtelierOptimizer optimizer,
                            gconstpointer    values)
{
  g_return_val_if_fail (values != NULL, NULL);

  return atelier_optimizer_class_get (optimizer)->ops->describe (values);
}
