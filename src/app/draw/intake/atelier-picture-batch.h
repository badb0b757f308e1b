/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureBatch - reads, prepares and classifies several pictures.
 *
 * Two are read at a time, in threads.  Of each picture only what the network sees is kept, so that
 * a thousand photographs take hardly more memory than two.  Other weights classify the kept pixels,
 * a few pictures in each turn of the main loop; another input pipeline reads the files again.  Main
 * thread.
 */

#pragma once

#include "draw/intake/atelier-batch-item.h"
#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PICTURE_BATCH (atelier_picture_batch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureBatch, atelier_picture_batch, ATELIER, PICTURE_BATCH, GObject)

/* Signal "changed": the number of pictures, or of those not read yet, changed. */
AtelierPictureBatch *atelier_picture_batch_new           (void);
/* The pictures, of AtelierBatchItem in the order of their files; borrowed. */
GListModel          *atelier_picture_batch_get_items     (AtelierPictureBatch *batch);
guint                atelier_picture_batch_get_n_pending (AtelierPictureBatch *batch);
/* @files: of GFile.  Replaces the former pictures and cancels their reading; may be empty. */
void                 atelier_picture_batch_open          (AtelierPictureBatch *batch,
                                                          GListModel          *files);
/* The same, after the former pictures. */
void                 atelier_picture_batch_add           (AtelierPictureBatch *batch,
                                                          GListModel          *files);
/* A picture that is no file; @name: translated. */
void                 atelier_picture_batch_add_bytes     (AtelierPictureBatch *batch,
                                                          GBytes              *bytes,
                                                          const char          *name);
/* Nothing is read until this is called. */
void                 atelier_picture_batch_set_input     (AtelierPictureBatch *batch,
                                                          const AtelierInput  *input);
/* NULL: the pictures have no answers. */
void                 atelier_picture_batch_set_model     (AtelierPictureBatch *batch,
                                                          AtelierModel        *model);

G_END_DECLS
