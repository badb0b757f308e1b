/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTrainPage - the workbench: sidebar, curves, confusion matrix, gallery, linked to one
 * trainer. */

#pragma once

#include <adwaita.h>

#include "atelier-gallery.h"
#include "atelier-matrix-grid.h"
#include "atelier-sidebar.h"
#include "atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TRAIN_PAGE (atelier_train_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTrainPage, atelier_train_page, ATELIER, TRAIN_PAGE, AdwBin)

/* Properties: "trainer" (AtelierTrainer), "mistakes" (boolean: all mistakes are shown),
 * "show-sidebar" (boolean). Actions: "matrix.show" (kind, truth, prediction: an
 * AtelierSelection), "matrix.mistakes" (toggles "mistakes"). */

AtelierSidebar         *atelier_train_page_get_sidebar   (AtelierTrainPage *page);
const AtelierSelection *atelier_train_page_get_selection (AtelierTrainPage *page);
/* The finished epoch that matrix and gallery show; nullable. */
AtelierEpoch           *atelier_train_page_get_epoch     (AtelierTrainPage *page);
AtelierMatrixGrid      *atelier_train_page_get_matrix    (AtelierTrainPage *page);
AtelierGallery         *atelier_train_page_get_gallery   (AtelierTrainPage *page);

G_END_DECLS
