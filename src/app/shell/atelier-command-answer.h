/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCommandAnswer - says where a command was given what of it failed.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COMMAND_ANSWER (atelier_command_answer_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCommandAnswer, atelier_command_answer, ATELIER, COMMAND_ANSWER,
                      GObject)

/* Holds the command line, whose process waits meanwhile, until the last reference is dropped and
 * @session has opened all files: what fails there until then is said. */
AtelierCommandAnswer *atelier_command_answer_new      (GApplicationCommandLine *command_line,
                                                       AtelierSession          *session);
void                  atelier_command_answer_complain (AtelierCommandAnswer    *answer,
                                                       const char              *complaint);

G_END_DECLS
