/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing to a stream, and why standard output could not be written.
 *
 * stdio remembers that a stream failed, but not why; by the time a command ends, errno is that of
 * another call.  Main thread.
 */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* Writes @text as it is. */
void atelier_cli_output_write     (FILE       *stream,
                                   const char *text);
/* Flushes standard output, so that a pipe has each line when it is printed. */
void atelier_cli_output_flush     (void);
/* The errno of the first write to standard output that failed; 0: none has. */
int  atelier_cli_output_get_error (void);

G_END_DECLS
