/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the weights are called that a run has beside each other: the newest, those of its best
 * epoch, and their average.
 *
 * One spelling for options, JSON and the list of looks at the test set, and one way to say it to
 * people, so that a file, a figure and an answer name the same weights alike.  Pure functions; any
 * thread.
 */

#pragma once

#include "kinds/atelier-recipe-values.h"

G_BEGIN_DECLS

/* "newest", "best" or "averaged"; never translated. */
const char *atelier_weights_get_id   (AtelierWeights  weights);
/* FALSE, and @weights as it was, for any other @id. */
gboolean    atelier_weights_from_id  (const char     *id,
                                      AtelierWeights *weights);
/* "best, epoch 7"; @n_epochs: finished ones behind the weights.  Transfer full. */
char       *atelier_weights_describe (AtelierWeights  weights,
                                      guint           n_epochs);

G_END_DECLS
