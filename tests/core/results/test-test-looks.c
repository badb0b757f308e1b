/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at the test images: counted for each data set, by several processes at once, and whatever
 * became of the file. */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "results/atelier-test-looks.h"

#define HALF "0123456789abcdef0123456789abcdef"
#define FIRST HALF HALF
#define SECOND HALF "ffffffffffffffffffffffffffffffff"

#define N_PROCESSES 4
#define N_LOOKS 200 /* of a process */

static char *folder;
static char *path;

/* Without the file of an earlier test. */
static void
start_anew (void)
{
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_unlink (path);
  g_rmdir (path);
}

static void
test_counts (void)
{
  struct stat status;

  start_anew ();
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpuint (atelier_test_looks_add (SECOND, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 2);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 2);
  g_assert_cmpuint (atelier_test_looks_count (SECOND), ==, 1);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

/* A line says which weights were looked at. */
static void
test_weights (void)
{
  g_autofree char *text = NULL;

  start_anew ();
  atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_BEST, 7);
  atelier_test_looks_add (SECOND, ATELIER_WEIGHTS_AVERAGED, 10);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{64} \\S+Z best 7\n[0-9a-f]{64} \\S+Z averaged 10"
                                       "\n$", text, 0, 0));
}

static void
test_makes_its_folder (void)
{
  start_anew ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 1);
}

static void
test_several_processes (void)
{
  pid_t processes[N_PROCESSES];

  start_anew ();
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      processes[i] = fork ();
      g_assert_cmpint (processes[i], >=, 0);
      if (processes[i] == 0)
        {
          for (guint k = 0; k < N_LOOKS; k++)
            atelier_test_looks_add (i % 2 == 0 ? FIRST : SECOND, ATELIER_WEIGHTS_NEWEST, 1);
          _exit (0);
        }
    }
  for (guint i = 0; i < N_PROCESSES; i++)
    g_assert_cmpint (waitpid (processes[i], NULL, 0), ==, processes[i]);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, N_PROCESSES / 2 * N_LOOKS);
  g_assert_cmpuint (atelier_test_looks_count (SECOND), ==, N_PROCESSES / 2 * N_LOOKS);
}

/* What is no line of ours is passed over; a line that was broken off costs no other. */
static void
test_broken_file (void)
{
  static const char broken[] =
    FIRST " 2024-01-01T00:00:00Z\n"
    "not a line\n"
    "\0\0\n"
    FIRST "\n"
    "\n"
    " " FIRST " 2024-01-01T00:00:00Z\n"
    FIRST " 2024-01-";

  start_anew ();
  g_assert_true (g_file_set_contents (path, broken, sizeof broken - 1, NULL));
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 1);
  /* The broken line ends here, and counts now. */
  g_assert_cmpuint (atelier_test_looks_add (SECOND, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 2);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 3);
}

/* A folder or a named pipe of that name, or a file that may not be written, stops nothing. */
static void
test_no_file (void)
{
  start_anew ();
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);

  start_anew ();
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
}

static void
test_read_only (void)
{
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everything");
      return;
    }
  start_anew ();
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 2);
  g_assert_cmpuint (atelier_test_looks_count (FIRST), ==, 1);
  g_assert_cmpint (g_chmod (path, 0000), ==, 0);
  g_assert_cmpuint (atelier_test_looks_add (FIRST, ATELIER_WEIGHTS_NEWEST, 1), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("atelier-state-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  folder = g_build_filename (state, "atelier", NULL);
  path = g_build_filename (folder, "test-looks", NULL);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/test-looks/counts", test_counts);
  g_test_add_func ("/core/test-looks/weights", test_weights);
  g_test_add_func ("/core/test-looks/folder", test_makes_its_folder);
  g_test_add_func ("/core/test-looks/processes", test_several_processes);
  g_test_add_func ("/core/test-looks/broken-file", test_broken_file);
  g_test_add_func ("/core/test-looks/no-file", test_no_file);
  g_test_add_func ("/core/test-looks/read-only", test_read_only);
  status = g_test_run ();

  start_anew ();
  g_rmdir (folder);
  g_rmdir (state);
  g_free (path);
  g_free (folder);
  return status;
}
