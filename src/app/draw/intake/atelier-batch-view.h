/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierBatchView - the list of several pictures, each with the network's answer or with the
 * reason why it cannot be read.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/intake/atelier-picture-batch.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_BATCH_VIEW (atelier_batch_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierBatchView, atelier_batch_view, ATELIER, BATCH_VIEW, GtkWidget)

/* Signal "open" (AtelierBatchItem): a picture was activated.  The button that closes the list
 * activates "draw.close-pictures". */
AtelierPictureBatch *atelier_batch_view_get_batch (AtelierBatchView *view); /* borrowed */

G_END_DECLS
