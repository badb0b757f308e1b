/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window at the sizes that people give it, at the usual size of text and at half as much again:
 * on every page each visible widget gets what it needs, and lies within its parent. */

#include "config.h"

#include "curves/atelier-curve.h"
#include "network/atelier-sidebar.h"
#include "window-fixture.h"

#define USUAL_DPI (96 * 1024)
#define LARGEST_LEAST_WIDTH 720
#define LARGEST_LEAST_HEIGHT 560
#define NEGATIVE_MARGIN 6.0f /* the largest in style.css and the theme */

static const struct { int width, height; } sizes[] = {
  { 720, 560 }, { 960, 1040 }, { 1024, 700 }, { 1280, 800 }, { 1920, 1080 }, { 2560, 1440 },
};

static const double scales[] = { 1.0, 1.5 };
static const char * const pages[] = { "train", "draw", "data" };

static void
set_text_scale (WindowFixture *fixture,
                double         scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (USUAL_DPI * scale), NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
}

/* A window is never larger than its screen.  The test's own is large enough; another may be not. */
static gboolean
fits_on_screen (WindowFixture *fixture,
                guint          i_size)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (fixture->window));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle screen;

  gdk_monitor_get_geometry (monitor, &screen);

  return sizes[i_size].width <= screen.width && sizes[i_size].height <= screen.height;
}

static void
set_size (WindowFixture *fixture,
          int            width,
          int            height)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  app_wait_until (gtk_widget_get_allocated_width (GTK_WIDGET (fixture->window)) == width
                  && gtk_widget_get_allocated_height (GTK_WIDGET (fixture->window)) == height);
  /* What the first layout changes is laid out in the next frames. */
  for (guint i = 0; i < 3; i++)
    app_wait_for_frame (GTK_WIDGET (fixture->window));
}

/* Where a widget stands, for a failure's message; transfer full. */
static char *
describe (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  for (; widget; widget = gtk_widget_get_parent (widget))
    {
      const char *name = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

      g_string_append_printf (words, " < %s%s%s", G_OBJECT_TYPE_NAME (widget), name ? " " : "",
                              name ? name : "");
    }

  return g_string_free (words, FALSE);
}

/* Their children may reach beyond them: they scroll, or overlap by their style. */
static gboolean
may_overflow (GtkWidget *parent)
{
  return GTK_IS_SCROLLABLE (parent)
         || GTK_IS_SCROLLED_WINDOW (parent) || GTK_IS_NATIVE (parent)
         || ADW_IS_FLAP (parent) /* its sidebar slides out */
         || g_str_equal (gtk_widget_get_css_name (parent), "indicatorbin")
         || GTK_IS_TEXT (parent);
}

/* A measure is with the margins of widget and style, an allocation only with those of the style. */
static void
assert_is_large_enough (GtkWidget *widget)
{
  int width = gtk_widget_get_allocated_width (widget) + gtk_widget_get_margin_start (widget)
              + gtk_widget_get_margin_end (widget);
  int height = gtk_widget_get_allocated_height (widget) + gtk_widget_get_margin_top (widget)
               + gtk_widget_get_margin_bottom (widget);
  int min_width, min_height;
  g_autofree char *words = NULL;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  if (width < min_width)
    g_error ("%d of %d pixels in width:%s", width, min_width, words = describe (widget));

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &min_height, NULL, NULL, NULL);
  if (height < min_height)
    g_error ("%d of %d pixels in height:%s", height, min_height, words = describe (widget));
}

static void
assert_is_inside (GtkWidget *widget,
                  GtkWidget *parent)
{
  graphene_rect_t bounds, space;
  g_autofree char *words = NULL;

  g_assert_true (gtk_widget_compute_bounds (widget, parent, &bounds));
  g_assert_true (gtk_widget_compute_bounds (parent, parent, &space));
  graphene_rect_inset (&space, -NEGATIVE_MARGIN, -NEGATIVE_MARGIN);
  if (!graphene_rect_contains_rect (&space, &bounds))
    g_error ("%g, %g, %g × %g is not within its parent, %g, %g, %g × %g:%s", bounds.origin.x,
             bounds.origin.y, bounds.size.width, bounds.size.height, space.origin.x,
             space.origin.y, space.size.width, space.size.height, words = describe (widget));
}

/* Popovers have a surface of their own. */
static void
check_tree (GtkWidget *widget)
{
  if (!GTK_IS_SCROLLABLE (widget))
    assert_is_large_enough (widget);
  if (GTK_IS_LEVEL_BAR (widget) || GTK_IS_RANGE (widget)) /* their parts show a value */
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child) || GTK_IS_NATIVE (child))
        continue;

      if (!may_overflow (widget))
        assert_is_inside (child, widget);
      check_tree (child);
    }
}

static void
check_pages (WindowFixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      app_activate (fixture->window, "win.page", pages[i]);
      for (guint i_frame = 0; i_frame < 3; i_frame++)
        app_wait_for_frame (GTK_WIDGET (fixture->window));
      g_test_message ("page %s", pages[i]);
      check_tree (GTK_WIDGET (fixture->window));
    }
  app_activate (fixture->window, "win.page", "train");
}

static void
test_all_sizes (WindowFixture *fixture,
                gconstpointer  data)
{
  for (guint i_scale = 0; i_scale < G_N_ELEMENTS (scales); i_scale++)
    {
      set_text_scale (fixture, scales[i_scale]);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          if (!fits_on_screen (fixture, i))
            continue;

          g_test_message ("%d × %d, text %g", sizes[i].width, sizes[i].height, scales[i_scale]);
          set_size (fixture, sizes[i].width, sizes[i].height);
          check_pages (fixture);
        }
    }
  set_text_scale (fixture, 1.0);
}

static void
test_least_size (WindowFixture *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      int width, height;

      set_text_scale (fixture, scales[i]);
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                          NULL, NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, width, &height,
                          NULL, NULL, NULL);
      g_assert_cmpint (width, <=, LARGEST_LEAST_WIDTH);
      g_assert_cmpint (height, <=, LARGEST_LEAST_HEIGHT);
    }
  set_text_scale (fixture, 1.0);
}

static void
get_bounds (WindowFixture   *fixture,
            gpointer         widget,
            graphene_rect_t *bounds)
{
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->page), bounds));
}

/* Whether the pictures stand beside the matrix, and not below it. */
static gboolean
is_beside (WindowFixture *fixture)
{
  graphene_rect_t matrix, pictures;

  get_bounds (fixture, atelier_train_page_get_matrix_panel (fixture->page), &matrix);
  get_bounds (fixture, atelier_train_page_get_gallery (fixture->page), &pictures);
  g_assert_true (pictures.origin.x >= matrix.origin.x + matrix.size.width
                 || pictures.origin.y >= matrix.origin.y + matrix.size.height);

  return pictures.origin.x >= matrix.origin.x + matrix.size.width;
}

static void
test_stacks_by_width (WindowFixture *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (!fits_on_screen (fixture, i))
        continue;

      set_size (fixture, sizes[i].width, sizes[i].height);
      g_assert_cmpint (is_beside (fixture), ==, sizes[i].width > 960);
    }

  /* Large text needs wider cards. */
  set_text_scale (fixture, 1.5);
  set_size (fixture, 1024, 700);
  g_assert_false (is_beside (fixture));
  set_text_scale (fixture, 1.0);
}

/* A high window has larger charts, and a larger matrix and pictures too. */
static void
test_shares_the_height (WindowFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr (GPtrArray) curves = app_find_all (fixture->page, ATELIER_TYPE_CURVE);
  GtkWidget *panel = GTK_WIDGET (atelier_train_page_get_matrix_panel (fixture->page));
  GtkWidget *curve = g_ptr_array_index (curves, 0);
  int panel_height, curve_height;

  if (!fits_on_screen (fixture, 4))
    return;

  set_size (fixture, 1280, 800);
  panel_height = gtk_widget_get_height (panel);
  curve_height = gtk_widget_get_height (curve);
  set_size (fixture, sizes[4].width, sizes[4].height);
  g_assert_cmpint (gtk_widget_get_height (panel), >=, panel_height + 100);
  g_assert_cmpint (gtk_widget_get_height (curve), >=, curve_height + 50);
}

static double
get_chart_font_size (GtkWidget *curve)
{
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;

  atelier_curve_describe (ATELIER_CURVE (curve), series, &chart);

  return chart.font_size;
}

static void
test_chart_text_follows (WindowFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) curves = app_find_all (fixture->page, ATELIER_TYPE_CURVE);
  GtkWidget *curve = g_ptr_array_index (curves, 0);
  double usual;

  set_text_scale (fixture, 1.0);
  usual = get_chart_font_size (curve);
  set_text_scale (fixture, 1.5);
  g_assert_cmpfloat_with_epsilon (get_chart_font_size (curve), 1.5 * usual, 0.5);
  set_text_scale (fixture, 1.0);
}

/* With each network that can be chosen, the sidebar cuts no text at the size that the window
 * begins with. */
static void
test_whole_sidebar (WindowFixture *fixture,
                    gconstpointer  data)
{
  const char * const *ids = atelier_network_list_presets ();
  g_autoptr (GPtrArray) sidebars = app_find_all (fixture->page, ATELIER_TYPE_SIDEBAR);

  set_size (fixture, 1280, 800);
  for (guint i_network = 0; ids[i_network]; i_network++)
    {
      g_autoptr (GPtrArray) labels = NULL;

      app_activate (fixture->window, "win.network", ids[i_network]);
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      labels = app_find_all (g_ptr_array_index (sidebars, 0), GTK_TYPE_LABEL);
      for (guint i = 0; i < labels->len; i++)
        {
          GtkLabel *label = g_ptr_array_index (labels, i);

          if (gtk_widget_get_mapped (GTK_WIDGET (label))
              && pango_layout_is_ellipsized (gtk_label_get_layout (label)))
            g_error ("“%s” is cut", gtk_label_get_text (label));
        }
    }
}

/* Where it is not as wide as its text is large, names of layers are broken into many lines. */
static void
test_sidebar_text (WindowFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) sidebars = app_find_all (fixture->page, ATELIER_TYPE_SIDEBAR);
  int usual, large;

  gtk_widget_measure (sidebars->pdata[0], GTK_ORIENTATION_HORIZONTAL, -1, &usual, NULL, NULL,
                      NULL);
  set_text_scale (fixture, 1.5);
  gtk_widget_measure (sidebars->pdata[0], GTK_ORIENTATION_HORIZONTAL, -1, &large, NULL, NULL,
                      NULL);
  set_text_scale (fixture, 1.0);
  g_assert_cmpint (large, >=, usual * 14 / 10);
}

#define ADD_TEST(path, function) \
  WINDOW_ADD_TEST ("/app/window-sizes/" path, WINDOW_COMPLETED, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name",
                "Cantarell 11", NULL);

  ADD_TEST ("least-size", test_least_size);
  ADD_TEST ("all-sizes", test_all_sizes);
  ADD_TEST ("stacks-by-width", test_stacks_by_width);
  ADD_TEST ("shares-the-height", test_shares_the_height);
  ADD_TEST ("whole-sidebar", test_whole_sidebar);
  ADD_TEST ("sidebar-text", test_sidebar_text);
  ADD_TEST ("chart-text-follows", test_chart_text_follows);

  return g_test_run ();
}
