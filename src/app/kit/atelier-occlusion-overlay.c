/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kit/atelier-occlusion-overlay.h"

#include "kit/atelier-theme.h"

/* A map whose highest drop is smaller is drawn as if it were this, that is faintly. */
#define LEAST_RANGE 0.02

/* In cairo's order of bytes, premultiplied. */
static guint32
mix_pixel (const AtelierColor *color,
           double              amount)
{
  double alpha = ATELIER_OCCLUSION_HIGHEST_ALPHA * CLAMP (amount, 0.0, 1.0);

  return (guint32) (alpha * 255.0 + 0.5) << 24 | (guint32) (alpha * color->red * 255.0 + 0.5) << 16
         | (guint32) (alpha * color->green * 255.0 + 0.5) << 8
         | (guint32) (alpha * color->blue * 255.0 + 0.5);
}

double
atelier_occlusion_overlay_get_range (AtelierOcclusion *occlusion)
{
  return MAX (atelier_occlusion_get_highest (occlusion), LEAST_RANGE);
}

GdkTexture *
atelier_occlusion_overlay_new (AtelierOcclusion *occlusion,
                               GtkWidget        *widget)
{
  guint width = atelier_occlusion_get_width (occlusion);
  guint height = atelier_occlusion_get_height (occlusion);
  const float *drops = atelier_occlusion_get_drops (occlusion);
  double range = atelier_occlusion_overlay_get_range (occlusion);
  gsize n = (gsize) width * height;
  guint32 *pixels = g_new (guint32, n);
  g_autoptr (GBytes) bytes = NULL;
  AtelierPalette palette;

  atelier_theme_get_palette (widget, &palette);
  for (gsize i = 0; i < n; i++)
    pixels[i] = mix_pixel (&palette.validation, (double) drops[i] / range);
  bytes = g_bytes_new_take (pixels, n * sizeof *pixels);

  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_DEFAULT, bytes,
                                 (gsize) width * sizeof *pixels);
}
