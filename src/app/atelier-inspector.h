/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInspector - one picture, large, with what it is and what the network said. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-dataset.h"
#include "atelier-predictions.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_INSPECTOR (atelier_inspector_get_type ())
G_DECLARE_FINAL_TYPE (AtelierInspector, atelier_inspector, ATELIER, INSPECTOR, GtkPopover)

void atelier_inspector_set_picture (AtelierInspector   *inspector,
                                    AtelierDataset     *dataset,
                                    AtelierPredictions *predictions,
                                    guint               i_image,
                                    guint               epoch);

G_END_DECLS
