/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing whole files, so that a failure costs neither the old file nor what was to be saved.  All
 * files are written here, except the count of atelier-test-looks.h, which only grows at its end.
 * Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces @path by @bytes, or leaves it as it was.  What the file was, it stays: its mode, its
 * owner where that is allowed, and a symbolic link still points to it.  A new file gets the mode
 * that the umask says.  Extended attributes are not kept.
 *
 * Refuses, and says why: what is no regular file; a file that may not be written (mode 0444,
 * immutable, of another user in a folder such as /tmp); a mount point; and a file with further
 * names (hard links), which would no longer be the same file as this one.  FAILED. */
gboolean atelier_file_write                (const char  *path,
                                            GBytes      *bytes,
                                            GError     **error);
/* As above, but does not wait until the disk has the bytes: after a power cut the file may be the
 * old one, or may be damaged.  For files that are soon replaced again. */
gboolean atelier_file_write_without_flush  (const char  *path,
                                            GBytes      *bytes,
                                            GError     **error);
/* Whether @size bytes could be written to @path now.  Tries it: creates the temporary file beside
 * @path, reserves its size, and removes it.  @path is not touched.  As atelier_file_write. */
gboolean atelier_file_check_writable       (const char  *path,
                                            guint64      size,
                                            GError     **error);
/* Whether both are the same file, however they are spelled, or would be once they are created. */
gboolean atelier_file_is_same              (const char  *path_a,
                                            const char  *path_b);

G_END_DECLS
