/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The gallery with a run that was made up: orders, choosing several, sizes, the clipboard, files,
 * and the words where there are no pictures. */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "mistakes/atelier-gallery.h"
#include "pictures/atelier-picture-export.h"
#include "pictures/atelier-tile.h"
#include "pointer.h"
#include "results/atelier-image-story.h"
#include "small-runs.h"

#define N_CLASSES 10
#define SIDE 28

typedef struct
{
  GtkWidget          *window;
  AtelierGallery     *gallery;
  AtelierPictureView *view;
  AtelierPictureList *list;
  AtelierFocus       *focus;
  AtelierHistory     *history;
  AtelierRunRecord   *record;
  AtelierSplits      *splits;
  AtelierDataset     *dataset; /* the splits' */
} Fixture;

static guint
get_n_listed (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

/* Predicts the class after the true one for all but each third image, with scores that rise from
 * image to image.  An odd epoch swaps right and wrong for the images whose number seven divides. */
static AtelierPredictions *
predict (Fixture      *fixture,
         AtelierSplit  split,
         guint         epoch)
{
  guint n = atelier_splits_get_n (fixture->splits, split);
  const guint8 *labels = atelier_splits_get_labels (fixture->splits, split);
  g_autofree float *scores = g_new0 (float, n * N_CLASSES);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_right = (i % 3 == 0) != (epoch % 2 == 1 && i % 7 == 0);
      guint i_class = is_right ? labels[i] : (labels[i] + 1u) % N_CLASSES;

      scores[i * N_CLASSES + labels[i]] = 0.05f + 0.1f * (float) ((i * 13) % n) / (float) n;
      scores[i * N_CLASSES + i_class] = 0.5f + 0.4f * (float) i / (float) n;
    }

  return atelier_predictions_new (split, scores, labels, n, N_CLASSES);
}

static void
add_epoch (Fixture *fixture)
{
  const guint number = atelier_history_get_n_epochs (fixture->history) + 1;
  const AtelierEpochFigures figures = { .epoch = number, .loss = 1.0, .validation_loss = 1.0 };
  g_autoptr (AtelierPredictions) predictions = predict (fixture, ATELIER_SPLIT_VALIDATION, number);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, predictions, NULL);

  atelier_history_append_epoch (fixture->history, epoch);
}

static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 3; i++)
    app_wait_for_frame (fixture->window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  guint n_epochs = GPOINTER_TO_UINT (data);

  fixture->gallery = g_object_new (ATELIER_TYPE_GALLERY, NULL);
  fixture->view = atelier_gallery_get_view (fixture->gallery);
  fixture->list = atelier_gallery_get_list (fixture->gallery);
  fixture->focus = atelier_focus_new ();
  fixture->history = atelier_history_new (10, 5);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 1200, 10);
  fixture->dataset = atelier_splits_get_dataset (fixture->splits);
  fixture->record = record_of (fixture->history, fixture->splits);
  for (guint i = 0; i < n_epochs; i++)
    add_epoch (fixture);
  atelier_gallery_set_focus (fixture->gallery, fixture->focus);
  if (n_epochs > 0)
    atelier_focus_set_run (fixture->focus, fixture->record, fixture->splits);

  fixture->window = adw_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (fixture->gallery));
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 480, 420);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
  settle (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer gallery = fixture->gallery;

  g_object_add_weak_pointer (gallery, &gallery);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_wait_until (gallery == NULL);
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->record);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static AtelierPredictions *
get_predictions (Fixture *fixture)
{
  return atelier_focus_get_predictions (fixture->focus);
}

static guint
get_listed (Fixture *fixture,
            guint    position)
{
  return atelier_picture_list_get_picture (fixture->list, position);
}

static gboolean
has_selected (Fixture    *fixture,
              const char *expected)
{
  g_autoptr (GtkBitset) selected = atelier_picture_list_get_selected (fixture->list);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    g_string_append_printf (found, "%u ", gtk_bitset_get_nth (selected, i));

  return g_str_equal (found->str, expected);
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL));
}

/* The mapped tile that shows the picture at @position. */
static AtelierTile *
find_tile (Fixture *fixture,
           guint    position)
{
  g_autoptr (GPtrArray) tiles = app_find_all (fixture->view, ATELIER_TYPE_TILE);

  for (guint i = 0; i < tiles->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (tiles, i))
        && atelier_tile_get_picture (g_ptr_array_index (tiles, i))
             == get_listed (fixture, position))
      return g_ptr_array_index (tiles, i);

  g_assert_not_reached ();
}

static const char *
get_words (Fixture *fixture)
{
  return gtk_inscription_get_text (
    GTK_INSCRIPTION (gtk_widget_get_template_child (GTK_WIDGET (fixture->gallery),
                                                    ATELIER_TYPE_GALLERY, "empty_label")));
}

/* Orders */

static void
test_orders (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierPredictions *predictions = get_predictions (fixture);
  guint n = get_n_listed (fixture);
  g_autofree guint *flips = NULL;
  guint n_flips;

  flips = atelier_history_count_flips (fixture->history, ATELIER_SPLIT_VALIDATION, &n_flips);
  g_assert_cmpuint (n, >, 50);
  for (guint order = 0; order < ATELIER_N_ORDERS; order++)
    {
      g_object_set (fixture->gallery, "order", order, NULL);
      g_assert_cmpuint (get_n_listed (fixture), ==, n);
      for (guint i = 1; i < n; i++)
        {
          guint before = get_listed (fixture, i - 1), after = get_listed (fixture, i);

          if (order == ATELIER_ORDER_MOST_CERTAIN)
            g_assert_cmpfloat (atelier_predictions_get_score (predictions, before), >=,
                               atelier_predictions_get_score (predictions, after));
          else if (order == ATELIER_ORDER_LEAST_CERTAIN)
            g_assert_cmpfloat (atelier_predictions_get_score (predictions, before), <=,
                               atelier_predictions_get_score (predictions, after));
          else if (order == ATELIER_ORDER_HIGHEST_LOSS)
            g_assert_cmpfloat (atelier_predictions_get_truth_score (predictions, before), <=,
                               atelier_predictions_get_truth_score (predictions, after));
          else if (order == ATELIER_ORDER_MOST_FLIPPED)
            g_assert_cmpuint (flips[before], >=, flips[after]);
          else
            g_assert_cmpuint (before, <, after);
        }
    }
}

/* Pictures whose answer changed come first, and there are some. */
static void
test_flips (Fixture       *fixture,
            gconstpointer  data)
{
  g_object_set (fixture->gallery, "order", ATELIER_ORDER_MOST_FLIPPED, NULL);
  g_assert_cmpuint (get_listed (fixture, 0) % 7, ==, 0);
  g_assert_cmpuint (get_listed (fixture, get_n_listed (fixture) - 1) % 7, !=, 0);
}

/* Choosing */

static void
test_select_all (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GtkBitset) selected = NULL;

  activate (fixture, "pictures.select-all");
  selected = atelier_picture_list_get_selected (fixture->list);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, get_n_listed (fixture));
}

static void
click_tile (Fixture    *fixture,
            guint       position,
            const char *before,
            const char *after)
{
  AtelierTile *tile = find_tile (fixture, position);
  g_autofree char *move = pointer_format_place (GTK_WIDGET (tile), 40.0, 40.0);
  g_autofree char *commands = g_strdup_printf ("%s %s click 1 %s", move, before, after);
  g_auto (GStrv) words = g_strsplit (commands, "  ", -1);
  g_autofree char *line = g_strjoinv (" ", words);

  pointer_do (fixture->window, g_strstrip (line));
}

static void
test_clicks (Fixture       *fixture,
             gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  /* A double click would open the picture. */
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  click_tile (fixture, 1, "", "");
  app_wait_until (has_selected (fixture, "1 "));
  click_tile (fixture, 3, "keydown Control_L", "keyup Control_L");
  app_wait_until (has_selected (fixture, "1 3 "));
  click_tile (fixture, 1, "keydown Control_L", "keyup Control_L");
  app_wait_until (has_selected (fixture, "3 "));
  click_tile (fixture, 0, "", "");
  app_wait_until (has_selected (fixture, "0 "));
  click_tile (fixture, 2, "keydown Shift_L", "keyup Shift_L");
  app_wait_until (has_selected (fixture, "0 1 2 "));
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-double-click-time");
}

/* Pictures stay selected in another epoch and another order, not places. */
static void
test_selection_survives (Fixture       *fixture,
                         gconstpointer  data)
{
  guint chosen[2] = { get_listed (fixture, 2), get_listed (fixture, 5) };
  g_autoptr (GtkBitset) selected = NULL;
  guint position;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 2, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 5, FALSE);
  g_object_set (fixture->gallery, "order", ATELIER_ORDER_LEAST_CERTAIN, NULL);
  add_epoch (fixture);
  selected = atelier_picture_list_get_selected (fixture->list);

  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    if (atelier_picture_list_find (fixture->list, chosen[i], &position))
      g_assert_true (gtk_bitset_contains (selected, position));
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      guint index = get_listed (fixture, gtk_bitset_get_nth (selected, i));

      g_assert_true (index == chosen[0] || index == chosen[1]);
    }
}

/* Another epoch lists the pictures in another order; the grid makes no tile anew for that. */
static void
test_tiles_survive (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  guint n_kept = 0;

  atelier_focus_set_epoch (fixture->focus, 1);
  settle (fixture);
  before = app_find_all (fixture->view, ATELIER_TYPE_TILE);
  g_ptr_array_foreach (before, (GFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (before, g_object_unref);
  atelier_focus_set_epoch (fixture->focus, 2);
  settle (fixture);
  after = app_find_all (fixture->view, ATELIER_TYPE_TILE);

  for (guint i = 0; i < after->len; i++)
    n_kept += g_ptr_array_find (before, g_ptr_array_index (after, i), NULL);
  g_assert_cmpuint (n_kept, >, 10);
  g_assert_cmpuint (n_kept, ==, MIN (before->len, after->len));
  for (guint i = 0; i < 5; i++)
    g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (find_tile (fixture, i))));
}

/* The focus stays on the picture when the list is another one. */
static void
test_keyboard_survives (Fixture       *fixture,
                        gconstpointer  data)
{
  guint index = get_listed (fixture, 4);
  guint position;

  atelier_picture_view_go_to (fixture->view, 4, TRUE);
  settle (fixture);
  g_assert_true (atelier_picture_view_get_current (fixture->view, &position));
  g_assert_cmpuint (position, ==, 4);

  g_object_set (fixture->gallery, "order", ATELIER_ORDER_DATA, NULL);
  settle (fixture);
  g_assert_true (atelier_picture_view_get_current (fixture->view, &position));
  g_assert_cmpuint (get_listed (fixture, position), ==, index);
}

/* Sizes */

static void
assert_zoom (Fixture *fixture,
             guint    zoom)
{
  AtelierTile *tile;
  guint found;

  settle (fixture);
  g_object_get (fixture->view, "zoom", &found, NULL);
  g_assert_cmpuint (found, ==, zoom);
  tile = find_tile (fixture, 0);
  g_assert_cmpint (gdk_texture_get_width (atelier_tile_get_texture (tile)), ==,
                   (int) zoom * SIDE * gtk_widget_get_scale_factor (GTK_WIDGET (tile)));
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  assert_zoom (fixture, 3);
  activate (fixture, "pictures.larger");
  assert_zoom (fixture, 4);
  activate (fixture, "pictures.larger");
  assert_zoom (fixture, 4);
  activate (fixture, "pictures.smaller");
  activate (fixture, "pictures.smaller");
  assert_zoom (fixture, 2);
  activate (fixture, "pictures.smaller");
  assert_zoom (fixture, 2);
}

/* The picture's sides as drawn, of all tiles on the screen. */
static void
assert_sides (Fixture *fixture,
              guint    zoom)
{
  g_autoptr (GPtrArray) tiles = app_find_all (fixture->view, ATELIER_TYPE_TILE);
  guint n = 0;

  for (guint i = 0; i < tiles->len; i++)
    {
      GtkWidget *tile = g_ptr_array_index (tiles, i);
      GdkTexture *texture = atelier_tile_get_texture (ATELIER_TILE (tile));

      if (!gtk_widget_get_mapped (tile) || texture == NULL)
        continue;
      g_assert_cmpint (gdk_texture_get_width (texture), ==,
                       (int) zoom * SIDE * gtk_widget_get_scale_factor (tile));
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* GTK makes and drops tiles at each of these steps. */
static void
test_zoom_while_tiles_come_and_go (Fixture       *fixture,
                                   gconstpointer  data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (
    GTK_WIDGET (find_tile (fixture, 0)), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  for (guint i = 0; i < 6; i++)
    {
      activate (fixture, i % 2 == 0 ? "pictures.smaller" : "pictures.larger");
      add_epoch (fixture);
      settle (fixture);
      assert_sides (fixture, i % 2 == 0 ? 2 : 3);
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment)
                                              * (double) ((i * 2) % 5) / 5.0);
      add_epoch (fixture);
      settle (fixture);
      assert_sides (fixture, i % 2 == 0 ? 2 : 3);
    }
}

/* A tile draws each pixel of the picture as a square. */
static void
test_tile_pixels (Fixture       *fixture,
                  gconstpointer  data)
{
  AtelierTile *tile = find_tile (fixture, 0);
  GdkTexture *texture = atelier_tile_get_texture (tile);
  int width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, width * width);
  const guint8 *image = atelier_dataset_get_image (fixture->dataset, get_listed (fixture, 0));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 grey = image[y * SIDE / width * SIDE + x * SIDE / width];

        g_assert_cmphex (pixels[y * width + x], ==, 0xff000000u | grey << 16 | grey << 8 | grey);
      }
}

/* Copying and saving */

static void
on_texture_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GdkTexture **) user_data =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

/* As another program would read it, from PNG. */
static GdkTexture *
read_clipboard (Fixture *fixture)
{
  GdkTexture *texture = NULL;

  gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->view)), NULL,
                                    on_texture_cb, &texture);
  app_wait_until (texture);

  return texture;
}

static void
assert_pixels (Fixture    *fixture,
               GdkTexture *texture,
               guint       index)
{
  const guint8 *image = atelier_dataset_get_image (fixture->dataset, index);
  guint32 pixels[SIDE * SIDE];

  g_assert_cmpint (gdk_texture_get_width (texture), ==, SIDE);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, SIDE);
  gdk_texture_download (texture, (guchar *) pixels, SIDE * 4);
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_cmphex (pixels[i], ==,
                     0xff000000u | (guint32) image[i] << 16 | (guint32) image[i] << 8 | image[i]);
}

static void
test_copy_one (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = NULL;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 3, TRUE);
  activate (fixture, "pictures.copy");
  texture = read_clipboard (fixture);
  assert_pixels (fixture, texture, get_listed (fixture, 3));
  app_find_titled (fixture->window, GTK_TYPE_LABEL, "Copied the picture");
}

static void
test_copy_several (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = NULL;

  gtk_selection_model_select_range (GTK_SELECTION_MODEL (fixture->list), 0, 6, TRUE);
  activate (fixture, "pictures.copy");
  texture = read_clipboard (fixture);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 2 * 112);
  g_assert_cmpint (gdk_texture_get_height (texture), >, 2 * 112);
  app_find_titled (fixture->window, GTK_TYPE_LABEL, "Copied 6 pictures as one sheet");
}

static void
assert_name (Fixture    *fixture,
             guint       index,
             const char *expected)
{
  g_autoptr (AtelierPictureExport) picture_export =
    atelier_picture_export_new (fixture->splits, get_predictions (fixture), &index, 1);
  g_autofree char *name = atelier_picture_export_get_name (picture_export, 0);

  g_assert_cmpstr (name, ==, expected);
}

static guint
find_image (Fixture  *fixture,
            guint     i_class,
            gboolean  is_right)
{
  AtelierPredictions *predictions = get_predictions (fixture);

  for (guint i = 0; i < atelier_predictions_get_n (predictions); i++)
    if (atelier_predictions_get_label (predictions, i) == i_class
        && (atelier_predictions_get_class (predictions, i) == i_class) == is_right)
      return i;

  g_assert_not_reached ();
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  guint wrong = find_image (fixture, 9, FALSE), right = find_image (fixture, 4, TRUE);
  g_autofree char *wrong_name =
    g_strdup_printf ("validation-%05u-ankle-boot-called-t-shirt-top.png", wrong);
  g_autofree char *right_name = g_strdup_printf ("validation-%05u-coat.png", right);

  assert_name (fixture, wrong, wrong_name);
  assert_name (fixture, right, right_name);
}

typedef struct
{
  gboolean is_done;
  gssize   n;
} Saved;

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Saved *saved = user_data;
  g_autoptr (GError) error = NULL;

  saved->n = atelier_picture_export_save_finish (result, &error);
  g_assert_no_error (error);
  saved->is_done = TRUE;
}

/* The first @n pictures of the list. */
static void
save (Fixture    *fixture,
      guint       n,
      const char *path,
      Saved      *saved)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_range (0, n);

  *saved = (Saved) { 0 };
  atelier_picture_export_save_async (
    atelier_picture_export_new_from_list (fixture->list, positions), path, NULL, on_saved_cb,
    saved);
  app_wait_until (saved->is_done);
}

static void
assert_file (Fixture    *fixture,
             const char *path,
             guint       index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);

  g_assert_no_error (error);
  assert_pixels (fixture, texture, index);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_save_one (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-gallery-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mine.png", NULL);
  Saved saved;

  save (fixture, 1, path, &saved);
  g_assert_cmpint (saved.n, ==, 1);
  assert_file (fixture, path, get_listed (fixture, 0));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Saved twice into one folder, no file is replaced. */
static void
test_save_several (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-gallery-XXXXXX", NULL);
  g_autoptr (GtkBitset) positions = gtk_bitset_new_range (0, 3);
  g_autoptr (AtelierPictureExport) picture_export =
    atelier_picture_export_new_from_list (fixture->list, positions);
  Saved saved;

  save (fixture, 3, folder, &saved);
  save (fixture, 3, folder, &saved);
  g_assert_cmpint (saved.n, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = atelier_picture_export_get_name (picture_export, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".png"));
      g_autofree char *copy = g_strconcat (stem, "-2.png", NULL);

      assert_file (fixture, path, get_listed (fixture, i));
      assert_file (fixture, copy, get_listed (fixture, i));
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Words */

static void
test_says_how_to_begin (Fixture       *fixture,
                        gconstpointer  data)
{
  g_assert_true (g_str_has_prefix (get_words (fixture), "After the first epoch"));
}

static void
test_says_what_is_missing (Fixture       *fixture,
                           gconstpointer  data)
{
  const AtelierSelection cell = { ATELIER_SELECT_CELL, 0, 5 };

  atelier_focus_set_selection (fixture->focus, &cell);
  g_assert_cmpuint (get_n_listed (fixture), ==, 0);
  g_assert_cmpstr (get_words (fixture), ==,
                   "No picture: the network gave no such answer in this epoch.");
  atelier_focus_set_mistakes (fixture->focus, TRUE);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TRAIN);
  g_assert_cmpstr (get_words (fixture), ==,
                   "These pictures were not classified in this epoch.");
}

/* Of the test set, where its pictures will be found. */
static void
test_says_locked (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierPredictions) predictions =
    predict (fixture, ATELIER_SPLIT_TEST, 1);

  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  g_assert_cmpstr (get_words (fixture), ==,
                   "The test set is locked. Its pictures appear here once you have looked at it.");
  atelier_focus_set_test (fixture->focus, predictions, 0.5, 1);
  atelier_focus_set_epoch (fixture->focus, 1);
  g_assert_cmpuint (get_n_listed (fixture), >, 0);
  atelier_focus_set_epoch (fixture->focus, 2);
  g_assert_cmpstr (get_words (fixture), ==,
                   "The test set was looked at in another epoch. Its pictures are shown there.");
}

static void
test_tiles_are_told (Fixture       *fixture,
                     gconstpointer  data)
{
  guint index = get_listed (fixture, 0);
  AtelierTile *tile = find_tile (fixture, 0);
  const char * const *names = atelier_dataset_get_class_names (fixture->dataset);
  AtelierPredictions *predictions = get_predictions (fixture);
  g_autofree char *words = g_strdup_printf (
    "true %s, predicted %s, score %.2f", names[atelier_predictions_get_label (predictions, index)],
    names[atelier_predictions_get_class (predictions, index)],
    atelier_predictions_get_score (predictions, index));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
}

/* Pictures of a split without predictions, as on the Data page. */
static void
test_without_predictions (Fixture       *fixture,
                          gconstpointer  data)
{
  static const guint pictures[] = { 1007, 3, 11 };

  atelier_picture_list_fill_with (fixture->list, fixture->splits, pictures,
                                  G_N_ELEMENTS (pictures));
  settle (fixture);
  g_assert_cmpuint (get_n_listed (fixture), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      AtelierTile *tile = find_tile (fixture, i);
      guint label = atelier_dataset_get_label (fixture->dataset, pictures[i]);

      g_assert_cmpuint (atelier_tile_get_picture (tile), ==, pictures[i]);
      g_assert_cmpstr (atelier_tile_get_class (tile), ==,
                       atelier_dataset_get_class_names (fixture->dataset)[label]);
      g_assert_null (atelier_tile_get_score (tile));
      g_assert_null (atelier_tile_get_truth (tile));
    }
}

#define ADD_TEST(path, n_epochs, function) \
  g_test_add ("/app/gallery/" path, Fixture, GUINT_TO_POINTER (n_epochs), set_up, function, \
              tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("orders", 2, test_orders);
  ADD_TEST ("flips", 2, test_flips);
  ADD_TEST ("select-all", 1, test_select_all);
  ADD_TEST ("clicks", 1, test_clicks);
  ADD_TEST ("selection-survives", 1, test_selection_survives);
  ADD_TEST ("tiles-survive", 2, test_tiles_survive);
  ADD_TEST ("keyboard-survives", 1, test_keyboard_survives);
  ADD_TEST ("zoom", 1, test_zoom);
  ADD_TEST ("zoom-while-tiles-come-and-go", 1, test_zoom_while_tiles_come_and_go);
  ADD_TEST ("tile-pixels", 1, test_tile_pixels);
  ADD_TEST ("copy-one", 1, test_copy_one);
  ADD_TEST ("copy-several", 1, test_copy_several);
  ADD_TEST ("names", 1, test_names);
  ADD_TEST ("save-one", 1, test_save_one);
  ADD_TEST ("save-several", 1, test_save_several);
  ADD_TEST ("says-how-to-begin", 0, test_says_how_to_begin);
  ADD_TEST ("says-what-is-missing", 1, test_says_what_is_missing);
  ADD_TEST ("says-locked", 2, test_says_locked);
  ADD_TEST ("tiles-are-told", 1, test_tiles_are_told);
  ADD_TEST ("without-predictions", 1, test_without_predictions);

  return g_test_run ();
}
