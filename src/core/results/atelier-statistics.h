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

/* The difference of two shares on the same @n pictures, the second's minus the first's, and its
 * 95 % interval: as if each of @n_first and @n_second were one larger and @n two, which shrinks
 * the difference a little: Bonett and Price (2012). */
void   atelier_statistics_get_difference     (guint         n_first,
                                              guint         n_second,
                                              guint         n,
                                              double       *difference,
                                              double       *low,
                                              double       *high);

/* How many standard deviations the largest of @k independent normal values lies above their mean,
 * on average; 0 for one.  Numerically from the density of the largest. */
double atelier_statistics_get_expected_largest (guint       k);

/* By about how much the accuracy of the best of @k candidates is too high, when they were compared
 * on the same @n pictures and neighbouring ones differ in @n_changed of them (one right, the other
 * wrong): the expected largest, times the paired standard error sqrt (n_changed) / n of two
 * candidates, of which each has the root of a half. */
double atelier_statistics_get_optimism       (guint         k,
                                              guint         n_changed,
                                              guint         n);

/* What the chosen of several candidates is expected to have on new pictures. */
typedef struct
{
  double mean; /* of its accuracy outside of the pictures that it was chosen by */
  double low;  /* 2.5 and 97.5 % points of the same */
  double high;
} AtelierOutOfBag;

/* The bootstrap over pictures: in each of @n_rounds, @n pictures are drawn with replacement, the
 * candidate with most of them right is chosen (the first of equal ones) and scored on those that
 * were not drawn: Efron and Tibshirani (1997).  @right: [n_candidates][n], 0 or 1.  The same @seed
 * gives the same figures. */
void   atelier_statistics_choose_out_of_bag  (const guint8 * const *right,
                                              guint            n_candidates,
                                              guint            n,
                                              guint            n_rounds,
                                              guint32          seed,
                                              AtelierOutOfBag *result);

/* Mean and sample standard deviation; NaN of none, and of fewer than two. */
void   atelier_statistics_get_mean           (const double *values,
                                              guint         n,
                                              double       *mean,
                                              double       *deviation);
/* The half width of the 95 % interval of a mean of @n values with that sample standard deviation:
 * Student's t with n - 1 degrees of freedom.  NaN below two. */
double atelier_statistics_get_half_width     (double        deviation,
                                              guint         n);

/* Two groups with variances of their own. */
typedef struct
{
  double difference; /* the second's mean minus the first's */
  double t;
  double df;         /* degrees of freedom, as Welch and Satterthwaite estimate them */
  double p;          /* two-sided */
  double low;        /* 95 % interval of the difference */
  double high;
} AtelierWelch;

/* Welch (1947).  FALSE where a group has fewer than two values, or both have no spread at all. */
gboolean atelier_statistics_compare_groups   (double        mean_first,
                                              double        deviation_first,
                                              guint         n_first,
                                              double        mean_second,
                                              double        deviation_second,
                                              guint         n_second,
                                              AtelierWelch *result);

/* Adjusts the p of @n comparisons that were all made, in place, so that those below a limit are
 * wrong together no more often than it says: Holm (1979). */
void   atelier_statistics_adjust             (double       *p,
                                              guint         n);

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
