/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture as a texture that is exactly as large as the place it is drawn in.
 *
 * GTK 4.8 has no nearest-neighbour scaling of a texture (append_scaled_texture is newer), and a
 * cairo node would be rasterised on the processor and sent to the graphics card whenever the node
 * is made again.  So the bytes are enlarged here, once for each picture, by a whole factor that
 * includes the monitor's scale.  The texture is kept until the picture or the scale changes, so
 * that scrolling moves textures and computes nothing.  Main thread.
 */

#include "config.h"

#include "kit/atelier-data-texture.h"

#include "atelier-thumbnail.h"

#define CORNER_RADIUS 6

/* @rgb: [height, width, 3].  Returns [height * factor, width * factor, 4] in cairo's order of
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
ensure_texture (AtelierDataTexture *picture,
                int                 width)
{
  if (picture->texture && picture->texture_width == width)
    return;

  g_clear_object (&picture->texture);
  picture->texture =
    atelier_data_texture_create (picture->dataset, picture->number, width);
  picture->texture_width = width;
}

void
atelier_data_texture_set_picture (AtelierDataTexture *picture,
                                  AtelierDataset     *dataset,
                                  guint               number)
{
  if (picture->dataset == dataset && picture->number == number)
    return;

  if (dataset)
    atelier_dataset_ref (dataset);
  atelier_data_texture_clear (picture);
  picture->dataset = dataset;
  picture->number = number;
}

void
atelier_data_texture_clear (AtelierDataTexture *picture)
{
  g_clear_object (&picture->texture);
  g_clear_pointer (&picture->dataset, atelier_dataset_unref);
}

void
atelier_data_texture_snapshot (AtelierDataTexture *picture,
                               GtkWidget          *widget,
                               GtkSnapshot        *snapshot,
                               int                 side,
                               int                 y,
                               GdkTexture         *overlay)
{
  graphene_rect_t bounds;
  GskRoundedRect outline;
  int width, height;

  atelier_data_texture_get_size (picture->dataset, side, &width, &height);
  ensure_texture (picture, width * gtk_widget_get_scale_factor (widget));
  graphene_rect_init (&bounds, (gtk_widget_get_width (widget) - width) / 2, y, width, height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER_RADIUS);

  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, picture->texture, &bounds);
  if (overlay)
    gtk_snapshot_append_texture (snapshot, overlay, &bounds);
  gtk_snapshot_pop (snapshot);
}

void
atelier_data_texture_get_size (AtelierDataset *dataset,
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
atelier_data_texture_create (AtelierDataset *dataset,
                             guint           number,
                             int             width)
{
  return atelier_data_texture_create_of (dataset, atelier_dataset_get_image (dataset, number),
                                         width);
}

GdkTexture *
atelier_data_texture_create_of (AtelierDataset *dataset,
                                const guint8   *pixels,
                                int             width)
{
  guint columns = atelier_dataset_get_width (dataset);
  guint rows = atelier_dataset_get_height (dataset);
  guint factor = MAX (1, (guint) width / columns);
  gsize stride = (gsize) columns * factor * 4;
  g_autofree guint8 *rgb = g_malloc ((gsize) columns * rows * 3);
  g_autoptr (GBytes) bytes = NULL;

  atelier_thumbnail_fill_rgb (pixels, columns, rows, atelier_dataset_get_channels (dataset), rgb);
  bytes = g_bytes_new_take (enlarge (rgb, columns, rows, factor), stride * rows * factor);

  return gdk_memory_texture_new ((int) (columns * factor), (int) (rows * factor),
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}
