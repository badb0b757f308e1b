/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activations: a new one is two functions and a line of the table here (and its name in nn.h).
 * Only nn-kernels-elementwise.h includes this file.
 *
 * Where a comparison is false for NaN, the result is NaN too: the loss then tells of it.
 */

#pragma once

#include "nn-activation.h"
#include "nn-math.h"

#define SELU_SCALE 1.05070098735548049f
#define SELU_ALPHA 1.75809934084737685f /* times the scale */

/* Defines NAME_forward, where x becomes RESULT, and NAME_backward, where the gradient is multiplied
 * by DERIVATIVE, written with v: the result, or for some the input. */
#define DEFINE_ACTIVATION(name, result, derivative)            \
  static void                                                  \
  name##_forward (float *values,                               \
                  size_t n,                                    \
                  float slope)                                 \
  {                                                            \
    for (size_t i = 0; i < n; i++)                             \
      {                                                        \
        const float x = values[i];                             \
                                                               \
        values[i] = (result);                                  \
      }                                                        \
  }                                                            \
                                                               \
  static void                                                  \
  name##_backward (float *restrict gradients,                  \
                   const float *restrict values,               \
                   size_t n,                                   \
                   float slope)                                \
  {                                                            \
    for (size_t i = 0; i < n; i++)                             \
      {                                                        \
        const float v = values[i];                             \
                                                               \
        gradients[i] *= (derivative);                          \
      }                                                        \
  }

static void
linear_forward (float *values,
                size_t n,
                float  slope)
{
}

static void
linear_backward (float       *gradients,
                 const float *values,
                 size_t       n,
                 float        slope)
{
}

static void
relu_forward (float *values,
              size_t n,
              float  slope)
{
  for (size_t i = 0; i < n; i++)
    values[i] = 0.0f > values[i] ? 0.0f : values[i];
}

/* Sets to 0, where a product with 0 would keep an infinity. */
static void
relu_backward (float *restrict       gradients,
               const float *restrict values,
               size_t                n,
               float                 slope)
{
  for (size_t i = 0; i < n; i++)
    gradients[i] = values[i] > 0.0f ? gradients[i] : 0.0f;
}

static inline float
softplus (float x)
{
  return (x > 0.0f ? x : 0.0f) + nn_log1pf (nn_expf (x > 0.0f ? -x : x));
}

static inline float
gelu (float x)
{
  return 0.5f * x * (1.0f + nn_erff (x * 0.707106781186547524f));
}

static inline float
gelu_derivative (float x)
{
  return 0.5f * (1.0f + nn_erff (x * 0.707106781186547524f))
         + x * 0.398942280401432678f * nn_expf (-0.5f * x * x);
}

static inline float
silu_derivative (float x)
{
  const float s = nn_sigmoidf (x);

  return s + x * s * (1.0f - s);
}

DEFINE_ACTIVATION (tanh, nn_tanhf (x), 1.0f - v * v)
DEFINE_ACTIVATION (sigmoid, nn_sigmoidf (x), v * (1.0f - v))
DEFINE_ACTIVATION (leaky_relu, x > 0.0f ? x : slope * x, v > 0.0f ? 1.0f : slope)
DEFINE_ACTIVATION (elu, x > 0.0f ? x : slope * nn_expm1f (x), v > 0.0f ? 1.0f : v + slope)
DEFINE_ACTIVATION (selu, x > 0.0f ? SELU_SCALE * x : SELU_ALPHA * nn_expm1f (x),
                   v > 0.0f ? SELU_SCALE : v + SELU_ALPHA)
DEFINE_ACTIVATION (softplus, softplus (x), -nn_expm1f (-v))
DEFINE_ACTIVATION (gelu, gelu (x), gelu_derivative (v))
DEFINE_ACTIVATION (silu, x * nn_sigmoidf (x), silu_derivative (v))

/* What its derivative follows from. */
#define FROM_SIGN true, true, true /* of the result */
#define FROM_RESULT true, true, false
#define FROM_INPUT false, false, false

/* The last arguments are the range of slopes. */
#define ACTIVATION(name, ...) { #name, __VA_ARGS__, name##_forward, name##_backward }
#define ANY_SLOPE -INFINITY, INFINITY /* it has none */

static const NnActivationOps activations[NN_N_ACTIVATIONS] = {
  [NN_ACTIVATION_LINEAR] = ACTIVATION (linear, FROM_SIGN, ANY_SLOPE),
  [NN_ACTIVATION_RELU] = ACTIVATION (relu, FROM_SIGN, ANY_SLOPE),
  [NN_ACTIVATION_TANH] = ACTIVATION (tanh, FROM_RESULT, ANY_SLOPE),
  [NN_ACTIVATION_SIGMOID] = ACTIVATION (sigmoid, FROM_RESULT, ANY_SLOPE),
  [NN_ACTIVATION_LEAKY_RELU] = ACTIVATION (leaky_relu, FROM_SIGN, 0.0f, 0x1.fffffep127f),
  [NN_ACTIVATION_ELU] = ACTIVATION (elu, FROM_RESULT, 0x1p-126f, 0x1.fffffep127f),
  [NN_ACTIVATION_SELU] = ACTIVATION (selu, FROM_RESULT, ANY_SLOPE),
  [NN_ACTIVATION_SOFTPLUS] = ACTIVATION (softplus, FROM_RESULT, ANY_SLOPE),
  [NN_ACTIVATION_GELU] = ACTIVATION (gelu, FROM_INPUT, ANY_SLOPE),
  [NN_ACTIVATION_SILU] = ACTIVATION (silu, FROM_INPUT, ANY_SLOPE),
};
