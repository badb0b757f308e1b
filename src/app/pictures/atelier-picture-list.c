/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that holds four bytes for each picture.
 *
 * Items are created when a view asks for them and freed when it drops them.  A list of 60,000 then
 * costs 240 kB and a sort, and scrolling creates only the items that are visible.  A GListStore was
 * rejected because it holds an object for each picture, and a GtkFilterListModel with a
 * GtkSortListModel because they create every object to compare it.  GtkMultiSelection was rejected
 * because it holds an object for each selected item, all 60,000 after Ctrl+A, and drops the
 * selection when the list is filled again.  Main thread.
 */

#include "config.h"

#include "pictures/atelier-picture-list.h"

struct _AtelierPictureItem
{
  GObject parent_instance;

  guint   picture;
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
atelier_picture_item_get_picture (AtelierPictureItem *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_ITEM (self), 0);

  return self->picture;
}

struct _AtelierPictureList
{
  GObject parent_instance;

  /* Owned */
  AtelierSplits      *splits;   /* nullable */
  AtelierPredictions *predictions;
  GArray             *pictures; /* of guint: their numbers in the data set */
  GtkBitset          *selected; /* positions */
};

enum
{
  PICTURES_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A picture and its sort key. */
typedef struct
{
  double key;
  guint  picture;
} Ranked;

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AtelierPictureList, atelier_picture_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_iface_init))

/* Equal keys keep the order of the data, so that the same predictions always give the same list. */
static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;

  return first->picture < second->picture ? -1 : first->picture > second->picture;
}

/* The list is sorted by ascending keys. */
static double
get_key (AtelierPredictions  *predictions,
         guint                i,
         AtelierPictureOrder  order,
         const guint         *flips)
{
  switch (order)
    {
    case ATELIER_ORDER_MOST_CERTAIN:
      return -atelier_predictions_get_score (predictions, i);
    case ATELIER_ORDER_LEAST_CERTAIN:
      return atelier_predictions_get_score (predictions, i);
    case ATELIER_ORDER_HIGHEST_LOSS:
      return atelier_predictions_get_truth_score (predictions, i);
    case ATELIER_ORDER_MOST_FLIPPED:
      return flips ? -(double) flips[i] : 0.0;
    case ATELIER_ORDER_DATA:
    case ATELIER_N_ORDERS:
    default:
      return 0.0;
    }
}

static GArray *
rank (AtelierPredictions     *predictions,
      const AtelierSelection *selection,
      AtelierPictureOrder     order,
      const guint            *flips)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  guint n = atelier_predictions_get_n (predictions);

  for (guint i = 0; i < n; i++)
    if (atelier_selection_has (selection,
                               atelier_predictions_get_label (predictions, i),
                               atelier_predictions_get_class (predictions, i)))
      {
        const Ranked picture = { get_key (predictions, i, order, flips),
                                 atelier_predictions_get_picture (predictions, i) };

        g_array_append_val (ranked, picture);
      }
  g_array_sort (ranked, compare_ranked);

  return ranked;
}

/* The selected pictures as a set of numbers. */
static GtkBitset *
collect_selected (AtelierPictureList *self)
{
  GtkBitset *pictures = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint position;

  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, self->selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    gtk_bitset_add (pictures, g_array_index (self->pictures, guint, position));

  return pictures;
}

static void
select_again (AtelierPictureList *self,
              GtkBitset          *kept)
{
  gtk_bitset_remove_all (self->selected);
  if (gtk_bitset_is_empty (kept))
    return;

  for (guint i = 0; i < self->pictures->len; i++)
    if (gtk_bitset_contains (kept, g_array_index (self->pictures, guint, i)))
      gtk_bitset_add (self->selected, i);
}

static AtelierDataset *
get_dataset (AtelierSplits *splits)
{
  return splits ? atelier_splits_get_dataset (splits) : NULL;
}

/* Tells which of the first @n positions are selected otherwise than @before. */
static void
tell_selection (AtelierPictureList *self,
                GtkBitset          *before,
                guint               n)
{
  guint first;

  gtk_bitset_difference (before, self->selected);
  if (n < G_MAXUINT)
    gtk_bitset_remove_range_closed (before, n, G_MAXUINT);
  if (gtk_bitset_is_empty (before))
    return;

  first = gtk_bitset_get_minimum (before);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                         gtk_bitset_get_maximum (before) - first + 1);
}

/* The positions that were there before stay, with other pictures: for items that went and came
 * again a grid would make all its tiles anew, which takes longer than a frame. */
static void
tell_replaced (AtelierPictureList *self,
               GtkBitset          *selected_before,
               guint               n_before)
{
  guint n = self->pictures->len;
  guint n_kept = MIN (n_before, n);

  if (n_kept > 0)
    g_signal_emit (self, signals[PICTURES_CHANGED], 0);
  if (n_before != n)
    g_list_model_items_changed (G_LIST_MODEL (self), n_kept, n_before - n_kept, n - n_kept);
  tell_selection (self, selected_before, n_kept);
}

/* Takes @pictures.  The selection is dropped if the data set changed. */
static void
replace (AtelierPictureList *self,
         AtelierSplits      *splits,
         AtelierPredictions *predictions,
         GArray             *pictures)
{
  gboolean is_same = get_dataset (splits) == get_dataset (self->splits);
  g_autoptr (GtkBitset) kept = is_same ? collect_selected (self) : gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) selected_before = gtk_bitset_copy (self->selected);
  g_autoptr (GArray) before = self->pictures;

  if (splits)
    atelier_splits_ref (splits);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits;
  if (predictions)
    atelier_predictions_ref (predictions);
  g_clear_pointer (&self->predictions, atelier_predictions_unref);
  self->predictions = predictions;
  self->pictures = pictures;
  select_again (self, kept);

  tell_replaced (self, selected_before, before->len);
}

/* GListModel */

static GType
atelier_picture_list_get_item_type (GListModel *model)
{
  return ATELIER_TYPE_PICTURE_ITEM;
}

static guint
atelier_picture_list_get_n_items (GListModel *model)
{
  return ATELIER_PICTURE_LIST (model)->pictures->len;
}

static gpointer
atelier_picture_list_get_item (GListModel *model,
                               guint       position)
{
  AtelierPictureList *self = ATELIER_PICTURE_LIST (model);
  AtelierPictureItem *item;

  if (position >= self->pictures->len)
    return NULL;

  item = g_object_new (ATELIER_TYPE_PICTURE_ITEM, NULL);
  item->picture = g_array_index (self->pictures, guint, position);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = atelier_picture_list_get_item_type;
  iface->get_n_items = atelier_picture_list_get_n_items;
  iface->get_item = atelier_picture_list_get_item;
}

/* GtkSelectionModel: GTK implements all other ways of selecting with these three. */

static gboolean
atelier_picture_list_is_selected (GtkSelectionModel *model,
                                  guint              position)
{
  return gtk_bitset_contains (ATELIER_PICTURE_LIST (model)->selected, position);
}

static GtkBitset *
atelier_picture_list_get_selection_in_range (GtkSelectionModel *model,
                                             guint              position,
                                             guint              n_items)
{
  return gtk_bitset_ref (ATELIER_PICTURE_LIST (model)->selected);
}

static gboolean
atelier_picture_list_set_selection (GtkSelectionModel *model,
                                    GtkBitset         *selected,
                                    GtkBitset         *mask)
{
  AtelierPictureList *self = ATELIER_PICTURE_LIST (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint first, last;

  /* Only the positions in @mask are set as in @selected. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (self->pictures->len > 0)
    gtk_bitset_remove_range_closed (changes, self->pictures->len, G_MAXUINT);
  if (self->pictures->len == 0 || gtk_bitset_is_empty (changes))
    return TRUE;

  gtk_bitset_difference (self->selected, changes);
  first = gtk_bitset_get_minimum (changes);
  last = gtk_bitset_get_maximum (changes);
  gtk_selection_model_selection_changed (model, first, last - first + 1);

  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = atelier_picture_list_is_selected;
  iface->get_selection_in_range = atelier_picture_list_get_selection_in_range;
  iface->set_selection = atelier_picture_list_set_selection;
}

static void
atelier_picture_list_finalize (GObject *object)
{
  AtelierPictureList *self = ATELIER_PICTURE_LIST (object);

  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_pointer (&self->predictions, atelier_predictions_unref);
  g_array_unref (self->pictures);
  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (atelier_picture_list_parent_class)->finalize (object);
}

static void
atelier_picture_list_class_init (AtelierPictureListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_picture_list_finalize;

  signals[PICTURES_CHANGED] =
    g_signal_new ("pictures-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
atelier_picture_list_init (AtelierPictureList *self)
{
  self->pictures = g_array_new (FALSE, FALSE, sizeof (guint));
  self->selected = gtk_bitset_new_empty ();
}

AtelierPictureList *
atelier_picture_list_new (void)
{
  return g_object_new (ATELIER_TYPE_PICTURE_LIST, NULL);
}

void
atelier_picture_list_fill (AtelierPictureList     *self,
                           AtelierSplits          *splits,
                           AtelierPredictions     *predictions,
                           const AtelierSelection *selection,
                           AtelierPictureOrder     order,
                           const guint            *flips)
{
  g_autoptr (GArray) ranked = NULL;
  GArray *pictures;

  g_return_if_fail (ATELIER_IS_PICTURE_LIST (self));

  pictures = g_array_new (FALSE, FALSE, sizeof (guint));
  if (predictions)
    {
      ranked = rank (predictions, selection, order, flips);
      g_array_set_size (pictures, ranked->len);
      for (guint i = 0; i < ranked->len; i++)
        g_array_index (pictures, guint, i) = g_array_index (ranked, Ranked, i).picture;
    }
  replace (self, splits, predictions, pictures);
}

void
atelier_picture_list_fill_with (AtelierPictureList *self,
                                AtelierSplits      *splits,
                                const guint        *pictures,
                                guint               n)
{
  GArray *copy;

  g_return_if_fail (ATELIER_IS_PICTURE_LIST (self));
  g_return_if_fail (n == 0 || (splits != NULL && pictures != NULL));

  copy = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  if (n > 0)
    g_array_append_vals (copy, pictures, n);
  replace (self, splits, NULL, copy);
}

AtelierSplits *
atelier_picture_list_get_splits (AtelierPictureList *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), NULL);

  return self->splits;
}

AtelierDataset *
atelier_picture_list_get_dataset (AtelierPictureList *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), NULL);

  return get_dataset (self->splits);
}

AtelierPredictions *
atelier_picture_list_get_predictions (AtelierPictureList *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), NULL);

  return self->predictions;
}

guint
atelier_picture_list_get_picture (AtelierPictureList *self,
                                  guint               position)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), 0);
  g_return_val_if_fail (position < self->pictures->len, 0);

  return g_array_index (self->pictures, guint, position);
}

gboolean
atelier_picture_list_find (AtelierPictureList *self,
                           guint               picture,
                           guint              *position)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), FALSE);

  for (guint i = 0; i < self->pictures->len; i++)
    if (g_array_index (self->pictures, guint, i) == picture)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

GtkBitset *
atelier_picture_list_get_selected (AtelierPictureList *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (self), NULL);

  return gtk_bitset_copy (self->selected);
}
