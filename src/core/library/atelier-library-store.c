/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a library.
 *
 *   library.sqlite        records and figures; beside it SQLite's own -wal and -shm, or -journal
 *   library.lock          shared by all that have it open; alone by who moves a damaged one aside
 *   weights/, weights.lock
 *   running/ID.lock       held by the process in which a run goes on
 *   check                 damage was met; the next opening reads all pages
 *
 * A write-ahead log lets a window read while a command line writes, but needs memory that processes
 * share, which file systems of other machines do not have.  There the rollback journal is used.
 * Each transaction waits for the disk: there is one an epoch, or one in two seconds.
 *
 * Damage never deletes: the file gets another name, and what can be read of it is taken over.
 */

#include "config.h"

#include "library/atelier-library-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "library/atelier-library-merge.h"
#include "library/atelier-library-schema.h"
#include "library/atelier-library-store-private.h"

/* ---- The folder ---- */

/* File systems whose files lie on another machine or in another process. */
static gboolean
is_remote (const char *folder)
{
  static const guint32 kinds[] = {
    0x6969 /* NFS */, 0x517b /* SMB */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB 2 */,
    0x65735546 /* FUSE */, 0x01021997 /* 9P */, 0x5346414f /* AFS */, 0x00c36400 /* Ceph */,
    0x0bd00bd0 /* Lustre */, 0x47504653 /* GPFS */, 0x786f4256 /* VirtualBox */,
  };
  struct statfs status;

  if (statfs (folder, &status) != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if ((guint32) status.f_type == kinds[i])
      return TRUE;
  return FALSE;
}

static char *
dup_path (AtelierLibraryStore *store,
          const char          *name)
{
  return g_build_filename (store->folder, name, NULL);
}

static gboolean
has_file (AtelierLibraryStore *store,
          const char          *name)
{
  g_autofree char *path = dup_path (store, name);
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

static gboolean
prepare_folder (AtelierLibraryStore  *store,
                gboolean              creates,
                GError              **error)
{
  g_autofree char *shown = g_filename_display_name (store->folder);
  g_autofree char *running = dup_path (store, "running");
  g_autofree char *lock = dup_path (store, "library.lock");

  if (!creates && !has_file (store, "library.sqlite"))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   /* Translators: a folder */
                   _("There is no library of runs in “%s”"), shown);
      return FALSE;
    }
  store->is_read_only = has_file (store, "library.sqlite") && access (store->folder, W_OK) != 0;
  if (store->is_read_only)
    return TRUE;
  if (g_mkdir_with_parents (running, 0700) != 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   /* Translators: a folder, and why */
                   _("The folder “%s” for the library of runs cannot be created: %s"), shown,
                   g_strerror (errno));
      return FALSE;
    }
  store->use = atelier_library_claim_wait (lock, FALSE, error);
  return store->use != NULL;
}

/* ---- The database ---- */

static gboolean
set_pragmas (AtelierLibraryStore  *store,
             guint                 version,
             GError              **error)
{
  /* Before the first table, or it has no effect. */
  if (version == 0 && !atelier_library_sql_exec (store->sql, "PRAGMA auto_vacuum = INCREMENTAL",
                                                 error))
    return FALSE;
  if (!atelier_library_sql_exec (store->sql,
                                 "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                                 "PRAGMA temp_store = MEMORY",
                                 error))
    return FALSE;
  /* Where neither is possible, it stays what it is. */
  atelier_library_sql_exec (store->sql,
                            is_remote (store->folder) ? "PRAGMA journal_mode = DELETE"
                                                      : "PRAGMA journal_mode = WAL",
                            NULL);
  return TRUE;
}

/* A copy of an older version stays, in case that the newer one is not wanted. */
static gboolean
copy_old (AtelierLibraryStore  *store,
          guint                 version,
          GError              **error)
{
  g_autofree char *name = g_strdup_printf ("library-version-%u.sqlite", version);
  g_autofree char *path = dup_path (store, name);

  return g_file_test (path, G_FILE_TEST_EXISTS)
         || atelier_library_sql_run (store->sql, error, "VACUUM INTO ?", "s", path);
}

static gboolean
read_some (AtelierLibraryStore  *store,
           gboolean              reads_all,
           GError              **error)
{
  gint64 n;

  if (reads_all
      && !atelier_library_schema_check (store->sql, "main", store->sql->path, error))
    return FALSE;
  return atelier_library_sql_get_int (store->sql, 0, &n, error, "SELECT max (n_epochs) FROM runs",
                                      "");
}

static gboolean
open_database (AtelierLibraryStore  *store,
               gboolean              reads_all,
               GError              **error)
{
  const AtelierLibrarySchema *schema = atelier_library_schema_get ();
  g_autofree char *path = dup_path (store, "library.sqlite");
  guint version;

  store->sql = atelier_library_sql_open (path, NULL,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                           | SQLITE_OPEN_URI,
                                         error);
  if (store->sql == NULL
      || !atelier_library_schema_read_version (store->sql, schema, &version, error)
      || !set_pragmas (store, version, error))
    return FALSE;
  if (version > 0 && version < schema->n_steps && !copy_old (store, version, error))
    return FALSE;
  return (version == schema->n_steps || atelier_library_schema_bring_up (store->sql, schema, error))
         && read_some (store, reads_all, error);
}

static gboolean
open_read_only (AtelierLibraryStore  *store,
                GError              **error)
{
  const AtelierLibrarySchema *schema = atelier_library_schema_get ();
  g_autofree char *path = dup_path (store, "library.sqlite");
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *still = g_strconcat (uri, "?immutable=1", NULL);
  guint version;

  store->sql = atelier_library_sql_open (path, NULL, SQLITE_OPEN_READONLY, NULL);
  if (store->sql != NULL && read_some (store, FALSE, NULL))
    return TRUE;
  g_clear_pointer (&store->sql, atelier_library_sql_close);
  store->sql = atelier_library_sql_open (still, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                                         error);
  return store->sql != NULL
         && atelier_library_schema_read_version (store->sql, schema, &version, error)
         && read_some (store, FALSE, error);
}

/* ---- Damage ---- */

/* The first name that is free.  Transfer full. */
static char *
find_aside (AtelierLibraryStore *store)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = g_strdup_printf ("library-damaged-%u.sqlite", i);
      g_autofree char *path = dup_path (store, name);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

/* What belongs to the file goes with it. */
static gboolean
rename_all (AtelierLibraryStore  *store,
            const char           *aside,
            GError              **error)
{
  static const char * const ends[] = { "-wal", "-journal", "-shm", "" };
  g_autofree char *path = dup_path (store, "library.sqlite");
  g_autofree char *shown = g_filename_display_name (path);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (path, ends[i], NULL);
      g_autofree char *to = g_strconcat (aside, ends[i], NULL);

      if (g_rename (from, to) != 0 && (errno != ENOENT || *ends[i] == '\0'))
        {
          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                       /* Translators: a file, and why */
                       _("The library of runs “%s” is damaged, and cannot be moved aside: %s"),
                       shown, g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* Takes over what can be read; each run by itself.  Returns how many. */
static guint
salvage (AtelierLibraryStore *store,
         const char          *aside)
{
  g_autoptr (GPtrArray) ids = NULL;
  guint n_saved = 0;

  if (!atelier_library_merge_attach (store->sql, aside, NULL))
    return 0;
  ids = atelier_library_merge_list (store->sql, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (!atelier_library_sql_begin (store->sql, NULL))
        break;
      n_saved += atelier_library_sql_end (
        store->sql,
        atelier_library_merge_run (store->sql, g_ptr_array_index (ids, i), NULL, NULL), NULL);
    }
  atelier_library_merge_detach (store->sql);
  return n_saved;
}

static gboolean
begin_anew (AtelierLibraryStore  *store,
            const GError         *damage,
            GError              **error)
{
  g_autofree char *aside = find_aside (store);
  g_autofree char *shown = g_filename_display_name (aside);
  guint n_saved;

  g_clear_pointer (&store->sql, atelier_library_sql_close);
  if (!atelier_library_claim_convert (store->use, TRUE))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   /* Translators: an error */
                   _("%s. It can be moved aside when no other window or command has it open"),
                   damage->message);
      return FALSE;
    }
  if (!rename_all (store, aside, error) || !open_database (store, FALSE, error))
    return FALSE;
  n_saved = salvage (store, aside);
  atelier_library_claim_convert (store->use, FALSE);
  store->notice = g_strdup_printf (
    /* Translators: an error, a number of runs, and a file */
    ngettext ("%s. A new library was begun, and %u run could be taken over. The damaged file is "
              "now “%s”.",
              "%s. A new library was begun, and %u runs could be taken over. The damaged file is "
              "now “%s”.",
              n_saved),
    damage->message, n_saved, shown);
  return TRUE;
}

/* ---- Runs that were broken off ---- */

static char *
dup_claim_path (AtelierLibraryStore *store,
                const char          *id)
{
  g_autofree char *name = g_strconcat (id, ".lock", NULL);

  return g_build_filename (store->folder, "running", name, NULL);
}

/* Where its process went after the last epoch was written, the run has lost nothing. */
static gboolean
mark_interrupted (AtelierLibraryStore  *store,
                  const char           *id,
                  gboolean             *has_changed,
                  GError              **error)
{
  g_autofree char *path = dup_claim_path (store, id);
  AtelierLibraryClaim *claim = NULL;
  gboolean is_done;

  if (g_hash_table_contains (store->claims, id))
    return TRUE;
  claim = atelier_library_claim_new (path, NULL);
  if (claim == NULL)
    return TRUE;
  is_done = atelier_library_sql_run (store->sql, error,
                                     "UPDATE runs SET state ="
                                     " iif (n_epochs >= n_epochs_planned, ?, ?)"
                                     " WHERE id = ? AND state = ?",
                                     "iisi", (gint64) ATELIER_LIBRARY_FINISHED,
                                     (gint64) ATELIER_LIBRARY_INTERRUPTED, id,
                                     (gint64) ATELIER_LIBRARY_RUNNING);
  *has_changed = *has_changed || (is_done && sqlite3_changes (store->sql->db) > 0);
  atelier_library_claim_remove (claim);
  return is_done;
}

gboolean
atelier_library_store_sweep (AtelierLibraryStore  *store,
                             gboolean             *has_changed,
                             GError              **error)
{
  g_autoptr (AtelierLibraryStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GError *step_error = NULL;

  *has_changed = FALSE;
  if (store->is_read_only)
    return TRUE;
  statement = atelier_library_sql_prepare (store->sql, error, "SELECT id FROM runs WHERE state = ?",
                                           "i", (gint64) ATELIER_LIBRARY_RUNNING);
  if (statement == NULL)
    return FALSE;
  while (atelier_library_sql_step (store->sql, statement, &step_error))
    g_ptr_array_add (ids, g_strdup (atelier_library_column_text (statement, 0)));
  g_clear_pointer (&statement, atelier_library_statement_free);
  for (guint i = 0; step_error == NULL && i < ids->len; i++)
    mark_interrupted (store, g_ptr_array_index (ids, i), has_changed, &step_error);
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

/* ---- Public ---- */

/* After a break, or where damage was met, all pages are read; nobody else may have it open. */
static gboolean
open_writable (AtelierLibraryStore  *store,
               GError              **error)
{
  const gboolean was_broken_off = has_file (store, "library.sqlite-wal")
                                  || has_file (store, "library.sqlite-journal");
  g_autofree char *mark = dup_path (store, "check");
  const gboolean reads_all = g_file_test (mark, G_FILE_TEST_EXISTS)
                             || (was_broken_off
                                 && atelier_library_claim_convert (store->use, TRUE));
  g_autoptr (GError) damage = NULL;
  gboolean is_open;

  is_open = open_database (store, reads_all, &damage);
  atelier_library_claim_convert (store->use, FALSE);
  if (is_open)
    g_unlink (mark);
  if (is_open || !atelier_library_sql_is_damage (damage))
    {
      if (!is_open)
        g_propagate_error (error, g_steal_pointer (&damage));
      return is_open;
    }
  return begin_anew (store, damage, error);
}

AtelierLibraryStore *
atelier_library_store_open (const char  *folder,
                            gboolean     creates,
                            GError     **error)
{
  g_autoptr (AtelierLibraryStore) store = g_new0 (AtelierLibraryStore, 1);
  gboolean has_changed;

  g_return_val_if_fail (folder != NULL, NULL);

  store->folder = g_strdup (folder);
  store->claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) atelier_library_claim_free);
  if (!prepare_folder (store, creates, error))
    return NULL;
  if (store->is_read_only ? !open_read_only (store, error) : !open_writable (store, error))
    return NULL;
  if (!atelier_library_store_sweep (store, &has_changed, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
atelier_library_store_free (AtelierLibraryStore *store)
{
  if (store == NULL)
    return;

  g_clear_pointer (&store->sql, atelier_library_sql_close);
  g_clear_pointer (&store->claims, g_hash_table_unref);
  g_clear_pointer (&store->use, atelier_library_claim_free);
  g_free (store->notice);
  g_free (store->folder);
  g_free (store);
}

const char *
atelier_library_store_get_folder (AtelierLibraryStore *store)
{
  return store->folder;
}

gboolean
atelier_library_store_is_read_only (AtelierLibraryStore *store)
{
  return store->is_read_only;
}

const char *
atelier_library_store_get_notice (AtelierLibraryStore *store)
{
  return store->notice;
}

gint64
atelier_library_store_get_version (AtelierLibraryStore *store)
{
  gint64 version = 0;

  atelier_library_sql_get_int (store->sql, 0, &version, NULL, "PRAGMA data_version", "");
  return version;
}
