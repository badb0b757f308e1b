/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a network's picture: frames, lines, boxes and labels.
 *
 * Boxes are opaque and drawn over the lines, so that a line needs no end at a box.  The selected
 * step is full of colour, its outline stronger and its label coloured; a hovered one is between.
 * What does not fit is dashed and has an exclamation mark, so that colour is never the only sign.
 * Any thread.
 */

#include "config.h"

#include "atelier-network-picture-private.h"

#include <math.h>

#define LINE_WIDTH 1.2
#define OUTLINE_WIDTH 1.0
#define STRONG_OUTLINE_WIDTH 1.8
#define FRAME_RADIUS 7.0
#define RING_MARGIN 3.0
#define LEADER_MARGIN 6.0

typedef struct
{
  AtelierColor front;
  AtelierColor top;
  AtelierColor side;
  AtelierColor outline;
  double       outline_width;
} Paint;

static gboolean
is_selected (const AtelierNetworkInk *ink,
             guint                    i_step)
{
  return ink->picture->i_selected == i_step;
}

static Paint
get_paint (const AtelierNetworkInk *ink,
           guint                    i_step)
{
  const AtelierColor *paper = &ink->palette->background, *full = &ink->palette->training;
  const gboolean is_hovered = ink->picture->i_hovered == i_step;
  const double more = is_hovered ? 0.12 : 0.0;
  const AtelierColor *text = &ink->palette->text;
  Paint paint;

  if (is_selected (ink, i_step))
    paint = (Paint) {
      .front = *full,
      .top = atelier_color_mix (full, paper, 0.4),
      .side = atelier_color_mix (full, text, 0.3),
      .outline = atelier_color_mix (full, text, ink->is_strong ? 1.0 : 0.3),
    };
  else
    paint = (Paint) {
      .front = atelier_color_mix (paper, full, 0.30 + more),
      .top = atelier_color_mix (paper, full, 0.14 + more),
      .side = atelier_color_mix (paper, full, 0.44 + more),
      .outline = atelier_color_mix (paper, ink->is_strong ? text : full,
                                    ink->is_strong || is_hovered ? 1.0 : 0.8),
    };
  paint.outline_width = is_hovered || is_selected (ink, i_step) ? STRONG_OUTLINE_WIDTH
                                                                : OUTLINE_WIDTH;

  return paint;
}

static void
set_line (const AtelierNetworkInk *ink)
{
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, LINE_WIDTH);
}

static void
add_rounded (cairo_t                  *cr,
             const AtelierNetworkArea *area,
             double                    radius)
{
  const double right = area->x + area->width - radius, foot = area->y + area->height - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right, area->y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, right, foot, radius, 0.0, G_PI_2);
  cairo_arc (cr, area->x + radius, foot, radius, G_PI_2, G_PI);
  cairo_arc (cr, area->x + radius, area->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* ---- Blocks ---- */

void
atelier_network_ink_draw_frame (AtelierNetworkInk *ink,
                                guint              i_step)
{
  static const double dashes[] = { 4.0, 3.0 };
  const gboolean is_misfit = ink->picture->steps[i_step].is_misfit;
  const Paint paint = get_paint (ink, i_step);
  const gboolean is_marked = paint.outline_width > OUTLINE_WIDTH;

  add_rounded (ink->cr, &ink->layout->spots[i_step].frame, FRAME_RADIUS);
  atelier_color_set_source (&ink->palette->diagonal, ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  atelier_color_set_source (is_misfit   ? &ink->palette->validation
                            : is_marked ? &ink->palette->training
                                        : &ink->palette->grid,
                            ink->cr, 1.0);
  cairo_set_line_width (ink->cr, paint.outline_width);
  if (is_misfit)
    cairo_set_dash (ink->cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_stroke (ink->cr);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
}

static double
get_middle (const AtelierNetworkArea *area)
{
  return area->y + area->height / 2.0;
}

/* From the head of its frame to the plus. */
static void
draw_shortcut (const AtelierNetworkInk  *ink,
               const AtelierNetworkSpot *block)
{
  cairo_move_to (ink->cr, ink->layout->axis_x, get_middle (&block->label));
  cairo_line_to (ink->cr, block->line_x, get_middle (&block->label));
  cairo_line_to (ink->cr, block->line_x, get_middle (&block->shape));
  cairo_line_to (ink->cr, block->shape.x, get_middle (&block->shape));
}

void
atelier_network_ink_draw_lines (AtelierNetworkInk *ink)
{
  const AtelierNetworkSpot *spots = ink->layout->spots;
  const guint n = ink->layout->n_spots;
  double foot = 0.0;

  set_line (ink);
  for (guint i = 0; i < n; i++)
    {
      if (ink->picture->steps[i].kind == ATELIER_STEP_BLOCK)
        draw_shortcut (ink, &spots[i]);
      if (spots[i].parent == ATELIER_NO_STEP)
        foot = get_middle (&spots[i].shape);
    }
  cairo_move_to (ink->cr, ink->layout->axis_x, get_middle (&spots[0].shape));
  cairo_line_to (ink->cr, ink->layout->axis_x, foot);
  cairo_set_line_join (ink->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (ink->cr);
}

static void
draw_plus (const AtelierNetworkInk  *ink,
           const AtelierNetworkSpot *spot,
           guint                     i_step)
{
  const double radius = spot->shape.width / 2.0 - 1.0, arm = radius * 0.5;
  const double x = spot->shape.x + spot->shape.width / 2.0, y = get_middle (&spot->shape);
  const AtelierPalette *palette = ink->palette;

  cairo_new_sub_path (ink->cr);
  cairo_arc (ink->cr, x, y, radius, 0.0, 2.0 * G_PI);
  atelier_color_set_source (is_selected (ink, i_step) ? &palette->training : &palette->background,
                            ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  atelier_color_set_source (is_selected (ink, i_step) ? &palette->training : &palette->dim_text,
                            ink->cr, 1.0);
  cairo_set_line_width (ink->cr, LINE_WIDTH);
  cairo_stroke (ink->cr);
  cairo_move_to (ink->cr, x - arm, y);
  cairo_line_to (ink->cr, x + arm, y);
  cairo_move_to (ink->cr, x, y - arm);
  cairo_line_to (ink->cr, x, y + arm);
  atelier_color_set_source (is_selected (ink, i_step) ? &palette->background : &palette->text,
                            ink->cr, 1.0);
  cairo_stroke (ink->cr);
}

/* ---- Boxes ---- */

/* A face, as far as its path goes. */
static void
fill_face (const AtelierNetworkInk *ink,
           const AtelierColor      *color,
           const Paint             *paint)
{
  cairo_close_path (ink->cr);
  atelier_color_set_source (color, ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  atelier_color_set_source (&paint->outline, ink->cr, 1.0);
  cairo_stroke (ink->cr);
}

static void
draw_box (const AtelierNetworkInk  *ink,
          const AtelierNetworkSpot *spot,
          const Paint              *paint)
{
  cairo_t *cr = ink->cr;
  const double x = spot->shape.x, y = spot->shape.y + spot->slant_y;
  const double width = spot->shape.width - spot->slant_x;
  const double height = spot->shape.height - spot->slant_y;

  cairo_set_line_width (cr, paint->outline_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x + width, y);
  cairo_rel_line_to (cr, spot->slant_x, -spot->slant_y);
  cairo_rel_line_to (cr, 0.0, height);
  cairo_rel_line_to (cr, -spot->slant_x, spot->slant_y);
  fill_face (ink, &paint->side, paint);
  cairo_move_to (cr, x, y);
  cairo_rel_line_to (cr, spot->slant_x, -spot->slant_y);
  cairo_rel_line_to (cr, width, 0.0);
  cairo_rel_line_to (cr, -spot->slant_x, spot->slant_y);
  fill_face (ink, &paint->top, paint);
  cairo_rectangle (cr, x, y, width, height);
  fill_face (ink, &paint->front, paint);
}

static void
draw_plate (const AtelierNetworkInk  *ink,
            const AtelierNetworkArea *area,
            const Paint              *paint)
{
  add_rounded (ink->cr, area, area->height / 2.0);
  cairo_set_line_width (ink->cr, paint->outline_width);
  fill_face (ink, &paint->front, paint);
}

static void
draw_misfit (AtelierNetworkInk        *ink,
             guint                     i_step,
             const AtelierNetworkArea *area,
             const Paint              *paint)
{
  static const double dashes[] = { 4.0, 3.0 };
  const AtelierColor *color = &ink->palette->validation, *paper = &ink->palette->background;

  add_rounded (ink->cr, area, area->height / 2.0);
  atelier_color_set_source (is_selected (ink, i_step) ? color : paper, ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  atelier_color_set_source (color, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, paint->outline_width + 0.4);
  if (!is_selected (ink, i_step))
    cairo_set_dash (ink->cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_stroke (ink->cr);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  atelier_text_set (&ink->text, "!", area->height * 0.72, TRUE);
  atelier_text_show (&ink->text, ink->cr, area->x + area->width / 2.0,
                     get_middle (area) - atelier_text_get_height (&ink->text) / 2.0, 0.5,
                     is_selected (ink, i_step) ? paper : color);
}

void
atelier_network_ink_draw_shape (AtelierNetworkInk *ink,
                                guint              i_step)
{
  const AtelierNetworkStep *step = &ink->picture->steps[i_step];
  const AtelierNetworkSpot *spot = &ink->layout->spots[i_step];
  const Paint paint = get_paint (ink, i_step);

  if (step->kind == ATELIER_STEP_BLOCK)
    draw_plus (ink, spot, i_step);
  else if (step->is_misfit)
    draw_misfit (ink, i_step, &spot->shape, &paint);
  else if (step->kind == ATELIER_STEP_THROUGH)
    draw_plate (ink, &spot->shape, &paint);
  else
    draw_box (ink, spot, &paint);
}

/* ---- Labels ---- */

void
atelier_network_ink_draw_leader (AtelierNetworkInk *ink,
                                 guint              i_step)
{
  static const double dots[] = { 0.0, 3.0 };
  const AtelierNetworkSpot *spot = &ink->layout->spots[i_step];
  const AtelierNetworkArea *from = spot->frame.width > 0.0 ? &spot->frame : &spot->shape;
  const double y = floor (get_middle (&spot->label)) + 0.5;

  if (spot->label.x - from->x - from->width <= 2.0 * LEADER_MARGIN)
    return;

  set_line (ink);
  cairo_set_line_cap (ink->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (ink->cr, dots, G_N_ELEMENTS (dots), 0.0);
  cairo_move_to (ink->cr, from->x + from->width + LEADER_MARGIN, y);
  cairo_line_to (ink->cr, spot->label.x - LEADER_MARGIN, y);
  cairo_stroke (ink->cr);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_cap (ink->cr, CAIRO_LINE_CAP_BUTT);
}

/* One line of a label, cut where the column ends. */
static void
show_line (AtelierNetworkInk  *ink,
           double              x,
           double              y,
           const AtelierColor *color)
{
  atelier_text_ellipsize (&ink->text,
                          ink->layout->label_x + ink->layout->label_width - x + 1.0);
  atelier_text_show (&ink->text, ink->cr, x, y, 0.0, color);
}

void
atelier_network_ink_draw_label (AtelierNetworkInk *ink,
                                guint              i_step)
{
  const AtelierNetworkStep *step = &ink->picture->steps[i_step];
  const AtelierNetworkArea *label = &ink->layout->spots[i_step].label;
  const double size = atelier_network_picture_get_font_size (ink->picture);
  const gboolean is_marked = is_selected (ink, i_step) || ink->picture->i_hovered == i_step;
  const AtelierPalette *palette = ink->palette;
  double x = label->x, y = label->y;

  if (step->detail != NULL)
    {
      atelier_text_set (&ink->text, step->detail, size, TRUE);
      show_line (ink, x, y,
                 step->is_misfit                ? &palette->validation
                 : is_selected (ink, i_step)    ? &palette->training
                                                : &palette->text);
      y += ink->layout->is_compact ? 0.0 : atelier_text_get_height (&ink->text);
    }
  if (ink->layout->is_compact && step->detail != NULL)
    x += ink->layout->detail_width;
  atelier_text_set (&ink->text, step->title, size * ATELIER_NETWORK_TITLE_SHARE, FALSE);
  if (ink->layout->is_compact)
    y += MAX (label->height - atelier_text_get_height (&ink->text), 0.0) / 2.0;
  show_line (ink, x, y, is_marked ? &palette->text : &palette->dim_text);
}

void
atelier_network_ink_draw_ring (AtelierNetworkInk *ink,
                               guint              i_step)
{
  AtelierNetworkArea row = atelier_network_layout_get_row (ink->layout, i_step);

  row.x -= RING_MARGIN;
  row.y -= RING_MARGIN;
  row.width += 2.0 * RING_MARGIN;
  row.height += 2.0 * RING_MARGIN;
  add_rounded (ink->cr, &row, FRAME_RADIUS);
  atelier_color_set_source (&ink->palette->training, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, 2.0);
  cairo_stroke (ink->cr);
}
