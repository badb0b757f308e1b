/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts, means and copies, computed once over all pictures.
 *
 * The copies are found in atelier-data-copies.c.  The mean pictures are summed one class at a time,
 * for which a counting sort first orders the pictures by label.  Summing all classes at once would
 * need eight bytes for each byte of each class's mean; for 256 classes of large pictures that is
 * more than the data.  The sums are exact integers, so the mean does not depend on the order.
 *
 * Immutable once made, so any thread may read; the reference count is atomic.
 */

#include "config.h"

#include "data/atelier-data-overview.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-format.h"
#include "data/atelier-data-copies-private.h"

#define CHECK_INTERVAL 1024

struct _AtelierDataOverview
{
  guint n_contradicted;
  guint n_shared[ATELIER_N_SPLITS][ATELIER_N_SPLITS];

  /* Owned */
  AtelierSplits *splits;
  AtelierDataset *dataset; /* the splits' */
  AtelierDataset *means;    /* of the classes that have training pictures */
  guint          *counts;   /* [ATELIER_N_SPLITS, n_classes] */
  GArray         *pictures; /* of AtelierDataPicture, group after group */
  GArray         *starts;   /* of guint: where each group begins, and the end of the last */
};

G_DEFINE_BOXED_TYPE (AtelierDataOverview,
                     atelier_data_overview,
                     atelier_data_overview_ref,
                     atelier_data_overview_unref)

static void
clear_overview (gpointer data)
{
  AtelierDataOverview *overview = data;

  atelier_splits_unref (overview->splits);
  g_clear_pointer (&overview->means, atelier_dataset_unref);
  g_free (overview->counts);
  g_clear_pointer (&overview->pictures, g_array_unref);
  g_clear_pointer (&overview->starts, g_array_unref);
}

static void
count_labels (AtelierDataOverview *overview)
{
  const guint n_classes = atelier_dataset_get_n_classes (overview->dataset);

  overview->counts = g_new0 (guint, (gsize) ATELIER_N_SPLITS * n_classes);
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    {
      const guint n_images = atelier_splits_get_n (overview->splits, split);
      const guint8 *labels = atelier_splits_get_labels (overview->splits, split);

      for (guint i = 0; i < n_images; i++)
        overview->counts[split * n_classes + labels[i]]++;
    }
}

/* The indices of the training pictures, ordered by class.  Transfer full. */
static guint *
sort_by_class (AtelierDataOverview *overview)
{
  const guint n_classes = atelier_dataset_get_n_classes (overview->dataset);
  const guint n_images = atelier_splits_get_n (overview->splits, ATELIER_SPLIT_TRAIN);
  const guint8 *labels = atelier_splits_get_labels (overview->splits, ATELIER_SPLIT_TRAIN);
  g_autofree guint *places = g_new (guint, n_classes);
  guint *indices = g_new (guint, n_images);
  guint sum = 0;

  for (guint i = 0; i < n_classes; i++)
    {
      places[i] = sum;
      sum += atelier_data_overview_get_count (overview, ATELIER_SPLIT_TRAIN, i);
    }
  for (guint i = 0; i < n_images; i++)
    indices[places[labels[i]]++] = i;
  return indices;
}

/* Appends the mean of the @n_images pictures in @indices. */
static gboolean
append_mean (AtelierSplits  *splits,
             const guint    *indices,
             guint           n_images,
             GByteArray     *means,
             GCancellable   *cancellable,
             GError        **error)
{
  const gsize image_size = atelier_dataset_get_image_size (atelier_splits_get_dataset (splits));
  const guint8 *images = atelier_splits_get_images (splits, ATELIER_SPLIT_TRAIN);
  g_autofree guint64 *sums = g_new0 (guint64, image_size);

  for (guint i = 0; i < n_images; i++)
    {
      const guint8 *image = images + indices[i] * image_size;

      if (i % CHECK_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize j = 0; j < image_size; j++)
        sums[j] += image[j];
    }

  for (gsize j = 0; j < image_size; j++)
    {
      const guint8 mean = (guint8) ((sums[j] + n_images / 2) / n_images);

      g_byte_array_append (means, &mean, 1);
    }
  return TRUE;
}

/* Takes over @images and @labels. */
static AtelierDataset *
create_means (AtelierDataset  *dataset,
              GByteArray      *images,
              GByteArray      *labels,
              GError         **error)
{
  g_autoptr (GBytes) image_bytes = g_byte_array_free_to_bytes (images);
  g_autoptr (GBytes) label_bytes = g_byte_array_free_to_bytes (labels);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  const AtelierDatasetParts parts = {
    .id = "means",
    .name = atelier_dataset_get_name (dataset),
    .source = atelier_dataset_get_source (dataset),
    .height = atelier_dataset_get_height (dataset),
    .width = atelier_dataset_get_width (dataset),
    .channels = atelier_dataset_get_channels (dataset),
    .class_names = atelier_dataset_get_class_names (dataset),
    .train_images = image_bytes,
    .train_labels = label_bytes,
    .test_images = none,
    .test_labels = none,
  };

  return atelier_dataset_new (&parts, error);
}

static gboolean
compute_means (AtelierDataOverview  *overview,
               GCancellable         *cancellable,
               GError              **error)
{
  const guint n_classes = atelier_dataset_get_n_classes (overview->dataset);
  g_autofree guint *indices = sort_by_class (overview);
  g_autoptr (GByteArray) images = g_byte_array_new ();
  g_autoptr (GByteArray) labels = g_byte_array_new ();
  guint start = 0;

  for (guint i = 0; i < n_classes; i++)
    {
      const guint n = atelier_data_overview_get_count (overview, ATELIER_SPLIT_TRAIN, i);
      const guint8 label = (guint8) i;

      if (n == 0)
        continue;
      if (!append_mean (overview->splits, indices + start, n, images, cancellable, error))
        return FALSE;
      g_byte_array_append (labels, &label, 1);
      start += n;
    }
  overview->means = create_means (overview->dataset, g_steal_pointer (&images),
                                  g_steal_pointer (&labels), error);
  return overview->means != NULL;
}

/* Adds one group to the totals over all groups. */
static void
count_group (AtelierDataOverview *overview,
             guint                i_group)
{
  guint n_in[ATELIER_N_SPLITS] = { 0 };
  guint n_pictures = 0;
  const AtelierDataPicture *pictures
    = atelier_data_overview_get_group (overview, i_group, &n_pictures);

  for (guint i = 0; i < n_pictures; i++)
    n_in[pictures[i].split]++;

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    for (guint other = 0; other < ATELIER_N_SPLITS; other++)
      if (n_in[other] > (split == other ? 1 : 0))
        overview->n_shared[split][other] += n_in[split];
  if (atelier_data_overview_has_labels (overview, i_group))
    overview->n_contradicted++;
}

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  AtelierDataOverview *overview = atelier_data_overview_new (task_data, cancellable, &error);

  if (overview)
    g_task_return_pointer (task, overview, (GDestroyNotify) atelier_data_overview_unref);
  else
    g_task_return_error (task, error);
}

/* Appends a sentence; @format has one %s, which becomes @n. */
static void
add_sentence (GString    *text,
              const char *format,
              guint       n)
{
  g_autofree char *count = atelier_format_count (n);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *sentence = g_strjoinv (count, parts);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/* Pictures that measure a network must not be pictures that it was trained on. */
static void
describe_overlap (AtelierDataOverview *overview,
                  GString             *text)
{
  const guint n_test
    = atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_TEST, ATELIER_SPLIT_TRAIN);
  const guint n_validation
    = atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TRAIN);
  const guint n_between
    = atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_TEST, ATELIER_SPLIT_VALIDATION);

  if (n_test > 0)
    add_sentence (text, ngettext ("%s test picture is also used for training.",
                                  "%s test pictures are also used for training.", n_test), n_test);
  if (n_validation > 0)
    add_sentence (text, ngettext ("%s validation picture is also used for training.",
                                  "%s validation pictures are also used for training.",
                                  n_validation), n_validation);
  if (n_between > 0)
    add_sentence (text, ngettext ("%s test picture is also used for validation.",
                                  "%s test pictures are also used for validation.", n_between),
                  n_between);
  if (n_test + n_validation + n_between == 0)
    add_sentence (text, _("None of them is in another split."), 0);
}

AtelierDataOverview *
atelier_data_overview_new (AtelierSplits  *splits,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_autoptr (AtelierDataOverview) overview = NULL;

  g_return_val_if_fail (splits != NULL, NULL);

  overview = g_atomic_rc_box_new0 (AtelierDataOverview);
  overview->splits = atelier_splits_ref (splits);
  overview->dataset = atelier_splits_get_dataset (splits);
  count_labels (overview);
  if (!compute_means (overview, cancellable, error)
      || !atelier_data_copies_find (splits, atelier_data_copies_hash, cancellable,
                                    &overview->pictures, &overview->starts, error))
    return NULL;

  for (guint i = 0; i < atelier_data_overview_get_n_groups (overview); i++)
    count_group (overview, i);
  return g_steal_pointer (&overview);
}

void
atelier_data_overview_new_async (AtelierSplits       *splits,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (splits != NULL);

  g_task_set_source_tag (task, atelier_data_overview_new_async);
  g_task_set_task_data (task, atelier_splits_ref (splits),
                        (GDestroyNotify) atelier_splits_unref);
  g_task_run_in_thread (task, make_in_thread);
}

AtelierDataOverview *
atelier_data_overview_new_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

AtelierDataOverview *
atelier_data_overview_ref (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, NULL);

  return g_atomic_rc_box_acquire (overview);
}

void
atelier_data_overview_unref (AtelierDataOverview *overview)
{
  g_return_if_fail (overview != NULL);

  g_atomic_rc_box_release_full (overview, clear_overview);
}

AtelierSplits *
atelier_data_overview_get_splits (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, NULL);

  return overview->splits;
}

AtelierDataset *
atelier_data_overview_get_dataset (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, NULL);

  return overview->dataset;
}

guint
atelier_data_overview_get_count (AtelierDataOverview *overview,
                                 AtelierSplit         split,
                                 guint                i_class)
{
  guint n_classes;

  g_return_val_if_fail (overview != NULL, 0);
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, 0);
  n_classes = atelier_dataset_get_n_classes (overview->dataset);
  g_return_val_if_fail (i_class < n_classes, 0);

  return overview->counts[split * n_classes + i_class];
}

const guint8 *
atelier_data_overview_get_mean (AtelierDataOverview *overview,
                                guint                i_class)
{
  guint i_mean;

  if (!atelier_data_overview_find_mean (overview, i_class, &i_mean))
    return NULL;

  return atelier_dataset_get_image (overview->means, i_mean);
}

AtelierDataset *
atelier_data_overview_get_means (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, NULL);

  return overview->means;
}

gboolean
atelier_data_overview_find_mean (AtelierDataOverview *overview,
                                 guint                i_class,
                                 guint               *i_mean)
{
  guint n_means;

  g_return_val_if_fail (overview != NULL, FALSE);
  g_return_val_if_fail (i_mean != NULL, FALSE);

  n_means = atelier_dataset_get_n_images (overview->means);
  for (guint i = 0; i < n_means; i++)
    if (atelier_dataset_get_label (overview->means, i) == i_class)
      {
        *i_mean = i;
        return TRUE;
      }
  return FALSE;
}

guint
atelier_data_overview_get_n_groups (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, 0);

  return overview->starts->len - 1;
}

const AtelierDataPicture *
atelier_data_overview_get_group (AtelierDataOverview *overview,
                                 guint                i_group,
                                 guint               *n_pictures)
{
  guint start;

  g_return_val_if_fail (i_group < atelier_data_overview_get_n_groups (overview), NULL);
  g_return_val_if_fail (n_pictures != NULL, NULL);

  start = g_array_index (overview->starts, guint, i_group);
  *n_pictures = g_array_index (overview->starts, guint, i_group + 1) - start;
  return &g_array_index (overview->pictures, AtelierDataPicture, start);
}

gboolean
atelier_data_overview_has_labels (AtelierDataOverview *overview,
                                  guint                i_group)
{
  guint n_pictures = 0;
  const AtelierDataPicture *pictures
    = atelier_data_overview_get_group (overview, i_group, &n_pictures);

  for (guint i = 1; i < n_pictures; i++)
    if (pictures[i].label != pictures[0].label)
      return TRUE;
  return FALSE;
}

gboolean
atelier_data_overview_has_splits (AtelierDataOverview *overview,
                                  guint                i_group)
{
  guint n_pictures = 0;
  const AtelierDataPicture *pictures
    = atelier_data_overview_get_group (overview, i_group, &n_pictures);

  return n_pictures > 0 && pictures[n_pictures - 1].split != pictures[0].split;
}

guint
atelier_data_overview_get_n_copied (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, 0);

  return overview->pictures->len;
}

guint
atelier_data_overview_get_n_contradicted (AtelierDataOverview *overview)
{
  g_return_val_if_fail (overview != NULL, 0);

  return overview->n_contradicted;
}

guint
atelier_data_overview_get_n_shared (AtelierDataOverview *overview,
                                    AtelierSplit         split,
                                    AtelierSplit         other)
{
  g_return_val_if_fail (overview != NULL, 0);
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, 0);
  g_return_val_if_fail ((guint) other < ATELIER_N_SPLITS, 0);

  return overview->n_shared[split][other];
}

char *
atelier_data_overview_describe_copies (AtelierDataOverview *overview)
{
  GString *text;
  guint n_copied, n_contradicted;

  g_return_val_if_fail (overview != NULL, NULL);

  n_copied = overview->pictures->len;
  n_contradicted = overview->n_contradicted;
  if (n_copied == 0)
    return g_strdup (_("No two pictures are the same."));

  text = g_string_new (NULL);
  add_sentence (text, ngettext ("%s picture has an exact copy.",
                                "%s pictures have an exact copy.", n_copied), n_copied);
  describe_overlap (overview, text);
  if (n_contradicted > 0)
    add_sentence (text, ngettext ("%s picture is there under different labels.",
                                  "%s pictures are there under different labels.", n_contradicted),
                  n_contradicted);
  return g_string_free (text, FALSE);
}
