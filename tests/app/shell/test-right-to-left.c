/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window as in a language that is written from right to left: sizes and shares keep their
 * order, and nothing lies over the titles of the charts. */

#include "config.h"

#include "curves/atelier-curve.h"
#include "draw/atelier-draw-page.h"
#include "network/atelier-layer-row.h"
#include "window-fixture.h"

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window_set_up (fixture, data);
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_tear_down (fixture, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The title is at the left, and room for the button at the right. */
static void
test_chart_menus (WindowFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) curves = app_find_all (fixture->window, ATELIER_TYPE_CURVE);

  g_assert_cmpuint (curves->len, ==, 2);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  for (guint i = 0; i < curves->len; i++)
    {
      GtkWidget *overlay =
        gtk_widget_get_ancestor (g_ptr_array_index (curves, i), GTK_TYPE_OVERLAY);
      g_autoptr (GPtrArray) buttons = app_find_all (overlay, GTK_TYPE_MENU_BUTTON);
      graphene_rect_t bounds;

      g_assert_cmpuint (buttons->len, ==, 1);
      g_assert_true (
        gtk_widget_compute_bounds (g_ptr_array_index (buttons, 0), overlay, &bounds));
      g_assert_cmpint (gtk_widget_get_width (overlay), >, 200);
      g_assert_cmpfloat (bounds.origin.x, >, (float) gtk_widget_get_width (overlay) - 40.0f);
    }
}

/* Whether the first character of @label is shown left of the last one. */
static void
assert_in_order (GtkLabel   *label,
                 const char *text)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *begin = strstr (pango_layout_get_text (layout), text);
  PangoRectangle first, last;
  int index;

  g_assert_nonnull (begin);
  index = (int) (begin - pango_layout_get_text (layout));
  pango_layout_index_to_pos (layout, index, &first);
  pango_layout_index_to_pos (layout, index + (int) strlen (text) - 1, &last);
  g_assert_cmpint (first.x, <, last.x);
}

static GtkLabel *
find_label (gpointer    root,
            const char *text)
{
  g_autoptr (GPtrArray) labels = app_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
      return g_ptr_array_index (labels, i);

  g_assert_not_reached ();
}

static void
test_shapes (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;

  app_activate (fixture->window, "win.network", "report-2");
  rows = app_find_all (fixture->window, ATELIER_TYPE_LAYER_ROW);
  assert_in_order (find_label (g_ptr_array_index (rows, 0), "28×28×32"), "28×28×32");
}

static void
test_draw_page (WindowFixture *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) pages = app_find_all (fixture->window, ATELIER_TYPE_DRAW_PAGE);
  GtkWidget *page = g_ptr_array_index (pages, 0);

  app_activate (fixture->window, "win.page", "draw");
  app_wait_for_frame (page);
  app_wait_for_frame (page);
  assert_in_order (find_label (page, "0 %"), "0 %");
  assert_in_order (find_label (page, "28 × 28"), "28 × 28");
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/right-to-left/" path, WindowFixture, GINT_TO_POINTER (WINDOW_OPEN), set_up, \
              function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("chart-menus", test_chart_menus);
  ADD_TEST ("shapes", test_shapes);
  ADD_TEST ("draw-page", test_draw_page);

  return g_test_run ();
}
