/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Optimisers: how a step of training changes the weights.
 *
 * A new one is a line in ATELIER_OPTIMIZERS and a file atelier-optimizer-NAME.c with its class; its
 * members have places in AtelierRecipeValues.  No other file asks which optimiser it is.  Pure
 * functions; any thread.
 */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

/* The optimiser, the name of its class, the word in files, the label for people. */
#define ATELIER_OPTIMIZERS(X)                  \
  X (ADAM, adam, "adam", N_ ("Adam"))          \
  X (SGD, sgd, "sgd", N_ ("SGD"))              \
  X (ADAMW, adamw, "adamw", N_ ("AdamW"))      \
  X (ADAGRAD, adagrad, "adagrad", N_ ("Adagrad")) \
  X (RMSPROP, rmsprop, "rmsprop", N_ ("RMSprop"))

typedef enum
{
#define MAKE_VALUE(NAME, name, word, label) ATELIER_OPTIMIZER_##NAME,
  ATELIER_OPTIMIZERS (MAKE_VALUE)
#undef MAKE_VALUE
  ATELIER_N_OPTIMIZERS
} AtelierOptimizer;

typedef struct _AtelierOptimizerOps AtelierOptimizerOps;

typedef struct
{
  AtelierMembers             members;   /* of AtelierRecipeValues, where this is the optimizer */
  guint                      n_moments; /* numbers that it keeps of each weight: 1 or 2 */
  guint                      squares;   /* of these moments (1 << index) none is below 0 */
  const AtelierOptimizerOps *ops;       /* for the core */
} AtelierOptimizerClass;

/* By AtelierOptimizer; for members of this type. */
extern const AtelierChoice atelier_optimizer_choices[];

/* @optimizer must be less than ATELIER_N_OPTIMIZERS. */
const AtelierOptimizerClass *atelier_optimizer_class_get (AtelierOptimizer optimizer);

/* "SGD with momentum 0.9", of a recipe's values (AtelierRecipeValues).  Transfer full. */
char                        *atelier_optimizer_describe  (AtelierOptimizer optimizer,
                                                          gconstpointer    values);

G_END_DECLS
