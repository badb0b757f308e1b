/* SPDX-License-Identifier: GPL-3.0-or-later */

/* There can be many pictures, but only one model, network, recipe and data set are in use: the
 * first of each is taken, and of the others it is said.  The four files of one data set are no
 * others.
 */

#include "config.h"

#include "shell/atelier-sorted-files.h"

#include <glib/gi18n.h>

#include "model/atelier-file-kind.h"

static AtelierSortedFiles *
sorted_files_new (void)
{
  AtelierSortedFiles *sorted = g_new0 (AtelierSortedFiles, 1);

  sorted->pictures = g_list_store_new (G_TYPE_FILE);
  sorted->complaints = g_ptr_array_new_with_free_func (g_free);

  return sorted;
}

void
atelier_sorted_files_free (AtelierSortedFiles *sorted)
{
  g_clear_object (&sorted->pictures);
  g_clear_object (&sorted->model);
  g_free (sorted->network_path);
  g_clear_pointer (&sorted->recipe, atelier_recipe_unref);
  g_free (sorted->data_spec);
  g_clear_pointer (&sorted->complaints, g_ptr_array_unref);
  g_free (sorted);
}

static void
complain (AtelierSortedFiles *sorted,
          GFile              *file,
          const char         *format) /* with the file's name */
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", name, 1);
  g_ptr_array_add (sorted->complaints, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
add_model (AtelierSortedFiles *sorted,
           GFile              *file)
{
  if (sorted->model == NULL)
    sorted->model = g_object_ref (file);
  else
    complain (sorted, file, _("“%s” is a second model; one is opened at a time"));
}

static void
add_network (AtelierSortedFiles *sorted,
             GFile              *file)
{
  if (sorted->network_path == NULL)
    sorted->network_path = g_file_get_path (file);
  else
    complain (sorted, file, _("“%s” is a second network; one is opened at a time"));
}

static void
add_recipe (AtelierSortedFiles *sorted,
            GFile              *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_load (g_file_peek_path (file), &error);

  if (recipe == NULL)
    g_ptr_array_add (sorted->complaints, g_strdup (error->message));
  else if (sorted->recipe == NULL)
    sorted->recipe = g_steal_pointer (&recipe);
  else
    complain (sorted, file, _("“%s” is a second recipe; one is opened at a time"));
}

static void
add_data (AtelierSortedFiles *sorted,
          GFile              *file)
{
  g_autofree char *spec = atelier_file_kind_dup_data_spec (g_file_peek_path (file));

  if (sorted->data_spec == NULL)
    sorted->data_spec = g_steal_pointer (&spec);
  else if (!g_str_equal (sorted->data_spec, spec))
    complain (sorted, file, _("“%s” is of a second data set; one is opened at a time"));
}

static void
add (AtelierSortedFiles *sorted,
     GFile              *file)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (GError) error = NULL;
  AtelierFileKind kind;

  if (path == NULL)
    {
      complain (sorted, file, _("“%s” is not on this computer. Copy it here first."));
      return;
    }
  if (!atelier_file_kind_find (path, &kind, &error))
    {
      g_ptr_array_add (sorted->complaints, g_strdup (error->message));
      return;
    }

  switch (kind)
    {
    case ATELIER_FILE_MODEL:
      add_model (sorted, file);
      break;
    case ATELIER_FILE_NETWORK:
      add_network (sorted, file);
      break;
    case ATELIER_FILE_RECIPE:
      add_recipe (sorted, file);
      break;
    case ATELIER_FILE_PLAN:
      add_network (sorted, file);
      add_recipe (sorted, file);
      break;
    case ATELIER_FILE_PICTURE:
      g_list_store_append (sorted->pictures, file);
      break;
    case ATELIER_FILE_DATA:
      add_data (sorted, file);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
sort_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  AtelierSortedFiles *sorted = sorted_files_new ();

  for (guint i = 0; i < files->len; i++)
    add (sorted, g_ptr_array_index (files, i));

  g_task_return_pointer (task, sorted, (GDestroyNotify) atelier_sorted_files_free);
}

void
atelier_sorted_files_new_async (GListModel          *files,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  GPtrArray *array = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (array, g_list_model_get_item (files, i));
  g_task_set_source_tag (task, atelier_sorted_files_new_async);
  g_task_set_task_data (task, array, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, sort_in_thread);
}

AtelierSortedFiles *
atelier_sorted_files_new_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
