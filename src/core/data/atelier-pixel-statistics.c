/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mean and deviation of pixels from a histogram of bytes: of each channel's 256 values it is
 * counted how often they occur, so that one pass over the images is enough and no sum loses a
 * digit.
 *
 *   mean = sum b / n / divisor
 *   deviation = sqrt (n sum b^2 - (sum b)^2) / n / divisor
 *
 * Any thread. */

#include "config.h"

#include "data/atelier-pixel-statistics.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-json.h"

/* A product of counts and squares may need more than 64 bits. */
typedef unsigned __int128 Wide;

static void
count_bytes (AtelierSplits *splits,
             guint          n_channels,
             guint64        counts[][256])
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint8 *bytes = atelier_splits_get_images (splits, ATELIER_SPLIT_TRAIN);
  const gsize n = (gsize) atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN)
                  * atelier_dataset_get_height (dataset) * atelier_dataset_get_width (dataset);

  for (gsize i = 0; i < n; i++)
    for (guint c = 0; c < n_channels; c++)
      counts[c][*bytes++]++;
}

void
atelier_pixel_statistics_measure (AtelierPixelStatistics *statistics,
                                  AtelierSplits          *splits,
                                  double                  divisor)
{
  guint64 counts[ATELIER_MAX_CHANNELS][256] = { 0 };

  g_return_if_fail (statistics != NULL && splits != NULL && divisor > 0.0);

  *statistics = (AtelierPixelStatistics) {
    .n_channels = atelier_dataset_get_channels (atelier_splits_get_dataset (splits)),
  };
  count_bytes (splits, statistics->n_channels, counts);
  for (guint c = 0; c < statistics->n_channels; c++)
    {
      guint64 n = 0, sum = 0, squares = 0;
      double spread;

      for (guint64 byte = 0; byte < 256; byte++)
        {
          n += counts[c][byte];
          sum += counts[c][byte] * byte;
          squares += counts[c][byte] * byte * byte;
        }
      spread = sqrt ((double) ((Wide) n * squares - (Wide) sum * sum));
      statistics->means[c] = n > 0 ? (float) ((double) sum / (double) n / divisor) : 0.0f;
      statistics->deviations[c] = spread > 0.0 ? (float) (spread / (double) n / divisor) : 1.0f;
    }
}

gboolean
atelier_pixel_statistics_are_good (const AtelierPixelStatistics *statistics)
{
  if (statistics->n_channels > ATELIER_MAX_CHANNELS)
    return FALSE;
  for (guint c = 0; c < statistics->n_channels; c++)
    if (!isfinite (statistics->means[c]) || !isfinite (statistics->deviations[c])
        || !(statistics->deviations[c] > 0.0f))
      return FALSE;
  return TRUE;
}

gboolean
atelier_pixel_statistics_equal (const AtelierPixelStatistics *a,
                                const AtelierPixelStatistics *b)
{
  for (guint c = 0; c < a->n_channels && c < b->n_channels; c++)
    if (a->means[c] != b->means[c] || a->deviations[c] != b->deviations[c])
      return FALSE;
  return a->n_channels == b->n_channels;
}

/* ---- JSON ---- */

static JsonArray *
write_values (const float *values,
              guint        n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, (double) values[i]);
  return array;
}

JsonNode *
atelier_pixel_statistics_to_json (const AtelierPixelStatistics *statistics)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "mean",
                                write_values (statistics->means, statistics->n_channels));
  json_object_set_array_member (object, "deviation",
                                write_values (statistics->deviations, statistics->n_channels));
  json_node_take_object (node, object);
  return node;
}

static gboolean
read_values (AtelierJsonReader  *reader,
             const char         *name,
             float              *values,
             guint              *n,
             GError            **error)
{
  JsonArray *array = NULL;

  if (!atelier_json_reader_get_array (reader, name, &array, error))
    return FALSE;
  if (array == NULL)
    {
      atelier_json_reader_fail (reader, error, _("“%s” is missing"), name);
      return FALSE;
    }
  *n = json_array_get_length (array);
  for (guint i = 0; i < MIN (*n, ATELIER_MAX_CHANNELS); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      values[i] = JSON_NODE_HOLDS_VALUE (element) ? (float) json_node_get_double (element) : NAN;
    }
  return TRUE;
}

gboolean
atelier_pixel_statistics_from_json (AtelierPixelStatistics  *statistics,
                                    JsonNode                *node,
                                    const char              *origin,
                                    GError                 **error)
{
  static const char * const names[] = { "mean", "deviation", NULL };
  AtelierPixelStatistics result = { 0 };
  AtelierJsonReader reader;
  guint n_deviations;

  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_FORMAT, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !read_values (&reader, "mean", result.means, &result.n_channels, error)
      || !read_values (&reader, "deviation", result.deviations, &n_deviations, error))
    return FALSE;
  if (result.n_channels != n_deviations || !atelier_pixel_statistics_are_good (&result))
    {
      atelier_json_reader_fail (&reader, error,
                                _("expected a mean and a deviation above 0 for each channel"));
      return FALSE;
    }
  *statistics = result;
  return TRUE;
}
