/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunSample - a piece of the line that a ticked run's curve has, in its colour and dash;
 * draws nothing for a run that is not ticked.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_SAMPLE (atelier_run_sample_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunSample, atelier_run_sample, ATELIER, RUN_SAMPLE, GtkWidget)

GtkWidget *atelier_run_sample_new       (void);
/* As an item's color; -1: nothing. */
void       atelier_run_sample_set_color (AtelierRunSample *sample,
                                         int               color);

G_END_DECLS
