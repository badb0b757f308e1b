/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a click in the confusion matrix selects, and its name in words.
 *
 * It is a file of its own because the matrix and the gallery both use it.
 */

#include "config.h"

#include "focus/atelier-selection.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "data/atelier-dataset.h"

gboolean
atelier_selection_equal (const AtelierSelection *a,
                         const AtelierSelection *b)
{
  return a->kind == b->kind && a->truth == b->truth && a->prediction == b->prediction;
}

gboolean
atelier_selection_has (const AtelierSelection *selection,
                       guint                   truth,
                       guint                   prediction)
{
  switch (selection->kind)
    {
    case ATELIER_SELECT_CELL:
      return truth == selection->truth && prediction == selection->prediction;
    case ATELIER_SELECT_TRUTH:
      return truth == selection->truth;
    case ATELIER_SELECT_PREDICTION:
      return prediction == selection->prediction;
    case ATELIER_SELECT_MISTAKES:
    default:
      return truth != prediction;
    }
}

gboolean
atelier_selection_fits (const AtelierSelection *selection,
                        guint                   n_classes)
{
  return selection->truth < n_classes && selection->prediction < n_classes;
}

guint
atelier_selection_count (const AtelierSelection *selection,
                         AtelierConfusion       *confusion)
{
  switch (selection->kind)
    {
    case ATELIER_SELECT_CELL:
      return atelier_confusion_get_count (confusion, selection->truth, selection->prediction);
    case ATELIER_SELECT_TRUTH:
      return atelier_confusion_get_row_total (confusion, selection->truth);
    case ATELIER_SELECT_PREDICTION:
      return atelier_confusion_get_column_total (confusion, selection->prediction);
    case ATELIER_SELECT_MISTAKES:
    default:
      return atelier_confusion_get_n_mistakes (confusion);
    }
}

char *
atelier_selection_title (const AtelierSelection *selection,
                         const char * const     *class_names)
{
  const char *truth = atelier_class_name_translate (class_names[selection->truth]);
  const char *prediction = atelier_class_name_translate (class_names[selection->prediction]);

  switch (selection->kind)
    {
    case ATELIER_SELECT_CELL:
      if (selection->truth == selection->prediction)
        /* Translators: a class name; its pictures that were classified correctly */
        return g_strdup_printf (_("%s, rightly recognised"), truth);
      /* Translators: two class names, "Shirt called Coat": shirts that were taken for coats. */
      return g_strdup_printf (_("%s called %s"), truth, prediction);
    case ATELIER_SELECT_TRUTH:
      /* Translators: a class name; all pictures that truly are of this class. */
      return g_strdup_printf (_("Every true %s"), truth);
    case ATELIER_SELECT_PREDICTION:
      /* Translators: a class name; all pictures that were taken for this class. */
      return g_strdup_printf (_("Everything called %s"), prediction);
    case ATELIER_SELECT_MISTAKES:
    default:
      return g_strdup (_("All mistakes"));
    }
}

/* What the count is compared with: a total, or the correct ones in it. */
static guint
get_other_count (const AtelierSelection *selection,
                 AtelierConfusion       *confusion)
{
  switch (selection->kind)
    {
    case ATELIER_SELECT_CELL:
      return atelier_confusion_get_row_total (confusion, selection->truth);
    case ATELIER_SELECT_TRUTH:
      return atelier_confusion_get_count (confusion, selection->truth, selection->truth);
    case ATELIER_SELECT_PREDICTION:
      return atelier_confusion_get_count (confusion, selection->prediction, selection->prediction);
    case ATELIER_SELECT_MISTAKES:
    default:
      return atelier_confusion_get_total (confusion);
    }
}

char *
atelier_selection_describe (const AtelierSelection *selection,
                            AtelierConfusion       *confusion,
                            const char * const     *class_names)
{
  guint n = atelier_selection_count (selection, confusion);
  g_autofree char *count = atelier_format_count (n);
  g_autofree char *other = atelier_format_count (get_other_count (selection, confusion));

  switch (selection->kind)
    {
    case ATELIER_SELECT_CELL:
      /* Translators: "82 of 493 true Shirt": how many pictures of a class were predicted as
       * another */
      return g_strdup_printf (_("%s of %s true %s"), count, other,
                              atelier_class_name_translate (class_names[selection->truth]));
    case ATELIER_SELECT_TRUTH:
      return g_strdup_printf (ngettext ("%s picture, %s right", "%s pictures, %s right", n), count,
                              other);
    case ATELIER_SELECT_PREDICTION:
      return g_strdup_printf (ngettext ("%s picture, %s rightly", "%s pictures, %s rightly", n),
                              count, other);
    case ATELIER_SELECT_MISTAKES:
    default:
      return g_strdup_printf (_("%s of %s pictures"), count, other);
    }
}

char *
atelier_selection_announce (const AtelierSelection *selection,
                            AtelierConfusion       *confusion,
                            const char * const     *class_names)
{
  g_autofree char *title = atelier_selection_title (selection, class_names);
  g_autofree char *description = NULL;
  g_autofree char *count = NULL;
  g_autofree char *whole = NULL;

  if (selection->kind != ATELIER_SELECT_CELL)
    {
      description = atelier_selection_describe (selection, confusion, class_names);
      /* Translators: what is shown, and how many: "All mistakes: 512 of 5,000 pictures". */
      return g_strdup_printf (_("%s: %s"), title, description);
    }

  count = atelier_format_count (atelier_selection_count (selection, confusion));
  whole = atelier_format_count (get_other_count (selection, confusion));
  /* Translators: "Shirt called Coat: 82 of 493". */
  return g_strdup_printf (_("%s: %s of %s"), title, count, whole);
}
