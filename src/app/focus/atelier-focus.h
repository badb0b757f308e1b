/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierFocus - what the workbench looks at: a run, one of its epochs, a split, a selection.
 *
 * The Train page owns it, and every view of the page hangs on it: cursor, scrubber, matrix, class
 * table, gallery, inspector.  Main thread.
 */

#pragma once

#include "focus/atelier-selection.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_FOCUS (atelier_focus_get_type ())
G_DECLARE_FINAL_TYPE (AtelierFocus, atelier_focus, ATELIER, FOCUS, GObject)

/* Properties: "epoch" (uint: the number of a finished epoch, from 1; 0: there is none yet), "live"
 * (boolean: follows the newest), "split" (uint, AtelierSplit), "mistakes" (boolean: the selection
 * is all mistakes; FALSE goes back to the one before).
 *
 * Signals: "changed": the run, the epoch, the split or the predictions are others; once for
 * everything that changed together, after the properties' notifications. "selection-changed". */
AtelierFocus           *atelier_focus_new              (void);

/* Another run begins live, and not with the test set.  Both nullable, both or none. */
void                    atelier_focus_set_run          (AtelierFocus           *focus,
                                                        AtelierHistory         *history,
                                                        AtelierDataset         *dataset);
AtelierHistory         *atelier_focus_get_history      (AtelierFocus           *focus);
AtelierDataset         *atelier_focus_get_dataset      (AtelierFocus           *focus);

/* The finished epoch nearest to @epoch; it is stayed at, so "live" becomes FALSE.  Nothing happens
 * before the first. */
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

/* Borrowed until the next "changed", and nullable: before the first epoch, and where the epoch has
 * no predictions of the split.  The confusion is counted at the first call and kept. */
AtelierEpoch           *atelier_focus_get_epoch_object (AtelierFocus           *focus);
AtelierPredictions     *atelier_focus_get_predictions  (AtelierFocus           *focus);
AtelierConfusion       *atelier_focus_get_confusion    (AtelierFocus           *focus);

/* Test predictions exist for the one epoch that somebody asked about; NULL forgets them. */
void                    atelier_focus_set_test         (AtelierFocus           *focus,
                                                        AtelierPredictions     *predictions,
                                                        double                  loss,
                                                        guint                   epoch);
/* Of whatever epoch it was; borrowed, nullable.  @loss and @epoch are nullable, and untouched where
 * there are none. */
AtelierPredictions     *atelier_focus_get_test         (AtelierFocus           *focus,
                                                        double                 *loss,
                                                        guint                  *epoch);

/* It names classes, and so survives new epochs; one whose classes a new run does not have becomes
 * all mistakes. */
void                    atelier_focus_set_selection    (AtelierFocus           *focus,
                                                        const AtelierSelection *selection);
const AtelierSelection *atelier_focus_get_selection    (AtelierFocus           *focus);
void                    atelier_focus_set_mistakes     (AtelierFocus           *focus,
                                                        gboolean                has_mistakes);
gboolean                atelier_focus_get_mistakes     (AtelierFocus           *focus);

G_END_DECLS
