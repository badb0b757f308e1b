/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The finder reads on GTask's threads.  The loader decides which of its answers is used: a second
 * request cancels the first, and what comes back cancelled is dropped without a signal.  Main
 * thread.
 */

#include "config.h"

#include "session/atelier-data-loader.h"

#include "base/atelier-error.h"
#include "data/atelier-dataset-finder.h"

struct _AtelierDataLoader
{
  GObject       parent_instance;

  gboolean      is_loading;

  /* Owned */
  GCancellable *cancellable;
  char         *spec;
};

G_DEFINE_FINAL_TYPE (AtelierDataLoader, atelier_data_loader, G_TYPE_OBJECT)

enum
{
  PROP_IS_LOADING = 1,
  N_PROPS
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_loading (AtelierDataLoader *self,
             gboolean           is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

static void
cancel_request (AtelierDataLoader *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The menu marks the place that was loaded, so "auto" is replaced by the place that it stands for.
 */
static char *
resolve_spec (const char *spec)
{
  g_autoptr (GPtrArray) places = NULL;

  if (!g_str_equal (spec, "auto"))
    return g_strdup (spec);

  places = atelier_dataset_finder_list ();

  return g_strdup (((AtelierDatasetPlace *) g_ptr_array_index (places, 0))->id);
}

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AtelierDataLoader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataset) dataset = atelier_dataset_finder_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  set_loading (self, FALSE);
  if (dataset)
    g_signal_emit (self, signals[LOADED], 0, dataset);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
atelier_data_loader_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_LOADING:
      g_value_set_boolean (value, ATELIER_DATA_LOADER (object)->is_loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_loader_finalize (GObject *object)
{
  AtelierDataLoader *self = ATELIER_DATA_LOADER (object);

  g_clear_object (&self->cancellable);
  g_free (self->spec);

  G_OBJECT_CLASS (atelier_data_loader_parent_class)->finalize (object);
}

static void
atelier_data_loader_class_init (AtelierDataLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_data_loader_get_property;
  object_class->finalize = atelier_data_loader_finalize;

  properties[PROP_IS_LOADING] =
    g_param_spec_boolean ("is-loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOADED] = g_signal_new ("loaded", ATELIER_TYPE_DATA_LOADER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_DATASET);
  signals[FAILED] = g_signal_new ("failed", ATELIER_TYPE_DATA_LOADER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
atelier_data_loader_init (AtelierDataLoader *self)
{
}

AtelierDataLoader *
atelier_data_loader_new (void)
{
  return g_object_new (ATELIER_TYPE_DATA_LOADER, NULL);
}

void
atelier_data_loader_load (AtelierDataLoader *self,
                          const char        *spec)
{
  char *resolved;

  g_return_if_fail (ATELIER_IS_DATA_LOADER (self));
  g_return_if_fail (spec != NULL);

  resolved = resolve_spec (spec);
  g_free (self->spec);
  self->spec = resolved;

  cancel_request (self);
  self->cancellable = g_cancellable_new ();
  set_loading (self, TRUE);
  atelier_dataset_finder_load_async (self->spec, self->cancellable, on_loaded_cb,
                                     g_object_ref (self));
}

void
atelier_data_loader_load_something_else (AtelierDataLoader *self)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  const AtelierDatasetPlace *first = g_ptr_array_index (places, 0);

  g_return_if_fail (ATELIER_IS_DATA_LOADER (self));

  atelier_data_loader_load (self, g_strcmp0 (first->id, self->spec) == 0 ? "synthetic" : first->id);
}

void
atelier_data_loader_cancel (AtelierDataLoader *self)
{
  g_return_if_fail (ATELIER_IS_DATA_LOADER (self));

  cancel_request (self);
  set_loading (self, FALSE);
}

gboolean
atelier_data_loader_get_is_loading (AtelierDataLoader *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_LOADER (self), FALSE);

  return self->is_loading;
}

const char *
atelier_data_loader_get_spec (AtelierDataLoader *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_LOADER (self), NULL);

  return self->spec;
}
