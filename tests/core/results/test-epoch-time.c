/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The time of an epoch: by what it is scaled, and when nothing is known. */

#include "results/atelier-epoch-time.h"

#include <math.h>

#include "small-runs.h"

/* Epochs that end at these seconds.  Transfer full. */
static AtelierHistory *
history_of (const double *ends,
            guint         n)
{
  AtelierHistory *history = atelier_history_new (1, n);

  for (guint i = 0; i < n; i++)
    {
      const AtelierEpochFigures figures = { .epoch = i + 1, .elapsed_seconds = ends[i] };
      g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, NULL, NULL);

      atelier_history_append_epoch (history, epoch);
    }

  return history;
}

static void
test_unknown (void)
{
  g_autoptr (AtelierHistory) history = history_of (NULL, 0);
  g_autoptr (AtelierNetwork) network = small_network_new ();
  AtelierEpochTime time = { 0 };

  atelier_epoch_time_measure (&time, history, network, 100, 2);
  g_assert_true (isnan (atelier_epoch_time_estimate (&time, 1000, 100, 2)));
}

/* The newest three epochs took 4 s each. */
static void
test_scales (void)
{
  static const double ends[] = { 30.0, 34.0, 38.0, 42.0 };
  g_autoptr (AtelierHistory) history = history_of (ends, G_N_ELEMENTS (ends));
  g_autoptr (AtelierNetwork) network = small_network_new ();
  const guint64 n = atelier_network_get_n_multiply_adds (network);
  AtelierEpochTime time = { 0 };

  atelier_epoch_time_measure (&time, history, network, 100, 2);
  g_assert_cmpfloat_with_epsilon (atelier_epoch_time_estimate (&time, n, 100, 2), 4.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_epoch_time_estimate (&time, 3 * n, 100, 2), 12.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_epoch_time_estimate (&time, n, 50, 2), 2.0, 1e-9);
  g_assert_true (isnan (atelier_epoch_time_estimate (&time, n, 100, 1)));
}

static void
test_first_epochs (void)
{
  static const double ends[] = { 3.0, 5.0 };
  g_autoptr (AtelierHistory) history = history_of (ends, G_N_ELEMENTS (ends));
  g_autoptr (AtelierNetwork) network = small_network_new ();
  AtelierEpochTime time = { 0 };

  atelier_epoch_time_measure (&time, history, network, 100, 1);
  g_assert_cmpfloat_with_epsilon (
    atelier_epoch_time_estimate (&time, atelier_network_get_n_multiply_adds (network), 100, 1), 2.5,
    1e-9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/epoch-time/unknown", test_unknown);
  g_test_add_func ("/core/epoch-time/scales", test_scales);
  g_test_add_func ("/core/epoch-time/first-epochs", test_first_epochs);

  return g_test_run ();
}
