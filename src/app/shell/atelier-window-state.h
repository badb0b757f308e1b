/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierWindowState - what a window looks like and works on, kept in the program's settings from
 * one start to the next.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_WINDOW_STATE (atelier_window_state_get_type ())
G_DECLARE_FINAL_TYPE (AtelierWindowState, atelier_window_state, ATELIER, WINDOW_STATE, GObject)

/* Keeps the network and the recipe of @session, and what its data were loaded from, from now on.
 * NULL where the settings are not installed. */
AtelierWindowState *atelier_window_state_new     (AtelierSession     *session);
/* Gives @property of @object the value of the setting @key, and keeps it there from now on. */
void                atelier_window_state_bind    (AtelierWindowState *state,
                                                  const char         *key,
                                                  gpointer            object,
                                                  const char         *property);
/* Gives the session what was kept.  @spec: the data set to load in place of the one that was kept;
 * nullable.  What cannot come back fails in the session as if it were chosen now. */
void                atelier_window_state_restore (AtelierWindowState *state,
                                                  const char         *spec);

G_END_DECLS
