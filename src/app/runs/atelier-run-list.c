/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library says which runs changed; those are read again, and their items get the new values.
 * Which rows there are only changes with runs that come, go, or change their group.  Main thread.
 */

#include "config.h"

#include "runs/atelier-run-list.h"

#include <math.h>

struct _AtelierRunList
{
  GObject         parent_instance;

  gboolean        is_loaded;
  gboolean        has_scale;
  double          low; /* of the scale */
  double          high;

  /* Owned */
  AtelierLibrary *library; /* nullable */
  GCancellable   *cancellable;
  GListStore     *rows;
  GHashTable     *runs;    /* id -> AtelierRunItem, owned */
  GHashTable     *groups;  /* group -> AtelierRunItem, owned; of two runs and more */
  GPtrArray      *ticked;  /* of AtelierRunItem, borrowed from the runs */
};

G_DEFINE_FINAL_TYPE (AtelierRunList, atelier_run_list, G_TYPE_OBJECT)

enum
{
  PROP_IS_LOADED = 1,
  PROP_N_RUNS,
  PROP_N_TICKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  TICKED_CHANGED,
  SCALE_CHANGED,
  DATA_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Rows ---- */

static const char *
get_group (AtelierRunItem *item)
{
  return atelier_run_item_get_values (item)->group;
}

static void
remove_row (AtelierRunList *self,
            AtelierRunItem *item)
{
  guint position;

  if (g_list_store_find (self->rows, item, &position))
    g_list_store_remove (self->rows, position);
}

/* Another run of that group which is a row of its own; NULL if there is none. */
static AtelierRunItem *
find_single (AtelierRunList *self,
             const char     *group)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (AtelierRunItem) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (!atelier_run_item_get_children (row) && g_str_equal (get_group (row), group))
        return row;
    }
  return NULL;
}

/* At its place among runs by when they began, the newest first. */
static guint
find_position (AtelierRunList *self,
               AtelierRunItem *item)
{
  const gint64 started_at = atelier_run_item_get_values (item)->started_at;
  guint i = 0;

  for (; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (AtelierRunItem) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (atelier_run_item_get_values (row)->started_at <= started_at)
        break;
    }
  return i;
}

static void
insert_row (AtelierRunList *self,
            AtelierRunItem *item)
{
  const char *group = get_group (item);
  AtelierRunItem *of_group, *single;
  g_autoptr (AtelierRunItem) row = NULL;

  if (*group == '\0')
    {
      g_list_store_insert (self->rows, find_position (self, item), item);
      return;
    }
  of_group = g_hash_table_lookup (self->groups, group);
  if (of_group)
    {
      atelier_run_item_add_child (of_group, item);
      return;
    }
  single = find_single (self, group);
  if (!single)
    {
      g_list_store_insert (self->rows, find_position (self, item), item);
      return;
    }
  row = atelier_run_item_new_group (group);
  atelier_run_item_add_child (row, single);
  atelier_run_item_add_child (row, item);
  remove_row (self, single);
  g_list_store_insert (self->rows, find_position (self, row), row);
  g_hash_table_insert (self->groups, g_strdup (group), g_steal_pointer (&row));
}

/* @group: that it was in. */
static void
take_out (AtelierRunList *self,
          AtelierRunItem *item,
          const char     *group)
{
  AtelierRunItem *of_group = g_hash_table_lookup (self->groups, group);
  g_autoptr (AtelierRunItem) last = NULL;
  GListModel *children;

  if (!of_group)
    {
      remove_row (self, item);
      return;
    }
  children = atelier_run_item_get_children (of_group);
  if (g_list_model_get_n_items (children) > 2)
    {
      atelier_run_item_remove_child (of_group, item);
      return;
    }
  /* A group of one is a run as others are. */
  remove_row (self, of_group);
  atelier_run_item_remove_child (of_group, item);
  last = g_list_model_get_item (children, 0);
  g_hash_table_remove (self->groups, group);
  g_list_store_insert (self->rows, find_position (self, last), last);
}

/* ---- Runs ---- */

static void
forget (AtelierRunList *self,
        const char     *id)
{
  AtelierRunItem *item = g_hash_table_lookup (self->runs, id);

  if (!item)
    return;
  take_out (self, item, get_group (item));
  if (g_ptr_array_remove (self->ticked, item))
    atelier_run_item_set_color (item, -1);
  g_hash_table_remove (self->runs, id);
}

static void
take (AtelierRunList    *self,
      AtelierLibraryRun *run)
{
  const char *id = atelier_library_run_get_id (run);
  AtelierRunItem *item = g_hash_table_lookup (self->runs, id);
  g_autofree char *group = NULL;

  if (atelier_library_run_get_values (run)->is_trashed)
    {
      forget (self, id);
      return;
    }
  if (!item)
    {
      item = atelier_run_item_new (run);
      g_hash_table_insert (self->runs, g_strdup (id), item);
      insert_row (self, item);
      return;
    }
  group = g_strdup (get_group (item));
  if (g_str_equal (group, atelier_library_run_get_values (run)->group))
    {
      atelier_run_item_set_run (item, run);
      return;
    }
  take_out (self, item, group);
  atelier_run_item_set_run (item, run);
  insert_row (self, item);
}

/* A little beyond all intervals, on whole percents. */
static void
update_scale (AtelierRunList *self)
{
  GHashTableIter iter;
  gpointer value;
  double low = INFINITY, high = -INFINITY;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      double from, to;

      if (!atelier_run_item_get_interval (value, &from, &to))
        from = to = atelier_run_item_get_accuracy (value);
      if (!isfinite (from))
        continue;
      low = MIN (low, from);
      high = MAX (high, to);
    }
  low = floor (100.0 * low) / 100.0;
  high = ceil (100.0 * high) / 100.0;
  if (low == self->low && high == self->high)
    return;
  self->has_scale = low <= high;
  self->low = low;
  self->high = high;
  g_signal_emit (self, signals[SCALE_CHANGED], 0);
}

static void
notify_all (AtelierRunList *self,
            guint           n_runs,
            guint           n_ticked)
{
  update_scale (self);
  if (n_runs != g_hash_table_size (self->runs))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNS]);
      g_signal_emit (self, signals[DATA_CHANGED], 0);
    }
  if (n_ticked != self->ticked->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
  g_signal_emit (self, signals[TICKED_CHANGED], 0);
}

/* Runs that were asked for and are not there any more are gone. */
typedef struct
{
  AtelierRunList *self; /* Owned */
  char          **ids;  /* Owned, nullable: all */
} Request;

static void
free_request (Request *request)
{
  g_object_unref (request->self);
  g_strfreev (request->ids);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, free_request)

static void
forget_missing (AtelierRunList *self,
                Request        *request,
                GPtrArray      *runs)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < runs->len; i++)
    g_hash_table_add (found, (char *) atelier_library_run_get_id (g_ptr_array_index (runs, i)));
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (found, id)
        && (!request->ids || g_strv_contains ((const char * const *) request->ids, id)))
      g_ptr_array_add (missing, g_strdup (id));
  for (guint i = 0; i < missing->len; i++)
    forget (self, g_ptr_array_index (missing, i));
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  AtelierRunList *self = request->self;
  const guint n_runs = g_hash_table_size (self->runs);
  const guint n_ticked = self->ticked->len;
  g_autoptr (GPtrArray) runs
    = atelier_library_list_finish (ATELIER_LIBRARY (source), result, NULL);

  /* The library says by itself why it cannot be read. */
  if (!runs || ATELIER_LIBRARY (source) != self->library)
    return;
  forget_missing (self, request, runs);
  for (guint i = runs->len; i > 0; i--)
    take (self, g_ptr_array_index (runs, i - 1));
  if (!self->is_loaded)
    {
      self->is_loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADED]);
    }
  notify_all (self, n_runs, n_ticked);
}

static void
read_runs (AtelierRunList     *self,
           const char * const *ids) /* nullable */
{
  Request *request = g_new0 (Request, 1);

  request->self = g_object_ref (self);
  request->ids = g_strdupv ((char **) ids);
  atelier_library_list_async (self->library, ids, FALSE, self->cancellable, on_listed_cb, request);
}

static void
on_library_changed_cb (AtelierRunList     *self,
                       const char * const *ids)
{
  read_runs (self, ids);
}

static void
on_is_open_notify_cb (AtelierRunList *self)
{
  if (atelier_library_get_is_open (self->library))
    read_runs (self, NULL);
}

/* ---- GObject ---- */

static void
atelier_run_list_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AtelierRunList *self = ATELIER_RUN_LIST (object);

  switch (property_id)
    {
    case PROP_IS_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    case PROP_N_RUNS:
      g_value_set_uint (value, g_hash_table_size (self->runs));
      break;
    case PROP_N_TICKED:
      g_value_set_uint (value, self->ticked->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_list_dispose (GObject *object)
{
  atelier_run_list_set_library (ATELIER_RUN_LIST (object), NULL);

  G_OBJECT_CLASS (atelier_run_list_parent_class)->dispose (object);
}

static void
atelier_run_list_finalize (GObject *object)
{
  AtelierRunList *self = ATELIER_RUN_LIST (object);

  g_ptr_array_unref (self->ticked);
  g_object_unref (self->rows);
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->runs);

  G_OBJECT_CLASS (atelier_run_list_parent_class)->finalize (object);
}

static void
atelier_run_list_class_init (AtelierRunListClass *klass)
{
  static const char * const names[] = { "ticked-changed", "scale-changed", "data-changed" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = atelier_run_list_get_property;
  object_class->dispose = atelier_run_list_dispose;
  object_class->finalize = atelier_run_list_finalize;

  properties[PROP_IS_LOADED] = g_param_spec_boolean ("is-loaded", NULL, NULL, FALSE, flags);
  properties[PROP_N_RUNS] = g_param_spec_uint ("n-runs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_TICKED] = g_param_spec_uint ("n-ticked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], ATELIER_TYPE_RUN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
atelier_run_list_init (AtelierRunList *self)
{
  self->rows = g_list_store_new (ATELIER_TYPE_RUN_ITEM);
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->ticked = g_ptr_array_new ();
}

AtelierRunList *
atelier_run_list_new (void)
{
  return g_object_new (ATELIER_TYPE_RUN_LIST, NULL);
}

void
atelier_run_list_set_library (AtelierRunList *self,
                              AtelierLibrary *library)
{
  g_return_if_fail (ATELIER_IS_RUN_LIST (self));

  if (self->library == library)
    return;
  if (self->library)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      g_signal_handlers_disconnect_by_data (self->library, self);
      g_clear_object (&self->library);
    }
  if (!library)
    return;
  self->library = g_object_ref (library);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (library, "changed", G_CALLBACK (on_library_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::is-open", G_CALLBACK (on_is_open_notify_cb), self,
                           G_CONNECT_SWAPPED);
  on_is_open_notify_cb (self);
}

GListModel *
atelier_run_list_get_rows (AtelierRunList *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), NULL);

  return G_LIST_MODEL (self->rows);
}

gboolean
atelier_run_list_get_is_loaded (AtelierRunList *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), FALSE);

  return self->is_loaded;
}

guint
atelier_run_list_get_n_runs (AtelierRunList *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), 0);

  return g_hash_table_size (self->runs);
}

AtelierRunItem *
atelier_run_list_find (AtelierRunList *self,
                       const char     *id)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self) && id != NULL, NULL);

  return g_hash_table_lookup (self->runs, id);
}

/* ---- Ticks ---- */

/* The least colour that no ticked run has. */
static int
find_color (AtelierRunList *self)
{
  for (int color = 0;; color++)
    {
      gboolean is_free = TRUE;

      for (guint i = 0; i < self->ticked->len; i++)
        is_free = is_free
                  && atelier_run_item_get_color (g_ptr_array_index (self->ticked, i)) != color;
      if (is_free)
        return color;
    }
}

static void
tick_run (AtelierRunList *self,
          AtelierRunItem *item,
          gboolean        is_ticked)
{
  if (is_ticked == (atelier_run_item_get_color (item) >= 0))
    return;
  if (is_ticked)
    {
      atelier_run_item_set_color (item, find_color (self));
      g_ptr_array_add (self->ticked, item);
    }
  else
    {
      g_ptr_array_remove (self->ticked, item);
      atelier_run_item_set_color (item, -1);
    }
}

void
atelier_run_list_tick (AtelierRunList *self,
                       AtelierRunItem *item,
                       gboolean        is_ticked)
{
  const guint n_ticked = self->ticked->len;
  GListModel *children;

  g_return_if_fail (ATELIER_IS_RUN_LIST (self));
  g_return_if_fail (ATELIER_IS_RUN_ITEM (item));

  children = atelier_run_item_get_children (item);
  if (!children)
    tick_run (self, item, is_ticked);
  for (guint i = 0; children && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (AtelierRunItem) child = g_list_model_get_item (children, i);

      tick_run (self, child, is_ticked);
    }
  if (children)
    atelier_run_item_set_color (item, is_ticked ? 0 : -1);
  if (n_ticked == self->ticked->len)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
  g_signal_emit (self, signals[TICKED_CHANGED], 0);
}

void
atelier_run_list_untick_all (AtelierRunList *self)
{
  GHashTableIter iter;
  gpointer group;

  g_return_if_fail (ATELIER_IS_RUN_LIST (self));

  if (self->ticked->len == 0)
    return;
  while (self->ticked->len > 0)
    tick_run (self, g_ptr_array_index (self->ticked, self->ticked->len - 1), FALSE);
  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    atelier_run_item_set_color (group, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
  g_signal_emit (self, signals[TICKED_CHANGED], 0);
}

guint
atelier_run_list_get_n_ticked (AtelierRunList *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), 0);

  return self->ticked->len;
}

GPtrArray *
atelier_run_list_get_ticked (AtelierRunList *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), NULL);

  return self->ticked;
}

/* ---- What all have ---- */

gboolean
atelier_run_list_get_scale (AtelierRunList *self,
                            double         *low,
                            double         *high)
{
  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), FALSE);

  *low = self->low;
  *high = self->high;
  return self->has_scale;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return g_utf8_collate (*(const char * const *) a, *(const char * const *) b);
}

char **
atelier_run_list_list_data (AtelierRunList *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (ATELIER_IS_RUN_LIST (self), NULL);

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const char *name = atelier_run_item_get_values (value)->dataset_name;

      if (g_hash_table_add (names, (char *) name))
        g_ptr_array_add (sorted, g_strdup (name));
    }
  g_ptr_array_sort (sorted, compare_strings);
  g_ptr_array_add (sorted, NULL);
  return (char **) g_ptr_array_free (sorted, FALSE);
}
