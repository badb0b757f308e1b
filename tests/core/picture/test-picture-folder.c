/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of pictures: what counts as one, in which order, and of which class. */

#include "config.h"

#include "picture/atelier-picture-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"

static const char *const classes[] = { "T-shirt/top", "Bag", NULL };

typedef struct
{
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->path = g_dir_make_tmp ("atelier-folder-XXXXXX", NULL);
  g_assert_nonnull (fixture->path);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);
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
  remove_all (fixture->path);
  g_free (fixture->path);
}

/* A file of @contents at the path below the folder; folders are made. */
static void
put (Fixture    *fixture,
     const char *name,
     const char *contents)
{
  g_autofree char *path = g_build_filename (fixture->path, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

/* The entries as "name class" lines. */
static char *
list (Fixture  *fixture,
      char    **strangers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPictureFolder) folder =
    atelier_picture_folder_list (fixture->path, classes, &error);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < folder->entries->len; i++)
    {
      const AtelierPictureEntry *entry = g_ptr_array_index (folder->entries, i);

      g_string_append_printf (lines, "%s %d\n", entry->path + strlen (fixture->path) + 1,
                              entry->i_class);
    }
  for (guint i = 0; i < folder->strangers->len; i++)
    g_string_append_printf (others, "%s\n", (char *) g_ptr_array_index (folder->strangers, i));
  if (strangers != NULL)
    *strangers = g_string_free (g_steal_pointer (&others), FALSE);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_own_pictures (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *found = NULL;

  put (fixture, "b.PNG", "");
  put (fixture, "a.jpeg", "anything");
  put (fixture, "c", "GIF89a and more");
  put (fixture, "drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
  put (fixture, "notes.txt", "text");
  put (fixture, ".hidden.png", "");
  found = list (fixture, NULL);
  g_assert_cmpstr (found, ==, "a.jpeg -1\nb.PNG -1\nc -1\ndrawing -1\n");
}

static void
test_class_folders (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *strangers = NULL;
  g_autofree char *found = NULL;

  put (fixture, "t_shirt TOP/2.png", "");
  put (fixture, "t_shirt TOP/1.png", "");
  put (fixture, "t_shirt TOP/below/3.png", "");
  put (fixture, "bag/1.png", "");
  put (fixture, "Coat/1.png", "");
  put (fixture, "z.png", "");
  found = list (fixture, &strangers);
  g_assert_cmpstr (found, ==,
                   "z.png -1\nbag/1.png 1\nt_shirt TOP/1.png 0\nt_shirt TOP/2.png 0\n"
                   "t_shirt TOP/below/3.png 0\n");
  g_assert_cmpstr (strangers, ==, "Coat\n");
}

/* What is deeper in folders of no class is not read, but noted. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPictureFolder) folder = NULL;

  put (fixture, "Bag/1.png", "");
  put (fixture, "empty/a/notes.txt", "");
  put (fixture, "far/a/b/c/1.png", "");
  put (fixture, "test/Bag/2.png", "");
  put (fixture, "train/Bag/2.png", "");
  folder = atelier_picture_folder_list (fixture->path, classes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (folder->entries->len, ==, 1);
  g_assert_cmpuint (folder->strangers->len, ==, 4);
  g_assert_cmpuint (folder->left_out->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (folder->left_out, 0), ==, "far");
  g_assert_cmpstr (folder->nested, ==, "test");
}

/* A link to a folder above gives its pictures once. */
static void
test_circle (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->path, "Bag", "again", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPictureFolder) folder = NULL;

  put (fixture, "Bag/1.png", "");
  g_assert_cmpint (symlink ("../Bag", link), ==, 0);
  folder = atelier_picture_folder_list (fixture->path, classes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (folder->entries->len, ==, 1);
}

/* A folder that is called as a picture is none; a pipe and a link that leads nowhere are found by
 * their names, so that they are reported, and never opened here. */
static void
test_odd_files (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *pipe = g_build_filename (fixture->path, "pipe.png", NULL);
  g_autofree char *silent = g_build_filename (fixture->path, "silent", NULL);
  g_autofree char *link = g_build_filename (fixture->path, "link.png", NULL);
  g_autofree char *found = NULL;

  put (fixture, "folder.png/x.txt", "");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (mkfifo (silent, 0600), ==, 0);
  g_assert_cmpint (symlink ("nowhere", link), ==, 0);
  found = list (fixture, NULL);
  g_assert_cmpstr (found, ==, "link.png -1\npipe.png -1\n");
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  const struct
  {
    const char  *name;
    AtelierError code;
  } cases[] = { { "missing", ATELIER_ERROR_NOT_FOUND }, { "file", ATELIER_ERROR_FORMAT } };

  put (fixture, "file", "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (fixture->path, cases[i].name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_picture_folder_list (path, classes, &error));
      g_assert_error (error, ATELIER_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].name));
    }
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *found = list (fixture, NULL);

  g_assert_cmpstr (found, ==, "");
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

  add_test ("/core/picture-folder/own-pictures", test_own_pictures);
  add_test ("/core/picture-folder/class-folders", test_class_folders);
  add_test ("/core/picture-folder/left-out", test_left_out);
  add_test ("/core/picture-folder/circle", test_circle);
  add_test ("/core/picture-folder/odd-files", test_odd_files);
  add_test ("/core/picture-folder/no-folder", test_no_folder);
  add_test ("/core/picture-folder/empty", test_empty);

  return g_test_run ();
}
