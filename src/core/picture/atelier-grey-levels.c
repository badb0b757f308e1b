/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes photographed or scanned paper evenly black.
 *
 * After inverting, such paper is nearly but not exactly black: it may be cream, lit from one side,
 * dark in the corners, grainy, or show JPEG blocks.  Trimming would take all that for ink.
 *
 * The border shows the paper.  If most of it has exactly one value, the paper is clean (drawings,
 * product pictures, data sets' pictures), and that value becomes black; if it is black already,
 * nothing changes.  Otherwise a curved surface, a + b x + c x^2 + d y + e y^2, is fitted to the
 * border several times, each time leaving out pixels far from it (ink that touches the border).
 * Every pixel that is above the surface by no more than the paper's grain becomes black.  Ink is
 * scaled by out = 255 (v - paper) / (255 - paper): light and paper multiply, so a pale garment
 * stays pale.
 *
 * Nothing is changed unless the border looks like paper: dark, mostly near the surface, and with
 * hardly any pixel below it, since nothing is blacker than paper.  So a picture that fills its
 * frame keeps its values.  Fitting paper tile by tile was rejected, because most tiles of a picture
 * show only the garment.
 *
 * The decisions use sums of doubles in a fixed order; pixels are computed in integers.
 */

#include "config.h"

#include "picture/atelier-grey-levels.h"

#include <math.h>
#include <string.h>

#include "picture/atelier-least-squares.h"
#include "picture/atelier-picture-border.h"

#define N_TERMS 5
/* A smaller picture consists almost only of border. */
#define MIN_SIDE 8
/* Photographs are not smaller than this. */
#define MIN_SURFACE_SIDE 40
/* Percentage of the border's samples that must be near the surface, and that may be below it. */
#define MIN_PAPER_PERCENT 60
#define MAX_BELOW_PERCENT 2
/* The lightest value that is accepted as paper, after inverting (paper in a badly lit room). */
#define MAX_PAPER 150
#define CLEAN_TOLERANCE 12
/* For each fit: how far a sample may be from the previous surface to take part. */
static const double reaches[] = { 64, 40, 24, 16, 16 };
/* What is at most GRAIN_FACTOR standard deviations of the grain, plus one, above the paper becomes
 * black.  If that is more than MAX_GRAIN, the border shows a pattern and not paper. */
#define GRAIN_FACTOR 3.5
#define MAX_GRAIN 24.0

typedef struct
{
  double  x; /* -1 to 1 */
  double  y;
  guint8  value;
} Sample;

typedef struct
{
  double terms[N_TERMS]; /* coefficients of 1, x, x^2, y, y^2 */
} Surface;

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
}

static double
get_surface (const Surface *surface,
             double         x,
             double         y)
{
  double terms[N_TERMS];
  double sum = 0;

  get_terms (x, y, terms);
  for (guint i = 0; i < N_TERMS; i++)
    sum += surface->terms[i] * terms[i];
  return sum;
}

/* Transfer full, of Sample: the pixels of the border. */
static GArray *
take_samples (const guint8 *pixels,
              guint         width,
              guint         height)
{
  g_autoptr (GArray) places = atelier_picture_border_list (width, height);
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  for (guint i = 0; i < places->len; i++)
    {
      const AtelierBorderPlace *place = &g_array_index (places, AtelierBorderPlace, i);
      Sample sample = { place->along_x, place->along_y,
                        pixels[(gsize) place->y * width + place->x] };

      g_array_append_val (samples, sample);
    }
  return samples;
}

/* ---- Clean paper ---- */

/* Finds the most frequent value at the border.  Returns whether the paper is clean: at least half
 * of the samples up to that value or a little lighter have exactly that value, and almost none is
 * darker. */
static gboolean
find_clean_paper (GArray *samples,
                  guint  *paper)
{
  guint counts[256] = { 0 };
  guint n_near = 0;
  guint n_below = 0;

  for (guint i = 0; i < samples->len; i++)
    counts[g_array_index (samples, Sample, i).value]++;
  *paper = 0;
  for (guint value = 1; value < 256; value++)
    if (counts[value] > counts[*paper])
      *paper = value;
  for (guint value = 0; value < *paper; value++)
    n_below += counts[value];
  for (guint value = *paper; value <= MIN (*paper + CLEAN_TOLERANCE, 255); value++)
    n_near += counts[value];
  return 2 * counts[*paper] >= n_near && n_below * 100 <= samples->len * MAX_BELOW_PERCENT;
}

static void
level_evenly (guint8 *pixels,
              gsize   n_pixels,
              guint   paper)
{
  guint8 levels[256];

  for (guint value = 0; value < 256; value++)
    levels[value] = value <= paper ? 0 : (guint8) ((510 * (value - paper) + 255 - paper) /
                                                   (2 * (255 - paper)));
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = levels[pixels[i]];
}

/* ---- Paper in uneven light ---- */

/* Fits @surface by least squares to the samples within @reach of its old values. */
static gboolean
fit_surface (GArray  *samples,
             double   reach,
             Surface *surface)
{
  double matrix[N_TERMS][N_TERMS + 1] = { { 0 } };

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      double terms[N_TERMS];

      if (fabs (sample->value - get_surface (surface, sample->x, sample->y)) > reach)
        continue;
      get_terms (sample->x, sample->y, terms);
      for (guint row = 0; row < N_TERMS; row++)
        {
          for (guint k = 0; k < N_TERMS; k++)
            matrix[row][k] += terms[row] * terms[k];
          matrix[row][N_TERMS] += terms[row] * sample->value;
        }
    }
  /* Divided by the number of samples, so that the test for a small pivot does not depend on it. */
  for (guint i = 0; i < N_TERMS; i++)
    for (guint k = 0; k <= N_TERMS; k++)
      matrix[i][k] /= samples->len;
  return atelier_least_squares_solve (&matrix[0][0], N_TERMS, 1, surface->terms);
}

static guint
get_median (GArray *samples)
{
  guint counts[256] = { 0 };
  guint n = 0;
  guint value = 0;

  for (guint i = 0; i < samples->len; i++)
    counts[g_array_index (samples, Sample, i).value]++;
  while (value < 255 && 2 * (n += counts[value]) < samples->len)
    value++;
  return value;
}

/* Whether most of the border is close to the surface and hardly any of it below; @grain: how far
 * above the surface the paper reaches. */
static gboolean
is_paper (GArray        *samples,
          const Surface *surface,
          double        *grain)
{
  double reach = reaches[G_N_ELEMENTS (reaches) - 1];
  double sum = 0;
  guint n_near = 0;
  guint n_below = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      double above = sample->value - get_surface (surface, sample->x, sample->y);

      if (fabs (above) <= reach)
        {
          n_near++;
          sum += above * above;
        }
      else if (above < 0)
        {
          n_below++;
        }
    }
  if (n_near * 100 < samples->len * MIN_PAPER_PERCENT
      || n_below * 100 > samples->len * MAX_BELOW_PERCENT)
    return FALSE;
  *grain = 1 + GRAIN_FACTOR * sqrt (sum / n_near);
  return *grain <= MAX_GRAIN;
}

/* The lowest and highest value of linear x + square x^2 for x from -1 to 1. */
static void
find_extremes (double  linear,
               double  square,
               double *lowest,
               double *highest)
{
  double turn = square != 0 ? -linear / (2 * square) : 2;
  double at_turn = fabs (turn) <= 1 ? (linear + square * turn) * turn : square + linear;

  *lowest = MIN (MIN (square - linear, square + linear), at_turn);
  *highest = MAX (MAX (square - linear, square + linear), at_turn);
}

static gboolean
is_dark (const Surface *surface)
{
  double lowest_x, highest_x, lowest_y, highest_y;

  find_extremes (surface->terms[1], surface->terms[2], &lowest_x, &highest_x);
  find_extremes (surface->terms[3], surface->terms[4], &lowest_y, &highest_y);
  return surface->terms[0] + highest_x + highest_y <= MAX_PAPER
         && surface->terms[0] + lowest_x + lowest_y >= -MAX_GRAIN;
}

static gboolean
find_surface (GArray  *samples,
              Surface *surface,
              double  *grain)
{
  *surface = (Surface) { .terms = { get_median (samples) } };
  for (guint i = 0; i < G_N_ELEMENTS (reaches); i++)
    if (!fit_surface (samples, reaches[i], surface))
      return FALSE;
  return is_paper (samples, surface, grain) && is_dark (surface);
}

static void
level_by_surface (guint8        *pixels,
                  guint          width,
                  guint          height,
                  const Surface *surface,
                  double         grain)
{
  g_autofree int *columns = g_new (int, width); /* in 1 / 256 of a level */

  for (guint x = 0; x < width; x++)
    {
      double place = atelier_picture_border_get_place (x, width);
      double value = (surface->terms[1] + surface->terms[2] * place) * place;

      columns[x] = (int) floor (value * 256 + 0.5);
    }
  for (guint y = 0; y < height; y++)
    {
      double place = atelier_picture_border_get_place (y, height);
      double value = (surface->terms[3] + surface->terms[4] * place) * place;
      int row = (int) floor ((surface->terms[0] + grain + value) * 256 + 0.5);

      for (guint x = 0; x < width; x++)
        {
          int black = CLAMP (row + columns[x], 0, 254 * 256);
          int above = *pixels * 256 - black;
          int range = 255 * 256 - black;

          *pixels++ = above <= 0 ? 0 : (guint8) ((above * 255 + range / 2) / range);
        }
    }
}

gboolean
atelier_grey_level (guint8 *pixels,
                    guint   width,
                    guint   height)
{
  g_autoptr (GArray) samples = NULL;
  Surface surface;
  double grain = 0;
  guint paper = 0;

  if (MIN (width, height) < MIN_SIDE)
    return FALSE;
  samples = take_samples (pixels, width, height);
  if (find_clean_paper (samples, &paper))
    {
      if (paper == 0 || paper > MAX_PAPER)
        return FALSE;
      level_evenly (pixels, (gsize) width * height, paper);
      return TRUE;
    }
  if (MIN (width, height) < MIN_SURFACE_SIDE || !find_surface (samples, &surface, &grain))
    return FALSE;
  level_by_surface (pixels, width, height, &surface, grain);
  return TRUE;
}
