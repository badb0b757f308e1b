/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTrainPage - a session's sidebar, curves, confusion matrix and gallery. */

#pragma once

#include <adwaita.h>

#include "focus/atelier-focus.h"
#include "mistakes/atelier-gallery.h"
#include "mistakes/atelier-matrix-panel.h"
#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TRAIN_PAGE (atelier_train_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTrainPage, atelier_train_page, ATELIER, TRAIN_PAGE, AdwBin)

/* Properties: "session" (AtelierSession, nullable), "mistakes" (boolean: all mistakes are shown),
 * "show-sidebar" (boolean).  Actions: "matrix.show" (kind, truth, prediction: an
 * AtelierSelection), "matrix.mistakes" (toggles "mistakes"). */

/* The epoch, split and cell that are shown; borrowed, as the others. */
AtelierFocus       *atelier_train_page_get_focus        (AtelierTrainPage *page);
AtelierMatrixPanel *atelier_train_page_get_matrix_panel (AtelierTrainPage *page);
AtelierGallery     *atelier_train_page_get_gallery      (AtelierTrainPage *page);

G_END_DECLS
