/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run has to tell.
 *
 * A list of messages was rejected: it grows while nobody listens, and whoever drains it has to fold
 * it together anyway.  A report is that folding: figures are appended, the newest weights and the
 * newest standing replace older ones.
 *
 * One thread at a time.
 */

#include "config.h"

#include "training/atelier-report-private.h"

#include <math.h>

static void
clear_epoch (gpointer data)
{
  AtelierEpochReport *epoch = data;

  g_clear_pointer (&epoch->validation, atelier_predictions_unref);
  g_clear_pointer (&epoch->training, atelier_predictions_unref);
  g_clear_pointer (&epoch->model, atelier_model_unref);
}

/* Items move with what they own, so that none is cleared here. */
static void
move_items (GArray *into,
            GArray *from)
{
  if (from->len == 0)
    return;

  g_array_append_vals (into, from->data, from->len);
  g_array_set_clear_func (from, NULL);
  g_array_set_size (from, 0);
}

void
atelier_report_init (AtelierReport *report)
{
  *report = (AtelierReport) {
    .epoch = 1,
    .seconds_left = NAN,
    .losses = g_array_new (FALSE, FALSE, sizeof (float)),
    .accuracies = g_array_new (FALSE, FALSE, sizeof (float)),
    .seconds = g_array_new (FALSE, FALSE, sizeof (float)),
    .epochs = g_array_new (FALSE, FALSE, sizeof (AtelierEpochReport)),
  };
  g_array_set_clear_func (report->epochs, clear_epoch);
}

void
atelier_report_clear (AtelierReport *report)
{
  g_clear_pointer (&report->losses, g_array_unref);
  g_clear_pointer (&report->accuracies, g_array_unref);
  g_clear_pointer (&report->seconds, g_array_unref);
  g_clear_pointer (&report->epochs, g_array_unref);
  g_clear_pointer (&report->model, atelier_model_unref);
  g_clear_error (&report->error);
}

void
atelier_report_add_epoch (AtelierReport             *report,
                          const AtelierEpochFigures *figures,
                          AtelierPredictions        *validation,
                          AtelierPredictions        *training,
                          AtelierModel              *model,
                          gboolean                   is_best)
{
  AtelierEpochReport epoch = { *figures, validation, training, model, is_best };

  g_array_append_val (report->epochs, epoch);
}

void
atelier_report_take_model (AtelierReport *report,
                           AtelierModel  *model)
{
  g_clear_pointer (&report->model, atelier_model_unref);
  report->model = model;
}

void
atelier_report_merge (AtelierReport *into,
                      AtelierReport *from)
{
  into->epoch = from->epoch;
  into->progress = from->progress;
  into->images_per_second = from->images_per_second;
  into->seconds_left = from->seconds_left;
  into->rests_since = from->rests_since;
  into->outcome = from->outcome;

  move_items (into->losses, from->losses);
  move_items (into->accuracies, from->accuracies);
  move_items (into->seconds, from->seconds);
  move_items (into->epochs, from->epochs);
  g_array_set_clear_func (from->epochs, clear_epoch);

  if (from->model != NULL)
    atelier_report_take_model (into, g_steal_pointer (&from->model));
  if (from->error != NULL)
    {
      g_clear_error (&into->error);
      into->error = g_steal_pointer (&from->error);
    }
}
