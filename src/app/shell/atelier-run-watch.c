/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connected to a trainer's signals; the window is only a place for its dialogs and toasts.  Main
 * thread. */

#include "config.h"

#include "shell/atelier-run-watch.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-dialogs.h"

struct _AtelierRunWatch
{
  GObject            parent_instance;

  guint              inhibit_cookie; /* 0 while the machine may sleep */

  /* Owned */
  AtelierTrainer    *trainer;
  AtelierModelSaver *saver;

  /* Borrowed */
  GtkWindow         *window;
};

G_DEFINE_FINAL_TYPE (AtelierRunWatch, atelier_run_watch, G_TYPE_OBJECT)

/* The machine is kept awake while a run computes, not while it is paused. */
static void
update_inhibit (AtelierRunWatch *self)
{
  GtkApplication *application = self->window ? gtk_window_get_application (self->window) : NULL;
  gboolean is_wanted = atelier_trainer_get_state (self->trainer) == ATELIER_TRAINER_RUNNING;

  if (application == NULL || is_wanted == (self->inhibit_cookie != 0))
    return;

  if (is_wanted)
    self->inhibit_cookie =
      gtk_application_inhibit (application, self->window,
                               GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                               _("A network is being trained"));
  else
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

/* How many epochs a run has trained; NULL when it has trained nothing. */
static char *
describe_end (AtelierHistory *history)
{
  guint n = atelier_history_get_n_epochs (history);
  gboolean has_part = atelier_history_get_n_batches (history)
                      > n * atelier_history_get_batches_per_epoch (history);
  g_autofree char *seconds = NULL;

  if (n == 0)
    return has_part ? g_strdup (_("Trained a part of epoch 1")) : NULL;
  if (has_part)
    return g_strdup_printf (ngettext ("Trained %u epoch and a part of epoch %u",
                                      "Trained %u epochs and a part of epoch %u", n),
                            n, n + 1);

  seconds = atelier_format_duration (atelier_history_get_figures (history, n - 1)->elapsed_seconds);

  return g_strdup_printf (ngettext ("Trained %u epoch in %s", "Trained %u epochs in %s", n), n,
                          seconds);
}

/* Whether the recipe's patience has ended it, and at how many epochs. */
static char *
describe_early_end (AtelierTrainer *trainer)
{
  const guint best
    = atelier_run_record_get_best_epoch (atelier_trainer_get_record (trainer));
  const guint n = atelier_trainer_get_epoch (trainer);

  /* Translators: %u are how many epochs were trained, and the number of the best of them */
  return g_strdup_printf (ngettext ("Stopped early after %u epoch; the best is epoch %u",
                                    "Stopped early after %u epochs; the best is epoch %u", n),
                          n, best);
}

static void
on_trainer_finished_cb (AtelierRunWatch *self,
                        const GError    *error)
{
  g_autofree char *text = NULL;

  if (self->window == NULL)
    return;
  if (error)
    {
      atelier_dialogs_show_error (self->window, _("Training Ended Early"), error);
      return;
    }

  text = atelier_trainer_has_ended_early (self->trainer)
           ? describe_early_end (self->trainer)
           : describe_end (atelier_trainer_get_history (self->trainer));
  if (text && atelier_trainer_get_model (self->trainer))
    atelier_model_saver_offer (self->saver, text);
}

static void
atelier_run_watch_dispose (GObject *object)
{
  AtelierRunWatch *self = ATELIER_RUN_WATCH (object);

  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->trainer);
  g_clear_object (&self->saver);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (atelier_run_watch_parent_class)->dispose (object);
}

static void
atelier_run_watch_class_init (AtelierRunWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_run_watch_dispose;
}

static void
atelier_run_watch_init (AtelierRunWatch *self)
{
}

AtelierRunWatch *
atelier_run_watch_new (GtkWindow         *window,
                       AtelierTrainer    *trainer,
                       AtelierModelSaver *saver)
{
  AtelierRunWatch *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);
  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (saver), NULL);

  self = g_object_new (ATELIER_TYPE_RUN_WATCH, NULL);
  g_set_weak_pointer (&self->window, window);
  self->trainer = g_object_ref (trainer);
  self->saver = g_object_ref (saver);
  g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (update_inhibit), self);
  g_signal_connect_swapped (trainer, "finished", G_CALLBACK (on_trainer_finished_cb), self);

  return self;
}
