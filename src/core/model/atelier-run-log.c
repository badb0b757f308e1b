/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A log is checked as a whole when it is made: whoever finds one in a model can show it without
 * another look at its counts.
 *
 * The arrays are kept as the bytes they came as, and so is the file that they lie in.  Arrays that
 * do not lie where their type may (in files of other programs) are copied.  Any thread.
 */

#include "config.h"

#include "model/atelier-run-log.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "kinds/atelier-recipe-values.h"

#define BYTES_PER_IMAGE 5 /* its class, and two scores */

struct _AtelierRunLog
{
  AtelierRunLogParts parts; /* its arrays are owned */
};

static gsize
count (GBytes *bytes,
       gsize   size)
{
  return bytes != NULL ? g_bytes_get_size (bytes) / size : 0;
}

static gboolean
fail (GError       **error,
      AtelierError   code,
      const char    *text)
{
  /* Translators: what is wrong with a run's curves in a model file */
  g_set_error (error, ATELIER_ERROR, code, _("History: %s"), text);
  return FALSE;
}

/* ---- Making ---- */

static void
take_aligned (GBytes **bytes)
{
  gsize size;
  gconstpointer data;

  if (*bytes == NULL)
    return;
  data = g_bytes_get_data (*bytes, &size);
  *bytes = (guintptr) data % sizeof (double) == 0 ? g_bytes_ref (*bytes) : g_bytes_new (data, size);
}

static void
clear_log (gpointer data)
{
  AtelierRunLogParts *parts = &((AtelierRunLog *) data)->parts;

  g_clear_pointer (&parts->figures, g_bytes_unref);
  g_clear_pointer (&parts->losses, g_bytes_unref);
  g_clear_pointer (&parts->accuracies, g_bytes_unref);
  g_clear_pointer (&parts->looks, g_bytes_unref);
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      g_clear_pointer (&parts->predictions[i].labels, g_bytes_unref);
      g_clear_pointer (&parts->predictions[i].pictures, g_bytes_unref);
      g_clear_pointer (&parts->predictions[i].epochs, g_bytes_unref);
      g_clear_pointer (&parts->predictions[i].classes, g_bytes_unref);
      g_clear_pointer (&parts->predictions[i].scores, g_bytes_unref);
    }
}

static AtelierRunLog *
copy_parts (const AtelierRunLogParts *parts)
{
  AtelierRunLog *log = g_atomic_rc_box_new0 (AtelierRunLog);

  log->parts = *parts;
  take_aligned (&log->parts.figures);
  take_aligned (&log->parts.losses);
  take_aligned (&log->parts.accuracies);
  take_aligned (&log->parts.looks);
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      take_aligned (&log->parts.predictions[i].labels);
      take_aligned (&log->parts.predictions[i].pictures);
      take_aligned (&log->parts.predictions[i].epochs);
      take_aligned (&log->parts.predictions[i].classes);
      take_aligned (&log->parts.predictions[i].scores);
    }
  return log;
}

/* ---- Checking ---- */

static gboolean
is_share (double value)
{
  return isnan (value) || (value >= 0.0 && value <= 1.0);
}

static gboolean
check_epochs (AtelierRunLog  *log,
              GError        **error)
{
  const AtelierRunLogParts *parts = &log->parts;
  const double *row = g_bytes_get_data (parts->figures, NULL); /* [ATELIER_N_LOGGED] */
  const guint n = atelier_run_log_get_n_epochs (log);

  if (parts->first_epoch < 1 || parts->first_epoch > ATELIER_RUN_LOG_MAX_EPOCHS
      || n > ATELIER_RUN_LOG_MAX_EPOCHS - (parts->first_epoch - 1))
    return fail (error, ATELIER_ERROR_TOO_LARGE, _("there are more epochs than a run can have"));
  if (g_bytes_get_size (parts->figures) % (ATELIER_N_LOGGED * sizeof (double)) != 0)
    return fail (error, ATELIER_ERROR_MISMATCH, _("an epoch’s figures are not complete"));
  for (guint i = 0; i < n; i++, row += ATELIER_N_LOGGED)
    if (!is_share (row[ATELIER_LOGGED_ACCURACY])
        || !is_share (row[ATELIER_LOGGED_TRAIN_EVAL_ACCURACY])
        || !is_share (row[ATELIER_LOGGED_VALIDATION_ACCURACY]))
      return fail (error, ATELIER_ERROR_MISMATCH,
                   _("an epoch’s accuracy is not between 0 and 1"));
  return TRUE;
}

/* The newest batch must be of the last epoch that was finished, or of the one after it. */
static gboolean
check_batches (AtelierRunLog  *log,
               GError        **error)
{
  const AtelierRunLogParts *parts = &log->parts;
  const float *accuracies = g_bytes_get_data (parts->accuracies, NULL);
  const guint n = atelier_run_log_get_n_batches (log);
  const guint64 n_epochs = parts->first_epoch - 1 + atelier_run_log_get_n_epochs (log);

  if (parts->batches_per_epoch < 1)
    return fail (error, ATELIER_ERROR_MISMATCH, _("an epoch has no batches"));
  if (count (parts->losses, sizeof (float)) > ATELIER_RUN_LOG_MAX_BATCHES)
    return fail (error, ATELIER_ERROR_TOO_LARGE, _("there are too many batches"));
  if (g_bytes_get_size (parts->losses) % sizeof (float) != 0
      || g_bytes_get_size (parts->losses) != g_bytes_get_size (parts->accuracies))
    return fail (error, ATELIER_ERROR_MISMATCH,
                 _("there are not as many losses as accuracies of batches"));
  if (parts->first_batch > (n_epochs + 1) * parts->batches_per_epoch
      || parts->first_batch + n > (n_epochs + 1) * parts->batches_per_epoch
      || parts->first_batch + n < n_epochs * parts->batches_per_epoch)
    return fail (error, ATELIER_ERROR_MISMATCH,
                 _("the batches are not those of the finished epochs"));
  for (guint i = 0; i < n; i++)
    if (!is_share ((double) accuracies[i]))
      return fail (error, ATELIER_ERROR_MISMATCH,
                   _("a batch’s accuracy is not between 0 and 1"));
  return TRUE;
}

static gboolean
check_looks (AtelierRunLog  *log,
             GError        **error)
{
  const double *row = g_bytes_get_data (log->parts.looks, NULL); /* [ATELIER_N_LOOK] */
  const guint n = atelier_run_log_get_n_looks (log);

  if (count (log->parts.looks, ATELIER_N_LOOK * sizeof (double)) > ATELIER_RUN_LOG_MAX_LOOKS)
    return fail (error, ATELIER_ERROR_TOO_LARGE, _("there are too many looks at the test set"));
  if (g_bytes_get_size (log->parts.looks) % (ATELIER_N_LOOK * sizeof (double)) != 0)
    return fail (error, ATELIER_ERROR_MISMATCH, _("a look at the test set is not complete"));
  for (guint i = 0; i < n; i++, row += ATELIER_N_LOOK)
    if (!(row[ATELIER_LOOK_EPOCH] >= 0.0)
        || row[ATELIER_LOOK_EPOCH] > ATELIER_RUN_LOG_MAX_EPOCHS
        || row[ATELIER_LOOK_EPOCH] != floor (row[ATELIER_LOOK_EPOCH])
        || !is_share (row[ATELIER_LOOK_ACCURACY])
        || !(row[ATELIER_LOOK_WEIGHTS] >= 0.0 && row[ATELIER_LOOK_WEIGHTS] < ATELIER_N_WEIGHTS)
        || row[ATELIER_LOOK_WEIGHTS] != floor (row[ATELIER_LOOK_WEIGHTS]))
      return fail (error, ATELIER_ERROR_MISMATCH,
                   _("a look at the test set has figures that none can have"));
  return TRUE;
}

static gboolean
are_below (GBytes *bytes,
           guint   n_classes)
{
  gsize n;
  const guint8 *values = g_bytes_get_data (bytes, &n);

  for (gsize i = 0; i < n; i++)
    if (values[i] >= n_classes)
      return FALSE;
  return TRUE;
}

static gboolean
are_growing (GBytes *bytes,
             guint32 min,
             guint32 max)
{
  const guint32 *values = g_bytes_get_data (bytes, NULL);
  const gsize n = count (bytes, sizeof *values);

  for (gsize i = 0; i < n; i++)
    if (values[i] < min || values[i] > max || (i > 0 && values[i] <= values[i - 1]))
      return FALSE;
  return TRUE;
}

static gboolean
check_predictions (AtelierRunLog                   *log,
                   const AtelierLoggedPredictions  *predictions,
                   guint                            n_classes,
                   GError                         **error)
{
  const guint n_epochs = atelier_run_log_get_n_epochs (log);
  gsize n_images, n_kept, n;

  if (predictions->labels == NULL)
    return TRUE;
  n_images = g_bytes_get_size (predictions->labels);
  n_kept = count (predictions->epochs, sizeof (guint32));
  if (n_images > ATELIER_RUN_LOG_MAX_PREDICTIONS || n_kept > n_epochs
      || n_images * n_kept * BYTES_PER_IMAGE > ATELIER_RUN_LOG_MAX_PREDICTIONS)
    return fail (error, ATELIER_ERROR_TOO_LARGE, _("there are too many predictions"));
  n = n_images * n_kept;
  if (g_bytes_get_size (predictions->pictures) != n_images * sizeof (guint32)
      || g_bytes_get_size (predictions->epochs) != n_kept * sizeof (guint32)
      || g_bytes_get_size (predictions->classes) != n
      || g_bytes_get_size (predictions->scores) != n * 2 * sizeof (guint16))
    return fail (error, ATELIER_ERROR_MISMATCH,
                 _("the predictions are not as many as images and epochs"));
  if (!are_below (predictions->labels, n_classes) || !are_below (predictions->classes, n_classes))
    return fail (error, ATELIER_ERROR_MISMATCH,
                 _("a label or a prediction is a class that there is not"));
  if (!are_growing (predictions->pictures, 0, G_MAXUINT32)
      || !are_growing (predictions->epochs, log->parts.first_epoch,
                       log->parts.first_epoch - 1 + n_epochs))
    return fail (error, ATELIER_ERROR_MISMATCH,
                 _("pictures or epochs of predictions are not in their order"));
  return TRUE;
}

AtelierRunLog *
atelier_run_log_new (const AtelierRunLogParts  *parts,
                     guint                      n_classes,
                     GError                   **error)
{
  g_autoptr (AtelierRunLog) log = NULL;

  g_return_val_if_fail (parts != NULL && parts->figures != NULL && parts->losses != NULL, NULL);
  g_return_val_if_fail (parts->accuracies != NULL && parts->looks != NULL, NULL);

  log = copy_parts (parts);
  if (!check_epochs (log, error) || !check_batches (log, error) || !check_looks (log, error))
    return NULL;
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (!check_predictions (log, &log->parts.predictions[i], n_classes, error))
      return NULL;
  return g_steal_pointer (&log);
}

AtelierRunLog *
atelier_run_log_ref (AtelierRunLog *log)
{
  g_return_val_if_fail (log != NULL, NULL);
  return g_atomic_rc_box_acquire (log);
}

void
atelier_run_log_unref (AtelierRunLog *log)
{
  g_return_if_fail (log != NULL);
  g_atomic_rc_box_release_full (log, clear_log);
}

/* ---- Reading ---- */

const AtelierRunLogParts *
atelier_run_log_get_parts (AtelierRunLog *log)
{
  g_return_val_if_fail (log != NULL, NULL);
  return &log->parts;
}

guint
atelier_run_log_get_n_epochs (AtelierRunLog *log)
{
  g_return_val_if_fail (log != NULL, 0);
  return (guint) MIN (count (log->parts.figures, ATELIER_N_LOGGED * sizeof (double)), G_MAXUINT);
}

guint
atelier_run_log_get_n_batches (AtelierRunLog *log)
{
  g_return_val_if_fail (log != NULL, 0);
  return (guint) MIN (count (log->parts.losses, sizeof (float)), G_MAXUINT);
}

guint
atelier_run_log_get_n_looks (AtelierRunLog *log)
{
  g_return_val_if_fail (log != NULL, 0);
  return (guint) MIN (count (log->parts.looks, ATELIER_N_LOOK * sizeof (double)), G_MAXUINT);
}

guint
atelier_run_log_get_n_images (AtelierRunLog *log,
                              AtelierSplit   split)
{
  g_return_val_if_fail (log != NULL && split < ATELIER_N_SPLITS, 0);
  return (guint) count (log->parts.predictions[split].labels, 1);
}

guint
atelier_run_log_get_n_kept (AtelierRunLog *log,
                            AtelierSplit   split)
{
  g_return_val_if_fail (log != NULL && split < ATELIER_N_SPLITS, 0);
  return (guint) count (log->parts.predictions[split].epochs, sizeof (guint32));
}

/* ---- Room ---- */

/* The labels and the pictures' numbers take as much as an epoch. */
guint
atelier_run_log_count_room (guint64 n_images)
{
  guint64 n_room;

  if (n_images == 0 || n_images > ATELIER_RUN_LOG_MAX_PREDICTIONS)
    return 0;
  n_room = ATELIER_RUN_LOG_MAX_PREDICTIONS / (n_images * BYTES_PER_IMAGE);
  return n_room > 0 ? (guint) n_room - 1 : 0;
}

gboolean
atelier_run_log_keeps_epoch (guint epoch,
                             guint n_epochs,
                             guint best,
                             guint n_room)
{
  const guint n_newest = (n_room + 1) / 2;
  guint n_old, step = 1;

  g_return_val_if_fail (epoch >= 1 && epoch <= n_epochs, FALSE);

  if (n_room == 0)
    return FALSE;
  if (n_epochs <= n_room || epoch > n_epochs - n_newest)
    return TRUE;
  if (n_room - n_newest == 0)
    return FALSE;
  if (epoch == best)
    return TRUE;

  /* One place is the best one's. */
  n_old = n_epochs - n_newest;
  while (n_old / step > n_room - n_newest - 1)
    {
      if (step > n_old)
        return FALSE;
      step *= 2;
    }
  return epoch % step == 0;
}
