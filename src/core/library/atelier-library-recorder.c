/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Following a trainer.
 *
 * The record has all that was measured, so nothing is queued: when something is to be written, it
 * is what the record has beyond what was written last.  A failure leaves that where it was, and the
 * next writing takes all of it again.  So memory is bounded by the run itself, and at most one
 * transaction is under way, at most one in two seconds.
 */

#include "config.h"

#include "library/atelier-library-recorder.h"

#include "library/atelier-library-private.h"

#define INTERVAL_US (2 * G_USEC_PER_SEC)

struct _AtelierLibraryRecorder
{
  GObject parent_instance;

  AtelierLibraryWritten written; /* of the record */
  AtelierLibraryWritten sent;    /* what will be once the writing under way is done */
  gboolean is_due;     /* something is to be written */
  guint    n_writing;
  AtelierLibraryState state; /* of the record */
  gboolean is_cut;     /* the run goes on with one of the library, and nothing was written yet */
  guint    cut_epoch;
  guint    cut_n_batches;
  guint    timer;
  gint64   begun_us;

  /* Owned */
  AtelierLibrary   *library;
  AtelierTrainer   *trainer;
  AtelierRunRecord *record; /* nullable */
  char             *id;     /* nullable */
  char             *going_on; /* nullable */
  AtelierModel     *newest; /* not written yet; nullable */
  AtelierModel     *best;   /* the last that was taken; nullable */
  gboolean          has_new_best;
  GError           *error;  /* of the last writing; nullable */
};

G_DEFINE_FINAL_TYPE (AtelierLibraryRecorder, atelier_library_recorder, G_TYPE_OBJECT)

static void write_due (AtelierLibraryRecorder *self);

static AtelierLibraryState
read_state (AtelierTrainer *trainer)
{
  switch (atelier_trainer_get_state (trainer))
    {
    case ATELIER_TRAINER_COMPLETED:
      return ATELIER_LIBRARY_FINISHED;
    case ATELIER_TRAINER_FAILED:
      return ATELIER_LIBRARY_FAILED;
    case ATELIER_TRAINER_STOPPED:
    case ATELIER_TRAINER_IDLE:
      return ATELIER_LIBRARY_STOPPED;
    case ATELIER_TRAINER_RUNNING:
    case ATELIER_TRAINER_PAUSED:
    case ATELIER_TRAINER_STOPPING:
    default:
      return ATELIER_LIBRARY_RUNNING;
    }
}

/* ---- Writing ---- */

/* What a writing was of. */
typedef struct
{
  AtelierLibraryRecorder *recorder; /* Owned */
  AtelierRunRecord *record;         /* Owned */
  AtelierModel *newest;             /* Owned; nullable */
  AtelierModel *best;               /* Owned; nullable */
} Sent;

static void
sent_free (Sent *sent)
{
  g_object_unref (sent->recorder);
  g_object_unref (sent->record);
  g_clear_pointer (&sent->newest, atelier_model_unref);
  g_clear_pointer (&sent->best, atelier_model_unref);
  g_free (sent);
}

/* Weights that could not be written are written with what comes next. */
static void
take_success (AtelierLibraryRecorder *self,
              const Sent             *sent,
              gboolean                has_weights)
{
  if (sent->record != self->record)
    return;
  self->written = self->sent;
  self->is_cut = FALSE;
  if (!has_weights)
    return;
  if (self->newest == sent->newest)
    g_clear_pointer (&self->newest, atelier_model_unref);
  if (self->best == sent->best)
    self->has_new_best = FALSE;
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Sent *sent = user_data;
  AtelierLibraryRecorder *self = sent->recorder;
  gboolean has_weights;

  self->n_writing--;
  g_clear_error (&self->error);
  if (atelier_library_write_finish (ATELIER_LIBRARY (source), result, &has_weights, &self->error))
    take_success (self, sent, has_weights);
  else if (sent->record == self->record)
    self->is_due = TRUE;
  if (self->trainer != NULL
      && (self->error == NULL || self->state == ATELIER_LIBRARY_RUNNING))
    write_due (self);
  sent_free (sent);
}

/* The best epoch's weights, where they are not those of the newest that is written with them. */
static AtelierModel *
dup_best (AtelierLibraryRecorder *self)
{
  if (!self->has_new_best || self->best == NULL || self->best == self->newest)
    return NULL;
  return atelier_model_drop_state (self->best);
}

static AtelierLibraryNews *
make_news (AtelierLibraryRecorder *self)
{
  AtelierLibraryNews *news =
    atelier_library_news_new (self->id, self->record, self->state, &self->written);

  news->newest = self->newest != NULL ? atelier_model_ref (self->newest) : NULL;
  news->best = dup_best (self);
  news->is_cut = self->is_cut;
  news->cut_epoch = self->cut_epoch;
  news->cut_n_batches = self->cut_n_batches;
  atelier_library_news_count (self->record, &self->sent);
  return news;
}

static void
write_now (AtelierLibraryRecorder *self)
{
  Sent *sent = g_new0 (Sent, 1);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_due = FALSE;
  self->n_writing++;
  self->begun_us = g_get_monotonic_time ();
  sent->recorder = g_object_ref (self);
  sent->record = g_object_ref (self->record);
  sent->newest = self->newest != NULL ? atelier_model_ref (self->newest) : NULL;
  sent->best = self->best != NULL ? atelier_model_ref (self->best) : NULL;
  atelier_library_write_async (self->library, make_news (self), on_written_cb, sent);
}

static void
on_timeout_cb (gpointer data)
{
  AtelierLibraryRecorder *self = data;

  self->timer = 0;
  write_due (self);
}

static void
write_due (AtelierLibraryRecorder *self)
{
  const gint64 wait_us = self->begun_us + INTERVAL_US - g_get_monotonic_time ();

  if (!self->is_due || self->n_writing > 0 || self->record == NULL || self->timer != 0)
    return;
  if (wait_us > 0 && self->state == ATELIER_LIBRARY_RUNNING)
    self->timer = g_timeout_add_once ((guint) (wait_us / 1000) + 1, on_timeout_cb, self);
  else
    write_now (self);
}

static void
set_due (AtelierLibraryRecorder *self)
{
  self->is_due = TRUE;
  write_due (self);
}

/* ---- The trainer ---- */

static void
forget_run (AtelierLibraryRecorder *self)
{
  if (self->record != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->record, self);
      g_signal_handlers_disconnect_by_data (atelier_run_record_get_history (self->record), self);
    }
  g_clear_object (&self->record);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->newest, atelier_model_unref);
  g_clear_pointer (&self->best, atelier_model_unref);
  self->written = (AtelierLibraryWritten) { 0 };
  self->has_new_best = self->is_due = self->is_cut = FALSE;
  self->begun_us = g_get_monotonic_time () - INTERVAL_US;
}

static void
on_named_cb (AtelierLibraryRecorder *self)
{
  if (self->id != NULL)
    atelier_library_set_name (self->library, self->id, atelier_run_record_get_name (self->record));
}

/* The history may begin with what the library has already: only what comes is new. */
static void
begin_going_on (AtelierLibraryRecorder *self)
{
  AtelierHistory *history = atelier_run_record_get_history (self->record);
  const guint first = atelier_history_get_first_batch (history);
  const guint n = atelier_history_get_n_batches (history);
  const guint per_epoch = MAX (atelier_history_get_batches_per_epoch (history), 1);
  guint parent_epoch = 0;

  atelier_run_record_get_parent (self->record, &parent_epoch);
  atelier_library_news_count (self->record, &self->written);
  self->is_cut = TRUE;
  self->cut_epoch = (first + n) / per_epoch;
  self->cut_n_batches = (first + n) % per_epoch;
  if (self->cut_epoch > parent_epoch)
    {
      self->cut_n_batches += (self->cut_epoch - parent_epoch) * per_epoch;
      self->cut_epoch = parent_epoch;
    }
}

static void
on_record_notify_cb (AtelierLibraryRecorder *self)
{
  AtelierRunRecord *record = atelier_trainer_get_record (self->trainer);

  if (record == self->record)
    return;
  /* What is left of the last run is written without waiting. */
  if (self->record != NULL && self->is_due)
    {
      if (self->n_writing > 0)
        self->written = self->sent;
      write_now (self);
    }
  forget_run (self);
  if (record == NULL || !atelier_trainer_is_active (self->trainer))
    return;
  self->record = g_object_ref (record);
  self->state = read_state (self->trainer);
  self->id = self->going_on != NULL ? g_steal_pointer (&self->going_on)
                                    : g_strdup (atelier_run_record_get_id (record));
  if (!g_str_equal (self->id, atelier_run_record_get_id (record)))
    begin_going_on (self);
  g_signal_connect_swapped (record, "notify::name", G_CALLBACK (on_named_cb), self);
  g_signal_connect_swapped (record, "notify::n-marks", G_CALLBACK (set_due), self);
  g_signal_connect_swapped (atelier_run_record_get_history (record), "notify::n-test-looks",
                            G_CALLBACK (set_due), self);
  set_due (self);
}

static void
keep (AtelierLibraryRecorder *self,
      AtelierModel           *model)
{
  g_clear_pointer (&self->newest, atelier_model_unref);
  self->newest = atelier_model_ref (model);
}

/* @model: NULL where memory was short. */
static void
on_epoch_finished_cb (AtelierLibraryRecorder *self,
                      AtelierEpoch           *epoch,
                      AtelierModel           *model)
{
  AtelierModel *best = atelier_trainer_get_best_model (self->trainer);

  if (self->record == NULL)
    return;
  if (model != NULL)
    keep (self, model);
  if (best != NULL && best != self->best)
    {
      g_clear_pointer (&self->best, atelier_model_unref);
      self->best = atelier_model_ref (best);
      self->has_new_best = TRUE;
    }
  set_due (self);
}

/* At a pause and at the end, models have their training state as well. */
static void
on_model_notify_cb (AtelierLibraryRecorder *self)
{
  AtelierModel *model = atelier_trainer_get_model (self->trainer);

  if (self->record == NULL || model == NULL || atelier_model_get_state (model) == NULL)
    return;
  keep (self, model);
  set_due (self);
}

static void
on_state_notify_cb (AtelierLibraryRecorder *self)
{
  on_record_notify_cb (self);
  if (self->record != NULL)
    self->state = read_state (self->trainer);
  if (self->record != NULL && self->state != ATELIER_LIBRARY_RUNNING)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      set_due (self);
    }
}

/* ---- The object ---- */

static void
atelier_library_recorder_dispose (GObject *object)
{
  AtelierLibraryRecorder *self = ATELIER_LIBRARY_RECORDER (object);

  forget_run (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->trainer != NULL)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->trainer);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (atelier_library_recorder_parent_class)->dispose (object);
}

static void
atelier_library_recorder_finalize (GObject *object)
{
  AtelierLibraryRecorder *self = ATELIER_LIBRARY_RECORDER (object);

  g_free (self->going_on);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (atelier_library_recorder_parent_class)->finalize (object);
}

static void
atelier_library_recorder_class_init (AtelierLibraryRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_library_recorder_dispose;
  G_OBJECT_CLASS (klass)->finalize = atelier_library_recorder_finalize;
}

static void
atelier_library_recorder_init (AtelierLibraryRecorder *self)
{
  self->begun_us = g_get_monotonic_time () - INTERVAL_US;
}

AtelierLibraryRecorder *
atelier_library_recorder_new (AtelierLibrary *library,
                              AtelierTrainer *trainer)
{
  AtelierLibraryRecorder *self = g_object_new (ATELIER_TYPE_LIBRARY_RECORDER, NULL);

  self->library = g_object_ref (library);
  self->trainer = g_object_ref (trainer);
  atelier_trainer_set_keeps_state (trainer, TRUE);
  g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (on_state_notify_cb), self);
  g_signal_connect_swapped (trainer, "notify::record", G_CALLBACK (on_record_notify_cb), self);
  g_signal_connect_swapped (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), self);
  g_signal_connect_swapped (trainer, "notify::model", G_CALLBACK (on_model_notify_cb), self);
  return self;
}

void
atelier_library_recorder_set_going_on (AtelierLibraryRecorder *self,
                                       const char             *id)
{
  g_return_if_fail (ATELIER_IS_LIBRARY_RECORDER (self));

  g_free (self->going_on);
  self->going_on = g_strdup (id);
}

const char *
atelier_library_recorder_get_id (AtelierLibraryRecorder *self)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RECORDER (self), NULL);

  return self->id;
}

gboolean
atelier_library_recorder_flush (AtelierLibraryRecorder  *self,
                                GError                 **error)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RECORDER (self), FALSE);

  while (self->n_writing > 0)
    g_main_context_iteration (NULL, TRUE);
  if (self->is_due && self->record != NULL)
    {
      write_now (self);
      while (self->n_writing > 0)
        g_main_context_iteration (NULL, TRUE);
    }
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}
