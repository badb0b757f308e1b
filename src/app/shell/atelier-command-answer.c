/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A process that hands its command line to a running program ends when the command line is freed
 * there, with the status that it was given.  Files are read on other threads; while the session
 * does that, it holds the answer.  Main thread.
 */

#include "config.h"

#include "shell/atelier-command-answer.h"

struct _AtelierCommandAnswer
{
  GObject                  parent_instance;

  gboolean                 is_held; /* by the session's reading */

  /* Owned */
  GApplicationCommandLine *command_line;
};

G_DEFINE_FINAL_TYPE (AtelierCommandAnswer, atelier_command_answer, G_TYPE_OBJECT)

static void
on_session_is_opening_notify_cb (AtelierCommandAnswer *self,
                                 GParamSpec           *pspec,
                                 AtelierSession       *session)
{
  gboolean is_opening = atelier_session_get_is_opening (session);

  if (self->is_held == is_opening)
    return;

  self->is_held = is_opening;
  if (is_opening)
    g_object_ref (self);
  else
    g_object_unref (self);
}

static void
on_session_failed_cb (AtelierCommandAnswer *self,
                      AtelierSessionTask    task,
                      const GError         *error)
{
  if (task != ATELIER_SESSION_START_TRAINING)
    atelier_command_answer_complain (self, error->message);
}

static void
atelier_command_answer_finalize (GObject *object)
{
  g_clear_object (&ATELIER_COMMAND_ANSWER (object)->command_line);

  G_OBJECT_CLASS (atelier_command_answer_parent_class)->finalize (object);
}

static void
atelier_command_answer_class_init (AtelierCommandAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_command_answer_finalize;
}

static void
atelier_command_answer_init (AtelierCommandAnswer *self)
{
}

AtelierCommandAnswer *
atelier_command_answer_new (GApplicationCommandLine *command_line,
                            AtelierSession          *session)
{
  AtelierCommandAnswer *self;

  g_return_val_if_fail (G_IS_APPLICATION_COMMAND_LINE (command_line), NULL);
  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);

  self = g_object_new (ATELIER_TYPE_COMMAND_ANSWER, NULL);
  self->command_line = g_object_ref (command_line);
  g_signal_connect_object (session, "failed", G_CALLBACK (on_session_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-opening",
                           G_CALLBACK (on_session_is_opening_notify_cb), self, G_CONNECT_SWAPPED);
  on_session_is_opening_notify_cb (self, NULL, session);

  return self;
}

void
atelier_command_answer_complain (AtelierCommandAnswer *self,
                                 const char           *complaint)
{
  g_return_if_fail (ATELIER_IS_COMMAND_ANSWER (self));
  g_return_if_fail (complaint != NULL);

  g_application_command_line_printerr (self->command_line, "%s\n", complaint);
  g_application_command_line_set_exit_status (self->command_line, 1);
}
