/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierGallery - the pictures behind a cell of the confusion matrix. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-confusion.h"
#include "atelier-dataset.h"
#include "atelier-history.h"
#include "atelier-picture-list.h"
#include "atelier-selection.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_GALLERY (atelier_gallery_get_type ())
G_DECLARE_FINAL_TYPE (AtelierGallery, atelier_gallery, ATELIER, GALLERY, GtkWidget)

/* Property "order" (uint, AtelierPictureOrder). */

/* Shows the pictures of @selection as @epoch saw them; @confusion is that of the epoch's
 * predictions.  NULL @epoch, or one without predictions, empties the gallery. */
void                atelier_gallery_show       (AtelierGallery         *gallery,
                                                AtelierDataset         *dataset,
                                                AtelierEpoch           *epoch,
                                                AtelierConfusion       *confusion,
                                                const AtelierSelection *selection);
AtelierPictureList *atelier_gallery_get_list   (AtelierGallery         *gallery); /* borrowed */

G_END_DECLS
