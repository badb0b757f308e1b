/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs out of a library and into it.
 *
 * A file with runs (.atelier-run) is a database with the library's own tables, in which there are
 * these runs only, and the content of their model files in pieces of 16 MiB: bounded, checked as
 * strictly as a library, and joined by the same code as another library's folder.  An archive of
 * files was rejected: it would need a second format for all figures.
 *
 * What is taken in may be from anybody.  So before it is believed: its tables are compared with
 * ours, all pages are checked, model files have the hashes that their names say, and each run is
 * read as it would be shown; if one fails, nothing was taken in.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"
#include "library/atelier-library-merge.h"
#include "library/atelier-library-schema.h"
#include "library/atelier-library-store-private.h"
#include "library/atelier-library-weights.h"
#include "model/atelier-model-file.h"

#define PIECE (16u << 20)

/* ---- Model files in pieces ---- */

static gboolean
put_pieces (AtelierLibrarySql  *sql,
            const char         *hash,
            GBytes             *bytes,
            GError            **error)
{
  const gsize size = g_bytes_get_size (bytes);

  for (gsize start = 0, i = 0; start < size; start += PIECE, i++)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (bytes, start, MIN (PIECE, size - start));

      if (!atelier_library_sql_run (sql, error, "INSERT OR IGNORE INTO files VALUES (?, ?, ?)",
                                    "sib", hash, (gint64) i, piece))
        return FALSE;
    }
  return TRUE;
}

/* NULL without @error: it is not there.  Transfer full. */
static GBytes *
take_pieces (AtelierLibrarySql  *sql,
             const char         *hash,
             GError            **error)
{
  g_autoptr (AtelierLibraryStatement) row =
    atelier_library_sql_prepare (sql, error,
                                 "SELECT data FROM other.files WHERE hash = ? ORDER BY piece", "s",
                                 hash);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;
  while (atelier_library_sql_step (sql, row, &step_error))
    {
      const gsize size = (gsize) sqlite3_column_bytes (row, 0);

      if (bytes->len + (guint64) size > MIN (ATELIER_MODEL_FILE_MAX_SIZE, G_MAXUINT / 2))
        {
          atelier_library_sql_fail (sql, SQLITE_CORRUPT, error);
          return NULL;
        }
      g_byte_array_append (bytes, sqlite3_column_blob (row, 0), (guint) size);
    }
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  if (step_error != NULL || bytes->len == 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* ---- Out ---- */

/* The hashes that a database's rows name.  @name: "main" or "other".  Transfer full. */
static GPtrArray *
list_named (AtelierLibrarySql  *sql,
            const char         *name,
            GError            **error)
{
  g_autofree char *text = g_strdup_printf ("SELECT DISTINCT hash FROM %s.weights", name);
  g_autoptr (AtelierLibraryStatement) row = atelier_library_sql_prepare (sql, error, text, "");
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;
  while (atelier_library_sql_step (sql, row, &step_error))
    g_ptr_array_add (hashes, g_strdup (atelier_library_column_text (row, 0)));
  if (step_error != NULL)
    {
      g_propagate_error (error, step_error);
      return NULL;
    }
  return g_steal_pointer (&hashes);
}

static gboolean
put_files (AtelierLibraryStore  *store,
           AtelierLibrarySql    *sql,
           GError              **error)
{
  g_autoptr (GPtrArray) hashes = list_named (sql, "main", error);

  for (guint i = 0; hashes != NULL && i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      g_autoptr (GBytes) bytes = atelier_library_weights_read (store->folder, hash, error);

      if (bytes == NULL || !put_pieces (sql, hash, bytes, error))
        return FALSE;
    }
  return hashes != NULL;
}

static gboolean
put_runs (AtelierLibraryStore  *store,
          AtelierLibrarySql    *sql,
          const char * const   *ids,
          GError              **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (!atelier_library_merge_run (sql, ids[i], NULL, error))
      return FALSE;
  return atelier_library_sql_exec (sql, "UPDATE main.runs SET trashed_us = NULL", error)
         && put_files (store, sql, error);
}

/* A new database at @path with these runs. */
static gboolean
fill (AtelierLibraryStore  *store,
      const char           *path,
      const char * const   *ids,
      GError              **error)
{
  g_autoptr (AtelierLibrarySql) sql = atelier_library_sql_open (
    path, NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, error);

  /* It gets its name only when it is whole, so that no journal is needed. */
  if (sql == NULL || !atelier_library_sql_exec (sql, "PRAGMA journal_mode = MEMORY", error)
      || !atelier_library_schema_bring_up (sql, atelier_library_schema_get (), error)
      || !atelier_library_merge_attach (sql, store->sql->path, error)
      || !atelier_library_sql_begin (sql, error))
    return FALSE;
  return atelier_library_sql_end (sql, put_runs (store, sql, ids, error), error);
}

static gboolean
fail_save (const char  *path,
           int          reason,
           GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
               /* Translators: a file, and why */
               _("“%s” cannot be saved: %s"), shown, g_strerror (reason));
  return FALSE;
}

static gboolean
check_known (AtelierLibraryStore  *store,
             const char * const   *ids,
             GError              **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *found = atelier_library_store_find (store, ids[i], error);

      if (found == NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
atelier_library_store_export (AtelierLibraryStore  *store,
                              const char * const   *ids,
                              const char           *path,
                              GError              **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf (".atelier-%08x", g_random_int ());
  g_autofree char *temporary = g_build_filename (folder, name, NULL);
  g_autoptr (AtelierLibraryClaim) lock = NULL;
  gboolean is_done;

  if (!check_known (store, ids, error) || !atelier_file_check_writable (path, 0, error))
    return FALSE;
  if (!store->is_read_only)
    {
      lock = atelier_library_weights_lock (store->folder, FALSE, error);
      if (lock == NULL)
        return FALSE;
    }
  is_done = fill (store, temporary, ids, error);
  if (is_done && g_rename (temporary, path) != 0)
    is_done = fail_save (path, errno, error);
  if (!is_done)
    g_unlink (temporary);
  return is_done;
}

/* ---- In ---- */

/* The database of a file, or of a library's folder; transfer full. */
static char *
find_database (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_build_filename (path, "library.sqlite", NULL)
                                                : g_strdup (path);
}

/* @temporary: transfer full; a newer copy of a database of an older version, else NULL. */
static gboolean
check_other (AtelierLibraryStore  *store,
             const char           *path,
             char                **temporary,
             GError              **error)
{
  const AtelierLibrarySchema *schema = atelier_library_schema_get ();
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *still = g_strconcat (uri != NULL ? uri : "", "?immutable=1", NULL);
  g_autoptr (AtelierLibrarySql) sql = NULL;
  guint version;

  if (uri == NULL)
    return FALSE;
  sql = atelier_library_sql_open (path, NULL, SQLITE_OPEN_READONLY, error);
  if (sql != NULL && !atelier_library_schema_read_version (sql, schema, &version, NULL))
    {
      atelier_library_sql_close (sql);
      sql = atelier_library_sql_open (still, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
    }
  if (sql == NULL || !atelier_library_schema_read_version (sql, schema, &version, error))
    return FALSE;
  if (version == 0)
    return atelier_library_sql_fail (sql, SQLITE_NOTADB, error);
  if (version == schema->n_steps)
    return TRUE;
  *temporary = g_strdup_printf ("%s/.incoming-%08x", store->folder, g_random_int ());
  return atelier_library_sql_run (sql, error, "VACUUM INTO ?", "s", *temporary);
}

static gboolean
bring_up_copy (const char  *path, /* nullable */
               GError     **error)
{
  g_autoptr (AtelierLibrarySql) sql = NULL;

  if (path == NULL)
    return TRUE;
  sql = atelier_library_sql_open (path, NULL, SQLITE_OPEN_READWRITE, error);
  return sql != NULL
         && atelier_library_schema_bring_up (sql, atelier_library_schema_get (), error);
}

/* The content of a model file, from the pieces or from the folder beside them.  Transfer full; NULL
 * without @error where it is not there. */
static GBytes *
get_file (AtelierLibraryStore  *store,
          const char           *path,
          const char           *hash,
          GError              **error)
{
  g_autoptr (GError) read_error = NULL;
  GBytes *bytes;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return take_pieces (store->sql, hash, error);
  bytes = atelier_library_weights_read (path, hash, &read_error);
  if (bytes == NULL && !g_error_matches (read_error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&read_error));
  return bytes;
}

static gboolean
fail_hash (const char  *path,
           GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               /* Translators: a file */
               _("“%s” is damaged: weights in it are not what their names say"), shown);
  return FALSE;
}

/* Writes all model files that are not here; what they have not goes to @missing. */
static gboolean
take_files (AtelierLibraryStore  *store,
            const char           *path,
            GHashTable           *missing,
            GError              **error)
{
  g_autoptr (GPtrArray) hashes = list_named (store->sql, "other", error);

  for (guint i = 0; hashes != NULL && i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      g_autoptr (GError) file_error = NULL;
      g_autoptr (GBytes) bytes = get_file (store, path, hash, &file_error);
      g_autofree char *found =
        bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
      g_autofree char *written = NULL;

      if (file_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&file_error));
          return FALSE;
        }
      if (found == NULL)
        g_hash_table_add (missing, g_strdup (hash));
      else if (!g_str_equal (found, hash))
        return fail_hash (path, error);
      else if (!atelier_library_weights_write (store->folder, bytes, &written, error))
        return FALSE;
    }
  return hashes != NULL;
}

/* All runs, in one transaction; each is read before it is believed. */
static gboolean
take_runs (AtelierLibraryStore  *store,
           GPtrArray            *ids,
           GHashTable           *missing,
           GError              **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (AtelierRunRecord) record = NULL;

      if (!atelier_library_merge_run (store->sql, id, missing, error))
        return FALSE;
      record = atelier_library_store_load_record (store, id, error);
      if (record == NULL)
        return FALSE;
    }
  return TRUE;
}

/* With "other" attached.  Transfer full. */
static char **
take_all (AtelierLibraryStore  *store,
          const char           *path,
          const char           *database,
          GError              **error)
{
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AtelierLibraryClaim) lock = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!atelier_library_schema_check (store->sql, "other", database, error))
    return NULL;
  ids = atelier_library_merge_list (store->sql, error);
  lock = ids != NULL ? atelier_library_weights_lock (store->folder, FALSE, error) : NULL;
  if (lock == NULL || !take_files (store, path, missing, error)
      || !atelier_library_sql_begin (store->sql, error)
      || !atelier_library_sql_end (store->sql, take_runs (store, ids, missing, error), error))
    return NULL;
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

char **
atelier_library_store_import (AtelierLibraryStore  *store,
                              const char           *path,
                              GError              **error)
{
  g_autofree char *database = find_database (path);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *temporary = NULL;
  char **ids = NULL;

  if (store->is_read_only)
    {
      atelier_library_sql_fail (store->sql, SQLITE_READONLY, error);
      return NULL;
    }
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                 /* Translators: a file or a folder */
                 _("“%s” is neither a file with runs nor the folder of a library"), shown);
  else if (atelier_file_is_same (database, store->sql->path))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                 /* Translators: a folder */
                 _("“%s” is this library itself"), shown);
  else if (check_other (store, database, &temporary, error) && bring_up_copy (temporary, error)
           && atelier_library_merge_attach (store->sql, temporary != NULL ? temporary : database,
                                            error))
    {
      ids = take_all (store, path, database, error);
      atelier_library_merge_detach (store->sql);
    }
  if (temporary != NULL)
    g_unlink (temporary);
  return ids;
}

/* ---- Backup ---- */

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);

  return files == NULL || g_dir_read_name (files) == NULL;
}

/* As it is at one moment, whoever writes meanwhile. */
static gboolean
copy_database (AtelierLibraryStore  *store,
               const char           *path,
               GError              **error)
{
  g_autoptr (AtelierLibrarySql) sql =
    atelier_library_sql_open (path, NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  sqlite3_backup *backup;
  int code;

  if (sql == NULL)
    return FALSE;
  backup = sqlite3_backup_init (sql->db, "main", store->sql->db, "main");
  if (backup == NULL)
    return atelier_library_sql_fail (sql, sqlite3_errcode (sql->db), error);
  sqlite3_backup_step (backup, -1);
  code = sqlite3_backup_finish (backup);
  return code == SQLITE_OK || atelier_library_sql_fail (sql, code, error);
}

/* Those that the copy names; the lock keeps them from being deleted meanwhile. */
static gboolean
copy_files (AtelierLibraryStore  *store,
            const char           *folder,
            const char           *database,
            GError              **error)
{
  g_autoptr (AtelierLibrarySql) sql =
    atelier_library_sql_open (database, NULL, SQLITE_OPEN_READWRITE, error);
  g_autoptr (GPtrArray) hashes = sql != NULL ? list_named (sql, "main", error) : NULL;

  for (guint i = 0; hashes != NULL && i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      g_autoptr (GBytes) bytes = atelier_library_weights_read (store->folder, hash, error);
      g_autofree char *written = NULL;

      if (bytes == NULL || !atelier_library_weights_write (folder, bytes, &written, error))
        return FALSE;
    }
  return hashes != NULL;
}

gboolean
atelier_library_store_backup (AtelierLibraryStore  *store,
                              const char           *folder,
                              GError              **error)
{
  g_autofree char *database = g_build_filename (folder, "library.sqlite", NULL);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autoptr (AtelierLibraryClaim) lock = NULL;

  if (!is_empty (folder))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   /* Translators: a folder */
                   _("The folder “%s” is not empty; a backup needs a new or empty one"), shown);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_save (folder, errno, error);
  if (!store->is_read_only)
    {
      lock = atelier_library_weights_lock (store->folder, FALSE, error);
      if (lock == NULL)
        return FALSE;
    }
  return copy_database (store, database, error) && copy_files (store, folder, database, error);
}
