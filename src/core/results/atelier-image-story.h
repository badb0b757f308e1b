/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierImageStory - what a network said about one image at the end of each epoch.
 *
 * An epoch is right where its prediction is the label.  An image flips at an epoch where another
 * class is predicted than at the epoch before, right or wrong; its state turns where right becomes
 * wrong or wrong right.  The kind follows from the turns alone:
 *
 *   always right                    right in every epoch
 *   never learned                   wrong in every epoch
 *   learned                         wrong at first, right from one epoch on
 *   learned, then forgotten         right at first or from one epoch on, then wrong to the newest
 *   forgotten, then learned again   right, then wrong, then right to the newest
 *   back and forth                  three turns or more
 *
 * Epochs without predictions of the split are left out.  Immutable, reference-counted; making one
 * reads the history and so is for its thread.
 */

#pragma once

#include "results/atelier-history.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_STORY_NONE, /* no epoch yet */
  ATELIER_STORY_ALWAYS_RIGHT,
  ATELIER_STORY_LEARNED,
  ATELIER_STORY_LEARNED_AGAIN,
  ATELIER_STORY_FORGOTTEN,
  ATELIER_STORY_WAVERING,
  ATELIER_STORY_NEVER_LEARNED,
  ATELIER_N_STORY_KINDS
} AtelierStoryKind;

/* "learned, then forgotten": a few words, translated, for a chip or a table; "" for none. */
const char *atelier_story_kind_get_name (AtelierStoryKind kind);

/* One epoch of it. */
typedef struct
{
  guint  epoch;       /* its number, from 1 */
  guint  predicted;   /* class */
  double score;       /* of the predicted class, 0 to 1 */
  double truth_score; /* of the label, 0 to 1 */
} AtelierStoryPoint;

#define ATELIER_TYPE_IMAGE_STORY (atelier_image_story_get_type ())
typedef struct _AtelierImageStory AtelierImageStory;

GType              atelier_image_story_get_type (void) G_GNUC_CONST;

/* @picture: its number in the data set, one of the validation split's or of the training sample's.
 * NULL where no epoch has predictions of it.  Transfer full. */
AtelierImageStory *atelier_image_story_new   (AtelierHistory    *history,
                                              guint              picture);
AtelierImageStory *atelier_image_story_ref   (AtelierImageStory *story);
void               atelier_image_story_unref (AtelierImageStory *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierImageStory, atelier_image_story_unref)

/* The epochs that have predictions, oldest first; borrowed, [n_points]. */
guint                    atelier_image_story_get_n_points (AtelierImageStory *story);
const AtelierStoryPoint *atelier_image_story_get_points   (AtelierImageStory *story);
guint                    atelier_image_story_get_label    (AtelierImageStory *story);
guint                    atelier_image_story_get_n_right  (AtelierImageStory *story);
guint                    atelier_image_story_get_n_flips  (AtelierImageStory *story);
AtelierStoryKind         atelier_image_story_get_kind     (AtelierImageStory *story);
/* The number of the epoch since which it has been right, or wrong, as it is in the newest. */
guint                    atelier_image_story_get_since    (AtelierImageStory *story);

/* A sentence or two: "Learned at epoch 4 and right ever since. The answer changed 3 times."
 * Translated; transfer full. */
char                    *atelier_image_story_describe     (AtelierImageStory *story);

/* How often each image of the split's predictions flipped, in their order: [n], where @n is how
 * many they are; NULL and 0 where there are none.  Transfer full. */
guint                   *atelier_history_count_flips      (AtelierHistory    *history,
                                                           AtelierSplit       split,
                                                           guint             *n);

G_END_DECLS
