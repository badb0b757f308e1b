/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Line, fill, move and mirror: the pixels that they give, and that each is one step of undo. */

#include "config.h"

#include "sketch/atelier-sketch.h"

#include <string.h>

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

typedef struct
{
  AtelierSketch *sketch;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sketch = atelier_sketch_new (SIDE, SIDE);
  atelier_sketch_set_grey (fixture->sketch, 255);
  atelier_sketch_set_brush_size (fixture->sketch, 2.0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->sketch);
}

static guint
get_pixel (AtelierSketch *sketch,
           guint          x,
           guint          y)
{
  return atelier_sketch_get_pixels (sketch)[y * SIDE + x];
}

static void
stroke (AtelierSketch *sketch,
        double         x1,
        double         y1,
        double         x2,
        double         y2)
{
  atelier_sketch_begin_stroke (sketch, x1, y1, 1.0);
  atelier_sketch_continue_stroke (sketch, x2, y2, 1.0);
  atelier_sketch_end_stroke (sketch);
}

/* Undoing once brings back @before, redoing what was there. */
static void
check_one_step (AtelierSketch *sketch,
                const guint8  *before)
{
  g_autofree guint8 *after = g_memdup2 (atelier_sketch_get_pixels (sketch), N_PIXELS);

  atelier_sketch_undo (sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (sketch), N_PIXELS, before, N_PIXELS);
  atelier_sketch_redo (sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (sketch), N_PIXELS, after, N_PIXELS);
}

static guint8 *
dup_pixels (AtelierSketch *sketch)
{
  return g_memdup2 (atelier_sketch_get_pixels (sketch), N_PIXELS);
}

static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AtelierSketch) painted = atelier_sketch_new (SIDE, SIDE);
  const guint8 nothing[N_PIXELS] = { 0 };

  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_LINE);
  atelier_sketch_begin_stroke (fixture->sketch, 4.0, 5.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 24.0, 25.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 25.0, 5.0, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);

  atelier_sketch_set_grey (painted, 255);
  atelier_sketch_set_brush_size (painted, 2.0);
  stroke (painted, 4.0, 5.0, 25.0, 5.0);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS,
                   atelier_sketch_get_pixels (painted), N_PIXELS);
  check_one_step (fixture->sketch, nothing);
}

/* A frame three pixels wide around columns and rows 8 to 19. */
static void
draw_frame (AtelierSketch *sketch,
            guint8         grey)
{
  guint8 pixels[N_PIXELS] = { 0 };

  for (guint y = 5; y <= 22; y++)
    for (guint x = 5; x <= 22; x++)
      if (x < 8 || x > 19 || y < 8 || y > 19)
        pixels[y * SIDE + x] = grey;
  atelier_sketch_set_pixels (sketch, pixels);
}

static void
test_fill_stays_inside (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree guint8 *before = NULL;

  draw_frame (fixture->sketch, 255);
  before = dup_pixels (fixture->sketch);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_FILL);
  atelier_sketch_set_grey (fixture->sketch, 150);
  stroke (fixture->sketch, 10.5, 12.5, 1.0, 1.0);

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        gboolean is_inside = x >= 8 && x <= 19 && y >= 8 && y <= 19;

        g_assert_cmpuint (get_pixel (fixture->sketch, x, y), ==,
                          is_inside ? 150 : before[y * SIDE + x]);
      }
  check_one_step (fixture->sketch, before);
}

static void
test_fill_leaves_no_seam (Fixture       *fixture,
                          gconstpointer  data)
{
  /* A drawn ring has a soft inner edge. */
  atelier_sketch_begin_stroke (fixture->sketch, 6.3, 6.3, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 21.7, 6.3, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 21.7, 21.7, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 6.3, 21.7, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 6.3, 6.3, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_FILL);
  stroke (fixture->sketch, 14.0, 14.0, 14.0, 14.0);

  for (guint y = 7; y <= 20; y++)
    for (guint x = 7; x <= 20; x++)
      g_assert_cmpuint (get_pixel (fixture->sketch, x, y), ==, 255);
  g_assert_cmpuint (get_pixel (fixture->sketch, 2, 2), ==, 0);
}

static void
test_fill_outside_the_pad (Fixture       *fixture,
                           gconstpointer  data)
{
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_FILL);
  stroke (fixture->sketch, -1.0, 4.0, -1.0, 4.0);
  stroke (fixture->sketch, 4.0, 28.0, 4.0, 28.0);

  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
}

static void
test_fill_everything (Fixture       *fixture,
                      gconstpointer  data)
{
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_FILL);
  stroke (fixture->sketch, 27.9, 27.9, 27.9, 27.9);

  for (guint i = 0; i < N_PIXELS; i++)
    g_assert_cmpuint (atelier_sketch_get_pixels (fixture->sketch)[i], ==, 255);
}

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree guint8 *before = NULL;

  draw_frame (fixture->sketch, 200);
  before = dup_pixels (fixture->sketch);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_MOVE);
  atelier_sketch_begin_stroke (fixture->sketch, 10.0, 10.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 40.0, 10.0, 1.0); /* off the pad and back */
  atelier_sketch_continue_stroke (fixture->sketch, 12.4, 6.6, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        gboolean was_there = x - 2 >= 0 && y + 3 < SIDE;

        g_assert_cmpuint (get_pixel (fixture->sketch, (guint) x, (guint) y), ==,
                          was_there ? before[(y + 3) * SIDE + x - 2] : 0);
      }
  check_one_step (fixture->sketch, before);
}

static void
test_move_back_is_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
  draw_frame (fixture->sketch, 200);
  atelier_sketch_undo (fixture->sketch);
  atelier_sketch_redo (fixture->sketch);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_MOVE);
  atelier_sketch_begin_stroke (fixture->sketch, 10.0, 10.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 20.0, 20.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 10.2, 9.9, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);

  atelier_sketch_undo (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_shift (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree guint8 *before = NULL;

  draw_frame (fixture->sketch, 200);
  before = dup_pixels (fixture->sketch);
  atelier_sketch_shift (fixture->sketch, -1, 2);
  g_assert_cmpuint (get_pixel (fixture->sketch, 4, 7), ==, 200);
  g_assert_cmpuint (get_pixel (fixture->sketch, 22, 24), ==, 0);
  check_one_step (fixture->sketch, before);

  atelier_sketch_shift (fixture->sketch, -1000, 0);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  atelier_sketch_undo (fixture->sketch);
  atelier_sketch_shift (fixture->sketch, G_MAXINT, G_MININT);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_mirror (Fixture       *fixture,
             gconstpointer  data)
{
  const AtelierTool tools[] = { ATELIER_TOOL_BRUSH, ATELIER_TOOL_LINE, ATELIER_TOOL_ERASER };

  atelier_sketch_set_mirrors (fixture->sketch, TRUE);
  for (gsize t = 0; t < G_N_ELEMENTS (tools); t++)
    {
      atelier_sketch_set_tool (fixture->sketch, tools[t]);
      stroke (fixture->sketch, 3.0, 4.0 + 5.0 * (double) t, 11.0, 9.0);
      for (guint y = 0; y < SIDE; y++)
        for (guint x = 0; x < SIDE / 2; x++)
          g_assert_cmpuint (get_pixel (fixture->sketch, x, y), ==,
                            get_pixel (fixture->sketch, SIDE - 1 - x, y));
    }
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_mirrored_fill (Fixture       *fixture,
                    gconstpointer  data)
{
  guint8 pixels[N_PIXELS] = { 0 };

  /* A wall in the middle. */
  for (guint y = 0; y < SIDE; y++)
    pixels[y * SIDE + 13] = pixels[y * SIDE + 14] = 255;
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  atelier_sketch_set_mirrors (fixture->sketch, TRUE);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_FILL);
  atelier_sketch_set_grey (fixture->sketch, 90);
  stroke (fixture->sketch, 2.0, 2.0, 2.0, 2.0);

  g_assert_cmpuint (get_pixel (fixture->sketch, 0, 0), ==, 90);
  g_assert_cmpuint (get_pixel (fixture->sketch, 27, 27), ==, 90);
  g_assert_cmpuint (get_pixel (fixture->sketch, 13, 5), ==, 255);
}

static void
test_tool_is_fixed_in_stroke (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree guint8 *before = NULL;

  draw_frame (fixture->sketch, 200);
  before = dup_pixels (fixture->sketch);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_MOVE);
  atelier_sketch_begin_stroke (fixture->sketch, 0.0, 0.0, 1.0);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_BRUSH);
  atelier_sketch_continue_stroke (fixture->sketch, 1.0, 0.0, 1.0);
  g_assert_cmpuint (get_pixel (fixture->sketch, 6, 5), ==, before[5 * SIDE + 5]);
  g_assert_cmpuint (get_pixel (fixture->sketch, 5, 5), ==, 0);
  atelier_sketch_cancel_stroke (fixture->sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, before, N_PIXELS);
}

static void
add_test (const char *path,
          void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/core/sketch-tools/line", test_line);
  add_test ("/core/sketch-tools/fill-stays-inside", test_fill_stays_inside);
  add_test ("/core/sketch-tools/fill-leaves-no-seam", test_fill_leaves_no_seam);
  add_test ("/core/sketch-tools/fill-outside-the-pad", test_fill_outside_the_pad);
  add_test ("/core/sketch-tools/fill-everything", test_fill_everything);
  add_test ("/core/sketch-tools/move", test_move);
  add_test ("/core/sketch-tools/move-back-is-nothing", test_move_back_is_nothing);
  add_test ("/core/sketch-tools/shift", test_shift);
  add_test ("/core/sketch-tools/mirror", test_mirror);
  add_test ("/core/sketch-tools/mirrored-fill", test_mirrored_fill);
  add_test ("/core/sketch-tools/tool-is-fixed-in-stroke", test_tool_is_fixed_in_stroke);

  return g_test_run ();
}
