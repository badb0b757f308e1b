/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fill and move. */

#include "config.h"

#include "sketch/atelier-sketch-tools-private.h"

#include <string.h>

/* The largest difference from the grey at the clicked pixel that is still filled. */
#define TOLERANCE 24

typedef struct
{
  guint8 *pixels;
  guint   width;
  guint   height;
  guint8  seed;   /* the grey that is replaced */
  guint8 *states; /* [height, width]: 0 unseen, 1 filled */
  guint  *stack;  /* of pixels whose neighbours must be visited */
  gsize   n_stack;
} Fill;

static void
visit (Fill  *fill,
       guint  pixel)
{
  if (fill->states[pixel] != 0 || ABS (fill->pixels[pixel] - fill->seed) > TOLERANCE)
    return;
  fill->states[pixel] = 1;
  fill->stack[fill->n_stack++] = pixel;
}

/* Each pixel is pushed at most once. */
static void
find_region (Fill  *fill,
             guint  first)
{
  visit (fill, first);
  while (fill->n_stack > 0)
    {
      guint pixel = fill->stack[--fill->n_stack];
      guint x = pixel % fill->width;

      if (x > 0)
        visit (fill, pixel - 1);
      if (x + 1 < fill->width)
        visit (fill, pixel + 1);
      if (pixel >= fill->width)
        visit (fill, pixel - fill->width);
      if (pixel / fill->width + 1 < fill->height)
        visit (fill, pixel + fill->width);
    }
}

static gboolean
is_beside_region (const Fill *fill,
                  guint       x,
                  guint       y)
{
  for (guint v = y > 0 ? y - 1 : 0; v <= MIN (y + 1, fill->height - 1); v++)
    for (guint u = x > 0 ? x - 1 : 0; u <= MIN (x + 1, fill->width - 1); u++)
      if (fill->states[(gsize) v * fill->width + u] == 1)
        return TRUE;

  return FALSE;
}

static gboolean
is_between (guint8 value,
            guint8 a,
            guint8 b)
{
  return value > MIN (a, b) && value < MAX (a, b);
}

void
atelier_sketch_fill (guint8 *pixels,
                     guint   width,
                     guint   height,
                     guint   x,
                     guint   y,
                     guint8  grey)
{
  const gsize n = (gsize) width * height;
  g_autofree guint8 *states = g_malloc0 (n);
  g_autofree guint *stack = g_new (guint, n);
  Fill fill = {
    .pixels = pixels,
    .width = width,
    .height = height,
    .seed = pixels[(gsize) y * width + x],
    .states = states,
    .stack = stack,
  };

  find_region (&fill, y * width + x);
  for (guint v = 0; v < height; v++)
    for (guint u = 0; u < width; u++)
      {
        guint8 *pixel = &pixels[(gsize) v * width + u];

        if (states[(gsize) v * width + u] == 1
            || (is_between (*pixel, fill.seed, grey) && is_beside_region (&fill, u, v)))
          *pixel = grey;
      }
}

void
atelier_sketch_shift_pixels (guint8       *target,
                             const guint8 *source,
                             guint         width,
                             guint         height,
                             int           dx,
                             int           dy)
{
  const int first = CLAMP (dx, 0, (int) width);
  const int end = CLAMP ((int) width + dx, 0, (int) width);

  memset (target, 0, (gsize) width * height);
  for (int y = MAX (dy, 0); y < MIN ((int) height + dy, (int) height) && first < end; y++)
    memcpy (target + (gsize) y * width + first,
            source + (gsize) (y - dy) * width + (first - dx), (gsize) (end - first));
}
