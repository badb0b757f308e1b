/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large the boxes of a network are.
 *
 * Sides and channels each have one scale for the whole picture, so that boxes can be compared.  It
 * is linear if the smallest is still seen then; else the square root, else the cube root.  A
 * logarithm was rejected: with it, twice as much does not look like more by the same factor
 * everywhere.  One channel is a sheet, and a vector has no sides, so neither counts as the
 * smallest.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-network-picture-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_ROOTS 3

/* In device units at the natural size: the largest box, how large it may be for each of its pixels
 * and channels, and the smallest that is seen. */
#define LONGEST_SIDE 140.0
#define LARGEST_PIXEL 12.0
#define SHORTEST_SIDE 9.0
#define MOST_CHANNELS 80.0
#define LARGEST_CHANNEL 1.6
#define FEWEST_CHANNELS 3.0

gboolean
atelier_network_step_is_vector (const AtelierNetworkStep *step)
{
  return step->height <= 1 && step->width <= 1;
}

static double
take_root (double value,
           guint  root)
{
  return root == 1 ? value : root == 2 ? sqrt (value) : cbrt (value);
}

/* The first root with which @smallest is as large as @least. */
static void
choose_root (AtelierNetworkMeasure *measure,
             guint                  smallest,
             double                 least)
{
  measure->root = 1;
  while (measure->root < MOST_ROOTS && smallest < measure->largest
         && atelier_network_measure_scale (measure, smallest) < least)
    measure->root++;
}

void
atelier_network_scale_init (AtelierNetworkScale         *scale,
                            const AtelierNetworkPicture *picture)
{
  AtelierNetworkMeasure sides = { 1, 1, LONGEST_SIDE }, channels = { 1, 1, MOST_CHANNELS };
  guint shortest = G_MAXUINT, fewest = G_MAXUINT;

  for (guint i = 0; i < picture->n_steps; i++)
    {
      const AtelierNetworkStep *step = &picture->steps[i];

      if (step->is_misfit || step->kind != ATELIER_STEP_VALUES)
        continue;
      channels.largest = MAX (channels.largest, step->channels);
      if (step->channels > 1)
        fewest = MIN (fewest, step->channels);
      if (atelier_network_step_is_vector (step))
        continue;
      sides.largest = MAX (sides.largest, MAX (step->height, step->width));
      shortest = MIN (shortest, MAX (MIN (step->height, step->width), 1));
    }
  sides.extent = MIN (LONGEST_SIDE, LARGEST_PIXEL * sides.largest);
  channels.extent = MIN (MOST_CHANNELS, LARGEST_CHANNEL * channels.largest);
  choose_root (&sides, shortest, SHORTEST_SIDE);
  choose_root (&channels, fewest, FEWEST_CHANNELS);
  *scale = (AtelierNetworkScale) { sides, channels };
}

double
atelier_network_measure_scale (const AtelierNetworkMeasure *measure,
                               guint                        value)
{
  return measure->extent
         * take_root (CLAMP ((double) value / measure->largest, 1e-9, 1.0), measure->root);
}

char *
atelier_network_scale_dup_caption (const AtelierNetworkScale *scale)
{
  const char *const sides[MOST_ROOTS] = {
    _("Sides are to scale."),
    _("Sides are drawn by their square roots."),
    _("Sides are drawn by their cube roots."),
  };
  const char *const channels[MOST_ROOTS] = {
    _("Channels are to scale."),
    _("Channels are drawn by their square roots."),
    _("Channels are drawn by their cube roots."),
  };

  if (scale->sides.largest <= 1)
    return g_strdup (channels[scale->channels.root - 1]);
  if (scale->sides.root == 1 && scale->channels.root == 1)
    return g_strdup (_("Sides and channels are to scale."));

  return g_strconcat (sides[scale->sides.root - 1], " ", channels[scale->channels.root - 1], NULL);
}
