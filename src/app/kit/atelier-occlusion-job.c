/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A map costs about a thousand forward passes.  The delay is for pictures that change with every
 * stroke: without it, each stroke would begin a map that the next one cancels.
 */

#include "config.h"

#include "kit/atelier-occlusion-job.h"

struct _AtelierOcclusionJob
{
  GObject parent_instance;

  guint delay_id;

  /* Owned; nullable */
  AtelierModel     *asked_model; /* of the newest request */
  GBytes           *asked_pixels;
  AtelierModel     *model; /* of the finished map */
  AtelierOcclusion *occlusion;
  GCancellable     *cancellable; /* while a map is being computed */
};

G_DEFINE_FINAL_TYPE (AtelierOcclusionJob, atelier_occlusion_job, G_TYPE_OBJECT)

enum
{
  PROP_IS_BUSY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_cancellable (AtelierOcclusionJob *self,
                 GCancellable        *cancellable)
{
  if (g_set_object (&self->cancellable, cancellable))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

static void
on_computed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (AtelierOcclusionJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierOcclusion) occlusion = atelier_occlusion_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  atelier_occlusion_job_clear (self);
  if (occlusion)
    {
      self->occlusion = g_steal_pointer (&occlusion);
      self->model = g_steal_pointer (&self->asked_model);
    }
  set_cancellable (self, NULL);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, error);
}

static void
compute (AtelierOcclusionJob *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  set_cancellable (self, cancellable);
  atelier_occlusion_async (self->asked_model, self->asked_pixels, cancellable, on_computed_cb,
                           g_object_ref (self));
}

static gboolean
on_delay_over_cb (gpointer user_data)
{
  AtelierOcclusionJob *self = ATELIER_OCCLUSION_JOB (user_data);

  self->delay_id = 0;
  compute (self);

  return G_SOURCE_REMOVE;
}

static void
atelier_occlusion_job_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value,
                           atelier_occlusion_job_get_is_busy (ATELIER_OCCLUSION_JOB (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_occlusion_job_dispose (GObject *object)
{
  AtelierOcclusionJob *self = ATELIER_OCCLUSION_JOB (object);

  atelier_occlusion_job_cancel (self);
  atelier_occlusion_job_clear (self);

  G_OBJECT_CLASS (atelier_occlusion_job_parent_class)->dispose (object);
}

static void
atelier_occlusion_job_class_init (AtelierOcclusionJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_occlusion_job_get_property;
  object_class->dispose = atelier_occlusion_job_dispose;

  properties[PROP_IS_BUSY] =
    g_param_spec_boolean ("is-busy", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", ATELIER_TYPE_OCCLUSION_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
atelier_occlusion_job_init (AtelierOcclusionJob *self)
{
}

AtelierOcclusionJob *
atelier_occlusion_job_new (void)
{
  return g_object_new (ATELIER_TYPE_OCCLUSION_JOB, NULL);
}

void
atelier_occlusion_job_start (AtelierOcclusionJob *self,
                             AtelierModel        *model,
                             GBytes              *pixels,
                             guint                delay_ms)
{
  g_return_if_fail (ATELIER_IS_OCCLUSION_JOB (self));
  g_return_if_fail (model != NULL && pixels != NULL);

  atelier_occlusion_job_cancel (self);
  self->asked_model = atelier_model_ref (model);
  self->asked_pixels = g_bytes_ref (pixels);
  if (delay_ms > 0)
    self->delay_id = g_timeout_add (delay_ms, on_delay_over_cb, self);
  else
    compute (self);
}

void
atelier_occlusion_job_cancel (AtelierOcclusionJob *self)
{
  g_return_if_fail (ATELIER_IS_OCCLUSION_JOB (self));

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  set_cancellable (self, NULL);
  g_clear_pointer (&self->asked_model, atelier_model_unref);
  g_clear_pointer (&self->asked_pixels, g_bytes_unref);
}

void
atelier_occlusion_job_clear (AtelierOcclusionJob *self)
{
  g_return_if_fail (ATELIER_IS_OCCLUSION_JOB (self));

  g_clear_pointer (&self->occlusion, atelier_occlusion_unref);
  g_clear_pointer (&self->model, atelier_model_unref);
}

gboolean
atelier_occlusion_job_get_is_busy (AtelierOcclusionJob *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_JOB (self), FALSE);

  return self->cancellable != NULL;
}

AtelierOcclusion *
atelier_occlusion_job_get_occlusion (AtelierOcclusionJob *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_JOB (self), NULL);

  return self->occlusion;
}

AtelierModel *
atelier_occlusion_job_get_model (AtelierOcclusionJob *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_JOB (self), NULL);

  return self->model;
}
