/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierOcclusion - which part of a picture an answer rests on, found by covering one part after
 * another.
 *
 * For every pixel, how much the score of the predicted class drops, on average, when a square patch
 * that covers the pixel hides what is there.  The method is that of Zeiler and Fergus, "Visualizing
 * and Understanding Convolutional Networks", ECCV 2014, section 4.2.  Immutable and
 * reference-counted; any thread.
 */

#pragma once

#include <gio/gio.h>

#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_OCCLUSION (atelier_occlusion_get_type ())
typedef struct _AtelierOcclusion AtelierOcclusion;

GType             atelier_occlusion_get_type (void) G_GNUC_CONST;

/* @pixels: [height, width, channels] of the network's input size, bytes.  At most 2,209 pictures
 * are classified, on the calling thread alone, in batches between which it can be cancelled.
 * NO_MEMORY, TOO_LARGE; G_IO_ERROR_CANCELLED. */
AtelierOcclusion *atelier_occlusion_new      (AtelierModel      *model,
                                              const guint8      *pixels,
                                              GCancellable      *cancellable,
                                              GError           **error);
AtelierOcclusion *atelier_occlusion_ref      (AtelierOcclusion  *occlusion);
void              atelier_occlusion_unref    (AtelierOcclusion  *occlusion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierOcclusion, atelier_occlusion_unref)

/* The same on a thread of GTask's pool; MISMATCH besides, where @pixels are not of that size. */
void              atelier_occlusion_async    (AtelierModel        *model,
                                              GBytes              *pixels,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
AtelierOcclusion *atelier_occlusion_finish   (GAsyncResult        *result,
                                              GError             **error);

guint             atelier_occlusion_get_height  (AtelierOcclusion *occlusion);
guint             atelier_occlusion_get_width   (AtelierOcclusion *occlusion);
/* The class that the whole picture was taken for, and its score then. */
guint             atelier_occlusion_get_class   (AtelierOcclusion *occlusion);
double            atelier_occlusion_get_score   (AtelierOcclusion *occlusion);
/* Borrowed, [height, width]: the mean drop of that score, -1 to 1.  Below 0: the answer is surer
 * with the pixel covered. */
const float      *atelier_occlusion_get_drops   (AtelierOcclusion *occlusion);
double            atelier_occlusion_get_highest (AtelierOcclusion *occlusion); /* drop */
/* The side of the square patch, in pixels. */
guint             atelier_occlusion_get_patch   (AtelierOcclusion *occlusion);

/* One sentence, translated: "The answer rests most on the upper left: ...".  Transfer full. */
char             *atelier_occlusion_describe    (AtelierOcclusion *occlusion);

G_END_DECLS
