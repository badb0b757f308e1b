/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statistics of figures: how far chance alone moves them.
 *
 * Pure functions over plain numbers; each comment names the source of its formula.  Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The 95 % interval of a share, @n_right of @n: Wilson (1927), as Newcombe (1998, method 3)
 * recommends it.  Within 0 and 1.  @n: at least 1. */
void   atelier_statistics_get_interval       (guint         n_right,
                                              guint         n,
                                              double       *low,
                                              double       *high);

/* The highest accuracy on @n pictures that guessing explains, if always saying the largest class is
 * right with probability @share: three standard errors of the binomial distribution above @share,
 * at most 1.  @n: at least 1. */
double atelier_statistics_get_guessing_limit (double        share,
                                              guint         n);

/* The two-sided exact p of McNemar's test: the probability that @n_first (pictures that only the
 * first of two networks has right) and @n_second differ at least as much if both networks are
 * equally good.  min (1, 2 P (X <= min)), X binomial of both together with 1/2: McNemar (1947),
 * exact as in Fagerland, Lydersen and Laake (2013).  1 where there is no such picture. */
double atelier_statistics_get_mcnemar_p      (guint         n_first,
                                              guint         n_second);

/* The standard deviation of a curve around its own course: the root of the mean squared second
 * difference / 6, which is the variance of independent noise around a straight line, as 1 + 4 + 1
 * variances are in a second difference (Gasser, Sroka and Jennen-Steinmetz, 1986).  Differences
 * with a value that is not finite are left out; NaN if none is left. */
double atelier_statistics_get_noise          (const double *values,
                                              guint         n);

/* The standard error of the mean of @n differences, from their sum and the sum of their squares;
 * NaN below two. */
double atelier_statistics_get_mean_error     (double        sum,
                                              double        sum_squares,
                                              guint         n);

G_END_DECLS
