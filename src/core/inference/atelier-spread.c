/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The covariance matrix C is never inverted: with its Cholesky factor, C = L Lt, the distance of z
 * is the squared length of y where L y = z.  Only the lower halves of symmetric and triangular
 * matrices are stored, row after row. */

#include "config.h"

#include "inference/atelier-spread-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"

#define MAX_SIDE 28
#define MAX_IMAGES 5000
/* What is added to each cell's variance, in parts of the mean variance: for cells that are black in
 * nearly all pictures, and with fewer pictures than cells. */
#define RIDGE 0.01
#define LEAST_RIDGE 1e-9
#define CANCEL_INTERVAL 64

struct _AtelierSpread
{
  guint height; /* of a picture */
  guint width;
  guint channels;
  guint cell;   /* its side in pixels */
  guint columns;
  guint n;      /* cells */
  double *mean;   /* Owned; [n] */
  double *factor; /* Owned; lower half of [n, n] */
};

/* Row @i of a lower half. */
static double *
get_row (double *half,
         guint   i)
{
  return half + (gsize) i * (i + 1) / 2;
}

/* Four sums at a time, which a processor adds up side by side. */
static double
multiply (const double *a,
          const double *b,
          guint         n)
{
  double sums[4] = { 0 };
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      sums[k] += a[i + k] * b[i + k];
  for (; i < n; i++)
    sums[0] += a[i] * b[i];

  return sums[0] + sums[1] + (sums[2] + sums[3]);
}

/* The sums of the pixels in each cell, scaled to a Euclidean length of 1; all 0 on a black
 * picture.  Those of the last row and column may be smaller.  @cells: [n]. */
static void
fill_cells (const AtelierSpread *spread,
            const guint8        *pixels,
            double              *cells)
{
  double length;

  for (guint i = 0; i < spread->n; i++)
    cells[i] = 0.0;
  for (guint y = 0; y < spread->height; y++)
    for (guint x = 0; x < spread->width; x++)
      for (guint k = 0; k < spread->channels; k++)
        cells[y / spread->cell * spread->columns + x / spread->cell] += *pixels++;
  length = sqrt (multiply (cells, cells, spread->n));
  for (guint i = 0; i < spread->n && length > 0.0; i++)
    cells[i] /= length;
}

/* Adds the products of each two cells.  Half of a picture is black, and adds nothing. */
static void
add_products (const AtelierSpread *spread,
              const double        *cells)
{
  for (guint i = 0; i < spread->n; i++)
    {
      double *row = get_row (spread->factor, i);

      spread->mean[i] += cells[i];
      for (guint k = 0; k <= i && cells[i] > 0.0; k++)
        row[k] += cells[i] * cells[k];
    }
}

static gboolean
sum_products (const AtelierSpread  *spread,
              AtelierSplits        *splits,
              guint                 n_taken,
              double               *cells,
              GCancellable         *cancellable,
              GError              **error)
{
  const guint n_all = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);

  for (guint i = 0; i < n_taken; i++)
    {
      const guint i_image = (guint) ((guint64) i * n_all / n_taken);

      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      fill_cells (spread, atelier_splits_get_image (splits, ATELIER_SPLIT_TRAIN, i_image), cells);
      add_products (spread, cells);
    }

  return TRUE;
}

/* From sums to the mean and the covariance, with more on its diagonal. */
static void
finish_covariance (const AtelierSpread *spread,
                   guint                n_taken)
{
  double trace = 0.0;

  for (guint i = 0; i < spread->n; i++)
    spread->mean[i] /= n_taken;
  for (guint i = 0; i < spread->n; i++)
    {
      double *row = get_row (spread->factor, i);

      for (guint k = 0; k <= i; k++)
        row[k] = row[k] / n_taken - spread->mean[i] * spread->mean[k];
      trace += row[i];
    }
  for (guint i = 0; i < spread->n; i++)
    get_row (spread->factor, i)[i] += MAX (RIDGE * trace / spread->n, LEAST_RIDGE);
}

/* Cholesky's factor takes the place of the covariance, row by row. */
static gboolean
factorize (const AtelierSpread  *spread,
           GCancellable         *cancellable,
           GError              **error)
{
  for (guint i = 0; i < spread->n; i++)
    {
      double *row = get_row (spread->factor, i);

      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint k = 0; k < i; k++)
        {
          const double *other = get_row (spread->factor, k);

          row[k] = (row[k] - multiply (row, other, k)) / other[k];
        }
      row[i] = sqrt (MAX (row[i] - multiply (row, row, i), LEAST_RIDGE));
    }

  return TRUE;
}

AtelierSpread *
atelier_spread_new (AtelierSplits  *splits,
                    GCancellable   *cancellable,
                    GError        **error)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint n_taken = MIN (atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN), MAX_IMAGES);
  g_autoptr (AtelierSpread) spread = g_new0 (AtelierSpread, 1);
  g_autofree double *cells = NULL;

  spread->height = atelier_dataset_get_height (dataset);
  spread->width = atelier_dataset_get_width (dataset);
  spread->channels = atelier_dataset_get_channels (dataset);
  spread->cell = (MAX (spread->height, spread->width) + MAX_SIDE - 1) / MAX_SIDE;
  spread->columns = (spread->width + spread->cell - 1) / spread->cell;
  spread->n = spread->columns * ((spread->height + spread->cell - 1) / spread->cell);
  spread->mean = g_new0 (double, spread->n);
  spread->factor = g_try_new0 (double, (gsize) spread->n * (spread->n + 1) / 2);
  if (spread->factor == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory to compare with %u images."), n_taken);
      return NULL;
    }

  cells = g_new (double, spread->n);
  if (!sum_products (spread, splits, n_taken, cells, cancellable, error))
    return NULL;
  finish_covariance (spread, n_taken);
  if (!factorize (spread, cancellable, error))
    return NULL;

  return g_steal_pointer (&spread);
}

void
atelier_spread_free (AtelierSpread *spread)
{
  if (spread == NULL)
    return;
  g_free (spread->mean);
  g_free (spread->factor);
  g_free (spread);
}

double
atelier_spread_measure (const AtelierSpread *spread,
                        const guint8        *pixels)
{
  double cells[MAX_SIDE * MAX_SIDE];

  fill_cells (spread, pixels, cells);
  for (guint i = 0; i < spread->n; i++)
    {
      const double *row = get_row (spread->factor, i);

      cells[i] = (cells[i] - spread->mean[i] - multiply (row, cells, i)) / row[i];
    }

  return multiply (cells, cells, spread->n);
}
