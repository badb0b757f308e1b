/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No model is lost without a question.
 *
 * A model is immutable, so the saver remembers the one that it wrote last and compares pointers to
 * tell whether the trainer's is saved.  When a run starts, the unsaved model of the run before goes
 * to the user's XDG state folder.  A toast holds the model that it offers to save, so that it never
 * saves another run's.  Files are written on a thread of GTask's pool.  The application is held
 * until a file is complete, even when the window is closed meanwhile.  Main thread.
 */

#include "config.h"

#include "shell/atelier-model-saver.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kit/atelier-dialogs.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "results/atelier-history-log.h"
#include "session/atelier-file-jobs.h"
#include "shell/atelier-model-rescue.h"
#include "shell/atelier-run-keeper.h"
#include "shell/atelier-weights-dialog.h"
#include "training/atelier-run-weights.h"

#define MODEL_SUFFIX ".safetensors"

/* Writes the model that there was when the request was made. */
typedef struct
{
  AtelierModelSaver *saver; /* Owned */
  AtelierModel      *model; /* Owned */
  AtelierHistory    *history; /* Owned; nullable */
  AtelierModel      *of;    /* Owned; what the trainer had published, perhaps other weights */
  char              *path;  /* Owned; NULL while it is being chosen */
  gboolean           closes;
} SaveRequest;

/* A model, and what the file dialog says of it. */
typedef struct
{
  AtelierModelSaver *saver;    /* Owned */
  AtelierModel      *model;    /* Owned */
  AtelierHistory    *history;  /* Owned; of its run; nullable: the model has its own */
  AtelierModel      *of;       /* Owned; what the trainer had published, perhaps other weights */
  char              *name;     /* Owned; the file name that is suggested */
  gboolean           has_part; /* of an epoch after the model's finished ones */
} Offer;

struct _AtelierModelSaver
{
  GObject           parent_instance;

  /* Owned */
  AtelierTrainer   *trainer;     /* the session's */
  AtelierRunKeeper *keeper;      /* of the trainer's runs */
  AtelierModel     *saved_model; /* the last that was written to a file */
  Offer            *aside;       /* of the run before, while a run starts */

  /* Borrowed */
  GtkWindow        *window;
};

G_DEFINE_FINAL_TYPE (AtelierModelSaver, atelier_model_saver, G_TYPE_OBJECT)

static void
clear_save_request (gpointer data)
{
  SaveRequest *request = data;

  g_clear_object (&request->saver);
  g_clear_pointer (&request->model, atelier_model_unref);
  g_clear_object (&request->history);
  g_clear_pointer (&request->of, atelier_model_unref);
  g_free (request->path);
}

static void
save_request_unref (gpointer request)
{
  g_rc_box_release_full (request, clear_save_request);
}

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->saver);
  atelier_model_unref (offer->model);
  g_clear_object (&offer->history);
  atelier_model_unref (offer->of);
  g_free (offer->name);
  g_free (offer);
}

/* An epoch was trained in part. */
static gboolean
is_in_mid_epoch (AtelierHistory *history)
{
  return history
         && atelier_history_get_n_batches (history)
              > atelier_history_get_n_epochs (history)
                  * atelier_history_get_batches_per_epoch (history);
}

/* "Report 2, convolutional, epoch 3.safetensors"; "epoch 3+" when epoch 4 was trained in part;
 * "averaged, epoch 3", "best, epoch 2". */
static char *
suggest_name (AtelierModel *model,
              gboolean      has_part)
{
  static const char * const words[ATELIER_N_WEIGHTS] = {
    [ATELIER_WEIGHTS_NEWEST] = "",
    [ATELIER_WEIGHTS_BEST] = ", best",
    [ATELIER_WEIGHTS_AVERAGED] = ", averaged",
  };
  char *name = g_strdup_printf ("%s%s, epoch %u%s" MODEL_SUFFIX,
                                atelier_network_get_name (atelier_model_get_network (model)),
                                words[atelier_model_get_weights (model)],
                                atelier_model_get_n_epochs (model),
                                has_part ? "+" : "");

  return g_strdelimit (name, "/", '-');
}

/* The file dialog's title: whose weights are saved, whichever epoch or run is on the screen. */
static char *
describe_weights (const Offer *offer)
{
  gboolean is_newest = offer->of == atelier_trainer_get_model (offer->saver->trainer);
  AtelierWeights weights = atelier_model_get_weights (offer->model);
  guint n = atelier_model_get_n_epochs (offer->model);

  if (is_newest && weights == ATELIER_WEIGHTS_BEST)
    return g_strdup_printf (_("Save the Weights of the Best Epoch, %u"), n);
  if (is_newest && weights == ATELIER_WEIGHTS_AVERAGED)
    return g_strdup_printf (_("Save the Averaged Weights After Epoch %u"), n);
  if (is_newest && offer->has_part)
    return g_strdup_printf (_("Save the Weights of a Part of Epoch %u, the Newest"), n + 1);
  if (is_newest)
    return g_strdup_printf (_("Save the Weights After Epoch %u, the Newest"), n);
  if (offer->has_part)
    return g_strdup_printf (_("Save the Earlier Run’s Weights of a Part of Epoch %u"), n + 1);

  return g_strdup_printf (_("Save the Earlier Run’s Weights After Epoch %u"), n);
}

/* @model: the trainer's of this moment, or with other weights of its run. */
static Offer *
offer_new_of (AtelierModelSaver *self,
              AtelierModel      *model)
{
  Offer *offer = g_new0 (Offer, 1);

  offer->saver = g_object_ref (self);
  offer->model = atelier_model_ref (model);
  offer->of = atelier_model_ref (atelier_trainer_get_model (self->trainer));
  g_set_object (&offer->history, atelier_trainer_get_own_history (self->trainer));
  offer->has_part = atelier_model_get_weights (model) != ATELIER_WEIGHTS_BEST
                    && is_in_mid_epoch (atelier_trainer_get_history (self->trainer));
  offer->name = suggest_name (model, offer->has_part);

  return offer;
}

/* The trainer's model of this moment. */
static Offer *
offer_new (AtelierModelSaver *self)
{
  return offer_new_of (self, atelier_trainer_get_model (self->trainer));
}

/* Adds the extension to a name that has none.  A dot begins an extension when a letter follows, so
 * "mine v1.2" has none. */
static char *
add_suffix (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');

  if (dot && dot != name && g_ascii_isalpha (dot[1]))
    return g_strdup (path);

  return g_strconcat (path, MODEL_SUFFIX, NULL);
}

/* An earlier run's model need not be remembered.  Whichever of its weights a person chose, the run
 * is saved. */
static void
note_saved (AtelierModelSaver *self,
            AtelierModel      *model)
{
  if (model != atelier_trainer_get_model (self->trainer))
    return;

  atelier_model_ref (model);
  g_clear_pointer (&self->saved_model, atelier_model_unref);
  self->saved_model = model;
  atelier_run_keeper_drop (self->keeper);
}

static void
show_saved (AtelierModelSaver *self,
            const char        *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_filename_display_basename (dir);
  /* Translators: a file and its folder: "Saved mine.safetensors in Documents". */
  g_autofree char *text = g_strdup_printf (_("Saved %s in %s"), name, folder);

  atelier_toast_offer (GTK_WIDGET (self->window), text, NULL, NULL);
}

static void
on_model_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  SaveRequest *request = user_data;
  AtelierModelSaver *self = request->saver;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = atelier_file_jobs_save_model_finish (result, &error);

  g_application_release (g_application_get_default ());
  if (!is_saved)
    g_message ("%s", error->message);

  /* The window may have been closed meanwhile. */
  if (self->window && is_saved)
    {
      note_saved (self, request->of);
      show_saved (self, request->path);
      if (request->closes)
        gtk_window_close (self->window);
    }
  else if (self->window)
    atelier_dialogs_show_error (self->window, _("The Model Could Not Be Saved"), error);
  save_request_unref (request);
}

/* With what is known of its run by now.  Transfer full. */
static AtelierModel *
add_history (AtelierModel   *model,
             AtelierHistory *history)
{
  return history ? atelier_history_log_model (history, model) : atelier_model_ref (model);
}

static void
on_path_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  SaveRequest *request = g_rc_box_acquire (user_data);
  g_autoptr (AtelierModel) model = add_history (request->model, request->history);

  request->path = add_suffix (path);
  g_application_hold (g_application_get_default ());
  /* The chooser asked whether to replace the file of the typed name, not one with an extension. */
  atelier_file_jobs_save_model_async (model, request->path,
                                      g_str_equal (request->path, path), NULL, on_model_saved_cb,
                                      request);
}

static void
ask_where_to_save (const Offer *offer,
                   gboolean     closes)
{
  g_autofree char *title = describe_weights (offer);
  const AtelierPathRequest path_request = {
    .purpose = ATELIER_PATH_MODELS,
    .title = title,
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .suggested_name = offer->name,
  };
  SaveRequest *request = g_rc_box_new0 (SaveRequest);

  request->saver = g_object_ref (offer->saver);
  request->model = atelier_model_ref (offer->model);
  g_set_object (&request->history, offer->history);
  request->of = atelier_model_ref (offer->of);
  request->closes = closes;
  atelier_path_chooser_ask (offer->saver->window, &path_request, on_path_chosen_cb, request,
                            save_request_unref);
}

/* The question whose weights are saved, while it is open. */
typedef struct
{
  AtelierModelSaver *saver; /* Owned */
  gboolean           closes;
} WeightsRequest;

static void
weights_request_free (gpointer data)
{
  WeightsRequest *request = data;

  g_object_unref (request->saver);
  g_free (request);
}

/* The run may have gone on, or another begun, while the question was open. */
static void
on_weights_chosen_cb (AtelierWeights which,
                      gpointer       user_data)
{
  WeightsRequest *request = user_data;
  AtelierModelSaver *self = request->saver;
  g_autoptr (AtelierModel) model = atelier_run_weights_pick (self->trainer, ATELIER_RUN_NOW, which);
  Offer *offer;

  if (self->window == NULL || atelier_trainer_get_model (self->trainer) == NULL)
    return;
  offer = model ? offer_new_of (self, model) : offer_new (self);
  ask_where_to_save (offer, request->closes);
  offer_free (offer);
}

/* The button of a toast, which frees the offer. */
static void
on_offer_accepted_cb (gpointer user_data)
{
  Offer *offer = user_data;

  if (!offer->saver->window)
    return;
  if (offer->of == atelier_trainer_get_model (offer->saver->trainer))
    atelier_model_saver_save (offer->saver, FALSE);
  else
    ask_where_to_save (offer, FALSE);
}

static void
atelier_model_saver_finalize (GObject *object)
{
  AtelierModelSaver *self = ATELIER_MODEL_SAVER (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->trainer);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->saved_model, atelier_model_unref);
  g_clear_pointer (&self->aside, offer_free);

  G_OBJECT_CLASS (atelier_model_saver_parent_class)->finalize (object);
}

static void
atelier_model_saver_class_init (AtelierModelSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_model_saver_finalize;
}

static void
atelier_model_saver_init (AtelierModelSaver *self)
{
}

AtelierModelSaver *
atelier_model_saver_new (GtkWindow      *window,
                         AtelierSession *session)
{
  AtelierModelSaver *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);

  self = g_object_new (ATELIER_TYPE_MODEL_SAVER, NULL);
  g_set_weak_pointer (&self->window, window);
  self->trainer = g_object_ref (atelier_session_get_trainer (session));
  self->keeper = atelier_run_keeper_new (self->trainer);

  return self;
}

gboolean
atelier_model_saver_has_unsaved (AtelierModelSaver *self)
{
  AtelierModel *model;

  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (self), FALSE);

  model = atelier_trainer_get_model (self->trainer);

  return model && model != self->saved_model
         && model != atelier_trainer_get_opened (self->trainer)
         && !atelier_trainer_is_active (self->trainer);
}

void
atelier_model_saver_save (AtelierModelSaver *self,
                          gboolean           closes)
{
  AtelierRunWeights list[ATELIER_N_WEIGHTS];
  WeightsRequest *request;
  guint n;

  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));
  g_return_if_fail (atelier_trainer_get_model (self->trainer) != NULL);

  n = atelier_run_weights_list (self->trainer, ATELIER_RUN_NOW, list);
  request = g_new0 (WeightsRequest, 1);
  request->saver = g_object_ref (self);
  request->closes = closes;
  if (n > 1)
    atelier_weights_dialog_ask (self->window, _("Which Weights Should Be Saved?"), list, n,
                                on_weights_chosen_cb, request, weights_request_free);
  else
    {
      on_weights_chosen_cb (list[0].which, request);
      weights_request_free (request);
    }
}

void
atelier_model_saver_offer (AtelierModelSaver *self,
                           const char        *message)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));
  g_return_if_fail (message != NULL);
  g_return_if_fail (atelier_trainer_get_model (self->trainer) != NULL);

  if (self->window)
    atelier_toast_offer_call (GTK_WIDGET (self->window), message, _("Save…"), FALSE,
                              on_offer_accepted_cb, offer_new (self), offer_free);
}

/* Takes the keeper. */
static void
on_rescued_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AtelierRunKeeper) keeper = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = atelier_model_rescue_finish (result, &error);
  g_autofree char *shown = path ? g_filename_display_name (path) : NULL;

  if (path)
    {
      atelier_run_keeper_drop (keeper);
      g_printerr (_("The model was saved to %s.\n"), shown);
    }
  else
    g_printerr (_("The model was not saved: %s\n"), error->message);
}

void
atelier_model_saver_rescue (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  atelier_run_keeper_stop (self->keeper);
  if (atelier_model_saver_has_unsaved (self))
    {
      AtelierHistory *history = atelier_trainer_get_own_history (self->trainer);
      g_autoptr (AtelierModel) model
        = add_history (atelier_trainer_get_model (self->trainer), history);

      atelier_model_rescue_async (model, on_rescued_cb, g_object_ref (self->keeper));
    }
}

void
atelier_model_saver_discard (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  atelier_run_keeper_stop (self->keeper);
  atelier_run_keeper_drop (self->keeper);
}

void
atelier_model_saver_set_aside (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  g_clear_pointer (&self->aside, offer_free);
  if (atelier_model_saver_has_unsaved (self))
    self->aside = offer_new (self);
}

/* Takes the offer. */
static void
on_kept_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Offer *offer = user_data;
  GtkWindow *window = offer->saver->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = atelier_model_rescue_finish (result, &error);
  g_autofree char *name = path ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;

  if (path)
    text = g_strdup_printf (_("The last run was kept as %s"), name);
  else
    text = g_strdup_printf (_("The last run is not saved: %s"), error->message);

  if (window)
    atelier_toast_offer_call (GTK_WIDGET (window), text, _("Save As…"), path == NULL,
                              on_offer_accepted_cb, offer, offer_free);
  else
    {
      g_message ("%s", text);
      offer_free (offer);
    }
}

void
atelier_model_saver_keep_aside (AtelierModelSaver *self,
                                gboolean           has_started)
{
  Offer *offer;

  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  offer = g_steal_pointer (&self->aside);
  if (offer && has_started)
    {
      g_autoptr (AtelierModel) model = add_history (offer->model, offer->history);

      atelier_model_rescue_async (model, on_kept_cb, offer);
    }
  else if (offer)
    offer_free (offer);
}
