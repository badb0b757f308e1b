/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at the test images of a data set, counted over all runs of this user.
 *
 * Whoever chooses by test figures has no test set left, and choosing goes on from run to run: 30
 * runs looked at once are 30 looks.  AtelierHistory counts those of one run.
 *
 * A look is a network measured on the test images and shown.  The count never makes anything fail:
 * what cannot be recorded is still counted in the number that is returned.  Any thread, any number
 * of processes.
 */

#pragma once

#include "model/atelier-weights.h"

G_BEGIN_DECLS

/* Records a look at the data set with this SHA-256 (see atelier_dataset_get_sha256) and which
 * weights were measured, and returns how many there were with it. */
guint atelier_test_looks_add   (const char     *sha256,
                                AtelierWeights  weights,
                                guint           n_epochs);
/* How many were recorded. */
guint atelier_test_looks_count (const char *sha256);

G_END_DECLS
