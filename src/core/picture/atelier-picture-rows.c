/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of an upright picture, read from its pixels as they are stored.
 *
 * A decoded picture is by far the largest thing in memory, so it is kept as the decoder left it:
 * without an alpha channel if it has none, and as the camera was held.  Whoever needs pixels gets a
 * few rows at a time, as RGBA and upright.  Copies of the whole picture, one with an alpha channel
 * and one turned, were rejected: each takes as much memory again.  A very large one is halved in
 * its own memory, so that a grey copy of it finds room.
 *
 * Pure; any thread.
 */

#include "config.h"

#include "picture/atelier-picture-private.h"

/* Steps are in bytes. */
static void
copy_pixels (const guint8 *in,
             gssize        in_step,
             gboolean      has_alpha,
             guint8       *out,
             gsize         out_step,
             guint         n_pixels)
{
  for (guint i = 0; i < n_pixels; i++, in += in_step, out += out_step)
    {
      out[0] = in[0];
      out[1] = in[1];
      out[2] = in[2];
      out[3] = has_alpha ? in[3] : 255;
    }
}

gboolean
atelier_picture_is_turned (guint orientation)
{
  return orientation >= 5 && orientation <= 8;
}

/* EXIF numbers the orientations by the sides at which the first row and column belong. */
AtelierColours
atelier_picture_view_pixbuf (GdkPixbuf *stored,
                             guint      orientation)
{
  gboolean is_mirrored = orientation == 2 || orientation == 3 || orientation >= 7;
  gboolean is_upside_down = orientation == 3 || orientation == 4 || orientation == 6
                            || orientation == 7;
  guint width = (guint) gdk_pixbuf_get_width (stored);
  guint height = (guint) gdk_pixbuf_get_height (stored);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (stored);
  gssize step = (gssize) n_channels;
  gssize stride = gdk_pixbuf_get_rowstride (stored);
  const guint8 *first = gdk_pixbuf_read_pixels (stored);

  if (is_mirrored)
    {
      first += (gssize) (width - 1) * step;
      step = -step;
    }
  if (is_upside_down)
    {
      first += (gssize) (height - 1) * stride;
      stride = -stride;
    }
  if (atelier_picture_is_turned (orientation))
    return (AtelierColours) { first, height, width, n_channels, step, stride };
  return (AtelierColours) { first, width, height, n_channels, stride, step };
}

/* Walks along the stored rows, whose pixels are neighbours in memory: if the picture is turned, a
 * stored row gives a column. */
void
atelier_picture_copy_rows (GdkPixbuf *stored,
                           guint      orientation,
                           guint      y,
                           guint      n_rows,
                           guint8    *rgba)
{
  const AtelierColours view = atelier_picture_view_pixbuf (stored, orientation);
  const guint8 *first = view.pixels + (gssize) y * view.stride;
  gboolean has_alpha = view.n_channels == 4;
  gboolean is_turned = atelier_picture_is_turned (orientation);
  gsize row_bytes = (gsize) view.width * 4;

  for (guint i = 0; is_turned && i < view.width; i++)
    copy_pixels (first + (gssize) i * view.step, view.stride, has_alpha, rgba + (gsize) i * 4,
                 row_bytes, n_rows);
  for (guint i = 0; !is_turned && i < n_rows; i++)
    copy_pixels (first + (gssize) i * view.stride, view.step, has_alpha, rgba + i * row_bytes, 4,
                 view.width);
}

/* The mean of four pixels with alpha; colours count as much as they are opaque. */
static void
average_weighted (const guint8 *const pixels[4],
                  guint8             *mean)
{
  guint sums[3] = { 0 };
  guint weights = 0;

  for (guint i = 0; i < 4; i++)
    {
      for (guint channel = 0; channel < 3; channel++)
        sums[channel] += (guint) pixels[i][3] * pixels[i][channel];
      weights += pixels[i][3];
    }
  for (guint channel = 0; channel < 3; channel++)
    mean[channel] = weights > 0 ? (guint8) ((sums[channel] + weights / 2) / weights) : 0;
  mean[3] = (guint8) ((weights + 2) / 4);
}

/* Halves two rows, which may be the same.  The last pixel of an odd width counts twice. */
static void
average_rows (const guint8 *upper,
              const guint8 *lower,
              guint         width,
              guint         n_channels,
              guint8       *out)
{
  for (guint x = 0; x < width; x += 2, out += n_channels)
    {
      const gsize left = (gsize) x * n_channels;
      const gsize right = (gsize) MIN (x + 1, width - 1) * n_channels;
      const guint8 *const pixels[] = { upper + left, upper + right, lower + left, lower + right };

      if (n_channels == 4)
        average_weighted (pixels, out);
      else
        for (guint i = 0; i < 3; i++)
          out[i] = (guint8) ((pixels[0][i] + pixels[1][i] + pixels[2][i] + pixels[3][i] + 2) / 4);
    }
}

static void
drop_pixbuf (guchar   *pixels,
             gpointer  user_data)
{
  g_object_unref (user_data);
}

/* A pixel is written where all that is read later lies behind it. */
GdkPixbuf *
atelier_picture_halve (GdkPixbuf *stored)
{
  guint width = (guint) gdk_pixbuf_get_width (stored);
  guint height = (guint) gdk_pixbuf_get_height (stored);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (stored);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (stored);
  guint half_width = (width + 1) / 2;
  guint half_height = (height + 1) / 2;
  guint8 *pixels = gdk_pixbuf_get_pixels (stored);
  guint8 *out = pixels;

  for (guint y = 0; y < height; y += 2, out += (gsize) half_width * n_channels)
    average_rows (pixels + y * stride, pixels + MIN (y + 1, height - 1) * stride, width, n_channels,
                  out);
  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, n_channels == 4, 8, (int) half_width,
                                   (int) half_height, (int) (half_width * n_channels), drop_pixbuf,
                                   stored);
}
