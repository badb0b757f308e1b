/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureBatch - several pictures at once, read, prepared and judged one after the other.
 *
 * Two are being read at a time, in threads; of each only what the network sees is kept, so that a
 * thousand photographs take no more memory than two.  Other weights judge what was kept, some
 * pictures at a time between frames; another way of preparing reads the files again.  Main thread.
 */

#pragma once

#include "draw/intake/atelier-batch-item.h"
#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PICTURE_BATCH (atelier_picture_batch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureBatch, atelier_picture_batch, ATELIER, PICTURE_BATCH, GObject)

/* Signal "changed": how many there are, or how many are still to be read. */
AtelierPictureBatch *atelier_picture_batch_new           (void);
/* The pictures, of AtelierBatchItem in the order of their files; borrowed. */
GListModel          *atelier_picture_batch_get_items     (AtelierPictureBatch *batch);
guint                atelier_picture_batch_get_n_pending (AtelierPictureBatch *batch);
/* @files: of GFile.  Takes the place of those before; an empty list gives them up. */
void                 atelier_picture_batch_open          (AtelierPictureBatch *batch,
                                                          GListModel          *files);
/* Nothing is read before this was called once. */
void                 atelier_picture_batch_set_input     (AtelierPictureBatch *batch,
                                                          const AtelierInput  *input);
/* NULL: nobody answers. */
void                 atelier_picture_batch_set_model     (AtelierPictureBatch *batch,
                                                          AtelierModel        *model);

G_END_DECLS
