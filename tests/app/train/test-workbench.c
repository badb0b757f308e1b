/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The linked views of the Train page, walked through with the keyboard and clicked at: the charts,
 * the scrubber, and what follows them.  The tests share one window with a finished run of three
 * epochs, and each leaves it live at its newest epoch.
 */

#include "config.h"

#include "app-window.h"
#include "curves/atelier-curve.h"
#include "curves/atelier-scrubber.h"
#include "kit/atelier-number-row.h"
#include "pointer.h"

#define N_EPOCHS 3

static AtelierWindow *window; /* Owned by GTK until it is closed */

static AtelierTrainPage *
get_page (void)
{
  return app_get_train_page (window);
}

static AtelierFocus *
get_focus (void)
{
  return atelier_train_page_get_focus (get_page ());
}

static gpointer
find (GType type,
      guint i)
{
  g_autoptr (GPtrArray) widgets = app_find_all (get_page (), type);

  g_assert_cmpuint (i, <, widgets->len);

  return g_ptr_array_index (widgets, i);
}

static GtkWidget *
get_scale (void)
{
  return GTK_WIDGET (atelier_scrubber_get_scale (find (ATELIER_TYPE_SCRUBBER, 0)));
}

static void
set_number (const char *title,
            const char *text)
{
  AtelierNumberRow *row = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, title);

  atelier_number_row_set_text (row, text);
}

static void
go_live (void)
{
  atelier_focus_set_live (get_focus (), TRUE);
  g_assert_cmpuint (atelier_focus_get_epoch (get_focus ()), ==, N_EPOCHS);
}

/* Matrix and gallery are those of an epoch, counted anew. */
static void
assert_shows_epoch (guint epoch)
{
  AtelierHistory *history = atelier_trainer_get_history (app_get_trainer (window));
  AtelierPredictions *predictions =
    atelier_epoch_get_predictions (atelier_history_get_epoch (history, epoch - 1));
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  AtelierMatrixGrid *grid =
    atelier_matrix_panel_get_grid (atelier_train_page_get_matrix_panel (get_page ()));
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (get_page ()));
  const char * const *names =
    atelier_dataset_get_class_names (atelier_focus_get_dataset (get_focus ()));
  AtelierConfusedPair pair;
  g_autofree char *words = NULL;

  g_assert_cmpuint (atelier_focus_get_epoch (get_focus ()), ==, epoch);
  g_assert_cmpuint (gtk_range_get_value (GTK_RANGE (get_scale ())), ==, epoch);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==,
                    atelier_confusion_get_n_mistakes (confusion));

  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, &pair, 1), ==, 1);
  words = g_strdup_printf ("%s called %s: %u of %u", names[pair.truth],
                           names[pair.prediction], pair.count,
                           atelier_confusion_get_row_total (confusion, pair.truth));
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (atelier_matrix_grid_get_cell (
      grid, &(AtelierSelection) { ATELIER_SELECT_CELL, pair.truth, pair.prediction })),
    GTK_ACCESSIBLE_PROPERTY_LABEL, words);
}

static void
test_trains (void)
{
  window = app_open_window ();
  app_activate (window, "win.network", "report-1");
  set_number ("Epochs", "3");
  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_state (app_get_trainer (window))
                  == ATELIER_TRAINER_COMPLETED);
  assert_shows_epoch (N_EPOCHS);
}

static void
assert_focus (GtkWidget  *expected,
              const char *what)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  if (focus != expected && !(focus && gtk_widget_is_ancestor (focus, expected)))
    g_error ("%s does not have the focus, but %s", what,
             focus ? G_OBJECT_TYPE_NAME (focus) : "nothing");
}

static GtkWidget *
get_button (gpointer    root,
            const char *tooltip)
{
  g_autoptr (GPtrArray) buttons = app_find_all (root, GTK_TYPE_WIDGET);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (g_ptr_array_index (buttons, i)), tooltip) == 0)
      return g_ptr_array_index (buttons, i);

  g_error ("There is nothing with the tooltip “%s”", tooltip);
}

/* Tab goes where one reads, from the top, and leaves out nothing. */
static void
test_tab_order (void)
{
  const struct { GtkWidget *widget; const char *what; } stops[] = {
    { get_button (get_page (), "Loss Chart Options"), "the loss chart's menu" },
    { find (ATELIER_TYPE_CURVE, 0), "the loss chart" },
    { get_button (get_page (), "Accuracy Chart Options"), "the accuracy chart's menu" },
    { find (ATELIER_TYPE_CURVE, 1), "the accuracy chart" },
    { get_button (get_page (), "Previous Epoch"), "the step back" },
    { get_scale (), "the slider" },
    { get_button (get_page (), "Follow the newest epoch"), "Live" },
  };

  gtk_widget_grab_focus (stops[0].widget);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      assert_focus (stops[i].widget, stops[i].what);
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
    }
  for (guint i = G_N_ELEMENTS (stops); i > 0; i--)
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_BACKWARD);
      assert_focus (stops[i - 1].widget, stops[i - 1].what);
    }
}

static void
test_roles (void)
{
  GtkAccessible *loss = find (ATELIER_TYPE_CURVE, 0);
  GtkAccessible *scale = GTK_ACCESSIBLE (get_scale ());
  g_autofree char *sentence = atelier_history_describe (atelier_focus_get_history (get_focus ()));

  gtk_test_accessible_assert_role (loss, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss curves");
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
  app_find_titled (get_page (), GTK_TYPE_LABEL, sentence);
  gtk_test_accessible_assert_role (scale, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Epoch 3 of 3");
}

/* Without a window manager the keys go where the pointer is: at a place that hears nothing. */
static gboolean
can_take_keys (void)
{
  static gboolean is_placed;
  g_autofree char *place = pointer_format_place (GTK_WIDGET (window), 400.0, 4.0);

  if (!pointer_can_be_moved ())
    return FALSE;

  /* xdotool would wait for a second move to the same place. */
  if (!is_placed)
    pointer_do (GTK_WIDGET (window), place);
  is_placed = TRUE;

  return TRUE;
}

static void
press (const char *key)
{
  g_autofree char *commands = g_strdup_printf ("key %s", key);

  pointer_do (GTK_WIDGET (window), commands);
}

/* The whole way with keys alone: to the slider, to an epoch, and back. */
static void
test_scrubs_with_keys (void)
{
  if (!can_take_keys ())
    return;

  gtk_widget_grab_focus (get_scale ());
  press ("Home");
  app_wait_until (atelier_focus_get_epoch (get_focus ()) == 1);
  assert_shows_epoch (1);
  press ("Right");
  app_wait_until (atelier_focus_get_epoch (get_focus ()) == 2);
  assert_shows_epoch (2);
  press ("Tab");
  press ("Tab");
  assert_focus (get_button (get_page (), "Follow the newest epoch"), "Live");
  press ("space");
  app_wait_until (atelier_focus_get_live (get_focus ()));
  assert_shows_epoch (N_EPOCHS);
}

static void
test_charts_with_keys (void)
{
  GtkWidget *accuracy = find (ATELIER_TYPE_CURVE, 1);
  GtkAccessible *loss = find (ATELIER_TYPE_CURVE, 0);
  const AtelierEpochFigures *figures =
    atelier_history_get_figures (atelier_focus_get_history (get_focus ()), 0);
  g_autofree char *words = g_strdup_printf ("Epoch 1: training %.3f, validation %.3f",
                                            figures->loss, figures->validation_loss);

  if (!can_take_keys ())
    return;

  gtk_widget_grab_focus (accuracy);
  press ("Left");
  press ("Home");
  /* Both charts show the cursor. */
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  press ("Return");
  app_wait_until (atelier_focus_get_epoch (get_focus ()) == 1);
  assert_shows_epoch (1);
  press ("Escape");
  go_live ();
}

/* A click on a chart at an epoch, with the slider and the matrix coming along. */
static void
test_clicks_on_a_chart (void)
{
  AtelierCurve *curve = find (ATELIER_TYPE_CURVE, 0);
  GtkWidget *widget = GTK_WIDGET (curve);
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;
  AtelierChartLayout layout;
  g_autofree char *place = NULL;
  g_autofree char *commands = NULL;

  if (!pointer_can_be_moved ())
    return;

  atelier_curve_describe (curve, series, &chart);
  atelier_chart_get_layout (&chart, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                            &layout);
  place = pointer_format_place (widget, atelier_chart_value_to_x (&chart, &layout, 2.0),
                                layout.y + layout.height / 2.0);
  commands = g_strconcat (place, " click 1", NULL);
  pointer_do (widget, commands);
  app_wait_until (atelier_focus_get_epoch (get_focus ()) == 2);
  assert_shows_epoch (2);
  go_live ();
}

/* A menu's switch, which the chart and what is remembered follow. */
static void
test_switches (void)
{
  AtelierCurve *curve = find (ATELIER_TYPE_CURVE, 0);
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;

  app_activate (get_page (), "curves.log-loss", NULL);
  atelier_curve_describe (curve, series, &chart);
  g_assert_true (chart.is_log);
  app_activate (get_page (), "curves.unit", "seconds");
  atelier_curve_describe (curve, series, &chart);
  g_assert_cmpint (chart.x_unit, ==, ATELIER_X_SECONDS);

  app_activate (get_page (), "curves.log-loss", NULL);
  app_activate (get_page (), "curves.unit", "epochs");
}

/* How many pixels of a widget's picture are of a colour. */
static guint
count_pixels (GtkWidget          *widget,
              const AtelierColor *color)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  guint32 wanted = 0xff000000u | (guint32) (color->red * 255.0 + 0.5) << 16
                   | (guint32) (color->green * 255.0 + 0.5) << 8
                   | (guint32) (color->blue * 255.0 + 0.5);
  guint n = 0;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, (guchar *) pixels, width * sizeof (guint32));
  for (int i = 0; i < width * height; i++)
    n += pixels[i] == wanted;

  return n;
}

/* Old curves take the new theme's colours. */
static void
test_theme_switch (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkWidget *widgets[] = { find (ATELIER_TYPE_CURVE, 0), find (ATELIER_TYPE_CURVE, 1) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
      app_wait_for_frame (GTK_WIDGET (window));
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_light.training), >, 20);
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_dark.training), ==, 0);

      adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
      app_wait_for_frame (GTK_WIDGET (window));
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_dark.training), >, 20);
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_light.training), ==, 0);
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_figures (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean is_found = FALSE;

  app_activate (get_page (), "page.show-figures", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (!g_str_equal (G_OBJECT_TYPE_NAME (toplevel), "AtelierFiguresWindow"))
        continue;

      is_found = TRUE;
      g_assert_true (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (window));
      gtk_window_destroy (toplevel);
      break;
    }
  g_assert_true (is_found);
}

/* Menu and page agree on whether there is something to save. */
static void
test_saving_is_offered (void)
{
  AtelierWindow *other = app_open_window ();

  g_assert_true (app_is_action_enabled (window, "win", "save-report"));
  g_assert_false (app_is_action_enabled (other, "win", "save-report"));
  gtk_window_destroy (GTK_WINDOW (other));
}

static void
test_closes (void)
{
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_destroy (GTK_WINDOW (window));
  app_wait_until (gone == NULL);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/workbench/trains", test_trains);
  g_test_add_func ("/app/workbench/tab-order", test_tab_order);
  g_test_add_func ("/app/workbench/roles", test_roles);
  g_test_add_func ("/app/workbench/scrubs-with-keys", test_scrubs_with_keys);
  g_test_add_func ("/app/workbench/charts-with-keys", test_charts_with_keys);
  g_test_add_func ("/app/workbench/clicks-on-a-chart", test_clicks_on_a_chart);
  g_test_add_func ("/app/workbench/switches", test_switches);
  g_test_add_func ("/app/workbench/theme-switch", test_theme_switch);
  g_test_add_func ("/app/workbench/figures", test_figures);
  g_test_add_func ("/app/workbench/saving-is-offered", test_saving_is_offered);
  g_test_add_func ("/app/workbench/closes", test_closes);

  return g_test_run ();
}
