/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statistics of figures.
 *
 * What the report, the sentences about curves and the comparison of runs need, and nothing more.
 * The formulas and their sources are in the header.  The binomial tail is summed from its largest
 * term down, in double, and ends where a term no longer changes the sum.
 */

#include "config.h"

#include "results/atelier-statistics.h"

#include <math.h>

/* The two-sided 95 % quantile of the normal distribution. */
#define Z 1.959963984540054

#define GUESSING_ERRORS 3.0
/* The variance of a second difference of independent values, in their own variance. */
#define SECOND_DIFFERENCE_VARIANCE 6.0

void
atelier_statistics_get_interval (guint   n_right,
                                 guint   n,
                                 double *low,
                                 double *high)
{
  double share, square, middle, half;

  g_return_if_fail (n >= 1 && n_right <= n);
  g_return_if_fail (low != NULL && high != NULL);

  share = (double) n_right / n;
  square = Z * Z / n;
  middle = (share + square / 2.0) / (1.0 + square);
  half = Z * sqrt (share * (1.0 - share) / n + square / (4.0 * n)) / (1.0 + square);

  *low = MAX (middle - half, 0.0);
  *high = MIN (middle + half, 1.0);
}

double
atelier_statistics_get_guessing_limit (double share,
                                       guint  n)
{
  g_return_val_if_fail (share >= 0.0 && share <= 1.0 && n >= 1, NAN);

  return MIN (1.0, share + GUESSING_ERRORS * sqrt (share * (1.0 - share) / n));
}

double
atelier_statistics_get_mcnemar_p (guint n_first,
                                  guint n_second)
{
  const double n = (double) n_first + n_second;
  const guint smaller = MIN (n_first, n_second);
  double term, sum = 0.0;

  /* P (X = smaller), then P (X = k - 1) = P (X = k) k / (n - k + 1). */
  term = exp (lgamma (n + 1.0) - lgamma (smaller + 1.0) - lgamma (n - smaller + 1.0)
              - n * G_LN2);
  for (guint k = smaller; sum + term > sum; k--)
    {
      sum += term;
      term *= k / (n - k + 1.0);
    }

  return MIN (1.0, 2.0 * sum);
}

void
atelier_statistics_get_difference (guint   n_first,
                                   guint   n_second,
                                   guint   n,
                                   double *difference,
                                   double *low,
                                   double *high)
{
  double first, second, error;

  g_return_if_fail ((guint64) n_first + n_second <= n);
  g_return_if_fail (difference != NULL && low != NULL && high != NULL);

  first = (n_first + 1.0) / (n + 2.0);
  second = (n_second + 1.0) / (n + 2.0);
  *difference = second - first;
  error = sqrt ((first + second - *difference * *difference) / (n + 2.0));
  *low = *difference - Z * error;
  *high = *difference + Z * error;
}

double
atelier_statistics_get_noise (const double *values,
                              guint         n)
{
  double sum = 0.0;
  guint n_differences = 0;

  g_return_val_if_fail (n == 0 || values != NULL, NAN);

  for (guint i = 2; i < n; i++)
    {
      double difference = values[i] - 2.0 * values[i - 1] + values[i - 2];

      if (!isfinite (difference))
        continue;
      sum += difference * difference;
      n_differences++;
    }

  return n_differences > 0 ? sqrt (sum / n_differences / SECOND_DIFFERENCE_VARIANCE) : NAN;
}

double
atelier_statistics_get_mean_error (double sum,
                                   double sum_squares,
                                   guint  n)
{
  double variance;

  if (n < 2)
    return NAN;

  variance = (sum_squares - sum * sum / n) / (n - 1);

  /* Rounding can leave less than nothing where all differences are equal. */
  return sqrt (MAX (variance, 0.0) / n);
}
