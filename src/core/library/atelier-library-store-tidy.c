/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes, and when.
 *
 * Figures stay for ever, and so do the weights of each run's best and newest epochs.  Where all
 * weights take more than the limit, those of older epochs go, of the run that was begun first
 * before others; and where that is not enough, the training states of runs that have finished give
 * way to their weights alone.  Files without a row are left of programs that were killed between a
 * file and its row.
 */

#include "config.h"

#include "base/atelier-error.h"
#include "library/atelier-library-store-private.h"
#include "library/atelier-library-weights.h"
#include "model/atelier-model-file.h"

/* The rows that may go: of neither the best nor the newest epoch. */
#define OLDER \
  "FROM weights JOIN runs ON run = id WHERE epoch <> best_epoch" \
  " AND (epoch, weights.n_batches) <>" \
  "   (SELECT w.epoch, w.n_batches FROM weights AS w WHERE w.run = id" \
  "    ORDER BY w.epoch DESC, w.n_batches DESC LIMIT 1)"

/* ---- Files without rows ---- */

/* With the lock for deleting held. */
static gboolean
delete_unnamed (AtelierLibraryStore  *store,
                GPtrArray            *hashes,
                GError              **error)
{
  for (guint i = 0; i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      gint64 n;

      if (!atelier_library_sql_get_int (store->sql, 0, &n, error,
                                        "SELECT count (*) FROM weights WHERE hash = ?", "s", hash))
        return FALSE;
      if (n == 0)
        atelier_library_weights_delete (store->folder, hash);
    }
  return TRUE;
}

static gboolean
delete_all_unnamed (AtelierLibraryStore  *store,
                    GError              **error)
{
  g_autoptr (AtelierLibraryClaim) lock =
    atelier_library_weights_lock (store->folder, TRUE, error);
  g_autoptr (GPtrArray) hashes = NULL;

  if (lock == NULL)
    return FALSE;
  hashes = atelier_library_weights_list (store->folder);
  return delete_unnamed (store, hashes, error);
}

/* ---- The limit ---- */

static gboolean
is_over (AtelierLibraryStore  *store,
         gboolean             *is_over_limit,
         GError              **error)
{
  AtelierLibrarySize size;

  if (!atelier_library_store_measure (store, &size, error))
    return FALSE;
  *is_over_limit = size.limit > 0 && size.weights > size.limit;
  return TRUE;
}

/* Deletes the row that should go first.  FALSE where there is none, or it failed. */
static gboolean
delete_oldest (AtelierLibraryStore  *store,
               GError              **error)
{
  return atelier_library_sql_run (store->sql, error,
                                  "DELETE FROM weights WHERE (run, epoch, n_batches, has_state) ="
                                  " (SELECT run, epoch, weights.n_batches, has_state " OLDER
                                  "  ORDER BY started_us, run, epoch, weights.n_batches LIMIT 1)",
                                  "")
         && sqlite3_changes (store->sql->db) > 0;
}

/* Puts weights alone in the place of a finished run's training state. */
static gboolean
drop_state (AtelierLibraryStore      *store,
            AtelierLibraryStatement  *row,
            GError                  **error)
{
  const char *id = atelier_library_column_text (row, 0);
  const char *old = atelier_library_column_text (row, 3);
  g_autoptr (GBytes) bytes = atelier_library_weights_read (store->folder, old, error);
  g_autoptr (AtelierModel) model =
    bytes != NULL ? atelier_model_file_from_bytes (bytes, old, error) : NULL;
  g_autoptr (AtelierModel) plain = model != NULL ? atelier_model_drop_state (model) : NULL;
  g_autoptr (GBytes) smaller = plain != NULL ? atelier_model_file_to_bytes (plain) : NULL;
  g_autofree char *hash = NULL;

  return smaller != NULL && atelier_library_weights_write (store->folder, smaller, &hash, error)
         && atelier_library_sql_run (store->sql, error,
                                     "UPDATE OR REPLACE weights SET has_state = 0, hash = ?,"
                                     " size = ? WHERE run = ? AND epoch = ? AND n_batches = ?"
                                     " AND has_state",
                                     "sisii", hash, (gint64) g_bytes_get_size (smaller), id,
                                     sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2));
}

/* FALSE where there is none, or it failed. */
static gboolean
drop_oldest_state (AtelierLibraryStore  *store,
                   GError              **error)
{
  g_autoptr (AtelierLibraryStatement) row = atelier_library_sql_prepare (
    store->sql, error,
    "SELECT run, epoch, weights.n_batches, hash FROM weights JOIN runs ON run = id"
    " WHERE has_state AND state = ? AND weights.n_batches = 0 ORDER BY started_us, run LIMIT 1",
    "i", (gint64) ATELIER_LIBRARY_FINISHED);

  return row != NULL && atelier_library_sql_step (store->sql, row, error)
         && drop_state (store, row, error);
}

/* With the lock for writing held: files are written before their rows, and deleted after. */
static gboolean
shrink (AtelierLibraryStore  *store,
        gboolean             *has_changed,
        GError              **error)
{
  g_autoptr (AtelierLibraryClaim) lock =
    atelier_library_weights_lock (store->folder, FALSE, error);
  gboolean is_too_large;
  GError *row_error = NULL;

  if (lock == NULL)
    return FALSE;
  while (is_over (store, &is_too_large, error) && is_too_large)
    {
      if (!delete_oldest (store, &row_error)
          && (row_error != NULL || !drop_oldest_state (store, &row_error)))
        break;
      *has_changed = TRUE;
    }
  if (row_error != NULL)
    g_propagate_error (error, row_error);
  return row_error == NULL;
}

gboolean
atelier_library_store_tidy (AtelierLibraryStore  *store,
                            GError              **error)
{
  gboolean has_changed = FALSE;

  if (store->is_read_only)
    return TRUE;
  return shrink (store, &has_changed, error) && delete_all_unnamed (store, error)
         && atelier_library_sql_exec (store->sql, "PRAGMA incremental_vacuum", error);
}

/* ---- The trash ---- */

static gboolean
delete_trashed (AtelierLibraryStore  *store,
                guint                *n_runs,
                GError              **error)
{
  if (!atelier_library_sql_run (store->sql, error,
                                "DELETE FROM runs WHERE trashed_us IS NOT NULL", ""))
    return FALSE;
  *n_runs = (guint) sqlite3_changes (store->sql->db);
  return atelier_library_sql_run (store->sql, error,
                                  "DELETE FROM images WHERE hash NOT IN"
                                  " (SELECT images FROM predictions)",
                                  "");
}

gboolean
atelier_library_store_empty_trash (AtelierLibraryStore  *store,
                                   guint                *n_runs,
                                   GError              **error)
{
  guint n = 0;

  if (!atelier_library_sql_begin (store->sql, error)
      || !atelier_library_sql_end (store->sql, delete_trashed (store, &n, error), error))
    return FALSE;
  if (n_runs != NULL)
    *n_runs = n;
  return atelier_library_store_tidy (store, error);
}
