/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierWindow - the window: header bar and pages over one session.  Main thread. */

#pragma once

#include "session/atelier-session.h"
#include "shell/atelier-application.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_WINDOW (atelier_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierWindow, atelier_window, ATELIER, WINDOW, AdwApplicationWindow)

/* Actions: those of AtelierCommands; win.page (string: the page that is shown), win.show-sidebar,
 * win.show-mistakes, win.save-report, win.help, and win.edit-in-draw (string, uint: a data set's
 * SHA-256, a picture's number in it), which puts a picture on the Draw page's pad and shows that
 * page.  The data set is the session's or that of the last run; nothing happens for others, and for
 * pictures in colour. */

AtelierWindow  *atelier_window_new         (AtelierApplication *application);
/* Borrowed; never replaced, and NULL when the window was closed. */
AtelierSession *atelier_window_get_session (AtelierWindow      *window);
/* Gives the window and its session what was kept of the last window, and keeps both from now on.
 * A toast tells of a run that was cut off, and offers to open what it has left.
 * @spec: the data set to load in place of the one that was kept; nullable.  To be called once,
 * before the window is shown. */
void            atelier_window_restore     (AtelierWindow      *window,
                                            const char         *spec);
/* As atelier_file_opener_open_async (), whose finish takes @result; the source of the callback is
 * the opener. */
void            atelier_window_open_files_async (AtelierWindow       *window,
                                                 GListModel          *files,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
/* Closes the window without a question: stops the run, waits for the batch that is under way, and
 * has the unsaved model written to the user's XDG state folder. */
void            atelier_window_end         (AtelierWindow      *window);

G_END_DECLS
