/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that a command line names: whether two of them are one, and whether those that will be
 * written can be. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files of one command, each with its role. */
typedef struct
{
  const char *name;       /* as in messages: "--save" */
  const char *path;       /* NULL where it was not given */
  gboolean    is_written; /* else it is read */
} AtelierCliFile;

/* Fails where a file that will be written has another role too, however its path is spelled, or is
 * the file that standard output goes to.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_check_roles    (const AtelierCliFile *files,
                                     guint                 n_files,
                                     GError              **error);
/* Whether a PDF, or any other picture, can be written to @path. */
gboolean atelier_cli_check_writable (const char           *path,
                                     GError              **error);
/* @path as a word of a command line in a shell.  Transfer full. */
char    *atelier_cli_quote          (const char           *path);

G_END_DECLS
