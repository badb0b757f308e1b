/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunDetails - a popover in which a run gets another name and a note.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "library/atelier-library.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_DETAILS (atelier_run_details_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunDetails, atelier_run_details, ATELIER, RUN_DETAILS, GtkPopover)

/* The parent unparents it at its end. */
GtkWidget *atelier_run_details_new  (GtkWidget          *parent);
/* @place: in the parent.  What was changed is given to @library with Enter or the button, and
 * forgotten with Escape. */
void       atelier_run_details_open (AtelierRunDetails  *details,
                                     const GdkRectangle *place,
                                     AtelierLibrary     *library,
                                     AtelierLibraryRun  *run);

G_END_DECLS
