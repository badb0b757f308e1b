/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people: counts, shares, losses and times, as the window, the reports and the command
 * line write them.
 *
 * All transfer full.  Main thread (the locale).  A value that is not finite is "–".
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "55,000", with the separator of the locale, and with commas in the C locale. */
char *atelier_format_count      (guint64 n);
/* "1.2 M": a number whose size matters more than its digits. */
char *atelier_format_large      (guint64 n);

/* A share of 1 in percent: 0.9034 is "90.3 %" with 1 decimal.  The space is an ordinary one. */
char *atelier_format_percent    (double  share,
                                 guint   n_decimals);
/* For tables, where losses are compared: "0.2680"; from 10 on "48.24". */
char *atelier_format_loss       (double  loss);
/* For sentences and charts: "0.268"; below 0.01 "0.00268", so that a small loss does not read as
 * none. */
char *atelier_format_loss_short (double  loss);

/* How long something took: "6.3 s", from 10 seconds on "0:10", "1:02:03", rounded to the nearest
 * second.  Less than 0 counts as 0. */
char *atelier_format_duration   (double  seconds);
/* How long something will still take: "0:06", "1:02:03"; rounded up, so that it reaches 0:00 only
 * at the end.  Less than 0 counts as 0. */
char *atelier_format_time_left  (double  seconds);

G_END_DECLS
