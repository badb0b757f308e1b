/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibraryNews - what one transaction writes of a run: made on the main thread from a
 * trainer's record and model, then written on the library's.
 *
 * Holds only what no other thread changes: references to immutable values, and copies.
 */

#pragma once

#include "library/atelier-library-run.h"
#include "model/atelier-model.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

/* How much of a run was written before. */
typedef struct
{
  guint n_epochs; /* of its history */
  guint n_batches;
  guint n_looks;
  guint n_marks;
} AtelierLibraryWritten;

typedef struct
{
  /* Owned */
  char           *id;       /* the run's in the library */
  char           *name;
  char           *group;    /* nullable: as it is */
  AtelierNetwork *network;
  AtelierRecipe  *recipe;
  char           *dataset_name;
  char           *dataset_sha256;
  char           *parent;   /* nullable */
  char           *host;
  char           *isa;
  GPtrArray      *epochs;   /* AtelierEpoch */
  GArray         *batches;  /* float [3, n_batches]: losses, accuracies, seconds */
  GArray         *looks;    /* AtelierTestLook */
  GArray         *marks;    /* AtelierMark, whose strings are owned */
  AtelierModel   *newest;   /* nullable */
  AtelierModel   *best;     /* nullable: kept already, or the newest; without training state */

  AtelierLibraryState state;
  guint           parent_epoch;
  guint           n_threads;
  gint64          started_us;
  guint           batches_per_epoch;
  guint           n_epochs_planned;
  guint64         first_batch; /* of the batches, from the run's start */
  guint           first_look;
  guint           first_mark;

  /* What the library has beyond this point goes first; times count from what is left. */
  gboolean        is_cut;
  guint           cut_epoch;
  guint           cut_n_batches; /* of the next epoch */
} AtelierLibraryNews;

/* All of @record that is not in @written.  Main thread; transfer full. */
AtelierLibraryNews *atelier_library_news_new  (const char                  *id,
                                               AtelierRunRecord            *record,
                                               AtelierLibraryState          state,
                                               const AtelierLibraryWritten *written);
/* Any thread. */
void                atelier_library_news_free (AtelierLibraryNews          *news);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLibraryNews, atelier_library_news_free)
/* How much is written once @news is; main thread. */
void                atelier_library_news_count (AtelierRunRecord           *record,
                                                AtelierLibraryWritten      *written);

G_END_DECLS
