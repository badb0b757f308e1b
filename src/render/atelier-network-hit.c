/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which step of a network lies where.
 *
 * A step is hit anywhere between its box and the end of its label, as a row of a list is: small
 * boxes and short labels are hard to meet.  Any thread.
 */

#include "config.h"

#include "atelier-network-picture.h"

/* The pointer may miss a row by this. */
#define HIT_MARGIN 1.5

AtelierNetworkArea
atelier_network_layout_get_row (const AtelierNetworkLayout *layout,
                                guint                       i_step)
{
  const AtelierNetworkSpot *spot;
  const AtelierNetworkArea *shape;
  AtelierNetworkArea row;

  g_return_val_if_fail (layout != NULL && i_step < layout->n_spots, ((AtelierNetworkArea) { 0 }));

  spot = &layout->spots[i_step];
  shape = spot->frame.width > 0.0 ? &spot->frame : &spot->shape;
  row.x = MIN (shape->x, spot->label.x);
  row.y = MIN (shape->y, spot->label.y);
  row.width = MAX (shape->x + shape->width, spot->label.x + spot->label.width) - row.x;
  row.height = MAX (shape->y + shape->height, spot->label.y + spot->label.height) - row.y;

  return row;
}

static gboolean
has_place (const AtelierNetworkArea *area,
           double                    x,
           double                    y,
           double                    margin)
{
  return x >= area->x - margin && x <= area->x + area->width + margin && y >= area->y - margin
         && y <= area->y + area->height + margin;
}

/* What a pointer hits: the row of a step, but of a block the head of its frame and what its steps
 * leave free. */
static gboolean
has_step (const AtelierNetworkLayout *layout,
          guint                       i_step,
          double                      x,
          double                      y)
{
  const AtelierNetworkSpot *spot = &layout->spots[i_step];
  AtelierNetworkArea row = atelier_network_layout_get_row (layout, i_step);

  if (spot->frame.width <= 0.0)
    return has_place (&row, x, y, HIT_MARGIN);
  row.y = spot->label.y;
  row.height = spot->label.height;

  return has_place (&spot->frame, x, y, 0.0) || has_place (&row, x, y, HIT_MARGIN);
}

guint
atelier_network_layout_find (const AtelierNetworkLayout *layout,
                             double                      x,
                             double                      y)
{
  guint i_block = ATELIER_NO_STEP;

  g_return_val_if_fail (layout != NULL, ATELIER_NO_STEP);

  for (guint i = 0; i < layout->n_spots; i++)
    if (has_step (layout, i, x, y))
      {
        if (layout->spots[i].frame.width <= 0.0)
          return i;
        i_block = i;
      }

  return i_block;
}
