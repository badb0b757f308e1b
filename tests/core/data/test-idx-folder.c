/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of four IDX files, the published Fashion-MNIST among them where it is installed. */

#include "base/atelier-error.h"
#include "data/atelier-idx-folder.h"
#include "idx-files.h"

#include <glib/gstdio.h>
#include <string.h>

#define FASHION_MNIST_FOLDER "/usr/share/datasets/fashion-mnist"

typedef struct
{
  char *base;
  char *folder; /* base/shapes */
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  fixture->base = idx_files_create_folder ();
  fixture->folder = g_build_filename (fixture->base, "shapes", NULL);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  idx_files_remove_folder (fixture->base);
  g_free (fixture->folder);
  g_free (fixture->base);
}

static void
write_array (Fixture       *fixture,
             const char    *name,
             const guint32 *dims,
             guint8         value)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree guint8 *data = NULL;
  gsize n_data = 1;

  for (guint i = 0; dims[i] != 0; i++)
    n_data *= dims[i];
  data = g_malloc (n_data);
  memset (data, value, n_data);
  bytes = idx_files_create (0x08, dims, data, n_data);
  idx_files_write (fixture->folder, name, bytes);
}

static void
assert_refused (Fixture      *fixture,
                AtelierError  code,
                const char   *file_name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_idx_folder_load (fixture->folder, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, file_name));
  g_assert_nonnull (strstr (error->message, fixture->folder));
}

static AtelierDataset *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  AtelierDataset *dataset = atelier_idx_folder_load (folder, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
test_load (Fixture       *fixture,
           gconstpointer  user_data)
{
  const char * const numbers[] = { "0", "1", "2", NULL };
  g_autoptr (AtelierDataset) dataset = NULL;

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  dataset = load (fixture->folder);
  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "folder");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "shapes");
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, fixture->folder);
  g_assert_cmpuint (atelier_dataset_get_height (dataset), ==, 5);
  g_assert_cmpuint (atelier_dataset_get_width (dataset), ==, 4);
  g_assert_cmpuint (atelier_dataset_get_channels (dataset), ==, 1);
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset), numbers));
  /* A twelfth for validation. */
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 36);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 3);
  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, 42);
  g_assert_cmpuint (atelier_dataset_get_label (dataset, 4), ==, 1);
  g_assert_cmpuint (atelier_dataset_get_image (dataset, 3)[0], ==, 60);
}

static void
test_packed_is_the_same (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autofree char *packed_folder = g_build_filename (fixture->base, "packed", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (AtelierDataset) packed = NULL;

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  idx_files_write_dataset (packed_folder, 36, 6, 5, 4, 3, TRUE);
  dataset = load (fixture->folder);
  packed = load (packed_folder);
  g_assert_cmpstr (atelier_dataset_get_sha256 (packed), ==, atelier_dataset_get_sha256 (dataset));
}

static void
test_one_training_image (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;

  idx_files_write_dataset (fixture->folder, 1, 1, 1, 1, 1, FALSE);
  dataset = load (fixture->folder);
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 1);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 0);
}

/* Only the bytes make Fashion-MNIST, not the folder's name. */
static void
test_only_called_fashion_mnist (Fixture       *fixture,
                                gconstpointer  user_data)
{
  const char * const numbers[] = { "0", "1", "2", NULL };
  g_autofree char *folder = g_build_filename (fixture->base, "FashionMNIST", "raw", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;

  idx_files_write_dataset (folder, 36, 6, 28, 28, 3, FALSE);
  g_assert_true (atelier_idx_folder_is_called_fashion_mnist (folder));
  g_assert_false (atelier_idx_folder_is_called_fashion_mnist (fixture->folder));
  dataset = load (folder);
  g_assert_false (atelier_dataset_is_published_fashion_mnist (dataset));
  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "folder");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "FashionMNIST");
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset), numbers));
}

static void
test_names (void)
{
  static const struct
  {
    const char *folder;
    const char *name;
  } rows[] = {
    { "/a/fashion-mnist", "fashion-mnist" },
    { "/a/fashion-mnist/", "fashion-mnist" },
    { "/a/MNIST/raw", "MNIST" },
    { "/a/kmnist/.", "kmnist" },
    { "/raw", "/" },
    { "/a/two\nlines\x1b", "two\uFFFDlines\uFFFD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = atelier_idx_folder_dup_name (rows[i].folder);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

/* A model's file holds a name of 256 bytes; a folder's name may be longer once it is UTF-8. */
static void
test_long_name (void)
{
  g_autofree char *word = g_strnfill (255, '\xff');
  g_autofree char *path = g_strconcat ("/a/", word, NULL);
  g_autofree char *name = atelier_idx_folder_dup_name (path);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (name), <=, 256);
  g_assert_cmpuint (strlen (name), >, 250);
}

/* ---- Other names of the files ---- */

/* Gives the four files names of the shape "TRAIN IMAGES 3". */
static void
rename_files (const char *folder,
              const char *prefix,
              const char *test,
              const char *dash,
              gboolean    is_upper,
              const char *suffix)
{
  static const char * const parts[] = { "train", "t10k" };
  static const char * const kinds[] = { "images", "labels" };

  for (guint i = 0; i < 4; i++)
    {
      const guint rank = i % 2 == 0 ? 3 : 1;
      g_autofree char *old_name
        = g_strdup_printf ("%s-%s-idx%u-ubyte%s", parts[i / 2], kinds[i % 2], rank, suffix);
      g_autofree char *name
        = g_strdup_printf ("%s%s-%s%sidx%u-ubyte%s", prefix, i < 2 ? "train" : test, kinds[i % 2],
                           dash, rank, suffix);
      g_autofree char *upper = g_ascii_strup (name, -1);
      g_autofree char *old_path = g_build_filename (folder, old_name, NULL);
      g_autofree char *path = g_build_filename (folder, is_upper ? upper : name, NULL);

      g_assert_cmpint (g_rename (old_path, path), ==, 0);
    }
}

static void
assert_same_data (const char *folder,
                  const char *expected_sha256,
                  const char *expected_name)
{
  g_autoptr (AtelierDataset) dataset = NULL;

  g_assert_true (atelier_idx_folder_looks_right (folder));
  dataset = load (folder);
  g_assert_cmpstr (atelier_dataset_get_sha256 (dataset), ==, expected_sha256);
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, expected_name);
}

static void
test_other_file_names (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const struct
  {
    const char *prefix;
    const char *test;
    const char *dash;
    gboolean is_upper;
    gboolean is_packed;
    const char *name;
  } rows[] = {
    { "", "t10k", ".", FALSE, FALSE, "other" },
    { "", "t10k", ".", FALSE, TRUE, "other" },
    { "", "t10k", "-", TRUE, TRUE, "other" },
    { "", "test", "-", FALSE, FALSE, "other" },
    { "letters-", "test", "-", FALSE, TRUE, "letters" },
    { "Some-Letters-", "t10k", ".", TRUE, TRUE, "some-letters" },
  };
  g_autofree char *other = g_build_filename (fixture->base, "other", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  dataset = load (fixture->folder);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      idx_files_write_dataset (other, 36, 6, 5, 4, 3, rows[i].is_packed);
      rename_files (other, rows[i].prefix, rows[i].test, rows[i].dash, rows[i].is_upper,
                    rows[i].is_packed ? ".gz" : "");
      assert_same_data (other, atelier_dataset_get_sha256 (dataset), rows[i].name);
      idx_files_remove_folder (other);
    }
}

/* The published name, uncompressed, goes before all others. */
static void
test_nearest_name (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *other = g_build_filename (fixture->base, "other", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GByteArray) nonsense = g_byte_array_new ();

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  dataset = load (fixture->folder);
  idx_files_write_dataset (other, 36, 6, 5, 4, 3, FALSE);
  idx_files_write (other, "train-images-idx3-ubyte.gz", nonsense);
  idx_files_write (other, "train-images.idx3-ubyte", nonsense);
  idx_files_write (other, "TRAIN-LABELS-IDX1-UBYTE", nonsense);
  idx_files_write (other, "test-labels-idx1-ubyte", nonsense);
  assert_same_data (other, atelier_dataset_get_sha256 (dataset), "other");
}

static void
test_no_file_name (Fixture       *fixture,
                   gconstpointer  user_data)
{
  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  rename_files (fixture->folder, "letters", "t10k", "-", FALSE, "");
  g_assert_false (atelier_idx_folder_looks_right (fixture->folder));
  assert_refused (fixture, ATELIER_ERROR_NOT_FOUND, "train-images-idx3-ubyte");
}

/* What EMNIST is unpacked to: several data sets in one folder. */
static void
test_several (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autofree char *digits = g_build_filename (fixture->folder, "a-digits", NULL);
  g_autofree char *letters = g_build_filename (fixture->folder, "a-letters", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "a-words", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  idx_files_write_dataset (fixture->folder, 24, 6, 5, 4, 3, FALSE);
  rename_files (fixture->folder, "a-letters-", "test", "-", FALSE, "");
  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 2, FALSE);
  rename_files (fixture->folder, "a-digits-", "test", "-", FALSE, "");

  atelier_idx_folder_add_paths (fixture->folder, paths);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_cmpstr (paths->pdata[0], ==, digits);
  g_assert_cmpstr (paths->pdata[1], ==, letters);
  dataset = load (letters);
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "a-letters");
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, letters);
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 24);

  g_assert_true (atelier_idx_folder_looks_right (fixture->folder));
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "a-digits, a-letters");
  g_assert_null (atelier_idx_folder_load (missing, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
}

static void
write_text (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
  idx_files_write (fixture->folder, name, bytes);
}

/* EMNIST's pictures lie on their side, and a file says which letter a label is. */
static void
test_emnist (Fixture       *fixture,
             gconstpointer  user_data)
{
  const char * const names[] = { "0", "A/a", "\u00e9", NULL };
  g_autoptr (AtelierDataset) dataset = NULL;
  const guint8 *image;

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  rename_files (fixture->folder, "emnist-letters-", "test", "-", FALSE, "");
  write_text (fixture, "emnist-letters-mapping.txt", "1 65 97\r\n2 233\n\n9 66\n");
  dataset = load (fixture->folder);
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset), names));
  g_assert_cmpuint (atelier_dataset_get_height (dataset), ==, 4);
  g_assert_cmpuint (atelier_dataset_get_width (dataset), ==, 5);
  /* The fixture's pixels count up in the file's order: now down the columns. */
  image = atelier_dataset_get_image (dataset, 1);
  for (guint y = 0; y < 4; y++)
    for (guint x = 0; x < 5; x++)
      g_assert_cmpuint (image[y * 5 + x], ==, 20 + x * 4 + y);
}

static void
test_emnist_mapping_damaged (Fixture       *fixture,
                             gconstpointer  user_data)
{
  static const char * const wrong[] = { "1", "one 65", "1 7", "256 65", "1 1114112", "-1 65" };

  idx_files_write_dataset (fixture->folder, 36, 6, 5, 4, 3, FALSE);
  rename_files (fixture->folder, "emnist-letters-", "test", "-", FALSE, "");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      write_text (fixture, "emnist-letters-mapping.txt", wrong[i]);
      assert_refused (fixture, ATELIER_ERROR_FORMAT, "emnist-letters-mapping.txt");
    }
}

static void
test_looks_right (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *one = g_build_filename (fixture->folder, "t10k-labels-idx1-ubyte", NULL);
  g_autofree char *packed = g_strconcat (one, ".gz", NULL);

  g_assert_false (atelier_idx_folder_looks_right (fixture->folder));
  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  g_assert_true (atelier_idx_folder_looks_right (fixture->folder));
  g_assert_cmpint (g_rename (one, packed), ==, 0);
  g_assert_true (atelier_idx_folder_looks_right (fixture->folder));
  g_assert_cmpint (g_remove (packed), ==, 0);
  g_assert_false (atelier_idx_folder_looks_right (fixture->folder));
  g_assert_cmpint (g_mkdir (one, 0700), ==, 0);
  g_assert_false (atelier_idx_folder_looks_right (fixture->folder));
}

static void
test_file_missing (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "t10k-images-idx3-ubyte", NULL);

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_refused (fixture, ATELIER_ERROR_NOT_FOUND, "t10k-images-idx3-ubyte");
}

static void
test_counts_differ (Fixture       *fixture,
                    gconstpointer  user_data)
{
  const guint32 dims[] = { 4, 0 };

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  write_array (fixture, "train-labels-idx1-ubyte", dims, 0);
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "train-labels-idx1-ubyte");
}

static void
test_sides_differ (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const guint32 dims[] = { 3, 2, 3, 0 };

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  write_array (fixture, "t10k-images-idx3-ubyte", dims, 0);
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "t10k-images-idx3-ubyte");
}

static void
test_wrong_rank (Fixture       *fixture,
                 gconstpointer  user_data)
{
  const guint32 dims[] = { 3, 4, 0 };

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  write_array (fixture, "train-images-idx3-ubyte", dims, 0);
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "train-images-idx3-ubyte");
}

/* A class that occurs among the test labels only. */
static void
test_unknown_label (Fixture       *fixture,
                    gconstpointer  user_data)
{
  const guint32 dims[] = { 3, 0 };

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  write_array (fixture, "t10k-labels-idx1-ubyte", dims, 3);
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "t10k-labels-idx1-ubyte");
}

/* The training set is empty, and that is what is said, not that test labels are wrong. */
static void
test_nothing_to_learn (Fixture       *fixture,
                       gconstpointer  user_data)
{
  const guint8 no_images[] = { 0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2 };
  const guint8 no_labels[] = { 0, 0, 8, 1, 0, 0, 0, 0 };
  g_autoptr (GByteArray) images = g_byte_array_new ();
  g_autoptr (GByteArray) labels = g_byte_array_new ();

  g_byte_array_append (images, no_images, sizeof no_images);
  g_byte_array_append (labels, no_labels, sizeof no_labels);
  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  idx_files_write (fixture->folder, "train-images-idx3-ubyte", images);
  idx_files_write (fixture->folder, "train-labels-idx1-ubyte", labels);
  assert_refused (fixture, ATELIER_ERROR_MISMATCH, "train-images-idx3-ubyte");
}

static void
test_damaged_file (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  g_byte_array_append (bytes, (const guint8 *) "nonsense", 8);
  idx_files_write (fixture->folder, "t10k-images-idx3-ubyte", bytes);
  assert_refused (fixture, ATELIER_ERROR_FORMAT, "t10k-images-idx3-ubyte");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  idx_files_write_dataset (fixture->folder, 3, 3, 2, 2, 3, FALSE);
  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_idx_folder_load (fixture->folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- The published Fashion-MNIST ---- */

/* SHA-256 of a file of the data set, written again from what was loaded. */
static char *
hash_file (AtelierDataset *dataset,
           gboolean        is_test,
           gboolean        is_labels)
{
  const guint32 n_to_learn = atelier_dataset_get_n_to_learn (dataset);
  const guint32 first = is_test ? n_to_learn : 0;
  const guint32 n = is_test ? atelier_dataset_get_n_images (dataset) - n_to_learn : n_to_learn;
  const guint32 image_dims[] = { n, 28, 28, 0 };
  const guint32 label_dims[] = { n, 0 };
  g_autoptr (GByteArray) bytes = NULL;

  if (is_labels)
    bytes = idx_files_create (0x08, label_dims, atelier_dataset_get_labels (dataset, first), n);
  else
    bytes = idx_files_create (0x08, image_dims, atelier_dataset_get_image (dataset, first),
                              n * atelier_dataset_get_image_size (dataset));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static AtelierDataset *
load_fashion_mnist (const char *folder)
{
  if (!atelier_idx_folder_looks_right (FASHION_MNIST_FOLDER))
    {
      g_test_skip ("Fashion-MNIST is not installed in " FASHION_MNIST_FOLDER);
      return NULL;
    }
  return load (folder);
}

static void
test_fashion_mnist (void)
{
  static const char * const published[] = {
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  };
  g_autoptr (AtelierDataset) dataset = load_fashion_mnist (FASHION_MNIST_FOLDER);

  if (dataset == NULL)
    return;

  g_assert_true (atelier_dataset_is_published_fashion_mnist (dataset));
  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "fashion-mnist");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "Fashion-MNIST");
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 60000);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 5000);
  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, 70000);

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autofree char *hash = hash_file (dataset, i / 2, i % 2);

      g_assert_cmpstr (hash, ==, published[i]);
    }
}

/* The data set is recognised by its bytes, whatever the folder is called. */
static void
test_fashion_mnist_elsewhere (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr (GFile) link = g_file_new_for_path (fixture->folder);
  g_autoptr (AtelierDataset) dataset = NULL;

  g_assert_true (g_file_make_symbolic_link (link, FASHION_MNIST_FOLDER, NULL, NULL));
  dataset = load_fashion_mnist (fixture->folder);
  if (dataset == NULL)
    return;

  g_assert_true (atelier_dataset_is_published_fashion_mnist (dataset));
  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "fashion-mnist");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "Fashion-MNIST");
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, fixture->folder);
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset),
                               atelier_fashion_class_names));
}

#define ADD(path, function) \
  g_test_add ("/core/idx-folder/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("load", test_load);
  ADD ("packed-is-the-same", test_packed_is_the_same);
  ADD ("one-training-image", test_one_training_image);
  ADD ("only-called-fashion-mnist", test_only_called_fashion_mnist);
  g_test_add_func ("/core/idx-folder/names", test_names);
  g_test_add_func ("/core/idx-folder/long-name", test_long_name);
  ADD ("other-file-names", test_other_file_names);
  ADD ("nearest-name", test_nearest_name);
  ADD ("no-file-name", test_no_file_name);
  ADD ("several", test_several);
  ADD ("emnist", test_emnist);
  ADD ("emnist-mapping-damaged", test_emnist_mapping_damaged);
  ADD ("looks-right", test_looks_right);
  ADD ("file-missing", test_file_missing);
  ADD ("counts-differ", test_counts_differ);
  ADD ("sides-differ", test_sides_differ);
  ADD ("wrong-rank", test_wrong_rank);
  ADD ("unknown-label", test_unknown_label);
  ADD ("nothing-to-learn", test_nothing_to_learn);
  ADD ("damaged-file", test_damaged_file);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/core/idx-folder/fashion-mnist", test_fashion_mnist);
  ADD ("fashion-mnist-elsewhere", test_fashion_mnist_elsewhere);

  return g_test_run ();
}
