/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kit/atelier-file-offer.h"

gboolean
atelier_file_offer_is_in (GdkContentFormats *formats)
{
  g_autoptr (GdkContentFormats) all =
    gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  return gdk_content_formats_contain_gtype (all, GDK_TYPE_FILE_LIST);
}
