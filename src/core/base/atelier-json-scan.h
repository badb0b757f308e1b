/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict check of a JSON text before json-glib parses it; atelier-json.h says why. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns NULL if @text is strict JSON, else a translated description of the problem; @line is then
 * its line, from 1.  Transfer full. */
char *atelier_json_scan (const char *text,
                         gsize       length,
                         guint       max_depth,
                         guint      *line);

/* The start of @text for a message, with "…" where something was cut.  Control characters, which
 * could change the state of a terminal, become U+FFFD.  Transfer full. */
char *atelier_json_shorten (const char *text);

G_END_DECLS
