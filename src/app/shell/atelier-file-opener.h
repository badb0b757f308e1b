/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierFileOpener - opens files in a window, whatever they are.  Main thread. */

#pragma once

#include <adwaita.h>

#include "draw/atelier-draw-page.h"
#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_FILE_OPENER (atelier_file_opener_get_type ())
G_DECLARE_FINAL_TYPE (AtelierFileOpener, atelier_file_opener, ATELIER, FILE_OPENER, GObject)

/* @window, @draw_page and @stack, whose pages are shown: borrowed weakly. */
AtelierFileOpener *atelier_file_opener_new         (GtkWindow            *window,
                                                    AtelierSession       *session,
                                                    AtelierDrawPage      *draw_page,
                                                    AdwViewStack         *stack);
/* Opens @files, of GFile: pictures on the Draw page; models there, and their run on the Train page
 * as well; data, networks and recipes in the session.  A dialog names those that are not opened.
 * @callback is called when it is known what they are; the session may still be reading then. */
void               atelier_file_opener_open_async  (AtelierFileOpener    *opener,
                                                    GListModel           *files,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* For each file that is not opened its name and why; transfer full. */
char             **atelier_file_opener_open_finish (AtelierFileOpener    *opener,
                                                    GAsyncResult         *result);

G_END_DECLS
