/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierComparison - what two networks said about the same pictures.
 *
 * Pictures that only one of them has predictions of are left out: where data were split in two
 * ways, the other network has learned from those.  Of the rest it knows which both have right, only
 * the first, only the second, or neither; how often each called what; and what of the difference
 * chance explains.  Immutable, reference-counted; words are for the main thread, all else for
 * any.
 */

#pragma once

#include "results/atelier-confusion.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_PAIR_BOTH_RIGHT,
  ATELIER_PAIR_ONLY_FIRST,
  ATELIER_PAIR_ONLY_SECOND,
  ATELIER_PAIR_BOTH_WRONG,
  ATELIER_N_PAIRS
} AtelierPair;

typedef enum
{
  ATELIER_VERDICT_SAME,       /* p of 0.05 or more, and no difference is in its interval */
  ATELIER_VERDICT_BORDERLINE, /* p and interval disagree */
  ATELIER_VERDICT_FIRST,      /* better on these pictures */
  ATELIER_VERDICT_SECOND,
} AtelierVerdict;

#define ATELIER_TYPE_COMPARISON (atelier_comparison_get_type ())
typedef struct _AtelierComparison AtelierComparison;

GType              atelier_comparison_get_type (void) G_GNUC_CONST;

/* References both.  MISMATCH where they have other classes, no picture in common, or a picture has
 * another label in each.  Transfer full. */
AtelierComparison *atelier_comparison_new    (AtelierPredictions *first,
                                              AtelierPredictions *second,
                                              GError            **error);
AtelierComparison *atelier_comparison_ref    (AtelierComparison  *comparison);
void               atelier_comparison_unref  (AtelierComparison  *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierComparison, atelier_comparison_unref)

/* How many pictures both have, and how many only one has. */
guint              atelier_comparison_get_n          (AtelierComparison  *comparison);
guint              atelier_comparison_get_n_left_out (AtelierComparison  *comparison);
guint              atelier_comparison_count          (AtelierComparison  *comparison,
                                                      AtelierPair         pair);
/* The images of @pair in both predictions, [n] each, in the order of their pictures; borrowed.
 * @indices_of_second: nullable. */
const guint       *atelier_comparison_get_images     (AtelierComparison  *comparison,
                                                      AtelierPair         pair,
                                                      guint              *n,
                                                      const guint       **indices_of_second);
/* Borrowed. */
AtelierPredictions *atelier_comparison_get_first     (AtelierComparison  *comparison);
AtelierPredictions *atelier_comparison_get_second    (AtelierComparison  *comparison);
/* Of the common pictures alone; borrowed. */
AtelierConfusion  *atelier_comparison_get_confusion_of_first  (AtelierComparison *comparison);
AtelierConfusion  *atelier_comparison_get_confusion_of_second (AtelierComparison *comparison);
/* How much oftener the second called pictures of @truth @prediction. */
int                atelier_comparison_get_change     (AtelierComparison  *comparison,
                                                      guint               truth,
                                                      guint               prediction);

/* Of McNemar's test; see atelier-statistics.h, as for the difference: the second's accuracy minus
 * the first's, shrunk a little, with its 95 % interval. */
double             atelier_comparison_get_p          (AtelierComparison  *comparison);
double             atelier_comparison_get_difference (AtelierComparison  *comparison,
                                                      double             *low,
                                                      double             *high);
AtelierVerdict     atelier_comparison_get_verdict    (AtelierComparison  *comparison);

/* What may be concluded, and what not, in sentences; translated, transfer full.  @first, @second:
 * what the networks are called. */
char              *atelier_comparison_describe        (AtelierComparison *comparison,
                                                       const char        *first,
                                                       const char        *second);
char              *atelier_comparison_describe_limits (AtelierComparison *comparison);
/* Which pictures were left out and why; NULL where none were. */
char              *atelier_comparison_describe_left_out (AtelierComparison *comparison);

G_END_DECLS
