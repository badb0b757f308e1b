/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings saved as PNG and in "my drawings". */

#include <glib/gstdio.h>
#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "file-dialog.h"
#include "draw/pad/atelier-save-popover.h"
#include "picture/atelier-picture.h"

static AtelierSavePopover *
get_popover (DrawFixture *fixture)
{
  return ATELIER_SAVE_POPOVER (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->page), ATELIER_TYPE_DRAW_PAGE, "save_popover"));
}

static void
wait_until_written (DrawFixture *fixture)
{
  gboolean is_busy = TRUE;

  app_wait_until ((g_object_get (get_popover (fixture), "is-busy", &is_busy, NULL), !is_busy));
}

/* The file holds the pad's pixels and its "fit" flag. */
static void
assert_holds_drawing (DrawFixture *fixture,
                      const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);
  guint8 rgba[DRAW_N_PIXELS * 4];
  gboolean fits = FALSE;

  g_assert_no_error (error);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, DRAW_SIDE);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, DRAW_SIDE);
  g_assert_true (atelier_picture_get_is_drawing (picture, &fits));
  g_assert_cmpint (fits, ==, atelier_sketch_get_fits (fixture->sketch));
  atelier_picture_read_rows (picture, 0, DRAW_SIDE, rgba);
  for (guint i = 0; i < DRAW_N_PIXELS; i++)
    g_assert_cmpuint (rgba[i * 4], ==, atelier_sketch_get_pixels (fixture->sketch)[i]);
}

static void
test_png (DrawFixture   *fixture,
          gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "mine.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  float scores[DRAW_N_CLASSES];

  draw_bag (fixture->sketch);
  draw_settle (fixture);
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    scores[i] = (float) atelier_score_bars_get_score (fixture->bars, i);
  atelier_save_popover_save (get_popover (fixture), file);
  wait_until_written (fixture);
  assert_holds_drawing (fixture, path);
  g_assert_true (app_has_label (fixture->window, "mine.png"));

  /* Opened again, it gives the same answer. */
  draw_activate (fixture, "draw.clear");
  atelier_draw_page_open_picture (fixture->page, file);
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    g_assert_cmpfloat ((float) atelier_score_bars_get_score (fixture->bars, i), ==, scores[i]);
}

static void
test_save_dialog (DrawFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "chosen.png");

  if (!file_dialog_can_be_shown ())
    return;
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  draw_activate (fixture, "draw.save");
  file_dialog_select (path);
  file_dialog_answer (TRUE);
  wait_until_written (fixture);
  assert_holds_drawing (fixture, path);
}

static void
test_unwritable (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "no-folder/mine.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  draw_bag (fixture->sketch);
  draw_settle (fixture);
  atelier_save_popover_save (get_popover (fixture), file);
  wait_until_written (fixture);
  g_assert_true (app_has_label (fixture->window, "mine.png"));
  g_assert_false (app_has_label (fixture->window, "Saved as"));
}

/* A drawing is added under the predicted class or under a chosen one, and removed again. */
static void
test_add_drawing (DrawFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *folder = draw_get_path (fixture, "drawings");
  g_autofree char *class_folder = g_build_filename (folder, "Ankle boot", NULL);
  g_autofree char *path = g_build_filename (class_folder, "drawing-0001.png", NULL);

  atelier_save_popover_set_folder (get_popover (fixture), folder);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  draw_settle (fixture);
  g_assert_cmpint (atelier_save_popover_get_class (get_popover (fixture)), ==,
                   atelier_score_bars_get_best (fixture->bars));
  atelier_save_popover_set_class (get_popover (fixture), 9);
  draw_activate (fixture, "draw.add-drawing");
  wait_until_written (fixture);
  assert_holds_drawing (fixture, path);
  g_assert_true (app_has_label (fixture->window, "Added to my drawings as “Ankle boot”"));

  draw_activate (fixture, "draw.take-back");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (class_folder), ==, 0);
}

static void
test_empty_pad (DrawFixture   *fixture,
                gconstpointer  data)
{
  GObject *board = gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                  ATELIER_TYPE_DRAW_PAGE, "board");
  GActionMap *actions = atelier_sketch_board_get_actions (ATELIER_SKETCH_BOARD (board));

  g_assert_false (g_action_get_enabled (g_action_map_lookup_action (actions, "save")));
  g_assert_false (g_action_get_enabled (g_action_map_lookup_action (actions, "add-drawing")));
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  g_assert_true (g_action_get_enabled (g_action_map_lookup_action (actions, "save")));
  g_assert_true (g_action_get_enabled (g_action_map_lookup_action (actions, "add-drawing")));
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("save/png", TRUE, test_png);
  DRAW_ADD_TEST ("save/dialog", TRUE, test_save_dialog);
  DRAW_ADD_TEST ("save/unwritable", TRUE, test_unwritable);
  DRAW_ADD_TEST ("save/add-drawing", TRUE, test_add_drawing);
  DRAW_ADD_TEST ("save/empty-pad", TRUE, test_empty_pad);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
