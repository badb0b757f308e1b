/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCopiesView - the pictures that occur more than once in a data set: in sentences, as a list
 * of groups, and the selected group side by side. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

/* Which groups are listed. */
typedef enum
{
  ATELIER_COPIES_ALL,
  ATELIER_COPIES_BETWEEN_SPLITS,
  ATELIER_COPIES_UNDER_SEVERAL_LABELS,
  ATELIER_N_COPIES_FILTERS
} AtelierCopiesFilter;

#define ATELIER_TYPE_COPIES_VIEW (atelier_copies_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCopiesView, atelier_copies_view, ATELIER, COPIES_VIEW, GtkWidget)

/* Property "filter" (guint: AtelierCopiesFilter). */

/* Signal "picture-activated" (guint picture, its number in the data set): the user wants to
 * see it among the others. */

/* NULL @overview: not known yet. */
void atelier_copies_view_set_overview (AtelierCopiesView   *view,
                                       AtelierDataOverview *overview);

/* Shows why the overview could not be made. */
void atelier_copies_view_show_error   (AtelierCopiesView   *view,
                                       const GError        *error);

G_END_DECLS
