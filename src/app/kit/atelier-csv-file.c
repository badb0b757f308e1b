/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves a table of numbers to a file.
 *
 * The menus that save a picture choose the format by the name's ending.  A table has one format
 * only: under a name that ends in .pdf it would be a file that no program opens, so such a name is
 * refused.
 */

#include "config.h"

#include "kit/atelier-csv-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/atelier-file-write.h"

gboolean
atelier_csv_file_write (const char  *csv,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *lower = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (csv != NULL && path != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  if (!g_str_has_suffix (lower, ".csv"))
    {
      name = g_filename_display_name (path);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("“%s” cannot hold a table of numbers: its name has to end in .csv"), name);
      return FALSE;
    }

  bytes = g_bytes_new_static (csv, strlen (csv));

  return atelier_file_write (path, bytes, error);
}
