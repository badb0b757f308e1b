/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite as the library uses it.
 *
 * A statement is prepared where it is used: the library writes once an epoch, so a store of
 * prepared statements would gain nothing.  Messages name the file and say what a person can do
 * something about; SQLite's own words follow where nothing better is known.
 */

#include "config.h"

#include "library/atelier-library-sql.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"

/* How long another process may write before this one gives up. */
#define BUSY_MS 30000

static const char *
explain (AtelierLibrarySql *sql,
         int                code)
{
  const int reason = sql->db != NULL ? sqlite3_system_errno (sql->db) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return _("there is no room on its disk");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return _("another program has been writing to it for too long");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return _("it may only be read");
    case SQLITE_NOMEM:
      return _("there is not enough memory");
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (reason != 0)
        return g_strerror (reason);
      break;
    default:
      break;
    }
  return sql->db != NULL ? sqlite3_errmsg (sql->db) : sqlite3_errstr (code);
}

gboolean
atelier_library_sql_fail (AtelierLibrarySql  *sql,
                          int                 code,
                          GError            **error)
{
  g_autofree char *shown = g_filename_display_name (sql->path);
  const int kind = code & 0xff;

  if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                 /* Translators: a file, and what the database says */
                 _("“%s” is damaged, or is not a library of runs: %s"), shown,
                 sqlite3_errstr (code));
  else
    g_set_error (error, ATELIER_ERROR,
                 kind == SQLITE_NOMEM ? ATELIER_ERROR_NO_MEMORY : ATELIER_ERROR_FAILED,
                 /* Translators: a file, and why */
                 _("The library of runs “%s” cannot be used: %s"), shown, explain (sql, code));
  return FALSE;
}

gboolean
atelier_library_sql_is_damage (const GError *error)
{
  return g_error_matches (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
}

AtelierLibrarySql *
atelier_library_sql_open (const char  *path,
                          const char  *shown,
                          int          flags,
                          GError     **error)
{
  g_autoptr (AtelierLibrarySql) sql = g_new0 (AtelierLibrarySql, 1);
  int code;

  sql->path = g_strdup (shown != NULL ? shown : path);
  code = sqlite3_open_v2 (path, &sql->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code != SQLITE_OK)
    {
      atelier_library_sql_fail (sql, code, error);
      return NULL;
    }
  sqlite3_busy_timeout (sql->db, BUSY_MS);
  /* Files come from other people too: what is in a schema must not call anything. */
  sqlite3_db_config (sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (sql->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (sql->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (sql->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  return g_steal_pointer (&sql);
}

void
atelier_library_sql_close (AtelierLibrarySql *sql)
{
  if (sql == NULL)
    return;

  sqlite3_close_v2 (sql->db);
  g_free (sql->path);
  g_free (sql);
}

gboolean
atelier_library_sql_exec (AtelierLibrarySql  *sql,
                          const char         *text,
                          GError            **error)
{
  int code = sqlite3_exec (sql->db, text, NULL, NULL, NULL);

  return code == SQLITE_OK || atelier_library_sql_fail (sql, code, error);
}

static int
bind_bytes (AtelierLibraryStatement *statement,
            int                      index,
            GBytes                  *bytes)
{
  gsize size;
  const void *data;

  if (bytes == NULL)
    return sqlite3_bind_null (statement, index);
  data = g_bytes_get_data (bytes, &size);
  return sqlite3_bind_blob64 (statement, index, size > 0 ? data : "", size, SQLITE_TRANSIENT);
}

static int
bind_real (AtelierLibraryStatement *statement,
           int                      index,
           double                   value)
{
  return isnan (value) ? sqlite3_bind_null (statement, index)
                       : sqlite3_bind_double (statement, index, value);
}

static int
bind_values (AtelierLibraryStatement *statement,
             const char              *format,
             va_list                  values)
{
  int code = SQLITE_OK;

  for (int i = 1; format[i - 1] != '\0' && code == SQLITE_OK; i++)
    switch (format[i - 1])
      {
      case 's':
        code = sqlite3_bind_text (statement, i, va_arg (values, const char *), -1,
                                  SQLITE_TRANSIENT);
        break;
      case 'i':
        code = sqlite3_bind_int64 (statement, i, va_arg (values, gint64));
        break;
      case 'd':
        code = bind_real (statement, i, va_arg (values, double));
        break;
      case 'b':
        code = bind_bytes (statement, i, va_arg (values, GBytes *));
        break;
      default:
        g_assert_not_reached ();
      }
  return code;
}

static AtelierLibraryStatement *
prepare (AtelierLibrarySql  *sql,
         GError            **error,
         const char         *text,
         const char         *format,
         va_list             values)
{
  g_autoptr (AtelierLibraryStatement) statement = NULL;
  int code = sqlite3_prepare_v2 (sql->db, text, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = bind_values (statement, format, values);
  if (code == SQLITE_OK)
    return g_steal_pointer (&statement);
  atelier_library_sql_fail (sql, code, error);
  return NULL;
}

AtelierLibraryStatement *
atelier_library_sql_prepare (AtelierLibrarySql  *sql,
                             GError            **error,
                             const char         *text,
                             const char         *format,
                             ...)
{
  AtelierLibraryStatement *statement;
  va_list values;

  va_start (values, format);
  statement = prepare (sql, error, text, format, values);
  va_end (values);
  return statement;
}

void
atelier_library_statement_free (AtelierLibraryStatement *statement)
{
  sqlite3_finalize (statement);
}

gboolean
atelier_library_sql_step (AtelierLibrarySql        *sql,
                          AtelierLibraryStatement  *statement,
                          GError                  **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    atelier_library_sql_fail (sql, code, error);
  return FALSE;
}

gboolean
atelier_library_sql_run (AtelierLibrarySql  *sql,
                         GError            **error,
                         const char         *text,
                         const char         *format,
                         ...)
{
  g_autoptr (AtelierLibraryStatement) statement = NULL;
  va_list values;
  int code;

  va_start (values, format);
  statement = prepare (sql, error, text, format, values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW || atelier_library_sql_fail (sql, code, error);
}

gboolean
atelier_library_sql_get_int (AtelierLibrarySql  *sql,
                             gint64              missing,
                             gint64             *value,
                             GError            **error,
                             const char         *text,
                             const char         *format,
                             ...)
{
  g_autoptr (AtelierLibraryStatement) statement = NULL;
  va_list values;
  int code;

  va_start (values, format);
  statement = prepare (sql, error, text, format, values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return atelier_library_sql_fail (sql, code, error);
  *value = code == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL
             ? sqlite3_column_int64 (statement, 0)
             : missing;
  return TRUE;
}

const char *
atelier_library_column_text (AtelierLibraryStatement *statement,
                             int                      column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : "";
}

double
atelier_library_column_real (AtelierLibraryStatement *statement,
                             int                      column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL
           ? NAN
           : sqlite3_column_double (statement, column);
}

guint
atelier_library_column_count (AtelierLibraryStatement *statement,
                              int                      column,
                              guint                    max)
{
  return (guint) CLAMP (sqlite3_column_int64 (statement, column), 0, (gint64) max);
}

GBytes *
atelier_library_column_bytes (AtelierLibraryStatement *statement,
                              int                      column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

gboolean
atelier_library_sql_begin (AtelierLibrarySql  *sql,
                           GError            **error)
{
  return atelier_library_sql_exec (sql, "BEGIN IMMEDIATE", error);
}

gboolean
atelier_library_sql_end (AtelierLibrarySql  *sql,
                         gboolean            succeeded,
                         GError            **error)
{
  gboolean is_done = succeeded && atelier_library_sql_exec (sql, "COMMIT", error);

  /* After some errors SQLite has rolled back by itself. */
  if (!is_done && sqlite3_get_autocommit (sql->db) == 0)
    sqlite3_exec (sql->db, "ROLLBACK", NULL, NULL, NULL);
  return is_done;
}
