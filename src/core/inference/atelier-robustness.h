/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much a model loses when pictures are mirrored, moved or turned a little: changes after which
 * a person still calls them the same.  Drawings and photographs lie as they happen to.  Any
 * thread. */

#pragma once

#include "inference/atelier-predictor.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_CHANGE_MIRRORED,
  ATELIER_CHANGE_MOVED_LEFT, /* by a fourteenth of the side: 2 pixels of 28 */
  ATELIER_CHANGE_MOVED_RIGHT,
  ATELIER_CHANGE_MOVED_UP,
  ATELIER_CHANGE_MOVED_DOWN,
  ATELIER_CHANGE_TURNED_LEFT, /* by 10 degrees */
  ATELIER_CHANGE_TURNED_RIGHT,
  ATELIER_N_CHANGES
} AtelierChange;

/* "mirrored", for files; and for people, translated, such as "moved to the left". */
const char *atelier_change_get_id      (AtelierChange change);
const char *atelier_change_get_name    (AtelierChange change);
/* Both [height, width, channels].  What comes in from outside is black; a turn interpolates
 * bilinearly. */
void        atelier_change_apply       (AtelierChange  change,
                                        guint          height,
                                        guint          width,
                                        guint          channels,
                                        const guint8  *pixels,
                                        guint8        *changed);

/* The accuracy on @split with each change.  The rest and errors as for atelier_evaluate(), and
 * NO_MEMORY; CANCELLED between two changes, too. */
gboolean    atelier_robustness_measure (AtelierModel   *model,
                                        AtelierSplits  *splits,
                                        AtelierSplit    split,
                                        gboolean        raw_pixels,
                                        guint           n_threads,
                                        GCancellable   *cancellable,
                                        double          accuracies[ATELIER_N_CHANGES],
                                        GError        **error);

G_END_DECLS
