/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each row of the drawing is drawn as runs of equal grey: plain rectangles, which are sharp at
 * every scale and need no upload of a texture with each stroke.  A scaled texture was rejected
 * because GTK 4.8 always smooths it.
 */

#include "config.h"

#include "draw/pad/atelier-pad-snapshot.h"

#define CORNER_RADIUS 6
#define LEAST_BRUSH 5.0 /* screen pixels, so that a small brush is visible */
#define DASH 5.0

graphene_rect_t
atelier_pad_frame_get_bounds (const AtelierPadFrame *frame,
                              AtelierSketch         *sketch)
{
  return GRAPHENE_RECT_INIT (frame->x, frame->y, atelier_sketch_get_width (sketch) * frame->cell,
                             atelier_sketch_get_height (sketch) * frame->cell);
}

static void
snapshot_pixels (GtkSnapshot           *snapshot,
                 const AtelierPadFrame *frame,
                 AtelierSketch         *sketch)
{
  const guint8 *pixels = atelier_sketch_get_pixels (sketch);
  guint width = atelier_sketch_get_width (sketch);
  guint height = atelier_sketch_get_height (sketch);
  double cell = frame->cell;

  for (guint row = 0; row < height; row++)
    {
      const guint8 *line = pixels + (gsize) row * width;

      for (guint first = 0, end; first < width; first = end)
        {
          float grey = line[first] / 255.0f;
          GdkRGBA color = { grey, grey, grey, 1.0f };

          for (end = first + 1; end < width && line[end] == line[first]; end++)
            ;
          if (line[first] > 0)
            gtk_snapshot_append_color (snapshot, &color,
                                       &GRAPHENE_RECT_INIT (frame->x + first * cell,
                                                            frame->y + row * cell,
                                                            (end - first) * cell, cell));
        }
    }
}

/* Lines so faint that they are visible on black only. */
static void
snapshot_grid (GtkSnapshot           *snapshot,
               const AtelierPadFrame *frame,
               AtelierSketch         *sketch)
{
  const GdkRGBA color = { 1.0f, 1.0f, 1.0f, 0.055f };
  guint width = atelier_sketch_get_width (sketch);
  guint height = atelier_sketch_get_height (sketch);
  double cell = frame->cell;

  for (guint column = 1; column < width; column++)
    gtk_snapshot_append_color (
      snapshot, &color,
      &GRAPHENE_RECT_INIT (frame->x + column * cell, frame->y, 1, height * cell));
  for (guint row = 1; row < height; row++)
    gtk_snapshot_append_color (
      snapshot, &color, &GRAPHENE_RECT_INIT (frame->x, frame->y + row * cell, width * cell, 1));
}

/* Alternating light and dark dashes: visible on every grey, and not mistaken for the drawing. */
static void
snapshot_axis (GtkSnapshot           *snapshot,
               const AtelierPadFrame *frame,
               AtelierSketch         *sketch)
{
  const GdkRGBA colors[2] = { { 1.0f, 1.0f, 1.0f, 0.5f }, { 0.0f, 0.0f, 0.0f, 0.5f } };
  graphene_rect_t bounds = atelier_pad_frame_get_bounds (frame, sketch);
  double x = frame->x + bounds.size.width / 2.0;

  for (guint i = 0; i * DASH < bounds.size.height; i++)
    gtk_snapshot_append_color (
      snapshot, &colors[i % 2],
      &GRAPHENE_RECT_INIT (x - 0.5, frame->y + i * DASH, 1,
                           MIN (DASH, bounds.size.height - i * DASH)));
}

static void
snapshot_ring (GtkSnapshot           *snapshot,
               const graphene_rect_t *bounds,
               float                  radius,
               float                  line_width,
               const GdkRGBA         *color)
{
  const float widths[4] = { line_width, line_width, line_width, line_width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, radius);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

/* A light ring inside a dark one, visible on every grey. */
static void
snapshot_contrast_ring (GtkSnapshot     *snapshot,
                        graphene_rect_t  bounds,
                        gboolean         is_round,
                        float            strength)
{
  const GdkRGBA dark = { 0.0f, 0.0f, 0.0f, 0.65f * strength };
  const GdkRGBA light = { 1.0f, 1.0f, 1.0f, 0.95f * strength };

  snapshot_ring (snapshot, &bounds, is_round ? bounds.size.width / 2 : 3, 1.5f, &light);
  graphene_rect_inset (&bounds, -1.0f, -1.0f);
  snapshot_ring (snapshot, &bounds, is_round ? bounds.size.width / 2 : 3, 1.0f, &dark);
}

void
atelier_pad_snapshot_drawing (GtkSnapshot           *snapshot,
                              const AtelierPadFrame *frame,
                              AtelierSketch         *sketch)
{
  const GdkRGBA black = { 0.0f, 0.0f, 0.0f, 1.0f };
  graphene_rect_t bounds = atelier_pad_frame_get_bounds (frame, sketch);

  gtk_snapshot_append_color (snapshot, &black, &bounds);
  snapshot_grid (snapshot, frame, sketch);
  snapshot_pixels (snapshot, frame, sketch);
  if (atelier_sketch_get_mirrors (sketch))
    snapshot_axis (snapshot, frame, sketch);
}

void
atelier_pad_snapshot_brush (GtkSnapshot           *snapshot,
                            const AtelierPadFrame *frame,
                            AtelierSketch         *sketch,
                            double                 x,
                            double                 y)
{
  double diameter = MAX (atelier_sketch_get_brush_size (sketch) * frame->cell, LEAST_BRUSH);
  double mirrored_x = 2.0 * frame->x + atelier_sketch_get_width (sketch) * frame->cell - x;

  if (atelier_sketch_get_mirrors (sketch))
    snapshot_contrast_ring (
      snapshot,
      GRAPHENE_RECT_INIT (mirrored_x - diameter / 2, y - diameter / 2, diameter, diameter), TRUE,
      0.5f);
  snapshot_contrast_ring (
    snapshot, GRAPHENE_RECT_INIT (x - diameter / 2, y - diameter / 2, diameter, diameter), TRUE,
    1.0f);
}

void
atelier_pad_snapshot_cell (GtkSnapshot           *snapshot,
                           const AtelierPadFrame *frame,
                           guint                  column,
                           guint                  row)
{
  double cell = frame->cell;

  snapshot_contrast_ring (
    snapshot,
    GRAPHENE_RECT_INIT (frame->x + column * cell, frame->y + row * cell, cell, cell), FALSE, 1.0f);
}

void
atelier_pad_snapshot_focus (GtkSnapshot           *snapshot,
                            const graphene_rect_t *bounds,
                            const GdkRGBA         *color)
{
  graphene_rect_t outside;

  graphene_rect_inset_r (bounds, -3.0f, -3.0f, &outside);
  snapshot_ring (snapshot, &outside, CORNER_RADIUS + 3, 2.0f, color);
}

void
atelier_pad_snapshot_push_clip (GtkSnapshot           *snapshot,
                                const graphene_rect_t *bounds)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
}
