/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast training goes of late, and how long it will take.
 *
 * The speed is images over seconds, both fading with the same time constant.  A plain moving
 * average of speeds was rejected: it starts from nothing, and gives a short interval the weight of
 * a long one.
 *
 * Pure functions; any thread.
 */

#include "config.h"

#include "training/atelier-pace-private.h"

#include <math.h>

#define MEMORY_SECONDS 2.0        /* the speed shown is that of about so long */
#define BASIS_SECONDS 0.25        /* before, nothing is foretold */
#define VALIDATION_COST (1.0 / 3) /* of an image, against training on it, until it was measured */

void
atelier_pace_add (AtelierPace *pace,
                  double       n_images,
                  double       seconds)
{
  double fading = exp (-seconds / MEMORY_SECONDS);

  pace->images = pace->images * fading + n_images;
  pace->seconds = pace->seconds * fading + seconds;
  pace->trained_seconds += seconds;
}

double
atelier_pace_get_images_per_second (const AtelierPace *pace)
{
  return pace->seconds > 0.0 ? pace->images / pace->seconds : 0.0;
}

double
atelier_pace_estimate_seconds (const AtelierPace *pace,
                               double             n_images,
                               double             n_validation,
                               double             validation_seconds)
{
  double rate = atelier_pace_get_images_per_second (pace);

  if (pace->trained_seconds < BASIS_SECONDS || !(rate > 0.0))
    return NAN;

  if (isnan (validation_seconds))
    validation_seconds = VALIDATION_COST / rate;

  return n_images / rate + n_validation * validation_seconds;
}
