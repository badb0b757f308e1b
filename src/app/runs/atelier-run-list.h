/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunList - the runs of the library as a list of AtelierRunItem, which follows it.
 *
 * Runs with a group of their own are children of one row, from the second on.  Rows keep their item
 * while a run goes on, so that a table keeps its place.  Main thread.
 */

#pragma once

#include "library/atelier-library.h"
#include "runs/atelier-run-item.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_LIST (atelier_run_list_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunList, atelier_run_list, ATELIER, RUN_LIST, GObject)

/* Properties, read only, with notify: "is-loaded" (boolean: the library was read once), "n-runs"
 * (uint), "n-ticked" (uint).
 *
 * Signals: "ticked-changed": other runs are ticked, or one of them has other figures;
 * "scale-changed": the range of accuracies is another; "data-changed": there are other data sets
 * among the runs. */
AtelierRunList *atelier_run_list_new           (void);
/* Nullable. */
void            atelier_run_list_set_library   (AtelierRunList *list,
                                                AtelierLibrary *library);
/* Of the rows that are not children; borrowed. */
GListModel     *atelier_run_list_get_rows      (AtelierRunList *list);
gboolean        atelier_run_list_get_is_loaded (AtelierRunList *list);
guint           atelier_run_list_get_n_runs    (AtelierRunList *list);
/* The item of a run; borrowed, NULL if there is none. */
AtelierRunItem *atelier_run_list_find          (AtelierRunList *list,
                                                const char     *id);

/* Ticks a run, or all runs of a group. */
void            atelier_run_list_tick          (AtelierRunList *list,
                                                AtelierRunItem *item,
                                                gboolean        is_ticked);
void            atelier_run_list_untick_all    (AtelierRunList *list);
guint           atelier_run_list_get_n_ticked  (AtelierRunList *list);
/* In the order in which they were ticked; borrowed, of borrowed AtelierRunItem. */
GPtrArray      *atelier_run_list_get_ticked    (AtelierRunList *list);

/* A scale on which all accuracies lie, as shares of 1; FALSE without any. */
gboolean        atelier_run_list_get_scale     (AtelierRunList *list,
                                                double         *low,
                                                double         *high);
/* The names of the data sets of all runs, each once, sorted; transfer full. */
char          **atelier_run_list_list_data     (AtelierRunList *list);

G_END_DECLS
