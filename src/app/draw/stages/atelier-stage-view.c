/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The view keeps a copy of the stage's pixels.  The first drawing makes a cairo surface of them
 * that is no larger than the widget: a hidden view, as four of ten are for a drawing, costs nothing
 * when the picture changes with each stroke.  librender makes and draws the surface.
 * A GtkPicture was rejected: GTK 4.8 smooths what it enlarges, and the pixels are to be seen here.
 */

#include "config.h"

#include "draw/stages/atelier-stage-view.h"

#include <math.h>

#include "atelier-thumbnail.h"

#define DEFAULT_SIZE 56
#define MAX_SIZE 1024
#define SAMPLES_A_SIDE 4 /* source pixels that are averaged into one, each way */

struct _AtelierStageView
{
  GtkWidget parent_instance;

  /* Owned */
  AtelierStagePicture picture; /* its pixels are NULL where there is nothing to show */
  cairo_surface_t    *surface; /* NULL until it is drawn */
  cairo_surface_t    *overlay; /* nullable */

  /* Template children */
  GtkDrawingArea *area;
  GtkLabel       *caption_label;

  gboolean dim;
};

G_DEFINE_FINAL_TYPE (AtelierStageView, atelier_stage_view, GTK_TYPE_WIDGET)

enum
{
  PROP_SIZE = 1,
  PROP_CAPTION,
  PROP_DIM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The source position of sample @i_sample of output pixel @i_output: SAMPLES_A_SIDE samples are
 * spread evenly over the pixel. */
static guint
get_sample (guint i_output,
            guint i_sample,
            guint n_output,
            guint n_source)
{
  guint64 place = ((guint64) i_output * SAMPLES_A_SIDE + i_sample) * n_source;

  return (guint) (place / ((guint64) n_output * SAMPLES_A_SIDE));
}

/* Adds one source pixel, over white where it is transparent. */
static void
add_pixel (const AtelierStagePicture *picture,
           guint                      x,
           guint                      y,
           guint                     *sums)
{
  const guint8 *pixel = picture->pixels + ((gsize) y * picture->width + x) * picture->n_channels;

  if (picture->n_channels == 1)
    {
      sums[0] += pixel[0];
      return;
    }
  for (guint channel = 0; channel < 3; channel++)
    sums[channel] += (pixel[channel] * pixel[3] + 255 * (255 - pixel[3]) + 127) / 255;
}

/* Grey or RGB bytes of at most @side x @side pixels; a picture that fits is copied pixel by
 * pixel. */
static guint8 *
reduce_picture (const AtelierStagePicture *picture,
                guint                      side,
                guint                     *width,
                guint                     *height)
{
  guint longest = MAX (picture->width, picture->height);
  guint n_channels = picture->n_channels == 1 ? 1 : 3;
  const guint n_samples = SAMPLES_A_SIDE * SAMPLES_A_SIDE;
  guint8 *bytes;

  *width = picture->width;
  *height = picture->height;
  if (longest > side)
    {
      *width = MAX (1, (guint) ((guint64) picture->width * side / longest));
      *height = MAX (1, (guint) ((guint64) picture->height * side / longest));
    }
  bytes = g_malloc ((gsize) *width * *height * n_channels);
  for (guint y = 0; y < *height; y++)
    for (guint x = 0; x < *width; x++)
      {
        guint8 *pixel = bytes + ((gsize) y * *width + x) * n_channels;
        guint sums[3] = { 0, 0, 0 };

        for (guint i = 0; i < n_samples; i++)
          add_pixel (picture, get_sample (x, i % SAMPLES_A_SIDE, *width, picture->width),
                     get_sample (y, i / SAMPLES_A_SIDE, *height, picture->height), sums);
        for (guint channel = 0; channel < n_channels; channel++)
          pixel[channel] = (guint8) ((sums[channel] + n_samples / 2) / n_samples);
      }
  return bytes;
}

/* In the place where atelier_thumbnail_draw () draws a picture of this size. */
static void
draw_overlay (cairo_surface_t *overlay,
              cairo_t         *cr,
              int              width,
              int              height)
{
  int n_columns = cairo_image_surface_get_width (overlay);
  int n_rows = cairo_image_surface_get_height (overlay);
  double scale = MIN ((double) width / n_columns, (double) height / n_rows);

  if (scale >= 1.0)
    scale = floor (scale);
  cairo_translate (cr, round ((width - n_columns * scale) / 2.0),
                   round ((height - n_rows * scale) / 2.0));
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0.0, 0.0, n_columns, n_rows);
  cairo_set_source_surface (cr, overlay, 0.0, 0.0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_fill (cr);
}

static void
ensure_surface (AtelierStageView *self)
{
  guint side = (guint) (atelier_stage_view_get_size (self)
                        * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  g_autofree guint8 *bytes = NULL;
  guint width;
  guint height;

  if (self->surface || !self->picture.pixels)
    return;
  bytes = reduce_picture (&self->picture, side, &width, &height);
  self->surface =
    atelier_thumbnail_new (bytes, width, height, self->picture.n_channels == 1 ? 1 : 3);
}

static void
draw_area (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  AtelierStageView *self = ATELIER_STAGE_VIEW (user_data);

  ensure_surface (self);
  if (self->surface)
    atelier_thumbnail_draw (self->surface, cr, 0, 0, width, height);
  if (self->surface && self->overlay)
    draw_overlay (self->overlay, cr, width, height);
}

static void
atelier_stage_view_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierStageView *self = ATELIER_STAGE_VIEW (object);

  switch (property_id)
    {
    case PROP_SIZE:
      g_value_set_int (value, atelier_stage_view_get_size (self));
      break;
    case PROP_CAPTION:
      g_value_set_string (value, atelier_stage_view_get_caption (self));
      break;
    case PROP_DIM:
      g_value_set_boolean (value, self->dim);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_stage_view_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierStageView *self = ATELIER_STAGE_VIEW (object);

  switch (property_id)
    {
    case PROP_SIZE:
      atelier_stage_view_set_size (self, g_value_get_int (value));
      break;
    case PROP_CAPTION:
      atelier_stage_view_set_caption (self, g_value_get_string (value));
      break;
    case PROP_DIM:
      atelier_stage_view_set_dim (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_stage_view_dispose (GObject *object)
{
  AtelierStageView *self = ATELIER_STAGE_VIEW (object);
  GtkWidget *child;

  g_clear_pointer (&self->picture.pixels, g_free);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->overlay, cairo_surface_destroy);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_STAGE_VIEW);
  G_OBJECT_CLASS (atelier_stage_view_parent_class)->dispose (object);
}

static void
atelier_stage_view_class_init (AtelierStageViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_stage_view_get_property;
  object_class->set_property = atelier_stage_view_set_property;
  object_class->dispose = atelier_stage_view_dispose;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, MAX_SIZE, DEFAULT_SIZE, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_DIM] = g_param_spec_boolean ("dim", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "stageview");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/stages/atelier-stage-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierStageView, area);
  gtk_widget_class_bind_template_child (widget_class, AtelierStageView, caption_label);
}

static void
atelier_stage_view_init (AtelierStageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->area, draw_area, self, NULL);
}

int
atelier_stage_view_get_size (AtelierStageView *self)
{
  g_return_val_if_fail (ATELIER_IS_STAGE_VIEW (self), 0);

  return gtk_drawing_area_get_content_width (self->area);
}

void
atelier_stage_view_set_size (AtelierStageView *self,
                             int               size)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));
  g_return_if_fail (size >= 1 && size <= MAX_SIZE);

  if (size == atelier_stage_view_get_size (self))
    return;
  gtk_drawing_area_set_content_width (self->area, size);
  gtk_drawing_area_set_content_height (self->area, size);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

const char *
atelier_stage_view_get_caption (AtelierStageView *self)
{
  g_return_val_if_fail (ATELIER_IS_STAGE_VIEW (self), NULL);

  return gtk_label_get_label (self->caption_label);
}

void
atelier_stage_view_set_caption (AtelierStageView *self,
                                const char       *caption)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));

  if (g_strcmp0 (caption, gtk_label_get_label (self->caption_label)) == 0)
    return;
  gtk_label_set_label (self->caption_label, caption ? caption : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caption_label), caption && *caption != '\0');
  atelier_stage_view_set_label (self, caption ? caption : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION]);
}

void
atelier_stage_view_set_label (AtelierStageView *self,
                              const char       *label)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

gboolean
atelier_stage_view_get_dim (AtelierStageView *self)
{
  g_return_val_if_fail (ATELIER_IS_STAGE_VIEW (self), FALSE);

  return self->dim;
}

void
atelier_stage_view_set_dim (AtelierStageView *self,
                            gboolean          dim)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));

  if (self->dim == dim)
    return;
  self->dim = dim;
  if (dim)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unchanged");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unchanged");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIM]);
}

void
atelier_stage_view_set_picture (AtelierStageView          *self,
                                const AtelierStagePicture *picture)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));

  g_clear_pointer (&self->picture.pixels, g_free);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (picture && picture->pixels && picture->width > 0 && picture->height > 0)
    {
      self->picture = *picture;
      self->picture.pixels = g_memdup2 (
        picture->pixels, (gsize) picture->width * picture->height * picture->n_channels);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

void
atelier_stage_view_set_overlay (AtelierStageView *self,
                                GdkTexture       *overlay)
{
  g_return_if_fail (ATELIER_IS_STAGE_VIEW (self));

  if (!overlay && !self->overlay)
    return;
  g_clear_pointer (&self->overlay, cairo_surface_destroy);
  if (overlay)
    {
      self->overlay =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (overlay),
                                    gdk_texture_get_height (overlay));
      gdk_texture_download (overlay, cairo_image_surface_get_data (self->overlay),
                            (gsize) cairo_image_surface_get_stride (self->overlay));
      cairo_surface_mark_dirty (self->overlay);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

gboolean
atelier_stage_view_has_overlay (AtelierStageView *self)
{
  g_return_val_if_fail (ATELIER_IS_STAGE_VIEW (self), FALSE);

  return self->overlay != NULL;
}
