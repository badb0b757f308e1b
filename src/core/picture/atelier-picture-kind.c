/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kind of a picture file is recognised from its bytes, never from its name.  Only the kinds in
 * the table below reach a decoder: gdk-pixbuf would also try a dozen others, which are rarely
 * tested.
 */

#include "config.h"

#include "picture/atelier-picture-kind.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "picture/atelier-picture-end.h"
#include "picture/atelier-picture-orientation.h"

static const AtelierPictureKind kinds[] = {
  { "png", "PNG", "\x89PNG\r\n\x1a\n", 8, atelier_picture_end_is_png,
    atelier_picture_orientation_read_png, NULL, FALSE },
  { "jpeg", "JPEG", "\xff\xd8\xff", 3, atelier_picture_end_is_jpeg,
    atelier_picture_orientation_read_jpeg, NULL, FALSE },
  { "gif", "GIF", "GIF8?a", 6, NULL, NULL, atelier_picture_frame_take_gif, FALSE },
  { "bmp", "BMP", "BM", 2, atelier_picture_end_is_bmp, NULL, NULL, FALSE },
  { "tiff", "TIFF", "II*\0", 4, atelier_picture_end_is_tiff,
    atelier_picture_orientation_read_tiff, NULL, TRUE },
  { "tiff", "TIFF", "MM\0*", 4, atelier_picture_end_is_tiff,
    atelier_picture_orientation_read_tiff, NULL, TRUE },
  { "webp", "WebP", "RIFF????WEBP", 12, atelier_picture_end_is_webp,
    atelier_picture_orientation_read_webp, atelier_picture_frame_take_webp, TRUE },
  { "svg", "SVG", "", 0, atelier_picture_end_is_svg, NULL, NULL, TRUE },
};

static gboolean
has_magic (const AtelierPictureKind *kind,
           const guint8             *data,
           gsize                     size)
{
  if (size < kind->n_magic)
    return FALSE;
  for (gsize i = 0; i < kind->n_magic; i++)
    if (kind->magic[i] != '?' && (guint8) kind->magic[i] != data[i])
      return FALSE;
  return TRUE;
}

static gboolean
looks_like_svg (const guint8 *data,
                gsize         size)
{
  const char *text = (const char *) data;
  gsize head = MIN (size, ATELIER_PICTURE_KIND_HEAD_BYTES);

  return head > 0 && memchr (text, '\0', head) == NULL
         && g_strstr_len (text, (gssize) head, "<svg") != NULL;
}

const AtelierPictureKind *
atelier_picture_kind_find (const guint8 *data,
                           gsize         size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].n_magic > 0 ? has_magic (&kinds[i], data, size) : looks_like_svg (data, size))
      return &kinds[i];
  return NULL;
}

/* Searches the list of formats.  Creating a loader instead would mean closing it without data,
 * which some loaders do not handle well. */
static gboolean
has_decoder (const char *type)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (link->data);

      if (g_str_equal (name, type))
        return TRUE;
    }
  return FALSE;
}

char *
atelier_picture_kind_list (void)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (i > 0 && g_str_equal (kinds[i].type, kinds[i - 1].type))
        continue;
      if (has_decoder (kinds[i].type))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", kinds[i].label);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}
