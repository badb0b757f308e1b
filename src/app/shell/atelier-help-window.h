/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierHelpWindow - what to do with the program, on one page.  Main thread. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_HELP_WINDOW (atelier_help_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierHelpWindow, atelier_help_window, ATELIER, HELP_WINDOW, AdwWindow)

/* Actions: "help.page" (string) and "help.show-mistakes" activate the actions "win.page" and
 * "win.show-mistakes" of @parent, and bring it to the front. */
AtelierHelpWindow *atelier_help_window_new (GtkWindow *parent);

G_END_DECLS
