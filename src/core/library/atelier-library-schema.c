/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables.
 *
 * A run's row has what a table of runs shows, so that a thousand runs are listed without their
 * figures; what follows from figures (best epoch, seconds) is brought up to date in the transaction
 * that writes them.  All else hangs on it and goes with it.  Keys are what things are (ids, hashes,
 * numbers of epochs) and never counters, so that two libraries are joined by copying rows.
 *
 * Tables are STRICT: each value has its column's type, whoever wrote the file.  A file with an
 * exported run has the same tables; its model files lie in pieces in "files", which is empty in a
 * library.
 */

#include "config.h"

#include "library/atelier-library-schema.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"

/* "AtLb" */
#define APPLICATION_ID 0x41744c62

#define HASH_CHECK "CHECK (length (hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')"

static const char version_1[] =
  "CREATE TABLE runs ("
  "  id TEXT PRIMARY KEY NOT NULL"
  "    CHECK (length (id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^0-9a-zA-Z-]*'),"
  "  name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', is_starred INTEGER NOT NULL DEFAULT 0,"
  "  group_id TEXT NOT NULL DEFAULT '',"
  "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),"
  "  trashed_us INTEGER,"           /* NULL: not in the trash */
  "  edited_us INTEGER NOT NULL,"   /* when name, note, star, group or trash were changed */
  "  updated_us INTEGER NOT NULL,"  /* when figures were written */
  "  started_us INTEGER NOT NULL,"
  "  network TEXT NOT NULL, recipe TEXT NOT NULL," /* JSON */
  "  network_name TEXT NOT NULL, n_parameters INTEGER NOT NULL,"
  "  seed INTEGER NOT NULL, judged_by_accuracy INTEGER NOT NULL,"
  "  dataset_name TEXT NOT NULL, dataset_sha256 TEXT NOT NULL,"
  "  parent TEXT NOT NULL DEFAULT '', parent_epoch INTEGER NOT NULL DEFAULT 0,"
  "  host TEXT NOT NULL DEFAULT '', isa TEXT NOT NULL DEFAULT '',"
  "  n_threads INTEGER NOT NULL DEFAULT 0,"
  "  batches_per_epoch INTEGER NOT NULL, n_epochs_planned INTEGER NOT NULL,"
  "  base_seconds REAL NOT NULL DEFAULT 0, base_elapsed REAL NOT NULL DEFAULT 0,"
  /* From the figures: */
  "  n_epochs INTEGER NOT NULL DEFAULT 0, n_batches INTEGER NOT NULL DEFAULT 0,"
  "  best_epoch INTEGER NOT NULL DEFAULT 0, best_accuracy REAL, best_loss REAL,"
  "  newest_loss REAL, n_validation INTEGER NOT NULL DEFAULT 0,"
  "  seconds REAL NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE TABLE epochs ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, epoch INTEGER NOT NULL,"
  "  loss REAL, accuracy REAL, penalty REAL, objective REAL, train_eval_loss REAL,"
  "  train_eval_accuracy REAL, validation_loss REAL, validation_accuracy REAL, seconds REAL,"
  "  images_per_second REAL, elapsed_seconds REAL,"
  "  PRIMARY KEY (run, epoch)"
  ") STRICT, WITHOUT ROWID;"
  /* Packed floats [3, n]: losses, accuracies, seconds of batches first, first + 1... */
  "CREATE TABLE batches ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  "  first INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL,"
  "  PRIMARY KEY (run, first)"
  ") STRICT;"
  /* Labels and pictures that predictions share. */
  "CREATE TABLE images ("
  "  hash TEXT PRIMARY KEY NOT NULL " HASH_CHECK ","
  "  split INTEGER NOT NULL, is_sample INTEGER NOT NULL, n_classes INTEGER NOT NULL,"
  "  n INTEGER NOT NULL, labels BLOB NOT NULL, pictures BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE predictions ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  "  epoch INTEGER NOT NULL, split INTEGER NOT NULL,"
  "  images TEXT NOT NULL REFERENCES images (hash), data BLOB NOT NULL,"
  "  PRIMARY KEY (run, epoch, split)"
  ") STRICT;"
  "CREATE INDEX predictions_images ON predictions (images);"
  "CREATE TABLE looks ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
  "  epoch INTEGER NOT NULL, loss REAL, accuracy REAL, weights INTEGER NOT NULL,"
  "  PRIMARY KEY (run, number)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE marks ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
  "  batch INTEGER NOT NULL, member TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,"
  "  PRIMARY KEY (run, number)"
  ") STRICT, WITHOUT ROWID;"
  /* Of finished epochs and so many batches of the next. */
  "CREATE TABLE weights ("
  "  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  "  epoch INTEGER NOT NULL, n_batches INTEGER NOT NULL, has_state INTEGER NOT NULL,"
  "  hash TEXT NOT NULL " HASH_CHECK ", size INTEGER NOT NULL,"
  "  PRIMARY KEY (run, epoch, n_batches, has_state)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX weights_hash ON weights (hash);"
  "CREATE TABLE files ("
  "  hash TEXT NOT NULL " HASH_CHECK ", piece INTEGER NOT NULL, data BLOB NOT NULL,"
  "  PRIMARY KEY (hash, piece)"
  ") STRICT;"
  "CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) STRICT;";

static const char * const steps[] = { version_1 };

const AtelierLibrarySchema *
atelier_library_schema_get (void)
{
  static const AtelierLibrarySchema schema = { steps, G_N_ELEMENTS (steps) };

  return &schema;
}

static gboolean
fail_foreign (AtelierLibrarySql  *sql,
              GError            **error)
{
  g_autofree char *shown = g_filename_display_name (sql->path);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               /* Translators: a file */
               _("“%s” is not a library of runs, but a database of another program"), shown);
  return FALSE;
}

gboolean
atelier_library_schema_read_version (AtelierLibrarySql           *sql,
                                     const AtelierLibrarySchema  *schema,
                                     guint                       *version,
                                     GError                     **error)
{
  gint64 found, id, n_tables;
  g_autofree char *shown = NULL;

  if (!atelier_library_sql_get_int (sql, 0, &n_tables, error,
                                    "SELECT count (*) FROM sqlite_schema", "")
      || !atelier_library_sql_get_int (sql, 0, &found, error, "PRAGMA user_version", "")
      || !atelier_library_sql_get_int (sql, 0, &id, error, "PRAGMA application_id", ""))
    return FALSE;
  if (found < 0 || id != (n_tables > 0 ? APPLICATION_ID : 0) || (n_tables == 0) != (found == 0))
    return fail_foreign (sql, error);
  if (found > (gint64) schema->n_steps)
    {
      shown = g_filename_display_name (sql->path);
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   /* Translators: a file, and two numbers */
                   _("The library of runs “%s” is of version %d, and this program knows versions "
                     "up to %u; a newer program has to open it, and it was not changed"),
                   shown, (int) found, schema->n_steps);
      return FALSE;
    }
  *version = (guint) found;
  return TRUE;
}

static gboolean
take_steps (AtelierLibrarySql           *sql,
            const AtelierLibrarySchema  *schema,
            GError                     **error)
{
  g_autofree char *end = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                          APPLICATION_ID, schema->n_steps);
  guint version;

  /* Read again: another program may have done it meanwhile. */
  if (!atelier_library_schema_read_version (sql, schema, &version, error))
    return FALSE;
  for (guint i = version; i < schema->n_steps; i++)
    if (!atelier_library_sql_exec (sql, schema->steps[i], error))
      return FALSE;
  return version == schema->n_steps || atelier_library_sql_exec (sql, end, error);
}

gboolean
atelier_library_schema_bring_up (AtelierLibrarySql           *sql,
                                 const AtelierLibrarySchema  *schema,
                                 GError                     **error)
{
  if (!atelier_library_sql_begin (sql, error))
    return FALSE;
  return atelier_library_sql_end (sql, take_steps (sql, schema, error), error);
}

/* All tables and indices, as text; transfer full. */
static char *
describe (AtelierLibrarySql  *sql,
          const char         *name,
          GError            **error)
{
  g_autofree char *query =
    g_strdup_printf ("SELECT type || ' ' || name || ' ' || coalesce (sql, '') "
                     "FROM %s.sqlite_schema ORDER BY type, name", name);
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (sql, error, query, "");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) step_error = NULL;

  if (statement == NULL)
    return NULL;
  while (atelier_library_sql_step (sql, statement, &step_error))
    g_string_append_printf (text, "%s\n", atelier_library_column_text (statement, 0));
  if (step_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_pages (AtelierLibrarySql  *sql,
             const char         *name,
             GError            **error)
{
  g_autofree char *query = g_strdup_printf ("PRAGMA %s.quick_check (1)", name);
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (sql, error, query, "");

  if (statement == NULL || !atelier_library_sql_step (sql, statement, error))
    return FALSE;
  return g_str_equal (atelier_library_column_text (statement, 0), "ok")
         || atelier_library_sql_fail (sql, SQLITE_CORRUPT, error);
}

gboolean
atelier_library_schema_check (AtelierLibrarySql  *sql,
                              const char         *name,
                              const char         *path,
                              GError            **error)
{
  g_autoptr (AtelierLibrarySql) model = NULL;
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  AtelierLibrarySql named = { sql->db, (char *) path };

  model = atelier_library_sql_open (":memory:", NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    error);
  if (model == NULL
      || !atelier_library_schema_bring_up (model, atelier_library_schema_get (), error))
    return FALSE;
  expected = describe (model, "main", error);
  found = expected != NULL ? describe (&named, name, error) : NULL;
  if (found == NULL)
    return FALSE;
  if (!g_str_equal (found, expected))
    return atelier_library_sql_fail (&named, SQLITE_CORRUPT, error);
  return check_pages (&named, name, error);
}
