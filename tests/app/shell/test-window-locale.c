/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole window where numbers have a decimal comma: after a run, on each page, with the inspector
 * open. */

#include "config.h"

#include <locale.h>

#include "inspect/atelier-inspector.h"
#include "kit/atelier-number-row.h"
#include "kit/atelier-tooltip.h"
#include "mistakes/atelier-gallery.h"
#include "window-fixture.h"

/* A point between digits that does not part thousands. */
#define DECIMAL_POINT "(^|[^0-9.,])0\\.[0-9]|[0-9]\\.([0-9]{1,2}|[0-9]{4,})([^0-9.]|$)"
#define DECIMAL_COMMA "[0-9],[0-9]"

/* Texts with a decimal comma; more than one sees at a glance, so that an empty walk fails. */
static guint n_commas;

static void
check_text (const char *text,
            gpointer    widget)
{
  if (!text)
    return;
  if (g_regex_match_simple (DECIMAL_POINT, text, 0, 0))
    g_error ("%s shows a decimal point: %s", G_OBJECT_TYPE_NAME (widget), text);
  if (g_regex_match_simple (DECIMAL_COMMA, text, 0, 0))
    n_commas++;
}

static void
check_widget (GtkWidget *widget)
{
  check_text (gtk_widget_get_tooltip_text (widget), widget);
  check_text (atelier_tooltip_get_text (widget), widget);
  if (GTK_IS_LABEL (widget))
    check_text (gtk_label_get_text (GTK_LABEL (widget)), widget);
  if (GTK_IS_EDITABLE (widget))
    check_text (gtk_editable_get_text (GTK_EDITABLE (widget)), widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    check_widget (child);
}

static void
check_windows (WindowFixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  app_wait_for_frame (GTK_WIDGET (fixture->window));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      check_widget (window);
    }
}

static void
open_inspector (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) galleries = app_find_all (fixture->page, ATELIER_TYPE_GALLERY);
  g_autoptr (GPtrArray) views = app_find_all (fixture->page, GTK_TYPE_GRID_VIEW);
  AtelierGallery *gallery = galleries->pdata[0];

  g_object_set (fixture->page, "mistakes", TRUE, NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_signal_emit_by_name (views->pdata[0], "activate", 0);
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (atelier_gallery_get_inspector (gallery))));
}

static void
test_decimal_comma (void)
{
  static const char *const pages[] = { "train", "draw", "data" };
  WindowFixture fixture = { NULL };

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no German locale");
      return;
    }
  window_set_up (&fixture, GINT_TO_POINTER (WINDOW_COMPLETED));
  open_inspector (&fixture);
  /* The fixture typed another. */
  atelier_number_row_set_value (
    app_find_titled (fixture.page, ATELIER_TYPE_NUMBER_ROW, "Learning rate"), 0.002);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      app_activate (fixture.window, "win.page", pages[i]);
      check_windows (&fixture);
    }
  g_assert_cmpuint (n_commas, >, 20);
  window_tear_down (&fixture, GINT_TO_POINTER (WINDOW_COMPLETED));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-locale/decimal-comma", test_decimal_comma);

  return g_test_run ();
}
