/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunItem - a row of the table of runs: a run of the library, or a group of repeats with its
 * runs as children.  Main thread.
 */

#pragma once

#include "library/atelier-library-run.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_ITEM (atelier_run_item_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunItem, atelier_run_item, ATELIER, RUN_ITEM, GObject)

/* Properties, with notify: "run" (AtelierLibraryRun, read only; of a group the newest of its runs),
 * "color" (int: which of the palette's colours of runs its curve has while it is ticked; -1: it is
 * not ticked). */
AtelierRunItem    *atelier_run_item_new          (AtelierLibraryRun *run);
/* A group that has no runs yet. */
AtelierRunItem    *atelier_run_item_new_group    (const char        *group);

/* Borrowed; NULL for a group without runs. */
AtelierLibraryRun *atelier_run_item_get_run      (AtelierRunItem    *item);
/* With the same id. */
void               atelier_run_item_set_run      (AtelierRunItem    *item,
                                                  AtelierLibraryRun *run);
/* The values of the run. */
const AtelierLibraryRunValues *
                   atelier_run_item_get_values   (AtelierRunItem    *item);
int                atelier_run_item_get_color    (AtelierRunItem    *item);
void               atelier_run_item_set_color    (AtelierRunItem    *item,
                                                  int                color);

/* Of AtelierRunItem; borrowed, NULL for a run. */
GListModel        *atelier_run_item_get_children (AtelierRunItem    *item);
void               atelier_run_item_add_child    (AtelierRunItem    *item,
                                                  AtelierRunItem    *child);
void               atelier_run_item_remove_child (AtelierRunItem    *item,
                                                  AtelierRunItem    *child);

/* What the table shows and sorts by; of a group its mean, sum or range. */
double             atelier_run_item_get_accuracy (AtelierRunItem    *item); /* NaN without */
/* The 95 % interval of a run's accuracy, over pictures; of a group's mean, over seeds.  FALSE
 * without. */
gboolean           atelier_run_item_get_interval (AtelierRunItem    *item,
                                                  double            *low,
                                                  double            *high);
double             atelier_run_item_get_loss     (AtelierRunItem    *item); /* NaN without */
double             atelier_run_item_get_seconds  (AtelierRunItem    *item);
/* "91.6 ± 0.8 %", translated; of a group "91.2 % ± 0.3" and what the ± is in @explanation.  ""
 * where there is none.  Transfer full. */
char              *atelier_run_item_describe_accuracy (AtelierRunItem  *item,
                                                  char             **explanation);
/* "3"; of a group "1–5".  Transfer full. */
char              *atelier_run_item_describe_seeds (AtelierRunItem   *item);
/* "epoch 7 of 10", "interrupted", "5 seeds"; "" for a run that has ended as planned.  Transfer
 * full. */
char              *atelier_run_item_describe_state (AtelierRunItem   *item);

G_END_DECLS
