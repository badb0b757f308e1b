/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remembers the errno of the first failure.  Main thread. */

#include "config.h"

#include "atelier-cli-output.h"

#include <errno.h>

static int first_error = 0;

static void
remember (int saved_errno)
{
  if (first_error == 0)
    first_error = saved_errno;
}

void
atelier_cli_output_write (FILE       *stream,
                          const char *text)
{
  if (fputs (text, stream) == EOF && stream == stdout)
    remember (errno);
}

void
atelier_cli_output_flush (void)
{
  if (fflush (stdout) == EOF)
    remember (errno);
}

int
atelier_cli_output_get_error (void)
{
  return first_error;
}
