/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exact copies, found with a hash table of the pictures seen so far.
 *
 * The pictures of all splits are numbered consecutively.  Each is hashed and looked up.  The first
 * picture with certain bytes enters the table; a later one only records the number of the first.
 * Equal hashes are not enough: the bytes are always compared.  The table uses open addressing and
 * is at most half full, so that a picture costs at most 28 bytes (16 in the table, 8 for its hash,
 * 4 for the number of its first) and no allocation.  GHashTable was rejected, because its
 * comparison function cannot be given the pictures' size.
 *
 * Any thread; checks the cancellable every 1,024 pictures.
 */

#include "config.h"

#include "data/atelier-data-copies-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"

#define CHECK_INTERVAL 1024
#define HASH_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) /* 2^64 / golden ratio, odd */

typedef struct
{
  AtelierSplits  *splits; /* Borrowed */
  AtelierDataHash hash;
  gsize           n_images;
  gsize           image_size;
  gsize           mask;                     /* table size - 1 */
  gsize           starts[ATELIER_N_SPLITS]; /* number of each split's first picture */

  /* Owned */
  guint32 *slots;  /* [mask + 1]: picture number + 1; 0: empty */
  guint64 *hashes; /* [n_images] */
  guint32 *firsts; /* [n_images]: the first picture with the same bytes */
} Search;

static gsize
get_table_size (gsize n_images)
{
  gsize size = 2;

  while (size < 2 * n_images)
    size *= 2;
  return size;
}

static gboolean
search_init (Search           *search,
             AtelierSplits    *splits,
             AtelierDataHash   hash,
             GError          **error)
{
  *search = (Search) { .splits = splits, .hash = hash };
  search->image_size = atelier_dataset_get_image_size (atelier_splits_get_dataset (splits));
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    {
      search->starts[split] = search->n_images;
      search->n_images += atelier_splits_get_n (splits, split);
    }
  search->mask = get_table_size (search->n_images) - 1;

  search->slots = g_try_new0 (guint32, search->mask + 1);
  search->hashes = g_try_new (guint64, search->n_images);
  search->firsts = g_try_new (guint32, search->n_images);
  if (search->slots && search->hashes && search->firsts)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
               _("There is not enough memory to compare the pictures of “%s”"),
               atelier_dataset_get_name (atelier_splits_get_dataset (splits)));
  return FALSE;
}

static void
search_clear (Search *search)
{
  g_free (search->slots);
  g_free (search->hashes);
  g_free (search->firsts);
}

static void
locate (const Search *search,
        gsize         number,
        AtelierSplit *split,
        guint        *index)
{
  *split = ATELIER_SPLIT_TEST;
  while (number < search->starts[*split])
    *split -= 1;
  *index = (guint) (number - search->starts[*split]);
}

static const guint8 *
get_bytes (const Search *search,
           gsize         number)
{
  AtelierSplit split;
  guint index;

  locate (search, number, &split, &index);
  return atelier_splits_get_image (search->splits, split, index);
}

/* The first picture with the same bytes as @number; @number itself if there is no earlier one. */
static guint32
find_first (Search *search,
            gsize   number)
{
  const guint8 *bytes = get_bytes (search, number);
  const guint64 hash = search->hash (bytes, search->image_size);
  gsize i_slot = hash & search->mask;

  search->hashes[number] = hash;
  for (; search->slots[i_slot] != 0; i_slot = (i_slot + 1) & search->mask)
    {
      const guint32 other = search->slots[i_slot] - 1;

      if (search->hashes[other] == hash
          && memcmp (get_bytes (search, other), bytes, search->image_size) == 0)
        return other;
    }
  search->slots[i_slot] = (guint32) number + 1;
  return (guint32) number;
}

static gboolean
find_firsts (Search        *search,
             GCancellable  *cancellable,
             GError       **error)
{
  for (gsize i = 0; i < search->n_images; i++)
    {
      if (i % CHECK_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      search->firsts[i] = find_first (search, i);
    }
  return TRUE;
}

/* Numbers the groups in the order of their first pictures.  The table is no longer needed, so its
 * memory is reused: slots[first] becomes the group's number + 1.  @sizes: of guint, the number of
 * pictures in each group. */
static void
number_groups (Search *search,
               GArray *sizes)
{
  memset (search->slots, 0, (search->mask + 1) * sizeof *search->slots);
  for (gsize i = 0; i < search->n_images; i++)
    search->slots[search->firsts[i]]++;

  for (gsize i = 0; i < search->n_images; i++)
    {
      const guint n_pictures = search->slots[i];

      search->slots[i] = 0;
      if (n_pictures < 2)
        continue;
      g_array_append_val (sizes, n_pictures);
      search->slots[i] = sizes->len;
    }
}

/* Replaces each group's size by the index of its first picture; returns the sum of the sizes. */
static guint
sum_up (GArray *sizes)
{
  guint sum = 0;

  for (guint i = 0; i < sizes->len; i++)
    {
      const guint size = g_array_index (sizes, guint, i);

      g_array_index (sizes, guint, i) = sum;
      sum += size;
    }
  return sum;
}

static void
collect_groups (Search  *search,
                GArray **pictures,
                GArray **starts)
{
  g_autoptr (GArray) places = NULL; /* where each group's next picture goes */
  guint n_pictures;

  *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  *pictures = g_array_new (FALSE, FALSE, sizeof (AtelierDataPicture));
  number_groups (search, *starts);
  n_pictures = sum_up (*starts);
  places = g_array_copy (*starts);
  g_array_append_val (*starts, n_pictures);
  g_array_set_size (*pictures, n_pictures);

  for (gsize i = 0; i < search->n_images; i++)
    {
      const guint group = search->slots[search->firsts[i]];
      AtelierDataPicture picture;

      if (group == 0)
        continue;
      locate (search, i, &picture.split, &picture.index);
      picture.picture = atelier_splits_get_picture (search->splits, picture.split, picture.index);
      picture.label = atelier_splits_get_label (search->splits, picture.split, picture.index);
      g_array_index (*pictures, AtelierDataPicture, g_array_index (places, guint, group - 1)++)
        = picture;
    }
}

/* Hashes eight bytes at a time.  A multiplication only affects higher bits; the shift brings them
 * back down. */
guint64
atelier_data_copies_hash (const guint8 *bytes,
                          gsize         n_bytes)
{
  guint64 hash = HASH_FACTOR;

  while (n_bytes > 0)
    {
      const gsize n = MIN (n_bytes, sizeof hash);
      guint64 word = 0;

      memcpy (&word, bytes, n);
      hash = (hash ^ word) * HASH_FACTOR;
      hash ^= hash >> 32;
      bytes += n;
      n_bytes -= n;
    }
  return hash;
}

gboolean
atelier_data_copies_find (AtelierSplits    *splits,
                          AtelierDataHash   hash,
                          GCancellable     *cancellable,
                          GArray          **pictures,
                          GArray          **starts,
                          GError          **error)
{
  Search search;
  gboolean is_done;

  is_done = search_init (&search, splits, hash, error)
            && find_firsts (&search, cancellable, error);
  if (is_done)
    collect_groups (&search, pictures, starts);
  search_clear (&search);
  return is_done;
}
