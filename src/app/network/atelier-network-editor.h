/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkEditor - the layers of the session's draft, to be built and changed.  Main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NETWORK_EDITOR (atelier_network_editor_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNetworkEditor, atelier_network_editor, ATELIER, NETWORK_EDITOR,
                      GtkWidget)

/* Properties: "session" (AtelierSession, nullable), "selected" (uint, read and write: the row of
 * the draft that is selected; ATELIER_NO_LAYER: none).
 *
 * Actions, for its rows: "editor.add" (id, AtelierAddWhere, kind), "editor.remove",
 * "editor.duplicate" and "editor.mend" (id). */

/* Selects a row, scrolls to it and gives it the focus. */
void atelier_network_editor_show_row   (AtelierNetworkEditor *editor,
                                        guint                 i_row);
/* Gives the selected row the focus, or else the first layer's. */
void atelier_network_editor_take_focus (AtelierNetworkEditor *editor);

G_END_DECLS
