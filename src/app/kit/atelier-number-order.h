/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps sizes, shares and signs in their order in a text that is shown from right to left.
 *
 * Unicode orders what lies between numbers by the text around them, so that "28×28×32" becomes
 * 32×28×28 there, and "0 %" becomes % 0.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @text with isolates around such numbers where @widget, which shows it, runs from right to left,
 * and else as it is.  Transfer full. */
char *atelier_number_order_keep      (GtkWidget  *widget,
                                      const char *text);
/* The same for the text of a label. */
void  atelier_number_order_set_label (GtkLabel   *label,
                                      const char *text);

G_END_DECLS
