/* SPDX-License-Identifier: GPL-3.0-or-later */

/* EMNIST's order of pixels and its names of classes.
 *
 * The images are turned when they are loaded, and not when they are shown: a network that learnt
 * them on their side could not classify what people draw upright.
 */

#include "config.h"

#include "data/atelier-idx-emnist.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"

#define MAX_MAPPING_BYTES (64 * 1024)

gboolean
atelier_idx_emnist_is (const char *prefix)
{
  g_return_val_if_fail (prefix != NULL, FALSE);

  return g_str_has_prefix (prefix, "emnist-");
}

GBytes *
atelier_idx_emnist_transpose (GBytes *images,
                              guint   height,
                              guint   width)
{
  const gsize image_size = (gsize) height * width;
  gsize n_bytes = 0;
  const guint8 *from = NULL;
  guint8 *rows = NULL;

  g_return_val_if_fail (images != NULL, NULL);

  from = g_bytes_get_data (images, &n_bytes);
  rows = g_try_malloc (MAX (n_bytes, 1));
  for (gsize start = 0; rows != NULL && image_size > 0 && start < n_bytes; start += image_size)
    for (guint y = 0; y < height; y++)
      for (guint x = 0; x < width; x++)
        rows[start + (gsize) y * width + x] = from[start + (gsize) x * height + y];
  g_bytes_unref (images);
  return rows != NULL ? g_bytes_new_take (rows, n_bytes) : NULL;
}

/* ---- Names ---- */

/* "65 97" to "A/a".  Transfer full; NULL if @numbers are no characters that can be shown. */
static char *
join_characters (char * const *numbers)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; numbers[i] != NULL; i++)
    {
      guint64 character = 0;

      if (*numbers[i] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (numbers[i], 10, 1, 0x10ffff, &character, NULL)
          || !g_unichar_validate ((gunichar) character)
          || !g_unichar_isgraph ((gunichar) character))
        return NULL;
      if (name->len > 0)
        g_string_append_c (name, '/');
      g_string_append_unichar (name, (gunichar) character);
    }
  return name->len > 0 && name->len <= 64 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

/* Reads "1 65 97" into @names; labels that are no class are left out. */
static gboolean
read_line (char  *line,
           GStrv  names,
           guint  n_classes)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *name = NULL;
  guint64 label = 0;

  g_strstrip (line);
  if (*line == '\0')
    return TRUE;
  words = g_strsplit_set (line, " \t", -1);
  if (!g_ascii_string_to_unsigned (words[0], 10, 0, 255, &label, NULL))
    return FALSE;
  name = join_characters (words + 1);
  if (name == NULL)
    return FALSE;
  if (label < n_classes)
    {
      g_free (names[label]);
      names[label] = g_steal_pointer (&name);
    }
  return TRUE;
}

GStrv
atelier_idx_emnist_load_names (const char  *path,
                               guint        n_classes,
                               GError     **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) names = g_new0 (char *, n_classes + 1);

  g_return_val_if_fail (path != NULL, NULL);

  bytes = atelier_file_read (path, MAX_MAPPING_BYTES, error);
  if (bytes == NULL)
    return NULL;
  for (guint i = 0; i < n_classes; i++)
    names[i] = g_strdup_printf ("%u", i);
  text = g_strndup (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
                    g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!read_line (lines[i], names, n_classes))
      {
        g_autofree char *shown = g_filename_display_name (path);

        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                     _("“%s”, line %u: a label and the numbers of its characters were expected"),
                     shown, i + 1);
        return NULL;
      }
  return g_steal_pointer (&names);
}
