/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataOverview - what is in a data set: how many pictures of each class and split, the mean picture of each
 * class, and which pictures are there more than once.
 *
 * Two pictures are copies when all their bytes are the same; pictures that only look alike are not.  Copies between
 * the splits make a network look better than it is, copies under different labels cannot all be called right.
 *
 * Immutable, reference-counted, any thread but where it says otherwise.  It holds a reference to its data set.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* One picture of a data set. */
typedef struct
{
  AtelierSplit split;
  guint        index; /* in its split */
  guint        label;
} AtelierDataPicture;

#define ATELIER_TYPE_DATA_OVERVIEW (atelier_data_overview_get_type ())
typedef struct _AtelierDataOverview AtelierDataOverview;

GType                atelier_data_overview_get_type   (void) G_GNUC_CONST;

/* Reads every picture once; the time grows in proportion to the bytes, and on top of the result it needs at most 28
 * bytes a picture.  G_IO_ERROR_CANCELLED, NO_MEMORY. */
AtelierDataOverview *atelier_data_overview_new        (AtelierDataset       *dataset,
                                                       GCancellable         *cancellable,
                                                       GError              **error);
/* The same on a thread of GTask's pool. */
void                 atelier_data_overview_new_async  (AtelierDataset       *dataset,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
AtelierDataOverview *atelier_data_overview_new_finish (GAsyncResult         *result,
                                                       GError              **error);
AtelierDataOverview *atelier_data_overview_ref        (AtelierDataOverview  *overview);
void                 atelier_data_overview_unref      (AtelierDataOverview  *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierDataOverview, atelier_data_overview_unref)

AtelierDataset      *atelier_data_overview_get_dataset (AtelierDataOverview *overview);

/* How many pictures of class @i_class are in @split. */
guint                atelier_data_overview_get_count  (AtelierDataOverview  *overview,
                                                       AtelierSplit          split,
                                                       guint                 i_class);

/* The mean of the class's training pictures, each byte the sum of that byte over the pictures divided by how many
 * they are, halves rounded up: [height, width, channels].  NULL where there are none.  Validation and test pictures
 * are left out: this is what there is to learn from. */
const guint8        *atelier_data_overview_get_mean   (AtelierDataOverview  *overview,
                                                       guint                 i_class);
/* The means as a data set of their own, so that whatever shows pictures can show them: one training picture for
 * each class that has a mean, labelled with it.  FALSE where the class has none. */
AtelierDataset      *atelier_data_overview_get_means  (AtelierDataOverview  *overview);
gboolean             atelier_data_overview_find_mean  (AtelierDataOverview  *overview,
                                                       guint                 i_class,
                                                       guint                *i_mean);

/* Groups of copies: each has at least two pictures, training before validation before test and by index within a
 * split; the groups are in the order of their first pictures. */
guint                     atelier_data_overview_get_n_groups (AtelierDataOverview *overview);
const AtelierDataPicture *atelier_data_overview_get_group    (AtelierDataOverview *overview,
                                                              guint                i_group,
                                                              guint               *n_pictures);
/* Whether a group's pictures do not all have the same label; are not all in the same split. */
gboolean                  atelier_data_overview_has_labels   (AtelierDataOverview *overview,
                                                              guint                i_group);
gboolean                  atelier_data_overview_has_splits   (AtelierDataOverview *overview,
                                                              guint                i_group);

/* How many pictures are in groups, and how many groups have several labels. */
guint                atelier_data_overview_get_n_copied      (AtelierDataOverview *overview);
guint                atelier_data_overview_get_n_contradicted (AtelierDataOverview *overview);
/* How many of @split's pictures are in @other, too; with twice the same split, how many have a copy within it. */
guint                atelier_data_overview_get_n_shared      (AtelierDataOverview *overview,
                                                              AtelierSplit         split,
                                                              AtelierSplit         other);

/* Sentences that say what copies there are, or that there are none.  Transfer full.  Main thread (the locale). */
char                *atelier_data_overview_describe_copies   (AtelierDataOverview *overview);

G_END_DECLS
