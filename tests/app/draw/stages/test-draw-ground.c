/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person points at the ground of an opened picture. */

#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "draw/intake/atelier-batch-view.h"
#include "draw/stages/atelier-ground-mask.h"
#include "draw/stages/atelier-ground-popover.h"
#include "draw/stages/atelier-ground-view.h"
#include "draw/stages/atelier-stage-card.h"
#include "keyboard.h"
#include "picture/atelier-picture.h"
#include "pointer.h"

#define SIDE 200
/* On the light part of the picture. */
static const AtelierGroundPick place = { 0.875, 0.5 };

static AtelierInput
get_input (gboolean has_pick)
{
  AtelierInput input = *atelier_model_get_input (atelier_trainer_get_model (draw_trainer));

  input.has_pick = has_pick;
  input.pick_x = place.x;
  input.pick_y = place.y;
  return input;
}

static GtkWidget *
get_card (DrawFixture *fixture)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                    ATELIER_TYPE_DRAW_PAGE, "stage_card"));
}

/* The button in @root for an action of the page. */
static GtkWidget *
find_button (GtkWidget  *root,
             const char *action)
{
  g_autoptr (GPtrArray) buttons = app_find_all (root, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, i);

      if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), action) == 0)
        return button;
    }
  g_assert_not_reached ();
}

static GtkWidget *
get_original (DrawFixture *fixture)
{
  return find_button (get_card (fixture), "draw.point-at-ground");
}

static GtkWidget *
get_popover (DrawFixture *fixture)
{
  return GTK_WIDGET (
    gtk_widget_get_template_child (get_card (fixture), ATELIER_TYPE_STAGE_CARD, "ground_popover"));
}

static GtkWidget *
get_view (DrawFixture *fixture)
{
  return GTK_WIDGET (gtk_widget_get_template_child (get_popover (fixture),
                                                    ATELIER_TYPE_GROUND_POPOVER, "view"));
}

/* Dark, with a light part that reaches the right side: either may be the ground. */
static char *
save_picture (DrawFixture *fixture,
              const char  *name)
{
  char *path = draw_get_path (fixture, name);
  g_autofree guint8 *grey = g_malloc (SIDE * SIDE);
  g_autoptr (GError) error = NULL;

  memset (grey, 60, SIDE * SIDE);
  for (guint row = 20; row < SIDE - 20; row++)
    memset (grey + row * SIDE + SIDE / 2, 220, SIDE / 2);
  atelier_picture_save_grey_png (grey, SIDE, SIDE, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
wait_until_prepared (DrawFixture *fixture)
{
  draw_settle (fixture);
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
}

static void
open_picture (DrawFixture *fixture,
              const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  atelier_draw_page_open_picture (fixture->page, file);
  wait_until_prepared (fixture);
}

static void
assert_is_prepared (DrawFixture  *fixture,
                    const char   *path,
                    AtelierInput  input)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);
  g_autoptr (AtelierInputResult) expected = NULL;

  g_assert_no_error (error);
  expected = atelier_input_run_picture (&input, picture);
  wait_until_prepared (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS,
                   expected->stages[ATELIER_STAGE_RESULT].pixels, DRAW_N_PIXELS);
}

static void
pick (DrawFixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->pad), "draw.pick-ground", "(dd)",
                                             place.x, place.y));
  wait_until_prepared (fixture);
}

static void
click (GtkWidget *widget,
       double     x,
       double     y)
{
  pointer_put (widget, x, y);
  pointer_do (widget, "click 1");
}

static void
click_middle (GtkWidget *widget)
{
  click (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

/* Texts with a percent sign, which GTK's own assertion would read as a format. */
static void
assert_description (GtkWidget  *widget,
                    const char *text)
{
  g_autofree char *found = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);

  g_assert_null (found);
}

/* An open popover keeps the display's keyboard beyond the test. */
static void
close_popover (DrawFixture *fixture)
{
  gtk_popover_popdown (GTK_POPOVER (get_popover (fixture)));
  app_wait_until (!gtk_widget_get_mapped (get_popover (fixture)));
}

/* Clicks the original, then a place in it, and takes that back. */
static void
test_click (DrawFixture   *fixture,
            gconstpointer  data)
{
  g_autofree char *path = NULL;
  GtkWidget *view = get_view (fixture);
  GtkWidget *forget_button;
  double x, y;

  if (!pointer_can_be_moved ())
    return;
  path = save_picture (fixture, "ground.png");
  open_picture (fixture, path);
  assert_is_prepared (fixture, path, get_input (FALSE));
  click_middle (get_original (fixture));
  app_wait_until (gtk_widget_get_mapped (view));
  app_wait_for_frame (view);
  forget_button = find_button (get_popover (fixture), "draw.forget-ground");
  g_assert_false (gtk_widget_get_sensitive (forget_button));
  g_assert_true (app_has_label (get_popover (fixture), "60 % of the picture"));

  atelier_ground_view_find_point (ATELIER_GROUND_VIEW (view), &place, &x, &y);
  click (view, x, y);
  assert_is_prepared (fixture, path, get_input (TRUE));
  g_assert_true (app_has_label (get_popover (fixture), "40 % of the picture"));
  g_assert_true (gtk_widget_get_mapped (view));

  click_middle (forget_button);
  assert_is_prepared (fixture, path, get_input (FALSE));
  g_assert_true (app_has_label (get_popover (fixture), "60 % of the picture"));
  close_popover (fixture);
}

/* The entry above the three last ones of the menu, and the keys in the picture. */
static void
test_keys (DrawFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *path = NULL;
  GtkWidget *view = get_view (fixture);
  g_autoptr (GPtrArray) buttons = app_find_all (get_card (fixture), GTK_TYPE_MENU_BUTTON);

  if (!pointer_can_be_moved ())
    return;
  path = save_picture (fixture, "ground.png");
  open_picture (fixture, path);
  /* A pointer that a menu opens under takes the focus to the entry there. */
  pointer_put (GTK_WIDGET (fixture->window), 1, 1);
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (g_ptr_array_index (buttons, 0));
  keyboard_press (GTK_WINDOW (fixture->window), "space");
  keyboard_press (GTK_WINDOW (fixture->window),
                  "shift+Tab shift+Tab shift+Tab shift+Tab Return");
  app_wait_until (gtk_widget_get_mapped (view));
  app_wait_until (gtk_widget_has_focus (view));

  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+Right ctrl+Right ctrl+Right Return");
  assert_is_prepared (fixture, path, get_input (TRUE));
  assert_description (view, "88 % from the left, 50 % from the top, counts as ground");

  /* Delete is also the page's key to clear the pad. */
  keyboard_press (GTK_WINDOW (fixture->window), "Delete Delete");
  assert_is_prepared (fixture, path, get_input (FALSE));
  assert_description (view, "88 % from the left, 50 % from the top, counts as garment");
  keyboard_press (GTK_WINDOW (fixture->window), "Escape");
  app_wait_until (!gtk_widget_get_mapped (view));
}

/* Other steps keep the place, another picture does not. */
static void
test_belongs_to_picture (DrawFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = save_picture (fixture, "ground.png");
  g_autofree char *other_path = save_picture (fixture, "other.png");
  AtelierInput input = get_input (TRUE);

  open_picture (fixture, path);
  pick (fixture);
  assert_is_prepared (fixture, path, input);
  draw_activate (fixture, "draw.stage-sharpen");
  input.sharpen = !input.sharpen;
  assert_is_prepared (fixture, path, input);

  open_picture (fixture, other_path);
  input.has_pick = FALSE;
  assert_is_prepared (fixture, other_path, input);
  draw_activate (fixture, "draw.steps::own");
  open_picture (fixture, path);
  assert_is_prepared (fixture, path, get_input (FALSE));
}

/* The pictures of a list never have the place, and opening one forgets it. */
static void
test_list (DrawFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *path = save_picture (fixture, "ground.png");
  g_autofree char *other_path = save_picture (fixture, "other.png");
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) other_file = g_file_new_for_path (other_path);
  AtelierBatchView *batch_view = ATELIER_BATCH_VIEW (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->page), ATELIER_TYPE_DRAW_PAGE, "batch_view"));
  GListModel *items =
    atelier_picture_batch_get_items (atelier_batch_view_get_batch (batch_view));
  g_autoptr (AtelierBatchItem) item = NULL;
  guint width, height;

  open_picture (fixture, path);
  pick (fixture);
  g_list_store_append (files, file);
  g_list_store_append (files, other_file);
  atelier_draw_page_open_pictures (fixture->page, G_LIST_MODEL (files));
  item = g_list_model_get_item (items, 1);
  app_wait_until (atelier_batch_item_get_pixels (item, &width, &height) != NULL);
  assert_is_prepared (fixture, path, get_input (FALSE));
  g_assert_cmpmem (atelier_batch_item_get_pixels (item, &width, &height), DRAW_N_PIXELS,
                   atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS);
}

/* Where the ground is not looked for, pointing at it switches that on; and a picture of which
 * nothing is left then is shown as that. */
static void
test_all_is_ground (DrawFixture   *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = save_picture (fixture, "ground.png");
  g_autofree char *gradient_path = draw_get_path (fixture, "gradient.png");
  g_autofree guint8 *grey = g_malloc (SIDE * SIDE);
  g_autoptr (GError) error = NULL;
  AtelierInput input = get_input (TRUE);

  for (guint i = 0; i < SIDE * SIDE; i++)
    grey[i] = (guint8) (40 + i % SIDE);
  atelier_picture_save_grey_png (grey, SIDE, SIDE, gradient_path, &error);
  g_assert_no_error (error);
  open_picture (fixture, path);
  draw_activate (fixture, "draw.stage-ground");
  wait_until_prepared (fixture);
  draw_activate (fixture, "draw.stage-levels");
  draw_activate (fixture, "draw.invert::never");
  wait_until_prepared (fixture);
  open_picture (fixture, gradient_path);
  g_assert_true (app_has_label (get_card (fixture), "gradient.png"));
  g_assert_true (app_has_label (get_popover (fixture), "not looked for"));

  pick (fixture);
  input.levels = FALSE;
  input.invert = ATELIER_INVERT_NEVER;
  assert_is_prepared (fixture, gradient_path, input);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (app_has_label (get_popover (fixture), "All of the picture"));
  draw_assert_no_answer (fixture);
}

/* A drawing has no ground to point at, but is shown as before. */
static void
test_drawing (DrawFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *path = save_picture (fixture, "ground.png");
  GtkWidget *original = get_original (fixture);

  g_assert_true (gtk_widget_get_visible (original));
  g_assert_false (gtk_widget_get_sensitive (original));
  open_picture (fixture, path);
  g_assert_true (gtk_widget_get_sensitive (original));
  pick (fixture);
  draw_activate (fixture, "draw.point-at-ground");
  app_wait_until (gtk_widget_get_mapped (get_popover (fixture)));
  draw_activate (fixture, "draw.clear");
  app_wait_until (!gtk_widget_get_mapped (get_popover (fixture)));
  g_assert_false (gtk_widget_get_sensitive (original));
  g_assert_false (
    gtk_widget_get_sensitive (find_button (get_popover (fixture), "draw.forget-ground")));
}

/* Also in a large picture, of which less is shown, and on the frame, which the stage lacks. */
static void
test_mask (void)
{
  const guint width = 1200;
  const guint height = 900;
  g_autofree guint8 *rgba = g_malloc ((gsize) width * height * 4);
  g_autofree guint8 *mask = NULL;
  g_autoptr (AtelierInputResult) result = NULL;
  AtelierInput input;
  double share;

  for (guint i = 0; i < width * height; i++)
    {
      guint x = i % width;
      guint y = i / width;
      gboolean is_garment = x >= 300 && x < 600 && y >= 300 && y < 600;

      memset (rgba + (gsize) i * 4, x < 4 ? 0 : is_garment ? 90 : 240, 3);
      rgba[(gsize) i * 4 + 3] = 255;
    }
  atelier_input_init_fashion (&input, DRAW_SIDE, DRAW_SIDE);
  result = atelier_input_run_rgba (&input, rgba, width, height, (gsize) width * 4);
  g_assert_cmpuint (result->inside.x, ==, 4);
  mask = atelier_ground_mask_new (result, &share);
  g_assert_nonnull (mask);
  g_assert_cmpfloat_with_epsilon (share, 1.0 - 300.0 * 300.0 / (width * height), 0.003);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_ORIGINAL].width, ==, 512);
  g_assert_cmpuint (mask[192 * 512], ==, 255);
  g_assert_cmpuint (mask[192 * 512 + 125], ==, 255);
  g_assert_cmpuint (mask[192 * 512 + 131], ==, 0);
  g_assert_cmpuint (mask[192 * 512 + 253], ==, 0);
  g_assert_cmpuint (mask[192 * 512 + 259], ==, 255);

  input.ground = FALSE;
  atelier_input_result_free (g_steal_pointer (&result));
  result = atelier_input_run_rgba (&input, rgba, width, height, (gsize) width * 4);
  g_assert_null (atelier_ground_mask_new (result, &share));
}

static void
add_tests (void)
{
  g_test_add_func ("/app/draw/ground/mask", test_mask);
  DRAW_ADD_TEST ("ground/click", TRUE, test_click);
  DRAW_ADD_TEST ("ground/keys", TRUE, test_keys);
  DRAW_ADD_TEST ("ground/belongs-to-picture", TRUE, test_belongs_to_picture);
  DRAW_ADD_TEST ("ground/list", TRUE, test_list);
  DRAW_ADD_TEST ("ground/all", TRUE, test_all_is_ground);
  DRAW_ADD_TEST ("ground/drawing", TRUE, test_drawing);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
