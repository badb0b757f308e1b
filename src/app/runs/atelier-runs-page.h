/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunsPage - keep and compare: all runs of the library, curves of those that are ticked, and
 * in what they differ.
 *
 * It has the actions "runs.open" (string: a run's id), "runs.go-on", "runs.star" and others of the
 * selected run.  What needs more than the library is asked of the window with signals.  Main
 * thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "library/atelier-library.h"
#include "runs/atelier-run-table.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUNS_PAGE (atelier_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunsPage, atelier_runs_page, ATELIER, RUNS_PAGE, GtkWidget)

/* Property "library" (AtelierLibrary, nullable, read and write).
 *
 * Signals, for the window, each with a run's id (string):
 *   "open": shows it in the Train page;
 *   "go-on": trains it on from where it ended;
 *   "take-over": its network and recipe become those that are edited;
 * and "compare" (string, string): of two runs. */

AtelierLibrary  *atelier_runs_page_get_library (AtelierRunsPage *page); /* borrowed, nullable */
void             atelier_runs_page_set_library (AtelierRunsPage *page,
                                                AtelierLibrary  *library);
AtelierRunList  *atelier_runs_page_get_list    (AtelierRunsPage *page); /* borrowed */
AtelierRunTable *atelier_runs_page_get_table   (AtelierRunsPage *page); /* borrowed */
void             atelier_runs_page_take_focus  (AtelierRunsPage *page);

G_END_DECLS
