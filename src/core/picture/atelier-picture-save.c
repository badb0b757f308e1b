/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves pictures as PNG files, and marks drawings as drawings.
 *
 * The border of a picture tells whether it is light on dark or dark on light; a drawing that covers
 * its border would be taken for paper.  So the file of a drawing has a mark, a PNG text:
 *
 *   Atelier-drawing: fit 0123456789abcdef      or      Atelier-drawing: as-is 0123456789abcdef
 *
 * "fit" and "as-is" tell whether the network saw it fitted to the frame or as it is; then follows
 * the beginning of the SHA-256 of its size and pixels.  Other programs keep such texts when they
 * change a picture; the hash then differs from the pixels, and the mark is ignored.  Any thread.
 */

#include "config.h"

#include "picture/atelier-picture-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"

#define DRAWING_KEY "tEXt::Atelier-drawing"
#define N_DIGEST_CHARACTERS 16

static const char *const fit_words[] = { "as-is", "fit" };

/* Transfer full: the mark for a drawing with these pixels, the first of each @n_channels bytes. */
static char *
make_word (const guint8 *pixels,
           guint         width,
           guint         height,
           guint         n_channels,
           gboolean      fits)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *size = g_strdup_printf ("%ux%u:", width, height);

  g_checksum_update (checksum, (const guchar *) size, -1);
  for (gsize i = 0; i < (gsize) width * height; i++)
    g_checksum_update (checksum, pixels + i * n_channels, 1);
  return g_strdup_printf ("%s %.*s", fit_words[fits != FALSE], N_DIGEST_CHARACTERS,
                          g_checksum_get_string (checksum));
}

static gboolean
is_grey (const guint8 *rgba,
         gsize         n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++, rgba += 4)
    if (rgba[0] != rgba[1] || rgba[0] != rgba[2] || rgba[3] != 255)
      return FALSE;
  return TRUE;
}

AtelierDrawingMark
atelier_picture_read_mark (GdkPixbuf *stored,
                           guint      orientation)
{
  const char *word = gdk_pixbuf_get_option (stored, DRAWING_KEY);
  gboolean is_turned = atelier_picture_is_turned (orientation);
  guint width = (guint) gdk_pixbuf_get_width (stored);
  guint height = (guint) gdk_pixbuf_get_height (stored);
  g_autofree guint8 *rgba = NULL;

  if (word == NULL || MAX (width, height) > ATELIER_DRAWING_MAX_SIDE)
    return ATELIER_DRAWING_MARK_NONE;
  rgba = g_malloc ((gsize) width * height * 4);
  atelier_picture_copy_rows (stored, orientation, 0, is_turned ? width : height, rgba);
  if (!is_grey (rgba, (gsize) width * height))
    return ATELIER_DRAWING_MARK_NONE;
  for (guint fits = 0; fits < G_N_ELEMENTS (fit_words); fits++)
    {
      g_autofree char *expected = make_word (rgba, is_turned ? height : width,
                                             is_turned ? width : height, 4, (gboolean) fits);

      if (g_str_equal (word, expected))
        return fits ? ATELIER_DRAWING_MARK_FIT : ATELIER_DRAWING_MARK_AS_IS;
    }
  return ATELIER_DRAWING_MARK_NONE;
}

/* Transfer full; @pixels: [height, width, channels], 1 or 3 channels. */
static GdkPixbuf *
make_pixbuf (const guint8 *pixels,
             guint         width,
             guint         height,
             guint         channels)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  gsize stride;

  if (pixbuf == NULL)
    return NULL;
  stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  for (guint y = 0; y < height; y++)
    {
      guint8 *row = gdk_pixbuf_get_pixels (pixbuf) + y * stride;

      for (guint x = 0; x < width; x++, pixels += channels)
        {
          row[3 * x] = pixels[0];
          row[3 * x + 1] = pixels[channels / 2];
          row[3 * x + 2] = pixels[channels - 1];
        }
    }
  return pixbuf;
}

/* Transfer full: the bytes of a PNG file.  @word: the mark, nullable.  @name names the file in
 * messages. */
static GBytes *
make_png (const guint8  *pixels,
          guint          width,
          guint          height,
          guint          channels,
          const char    *word,
          const char    *name,
          GError       **error)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (pixels, width, height, channels);
  g_autoptr (GError) save_error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  if (pixbuf == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory for “%s”"), name);
      return NULL;
    }
  if (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &save_error,
                                 word != NULL ? DRAWING_KEY : NULL, word, NULL))
    return g_bytes_new_take (buffer, size);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
               _("“%s” cannot be saved: %s"), name, save_error->message);
  return NULL;
}

/* A failure leaves an existing file as it was.  FAILED, NO_MEMORY. */
gboolean
atelier_picture_save_png (const guint8  *pixels,
                          guint          width,
                          guint          height,
                          guint          channels,
                          const char    *path,
                          GError       **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (pixels != NULL && path != NULL, FALSE);
  g_return_val_if_fail (channels == 1 || channels == 3, FALSE);
  g_return_val_if_fail (width > 0 && width <= ATELIER_PICTURE_MAX_SIDE, FALSE);
  g_return_val_if_fail (height > 0 && height <= ATELIER_PICTURE_MAX_SIDE, FALSE);

  name = g_filename_display_name (path);
  bytes = make_png (pixels, width, height, channels, NULL, name, error);
  return bytes != NULL && atelier_file_write (path, bytes, error);
}

gboolean
atelier_picture_save_grey_png (const guint8  *grey,
                               guint          width,
                               guint          height,
                               const char    *path,
                               GError       **error)
{
  return atelier_picture_save_png (grey, width, height, 1, path, error);
}

GBytes *
atelier_picture_make_drawing_png (const guint8  *grey,
                                  guint          width,
                                  guint          height,
                                  gboolean       fits,
                                  const char    *name,
                                  GError       **error)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (grey != NULL && name != NULL, NULL);
  g_return_val_if_fail (width > 0 && width <= ATELIER_DRAWING_MAX_SIDE, NULL);
  g_return_val_if_fail (height > 0 && height <= ATELIER_DRAWING_MAX_SIDE, NULL);

  word = make_word (grey, width, height, 1, fits);
  return make_png (grey, width, height, 1, word, name, error);
}

gboolean
atelier_picture_save_drawing_png (const guint8  *grey,
                                  guint          width,
                                  guint          height,
                                  gboolean       fits,
                                  const char    *path,
                                  GError       **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  name = g_filename_display_name (path);
  bytes = atelier_picture_make_drawing_png (grey, width, height, fits, name, error);
  return bytes != NULL && atelier_file_write (path, bytes, error);
}
