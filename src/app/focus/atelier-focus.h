/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierFocus - what the Train page shows: a run, one of its epochs, a split, a selection.
 *
 * The Train page owns it.  All views of the page share it: curves, scrubber, matrix, class table,
 * gallery, inspector.  Main thread.
 */

#pragma once

#include "focus/atelier-selection.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_FOCUS (atelier_focus_get_type ())
G_DECLARE_FINAL_TYPE (AtelierFocus, atelier_focus, ATELIER, FOCUS, GObject)

/* Properties: "epoch" (uint: the number of a finished epoch, from 1; 0: none yet), "live" (boolean:
 * follows the newest epoch), "split" (uint, AtelierSplit), "mistakes" (boolean: the selection is
 * all mistakes; FALSE restores the selection from before).
 *
 * Signals: "changed": the run, the epoch, the split or the predictions changed; emitted once for
 * each change, after the notifications of properties.  "selection-changed". */
AtelierFocus           *atelier_focus_new              (void);

/* A new run is live, and does not begin with the test split.  Both nullable, but only together. */
void                    atelier_focus_set_run          (AtelierFocus           *focus,
                                                        AtelierRunRecord       *record,
                                                        AtelierSplits          *splits);
AtelierRunRecord       *atelier_focus_get_record       (AtelierFocus           *focus);
/* The record's; NULL where there is none. */
AtelierHistory         *atelier_focus_get_history      (AtelierFocus           *focus);
/* What all epochs so far say in words, see atelier_words_describe_run; "" where there is no run.
 * Transfer full. */
char                   *atelier_focus_describe_run     (AtelierFocus           *focus);
AtelierSplits          *atelier_focus_get_splits       (AtelierFocus           *focus);
/* The splits'; NULL where there are none. */
AtelierDataset         *atelier_focus_get_dataset      (AtelierFocus           *focus);

/* Goes to the finished epoch nearest to @epoch and stays there, so "live" becomes FALSE.  Does
 * nothing before the first finished epoch. */
void                    atelier_focus_set_epoch        (AtelierFocus           *focus,
                                                        guint                   epoch);
guint                   atelier_focus_get_epoch        (AtelierFocus           *focus);
/* TRUE goes to the newest epoch at once. */
void                    atelier_focus_set_live         (AtelierFocus           *focus,
                                                        gboolean                is_live);
gboolean                atelier_focus_get_live         (AtelierFocus           *focus);
void                    atelier_focus_set_split        (AtelierFocus           *focus,
                                                        AtelierSplit            split);
AtelierSplit            atelier_focus_get_split        (AtelierFocus           *focus);

/* Borrowed, valid until the next "changed".  NULL before the first epoch, or if the epoch has no
 * predictions of the split.  The confusion is counted at the first call and kept. */
AtelierEpoch           *atelier_focus_get_epoch_object (AtelierFocus           *focus);
AtelierPredictions     *atelier_focus_get_predictions  (AtelierFocus           *focus);
AtelierConfusion       *atelier_focus_get_confusion    (AtelierFocus           *focus);

/* Test predictions exist only for the epoch that they were asked for; NULL removes them. */
void                    atelier_focus_set_test         (AtelierFocus           *focus,
                                                        AtelierPredictions     *predictions,
                                                        double                  loss,
                                                        guint                   epoch);
/* The test predictions, whatever the present epoch; borrowed, nullable.  @loss and @epoch are
 * nullable, and unchanged if there are no predictions. */
AtelierPredictions     *atelier_focus_get_test         (AtelierFocus           *focus,
                                                        double                 *loss,
                                                        guint                  *epoch);

/* A selection names classes, so it stays valid in new epochs.  If a new run does not have its
 * classes, it becomes all mistakes. */
void                    atelier_focus_set_selection    (AtelierFocus           *focus,
                                                        const AtelierSelection *selection);
const AtelierSelection *atelier_focus_get_selection    (AtelierFocus           *focus);
void                    atelier_focus_set_mistakes     (AtelierFocus           *focus,
                                                        gboolean                has_mistakes);
gboolean                atelier_focus_get_mistakes     (AtelierFocus           *focus);

G_END_DECLS
