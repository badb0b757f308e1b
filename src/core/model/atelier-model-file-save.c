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
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"
#include "model/atelier-network-private.h"

/* The names that name_rescued () gives, with a number where one was taken, and of a run that goes
 * on with the number of its process. */
#define RESCUED_START "^([A-Za-z0-9-]+-epoch-\\d+-\\d{4}-\\d{2}-\\d{2}-\\d{6}(?:-\\d+)?)"
#define RESCUED_NAME RESCUED_START "(?:-running-\\d+)?\\.safetensors$"
#define RUNNING_NAME RESCUED_START "-running-(\\d+)\\.safetensors$"
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

static char *
get_rescue_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "atelier", NULL);
}

/* The first path that is free: @name, a number if one is needed, and @ending.  Transfer full. */
static char *
find_free_path (const char *folder,
                const char *name,
                const char *ending)
{
  char *path = NULL;

  for (guint i = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *file = g_strconcat (name, number, ending, NULL);

      g_free (path);
      path = g_build_filename (folder, file, NULL);
    }
  return path;
}

typedef gboolean (*SaveFunc) (AtelierModel *model, const char *path, GError **error);

static char *
rescue_with (SaveFunc       save,
             const char    *ending,
             AtelierModel  *model,
             GError       **error)
{
  g_autofree char *folder = get_rescue_folder ();
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   _("The folder “%s” cannot be created: %s"), shown, g_strerror (errno));
      return NULL;
    }
  name = name_rescued (model);
  path = find_free_path (folder, name, ending);
  return save (model, path, error) ? g_steal_pointer (&path) : NULL;
}

char *
atelier_model_file_rescue (AtelierModel  *model,
                           GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);

  return rescue_with (atelier_model_file_save, ".safetensors", model, error);
}

char *
atelier_model_file_rescue_running (AtelierModel  *model,
                                   GError       **error)
{
  g_autofree char *ending = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  ending = g_strdup_printf ("-running-%ld.safetensors", (long) getpid ());
  return rescue_with (atelier_model_file_save_without_flush, ending, model, error);
}

typedef struct
{
  char   *path; /* Owned */
  gint64  microseconds;
} RescuedFile;

static void
rescued_file_free (gpointer data)
{
  RescuedFile *file = data;

  g_free (file->path);
  g_free (file);
}

/* The newest first. */
static int
compare_rescued (gconstpointer a,
                 gconstpointer b)
{
  const RescuedFile *first = *(RescuedFile * const *) a;
  const RescuedFile *second = *(RescuedFile * const *) b;

  if (first->microseconds != second->microseconds)
    return first->microseconds > second->microseconds ? -1 : 1;
  return -strcmp (first->path, second->path);
}

/* NULL where there is no regular file; transfer full. */
static RescuedFile *
look_at_rescued (const char *folder,
                 const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  RescuedFile *file;
  struct stat status;

  if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  file = g_new0 (RescuedFile, 1);
  file->path = g_steal_pointer (&path);
  file->microseconds = (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC
                       + status.st_mtim.tv_nsec / 1000;
  return file;
}

/* The files whose names match @pattern, the newest first.  Transfer full, of RescuedFile. */
static GPtrArray *
list_rescued (const char *folder,
              const char *pattern)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (rescued_file_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      RescuedFile *file = NULL;

      if (g_regex_match_simple (pattern, name, 0, 0))
        file = look_at_rescued (folder, name);
      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_rescued);
  return files;
}

/* The name of the program that a process runs, from Linux' "12 (atelier) S 1 ..."; empty where it
 * has ended and only its parent was not told yet, NULL where nothing is known.  Transfer full. */
static char *
find_program (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "stat", NULL);
  g_autofree char *line = NULL;
  const char *start, *end;

  if (!g_file_get_contents (path, &line, NULL, NULL))
    return NULL;
  start = strchr (line, '(');
  end = strrchr (line, ')');
  if (start == NULL || end == NULL || end < start)
    return NULL;
  if (g_str_has_prefix (end, ") Z") || g_str_has_prefix (end, ") X"))
    return g_strdup ("");
  return g_strndup (start + 1, end - start - 1);
}

/* Whether a process of this user and program has the number.  After a restart of the machine it is
 * often another's. */
static gboolean
is_process_there (const char *number)
{
  gint64 id = g_ascii_strtoll (number, NULL, 10);
  g_autofree char *program = NULL;
  g_autofree char *own = NULL;

  if (id <= 0 || id > G_MAXINT || kill ((pid_t) id, 0) != 0)
    return FALSE;
  program = find_program (number);
  own = find_program ("self");
  return program == NULL || own == NULL || g_str_equal (program, own);
}

/* The new path of a file that a run has left; NULL where it goes on, or the file cannot be renamed.
 * Transfer full. */
static char *
take_left (const char *folder,
           const char *path,
           GRegex     *regex)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *start = NULL;
  g_autofree char *process = NULL;
  g_autofree char *new_path = NULL;

  if (!g_regex_match (regex, name, 0, &match))
    return NULL;
  start = g_match_info_fetch (match, 1);
  process = g_match_info_fetch (match, 2);
  if (is_process_there (process))
    return NULL;
  new_path = find_free_path (folder, start, ".safetensors");
  return g_rename (path, new_path) == 0 ? g_steal_pointer (&new_path) : NULL;
}

char **
atelier_model_file_take_left (void)
{
  g_autofree char *folder = get_rescue_folder ();
  g_autoptr (GPtrArray) files = list_rescued (folder, RUNNING_NAME);
  g_autoptr (GRegex) regex = g_regex_new (RUNNING_NAME, 0, 0, NULL);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = take_left (folder, ((RescuedFile *) files->pdata[i])->path, regex);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

void
atelier_model_file_prune_rescued (guint n_kept)
{
  g_autofree char *folder = get_rescue_folder ();
  g_autoptr (GPtrArray) files = list_rescued (folder, RESCUED_NAME);

  for (guint i = n_kept; i < files->len; i++)
    g_unlink (((RescuedFile *) g_ptr_array_index (files, i))->path);
}

guint64
atelier_model_file_estimate_size (AtelierNetwork *network,
                                  gboolean        with_state)
{
  AtelierTensorSpec specs[ATELIER_NETWORK_MAX_TENSORS];
  guint64 n_floats = 0;
  guint n;

  g_return_val_if_fail (network != NULL, 0);

  n = atelier_network_list_tensors (network, specs);
  for (guint i = 0; i < n; i++)
    {
      /* A state has two moments of what is trained, and of newest, averaged and best weights those
       * that are not the model's own. */
      const guint n_kept = specs[i].is_statistic ? 2 : 4;

      n_floats += specs[i].n_elements * (1 + (with_state ? n_kept : 0));
    }
  return MAX_METADATA + n_floats * sizeof (float);
}
