/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Placing labels: within bounds always, off curves and other labels where there is room. */

#include <math.h>

#include "atelier-chart-private.h"

/* A plot of 300 x 100 at (50, 20) with a curve along the middle. */
static const double flat[] = { 0.5, 0.5, 0.5 };
static const AtelierSeries series = { "training", ATELIER_SERIES_TRAINING, 3, NULL, 0.0, 5.0, flat,
                                      NULL };
static const AtelierChart chart = { .series = &series, .n_series = 1, .x_min = 0.0, .x_max = 10.0 };
static const AtelierChartLayout layout = { 50.0, 20.0, 300.0, 100.0, 0.0, 10.0, 0.0, 1.0 };
static const AtelierBox plot = { 50.0, 20.0, 300.0, 100.0 };

static gboolean
overlaps (const AtelierBox *a,
          const AtelierBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

static void
assert_within (const AtelierBox *box,
               const AtelierBox *bounds)
{
  g_assert_cmpfloat (box->x, >=, bounds->x - 1e-9);
  g_assert_cmpfloat (box->y, >=, bounds->y - 1e-9);
  g_assert_cmpfloat (box->x + box->width, <=, bounds->x + bounds->width + 1e-9);
  g_assert_cmpfloat (box->y + box->height, <=, bounds->y + bounds->height + 1e-9);
}

/* A label of 80 x 14 beside a ring anywhere on the curve, edges and corners included. */
static void
test_keeps_off_curve_and_ring (void)
{
  static const AtelierBox curve = { 50.0, 69.0, 300.0, 2.0 };

  for (double x = 50.0; x <= 350.0; x += 7.5)
    {
      AtelierBox ring = { x - 7.0, 63.0, 14.0, 14.0 }, box;
      double lefts[] = { x + 9.0, x - 89.0, x - 40.0 };
      AtelierPlacement placement = { .bounds = plot,
                                     .width = 80.0,
                                     .height = 14.0,
                                     .lefts = lefts,
                                     .n_lefts = 3,
                                     .anchor_x = x,
                                     .anchor_y = 70.0,
                                     .distance_price = 3.0,
                                     .taken = &ring,
                                     .n_taken = 1 };

      box = atelier_placement_find (&placement, &chart, &layout);
      assert_within (&box, &plot);
      g_assert_false (overlaps (&box, &curve));
      g_assert_false (overlaps (&box, &ring));
      /* And it is near. */
      g_assert_cmpfloat (fabs (box.y + 7.0 - 70.0), <, 25.0);
    }
}

static void
test_keeps_off_other_label (void)
{
  AtelierBox taken = { 210.0, 20.0, 140.0, 45.0 }, box;
  double lefts[] = { 220.0 };
  AtelierPlacement placement = { .bounds = plot,
                                 .width = 100.0,
                                 .height = 30.0,
                                 .lefts = lefts,
                                 .n_lefts = 1,
                                 .anchor_x = 220.0,
                                 .anchor_y = 20.0,
                                 .distance_price = 0.5,
                                 .taken = &taken,
                                 .n_taken = 1 };

  box = atelier_placement_find (&placement, &chart, &layout);
  assert_within (&box, &plot);
  g_assert_false (overlaps (&box, &taken));
}

static void
test_first_choice_wins_where_all_is_free (void)
{
  AtelierChart empty = chart;
  double lefts[] = { 100.0, 60.0 };
  AtelierPlacement placement = { .bounds = plot,
                                 .width = 30.0,
                                 .height = 14.0,
                                 .lefts = lefts,
                                 .n_lefts = 2,
                                 .anchor_x = 95.0,
                                 .anchor_y = 20.0,
                                 .distance_price = 1.0 };
  AtelierBox box;

  empty.n_series = 0;
  box = atelier_placement_find (&placement, &empty, &layout);
  g_assert_cmpfloat (box.x, ==, 100.0);
  g_assert_cmpfloat (box.y, ==, 20.0);
}

static void
test_box_larger_than_bounds (void)
{
  double lefts[] = { 500.0, -500.0 };
  AtelierPlacement placement = { .bounds = plot,
                                 .width = 900.0,
                                 .height = 400.0,
                                 .lefts = lefts,
                                 .n_lefts = 2,
                                 .anchor_x = 95.0,
                                 .anchor_y = 20.0,
                                 .distance_price = 1.0 };
  AtelierBox box = atelier_placement_find (&placement, &chart, &layout);

  g_assert_cmpfloat (box.x, ==, plot.x);
  g_assert_cmpfloat (box.y, ==, plot.y);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/chart-place/keeps-off-curve-and-ring", test_keeps_off_curve_and_ring);
  g_test_add_func ("/render/chart-place/keeps-off-other-label", test_keeps_off_other_label);
  g_test_add_func ("/render/chart-place/first-choice-wins-where-all-is-free",
                   test_first_choice_wins_where_all_is_free);
  g_test_add_func ("/render/chart-place/box-larger-than-bounds", test_box_larger_than_bounds);

  return g_test_run ();
}
