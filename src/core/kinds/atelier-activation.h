/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activations: what is applied to each value that a layer gives. */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

/* The engine's name for it, the word in files, the label for people. */
#define ATELIER_ACTIVATIONS(X)           \
  X (LINEAR, "linear", N_ ("linear"))    \
  X (RELU, "relu", N_ ("ReLU"))          \
  X (TANH, "tanh", N_ ("tanh"))          \
  X (SIGMOID, "sigmoid", N_ ("sigmoid"))

typedef enum
{
#define MAKE_VALUE(NAME, word, label) ATELIER_ACTIVATION_##NAME,
  ATELIER_ACTIVATIONS (MAKE_VALUE)
#undef MAKE_VALUE
  ATELIER_N_ACTIVATIONS
} AtelierActivation;

/* By AtelierActivation; for members of this type. */
extern const AtelierChoice atelier_activation_choices[];

G_END_DECLS
