/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict look at a JSON text that comes before json-glib's; see atelier-json.h for why. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns NULL when @text is strict JSON, else what is wrong, translated, with the line in @line
 * (from 1). Transfer full. */
char *atelier_json_scan (const char *text,
                         gsize       length,
                         guint       max_depth,
                         guint      *line);

/* The start of @text for a message, with "…" where something was left out, and U+FFFD in place of
 * control characters, which could do things to a terminal.  Transfer full. */
char *atelier_json_shorten (const char *text);

G_END_DECLS
