/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The theme for widgets that draw with cairo: the current palette, and a callback when it changes;
 * and the size of text.  Main thread. */

#pragma once

#include <adwaita.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

/* The light or dark palette, with the card and text colours of @widget's theme. */
void atelier_theme_get_palette (GtkWidget      *widget,
                                AtelierPalette *palette);
/* Calls @callback (widget) whenever the palette may have changed, until @widget is destroyed. */
void atelier_theme_watch       (GtkWidget      *widget,
                                void          (*callback) (GtkWidget *widget));
void atelier_theme_to_rgba     (const AtelierColor *color,
                                GdkRGBA            *rgba);
/* The size of @widget's text in pixels, which follows the desktop's font and text scale.  It
 * changes with the widget's style (css_changed). */
double atelier_theme_get_font_size  (GtkWidget *widget);
/* The same as a share of the size that most desktops begin with, 11 points at 96 pixels an inch. */
double atelier_theme_get_text_scale (GtkWidget *widget);

G_END_DECLS
