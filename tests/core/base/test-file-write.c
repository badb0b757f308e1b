/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing whole files: what a file was it stays, and a failure of any system call leaves the old
 * file and nothing else. */

#include "config.h"

#include "base/atelier-file-write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write-private.h"

typedef struct
{
  char            *folder; /* Owned */
  char            *path;   /* Owned; not created */
  AtelierFileCalls calls;  /* the system's own */
  mode_t           umask;
} Fixture;

static Fixture *current;
static int fault;         /* the error number of the call that fails */
static const char *wanted; /* whose open fails: what the path contains */

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("atelier-write-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "model.st", NULL);
  fixture->calls = atelier_file_calls;
  fixture->umask = umask (022);
  current = fixture;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  atelier_file_calls = fixture->calls;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  umask (fixture->umask);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
save (const char  *path,
      const char  *text,
      GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return atelier_file_write (path, bytes, error);
}

static void
assert_saves (const char *path,
              const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_true (save (path, text, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static void
create_old (Fixture *fixture,
            mode_t   mode)
{
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, (int) mode), ==, 0);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static mode_t
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

/* Saving and the check both fail, with the file's name and @words; only the old file is there. */
static void
assert_refused (Fixture    *fixture,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) check_error = NULL;
  g_autofree char *found = NULL;
  guint n_files = count_files (fixture);

  g_assert_false (save (fixture->path, "new", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "model.st"));
  g_assert_nonnull (strstr (error->message, words));
  g_assert_false (atelier_file_check_writable (fixture->path, 3, &check_error));
  g_assert_cmpstr (check_error->message, ==, error->message);
  g_assert_cmpuint (count_files (fixture), ==, n_files);
  if (g_file_get_contents (fixture->path, &found, NULL, NULL))
    g_assert_cmpstr (found, ==, "old");
}

/* ---- What the file was ---- */

static void
test_new_file (Fixture       *fixture,
               gconstpointer  data)
{
  umask (027);
  assert_saves (fixture->path, "new");
  g_assert_cmpuint (get_mode (fixture->path), ==, 0640);
  assert_saves (fixture->path, "");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_mode (Fixture       *fixture,
           gconstpointer  data)
{
  const mode_t modes[] = { 0600, 0640, 0664, 0200 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      create_old (fixture, modes[i]);
      g_assert_true (save (fixture->path, "new", &error));
      g_assert_no_error (error);
      g_assert_cmpuint (get_mode (fixture->path), ==, modes[i]);
      g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
    }
}

/* A link to a link to the file, the first of them relative, stays; so does one to nothing yet. */
static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *first = g_build_filename (fixture->folder, "first", NULL);
  g_autofree char *second = g_build_filename (fixture->folder, "second", NULL);
  g_autofree char *found = NULL;

  g_assert_cmpint (symlink (fixture->path, second), ==, 0);
  g_assert_cmpint (symlink ("second", first), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      assert_saves (first, i == 0 ? "one" : "two");
      g_assert_true (g_file_test (first, G_FILE_TEST_IS_SYMLINK));
      g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
    }
  g_assert_true (g_file_get_contents (fixture->path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, "two");
  g_assert_cmpuint (count_files (fixture), ==, 3);
}

static void
test_circle (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpint (symlink ("model.st", fixture->path), ==, 0);
  assert_refused (fixture, g_strerror (ELOOP));
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  create_old (fixture, 0444);
  assert_refused (fixture, "444");
}

static void
test_hard_links (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  create_old (fixture, 0600);
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  assert_refused (fixture, "2 names");
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, "not a regular file");
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "missing", "model.st", NULL);
  assert_refused (fixture, "no folder");
}

/* Every length that a file system takes, and one more. */
static void
test_long_names (Fixture       *fixture,
                 gconstpointer  data)
{
  const guint lengths[] = { 248, 249, 254, 255 };
  g_autofree char *long_name = g_strnfill (256, 'y');
  g_autofree char *long_path = g_build_filename (fixture->folder, long_name, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *name = g_strnfill (lengths[i], 'y');
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_true (atelier_file_check_writable (path, 10, NULL));
      assert_saves (path, "new");
    }
  g_assert_false (atelier_file_check_writable (long_path, 10, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "256 bytes"));
}

/* ---- Folders and mounts of others ---- */

static uid_t
answer_nobody (void)
{
  return 65534;
}

static int
stat_sticky (const char  *path,
             struct stat *status)
{
  int result = current->calls.stat (path, status);

  status->st_mode |= S_ISVTX;
  return result;
}

static void
test_sticky_folder (Fixture       *fixture,
                    gconstpointer  data)
{
  create_old (fixture, 0666);
  atelier_file_calls.geteuid = answer_nobody;
  g_assert_true (atelier_file_check_writable (fixture->path, 3, NULL));
  atelier_file_calls.stat = stat_sticky;
  assert_refused (fixture, "another user");
}

static int
stat_elsewhere (const char  *path,
                struct stat *status)
{
  int result = current->calls.stat (path, status);

  status->st_dev++;
  return result;
}

static void
test_mount (Fixture       *fixture,
            gconstpointer  data)
{
  create_old (fixture, 0600);
  atelier_file_calls.stat = stat_elsewhere;
  assert_refused (fixture, "mounted");
}

/* ---- Faults ---- */

static int
fail_open (const char *path,
           int         flags,
           mode_t      mode)
{
  if (strstr (path, wanted) == NULL)
    return current->calls.open (path, flags, mode);
  errno = fault;
  return -1;
}

static ssize_t
fail_write (int         file,
            const void *data,
            size_t      size)
{
  errno = fault;
  return -1;
}

/* A disk that is full after the first byte. */
static ssize_t
write_one_byte (int         file,
                const void *data,
                size_t      size)
{
  if (*(const char *) data == 'n')
    return current->calls.write (file, data, 1);
  errno = 0;
  return 0;
}

static ssize_t
write_in_pieces (int         file,
                 const void *data,
                 size_t      size)
{
  static guint n;

  if (n++ % 2 == 0)
    return current->calls.write (file, data, 1);
  errno = EINTR;
  return -1;
}

static int
fail_reserve (int   file,
              off_t size)
{
  return fault;
}

static int
fail_fchown (int   file,
             uid_t owner,
             gid_t group)
{
  errno = fault;
  return -1;
}

static int
fail_fchmod (int    file,
             mode_t mode)
{
  errno = fault;
  return -1;
}

static int
fail_fsync (int file)
{
  errno = fault;
  return -1;
}

static int
fail_close (int file)
{
  current->calls.close (file);
  errno = fault;
  return -1;
}

static int
fail_rename (const char *from,
             const char *to)
{
  errno = fault;
  return -1;
}

static int
fail_stat (const char  *path,
           struct stat *status)
{
  errno = fault;
  return -1;
}

static ssize_t
fail_readlink (const char *path,
               char       *target,
               size_t      size)
{
  errno = fault;
  return -1;
}

/* Saving over an old file fails, which it survives; the message names the file and a cause. */
static void
assert_fault (Fixture    *fixture,
              const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_false (save (fixture->path, "new", &error));
  atelier_file_calls = fixture->calls;
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "model.st"));
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, "Success"));
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, "old");
  g_assert_cmpuint (get_mode (fixture->path), ==, 0640);
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  const struct
  {
    int         reason;
    const char *words;
  } faults[] = {
    { EIO, g_strerror (EIO) }, { ENOSPC, "no room for 3" }, { EDQUOT, "your share" },
    { EFBIG, "more than a file may have" }, { 0, "no reason" },
  };

  create_old (fixture, 0640);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      fault = faults[i].reason;
      atelier_file_calls.write = fail_write;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.fchmod = fail_fchmod;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.fsync = fail_fsync;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.close = fail_close;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.rename = fail_rename;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.stat = fail_stat;
      assert_fault (fixture, faults[i].words);
      atelier_file_calls.lstat = fail_stat;
      assert_fault (fixture, faults[i].words);
    }
  atelier_file_calls.write = write_one_byte;
  assert_fault (fixture, "no room");
}

static void
test_open_faults (Fixture       *fixture,
                  gconstpointer  data)
{
  create_old (fixture, 0640);
  wanted = ".atelier-";
  atelier_file_calls.open = fail_open;
  fault = EACCES;
  assert_fault (fixture, fixture->folder);
  atelier_file_calls.open = fail_open;
  fault = EROFS;
  assert_fault (fixture, g_strerror (EROFS));
  atelier_file_calls.open = fail_open;
  fault = EEXIST; /* every name is taken */
  assert_fault (fixture, g_strerror (EEXIST));
  wanted = "model.st";
  atelier_file_calls.open = fail_open;
  fault = EPERM;
  assert_fault (fixture, "protected");
  atelier_file_calls.open = fail_open;
  fault = ETXTBSY;
  assert_fault (fixture, g_strerror (ETXTBSY));
}

static void
test_link_fault (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (symlink ("elsewhere", fixture->path), ==, 0);
  atelier_file_calls.readlink = fail_readlink;
  fault = EIO;
  assert_refused (fixture, g_strerror (EIO));
}

/* What is interrupted or done by halves goes on. */
static void
test_pieces (Fixture       *fixture,
             gconstpointer  data)
{
  atelier_file_calls.write = write_in_pieces;
  assert_saves (fixture->path, "longer than one byte");
}

/* An owner that cannot be kept is no failure, but its group's rights do not go to another group. */
static void
test_owner (Fixture       *fixture,
            gconstpointer  data)
{
  create_old (fixture, 0664);
  atelier_file_calls.fchown = fail_fchown;
  fault = EPERM;
  assert_saves (fixture->path, "new");
  g_assert_cmpuint (get_mode (fixture->path), ==, 0644);
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_file_check_writable (fixture->path, 1000, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  atelier_file_calls.reserve = fail_reserve;
  fault = ENOSPC;
  g_assert_false (atelier_file_check_writable (fixture->path, 5000000, &error));
  g_assert_nonnull (strstr (error->message, "no room for 5.0"));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* More than any disk has. */
static void
test_check_really_tries (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_file_check_writable (fixture->path, (guint64) 1 << 52, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* ---- The same file ---- */

static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *spelled = g_strconcat (fixture->folder, "//./model.st", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *to_folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *through = g_build_filename (to_folder, "model.st", NULL);

  g_assert_cmpint (symlink (fixture->folder, to_folder), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (atelier_file_is_same (fixture->path, fixture->path));
      g_assert_true (atelier_file_is_same (fixture->path, spelled));
      g_assert_true (atelier_file_is_same (through, fixture->path));
      g_assert_false (atelier_file_is_same (fixture->path, other));
      g_assert_false (atelier_file_is_same (fixture->path, fixture->folder));
      create_old (fixture, 0600); /* the second time it exists */
    }
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  g_assert_true (atelier_file_is_same (fixture->path, other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/core/file-write/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("new-file", test_new_file);
  ADD ("mode", test_mode);
  ADD ("links", test_links);
  ADD ("circle", test_circle);
  ADD ("read-only", test_read_only);
  ADD ("hard-links", test_hard_links);
  ADD ("no-file", test_no_file);
  ADD ("no-folder", test_no_folder);
  ADD ("long-names", test_long_names);
  ADD ("sticky-folder", test_sticky_folder);
  ADD ("mount", test_mount);
  ADD ("faults", test_faults);
  ADD ("open-faults", test_open_faults);
  ADD ("link-fault", test_link_fault);
  ADD ("pieces", test_pieces);
  ADD ("owner", test_owner);
  ADD ("check", test_check);
  ADD ("check-really-tries", test_check_really_tries);
  ADD ("same", test_same);
#undef ADD

  return g_test_run ();
}
