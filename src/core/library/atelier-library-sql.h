/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SQLite connection with GError: opening, statements with values, transactions.  One thread at a
 * time. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  /* Owned */
  sqlite3 *db;
  char    *path;
} AtelierLibrarySql;

typedef struct sqlite3_stmt AtelierLibraryStatement;

/* @flags: of sqlite3_open_v2 ().  @path may be a URI where they say so; @shown, nullable, is then
 * what messages call it.  FAILED, FORMAT.  Transfer full. */
AtelierLibrarySql *atelier_library_sql_open    (const char         *path,
                                                const char         *shown,
                                                int                 flags,
                                                GError            **error);
void               atelier_library_sql_close   (AtelierLibrarySql  *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLibrarySql, atelier_library_sql_close)

/* Sets @error for SQLite's @code: FORMAT where the file is damaged or not a database, else FAILED.
 * Returns FALSE. */
gboolean           atelier_library_sql_fail    (AtelierLibrarySql  *sql,
                                                int                 code,
                                                GError            **error);
/* Whether @error says that a file is damaged, or is no library. */
gboolean           atelier_library_sql_is_damage (const GError     *error);

/* Several statements without values. */
gboolean           atelier_library_sql_exec    (AtelierLibrarySql  *sql,
                                                const char         *text,
                                                GError            **error);
/* One statement with a value for each letter of @format: s const char * (nullable), i gint64,
 * d double (what is not a number becomes NULL), b GBytes * (nullable).  Transfer full. */
AtelierLibraryStatement *
                   atelier_library_sql_prepare (AtelierLibrarySql  *sql,
                                                GError            **error,
                                                const char         *text,
                                                const char         *format,
                                                ...);
void               atelier_library_statement_free (AtelierLibraryStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLibraryStatement, atelier_library_statement_free)
/* The next row; FALSE at the end, and where it failed, which sets @error. */
gboolean           atelier_library_sql_step    (AtelierLibrarySql       *sql,
                                                AtelierLibraryStatement *statement,
                                                GError                 **error);
/* As prepare, and steps once; no rows are expected. */
gboolean           atelier_library_sql_run     (AtelierLibrarySql  *sql,
                                                GError            **error,
                                                const char         *text,
                                                const char         *format,
                                                ...);
/* The first value of the first row, which must be an integer; @missing where there is no row or
 * NULL. */
gboolean           atelier_library_sql_get_int (AtelierLibrarySql  *sql,
                                                gint64              missing,
                                                gint64             *value,
                                                GError            **error,
                                                const char         *text,
                                                const char         *format,
                                                ...);

/* Columns of a row.  Text is never NULL; borrowed until the next step.  NULL is NaN, and 0. */
const char        *atelier_library_column_text  (AtelierLibraryStatement *statement, int column);
double             atelier_library_column_real  (AtelierLibraryStatement *statement, int column);
/* Between 0 and @max, whatever is in the database. */
guint              atelier_library_column_count (AtelierLibraryStatement *statement,
                                                 int                      column,
                                                 guint                    max);
/* Transfer full. */
GBytes            *atelier_library_column_bytes (AtelierLibraryStatement *statement, int column);

/* A transaction that writes.  end () commits where @succeeded and otherwise rolls back; it returns
 * whether all is in the database. */
gboolean           atelier_library_sql_begin   (AtelierLibrarySql  *sql,
                                                GError            **error);
gboolean           atelier_library_sql_end     (AtelierLibrarySql  *sql,
                                                gboolean            succeeded,
                                                GError            **error);

G_END_DECLS
