/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture as a texture that is exactly as large as the place it is drawn in.
 *
 * GTK 4.8 cannot be asked for nearest-neighbour scaling of a texture (append_scaled_texture is
 * newer), and a cairo node would be rasterised on the processor and sent to the graphics card
 * whenever the node is made anew.  So the bytes are enlarged here once a picture, by a whole factor
 * that counts the monitor's scale, and the texture is kept until the picture or the scale changes:
 * scrolling then moves textures and computes nothing.  Main thread.
 */

#include "config.h"

#include "atelier-pixels.h"

#include "atelier-thumbnail.h"

#define CORNER_RADIUS 6

struct _AtelierPixels
{
  GtkWidget       parent_instance;

  int             side;
  AtelierSplit    split;
  guint           i_image;
  int             texture_width; /* what texture was made for, in the monitor's pixels */

  /* Owned */
  AtelierDataset *dataset;
  GdkTexture     *texture;
  GdkTexture     *overlay; /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierPixels, atelier_pixels, GTK_TYPE_WIDGET)

enum
{
  PROP_SIDE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* rgb: [height, width, 3]; returns [height * factor, width * factor, 4] in cairo's own order of
 * bytes, which needs no conversion when it is drawn without a graphics card. */
static guint8 *
enlarge (const guint8 *rgb,
         gsize         width,
         gsize         height,
         gsize         factor)
{
  gsize n = width * factor; /* in a row */
  guint32 *enlarged = g_new (guint32, n * height * factor);

  for (gsize y = 0; y < height; y++)
    {
      guint32 *row = enlarged + y * factor * n;
      guint32 *pixel = row;

      for (gsize x = 0; x < width; x++, rgb += 3)
        for (gsize i = 0; i < factor; i++)
          *pixel++ = 0xff000000u | (guint32) rgb[0] << 16 | (guint32) rgb[1] << 8 | rgb[2];
      for (gsize i = 1; i < factor; i++)
        memcpy (row + i * n, row, n * sizeof (guint32));
    }

  return (guint8 *) enlarged;
}

static void
ensure_texture (AtelierPixels *self)
{
  int width, height;

  atelier_pixels_get_size (self->dataset, self->side, &width, &height);
  width *= gtk_widget_get_scale_factor (GTK_WIDGET (self));
  if (self->texture && self->texture_width == width)
    return;

  g_clear_object (&self->texture);
  self->texture = atelier_pixels_new_texture (self->dataset, self->split, self->i_image, width);
  self->texture_width = width;
}

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

  atelier_pixels_get_size (ATELIER_PIXELS (widget)->dataset, ATELIER_PIXELS (widget)->side, &width,
                           &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
atelier_pixels_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  AtelierPixels *self = ATELIER_PIXELS (widget);
  graphene_rect_t bounds;
  GskRoundedRect outline;
  int width, height;

  if (self->dataset == NULL)
    return;

  ensure_texture (self);
  atelier_pixels_get_size (self->dataset, self->side, &width, &height);
  graphene_rect_init (&bounds, (gtk_widget_get_width (widget) - width) / 2,
                      (gtk_widget_get_height (widget) - height) / 2, width, height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER_RADIUS);

  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  if (self->overlay)
    gtk_snapshot_append_texture (snapshot, self->overlay, &bounds);
  gtk_snapshot_pop (snapshot);
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

  g_clear_object (&self->texture);
  g_clear_object (&self->overlay);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);

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
                            AtelierSplit    split,
                            guint           i_image)
{
  g_return_if_fail (ATELIER_IS_PIXELS (self));

  if (self->dataset == dataset && self->split == split && self->i_image == i_image)
    return;

  if (dataset)
    atelier_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset;
  self->split = split;
  self->i_image = i_image;
  g_clear_object (&self->texture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

AtelierDataset *
atelier_pixels_get_dataset (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), NULL);

  return self->dataset;
}

AtelierSplit
atelier_pixels_get_split (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), ATELIER_SPLIT_TRAIN);

  return self->split;
}

guint
atelier_pixels_get_index (AtelierPixels *self)
{
  g_return_val_if_fail (ATELIER_IS_PIXELS (self), 0);

  return self->i_image;
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

void
atelier_pixels_get_size (AtelierDataset *dataset,
                         int             side,
                         int            *width,
                         int            *height)
{
  int columns = dataset ? (int) atelier_dataset_get_width (dataset) : side;
  int rows = dataset ? (int) atelier_dataset_get_height (dataset) : side;
  int longer = MAX (columns, rows);

  *width = longer <= side ? side / longer * columns : MAX (1, columns * side / longer);
  *height = longer <= side ? side / longer * rows : MAX (1, rows * side / longer);
}

GdkTexture *
atelier_pixels_new_texture (AtelierDataset *dataset,
                            AtelierSplit    split,
                            guint           i_image,
                            int             width)
{
  guint columns = atelier_dataset_get_width (dataset);
  guint rows = atelier_dataset_get_height (dataset);
  guint factor = MAX (1, (guint) width / columns);
  gsize stride = (gsize) columns * factor * 4;
  g_autofree guint8 *rgb = g_malloc ((gsize) columns * rows * 3);
  g_autoptr (GBytes) bytes = NULL;

  atelier_thumbnail_fill_rgb (atelier_dataset_get_image (dataset, split, i_image), columns, rows,
                              atelier_dataset_get_channels (dataset), rgb);
  bytes = g_bytes_new_take (enlarge (rgb, columns, rows, factor), stride * rows * factor);

  return gdk_memory_texture_new ((int) (columns * factor), (int) (rows * factor),
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}
