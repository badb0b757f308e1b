/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInspector - one picture, large, with what it is and what the network said. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-dataset.h"
#include "atelier-predictions.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_INSPECTOR (atelier_inspector_get_type ())
G_DECLARE_FINAL_TYPE (AtelierInspector, atelier_inspector, ATELIER, INSPECTOR, GtkPopover)

/* Signal "step" (int, -1 or 1): the picture before or after is asked for. */
void  atelier_inspector_set_picture (AtelierInspector   *inspector,
                                     AtelierDataset     *dataset,
                                     AtelierPredictions *predictions,
                                     guint               i_image,
                                     guint               epoch);
guint atelier_inspector_get_index   (AtelierInspector   *inspector); /* of the picture */
void  atelier_inspector_grab_focus  (AtelierInspector   *inspector);

G_END_DECLS
