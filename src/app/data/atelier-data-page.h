/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataPage - the Data page: looking at the data before training. */

#pragma once

#include <adwaita.h>

#include "data/atelier-copies-view.h"
#include "data/atelier-data-class-table.h"
#include "data/atelier-data-pictures.h"
#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_PAGE (atelier_data_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataPage, atelier_data_page, ATELIER, DATA_PAGE, AdwBin)

/* Property "session" (AtelierSession, nullable): whose data set is shown. */

/* The overview of the data set; NULL until it is finished.  Borrowed. */
AtelierDataOverview *atelier_data_page_get_overview (AtelierDataPage *page);
AtelierDataPictures *atelier_data_page_get_pictures (AtelierDataPage *page);
/* Gives the focus to the button that chooses data, or to the first pictures while it is locked. */
void                 atelier_data_page_take_focus   (AtelierDataPage *page);

G_END_DECLS
