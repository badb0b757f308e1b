/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where data sets are found.  The environment names folders of the test's own, set before GLib
 * reads it.  A machine may have data sets in /usr/share/datasets too, so places are compared by
 * their order among those of the test. */

#include "base/atelier-error.h"
#include "data/atelier-dataset-finder.h"
#include "idx-files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *base = NULL; /* a temporary folder, the home and all others in it */

static void
set_folder (const char *variable,
            const char *name)
{
  g_autofree char *path = g_build_filename (base, name, NULL);

  g_setenv (variable, path, TRUE);
}

static void
write_dataset (const char *below)
{
  g_autofree char *folder = g_build_filename (base, below, NULL);

  idx_files_write_dataset (folder, 12, 3, 2, 2, 3, FALSE);
}

/* Empties the folders of the test before it begins. */
static void
set_up (gpointer      fixture,
        gconstpointer user_data)
{
  g_autofree char *working_folder = g_build_filename (base, "work", NULL);

  idx_files_remove_folder (base);
  g_assert_cmpint (g_mkdir_with_parents (working_folder, 0700), ==, 0);
  g_assert_cmpint (g_chdir (working_folder), ==, 0);
  g_unsetenv ("ATELIER_DATASETS");
}

/* The places below the test's folder, without that folder, and "synthetic": one a line. */
static char *
describe_list (void)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  g_autofree char *prefix = g_strconcat (base, "/", NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const AtelierDatasetPlace *place = places->pdata[i];

      g_assert_cmpstr (place->name, !=, "");
      g_assert_cmpstr (place->detail, !=, "");
      if (g_str_has_prefix (place->id, prefix))
        g_string_append_printf (text, "%s\n", place->id + strlen (prefix));
      else if (g_str_equal (place->id, "synthetic"))
        g_string_append (text, "synthetic\n");
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (const char *expected)
{
  g_autofree char *found = describe_list ();

  g_assert_cmpstr (found, ==, expected);
}

static void
test_nothing (gpointer      fixture,
              gconstpointer user_data)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  const AtelierDatasetPlace *last = places->pdata[places->len - 1];

  assert_list ("synthetic\n");
  g_assert_cmpstr (last->id, ==, "synthetic");
  g_assert_cmpstr (last->name, ==, "Sketched garments");
}

static void
test_order (gpointer      fixture,
            gconstpointer user_data)
{
  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("work/data/FashionMNIST/raw");
  write_dataset ("home/data/FashionMNIST/raw");
  write_dataset ("home/.keras/datasets/fashion-mnist");
  write_dataset ("system-2/atelier/datasets/shapes");
  write_dataset ("system-1/atelier/datasets/shapes");
  write_dataset ("user/atelier/datasets/shapes");
  write_dataset ("given");
  assert_list ("given\n"
               "user/atelier/datasets/shapes\n"
               "system-1/atelier/datasets/shapes\n"
               "system-2/atelier/datasets/shapes\n"
               "home/.keras/datasets/fashion-mnist\n"
               "home/data/FashionMNIST/raw\n"
               "work/data/FashionMNIST/raw\n"
               "synthetic\n");
}

static void
test_children_by_name (gpointer      fixture,
                       gconstpointer user_data)
{
  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("given/c");
  write_dataset ("given/a/raw");
  write_dataset ("given/b");
  write_dataset ("given/b/deeper");
  write_dataset ("given/too/much/deeper");
  assert_list ("given/a/raw\ngiven/b\ngiven/c\nsynthetic\n");
}

static void
test_given_list (gpointer      fixture,
                 gconstpointer user_data)
{
  g_autofree char *folders = g_strdup_printf ("%s/two::%s/nothing:%s/one:", base, base, base);

  g_setenv ("ATELIER_DATASETS", folders, TRUE);
  write_dataset ("one");
  write_dataset ("two");
  assert_list ("two\none\nsynthetic\n");
}

static void
test_links_listed_once (gpointer      fixture,
                        gconstpointer user_data)
{
  g_autofree char *target = g_build_filename (base, "given", "b", NULL);
  g_autofree char *path = g_build_filename (base, "given", "c", NULL);
  g_autoptr (GFile) link = g_file_new_for_path (path);

  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("given/b");
  g_assert_true (g_file_make_symbolic_link (link, target, NULL, NULL));
  assert_list ("given/b\nsynthetic\n");
}

static void
test_names (gpointer      fixture,
            gconstpointer user_data)
{
  g_autoptr (GPtrArray) places = NULL;
  const AtelierDatasetPlace *place = NULL;
  g_autofree char *path = g_build_filename (base, "given", "FashionMNIST", "raw", NULL);

  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("given/FashionMNIST/raw");
  places = atelier_dataset_finder_list ();
  place = places->pdata[0];
  g_assert_cmpstr (place->id, ==, path);
  /* What it holds is known only when it is read. */
  g_assert_cmpstr (place->name, ==, "FashionMNIST");
  g_assert_cmpstr (place->detail, ==, path);
}

static void
test_likely (gpointer      fixture,
             gconstpointer user_data)
{
  g_autoptr (GPtrArray) places = NULL;

  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("given/fashion_mnist");
  write_dataset ("given/shapes");
  places = atelier_dataset_finder_list ();
  g_assert_true (atelier_dataset_place_is_likely (places->pdata[0], "Fashion-MNIST"));
  g_assert_true (atelier_dataset_place_is_likely (places->pdata[0], "fashion_mnist"));
  g_assert_false (atelier_dataset_place_is_likely (places->pdata[0], "shapes"));
  g_assert_true (atelier_dataset_place_is_likely (places->pdata[1], "shapes"));
  g_assert_false (atelier_dataset_place_is_likely (places->pdata[1], "Fashion-MNIST"));
}

/* Copies the data set @below as @prefix into the folder @to. */
static void
copy_with_prefix (const char *below,
                  const char *to,
                  const char *prefix)
{
  g_autofree char *folder = g_build_filename (base, below, NULL);
  g_autofree char *target = g_build_filename (base, to, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (target, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from_path = g_build_filename (folder, name, NULL);
      g_autofree char *to_name = g_strconcat (prefix, name, NULL);
      g_autofree char *to_path = g_build_filename (target, to_name, NULL);

      g_assert_cmpint (g_rename (from_path, to_path), ==, 0);
    }
}

/* Each is a place of its own, and can be loaded by its place. */
static void
test_several_in_a_folder (gpointer      fixture,
                          gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (base, "given", "emnist", "raw", "emnist-mnist", NULL);
  g_autofree char *above = g_build_filename (base, "given", "emnist", NULL);
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("a");
  copy_with_prefix ("a", "given/emnist/raw", "emnist-mnist-");
  assert_list ("given/emnist/raw/emnist-mnist\nsynthetic\n");
  write_dataset ("a");
  copy_with_prefix ("a", "given/emnist/raw", "emnist-letters-");
  assert_list ("given/emnist/raw/emnist-letters\ngiven/emnist/raw/emnist-mnist\nsynthetic\n");

  places = atelier_dataset_finder_list ();
  g_assert_cmpstr (((AtelierDatasetPlace *) places->pdata[1])->name, ==, "emnist-mnist");
  dataset = atelier_dataset_finder_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "emnist-mnist");
  g_assert_null (atelier_dataset_finder_load (above, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "emnist-letters, emnist-mnist"));
}

static void
test_load_auto (gpointer      fixture,
                gconstpointer user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  set_folder ("ATELIER_DATASETS", "given");
  write_dataset ("given/shapes");
  dataset = atelier_dataset_finder_load ("auto", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "shapes");
}

static void
test_load_synthetic (gpointer      fixture,
                     gconstpointer user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  dataset = atelier_dataset_finder_load ("synthetic", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "sketched-garments");
}

static void
test_load_folder (gpointer      fixture,
                  gconstpointer user_data)
{
  g_autofree char *given = g_build_filename (base, "given", NULL);
  g_autofree char *above = g_build_filename (base, "above", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (AtelierDataset) below = NULL;
  g_autoptr (GError) error = NULL;

  write_dataset ("given");
  dataset = atelier_dataset_finder_load (given, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, given);

  /* As torchvision is given it. */
  write_dataset ("above/FashionMNIST/raw");
  below = atelier_dataset_finder_load (above, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_name (below), ==, "FashionMNIST");
}

static void
test_load_relative (gpointer      fixture,
                    gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (base, "work", "here", NULL);
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  write_dataset ("work/here");
  dataset = atelier_dataset_finder_load ("here", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, path);
}

static void
test_load_nothing_there (gpointer      fixture,
                         gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (base, "nowhere", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_dataset_finder_load (path, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_load_no_dataset (gpointer      fixture,
                      gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_dataset_finder_load (base, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, base));
  g_assert_nonnull (strstr (error->message, "train-images-idx3-ubyte"));
}

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for_load (const char   *spec,
               GCancellable *cancellable)
{
  GAsyncResult *result = NULL;

  atelier_dataset_finder_load_async (spec, cancellable, on_loaded_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

static void
test_load_async (gpointer      fixture,
                 gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (base, "given", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  write_dataset ("given");
  result = wait_for_load (path, NULL);
  dataset = atelier_dataset_finder_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "given");
}

static void
test_load_async_error (gpointer      fixture,
                       gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = wait_for_load (base, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_dataset_finder_load_finish (result, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
}

static void
test_load_async_cancelled (gpointer      fixture,
                           gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = wait_for_load ("synthetic", cancellable);
  g_assert_null (atelier_dataset_finder_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) \
  g_test_add_vtable ("/core/dataset-finder/" path, 0, NULL, set_up, function, NULL)

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *system_folders = NULL;
  int result;

  /* Without links in it, as the working folder is given. */
  g_assert_cmpint (g_chdir (folder), ==, 0);
  base = g_get_current_dir ();
  system_folders = g_strdup_printf ("%s/system-1:%s/system-2", base, base);
  set_folder ("HOME", "home");
  set_folder ("XDG_DATA_HOME", "user");
  g_setenv ("XDG_DATA_DIRS", system_folders, TRUE);

  g_test_init (&argc, &argv, NULL);
  ADD ("nothing", test_nothing);
  ADD ("order", test_order);
  ADD ("children-by-name", test_children_by_name);
  ADD ("given-list", test_given_list);
  ADD ("links-listed-once", test_links_listed_once);
  ADD ("names", test_names);
  ADD ("likely", test_likely);
  ADD ("several-in-a-folder", test_several_in_a_folder);
  ADD ("load/auto", test_load_auto);
  ADD ("load/synthetic", test_load_synthetic);
  ADD ("load/folder", test_load_folder);
  ADD ("load/relative", test_load_relative);
  ADD ("load/nothing-there", test_load_nothing_there);
  ADD ("load/no-dataset", test_load_no_dataset);
  ADD ("load/async", test_load_async);
  ADD ("load/async-error", test_load_async_error);
  ADD ("load/async-cancelled", test_load_async_cancelled);
  result = g_test_run ();

  g_assert_cmpint (g_chdir ("/"), ==, 0);
  idx_files_remove_folder (base);
  g_free (base);
  return result;
}
