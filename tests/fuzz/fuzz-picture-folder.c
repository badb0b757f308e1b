/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the reader of folders of pictures, and that of pictures in files: whatever the names, the
 * links and the contents, each picture is listed once, below the folder, and of a class that the
 * model has; reading it gives a picture or an error. */

#include "fuzz-folder.h"

#include <string.h>

#include "base/atelier-error.h"
#include "picture/atelier-drawings.h"
#include "picture/atelier-picture-folder.h"
#include "picture/atelier-picture.h"

static const char * const class_names[] = { "T-shirt/top", "C", "C++", "t", "T", "\u00e9", NULL };

static const char * const names[] = {
  "a.png", "T-shirt-top/a.png", "C++/below/b", "t/t/t/t/c.gif", "test/C/d.bmp", NULL
};

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_entry (const char                *folder,
             const AtelierPictureEntry *entry)
{
  g_autoptr (GFile) file = g_file_new_for_path (entry->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = NULL;

  g_assert_true (g_str_has_prefix (entry->path, folder));
  g_assert_cmpint (entry->i_class, >=, -1);
  g_assert_cmpint (entry->i_class, <, (int) g_strv_length ((GStrv) class_names));
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_true ((picture != NULL) == (error == NULL));
  if (picture == NULL)
    g_assert_true (error->domain == ATELIER_ERROR);
}

/* A class's folder is never another's. */
static void
check_names (const AtelierPictureFolder *folder)
{
  for (guint i = 0; i < folder->strangers->len; i++)
    {
      const char *name = g_ptr_array_index (folder->strangers, i);

      g_assert_true (g_utf8_validate (name, -1, NULL));
      for (guint k = 0; class_names[k] != NULL; k++)
        {
          g_autofree char *made = atelier_drawings_make_folder_name (class_names[k]);

          g_assert_cmpstr (name, !=, made);
          g_assert_cmpint (atelier_drawings_find_class (made, class_names), ==, (int) k);
        }
    }
  g_assert_cmpuint (folder->left_out->len, <=, folder->strangers->len);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *path = fuzz_folder_fill (data, size, names);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPictureFolder) folder = atelier_picture_folder_list (path, class_names, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < folder->entries->len; i++)
    {
      const AtelierPictureEntry *entry = g_ptr_array_index (folder->entries, i);

      check_entry (path, entry);
      g_assert_true (g_hash_table_add (seen, entry->path));
    }
  check_names (folder);
  return 0;
}
