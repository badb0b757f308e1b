/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPixels - one data-set picture, enlarged so that a pixel stays a pixel. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PIXELS (atelier_pixels_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPixels, atelier_pixels, ATELIER, PIXELS, GtkWidget)

/* Property "side" (int): the length that the longer side is enlarged to at most, in whole
 * multiples. */

/* NULL @dataset shows nothing. */
void            atelier_pixels_set_picture (AtelierPixels  *pixels,
                                            AtelierDataset *dataset,
                                            AtelierSplit    split,
                                            guint           i_image);
AtelierDataset *atelier_pixels_get_dataset (AtelierPixels  *pixels); /* borrowed, nullable */
AtelierSplit    atelier_pixels_get_split   (AtelierPixels  *pixels);
guint           atelier_pixels_get_index   (AtelierPixels  *pixels);
/* Laid over the picture and as large, smoothly; nullable. */
void            atelier_pixels_set_overlay (AtelierPixels  *pixels,
                                            GdkTexture     *overlay);
GdkTexture     *atelier_pixels_get_overlay (AtelierPixels  *pixels); /* borrowed, nullable */

G_END_DECLS
