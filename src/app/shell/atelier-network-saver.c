/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network that is saved is from then on the one of that file: it has the file's name, and is
 * among those that were opened last.  The application is held until the file is complete.  Main
 * thread.
 */

#include "config.h"

#include "shell/atelier-network-saver.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kit/atelier-dialogs.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "session/atelier-file-jobs.h"

#define NETWORK_SUFFIX ".json"

typedef struct
{
  AtelierSession *session; /* Owned */
  AtelierNetwork *network; /* Owned */
  char           *path;    /* Owned */
  GtkWindow      *window;  /* Borrowed, weak */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->session);
  g_clear_pointer (&request->network, atelier_network_unref);
  g_free (request->path);
  g_clear_weak_pointer (&request->window);
  g_free (request);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = atelier_file_jobs_save_network_finish (result, &error);
  g_autofree char *dir = g_path_get_dirname (request->path);
  g_autofree char *name = g_filename_display_basename (request->path);
  g_autofree char *folder = g_filename_display_basename (dir);
  /* Translators: a file and its folder: "Saved mine.json in Documents". */
  g_autofree char *text = g_strdup_printf (_("Saved %s in %s"), name, folder);

  g_application_release (g_application_get_default ());
  if (is_saved)
    atelier_session_note_saved (request->session, request->network, request->path);
  if (request->window && is_saved)
    atelier_toast_offer (GTK_WIDGET (request->window), text, NULL, NULL);
  else if (request->window)
    atelier_dialogs_show_error (request->window, _("The Network Could Not Be Saved"), error);
  request_free (request);
}

/* Its extension is not part of the name. */
static void
name_network (AtelierSession *session,
              const char     *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  name[strlen (name) - strlen (NETWORK_SUFFIX)] = '\0';
  atelier_network_draft_rename (atelier_session_get_draft (session), name);
}

/* The chooser asked whether to replace the file of the typed name, not one with an extension. */
static void
on_path_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  AtelierSession *session = user_data;
  gboolean is_complete = g_str_has_suffix (path, NETWORK_SUFFIX);
  Request *request;

  if (!atelier_session_get_is_network_valid (session))
    return;

  request = g_new0 (Request, 1);
  request->session = g_object_ref (session);
  request->path = is_complete ? g_strdup (path) : g_strconcat (path, NETWORK_SUFFIX, NULL);
  g_set_weak_pointer (&request->window, window);
  name_network (session, request->path);
  request->network = atelier_network_ref (atelier_session_get_network (session));
  g_application_hold (g_application_get_default ());
  atelier_file_jobs_save_network_async (request->network, request->path, is_complete, on_saved_cb,
                                        request);
}

void
atelier_network_saver_ask (GtkWindow      *window,
                           AtelierSession *session)
{
  const char *name;
  g_autofree char *suggested_name = NULL;
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_NETWORKS,
    .title = _("Save the Network"),
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .filter_name = _("Networks (JSON)"),
    .filter_suffix = "json",
  };
  AtelierPathRequest named = request;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (ATELIER_IS_SESSION (session));

  name = atelier_network_get_name (atelier_session_get_network (session));
  suggested_name = g_strconcat (name, NETWORK_SUFFIX, NULL);
  named.suggested_name = g_strdelimit (suggested_name, "/", '-');
  atelier_path_chooser_ask (window, &named, on_path_chosen_cb, g_object_ref (session),
                            g_object_unref);
}
