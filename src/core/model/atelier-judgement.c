/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing epochs.  Figures are compared as they are, without rounding, so that a run that was
 * broken off decides as one that was not.  Any thread. */

#include "config.h"

#include "model/atelier-judgement.h"

#include <math.h>

#include "base/atelier-json.h"

#define MAX_EPOCHS 10000 /* as in recipes */

gboolean
atelier_judgement_is_needed (const AtelierRecipeValues *values)
{
  g_return_val_if_fail (values != NULL, FALSE);

  return values->patience > 0 || values->weights == ATELIER_WEIGHTS_BEST
         || atelier_schedule_class_get (values->schedule)->is_judging;
}

gboolean
atelier_judgement_is_better (AtelierJudgedBy judged_by,
                             double          figure,
                             double          other)
{
  return judged_by == ATELIER_JUDGED_BY_ACCURACY ? figure > other : figure < other;
}

gboolean
atelier_judgement_add (AtelierJudgement          *judgement,
                       const AtelierRecipeValues *values,
                       guint                      epoch,
                       double                     figure)
{
  g_return_val_if_fail (judgement != NULL && values != NULL && epoch > 0, FALSE);

  atelier_schedule_note_epoch (values, &judgement->schedule, figure);
  if (judgement->best_epoch > 0
      && !atelier_judgement_is_better (values->judged_by, figure, judgement->best))
    return FALSE;
  judgement->best_epoch = epoch;
  judgement->best = figure;
  return TRUE;
}

gboolean
atelier_judgement_is_over (const AtelierJudgement    *judgement,
                           const AtelierRecipeValues *values,
                           guint                      n_epochs)
{
  g_return_val_if_fail (judgement != NULL && values != NULL, FALSE);

  return values->patience > 0 && n_epochs >= judgement->best_epoch
         && n_epochs - judgement->best_epoch >= values->patience;
}

gboolean
atelier_judgement_is_good (const AtelierJudgement *judgement,
                           guint                   n_epochs)
{
  const AtelierScheduleState *schedule = &judgement->schedule;

  return (judgement->best_epoch > 0) == (n_epochs > 0) && judgement->best_epoch <= n_epochs
         && isfinite (judgement->best) && judgement->best >= 0.0
         && (schedule->has_best ? n_epochs > 0 : schedule->best == 0.0)
         && isfinite (schedule->best) && schedule->best >= 0.0
         && (guint64) schedule->n_bad + schedule->n_lowered <= n_epochs;
}

gboolean
atelier_judgement_equal (const AtelierJudgement *a,
                         const AtelierJudgement *b)
{
  return a->best_epoch == b->best_epoch && a->best == b->best
         && a->schedule.has_best == b->schedule.has_best && a->schedule.best == b->schedule.best
         && a->schedule.n_bad == b->schedule.n_bad
         && a->schedule.n_lowered == b->schedule.n_lowered;
}

JsonNode *
atelier_judgement_to_json (const AtelierJudgement *judgement)
{
  const AtelierScheduleState *schedule;
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (judgement != NULL, NULL);

  schedule = &judgement->schedule;
  object = json_object_new ();
  json_object_set_int_member (object, "best_epoch", judgement->best_epoch);
  json_object_set_double_member (object, "best_figure", judgement->best + 0.0);
  if (schedule->has_best)
    {
      json_object_set_double_member (object, "schedule_best", schedule->best + 0.0);
      json_object_set_int_member (object, "schedule_bad", schedule->n_bad);
      json_object_set_int_member (object, "schedule_lowered", schedule->n_lowered);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

gboolean
atelier_judgement_from_json (AtelierJudgement  *judgement,
                             JsonNode          *node,
                             const char        *origin,
                             GError           **error)
{
  static const char * const names[] = {
    "best_epoch", "best_figure", "schedule_best", "schedule_bad", "schedule_lowered", NULL
  };
  AtelierJudgement result = { 0 };
  AtelierScheduleState *schedule = &result.schedule;
  AtelierJsonReader reader;

  g_return_val_if_fail (judgement != NULL && node != NULL && origin != NULL, FALSE);

  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_FORMAT, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_uint (&reader, "best_epoch", TRUE, 0, MAX_EPOCHS,
                                        &result.best_epoch, error)
      || !atelier_json_reader_get_double (&reader, "best_figure", TRUE, &result.best, error))
    return FALSE;
  schedule->has_best = json_object_has_member (reader.object, "schedule_best");
  if (!atelier_json_reader_get_double (&reader, "schedule_best", FALSE, &schedule->best, error)
      || !atelier_json_reader_get_uint (&reader, "schedule_bad", schedule->has_best, 0, MAX_EPOCHS,
                                        &schedule->n_bad, error)
      || !atelier_json_reader_get_uint (&reader, "schedule_lowered", schedule->has_best, 0,
                                        MAX_EPOCHS, &schedule->n_lowered, error))
    return FALSE;
  *judgement = result;
  return TRUE;
}
