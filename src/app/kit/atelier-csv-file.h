/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves a table of numbers to a file. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @path has to end in .csv, in capitals or not: G_IO_ERROR_NOT_SUPPORTED.  Only a whole file
 * replaces an older one; other errors are those of GIO.  Any thread. */
gboolean atelier_csv_file_write (const char  *csv,
                                 const char  *path,
                                 GError     **error);

G_END_DECLS
