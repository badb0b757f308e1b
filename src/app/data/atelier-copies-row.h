/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCopyGroup - a group of copies as an item of a list; AtelierCopiesRow - the row that shows
 * one. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COPY_GROUP (atelier_copy_group_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCopyGroup, atelier_copy_group, ATELIER, COPY_GROUP, GObject)

AtelierCopyGroup         *atelier_copy_group_new          (AtelierDataOverview *overview,
                                                           guint                i_group);
/* Both borrowed; the pictures belong to the overview, which the group holds. */
AtelierSplits            *atelier_copy_group_get_splits   (AtelierCopyGroup    *group);
const AtelierDataPicture *atelier_copy_group_get_pictures (AtelierCopyGroup    *group,
                                                           guint               *n_pictures);
/* The labels, "Shirt" or "Shirt, Coat"; and the number of copies in each split, "Training 2 · Test
 * 1".  Transfer full, both. */
char                     *atelier_copy_group_dup_title    (AtelierCopyGroup    *group);
char                     *atelier_copy_group_dup_places   (AtelierCopyGroup    *group);

#define ATELIER_TYPE_COPIES_ROW (atelier_copies_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCopiesRow, atelier_copies_row, ATELIER, COPIES_ROW, GtkWidget)

void atelier_copies_row_set_group (AtelierCopiesRow *row,
                                   AtelierCopyGroup *group);

G_END_DECLS
