/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPixels - a widget that shows one picture of a data set, enlarged in whole multiples so
 * that its pixels stay square.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PIXELS (atelier_pixels_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPixels, atelier_pixels, ATELIER, PIXELS, GtkWidget)

/* Property "side" (int): the most pixels that the longer side may have when enlarged. */

/* NULL @dataset shows nothing. */
void            atelier_pixels_set_picture (AtelierPixels  *pixels,
                                            AtelierDataset *dataset,
                                            guint           picture);
AtelierDataset *atelier_pixels_get_dataset (AtelierPixels  *pixels); /* borrowed, nullable */
guint           atelier_pixels_get_picture (AtelierPixels  *pixels); /* its number */
/* @overlay (nullable) is drawn over the picture in the same size, smoothed. */
void            atelier_pixels_set_overlay (AtelierPixels  *pixels,
                                            GdkTexture     *overlay);
GdkTexture     *atelier_pixels_get_overlay (AtelierPixels  *pixels); /* borrowed, nullable */

G_END_DECLS
