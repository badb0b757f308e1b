/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The container's rules in one place, so that they can be tested with files that no model would
 * give.
 *
 * The reader trusts nothing: the header's length is compared with the file's before the header
 * is looked at, and a tensor's place before anything is made of it.  Checks go from the outside
 * inwards, and a file that only ends too early says so and nothing else, because that is what a
 * broken download looks like.  Tensors are slices of the file's bytes, not copies.  No function
 * keeps state; any thread.
 */

#include "config.h"

#include "model/atelier-safetensors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-json-scan.h"
#include "base/atelier-json.h"

#define PREFIX_SIZE 8
#define METADATA "__metadata__"

typedef struct
{
  char *key;   /* Owned */
  char *value; /* Owned */
} Metadata;

struct _AtelierSafetensors
{
  GArray *metadata; /* Owned; of Metadata */
  GArray *tensors;  /* Owned; of AtelierSafetensor */
};

static const struct
{
  const char *name;
  guint       size;
} dtypes[ATELIER_N_DTYPES] = {
  [ATELIER_DTYPE_BOOL] = { "BOOL", 1 },
  [ATELIER_DTYPE_U8] = { "U8", 1 },
  [ATELIER_DTYPE_I8] = { "I8", 1 },
  [ATELIER_DTYPE_F8_E5M2] = { "F8_E5M2", 1 },
  [ATELIER_DTYPE_F8_E4M3] = { "F8_E4M3", 1 },
  [ATELIER_DTYPE_I16] = { "I16", 2 },
  [ATELIER_DTYPE_U16] = { "U16", 2 },
  [ATELIER_DTYPE_F16] = { "F16", 2 },
  [ATELIER_DTYPE_BF16] = { "BF16", 2 },
  [ATELIER_DTYPE_I32] = { "I32", 4 },
  [ATELIER_DTYPE_U32] = { "U32", 4 },
  [ATELIER_DTYPE_F32] = { "F32", 4 },
  [ATELIER_DTYPE_C64] = { "C64", 8 },
  [ATELIER_DTYPE_F64] = { "F64", 8 },
  [ATELIER_DTYPE_I64] = { "I64", 8 },
  [ATELIER_DTYPE_U64] = { "U64", 8 },
};

const char *
atelier_dtype_get_name (AtelierDtype dtype)
{
  g_return_val_if_fail ((guint) dtype < ATELIER_N_DTYPES, NULL);
  return dtypes[dtype].name;
}

guint
atelier_dtype_get_size (AtelierDtype dtype)
{
  g_return_val_if_fail ((guint) dtype < ATELIER_N_DTYPES, 0);
  return dtypes[dtype].size;
}

/* ---- The content ---- */

static void
clear_metadata (gpointer data)
{
  Metadata *metadata = data;

  g_free (metadata->key);
  g_free (metadata->value);
}

static void
clear_tensor (gpointer data)
{
  AtelierSafetensor *tensor = data;

  g_free (tensor->name);
  g_bytes_unref (tensor->data);
}

AtelierSafetensors *
atelier_safetensors_new (void)
{
  AtelierSafetensors *file = g_new0 (AtelierSafetensors, 1);

  file->metadata = g_array_new (FALSE, FALSE, sizeof (Metadata));
  g_array_set_clear_func (file->metadata, clear_metadata);
  file->tensors = g_array_new (FALSE, FALSE, sizeof (AtelierSafetensor));
  g_array_set_clear_func (file->tensors, clear_tensor);
  return file;
}

void
atelier_safetensors_free (AtelierSafetensors *file)
{
  if (file == NULL)
    return;
  g_array_unref (file->metadata);
  g_array_unref (file->tensors);
  g_free (file);
}

void
atelier_safetensors_add_metadata (AtelierSafetensors *file,
                                  const char         *key,
                                  const char         *value)
{
  Metadata metadata = { g_strdup (key), g_strdup (value) };

  g_array_append_val (file->metadata, metadata);
}

void
atelier_safetensors_add_tensor (AtelierSafetensors *file,
                                const char         *name,
                                AtelierDtype        dtype,
                                const guint64      *shape,
                                guint               rank,
                                GBytes             *data)
{
  AtelierSafetensor tensor = {
    .name = g_strdup (name), .dtype = dtype, .rank = rank, .data = g_bytes_ref (data)
  };

  g_assert (rank <= ATELIER_SAFETENSORS_MAX_RANK);
  for (guint i = 0; i < rank; i++)
    tensor.shape[i] = shape[i];
  g_array_append_val (file->tensors, tensor);
}

const char *
atelier_safetensors_get_metadata (AtelierSafetensors *file,
                                  const char         *key)
{
  for (guint i = 0; i < file->metadata->len; i++)
    {
      const Metadata *metadata = &g_array_index (file->metadata, Metadata, i);

      if (strcmp (metadata->key, key) == 0)
        return metadata->value;
    }
  return NULL;
}

guint
atelier_safetensors_get_n_tensors (AtelierSafetensors *file)
{
  return file->tensors->len;
}

const AtelierSafetensor *
atelier_safetensors_get_tensor (AtelierSafetensors *file,
                                guint               i_tensor)
{
  g_return_val_if_fail (i_tensor < file->tensors->len, NULL);
  return &g_array_index (file->tensors, AtelierSafetensor, i_tensor);
}

const AtelierSafetensor *
atelier_safetensors_find_tensor (AtelierSafetensors *file,
                                 const char         *name)
{
  for (guint i = 0; i < file->tensors->len; i++)
    if (strcmp (atelier_safetensors_get_tensor (file, i)->name, name) == 0)
      return atelier_safetensors_get_tensor (file, i);
  return NULL;
}

/* ---- Writing ---- */

static int
compare_for_writing (gconstpointer a,
                     gconstpointer b)
{
  const AtelierSafetensor *tensor_a = *(const AtelierSafetensor * const *) a;
  const AtelierSafetensor *tensor_b = *(const AtelierSafetensor * const *) b;

  if (tensor_a->dtype != tensor_b->dtype)
    return tensor_a->dtype > tensor_b->dtype ? -1 : 1;
  return strcmp (tensor_a->name, tensor_b->name);
}

/* In the order in which they are written; the elements are borrowed. */
static GPtrArray *
sort_for_writing (AtelierSafetensors *file)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < file->tensors->len; i++)
    g_ptr_array_add (sorted, &g_array_index (file->tensors, AtelierSafetensor, i));
  g_ptr_array_sort (sorted, compare_for_writing);
  return sorted;
}

static void
append_metadata (GString *header,
                 GArray  *all)
{
  g_string_append (header, "\"" METADATA "\":{");
  for (guint i = 0; i < all->len; i++)
    {
      const Metadata *metadata = &g_array_index (all, Metadata, i);

      if (i > 0)
        g_string_append_c (header, ',');
      atelier_json_append_string (header, metadata->key);
      g_string_append_c (header, ':');
      atelier_json_append_string (header, metadata->value);
    }
  g_string_append_c (header, '}');
}

static void
append_entry (GString                 *header,
              const AtelierSafetensor *tensor,
              guint64                  begin)
{
  guint64 end = begin + g_bytes_get_size (tensor->data);

  atelier_json_append_string (header, tensor->name);
  g_string_append_printf (header, ":{\"dtype\":\"%s\",\"shape\":[", dtypes[tensor->dtype].name);
  for (guint i = 0; i < tensor->rank; i++)
    g_string_append_printf (header, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "", tensor->shape[i]);
  g_string_append_printf (header,
                          "],\"data_offsets\":[%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT "]}",
                          begin, end);
}

/* Returns the header, padded; @data_size is how many bytes of tensors follow. */
static GString *
write_header (AtelierSafetensors *file,
              GPtrArray          *sorted,
              guint64            *data_size)
{
  GString *header = g_string_new ("{");

  *data_size = 0;
  if (file->metadata->len > 0)
    append_metadata (header, file->metadata);
  for (guint i = 0; i < sorted->len; i++)
    {
      const AtelierSafetensor *tensor = g_ptr_array_index (sorted, i);

      if (header->len > 1)
        g_string_append_c (header, ',');
      append_entry (header, tensor, *data_size);
      *data_size += g_bytes_get_size (tensor->data);
    }
  g_string_append_c (header, '}');
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');
  return header;
}

GBytes *
atelier_safetensors_to_bytes (AtelierSafetensors *file)
{
  g_autoptr (GPtrArray) sorted = sort_for_writing (file);
  g_autoptr (GString) header = NULL;
  guint64 data_size, length;
  guint8 *bytes, *at;

  header = write_header (file, sorted, &data_size);
  bytes = g_malloc (PREFIX_SIZE + header->len + data_size);
  length = GUINT64_TO_LE (header->len);
  memcpy (bytes, &length, PREFIX_SIZE);
  memcpy (bytes + PREFIX_SIZE, header->str, header->len);

  at = bytes + PREFIX_SIZE + header->len;
  for (guint i = 0; i < sorted->len; i++)
    {
      const AtelierSafetensor *tensor = g_ptr_array_index (sorted, i);
      gsize size;
      gconstpointer data = g_bytes_get_data (tensor->data, &size);

      if (size > 0)
        memcpy (at, data, size);
      at += size;
    }
  return g_bytes_new_take (bytes, PREFIX_SIZE + header->len + data_size);
}

/* ---- Reading ---- */

/* One entry of the header, before its bytes are known to be there. */
typedef struct
{
  AtelierSafetensor tensor; /* name is borrowed, data is NULL */
  guint64           begin;
  guint64           end;
} Entry;

/* Finds the header; what comes after it is the tensors. */
static gboolean
find_header (GBytes      *bytes,
             guint64      file_size,
             const char  *origin,
             const char **header,
             gsize       *length,
             GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint64 n;

  if (size < PREFIX_SIZE)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
                   _("%s: the file ends before the length of its header"), origin);
      return FALSE;
    }
  memcpy (&n, data, PREFIX_SIZE);
  n = GUINT64_FROM_LE (n);
  if (n == 0 || (size > PREFIX_SIZE && data[PREFIX_SIZE] != '{'))
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                 _("%s: this is not a safetensors file: its header does not begin with “{”"),
                 origin);
  else if (n > ATELIER_SAFETENSORS_MAX_HEADER)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                 _("%s: the header is longer than 1 MiB"), origin);
  else if (n > file_size - PREFIX_SIZE || n > size - PREFIX_SIZE)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
                 _("%s: the file ends within its header"), origin);
  else
    {
      *header = data + PREFIX_SIZE;
      *length = (gsize) n;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_metadata (AtelierSafetensors  *file,
               JsonNode            *node,
               const char          *origin,
               GError             **error)
{
  AtelierJsonReader reader;
  JsonObjectIter iter;
  const char *key, *value;

  if (!atelier_json_reader_init (&reader, node, origin, METADATA, ATELIER_ERROR_FORMAT, error))
    return FALSE;
  json_object_iter_init_ordered (&iter, reader.object);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      if (!atelier_json_reader_get_string (&reader, key, TRUE, &value, error))
        return FALSE;
      atelier_safetensors_add_metadata (file, key, value);
    }
  return TRUE;
}

static gboolean
read_dtype (AtelierJsonReader  *reader,
            AtelierDtype       *dtype,
            GError            **error)
{
  g_autofree char *shown = NULL;
  const char *name;

  if (!atelier_json_reader_get_string (reader, "dtype", TRUE, &name, error))
    return FALSE;
  for (guint i = 0; i < ATELIER_N_DTYPES; i++)
    if (strcmp (dtypes[i].name, name) == 0)
      {
        *dtype = i;
        return TRUE;
      }
  shown = atelier_json_shorten (name);
  reader->code = ATELIER_ERROR_UNSUPPORTED;
  atelier_json_reader_fail (reader, error, _("values of type “%s” are not supported"), shown);
  return FALSE;
}

/* Integers from 0 on; fails on anything else. */
static gboolean
read_numbers (AtelierJsonReader  *reader,
              const char         *name,
              guint               max_n,
              guint64            *values,
              guint              *n_values,
              GError            **error)
{
  JsonArray *array;

  if (!atelier_json_reader_get_array (reader, name, &array, error))
    return FALSE;
  *n_values = json_array_get_length (array);
  if (*n_values > max_n)
    {
      reader->code = ATELIER_ERROR_TOO_LARGE;
      atelier_json_reader_fail (reader, error, _("“%s” has %u numbers, expected at most %u"), name,
                                *n_values, max_n);
      return FALSE;
    }
  for (guint i = 0; i < *n_values; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
          || json_node_get_int (node) < 0)
        {
          atelier_json_reader_fail (reader, error,
                                    _("“%s” holds something that is no integer of 0 or more"),
                                    name);
          return FALSE;
        }
      values[i] = (guint64) json_node_get_int (node);
    }
  return TRUE;
}

/* The bytes that the shape asks for, or FALSE where that is more than 64 bits can say. */
static gboolean
compute_size (const AtelierSafetensor *tensor,
              guint64                 *size)
{
  *size = dtypes[tensor->dtype].size;
  for (guint i = 0; i < tensor->rank; i++)
    if (!g_uint64_checked_mul (size, *size, tensor->shape[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check_entry (AtelierJsonReader  *reader,
             const Entry        *entry,
             GError            **error)
{
  guint64 size;

  if (!compute_size (&entry->tensor, &size))
    {
      reader->code = ATELIER_ERROR_TOO_LARGE;
      atelier_json_reader_fail (reader, error, _("the shape is larger than any file"));
    }
  else if (entry->end < entry->begin)
    atelier_json_reader_fail (reader, error, _("“data_offsets” ends before it begins"));
  else if (entry->end - entry->begin != size)
    {
      g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, entry->end - entry->begin);
      g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, size);

      reader->code = ATELIER_ERROR_MISMATCH;
      /* Translators: both %s are numbers */
      atelier_json_reader_fail (reader, error, _("there are %s bytes, but the shape needs %s"),
                                found, expected);
    }
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_entry (const char  *name,
            JsonNode    *node,
            const char  *origin,
            Entry       *entry,
            GError     **error)
{
  static const char * const names[] = { "dtype", "shape", "data_offsets", NULL };
  g_autofree char *shown = atelier_json_shorten (name);
  g_autofree char *place = g_strdup_printf (_("tensor “%s”"), shown);
  AtelierJsonReader reader;
  guint64 offsets[2];
  guint n_offsets;

  if (!atelier_json_reader_init (&reader, node, origin, place, ATELIER_ERROR_FORMAT, error))
    return FALSE;
  if (strlen (name) > ATELIER_SAFETENSORS_MAX_NAME)
    {
      reader.code = ATELIER_ERROR_TOO_LARGE;
      atelier_json_reader_fail (&reader, error, _("its name is longer than %u bytes"),
                                ATELIER_SAFETENSORS_MAX_NAME);
      return FALSE;
    }
  *entry = (Entry) { .tensor = { .name = (char *) name } };
  if (!atelier_json_reader_check_names (&reader, names, error)
      || !read_dtype (&reader, &entry->tensor.dtype, error)
      || !read_numbers (&reader, "shape", ATELIER_SAFETENSORS_MAX_RANK, entry->tensor.shape,
                        &entry->tensor.rank, error)
      || !read_numbers (&reader, "data_offsets", G_N_ELEMENTS (offsets), offsets, &n_offsets,
                        error))
    return FALSE;
  if (n_offsets != G_N_ELEMENTS (offsets))
    {
      atelier_json_reader_fail (&reader, error, _("“data_offsets” has %u numbers, expected 2"),
                                n_offsets);
      return FALSE;
    }
  entry->begin = offsets[0];
  entry->end = offsets[1];
  return check_entry (&reader, entry, error);
}

static int
compare_by_place (gconstpointer a,
                  gconstpointer b)
{
  const Entry *entry_a = a;
  const Entry *entry_b = b;

  if (entry_a->begin != entry_b->begin)
    return entry_a->begin < entry_b->begin ? -1 : 1;
  if (entry_a->end != entry_b->end)
    return entry_a->end < entry_b->end ? -1 : 1;
  return strcmp (entry_a->tensor.name, entry_b->tensor.name);
}

/* The entries, sorted, must fill [0, data_size) without a hole or an overlap. */
static gboolean
check_places (GArray      *entries,
              guint64      data_size,
              const char  *origin,
              GError     **error)
{
  guint64 end = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->begin != end)
        {
          g_autofree char *shown = atelier_json_shorten (entry->tensor.name);

          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                       entry->begin < end ? _("%s: tensor “%s” overlaps the one before it")
                                          : _("%s: there is a hole before tensor “%s”"),
                       origin, shown);
          return FALSE;
        }
      end = entry->end;
    }
  if (end > data_size)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
                 _("%s: the file ends within its tensors"), origin);
  else if (end < data_size)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRAILING,
                 _("%s: the file goes on after its tensors"), origin);
  else
    return TRUE;
  return FALSE;
}

/* Fills @entries from the header, sorted by place. */
static gboolean
read_entries (AtelierSafetensors  *file,
              JsonNode            *root,
              const char          *origin,
              GArray              *entries,
              GError             **error)
{
  JsonObject *object = json_node_get_object (root);
  gboolean has_metadata = json_object_has_member (object, METADATA);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (json_object_get_size (object) > ATELIER_SAFETENSORS_MAX_TENSORS + (has_metadata ? 1 : 0))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("%s: there are more than %u tensors"), origin,
                   ATELIER_SAFETENSORS_MAX_TENSORS);
      return FALSE;
    }
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      Entry entry;

      if (strcmp (name, METADATA) == 0)
        {
          if (!read_metadata (file, node, origin, error))
            return FALSE;
          continue;
        }
      if (!read_entry (name, node, origin, &entry, error))
        return FALSE;
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_by_place);
  return TRUE;
}

/* Spaces may follow the header, and nothing else. */
static gboolean
check_padding (const char  *header,
               gsize        length,
               const char  *origin,
               GError     **error)
{
  while (header[length - 1] == ' ')
    length--;
  if (header[length - 1] == '}')
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               _("%s: the header does not end with “}” and spaces"), origin);
  return FALSE;
}

/* @has_data: whether @bytes are the whole file. */
static AtelierSafetensors *
read_file (GBytes      *bytes,
           guint64      file_size,
           gboolean     has_data,
           const char  *origin,
           GError     **error)
{
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_new ();
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *place = NULL;
  const char *header;
  gsize length, data_begin;

  if (!find_header (bytes, file_size, origin, &header, &length, error))
    return NULL;
  /* Translators: a part of a file; %s is its name */
  place = g_strdup_printf (_("%s, header"), origin);
  root = atelier_json_parse (header, (gssize) length, place, error);
  if (root == NULL || !check_padding (header, length, origin, error)
      || !read_entries (file, root, origin, entries, error))
    return NULL;

  data_begin = PREFIX_SIZE + length;
  if (!check_places (entries, file_size - data_begin, origin, error))
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autoptr (GBytes) data
        = has_data ? g_bytes_new_from_bytes (bytes, data_begin + (gsize) entry->begin,
                                             (gsize) (entry->end - entry->begin))
                   : g_bytes_new (NULL, 0);

      atelier_safetensors_add_tensor (file, entry->tensor.name, entry->tensor.dtype,
                                      entry->tensor.shape, entry->tensor.rank, data);
    }
  return g_steal_pointer (&file);
}

AtelierSafetensors *
atelier_safetensors_from_bytes (GBytes      *bytes,
                                const char  *origin,
                                GError     **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  return read_file (bytes, g_bytes_get_size (bytes), TRUE, origin, error);
}

AtelierSafetensors *
atelier_safetensors_from_head (GBytes      *head,
                               guint64      file_size,
                               const char  *origin,
                               GError     **error)
{
  g_return_val_if_fail (head != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);
  g_return_val_if_fail (file_size >= g_bytes_get_size (head), NULL);

  return read_file (head, file_size, FALSE, origin, error);
}
