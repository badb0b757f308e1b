/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierBatchItem - one of several pictures that were opened together: its file or bytes, what the
 * network sees of it, and the answer or the reason why there is none.
 *
 * Made and changed by AtelierPictureBatch only.  Main thread.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_BATCH_ITEM (atelier_batch_item_get_type ())
G_DECLARE_FINAL_TYPE (AtelierBatchItem, atelier_batch_item, ATELIER, BATCH_ITEM, GObject)

/* Signal "changed": the pixels, the answer or the error was set. */
AtelierBatchItem *atelier_batch_item_new        (GFile            *file);
/* A picture that is no file: the bytes that a file would have, and a translated name. */
AtelierBatchItem *atelier_batch_item_new_for_bytes (GBytes           *bytes,
                                                    const char       *name);
/* Borrowed; one of them is NULL. */
GFile            *atelier_batch_item_get_file   (AtelierBatchItem *item);
GBytes           *atelier_batch_item_get_bytes  (AtelierBatchItem *item);
const char       *atelier_batch_item_get_name   (AtelierBatchItem *item); /* to show */
/* [height, width], borrowed; NULL until it is read. */
const guint8     *atelier_batch_item_get_pixels (AtelierBatchItem *item,
                                                 guint            *width,
                                                 guint            *height);
/* The predicted class, translated, and its score; NULL: no answer. */
const char       *atelier_batch_item_get_answer (AtelierBatchItem *item,
                                                 double           *score);
/* Why it cannot be read; nullable. */
const char       *atelier_batch_item_get_error  (AtelierBatchItem *item);

/* Copies @pixels and clears answer and error. */
void              atelier_batch_item_set_pixels (AtelierBatchItem *item,
                                                 const guint8     *pixels,
                                                 guint             width,
                                                 guint             height);
void              atelier_batch_item_set_answer (AtelierBatchItem *item,
                                                 const char       *answer, /* nullable */
                                                 double            score);
/* Clears pixels and answer; NULL: it will be read again. */
void              atelier_batch_item_set_error  (AtelierBatchItem *item,
                                                 const char       *error);

G_END_DECLS
