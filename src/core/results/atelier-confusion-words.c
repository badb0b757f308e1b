/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Confusion in words: which classes were taken for which.
 *
 * Window, report and command line say the same, so it is said here.  Class names come as the data
 * set has them and are translated here, those that are known.  Main thread (the locale).
 */

#include "config.h"

#include "results/atelier-confusion.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-format.h"

char *
atelier_confusion_describe_pair (AtelierConfusion          *confusion,
                                 const AtelierConfusedPair *pair,
                                 const char * const        *class_names)
{
  g_autofree char *count = NULL;
  g_autofree char *total = NULL;

  g_return_val_if_fail (confusion != NULL && pair != NULL && class_names != NULL, NULL);

  count = atelier_format_count (pair->count);
  total = atelier_format_count (atelier_confusion_get_row_total (confusion, pair->truth));

  /* Translators: two classes, how often, and of how many: "Shirt called Coat: 82 of 1,000". */
  return g_strdup_printf (_("%s called %s: %s of %s"),
                          atelier_class_name_translate (class_names[pair->truth]),
                          atelier_class_name_translate (class_names[pair->prediction]),
                          count, total);
}

char *
atelier_confusion_describe_worst_pairs (AtelierConfusion   *confusion,
                                        const char * const *class_names,
                                        guint               n_pairs)
{
  g_autofree AtelierConfusedPair *pairs = g_new (AtelierConfusedPair, n_pairs);
  GString *words;
  guint n;

  g_return_val_if_fail (confusion != NULL && class_names != NULL, NULL);

  if (atelier_confusion_get_total (confusion) == 0)
    return g_strdup ("");
  if (atelier_confusion_get_n_mistakes (confusion) == 0)
    return g_strdup (_("No mistake at all."));

  words = g_string_new (NULL);
  n = atelier_confusion_get_worst_pairs (confusion, pairs, n_pairs);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *count = atelier_format_count (pairs[i].count);

      if (i > 0)
        g_string_append (words, " · ");
      /* Translators: "Shirt called Coat 82": a class, what it was taken for, how often. */
      g_string_append_printf (words, _("%s called %s %s"),
                              atelier_class_name_translate (class_names[pairs[i].truth]),
                              atelier_class_name_translate (class_names[pairs[i].prediction]),
                              count);
    }

  return g_string_free (words, FALSE);
}
