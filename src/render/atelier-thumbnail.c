/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures from the bytes of a data set.
 *
 * A pixel of the data set is a square on the screen: pictures are enlarged by whole factors, with
 * the nearest neighbour, to whole coordinates, so that all pixels are equally wide.  Only where the
 * rectangle is smaller than the picture is the picture averaged down.  Any thread.
 */

#include "config.h"

#include "atelier-thumbnail.h"

#include <math.h>

cairo_surface_t *
atelier_thumbnail_new (const guint8 *pixels,
                       guint         width,
                       guint         height,
                       guint         channels)
{
  cairo_surface_t *surface;
  guint8 *data;
  int stride;

  g_return_val_if_fail (pixels != NULL || width == 0 || height == 0, NULL);
  g_return_val_if_fail (channels == 1 || channels == 3, NULL);
  g_return_val_if_fail (width <= G_MAXINT16 && height <= G_MAXINT16, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < height; y++)
    {
      guint32 *row = (guint32 *) (void *) (data + (gsize) y * (gsize) stride);
      const guint8 *source = pixels + (gsize) y * width * channels; /* [width, channels] */

      for (guint x = 0; x < width; x++, source += channels)
        row[x] = 0xff000000u | (guint32) source[0] << 16 | (guint32) source[channels / 2] << 8
                 | source[channels - 1];
    }

  cairo_surface_mark_dirty (surface);

  return surface;
}

void
atelier_thumbnail_draw (cairo_surface_t *surface,
                        cairo_t         *cr,
                        double           x,
                        double           y,
                        double           width,
                        double           height)
{
  int source_width, source_height;
  double scale;

  g_return_if_fail (surface != NULL && cr != NULL);

  source_width = cairo_image_surface_get_width (surface);
  source_height = cairo_image_surface_get_height (surface);
  if (source_width <= 0 || source_height <= 0 || !(width > 0.0) || !(height > 0.0))
    return;

  scale = MIN (width / source_width, height / source_height);
  if (scale >= 1.0)
    scale = floor (scale);

  cairo_save (cr);
  cairo_translate (cr,
                   round (x + (width - source_width * scale) / 2.0),
                   round (y + (height - source_height * scale) / 2.0));
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            scale >= 1.0 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_rectangle (cr, 0.0, 0.0, source_width, source_height);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
atelier_thumbnail_fill_rgb (const guint8 *pixels,
                            guint         width,
                            guint         height,
                            guint         channels,
                            guint8       *rgb)
{
  gsize n_pixels = (gsize) width * height;

  g_return_if_fail ((pixels != NULL && rgb != NULL) || n_pixels == 0);
  g_return_if_fail (channels == 1 || channels == 3);

  for (gsize i = 0; i < n_pixels; i++)
    {
      const guint8 *source = pixels + i * channels;

      rgb[3 * i] = source[0];
      rgb[3 * i + 1] = source[channels / 2];
      rgb[3 * i + 2] = source[channels - 1];
    }
}
