/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of all kinds of layers.  Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the layer is added, relative to another. */
typedef enum
{
  ATELIER_ADD_BELOW,    /* behind it; of a block, first in its body */
  ATELIER_ADD_SHORTCUT, /* last in the block's shortcut */
  ATELIER_ADD_BEHIND,   /* behind the block */
  ATELIER_ADD_LAST,     /* at the end of the network */
} AtelierAddWhere;

/* Items activate "editor.add" with @id, @where and the kind.  @has_blocks: where blocks may be.
 * Transfer full. */
GMenuModel *atelier_layer_menu_new (guint           id,
                                    AtelierAddWhere where,
                                    gboolean        has_blocks);

G_END_DECLS
