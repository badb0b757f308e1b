/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading whole files that are bounded in size, without ever waiting for one that is no file.
 * Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Regular files only: a pipe or a folder is refused at once.  NOT_FOUND, FORMAT, TOO_LARGE,
 * NO_MEMORY, FAILED. */
GBytes *atelier_file_read    (const char  *path,
                              guint64      max_size,
                              GError     **error);
/* The first @max_size bytes of a regular file, or as many as it has; -1 where it cannot be read. */
gssize  atelier_file_read_head (const char *path,
                                guint8     *head,
                                gsize       max_size);
/* Written beside @path, brought to the disk and renamed, so that a failure leaves the old file.
 * FAILED. */
gboolean atelier_file_write  (const char  *path,
                              GBytes      *bytes,
                              GError     **error);

G_END_DECLS
