/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierWindow - the window: header bar, pages, commands. */

#pragma once

#include "atelier-application.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_WINDOW (atelier_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierWindow, atelier_window, ATELIER, WINDOW, AdwApplicationWindow)

AtelierWindow *atelier_window_new       (AtelierApplication *application);
/* @spec: as for atelier_dataset_finder_load().  Replaces a load that is still going. */
void           atelier_window_load_data (AtelierWindow      *window,
                                         const char         *spec);

G_END_DECLS
