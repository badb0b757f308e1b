/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLayerRow - a layer in the network's table: its description, output shape and number of
 * parameters. */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-network.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_LAYER_ROW (atelier_layer_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLayerRow, atelier_layer_row, ATELIER, LAYER_ROW, GtkListBoxRow)

GtkWidget *atelier_layer_row_new (AtelierNetwork *network,
                                  guint           i_layer);

G_END_DECLS
