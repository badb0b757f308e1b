/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a clipboard or a drop holds one picture or several is known only after reading it, so
 * AtelierIntake returns either the picture or the files.
 *
 * A request holds a reference to the opener and not to the widget, so that a closed page is freed
 * at once; its request ends as cancelled.
 */

#include "config.h"

#include "draw/intake/atelier-picture-opener.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "kit/atelier-drop-zone.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"

struct _AtelierPictureOpener
{
  GObject parent_instance;

  gboolean shows_list;

  /* Owned */
  AtelierPictureBatch *batch;
  AtelierStepChooser  *steps;
  GCancellable        *cancellable; /* of the newest request; NULL when it has ended */
  AtelierDropZone     *drop_zone;   /* NULL until it is added */

  /* Borrowed; weak */
  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (AtelierPictureOpener, atelier_picture_opener, G_TYPE_OBJECT)

enum
{
  PROP_IS_BUSY = 1,
  PROP_SHOWS_LIST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PREPARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Requests */

/* Cancels an earlier request, and gives the cancellable for a new one. */
static GCancellable *
begin_request (AtelierPictureOpener *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
  return self->cancellable;
}

static void
end_request (AtelierPictureOpener *self)
{
  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

/* What was opened, pasted or dropped on the pad. */
/* FALSE where there is a newer request, or the page was closed; else either @intake or @error is
 * set. */
static gboolean
finish_request (AtelierPictureOpener  *self,
                GAsyncResult          *result,
                AtelierIntake        **intake,
                GError               **error)
{
  *intake = atelier_intake_finish (result, error);
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  end_request (self);
  return TRUE;
}

static void
show_intake (AtelierPictureOpener *self,
             AtelierIntake        *intake)
{
  if (intake->files)
    atelier_picture_opener_open_files (self, intake->files);
  else if (intake->result->is_empty)
    atelier_toast_show (self->widget,
                        _("Nothing to see in this picture: it is the same all over."));
  else
    g_signal_emit (self, signals[SIGNAL_PREPARED], 0, intake);
}

static void
on_intake_ready_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AtelierPictureOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = NULL;

  if (!finish_request (self, result, &intake, &error))
    return;
  if (intake)
    show_intake (self, intake);
  else
    atelier_toast_show (self->widget, error->message);
}

/* What is left of a picture that is shown already may be nothing: that is shown too, or it would
 * seem to have gone through its new steps. */
static void
on_prepared_again_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (AtelierPictureOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = NULL;

  if (!finish_request (self, result, &intake, &error))
    return;
  if (!intake)
    {
      atelier_toast_show (self->widget, error->message);
      return;
    }
  if (intake->result->is_empty)
    atelier_toast_show (self->widget, _("Nothing is left of the picture after these steps."));
  g_signal_emit (self, signals[SIGNAL_PREPARED], 0, intake);
}

static void
open_list (AtelierPictureOpener *self,
           GListModel           *files)
{
  if (g_list_model_get_n_items (files) > 0)
    atelier_step_chooser_forget_pick (self->steps);
  atelier_picture_batch_open (self->batch, files);
  atelier_picture_opener_set_shows_list (self, g_list_model_get_n_items (files) > 0);
}

/* Callbacks */

/* Which kinds of pictures are read is in the message for another kind. */
static void
refuse_drop (AtelierPictureOpener *self,
             GError               *error)
{
  if (g_error_matches (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED))
    atelier_toast_show (self->widget, error->message);
  else
    atelier_drop_zone_refuse (self->drop_zone, error->message);
}

static void
on_dropped_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AtelierPictureOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = NULL;

  if (!finish_request (self, result, &intake, &error))
    return;
  if (intake)
    show_intake (self, intake);
  else
    refuse_drop (self, error);
}

static void
on_dropped_on_list_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (AtelierPictureOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = NULL;

  if (!finish_request (self, result, &intake, &error))
    return;
  if (!intake)
    refuse_drop (self, error);
  else if (intake->files)
    atelier_picture_batch_add (self->batch, intake->files);
  else
    atelier_picture_batch_add_bytes (self->batch, intake->bytes, intake->name);
}

/* The list takes what is dropped while it is shown. */
static void
on_drop_cb (AtelierPictureOpener *self,
            GdkDrop              *drop)
{
  AtelierInput input;

  atelier_step_chooser_get_input (self->steps, &input);
  atelier_intake_read_drop_async (drop, self->shows_list, &input, begin_request (self),
                                  self->shows_list ? on_dropped_on_list_cb : on_dropped_cb,
                                  g_object_ref (self));
}

static void
on_files_chosen_cb (GtkWidget  *widget,
                    GListModel *files,
                    gpointer    user_data)
{
  atelier_picture_opener_open_files (ATELIER_PICTURE_OPENER (user_data), files);
}

static void
on_open_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierPictureOpener *self = ATELIER_PICTURE_OPENER (user_data);
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_PICTURES,
    .title = _("Open Pictures"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .is_multiple = TRUE,
    .filter_name = _("Pictures"),
  };

  atelier_path_chooser_ask_files (self->widget, &request, on_files_chosen_cb, g_object_ref (self),
                                  g_object_unref);
}

static void
on_paste_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AtelierPictureOpener *self = ATELIER_PICTURE_OPENER (user_data);
  AtelierInput input;

  atelier_step_chooser_get_input (self->steps, &input);
  atelier_intake_read_clipboard_async (gtk_widget_get_clipboard (self->widget), &input,
                                       begin_request (self), on_intake_ready_cb,
                                       g_object_ref (self));
}

static void
on_close_pictures_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  g_autoptr (GListStore) nothing = g_list_store_new (G_TYPE_FILE);

  open_list (ATELIER_PICTURE_OPENER (user_data), G_LIST_MODEL (nothing));
}

static const GActionEntry action_entries[] = {
  { "open", on_open_cb },
  { "paste", on_paste_cb },
  { "close-pictures", on_close_pictures_cb },
};

/* Overrides */

static void
atelier_picture_opener_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  AtelierPictureOpener *self = ATELIER_PICTURE_OPENER (object);

  switch (property_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value, atelier_picture_opener_get_is_busy (self));
      break;
    case PROP_SHOWS_LIST:
      g_value_set_boolean (value, self->shows_list);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_picture_opener_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  AtelierPictureOpener *self = ATELIER_PICTURE_OPENER (object);

  switch (property_id)
    {
    case PROP_SHOWS_LIST:
      atelier_picture_opener_set_shows_list (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_picture_opener_dispose (GObject *object)
{
  AtelierPictureOpener *self = ATELIER_PICTURE_OPENER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->batch);
  g_clear_object (&self->steps);
  g_clear_object (&self->drop_zone);
  g_clear_weak_pointer (&self->widget);
  G_OBJECT_CLASS (atelier_picture_opener_parent_class)->dispose (object);
}

static void
atelier_picture_opener_class_init (AtelierPictureOpenerClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_picture_opener_get_property;
  object_class->set_property = atelier_picture_opener_set_property;
  object_class->dispose = atelier_picture_opener_dispose;

  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, readable);
  properties[PROP_SHOWS_LIST] =
    g_param_spec_boolean ("shows-list", NULL, NULL, FALSE, readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PREPARED] =
    g_signal_new ("prepared", ATELIER_TYPE_PICTURE_OPENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
atelier_picture_opener_init (AtelierPictureOpener *self)
{
}

AtelierPictureOpener *
atelier_picture_opener_new (GtkWidget           *widget,
                            AtelierPictureBatch *batch,
                            AtelierStepChooser  *steps)
{
  AtelierPictureOpener *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (ATELIER_IS_PICTURE_BATCH (batch), NULL);
  g_return_val_if_fail (ATELIER_IS_STEP_CHOOSER (steps), NULL);

  self = g_object_new (ATELIER_TYPE_PICTURE_OPENER, NULL);
  self->batch = g_object_ref (batch);
  self->steps = g_object_ref (steps);
  g_set_weak_pointer (&self->widget, widget);
  return self;
}

void
atelier_picture_opener_add_actions (AtelierPictureOpener *self,
                                    GActionMap           *actions)
{
  g_autoptr (GPropertyAction) shows_list = NULL;

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (G_IS_ACTION_MAP (actions));

  g_action_map_add_action_entries (actions, action_entries, G_N_ELEMENTS (action_entries), self);
  shows_list = g_property_action_new ("show-pictures", self, "shows-list");
  g_action_map_add_action (actions, G_ACTION (shows_list));
}

void
atelier_picture_opener_add_drop_zone (AtelierPictureOpener *self)
{
  g_autoptr (GdkContentFormats) formats = atelier_intake_new_formats ();

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (self->drop_zone == NULL);

  self->drop_zone =
    atelier_drop_zone_new (self->widget, formats, _("Pictures can be dropped here."));
  g_signal_connect_object (self->drop_zone, "drop", G_CALLBACK (on_drop_cb), self,
                           G_CONNECT_SWAPPED);
}

gboolean
atelier_picture_opener_get_is_busy (AtelierPictureOpener *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_OPENER (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
atelier_picture_opener_get_shows_list (AtelierPictureOpener *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_OPENER (self), FALSE);

  return self->shows_list;
}

void
atelier_picture_opener_set_shows_list (AtelierPictureOpener *self,
                                       gboolean              shows_list)
{
  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));

  if (self->shows_list == shows_list)
    return;
  self->shows_list = shows_list;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWS_LIST]);
}

void
atelier_picture_opener_open_file (AtelierPictureOpener *self,
                                  GFile                *file)
{
  AtelierInput input;

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (G_IS_FILE (file));

  atelier_step_chooser_get_input (self->steps, &input);
  atelier_intake_read_file_async (file, &input, begin_request (self), on_intake_ready_cb,
                                  g_object_ref (self));
}

void
atelier_picture_opener_open_item (AtelierPictureOpener *self,
                                  AtelierBatchItem     *item)
{
  AtelierInput input;

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (ATELIER_IS_BATCH_ITEM (item));

  if (atelier_batch_item_get_file (item))
    {
      atelier_picture_opener_open_file (self, atelier_batch_item_get_file (item));
      return;
    }
  atelier_step_chooser_get_input (self->steps, &input);
  atelier_intake_read_bytes_async (atelier_batch_item_get_bytes (item),
                                   atelier_batch_item_get_name (item), &input,
                                   begin_request (self), on_intake_ready_cb, g_object_ref (self));
}

void
atelier_picture_opener_open_files (AtelierPictureOpener *self,
                                   GListModel           *files)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  if (g_list_model_get_n_items (files) > 1)
    {
      open_list (self, files);
      return;
    }
  file = g_list_model_get_item (files, 0);
  if (file)
    atelier_picture_opener_open_file (self, file);
}

void
atelier_picture_opener_prepare_again (AtelierPictureOpener *self,
                                      AtelierPicture       *picture)
{
  AtelierInput input;

  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));
  g_return_if_fail (picture != NULL);

  atelier_step_chooser_get_picture_input (self->steps, &input);
  atelier_intake_run_async (picture, &input, begin_request (self), on_prepared_again_cb,
                            g_object_ref (self));
}

void
atelier_picture_opener_cancel (AtelierPictureOpener *self)
{
  g_return_if_fail (ATELIER_IS_PICTURE_OPENER (self));

  if (!self->cancellable)
    return;
  g_cancellable_cancel (self->cancellable);
  end_request (self);
}
