/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPixelStatistics - mean and deviation of the pixels of a split, for each channel.
 *
 * A network that standardises its input was trained on (pixel - mean) / deviation, so both are a
 * part of its model.  A plain value; pure functions; any thread.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "data/atelier-splits.h"

G_BEGIN_DECLS

#define ATELIER_MAX_CHANNELS 3

typedef struct
{
  guint n_channels; /* 0: input is not standardised */
  float means[ATELIER_MAX_CHANNELS];
  float deviations[ATELIER_MAX_CHANNELS]; /* population's; 1 where all pixels are equal */
} AtelierPixelStatistics;

/* Of the training images, whose bytes are divided by @divisor.  Sums are of integers, so they are
 * exact and the same on every machine. */
void      atelier_pixel_statistics_measure   (AtelierPixelStatistics       *statistics,
                                              AtelierSplits                *splits,
                                              double                        divisor);
gboolean  atelier_pixel_statistics_are_good  (const AtelierPixelStatistics *statistics);
gboolean  atelier_pixel_statistics_equal     (const AtelierPixelStatistics *a,
                                              const AtelierPixelStatistics *b);

/* {"mean": [0.286], "deviation": [0.353]}; transfer full. */
JsonNode *atelier_pixel_statistics_to_json   (const AtelierPixelStatistics *statistics);
/* Strict.  FORMAT. */
gboolean  atelier_pixel_statistics_from_json (AtelierPixelStatistics       *statistics,
                                              JsonNode                     *node,
                                              const char                   *origin,
                                              GError                      **error);

G_END_DECLS
