/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points lie at their epochs, from the first to the last that there is, so that the line is as
 * wide with three epochs as with a hundred.  Of many points only the wrong ones are marked.  Any
 * thread.
 */

#include "config.h"

#include "atelier-spark.h"

#include <math.h>

#include "atelier-text.h"

#define LEFT 30.0
#define RIGHT 14.0
#define TOP 10.0
#define BOTTOM 22.0
#define TEXT_SIZE 11.0
#define DOT_RADIUS 2.5
#define CROSS_REACH 3.5
#define RING_RADIUS 6.0
/* Where points are closer than this, right ones have no mark. */
#define LEAST_SPACING 9.0

static double
get_scale (const AtelierSpark *spark)
{
  return spark->scale > 0.0 ? spark->scale : 1.0;
}

/* In units of the usual size, as all that is drawn. */
static void
place (const AtelierSpark *spark,
       guint               i,
       double              width,
       double              height,
       double             *x,
       double             *y)
{
  double span = spark->points[spark->n - 1].epoch - spark->points[0].epoch;
  double share = span > 0.0 ? (spark->points[i].epoch - spark->points[0].epoch) / span : 0.5;

  *x = LEFT + share * MAX (0.0, width - LEFT - RIGHT);
  *y = TOP + (1.0 - CLAMP (spark->points[i].score, 0.0, 1.0)) * MAX (0.0, height - TOP - BOTTOM);
}

void
atelier_spark_place (const AtelierSpark *spark,
                     guint               i,
                     double              width,
                     double              height,
                     double             *x,
                     double             *y)
{
  const double scale = get_scale (spark);

  place (spark, i, width / scale, height / scale, x, y);
  *x *= scale;
  *y *= scale;
}

guint
atelier_spark_find (const AtelierSpark *spark,
                    double              width,
                    double              x)
{
  guint nearest = 0;
  double least = INFINITY;

  for (guint i = 0; i < spark->n; i++)
    {
      double point_x, point_y;

      atelier_spark_place (spark, i, width, 0.0, &point_x, &point_y);
      if (fabs (point_x - x) < least)
        {
          least = fabs (point_x - x);
          nearest = i;
        }
    }

  return nearest;
}

static void
draw_grid (const AtelierPalette *palette,
           AtelierText          *text,
           cairo_t              *cr,
           double                width,
           double                height)
{
  static const char * const labels[] = { "1", "0.5", "0" };

  cairo_set_line_width (cr, 1.0);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      double y = floor (TOP + i / 2.0 * (height - TOP - BOTTOM)) + 0.5;

      atelier_color_set_source (&palette->grid, cr, 1.0);
      cairo_move_to (cr, LEFT, y);
      cairo_line_to (cr, width - RIGHT, y);
      cairo_stroke (cr);
      atelier_text_set (text, labels[i], TEXT_SIZE, FALSE);
      atelier_text_show (text, cr, LEFT - 6.0, y - atelier_text_get_height (text) / 2.0, 1.0,
                         &palette->dim_text);
    }
}

static void
draw_epoch (const AtelierSpark   *spark,
            const AtelierPalette *palette,
            AtelierText          *text,
            cairo_t              *cr,
            guint                 i,
            double                width,
            double                height)
{
  g_autofree char *label = g_strdup_printf ("%u", spark->points[i].epoch);
  double x, y;

  place (spark, i, width, height, &x, &y);
  atelier_text_set (text, label, TEXT_SIZE, (int) i == spark->i_cursor);
  atelier_text_show (text, cr, x, height - BOTTOM + 5.0, 0.5,
                     (int) i == spark->i_cursor ? &palette->text : &palette->dim_text);
}

/* The number of the epoch that is shown, and those of the first and the last where they do not
 * touch it. */
static void
draw_epochs (const AtelierSpark   *spark,
             const AtelierPalette *palette,
             AtelierText          *text,
             cairo_t              *cr,
             double                width,
             double                height)
{
  const double room = 3.0 * TEXT_SIZE;
  double first, last, cursor, y;
  guint i_cursor = (guint) MAX (0, spark->i_cursor);

  place (spark, 0, width, height, &first, &y);
  place (spark, spark->n - 1, width, height, &last, &y);
  place (spark, i_cursor, width, height, &cursor, &y);
  if (spark->i_cursor >= 0)
    draw_epoch (spark, palette, text, cr, i_cursor, width, height);
  if (spark->i_cursor < 0 || cursor - first >= room)
    draw_epoch (spark, palette, text, cr, 0, width, height);
  if (spark->n > 1 && (spark->i_cursor < 0 || last - cursor >= room))
    draw_epoch (spark, palette, text, cr, spark->n - 1, width, height);
}

static void
draw_cursor (const AtelierSpark   *spark,
             const AtelierPalette *palette,
             cairo_t              *cr,
             double                width,
             double                height)
{
  double x, y;

  if (spark->i_cursor < 0)
    return;

  place (spark, (guint) spark->i_cursor, width, height, &x, &y);
  atelier_color_set_source (&palette->cursor, cr, 1.0);
  cairo_set_line_width (cr, 1.0);
  cairo_move_to (cr, floor (x) + 0.5, TOP);
  cairo_line_to (cr, floor (x) + 0.5, height - BOTTOM);
  cairo_stroke (cr);
  atelier_color_set_source (&palette->text, cr, 1.0);
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, x, y, RING_RADIUS, 0.0, 2.0 * G_PI);
  cairo_stroke (cr);
}

static void
draw_line (const AtelierSpark   *spark,
           const AtelierPalette *palette,
           cairo_t              *cr,
           double                width,
           double                height)
{
  atelier_color_set_source (&palette->training, cr, 1.0);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < spark->n; i++)
    {
      double x, y;

      place (spark, i, width, height, &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
}

static void
draw_mark (const AtelierSparkPoint *point,
           const AtelierPalette    *palette,
           cairo_t                 *cr,
           double                   x,
           double                   y)
{
  if (!point->is_wrong)
    {
      atelier_color_set_source (&palette->training, cr, 1.0);
      cairo_arc (cr, x, y, DOT_RADIUS, 0.0, 2.0 * G_PI);
      cairo_fill (cr);
      return;
    }

  atelier_color_set_source (&palette->validation, cr, 1.0);
  cairo_set_line_width (cr, 2.0);
  cairo_move_to (cr, x - CROSS_REACH, y - CROSS_REACH);
  cairo_line_to (cr, x + CROSS_REACH, y + CROSS_REACH);
  cairo_move_to (cr, x - CROSS_REACH, y + CROSS_REACH);
  cairo_line_to (cr, x + CROSS_REACH, y - CROSS_REACH);
  cairo_stroke (cr);
}

static void
draw_marks (const AtelierSpark   *spark,
            const AtelierPalette *palette,
            cairo_t              *cr,
            double                width,
            double                height)
{
  double spacing = (width - LEFT - RIGHT) / MAX (1, spark->n - 1);

  for (guint i = 0; i < spark->n; i++)
    {
      double x, y;

      if (!spark->points[i].is_wrong && spacing < LEAST_SPACING && (int) i != spark->i_cursor)
        continue;
      place (spark, i, width, height, &x, &y);
      draw_mark (&spark->points[i], palette, cr, x, y);
    }
}

void
atelier_spark_draw (const AtelierSpark   *spark,
                    const AtelierPalette *palette,
                    cairo_t              *cr,
                    double                width,
                    double                height)
{
  const double scale = get_scale (spark);
  g_auto (AtelierText) text = { 0 };

  g_return_if_fail (spark != NULL && palette != NULL && cr != NULL);

  cairo_scale (cr, scale, scale);
  width /= scale;
  height /= scale;
  if (width <= LEFT + RIGHT || height <= TOP + BOTTOM)
    return;

  atelier_text_init (&text, cr, spark->font);
  draw_grid (palette, &text, cr, width, height);
  if (spark->n == 0)
    return;

  draw_epochs (spark, palette, &text, cr, width, height);
  draw_cursor (spark, palette, cr, width, height);
  draw_line (spark, palette, cr, width, height);
  draw_marks (spark, palette, cr, width, height);
}
