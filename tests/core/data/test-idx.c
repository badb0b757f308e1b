/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IDX reader: what it reads, and every way in which a file can be wrong. */

#include "base/atelier-error.h"
#include "data/atelier-idx.h"
#include "idx-files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const guint32 image_dims[] = { 2, 3, 4, 0 };
static const guint8 image_data[24] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255 };

static GByteArray *
create_images (void)
{
  return idx_files_create (0x08, image_dims, image_data, sizeof image_data);
}

static void
assert_images (const AtelierIdx *idx)
{
  gsize n_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (idx->data, &n_bytes);

  g_assert_cmpuint (idx->rank, ==, 3);
  g_assert_cmpuint (idx->dims[0], ==, 2);
  g_assert_cmpuint (idx->dims[1], ==, 3);
  g_assert_cmpuint (idx->dims[2], ==, 4);
  g_assert_cmpmem (bytes, n_bytes, image_data, sizeof image_data);
}

/* Asserts that @bytes are refused with @code, and that the message names the file. */
static void
assert_refused (const guint8 *bytes,
                gsize         n_bytes,
                AtelierError  code)
{
  /* A copy of just this size, so that a sanitizer sees a read past the end. */
  g_autofree guint8 *copy = g_memdup2 (bytes, n_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_idx_parse (copy, n_bytes, "a-file", &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "a-file"));
}

static void
assert_array_refused (GByteArray  *bytes, /* Taken */
                      AtelierError code)
{
  assert_refused (bytes->data, bytes->len, code);
  g_byte_array_unref (bytes);
}

/* A header that claims @dims, without data, plain or packed. */
static void
assert_claim_refused (const guint32 *dims,
                      AtelierError   code)
{
  GByteArray *bytes = idx_files_create (0x08, dims, NULL, 0);
  GByteArray *packed = idx_files_gzip (bytes);

  assert_array_refused (bytes, code);
  assert_array_refused (packed, code);
}

static void
test_plain (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIdx) idx = atelier_idx_parse (bytes->data, bytes->len, "a-file", &error);

  g_assert_no_error (error);
  assert_images (idx);
}

static void
test_gzip (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  g_autoptr (GByteArray) packed = idx_files_gzip (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIdx) idx = atelier_idx_parse (packed->data, packed->len, "a-file", &error);

  g_assert_no_error (error);
  assert_images (idx);
}

static void
test_ranks (void)
{
  const guint32 dims[] = { 3, 1, 2, 2, 0 };
  const guint8 data[12] = { 0 };

  for (guint rank = 1; rank <= ATELIER_IDX_MAX_RANK; rank++)
    {
      const guint32 *last_dims = dims + ATELIER_IDX_MAX_RANK - rank;
      const gsize n_data = rank == 1 ? 2 : rank < 4 ? 4 : 12;
      g_autoptr (GByteArray) bytes = idx_files_create (0x08, last_dims, data, n_data);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierIdx) idx = atelier_idx_parse (bytes->data, bytes->len, "a-file", &error);

      g_assert_no_error (error);
      g_assert_cmpuint (idx->rank, ==, rank);
      g_assert_cmpuint (g_bytes_get_size (idx->data), ==, n_data);
    }
}

static void
test_no_images (void)
{
  const guint8 bytes[] = { 0, 0, 8, 2, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff };
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIdx) idx = atelier_idx_parse (bytes, sizeof bytes, "a-file", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (idx->dims[0], ==, 0);
  g_assert_cmpuint (g_bytes_get_size (idx->data), ==, 0);
}

static void
test_not_idx (void)
{
  const guint8 picture[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  const guint8 unknown_type[] = { 0, 0, 0x0a, 1, 0, 0, 0, 1, 7 };
  const guint8 rank_0[] = { 0, 0, 8, 0, 0, 0, 0, 0 };

  assert_refused (picture, sizeof picture, ATELIER_ERROR_FORMAT);
  assert_refused (unknown_type, sizeof unknown_type, ATELIER_ERROR_FORMAT);
  assert_refused (rank_0, sizeof rank_0, ATELIER_ERROR_FORMAT);
}

static void
test_other_types (void)
{
  const guint8 types[] = { 0x09, 0x0b, 0x0c, 0x0d, 0x0e };
  const guint32 dims[] = { 1, 0 };
  const guint8 data[8] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_array_refused (idx_files_create (types[i], dims, data, 8), ATELIER_ERROR_UNSUPPORTED);
}

static void
test_rank_too_high (void)
{
  const guint32 dims[] = { 1, 1, 1, 1, 1, 0 };

  assert_array_refused (idx_files_create (0x08, dims, image_data, 1), ATELIER_ERROR_UNSUPPORTED);
}

static void
test_truncated (void)
{
  g_autoptr (GByteArray) bytes = create_images ();

  for (gsize n = 0; n < bytes->len; n++)
    assert_refused (bytes->data, n, ATELIER_ERROR_TRUNCATED);
}

static void
test_truncated_gzip (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  g_autoptr (GByteArray) packed = idx_files_gzip (bytes);

  /* Below two bytes nothing says that this is gzip. */
  for (gsize n = 0; n < packed->len; n++)
    assert_refused (packed->data, n, ATELIER_ERROR_TRUNCATED);
}

static void
test_data_short_inside_gzip (void)
{
  g_autoptr (GByteArray) bytes = create_images ();

  g_byte_array_set_size (bytes, bytes->len - 1);
  assert_array_refused (idx_files_gzip (bytes), ATELIER_ERROR_TRUNCATED);
}

static void
test_trailing (void)
{
  GByteArray *bytes = create_images ();

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  assert_array_refused (idx_files_gzip (bytes), ATELIER_ERROR_TRAILING);
  assert_array_refused (bytes, ATELIER_ERROR_TRAILING);
}

static void
test_trailing_after_gzip (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *packed = idx_files_gzip (bytes);

  g_byte_array_append (packed, (const guint8 *) "x", 1);
  assert_array_refused (packed, ATELIER_ERROR_TRAILING);
}

/* Members, the first of @n_first bytes, then @n_zeros of padding. */
static GByteArray *
gzip_in_two (const GByteArray *bytes,
             guint             n_first,
             guint             n_zeros)
{
  const guint8 zeros[600] = { 0 };
  GByteArray *packed = NULL;
  g_autoptr (GByteArray) first = g_byte_array_new ();
  g_autoptr (GByteArray) second = g_byte_array_new ();
  g_autoptr (GByteArray) packed_second = NULL;

  g_assert_cmpuint (n_zeros, <=, sizeof zeros);
  g_byte_array_append (first, bytes->data, n_first);
  g_byte_array_append (second, bytes->data + n_first, bytes->len - n_first);
  packed = idx_files_gzip (first);
  packed_second = idx_files_gzip (second);
  g_byte_array_append (packed, packed_second->data, packed_second->len);
  if (n_zeros > 0)
    g_byte_array_append (packed, zeros, n_zeros);
  return packed;
}

/* bgzip, pigz -i and "cat a.gz b.gz" write such files.  The header may be cut in two as well. */
static void
test_gzip_members (void)
{
  g_autoptr (GByteArray) bytes = create_images ();

  for (guint n_first = 0; n_first <= bytes->len; n_first++)
    {
      g_autoptr (GByteArray) packed = gzip_in_two (bytes, n_first, n_first % 2 * 512);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierIdx) idx
        = atelier_idx_parse (packed->data, packed->len, "a-file", &error);

      g_assert_no_error (error);
      assert_images (idx);
    }
}

static void
test_gzip_padding (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *one_after = gzip_in_two (bytes, 20, 512);
  GByteArray *member_after = gzip_in_two (bytes, bytes->len, 512);
  g_autoptr (GByteArray) member = idx_files_gzip (bytes);

  g_byte_array_append (one_after, (const guint8 *) "\1", 1);
  assert_array_refused (one_after, ATELIER_ERROR_TRAILING);
  g_byte_array_append (member_after, member->data, member->len);
  assert_array_refused (member_after, ATELIER_ERROR_TRAILING);
}

/* Two whole files in one: the second is too much. */
static void
test_second_file (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *packed = idx_files_gzip (bytes);
  g_autoptr (GByteArray) second = idx_files_gzip (bytes);

  g_byte_array_append (packed, second->data, second->len);
  assert_array_refused (packed, ATELIER_ERROR_TRAILING);
}

static void
test_second_member_damaged (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *wrong_sum = gzip_in_two (bytes, 20, 0);
  GByteArray *no_gzip = gzip_in_two (bytes, bytes->len, 0);
  g_autoptr (GByteArray) cut = gzip_in_two (bytes, 20, 0);

  wrong_sum->data[wrong_sum->len - 8] ^= 1;
  assert_array_refused (wrong_sum, ATELIER_ERROR_FORMAT);
  g_byte_array_append (no_gzip, (const guint8 *) "\x1f\x8c", 2);
  assert_array_refused (no_gzip, ATELIER_ERROR_FORMAT);
  for (gsize n = 0; n < cut->len; n++)
    assert_refused (cut->data, n, ATELIER_ERROR_TRUNCATED);
}

/* A bomb in the second member: no more is unpacked than the header announces. */
static void
test_second_member_bomb (void)
{
  GByteArray *bytes = create_images ();
  const guint n_images = bytes->len;

  g_byte_array_set_size (bytes, n_images + (16 << 20));
  memset (bytes->data + n_images, 0, 16 << 20);
  assert_array_refused (gzip_in_two (bytes, n_images, 0), ATELIER_ERROR_TRAILING);
  g_byte_array_unref (bytes);
}

/* ---- Byte order ---- */

/* Swaps the numbers of a header, without the magic. */
static void
swap_dims (GByteArray *bytes)
{
  for (guint i = 0; i < bytes->data[3]; i++)
    {
      guint32 dim;

      memcpy (&dim, bytes->data + 4 + 4 * i, sizeof dim);
      dim = GUINT32_SWAP_LE_BE (dim);
      memcpy (bytes->data + 4 + 4 * i, &dim, sizeof dim);
    }
}

static void
assert_byte_order_told (const GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_idx_parse (bytes->data, bytes->len, "a-file", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "a-file"));
  g_assert_nonnull (strstr (error->message, "byte order"));
}

/* Swapped sizes may be too large, larger than the file, or too small. */
static void
test_wrong_byte_order (void)
{
  const guint32 labels[][2] = { { 200, 0 }, { 10000, 0 }, { 65536, 0 } };
  g_autofree guint8 *zeros = g_malloc0 (65536);
  g_autoptr (GByteArray) images = create_images ();
  g_autoptr (GByteArray) packed = NULL;

  swap_dims (images);
  assert_byte_order_told (images);
  packed = idx_files_gzip (images);
  assert_byte_order_told (packed);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (GByteArray) bytes = idx_files_create (0x08, labels[i], zeros, labels[i][0]);

      swap_dims (bytes);
      assert_byte_order_told (bytes);
    }
}

static void
test_wrong_byte_order_of_magic (void)
{
  g_autoptr (GByteArray) bytes = create_images ();

  swap_dims (bytes);
  memcpy (bytes->data, "\3\10\0\0", 4);
  assert_byte_order_told (bytes);
}

static void
test_gzip_checksum (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *packed = idx_files_gzip (bytes);

  packed->data[packed->len - 8] ^= 1;
  assert_array_refused (packed, ATELIER_ERROR_FORMAT);
}

static void
test_gzip_length (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *packed = idx_files_gzip (bytes);

  packed->data[packed->len - 1] ^= 1;
  assert_array_refused (packed, ATELIER_ERROR_FORMAT);
}

static void
test_gzip_damaged (void)
{
  g_autoptr (GByteArray) bytes = create_images ();
  GByteArray *packed = idx_files_gzip (bytes);

  /* The third kind of block does not exist. */
  packed->data[10] |= 0x06;
  assert_array_refused (packed, ATELIER_ERROR_FORMAT);
}

static void
test_claim_too_large (void)
{
  const guint32 two_to_40[] = { 1 << 20, 1 << 10, 1 << 10, 0 };
  const guint32 just_above[] = { (1 << 20) + 1, 1 << 10, 0 };
  const guint32 overflow[] = { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, 0 };
  const guint32 overflow_to_zero[] = { 1u << 31, 1u << 31, 4, 0 };

  assert_claim_refused (two_to_40, ATELIER_ERROR_TOO_LARGE);
  assert_claim_refused (just_above, ATELIER_ERROR_TOO_LARGE);
  assert_claim_refused (overflow, ATELIER_ERROR_TOO_LARGE);
  assert_claim_refused (overflow_to_zero, ATELIER_ERROR_TOO_LARGE);
}

/* A size within the limit that a file of this length cannot hold: refused before memory is
 * allocated. */
static void
test_claim_beyond_file (void)
{
  const guint32 one_gib[] = { 1 << 20, 1 << 10, 0 };

  assert_claim_refused (one_gib, ATELIER_ERROR_TRUNCATED);
}

/* 16 MiB of zeros behind a header that announces 24 bytes: no more than 25 are unpacked. */
static void
test_gzip_bomb (void)
{
  GByteArray *bytes = create_images ();
  const guint n_images = bytes->len;

  g_byte_array_set_size (bytes, n_images + (16 << 20));
  memset (bytes->data + n_images, 0, 16 << 20);
  assert_array_refused (idx_files_gzip (bytes), ATELIER_ERROR_TRAILING);
  g_byte_array_unref (bytes);
}

/* More than one piece of a file, and more than one piece of memory. */
static void
test_large (void)
{
  const guint32 dims[] = { 1000, 700, 0 };
  const gsize n_data = 700000;
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *path = g_build_filename (folder, "large.gz", NULL);
  g_autofree guint8 *data = g_malloc (n_data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (AtelierIdx) parsed = NULL;
  g_autoptr (AtelierIdx) loaded = NULL;
  g_autoptr (GError) error = NULL;

  /* Noise, so that the packed file is long, too. */
  for (gsize i = 0; i < n_data; i++)
    data[i] = (guint8) g_rand_int (rand);
  bytes = idx_files_create (0x08, dims, data, n_data);
  packed = idx_files_gzip (bytes);
  idx_files_write (folder, "large.gz", packed);
  g_assert_cmpuint (packed->len, >, 300000);

  parsed = atelier_idx_parse (packed->data, packed->len, "a-file", &error);
  g_assert_no_error (error);
  loaded = atelier_idx_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (parsed->data, NULL), g_bytes_get_size (parsed->data),
                   data, n_data);
  g_assert_true (g_bytes_equal (parsed->data, loaded->data));
  idx_files_remove_folder (folder);
}

/* ---- Files ---- */

static void
assert_load_refused (const char   *path,
                     AtelierError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_idx_load (path, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_load (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  /* Whether a file is packed is decided by its first bytes, not by its name. */
  g_autofree char *plain_path = g_build_filename (folder, "plain.gz", NULL);
  g_autofree char *packed_path = g_build_filename (folder, "packed", NULL);
  g_autoptr (GByteArray) bytes = create_images ();
  g_autoptr (GByteArray) packed = idx_files_gzip (bytes);
  g_autoptr (AtelierIdx) from_plain = NULL;
  g_autoptr (AtelierIdx) from_packed = NULL;
  g_autoptr (GError) error = NULL;

  idx_files_write (folder, "plain.gz", bytes);
  idx_files_write (folder, "packed", packed);
  from_plain = atelier_idx_load (plain_path, NULL, &error);
  g_assert_no_error (error);
  assert_images (from_plain);
  from_packed = atelier_idx_load (packed_path, NULL, &error);
  g_assert_no_error (error);
  assert_images (from_packed);
  idx_files_remove_folder (folder);
}

static void
test_load_damaged (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GByteArray) bytes = create_images ();

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  idx_files_write (folder, "file", bytes);
  assert_load_refused (path, ATELIER_ERROR_TRAILING);
  g_byte_array_set_size (bytes, bytes->len - 2);
  idx_files_write (folder, "file", bytes);
  assert_load_refused (path, ATELIER_ERROR_TRUNCATED);
  g_byte_array_set_size (bytes, 0);
  idx_files_write (folder, "file", bytes);
  assert_load_refused (path, ATELIER_ERROR_TRUNCATED);
  idx_files_remove_folder (folder);
}

static void
test_load_missing (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *path = g_build_filename (folder, "nothing", NULL);

  assert_load_refused (path, ATELIER_ERROR_NOT_FOUND);
  idx_files_remove_folder (folder);
}

/* A FIFO that nobody writes to would let a reader wait for ever. */
static void
test_load_not_regular (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_load_refused (fifo, ATELIER_ERROR_UNSUPPORTED);
  assert_load_refused (folder, ATELIER_ERROR_UNSUPPORTED);
  assert_load_refused ("/dev/zero", ATELIER_ERROR_UNSUPPORTED);
  idx_files_remove_folder (folder);
}

static void
test_load_no_permission (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  folder = idx_files_create_folder ();
  path = g_build_filename (folder, "file", NULL);
  bytes = create_images ();
  idx_files_write (folder, "file", bytes);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_load_refused (path, ATELIER_ERROR_FAILED);
  idx_files_remove_folder (folder);
}

static void
test_load_cancelled (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GByteArray) bytes = create_images ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  idx_files_write (folder, "file", bytes);
  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_idx_load (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  idx_files_remove_folder (folder);
}

static void
test_free_null (void)
{
  atelier_idx_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/idx/plain", test_plain);
  g_test_add_func ("/core/idx/gzip", test_gzip);
  g_test_add_func ("/core/idx/ranks", test_ranks);
  g_test_add_func ("/core/idx/no-images", test_no_images);
  g_test_add_func ("/core/idx/not-idx", test_not_idx);
  g_test_add_func ("/core/idx/other-types", test_other_types);
  g_test_add_func ("/core/idx/rank-too-high", test_rank_too_high);
  g_test_add_func ("/core/idx/truncated", test_truncated);
  g_test_add_func ("/core/idx/truncated-gzip", test_truncated_gzip);
  g_test_add_func ("/core/idx/data-short-inside-gzip", test_data_short_inside_gzip);
  g_test_add_func ("/core/idx/trailing", test_trailing);
  g_test_add_func ("/core/idx/trailing-after-gzip", test_trailing_after_gzip);
  g_test_add_func ("/core/idx/gzip-members", test_gzip_members);
  g_test_add_func ("/core/idx/gzip-padding", test_gzip_padding);
  g_test_add_func ("/core/idx/second-file", test_second_file);
  g_test_add_func ("/core/idx/second-member-damaged", test_second_member_damaged);
  g_test_add_func ("/core/idx/second-member-bomb", test_second_member_bomb);
  g_test_add_func ("/core/idx/wrong-byte-order", test_wrong_byte_order);
  g_test_add_func ("/core/idx/wrong-byte-order-of-magic", test_wrong_byte_order_of_magic);
  g_test_add_func ("/core/idx/gzip-checksum", test_gzip_checksum);
  g_test_add_func ("/core/idx/gzip-length", test_gzip_length);
  g_test_add_func ("/core/idx/gzip-damaged", test_gzip_damaged);
  g_test_add_func ("/core/idx/claim-too-large", test_claim_too_large);
  g_test_add_func ("/core/idx/claim-beyond-file", test_claim_beyond_file);
  g_test_add_func ("/core/idx/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/core/idx/large", test_large);
  g_test_add_func ("/core/idx/load", test_load);
  g_test_add_func ("/core/idx/load/damaged", test_load_damaged);
  g_test_add_func ("/core/idx/load/missing", test_load_missing);
  g_test_add_func ("/core/idx/load/not-regular", test_load_not_regular);
  g_test_add_func ("/core/idx/load/no-permission", test_load_no_permission);
  g_test_add_func ("/core/idx/load/cancelled", test_load_cancelled);
  g_test_add_func ("/core/idx/free-null", test_free_null);

  return g_test_run ();
}
