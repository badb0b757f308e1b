/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A drawing: the areas that strokes cover, and the steps of undo. */

#include "config.h"

#include "sketch/atelier-sketch.h"

#include <math.h>
#include <string.h>

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

typedef struct
{
  AtelierSketch *sketch;
  guint          n_changes;
} Fixture;

static void
on_sketch_changed_cb (AtelierSketch *sketch,
                      gpointer       user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sketch = atelier_sketch_new (SIDE, SIDE);
  fixture->n_changes = 0;
  atelier_sketch_set_grey (fixture->sketch, 255);
  atelier_sketch_set_brush_size (fixture->sketch, 4.0);
  g_signal_connect (fixture->sketch, "changed", G_CALLBACK (on_sketch_changed_cb), fixture);
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

static double
sum_ink (AtelierSketch *sketch)
{
  double sum = 0.0;

  for (guint i = 0; i < N_PIXELS; i++)
    sum += atelier_sketch_get_pixels (sketch)[i] / 255.0;
  return sum;
}

static void
paint_line (AtelierSketch *sketch,
            double         x0,
            double         y0,
            double         x1,
            double         y1,
            guint          n_parts)
{
  atelier_sketch_begin_stroke (sketch, x0, y0, 1.0);
  for (guint i = 1; i <= n_parts; i++)
    {
      double t = (double) i / n_parts;

      atelier_sketch_continue_stroke (sketch, x0 + t * (x1 - x0), y0 + t * (y1 - y0), 1.0);
    }
  atelier_sketch_end_stroke (sketch);
}

static void
paint_dot (AtelierSketch *sketch,
           double         x,
           double         y)
{
  atelier_sketch_begin_stroke (sketch, x, y, 1.0);
  atelier_sketch_end_stroke (sketch);
}

static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  AtelierSketch *sketch = fixture->sketch;

  g_assert_cmpuint (atelier_sketch_get_width (sketch), ==, SIDE);
  g_assert_cmpuint (atelier_sketch_get_height (sketch), ==, SIDE);
  g_assert_true (atelier_sketch_get_is_empty (sketch));
  g_assert_false (atelier_sketch_get_can_undo (sketch));
  g_assert_false (atelier_sketch_get_can_redo (sketch));
  g_assert_cmpfloat (sum_ink (sketch), ==, 0.0);
}

static void
test_not_square (void)
{
  g_autoptr (AtelierSketch) sketch = atelier_sketch_new (3, 50);

  paint_dot (sketch, 1.5, 49.0);
  g_assert_cmpuint (atelier_sketch_get_pixels (sketch)[49 * 3 + 1], ==,
                    atelier_sketch_get_grey (sketch));
  g_assert_cmpuint (atelier_sketch_get_pixels (sketch)[0], ==, 0);
}

/* A dot's ink is the area of the disc. */
static void
test_dot_area (Fixture       *fixture,
               gconstpointer  data)
{
  const double sizes[] = { 0.5, 1.0, 3.0, 6.5, 14.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      atelier_sketch_clear (fixture->sketch);
      atelier_sketch_set_brush_size (fixture->sketch, sizes[i]);
      paint_dot (fixture->sketch, 13.3, 14.7);
      g_assert_cmpfloat_with_epsilon (sum_ink (fixture->sketch), G_PI * sizes[i] * sizes[i] / 4.0,
                                      0.01 + 0.005 * sizes[i] * sizes[i]);
    }
}

/* A slanted line's ink is the area of its capsule, and full in the middle. */
static void
test_line_area (Fixture       *fixture,
                gconstpointer  data)
{
  paint_line (fixture->sketch, 6.0, 7.0, 21.0, 19.0, 1);
  g_assert_cmpfloat_with_epsilon (sum_ink (fixture->sketch),
                                  G_PI * 4.0 + 4.0 * hypot (15.0, 12.0), 0.3);
  g_assert_cmpuint (get_pixel (fixture->sketch, 13, 13), ==, 255);
  g_assert_cmpuint (get_pixel (fixture->sketch, 20, 7), ==, 0);
}

static void
test_grey (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_sketch_set_grey (fixture->sketch, 100);
  paint_dot (fixture->sketch, 14.0, 14.0);
  g_assert_cmpuint (get_pixel (fixture->sketch, 14, 14), ==, 100);
}

/* Going to and fro over the same pixels in one stroke is the same as going once. */
static void
test_no_darkening (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree guint8 *once = NULL;

  atelier_sketch_set_softness (fixture->sketch, 0.7);
  atelier_sketch_begin_stroke (fixture->sketch, 5.2, 5.2, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 20.7, 17.3, 1.0);
  once = g_memdup2 (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS);
  atelier_sketch_continue_stroke (fixture->sketch, 5.2, 5.2, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, once, N_PIXELS);
}

/* The result depends on the path, not on the number of events. */
static void
test_event_rate (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (AtelierSketch) fine = atelier_sketch_new (SIDE, SIDE);

  atelier_sketch_set_grey (fine, 255);
  atelier_sketch_set_brush_size (fine, 0.5);
  atelier_sketch_set_brush_size (fixture->sketch, 0.5);
  paint_line (fixture->sketch, 3.0, 4.0, 25.0, 12.0, 1);
  paint_line (fine, 3.0, 4.0, 25.0, 12.0, 64);
  for (guint i = 0; i < N_PIXELS; i++)
    {
      int difference = atelier_sketch_get_pixels (fine)[i] -
                       atelier_sketch_get_pixels (fixture->sketch)[i];

      g_assert_cmpint (ABS (difference), <=, 8);
    }
}

static void
test_softness (Fixture       *fixture,
               gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 10.0);
  atelier_sketch_set_softness (fixture->sketch, 1.0);
  paint_dot (fixture->sketch, 14.5, 14.5);
  g_assert_cmpuint (get_pixel (fixture->sketch, 14, 14), >, 240);
  g_assert_cmpuint (get_pixel (fixture->sketch, 19, 14), >, 110);
  g_assert_cmpuint (get_pixel (fixture->sketch, 19, 14), <, 145);
  g_assert_cmpuint (get_pixel (fixture->sketch, 22, 14), >, 0);
  g_assert_cmpuint (get_pixel (fixture->sketch, 25, 14), ==, 0);
}

static void
test_pressure (Fixture       *fixture,
               gconstpointer  data)
{
  atelier_sketch_begin_stroke (fixture->sketch, 14.0, 14.0, 0.0);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  atelier_sketch_end_stroke (fixture->sketch);
  atelier_sketch_begin_stroke (fixture->sketch, 14.0, 14.0, 0.5);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpfloat_with_epsilon (sum_ink (fixture->sketch), G_PI, 0.1);
}

static void
test_eraser (Fixture       *fixture,
             gconstpointer  data)
{
  guint8 white[N_PIXELS];

  memset (white, 255, sizeof white);
  atelier_sketch_set_pixels (fixture->sketch, white);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_ERASER);
  paint_dot (fixture->sketch, 14.0, 14.0);
  g_assert_cmpuint (get_pixel (fixture->sketch, 14, 14), ==, 0);
  g_assert_cmpuint (get_pixel (fixture->sketch, 20, 20), ==, 255);
  g_assert_cmpfloat_with_epsilon (sum_ink (fixture->sketch), N_PIXELS - G_PI * 4.0, 0.2);
}

static void
test_outside (Fixture       *fixture,
              gconstpointer  data)
{
  paint_line (fixture->sketch, -1e300, -1e300, -50.0, 1e300, 3);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
  paint_line (fixture->sketch, -100.0, 14.0, 100.0, 14.0, 1);
  for (guint x = 0; x < SIDE; x++)
    g_assert_cmpuint (get_pixel (fixture->sketch, x, 14), ==, 255);
}

static void
test_not_finite (Fixture       *fixture,
                 gconstpointer  data)
{
  atelier_sketch_begin_stroke (fixture->sketch, NAN, 3.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 14.0, 14.0, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  atelier_sketch_begin_stroke (fixture->sketch, 5.0, 5.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, INFINITY, 5.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 6.0, 5.0, NAN);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpfloat_with_epsilon (sum_ink (fixture->sketch), G_PI * 4.0, 0.2);
}

static void
test_continue_without_begin (Fixture       *fixture,
                             gconstpointer  data)
{
  atelier_sketch_continue_stroke (fixture->sketch, 14.0, 14.0, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  atelier_sketch_cancel_stroke (fixture->sketch);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

/* Tool, grey and size are fixed when a stroke begins. */
static void
test_brush_is_fixed_in_stroke (Fixture       *fixture,
                               gconstpointer  data)
{
  atelier_sketch_begin_stroke (fixture->sketch, 8.0, 14.0, 1.0);
  atelier_sketch_set_grey (fixture->sketch, 10);
  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_ERASER);
  atelier_sketch_set_brush_size (fixture->sketch, 14.0);
  atelier_sketch_continue_stroke (fixture->sketch, 20.0, 14.0, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpuint (get_pixel (fixture->sketch, 8, 14), ==, 255);
  g_assert_cmpuint (get_pixel (fixture->sketch, 18, 14), ==, 255);
  g_assert_cmpuint (get_pixel (fixture->sketch, 18, 18), ==, 0);
}

static void
test_undo_redo (Fixture       *fixture,
                gconstpointer  data)
{
  guint8 first[N_PIXELS], second[N_PIXELS];

  paint_dot (fixture->sketch, 6.0, 6.0);
  memcpy (first, atelier_sketch_get_pixels (fixture->sketch), N_PIXELS);
  paint_line (fixture->sketch, 3.0, 20.0, 24.0, 20.0, 9);
  memcpy (second, atelier_sketch_get_pixels (fixture->sketch), N_PIXELS);

  atelier_sketch_undo (fixture->sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, first, N_PIXELS);
  g_assert_true (atelier_sketch_get_can_redo (fixture->sketch));
  atelier_sketch_undo (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
  atelier_sketch_redo (fixture->sketch);
  atelier_sketch_redo (fixture->sketch);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, second, N_PIXELS);
  g_assert_false (atelier_sketch_get_can_redo (fixture->sketch));
}

static void
test_undo_nothing (Fixture       *fixture,
                   gconstpointer  data)
{
  atelier_sketch_undo (fixture->sketch);
  atelier_sketch_redo (fixture->sketch);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_undo_in_stroke (Fixture       *fixture,
                     gconstpointer  data)
{
  atelier_sketch_begin_stroke (fixture->sketch, 14.0, 14.0, 1.0);
  atelier_sketch_undo (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (atelier_sketch_get_can_redo (fixture->sketch));
  atelier_sketch_continue_stroke (fixture->sketch, 20.0, 14.0, 1.0);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_new_step_forgets_redo (Fixture       *fixture,
                            gconstpointer  data)
{
  paint_dot (fixture->sketch, 6.0, 6.0);
  atelier_sketch_undo (fixture->sketch);
  paint_dot (fixture->sketch, 20.0, 6.0);
  g_assert_false (atelier_sketch_get_can_redo (fixture->sketch));
}

static void
test_unchanged_is_no_step (Fixture       *fixture,
                           gconstpointer  data)
{
  guint8 black[N_PIXELS] = { 0 };

  atelier_sketch_set_tool (fixture->sketch, ATELIER_TOOL_ERASER);
  paint_dot (fixture->sketch, 6.0, 6.0);
  atelier_sketch_clear (fixture->sketch);
  atelier_sketch_set_pixels (fixture->sketch, black);
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_undo_is_bounded (Fixture       *fixture,
                      gconstpointer  data)
{
  guint8 pixels[N_PIXELS] = { 0 };
  guint n_undone = 0;

  for (guint i = 0; i < ATELIER_SKETCH_MAX_UNDO + 20; i++)
    {
      pixels[0] = (guint8) (i % 251 + 1);
      atelier_sketch_set_pixels (fixture->sketch, pixels);
    }
  for (; atelier_sketch_get_can_undo (fixture->sketch); n_undone++)
    atelier_sketch_undo (fixture->sketch);
  g_assert_cmpuint (n_undone, ==, ATELIER_SKETCH_MAX_UNDO);
  g_assert_cmpuint (get_pixel (fixture->sketch, 0, 0), ==, 20);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  guint8 before[N_PIXELS];

  paint_dot (fixture->sketch, 6.0, 6.0);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), N_PIXELS);
  atelier_sketch_begin_stroke (fixture->sketch, 6.0, 6.0, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 20.0, 20.0, 1.0);
  fixture->n_changes = 0;
  atelier_sketch_cancel_stroke (fixture->sketch);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, before, N_PIXELS);
  atelier_sketch_undo (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_clear (Fixture       *fixture,
            gconstpointer  data)
{
  paint_dot (fixture->sketch, 6.0, 6.0);
  atelier_sketch_clear (fixture->sketch);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  atelier_sketch_undo (fixture->sketch);
  g_assert_cmpuint (get_pixel (fixture->sketch, 6, 6), ==, 255);
}

static void
test_changed_once (Fixture       *fixture,
                   gconstpointer  data)
{
  atelier_sketch_begin_stroke (fixture->sketch, 6.0, 6.0, 1.0);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  atelier_sketch_continue_stroke (fixture->sketch, 6.0, 6.0, 1.0);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  atelier_sketch_continue_stroke (fixture->sketch, 9.0, 6.0, 1.0);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  atelier_sketch_undo (fixture->sketch);
  g_assert_cmpuint (fixture->n_changes, ==, 3);
}

static void
on_sketch_notify_cb (GObject    *object,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  GString *log = user_data;

  g_string_append_printf (log, "%s ", pspec->name);
}

static void
test_notify (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (fixture->sketch, "notify", G_CALLBACK (on_sketch_notify_cb), log);
  g_object_set (fixture->sketch, "tool", ATELIER_TOOL_ERASER, NULL);
  g_object_set (fixture->sketch, "brush-size", 4.0, "grey", 255, NULL);
  g_object_set (fixture->sketch, "softness", 0.5, NULL);
  g_assert_cmpstr (log->str, ==, "tool softness ");
  g_object_set (fixture->sketch, "tool", ATELIER_TOOL_BRUSH, NULL);
  g_string_truncate (log, 0);
  paint_dot (fixture->sketch, 6.0, 6.0);
  g_assert_cmpstr (log->str, ==, "is-empty can-undo ");
  g_string_truncate (log, 0);
  paint_dot (fixture->sketch, 9.0, 6.0);
  g_assert_cmpstr (log->str, ==, "");
  atelier_sketch_undo (fixture->sketch);
  g_assert_cmpstr (log->str, ==, "can-redo ");
}

static void
test_ranges (Fixture       *fixture,
             gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 1000.0);
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, 14.0);
  atelier_sketch_set_brush_size (fixture->sketch, -1.0);
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, 0.5);
  atelier_sketch_set_grey (fixture->sketch, 0);
  g_assert_cmpuint (atelier_sketch_get_grey (fixture->sketch), ==, 1);
  atelier_sketch_set_grey (fixture->sketch, 1000);
  g_assert_cmpuint (atelier_sketch_get_grey (fixture->sketch), ==, 255);
  atelier_sketch_set_softness (fixture->sketch, 2.0);
  g_assert_cmpfloat (atelier_sketch_get_softness (fixture->sketch), ==, 1.0);
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

  add_test ("/core/sketch/new", test_new);
  g_test_add_func ("/core/sketch/not-square", test_not_square);
  add_test ("/core/sketch/dot-area", test_dot_area);
  add_test ("/core/sketch/line-area", test_line_area);
  add_test ("/core/sketch/grey", test_grey);
  add_test ("/core/sketch/no-darkening", test_no_darkening);
  add_test ("/core/sketch/event-rate", test_event_rate);
  add_test ("/core/sketch/softness", test_softness);
  add_test ("/core/sketch/pressure", test_pressure);
  add_test ("/core/sketch/eraser", test_eraser);
  add_test ("/core/sketch/outside", test_outside);
  add_test ("/core/sketch/not-finite", test_not_finite);
  add_test ("/core/sketch/continue-without-begin", test_continue_without_begin);
  add_test ("/core/sketch/brush-is-fixed-in-stroke", test_brush_is_fixed_in_stroke);
  add_test ("/core/sketch/undo-redo", test_undo_redo);
  add_test ("/core/sketch/undo-nothing", test_undo_nothing);
  add_test ("/core/sketch/undo-in-stroke", test_undo_in_stroke);
  add_test ("/core/sketch/new-step-forgets-redo", test_new_step_forgets_redo);
  add_test ("/core/sketch/unchanged-is-no-step", test_unchanged_is_no_step);
  add_test ("/core/sketch/undo-is-bounded", test_undo_is_bounded);
  add_test ("/core/sketch/cancel", test_cancel);
  add_test ("/core/sketch/clear", test_clear);
  add_test ("/core/sketch/changed-once", test_changed_once);
  add_test ("/core/sketch/notify", test_notify);
  add_test ("/core/sketch/ranges", test_ranges);

  return g_test_run ();
}
