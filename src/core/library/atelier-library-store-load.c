/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run with all its figures, and its weights.
 *
 * What is read is checked as a file from somebody else would be: a history that is returned has
 * epochs that follow one another, batches without gaps, and predictions that fit the network.  A
 * run whose figures do not is an error that names the library; the others are not touched by it.
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "base/atelier-error.h"
#include "library/atelier-library-pack.h"
#include "library/atelier-library-store-private.h"
#include "library/atelier-library-weights.h"
#include "model/atelier-model-file.h"

static gboolean
fail_damaged (AtelierLibraryStore  *store,
              GError              **error)
{
  return atelier_library_sql_fail (store->sql, SQLITE_CORRUPT, error);
}

/* Whether a loop over rows came to their end. */
static gboolean
end_rows (GError  *step_error, /* transfer full, nullable */
          GError **error)
{
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

/* ---- Figures ---- */

/* Predictions of an epoch and a split.  FALSE where they could not be read; @predictions stays NULL
 * where there are none. */
static gboolean
load_predictions (AtelierLibraryStore  *store,
                  const char           *id,
                  guint                 epoch,
                  AtelierSplit          split,
                  AtelierLibraryImages *images,
                  char                **images_hash,
                  AtelierPredictions  **predictions,
                  GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row = atelier_library_sql_prepare (
    store->sql, error,
    "SELECT p.data, i.hash, i.is_sample, i.n_classes, i.n, i.labels, i.pictures"
    " FROM predictions AS p JOIN images AS i ON i.hash = p.images"
    " WHERE run = ? AND epoch = ? AND p.split = ? AND i.split = p.split",
    "sii", id, (gint64) epoch, (gint64) split);
  g_autoptr (GBytes) data = NULL;
  GError *step_error = NULL;
  const char *hash;

  if (row == NULL)
    return FALSE;
  if (!atelier_library_sql_step (store->sql, row, &step_error))
    return end_rows (step_error, error);
  hash = atelier_library_column_text (row, 1);
  /* Nearly always those of the epoch before, whose labels and pictures are then shared. */
  if (g_strcmp0 (*images_hash, hash) != 0)
    {
      g_autoptr (GBytes) labels = atelier_library_column_bytes (row, 5);
      g_autoptr (GBytes) pictures = atelier_library_column_bytes (row, 6);

      atelier_library_images_clear (images);
      images->split = split;
      images->is_sample = sqlite3_column_int (row, 2) != 0;
      images->n_classes = atelier_library_column_count (row, 3, G_MAXUINT);
      g_clear_pointer (images_hash, g_free);
      if (!atelier_library_images_unpack (images, labels, pictures,
                                          atelier_library_column_count (row, 4, 1u << 30),
                                          store->sql->path, error))
        return FALSE;
      *images_hash = g_strdup (hash);
    }
  data = atelier_library_column_bytes (row, 0);
  *predictions = atelier_library_unpack_predictions (data, images, store->sql->path, error);
  return *predictions != NULL;
}

static void
read_figures (AtelierEpochFigures     *figures,
              AtelierLibraryStatement *row)
{
  *figures = (AtelierEpochFigures) {
    .epoch = atelier_library_column_count (row, 0, G_MAXUINT),
    .loss = atelier_library_column_real (row, 1),
    .accuracy = atelier_library_column_real (row, 2),
    .penalty = atelier_library_column_real (row, 3),
    .objective = atelier_library_column_real (row, 4),
    .train_eval_loss = atelier_library_column_real (row, 5),
    .train_eval_accuracy = atelier_library_column_real (row, 6),
    .validation_loss = atelier_library_column_real (row, 7),
    .validation_accuracy = atelier_library_column_real (row, 8),
    .seconds = atelier_library_column_real (row, 9),
    .images_per_second = atelier_library_column_real (row, 10),
    .elapsed_seconds = atelier_library_column_real (row, 11),
  };
}

/* What epochs that follow each other share, for each split. */
typedef struct
{
  AtelierLibraryImages images[ATELIER_N_SPLITS];
  char *hashes[ATELIER_N_SPLITS]; /* Owned */
} Shared;

static void
clear_shared (Shared *shared)
{
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    {
      atelier_library_images_clear (&shared->images[i]);
      g_free (shared->hashes[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shared, clear_shared)

static gboolean
fits_network (AtelierPredictions *predictions, /* nullable */
              guint               n_classes)
{
  return predictions == NULL || atelier_predictions_get_n_classes (predictions) == n_classes;
}

/* NULL with @error.  Transfer full. */
static AtelierEpoch *
load_epoch (AtelierLibraryStore        *store,
            const char                 *id,
            const AtelierEpochFigures  *figures,
            guint                       n_classes,
            Shared                     *shared,
            GError                    **error)
{
  g_autoptr (AtelierPredictions) validation = NULL;
  g_autoptr (AtelierPredictions) training = NULL;

  if (!load_predictions (store, id, figures->epoch, ATELIER_SPLIT_VALIDATION,
                         &shared->images[ATELIER_SPLIT_VALIDATION],
                         &shared->hashes[ATELIER_SPLIT_VALIDATION], &validation, error)
      || !load_predictions (store, id, figures->epoch, ATELIER_SPLIT_TRAIN,
                            &shared->images[ATELIER_SPLIT_TRAIN],
                            &shared->hashes[ATELIER_SPLIT_TRAIN], &training, error))
    return NULL;
  if (fits_network (validation, n_classes) && fits_network (training, n_classes))
    return atelier_epoch_new (figures, validation, training);
  fail_damaged (store, error);
  return NULL;
}

static gboolean
load_epochs (AtelierLibraryStore  *store,
             const char           *id,
             guint                 n_classes,
             AtelierHistory       *history,
             GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row = atelier_library_sql_prepare (
    store->sql, error,
    "SELECT epoch, loss, accuracy, penalty, objective, train_eval_loss, train_eval_accuracy,"
    " validation_loss, validation_accuracy, seconds, images_per_second, elapsed_seconds"
    " FROM epochs WHERE run = ? ORDER BY epoch",
    "s", id);
  g_autoptr (GPtrArray) epochs = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (Shared) shared = { 0 };
  GError *step_error = NULL;
  guint before = 0;

  if (row == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, row, &step_error))
    {
      AtelierEpochFigures figures;
      AtelierEpoch *epoch;

      read_figures (&figures, row);
      if (figures.epoch < 1 || (before > 0 && figures.epoch != before + 1))
        return fail_damaged (store, error);
      epoch = load_epoch (store, id, &figures, n_classes, &shared, error);
      if (epoch == NULL)
        return FALSE;
      g_ptr_array_add (epochs, epoch);
      before = figures.epoch;
    }
  if (epochs->len > 0)
    atelier_history_append_epochs (history, (AtelierEpoch **) epochs->pdata, epochs->len);
  return end_rows (step_error, error);
}

static gboolean
load_batches (AtelierLibraryStore  *store,
              const char           *id,
              AtelierHistory       *history,
              GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT first, n, data FROM batches WHERE run = ?"
                                 " ORDER BY first",
                                 "s", id);
  GError *step_error = NULL;
  gint64 next = -1;

  if (row == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, row, &step_error))
    {
      const gint64 first = sqlite3_column_int64 (row, 0);
      const guint n = atelier_library_column_count (row, 1, G_MAXINT32);
      g_autoptr (GBytes) packed = atelier_library_column_bytes (row, 2);
      g_autofree float *values = NULL;

      if (first < 0 || first > G_MAXINT32 || (next >= 0 && first != next))
        return fail_damaged (store, error);
      values = atelier_library_unpack_floats (packed, 3 * (gsize) n, store->sql->path, error);
      if (values == NULL)
        return FALSE;
      if (next < 0)
        atelier_history_set_first_batch (history, (guint) first);
      atelier_history_append_batches (history, values, values + n, values + 2 * (gsize) n, n);
      next = first + n;
    }
  return end_rows (step_error, error);
}

static gboolean
load_looks (AtelierLibraryStore  *store,
            const char           *id,
            AtelierHistory       *history,
            GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT epoch, loss, accuracy, weights FROM looks WHERE run = ?"
                                 " ORDER BY number",
                                 "s", id);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, row, &step_error))
    atelier_history_add_test_look (
      history, &(AtelierTestLook) {
                 .epoch = atelier_library_column_count (row, 0, G_MAXUINT),
                 .weights = atelier_library_column_count (row, 3, ATELIER_N_WEIGHTS - 1),
                 .loss = atelier_library_column_real (row, 1),
                 .accuracy = atelier_library_column_real (row, 2),
               });
  return end_rows (step_error, error);
}

static gboolean
load_marks (AtelierLibraryStore  *store,
            const char           *id,
            AtelierRunRecord     *record,
            GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT batch, member, old, new FROM marks WHERE run = ?"
                                 " ORDER BY batch, number",
                                 "s", id);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, row, &step_error))
    {
      const AtelierMark mark = {
        .batch = (guint64) MAX (sqlite3_column_int64 (row, 0), 0),
        .member = atelier_library_column_text (row, 1),
        .from = atelier_library_column_text (row, 2),
        .to = atelier_library_column_text (row, 3),
      };

      atelier_run_record_add_mark (record, &mark);
    }
  return end_rows (step_error, error);
}

/* ---- The record ---- */

static AtelierRecipe *
parse_recipe (const char  *text,
              const char  *origin,
              GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, error);

  return node != NULL ? atelier_recipe_from_json (node, origin, error) : NULL;
}

static gboolean
load_history (AtelierLibraryStore  *store,
              const char           *id,
              AtelierNetwork       *network,
              AtelierHistory       *history,
              GError              **error)
{
  return load_epochs (store, id, atelier_network_get_n_classes (network), history, error)
         && load_batches (store, id, history, error)
         && load_looks (store, id, history, error);
}

/* @row: of the query in load_record ().  Transfer full. */
/* Transfer full; NULL: not known. */
static GDateTime *
make_time (gint64 us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);

  return second != NULL ? g_date_time_add (second, us % G_USEC_PER_SEC) : NULL;
}

static AtelierRunRecord *
make_record (AtelierLibraryStore      *store,
             AtelierLibraryStatement  *row,
             GError                  **error)
{
  const char *id = atelier_library_column_text (row, 0);
  const char *parent = atelier_library_column_text (row, 6);
  const char *isa = atelier_library_column_text (row, 9);
  g_autoptr (GDateTime) started = make_time (sqlite3_column_int64 (row, 12));
  g_autoptr (AtelierNetwork) network =
    atelier_network_from_json (atelier_library_column_text (row, 2), -1, store->sql->path, error);
  g_autoptr (AtelierRecipe) recipe =
    network != NULL
      ? parse_recipe (atelier_library_column_text (row, 3), store->sql->path, error)
      : NULL;
  g_autoptr (AtelierHistory) history = NULL;
  g_autoptr (AtelierRunRecord) record = NULL;

  if (recipe == NULL)
    return NULL;
  history = atelier_history_new (MAX (atelier_library_column_count (row, 10, G_MAXINT32), 1),
                                 atelier_library_column_count (row, 11, G_MAXINT32));
  atelier_history_set_judged_by (history, atelier_recipe_get_values (recipe)->judged_by);
  if (!load_history (store, id, network, history, error))
    return NULL;
  record = atelier_run_record_new (&(AtelierRunRecordParts) {
    .id = id,
    .name = atelier_library_column_text (row, 1),
    .parent = *parent != '\0' ? parent : NULL,
    .parent_epoch = atelier_library_column_count (row, 7, G_MAXUINT),
    .network = network,
    .recipe = recipe,
    .dataset_name = atelier_library_column_text (row, 4),
    .dataset_sha256 = atelier_library_column_text (row, 5),
    .history = history,
    .circumstances = {
      .started_at = started,
      .host = atelier_library_column_text (row, 8),
      .isa = *isa != '\0' ? isa : NULL,
      .n_threads = atelier_library_column_count (row, 13, G_MAXUINT),
    },
  });
  return load_marks (store, id, record, error) ? g_steal_pointer (&record) : NULL;
}

static gboolean
fail_unknown (const char  *id,
              GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
               /* Translators: the id of a run, or its start */
               _("There is no run “%s” in the library"), id);
  return FALSE;
}

/* The next opening looks at all pages. */
static void
note_damage (AtelierLibraryStore *store,
             const GError        *error)
{
  g_autofree char *path = g_build_filename (store->folder, "check", NULL);

  if (store->use != NULL && atelier_library_sql_is_damage (error))
    g_close (g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600), NULL);
}

AtelierRunRecord *
atelier_library_store_load_record (AtelierLibraryStore  *store,
                                   const char           *id,
                                   GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row = atelier_library_sql_prepare (
    store->sql, error,
    "SELECT id, name, network, recipe, dataset_name, dataset_sha256, parent, parent_epoch, host,"
    " isa, batches_per_epoch, n_epochs_planned, started_us, n_threads FROM runs WHERE id = ?",
    "s", id);
  g_autoptr (AtelierRunRecord) record = NULL;
  g_autoptr (GError) load_error = NULL;

  if (row == NULL)
    return NULL;
  if (atelier_library_sql_step (store->sql, row, &load_error))
    record = make_record (store, row, &load_error);
  else if (load_error == NULL)
    fail_unknown (id, &load_error);
  if (record != NULL)
    return g_steal_pointer (&record);
  note_damage (store, load_error);
  g_propagate_error (error, g_steal_pointer (&load_error));
  return NULL;
}

/* ---- Weights ---- */

#define NEWEST_FIRST " ORDER BY w.epoch DESC, w.n_batches DESC, w.has_state DESC"

/* In the order of AtelierLibraryWeights; the first row is the one. */
static const char * const choices[] = {
  /* Best: whole epochs before parts of the next one, then what is there. */
  "SELECT w.hash FROM weights AS w JOIN runs ON run = id WHERE id = ?1"
  " ORDER BY w.epoch = best_epoch AND w.n_batches = 0 DESC, w.epoch = best_epoch DESC,"
  " w.epoch DESC, w.n_batches DESC, w.has_state",
  "SELECT w.hash FROM weights AS w WHERE run = ?1" NEWEST_FIRST,
  "SELECT w.hash FROM weights AS w WHERE run = ?1 AND has_state" NEWEST_FIRST,
  "SELECT w.hash FROM weights AS w WHERE run = ?1 AND epoch = ?2"
  " ORDER BY n_batches, has_state",
};

AtelierModel *
atelier_library_store_load_model (AtelierLibraryStore    *store,
                                  const char             *id,
                                  AtelierLibraryWeights   which,
                                  guint                   epoch,
                                  GError                **error)
{
  g_autoptr (AtelierLibraryStatement) row = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *step_error = NULL;
  const char *hash;

  g_return_val_if_fail (which < G_N_ELEMENTS (choices), NULL);

  row = which == ATELIER_LIBRARY_EPOCH
          ? atelier_library_sql_prepare (store->sql, error, choices[which], "si", id,
                                         (gint64) epoch)
          : atelier_library_sql_prepare (store->sql, error, choices[which], "s", id);
  if (row == NULL)
    return NULL;
  if (!atelier_library_sql_step (store->sql, row, &step_error))
    {
      if (end_rows (step_error, error))
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                     /* Translators: the id of a run */
                     _("The library does not keep such weights of the run “%s”"), id);
      return NULL;
    }
  hash = atelier_library_column_text (row, 0);
  bytes = atelier_library_weights_read (store->folder, hash, error);
  return bytes != NULL ? atelier_model_file_from_bytes (bytes, hash, error) : NULL;
}

GArray *
atelier_library_store_list_epochs (AtelierLibraryStore  *store,
                                   const char           *id,
                                   GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT DISTINCT epoch FROM weights WHERE run = ?"
                                 " ORDER BY epoch",
                                 "s", id);
  g_autoptr (GArray) epochs = g_array_new (FALSE, FALSE, sizeof (guint));
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;
  while (atelier_library_sql_step (store->sql, row, &step_error))
    {
      guint epoch = atelier_library_column_count (row, 0, G_MAXUINT);

      g_array_append_val (epochs, epoch);
    }
  return end_rows (step_error, error) ? g_steal_pointer (&epochs) : NULL;
}
