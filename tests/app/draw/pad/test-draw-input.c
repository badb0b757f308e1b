/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawing on the pad of the Draw page with the keyboard and with the real pointer. */

#include <math.h>
#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "pointer.h"

/* Keyboard */

static void
test_keyboard_paints (DrawFixture   *fixture,
                      gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->pad));
  draw_press (fixture, GDK_KEY_Left, 0);
  draw_press (fixture, GDK_KEY_Up, 0);
  draw_press (fixture, GDK_KEY_Up, GDK_CONTROL_MASK);
  draw_press (fixture, GDK_KEY_space, 0);
  draw_release (fixture, GDK_KEY_space);
  g_assert_cmpuint (draw_get_pixel (fixture, 13, 9), >, 100);
  g_assert_cmpuint (draw_get_pixel (fixture, 15, 9), ==, 0);
  draw_settle (fixture);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_keyboard_draws_a_line (DrawFixture   *fixture,
                            gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 2.0);
  draw_press (fixture, GDK_KEY_space, 0);
  for (guint i = 0; i < 5; i++)
    {
      draw_press (fixture, GDK_KEY_Right, 0);
      draw_press (fixture, GDK_KEY_space, 0); /* as a held key repeats */
    }
  draw_release (fixture, GDK_KEY_space);
  for (guint column = 14; column < 20; column++)
    g_assert_cmpuint (draw_get_pixel (fixture, column, 14), >, 100);

  /* The whole line is one step of undo. */
  draw_activate (fixture, "draw.undo");
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_keyboard_erases (DrawFixture   *fixture,
                      gconstpointer  data)
{
  guint8 pixels[DRAW_N_PIXELS];

  memset (pixels, 200, sizeof pixels);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  atelier_sketch_set_brush_size (fixture->sketch, 2.0);
  draw_press (fixture, GDK_KEY_space, GDK_SHIFT_MASK);
  draw_release (fixture, GDK_KEY_space);
  draw_press (fixture, GDK_KEY_Left, GDK_CONTROL_MASK);
  draw_press (fixture, GDK_KEY_BackSpace, 0);
  draw_release (fixture, GDK_KEY_BackSpace);
  g_assert_cmpuint (draw_get_pixel (fixture, 14, 14), <, 100);
  g_assert_cmpuint (draw_get_pixel (fixture, 10, 14), <, 100);
  g_assert_cmpuint (draw_get_pixel (fixture, 20, 14), ==, 200);
  /* The chosen tool has not changed. */
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_BRUSH);
}

static void
test_keyboard_stays_inside (DrawFixture   *fixture,
                            gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  for (guint i = 0; i < 20; i++)
    {
      draw_press (fixture, GDK_KEY_Left, GDK_CONTROL_MASK);
      draw_press (fixture, GDK_KEY_Up, GDK_CONTROL_MASK);
    }
  draw_press (fixture, GDK_KEY_space, 0);
  draw_release (fixture, GDK_KEY_space);
  g_assert_cmpuint (draw_get_pixel (fixture, 0, 0), >, 100);
}

static void
test_escape_takes_back (DrawFixture   *fixture,
                        gconstpointer  data)
{
  draw_press (fixture, GDK_KEY_space, 0);
  draw_press (fixture, GDK_KEY_Right, 0);
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
  draw_press (fixture, GDK_KEY_Escape, 0);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
}

/* One Space begins a line and the next ends it; key repeat and release do not. */
static void
test_keyboard_line_tool (DrawFixture   *fixture,
                         gconstpointer  data)
{
  draw_activate (fixture, "draw.tool::line");
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  draw_press (fixture, GDK_KEY_space, 0);
  draw_press (fixture, GDK_KEY_space, 0);
  draw_release (fixture, GDK_KEY_space);
  draw_press (fixture, GDK_KEY_Right, GDK_CONTROL_MASK);
  draw_press (fixture, GDK_KEY_Down, GDK_CONTROL_MASK);
  draw_press (fixture, GDK_KEY_Up, GDK_CONTROL_MASK); /* moves the end of the preview */
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
  draw_press (fixture, GDK_KEY_space, 0);
  draw_release (fixture, GDK_KEY_space);
  for (guint column = 14; column <= 18; column++)
    g_assert_cmpuint (draw_get_pixel (fixture, column, 14), >, 100);
  g_assert_cmpuint (draw_get_pixel (fixture, 18, 17), ==, 0);
  g_assert_true (atelier_sketch_get_can_undo (fixture->sketch));

  /* The line has ended: moving the cursor draws nothing. */
  draw_press (fixture, GDK_KEY_Down, GDK_CONTROL_MASK);
  g_assert_cmpuint (draw_get_pixel (fixture, 18, 17), ==, 0);
}

static void
test_keyboard_fills (DrawFixture   *fixture,
                     gconstpointer  data)
{
  draw_activate (fixture, "draw.tool::fill");
  draw_press (fixture, GDK_KEY_space, 0);
  draw_release (fixture, GDK_KEY_space);
  for (guint i = 0; i < DRAW_N_PIXELS; i++)
    g_assert_cmpuint (draw_get_pixel (fixture, i % DRAW_SIDE, i / DRAW_SIDE), ==,
                      atelier_sketch_get_grey (fixture->sketch));
  draw_press (fixture, GDK_KEY_space, GDK_SHIFT_MASK);
  draw_release (fixture, GDK_KEY_space);
  g_assert_cmpuint (draw_get_pixel (fixture, 14, 14), ==, 0);
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_FILL);
}

static void
test_keyboard_moves_drawing (DrawFixture   *fixture,
                             gconstpointer  data)
{
  guint8 before[DRAW_N_PIXELS];

  draw_bag (fixture->sketch);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  draw_activate (fixture, "draw.tool::move");
  draw_press (fixture, GDK_KEY_Right, 0);
  draw_press (fixture, GDK_KEY_Up, 0);
  for (guint row = 1; row < DRAW_SIDE; row++)
    for (guint column = 0; column < DRAW_SIDE - 1; column++)
      g_assert_cmpuint (draw_get_pixel (fixture, column + 1, row - 1), ==,
                        before[row * DRAW_SIDE + column]);
  draw_activate (fixture, "draw.undo");
  draw_activate (fixture, "draw.undo");
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                   DRAW_N_PIXELS);
}

/* Pointer */

/* Moves the pointer with a button held from cell (4, 14) to cell (24, 14). */
static void
drag_across (DrawFixture *fixture,
             const char  *draw_press,
             const char  *draw_release)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  double left;
  double top;
  double cell;

  atelier_sketch_pad_get_frame (fixture->pad, &left, &top, &cell);
  from = pointer_format_place (GTK_WIDGET (fixture->pad), left + 4.5 * cell, top + 14.5 * cell);
  to = pointer_format_place (GTK_WIDGET (fixture->pad), left + 24.5 * cell, top + 14.5 * cell);
  pointer_do (fixture->window, from);
  pointer_do (fixture->window, draw_press);
  pointer_do (fixture->window, to);
  pointer_do (fixture->window, draw_release);
  app_wait_until (atelier_sketch_get_can_undo (fixture->sketch));
}

static void
test_pointer_paints (DrawFixture   *fixture,
                     gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;
  drag_across (fixture, "mousedown 1", "mouseup 1");
  for (guint column = 4; column <= 24; column++)
    g_assert_cmpuint (draw_get_pixel (fixture, column, 14), >, 150);
  g_assert_cmpuint (draw_get_pixel (fixture, 14, 20), ==, 0);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_right_button_erases (DrawFixture   *fixture,
                          gconstpointer  data)
{
  guint8 pixels[DRAW_N_PIXELS];

  if (!pointer_can_be_moved ())
    return;
  memset (pixels, 200, sizeof pixels);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  drag_across (fixture, "mousedown 3", "mouseup 3");
  g_assert_cmpuint (draw_get_pixel (fixture, 14, 14), <, 50);
  g_assert_cmpuint (draw_get_pixel (fixture, 14, 20), ==, 200);
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_BRUSH);
}

/* The pointer draws what core draws between the same two places. */
static void
test_pointer_draws_a_line (DrawFixture   *fixture,
                           gconstpointer  data)
{
  g_autoptr (AtelierSketch) expected = atelier_sketch_new (DRAW_SIDE, DRAW_SIDE);
  double left, top, cell;

  if (!pointer_can_be_moved ())
    return;
  draw_activate (fixture, "draw.tool::line");
  drag_across (fixture, "mousedown 1", "mouseup 1");
  atelier_sketch_pad_get_frame (fixture->pad, &left, &top, &cell);
  atelier_sketch_set_tool (expected, ATELIER_TOOL_LINE);
  atelier_sketch_begin_stroke (expected, round (4.5 * cell) / cell, round (14.5 * cell) / cell, 1);
  atelier_sketch_continue_stroke (expected, round (24.5 * cell) / cell,
                                  round (14.5 * cell) / cell, 1);
  atelier_sketch_end_stroke (expected);
  for (guint i = 0; i < DRAW_N_PIXELS; i++)
    g_assert_cmpint (ABS ((int) atelier_sketch_get_pixels (fixture->sketch)[i]
                          - (int) atelier_sketch_get_pixels (expected)[i]), <=, 30);
  for (guint column = 5; column < 24; column++)
    g_assert_cmpuint (draw_get_pixel (fixture, column, 14), ==,
                      atelier_sketch_get_grey (fixture->sketch));
}

static void
test_pointer_fills (DrawFixture   *fixture,
                    gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;
  draw_activate (fixture, "draw.tool::fill");
  drag_across (fixture, "mousedown 1", "mouseup 1");
  for (guint i = 0; i < DRAW_N_PIXELS; i++)
    g_assert_cmpuint (draw_get_pixel (fixture, i % DRAW_SIDE, i / DRAW_SIDE), ==,
                      atelier_sketch_get_grey (fixture->sketch));
}

/* The drawing moves twenty cells to the right, and its pixels do not change. */
static void
test_pointer_moves_drawing (DrawFixture   *fixture,
                            gconstpointer  data)
{
  guint8 before[DRAW_N_PIXELS];

  if (!pointer_can_be_moved ())
    return;
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  draw_activate (fixture, "draw.tool::move");
  drag_across (fixture, "mousedown 1", "mouseup 1");
  for (guint row = 0; row < DRAW_SIDE; row++)
    for (guint column = 0; column < DRAW_SIDE; column++)
      g_assert_cmpuint (draw_get_pixel (fixture, column, row), ==,
                        column < 20 ? 0 : before[row * DRAW_SIDE + column - 20]);
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("keyboard/paints", TRUE, test_keyboard_paints);
  DRAW_ADD_TEST ("keyboard/line", TRUE, test_keyboard_draws_a_line);
  DRAW_ADD_TEST ("keyboard/erases", TRUE, test_keyboard_erases);
  DRAW_ADD_TEST ("keyboard/stays-inside", TRUE, test_keyboard_stays_inside);
  DRAW_ADD_TEST ("keyboard/escape", TRUE, test_escape_takes_back);
  DRAW_ADD_TEST ("keyboard/line-tool", TRUE, test_keyboard_line_tool);
  DRAW_ADD_TEST ("keyboard/fills", TRUE, test_keyboard_fills);
  DRAW_ADD_TEST ("keyboard/moves-drawing", TRUE, test_keyboard_moves_drawing);
  DRAW_ADD_TEST ("pointer/line", TRUE, test_pointer_draws_a_line);
  DRAW_ADD_TEST ("pointer/fills", TRUE, test_pointer_fills);
  DRAW_ADD_TEST ("pointer/moves-drawing", TRUE, test_pointer_moves_drawing);
  DRAW_ADD_TEST ("pointer/paints", TRUE, test_pointer_paints);
  DRAW_ADD_TEST ("pointer/right-button-erases", TRUE, test_right_button_erases);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
