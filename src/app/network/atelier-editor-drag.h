/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dragging layers by their handles.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-network-draft.h"

G_BEGIN_DECLS

typedef void (*AtelierEditorMove) (gpointer                 user_data,
                                   guint                    id,
                                   const AtelierDraftPlace *place);

/* @list_box: of AtelierEditorRow, in a scrolled window; all are borrowed.  Calls @move where a
 * layer is let go.  Lives as long as @list_box. */
void atelier_editor_drag_add (GtkListBox          *list_box,
                              AtelierNetworkDraft *draft,
                              AtelierEditorMove    move,
                              gpointer             user_data);

G_END_DECLS
