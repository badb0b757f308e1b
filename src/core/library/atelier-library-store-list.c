/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of runs, and what a person changes in it. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "library/atelier-library-store-private.h"

/* ---- Listing ---- */

/* In the order of read_run (). */
#define COLUMNS \
  "id, name, note, is_starred, group_id, state, trashed_us IS NOT NULL, network_name," \
  " n_parameters, dataset_name, dataset_sha256, seed, parent, n_epochs, n_epochs_planned," \
  " best_epoch, best_accuracy, best_loss, newest_loss, n_validation, seconds, started_us, host," \
  " network, recipe," \
  " EXISTS (SELECT 1 FROM weights WHERE run = id AND has_state)," \
  " (SELECT count (*) FROM looks WHERE run = id)," \
  " (SELECT accuracy FROM looks WHERE run = id ORDER BY number DESC LIMIT 1)," \
  " (SELECT epoch FROM looks WHERE run = id ORDER BY number DESC LIMIT 1)," \
  " (SELECT total (size) FROM weights WHERE run = id)"

static void
read_what_it_is (AtelierLibraryRunValues *values,
                 AtelierLibraryStatement *row)
{
  values->id = atelier_library_column_text (row, 0);
  values->name = atelier_library_column_text (row, 1);
  values->note = atelier_library_column_text (row, 2);
  values->is_starred = sqlite3_column_int (row, 3) != 0;
  values->group = atelier_library_column_text (row, 4);
  values->state = (AtelierLibraryState) atelier_library_column_count (row, 5, 4);
  values->is_trashed = sqlite3_column_int (row, 6) != 0;
  values->network_name = atelier_library_column_text (row, 7);
  values->n_parameters = (guint64) MAX (sqlite3_column_int64 (row, 8), 0);
  values->dataset_name = atelier_library_column_text (row, 9);
  values->dataset_sha256 = atelier_library_column_text (row, 10);
  values->seed = (guint64) sqlite3_column_int64 (row, 11);
  values->parent = atelier_library_column_text (row, 12);
  values->started_at = sqlite3_column_int64 (row, 21);
  values->host = atelier_library_column_text (row, 22);
}

static void
read_figures (AtelierLibraryRunValues *values,
              AtelierLibraryStatement *row)
{
  values->n_epochs = atelier_library_column_count (row, 13, G_MAXUINT);
  values->n_epochs_planned = atelier_library_column_count (row, 14, G_MAXUINT);
  values->best_epoch = atelier_library_column_count (row, 15, G_MAXUINT);
  values->best_accuracy = atelier_library_column_real (row, 16);
  values->best_loss = atelier_library_column_real (row, 17);
  values->newest_loss = atelier_library_column_real (row, 18);
  values->n_validation = atelier_library_column_count (row, 19, G_MAXUINT);
  values->seconds = sqlite3_column_double (row, 20);
  values->can_go_on = sqlite3_column_int (row, 25) != 0;
  values->n_test_looks = atelier_library_column_count (row, 26, G_MAXUINT);
  values->test_accuracy = atelier_library_column_real (row, 27);
  values->test_epoch = atelier_library_column_count (row, 28, G_MAXUINT);
  values->n_bytes_weights = (guint64) MAX (sqlite3_column_double (row, 29), 0);
}

static AtelierLibraryRun *
read_run (AtelierLibraryStatement *row)
{
  AtelierLibraryRunValues values = { 0 };

  read_what_it_is (&values, row);
  read_figures (&values, row);
  return atelier_library_run_new (&values, atelier_library_column_text (row, 23),
                                  atelier_library_column_text (row, 24));
}

static gboolean
add_runs (AtelierLibraryStore      *store,
          GPtrArray                *runs,
          AtelierLibraryStatement  *statement, /* nullable */
          GError                  **error)
{
  GError *step_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, statement, &step_error))
    g_ptr_array_add (runs, read_run (statement));
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

static gboolean
add_run (AtelierLibraryStore  *store,
         GPtrArray            *runs,
         const char           *id,
         GError              **error)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (store->sql, error, "SELECT " COLUMNS " FROM runs WHERE id = ?",
                                 "s", id);

  return add_runs (store, runs, statement, error);
}

static gboolean
add_all (AtelierLibraryStore  *store,
         GPtrArray            *runs,
         gboolean              is_trash,
         GError              **error)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT " COLUMNS " FROM runs WHERE (trashed_us IS NOT NULL) = ?"
                                 " ORDER BY started_us DESC, id",
                                 "i", (gint64) (is_trash ? 1 : 0));

  return add_runs (store, runs, statement, error);
}

GPtrArray *
atelier_library_store_list (AtelierLibraryStore  *store,
                            const char * const   *ids,
                            gboolean              is_trash,
                            GError              **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  if (ids == NULL && !add_all (store, runs, is_trash, error))
    return NULL;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (!add_run (store, runs, ids[i], error))
      return NULL;
  return g_steal_pointer (&runs);
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

char *
atelier_library_store_find (AtelierLibraryStore  *store,
                            const char           *start,
                            GError              **error)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (store->sql, error,
                                 "SELECT id FROM runs WHERE substr (id, 1, length (?1)) = ?1"
                                 " ORDER BY id = ?1 DESC LIMIT 2",
                                 "s", start);
  g_autofree char *id = NULL;
  GError *step_error = NULL;

  if (statement == NULL)
    return NULL;
  if (*start != '\0' && atelier_library_sql_step (store->sql, statement, &step_error))
    id = g_strdup (atelier_library_column_text (statement, 0));
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  else if (id == NULL)
    fail_unknown (start, error);
  else if (g_str_equal (id, start) || !atelier_library_sql_step (store->sql, statement, NULL))
    return g_steal_pointer (&id);
  else
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 /* Translators: the start of the ids of runs */
                 _("Several runs begin with “%s”; write more of the one that is meant"), start);
  return NULL;
}

/* ---- Changing ---- */

gboolean
atelier_library_store_set (AtelierLibraryStore  *store,
                           const char           *id,
                           AtelierLibraryField   field,
                           const char           *value,
                           GError              **error)
{
  static const char * const columns[] = { "name", "note", "is_starred", "group_id" };
  g_autofree char *text =
    g_strdup_printf ("UPDATE runs SET %s = %s, edited_us = max (edited_us + 1, ?) WHERE id = ?",
                     columns[field],
                     field == ATELIER_LIBRARY_FIELD_STAR ? "CAST (? AS INTEGER)" : "?");

  if (!atelier_library_sql_run (store->sql, error, text, "sis", value, g_get_real_time (), id))
    return FALSE;
  return sqlite3_changes (store->sql->db) > 0 || fail_unknown (id, error);
}

static gboolean
trash_one (AtelierLibraryStore  *store,
           const char           *id,
           gboolean              is_trashed,
           GError              **error)
{
  const gint64 now = g_get_real_time ();
  gint64 state;

  if (!atelier_library_sql_get_int (store->sql, -1, &state, error,
                                    "SELECT state FROM runs WHERE id = ?", "s", id))
    return FALSE;
  if (state < 0)
    return fail_unknown (id, error);
  if (is_trashed && state == ATELIER_LIBRARY_RUNNING)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   /* Translators: the id of a run */
                   _("The run “%s” is still going on, and cannot be deleted"), id);
      return FALSE;
    }
  return atelier_library_sql_run (store->sql, error,
                                  is_trashed
                                    ? "UPDATE runs SET trashed_us = ifnull (trashed_us, ?1),"
                                      " edited_us = max (edited_us + 1, ?1) WHERE id = ?2"
                                    : "UPDATE runs SET trashed_us = NULL,"
                                      " edited_us = max (edited_us + 1, ?1) WHERE id = ?2",
                                  "is", now, id);
}

gboolean
atelier_library_store_trash (AtelierLibraryStore  *store,
                             const char * const   *ids,
                             gboolean              is_trashed,
                             GError              **error)
{
  gboolean is_done = TRUE;

  if (!atelier_library_sql_begin (store->sql, error))
    return FALSE;
  for (guint i = 0; ids[i] != NULL && is_done; i++)
    is_done = trash_one (store, ids[i], is_trashed, error);
  return atelier_library_sql_end (store->sql, is_done, error);
}

/* ---- Sizes ---- */

#define WEIGHTS_OF_HASH "SELECT hash, max (size) AS size FROM weights GROUP BY hash"

static gboolean
measure (AtelierLibraryStore  *store,
         guint64              *value,
         const char           *text,
         GError              **error)
{
  gint64 n;

  if (!atelier_library_sql_get_int (store->sql, 0, &n, error, text, ""))
    return FALSE;
  *value = (guint64) MAX (n, 0);
  return TRUE;
}

gboolean
atelier_library_store_measure (AtelierLibraryStore  *store,
                               AtelierLibrarySize   *size,
                               GError              **error)
{
  guint64 n_pages, page_size, n_runs, n_trashed;

  *size = (AtelierLibrarySize) { .limit = ATELIER_LIBRARY_DEFAULT_LIMIT };
  if (!measure (store, &n_pages, "PRAGMA page_count", error)
      || !measure (store, &page_size, "PRAGMA page_size", error)
      || !measure (store, &n_runs, "SELECT count (*) FROM runs WHERE trashed_us IS NULL", error)
      || !measure (store, &n_trashed, "SELECT count (*) FROM runs WHERE trashed_us IS NOT NULL",
                   error)
      || !measure (store, &size->weights, "SELECT sum (size) FROM (" WEIGHTS_OF_HASH ")", error)
      || !measure (store, &size->older_weights,
                   "SELECT sum (size) FROM (" WEIGHTS_OF_HASH ") WHERE hash NOT IN"
                   " (SELECT hash FROM weights JOIN runs ON run = id WHERE epoch = best_epoch"
                   "    OR (epoch, weights.n_batches) ="
                   "      (SELECT w.epoch, w.n_batches FROM weights AS w WHERE w.run = id"
                   "       ORDER BY w.epoch DESC, w.n_batches DESC LIMIT 1))",
                   error))
    return FALSE;
  size->figures = n_pages * page_size;
  size->n_runs = (guint) n_runs;
  size->n_trashed = (guint) n_trashed;
  return atelier_library_sql_get_int (store->sql, (gint64) ATELIER_LIBRARY_DEFAULT_LIMIT,
                                      (gint64 *) &size->limit, error,
                                      "SELECT value FROM settings WHERE key = ?", "s",
                                      ATELIER_LIBRARY_LIMIT_KEY);
}

gboolean
atelier_library_store_set_limit (AtelierLibraryStore  *store,
                                 guint64               n_bytes,
                                 GError              **error)
{
  return atelier_library_sql_run (store->sql, error,
                                  "INSERT INTO settings VALUES (?1, ?2)"
                                  " ON CONFLICT (key) DO UPDATE SET value = ?2",
                                  "si", ATELIER_LIBRARY_LIMIT_KEY,
                                  (gint64) MIN (n_bytes, G_MAXINT64));
}
