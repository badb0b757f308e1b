/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "picture/atelier-least-squares.h"

#include <math.h>

static void
swap_rows (double *a,
           double *b,
           guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      double swapped = a[i];

      a[i] = b[i];
      b[i] = swapped;
    }
}

gboolean
atelier_least_squares_solve (double *matrix,
                             guint   n,
                             guint   n_sides,
                             double *solution)
{
  guint width = n + n_sides;

  for (guint i = 0; i < n; i++)
    {
      double *pivot = &matrix[i * width];
      guint best = i;

      for (guint row = i + 1; row < n; row++)
        if (fabs (matrix[row * width + i]) > fabs (matrix[best * width + i]))
          best = row;
      if (fabs (matrix[best * width + i]) < 1e-9)
        return FALSE;
      swap_rows (&matrix[best * width], pivot, width);
      for (guint row = 0; row < n; row++)
        {
          double factor = matrix[row * width + i] / pivot[i];

          for (guint k = i; row != i && k < width; k++)
            matrix[row * width + k] -= factor * pivot[k];
        }
    }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n_sides; k++)
      solution[i * n_sides + k] = matrix[i * width + n + k] / matrix[i * width + i];
  return TRUE;
}
