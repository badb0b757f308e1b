/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on the Draw page: opened, pasted, dropped, broken, and cancelled. */

#include <string.h>

#include "app-window.h"
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
  const guint8 *result;

  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_no_error (error);
  expected =
    atelier_input_run_rgba (atelier_model_get_input (atelier_trainer_get_model (draw_trainer)),
                            atelier_picture_get_rgba (picture), 280, 280, 280 * 4);
  result = expected->stages[ATELIER_STAGE_RESULT].pixels;

  draw_bag (fixture->sketch);
  open_and_wait (fixture, path);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, result,
                   DRAW_N_PIXELS);
  draw_assert_bars_show (fixture, result);
  g_assert_true (draw_has_label (GTK_WIDGET (fixture->page), "bag.png, 280 × 280"));
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
  app_wait_until (draw_has_label (GTK_WIDGET (fixture->page), "bag.png, 280 × 280"));
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
  g_assert_false (draw_has_label (GTK_WIDGET (fixture->page), "bag.png"));
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
  g_assert_true (draw_has_label (GTK_WIDGET (fixture->page), "second.png"));
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
  g_assert_true (draw_has_label (fixture->window, "evil <b>&.png"));
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
      g_assert_true (draw_has_label (fixture->window, name));
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
  g_assert_true (draw_has_label (fixture->window, "not-there.png"));
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
  g_assert_true (draw_has_label (fixture->window, "the same all over"));
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
  g_assert_true (draw_has_label (GTK_WIDGET (fixture->page), "copied.png"));
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
  g_assert_true (draw_has_label (fixture->window, "no picture in the clipboard"));
}

/* Adds a label above the page that offers @content when dragged. */
static GtkWidget *
add_drag_source (DrawFixture        *fixture,
                 GdkContentProvider *content)
{
  GtkWidget *overlay = g_object_ref (adw_window_get_content (ADW_WINDOW (fixture->window)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Drag me");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), overlay);
  g_object_unref (overlay);
  adw_window_set_content (ADW_WINDOW (fixture->window), box);
  draw_settle (fixture);
  return label;
}

static void
drop (DrawFixture        *fixture,
      GdkContentProvider *content)
{
  GtkWidget *source = add_drag_source (fixture, content);
  g_autofree char *from = pointer_format_place (source, 30, 8);
  g_autofree char *past = pointer_format_place (source, 60, 60);
  g_autofree char *near = pointer_format_place (GTK_WIDGET (fixture->pad), 100, 100);
  g_autofree char *to = pointer_format_place (GTK_WIDGET (fixture->pad), 110, 110);

  pointer_do (fixture->window, from);
  pointer_do (fixture->window, "mousedown 1");
  pointer_do (fixture->window, past);
  pointer_do (fixture->window, near);
  pointer_do (fixture->window, to);
  pointer_do (fixture->window, "mouseup 1");
  app_wait_until (draw_has_label (GTK_WIDGET (fixture->page), "× 280"));
  draw_settle (fixture);
}

static void
test_drop_file (DrawFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "dropped.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkContentProvider) content = NULL;
  GdkFileList *list;

  if (!pointer_can_be_moved ())
    return;
  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  list = gdk_file_list_new_from_array (&file, 1);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  drop (fixture, content);
  g_assert_true (draw_has_label (GTK_WIDGET (fixture->page), "dropped.png"));
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_drop_image (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "dropped.png");
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *contents;
  gsize length;

  if (!pointer_can_be_moved ())
    return;
  write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 5));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  bytes = g_bytes_new_take (contents, length);
  content = gdk_content_provider_new_for_bytes ("image/png", bytes);
  drop (fixture, content);
  g_assert_true (draw_has_label (GTK_WIDGET (fixture->page), "Dropped picture"));
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
  DRAW_ADD_TEST ("picture/drop-file", TRUE, test_drop_file);
  DRAW_ADD_TEST ("picture/drop-image", TRUE, test_drop_image);
  g_test_add_func ("/app/draw/picture/closed-while-reading", test_closed_while_reading);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
