/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading whole files.
 *
 * A file is read and not mapped: if another program shortened a mapped file, this one would be
 * killed by a signal.  The file is opened without blocking, so that a named pipe does not block the
 * thread.  Its kind is checked after opening, so that it cannot be replaced between check and
 * opening.  Messages give the file's display name and the system's reason.
 */

#include "config.h"

#include "base/atelier-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"

/* For the cleanup attribute: closes @file unless it is negative. */
static void
close_file (int *file)
{
  if (*file >= 0)
    close (*file);
}

static int
open_regular (const char  *path,
              const char  *shown,
              guint64      max_size,
              guint64     *size,
              GError     **error)
{
  struct stat status;
  __attribute__ ((cleanup (close_file))) int file =
    open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  int opened;

  if (file < 0 || fstat (file, &status) != 0)
    {
      int reason = errno;

      g_set_error (error, ATELIER_ERROR,
                   reason == ENOENT || reason == ENOTDIR ? ATELIER_ERROR_NOT_FOUND
                                                         : ATELIER_ERROR_FAILED,
                   /* Translators: a file, and the system's reason */
                   _("“%s” cannot be opened: %s"), shown, g_strerror (reason));
      return -1;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT, _("“%s” is not a regular file"),
                   shown);
      return -1;
    }
  if ((guint64) status.st_size > max_size)
    {
      g_autofree char *found = g_format_size ((guint64) status.st_size);
      g_autofree char *allowed = g_format_size (max_size);

      /* Translators: a file, its size, the largest size */
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” has %s, expected at most %s"), shown, found, allowed);
      return -1;
    }
  *size = (guint64) status.st_size;
  opened = file;
  file = -1;
  return opened;
}

/* Returns the number of bytes that were read, at most @size, or -1. */
static gssize
read_all (int     file,
          guint8 *data,
          gsize   size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = read (file, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

/* Reads @n bytes, or fewer where the file ends before.  Transfer full. */
static GBytes *
read_bytes (int          file,
            const char  *shown,
            gsize        n,
            GError     **error)
{
  g_autofree guint8 *data = g_try_malloc (MAX (n, 1));
  gssize n_read;

  if (data == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory for “%s”"), shown);
      return NULL;
    }
  n_read = read_all (file, data, n);
  if (n_read < 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   _("“%s” cannot be read: %s"), shown, g_strerror (errno));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) n_read);
}

GBytes *
atelier_file_read (const char  *path,
                   guint64      max_size,
                   GError     **error)
{
  return atelier_file_read_judged (path, max_size, 0, NULL, NULL, error);
}

GBytes *
atelier_file_read_judged (const char        *path,
                          guint64            max_size,
                          gsize              head_size,
                          AtelierFileJudge   judge,
                          gpointer           user_data,
                          GError           **error)
{
  g_autofree char *shown = NULL;
  g_autoptr (GBytes) head = NULL;
  __attribute__ ((cleanup (close_file))) int file = -1;
  guint64 size = 0;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max_size < G_MAXSSIZE, NULL);

  shown = g_filename_display_name (path);
  file = open_regular (path, shown, max_size, &size, error);
  if (file < 0)
    return NULL;
  if (judge != NULL)
    {
      head = read_bytes (file, shown, MIN (head_size, size), error);
      if (head == NULL || !judge (head, size, user_data, error))
        return NULL;
      if (lseek (file, 0, SEEK_SET) != 0)
        {
          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                       _("“%s” cannot be read: %s"), shown, g_strerror (errno));
          return NULL;
        }
    }
  return read_bytes (file, shown, (gsize) size, error);
}

gssize
atelier_file_read_head (const char *path,
                        guint8     *head,
                        gsize       max_size)
{
  guint64 size = 0;
  __attribute__ ((cleanup (close_file))) int file = -1;

  g_return_val_if_fail (path != NULL && head != NULL, -1);

  file = open_regular (path, path, G_MAXUINT64, &size, NULL);
  return file < 0 ? -1 : read_all (file, head, max_size);
}
