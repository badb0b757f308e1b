/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that a command line names.
 *
 * All of this happens before a command begins: an hour of training that cannot be saved, or a model
 * that its own report overwrites, is noticed too late otherwise.  Main thread.
 */

#include "config.h"

#include "atelier-cli-files.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-file-write.h"

/* What needs no quotes in a shell. */
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:,@"
#define PICTURE_SIZE (1024 * 1024) /* bytes; more than most reports and matrices have */

/* Whether standard output is redirected into the file @path. */
static gboolean
is_output (const char *path)
{
  struct stat output, status;

  return fstat (STDOUT_FILENO, &output) == 0 && S_ISREG (output.st_mode)
         && stat (path, &status) == 0
         && status.st_dev == output.st_dev && status.st_ino == output.st_ino;
}

static gboolean
are_apart (const AtelierCliFile *a,
           const AtelierCliFile *b)
{
  if (a->path == NULL || b->path == NULL || (!a->is_written && !b->is_written))
    return TRUE;
  return !atelier_file_is_same (a->path, b->path);
}

static gboolean
fail_role (const char  *name,
           const char  *other,
           const char  *path,
           GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: two options or roles, such as “--save”, and a file */
               _("%s and %s are the same file, “%s”, and one would destroy the other"), name,
               other, shown);
  return FALSE;
}

gboolean
atelier_cli_check_roles (const AtelierCliFile  *files,
                         guint                  n_files,
                         GError               **error)
{
  for (guint i = 0; i < n_files; i++)
    {
      if (files[i].path != NULL && files[i].is_written && is_output (files[i].path))
        return fail_role (files[i].name, _("standard output"), files[i].path, error);
      for (guint j = i + 1; j < n_files; j++)
        if (!are_apart (&files[i], &files[j]))
          return fail_role (files[i].name, files[j].name, files[j].path, error);
    }
  return TRUE;
}

gboolean
atelier_cli_check_writable (const char  *path,
                            GError     **error)
{
  return atelier_file_check_writable (path, PICTURE_SIZE, error);
}

/* A name that is not plain text is written byte by byte, so that it can be copied from a terminal
 * all the same. */
char *
atelier_cli_quote (const char *path)
{
  GString *quoted;
  gboolean is_plain = g_utf8_validate (path, -1, NULL);

  for (const char *p = path; *p != '\0' && is_plain; p++)
    is_plain = !g_ascii_iscntrl (*p);
  if (is_plain && *path != '\0' && strspn (path, PLAIN) == strlen (path))
    return g_strdup (path);
  if (is_plain)
    return g_shell_quote (path);

  quoted = g_string_new ("$'");
  for (const char *p = path; *p != '\0'; p++)
    if (g_ascii_isprint (*p) && *p != '\'' && *p != '\\')
      g_string_append_c (quoted, *p);
    else
      g_string_append_printf (quoted, "\\%03o", (guint) (guint8) *p);
  g_string_append_c (quoted, '\'');
  return g_string_free (quoted, FALSE);
}
