/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureList - a GListModel of pictures of a split, as indices. */

#pragma once

#include <gio/gio.h>

#include "atelier-predictions.h"
#include "atelier-selection.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_ORDER_MOST_CERTAIN,
  ATELIER_ORDER_LEAST_CERTAIN,
  ATELIER_ORDER_DATA,
  ATELIER_N_ORDERS
} AtelierPictureOrder;

#define ATELIER_TYPE_PICTURE_ITEM (atelier_picture_item_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureItem, atelier_picture_item, ATELIER, PICTURE_ITEM, GObject)

guint atelier_picture_item_get_index (AtelierPictureItem *item); /* in its split */

#define ATELIER_TYPE_PICTURE_LIST (atelier_picture_list_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureList, atelier_picture_list, ATELIER, PICTURE_LIST, GObject)

AtelierPictureList *atelier_picture_list_new       (void);
/* Fills the list with those of @predictions that are in @selection.  NULL predictions empty it. */
void                atelier_picture_list_fill      (AtelierPictureList     *list,
                                                    AtelierPredictions     *predictions,
                                                    const AtelierSelection *selection,
                                                    AtelierPictureOrder     order);
guint               atelier_picture_list_get_index (AtelierPictureList     *list,
                                                    guint                   position);
/* Where picture @index of the split stands; FALSE where it is not in the list. */
gboolean            atelier_picture_list_find      (AtelierPictureList     *list,
                                                    guint                   index,
                                                    guint                  *position);

G_END_DECLS
