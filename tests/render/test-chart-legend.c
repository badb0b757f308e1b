/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend: above the plot at every size, and as much of it as fits. */

#include <math.h>

#include "atelier-chart-private.h"

static const double values[] = { 0.5, 0.4, 0.3 };

static const AtelierSeries series[] = {
  { NULL, ATELIER_SERIES_FAINT, 3, NULL, 1.0, 1.0, values, NULL },
  { "training", ATELIER_SERIES_TRAINING, 3, NULL, 1.0, 1.0, values, NULL },
  { "validation", ATELIER_SERIES_VALIDATION, 3, NULL, 1.0, 1.0, values, NULL },
  { "training, dropout off", ATELIER_SERIES_TRAIN_EVAL, 3, NULL, 1.0, 1.0, values, NULL },
  { "penalty", ATELIER_SERIES_PENALTY, 3, NULL, 1.0, 1.0, values, NULL },
};

static AtelierChart
create_chart (void)
{
  return (AtelierChart) {
    .title = "Loss", .series = series, .n_series = G_N_ELEMENTS (series), .x_max = 3.0,
    .y_min = NAN, .y_max = NAN
  };
}

/* How many names there are in the rows. */
static guint
count_names (const AtelierLegend *legend)
{
  guint n = 0;

  for (guint i = 0; i < legend->n_rows; i++)
    for (guint j = legend->rows[i].begin; j < legend->rows[i].end; j++)
      n += series[j].name != NULL;

  return n;
}

static void
test_beside_title (void)
{
  AtelierChart chart = create_chart ();
  AtelierChartFrame frame;

  atelier_chart_frame_init (&frame, &chart, 620.0, 240.0);
  g_assert_cmpuint (frame.legend.n_rows, ==, 1);
  g_assert_cmpuint (count_names (&frame.legend), ==, 4);
  g_assert_cmpfloat (frame.legend.y, <, frame.margin + frame.label_height);
  g_assert_cmpfloat (frame.title_width + frame.legend.rows[0].width, <, 620.0);
}

static void
test_rows (void)
{
  AtelierChart chart = create_chart ();
  AtelierChartFrame frame;

  atelier_chart_frame_init (&frame, &chart, 260.0, 240.0);
  g_assert_cmpuint (frame.legend.n_rows, ==, 2);
  g_assert_cmpuint (count_names (&frame.legend), ==, 4);
  g_assert_cmpfloat (frame.legend.y, >, frame.margin + frame.label_height * 0.5);
}

/* The series that is listed first is the last to be left out. */
static void
test_last_series_go_first (void)
{
  AtelierChart chart = create_chart ();
  AtelierChartFrame frame;

  atelier_chart_frame_init (&frame, &chart, 200.0, 135.0);
  g_assert_cmpuint (frame.legend.n_rows, ==, 1);
  g_assert_cmpuint (count_names (&frame.legend), ==, 2);
  g_assert_cmpuint (frame.legend.rows[0].begin, ==, 1);
}

/* A name that is wider than the chart is cut, and the other names stay. */
static void
test_wide_name (void)
{
  AtelierSeries wide[] = { series[1], series[2] };
  AtelierChart chart = create_chart ();
  AtelierChartFrame frame;

  wide[0].name = "a name that is very much wider than the whole chart is wide, and then some more";
  chart.series = wide;
  chart.n_series = G_N_ELEMENTS (wide);
  atelier_chart_frame_init (&frame, &chart, 220.0, 240.0);
  g_assert_cmpuint (frame.legend.n_rows, ==, 2);
  g_assert_cmpfloat (frame.legend.rows[0].width, <=, 220.0);
}

static void
test_never_on_plot (void)
{
  for (double width = 40.0; width < 900.0; width += 23.0)
    for (double height = 30.0; height < 500.0; height += 17.0)
      {
        AtelierChart chart = create_chart ();
        AtelierChartFrame frame;

        chart.title = (int) width % 2 == 0 ? "Loss" : NULL;
        atelier_chart_frame_init (&frame, &chart, width, height);
        if (frame.legend.n_rows == 0)
          continue;
        g_assert_cmpfloat (frame.legend.y + frame.legend.n_rows * frame.label_height, <=,
                           frame.plot.y + 1.0);
        for (guint i = 0; i < frame.legend.n_rows; i++)
          g_assert_cmpfloat (frame.legend.rows[i].width, <=, width);
        /* The plot has at least a quarter of the height. */
        g_assert_cmpfloat (frame.plot.height, >, height * 0.25);
      }
}

static void
test_without_names (void)
{
  AtelierChart chart = create_chart ();
  AtelierChartFrame frame;

  chart.n_series = 1;
  atelier_chart_frame_init (&frame, &chart, 480.0, 240.0);
  g_assert_cmpuint (frame.legend.n_rows, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/chart-legend/beside-title", test_beside_title);
  g_test_add_func ("/render/chart-legend/rows", test_rows);
  g_test_add_func ("/render/chart-legend/last-series-go-first", test_last_series_go_first);
  g_test_add_func ("/render/chart-legend/wide-name", test_wide_name);
  g_test_add_func ("/render/chart-legend/never-on-plot", test_never_on_plot);
  g_test_add_func ("/render/chart-legend/without-names", test_without_names);

  return g_test_run ();
}
