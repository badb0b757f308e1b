/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that are too long for a toast, and the questions before the window closes.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What fails while such a dialog is still open takes its place, in a list with what it said. */
void       atelier_dialogs_show_error  (GtkWindow    *parent,
                                        const char   *heading,
                                        const GError *error);
/* For a run that is going.  Activates win.stop-and-close of @parent if the answer is to stop.
 * Returns the dialog, borrowed: when the run ends by itself the caller destroys it, which answers
 * nothing. */
GtkWindow *atelier_dialogs_ask_to_stop (GtkWindow    *parent);
/* For a run that is over and not saved.  Activates win.stop-and-close or win.save-and-close.
 * Returns the dialog, borrowed. */
GtkWindow *atelier_dialogs_ask_to_save (GtkWindow    *parent);

G_END_DECLS
