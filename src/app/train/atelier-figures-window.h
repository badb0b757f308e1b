/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierFiguresWindow - the figures of the curves as a table. */

#pragma once

#include <adwaita.h>

#include "focus/atelier-focus.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_FIGURES_WINDOW (atelier_figures_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierFiguresWindow, atelier_figures_window, ATELIER, FIGURES_WINDOW,
                      AdwWindow)

/* Action: "figures.copy": the whole table as text with tabs.  Enter on a row selects its epoch. */
AtelierFiguresWindow *atelier_figures_window_new     (GtkWindow            *parent,
                                                      AtelierFocus         *focus);
/* The text that "figures.copy" copies; transfer full. */
char                 *atelier_figures_window_to_text (AtelierFiguresWindow *window);

G_END_DECLS
