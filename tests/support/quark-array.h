/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Tells LeakSanitizer, where there is one, that GLib means to lose its array of quarks.  To be
 * called before there are many. */
void quark_array_expect_loss (void);
