/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The system calls of atelier-file-write.c, so that a test can let each of them fail.  Only that
 * file and its test include this header. */

#pragma once

#include <sys/stat.h>
#include <sys/types.h>

typedef struct
{
  int     (*open)     (const char *path, int flags, mode_t mode);
  ssize_t (*write)    (int file, const void *data, size_t size);
  int     (*reserve)  (int file, off_t size); /* returns an error number, as posix_fallocate */
  int     (*fchown)   (int file, uid_t owner, gid_t group);
  int     (*fchmod)   (int file, mode_t mode);
  int     (*fsync)    (int file);
  int     (*close)    (int file);
  int     (*rename)   (const char *from, const char *to);
  int     (*unlink)   (const char *path);
  int     (*lstat)    (const char *path, struct stat *status);
  int     (*stat)     (const char *path, struct stat *status);
  ssize_t (*readlink) (const char *path, char *target, size_t size);
  uid_t   (*geteuid)  (void);
} AtelierFileCalls;

/* The system's own; tests replace members of it, and no other thread may write meanwhile. */
extern AtelierFileCalls atelier_file_calls;
