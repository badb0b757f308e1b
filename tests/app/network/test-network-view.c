/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a network with pointer, keys and screen readers, in a window that it has to scroll
 * in. */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app-window.h"
#include "file-dialog.h"
#include "keyboard.h"
#include "network/atelier-network-view.h"
#include "pointer.h"

#define N_MANY 50

typedef struct
{
  AtelierNetwork     *network;
  AtelierNetworkView *view;     /* Owned by the window */
  GtkWidget          *scrolled;
  GtkWidget          *window;
  guint               n_selected; /* notifications */
} Fixture;

static void
on_selected_cb (Fixture *fixture)
{
  fixture->n_selected++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->network = atelier_network_new_preset ("report-2");
  fixture->view = ATELIER_NETWORK_VIEW (atelier_network_view_new ());
  fixture->scrolled = gtk_scrolled_window_new ();
  fixture->window = gtk_window_new ();
  g_object_set (fixture->scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled),
                                 GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scrolled);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 420, 560);
  g_signal_connect_swapped (fixture->view, "notify::selected", G_CALLBACK (on_selected_cb),
                            fixture);
  atelier_network_view_set_network (fixture->view, fixture->network);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
  app_wait_for_frame (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_wait_until (fixture->view == NULL);
  atelier_network_unref (fixture->network);
}

static guint
get_selected (Fixture *fixture)
{
  return atelier_network_view_get_selected (fixture->view);
}

static void
get_middle (Fixture *fixture,
            guint    i_layer,
            double  *x,
            double  *y)
{
  graphene_rect_t place;

  g_assert_true (atelier_network_view_get_place (fixture->view, i_layer, &place));
  *x = place.origin.x + place.size.width / 2.0f;
  *y = place.origin.y + place.size.height / 2.0f;
}

static void
assert_description (Fixture    *fixture,
                    const char *words)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

/* As many rows as a long network has, all of which fit. */
static void
set_many_rows (Fixture *fixture)
{
  AtelierNetworkStepRow rows[N_MANY];

  for (guint i = 0; i < N_MANY; i++)
    {
      rows[i] = (AtelierNetworkStepRow) {
        .info = { .height = 28, .width = 28, .channels = 16 }, .fits = TRUE,
      };
      atelier_layer_init (&rows[i].layer, ATELIER_LAYER_CONV2D);
    }
  atelier_network_view_set_rows (fixture->view, "Many", 28, 28, 1, rows, N_MANY);
  app_wait_for_frame (fixture->window);
}

/* ---- What is set ---- */

static void
test_network (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AtelierNetwork) shown = NULL;
  graphene_rect_t place;

  g_object_get (fixture->view, "network", &shown, NULL);
  g_assert_true (shown == fixture->network);
  g_assert_cmpuint (get_selected (fixture), ==, ATELIER_NO_LAYER);
  g_assert_true (atelier_network_view_get_place (fixture->view, 8, &place));
  g_assert_false (atelier_network_view_get_place (fixture->view, 9, &place));
  atelier_network_view_set_network (fixture->view, NULL);
  app_wait_for_frame (fixture->window);
  g_assert_null (atelier_network_view_get_network (fixture->view));
  g_assert_false (atelier_network_view_get_place (fixture->view, 0, &place));
}

static void
test_selected (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierNetwork) other = atelier_network_new_preset ("report-1");

  atelier_network_view_set_selected (fixture->view, 8);
  atelier_network_view_set_selected (fixture->view, 8);
  g_assert_cmpuint (fixture->n_selected, ==, 1);
  atelier_network_view_set_selected (fixture->view, 9);
  g_assert_cmpuint (get_selected (fixture), ==, ATELIER_NO_LAYER);
  g_object_set (fixture->view, "selected", 3u, NULL);
  g_assert_cmpuint (get_selected (fixture), ==, 3);
  g_assert_cmpuint (fixture->n_selected, ==, 3);

  /* It stays where there still is such a layer. */
  atelier_network_view_set_network (fixture->view, other);
  g_assert_cmpuint (get_selected (fixture), ==, 3);
  atelier_network_view_set_network (fixture->view, fixture->network);
  atelier_network_view_set_selected (fixture->view, 8);
  atelier_network_view_set_network (fixture->view, other);
  g_assert_cmpuint (get_selected (fixture), ==, ATELIER_NO_LAYER);
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  AtelierNetworkStepRow rows[2] = { { .fits = FALSE }, { .fits = FALSE } };

  atelier_layer_init (&rows[0].layer, ATELIER_LAYER_MAX_POOL2D);
  atelier_layer_init (&rows[1].layer, ATELIER_LAYER_RESIDUAL);
  rows[1].layer.n_body = 1;
  atelier_network_view_set_rows (fixture->view, "Draft", 1, 1, 64, rows, G_N_ELEMENTS (rows));
  app_wait_for_frame (fixture->window);
  g_assert_null (atelier_network_view_get_network (fixture->view));
  assert_description (fixture, "2 layers: Input, 64; Max pool 2×2, does not fit; "
                               "Residual, does not fit");
  atelier_network_view_set_rows (fixture->view, "Empty", 28, 28, 1, NULL, 0);
  app_wait_for_frame (fixture->window);
  assert_description (fixture, "0 layers: Input, 28 × 28 × 1");
}

/* ---- For those who do not see it ---- */

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Picture of the network");
  assert_description (fixture,
                      "9 layers: Input, 28 × 28 × 1; Conv 32, 28 × 28 × 32; "
                      "Max pool 2×2, 14 × 14 × 32; Dropout 20 %; Conv 16, 14 × 14 × 16; "
                      "Max pool 2×2, 7 × 7 × 16; Dropout 20 %; Flatten, 784; Dense 32, 32; "
                      "Dense 10, 10");
  atelier_network_view_set_selected (fixture->view, 0);
  assert_description (fixture, "1 of 9: Conv 32 · 3×3 · ReLU, 28 × 28 × 32, 320 parameters, "
                               "225,792 multiply-adds per image");
}

/* ---- Pointer ---- */

static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  const guint layers[] = { 0, 2, 8 };

  if (!pointer_can_be_moved ())
    return;

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      double x, y;

      get_middle (fixture, layers[i], &x, &y);
      pointer_put (GTK_WIDGET (fixture->view), x, y);
      pointer_do (fixture->window, "click 1");
      g_assert_cmpuint (get_selected (fixture), ==, layers[i]);
    }
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->view)));
  pointer_put (GTK_WIDGET (fixture->view), 2.0, 200.0);
  pointer_do (fixture->window, "click 1");
  g_assert_cmpuint (get_selected (fixture), ==, ATELIER_NO_LAYER);
}

static void
test_tooltip (Fixture       *fixture,
              gconstpointer  data)
{
  GtkTooltip *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean has_tooltip = FALSE;
  double x, y;

  get_middle (fixture, 4, &x, &y);
  g_signal_emit_by_name (fixture->view, "query-tooltip", (int) x, (int) y, FALSE, tooltip,
                         &has_tooltip);
  g_assert_true (has_tooltip);
  g_signal_emit_by_name (fixture->view, "query-tooltip", 1, 200, FALSE, tooltip, &has_tooltip);
  g_assert_false (has_tooltip);
  atelier_network_view_set_selected (fixture->view, 4);
  g_signal_emit_by_name (fixture->view, "query-tooltip", 0, 0, TRUE, tooltip, &has_tooltip);
  g_assert_true (has_tooltip);
  g_object_unref (tooltip);
}

/* ---- Keys ---- */

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *keys;
    guint       selected;
  } cases[] = {
    { "Down", 0 }, { "Down", 1 }, { "Right", 2 }, { "Up", 1 }, { "Left", 0 }, { "Up", 0 },
    { "End", 8 }, { "Down", 8 }, { "Page_Up", 3 }, { "Page_Down", 8 }, { "Home", 0 },
    { "Escape", ATELIER_NO_LAYER }, { "Up", 8 }, { "KP_Home", 0 },
  };

  if (!pointer_can_be_moved ())
    return;

  keyboard_focus_window (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      keyboard_press (GTK_WINDOW (fixture->window), cases[i].keys);
      g_assert_cmpuint (get_selected (fixture), ==, cases[i].selected);
    }
}

/* Many layers are higher than the window, and what is selected is scrolled to. */
static void
test_scrolls (Fixture       *fixture,
              gconstpointer  data)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scrolled));
  double x, y;

  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=,
                     gtk_adjustment_get_page_size (adjustment));
  set_many_rows (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >,
                     gtk_adjustment_get_page_size (adjustment));
  for (guint i = 0; i < N_MANY; i += 7)
    {
      atelier_network_view_set_selected (fixture->view, (i * 3) % N_MANY);
      get_middle (fixture, (i * 3) % N_MANY, &x, &y);
      g_assert_cmpfloat (y, >=, gtk_adjustment_get_value (adjustment));
      g_assert_cmpfloat (y, <=,
                         gtk_adjustment_get_value (adjustment)
                           + gtk_adjustment_get_page_size (adjustment));
    }
}

/* ---- The user's settings ---- */

static int
get_least_width (Fixture *fixture)
{
  int least;

  gtk_widget_measure (GTK_WIDGET (fixture->view), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);

  return least;
}

static void
test_large_text (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  const int usual = get_least_width (fixture);
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  app_wait_until (get_least_width (fixture) > usual * 11 / 10);
  app_wait_for_frame (fixture->window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  app_wait_until (get_least_width (fixture) == usual);
}

/* Another theme draws the same layers in other colours, and at the same places. */
static void
test_dark (Fixture       *fixture,
           gconstpointer  data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  double x, y, dark_x, dark_y;

  get_middle (fixture, 8, &x, &y);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  app_wait_for_frame (fixture->window);
  get_middle (fixture, 8, &dark_x, &dark_y);
  g_assert_cmpfloat (dark_x, ==, x);
  g_assert_cmpfloat (dark_y, ==, y);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

/* ---- Saving ---- */

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (app_get_folder (), "picture.svg", NULL);
  g_autofree char *contents = NULL;

  if (!file_dialog_can_be_shown ())
    return;

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "network.save", "s", "svg");
  file_dialog_select (path);
  file_dialog_answer (TRUE);
  app_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "<svg"));
  g_unlink (path);
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) popovers = app_find_all (fixture->view, GTK_TYPE_POPOVER_MENU);
  GtkWidget *menu = g_ptr_array_index (popovers, 0);

  if (!pointer_can_be_moved ())
    return;

  keyboard_focus_window (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  keyboard_press (GTK_WINDOW (fixture->window), "Menu");
  app_wait_until (gtk_widget_get_mapped (menu));
  gtk_popover_popdown (GTK_POPOVER (menu));
  app_wait_until (!gtk_widget_get_mapped (menu));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/app/network-view/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("network", test_network);
  ADD ("selected", test_selected);
  ADD ("rows", test_rows);
  ADD ("spoken", test_spoken);
  ADD ("click", test_click);
  ADD ("tooltip", test_tooltip);
  ADD ("keys", test_keys);
  ADD ("scrolls", test_scrolls);
  ADD ("large-text", test_large_text);
  ADD ("dark", test_dark);
  ADD ("save", test_save);
  ADD ("menu", test_menu);
#undef ADD

  return g_test_run ();
}
