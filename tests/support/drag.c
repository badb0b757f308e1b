/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "drag.h"

#include <adwaita.h>

#include "app-window.h"
#include "pointer.h"

static GtkDragSource *
get_drag_source (GtkWidget *label)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (label);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        return GTK_DRAG_SOURCE (controller);
    }
  g_assert_not_reached ();
}

/* The three kinds of windows have each their own property for what is in them. */
static const char *
get_content_property (GtkRoot *window)
{
  return ADW_IS_WINDOW (window) || ADW_IS_APPLICATION_WINDOW (window) ? "content" : "child";
}

GtkWidget *
drag_add_source (GtkWidget *widget)
{
  GtkRoot *window = gtk_widget_get_root (widget);
  const char *property = get_content_property (window);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Drag me");
  g_autoptr (GtkWidget) content = NULL;

  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (gtk_drag_source_new ()));
  gtk_box_append (GTK_BOX (box), label);
  g_object_get (window, property, &content, NULL);
  g_object_set (window, property, NULL, NULL);
  gtk_box_append (GTK_BOX (box), content);
  g_object_set (window, property, box, NULL);
  app_wait_for_frame (label);
  app_wait_for_frame (label);

  return label;
}

GdkContentProvider *
drag_new_files (const char * const *paths)
{
  GdkContentProvider *content;
  GdkFileList *list;
  GSList *files = NULL;

  for (guint i = 0; paths[i]; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  list = gdk_file_list_new_from_list (files);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  g_slist_free_full (files, g_object_unref);

  return content;
}

GdkContentProvider *
drag_new_address (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  char *line = g_strconcat (uri, "\r\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (line, strlen (line));

  return gdk_content_provider_new_for_bytes ("text/uri-list", bytes);
}

GdkContentProvider *
drag_new_text (const char *text)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

GdkContentProvider *
drag_new_picture (const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  bytes = g_bytes_new_take (contents, length);

  return gdk_content_provider_new_for_bytes ("image/png", bytes);
}

void
drag_hold (GtkWidget          *source,
           GdkContentProvider *content,
           GtkWidget          *target)
{
  g_autofree char *from = pointer_format_place (source, 30, 8);
  g_autofree char *past = pointer_format_place (source, 60, 60);
  g_autofree char *near = pointer_format_place (target, 100, 100);
  g_autofree char *to = pointer_format_place (target, 110, 110);

  gtk_drag_source_set_content (get_drag_source (source), content);
  pointer_do (source, from);
  pointer_do (source, "mousedown 1");
  pointer_do (source, past);
  pointer_do (source, near);
  pointer_do (source, to);
}

void
drag_drop (GtkWidget *source)
{
  pointer_do (source, "mouseup 1");
}

gboolean
drag_has_frame (GtkWidget *target)
{
  return (gtk_widget_get_state_flags (target) & GTK_STATE_FLAG_DROP_ACTIVE) != 0
         && !gtk_widget_has_css_class (target, "refuses");
}
