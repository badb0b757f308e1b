/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierGallery - the pictures behind a cell of the confusion matrix. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "inspect/atelier-inspector.h"
#include "pictures/atelier-picture-view.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_GALLERY (atelier_gallery_get_type ())
G_DECLARE_FINAL_TYPE (AtelierGallery, atelier_gallery, ATELIER, GALLERY, GtkWidget)

/* Property "order" (uint, AtelierPictureOrder). */

/* To be called once; from then on the gallery shows the pictures that @focus selects. */
void                atelier_gallery_set_focus     (AtelierGallery *gallery,
                                                   AtelierFocus   *focus);
/* The inspector uses its newest weights; nullable. */
void                atelier_gallery_set_trainer   (AtelierGallery *gallery,
                                                   AtelierTrainer *trainer);
AtelierPictureView *atelier_gallery_get_view      (AtelierGallery *gallery); /* borrowed */
AtelierPictureList *atelier_gallery_get_list      (AtelierGallery *gallery); /* borrowed */
/* Borrowed; NULL until a picture is opened. */
AtelierInspector   *atelier_gallery_get_inspector (AtelierGallery *gallery);

G_END_DECLS
