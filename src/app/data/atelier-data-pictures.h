/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataPictures - all pictures of a data set, by split and class, one of them enlarged. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-data-overview.h"
#include "pictures/atelier-picture-view.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_PICTURES (atelier_data_pictures_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataPictures, atelier_data_pictures, ATELIER, DATA_PICTURES, GtkWidget)

#define ATELIER_ALL_CLASSES (-1)

/* Properties "split" (guint: AtelierSplit) and "class" (int: a class, or ATELIER_ALL_CLASSES):
 * which pictures are shown. */

/* Shows the training pictures of all classes, with the first one enlarged.  NULL: none. */
void                atelier_data_pictures_set_splits   (AtelierDataPictures *pictures,
                                                        AtelierSplits       *splits);
/* Must be of the same data set; the mean of the class is then shown beside the enlarged picture.
 * Nullable. */
void                atelier_data_pictures_set_overview (AtelierDataPictures *pictures,
                                                        AtelierDataOverview *overview);
/* Enlarges a picture, lists all of its split, and scrolls to it.  The focus stays where it is, so
 * that a screen reader is told. */
void                atelier_data_pictures_open         (AtelierDataPictures *pictures,
                                                        guint                picture);
/* Lists the pictures of a class, and tells a screen reader how many they are.  There must be
 * splits. */
void                atelier_data_pictures_show_class   (AtelierDataPictures *pictures,
                                                        guint                i_class);
/* Borrowed. */
AtelierPictureView *atelier_data_pictures_get_view     (AtelierDataPictures *pictures);
/* The enlarged picture; FALSE if there is none. */
gboolean            atelier_data_pictures_get_opened   (AtelierDataPictures *pictures,
                                                        guint               *picture);

G_END_DECLS
