/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files among what a clipboard or a drop offers.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether GTK can make a list of files of one of the formats. */
gboolean atelier_file_offer_is_in (GdkContentFormats *formats);

G_END_DECLS
