/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Locks of open files (F_OFD_SETLK), which work on NFS too where it has locks at all.
 *
 * A file may be deleted between its opening and its locking, by the one that had it.  The lock is
 * then on a file that nobody else finds, so it is looked whether the name still leads to it.
 */

#define _GNU_SOURCE /* F_OFD_SETLK */

#include "config.h"

#include "library/atelier-library-claim.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"

#define MAX_TRIES 100

struct _AtelierLibraryClaim
{
  int   file;
  char *path; /* Owned */
};

static int
lock (int      file,
      gboolean is_exclusive,
      gboolean waits)
{
  struct flock range = { .l_type = is_exclusive ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET };
  int code;

  do
    code = fcntl (file, waits ? F_OFD_SETLKW : F_OFD_SETLK, &range);
  while (code != 0 && errno == EINTR);
  return code == 0 ? 0 : errno;
}

static gboolean
is_at (int         file,
       const char *path)
{
  struct stat opened, named;

  return fstat (file, &opened) == 0 && stat (path, &named) == 0
         && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* Returns an error number, or 0. */
static int
open_and_lock (const char *path,
               gboolean    is_exclusive,
               gboolean    waits,
               int        *file)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      int reason;

      *file = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (*file < 0)
        return errno;
      reason = lock (*file, is_exclusive, waits);
      if (reason == 0 && is_at (*file, path))
        return 0;
      close (*file);
      if (reason != 0)
        return reason;
    }
  return EAGAIN;
}

static AtelierLibraryClaim *
claim (const char  *path,
       gboolean     is_exclusive,
       gboolean     waits,
       GError     **error)
{
  AtelierLibraryClaim *self;
  g_autofree char *shown = g_filename_display_name (path);
  int file;
  int reason = open_and_lock (path, is_exclusive, waits, &file);

  if (reason == 0)
    {
      self = g_new0 (AtelierLibraryClaim, 1);
      self->file = file;
      self->path = g_strdup (path);
      return self;
    }
  if (waits || (reason != EAGAIN && reason != EACCES))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                 /* Translators: a file, and why */
                 _("The library of runs cannot be used: “%s” cannot be locked: %s"), shown,
                 g_strerror (reason));
  return NULL;
}

AtelierLibraryClaim *
atelier_library_claim_new (const char  *path,
                           GError     **error)
{
  return claim (path, TRUE, FALSE, error);
}

AtelierLibraryClaim *
atelier_library_claim_wait (const char  *path,
                            gboolean     is_exclusive,
                            GError     **error)
{
  return claim (path, is_exclusive, TRUE, error);
}

gboolean
atelier_library_claim_convert (AtelierLibraryClaim *self,
                               gboolean             is_exclusive)
{
  return lock (self->file, is_exclusive, FALSE) == 0;
}

void
atelier_library_claim_free (AtelierLibraryClaim *self)
{
  if (self == NULL)
    return;

  close (self->file);
  g_free (self->path);
  g_free (self);
}

void
atelier_library_claim_remove (AtelierLibraryClaim *self)
{
  unlink (self->path);
  atelier_library_claim_free (self);
}
