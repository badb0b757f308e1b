/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierEditorRow - a layer in the editor of networks: what it is and gives, or why it does not
 * fit, and while it is open, its members to be changed.
 *
 * It changes nothing itself: its buttons activate the actions of AtelierNetworkEditor with the
 * layer's id.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-network-draft.h"

G_BEGIN_DECLS

/* Its id is of no layer: the row of what the network is given. */
#define ATELIER_EDITOR_INPUT 0

#define ATELIER_TYPE_EDITOR_ROW (atelier_editor_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierEditorRow, atelier_editor_row, ATELIER, EDITOR_ROW, GtkListBoxRow)

/* Signal "member-changed" (const AtelierMember *, const AtelierLayer *): a person has changed a
 * member; the layer is what it would be then. */

/* @columns: [3], borrowed: the widths of output, parameters and share that all rows share. */
GtkWidget *atelier_editor_row_new        (guint                   id,
                                          GtkSizeGroup * const   *columns);
guint      atelier_editor_row_get_id     (AtelierEditorRow       *row);
/* @words: as atelier_network_draft_describe_row ().  Does nothing where nothing is new.  */
void       atelier_editor_row_show       (AtelierEditorRow       *row,
                                          const AtelierDraftRow  *layer,
                                          const char             *words);
/* Of the row of the input. */
void       atelier_editor_row_show_input (AtelierEditorRow       *row,
                                          guint                   height,
                                          guint                   width,
                                          guint                   channels);
void       atelier_editor_row_set_open   (AtelierEditorRow       *row,
                                          gboolean                is_open);
gboolean   atelier_editor_row_get_open   (AtelierEditorRow       *row);
/* How often the row was drawn anew because its layer or figures changed; for tests. */
guint      atelier_editor_row_get_n_changes (AtelierEditorRow    *row);
/* Opens the menu of layers to add. */
void       atelier_editor_row_pop_up     (AtelierEditorRow       *row);
/* Whether the row, or the part of it at @x and @y in its coordinates, is the handle to drag. */
gboolean   atelier_editor_row_is_handle  (AtelierEditorRow       *row,
                                          double                  x,
                                          double                  y);

G_END_DECLS
