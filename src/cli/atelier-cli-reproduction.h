/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the report reported and what was measured here, side by side.
 *
 * The report trained each network once in Keras.  Keras adds the penalty to every loss that it
 * shows, so its losses are compared with the rows "with penalty".  The report's test figures of
 * part 1 were measured on pixels that had not been divided by 255; the same mistake is repeated
 * here on purpose, in separate rows.
 */

#pragma once

#include "data/atelier-splits.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_CLI_N_PARTS 2

typedef enum
{
  ATELIER_CLI_TRAINING_ACCURACY,
  ATELIER_CLI_VALIDATION_ACCURACY,
  ATELIER_CLI_VALIDATION_LOSS,
  ATELIER_CLI_VALIDATION_LOSS_PENALTY,
  ATELIER_CLI_TEST_ACCURACY,
  ATELIER_CLI_TEST_LOSS,
  ATELIER_CLI_TEST_LOSS_PENALTY,
  ATELIER_CLI_RAW_TEST_ACCURACY,     /* part 1 only; NaN in part 2 */
  ATELIER_CLI_RAW_TEST_LOSS_PENALTY,
  ATELIER_CLI_N_FIGURES
} AtelierCliFigure;

/* One network trained with one seed. */
typedef struct
{
  guint64           seed;
  double            figures[ATELIER_CLI_N_FIGURES];
  AtelierConfusion *test;     /* Owned */
  AtelierConfusion *raw_test; /* Owned; part 1 only, else NULL */
} AtelierCliRun;

typedef struct
{
  /* Borrowed */
  AtelierSplits  *splits;
  AtelierDataset *dataset; /* the splits' */

  /* Owned */
  GPtrArray      *runs[ATELIER_CLI_N_PARTS]; /* of AtelierCliRun */

  guint           n_epochs[ATELIER_CLI_N_PARTS];
  guint           n_epochs_reported[ATELIER_CLI_N_PARTS];
  guint           n_test_looks; /* at the test images, over all runs of this user; each of these
                                 * runs is one */
} AtelierCliReproduction;

/* The preset of a part: "report-1", "report-2". */
const char *atelier_cli_get_part_id (guint i_part);

void        atelier_cli_run_free    (AtelierCliRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCliRun, atelier_cli_run_free)

AtelierCliReproduction *atelier_cli_reproduction_new  (AtelierSplits *splits);
void                    atelier_cli_reproduction_free (AtelierCliReproduction *reproduction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCliReproduction, atelier_cli_reproduction_free)

/* Mean and sample standard deviation.  Without values the mean is NaN; with fewer than two, the
 * deviation. */
void atelier_cli_get_mean (const double *values,
                           guint         n,
                           double       *mean,
                           double       *spread);

/* All three print on standard output. */
void atelier_cli_reproduction_print_text     (const AtelierCliReproduction *reproduction);
void atelier_cli_reproduction_print_markdown (const AtelierCliReproduction *reproduction);
void atelier_cli_reproduction_print_json     (const AtelierCliReproduction *reproduction);

G_END_DECLS
