/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a file as a whole: a temporary file in the same folder, then a rename.
 *
 * g_file_set_contents_full was rejected: it derives the temporary name from the file's, so that
 * names of 249 to 255 bytes fail; it gives the file a new mode, replaces a symbolic link by a file
 * and a read-only file without a word, and always flushes to the disk.  Here the temporary name
 * has 17 bytes, whatever the file is called.
 *
 * Everything that would make the rename fail, or make it do harm, is looked at before the first
 * byte is written.  atelier_file_check_writable is the same way without the bytes and the rename.
 * A folder that cannot be flushed is no error, as the file is already in its place by then.
 *
 * The system calls are in a table, which tests replace.  No other state; any thread.
 */

#define _GNU_SOURCE /* statx */

#include "config.h"

#include "base/atelier-file-write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write-private.h"

#define MAX_LINKS 40         /* of symbolic links in a row, as in the kernel */
#define MAX_TRIES 100        /* to find a temporary name that is free */
#define UNKNOWN_REASON -1
#define PERMISSIONS 0777
#define ANY_WRITE 0222
#define GROUP 0070

/* The error number of the call that has just failed; never 0, which stands for success. */
static int
get_reason (void)
{
  return errno != 0 ? errno : UNKNOWN_REASON;
}

/* Where the file system has no such call, posix_fallocate writes to each block instead. */
static int
reserve_room (int   file,
              off_t size)
{
  int reason;

  do
    reason = posix_fallocate (file, 0, size);
  while (reason == EINTR);
  return reason == EOPNOTSUPP || reason == EINVAL ? 0 : reason;
}

static int
open_file (const char *path,
           int         flags,
           mode_t      mode)
{
  return open (path, flags, mode);
}

AtelierFileCalls atelier_file_calls = {
  .open = open_file,
  .write = write,
  .reserve = reserve_room,
  .fchown = fchown,
  .fchmod = fchmod,
  .fsync = fsync,
  .close = close,
  .rename = rename,
  .unlink = unlink,
  .lstat = lstat,
  .stat = stat,
  .readlink = readlink,
  .geteuid = geteuid,
};

/* The file that is replaced or created. */
typedef struct
{
  char       *path;   /* Owned; symbolic links followed */
  char       *folder; /* Owned */
  char       *shown;  /* Owned; as the caller called it, for messages */
  guint64     size;   /* of what is to be written, for messages */
  gboolean    exists;
  struct stat status; /* where it exists */
} Target;

static void
target_clear (Target *target)
{
  g_clear_pointer (&target->path, g_free);
  g_clear_pointer (&target->folder, g_free);
  g_clear_pointer (&target->shown, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

/* ---- Messages ---- */

static void G_GNUC_PRINTF (3, 4)
fail (GError       **error,
      const Target  *target,
      const char    *format,
      ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start (arguments, format);
  cause = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* Translators: a file, and why */
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED, _("“%s” cannot be saved: %s"),
               target->shown, cause);
}

/* Fails with a message for the error number @reason. */
static gboolean
fail_call (GError       **error,
           const Target  *target,
           int            reason)
{
  g_autofree char *folder = g_filename_display_name (target->folder);
  g_autofree char *size = g_format_size (target->size);
  g_autofree char *name = g_path_get_basename (target->path);

  switch (reason)
    {
    case ENOSPC:
      fail (error, target, _("there is no room for %s on its disk"), size);
      break;
    case EDQUOT:
      fail (error, target, _("%s are more than your share of its disk has left"), size);
      break;
    case EFBIG:
      fail (error, target, _("%s are more than a file may have here"), size);
      break;
    case ENOENT:
      fail (error, target, _("there is no folder “%s”"), folder);
      break;
    case ENOTDIR:
      fail (error, target, _("“%s” is not a folder"), folder);
      break;
    case ENAMETOOLONG:
      fail (error, target, _("its name has %u bytes, more than its folder takes (most take 255)"),
            (guint) strlen (name));
      break;
    case EBUSY:
      fail (error, target, _("something is mounted on it, so that it cannot be replaced"));
      break;
    case UNKNOWN_REASON:
      fail (error, target, _("the system gave no reason"));
      break;
    default:
      fail (error, target, "%s", g_strerror (reason));
    }
  return FALSE;
}

/* Fails because nothing can be created in the folder. */
static gboolean
fail_folder (GError       **error,
             const Target  *target,
             int            reason)
{
  g_autofree char *folder = g_filename_display_name (target->folder);

  if (reason != EACCES && reason != EPERM && reason != EROFS)
    return fail_call (error, target, reason);
  /* Translators: a folder, and the system's reason */
  fail (error, target, _("no file can be created in the folder “%s”: %s"),
        folder, g_strerror (reason));
  return FALSE;
}

/* ---- What would be replaced ---- */

/* The name that the symbolic link @path holds, seen from where the program is.  Transfer full;
 * NULL where the link cannot be read. */
static char *
read_link (const char *path)
{
  g_autofree char *folder = NULL;
  char name[4096];
  ssize_t n = atelier_file_calls.readlink (path, name, sizeof name - 1);

  if (n < 0)
    return NULL;
  name[n] = '\0';
  if (g_path_is_absolute (name))
    return g_strdup (name);
  folder = g_path_get_dirname (path);
  return g_build_filename (folder, name, NULL);
}

static void
set_path (Target *target,
          char   *path) /* transfer full */
{
  g_free (target->path);
  g_free (target->folder);
  target->path = path;
  target->folder = g_path_get_dirname (path);
}

/* Returns an error number, or 0. */
static int
follow_links (Target *target)
{
  for (guint i = 0; i < MAX_LINKS; i++)
    {
      char *next;

      if (atelier_file_calls.lstat (target->path, &target->status) != 0)
        return errno == ENOENT ? 0 : get_reason ();
      if (!S_ISLNK (target->status.st_mode))
        {
          target->exists = TRUE;
          return 0;
        }
      next = read_link (target->path);
      if (next == NULL)
        return get_reason ();
      set_path (target, next);
    }
  return ELOOP;
}

static gboolean
init_target (Target      *target,
             const char  *path,
             guint64      size,
             GError     **error)
{
  int reason;

  *target = (Target) { .shown = g_filename_display_name (path), .size = size };
  set_path (target, g_strdup (path));
  if (*path == '\0')
    {
      fail (error, target, _("the name is empty"));
      return FALSE;
    }
  reason = follow_links (target);
  return reason == 0 || fail_call (error, target, reason);
}

/* Whether @target is the root of a mount, such as a single file that a container was given. */
static gboolean
is_mount (const Target      *target,
          const struct stat *folder)
{
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx status;

  if (statx (AT_FDCWD, target->path, AT_SYMLINK_NOFOLLOW, 0, &status) == 0
      && (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0)
    return TRUE;
#endif
  return target->status.st_dev != folder->st_dev;
}

/* Opens the file for writing and closes it again, which changes nothing.  So it is seen whether it
 * is read-only, immutable, or a program that runs. */
static gboolean
check_open (const Target  *target,
            GError       **error)
{
  int file = -1;
  int reason = EACCES;

  /* The superuser may write everything, but did not mean to. */
  if ((target->status.st_mode & ANY_WRITE) != 0)
    {
      file = atelier_file_calls.open (target->path, O_WRONLY | O_CLOEXEC | O_NONBLOCK, 0);
      reason = get_reason ();
    }
  if (file >= 0)
    {
      atelier_file_calls.close (file);
      return TRUE;
    }
  if (reason == EACCES)
    /* Translators: %03o is the mode of a file, such as 444 */
    fail (error, target, _("it exists and may only be read (its mode is %03o)"),
          (guint) (target->status.st_mode & PERMISSIONS));
  else if (reason == EPERM)
    fail (error, target, _("it exists and is protected against changes (see lsattr)"));
  else
    return fail_call (error, target, reason);
  return FALSE;
}

/* Whether an existing file can be replaced, and without harm. */
static gboolean
check_target (const Target  *target,
              GError       **error)
{
  struct stat folder;
  uid_t user = atelier_file_calls.geteuid ();

  if (!target->exists)
    return TRUE;
  if (atelier_file_calls.stat (target->folder, &folder) != 0)
    return fail_call (error, target, get_reason ());
  if (!S_ISREG (target->status.st_mode))
    fail (error, target, _("it exists and is not a regular file"));
  else if (target->status.st_nlink > 1)
    fail (error, target,
          _("it has %u names (hard links), and the others would keep the old content; choose "
            "another name, or remove this one first"),
          (guint) target->status.st_nlink);
  else if (is_mount (target, &folder))
    return fail_call (error, target, EBUSY);
  else if ((folder.st_mode & S_ISVTX) != 0 && user != 0 && user != folder.st_uid
           && user != target->status.st_uid)
    fail (error, target,
          _("it belongs to another user, and its folder lets only owners replace their files"));
  else
    return check_open (target, error);
  return FALSE;
}

/* ---- The temporary file ---- */

/* Returns the file, or -1.  @path: transfer full. */
static int
create_temporary (const Target  *target,
                  char         **path,
                  GError       **error)
{
  const mode_t mode = target->exists ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP
                                                           | S_IROTH | S_IWOTH;
  int reason = EEXIST;

  for (guint i = 0; i < MAX_TRIES && reason == EEXIST; i++)
    {
      g_autofree char *name = g_strdup_printf (".atelier-%08x", g_random_int ());
      g_autofree char *candidate = g_build_filename (target->folder, name, NULL);
      int file = atelier_file_calls.open (candidate,
                                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                          mode);

      reason = get_reason ();
      if (file >= 0)
        {
          *path = g_steal_pointer (&candidate);
          return file;
        }
    }
  fail_folder (error, target, reason);
  return -1;
}

/* The functions below return an error number, or 0. */

static int
write_all (int     file,
           GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      ssize_t n = atelier_file_calls.write (file, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n < 0 ? get_reason () : ENOSPC;
      data += n;
      size -= (gsize) n;
    }
  return 0;
}

/* Gives the temporary file owner and mode of the one that it replaces.  A group that cannot be
 * kept gets the rights of everybody else. */
static int
copy_rights (int           file,
             const Target *target)
{
  mode_t mode = target->status.st_mode & PERMISSIONS;

  if (!target->exists)
    return 0;
  if (atelier_file_calls.fchown (file, target->status.st_uid, target->status.st_gid) != 0
      && atelier_file_calls.fchown (file, (uid_t) -1, target->status.st_gid) != 0)
    mode = (mode & ~(mode_t) GROUP) | (mode & (mode << 3) & GROUP);
  return atelier_file_calls.fchmod (file, mode) == 0 ? 0 : get_reason ();
}

static int
fill (int           file,
      const Target *target,
      GBytes       *bytes,
      gboolean      flushes)
{
  int reason = write_all (file, bytes);

  if (reason == 0)
    reason = copy_rights (file, target);
  if (reason == 0 && flushes && atelier_file_calls.fsync (file) != 0)
    reason = get_reason ();
  return reason;
}

static void
flush_folder (const Target *target)
{
  int folder = atelier_file_calls.open (target->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (folder < 0)
    return;
  atelier_file_calls.fsync (folder);
  atelier_file_calls.close (folder);
}

/* ---- Public ---- */

static gboolean
write_file (const char  *path,
            GBytes      *bytes,
            gboolean     flushes,
            GError     **error)
{
  g_auto (Target) target = { 0 };
  g_autofree char *temporary = NULL;
  int file, reason;

  if (!init_target (&target, path, g_bytes_get_size (bytes), error)
      || !check_target (&target, error))
    return FALSE;
  file = create_temporary (&target, &temporary, error);
  if (file < 0)
    return FALSE;

  reason = fill (file, &target, bytes, flushes);
  if (atelier_file_calls.close (file) != 0 && reason == 0)
    reason = get_reason ();
  if (reason == 0 && atelier_file_calls.rename (temporary, target.path) != 0)
    reason = get_reason ();
  if (reason != 0)
    {
      atelier_file_calls.unlink (temporary);
      return fail_call (error, &target, reason);
    }
  if (flushes)
    flush_folder (&target);
  return TRUE;
}

gboolean
atelier_file_write (const char  *path,
                    GBytes      *bytes,
                    GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return write_file (path, bytes, TRUE, error);
}

gboolean
atelier_file_write_without_flush (const char  *path,
                                  GBytes      *bytes,
                                  GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return write_file (path, bytes, FALSE, error);
}

gboolean
atelier_file_check_writable (const char  *path,
                             guint64      size,
                             GError     **error)
{
  g_auto (Target) target = { 0 };
  g_autofree char *temporary = NULL;
  int file, reason = 0;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (size <= G_MAXINT64, FALSE);

  if (!init_target (&target, path, size, error) || !check_target (&target, error))
    return FALSE;
  file = create_temporary (&target, &temporary, error);
  if (file < 0)
    return FALSE;
  if (size > 0)
    reason = atelier_file_calls.reserve (file, (off_t) size);
  atelier_file_calls.close (file);
  atelier_file_calls.unlink (temporary);
  return reason == 0 || fail_call (error, &target, reason);
}

static gboolean
is_same_status (const struct stat *a,
                const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

gboolean
atelier_file_is_same (const char *path_a,
                      const char *path_b)
{
  g_auto (Target) a = { 0 };
  g_auto (Target) b = { 0 };
  g_autofree char *name_a = NULL;
  g_autofree char *name_b = NULL;
  struct stat folder_a, folder_b;

  g_return_val_if_fail (path_a != NULL && path_b != NULL, FALSE);

  if (!init_target (&a, path_a, 0, NULL) || !init_target (&b, path_b, 0, NULL)
      || a.exists != b.exists)
    return FALSE;
  if (a.exists)
    return is_same_status (&a.status, &b.status);

  name_a = g_path_get_basename (a.path);
  name_b = g_path_get_basename (b.path);
  return strcmp (name_a, name_b) == 0
         && atelier_file_calls.stat (a.folder, &folder_a) == 0
         && atelier_file_calls.stat (b.folder, &folder_b) == 0
         && is_same_status (&folder_a, &folder_b);
}
