/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network in training publishes its weights twice a second.  Computing a map of each would take a
 * core away from the training, so new weights give a new map only with another epoch.  Until it is
 * ready the former map stays.
 */

#include "config.h"

#include "draw/stages/atelier-occlusion-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kit/atelier-occlusion-job.h"
#include "kit/atelier-occlusion-overlay.h"
#include "kit/atelier-theme.h"

#define REST_MILLISECONDS 250

struct _AtelierOcclusionRow
{
  GtkWidget parent_instance;

  gboolean is_active;

  /* Owned */
  AtelierOcclusionJob *job;
  AtelierStageView    *view;   /* nullable */
  AtelierModel        *model;  /* nullable */
  GBytes              *pixels; /* nullable */

  /* Template children */
  GtkSpinner *spinner;
  GtkLabel   *words_label;
};

G_DEFINE_FINAL_TYPE (AtelierOcclusionRow, atelier_occlusion_row, GTK_TYPE_WIDGET)

enum
{
  PROP_ACTIVE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Showing */

static void
show (AtelierOcclusionRow *self)
{
  AtelierOcclusion *occlusion = atelier_occlusion_job_get_occlusion (self->job);
  g_autoptr (GdkTexture) overlay = NULL;
  g_autofree char *words = NULL;

  if (self->is_active && occlusion)
    {
      overlay = atelier_occlusion_overlay_new (occlusion, GTK_WIDGET (self));
      words = atelier_occlusion_describe (occlusion);
    }
  if (self->view)
    atelier_stage_view_set_overlay (self->view, overlay);
  gtk_label_set_label (self->words_label, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words_label), self->is_active);
}

static void
on_theme_changed_cb (GtkWidget *widget)
{
  show (ATELIER_OCCLUSION_ROW (widget));
}

/* Computing */

static void
on_job_finished_cb (AtelierOcclusionRow *self,
                    GError              *error)
{
  show (self);
  if (error)
    gtk_label_set_label (self->words_label, error->message);
}

static void
restart (AtelierOcclusionRow *self)
{
  if (self->is_active && self->model && self->pixels)
    atelier_occlusion_job_start (self->job, self->model, self->pixels, REST_MILLISECONDS);
  else
    atelier_occlusion_job_cancel (self->job);
}

static void
set_active (AtelierOcclusionRow *self,
            gboolean             is_active)
{
  if (self->is_active == is_active)
    return;
  self->is_active = is_active;
  if (!is_active || !atelier_occlusion_job_get_occlusion (self->job))
    restart (self);
  show (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* Overrides */

static void
atelier_occlusion_row_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, ATELIER_OCCLUSION_ROW (object)->is_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_occlusion_row_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ACTIVE:
      set_active (ATELIER_OCCLUSION_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_occlusion_row_dispose (GObject *object)
{
  AtelierOcclusionRow *self = ATELIER_OCCLUSION_ROW (object);
  GtkWidget *child;

  atelier_occlusion_job_cancel (self->job);
  g_clear_object (&self->view);
  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_pointer (&self->pixels, g_bytes_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_OCCLUSION_ROW);
  G_OBJECT_CLASS (atelier_occlusion_row_parent_class)->dispose (object);
}

static void
atelier_occlusion_row_finalize (GObject *object)
{
  g_object_unref (ATELIER_OCCLUSION_ROW (object)->job);
  G_OBJECT_CLASS (atelier_occlusion_row_parent_class)->finalize (object);
}

static void
atelier_occlusion_row_class_init (AtelierOcclusionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_occlusion_row_get_property;
  object_class->set_property = atelier_occlusion_row_set_property;
  object_class->dispose = atelier_occlusion_row_dispose;
  object_class->finalize = atelier_occlusion_row_finalize;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "occlusionrow");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/stages/atelier-occlusion-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionRow, words_label);
}

static void
atelier_occlusion_row_init (AtelierOcclusionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->job = atelier_occlusion_job_new ();
  g_signal_connect_object (self->job, "finished", G_CALLBACK (on_job_finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->job, "is-busy", self->spinner, "spinning", G_BINDING_DEFAULT);
  atelier_theme_watch (GTK_WIDGET (self), on_theme_changed_cb);
}

void
atelier_occlusion_row_set_view (AtelierOcclusionRow *self,
                                AtelierStageView    *view)
{
  g_return_if_fail (ATELIER_IS_OCCLUSION_ROW (self));
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (view));

  g_set_object (&self->view, view);
}

static gboolean
are_same_pixels (GBytes       *bytes,
                 const guint8 *pixels,
                 gsize         size)
{
  if (!bytes || !pixels)
    return !bytes && !pixels;
  return g_bytes_get_size (bytes) == size
         && memcmp (g_bytes_get_data (bytes, NULL), pixels, size) == 0;
}

static gboolean
are_same_epoch (AtelierModel *a,
                AtelierModel *b)
{
  if (!a || !b)
    return a == b;
  return atelier_model_get_n_epochs (a) == atelier_model_get_n_epochs (b)
         && atelier_network_equal (atelier_model_get_network (a), atelier_model_get_network (b));
}

void
atelier_occlusion_row_set_picture (AtelierOcclusionRow *self,
                                   AtelierModel        *model,
                                   const guint8        *pixels)
{
  guint height = 0;
  guint width = 0;
  gboolean is_same_picture;

  g_return_if_fail (ATELIER_IS_OCCLUSION_ROW (self));

  if (model)
    atelier_network_get_input (atelier_model_get_network (model), &height, &width, NULL);
  if (!model)
    pixels = NULL;
  is_same_picture = are_same_pixels (self->pixels, pixels, (gsize) height * width);
  if (is_same_picture && are_same_epoch (self->model, model))
    return;
  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  if (!is_same_picture)
    {
      g_clear_pointer (&self->pixels, g_bytes_unref);
      self->pixels = pixels ? g_bytes_new (pixels, (gsize) height * width) : NULL;
      atelier_occlusion_job_clear (self->job);
      show (self);
    }
  /* A hidden map is not kept up to date, so it must not be shown again. */
  if (!self->is_active)
    atelier_occlusion_job_clear (self->job);
  restart (self);
}

AtelierOcclusion *
atelier_occlusion_row_get_occlusion (AtelierOcclusionRow *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_ROW (self), NULL);

  return atelier_occlusion_job_get_occlusion (self->job);
}
