/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of files from a fuzzer's bytes.
 *
 * The bytes are records, of which each is a file:
 *
 *   kind | for kind 254 and 255: length of the name, name | length (u16, little-endian), contents
 *
 * A kind below the number of the target's own names is one of them; 255 is a file of another name,
 * and 254 a link to the folder above (without contents).  A name may have '/' in it.
 */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Writes the records into a folder of this process and returns its path.  The folder is emptied
 * first, and removed when the process ends.  @names: NULL-terminated. */
const char *fuzz_folder_fill (const uint8_t      *data,
                              size_t              size,
                              const char * const *names);

G_END_DECLS
