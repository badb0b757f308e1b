/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which classes a split leaves out.
 *
 * Only labels are read: one pass over each split.  A class that no split has (a name without
 * pictures) is not missed; nothing could be learnt or measured of it anywhere.  The test split is
 * not described, since its figures come with the number of pictures of each class.
 */

#include "config.h"

#include "data/atelier-class-coverage.h"

#include <glib/gi18n-lib.h>

#define MAX_CLASSES 256
#define MAX_NAMES 5 /* in a sentence */

static void
count_labels (AtelierSplits *splits,
              AtelierSplit   split,
              guint         *counts) /* [MAX_CLASSES], added to */
{
  const guint8 *labels = atelier_splits_get_labels (splits, split);
  const guint n = atelier_splits_get_n (splits, split);

  for (guint i = 0; i < n; i++)
    counts[labels[i]]++;
}

GArray *
atelier_class_coverage_list_missing (AtelierSplits *splits,
                                     AtelierSplit   split)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (guint));
  guint counts[MAX_CLASSES] = { 0 };
  guint others[MAX_CLASSES] = { 0 };

  g_return_val_if_fail (splits != NULL && split < ATELIER_N_SPLITS, missing);

  if (atelier_splits_get_n (splits, split) == 0)
    return missing;

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    count_labels (splits, i, i == split ? counts : others);
  for (guint i = 0; i < MAX_CLASSES; i++)
    if (counts[i] == 0 && others[i] > 0)
      g_array_append_val (missing, i);

  return missing;
}

gboolean
atelier_class_coverage_is_sorted (AtelierSplits *splits)
{
  const AtelierSplit order[] = { ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TRAIN };
  guint before = 0;
  guint n_changes = 0;

  g_return_val_if_fail (splits != NULL, FALSE);

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    {
      const guint8 *labels = atelier_splits_get_labels (splits, order[k]);
      const guint n = atelier_splits_get_n (splits, order[k]);

      for (guint i = 0; i < n; i++)
        {
          if (labels[i] < before)
            return FALSE;
          n_changes += labels[i] > before;
          before = labels[i];
        }
    }

  return n_changes > 0;
}

/* ---- Words ---- */

static char *
join_names (AtelierSplits *splits,
            const GArray  *classes)
{
  const char * const *names = atelier_dataset_get_class_names (atelier_splits_get_dataset (splits));
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < MIN (classes->len, MAX_NAMES); i++)
    {
      const char *name = names[g_array_index (classes, guint, i)];

      if (i > 0)
        g_string_append (joined, ", ");
      g_string_append (joined, atelier_class_name_translate (name));
    }
  if (classes->len > MAX_NAMES)
    g_string_append (joined, ", …");

  return g_string_free (joined, FALSE);
}

/* "" where all classes have training pictures. */
static char *
describe_training (AtelierSplits *splits)
{
  g_autoptr (GArray) missing = atelier_class_coverage_list_missing (splits, ATELIER_SPLIT_TRAIN);
  g_autofree char *names = join_names (splits, missing);

  if (missing->len == 0)
    return g_strdup ("");

  /* Translators: %s is the name of a class, or names with commas between them; so below. */
  return g_strdup_printf (ngettext ("No training picture shows %s: the network cannot learn it.",
                                    "No training picture shows any of %s: the network cannot "
                                    "learn them.", missing->len),
                          names);
}

static char *
describe_validation (AtelierSplits *splits)
{
  g_autoptr (GArray) missing
    = atelier_class_coverage_list_missing (splits, ATELIER_SPLIT_VALIDATION);
  g_autofree char *names = join_names (splits, missing);

  if (missing->len == 0)
    return g_strdup ("");

  return g_strdup_printf (ngettext ("No validation picture shows %s: validation does not say "
                                    "whether it is recognised.",
                                    "No validation picture shows any of %s: validation does not "
                                    "say whether they are recognised.", missing->len),
                          names);
}

char *
atelier_class_coverage_describe (AtelierSplits *splits)
{
  g_autofree char *training = NULL;
  g_autofree char *validation = NULL;
  GString *words;

  g_return_val_if_fail (splits != NULL, NULL);

  training = describe_training (splits);
  validation = describe_validation (splits);
  if (*training == '\0' && *validation == '\0')
    return NULL;

  words = g_string_new (training);
  if (*training != '\0' && *validation != '\0')
    g_string_append_c (words, ' ');
  g_string_append (words, validation);
  if (atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION) > 0
      && atelier_class_coverage_is_sorted (splits))
    {
      g_string_append_c (words, ' ');
      g_string_append (words, _("The pictures are sorted by class, and the first of them are the "
                                "validation split."));
    }

  return g_string_free (words, FALSE);
}
