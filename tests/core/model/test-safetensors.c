/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The safetensors container against the format's rules: each rule broken once, with its own
 * error. */

#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-safetensors.h"

/* The example of the format's description: w = [1, -2]. */
static const guint8 golden[] =
  "\x38\0\0\0\0\0\0\0"
  "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  "
  "\0\0\x80\x3f\0\0\0\xc0";

#define GOLDEN_SIZE (sizeof golden - 1)

/* A file of @header as it is, and @data_size bytes of tensors. */
static GBytes *
make_file (const char *header,
           gsize       data_size)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  g_autofree guint8 *data = g_malloc0 (data_size + 1);

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, data, (guint) data_size);
  return g_byte_array_free_to_bytes (bytes);
}

static AtelierSafetensors *
read_good (const char *header,
           gsize       data_size)
{
  g_autoptr (GBytes) bytes = make_file (header, data_size);
  g_autoptr (GError) error = NULL;
  AtelierSafetensors *file = atelier_safetensors_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static void
assert_bytes_refused (GBytes       *bytes,
                      AtelierError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "test", &error);

  g_assert_null (file);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "test"));
}

static void
assert_refused (const char   *header,
                gsize         data_size,
                AtelierError  code)
{
  g_autoptr (GBytes) bytes = make_file (header, data_size);

  assert_bytes_refused (bytes, code);
}

/* One tensor, of 8 bytes, whose entry is @entry. */
static void
assert_entry_refused (const char   *entry,
                      AtelierError  code)
{
  g_autofree char *header = g_strdup_printf ("{\"w\":%s}", entry);

  assert_refused (header, 8, code);
}

/* ---- Good files ---- */

static void
test_golden_read (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (golden, GOLDEN_SIZE);
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  const AtelierSafetensor *tensor;

  g_assert_cmpuint (GOLDEN_SIZE, ==, 72);
  g_assert_nonnull (file);
  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, 1);
  tensor = atelier_safetensors_find_tensor (file, "w");
  g_assert_nonnull (tensor);
  g_assert_cmpint (tensor->dtype, ==, ATELIER_DTYPE_F32);
  g_assert_cmpuint (tensor->rank, ==, 1);
  g_assert_cmpuint (tensor->shape[0], ==, 2);
  g_assert_cmpmem (g_bytes_get_data (tensor->data, NULL), g_bytes_get_size (tensor->data),
                   golden + 64, 8);
}

static void
test_golden_write (void)
{
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_new ();
  g_autoptr (GBytes) data = g_bytes_new_static (golden + 64, 8);
  g_autoptr (GBytes) bytes = NULL;
  guint64 shape[] = { 2 };

  atelier_safetensors_add_tensor (file, "w", ATELIER_DTYPE_F32, shape, 1, data);
  bytes = atelier_safetensors_to_bytes (file);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), golden, GOLDEN_SIZE);
}

/* Wide types first, then names; strings in the order in which they were added. */
static void
test_write_order (void)
{
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_new ();
  g_autoptr (GBytes) one = g_bytes_new_static ("\1", 1);
  g_autoptr (GBytes) four = g_bytes_new_static ("\2\2\2\2", 4);
  g_autoptr (GBytes) eight = g_bytes_new_static ("\3\3\3\3\3\3\3\3", 8);
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  guint64 n;

  atelier_safetensors_add_metadata (file, "z", "1");
  atelier_safetensors_add_metadata (file, "a", "\"2\"");
  atelier_safetensors_add_tensor (file, "a", ATELIER_DTYPE_U8, NULL, 0, one);
  atelier_safetensors_add_tensor (file, "c", ATELIER_DTYPE_F32, NULL, 0, four);
  atelier_safetensors_add_tensor (file, "b", ATELIER_DTYPE_F32, NULL, 0, four);
  atelier_safetensors_add_tensor (file, "d", ATELIER_DTYPE_F64, NULL, 0, eight);
  bytes = atelier_safetensors_to_bytes (file);
  data = g_bytes_get_data (bytes, NULL);
  memcpy (&n, data, sizeof n);
  n = GUINT64_FROM_LE (n);
  g_assert_cmpuint (n % 8, ==, 0);
  g_assert_true (
    g_str_has_prefix (data + 8, "{\"__metadata__\":{\"z\":\"1\",\"a\":\"\\\"2\\\"\"},"
                                "\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                                "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
                                "\"c\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[12,16]},"
                                "\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[16,17]}}"));
  g_assert_cmpmem (data + 8 + n, g_bytes_get_size (bytes) - 8 - n,
                   "\3\3\3\3\3\3\3\3\2\2\2\2\2\2\2\2\1", 17);
}

static void
test_round_trip (void)
{
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_new ();
  g_autoptr (AtelierSafetensors) again = NULL;
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) data = g_bytes_new_static ("123456789012", 12);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) bytes_again = NULL;
  guint64 shape[] = { 1, 3, 2 };
  guint64 empty_shape[] = { 4, 0 };

  atelier_safetensors_add_metadata (file, "key\n", "Üé\"");
  atelier_safetensors_add_tensor (file, "t\"1", ATELIER_DTYPE_BF16, shape, 3, data);
  atelier_safetensors_add_tensor (file, "nothing", ATELIER_DTYPE_F32, empty_shape, 2, empty);
  bytes = atelier_safetensors_to_bytes (file);
  again = atelier_safetensors_from_bytes (bytes, "test", NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (atelier_safetensors_get_metadata (again, "key\n"), ==, "Üé\"");
  g_assert_null (atelier_safetensors_get_metadata (again, "other"));
  g_assert_true (g_bytes_equal (atelier_safetensors_find_tensor (again, "t\"1")->data, data));
  g_assert_cmpuint (atelier_safetensors_find_tensor (again, "t\"1")->shape[1], ==, 3);
  bytes_again = atelier_safetensors_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
}

static void
test_empty (void)
{
  g_autoptr (AtelierSafetensors) file = read_good ("{}", 0);

  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, 0);
}

/* Entries may come in any order; a header need not be padded. */
static void
test_any_order (void)
{
  g_autoptr (AtelierSafetensors) file =
    read_good ("{\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]},"
               "\"e\":{\"data_offsets\":[1,1],\"shape\":[0],\"dtype\":\"F64\"},"
               "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"__metadata__\":{}}",
               4);

  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, 3);
  g_assert_cmpstr (atelier_safetensors_get_tensor (file, 0)->name, ==, "a");
  g_assert_cmpstr (atelier_safetensors_get_tensor (file, 1)->name, ==, "e");
  g_assert_cmpstr (atelier_safetensors_get_tensor (file, 2)->name, ==, "b");
}

static void
test_dtypes (void)
{
  for (guint i = 0; i < ATELIER_N_DTYPES; i++)
    {
      guint size = atelier_dtype_get_size (i);
      g_autofree char *header =
        g_strdup_printf ("{\"w\":{\"dtype\":\"%s\",\"shape\":[],\"data_offsets\":[0,%u]}}",
                         atelier_dtype_get_name (i), size);
      g_autoptr (AtelierSafetensors) file = read_good (header, size);

      g_assert_cmpuint (atelier_safetensors_get_tensor (file, 0)->dtype, ==, i);
    }
}

/* ---- The outside ---- */

static void
test_truncated (void)
{
  for (gsize size = 0; size < GOLDEN_SIZE; size++)
    {
      g_autofree guint8 *copy = g_memdup2 (golden, size);
      g_autoptr (GBytes) bytes = g_bytes_new (copy, size);

      assert_bytes_refused (bytes, ATELIER_ERROR_TRUNCATED);
    }
}

static void
test_trailing (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (golden, sizeof golden);

  assert_bytes_refused (bytes, ATELIER_ERROR_TRAILING);
  assert_refused ("{}", 1, ATELIER_ERROR_TRAILING);
}

static void
test_header_length (void)
{
  g_autoptr (GBytes) zero = g_bytes_new_static ("\0\0\0\0\0\0\0\0", 8);
  g_autoptr (GBytes) huge = g_bytes_new_static ("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10);
  g_autoptr (GBytes) above = g_bytes_new_static ("\x01\0\x10\0\0\0\0\0{}", 10);
  g_autoptr (GBytes) at = g_bytes_new_static ("\0\0\x10\0\0\0\0\0{}", 10);
  g_autoptr (GBytes) wrapping = g_bytes_new_static ("\xf8\xff\xff\xff\xff\xff\xff\xff{}", 10);

  assert_bytes_refused (zero, ATELIER_ERROR_FORMAT);
  assert_bytes_refused (huge, ATELIER_ERROR_TOO_LARGE);
  assert_bytes_refused (above, ATELIER_ERROR_TOO_LARGE);
  assert_bytes_refused (at, ATELIER_ERROR_TRUNCATED);
  assert_bytes_refused (wrapping, ATELIER_ERROR_TOO_LARGE);
}

static void
test_other_files (void)
{
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  g_autoptr (GBytes) text = g_bytes_new_static ("This is a letter.", 17);

  assert_bytes_refused (png, ATELIER_ERROR_FORMAT);
  assert_bytes_refused (text, ATELIER_ERROR_FORMAT);
}

static void
test_header_text (void)
{
  assert_refused (" {}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{}\n", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{} {}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"\xff\":1}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{/**/}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("[]", 0, ATELIER_ERROR_FORMAT);
}

/* ---- Metadata ---- */

static void
test_metadata (void)
{
  assert_refused ("{\"__metadata__\":[]}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"__metadata__\":{\"a\":1}}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"__metadata__\":{\"a\":null}}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"__metadata__\":{},\"__metadata__\":{}}", 0, ATELIER_ERROR_FORMAT);
}

/* ---- Entries ---- */

static void
test_entry_members (void)
{
  assert_entry_refused ("5", ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"shape\":[2],\"data_offsets\":[0,8]}", ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"data_offsets\":[0,8]}", ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2]}", ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,1e1]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,-8]}",
                        ATELIER_ERROR_FORMAT);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,0,8]}",
                        ATELIER_ERROR_TOO_LARGE);
}

static void
test_unknown_dtype (void)
{
  assert_entry_refused ("{\"dtype\":\"F4\",\"shape\":[16],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_UNSUPPORTED);
  assert_entry_refused ("{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_UNSUPPORTED);
}

static void
test_shape_mismatch (void)
{
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_MISMATCH);
  assert_entry_refused ("{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_MISMATCH);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2,0],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_MISMATCH);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_MISMATCH);
}

static void
test_reversed (void)
{
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}",
                        ATELIER_ERROR_FORMAT);
}

/* Products that wrap round to a size that would fit. */
static void
test_overflow (void)
{
  assert_entry_refused (
    "{\"dtype\":\"F32\",\"shape\":[4611686018427387906],\"data_offsets\":[0,8]}",
    ATELIER_ERROR_TOO_LARGE);
  assert_entry_refused (
    "{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,0]}",
    ATELIER_ERROR_TOO_LARGE);
  assert_entry_refused (
    "{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}",
    ATELIER_ERROR_FORMAT);
}

static void
test_oversized (void)
{
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}",
                        ATELIER_ERROR_TRUNCATED);
  assert_entry_refused (
    "{\"dtype\":\"U8\",\"shape\":[9223372036854775807],\"data_offsets\":[0,9223372036854775807]}",
    ATELIER_ERROR_TRUNCATED);
}

static void
test_hole (void)
{
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}",
                        ATELIER_ERROR_FORMAT);
  assert_refused ("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                  "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[3,5]}}",
                  5, ATELIER_ERROR_FORMAT);
}

static void
test_overlap (void)
{
  assert_refused ("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                  "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[2,5]}}",
                  5, ATELIER_ERROR_FORMAT);
  assert_refused ("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                  "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}",
                  3, ATELIER_ERROR_FORMAT);
}

static void
test_duplicate (void)
{
  assert_refused ("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                  "\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[3,6]}}",
                  6, ATELIER_ERROR_FORMAT);
  assert_entry_refused (
    "{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
    ATELIER_ERROR_FORMAT);
}

/* ---- Own limits ---- */

static char *
make_many (guint n)
{
  GString *header = g_string_new ("{\"__metadata__\":{}");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (header,
                            ",\"%u\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}", i);
  g_string_append_c (header, '}');
  return g_string_free (header, FALSE);
}

static void
test_limit_tensors (void)
{
  g_autofree char *most = make_many (ATELIER_SAFETENSORS_MAX_TENSORS);
  g_autofree char *more = make_many (ATELIER_SAFETENSORS_MAX_TENSORS + 1);
  g_autoptr (AtelierSafetensors) file = read_good (most, 0);

  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, ATELIER_SAFETENSORS_MAX_TENSORS);
  assert_refused (more, 0, ATELIER_ERROR_TOO_LARGE);
}

static void
test_limit_rank (void)
{
  g_autoptr (AtelierSafetensors) file =
    read_good ("{\"w\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}", 8);

  g_assert_cmpuint (atelier_safetensors_get_tensor (file, 0)->rank, ==, 8);
  assert_entry_refused ("{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}",
                        ATELIER_ERROR_TOO_LARGE);
}

static void
test_limit_name (void)
{
  g_autofree char *name = g_strnfill (256, 'n');
  g_autofree char *good =
    g_strdup_printf ("{\"%s\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", name);
  g_autofree char *bad =
    g_strdup_printf ("{\"%sn\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", name);
  g_autoptr (AtelierSafetensors) file = read_good (good, 1);

  g_assert_nonnull (atelier_safetensors_find_tensor (file, name));
  assert_refused (bad, 1, ATELIER_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/safetensors/golden/read", test_golden_read);
  g_test_add_func ("/core/safetensors/golden/write", test_golden_write);
  g_test_add_func ("/core/safetensors/write-order", test_write_order);
  g_test_add_func ("/core/safetensors/round-trip", test_round_trip);
  g_test_add_func ("/core/safetensors/empty", test_empty);
  g_test_add_func ("/core/safetensors/any-order", test_any_order);
  g_test_add_func ("/core/safetensors/dtypes", test_dtypes);
  g_test_add_func ("/core/safetensors/truncated", test_truncated);
  g_test_add_func ("/core/safetensors/trailing", test_trailing);
  g_test_add_func ("/core/safetensors/header-length", test_header_length);
  g_test_add_func ("/core/safetensors/other-files", test_other_files);
  g_test_add_func ("/core/safetensors/header-text", test_header_text);
  g_test_add_func ("/core/safetensors/metadata", test_metadata);
  g_test_add_func ("/core/safetensors/entry/members", test_entry_members);
  g_test_add_func ("/core/safetensors/entry/dtype", test_unknown_dtype);
  g_test_add_func ("/core/safetensors/entry/shape-mismatch", test_shape_mismatch);
  g_test_add_func ("/core/safetensors/entry/reversed", test_reversed);
  g_test_add_func ("/core/safetensors/entry/overflow", test_overflow);
  g_test_add_func ("/core/safetensors/entry/oversized", test_oversized);
  g_test_add_func ("/core/safetensors/hole", test_hole);
  g_test_add_func ("/core/safetensors/overlap", test_overlap);
  g_test_add_func ("/core/safetensors/duplicate", test_duplicate);
  g_test_add_func ("/core/safetensors/limit/tensors", test_limit_tensors);
  g_test_add_func ("/core/safetensors/limit/rank", test_limit_rank);
  g_test_add_func ("/core/safetensors/limit/name", test_limit_name);
  return g_test_run ();
}
