/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunDifferences - in what the networks and recipes of the ticked runs differ, and nothing
 * else.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "runs/atelier-run-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_DIFFERENCES (atelier_run_differences_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunDifferences, atelier_run_differences, ATELIER, RUN_DIFFERENCES,
                      GtkWidget)

/* Property "summary" (string, read only, with notify: "6 of 31 members"). */

/* To be called once. */
void atelier_run_differences_set_list (AtelierRunDifferences *differences,
                                       AtelierRunList        *list);

G_END_DECLS
