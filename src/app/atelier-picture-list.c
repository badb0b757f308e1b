/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of pictures that holds four bytes a picture.
 *
 * Items are made when a view asks for them and die when it lets go, so a list of 60,000 costs 240
 * kB and a sort, and scrolling makes only what is seen.  A GListStore of objects was rejected for
 * that reason, and a GtkFilterListModel with a GtkSortListModel because they would make every
 * object to look at it.  Main thread.
 */

#include "config.h"

#include "atelier-picture-list.h"

struct _AtelierPictureItem
{
  GObject parent_instance;

  guint   index;
};

G_DEFINE_FINAL_TYPE (AtelierPictureItem, atelier_picture_item, G_TYPE_OBJECT)

static void
atelier_picture_item_class_init (AtelierPictureItemClass *klass)
{
}

static void
atelier_picture_item_init (AtelierPictureItem *self)
{
}

guint
atelier_picture_item_get_index (AtelierPictureItem *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_ITEM (self), 0);

  return self->index;
}

struct _AtelierPictureList
{
  GObject parent_instance;

  /* Owned */
  GArray *indices; /* of guint */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AtelierPictureList, atelier_picture_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* Equal scores keep the order of the data, so that the same predictions always give the same
 * list. */
static int
compare_most_certain (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  guint i_a = *(const guint *) a;
  guint i_b = *(const guint *) b;
  double score_a = atelier_predictions_get_score (user_data, i_a);
  double score_b = atelier_predictions_get_score (user_data, i_b);

  if (score_a != score_b)
    return score_a > score_b ? -1 : 1;

  return i_a < i_b ? -1 : i_a > i_b;
}

static int
compare_least_certain (gconstpointer a,
                       gconstpointer b,
                       gpointer      user_data)
{
  guint i_a = *(const guint *) a;
  guint i_b = *(const guint *) b;
  double score_a = atelier_predictions_get_score (user_data, i_a);
  double score_b = atelier_predictions_get_score (user_data, i_b);

  if (score_a != score_b)
    return score_a < score_b ? -1 : 1;

  return i_a < i_b ? -1 : i_a > i_b;
}

static void
collect_indices (GArray                 *indices,
                 AtelierPredictions     *predictions,
                 const AtelierSelection *selection)
{
  guint n = atelier_predictions_get_n (predictions);

  for (guint i = 0; i < n; i++)
    if (atelier_selection_has (selection,
                               atelier_predictions_get_label (predictions, i),
                               atelier_predictions_get_class (predictions, i)))
      g_array_append_val (indices, i);
}

static GType
atelier_picture_list_get_item_type (GListModel *model)
{
  return ATELIER_TYPE_PICTURE_ITEM;
}

static guint
atelier_picture_list_get_n_items (GListModel *model)
{
  return ATELIER_PICTURE_LIST (model)->indices->len;
}

static gpointer
atelier_picture_list_get_item (GListModel *model,
                               guint       position)
{
  AtelierPictureList *self = ATELIER_PICTURE_LIST (model);
  AtelierPictureItem *item;

  if (position >= self->indices->len)
    return NULL;

  item = g_object_new (ATELIER_TYPE_PICTURE_ITEM, NULL);
  item->index = g_array_index (self->indices, guint, position);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = atelier_picture_list_get_item_type;
  iface->get_n_items = atelier_picture_list_get_n_items;
  iface->get_item = atelier_picture_list_get_item;
}

static void
atelier_picture_list_finalize (GObject *object)
{
  AtelierPictureList *self = ATELIER_PICTURE_LIST (object);

  g_array_unref (self->indices);

  G_OBJECT_CLASS (atelier_picture_list_parent_class)->finalize (object);
}

static void
atelier_picture_list_class_init (AtelierPictureListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_picture_list_finalize;
}

static void
atelier_picture_list_init (AtelierPictureList *self)
{
  self->indices = g_array_new (FALSE, FALSE, sizeof (guint));
}

AtelierPictureList *
atelier_picture_list_new (void)
{
  return g_object_new (ATELIER_TYPE_PICTURE_LIST, NULL);
}

void
atelier_picture_list_fill (AtelierPictureList     *self,
                           AtelierPredictions     *predictions,
                           const AtelierSelection *selection,
                           AtelierPictureOrder     order)
{
  guint n_before;

  g_return_if_fail (ATELIER_IS_PICTURE_LIST (self));

  n_before = self->indices->len;
  g_array_set_size (self->indices, 0);
  if (predictions)
    collect_indices (self->indices, predictions, selection);
  if (order == ATELIER_ORDER_MOST_CERTAIN)
    g_array_sort_with_data (self->indices, compare_most_certain, predictions);
  else if (order == ATELIER_ORDER_LEAST_CERTAIN)
    g_array_sort_with_data (self->indices, compare_least_certain, predictions);

  if (n_before > 0 || self->indices->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->indices->len);
}

guint
atelier_picture_list_get_index (AtelierPictureList *self,
                                guint               position)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), 0);
  g_return_val_if_fail (position < self->indices->len, 0);

  return g_array_index (self->indices, guint, position);
}

gboolean
atelier_picture_list_find (AtelierPictureList *self,
                           guint               index,
                           guint              *position)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), FALSE);

  for (guint i = 0; i < self->indices->len; i++)
    if (g_array_index (self->indices, guint, i) == index)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}
