/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataTexture - one picture of a data set as a texture, enlarged in whole multiples so that
 * its pixels stay square.  A plain struct inside of the widget that draws it.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* All zero: no picture.  Users only read the fields. */
typedef struct
{
  guint           number;        /* in the data set */
  int             texture_width; /* of the place that texture was made for, in monitor pixels */

  /* Owned */
  AtelierDataset *dataset; /* nullable */
  GdkTexture     *texture; /* NULL until drawn */
} AtelierDataTexture;

/* NULL @dataset: no picture. */
void        atelier_data_texture_set_picture (AtelierDataTexture *picture,
                                              AtelierDataset     *dataset,
                                              guint               number);
void        atelier_data_texture_clear       (AtelierDataTexture *picture);
/* Draws the picture into a square of @side pixels, @y pixels below the top of @widget and in the
 * middle of its width.  @overlay (nullable) is drawn over it in the same size, smoothed. */
void        atelier_data_texture_snapshot    (AtelierDataTexture *picture,
                                              GtkWidget          *widget,
                                              GtkSnapshot        *snapshot,
                                              int                 side,
                                              int                 y,
                                              GdkTexture         *overlay);

/* The size of a picture of @dataset in a square of @side pixels: the largest whole multiple that
 * fits, or shrunk where the picture is larger.  NULL @dataset: the whole square. */
void        atelier_data_texture_get_size    (AtelierDataset *dataset,
                                              int             side,
                                              int            *width,
                                              int            *height);
/* The picture for a place of @width monitor pixels, enlarged by the largest whole multiple that
 * fits.  Transfer full. */
GdkTexture *atelier_data_texture_create      (AtelierDataset *dataset,
                                              guint           number,
                                              int             width);
/* The same for other @pixels of the shape of @dataset's pictures. */
GdkTexture *atelier_data_texture_create_of   (AtelierDataset *dataset,
                                              const guint8   *pixels,
                                              int             width);

G_END_DECLS
