/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The linked views of the Train page with the keyboard and the pointer: the charts, the scrubber,
 * and the views that follow them.  Each test begins with a finished run, live at its newest epoch.
 */

#include "config.h"

#include "curves/atelier-curve.h"
#include "curves/atelier-scrubber.h"
#include "file-dialog.h"
#include "pointer.h"
#include "results/atelier-history-csv.h"
#include "window-fixture.h"

static gpointer
find (WindowFixture *fixture,
      GType          type,
      guint          i)
{
  g_autoptr (GPtrArray) widgets = app_find_all (fixture->page, type);

  g_assert_cmpuint (i, <, widgets->len);

  return g_ptr_array_index (widgets, i);
}

static GtkWidget *
get_scale (WindowFixture *fixture)
{
  return GTK_WIDGET (atelier_scrubber_get_scale (find (fixture, ATELIER_TYPE_SCRUBBER, 0)));
}

static void
go_live (WindowFixture *fixture)
{
  atelier_focus_set_live (fixture->focus, TRUE);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, WINDOW_N_EPOCHS);
}

/* Matrix and gallery show what is counted here from an epoch's predictions. */
static void
assert_shows_epoch (WindowFixture *fixture,
                    guint          epoch)
{
  AtelierHistory *history = app_get_history (fixture->window);
  AtelierPredictions *predictions =
    atelier_epoch_get_predictions (atelier_history_get_epoch (history, epoch - 1));
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  AtelierMatrixGrid *grid =
    atelier_matrix_panel_get_grid (atelier_train_page_get_matrix_panel (fixture->page));
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (fixture->page));
  const char * const *names =
    atelier_dataset_get_class_names (atelier_focus_get_dataset (fixture->focus));
  AtelierConfusedPair pair;
  g_autofree char *words = NULL;

  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, epoch);
  g_assert_cmpuint (gtk_range_get_value (GTK_RANGE (get_scale (fixture))), ==, epoch);
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
test_shows_the_newest (WindowFixture *fixture,
                       gconstpointer  data)
{
  assert_shows_epoch (fixture, WINDOW_N_EPOCHS);
}

static void
assert_focus (WindowFixture *fixture,
              GtkWidget     *expected,
              const char    *what)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

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

/* Tab goes through the widgets from top to bottom and leaves out none. */
static void
test_tab_order (WindowFixture *fixture,
                gconstpointer  data)
{
  const struct { GtkWidget *widget; const char *what; } stops[] = {
    { get_button (fixture->page, "Loss Chart Options"), "the loss chart's menu" },
    { find (fixture, ATELIER_TYPE_CURVE, 0), "the loss chart" },
    { get_button (fixture->page, "Accuracy Chart Options"), "the accuracy chart's menu" },
    { find (fixture, ATELIER_TYPE_CURVE, 1), "the accuracy chart" },
    { get_button (fixture->page, "Previous Epoch"), "the step back" },
    { get_scale (fixture), "the slider" },
    { get_button (fixture->page, "Follow the newest epoch"), "Live" },
  };

  gtk_widget_grab_focus (stops[0].widget);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      assert_focus (fixture, stops[i].widget, stops[i].what);
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
    }
  for (guint i = G_N_ELEMENTS (stops); i > 0; i--)
    {
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD);
      assert_focus (fixture, stops[i - 1].widget, stops[i - 1].what);
    }
}

static void
test_roles (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkAccessible *loss = find (fixture, ATELIER_TYPE_CURVE, 0);
  GtkAccessible *scale = GTK_ACCESSIBLE (get_scale (fixture));
  g_autofree char *sentence = atelier_focus_describe_run (fixture->focus);

  gtk_test_accessible_assert_role (loss, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss curves");
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
  app_find_titled (fixture->page, GTK_TYPE_LABEL, sentence);
  gtk_test_accessible_assert_role (scale, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Epoch 3 of 3");
}

/* Epochs and batches are tables of their own. */
static void
test_saves_batches (WindowFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (app_get_folder (), "curves-batches.csv", NULL);
  g_autofree char *expected = atelier_history_batches_to_csv (app_get_history (fixture->window));
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!file_dialog_can_be_shown ())
    return;

  app_activate (fixture->page, "page.save-batches", NULL);
  file_dialog_select (path);
  file_dialog_answer (TRUE);
  app_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* Without a window manager the keys go to the window below the pointer.  It is put at a place of
 * the window where nothing reacts to it. */
static gboolean
can_take_keys (WindowFixture *fixture)
{
  if (!pointer_can_be_moved ())
    return FALSE;

  pointer_put (GTK_WIDGET (fixture->window), 400.0, 4.0);

  return TRUE;
}

static void
press (WindowFixture *fixture,
       const char    *key)
{
  g_autofree char *commands = g_strdup_printf ("key %s", key);

  pointer_do (GTK_WIDGET (fixture->window), commands);
}

/* With keys alone: to the slider, to an epoch, and back to the newest. */
static void
test_scrubs_with_keys (WindowFixture *fixture,
                       gconstpointer  data)
{
  if (!can_take_keys (fixture))
    return;

  gtk_widget_grab_focus (get_scale (fixture));
  press (fixture, "Home");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 1);
  assert_shows_epoch (fixture, 1);
  press (fixture, "Right");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 2);
  assert_shows_epoch (fixture, 2);
  press (fixture, "Tab");
  press (fixture, "Tab");
  assert_focus (fixture, get_button (fixture->page, "Follow the newest epoch"), "Live");
  press (fixture, "space");
  app_wait_until (atelier_focus_get_live (fixture->focus));
  assert_shows_epoch (fixture, WINDOW_N_EPOCHS);
}

static void
test_charts_with_keys (WindowFixture *fixture,
                       gconstpointer  data)
{
  GtkWidget *accuracy = find (fixture, ATELIER_TYPE_CURVE, 1);
  GtkAccessible *loss = find (fixture, ATELIER_TYPE_CURVE, 0);
  const AtelierEpochFigures *figures =
    atelier_history_get_figures (atelier_focus_get_history (fixture->focus), 0);
  g_autofree char *words = g_strdup_printf ("Epoch 1: training %.3f, validation %.3f",
                                            figures->loss, figures->validation_loss);

  if (!can_take_keys (fixture))
    return;

  gtk_widget_grab_focus (accuracy);
  press (fixture, "Left");
  press (fixture, "Home");
  /* Both charts show the cursor. */
  gtk_test_accessible_assert_property (loss, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  press (fixture, "Return");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 1);
  assert_shows_epoch (fixture, 1);
  press (fixture, "Escape");
  go_live (fixture);
}

/* A click on a chart chooses the epoch there; the slider and the matrix follow. */
static void
test_clicks_on_a_chart (WindowFixture *fixture,
                        gconstpointer  data)
{
  AtelierCurve *curve = find (fixture, ATELIER_TYPE_CURVE, 0);
  GtkWidget *widget = GTK_WIDGET (curve);
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;
  AtelierChartLayout layout;

  if (!pointer_can_be_moved ())
    return;

  atelier_curve_describe (curve, series, &chart);
  atelier_chart_get_layout (&chart, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                            &layout);
  pointer_put (widget, atelier_chart_value_to_x (&chart, &layout, 2.0),
               layout.y + layout.height / 2.0);
  pointer_do (widget, "click 1");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 2);
  assert_shows_epoch (fixture, 2);
  go_live (fixture);
}

/* A switch of the chart's menu changes the chart. */
static void
test_switches (WindowFixture *fixture,
               gconstpointer  data)
{
  AtelierCurve *curve = find (fixture, ATELIER_TYPE_CURVE, 0);
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;

  app_activate (fixture->page, "curves.log-loss", NULL);
  atelier_curve_describe (curve, series, &chart);
  g_assert_true (chart.is_log);
  app_activate (fixture->page, "curves.unit", "seconds");
  atelier_curve_describe (curve, series, &chart);
  g_assert_cmpint (chart.x_unit, ==, ATELIER_X_SECONDS);

  app_activate (fixture->page, "curves.log-loss", NULL);
  app_activate (fixture->page, "curves.unit", "epochs");
}

/* How many pixels of a widget's picture have a colour. */
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
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, (guchar *) pixels, width * sizeof (guint32));
  for (int i = 0; i < width * height; i++)
    n += pixels[i] == wanted;

  return n;
}

/* Curves that are on the screen take the new theme's colours. */
static void
test_theme_switch (WindowFixture *fixture,
                   gconstpointer  data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkWidget *widgets[] = {
    find (fixture, ATELIER_TYPE_CURVE, 0),
    find (fixture, ATELIER_TYPE_CURVE, 1),
  };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_light.training), >, 20);
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_dark.training), ==, 0);

      adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_dark.training), >, 20);
      g_assert_cmpuint (count_pixels (widgets[i], &atelier_palette_light.training), ==, 0);
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_figures (WindowFixture *fixture,
              gconstpointer  data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean is_found = FALSE;

  app_activate (fixture->page, "page.show-figures", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (!g_str_equal (G_OBJECT_TYPE_NAME (toplevel), "AtelierFiguresWindow"))
        continue;

      is_found = TRUE;
      g_assert_true (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (fixture->window));
      gtk_window_destroy (toplevel);
      break;
    }
  g_assert_true (is_found);
}

static gboolean
shows_lock (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) images = app_find_all (fixture->page, GTK_TYPE_IMAGE);

  for (guint i = 0; i < images->len; i++)
    {
      GtkWidget *image = g_ptr_array_index (images, i);

      if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (image)), "changes-prevent-symbolic") == 0)
        return gtk_widget_get_mapped (image);
    }

  return FALSE;
}

static void
test_lock_of_recipe (WindowFixture *fixture,
                     gconstpointer  data)
{
  g_assert_true (shows_lock (fixture));
  app_activate (fixture->window, "run.stop", NULL);
  app_wait_until (!atelier_trainer_is_active (app_get_trainer (fixture->window)));
  g_assert_false (shows_lock (fixture));
}

/* Names what the run was trained with and would not be now, and nothing else; the charts keep their
 * place. */
static void
test_origin (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *curve = find (fixture, ATELIER_TYPE_CURVE, 0);
  int height = gtk_widget_get_height (curve);
  GtkWidget *label;

  g_assert_false (app_has_label (fixture->page, "These curves are of"));
  app_set_number (fixture->window, "Seed", "5");
  label = app_find_titled (fixture->page, GTK_TYPE_LABEL, "These curves are of a run with Seed 1");
  g_assert_true (gtk_widget_get_visible (label));
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_cmpint (gtk_widget_get_height (curve), ==, height);

  app_activate (fixture->window, "win.network", "report-2");
  g_assert_true (app_has_label (fixture->page, "a run with Report 1, fully connected · "));
  app_activate (fixture->window, "win.network", "report-1");
  app_set_number (fixture->window, "Seed", "1");
  app_set_number (fixture->window, "Learning rate", WINDOW_LEARNING_RATE);
  app_set_number (fixture->window, "Batch", WINDOW_BATCH);
  app_set_number (fixture->window, "Epochs", G_STRINGIFY (WINDOW_N_EPOCHS));
  g_assert_false (gtk_widget_get_visible (label));
}

/* The menu offers a report once there is something to save. */
static void
test_saving_is_offered (WindowFixture *fixture,
                        gconstpointer  data)
{
  g_assert_false (app_is_action_enabled (fixture->window, "win", "save-report"));
  window_train (fixture);
  g_assert_true (app_is_action_enabled (fixture->window, "win", "save-report"));
}

#define ADD_TEST(path, start, function) WINDOW_ADD_TEST ("/app/workbench/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("shows-the-newest", WINDOW_COMPLETED, test_shows_the_newest);
  ADD_TEST ("tab-order", WINDOW_COMPLETED, test_tab_order);
  ADD_TEST ("roles", WINDOW_COMPLETED, test_roles);
  ADD_TEST ("scrubs-with-keys", WINDOW_COMPLETED, test_scrubs_with_keys);
  ADD_TEST ("charts-with-keys", WINDOW_COMPLETED, test_charts_with_keys);
  ADD_TEST ("clicks-on-a-chart", WINDOW_COMPLETED, test_clicks_on_a_chart);
  ADD_TEST ("switches", WINDOW_COMPLETED, test_switches);
  ADD_TEST ("theme-switch", WINDOW_COMPLETED, test_theme_switch);
  ADD_TEST ("figures", WINDOW_COMPLETED, test_figures);
  ADD_TEST ("saves-batches", WINDOW_COMPLETED, test_saves_batches);
  ADD_TEST ("lock-of-recipe", WINDOW_RUNNING, test_lock_of_recipe);
  ADD_TEST ("origin", WINDOW_COMPLETED, test_origin);
  ADD_TEST ("saving-is-offered", WINDOW_READY, test_saving_is_offered);

  return g_test_run ();
}
