/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving models, so that what was learnt is not lost: a file is read back from memory before it
 * replaces another, and there is a folder for models that could not be saved where they should
 * have been.  That folder is the user's XDG state folder and not the one for temporary files,
 * which systems empty.  Any thread.
 */

#include "config.h"

#include "model/atelier-model-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"

#define MAX_METADATA (64 * 1024) /* bytes; more than models of the usual data sets have */

/* What was written is read first: a file that nobody can read back would cost the model. */
static GBytes *
make_bytes (AtelierModel  *model,
            const char    *path,
            GError       **error)
{
  g_autofree char *origin = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (AtelierModel) copy = NULL;

  if (g_bytes_get_size (bytes) > ATELIER_MODEL_FILE_MAX_SIZE)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (bytes));

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” would have %s, and model files have at most 2 GiB"), origin, size);
      return NULL;
    }
  copy = atelier_model_file_from_bytes (bytes, origin, error);
  return copy != NULL ? g_steal_pointer (&bytes) : NULL;
}

gboolean
atelier_model_file_save (AtelierModel  *model,
                         const char    *path,
                         GError       **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  bytes = make_bytes (model, path, error);
  return bytes != NULL && atelier_file_write (path, bytes, error);
}

gboolean
atelier_model_file_save_without_flush (AtelierModel  *model,
                                       const char    *path,
                                       GError       **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  bytes = make_bytes (model, path, error);
  return bytes != NULL && atelier_file_write_without_flush (path, bytes, error);
}

/* A file name from @model: what it is of, and how far it came.  Transfer full. */
static char *
name_rescued (AtelierModel *model)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *name
    = g_strdup_printf ("%.60s-epoch-%u-%s", atelier_network_get_name (
                                              atelier_model_get_network (model)),
                       atelier_model_get_n_epochs (model), time);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      *p = '-';
  return g_steal_pointer (&name);
}

char *
atelier_model_file_rescue (AtelierModel  *model,
                           GError       **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   _("The folder “%s” cannot be created: %s"), shown, g_strerror (errno));
      return NULL;
    }
  name = name_rescued (model);
  for (guint i = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *file = g_strconcat (name, number, ".safetensors", NULL);

      g_free (path);
      path = g_build_filename (folder, file, NULL);
    }
  return atelier_model_file_save (model, path, error) ? g_steal_pointer (&path) : NULL;
}

guint64
atelier_model_file_estimate_size (AtelierNetwork *network,
                                  gboolean        with_state)
{
  g_return_val_if_fail (network != NULL, 0);

  return MAX_METADATA
         + atelier_network_get_n_parameters (network) * sizeof (float) * (with_state ? 3 : 1);
}
