/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the runs of a command in a library. */

#pragma once

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_CLI_LIBRARY_HELP N_("The folder of the library of runs")

typedef struct _AtelierCliLibrary AtelierCliLibrary;

/* Follows the runs of @trainer.  @folder: NULL for the user's.  @going_on: the id of a run that the
 * next one goes on with; nullable. */
AtelierCliLibrary *atelier_cli_library_new  (const char        *folder,
                                             AtelierTrainer    *trainer,
                                             const char        *going_on);
/* Writes what is not written yet and says on standard error what failed; runs the main context.
 * Takes the library, which may be NULL.  The id of the run that is kept; transfer full, NULL: none
 * is. */
char              *atelier_cli_library_end  (AtelierCliLibrary *library);

/* The model from which the run that begins with @run goes on, and its id; both transfer full. */
AtelierModel      *atelier_cli_library_load (const char        *folder,
                                             const char        *run,
                                             char             **id,
                                             GError           **error);

G_END_DECLS
