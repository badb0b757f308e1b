/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "session/atelier-run-queue.h"

/* ---- A run that waits ---- */

struct _AtelierQueuedRun
{
  GObject         parent_instance;

  guint           n_threads;

  /* Owned */
  AtelierNetwork *network;
  AtelierRecipe  *recipe;
  AtelierSplits  *splits;
  char           *group;
};

G_DEFINE_FINAL_TYPE (AtelierQueuedRun, atelier_queued_run, G_TYPE_OBJECT)

static void
atelier_queued_run_finalize (GObject *object)
{
  AtelierQueuedRun *self = ATELIER_QUEUED_RUN (object);

  atelier_network_unref (self->network);
  atelier_recipe_unref (self->recipe);
  atelier_splits_unref (self->splits);
  g_free (self->group);

  G_OBJECT_CLASS (atelier_queued_run_parent_class)->finalize (object);
}

static void
atelier_queued_run_class_init (AtelierQueuedRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_queued_run_finalize;
}

static void
atelier_queued_run_init (AtelierQueuedRun *self)
{
}

AtelierQueuedRun *
atelier_queued_run_new (AtelierNetwork *network,
                        AtelierRecipe  *recipe,
                        AtelierSplits  *splits,
                        guint           n_threads,
                        const char     *group)
{
  AtelierQueuedRun *self = g_object_new (ATELIER_TYPE_QUEUED_RUN, NULL);

  self->network = atelier_network_ref (network);
  self->recipe = atelier_recipe_ref (recipe);
  self->splits = atelier_splits_ref (splits);
  self->n_threads = n_threads;
  self->group = g_strdup (group);
  return self;
}

AtelierNetwork *
atelier_queued_run_get_network (AtelierQueuedRun *self)
{
  g_return_val_if_fail (ATELIER_IS_QUEUED_RUN (self), NULL);

  return self->network;
}

AtelierRecipe *
atelier_queued_run_get_recipe (AtelierQueuedRun *self)
{
  g_return_val_if_fail (ATELIER_IS_QUEUED_RUN (self), NULL);

  return self->recipe;
}

const char *
atelier_queued_run_get_group (AtelierQueuedRun *self)
{
  g_return_val_if_fail (ATELIER_IS_QUEUED_RUN (self), NULL);

  return self->group;
}

/* ---- The queue ---- */

struct _AtelierRunQueue
{
  GObject           parent_instance;

  gboolean          is_paused;

  /* Owned */
  AtelierTrainer   *trainer;
  GListStore       *runs;
  AtelierQueuedRun *current; /* that the trainer is at; nullable */
};

static void atelier_run_queue_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  AtelierRunQueue, atelier_run_queue, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, atelier_run_queue_list_model_init))

enum
{
  PROP_IS_PAUSED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  STARTED,
  FAILED,
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
atelier_run_queue_get_item_type (GListModel *model)
{
  return ATELIER_TYPE_QUEUED_RUN;
}

static guint
atelier_run_queue_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ATELIER_RUN_QUEUE (model)->runs));
}

static gpointer
atelier_run_queue_get_item (GListModel *model,
                            guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (ATELIER_RUN_QUEUE (model)->runs), position);
}

static void
atelier_run_queue_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = atelier_run_queue_get_item_type;
  interface->get_n_items = atelier_run_queue_get_n_items;
  interface->get_item = atelier_run_queue_get_item;
}

static void
start_next (AtelierRunQueue *self)
{
  g_autoptr (AtelierQueuedRun) run = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_paused || atelier_trainer_is_active (self->trainer))
    return;
  run = g_list_model_get_item (G_LIST_MODEL (self->runs), 0);
  if (!run)
    return;
  g_list_store_remove (self->runs, 0);
  if (atelier_trainer_start (self->trainer, run->network, run->recipe, run->splits,
                             run->n_threads, &error))
    {
      g_set_object (&self->current, run);
      g_signal_emit (self, signals[STARTED], 0, run);
      return;
    }
  atelier_run_queue_set_is_paused (self, TRUE);
  g_signal_emit (self, signals[FAILED], 0, run, error);
}

/* Whoever stops a run does not want the next one to begin. */
static void
on_finished_cb (AtelierRunQueue *self)
{
  const gboolean was_ours = self->current != NULL;

  g_clear_object (&self->current);
  if (atelier_run_queue_get_n_items (G_LIST_MODEL (self)) > 0)
    {
      if (atelier_trainer_get_state (self->trainer) != ATELIER_TRAINER_COMPLETED)
        atelier_run_queue_set_is_paused (self, TRUE);
      start_next (self);
    }
  else if (was_ours)
    g_signal_emit (self, signals[EMPTIED], 0);
}

static void
on_items_changed_cb (AtelierRunQueue *self,
                     guint            position,
                     guint            n_removed,
                     guint            n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
atelier_run_queue_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_PAUSED:
      g_value_set_boolean (value, ATELIER_RUN_QUEUE (object)->is_paused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_queue_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_IS_PAUSED:
      atelier_run_queue_set_is_paused (ATELIER_RUN_QUEUE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_queue_dispose (GObject *object)
{
  AtelierRunQueue *self = ATELIER_RUN_QUEUE (object);

  g_clear_object (&self->current);
  g_clear_object (&self->trainer);
  g_clear_object (&self->runs);

  G_OBJECT_CLASS (atelier_run_queue_parent_class)->dispose (object);
}

static void
atelier_run_queue_class_init (AtelierRunQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_run_queue_get_property;
  object_class->set_property = atelier_run_queue_set_property;
  object_class->dispose = atelier_run_queue_dispose;

  properties[PROP_IS_PAUSED] = g_param_spec_boolean (
    "is-paused", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[STARTED] = g_signal_new ("started", ATELIER_TYPE_RUN_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_QUEUED_RUN);
  signals[FAILED] = g_signal_new ("failed", ATELIER_TYPE_RUN_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, ATELIER_TYPE_QUEUED_RUN,
                                  G_TYPE_ERROR);
  signals[EMPTIED] = g_signal_new ("emptied", ATELIER_TYPE_RUN_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_run_queue_init (AtelierRunQueue *self)
{
  self->runs = g_list_store_new (ATELIER_TYPE_QUEUED_RUN);
  g_signal_connect_object (self->runs, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

AtelierRunQueue *
atelier_run_queue_new (AtelierTrainer *trainer)
{
  AtelierRunQueue *self = g_object_new (ATELIER_TYPE_RUN_QUEUE, NULL);

  self->trainer = g_object_ref (trainer);
  /* After all others have heard that the last run is over. */
  g_signal_connect_object (trainer, "finished", G_CALLBACK (on_finished_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

void
atelier_run_queue_add (AtelierRunQueue  *self,
                       AtelierQueuedRun *run)
{
  g_return_if_fail (ATELIER_IS_RUN_QUEUE (self) && ATELIER_IS_QUEUED_RUN (run));

  g_list_store_append (self->runs, run);
  start_next (self);
}

char *
atelier_run_queue_add_repeats (AtelierRunQueue *self,
                               AtelierNetwork  *network,
                               AtelierRecipe   *recipe,
                               AtelierSplits   *splits,
                               guint            n_threads,
                               guint            n)
{
  g_autofree char *group = n > 1 ? g_uuid_string_random () : g_strdup ("");
  AtelierRecipeValues values;

  g_return_val_if_fail (ATELIER_IS_RUN_QUEUE (self), NULL);

  values = *atelier_recipe_get_values (recipe);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AtelierRecipe) repeat = atelier_recipe_new (&values, NULL);
      g_autoptr (AtelierQueuedRun) run = NULL;

      /* Beyond the largest seed there is none. */
      if (!repeat)
        break;
      run = atelier_queued_run_new (network, repeat, splits, n_threads, group);
      atelier_run_queue_add (self, run);
      values.seed++;
    }
  return g_steal_pointer (&group);
}

void
atelier_run_queue_remove (AtelierRunQueue *self,
                          guint            position)
{
  g_return_if_fail (ATELIER_IS_RUN_QUEUE (self));
  g_return_if_fail (position < atelier_run_queue_get_n_items (G_LIST_MODEL (self)));

  g_list_store_remove (self->runs, position);
}

void
atelier_run_queue_clear (AtelierRunQueue *self)
{
  g_return_if_fail (ATELIER_IS_RUN_QUEUE (self));

  g_list_store_remove_all (self->runs);
}

void
atelier_run_queue_move (AtelierRunQueue *self,
                        guint            position,
                        guint            to)
{
  const guint n = atelier_run_queue_get_n_items (G_LIST_MODEL (self));
  g_autoptr (AtelierQueuedRun) run = NULL;

  g_return_if_fail (ATELIER_IS_RUN_QUEUE (self));
  g_return_if_fail (position < n && to < n);

  if (position == to)
    return;
  run = g_list_model_get_item (G_LIST_MODEL (self->runs), position);
  g_list_store_remove (self->runs, position);
  g_list_store_insert (self->runs, to, run);
}

gboolean
atelier_run_queue_get_is_paused (AtelierRunQueue *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_QUEUE (self), FALSE);

  return self->is_paused;
}

void
atelier_run_queue_set_is_paused (AtelierRunQueue *self,
                                 gboolean         is_paused)
{
  g_return_if_fail (ATELIER_IS_RUN_QUEUE (self));

  is_paused = is_paused != FALSE;
  if (self->is_paused == is_paused)
    return;
  self->is_paused = is_paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PAUSED]);
  start_next (self);
}
