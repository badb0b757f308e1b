/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "runs/atelier-pair-list.h"

struct _AtelierPairItem
{
  GObject parent_instance;

  guint   i_first;
  guint   i_second;
  double  certainty;
};

G_DEFINE_FINAL_TYPE (AtelierPairItem, atelier_pair_item, G_TYPE_OBJECT)

static void
atelier_pair_item_class_init (AtelierPairItemClass *klass)
{
}

static void
atelier_pair_item_init (AtelierPairItem *self)
{
}

guint
atelier_pair_item_get_i_first (AtelierPairItem *self)
{
  g_return_val_if_fail (ATELIER_IS_PAIR_ITEM (self), 0);

  return self->i_first;
}

guint
atelier_pair_item_get_i_second (AtelierPairItem *self)
{
  g_return_val_if_fail (ATELIER_IS_PAIR_ITEM (self), 0);

  return self->i_second;
}

static AtelierPairItem *
new_item (AtelierComparison *comparison,
          guint              i_first,
          guint              i_second)
{
  AtelierPairItem *item = g_object_new (ATELIER_TYPE_PAIR_ITEM, NULL);

  item->i_first = i_first;
  item->i_second = i_second;
  item->certainty
    = atelier_predictions_get_score (atelier_comparison_get_first (comparison), i_first)
      + atelier_predictions_get_score (atelier_comparison_get_second (comparison), i_second);
  return item;
}

static int
compare_certainties (gconstpointer a,
                     gconstpointer b)
{
  const AtelierPairItem *first = *(AtelierPairItem * const *) a;
  const AtelierPairItem *second = *(AtelierPairItem * const *) b;

  if (first->certainty != second->certainty)
    return first->certainty < second->certainty ? 1 : -1;
  return (first->i_first > second->i_first) - (first->i_first < second->i_first);
}

/* Takes the items. */
static GListModel *
new_list (GPtrArray *items)
{
  GListStore *store = g_list_store_new (ATELIER_TYPE_PAIR_ITEM);

  g_ptr_array_sort (items, compare_certainties);
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  g_ptr_array_unref (items);
  return G_LIST_MODEL (store);
}

GListModel *
atelier_pair_list_new (AtelierComparison *comparison,
                       AtelierPair        pair)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  const guint *of_first, *of_second;
  guint n;

  of_first = atelier_comparison_get_images (comparison, pair, &n, &of_second);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, new_item (comparison, of_first[i], of_second[i]));
  return new_list (items);
}

GListModel *
atelier_pair_list_new_of_cell (AtelierComparison *comparison,
                               guint              truth,
                               guint              prediction)
{
  AtelierPredictions *first = atelier_comparison_get_first (comparison);
  AtelierPredictions *second = atelier_comparison_get_second (comparison);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint pair = 0; pair < ATELIER_N_PAIRS; pair++)
    {
      const guint *of_first, *of_second;
      guint n;

      of_first = atelier_comparison_get_images (comparison, pair, &n, &of_second);
      for (guint i = 0; i < n; i++)
        if (atelier_predictions_get_label (first, of_first[i]) == truth
            && (atelier_predictions_get_class (first, of_first[i]) == prediction)
               != (atelier_predictions_get_class (second, of_second[i]) == prediction))
          g_ptr_array_add (items, new_item (comparison, of_first[i], of_second[i]));
    }
  return new_list (items);
}
