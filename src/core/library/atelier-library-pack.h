/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrays of figures and predictions <-> the packed bytes that the database has of them.  Any
 * thread. */

#pragma once

#include <glib.h>

#include "results/atelier-predictions.h"

G_BEGIN_DECLS

/* As zlib packs them.  Transfer full. */
GBytes             *atelier_library_pack            (const void          *data,
                                                     gsize                size);
/* @size: of the bytes when unpacked; FORMAT for anything else, with @origin as the file.  Transfer
 * full. */
GBytes             *atelier_library_unpack          (GBytes              *packed,
                                                     gsize                size,
                                                     const char          *origin,
                                                     GError             **error);

/* Floats lie in the database as little endian. */
GBytes             *atelier_library_pack_floats     (const float         *values,
                                                     gsize                n);
/* float [n]; transfer full. */
float              *atelier_library_unpack_floats   (GBytes              *packed,
                                                     gsize                n,
                                                     const char          *origin,
                                                     GError             **error);

/* Classes, and the scores of classes and truths.  Transfer full. */
GBytes             *atelier_library_pack_predictions   (AtelierPredictions *predictions);
/* What predictions of many epochs share: labels and pictures' numbers. */
typedef struct
{
  AtelierSplit split;
  gboolean     is_sample;
  guint        n_classes;
  GBytes      *labels;   /* Owned; guint8 [n] */
  GBytes      *pictures; /* Owned; guint32 [n], growing; nullable */
} AtelierLibraryImages;

void                atelier_library_images_clear    (AtelierLibraryImages *images);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierLibraryImages, atelier_library_images_clear)
/* Reads and checks labels and pictures of @n images, both packed; @pictures nullable. */
gboolean            atelier_library_images_unpack   (AtelierLibraryImages *images,
                                                     GBytes               *labels,
                                                     GBytes               *pictures,
                                                     guint                 n,
                                                     const char           *origin,
                                                     GError              **error);
/* Packed labels and numbers of pictures; each transfer full. */
GBytes             *atelier_library_pack_labels     (AtelierPredictions   *predictions);
GBytes             *atelier_library_pack_pictures   (AtelierPredictions   *predictions);
/* FORMAT.  Transfer full. */
AtelierPredictions *atelier_library_unpack_predictions (GBytes                     *packed,
                                                        const AtelierLibraryImages *images,
                                                        const char                 *origin,
                                                        GError                    **error);

G_END_DECLS
