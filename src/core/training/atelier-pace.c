/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast training goes of late, and how long it will take.
 *
 * The speed is images over seconds, both fading with the same time constant.  A plain moving
 * average of speeds was rejected: it starts from nothing, and gives a short interval the weight of
 * a long one.
 *
 * A program that is stopped (by a debugger, a terminal or a batch system) finds on waking that an
 * interval took minutes or hours.  The clock cannot tell that from slow work, but the pace can:
 * slow work goes on being slow.  So one such interval is left out, and no other soon after it.
 *
 * Pure functions; any thread.
 */

#include "config.h"

#include "training/atelier-pace-private.h"

#include <math.h>

#define MEMORY_SECONDS 2.0        /* the speed shown is that of about so long */
#define BASIS_SECONDS 0.25        /* before, nothing is foretold */
#define STOP_FACTOR 3.0          /* so many times what was foretold, */
#define STOP_SECONDS 0.25        /* and so much more: there was a stop, not just a busy moment */
#define MAX_DOUBT 0.4            /* reached 1.8 s after one interval was left out */
#define VALIDATION_COST (1.0 / 3) /* of an image, against training on it, until it was measured */

/* How long @n_images take at the pace of late; 0 while that is unknown. */
static double
foretell (const AtelierPace *pace,
          double             n_images)
{
  return pace->images > 0.0 ? n_images * pace->seconds / pace->images : 0.0;
}

/* Whether the program was stopped in an interval. */
static gboolean
looks_stopped (const AtelierPace *pace,
               double             n_images,
               double             seconds)
{
  return pace->images > 0.0 && pace->doubt < MAX_DOUBT
         && seconds > STOP_FACTOR * foretell (pace, n_images) + STOP_SECONDS;
}

void
atelier_pace_add (AtelierPace *pace,
                  double       n_images,
                  double       seconds)
{
  gboolean is_left_out = looks_stopped (pace, n_images, seconds);
  double fading;

  if (is_left_out)
    seconds = foretell (pace, n_images);
  fading = exp (-seconds / MEMORY_SECONDS);
  pace->doubt = pace->doubt * fading + (is_left_out ? 1.0 : 0.0);
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
