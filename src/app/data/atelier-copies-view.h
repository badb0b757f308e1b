/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCopiesView - the pictures that are in a data set more than once: in words, as a list of
 * groups, and the selected group side by side. */

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

/* Signal "picture-activated" (guint split, guint index): somebody wants to see it among the
 * others. */

/* NULL @overview: what it says is not known yet. */
void atelier_copies_view_set_overview (AtelierCopiesView   *view,
                                       AtelierDataOverview *overview);

/* Says instead why nothing is known. */
void atelier_copies_view_show_error   (AtelierCopiesView   *view,
                                       const GError        *error);

G_END_DECLS
