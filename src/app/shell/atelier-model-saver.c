/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No model is lost without a question or a message.
 *
 * A model is immutable, so the saver remembers the one that it wrote last and compares pointers to
 * tell whether the trainer's is saved.  The model of the run before is kept until the next unsaved
 * one replaces it.  Files are written on a thread of GTask's pool.  The application is held until a
 * file is complete, even when the window is closed meanwhile.  Main thread.
 */

#include "config.h"

#include "shell/atelier-model-saver.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kit/atelier-dialogs.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "session/atelier-file-jobs.h"

#define MODEL_SUFFIX ".safetensors"

/* Writes the model that there was when the request was made. */
typedef struct
{
  AtelierModelSaver *saver; /* Owned */
  AtelierModel      *model; /* Owned */
  char              *path;  /* Owned; NULL while it is being chosen */
  gboolean           closes;
} SaveRequest;

/* A model and the file name that is suggested for it. */
typedef struct
{
  AtelierModel *model; /* Owned */
  char         *name;  /* Owned */
} NamedModel;

struct _AtelierModelSaver
{
  GObject         parent_instance;

  /* Owned */
  AtelierTrainer *trainer;     /* the session's */
  AtelierModel   *saved_model; /* the last that was written to a file */
  NamedModel      last;        /* of the run before, which was not saved */
  NamedModel      aside;       /* while a run starts */

  /* Borrowed */
  GtkWindow      *window;
};

G_DEFINE_FINAL_TYPE (AtelierModelSaver, atelier_model_saver, G_TYPE_OBJECT)

enum
{
  PROP_HAS_LAST = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
clear_save_request (gpointer data)
{
  SaveRequest *request = data;

  g_clear_object (&request->saver);
  g_clear_pointer (&request->model, atelier_model_unref);
  g_free (request->path);
}

static void
save_request_unref (gpointer request)
{
  g_rc_box_release_full (request, clear_save_request);
}

static void
clear_named (NamedModel *named)
{
  g_clear_pointer (&named->model, atelier_model_unref);
  g_clear_pointer (&named->name, g_free);
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

/* "Report 2, convolutional, epoch 3.safetensors"; "epoch 3+" when epoch 4 was trained in part. */
static char *
suggest_name (AtelierTrainer *trainer)
{
  AtelierModel *model = atelier_trainer_get_model (trainer);
  gboolean has_part = is_in_mid_epoch (atelier_trainer_get_history (trainer));
  char *name = g_strdup_printf ("%s, epoch %u%s" MODEL_SUFFIX,
                                atelier_network_get_name (atelier_model_get_network (model)),
                                atelier_model_get_n_epochs (model),
                                has_part ? "+" : "");

  return g_strdelimit (name, "/", '-');
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

static void
set_last (AtelierModelSaver *self,
          NamedModel         last) /* transfer full */
{
  gboolean had_last = self->last.model != NULL;

  clear_named (&self->last);
  self->last = last;
  if (had_last != (last.model != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_LAST]);
}

static void
note_saved (AtelierModelSaver *self,
            AtelierModel      *model)
{
  if (model == self->last.model)
    {
      set_last (self, (NamedModel) { NULL, NULL });
      return;
    }

  g_clear_pointer (&self->saved_model, atelier_model_unref);
  self->saved_model = atelier_model_ref (model);
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
      note_saved (self, request->model);
      show_saved (self, request->path);
      if (request->closes)
        gtk_window_close (self->window);
    }
  else if (self->window)
    atelier_dialogs_show_error (self->window, _("The model could not be saved"), error);
  save_request_unref (request);
}

static void
on_path_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  SaveRequest *request = g_rc_box_acquire (user_data);

  request->path = add_suffix (path);
  g_application_hold (g_application_get_default ());
  /* The chooser asked whether to replace the file of the typed name, not one with an extension. */
  atelier_file_jobs_save_model_async (request->model, request->path,
                                      g_str_equal (request->path, path), NULL, on_model_saved_cb,
                                      request);
}

static void
ask_where_to_save (AtelierModelSaver *self,
                   AtelierModel      *model,
                   const char        *name,
                   gboolean           closes)
{
  const AtelierPathRequest path_request = {
    .title = _("Save the Model"),
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .suggested_name = name,
  };
  SaveRequest *request = g_rc_box_new0 (SaveRequest);

  request->saver = g_object_ref (self);
  request->model = atelier_model_ref (model);
  request->closes = closes;
  atelier_path_chooser_ask (self->window, &path_request, on_path_chosen_cb, request,
                            save_request_unref);
}

static void
atelier_model_saver_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_HAS_LAST:
      g_value_set_boolean (value, ATELIER_MODEL_SAVER (object)->last.model != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_model_saver_finalize (GObject *object)
{
  AtelierModelSaver *self = ATELIER_MODEL_SAVER (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->trainer);
  g_clear_pointer (&self->saved_model, atelier_model_unref);
  clear_named (&self->last);
  clear_named (&self->aside);

  G_OBJECT_CLASS (atelier_model_saver_parent_class)->finalize (object);
}

static void
atelier_model_saver_class_init (AtelierModelSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_model_saver_get_property;
  object_class->finalize = atelier_model_saver_finalize;

  properties[PROP_HAS_LAST] =
    g_param_spec_boolean ("has-last", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
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

  return self;
}

gboolean
atelier_model_saver_has_unsaved (AtelierModelSaver *self)
{
  AtelierModel *model;

  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (self), FALSE);

  model = atelier_trainer_get_model (self->trainer);

  return model && model != self->saved_model && !atelier_trainer_is_active (self->trainer);
}

gboolean
atelier_model_saver_get_has_last (AtelierModelSaver *self)
{
  g_return_val_if_fail (ATELIER_IS_MODEL_SAVER (self), FALSE);

  return self->last.model != NULL;
}

void
atelier_model_saver_save (AtelierModelSaver *self,
                          gboolean           closes)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));
  g_return_if_fail (atelier_trainer_get_model (self->trainer) != NULL);

  name = suggest_name (self->trainer);
  ask_where_to_save (self, atelier_trainer_get_model (self->trainer), name, closes);
}

void
atelier_model_saver_save_last (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));
  g_return_if_fail (self->last.model != NULL);

  ask_where_to_save (self, self->last.model, self->last.name, FALSE);
}

void
atelier_model_saver_set_aside (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  clear_named (&self->aside);
  if (!atelier_model_saver_has_unsaved (self))
    return;

  self->aside.model = atelier_model_ref (atelier_trainer_get_model (self->trainer));
  self->aside.name = suggest_name (self->trainer);
}

void
atelier_model_saver_keep_aside (AtelierModelSaver *self)
{
  g_return_if_fail (ATELIER_IS_MODEL_SAVER (self));

  if (self->aside.model == NULL)
    return;

  set_last (self, self->aside);
  self->aside = (NamedModel) { NULL, NULL };
  if (self->window)
    atelier_toast_offer (GTK_WIDGET (self->window), _("The last run was not saved"),
                         _("Save It"), "win.save-last-model");
}
