/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunTable - all runs in rows that can be sorted, filtered and ticked; repeats over seeds
 * fold into a row.
 *
 * What is done to a run is an action of the page around it, with the run's id: "runs.open",
 * "runs.star", "runs.go-on".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "runs/atelier-run-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_TABLE (atelier_run_table_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunTable, atelier_run_table, ATELIER, RUN_TABLE, GtkWidget)

/* Property, with notify: "n-shown" (uint, read only: rows that the filter leaves, those of groups
 * not counted).  Signal "selection-changed". */

/* To be called once. */
void            atelier_run_table_set_list     (AtelierRunTable *table,
                                                AtelierRunList  *list);
/* Which rows are shown; NULL or "": all.  @text: in name, network, note or data set, whatever the
 * case. */
void            atelier_run_table_set_filter   (AtelierRunTable *table,
                                                const char      *text,
                                                const char      *dataset_name,
                                                gboolean         only_starred);
guint           atelier_run_table_get_n_shown  (AtelierRunTable *table);
/* Of a click on a row's right button. */
void            atelier_run_table_set_menu     (AtelierRunTable *table,
                                                GMenuModel      *menu);
/* A menu that shows and hides columns; its actions are the table's.  Transfer full. */
GMenuModel     *atelier_run_table_new_columns_menu (AtelierRunTable *table);
/* "columns" actions, for whoever shows that menu; borrowed. */
GActionGroup   *atelier_run_table_get_actions  (AtelierRunTable *table);
/* The row that the keyboard is on; borrowed, nullable. */
AtelierRunItem *atelier_run_table_get_selected (AtelierRunTable *table);
/* A widget at the selected row, for a popover; borrowed. */
GtkWidget      *atelier_run_table_get_anchor   (AtelierRunTable *table);
void            atelier_run_table_take_focus   (AtelierRunTable *table);

G_END_DECLS
