/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRateWindow - finds a learning rate for the session's network, recipe and data, and sets it
 * in the recipe where a person takes it.
 *
 * The search begins when the window is made and ends with it.  A modal window: the session cannot
 * change meanwhile.  Main thread.
 */

#pragma once

#include <adwaita.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RATE_WINDOW (atelier_rate_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRateWindow, atelier_rate_window, ATELIER, RATE_WINDOW, AdwWindow)

GtkWidget *atelier_rate_window_new (GtkWindow      *parent,
                                    AtelierSession *session);

G_END_DECLS
