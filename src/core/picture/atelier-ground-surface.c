/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The border is sampled, and the surface fitted several times, each time leaving out what is far
 * from it: a garment that touches the border.  The first surface is even, with the colour that most
 * of the border is near to; the median of each channel was rejected, because it can be a mixture of
 * ground and garment that is neither.
 *
 * A ground of exactly one colour, as in drawings, product pictures and data sets, is taken as it
 * is: nothing of the garment then counts as grain. */

#include "config.h"

#include "picture/atelier-ground-surface.h"

#include <math.h>
#include <string.h>

#include "picture/atelier-least-squares.h"
#include "picture/atelier-picture-border.h"

#define N_TERMS ATELIER_GROUND_N_TERMS
/* Photographs are not smaller than this; smaller pictures have clean ground or none. */
#define MIN_SURFACE_SIDE 40
/* Around a picked place, in parts of the shorter side; those samples count as so many each. */
#define PICK_SHARE 50
#define PICK_WEIGHT 16
/* Percentage of the samples that must be near the surface. */
#define MIN_NEAR_PERCENT 50
/* A clean ground has at least this share of the border, and at least half of all that is within
 * CLEAN_TOLERANCE of it. */
#define MIN_CLEAN_PERCENT 15
#define CLEAN_TOLERANCE 12
/* For each fit: how far a sample may be from the previous surface to take part. */
static const double reaches[] = { 64, 40, 24, 16, 16 };
/* What is at most GRAIN_FACTOR standard deviations of the grain, plus one, from the surface is
 * ground.  If that is more than MAX_GRAIN, the border shows a pattern and not a ground. */
#define GRAIN_FACTOR 3.5
#define MAX_GRAIN 30.0

typedef struct
{
  double x; /* -1 to 1 */
  double y;
  guint8 colour[3];
} Sample;

static void
get_terms (double x,
           double y,
           double terms[N_TERMS])
{
  terms[0] = 1;
  terms[1] = x;
  terms[2] = x * x;
  terms[3] = y;
  terms[4] = y * y;
  terms[5] = x * y;
}

void
atelier_ground_surface_get (const AtelierGroundSurface *surface,
                            double                      x,
                            double                      y,
                            double                      colour[3])
{
  double terms[N_TERMS];

  get_terms (x, y, terms);
  for (guint i = 0; i < 3; i++)
    {
      colour[i] = 0;
      for (guint k = 0; k < N_TERMS; k++)
        colour[i] += surface->terms[i][k] * terms[k];
    }
}

static void
add_sample (GArray               *samples,
            const AtelierColours *picture,
            guint                 x,
            guint                 y)
{
  const guint8 *pixel =
    picture->pixels + (gssize) y * picture->stride + (gssize) x * picture->step;
  Sample sample = { atelier_picture_border_get_place (x, picture->width),
                    atelier_picture_border_get_place (y, picture->height),
                    { pixel[0], pixel[1], pixel[2] } };

  g_array_append_val (samples, sample);
}

static void
take_border (GArray               *samples,
             const AtelierColours *picture)
{
  g_autoptr (GArray) places = atelier_picture_border_list (picture->width, picture->height);

  for (guint i = 0; i < places->len; i++)
    {
      const AtelierBorderPlace *place = &g_array_index (places, AtelierBorderPlace, i);

      add_sample (samples, picture, place->x, place->y);
    }
}

static void
take_pick (GArray                  *samples,
           const AtelierColours    *picture,
           const AtelierGroundPick *pick)
{
  guint reach = MAX (1, MIN (picture->width, picture->height) / PICK_SHARE);
  guint middle_x = (guint) (CLAMP (pick->x, 0, 1) * (picture->width - 1));
  guint middle_y = (guint) (CLAMP (pick->y, 0, 1) * (picture->height - 1));
  guint n = samples->len;
  guint n_picked = 0;

  while (n_picked < n * PICK_WEIGHT)
    for (guint y = middle_y > reach ? middle_y - reach : 0;
         y <= MIN (middle_y + reach, picture->height - 1); y++)
      for (guint x = middle_x > reach ? middle_x - reach : 0;
           x <= MIN (middle_x + reach, picture->width - 1); x++, n_picked++)
        add_sample (samples, picture, x, y);
}

static guint32
get_key (const Sample *sample)
{
  return (guint32) sample->colour[0] << 16 | (guint32) sample->colour[1] << 8 | sample->colour[2];
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  guint32 key_a = *(const guint32 *) a;
  guint32 key_b = *(const guint32 *) b;

  return (key_a > key_b) - (key_a < key_b);
}

static guint
get_distance (const Sample *sample,
              guint32       key)
{
  guint furthest = 0;

  for (guint i = 0; i < 3; i++)
    {
      int level = (int) (key >> (16 - 8 * i) & 255);

      furthest = MAX (furthest, (guint) ABS (sample->colour[i] - level));
    }
  return furthest;
}

/* The most frequent colour, and the number of samples that have it. */
static guint32
find_most_frequent (GArray *samples,
                    guint  *n_same)
{
  g_autofree guint32 *keys = g_new (guint32, samples->len);
  guint32 best = 0;

  for (guint i = 0; i < samples->len; i++)
    keys[i] = get_key (&g_array_index (samples, Sample, i));
  qsort (keys, samples->len, sizeof keys[0], compare_keys);
  *n_same = 0;
  for (guint first = 0, end = 0; first < samples->len; first = end)
    {
      while (end < samples->len && keys[end] == keys[first])
        end++;
      if (end - first > *n_same)
        {
          *n_same = end - first;
          best = keys[first];
        }
    }
  return best;
}

static void
set_even (AtelierGroundSurface *surface,
          guint32               key)
{
  memset (surface, 0, sizeof *surface);
  for (guint i = 0; i < 3; i++)
    surface->terms[i][0] = key >> (16 - 8 * i) & 255;
}

static gboolean
find_clean (GArray               *samples,
            AtelierGroundSurface *surface)
{
  guint n_same;
  guint32 key = find_most_frequent (samples, &n_same);
  guint n_near = 0;

  for (guint i = 0; i < samples->len; i++)
    n_near += get_distance (&g_array_index (samples, Sample, i), key) <= CLEAN_TOLERANCE;
  if (n_same * 100 < samples->len * MIN_CLEAN_PERCENT || 2 * n_same < n_near)
    return FALSE;
  set_even (surface, key);
  surface->is_clean = TRUE;
  return TRUE;
}

/* The level of a channel that the most samples are near to: within @reach of it. */
static guint
find_densest (GArray *samples,
              guint   channel,
              int     reach)
{
  guint counts[256] = { 0 };
  guint best = 0;
  guint n_best = 0;

  for (guint i = 0; i < samples->len; i++)
    counts[g_array_index (samples, Sample, i).colour[channel]]++;
  for (int level = 0; level < 256; level++)
    {
      guint n = 0;

      for (int near = MAX (level - reach, 0); near <= MIN (level + reach, 255); near++)
        n += counts[near];
      if (n > n_best)
        {
          n_best = n;
          best = (guint) level;
        }
    }
  return best;
}

static double
get_residual (const AtelierGroundSurface *surface,
              const Sample               *sample)
{
  double colour[3];
  double furthest = 0;

  atelier_ground_surface_get (surface, sample->x, sample->y, colour);
  for (guint i = 0; i < 3; i++)
    furthest = MAX (furthest, fabs (sample->colour[i] - colour[i]));
  return furthest;
}

/* Fits by least squares to the samples within @reach of the old surface. */
static gboolean
fit (GArray               *samples,
     double                reach,
     AtelierGroundSurface *surface)
{
  double matrix[N_TERMS * (N_TERMS + 3)] = { 0 };
  double solution[N_TERMS * 3];

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      double terms[N_TERMS];

      if (get_residual (surface, sample) > reach)
        continue;
      get_terms (sample->x, sample->y, terms);
      for (guint row = 0; row < N_TERMS; row++)
        {
          double *line = &matrix[row * (N_TERMS + 3)];

          for (guint k = 0; k < N_TERMS; k++)
            line[k] += terms[row] * terms[k] / samples->len;
          for (guint k = 0; k < 3; k++)
            line[N_TERMS + k] += terms[row] * sample->colour[k] / samples->len;
        }
    }
  if (!atelier_least_squares_solve (matrix, N_TERMS, 3, solution))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < N_TERMS; k++)
      surface->terms[i][k] = solution[k * 3 + i];
  return TRUE;
}

/* Whether most samples are near the surface; sets the grain. */
static gboolean
is_ground (GArray               *samples,
           AtelierGroundSurface *surface)
{
  double reach = reaches[G_N_ELEMENTS (reaches) - 1];
  double sum = 0;
  guint n_near = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      double residual = get_residual (surface, &g_array_index (samples, Sample, i));

      if (residual > reach)
        continue;
      n_near++;
      sum += residual * residual;
    }
  if (n_near * 100 < samples->len * MIN_NEAR_PERCENT)
    return FALSE;
  surface->grain = 1 + GRAIN_FACTOR * sqrt (sum / n_near);
  return surface->grain <= MAX_GRAIN;
}

static gboolean
find_surface (GArray               *samples,
              AtelierGroundSurface *surface)
{
  guint32 key = 0;

  for (guint i = 0; i < 3; i++)
    key = key << 8 | find_densest (samples, i, (int) reaches[2]);
  set_even (surface, key);
  for (guint i = 0; i < G_N_ELEMENTS (reaches); i++)
    if (!fit (samples, reaches[i], surface))
      return FALSE;
  return is_ground (samples, surface);
}

gboolean
atelier_ground_surface_fit (const AtelierColours    *picture,
                            const AtelierGroundPick *pick,
                            AtelierGroundSurface    *surface)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  take_border (samples, picture);
  if (pick)
    take_pick (samples, picture, pick);
  if (find_clean (samples, surface))
    return TRUE;
  return MIN (picture->width, picture->height) >= MIN_SURFACE_SIDE
         && find_surface (samples, surface);
}
