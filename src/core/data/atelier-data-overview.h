/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataOverview - what a data set holds: the number of pictures of each class and split, the
 * mean picture of each class, and which pictures occur more than once.
 *
 * Two pictures are copies if all their bytes are equal; pictures that only look alike are not.
 * Copies across splits make a network look better than it is.  Copies with different labels cannot
 * all be classified correctly.
 *
 * Immutable and reference-counted; any thread unless a function says otherwise.  Holds a reference
 * to its data set.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"

G_BEGIN_DECLS

/* One picture of a data set. */
typedef struct
{
  AtelierSplit split;
  guint        index;   /* in its split */
  guint        picture; /* its number in the data set */
  guint        label;
} AtelierDataPicture;

#define ATELIER_TYPE_DATA_OVERVIEW (atelier_data_overview_get_type ())
typedef struct _AtelierDataOverview AtelierDataOverview;

GType                atelier_data_overview_get_type   (void) G_GNUC_CONST;

/* Reads every picture once.  The time is proportional to the number of bytes; besides the result,
 * at most 28 bytes a picture are needed.  G_IO_ERROR_CANCELLED, NO_MEMORY. */
AtelierDataOverview *atelier_data_overview_new        (AtelierSplits        *splits,
                                                       GCancellable         *cancellable,
                                                       GError              **error);
/* The same on a thread of GTask's pool. */
void                 atelier_data_overview_new_async  (AtelierSplits        *splits,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
AtelierDataOverview *atelier_data_overview_new_finish (GAsyncResult         *result,
                                                       GError              **error);
AtelierDataOverview *atelier_data_overview_ref        (AtelierDataOverview  *overview);
void                 atelier_data_overview_unref      (AtelierDataOverview  *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierDataOverview, atelier_data_overview_unref)

AtelierSplits       *atelier_data_overview_get_splits  (AtelierDataOverview *overview);
AtelierDataset      *atelier_data_overview_get_dataset (AtelierDataOverview *overview);

/* The number of pictures of class @i_class in @split. */
guint                atelier_data_overview_get_count  (AtelierDataOverview  *overview,
                                                       AtelierSplit          split,
                                                       guint                 i_class);

/* The mean of the class's training pictures, [height, width, channels]: for each byte the sum over
 * the pictures divided by their number, halves rounded up.  NULL if the class has none.  Validation
 * and test pictures are left out, because a network does not learn from them. */
const guint8        *atelier_data_overview_get_mean   (AtelierDataOverview  *overview,
                                                       guint                 i_class);
/* The means as a data set of their own, so that widgets for pictures can show them: one training
 * picture for each class that has a mean, labelled with that class.  FALSE if the class has
 * none. */
AtelierDataset      *atelier_data_overview_get_means  (AtelierDataOverview  *overview);
gboolean             atelier_data_overview_find_mean  (AtelierDataOverview  *overview,
                                                       guint                 i_class,
                                                       guint                *i_mean);

/* Groups of copies, each of at least two pictures.  Within a group training pictures come before
 * validation and test pictures, and then by index; groups are ordered by their first pictures. */
guint                     atelier_data_overview_get_n_groups (AtelierDataOverview *overview);
const AtelierDataPicture *atelier_data_overview_get_group    (AtelierDataOverview *overview,
                                                              guint                i_group,
                                                              guint               *n_pictures);
/* Whether the group's pictures have different labels; whether they are in different splits. */
gboolean                  atelier_data_overview_has_labels   (AtelierDataOverview *overview,
                                                              guint                i_group);
gboolean                  atelier_data_overview_has_splits   (AtelierDataOverview *overview,
                                                              guint                i_group);

/* The number of pictures that are in a group, and the number of groups with several labels. */
guint                atelier_data_overview_get_n_copied      (AtelierDataOverview *overview);
guint                atelier_data_overview_get_n_contradicted (AtelierDataOverview *overview);
/* How many of @split's pictures also occur in @other; if both are the same split, how many have a
 * copy within it. */
guint                atelier_data_overview_get_n_shared      (AtelierDataOverview *overview,
                                                              AtelierSplit         split,
                                                              AtelierSplit         other);

/* Sentences that say how many copies there are, or that there are none.  Transfer full.  Main
 * thread (the locale). */
char                *atelier_data_overview_describe_copies   (AtelierDataOverview *overview);

G_END_DECLS
