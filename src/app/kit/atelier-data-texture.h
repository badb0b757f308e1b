/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataTexture - one picture of a data set, enlarged so that a pixel stays a pixel: a part of
 * the widgets that draw it. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* Zeroed is no picture.  The fields are read only. */
typedef struct
{
  AtelierSplit    split;
  guint           i_image;
  int             texture_width; /* what texture was made for, in the monitor's pixels */

  /* Owned */
  AtelierDataset *dataset; /* nullable */
  GdkTexture     *texture; /* NULL until drawn */
} AtelierDataTexture;

/* NULL @dataset: no picture. */
void        atelier_data_texture_set_picture (AtelierDataTexture *picture,
                                              AtelierDataset     *dataset,
                                              AtelierSplit        split,
                                              guint               i_image);
void        atelier_data_texture_clear       (AtelierDataTexture *picture);
/* Draws the picture into a place of @side x @side, @y pixels below the top of @widget and in the
 * middle of its width.  @overlay is laid over it and as large, smoothly; nullable. */
void        atelier_data_texture_snapshot    (AtelierDataTexture *picture,
                                              GtkWidget          *widget,
                                              GtkSnapshot        *snapshot,
                                              int                 side,
                                              int                 y,
                                              GdkTexture         *overlay);

/* How large a picture of @dataset is in a place of @side x @side: in whole multiples, or shrunk
 * where it is larger; NULL: all of the place. */
void        atelier_data_texture_get_size    (AtelierDataset *dataset,
                                              int             side,
                                              int            *width,
                                              int            *height);
/* The picture for a place that is @width pixels of the monitor wide: enlarged by the whole multiple
 * that fits.  Transfer full. */
GdkTexture *atelier_data_texture_create      (AtelierDataset *dataset,
                                              AtelierSplit    split,
                                              guint           i_image,
                                              int             width);

G_END_DECLS
