/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at the test images, counted over all runs.
 *
 * The file is $XDG_STATE_HOME/atelier/test-looks, one line a look: the data set's SHA-256, the
 * time, which weights, and how many epochs are behind them, with a space between each; lines of
 * before have no weights.  A line is appended by one write to a file opened with O_APPEND, so that
 * two processes never lose each other's, without a lock that a killed process would leave behind.
 * A file of counts that is rewritten was rejected for that reason.  What is no such line is passed
 * over, and after half a line a new one begins.
 *
 * A file that cannot be read counts as empty: a count that is too low is no reason to refuse an
 * evaluation.
 */

#include "config.h"

#include "results/atelier-test-looks.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-file.h"
#include "model/atelier-weights.h"

#define SHA256_LENGTH 64
#define MAX_FILE_SIZE (64 << 20) /* of some 700,000 looks */

static char *
build_path (const char *name) /* nullable: the folder */
{
  return g_build_filename (g_get_user_state_dir (), "atelier", name, NULL);
}

static gboolean
append_line (int         file,
             const char *sha256,
             const char *weights)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *line = NULL;
  struct stat status;
  char last = '\n';

  if (fstat (file, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  if (status.st_size > 0 && pread (file, &last, 1, status.st_size - 1) != 1)
    return FALSE;

  line = g_strdup_printf ("%s%s %s %s\n", last == '\n' ? "" : "\n", sha256, time, weights);

  return write (file, line, strlen (line)) == (gssize) strlen (line);
}

static gboolean
record (const char *sha256,
        const char *weights)
{
  g_autofree char *folder = build_path (NULL);
  g_autofree char *path = build_path ("test-looks");
  gboolean is_recorded;
  int file;

  g_mkdir_with_parents (folder, 0700);
  /* Without blocking, since a named pipe may have that name. */
  file = open (path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0600);
  if (file < 0)
    return FALSE;

  is_recorded = append_line (file, sha256, weights);
  close (file);

  return is_recorded;
}

guint
atelier_test_looks_count (const char *sha256)
{
  g_autofree char *path = build_path ("test-looks");
  g_autoptr (GBytes) bytes = NULL;
  const char *text, *end;
  gsize size;
  guint n = 0;

  g_return_val_if_fail (sha256 != NULL && strlen (sha256) == SHA256_LENGTH, 0);

  bytes = atelier_file_read (path, MAX_FILE_SIZE, NULL);
  if (bytes == NULL)
    return 0;

  text = g_bytes_get_data (bytes, &size);
  for (const char *line = text; line != NULL && line < text + size; line = end + 1)
    {
      end = memchr (line, '\n', (gsize) (text + size - line));
      if (end == NULL)
        break;
      n += end - line > SHA256_LENGTH && line[SHA256_LENGTH] == ' '
           && memcmp (line, sha256, SHA256_LENGTH) == 0;
    }

  return n;
}

guint
atelier_test_looks_add (const char     *sha256,
                        AtelierWeights  weights,
                        guint           n_epochs)
{
  g_autofree char *words = NULL;
  gboolean is_recorded;

  g_return_val_if_fail (sha256 != NULL && strlen (sha256) == SHA256_LENGTH, 0);
  g_return_val_if_fail (weights < ATELIER_N_WEIGHTS, 0);

  words = g_strdup_printf ("%s %u", atelier_weights_get_id (weights), n_epochs);
  is_recorded = record (sha256, words);

  return atelier_test_looks_count (sha256) + (is_recorded ? 0 : 1);
}
