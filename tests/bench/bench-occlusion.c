/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long an occlusion map takes with the report's convolutional network on one thread,
 * alone and while a run trains on all cores.  Run with `meson test --benchmark occlusion
 * --verbose`.
 */

#include <stdlib.h>

#include "data/atelier-synthetic.h"
#include "inference/atelier-occlusion.h"
#include "training/atelier-trainer.h"
#include "small-runs.h"

#define N_RUNS 15

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
measure (AtelierModel  *model,
         AtelierSplits *splits,
         const char    *name)
{
  gint64 times_us[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (AtelierOcclusion) occlusion = atelier_occlusion_new (
        model, atelier_splits_get_image (splits, ATELIER_SPLIT_VALIDATION, i), NULL, NULL);

      g_assert_nonnull (occlusion);
      times_us[i] = g_get_monotonic_time () - start_us;
    }
  qsort (times_us, N_RUNS, sizeof *times_us, compare_times);
  g_print ("%-24s %6.1f ms median, %6.1f ms at worst\n", name, times_us[N_RUNS / 2] / 1e3,
           times_us[N_RUNS - 1] / 1e3);
}

int
main (void)
{
  g_autoptr (AtelierSplits) splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 6000, 10);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;
  AtelierModel *model;

  preset_recipe_init (&recipe, "report-2");
  recipe.n_epochs = 1000;
  start_with_values (trainer, network, &recipe, splits, 0, &error);
  g_assert_no_error (error);
  while (atelier_trainer_get_model (trainer) == NULL)
    g_main_context_iteration (NULL, TRUE);
  model = atelier_model_ref (atelier_trainer_get_model (trainer));

  measure (model, splits, "map while training");
  atelier_trainer_stop_and_wait (trainer);
  measure (model, splits, "map, nothing else");
  atelier_model_unref (model);

  return 0;
}
