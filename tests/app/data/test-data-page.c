/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Data page: what it says is true of the data.
 *
 * Most tests have the page alone in a window, with a small data set in which copies were planted.
 * The last ones choose data in the whole window.
 */

#include "config.h"

#include "app-window.h"
#include "data/atelier-class-coverage.h"
#include "data/atelier-copies-row.h"
#include "data/atelier-data-class-row.h"
#include "data/atelier-data-facts.h"
#include "data/atelier-data-page.h"
#include "data/atelier-data-tile.h"
#include "data/atelier-synthetic.h"
#include "idx-files.h"
#include "pictures/atelier-tile.h"
#include "pointer.h"

#define N_CLASSES 3
#define N_VALIDATION 4
#define N_TRAIN 24
#define N_TEST 6
#define SIDE 4
#define IMAGE_SIZE (SIDE * SIDE)

static const char * const class_names[] = { "Bag", "Shirt", "Coat", NULL };

typedef struct
{
  GtkWidget       *window;
  AtelierDataPage *page;
  AtelierSession  *session; /* Owned; NULL where the page is a window's */
} Fixture;

/* Data */

/* All pixels of a picture have its number in the file as their value; labels in turn, or sorted. */
static GBytes *
create_images (guint  n,
               guint8 first,
               guint  channels)
{
  gsize size = (gsize) IMAGE_SIZE * channels;
  guint8 *bytes = g_malloc (n * size);

  for (guint i = 0; i < n; i++)
    memset (bytes + i * size, first + i, size);

  return g_bytes_new_take (bytes, n * size);
}

static GBytes *
create_labels (guint    n,
               guint    n_classes,
               gboolean is_sorted)
{
  guint8 *labels = g_malloc (n);

  for (guint i = 0; i < n; i++)
    labels[i] = is_sorted ? i * n_classes / n : i % n_classes;

  return g_bytes_new_take (labels, n);
}

/* The values of the test pictures continue those of the training pictures, or repeat the last two,
 * which makes copies. */
static AtelierDataset *
create_dataset (gboolean has_copies,
                guint    n_test,
                guint    channels)
{
  g_autoptr (GBytes) images = create_images (N_TRAIN, 0, channels);
  g_autoptr (GBytes) labels = create_labels (N_TRAIN, N_CLASSES, FALSE);
  g_autoptr (GBytes) more_images =
    create_images (n_test, has_copies ? N_TRAIN - 2 : N_TRAIN, channels);
  g_autoptr (GBytes) more_labels = create_labels (n_test, N_CLASSES, FALSE);
  g_autoptr (GError) error = NULL;
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Greys",
    .source = "made for a test",
    .height = SIDE,
    .width = SIDE,
    .channels = channels,
    .class_names = class_names,
    .n_validation = N_VALIDATION,
    .train_images = images,
    .train_labels = labels,
    .test_images = more_images,
    .test_labels = more_labels,
  };
  AtelierDataset *dataset = atelier_dataset_new (&parts, &error);

  g_assert_no_error (error);

  return dataset;
}

/* Fixture */

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = gtk_window_new ();
  fixture->session = atelier_session_new ();
  fixture->page = g_object_new (ATELIER_TYPE_DATA_PAGE, "session", fixture->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->session);
}

static void
show (Fixture        *fixture,
      AtelierDataset *dataset)
{
  atelier_session_set_dataset (fixture->session, dataset);
  app_wait_until (atelier_data_page_get_overview (fixture->page));
}

static gpointer
get_only (gpointer root,
          GType    type)
{
  g_autoptr (GPtrArray) found = app_find_all (root, type);

  g_assert_cmpuint (found->len, ==, 1);

  return g_ptr_array_index (found, 0);
}

static AtelierPictureList *
get_list (Fixture *fixture)
{
  return atelier_picture_view_get_list (
    atelier_data_pictures_get_view (atelier_data_page_get_pictures (fixture->page)));
}

/* The list has all pictures with the label, and no others. */
static void
assert_only (AtelierPictureList *list,
             AtelierDataset     *dataset,
             AtelierSplit        split,
             int                 label)
{
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  guint n = 0, n_listed = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < atelier_splits_get_n (splits, split); i++)
    if (label == ATELIER_ALL_CLASSES
        || (int) atelier_splits_get_label (splits, split, i) == label)
      {
        g_assert_cmpuint (n, <, n_listed);
        g_assert_cmpuint (atelier_picture_list_get_picture (list, n++), ==,
                          atelier_splits_get_picture (splits, split, i));
      }
  g_assert_cmpuint (n, ==, n_listed);
}

static void
assert_opened (Fixture      *fixture,
               AtelierSplit  split,
               guint         index)
{
  AtelierSplits *splits = atelier_session_get_splits (fixture->session);
  guint found = G_MAXUINT;

  g_assert_true (atelier_data_pictures_get_opened (atelier_data_page_get_pictures (fixture->page),
                                                   &found));
  g_assert_cmpuint (found, ==, atelier_splits_get_picture (splits, split, index));
}

/* The page alone */

static void
assert_counts (gpointer        root,
               AtelierDataset *dataset)
{
  g_autoptr (GPtrArray) rows = app_find_all (root, ATELIER_TYPE_DATA_CLASS_ROW);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);

  g_assert_cmpuint (rows->len, ==, atelier_dataset_get_n_classes (dataset));
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    for (guint label = 0; label < rows->len; label++)
      {
        g_autofree char *text = NULL;
        guint n = 0;

        for (guint i = 0; i < atelier_splits_get_n (splits, split); i++)
          n += atelier_splits_get_label (splits, split, i) == label;
        text = g_strdup_printf (n < 1000 ? "%u" : "1,%03u", n < 1000 ? n : n - 1000);
        g_assert_cmpstr (
          atelier_data_class_row_get_count (g_ptr_array_index (rows, label), split), ==, text);
      }
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);

  show (fixture, dataset);
  assert_counts (fixture->page, dataset);
}

/* The first nine of the file, whatever they are for, each with the name of its class. */
static void
test_nine (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (GPtrArray) tiles = NULL;

  show (fixture, dataset);
  tiles = app_find_all (fixture->page, ATELIER_TYPE_DATA_TILE);
  g_assert_cmpuint (tiles->len, ==, 9);
  for (guint i = 0; i < tiles->len; i++)
    {
      AtelierDataTile *tile = g_ptr_array_index (tiles, i);
      AtelierPixels *pixels = atelier_data_tile_get_pixels (tile);

      g_assert_true (atelier_pixels_get_dataset (pixels) == dataset);
      g_assert_cmpuint (atelier_pixels_get_picture (pixels), ==, i);
      g_assert_cmpstr (atelier_data_tile_get_class (tile), ==, class_names[i % N_CLASSES]);
    }
}

/* The note says so where the first pictures of the file are no training pictures. */
static void
test_nine_for_validation (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (GBytes) images = create_images (N_TRAIN, 0, 1);
  g_autoptr (GBytes) labels = create_labels (N_TRAIN, N_CLASSES, FALSE);
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Greys",
    .source = "made for a test",
    .height = SIDE,
    .width = SIDE,
    .channels = 1,
    .class_names = class_names,
    .train_images = images,
    .train_labels = labels,
    .test_images = images,
    .test_labels = labels,
  };
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (AtelierDataset) without = atelier_dataset_new (&parts, NULL);
  GtkWidget *note;

  show (fixture, dataset);
  note = app_find_titled (fixture->page, GTK_TYPE_LABEL,
                          "They are for validation: the network does not learn from them.");
  g_assert_true (gtk_widget_get_visible (note));
  show (fixture, without);
  g_assert_false (gtk_widget_get_visible (note));
}

/* Activating one of the nine shows it large. */
static void
test_nine_activated (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (GPtrArray) tiles = NULL;

  show (fixture, dataset);
  g_object_set (atelier_data_page_get_pictures (fixture->page), "class", 1, NULL);
  tiles = app_find_all (fixture->page, ATELIER_TYPE_DATA_TILE);
  g_assert_true (gtk_widget_activate (gtk_widget_get_parent (g_ptr_array_index (tiles, 4))));
  /* The fifth of the file. */
  assert_opened (fixture, N_VALIDATION > 4 ? ATELIER_SPLIT_VALIDATION : ATELIER_SPLIT_TRAIN,
                 N_VALIDATION > 4 ? 4 : 4 - N_VALIDATION);
}

static void
test_class_filter (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (GPtrArray) rows = NULL;

  show (fixture, dataset);
  assert_only (get_list (fixture), dataset, ATELIER_SPLIT_TRAIN, ATELIER_ALL_CLASSES);
  rows = app_find_all (fixture->page, ATELIER_TYPE_DATA_CLASS_ROW);
  g_assert_true (gtk_widget_activate (g_ptr_array_index (rows, 2)));
  assert_only (get_list (fixture), dataset, ATELIER_SPLIT_TRAIN, 2);
  assert_opened (fixture, ATELIER_SPLIT_TRAIN, 1); /* the fourth and fifth of the file: 1 and 2 */
}

/* The tiles on the screen are of the chosen class. */
static void
test_tiles (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (GPtrArray) tiles = NULL;
  guint n_mapped = 0;

  show (fixture, dataset);
  g_object_set (atelier_data_page_get_pictures (fixture->page), "class", 1, NULL);
  app_wait_for_frame (fixture->window);
  app_wait_for_frame (fixture->window);
  tiles = app_find_all (fixture->page, ATELIER_TYPE_TILE);
  for (guint i = 0; i < tiles->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (tiles, i)))
      {
        n_mapped++;
        g_assert_cmpstr (atelier_tile_get_class (g_ptr_array_index (tiles, i)), ==, "Shirt");
        g_assert_null (atelier_tile_get_score (g_ptr_array_index (tiles, i)));
      }
  g_assert_cmpuint (n_mapped, >, 0);
}

static void
test_split_filter (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  AtelierDataPictures *pictures = atelier_data_page_get_pictures (fixture->page);

  show (fixture, dataset);
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    for (int label = ATELIER_ALL_CLASSES; label < N_CLASSES; label++)
      {
        g_object_set (pictures, "split", split, "class", label, NULL);
        assert_only (get_list (fixture), dataset, split, label);
      }
}

/* The button goes to the next picture of the list, and is insensitive at the last. */
static void
test_next (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  GtkWidget *next = NULL;
  g_autoptr (GPtrArray) buttons = NULL;

  show (fixture, dataset);
  g_object_set (atelier_data_page_get_pictures (fixture->page), "split", ATELIER_SPLIT_VALIDATION,
                NULL);
  buttons = app_find_all (fixture->page, GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (g_ptr_array_index (buttons, i)),
                   "go-next-symbolic") == 0)
      next = g_ptr_array_index (buttons, i);
  g_assert_nonnull (next);

  for (guint i = 0; i + 1 < N_VALIDATION; i++)
    {
      assert_opened (fixture, ATELIER_SPLIT_VALIDATION, i);
      g_assert_true (gtk_widget_get_sensitive (next));
      g_signal_emit_by_name (next, "clicked");
    }
  assert_opened (fixture, ATELIER_SPLIT_VALIDATION, N_VALIDATION - 1);
  g_assert_false (gtk_widget_get_sensitive (next));
}

/* Drop-downs have lists of their own, in popovers. */
static GtkListView *
get_list_of_groups (Fixture *fixture)
{
  g_autoptr (GPtrArray) found =
    app_find_all (get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW), GTK_TYPE_LIST_VIEW);

  for (guint i = 0; i < found->len; i++)
    if (gtk_widget_get_ancestor (g_ptr_array_index (found, i), GTK_TYPE_POPOVER) == NULL)
      return g_ptr_array_index (found, i);

  g_assert_not_reached ();
}

static guint
count_groups (Fixture *fixture)
{
  GtkSelectionModel *model = gtk_list_view_get_model (get_list_of_groups (fixture));

  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

/* Two test pictures, labelled Bag and Shirt, are the last two for training, Shirt and Coat. */
static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (TRUE, N_TEST, 1);
  AtelierCopiesView *view = get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW);
  g_autoptr (GPtrArray) tiles = NULL;

  show (fixture, dataset);
  g_assert_cmpuint (count_groups (fixture), ==, 2);
  app_find_titled (view, GTK_TYPE_LABEL,
                   "4 pictures have an exact copy. 2 test pictures are also used for training. "
                   "2 pictures are there under different labels.");
  tiles = app_find_all (view, ATELIER_TYPE_DATA_TILE);
  g_assert_cmpuint (tiles->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      AtelierPixels *pixels = atelier_data_tile_get_pixels (g_ptr_array_index (tiles, i));

      /* The last but one to learn from, and the first for testing. */
      g_assert_cmpuint (atelier_pixels_get_picture (pixels), ==, i == 0 ? N_TRAIN - 2 : N_TRAIN);
    }
}

/* Activating a copy shows it large. */
static void
test_copy_activated (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (TRUE, N_TEST, 1);
  AtelierCopiesView *view = get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW);
  g_autoptr (GPtrArray) tiles = NULL;

  show (fixture, dataset);
  tiles = app_find_all (view, ATELIER_TYPE_DATA_TILE);
  g_assert_true (gtk_widget_activate (gtk_widget_get_parent (g_ptr_array_index (tiles, 1))));
  assert_opened (fixture, ATELIER_SPLIT_TEST, 0);
}

static void
test_copies_filter (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GBytes) images = create_images (6, 0, 1);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (images, NULL), 6 * IMAGE_SIZE);
  static const guint8 labels[] = { 0, 0, 1, 2, 1, 1 }, test_labels[] = { 1 };
  g_autoptr (GBytes) label_bytes = g_bytes_new_static (labels, sizeof labels);
  g_autoptr (GBytes) test_label_bytes = g_bytes_new_static (test_labels, 1);
  g_autoptr (GBytes) image_bytes = NULL;
  g_autoptr (GBytes) test_bytes = NULL;
  g_autoptr (AtelierDataset) dataset = NULL;
  AtelierCopiesView *view = get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW);
  AtelierDatasetParts parts = {
    .id = "folder", .name = "Pairs", .source = "made for a test", .height = SIDE, .width = SIDE,
    .channels = 1, .class_names = class_names,
  };

  /* 0 and 1 alike; 2 and 3 alike under two labels; 4 is also the test picture. */
  memcpy (bytes + 1 * IMAGE_SIZE, bytes, IMAGE_SIZE);
  memcpy (bytes + 3 * IMAGE_SIZE, bytes + 2 * IMAGE_SIZE, IMAGE_SIZE);
  image_bytes = g_bytes_new (bytes, 6 * IMAGE_SIZE);
  test_bytes = g_bytes_new (bytes + 4 * IMAGE_SIZE, IMAGE_SIZE);
  parts.train_images = image_bytes;
  parts.train_labels = label_bytes;
  parts.test_images = test_bytes;
  parts.test_labels = test_label_bytes;
  dataset = atelier_dataset_new (&parts, NULL);
  show (fixture, dataset);

  g_assert_cmpuint (count_groups (fixture), ==, 3);
  g_object_set (view, "filter", ATELIER_COPIES_UNDER_SEVERAL_LABELS, NULL);
  g_assert_cmpuint (count_groups (fixture), ==, 1);
  g_object_set (view, "filter", ATELIER_COPIES_BETWEEN_SPLITS, NULL);
  g_assert_cmpuint (count_groups (fixture), ==, 1);
}

static void
test_no_copies (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  AtelierCopiesView *view = get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW);

  show (fixture, dataset);
  g_assert_cmpuint (count_groups (fixture), ==, 0);
  g_assert_true (gtk_widget_get_mapped (
    app_find_titled (view, GTK_TYPE_LABEL, "No two pictures are the same.")));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_list_of_groups (fixture))));
}

static void
test_no_test_pictures (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, 0, 1);
  AtelierDataPictures *pictures = atelier_data_page_get_pictures (fixture->page);
  guint picture;

  show (fixture, dataset);
  g_object_set (pictures, "split", ATELIER_SPLIT_TEST, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (fixture))), ==, 0);
  g_assert_false (atelier_data_pictures_get_opened (pictures, &picture));
  g_assert_true (gtk_widget_get_mapped (
    app_find_titled (pictures, GTK_TYPE_LABEL, "There are no test pictures")));
  assert_counts (fixture->page, dataset);
}

static void
test_colour (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 3);

  show (fixture, dataset);
  app_find_titled (fixture->page, GTK_TYPE_LABEL, "4 × 4 pixels, colour");
  app_wait_for_frame (fixture->window);
  assert_counts (fixture->page, dataset);
}

/* Nothing of the first data set is shown once there is a second. */
static void
test_another_meanwhile (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (AtelierDataset) first = atelier_synthetic_new (1, 600, 60);
  g_autoptr (AtelierDataset) second = create_dataset (TRUE, N_TEST, 1);

  atelier_session_set_dataset (fixture->session, first);
  g_object_set (atelier_data_page_get_pictures (fixture->page), "class", 7, NULL);
  atelier_session_set_dataset (fixture->session, second);
  g_assert_null (atelier_data_page_get_overview (fixture->page));
  app_wait_until (atelier_data_page_get_overview (fixture->page));
  g_assert_true (atelier_data_overview_get_dataset (atelier_data_page_get_overview (fixture->page))
                 == second);
  assert_counts (fixture->page, second);
  assert_only (get_list (fixture), second, ATELIER_SPLIT_TRAIN, ATELIER_ALL_CLASSES);
}

static AtelierDataset *
create_sorted_dataset (void)
{
  g_autoptr (GBytes) images = create_images (N_TRAIN, 0, 1);
  g_autoptr (GBytes) labels = create_labels (N_TRAIN, N_CLASSES, TRUE);
  g_autoptr (GError) error = NULL;
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Sorted greys",
    .source = "made for a test",
    .height = SIDE,
    .width = SIDE,
    .channels = 1,
    .class_names = class_names,
    .n_validation = N_VALIDATION,
    .train_images = images,
    .train_labels = labels,
    .test_images = images,
    .test_labels = labels,
  };
  AtelierDataset *dataset = atelier_dataset_new (&parts, &error);

  g_assert_no_error (error);

  return dataset;
}

/* The validation pictures are all Bags.  The warning is there before anything is counted. */
static void
test_sorted_by_class (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (AtelierDataset) sorted = create_sorted_dataset ();
  g_autoptr (AtelierDataset) mixed = create_dataset (FALSE, N_TEST, 1);
  g_autofree char *words = NULL;
  GtkWidget *note;

  atelier_session_set_dataset (fixture->session, sorted);
  words = atelier_class_coverage_describe (atelier_session_get_splits (fixture->session));
  note = app_find_titled (fixture->page, GTK_TYPE_LABEL, words);
  g_assert_nonnull (strstr (words, "No validation picture shows any of Shirt, Coat"));
  g_assert_true (gtk_widget_get_visible (note));

  show (fixture, mixed);
  g_assert_false (gtk_widget_get_visible (note));
}

static void
test_no_data (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (TRUE, N_TEST, 1);
  g_autoptr (GPtrArray) rows = NULL;

  show (fixture, dataset);
  g_object_set (fixture->page, "session", NULL, NULL);
  rows = app_find_all (fixture->page, ATELIER_TYPE_DATA_CLASS_ROW);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (fixture))), ==, 0);
  g_assert_null (atelier_data_page_get_overview (fixture->page));
}

static void
on_text_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copies_the_hash (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *text = NULL;

  show (fixture, dataset);
  buttons = app_find_all (get_only (fixture->page, ATELIER_TYPE_DATA_FACTS), GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (g_ptr_array_index (buttons, i)),
                   "edit-copy-symbolic") == 0)
      g_signal_emit_by_name (g_ptr_array_index (buttons, i), "clicked");
  gdk_clipboard_read_text_async (clipboard, NULL, on_text_read_cb, &text);
  app_wait_until (text != NULL);
  g_assert_cmpstr (text, ==, atelier_dataset_get_sha256 (dataset));
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (FALSE, N_TEST, 1);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) tiles = NULL;

  show (fixture, dataset);
  app_find_titled (fixture->page, GTK_TYPE_LABEL, "This is not the published Fashion-MNIST");
  rows = app_find_all (fixture->page, ATELIER_TYPE_DATA_CLASS_ROW);
  gtk_test_accessible_assert_property (g_ptr_array_index (rows, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Shirt: 7 training, 1 validation, 2 test");
  gtk_test_accessible_assert_role (g_ptr_array_index (rows, 1), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  tiles = app_find_all (fixture->page, ATELIER_TYPE_DATA_TILE);
  gtk_test_accessible_assert_property (g_ptr_array_index (tiles, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Bag: Validation, picture 1");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (atelier_data_page_get_pictures (fixture->page)), GTK_ACCESSIBLE_PROPERTY_LABEL,
    "All pictures");
  gtk_test_accessible_assert_property (get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Exact copies");
}

/* Real keys */

static gboolean
has_focus_in (Fixture  *fixture,
              gpointer  widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Without a window manager the keys go to the window below the pointer. */
static void
take_keys (Fixture *fixture)
{
  pointer_put (fixture->window, 6.0, 6.0);
}

/* Presses Tab until the focus is in @widget. */
static void
tab_to (Fixture  *fixture,
        gpointer  widget)
{
  for (guint i = 0; i < 40 && !has_focus_in (fixture, widget); i++)
    pointer_do (fixture->window, "key Tab");
  g_assert_true (has_focus_in (fixture, widget));
}

static void
test_keyboard (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (TRUE, N_TEST, 1);
  AtelierDataPictures *pictures = atelier_data_page_get_pictures (fixture->page);

  if (!pointer_can_be_moved ())
    return;

  show (fixture, dataset);
  app_wait_for_frame (fixture->window);
  take_keys (fixture);

  /* The second group of copies. */
  tab_to (fixture, get_list_of_groups (fixture));
  pointer_do (fixture->window, "key Down");
  app_find_titled (get_only (fixture->page, ATELIER_TYPE_COPIES_VIEW), GTK_TYPE_LABEL,
                   "Test, picture 2");

  /* The third class's pictures. */
  tab_to (fixture, get_only (fixture->page, ATELIER_TYPE_DATA_CLASS_TABLE));
  pointer_do (fixture->window, "key Down");
  pointer_do (fixture->window, "key Down");
  pointer_do (fixture->window, "key Return");
  assert_only (get_list (fixture), dataset, ATELIER_SPLIT_TRAIN, 2);

  /* The second of them, and the next. */
  tab_to (fixture, atelier_data_pictures_get_view (pictures));
  pointer_do (fixture->window, "key Right");
  assert_opened (fixture, ATELIER_SPLIT_TRAIN, 4);
  pointer_do (fixture->window, "key Right");
  assert_opened (fixture, ATELIER_SPLIT_TRAIN, 7);
}

static void
test_finalizes (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (TRUE, N_TEST, 1);
  Fixture fixture;
  AtelierDataPage *page;

  set_up (&fixture, NULL);
  show (&fixture, dataset);
  page = g_object_ref (fixture.page);
  tear_down (&fixture, NULL);
  g_assert_finalize_object (page);
}

/* The whole window */

static void
test_chooser (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  AtelierWindow *window = app_open_window ();
  Fixture fixture = { GTK_WIDGET (window), NULL, NULL };
  AtelierDataset *dataset;

  idx_files_write_dataset (folder, 60, 12, 5, 7, 4, TRUE);
  app_activate (window, "win.page", "data");
  fixture.page = get_only (window, ATELIER_TYPE_DATA_PAGE);
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture.page)));
  app_wait_until (atelier_data_page_get_overview (fixture.page));
  assert_counts (fixture.page, app_get_dataset (window));
  app_find_titled (fixture.page, GTK_TYPE_LABEL,
                   "Drawn by this program; this is not the published Fashion-MNIST");

  dataset = app_get_dataset (window);
  app_activate (window, "win.data", folder);
  app_wait_until (app_get_dataset (window) != dataset);
  app_wait_until (atelier_data_page_get_overview (fixture.page));
  dataset = app_get_dataset (window);
  assert_counts (fixture.page, dataset);
  assert_only (get_list (&fixture), dataset, ATELIER_SPLIT_TRAIN, ATELIER_ALL_CLASSES);
  app_find_titled (fixture.page, GTK_TYPE_LABEL, "7 × 5 pixels, grey");
  app_find_titled (fixture.page, GTK_TYPE_LABEL, folder);
  app_find_titled (fixture.page, GTK_TYPE_LABEL, atelier_dataset_get_sha256 (dataset));
  app_find_titled (fixture.page, GTK_TYPE_LABEL, "This is not the published Fashion-MNIST");

  gtk_window_destroy (GTK_WINDOW (window));
  idx_files_remove_folder (folder);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/data-page/counts", test_counts);
  add ("/app/data-page/nine", test_nine);
  add ("/app/data-page/nine-for-validation", test_nine_for_validation);
  add ("/app/data-page/nine-activated", test_nine_activated);
  add ("/app/data-page/class-filter", test_class_filter);
  add ("/app/data-page/tiles", test_tiles);
  add ("/app/data-page/split-filter", test_split_filter);
  add ("/app/data-page/next", test_next);
  add ("/app/data-page/copies", test_copies);
  add ("/app/data-page/copy-activated", test_copy_activated);
  add ("/app/data-page/copies-filter", test_copies_filter);
  add ("/app/data-page/no-copies", test_no_copies);
  add ("/app/data-page/no-test-pictures", test_no_test_pictures);
  add ("/app/data-page/colour", test_colour);
  add ("/app/data-page/another-meanwhile", test_another_meanwhile);
  add ("/app/data-page/sorted-by-class", test_sorted_by_class);
  add ("/app/data-page/no-data", test_no_data);
  add ("/app/data-page/copies-the-hash", test_copies_the_hash);
  add ("/app/data-page/words", test_words);
  add ("/app/data-page/keyboard", test_keyboard);
  g_test_add_func ("/app/data-page/finalizes", test_finalizes);
  g_test_add_func ("/app/data-page/chooser", test_chooser);

  return g_test_run ();
}
