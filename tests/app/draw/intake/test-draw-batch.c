/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several pictures opened together on the Draw page: the list and its answers. */

#include <string.h>

#include "app-window.h"
#include "drag.h"
#include "draw-fixture.h"
#include "draw/intake/atelier-batch-view.h"
#include "inference/atelier-predictor.h"
#include "picture/atelier-picture.h"
#include "pointer.h"

static AtelierBatchView *
get_view (DrawFixture *fixture)
{
  return ATELIER_BATCH_VIEW (gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                            ATELIER_TYPE_DRAW_PAGE, "batch_view"));
}

static AtelierBatchItem *
get_item (DrawFixture *fixture,
          guint        i)
{
  AtelierPictureBatch *batch = atelier_batch_view_get_batch (get_view (fixture));
  g_autoptr (AtelierBatchItem) item =
    g_list_model_get_item (atelier_picture_batch_get_items (batch), i);

  return item; /* the list holds it */
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

/* Six pictures of the test split, and a broken file at position 2. */
static void
open_seven (DrawFixture *fixture)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture-%u.png", i);
      g_autofree char *path = draw_get_path (fixture, name);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (i == 2)
        g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n and then nothing", -1, NULL));
      else
        write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, i));
      g_list_store_append (files, file);
    }
  atelier_draw_page_open_pictures (fixture->page, G_LIST_MODEL (files));
  draw_settle (fixture);
}

static void
wait_until_read (DrawFixture *fixture)
{
  AtelierPictureBatch *batch = atelier_batch_view_get_batch (get_view (fixture));

  app_wait_until (atelier_picture_batch_get_n_pending (batch) == 0);
  draw_settle (fixture);
}

/* The pixels are those of the file after @input, and the answer is a second predictor's for
 * them. */
static void
assert_item_is_classified (DrawFixture        *fixture,
                           guint               i,
                           const AtelierInput *input)
{
  AtelierBatchItem *item = get_item (fixture, i);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor =
    atelier_predictor_new (atelier_trainer_get_model (draw_trainer), &error);
  g_autoptr (AtelierPicture) picture =
    atelier_picture_load (atelier_batch_item_get_file (item), NULL, &error);
  g_autoptr (AtelierInputResult) expected = atelier_input_run_picture (input, picture);
  float scores[DRAW_N_CLASSES];
  guint width, height, i_best = 0;
  const char *answer;
  double score;

  g_assert_no_error (error);
  g_assert_cmpmem (atelier_batch_item_get_pixels (item, &width, &height), DRAW_N_PIXELS,
                   expected->stages[ATELIER_STAGE_RESULT].pixels, DRAW_N_PIXELS);
  g_assert_true (atelier_predictor_classify (
    predictor, expected->stages[ATELIER_STAGE_RESULT].pixels, scores, &error));
  for (guint k = 1; k < DRAW_N_CLASSES; k++)
    if (scores[k] > scores[i_best])
      i_best = k;
  answer = atelier_batch_item_get_answer (item, &score);
  g_assert_cmpstr (answer, ==, atelier_fashion_class_names[i_best]);
  g_assert_cmpfloat (score, ==, (double) scores[i_best]);
}

static void
test_answers (DrawFixture   *fixture,
              gconstpointer  data)
{
  const AtelierInput *input = atelier_model_get_input (atelier_trainer_get_model (draw_trainer));
  guint8 before[DRAW_N_PIXELS];

  draw_bag (fixture->sketch);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_seven (fixture);
  wait_until_read (fixture);
  for (guint i = 0; i < 7; i++)
    if (i != 2)
      assert_item_is_classified (fixture, i, input);
  g_assert_true (strstr (atelier_batch_item_get_error (get_item (fixture, 2)), "picture-2.png"));
  g_assert_true (app_has_label (GTK_WIDGET (get_view (fixture)), "7 pictures"));
  g_assert_true (app_has_label (GTK_WIDGET (get_view (fixture)), "picture-3.png"));
  /* The pad has not changed. */
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                   DRAW_N_PIXELS);
}

static void
test_other_steps (DrawFixture   *fixture,
                  gconstpointer  data)
{
  AtelierInput input;

  open_seven (fixture);
  wait_until_read (fixture);
  draw_activate (fixture, "draw.steps::mnist");
  draw_settle (fixture);
  wait_until_read (fixture);
  atelier_input_init_mnist (&input, DRAW_SIDE, DRAW_SIDE);
  assert_item_is_classified (fixture, 4, &input);
}

/* Pictures read before there is a network are classified when it arrives. */
static void
test_network_arrives (DrawFixture   *fixture,
                      gconstpointer  data)
{
  const AtelierInput *input = atelier_model_get_input (atelier_trainer_get_model (draw_trainer));
  double score;

  open_seven (fixture);
  wait_until_read (fixture);
  g_assert_null (atelier_batch_item_get_answer (get_item (fixture, 6), &score));
  atelier_draw_page_set_trainer (fixture->page, draw_trainer);
  draw_settle (fixture);
  app_wait_until (atelier_batch_item_get_answer (get_item (fixture, 6), &score) != NULL);
  assert_item_is_classified (fixture, 6, input);
}

static void
test_open_one (DrawFixture   *fixture,
               gconstpointer  data)
{
  GObject *list;
  guint width, height;

  open_seven (fixture);
  wait_until_read (fixture);
  list = gtk_widget_get_template_child (GTK_WIDGET (get_view (fixture)), ATELIER_TYPE_BATCH_VIEW,
                                        "list_view");
  g_signal_emit_by_name (list, "activate", 5);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->page), "picture-5.png, 280 × 280"));
  draw_settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS,
                   atelier_batch_item_get_pixels (get_item (fixture, 5), &width, &height),
                   DRAW_N_PIXELS);

  /* A picture that cannot be read is not opened. */
  g_signal_emit_by_name (list, "activate", 2);
  draw_settle (fixture);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->page), "picture-5.png, 280 × 280"));
}

static void
test_paste_several (DrawFixture   *fixture,
                    gconstpointer  data)
{
  GFile *files[2];
  GdkFileList *list;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("copied-%u.png", i);
      g_autofree char *path = draw_get_path (fixture, name);

      write_picture (path, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, i));
      files[i] = g_file_new_for_path (path);
    }
  list = gdk_file_list_new_from_array (files, 2);
  gdk_clipboard_set (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), GDK_TYPE_FILE_LIST,
                     list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  draw_activate (fixture, "draw.paste");
  app_wait_until (app_has_label (GTK_WIDGET (get_view (fixture)), "2 pictures"));
  wait_until_read (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_object_unref (files[0]);
  g_object_unref (files[1]);
}

/* The list and the pad take turns, and the button for that is there with the list. */
static void
test_back_to_the_pad (DrawFixture   *fixture,
                      gconstpointer  data)
{
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->page), ATELIER_TYPE_DRAW_PAGE, "pictures_button"));

  g_assert_false (gtk_widget_get_visible (button));
  open_seven (fixture);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  app_click (button);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->pad)));
  app_click (button);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  draw_activate (fixture, "draw.close-pictures");
  g_assert_false (gtk_widget_get_visible (button));
}

static void
drop_on_list (DrawFixture        *fixture,
              GtkWidget          *source,
              GdkContentProvider *content)
{
  drag_hold (source, content, GTK_WIDGET (get_view (fixture)));
  app_wait_until (drag_has_frame (GTK_WIDGET (fixture->page)));
  drag_drop (source);
  g_assert_false (drag_has_frame (GTK_WIDGET (fixture->page)));
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  wait_until_read (fixture);
}

/* A file, several, and a picture that is none; the drawing stays as it is. */
static void
test_drop (DrawFixture   *fixture,
           gconstpointer  data)
{
  const AtelierInput *input = atelier_model_get_input (atelier_trainer_get_model (draw_trainer));
  g_autofree char *path = draw_get_path (fixture, "picture-3.png");
  g_autofree char *other_path = draw_get_path (fixture, "picture-4.png");
  const char * const one[] = { path, NULL };
  const char * const two[] = { path, other_path, NULL };
  g_autoptr (GdkContentProvider) file = drag_new_files (one);
  g_autoptr (GdkContentProvider) files = drag_new_files (two);
  g_autoptr (GdkContentProvider) picture = NULL;
  GListModel *items =
    atelier_picture_batch_get_items (atelier_batch_view_get_batch (get_view (fixture)));
  guint8 before[DRAW_N_PIXELS];
  GtkWidget *source;

  if (!pointer_can_be_moved ())
    return;
  draw_bag (fixture->sketch);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_seven (fixture);
  wait_until_read (fixture);
  source = drag_add_source (GTK_WIDGET (fixture->page));
  drop_on_list (fixture, source, file);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 8);
  drop_on_list (fixture, source, files);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 10);
  assert_item_is_classified (fixture, 7, input);
  assert_item_is_classified (fixture, 9, input);

  picture = drag_new_picture (path);
  drop_on_list (fixture, source, picture);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 11);
  g_assert_cmpstr (atelier_batch_item_get_name (get_item (fixture, 10)), ==, "Dropped picture");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, before,
                   DRAW_N_PIXELS);

  g_signal_emit_by_name (get_view (fixture), "open", get_item (fixture, 10));
  app_wait_until (app_has_label (GTK_WIDGET (fixture->page), "Dropped picture, 280 × 280"));
}

/* A picture that is to be changed is where it can be. */
static void
test_gives_way_to_a_picture (DrawFixture   *fixture,
                             gconstpointer  data)
{
  open_seven (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  draw_activate (fixture, "draw.example");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->pad)));
}

/* The list is closed while its pictures are being read. */
static void
test_close (DrawFixture   *fixture,
            gconstpointer  data)
{
  AtelierPictureBatch *batch = atelier_batch_view_get_batch (get_view (fixture));

  open_seven (fixture);
  draw_activate (fixture, "draw.close-pictures");
  g_assert_cmpuint (g_list_model_get_n_items (atelier_picture_batch_get_items (batch)), ==, 0);
  g_assert_cmpuint (atelier_picture_batch_get_n_pending (batch), ==, 0);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->pad)));
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("batch/answers", TRUE, test_answers);
  DRAW_ADD_TEST ("batch/other-steps", TRUE, test_other_steps);
  DRAW_ADD_TEST ("batch/network-arrives", FALSE, test_network_arrives);
  DRAW_ADD_TEST ("batch/open-one", TRUE, test_open_one);
  DRAW_ADD_TEST ("batch/paste-several", TRUE, test_paste_several);
  DRAW_ADD_TEST ("batch/back-to-the-pad", TRUE, test_back_to_the_pad);
  DRAW_ADD_TEST ("batch/drop", TRUE, test_drop);
  DRAW_ADD_TEST ("batch/gives-way", TRUE, test_gives_way_to_a_picture);
  DRAW_ADD_TEST ("batch/close", TRUE, test_close);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
