/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Written without the code of the reader, so that both do not have the same mistake. */

#include "idx-files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

static void
write_part (const char    *folder,
            const char    *name,
            const guint32 *dims,
            guint          modulus,
            gboolean       is_packed)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree guint8 *data = NULL;
  g_autofree char *file_name = g_strconcat (name, is_packed ? ".gz" : NULL, NULL);
  gsize n_data = 1;

  for (guint i = 0; dims[i] != 0; i++)
    n_data *= dims[i];
  data = g_malloc (n_data);
  for (gsize i = 0; i < n_data; i++)
    data[i] = (guint8) (i % modulus);

  bytes = idx_files_create (0x08, dims, data, n_data);
  if (is_packed)
    {
      g_autoptr (GByteArray) packed = idx_files_gzip (bytes);

      idx_files_write (folder, file_name, packed);
    }
  else
    {
      idx_files_write (folder, file_name, bytes);
    }
}

GByteArray *
idx_files_create (guint8         type,
                  const guint32 *dims,
                  const guint8  *data,
                  gsize          n_data)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 magic[4] = { 0, 0, type, 0 };

  while (dims[magic[3]] != 0)
    magic[3]++;
  g_byte_array_append (bytes, magic, sizeof magic);
  for (guint i = 0; i < magic[3]; i++)
    {
      const guint32 dim = GUINT32_TO_BE (dims[i]);

      g_byte_array_append (bytes, (const guint8 *) &dim, sizeof dim);
    }
  if (n_data > 0)
    g_byte_array_append (bytes, data, n_data);
  return bytes;
}

GByteArray *
idx_files_gzip (const GByteArray *bytes)
{
  GByteArray *packed = g_byte_array_new ();
  z_stream zlib = { 0 };

  g_assert_cmpint (deflateInit2 (&zlib, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, deflateBound (&zlib, bytes->len));
  zlib.next_in = bytes->data;
  zlib.avail_in = bytes->len;
  zlib.next_out = packed->data;
  zlib.avail_out = packed->len;
  g_assert_cmpint (deflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, packed->len - zlib.avail_out);
  deflateEnd (&zlib);
  return packed;
}

void
idx_files_write (const char       *folder,
                 const char       *name,
                 const GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

void
idx_files_write_dataset (const char *folder,
                         guint32     n_train,
                         guint32     n_test,
                         guint32     height,
                         guint32     width,
                         guint       n_classes,
                         gboolean    is_packed)
{
  const guint32 train[] = { n_train, height, width, 0 };
  const guint32 train_labels[] = { n_train, 0 };
  const guint32 test[] = { n_test, height, width, 0 };
  const guint32 test_labels[] = { n_test, 0 };

  write_part (folder, "train-images-idx3-ubyte", train, 251, is_packed);
  write_part (folder, "train-labels-idx1-ubyte", train_labels, n_classes, is_packed);
  write_part (folder, "t10k-images-idx3-ubyte", test, 241, is_packed);
  write_part (folder, "t10k-labels-idx1-ubyte", test_labels, n_classes, is_packed);
}

char *
idx_files_create_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("atelier-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
idx_files_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        idx_files_remove_folder (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}
