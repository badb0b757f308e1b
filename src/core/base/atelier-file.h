/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading whole files, with a limit on the size; never blocks on a pipe.  Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads regular files only; a pipe or a folder is an error.  Transfer full.  NOT_FOUND, FORMAT,
 * TOO_LARGE, NO_MEMORY, FAILED. */
GBytes *atelier_file_read    (const char  *path,
                              guint64      max_size,
                              GError     **error);
/* Says by a file's first bytes and its size whether the rest is worth reading. */
typedef gboolean (*AtelierFileJudge) (GBytes      *head,
                                      guint64      size,
                                      gpointer     user_data,
                                      GError     **error);

/* As atelier_file_read, but lets @judge see the first @head_size bytes (or all of a shorter file)
 * before there is memory for the rest.  Its error is returned. */
GBytes *atelier_file_read_judged (const char       *path,
                                  guint64           max_size,
                                  gsize             head_size,
                                  AtelierFileJudge  judge,
                                  gpointer          user_data,
                                  GError          **error);
/* Reads the first @max_size bytes of a regular file, or all of a shorter one.  Returns the number
 * of bytes, or -1 if the file cannot be read. */
gssize  atelier_file_read_head (const char *path,
                                guint8     *head,
                                gsize       max_size);

G_END_DECLS
