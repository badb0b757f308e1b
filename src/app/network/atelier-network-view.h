/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkView - a widget with the picture of a network, or of layers that are being edited
 * and need not fit.
 *
 * A click or the arrow keys select a layer; the pointer shows what the layer is and costs.  The
 * picture is as high as the width needs and shrinks to what it is given; below its minimum it
 * scrolls inside a GtkScrolledWindow, and scrolls to what is selected.  Its menu saves the picture.
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "atelier-network-steps.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NETWORK_VIEW (atelier_network_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNetworkView, atelier_network_view, ATELIER, NETWORK_VIEW, GtkWidget)

GtkWidget      *atelier_network_view_new          (void);
/* Borrowed; NULL before a network is set, and while rows are shown. */
AtelierNetwork *atelier_network_view_get_network  (AtelierNetworkView          *self);
/* @network: nullable.  The selection stays where it was, if there still is such a layer. */
void            atelier_network_view_set_network  (AtelierNetworkView          *self,
                                                   AtelierNetwork              *network);
/* Shows @rows, which are copied, instead of a network; as atelier_network_steps_new_for_rows. */
void            atelier_network_view_set_rows     (AtelierNetworkView          *self,
                                                   const char                  *name,
                                                   guint                        height,
                                                   guint                        width,
                                                   guint                        channels,
                                                   const AtelierNetworkStepRow *rows,
                                                   guint                        n_rows);
/* The index of a layer or row, or ATELIER_NO_LAYER.  What is not there selects nothing. */
guint           atelier_network_view_get_selected (AtelierNetworkView          *self);
void            atelier_network_view_set_selected (AtelierNetworkView          *self,
                                                   guint                        i_layer);
/* The place of a layer's row in the widget's coordinates; FALSE before it was drawn. */
gboolean        atelier_network_view_get_place    (AtelierNetworkView          *self,
                                                   guint                        i_layer,
                                                   graphene_rect_t             *place);
/* Asks for a path and saves the picture there, as a button beside the view may want to.  @suffix is
 * suggested: "svg", "pdf" or "png". */
void            atelier_network_view_save         (AtelierNetworkView          *self,
                                                   const char                  *suffix);

G_END_DECLS
