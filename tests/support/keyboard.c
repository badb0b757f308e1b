/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "keyboard.h"

#include <gdk/x11/gdkx.h>

#include "app-window.h"
#include "pointer.h"

void
keyboard_focus_window (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *commands =
    g_strdup_printf ("windowfocus --sync %lu", gdk_x11_surface_get_xid (surface));

  pointer_do (GTK_WIDGET (window), commands);
  app_wait_until (gtk_window_is_active (window));
}

void
keyboard_press (GtkWindow  *window,
                const char *keys)
{
  g_autofree char *commands = g_strdup_printf ("key %s", keys);

  pointer_do (GTK_WIDGET (window), commands);
}
