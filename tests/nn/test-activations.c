/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every activation of the table against its definition in doubles: values, derivatives, traits, and
 * which slopes and layers it may have. */

#include "nn-kernels.h"
#include "support.h"

#include <math.h>
#include <string.h>

#define SLOPE 0.7f

typedef void (*Body) (NnActivation activation, const NnActivationOps *ops);

static void
walk (Body body)
{
  for (int i = 0; i < NN_N_ACTIVATIONS; i++)
    {
      const NnActivationOps *ops = nn_activation_get_ops ((NnActivation) i);

      g_assert_nonnull (ops->name);
      body ((NnActivation) i, ops);
    }
}

static void
check_values (NnActivation           activation,
              const NnActivationOps *ops)
{
  for (double at = -15.0; at < 15.0; at += 0.0071)
    {
      const float x = (float) at;
      float y = x;
      double kink = INFINITY, expected;

      ops->forward (&y, 1, SLOPE);
      expected = test_activate (activation, x, (double) SLOPE, &kink);
      /* 1 + erf cancels where x is negative; the error is small beside x. */
      g_assert_cmpfloat_with_epsilon (y, expected, 4e-7 * MAX (fabs (expected), 0.5 * fabs (x)));
    }
}

/* The derivative is that of the definition by a central difference. */
static void
check_derivatives (NnActivation           activation,
                   const NnActivationOps *ops)
{
  for (double at = -15.0; at < 15.0; at += 0.0071)
    {
      const float x = (float) at;
      float y = x, gradient = 2.0f;
      double kink = INFINITY, above, below;

      above = test_activate (activation, x + 1e-4, (double) SLOPE, &kink);
      below = test_activate (activation, x - 1e-4, (double) SLOPE, &kink);
      if (kink < 1e-3)
        continue;
      ops->forward (&y, 1, SLOPE);
      ops->backward (&gradient, ops->derives_from_result ? &y : &x, 1, SLOPE);
      g_assert_cmpfloat_with_epsilon (gradient, (above - below) / 1e-4, 2e-6);
    }
}

/* Of what a max-pool may be put before, no value is below one to its left. */
static void
check_monotone (NnActivation           activation,
                const NnActivationOps *ops)
{
  gboolean falls = FALSE;
  float last = -INFINITY;

  for (double at = -15.0; at < 15.0; at += 0.0071)
    {
      float y = (float) at;

      ops->forward (&y, 1, SLOPE);
      falls |= y < last - 1e-6f;
      last = y;
    }
  g_assert_cmpint (falls, ==, !ops->is_monotone);
}

static void
check_not_finite (NnActivation           activation,
                  const NnActivationOps *ops)
{
  float values[] = { NAN, INFINITY };

  ops->forward (values, 2, SLOPE);
  g_assert_true (isnan (values[0]));
  g_assert_false (isnan (values[1]));
}

static void
test_values (void)
{
  walk (check_values);
}

static void
test_derivatives (void)
{
  walk (check_derivatives);
}

static void
test_monotone (void)
{
  walk (check_monotone);
}

static void
test_not_finite (void)
{
  walk (check_not_finite);
}

static NnStatus
check_layer (NnLayerKind  kind,
             NnActivation activation,
             float        slope,
             NnError     *error)
{
  const NnLayerSpec layers[] = {
    { .kind = kind, .activation = activation, .slope = slope, .units = 4, .kernel_height = 1,
      .kernel_width = 1, .stride_height = 1, .stride_width = 1 },
    { .kind = NN_LAYER_DENSE, .units = 2 },
  };
  NnLayerInfo infos[2];

  return nn_network_check ((NnShape) { 1, 1, 3 }, layers, 2, infos, error);
}

static void
check_layers (NnActivation           activation,
              const NnActivationOps *ops)
{
  const NnLayerKind kinds[] = { NN_LAYER_DENSE, NN_LAYER_CONV2D };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      NnError error = { 0 };

      g_assert_cmpint (check_layer (kinds[i], activation, SLOPE, &error), ==, NN_STATUS_OK);
      g_assert_cmpstr (error.text, ==, "");
    }
}

static void
test_layers (void)
{
  walk (check_layers);
}

static void
test_slopes (void)
{
  static const float bad[] = { -0.1f, INFINITY, NAN };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpint (check_layer (NN_LAYER_DENSE, NN_ACTIVATION_LEAKY_RELU, bad[i], NULL), ==,
                       NN_STATUS_INVALID);
      g_assert_cmpint (check_layer (NN_LAYER_CONV2D, NN_ACTIVATION_ELU, bad[i], NULL), ==,
                       NN_STATUS_INVALID);
    }
  g_assert_cmpint (check_layer (NN_LAYER_DENSE, NN_ACTIVATION_LEAKY_RELU, 0.0f, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpint (check_layer (NN_LAYER_DENSE, NN_ACTIVATION_ELU, 0.0f, NULL), ==,
                   NN_STATUS_INVALID);
  g_assert_cmpint (check_layer (NN_LAYER_DENSE, NN_ACTIVATION_TANH, NAN, NULL), ==, NN_STATUS_OK);
  g_assert_cmpint (check_layer (NN_LAYER_DENSE, NN_N_ACTIVATIONS, 0.0f, NULL), ==,
                   NN_STATUS_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/activations/values", test_values);
  g_test_add_func ("/nn/activations/derivatives", test_derivatives);
  g_test_add_func ("/nn/activations/monotone", test_monotone);
  g_test_add_func ("/nn/activations/not-finite", test_not_finite);
  g_test_add_func ("/nn/activations/layers", test_layers);
  g_test_add_func ("/nn/activations/slopes", test_slopes);
  return g_test_run ();
}
