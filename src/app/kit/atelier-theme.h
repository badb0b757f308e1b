/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The theme's side of what is drawn with cairo: which palette is in force, and a redraw when
 * that changes. */

#pragma once

#include <adwaita.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

/* The palette for light or dark, with the card's and text's colours that @widget has from its
 * theme. */
void atelier_theme_get_palette (GtkWidget      *widget,
                                AtelierPalette *palette);
/* Calls @callback (widget) whenever the palette may have changed, as long as @widget lives. */
void atelier_theme_watch       (GtkWidget      *widget,
                                void          (*callback) (GtkWidget *widget));
void atelier_theme_to_rgba     (const AtelierColor *color,
                                GdkRGBA            *rgba);

G_END_DECLS
