/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An occlusion map as something to lay over the picture that it is of, wherever that is shown.
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "inference/atelier-occlusion.h"

G_BEGIN_DECLS

/* The strongest part still shows the picture below. */
#define ATELIER_OCCLUSION_HIGHEST_ALPHA 0.8

/* The drop that gets the strongest colour. */
double      atelier_occlusion_overlay_get_range (AtelierOcclusion *occlusion);
/* One pixel a pixel of the picture, in the colour that @widget's theme has for it; the screen makes
 * it smooth, which tells it from the picture.  Transfer full. */
GdkTexture *atelier_occlusion_overlay_new       (AtelierOcclusion *occlusion,
                                                 GtkWidget        *widget);

G_END_DECLS
