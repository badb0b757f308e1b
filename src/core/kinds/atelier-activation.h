/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activations: what is applied to each value that a layer gives. */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

/* The engine's name for it, the word in files, the label for people. */
#define ATELIER_ACTIVATIONS(X)                     \
  X (LINEAR, "linear", N_ ("linear"))              \
  X (RELU, "relu", N_ ("ReLU"))                    \
  X (TANH, "tanh", N_ ("tanh"))                    \
  X (SIGMOID, "sigmoid", N_ ("sigmoid"))           \
  X (LEAKY_RELU, "leaky_relu", N_ ("leaky ReLU"))  \
  X (ELU, "elu", N_ ("ELU"))                       \
  X (SELU, "selu", N_ ("SELU"))                    \
  X (GELU, "gelu", N_ ("GELU"))                    \
  X (SILU, "silu", N_ ("SiLU"))                    \
  X (SOFTPLUS, "softplus", N_ ("softplus"))

typedef enum
{
#define MAKE_VALUE(NAME, word, label) ATELIER_ACTIVATION_##NAME,
  ATELIER_ACTIVATIONS (MAKE_VALUE)
#undef MAKE_VALUE
  ATELIER_N_ACTIVATIONS
} AtelierActivation;

/* Those that have a slope below 0, as a set of bits. */
#define ATELIER_ACTIVATIONS_WITH_SLOPE \
  (1u << ATELIER_ACTIVATION_LEAKY_RELU | 1u << ATELIER_ACTIVATION_ELU)

/* By AtelierActivation; for members of this type. */
extern const AtelierChoice atelier_activation_choices[];

G_END_DECLS
