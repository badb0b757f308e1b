/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What files are by their contents, under names that say something else. */

#include "base/atelier-error.h"
#include "idx-files.h"
#include "model-fixture.h"
#include "model/atelier-file-kind.h"
#include "model/atelier-model-file.h"
#include "picture/atelier-picture.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = idx_files_create_folder ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  idx_files_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Transfer full. */
static char *
write_text (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_kind (const char      *path,
             AtelierFileKind  expected)
{
  g_autoptr (GError) error = NULL;
  AtelierFileKind kind = ATELIER_FILE_MODEL;

  atelier_file_kind_find (path, &kind, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, expected);
}

static void
assert_none (const char *path,
             int         code)
{
  g_autoptr (GError) error = NULL;
  AtelierFileKind kind;

  g_assert_false (atelier_file_kind_find (path, &kind, &error));
  g_assert_error (error, ATELIER_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_model (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (ModelFixture) parts = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "network.json", NULL);
  g_autoptr (GError) error = NULL;

  model_fixture_init (&parts);
  model = atelier_model_new (&parts.parts, &error);
  g_assert_no_error (error);
  g_assert_true (atelier_model_file_save (model, path, NULL));
  assert_kind (path, ATELIER_FILE_MODEL);
}

static void
test_json (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AtelierNetwork) preset = atelier_network_new_preset ("report-1");
  g_autofree char *json = atelier_network_to_json (preset, TRUE);
  g_autofree char *network = write_text (fixture, "picture.png", json);
  g_autofree char *recipe = write_text (fixture, "a", " \n{ \"epochs\": 3, \"tempo\": 1 }");
  g_autofree char *plan = write_text (fixture, "d", "{ \"network\": {}, \"recipe\": {} }");
  g_autofree char *half = write_text (fixture, "e", "{ \"recipe\": {} }");
  g_autofree char *other = write_text (fixture, "b.json", "{ \"name\": \"Other\" }");
  g_autofree char *broken = write_text (fixture, "c.json", "{ \"layers\": [ }");

  assert_kind (network, ATELIER_FILE_NETWORK);
  assert_kind (recipe, ATELIER_FILE_RECIPE);
  assert_kind (plan, ATELIER_FILE_PLAN);
  assert_kind (half, ATELIER_FILE_RECIPE);
  assert_none (other, ATELIER_ERROR_UNSUPPORTED);
  assert_none (broken, ATELIER_ERROR_FORMAT);
}

static void
test_picture (Fixture       *fixture,
              gconstpointer  data)
{
  const guint8 pixels[4] = { 0, 1, 2, 3 };
  g_autofree char *path = g_build_filename (fixture->folder, "train-images-idx3-ubyte", NULL);
  g_autofree char *svg = write_text (fixture, "text.txt",
                                     "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

  g_assert_true (atelier_picture_save_grey_png (pixels, 2, 2, path, NULL));
  assert_kind (path, ATELIER_FILE_PICTURE);
  assert_kind (svg, ATELIER_FILE_PICTURE);
}

static void
test_data (Fixture       *fixture,
           gconstpointer  is_packed)
{
  g_autofree char *name =
    g_strconcat ("t10k-labels-idx1-ubyte", is_packed ? ".gz" : "", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *spec = NULL;

  idx_files_write_dataset (fixture->folder, 24, 12, 4, 4, 3, is_packed != NULL);
  assert_kind (path, ATELIER_FILE_DATA);
  spec = atelier_file_kind_dup_data_spec (path);
  g_assert_cmpstr (spec, ==, fixture->folder);
  assert_kind (fixture->folder, ATELIER_FILE_DATA);
  g_clear_pointer (&spec, g_free);
  spec = atelier_file_kind_dup_data_spec (fixture->folder);
  g_assert_cmpstr (spec, ==, fixture->folder);
}

/* Of several data sets in a folder, the one that the file is of. */
static void
test_data_with_prefix (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char * const names[] = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  };
  g_autofree char *expected = g_build_filename (fixture->folder, "letters", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "letters-train-images-idx3-ubyte",
                                            NULL);
  g_autofree char *spec = NULL;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      const guint8 idx[] = { 0, 0, 8, 1, 0, 0, 0, 0 };
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *name = g_strconcat (i % 2 == 0 ? "letters-" : "digits-", names[i / 2], NULL);

      g_byte_array_append (bytes, idx, sizeof idx);
      idx_files_write (fixture->folder, name, bytes);
    }
  spec = atelier_file_kind_dup_data_spec (path);
  g_assert_cmpstr (spec, ==, expected);
}

static void
test_none (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.png", NULL);
  g_autofree char *text = write_text (fixture, "model.safetensors", "just words");
  g_autofree char *empty = write_text (fixture, "empty.json", "");

  assert_none (missing, ATELIER_ERROR_NOT_FOUND);
  assert_none (text, ATELIER_ERROR_UNSUPPORTED);
  assert_none (empty, ATELIER_ERROR_UNSUPPORTED);
  assert_none ("/dev/null", ATELIER_ERROR_FORMAT);
}

#define ADD_TEST(path, data, function) \
  g_test_add ("/core/file-kind/" path, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("model", NULL, test_model);
  ADD_TEST ("json", NULL, test_json);
  ADD_TEST ("picture", NULL, test_picture);
  ADD_TEST ("data", NULL, test_data);
  ADD_TEST ("data/packed", "packed", test_data);
  ADD_TEST ("data/prefix", NULL, test_data_with_prefix);
  ADD_TEST ("none", NULL, test_none);

  return g_test_run ();
}
