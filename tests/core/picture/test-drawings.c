/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "My drawings": folders, numbers, IDX files that grow, and errors. */

#include "config.h"

#include "picture/atelier-drawings.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "data/atelier-dataset.h"
#include "data/atelier-idx.h"
#include "picture/atelier-picture.h"

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

typedef struct
{
  char  *folder;
  guint8 pixels[N_PIXELS];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("atelier-drawings-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  for (guint i = 0; i < N_PIXELS; i++)
    fixture->pixels[i] = (guint8) (i * 7);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_chmod (fixture->folder, 0700);
  remove_all (fixture->folder);
  g_free (fixture->folder);
}

static char *
save (Fixture    *fixture,
      const char *class_name)
{
  g_autoptr (GError) error = NULL;
  char *path = atelier_drawings_save_png (fixture->folder, class_name, fixture->pixels, SIDE, SIDE,
                                          TRUE, &error);

  g_assert_no_error (error);
  return path;
}

static void
assert_is_at (Fixture    *fixture,
              const char *path,
              const char *expected)
{
  g_autofree char *whole = g_build_filename (fixture->folder, expected, NULL);

  g_assert_cmpstr (path, ==, whole);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_folder_names (void)
{
  g_autofree char *shirt = atelier_drawings_make_folder_name ("T-shirt/top");
  g_autofree char *boot = atelier_drawings_make_folder_name ("Ankle boot");
  g_autofree char *above = atelier_drawings_make_folder_name ("..");
  g_autofree char *nothing = atelier_drawings_make_folder_name ("");
  g_autofree char *line = atelier_drawings_make_folder_name ("a\nb");

  g_assert_cmpstr (shirt, ==, "T-shirt-top");
  g_assert_cmpstr (boot, ==, "Ankle boot");
  g_assert_cmpstr (above, ==, "-..");
  g_assert_cmpstr (nothing, ==, "-");
  g_assert_cmpstr (line, ==, "a-b");
}

static void
test_folder_matches (void)
{
  g_assert_true (atelier_drawings_is_folder_of ("T-shirt-top", "T-shirt/top"));
  g_assert_true (atelier_drawings_is_folder_of ("t_shirt top", "T-shirt/top"));
  g_assert_true (atelier_drawings_is_folder_of ("ANKLE BOOT", "Ankle boot"));
  g_assert_true (atelier_drawings_is_folder_of ("3", "3"));
  g_assert_true (atelier_drawings_is_folder_of ("MÄNTEL", "mäntel"));
  g_assert_false (atelier_drawings_is_folder_of ("Shirt", "T-shirt/top"));
  g_assert_false (atelier_drawings_is_folder_of ("", "Coat"));
  g_assert_false (atelier_drawings_is_folder_of ("?", "!"));
  g_assert_true (atelier_drawings_is_folder_of ("!", "!"));
  g_assert_false (atelier_drawings_is_folder_of ("t", "T"));
  g_assert_true (atelier_drawings_is_folder_of ("T.", "T"));
  g_assert_true (atelier_drawings_is_folder_of ("c++", "C++"));
  g_assert_false (atelier_drawings_is_folder_of ("C++", "C"));
  g_assert_false (atelier_drawings_is_folder_of ("C#", "C"));
  g_assert_false (atelier_drawings_is_folder_of ("C", "C++"));
}

/* The exact name goes first, then the only one that can be meant. */
static void
test_find_class (void)
{
  const char * const letters[] = { "T", "t", "A/a", "C", "C++", "a b", "A_B", "-", NULL };
  static const struct
  {
    const char *folder;
    int         i_class;
  } rows[] = {
    { "t", 1 },   { "T", 0 },  { "A-a", 2 }, { "aa", 2 },  { "C++", 4 }, { "c++", 4 }, { "C", 3 },
    { "c", -1 },  { "a b", 5 }, { "A_B", 6 }, { "ab", -1 }, { "-", 7 },  { "_", -1 },  { "d", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].folder);
      g_assert_cmpint (atelier_drawings_find_class (rows[i].folder, letters), ==, rows[i].i_class);
    }
}

/* Each class's folder is recognised as that class's and no other's. */
static void
test_folder_names_match (void)
{
  const char * const *names = atelier_fashion_class_names;

  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; names[k] != NULL; k++)
      {
        g_autofree char *folder = atelier_drawings_make_folder_name (names[i]);

        g_assert_cmpint (atelier_drawings_is_folder_of (folder, names[k]), ==, i == k);
      }
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = save (fixture, "T-shirt/top");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);
  g_autofree guint8 *rgba = g_malloc (N_PIXELS * 4);
  gboolean fits = FALSE;

  assert_is_at (fixture, path, "T-shirt-top/drawing-0001.png");
  g_assert_no_error (error);
  g_assert_true (atelier_picture_get_is_drawing (picture, &fits));
  g_assert_true (fits);
  g_assert_cmpuint (atelier_picture_get_width (picture) * atelier_picture_get_height (picture), ==,
                    N_PIXELS);
  atelier_picture_read_rows (picture, 0, atelier_picture_get_height (picture), rgba);
  for (guint i = 0; i < N_PIXELS; i++)
    g_assert_cmpuint (rgba[4 * i], ==, fixture->pixels[i]);
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *first = save (fixture, "Bag");
  g_autofree char *second = save (fixture, "Bag");
  g_autofree char *other = save (fixture, "Coat");
  g_autofree char *third = NULL;
  g_autofree char *far = g_build_filename (fixture->folder, "Bag", "drawing-12345.png", NULL);
  g_autofree char *after = NULL;

  assert_is_at (fixture, first, "Bag/drawing-0001.png");
  assert_is_at (fixture, second, "Bag/drawing-0002.png");
  assert_is_at (fixture, other, "Coat/drawing-0001.png");
  g_assert_cmpint (g_unlink (first), ==, 0);
  third = save (fixture, "Bag");
  assert_is_at (fixture, third, "Bag/drawing-0003.png");
  g_assert_true (g_file_set_contents (far, "mine", -1, NULL));
  after = save (fixture, "Bag");
  assert_is_at (fixture, after, "Bag/drawing-12346.png");
}

/* Other files of the folder stay, and do not count. */
static void
test_strangers_stay (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *names[] = { "drawing-.png", "drawing-7.jpg", "drawing--3.png", "drawing-9x.png",
                          "drawing-99999999999999999999.png", "photo.png" };
  g_autofree char *folder = g_build_filename (fixture->folder, "Bag", NULL);
  g_autofree char *path = NULL;

  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *stranger = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (stranger, "mine", -1, NULL));
    }
  path = save (fixture, "Bag");
  assert_is_at (fixture, path, "Bag/drawing-0001.png");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *stranger = g_build_filename (folder, names[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (stranger, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "mine");
    }
}

/* There is a file where the class's folder should be. */
static void
test_save_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "Bag", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_assert_true (g_file_set_contents (folder, "a file", -1, NULL));
  path = atelier_drawings_save_png (fixture->folder, "Bag", fixture->pixels, SIDE, SIDE, TRUE,
                                    &error);
  g_assert_null (path);
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Bag"));
}

static void
test_save_into_read_only (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  path = atelier_drawings_save_png (fixture->folder, "Bag", fixture->pixels, SIDE, SIDE, TRUE,
                                    &error);
  g_assert_null (path);
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
}

/* ---- IDX ---- */

static void
add (Fixture *fixture,
     guint    label,
     guint    expected)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fixture->pixels[0] = (guint8) (100 + label);
  g_assert_true (atelier_drawings_add_to_idx (fixture->folder, label, fixture->pixels, SIDE, SIDE,
                                              &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, expected);
}

static void
assert_idx (Fixture      *fixture,
            const guint8 *labels,
            guint         n)
{
  g_autofree char *images_path =
    g_build_filename (fixture->folder, ATELIER_DRAWINGS_IMAGES_NAME, NULL);
  g_autofree char *labels_path =
    g_build_filename (fixture->folder, ATELIER_DRAWINGS_LABELS_NAME, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIdx) images = atelier_idx_load (images_path, NULL, &error);
  g_autoptr (AtelierIdx) read = NULL;

  g_assert_no_error (error);
  read = atelier_idx_load (labels_path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (images->rank, ==, 3);
  g_assert_cmpuint (images->dims[0], ==, n);
  g_assert_cmpuint (images->dims[1], ==, SIDE);
  g_assert_cmpmem (g_bytes_get_data (read->data, NULL), g_bytes_get_size (read->data), labels, n);
  for (guint i = 0; i < n; i++)
    {
      const guint8 *image = (const guint8 *) g_bytes_get_data (images->data, NULL) + i * N_PIXELS;

      fixture->pixels[0] = (guint8) (100 + labels[i]);
      g_assert_cmpmem (image, N_PIXELS, fixture->pixels, N_PIXELS);
    }
}

static void
test_idx_grows (Fixture       *fixture,
                gconstpointer  data)
{
  const guint8 labels[] = { 3, 0, 9, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      add (fixture, labels[i], i + 1);
      assert_idx (fixture, labels, i + 1);
    }
}

/* Where writing stopped between the two files, only the drawing that was being added is lost. */
static void
test_idx_heals (Fixture       *fixture,
                gconstpointer  data)
{
  const guint8 labels[] = { 1, 2, 4 };
  g_autofree char *labels_path =
    g_build_filename (fixture->folder, ATELIER_DRAWINGS_LABELS_NAME, NULL);
  g_autofree char *before = NULL;
  gsize size = 0;

  add (fixture, 1, 1);
  add (fixture, 2, 2);
  g_assert_true (g_file_get_contents (labels_path, &before, &size, NULL));
  add (fixture, 3, 3);
  g_assert_true (g_file_set_contents (labels_path, before, (gssize) size, NULL));
  add (fixture, 4, 3);
  assert_idx (fixture, labels, 3);
}

static void
test_idx_is_read (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *labels_path =
    g_build_filename (fixture->folder, ATELIER_DRAWINGS_LABELS_NAME, NULL);
  g_autofree char *before = NULL;
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) labels = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint width = 0, height = 0;

  g_assert_false (atelier_drawings_load_idx (fixture->folder, &images, &labels, &width, &height,
                                             &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add (fixture, 6, 1);
  add (fixture, 8, 2);
  g_assert_true (g_file_get_contents (labels_path, &before, &size, NULL));
  add (fixture, 9, 3);
  g_assert_true (g_file_set_contents (labels_path, before, (gssize) size, NULL));
  g_assert_true (atelier_drawings_load_idx (fixture->folder, &images, &labels, &width, &height,
                                            &error));
  g_assert_no_error (error);
  g_assert_cmpuint (width, ==, SIDE);
  g_assert_cmpuint (height, ==, SIDE);
  g_assert_cmpuint (g_bytes_get_size (images), ==, 2 * N_PIXELS);
  g_assert_cmpmem (g_bytes_get_data (labels, NULL), g_bytes_get_size (labels), "\6\x8", 2);
}

static void
assert_idx_fails (Fixture      *fixture,
                  guint         width,
                  AtelierError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_drawings_add_to_idx (fixture->folder, 1, fixture->pixels, width, SIDE,
                                               NULL, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "drawings-"));
}

static void
test_idx_other_size (Fixture       *fixture,
                     gconstpointer  data)
{
  const guint8 labels[] = { 5 };

  add (fixture, 5, 1);
  assert_idx_fails (fixture, SIDE - 1, ATELIER_ERROR_MISMATCH);
  assert_idx (fixture, labels, 1);
}

static void
test_idx_damaged (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, ATELIER_DRAWINGS_IMAGES_NAME, NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "not IDX at all", -1, NULL));
  assert_idx_fails (fixture, SIDE, ATELIER_ERROR_FORMAT);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "not IDX at all");
}

/* Labels where images should be. */
static void
test_idx_other_rank (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, ATELIER_DRAWINGS_IMAGES_NAME, NULL);

  g_assert_true (g_file_set_contents (path, "\0\0\x08\x01\0\0\0\x01\x05", 9, NULL));
  assert_idx_fails (fixture, SIDE, ATELIER_ERROR_MISMATCH);
}

static void
add_test (const char *path,
          void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/drawings/folder-names", test_folder_names);
  g_test_add_func ("/core/drawings/folder-matches", test_folder_matches);
  g_test_add_func ("/core/drawings/find-class", test_find_class);
  g_test_add_func ("/core/drawings/folder-names-match", test_folder_names_match);
  add_test ("/core/drawings/save", test_save);
  add_test ("/core/drawings/numbers", test_numbers);
  add_test ("/core/drawings/strangers-stay", test_strangers_stay);
  add_test ("/core/drawings/save-fails", test_save_fails);
  add_test ("/core/drawings/save-into-read-only", test_save_into_read_only);
  add_test ("/core/drawings/idx-grows", test_idx_grows);
  add_test ("/core/drawings/idx-heals", test_idx_heals);
  add_test ("/core/drawings/idx-is-read", test_idx_is_read);
  add_test ("/core/drawings/idx-other-size", test_idx_other_size);
  add_test ("/core/drawings/idx-damaged", test_idx_damaged);
  add_test ("/core/drawings/idx-other-rank", test_idx_other_rank);

  return g_test_run ();
}
