/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wanted state (model, data set, pixels) is stored apart from the present one (the index, the
 * neighbourhood).  proceed () compares the two and starts what is missing, if no thread is running;
 * every change of either calls it.
 *
 * A thread holds its own references.  So a new source need not wait for the old one's thread, which
 * is cancelled and whose result is dropped.
 */

#include "config.h"

#include "draw/answer/atelier-neighbor-finder.h"

#include <string.h>

/* Between two indexes of a run's weights. */
#define SECONDS_BETWEEN 5

struct _AtelierNeighborFinder
{
  GObject parent_instance;

  gboolean is_active;
  gboolean is_looking;
  gboolean is_stale; /* the neighbourhood is of other pixels or another index */
  guint    wait_id;  /* waits until the next index may be built */

  AtelierNeighborhood neighborhood;
  gboolean            has_neighborhood;

  /* Owned, each nullable */
  AtelierModel     *model;
  AtelierSplits    *splits;
  GBytes           *pixels;
  AtelierNeighbors *neighbors;
  GCancellable     *cancellable; /* while an index is being built */
  AtelierModel     *built_model; /* of the index that is being built, or of the last one */
  AtelierSplits    *built_splits;
  GError           *error;
};

G_DEFINE_FINAL_TYPE (AtelierNeighborFinder, atelier_neighbor_finder, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  AtelierNeighbors   *neighbors; /* Owned */
  GBytes             *pixels;    /* Owned */
  AtelierNeighborhood neighborhood;
} Look;

static void proceed (AtelierNeighborFinder *self);
static void on_built_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);

static void
look_free (Look *look)
{
  g_object_unref (look->neighbors);
  g_bytes_unref (look->pixels);
  g_free (look);
}

static void
emit_changed (AtelierNeighborFinder *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
drop_neighborhood (AtelierNeighborFinder *self)
{
  self->has_neighborhood = FALSE;
  self->is_stale = TRUE;
}

static void
cancel_build (AtelierNeighborFinder *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* An index with other weights of the same network, of the same pictures, is still used. */
static gboolean
is_of_source (AtelierNeighborFinder *self)
{
  return self->model && self->built_splits == self->splits
         && atelier_network_equal (atelier_model_get_network (self->built_model),
                                   atelier_model_get_network (self->model));
}

static void
forget_build (AtelierNeighborFinder *self)
{
  cancel_build (self);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->neighbors);
  g_clear_pointer (&self->built_model, atelier_model_unref);
  g_clear_pointer (&self->built_splits, atelier_splits_unref);
}

static void
build (AtelierNeighborFinder *self)
{
  g_clear_pointer (&self->built_model, atelier_model_unref);
  g_clear_pointer (&self->built_splits, atelier_splits_unref);
  self->built_model = atelier_model_ref (self->model);
  self->built_splits = atelier_splits_ref (self->splits);
  self->cancellable = g_cancellable_new ();
  atelier_neighbors_new_async (self->model, self->splits, self->cancellable, on_built_cb,
                               g_object_ref (self));
}

/* Looking */

static void
look_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Look *look = task_data;
  GError *error = NULL;

  if (atelier_neighbors_look (look->neighbors, g_bytes_get_data (look->pixels, NULL),
                              &look->neighborhood, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  AtelierNeighborFinder *self = ATELIER_NEIGHBOR_FINDER (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->is_looking = FALSE;
  /* Drop the result if the network changed or nothing is wanted any more. */
  if (g_task_propagate_boolean (G_TASK (result), &error) && look->neighbors == self->neighbors
      && self->pixels)
    {
      self->neighborhood = look->neighborhood;
      self->has_neighborhood = TRUE;
      self->is_stale = look->pixels != self->pixels;
      g_clear_error (&self->error);
      emit_changed (self);
    }
  else if (error)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      self->is_stale = look->pixels != self->pixels;
      emit_changed (self);
    }
  proceed (self);
}

static void
look_up (AtelierNeighborFinder *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_looked_cb, NULL);
  Look *look = g_new0 (Look, 1);

  look->neighbors = g_object_ref (self->neighbors);
  look->pixels = g_bytes_ref (self->pixels);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  self->is_looking = TRUE;
  g_task_run_in_thread (task, look_in_thread);
}

/* Building */

static gboolean
on_waited_cb (gpointer user_data)
{
  AtelierNeighborFinder *self = ATELIER_NEIGHBOR_FINDER (user_data);

  self->wait_id = 0;
  proceed (self);
  return G_SOURCE_REMOVE;
}

static void
on_built_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AtelierNeighborFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNeighbors) neighbors = atelier_neighbors_new_finish (result, &error);

  /* The source changed meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  g_set_object (&self->neighbors, neighbors);
  self->is_stale = TRUE;
  self->wait_id = g_timeout_add_seconds (SECONDS_BETWEEN, on_waited_cb, self);
  proceed (self);
  emit_changed (self);
}

static gboolean
needs_build (AtelierNeighborFinder *self)
{
  if (!self->is_active || !self->model || !self->pixels)
    return FALSE;
  if (self->cancellable || self->wait_id != 0 || self->error)
    return FALSE;
  return !self->neighbors || atelier_neighbors_get_model (self->neighbors) != self->model;
}

static void
proceed (AtelierNeighborFinder *self)
{
  if (needs_build (self))
    build (self);
  if (self->neighbors && self->pixels && self->is_stale && !self->is_looking && !self->error)
    look_up (self);
}

/* Overrides */

static void
atelier_neighbor_finder_dispose (GObject *object)
{
  AtelierNeighborFinder *self = ATELIER_NEIGHBOR_FINDER (object);

  forget_build (self);
  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (atelier_neighbor_finder_parent_class)->dispose (object);
}

static void
atelier_neighbor_finder_class_init (AtelierNeighborFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_neighbor_finder_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_NEIGHBOR_FINDER,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_neighbor_finder_init (AtelierNeighborFinder *self)
{
}

AtelierNeighborFinder *
atelier_neighbor_finder_new (void)
{
  return g_object_new (ATELIER_TYPE_NEIGHBOR_FINDER, NULL);
}

void
atelier_neighbor_finder_set_active (AtelierNeighborFinder *self,
                                    gboolean               is_active)
{
  g_return_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self));

  if (self->is_active == is_active)
    return;
  self->is_active = is_active;
  if (!is_active)
    cancel_build (self);
  proceed (self);
}

void
atelier_neighbor_finder_set_source (AtelierNeighborFinder *self,
                                    AtelierModel          *model,
                                    AtelierSplits         *splits)
{
  g_return_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self));
  g_return_if_fail ((model == NULL) == (splits == NULL));

  if (self->model == model && self->splits == splits)
    return;
  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  if (splits)
    atelier_splits_ref (splits);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits;
  g_clear_error (&self->error);
  if (self->built_model && !is_of_source (self))
    {
      forget_build (self);
      drop_neighborhood (self);
    }
  proceed (self);
  emit_changed (self);
}

void
atelier_neighbor_finder_look (AtelierNeighborFinder *self,
                              const guint8          *pixels)
{
  guint height, width;
  gsize size;

  g_return_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self));

  if (!pixels || !self->model)
    {
      gboolean had_pixels = self->pixels != NULL;

      g_clear_pointer (&self->pixels, g_bytes_unref);
      drop_neighborhood (self);
      if (had_pixels)
        emit_changed (self);
      return;
    }
  atelier_network_get_input (atelier_model_get_network (self->model), &height, &width, NULL);
  size = (gsize) height * width;
  if (self->pixels && g_bytes_get_size (self->pixels) == size
      && memcmp (g_bytes_get_data (self->pixels, NULL), pixels, size) == 0)
    return;
  g_clear_pointer (&self->pixels, g_bytes_unref);
  self->pixels = g_bytes_new (pixels, size);
  self->is_stale = TRUE;
  proceed (self);
}

const AtelierNeighborhood *
atelier_neighbor_finder_get_neighborhood (AtelierNeighborFinder *self)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self), NULL);

  return self->has_neighborhood ? &self->neighborhood : NULL;
}

AtelierModel *
atelier_neighbor_finder_get_model (AtelierNeighborFinder *self)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self), NULL);

  return self->model;
}

AtelierSplits *
atelier_neighbor_finder_get_splits (AtelierNeighborFinder *self)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self), NULL);

  return self->splits;
}

gboolean
atelier_neighbor_finder_get_is_settled (AtelierNeighborFinder *self)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self), FALSE);

  return self->has_neighborhood && !self->is_stale && !self->cancellable;
}

const GError *
atelier_neighbor_finder_get_error (AtelierNeighborFinder *self)
{
  g_return_val_if_fail (ATELIER_IS_NEIGHBOR_FINDER (self), NULL);

  return self->error;
}
