/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCommands - the window's actions, and which of them can be done now.  Main thread. */

#pragma once

#include "shell/atelier-model-saver.h"
#include "shell/atelier-window.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COMMANDS (atelier_commands_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCommands, atelier_commands, ATELIER, COMMANDS, GObject)

/* Adds the actions to @window, which owns the commands until it is finalized.  atelier-window.h
 * lists them. */
AtelierCommands *atelier_commands_new (AtelierWindow     *window,
                                       AtelierModelSaver *saver);

G_END_DECLS
