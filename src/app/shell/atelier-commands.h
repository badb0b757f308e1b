/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCommands - the actions on a session, and which of them are enabled.  Main thread. */

#pragma once

#include "session/atelier-session.h"
#include "shell/atelier-model-saver.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COMMANDS (atelier_commands_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCommands, atelier_commands, ATELIER, COMMANDS, GObject)

/* Adds to @window: run.toggle (train, pause or resume), run.stop; win.data (string, as for
 * atelier_session_load_data()), win.open-data, win.network (string: a preset), win.open-network,
 * win.save-model, win.save-and-close, win.stop-and-close.  The states of win.data and win.network
 * are what is chosen.  @window is borrowed, and must own the commands until it is finalized. */
AtelierCommands *atelier_commands_new (GtkApplicationWindow *window,
                                       AtelierSession       *session,
                                       AtelierModelSaver    *saver);

G_END_DECLS
