/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierFiguresWindow - the curves' figures as a table, for those who would rather read than look.
 */

#pragma once

#include <adwaita.h>

#include "focus/atelier-focus.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_FIGURES_WINDOW (atelier_figures_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierFiguresWindow, atelier_figures_window, ATELIER, FIGURES_WINDOW,
                      AdwWindow)

/* Action: "figures.copy": all of the table, as text with tabs.  Enter on a row makes its epoch the
 * focus's. */
AtelierFiguresWindow *atelier_figures_window_new     (GtkWindow            *parent,
                                                      AtelierFocus         *focus);
/* The table as it is copied; transfer full. */
char                 *atelier_figures_window_to_text (AtelierFiguresWindow *window);

G_END_DECLS
