/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierApplication - the command line, the commands that need no window, and all keys. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_APPLICATION (atelier_application_get_type ())
G_DECLARE_FINAL_TYPE (AtelierApplication, atelier_application, ATELIER, APPLICATION, AdwApplication)

AtelierApplication *atelier_application_new (void);
/* As g_application_run ().  Once it has a window, SIGHUP, SIGINT and SIGTERM end the program as
 * Close does, but without a question: an unsaved model goes to the user's XDG state folder.  The
 * exit status is then 128 + the signal's number, as a shell's is for a program that was ended by
 * that signal.  A second signal ends it at once. */
int                 atelier_application_run (AtelierApplication *application,
                                             int                 argc,
                                             char              **argv);

G_END_DECLS
