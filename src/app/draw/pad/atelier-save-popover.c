/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request holds a copy of the drawing's bytes, so that drawing can go on while they are written.
 * Only one is written at a time, because atelier_drawings_save_png() numbers the files of a folder.
 */

#include "config.h"

#include "draw/pad/atelier-save-popover.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "data/atelier-dataset.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "picture/atelier-drawings.h"
#include "picture/atelier-picture.h"

struct _AtelierSavePopover
{
  GtkPopover parent_instance;

  gboolean is_busy;

  /* Owned */
  AtelierSketch      *sketch;      /* nullable */
  GStrv               class_names; /* nullable */
  char               *folder;
  char               *last_path; /* of the drawing that was added last; nullable */
  GSimpleActionGroup *actions;

  /* Borrowed; weak: where toasts are shown, whose buttons look for actions there */
  GtkWidget *overlay;

  /* Template children */
  GtkWidget   *class_box;
  GtkDropDown *class_drop_down;
  GtkLabel    *folder_label;
};

G_DEFINE_FINAL_TYPE (AtelierSavePopover, atelier_save_popover, GTK_TYPE_POPOVER)

enum
{
  PROP_IS_BUSY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  char    *path;       /* Owned; NULL: into the folder */
  char    *folder;     /* Owned */
  char    *class_name; /* Owned; nullable */
  guint8  *pixels;     /* Owned; [height, width] */
  guint    width;
  guint    height;
  gboolean fits;
} Request;

static void
request_free (Request *request)
{
  g_free (request->path);
  g_free (request->folder);
  g_free (request->class_name);
  g_free (request->pixels);
  g_free (request);
}

static Request *
request_new (AtelierSavePopover *self)
{
  Request *request = g_new0 (Request, 1);

  request->width = atelier_sketch_get_width (self->sketch);
  request->height = atelier_sketch_get_height (self->sketch);
  request->pixels = g_memdup2 (atelier_sketch_get_pixels (self->sketch),
                               (gsize) request->width * request->height);
  request->fits = atelier_sketch_get_fits (self->sketch);
  request->folder = g_strdup (self->folder);
  return request;
}

static void
set_action_enabled (AtelierSavePopover *self,
                    const char         *name,
                    gboolean            is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
update_actions (AtelierSavePopover *self)
{
  gboolean can_save =
    self->sketch && !atelier_sketch_get_is_empty (self->sketch) && !self->is_busy;

  set_action_enabled (self, "save", can_save);
  set_action_enabled (self, "add-drawing", can_save && self->class_names);
  set_action_enabled (self, "take-back", self->last_path && !self->is_busy);
}

static void
set_is_busy (AtelierSavePopover *self,
             gboolean            is_busy)
{
  self->is_busy = is_busy;
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

/* Writing */

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  char *path = NULL;

  if (!request->path)
    path = atelier_drawings_save_png (request->folder, request->class_name, request->pixels,
                                      request->width, request->height, request->fits, &error);
  else if (atelier_picture_save_drawing_png (request->pixels, request->width, request->height,
                                             request->fits, request->path, &error))
    path = g_strdup (request->path);
  if (path)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

/* The toast is not inside the page, so the action for its button is added to the overlay. */
static void
offer_to_take_back (AtelierSavePopover *self,
                    const char         *message)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (g_set_weak_pointer (&self->overlay, overlay) && overlay)
    gtk_widget_insert_action_group (overlay, "drawings", G_ACTION_GROUP (self->actions));
  atelier_toast_offer (GTK_WIDGET (self), message, _("_Undo"), "drawings.take-back");
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  AtelierSavePopover *self = ATELIER_SAVE_POPOVER (source);
  Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *message = NULL;

  if (!path)
    {
      atelier_toast_show (GTK_WIDGET (self), error->message);
    }
  else if (request->path)
    {
      g_autofree char *name = g_filename_display_basename (path);

      /* Translators: a file's name. */
      message = g_strdup_printf (_("Saved as “%s”"), name);
      atelier_toast_show (GTK_WIDGET (self), message);
    }
  else
    {
      g_free (self->last_path);
      self->last_path = g_steal_pointer (&path);
      /* Translators: a class, as in “Ankle boot”. */
      message = g_strdup_printf (_("Added to my drawings as “%s”"),
                                 atelier_class_name_translate (request->class_name));
      offer_to_take_back (self, message);
    }
  set_is_busy (self, FALSE);
}

/* Takes @request. */
static void
start_writing (AtelierSavePopover *self,
               Request            *request)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_written_cb, NULL);

  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  set_is_busy (self, TRUE);
  g_task_run_in_thread (task, write_in_thread);
}

/* Actions */

static void
on_file_chosen_cb (GtkWidget  *widget,
                   GListModel *files,
                   gpointer    user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  atelier_save_popover_save (ATELIER_SAVE_POPOVER (widget), file);
}

static void
on_save_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_PICTURES,
    .title = _("Save Drawing"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    /* Translators: a file's name. */
    .suggested_name = _("drawing.png"),
  };

  gtk_popover_popdown (GTK_POPOVER (user_data));
  atelier_path_chooser_ask_files (GTK_WIDGET (user_data), &request, on_file_chosen_cb, NULL, NULL);
}

static void
on_add_drawing_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  AtelierSavePopover *self = ATELIER_SAVE_POPOVER (user_data);
  int i_class = atelier_save_popover_get_class (self);
  Request *request;

  if (i_class < 0)
    return;
  request = request_new (self);
  request->class_name = g_strdup (self->class_names[i_class]);
  gtk_popover_popdown (GTK_POPOVER (self));
  start_writing (self, request);
}

static void
on_take_back_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  AtelierSavePopover *self = ATELIER_SAVE_POPOVER (user_data);
  g_autofree char *path = g_steal_pointer (&self->last_path);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *message = NULL;

  if (g_remove (path) != 0)
    {
      /* Translators: a file's path. */
      message = g_strdup_printf (_("“%s” could not be removed."), name);
      atelier_toast_show (GTK_WIDGET (self), message);
    }
  update_actions (self);
}

static const GActionEntry action_entries[] = {
  { "save", on_save_cb },
  { "add-drawing", on_add_drawing_cb },
  { "take-back", on_take_back_cb },
};

/* Overrides */

static void
atelier_save_popover_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value, ATELIER_SAVE_POPOVER (object)->is_busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_save_popover_dispose (GObject *object)
{
  AtelierSavePopover *self = ATELIER_SAVE_POPOVER (object);

  if (self->overlay)
    gtk_widget_insert_action_group (self->overlay, "drawings", NULL);
  g_clear_weak_pointer (&self->overlay);
  g_clear_object (&self->sketch);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SAVE_POPOVER);
  G_OBJECT_CLASS (atelier_save_popover_parent_class)->dispose (object);
}

static void
atelier_save_popover_finalize (GObject *object)
{
  AtelierSavePopover *self = ATELIER_SAVE_POPOVER (object);

  g_strfreev (self->class_names);
  g_free (self->folder);
  g_free (self->last_path);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (atelier_save_popover_parent_class)->finalize (object);
}

static void
atelier_save_popover_class_init (AtelierSavePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_save_popover_get_property;
  object_class->dispose = atelier_save_popover_dispose;
  object_class->finalize = atelier_save_popover_finalize;

  properties[PROP_IS_BUSY] =
    g_param_spec_boolean ("is-busy", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/pad/atelier-save-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierSavePopover, class_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierSavePopover, class_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierSavePopover, folder_label);
}

static void
atelier_save_popover_init (AtelierSavePopover *self)
{
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  g_autofree char *folder = NULL;

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Translators: the name of a folder for drawings. */
  folder = g_build_filename (pictures ? pictures : g_get_user_data_dir (), _("Atelier Drawings"),
                             NULL);
  atelier_save_popover_set_folder (self, folder);
  update_actions (self);
}

void
atelier_save_popover_add_actions (AtelierSavePopover *self,
                                  GActionMap         *actions)
{
  g_return_if_fail (ATELIER_IS_SAVE_POPOVER (self));

  for (guint i = 0; i < G_N_ELEMENTS (action_entries); i++)
    g_action_map_add_action (actions, g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                                                  action_entries[i].name));
}

static void
set_class_names (AtelierSavePopover *self,
                 const char * const *class_names)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  if (class_names && self->class_names
      && g_strv_equal (class_names, (const char * const *) self->class_names))
    return;
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  for (guint i = 0; class_names && class_names[i]; i++)
    gtk_string_list_append (model, atelier_class_name_translate (class_names[i]));
  gtk_drop_down_set_model (self->class_drop_down, G_LIST_MODEL (model));
  gtk_widget_set_visible (self->class_box, class_names != NULL);
}

void
atelier_save_popover_set_drawing (AtelierSavePopover *self,
                                  AtelierSketch      *sketch,
                                  const char * const *class_names,
                                  int                 i_class)
{
  g_return_if_fail (ATELIER_IS_SAVE_POPOVER (self));
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  g_set_object (&self->sketch, sketch);
  set_class_names (self, class_names);
  if (i_class >= 0 && !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_drop_down_set_selected (self->class_drop_down, (guint) i_class);
  update_actions (self);
}

int
atelier_save_popover_get_class (AtelierSavePopover *self)
{
  guint selected;

  g_return_val_if_fail (ATELIER_IS_SAVE_POPOVER (self), -1);

  selected = gtk_drop_down_get_selected (self->class_drop_down);
  return self->class_names && selected != GTK_INVALID_LIST_POSITION ? (int) selected : -1;
}

void
atelier_save_popover_set_class (AtelierSavePopover *self,
                                guint               i_class)
{
  g_return_if_fail (ATELIER_IS_SAVE_POPOVER (self));

  gtk_drop_down_set_selected (self->class_drop_down, i_class);
}

const char *
atelier_save_popover_get_folder (AtelierSavePopover *self)
{
  g_return_val_if_fail (ATELIER_IS_SAVE_POPOVER (self), NULL);

  return self->folder;
}

void
atelier_save_popover_set_folder (AtelierSavePopover *self,
                                 const char         *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ATELIER_IS_SAVE_POPOVER (self));
  g_return_if_fail (folder != NULL);

  g_free (self->folder);
  self->folder = g_strdup (folder);
  name = g_filename_display_name (folder);
  gtk_label_set_label (self->folder_label, name);
}

void
atelier_save_popover_save (AtelierSavePopover *self,
                           GFile              *file)
{
  g_autofree char *path = NULL;
  Request *request;

  g_return_if_fail (ATELIER_IS_SAVE_POPOVER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->sketch != NULL);

  path = g_file_get_path (file);
  if (!path)
    {
      atelier_toast_show (GTK_WIDGET (self), _("Drawings can be saved on this computer only."));
      return;
    }
  request = request_new (self);
  request->path = g_steal_pointer (&path);
  start_writing (self, request);
}
