/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packing, with zlib.
 *
 * Of predictions all classes come first, then the high bytes of all scores and then the low ones,
 * which packs to half of what pairs do: high bytes repeat, low ones are noise.  What is unpacked is
 * believed only where its size is exactly what the other columns say, and every label, class and
 * number is in its range: a library may come from somebody else.
 */

#include "config.h"

#include "library/atelier-library-pack.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "base/atelier-error.h"

/* Fast, and hardly larger than the best. */
#define LEVEL 3

static gboolean
fail (const char  *origin,
      GError     **error)
{
  g_autofree char *shown = g_filename_display_name (origin);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               /* Translators: a file */
               _("“%s” is damaged: figures of a run are not what they should be"), shown);
  return FALSE;
}

GBytes *
atelier_library_pack (const void *data,
                      gsize       size)
{
  uLongf n_bytes = compressBound (size);
  guint8 *packed = g_malloc (n_bytes);
  static const guint8 nothing = 0;
  int code = compress2 (packed, &n_bytes, size > 0 ? data : &nothing, size, LEVEL);

  g_assert (code == Z_OK);
  return g_bytes_new_take (g_realloc (packed, n_bytes), n_bytes);
}

GBytes *
atelier_library_unpack (GBytes      *packed,
                        gsize        size,
                        const char  *origin,
                        GError     **error)
{
  gsize n_packed;
  const guint8 *data = g_bytes_get_data (packed, &n_packed);
  uLongf n_bytes = size + 1;
  /* zlib shrinks to no less than a thousandth, so that a claim of much has to come with much. */
  g_autofree guint8 *bytes = size / 1100 <= n_packed ? g_try_malloc (n_bytes) : NULL;

  if (bytes == NULL || uncompress (bytes, &n_bytes, data, n_packed) != Z_OK || n_bytes != size)
    {
      fail (origin, error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

static void
swap_floats (float *values,
             gsize  n)
{
  guint32 bits;

  for (gsize i = 0; i < n; i++)
    {
      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
}

GBytes *
atelier_library_pack_floats (const float *values,
                             gsize        n)
{
  g_autofree float *copy = g_memdup2 (values, n * sizeof *values);

  swap_floats (copy, n);
  return atelier_library_pack (copy, n * sizeof *copy);
}

float *
atelier_library_unpack_floats (GBytes      *packed,
                               gsize        n,
                               const char  *origin,
                               GError     **error)
{
  g_autoptr (GBytes) bytes = atelier_library_unpack (packed, n * sizeof (float), origin, error);
  float *values;

  if (bytes == NULL)
    return NULL;
  values = g_new (float, n + 1);
  memcpy (values, g_bytes_get_data (bytes, NULL), n * sizeof *values);
  swap_floats (values, n);
  return values;
}

/* ---- Predictions ---- */

static void
put_scores (guint8        *bytes, /* [2, n] */
            const guint16 *scores,
            gsize          n)
{
  for (gsize i = 0; i < n; i++)
    {
      bytes[i] = (guint8) (scores[i] >> 8);
      bytes[n + i] = (guint8) scores[i];
    }
}

static void
take_scores (guint16      *scores,
             const guint8 *bytes, /* [2, n] */
             gsize         n)
{
  for (gsize i = 0; i < n; i++)
    scores[i] = (guint16) (bytes[i] << 8 | bytes[n + i]);
}

GBytes *
atelier_library_pack_predictions (AtelierPredictions *predictions)
{
  const gsize n = atelier_predictions_get_n (predictions);
  g_autofree guint8 *bytes = g_malloc (5 * n + 1);

  memcpy (bytes, atelier_predictions_get_classes (predictions), n);
  put_scores (bytes + n, atelier_predictions_get_kept_scores (predictions), n);
  put_scores (bytes + 3 * n, atelier_predictions_get_kept_truth_scores (predictions), n);
  return atelier_library_pack (bytes, 5 * n);
}

GBytes *
atelier_library_pack_labels (AtelierPredictions *predictions)
{
  return atelier_library_pack (atelier_predictions_get_labels (predictions),
                               atelier_predictions_get_n (predictions));
}

GBytes *
atelier_library_pack_pictures (AtelierPredictions *predictions)
{
  const guint n = atelier_predictions_get_n (predictions);
  g_autofree guint32 *pictures = g_new (guint32, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    pictures[i] = GUINT32_TO_LE (atelier_predictions_get_picture (predictions, i));
  return atelier_library_pack (pictures, (gsize) n * sizeof *pictures);
}

void
atelier_library_images_clear (AtelierLibraryImages *images)
{
  g_clear_pointer (&images->labels, g_bytes_unref);
  g_clear_pointer (&images->pictures, g_bytes_unref);
}

static gboolean
are_below (const guint8 *values,
           gsize         n,
           guint         limit)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] >= limit)
      return FALSE;
  return TRUE;
}

/* Transfer full; NULL where the numbers do not grow. */
static GBytes *
read_pictures (GBytes *bytes,
               gsize   n)
{
  guint32 *pictures = g_new (guint32, n + 1);
  gboolean do_grow = TRUE;

  memcpy (pictures, g_bytes_get_data (bytes, NULL), n * sizeof *pictures);
  for (gsize i = 0; i < n; i++)
    {
      pictures[i] = GUINT32_FROM_LE (pictures[i]);
      do_grow = do_grow && (i == 0 || pictures[i] > pictures[i - 1]);
    }
  if (do_grow)
    return g_bytes_new_take (pictures, n * sizeof *pictures);
  g_free (pictures);
  return NULL;
}

gboolean
atelier_library_images_unpack (AtelierLibraryImages  *images,
                               GBytes                *labels,
                               GBytes                *pictures,
                               guint                  n,
                               const char            *origin,
                               GError               **error)
{
  g_autoptr (GBytes) numbers = NULL;

  if (images->n_classes < 1 || images->n_classes > 256 || images->split >= ATELIER_N_SPLITS)
    return fail (origin, error);
  images->labels = atelier_library_unpack (labels, n, origin, error);
  if (images->labels == NULL)
    return FALSE;
  if (!are_below (g_bytes_get_data (images->labels, NULL), n, images->n_classes))
    return fail (origin, error);
  if (pictures == NULL)
    return TRUE;
  numbers = atelier_library_unpack (pictures, (gsize) n * sizeof (guint32), origin, error);
  if (numbers == NULL)
    return FALSE;
  images->pictures = read_pictures (numbers, n);
  return images->pictures != NULL || fail (origin, error);
}

AtelierPredictions *
atelier_library_unpack_predictions (GBytes                      *packed,
                                    const AtelierLibraryImages  *images,
                                    const char                  *origin,
                                    GError                     **error)
{
  const gsize n = g_bytes_get_size (images->labels);
  g_autoptr (GBytes) bytes = atelier_library_unpack (packed, 5 * n, origin, error);
  g_autofree guint16 *scores = g_new (guint16, n + 1);
  g_autofree guint16 *truth_scores = g_new (guint16, n + 1);
  const guint8 *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, NULL);
  if (!are_below (data, n, images->n_classes))
    {
      fail (origin, error);
      return NULL;
    }
  take_scores (scores, data + n, n);
  take_scores (truth_scores, data + 3 * n, n);
  return atelier_predictions_new_kept (images->split, images->labels, images->pictures,
                                       images->is_sample, images->n_classes, data, scores,
                                       truth_scores);
}
