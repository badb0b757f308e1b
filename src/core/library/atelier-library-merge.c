/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joining is exact: keys are what things are, so rows are copied as they are.  It can be repeated:
 * what is equal changes nothing.  Of two histories of the same run one is the beginning of the
 * other, or they have parted; then the longer one is kept whole, never a mixture.
 */

#include "config.h"

#include "library/atelier-library-merge.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "library/atelier-library-run.h"

#define EDITED "name, note, is_starred, group_id, trashed_us, edited_us"

/* What is of a run and hangs on nothing else, in an order that foreign keys allow. */
static const char * const copies[] = {
  "INSERT OR IGNORE INTO main.images SELECT * FROM other.images WHERE hash IN"
  "  (SELECT images FROM other.predictions WHERE run = ?)",
  "INSERT INTO main.runs SELECT * FROM other.runs WHERE id = ?",
  "INSERT INTO main.epochs SELECT * FROM other.epochs WHERE run = ?",
  "INSERT INTO main.batches SELECT * FROM other.batches WHERE run = ?",
  "INSERT INTO main.predictions SELECT * FROM other.predictions WHERE run = ?",
  "INSERT INTO main.looks SELECT * FROM other.looks WHERE run = ?",
  "INSERT INTO main.marks SELECT * FROM other.marks WHERE run = ?",
};

gboolean
atelier_library_merge_attach (AtelierLibrarySql  *sql,
                              const char         *path,
                              GError            **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *shared = uri != NULL ? g_strconcat (uri, "?mode=ro", NULL) : NULL;
  g_autofree char *still = uri != NULL ? g_strconcat (uri, "?mode=ro&immutable=1", NULL) : NULL;
  gint64 n;

  if (uri == NULL)
    return FALSE;
  /* In a folder where nothing can be created, a database with a write-ahead log opens only as one
   * that nobody changes. */
  if (atelier_library_sql_run (sql, NULL, "ATTACH ? AS other", "s", shared))
    {
      if (atelier_library_sql_get_int (sql, 0, &n, NULL,
                                       "SELECT count (*) FROM other.sqlite_schema", ""))
        return TRUE;
      atelier_library_merge_detach (sql);
    }
  return atelier_library_sql_run (sql, error, "ATTACH ? AS other", "s", still);
}

void
atelier_library_merge_detach (AtelierLibrarySql *sql)
{
  atelier_library_sql_run (sql, NULL, "DETACH other", "");
}

GPtrArray *
atelier_library_merge_list (AtelierLibrarySql  *sql,
                            GError            **error)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (sql, error, "SELECT id FROM other.runs ORDER BY started_us, id",
                                 "");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GError *step_error = NULL;

  if (statement == NULL)
    return NULL;
  while (atelier_library_sql_step (sql, statement, &step_error))
    g_ptr_array_add (ids, g_strdup (atelier_library_column_text (statement, 0)));
  if (step_error != NULL)
    {
      g_propagate_error (error, step_error);
      return NULL;
    }
  return g_steal_pointer (&ids);
}

/* Keeps what "main" has of the run aside, in tables of this connection. */
static gboolean
put_aside (AtelierLibrarySql  *sql,
           const char         *id,
           GError            **error)
{
  return atelier_library_sql_exec (sql,
                                   "DROP TABLE IF EXISTS temp.old_run;"
                                   "DROP TABLE IF EXISTS temp.old_weights;"
                                   "CREATE TEMP TABLE old_run AS SELECT * FROM main.runs LIMIT 0;"
                                   "CREATE TEMP TABLE old_weights AS"
                                   "  SELECT * FROM main.weights LIMIT 0;",
                                   error)
         && atelier_library_sql_run (sql, error,
                                     "INSERT INTO temp.old_run SELECT * FROM main.runs"
                                     " WHERE id = ?",
                                     "s", id)
         && atelier_library_sql_run (sql, error,
                                     "INSERT INTO temp.old_weights SELECT * FROM main.weights"
                                     " WHERE run = ?",
                                     "s", id);
}

static gboolean
replace_run (AtelierLibrarySql  *sql,
             const char         *id,
             GError            **error)
{
  if (!put_aside (sql, id, error)
      || !atelier_library_sql_run (sql, error, "DELETE FROM main.runs WHERE id = ?", "s", id))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (!atelier_library_sql_run (sql, error, copies[i], "s", id))
      return FALSE;
  /* There it may be going on; here nobody trains it. */
  return atelier_library_sql_run (sql, error,
                                  "UPDATE main.runs SET state = ? WHERE id = ? AND state = ?",
                                  "isi", (gint64) ATELIER_LIBRARY_INTERRUPTED, id,
                                  (gint64) ATELIER_LIBRARY_RUNNING)
         && atelier_library_sql_run (sql, error,
                                     "INSERT OR IGNORE INTO main.weights"
                                     " SELECT * FROM temp.old_weights",
                                     "")
         && atelier_library_sql_run (sql, error,
                                     "UPDATE main.runs SET (" EDITED ") ="
                                     " (SELECT " EDITED " FROM temp.old_run)"
                                     " WHERE id = ? AND edited_us <"
                                     "   (SELECT max (edited_us) FROM temp.old_run)",
                                     "s", id);
}

static gboolean
take_edits (AtelierLibrarySql  *sql,
            const char         *id,
            GError            **error)
{
  return atelier_library_sql_run (sql, error,
                                  "UPDATE main.runs SET (" EDITED ") ="
                                  " (SELECT " EDITED " FROM other.runs AS o WHERE o.id = runs.id)"
                                  " WHERE id = ? AND edited_us <"
                                  "   (SELECT edited_us FROM other.runs AS o"
                                  "    WHERE o.id = runs.id)",
                                  "s", id);
}

static gboolean
take_weights (AtelierLibrarySql  *sql,
              const char         *id,
              GHashTable         *missing,
              GError            **error)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (sql, error,
                                 "SELECT epoch, n_batches, has_state, hash, size"
                                 " FROM other.weights WHERE run = ?",
                                 "s", id);
  GError *step_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (atelier_library_sql_step (sql, statement, &step_error))
    {
      const char *hash = atelier_library_column_text (statement, 3);

      if (missing != NULL && g_hash_table_contains (missing, hash))
        continue;
      if (!atelier_library_sql_run (sql, error,
                                    "INSERT OR IGNORE INTO main.weights VALUES (?, ?, ?, ?, ?, ?)",
                                    "siiisi", id, sqlite3_column_int64 (statement, 0),
                                    sqlite3_column_int64 (statement, 1),
                                    sqlite3_column_int64 (statement, 2), hash,
                                    sqlite3_column_int64 (statement, 4)))
        return FALSE;
    }
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

/* The run's history in "other" goes beyond that in "main", or the run is only there. */
#define IS_LONGER \
  "SELECT NOT EXISTS (SELECT 1 FROM main.runs WHERE id = ?1) OR" \
  " (SELECT (o.n_epochs, o.n_batches, o.updated_us) > (m.n_epochs, m.n_batches, m.updated_us)" \
  "  FROM other.runs AS o JOIN main.runs AS m USING (id) WHERE id = ?1)"

gboolean
atelier_library_merge_run (AtelierLibrarySql  *sql,
                           const char         *id,
                           GHashTable         *missing,
                           GError            **error)
{
  gint64 is_longer, is_going_on;

  if (!atelier_library_sql_get_int (sql, 0, &is_going_on, error,
                                    "SELECT count (*) FROM main.runs WHERE id = ? AND state = ?",
                                    "si", id, (gint64) ATELIER_LIBRARY_RUNNING)
      || !atelier_library_sql_get_int (sql, 0, &is_longer, error, IS_LONGER, "s", id))
    return FALSE;
  if (is_going_on)
    return TRUE;
  return (is_longer ? replace_run (sql, id, error) : take_edits (sql, id, error))
         && take_weights (sql, id, missing, error);
}
