/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws an occlusion map as a texture to lay over its picture, for every widget that shows one.
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "inference/atelier-occlusion.h"

G_BEGIN_DECLS

/* Below 1, so that the picture stays visible under the strongest colour. */
#define ATELIER_OCCLUSION_HIGHEST_ALPHA 0.8

/* The drop of the score that gets the strongest colour. */
double      atelier_occlusion_overlay_get_range (AtelierOcclusion *occlusion);
/* One texture pixel for each pixel of the picture, in a colour of @widget's theme.  GTK smooths it
 * when it is enlarged, so that it does not look like part of the picture.  Transfer full. */
GdkTexture *atelier_occlusion_overlay_new       (AtelierOcclusion *occlusion,
                                                 GtkWidget        *widget);

G_END_DECLS
