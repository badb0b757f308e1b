/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line stands on the axis of epochs, and its highest point is as high as there is room for: the
 * shape is what there is to see, and the one number is at its peak.  Any thread.
 */

#include "config.h"

#include "atelier-rate-line.h"

#include <math.h>

#include "atelier-text.h"

#define SIDE 10.0
#define TOP 24.0
#define BOTTOM 20.0
#define TEXT_SIZE 11.0
#define RING_RADIUS 3.5
#define GAP 6.0

static double
get_scale (const AtelierRateLine *line)
{
  return line->scale > 0.0 ? line->scale : 1.0;
}

/* In units of the usual size, as all that is drawn. */
static void
place (const AtelierRateLine *line,
       double                 share,
       double                 rate,
       double                 width,
       double                 height,
       double                *x,
       double                *y)
{
  const double part = line->peak > 0.0 ? rate / line->peak : 0.0;

  *x = SIDE + share * MAX (0.0, width - 2.0 * SIDE);
  *y = TOP + (1.0 - part) * MAX (0.0, height - TOP - BOTTOM);
}

void
atelier_rate_line_place (const AtelierRateLine *line,
                         double                 share,
                         double                 rate,
                         double                 width,
                         double                 height,
                         double                *x,
                         double                *y)
{
  const double scale = get_scale (line);

  place (line, share, rate, width / scale, height / scale, x, y);
  *x *= scale;
  *y *= scale;
}

static void
trace (const AtelierRateLine *line,
       cairo_t               *cr,
       double                 width,
       double                 height)
{
  double x, y;

  for (guint i = 0; i < line->n; i++)
    {
      const double share = line->n > 1 ? (double) i / (line->n - 1) : 0.0;

      place (line, share, line->rates[i], width, height, &x, &y);
      cairo_line_to (cr, x, y);
    }
  if (line->n == 1)
    cairo_line_to (cr, width - SIDE, y);
}

static void
draw_area (const AtelierRateLine *line,
           const AtelierPalette  *palette,
           cairo_t               *cr,
           double                 width,
           double                 height)
{
  cairo_move_to (cr, SIDE, height - BOTTOM);
  trace (line, cr, width, height);
  cairo_line_to (cr, width - SIDE, height - BOTTOM);
  cairo_close_path (cr);
  atelier_color_set_source (&palette->training, cr, 0.15);
  cairo_fill (cr);

  trace (line, cr, width, height);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  atelier_color_set_source (&palette->training, cr, 1.0);
  cairo_stroke (cr);
}

/* The first, the last, and the one in the middle where there is one. */
static void
draw_axis (const AtelierRateLine *line,
           const AtelierPalette  *palette,
           AtelierText           *text,
           cairo_t               *cr,
           double                 width,
           double                 height)
{
  const double y = floor (height - BOTTOM) + 0.5;

  cairo_set_line_width (cr, 1.0);
  atelier_color_set_source (&palette->grid, cr, 1.0);
  cairo_move_to (cr, SIDE, y);
  cairo_line_to (cr, width - SIDE, y);
  cairo_stroke (cr);
  for (guint i = 0; i <= 2; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i * line->n_epochs / 2);

      if (i == 1 && line->n_epochs % 2 != 0)
        continue;
      atelier_text_set (text, label, TEXT_SIZE, FALSE);
      atelier_text_show (text, cr, SIDE + i / 2.0 * (width - 2.0 * SIDE), y + 3.0, i / 2.0,
                         &palette->dim_text);
    }
}

/* The ring, and the label above it, moved inwards where it would not fit. */
static void
draw_peak (const AtelierRateLine *line,
           const AtelierPalette  *palette,
           AtelierText           *text,
           cairo_t               *cr,
           double                 width,
           double                 height)
{
  double x, y, half, left;

  place (line, line->peak_at, line->peak, width, height, &x, &y);
  cairo_arc (cr, x, y, RING_RADIUS, 0.0, 2.0 * G_PI);
  atelier_color_set_source (&palette->background, cr, 1.0);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 2.0);
  atelier_color_set_source (&palette->training, cr, 1.0);
  cairo_stroke (cr);
  if (line->label == NULL)
    return;

  atelier_text_set (text, line->label, TEXT_SIZE, FALSE);
  atelier_text_ellipsize (text, MAX (1.0, width - SIDE));
  half = atelier_text_get_width (text) / 2.0;
  left = CLAMP (x - half, SIDE / 2.0, MAX (SIDE / 2.0, width - SIDE / 2.0 - 2.0 * half));
  atelier_text_show (text, cr, left, y - GAP - atelier_text_get_height (text), 0.0,
                     &palette->text);
}

void
atelier_rate_line_draw (const AtelierRateLine *line,
                        const AtelierPalette  *palette,
                        cairo_t               *cr,
                        double                 width,
                        double                 height)
{
  const double scale = get_scale (line);
  g_auto (AtelierText) text = { 0 };

  cairo_scale (cr, scale, scale);
  width /= scale;
  height /= scale;
  if (line->n == 0 || width <= 2.0 * SIDE || height <= TOP + BOTTOM)
    return;

  atelier_text_init (&text, cr, line->font);
  draw_axis (line, palette, &text, cr, width, height);
  draw_area (line, palette, cr, width, height);
  draw_peak (line, palette, &text, cr, width, height);
}
