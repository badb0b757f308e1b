/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statistics of several figures: the best of many, means over seeds, two groups, many comparisons.
 *
 * Student's distribution is the regularised incomplete beta function, which is computed as a
 * continued fraction (Abramowitz and Stegun 26.5.8, evaluated as Lentz does).  Its quantile is
 * found by halving, since it is asked for once a figure.
 */

#include "config.h"

#include "results/atelier-statistics.h"

#include <math.h>

#define TINY 1e-300
#define MAX_TERMS 500
#define N_HALVINGS 200

/* Twelve standard deviations on both sides, in so many steps. */
#define LARGEST_RANGE 12.0
#define LARGEST_STEPS 4800

/* ---- The best of many ---- */

static double
get_normal_density (double x)
{
  return exp (-0.5 * x * x) / sqrt (2.0 * G_PI);
}

static double
get_normal_probability (double x)
{
  return 0.5 * erfc (-x / G_SQRT2);
}

double
atelier_statistics_get_expected_largest (guint k)
{
  const double step = 2.0 * LARGEST_RANGE / LARGEST_STEPS;
  double sum = 0.0;

  g_return_val_if_fail (k >= 1, NAN);

  /* The integral of x k density (x) probability (x) ^ (k - 1), which is 0 at both ends. */
  for (guint i = 1; i < LARGEST_STEPS; i++)
    {
      const double x = -LARGEST_RANGE + i * step;

      sum += x * k * get_normal_density (x) * pow (get_normal_probability (x), k - 1.0);
    }
  return k == 1 ? 0.0 : sum * step;
}

double
atelier_statistics_get_optimism (guint k,
                                 guint n_changed,
                                 guint n)
{
  g_return_val_if_fail (k >= 1 && n >= 1 && n_changed <= n, NAN);

  return atelier_statistics_get_expected_largest (k) * sqrt (n_changed) / n / G_SQRT2;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* How often each picture is drawn. */
static void
draw_bag (GRand *rand,
          guint *n_drawn,
          guint  n)
{
  for (guint i = 0; i < n; i++)
    n_drawn[i] = 0;
  for (guint i = 0; i < n; i++)
    n_drawn[g_rand_int_range (rand, 0, (gint32) n)]++;
}

static guint
choose_in_bag (const guint8 * const *right,
               guint                 n_candidates,
               const guint          *n_drawn,
               guint                 n)
{
  guint best = 0, n_best = 0;

  for (guint k = 0; k < n_candidates; k++)
    {
      guint n_right = 0;

      for (guint i = 0; i < n; i++)
        n_right += right[k][i] * n_drawn[i];
      if (k == 0 || n_right > n_best)
        {
          best = k;
          n_best = n_right;
        }
    }
  return best;
}

/* NaN where every picture was drawn. */
static double
score_out_of_bag (const guint8 *right,
                  const guint  *n_drawn,
                  guint         n)
{
  guint n_right = 0, n_out = 0;

  for (guint i = 0; i < n; i++)
    if (n_drawn[i] == 0)
      {
        n_out++;
        n_right += right[i];
      }
  return n_out > 0 ? (double) n_right / n_out : NAN;
}

void
atelier_statistics_choose_out_of_bag (const guint8 * const *right,
                                      guint                 n_candidates,
                                      guint                 n,
                                      guint                 n_rounds,
                                      guint32               seed,
                                      AtelierOutOfBag      *result)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree guint *n_drawn = g_new (guint, n);
  g_autofree double *scores = g_new (double, n_rounds);
  double sum = 0.0;
  guint n_scores = 0;

  g_return_if_fail (right != NULL && result != NULL);
  g_return_if_fail (n_candidates >= 1 && n >= 1 && n_rounds >= 1);

  *result = (AtelierOutOfBag) { NAN, NAN, NAN };
  for (guint i = 0; i < n_rounds; i++)
    {
      guint chosen;
      double score;

      draw_bag (rand, n_drawn, n);
      chosen = choose_in_bag (right, n_candidates, n_drawn, n);
      score = score_out_of_bag (right[chosen], n_drawn, n);
      if (isnan (score))
        continue;
      scores[n_scores++] = score;
      sum += score;
    }
  if (n_scores == 0)
    return;
  qsort (scores, n_scores, sizeof *scores, compare_doubles);
  result->mean = sum / n_scores;
  result->low = scores[(guint) floor (0.025 * (n_scores - 1))];
  result->high = scores[(guint) ceil (0.975 * (n_scores - 1))];
}

/* ---- Student's distribution ---- */

static double
keep_from_zero (double value)
{
  return fabs (value) < TINY ? TINY : value;
}

/* The continued fraction of the incomplete beta function; converges quickly below the mean. */
static double
evaluate_fraction (double x,
                   double a,
                   double b)
{
  double c = 1.0, d = 1.0 / keep_from_zero (1.0 - (a + b) * x / (a + 1.0));
  double value = d;

  for (int m = 1; m <= MAX_TERMS; m++)
    {
      const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      double factor;

      d = 1.0 / keep_from_zero (1.0 + even * d);
      c = keep_from_zero (1.0 + even / c);
      value *= c * d;
      d = 1.0 / keep_from_zero (1.0 + odd * d);
      c = keep_from_zero (1.0 + odd / c);
      factor = c * d;
      value *= factor;
      if (fabs (factor - 1.0) < 1e-15)
        break;
    }
  return value;
}

static double
get_incomplete_beta (double x,
                     double a,
                     double b)
{
  double front;

  if (x <= 0.0 || x >= 1.0)
    return x <= 0.0 ? 0.0 : 1.0;
  front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));
  if (x < (a + 1.0) / (a + b + 2.0))
    return front * evaluate_fraction (x, a, b) / a;
  return 1.0 - front * evaluate_fraction (1.0 - x, b, a) / b;
}

/* The probability that Student's t is further from 0 than @t, on either side. */
static double
get_two_sided_p (double t,
                 double df)
{
  return get_incomplete_beta (df / (df + t * t), df / 2.0, 0.5);
}

/* The t beyond which, on both sides together, lie 5 %. */
static double
get_t_quantile (double df)
{
  double low = 0.0, high = 1e8;

  for (guint i = 0; i < N_HALVINGS && high - low > 1e-13 * high; i++)
    {
      const double middle = (low + high) / 2.0;

      if (get_two_sided_p (middle, df) > 0.05)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2.0;
}

/* ---- Groups ---- */

void
atelier_statistics_get_mean (const double *values,
                             guint         n,
                             double       *mean,
                             double       *deviation)
{
  double sum = 0.0, squares = 0.0;

  g_return_if_fail (n == 0 || values != NULL);
  g_return_if_fail (mean != NULL && deviation != NULL);

  for (guint i = 0; i < n; i++)
    sum += values[i];
  *mean = n > 0 ? sum / n : NAN;
  for (guint i = 0; i < n; i++)
    squares += (values[i] - *mean) * (values[i] - *mean);
  *deviation = n > 1 ? sqrt (squares / (n - 1)) : NAN;
}

double
atelier_statistics_get_half_width (double deviation,
                                   guint  n)
{
  return n > 1 ? get_t_quantile (n - 1.0) * deviation / sqrt (n) : NAN;
}

gboolean
atelier_statistics_compare_groups (double        mean_first,
                                   double        deviation_first,
                                   guint         n_first,
                                   double        mean_second,
                                   double        deviation_second,
                                   guint         n_second,
                                   AtelierWelch *result)
{
  double first, second, error, half;

  g_return_val_if_fail (result != NULL, FALSE);

  if (n_first < 2 || n_second < 2)
    return FALSE;
  first = deviation_first * deviation_first / n_first;
  second = deviation_second * deviation_second / n_second;
  error = sqrt (first + second);
  if (!(error > 0.0))
    return FALSE;

  result->difference = mean_second - mean_first;
  result->t = result->difference / error;
  result->df = (first + second) * (first + second)
               / (first * first / (n_first - 1.0) + second * second / (n_second - 1.0));
  result->p = get_two_sided_p (result->t, result->df);
  half = get_t_quantile (result->df) * error;
  result->low = result->difference - half;
  result->high = result->difference + half;
  return TRUE;
}

/* The k-th smallest of n is multiplied by n - k, k from 0, and is never below the one before. */
void
atelier_statistics_adjust (double *p,
                           guint   n)
{
  g_autofree guint *order = g_new (guint, n);
  double largest = 0.0;

  g_return_if_fail (n == 0 || p != NULL);

  for (guint i = 0; i < n; i++)
    {
      guint k = i;

      for (; k > 0 && p[order[k - 1]] > p[i]; k--)
        order[k] = order[k - 1];
      order[k] = i;
    }
  for (guint k = 0; k < n; k++)
    {
      largest = MAX (largest, MIN (1.0, p[order[k]] * (n - k)));
      p[order[k]] = largest;
    }
}
