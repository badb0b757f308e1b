/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stages before scaling are kept in a size for display, and the ground's has no frame: a pixel
 * of the shown original is looked up by its middle.  A frame is ground, since it is cut off. */

#include "config.h"

#include "draw/stages/atelier-ground-mask.h"

/* Where the middle of part @i of @n lies in @length pixels. */
static guint
get_middle (guint i,
            guint n,
            guint length)
{
  return (guint) (((guint64) 2 * i + 1) * length / (2 * (guint64) n));
}

/* @x, @y: a pixel of the full picture. */
static gboolean
is_ground (const AtelierInputResult *result,
           guint                     x,
           guint                     y)
{
  const AtelierStagePicture *stage = &result->stages[ATELIER_STAGE_GROUND];
  const AtelierGreyBox *inside = &result->inside;
  guint column, row;

  if (x < inside->x || x >= inside->x + inside->width || y < inside->y
      || y >= inside->y + inside->height)
    return TRUE;
  column = get_middle (x - inside->x, inside->width, stage->width);
  row = get_middle (y - inside->y, inside->height, stage->height);
  return stage->pixels[(gsize) row * stage->width + column] == 0;
}

guint8 *
atelier_ground_mask_new (const AtelierInputResult *result,
                         double                   *share)
{
  const AtelierStagePicture *original = &result->stages[ATELIER_STAGE_ORIGINAL];
  gsize n_pixels = (gsize) original->width * original->height;
  gsize n_ground = 0;
  guint8 *mask;

  *share = 0;
  if (!result->stages[ATELIER_STAGE_GROUND].was_applied)
    return NULL;
  mask = g_malloc0 (n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    {
      guint x = (guint) (i % original->width);
      guint y = (guint) (i / original->width);

      if (!is_ground (result, get_middle (x, original->width, result->width),
                      get_middle (y, original->height, result->height)))
        continue;
      mask[i] = 255;
      n_ground++;
    }
  *share = (double) n_ground / n_pixels;
  return mask;
}
