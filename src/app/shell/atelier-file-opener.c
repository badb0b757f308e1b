/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files are sorted by what they are on another thread (AtelierSortedFiles); here each kind goes
 * to its place, as if it had been opened there.  What fails later, while a file is read whole, is
 * shown by that place.  Main thread.
 */

#include "config.h"

#include "shell/atelier-file-opener.h"

#include <glib/gi18n.h>

#include "kit/atelier-dialogs.h"
#include "shell/atelier-sorted-files.h"

#define MAX_COMPLAINTS 12 /* lines in a dialog */

struct _AtelierFileOpener
{
  GObject          parent_instance;

  /* Owned */
  AtelierSession  *session;

  /* Borrowed, weak */
  GtkWindow       *window;
  AtelierDrawPage *draw_page;
  AdwViewStack    *stack;
};

G_DEFINE_FINAL_TYPE (AtelierFileOpener, atelier_file_opener, G_TYPE_OBJECT)

static void
show_complaints (AtelierFileOpener *self,
                 GPtrArray         *complaints)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_shown = complaints->len > MAX_COMPLAINTS ? MAX_COMPLAINTS - 1 : complaints->len;

  for (guint i = 0; i < n_shown; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (char *) g_ptr_array_index (complaints, i));
  if (n_shown < complaints->len)
    {
      g_string_append_c (text, '\n');
      /* Translators: below a list of files. */
      g_string_append_printf (text, ngettext ("and %u more", "and %u more",
                                              complaints->len - n_shown),
                              complaints->len - n_shown);
    }

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, text->str);
  atelier_dialogs_show_error (self->window,
                              ngettext ("The File Could Not Be Opened",
                                        "Files Could Not Be Opened", complaints->len),
                              error);
}

/* Data first, so that the network waits for them. */
static void
open_in_session (AtelierFileOpener  *self,
                 AtelierSortedFiles *sorted)
{
  if (sorted->data_spec)
    atelier_session_load_data (self->session, sorted->data_spec);
  if (sorted->network_path)
    atelier_session_open_network (self->session, sorted->network_path);
  if (sorted->recipe && !atelier_session_get_is_locked (self->session))
    atelier_session_use_recipe (self->session, sorted->recipe);
  else if (sorted->recipe)
    g_ptr_array_add (sorted->complaints,
                     g_strdup (_("Stop training before you choose another recipe")));
}

static void
open_sorted (AtelierFileOpener  *self,
             AtelierSortedFiles *sorted)
{
  gboolean has_pictures = g_list_model_get_n_items (G_LIST_MODEL (sorted->pictures)) > 0;

  open_in_session (self, sorted);
  if (sorted->model)
    atelier_draw_page_open_model (self->draw_page, sorted->model);
  if (has_pictures)
    atelier_draw_page_open_pictures (self->draw_page, G_LIST_MODEL (sorted->pictures));

  if (has_pictures)
    adw_view_stack_set_visible_child_name (self->stack, "draw");
  else if (!sorted->model && (sorted->data_spec || sorted->network_path || sorted->recipe))
    adw_view_stack_set_visible_child_name (self->stack, "train");
  if (sorted->complaints->len > 0)
    show_complaints (self, sorted->complaints);
}

static void
on_files_sorted_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AtelierFileOpener *self = g_task_get_source_object (task);
  g_autoptr (AtelierSortedFiles) sorted = atelier_sorted_files_new_finish (result);

  /* The window may have been closed meanwhile. */
  if (self->window && self->draw_page && self->stack)
    open_sorted (self, sorted);
  g_ptr_array_add (sorted->complaints, NULL);
  g_task_return_pointer (task, g_strdupv ((char **) sorted->complaints->pdata),
                         (GDestroyNotify) g_strfreev);
}

static void
atelier_file_opener_dispose (GObject *object)
{
  AtelierFileOpener *self = ATELIER_FILE_OPENER (object);

  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->draw_page);
  g_clear_weak_pointer (&self->stack);

  G_OBJECT_CLASS (atelier_file_opener_parent_class)->dispose (object);
}

static void
atelier_file_opener_class_init (AtelierFileOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_file_opener_dispose;
}

static void
atelier_file_opener_init (AtelierFileOpener *self)
{
}

AtelierFileOpener *
atelier_file_opener_new (GtkWindow       *window,
                         AtelierSession  *session,
                         AtelierDrawPage *draw_page,
                         AdwViewStack    *stack)
{
  AtelierFileOpener *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (draw_page), NULL);
  g_return_val_if_fail (ADW_IS_VIEW_STACK (stack), NULL);

  self = g_object_new (ATELIER_TYPE_FILE_OPENER, NULL);
  self->session = g_object_ref (session);
  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->draw_page, draw_page);
  g_set_weak_pointer (&self->stack, stack);

  return self;
}

void
atelier_file_opener_open_async (AtelierFileOpener   *self,
                                GListModel          *files,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (ATELIER_IS_FILE_OPENER (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, atelier_file_opener_open_async);
  atelier_sorted_files_new_async (files, on_files_sorted_cb, task);
}

char **
atelier_file_opener_open_finish (AtelierFileOpener *self,
                                 GAsyncResult      *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
