/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a session reads data and networks from files.
 *
 * Files are read on GTask's threads; a new request cancels the one before, and what comes back
 * cancelled is dropped.  A network that arrives while data are loading waits for them.  Main
 * thread.
 */

#include "config.h"

#include "session/atelier-session-private.h"

#include <glib/gi18n.h>

#include "model/atelier-engine.h"
#include "session/atelier-file-jobs.h"

/* Called when a file begins to be read, and when it is known what has become of it: what failed was
 * signalled before. */
void
atelier_session_update_opening (AtelierSession *self)
{
  gboolean is_opening = atelier_data_loader_get_is_loading (self->loader)
                        || self->network_cancellable || self->arrived;

  if (self->is_opening == is_opening)
    return;

  self->is_opening = is_opening;
  g_object_notify (G_OBJECT (self), "is-opening");
}

void
atelier_session_cancel_network (AtelierSession *self)
{
  g_cancellable_cancel (self->network_cancellable);
  g_clear_object (&self->network_cancellable);
  g_clear_pointer (&self->opening_path, g_free);
  g_clear_pointer (&self->arrived, atelier_network_unref);
}

/* Takes the network that was read, or says why it cannot be trained on the data.  While data are
 * loading, nobody knows yet what it will be trained on. */
static void
settle_network (AtelierSession *self)
{
  g_autoptr (AtelierNetwork) network = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (self->arrived == NULL || atelier_data_loader_get_is_loading (self->loader))
    return;

  network = g_steal_pointer (&self->arrived);
  path = g_steal_pointer (&self->opening_path);
  if (self->is_locked)
    return;

  if (self->splits
      && !atelier_engine_check_fit (network, atelier_splits_get_dataset (self->splits), &error))
    g_signal_emit_by_name (self, "failed", ATELIER_SESSION_OPEN_NETWORK, error);
  else
    {
      atelier_network_origins_note_file (self->origins, network, path);
      atelier_session_take_network (self, network, "", path);
      atelier_session_show_in_draft (self, network, NULL);
    }
}

static void
on_data_loaded_cb (AtelierSession *self,
                   AtelierDataset *dataset)
{
  atelier_session_take_dataset (self, dataset, atelier_data_loader_get_spec (self->loader));
  settle_network (self);
  atelier_session_update_opening (self);
}

static void
on_data_failed_cb (AtelierSession *self,
                   const GError   *error)
{
  g_signal_emit_by_name (self, "failed", ATELIER_SESSION_LOAD_DATA, error);
  /* There is always something to train on. */
  if (self->splits == NULL)
    atelier_data_loader_load_something_else (self->loader);
  else
    settle_network (self);
  atelier_session_update_opening (self);
}

static void
on_loader_is_loading_notify_cb (AtelierSession *self)
{
  g_object_notify (G_OBJECT (self), "is-loading");
}

static void
on_network_loaded_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (AtelierSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = atelier_file_jobs_load_network_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->network_cancellable);
  if (network == NULL)
    {
      g_clear_pointer (&self->opening_path, g_free);
      g_signal_emit_by_name (self, "failed", ATELIER_SESSION_OPEN_NETWORK, error);
    }
  else
    {
      self->arrived = g_steal_pointer (&network);
      settle_network (self);
    }
  atelier_session_update_opening (self);
}

static void
fail_busy (AtelierSession     *self,
           AtelierSessionTask  task,
           const char         *message)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY, message);

  g_signal_emit_by_name (self, "failed", task, error);
}

void
atelier_session_load_data (AtelierSession *self,
                           const char     *spec)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (spec != NULL);

  if (self->is_locked)
    fail_busy (self, ATELIER_SESSION_LOAD_DATA, _("Stop training before you choose other data"));
  else
    atelier_data_loader_load (self->loader, spec);
  atelier_session_update_opening (self);
}

void
atelier_session_set_dataset (AtelierSession *self,
                             AtelierDataset *dataset)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (dataset != NULL);

  atelier_data_loader_cancel (self->loader);
  if (atelier_session_get_dataset (self) != dataset)
    atelier_session_take_dataset (self, dataset, "");
  settle_network (self);
  atelier_session_update_opening (self);
}

void
atelier_session_open_network (AtelierSession *self,
                              const char     *path)
{
  g_return_if_fail (ATELIER_IS_SESSION (self));
  g_return_if_fail (path != NULL);

  if (self->is_locked)
    {
      fail_busy (self, ATELIER_SESSION_OPEN_NETWORK,
                 _("Stop training before you choose another network"));
      return;
    }

  atelier_session_cancel_network (self);
  self->opening_path = g_strdup (path);
  self->network_cancellable = g_cancellable_new ();
  atelier_file_jobs_load_network_async (path, self->network_cancellable, on_network_loaded_cb,
                                        g_object_ref (self));
  atelier_session_update_opening (self);
}

gboolean
atelier_session_check_may_open_model (AtelierSession *self)
{
  g_return_val_if_fail (ATELIER_IS_SESSION (self), FALSE);

  if (self->is_locked)
    fail_busy (self, ATELIER_SESSION_OPEN_MODEL,
               _("Stop training before you open another run in the Train page"));

  return !self->is_locked;
}

void
atelier_session_watch_loader (AtelierSession *self)
{
  g_signal_connect_object (self->loader, "loaded", G_CALLBACK (on_data_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (on_data_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify::is-loading",
                           G_CALLBACK (on_loader_is_loading_notify_cb), self, G_CONNECT_SWAPPED);
}
