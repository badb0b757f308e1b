/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on the Draw page: opened, pasted, dropped, broken, and cancelled. */

#include <glib/gstdio.h>
#include <string.h>

#include "app-window.h"
#include "drag.h"
#include "draw-fixture.h"
#include "file-dialog.h"
#include "picture/atelier-picture.h"
#include "pointer.h"

static void
open_and_wait (DrawFixture *fixture,
               const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  atelier_draw_page_open_picture (fixture->page, file);
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
}

/* A test picture ten times as large, dark on white paper. */
static void
write_picture (const char   *path,
               const guint8 *pixels)
{
  const guint scale = 10;
  g_autofree guint8 *large = g_malloc (DRAW_N_PIXELS * scale * scale);
  g_autoptr (GError) error = NULL;

  for (guint y = 0; y < DRAW_SIDE * scale; y++)
    for (guint x = 0; x < DRAW_SIDE * scale; x++)
      large[y * DRAW_SIDE * scale + x] = 255 - pixels[(y / scale) * DRAW_SIDE + x / scale];
  atelier_picture_save_grey_png (large, DRAW_SIDE * scale, DRAW_SIDE * scale, path, &error);
  g_assert_no_error (error);
}

static void
test_open_picture (DrawFixture   *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "bag.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *rgba = g_malloc (280 * 280 * 4);
  const guint8 *result;

  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, 280);
  atelier_picture_read_rows (picture, 0, 280, rgba);
  expected =
    atelier_input_run_rgba (atelier_model_get_input (atelier_trainer_get_model (draw_trainer)),
                            rgba, 280, 280, 280 * 4);
  result = expected->stages[ATELIER_STAGE_RESULT].pixels;

  draw_bag (fixture->sketch);
  open_and_wait (fixture, path);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, result,
                   DRAW_N_PIXELS);
  draw_assert_bars_show (fixture, result);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->page), "bag.png, 280 × 280"));
}

static void
test_open_dialog (DrawFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "bag.png");

  if (!file_dialog_can_be_shown ())
    return;
  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  draw_activate (fixture, "draw.open");
  file_dialog_select (path);
  g_assert_true (
    gtk_file_chooser_get_select_multiple (GTK_FILE_CHOOSER (file_dialog_find ())));
  file_dialog_answer (TRUE);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->page), "bag.png, 280 × 280"));
}

/* A drawing that is light up to the border could be taken for paper and inverted; saved and opened
 * again, it gets the same answer. */
static void
test_saved_drawing_keeps_its_answer (DrawFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "drawing.png");
  g_autoptr (GError) error = NULL;
  guint8 pixels[DRAW_N_PIXELS];
  double scores[DRAW_N_CLASSES];

  draw_bag (fixture->sketch);
  draw_settle (fixture);
  memset (pixels, 220, sizeof pixels);
  memset (pixels + 10 * DRAW_SIDE + 3, 0, 9);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  draw_settle (fixture);
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    scores[i] = atelier_score_bars_get_score (fixture->bars, i);
  atelier_picture_save_drawing_png (pixels, DRAW_SIDE, DRAW_SIDE,
                                    atelier_sketch_get_fits (fixture->sketch), path, &error);
  g_assert_no_error (error);
  draw_activate (fixture, "draw.clear");
  open_and_wait (fixture, path);
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    g_assert_true (atelier_score_bars_get_score (fixture->bars, i) == scores[i]);
}

static void
test_open_picture_can_be_undone (DrawFixture   *fixture,
                                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "bag.png");
  guint8 before[DRAW_N_PIXELS];

  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  draw_bag (fixture->sketch);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_and_wait (fixture, path);
  draw_activate (fixture, "draw.undo");
  draw_settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                   DRAW_N_PIXELS);
  g_assert_false (app_has_label (GTK_WIDGET (fixture->page), "bag.png"));
}

static void
test_newest_picture_wins (DrawFixture   *fixture,
                          gconstpointer  data)
{
  g_autofree char *first_path = draw_get_path (fixture, "first.png");
  g_autofree char *second_path = draw_get_path (fixture, "second.png");
  g_autoptr (GFile) first = g_file_new_for_path (first_path);

  write_picture (first_path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 1));
  write_picture (second_path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 2));
  atelier_draw_page_open_picture (fixture->page, first);
  open_and_wait (fixture, second_path);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->page), "second.png"));
  draw_activate (fixture, "draw.undo");
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_hostile_picture (DrawFixture   *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "evil <b>&.png");
  guint8 before[DRAW_N_PIXELS];

  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n and then nothing", -1, NULL));
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_and_wait (fixture, path);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                   DRAW_N_PIXELS);
  g_assert_true (app_has_label (fixture->window, "evil <b>&.png"));
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

/* A valid file cut off at a hundred places: each error names the file and leaves the pad as it
 * was. */
static void
test_a_hundred_cuts (DrawFixture   *fixture,
                     gconstpointer  data)
{
  enum { N_CUTS = 100, N_LAST_CHUNK = 12 };
  g_autofree char *whole_path = draw_get_path (fixture, "whole.png");
  g_autofree char *whole = NULL;
  guint8 before[DRAW_N_PIXELS];
  gsize size;

  write_picture (whole_path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  g_assert_true (g_file_get_contents (whole_path, &whole, &size, NULL));
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);

  for (guint i = 0; i < N_CUTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("cut-%02u.png", i);
      g_autofree char *path = draw_get_path (fixture, name);

      g_assert_true (g_file_set_contents (path, whole,
                                          (gssize) (i * (size - N_LAST_CHUNK) / N_CUTS), NULL));
      open_and_wait (fixture, path);
      g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                       DRAW_N_PIXELS);
      g_assert_true (app_has_label (fixture->window, name));
    }
  draw_activate (fixture, "draw.undo");
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_missing_picture (DrawFixture   *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "not-there.png");

  open_and_wait (fixture, path);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (app_has_label (fixture->window, "not-there.png"));
}

static void
test_blank_picture (DrawFixture   *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "blank.png");
  const guint8 nothing[DRAW_N_PIXELS] = { 0 };

  write_picture (path, nothing);
  draw_bag (fixture->sketch);
  open_and_wait (fixture, path);
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (app_has_label (fixture->window, "the same all over"));
}

static void
test_paste (DrawFixture   *fixture,
            gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "copied.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint8 opened[DRAW_N_PIXELS];

  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  open_and_wait (fixture, path);
  memcpy (opened, atelier_sketch_get_pixels (fixture->sketch), sizeof opened);
  draw_activate (fixture, "draw.clear");
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), texture);
  draw_activate (fixture, "draw.paste");
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, opened,
                   DRAW_N_PIXELS);
}

static void
test_paste_file (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "copied.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *list;

  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  list = gdk_file_list_new_from_array (&file, 1);
  gdk_clipboard_set (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), GDK_TYPE_FILE_LIST,
                     list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  draw_activate (fixture, "draw.paste");
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->page), "copied.png"));
}

static void
test_paste_text (DrawFixture   *fixture,
                 gconstpointer  data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), "a shirt");
  draw_activate (fixture, "draw.paste");
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (app_has_label (fixture->window, "no picture in the clipboard"));
}

static void
drop (DrawFixture        *fixture,
      GtkWidget          *source,
      GdkContentProvider *content)
{
  drag_hold (source, content, GTK_WIDGET (fixture->pad));
  app_wait_until (drag_has_frame (GTK_WIDGET (fixture->page)));
  drag_drop (source);
  app_wait_until (!drag_has_frame (GTK_WIDGET (fixture->page)));
  draw_settle (fixture);
}

/* The second drop is as good as the first. */
static void
test_drop_files (DrawFixture   *fixture,
                 gconstpointer  data)
{
  GtkWidget *source;

  if (!pointer_can_be_moved ())
    return;
  source = drag_add_source (GTK_WIDGET (fixture->page));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("dropped-%u.png", i);
      g_autofree char *path = draw_get_path (fixture, name);
      const char * const paths[] = { path, NULL };
      g_autoptr (GdkContentProvider) content = drag_new_files (paths);

      write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, i));
      drop (fixture, source, content);
      app_wait_until (app_has_label (GTK_WIDGET (fixture->page), name));
      g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
    }
}

static void
test_drop_image (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "dropped.png");
  g_autoptr (GdkContentProvider) content = NULL;

  if (!pointer_can_be_moved ())
    return;
  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  content = drag_new_picture (path);
  drop (fixture, drag_add_source (GTK_WIDGET (fixture->page)), content);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->page), "Dropped picture"));
}

static void
assert_drop_is_refused (DrawFixture        *fixture,
                        GdkContentProvider *content,
                        gboolean            is_framed,
                        const char         *what)
{
  GtkWidget *source = drag_add_source (GTK_WIDGET (fixture->page));
  g_autofree char *words = g_strdup_printf ("%s. Pictures can be dropped here.", what);

  drag_hold (source, content, GTK_WIDGET (fixture->pad));
  g_assert_true (drag_has_frame (GTK_WIDGET (fixture->page)) == is_framed);
  drag_drop (source);
  app_wait_until (app_has_label (gtk_widget_get_parent (source), words));
  g_assert_false (drag_has_frame (GTK_WIDGET (fixture->page)));
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_drop_text (DrawFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GdkContentProvider) content = drag_new_text ("a shirt");

  if (!pointer_can_be_moved ())
    return;
  assert_drop_is_refused (fixture, content, FALSE, "Text was dropped");
}

/* Whether a file is a folder is known only after the drop. */
static void
test_drop_folder (DrawFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "shirts");
  const char * const paths[] = { path, NULL };
  g_autoptr (GdkContentProvider) content = drag_new_files (paths);

  if (!pointer_can_be_moved ())
    return;
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_drop_is_refused (fixture, content, TRUE, "“shirts” is a folder");
}

/* A page that is closed while a picture is read is freed. */
static void
test_closed_while_reading (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = atelier_draw_page_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/usr/share/dict/words");
  gpointer weak_page = page;

  g_object_add_weak_pointer (G_OBJECT (page), &weak_page);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  app_wait_for_frame (page);
  atelier_draw_page_open_picture (ATELIER_DRAW_PAGE (page), file);
  gtk_window_destroy (GTK_WINDOW (window));
  app_wait_until (weak_page == NULL);
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("picture/open", TRUE, test_open_picture);
  DRAW_ADD_TEST ("picture/open-dialog", TRUE, test_open_dialog);
  DRAW_ADD_TEST ("picture/saved-drawing", TRUE, test_saved_drawing_keeps_its_answer);
  DRAW_ADD_TEST ("picture/undo", TRUE, test_open_picture_can_be_undone);
  DRAW_ADD_TEST ("picture/newest-wins", TRUE, test_newest_picture_wins);
  DRAW_ADD_TEST ("picture/hostile", TRUE, test_hostile_picture);
  DRAW_ADD_TEST ("picture/a-hundred-cuts", TRUE, test_a_hundred_cuts);
  DRAW_ADD_TEST ("picture/missing", TRUE, test_missing_picture);
  DRAW_ADD_TEST ("picture/blank", TRUE, test_blank_picture);
  DRAW_ADD_TEST ("picture/paste", TRUE, test_paste);
  DRAW_ADD_TEST ("picture/paste-file", TRUE, test_paste_file);
  DRAW_ADD_TEST ("picture/paste-text", TRUE, test_paste_text);
  DRAW_ADD_TEST ("picture/drop-files", TRUE, test_drop_files);
  DRAW_ADD_TEST ("picture/drop-image", TRUE, test_drop_image);
  DRAW_ADD_TEST ("picture/drop-text", TRUE, test_drop_text);
  DRAW_ADD_TEST ("picture/drop-folder", TRUE, test_drop_folder);
  g_test_add_func ("/app/draw/picture/closed-while-reading", test_closed_while_reading);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
