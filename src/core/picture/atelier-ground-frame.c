/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "picture/atelier-ground-frame.h"

#define MAX_LINES 4
/* Smaller pictures have no pixel to spare. */
#define MIN_SIDE 40
/* How many pixels of a line must have its first one's colour, and how near that is. */
#define EVEN_PERCENT 97
#define EVEN_TOLERANCE 16
/* How many pixels of the first line inside must differ from the frame, and how far. */
#define CHANGE_PERCENT 60
#define CHANGE_TOLERANCE 24
/* Compression or scaling may have left a mixture of frame and ground on one more line. */
#define MIXTURE_TOLERANCE 12

/* One side of the picture: lines from the outside to the inside. */
typedef struct
{
  const guint8 *first; /* the first pixel of the outermost line */
  gssize        along; /* bytes from pixel to pixel */
  gssize        inward; /* bytes from line to line */
  guint         n;     /* pixels of a line */
} Side;

static const guint8 *
get_pixel (const Side *side,
           guint       i_line,
           guint       i)
{
  return side->first + (gssize) i_line * side->inward + (gssize) i * side->along;
}

static gboolean
is_near (const guint8 *a,
         const guint8 *b,
         int           tolerance)
{
  return ABS (a[0] - b[0]) <= tolerance && ABS (a[1] - b[1]) <= tolerance
         && ABS (a[2] - b[2]) <= tolerance;
}

/* How many pixels of the line are near @colour; or, without @colour, near the next line's. */
static guint
count_near (const Side   *side,
            guint         i_line,
            const guint8 *colour,
            int           tolerance)
{
  guint n_near = 0;

  for (guint i = 0; i < side->n; i++)
    n_near += is_near (get_pixel (side, i_line, i),
                       colour ? colour : get_pixel (side, i_line + 1, i), tolerance);
  return n_near;
}

/* Whether most of the line is far from the frame's colour. */
static gboolean
is_inside (const Side   *side,
           guint         i_line,
           const guint8 *colour)
{
  return count_near (side, i_line, colour, CHANGE_TOLERANCE) * 100
         <= side->n * (100 - CHANGE_PERCENT);
}

/* Whether most of the line is unlike the next one, too. */
static gboolean
is_mixture (const Side *side,
            guint       i_line)
{
  return count_near (side, i_line, NULL, MIXTURE_TOLERANCE) * 100
         <= side->n * (100 - CHANGE_PERCENT);
}

static guint
count_lines (const Side *side)
{
  /* The middle: the corners may belong to the lines of other sides. */
  const guint8 *colour = get_pixel (side, 0, side->n / 2);
  guint n_lines = 0;

  while (n_lines <= MAX_LINES
         && count_near (side, n_lines, colour, EVEN_TOLERANCE) * 100 >= side->n * EVEN_PERCENT)
    n_lines++;
  if (n_lines == 0 || n_lines > MAX_LINES)
    return 0;
  if (is_inside (side, n_lines, colour))
    return is_mixture (side, n_lines) ? n_lines + 1 : n_lines;
  return is_inside (side, n_lines + 1, colour) ? n_lines + 1 : 0;
}

void
atelier_ground_find_inside (const AtelierColours *picture,
                            AtelierGreyBox       *inside)
{
  gssize pixel = picture->step;
  gssize row = picture->stride;
  const guint8 *last_row = picture->pixels + (gssize) (picture->height - 1) * row;
  const guint8 *last_column = picture->pixels + (gssize) (picture->width - 1) * pixel;
  guint top, bottom, left, right;

  *inside = (AtelierGreyBox) { 0, 0, picture->width, picture->height };
  if (MIN (picture->width, picture->height) < MIN_SIDE)
    return;
  top = count_lines (&(Side) { picture->pixels, pixel, row, picture->width });
  bottom = count_lines (&(Side) { last_row, pixel, -row, picture->width });
  left = count_lines (&(Side) { picture->pixels, row, pixel, picture->height });
  right = count_lines (&(Side) { last_column, row, -pixel, picture->height });
  *inside = (AtelierGreyBox) { left, top, picture->width - left - right,
                               picture->height - top - bottom };
}
