/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureList - a GListModel of pictures of a split, given by their indices, with the
 * network's predictions.
 *
 * It is also a GtkSelectionModel.  It selects pictures, not positions: a picture stays selected
 * when the list is filled again and still contains it.
 *
 * An item stands for a position.  When the list is filled again, "pictures-changed" tells that the
 * positions have other pictures, or the same with other predictions, and "items-changed" that there
 * are more or fewer of them.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-selection.h"
#include "results/atelier-predictions.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_ORDER_MOST_CERTAIN,
  ATELIER_ORDER_LEAST_CERTAIN,
  ATELIER_ORDER_HIGHEST_LOSS, /* the lowest score of the truth */
  ATELIER_ORDER_MOST_FLIPPED,
  ATELIER_ORDER_DATA,
  ATELIER_N_ORDERS
} AtelierPictureOrder;

#define ATELIER_TYPE_PICTURE_ITEM (atelier_picture_item_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureItem, atelier_picture_item, ATELIER, PICTURE_ITEM, GObject)

guint atelier_picture_item_get_picture (AtelierPictureItem *item); /* its number */

#define ATELIER_TYPE_PICTURE_LIST (atelier_picture_list_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureList, atelier_picture_list, ATELIER, PICTURE_LIST, GObject)

AtelierPictureList *atelier_picture_list_new       (void);
/* Fills the list with the pictures of @predictions, made with @splits, that are in @selection.
 * @flips: how often each prediction changed, read for MOST_FLIPPED only; NULL: order of the data.
 * NULL @predictions: the list is empty.  NULL @splits: the pictures cannot be drawn. */
void                atelier_picture_list_fill      (AtelierPictureList     *list,
                                                    AtelierSplits          *splits,
                                                    AtelierPredictions     *predictions,
                                                    const AtelierSelection *selection,
                                                    AtelierPictureOrder     order,
                                                    const guint            *flips);
/* Fills the list with pictures that have no predictions, in the order of @pictures: [n], each
 * once. */
void                atelier_picture_list_fill_with (AtelierPictureList     *list,
                                                    AtelierSplits          *splits,
                                                    const guint            *pictures,
                                                    guint                   n);

/* Borrowed, nullable. */
AtelierSplits      *atelier_picture_list_get_splits      (AtelierPictureList *list);
AtelierDataset     *atelier_picture_list_get_dataset     (AtelierPictureList *list);
AtelierPredictions *atelier_picture_list_get_predictions (AtelierPictureList *list);
guint               atelier_picture_list_get_picture (AtelierPictureList   *list,
                                                      guint                 position);
/* The position of picture number @picture; FALSE if it is not in the list. */
gboolean            atelier_picture_list_find      (AtelierPictureList     *list,
                                                    guint                   picture,
                                                    guint                  *position);
/* The selected pictures' positions, ascending; transfer full. */
GtkBitset          *atelier_picture_list_get_selected (AtelierPictureList  *list);

G_END_DECLS
