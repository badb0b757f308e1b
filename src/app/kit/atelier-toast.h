/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that pass: shown in the AdwToastOverlay around a widget, or in a window's.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @message: plain text.  Replaces what is shown by another call for the same overlay. */
void atelier_toast_show  (GtkWidget  *widget,
                          const char *message);
/* A message that nothing replaces, perhaps with a button that activates an action; @button_label
 * and @action_name are nullable. */
void atelier_toast_offer (GtkWidget  *widget,
                          const char *message,
                          const char *button_label,
                          const char *action_name);

G_END_DECLS
