/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signals during a training and the saving after it.
 *
 * GLib's own handlers stay in place as long as the sources exist, and only note the signal.  So a
 * signal that comes while a file is being saved, when no main loop runs, does no harm.  SIGHUP is
 * handled like Ctrl-C, so that the model is also saved when a connection is lost, unless nohup has
 * set it to be ignored.
 *
 * A pipe that nobody reads ("| head", or "| tee" after Ctrl-C) would end the process by SIGPIPE,
 * and the model with it.  That signal is ignored; the pipe is watched instead, and its end stops
 * the training as SIGHUP does.  SIGXFSZ, from a limit on the size of files, becomes an error of the
 * file.  Main thread.
 */

#include "config.h"

#include "atelier-cli-signals.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atelier-cli-progress.h"
#include "atelier-cli.h"

static void
stop (AtelierCliSignals *signals)
{
  signals->was_interrupted = TRUE;
  if (signals->trainer != NULL)
    atelier_trainer_stop (signals->trainer);
}

static gboolean
on_signal_cb (gpointer user_data)
{
  AtelierCliSignals *signals = user_data;

  atelier_cli_progress_clear ();
  if (signals->was_signalled)
    _exit (ATELIER_CLI_INTERRUPTED);
  atelier_cli_print (stderr, _("Interrupted: finishing the batch. "
                               "A second interrupt quits at once.\n"));
  signals->was_signalled = TRUE;
  stop (signals);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_reader_gone_cb (int          file,
                   GIOCondition condition,
                   gpointer     user_data)
{
  AtelierCliSignals *signals = user_data;

  signals->sources[3] = 0;
  signals->has_no_reader = TRUE;
  atelier_cli_progress_clear ();
  if (!signals->was_interrupted)
    atelier_cli_print (stderr, _("Nobody reads the output any more: finishing the batch.\n"));
  stop (signals);
  return G_SOURCE_REMOVE;
}

static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static gboolean
is_pipe (int file)
{
  struct stat status;

  return fstat (file, &status) == 0 && S_ISFIFO (status.st_mode);
}

void
atelier_cli_signals_begin (AtelierCliSignals *signals)
{
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  signals->sources[0] = g_unix_signal_add (SIGINT, on_signal_cb, signals);
  signals->sources[1] = g_unix_signal_add (SIGTERM, on_signal_cb, signals);
  if (!is_ignored (SIGHUP))
    signals->sources[2] = g_unix_signal_add (SIGHUP, on_signal_cb, signals);
  if (is_pipe (STDOUT_FILENO))
    signals->sources[3] = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_reader_gone_cb, signals);
}

void
atelier_cli_signals_end (AtelierCliSignals *signals)
{
  for (guint i = 0; i < G_N_ELEMENTS (signals->sources); i++)
    g_clear_handle_id (&signals->sources[i], g_source_remove);
}
