/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK 4.8 has no function that announces, and tells nothing of regions that are live.  What it does
 * tell is a new name, and screen readers speak two of those by themselves: that of what has the
 * focus, and that of the active window.  So the message becomes the window's name for a while.  It
 * is no title: that is shown in lists of windows, and stays.
 *
 * The name stays too until the window is left, or has a new title; to give back the old one earlier
 * would speak it.  A widget with the role of an alert would not do: of it GTK tells no more than
 * that there is a new child.  Main thread.
 */

#include "config.h"

#include "kit/atelier-announcement.h"

#define MESSAGE_KEY "atelier-announcement"

/* Ends a message that is spoken twice in a row, as only a name that differs is new. */
#define NOTHING_SPOKEN "\302\240"

/* Until a window is active; NULL for none.  Owned. */
static char *waiting;

static void
set_name (GtkWindow  *window,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name ? name : "", -1);
}

static void
on_active_notify_cb (GtkWindow *window)
{
  if (gtk_window_is_active (window))
    return;

  g_signal_handlers_disconnect_by_func (window, on_active_notify_cb, NULL);
  g_object_set_data (G_OBJECT (window), MESSAGE_KEY, NULL);
  set_name (window, gtk_window_get_title (window));
}

/* NULL while a window of another program is the active one, or none.  Borrowed. */
static GtkWindow *
find_active_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return window;
    }

  return NULL;
}

static void
announce_in (GtkWindow  *window,
             const char *message)
{
  g_autofree char *name = NULL;
  const char *last;

  last = g_object_get_data (G_OBJECT (window), MESSAGE_KEY);
  if (last == NULL)
    g_signal_connect (window, "notify::is-active", G_CALLBACK (on_active_notify_cb), NULL);
  name = g_strconcat (message, g_strcmp0 (last, message) == 0 ? NOTHING_SPOKEN : "", NULL);
  set_name (window, name);
  g_object_set_data_full (G_OBJECT (window), MESSAGE_KEY, g_steal_pointer (&name), g_free);
}

static void on_activated_cb (GtkWindow *window);

static void
watch_windows (gboolean is_watching)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (is_watching)
        g_signal_connect (window, "notify::is-active", G_CALLBACK (on_activated_cb), NULL);
      else
        g_signal_handlers_disconnect_by_func (window, on_activated_cb, NULL);
    }
}

/* @message: NULL where none waits any more. */
static void
set_waiting (const char *message)
{
  char *former = waiting;

  waiting = g_strdup (message);
  if ((former != NULL) != (waiting != NULL))
    watch_windows (waiting != NULL);
  g_free (former);
}

static void
on_activated_cb (GtkWindow *window)
{
  g_autofree char *message = g_strdup (waiting);

  if (!gtk_window_is_active (window))
    return;

  set_waiting (NULL);
  announce_in (window, message);
}

void
atelier_announce (const char *message)
{
  GtkWindow *window = find_active_window ();

  g_return_if_fail (message != NULL);

  if (window == NULL)
    {
      set_waiting (message);
      return;
    }

  set_waiting (NULL);
  announce_in (window, message);
}
