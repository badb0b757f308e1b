/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws the picture in the middle of the widget; AtelierDataTexture does the enlarging. */

#include "config.h"

#include "kit/atelier-pixels.h"

#include "kit/atelier-data-texture.h"

struct _AtelierPixels
{
  GtkWidget          parent_instance;

  int                side;

  /* Owned */
  AtelierDataTexture picture;
  GdkTexture        *overlay; /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierPixels, atelier_pixels, GTK_TYPE_WIDGET)

enum
{
  PROP_SIDE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
atelier_pixels_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  int width, height;

  atelier_data_texture_get_size (ATELIER_PIXELS (widget)->picture.dataset,
                                 ATELIER_PIXELS (widget)->side, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
atelier_pixels_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  AtelierPixels *self = ATELIER_PIXELS (widget);
  int width, height;

  if (self->picture.dataset == NULL)
    return;

  atelier_data_texture_get_size (self->picture.dataset, self->side, &width, &height);
  atelier_data_texture_snapshot (&self->picture, widget, snapshot, self->side,
                                 (gtk_widget_get_height (widget) - height) / 2, self->overlay);
}

static void
atelier_pixels_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  AtelierPixels *self = ATELIER_PIXELS (object);

  switch (property_id)
    {
    case PROP_SIDE:
      g_value_set_int (value, self->side);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_pixels_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  AtelierPixels *self = ATELIER_PIXELS (object);

  switch (property_id)
    {
    case PROP_SIDE:
      if (self->side == g_value_get_int (value))
        break;
      self->side = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_pixels_finalize (GObject *object)
{
  AtelierPixels *self = ATELIER_PIXELS (object);

  atelier_data_texture_clear (&self->picture);
  g_clear_object (&self->overlay);

  G_OBJECT_CLASS (atelier_pixels_parent_class)->finalize (object);
}

static void
atelier_pixels_class_init (AtelierPixelsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_pixels_get_property;
  object_class->set_property = atelier_pixels_set_property;
  object_class->finalize = atelier_pixels_finalize;
  widget_class->measure = atelier_pixels_measure;
  widget_class->snapshot = atelier_pixels_snapshot;

  properties[PROP_SIDE] =
    g_param_spec_int ("side", NULL, NULL, 1, 4096, 84,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "pixels");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_pixels_init (AtelierPixels *self)
{
  self->side = 84;
}

void
atelier_pixels_set_picture (AtelierPixels  *self,
                            AtelierDataset *dataset,
                            guint           picture)
{
  g_return_if_fail (ATELIER_IS_PIXELS (self));

  if (self->picture.dataset == dataset && self->picture.number == picture)
    return;

  atelier_data_texture_set_picture (&self->picture, dataset, picture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

AtelierDataset *
atelier_pixels_get_dataset (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), NULL);

  return self->picture.dataset;
}

guint
atelier_pixels_get_picture (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), 0);

  return self->picture.number;
}

void
atelier_pixels_set_overlay (AtelierPixels *self,
                            GdkTexture    *overlay)
{
  g_return_if_fail (ATELIER_IS_PIXELS (self));

  if (g_set_object (&self->overlay, overlay))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

GdkTexture *
atelier_pixels_get_overlay (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), NULL);

  return self->overlay;
}
