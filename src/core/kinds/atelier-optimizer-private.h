/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the core ask of an optimiser. */

#pragma once

#include "kinds/atelier-recipe-values.h"
#include "nn.h"

G_BEGIN_DECLS

struct _AtelierOptimizerOps
{
  /* The optimiser with what is said of it at once, translated.  Transfer full. */
  char *(*describe) (const AtelierRecipeValues *values);
  /* Fills in the kind and its own numbers; rate and penalty are the caller's. */
  void  (*to_nn)    (const AtelierRecipeValues *values,
                     NnOptimizer               *optimizer);
};

#define DECLARE_CLASS(NAME, name, word, label) \
  extern const AtelierOptimizerClass atelier_optimizer_##name##_class;
ATELIER_OPTIMIZERS (DECLARE_CLASS)
#undef DECLARE_CLASS

G_END_DECLS
