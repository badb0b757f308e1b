/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people: counts, large numbers, durations.  All transfer full; main thread (the
 * locale). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "55,000", with the separator of the locale, and with commas in the C locale. */
char *atelier_format_count    (guint64 n);
/* "1.2 M": a number whose size matters more than its digits. */
char *atelier_format_large    (guint64 n);
/* "0:06", "1:02:03"; rounded up, so that it reaches 0:00 only at the end. */
char *atelier_format_duration (double  seconds);

G_END_DECLS
