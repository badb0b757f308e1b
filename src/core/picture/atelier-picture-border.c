/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "picture/atelier-picture-border.h"

#define BORDER_SHARE 64
#define MAX_PLACES 20000

double
atelier_picture_border_get_place (guint i,
                                  guint n)
{
  return ((double) (2 * i + 1) - n) / n;
}

GArray *
atelier_picture_border_list (guint width,
                             guint height)
{
  guint border = MAX (1, MIN (width, height) / BORDER_SHARE);
  guint64 n_border = 2 * (guint64) border * (width + height);
  guint step = (guint) (n_border / MAX_PLACES) + 1;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (AtelierBorderPlace));
  guint64 i_pixel = 0;

  for (guint y = 0; y < height; y++)
    {
      gboolean is_whole = y < border || y + border >= height;

      for (guint x = 0; x < width; x++)
        {
          AtelierBorderPlace place;

          if (!is_whole && x == border && width > 2 * border)
            x = width - border;
          if (i_pixel++ % step != 0)
            continue;
          place = (AtelierBorderPlace) { x, y, atelier_picture_border_get_place (x, width),
                                         atelier_picture_border_get_place (y, height) };
          g_array_append_val (places, place);
        }
    }
  return places;
}
