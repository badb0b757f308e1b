/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both predictions list their pictures in growing order, so that one walk along both finds the
 * common ones. */

#include "config.h"

#include "results/atelier-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "base/atelier-format.h"
#include "results/atelier-statistics.h"

#define LIMIT 0.05

struct _AtelierComparison
{
  guint n_left_out;

  /* Owned */
  AtelierPredictions *first;
  AtelierPredictions *second;
  AtelierConfusion   *confusion_of_first;
  AtelierConfusion   *confusion_of_second;
  GArray             *images_of_first[ATELIER_N_PAIRS];  /* of guint */
  GArray             *images_of_second[ATELIER_N_PAIRS];
};

G_DEFINE_BOXED_TYPE (AtelierComparison, atelier_comparison, atelier_comparison_ref,
                     atelier_comparison_unref)

/* Counts of the common pictures, while they are walked along. */
typedef struct
{
  guint *of_first; /* [n_classes, n_classes]; owned, as the other */
  guint *of_second;
} Counts;

static gboolean
add_picture (AtelierComparison  *comparison,
             Counts             *counts,
             guint               i_first,
             guint               i_second,
             GError            **error)
{
  const guint n_classes = atelier_predictions_get_n_classes (comparison->first);
  const guint label = atelier_predictions_get_label (comparison->first, i_first);
  const guint first = atelier_predictions_get_class (comparison->first, i_first);
  const guint second = atelier_predictions_get_class (comparison->second, i_second);
  AtelierPair pair;

  if (label != atelier_predictions_get_label (comparison->second, i_second))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("Picture %u has another label in each of the two runs"),
                   atelier_predictions_get_picture (comparison->first, i_first));
      return FALSE;
    }
  if (first == label)
    pair = second == label ? ATELIER_PAIR_BOTH_RIGHT : ATELIER_PAIR_ONLY_FIRST;
  else
    pair = second == label ? ATELIER_PAIR_ONLY_SECOND : ATELIER_PAIR_BOTH_WRONG;
  g_array_append_val (comparison->images_of_first[pair], i_first);
  g_array_append_val (comparison->images_of_second[pair], i_second);
  counts->of_first[label * n_classes + first]++;
  counts->of_second[label * n_classes + second]++;
  return TRUE;
}

static gboolean
walk (AtelierComparison  *comparison,
      Counts             *counts,
      GError            **error)
{
  const guint n_first = atelier_predictions_get_n (comparison->first);
  const guint n_second = atelier_predictions_get_n (comparison->second);
  guint i = 0, k = 0;

  while (i < n_first && k < n_second)
    {
      const guint of_first = atelier_predictions_get_picture (comparison->first, i);
      const guint of_second = atelier_predictions_get_picture (comparison->second, k);

      if (of_first != of_second)
        {
          comparison->n_left_out++;
          i += of_first < of_second;
          k += of_second < of_first;
          continue;
        }
      if (!add_picture (comparison, counts, i++, k++, error))
        return FALSE;
    }
  comparison->n_left_out += n_first - i + (n_second - k);
  if (atelier_comparison_get_n (comparison) > 0)
    return TRUE;
  g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("The two runs have no picture in common that neither learned from"));
  return FALSE;
}

AtelierComparison *
atelier_comparison_new (AtelierPredictions *first,
                        AtelierPredictions *second,
                        GError            **error)
{
  g_autoptr (AtelierComparison) comparison = NULL;
  g_autofree guint *of_first = NULL;
  g_autofree guint *of_second = NULL;
  guint n_classes;

  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  n_classes = atelier_predictions_get_n_classes (first);
  if (n_classes != atelier_predictions_get_n_classes (second))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("One run has %u classes, the other %u"), n_classes,
                   atelier_predictions_get_n_classes (second));
      return NULL;
    }
  comparison = g_atomic_rc_box_new0 (AtelierComparison);
  comparison->first = atelier_predictions_ref (first);
  comparison->second = atelier_predictions_ref (second);
  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    {
      comparison->images_of_first[i] = g_array_new (FALSE, FALSE, sizeof (guint));
      comparison->images_of_second[i] = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  of_first = g_new0 (guint, n_classes * n_classes);
  of_second = g_new0 (guint, n_classes * n_classes);
  if (!walk (comparison, &(Counts) { of_first, of_second }, error))
    return NULL;
  comparison->confusion_of_first = atelier_confusion_new_from_counts (of_first, n_classes);
  comparison->confusion_of_second = atelier_confusion_new_from_counts (of_second, n_classes);
  return g_steal_pointer (&comparison);
}

AtelierComparison *
atelier_comparison_ref (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return g_atomic_rc_box_acquire (comparison);
}

static void
clear_comparison (AtelierComparison *comparison)
{
  atelier_predictions_unref (comparison->first);
  atelier_predictions_unref (comparison->second);
  g_clear_pointer (&comparison->confusion_of_first, atelier_confusion_unref);
  g_clear_pointer (&comparison->confusion_of_second, atelier_confusion_unref);
  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    {
      g_array_unref (comparison->images_of_first[i]);
      g_array_unref (comparison->images_of_second[i]);
    }
}

void
atelier_comparison_unref (AtelierComparison *comparison)
{
  g_return_if_fail (comparison != NULL);

  g_atomic_rc_box_release_full (comparison, (GDestroyNotify) clear_comparison);
}

/* ---- Counts ---- */

guint
atelier_comparison_count (AtelierComparison *comparison,
                          AtelierPair        pair)
{
  g_return_val_if_fail (comparison != NULL && pair < ATELIER_N_PAIRS, 0);

  return comparison->images_of_first[pair]->len;
}

guint
atelier_comparison_get_n (AtelierComparison *comparison)
{
  guint n = 0;

  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    n += atelier_comparison_count (comparison, i);
  return n;
}

guint
atelier_comparison_get_n_left_out (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, 0);

  return comparison->n_left_out;
}

const guint *
atelier_comparison_get_images (AtelierComparison  *comparison,
                               AtelierPair         pair,
                               guint              *n,
                               const guint       **indices_of_second)
{
  g_return_val_if_fail (comparison != NULL && pair < ATELIER_N_PAIRS && n != NULL, NULL);

  *n = comparison->images_of_first[pair]->len;
  if (indices_of_second != NULL)
    *indices_of_second = (const guint *) (void *) comparison->images_of_second[pair]->data;
  return (const guint *) (void *) comparison->images_of_first[pair]->data;
}

AtelierPredictions *
atelier_comparison_get_first (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return comparison->first;
}

AtelierPredictions *
atelier_comparison_get_second (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return comparison->second;
}

AtelierConfusion *
atelier_comparison_get_confusion_of_first (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return comparison->confusion_of_first;
}

AtelierConfusion *
atelier_comparison_get_confusion_of_second (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return comparison->confusion_of_second;
}

int
atelier_comparison_get_change (AtelierComparison *comparison,
                               guint              truth,
                               guint              prediction)
{
  g_return_val_if_fail (comparison != NULL, 0);

  return (int) atelier_confusion_get_count (comparison->confusion_of_second, truth, prediction)
         - (int) atelier_confusion_get_count (comparison->confusion_of_first, truth, prediction);
}

/* ---- Chance ---- */

double
atelier_comparison_get_p (AtelierComparison *comparison)
{
  return atelier_statistics_get_mcnemar_p (
    atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_FIRST),
    atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_SECOND));
}

double
atelier_comparison_get_difference (AtelierComparison *comparison,
                                   double            *low,
                                   double            *high)
{
  double difference;

  atelier_statistics_get_difference (
    atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_FIRST),
    atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_SECOND),
    atelier_comparison_get_n (comparison), &difference, low, high);
  return difference;
}

AtelierVerdict
atelier_comparison_get_verdict (AtelierComparison *comparison)
{
  double low, high;
  const double difference = atelier_comparison_get_difference (comparison, &low, &high);
  const gboolean is_apart = low > 0.0 || high < 0.0;
  const gboolean is_rare = atelier_comparison_get_p (comparison) < LIMIT;

  if (is_rare != is_apart)
    return ATELIER_VERDICT_BORDERLINE;
  if (!is_rare)
    return ATELIER_VERDICT_SAME;
  return difference > 0.0 ? ATELIER_VERDICT_SECOND : ATELIER_VERDICT_FIRST;
}

/* ---- Words ---- */

/* "95 % interval 0.2 to 1.4 points; McNemar p = 0.012", from the better one's side. */
static char *
describe_chance (AtelierComparison *comparison)
{
  const double p = atelier_comparison_get_p (comparison);
  double low, high;
  const double difference = atelier_comparison_get_difference (comparison, &low, &high);
  const double sign = difference < 0.0 ? -100.0 : 100.0;
  const double from = MIN (sign * low, sign * high), to = MAX (sign * low, sign * high);

  /* Translators: the ends of an interval in percentage points, and a probability. */
  if (p < 0.001)
    return g_strdup_printf (_("95 %% interval %.1f to %.1f; McNemar p below 0.001"), from, to);
  return g_strdup_printf (_("95 %% interval %.1f to %.1f; McNemar p = %.3f"), from, to, p);
}

char *
atelier_comparison_describe (AtelierComparison *comparison,
                             const char        *first,
                             const char        *second)
{
  g_autofree char *chance = NULL;
  g_autofree char *n = NULL;
  const char *better, *other;
  double low, high, points;

  g_return_val_if_fail (comparison != NULL && first != NULL && second != NULL, NULL);

  points = 100.0 * atelier_comparison_get_difference (comparison, &low, &high);
  better = points < 0.0 ? first : second;
  other = points < 0.0 ? second : first;
  chance = describe_chance (comparison);
  n = atelier_format_count (atelier_comparison_get_n (comparison));
  switch (atelier_comparison_get_verdict (comparison))
    {
    case ATELIER_VERDICT_FIRST:
    case ATELIER_VERDICT_SECOND:
      /* Translators: the name of a run, percentage points, an interval with a probability, a number
       * of pictures */
      return g_strdup_printf (_("%s is better by %.1f points (%s). On these %s pictures chance "
                                "alone would seldom make such a difference."),
                              better, fabs (points), chance, n);
    case ATELIER_VERDICT_BORDERLINE:
      return g_strdup_printf (_("%s is ahead by %.1f points (%s), which is borderline: these %s "
                                "pictures do not decide it."),
                              better, fabs (points), chance, n);
    case ATELIER_VERDICT_SAME:
    default:
      /* Translators: the names of two runs, percentage points, an interval with a probability, a
       * number of pictures */
      return g_strdup_printf (_("%s and %s cannot be told apart: they differ by %.1f points (%s), "
                                "which chance alone would often make on %s pictures."),
                              better, other, fabs (points), chance, n);
    }
}

char *
atelier_comparison_describe_limits (AtelierComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  switch (atelier_comparison_get_verdict (comparison))
    {
    case ATELIER_VERDICT_FIRST:
    case ATELIER_VERDICT_SECOND:
      return g_strdup (_("This is about two trained networks, not about their recipes: another "
                         "seed may turn it round. Repeat both with seeds to find out."));
    case ATELIER_VERDICT_BORDERLINE:
    case ATELIER_VERDICT_SAME:
    default:
      return g_strdup (_("That does not make them equal: more pictures, or both repeated with "
                         "seeds, may show a difference."));
    }
}

char *
atelier_comparison_describe_left_out (AtelierComparison *comparison)
{
  g_autofree char *n = NULL;

  g_return_val_if_fail (comparison != NULL, NULL);

  if (comparison->n_left_out == 0)
    return NULL;
  n = atelier_format_count (comparison->n_left_out);
  return g_strdup_printf (ngettext ("%s picture is left out: only one of the two runs was judged "
                                    "on it, and the other may have learned from it.",
                                    "%s pictures are left out: only one of the two runs was judged "
                                    "on them, and the other may have learned from them.",
                                    comparison->n_left_out),
                          n);
}
