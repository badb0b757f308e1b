/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a palette for librender from the theme.
 *
 * The hues of lines and ramps are librender's own, chosen for contrast on light and on dark cards.
 * The theme gives only light or dark, the text colour, and in high contrast how strong dimmed text
 * is.  The accent colour was rejected: it may be too close to the hue of the validation line.
 */

#include "config.h"

#include "kit/atelier-theme.h"

#define USUAL_FONT_SIZE (11.0 * 96.0 / 72.0) /* pixels */

static AtelierColor
from_rgba (const GdkRGBA *rgba)
{
  return (AtelierColor) { rgba->red, rgba->green, rgba->blue, rgba->alpha };
}

static void
strengthen (AtelierPalette *palette)
{
  palette->dim_text = palette->text;
  palette->grid = atelier_color_mix (&palette->background, &palette->text, 0.5);
  palette->cursor = palette->text;
}

void
atelier_theme_get_palette (GtkWidget      *widget,
                           AtelierPalette *palette)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GdkRGBA text;

  *palette = adw_style_manager_get_dark (manager) ? atelier_palette_dark : atelier_palette_light;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  palette->text = from_rgba (&text);
  if (adw_style_manager_get_high_contrast (manager))
    strengthen (palette);
}

void
atelier_theme_watch (GtkWidget *widget,
                     void     (*callback) (GtkWidget *widget))
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (callback), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (callback), widget,
                           G_CONNECT_SWAPPED);
}

void
atelier_theme_to_rgba (const AtelierColor *color,
                       GdkRGBA            *rgba)
{
  *rgba = (GdkRGBA) {
    .red = (float) color->red,
    .green = (float) color->green,
    .blue = (float) color->blue,
    .alpha = (float) color->alpha,
  };
}

double
atelier_theme_get_font_size (GtkWidget *widget)
{
  PangoContext *context;
  const PangoFontDescription *font;
  double size;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), USUAL_FONT_SIZE);

  context = gtk_widget_get_pango_context (widget);
  font = pango_context_get_font_description (context);
  size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;

  return size;
}

double
atelier_theme_get_text_scale (GtkWidget *widget)
{
  return atelier_theme_get_font_size (widget) / USUAL_FONT_SIZE;
}
