/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AdwViewSwitcherTitle finds out that its switcher does not fit while sizes are being allocated.  A
 * bar that was shown at that moment, as a binding in a .ui file would do it, would be allocated
 * without having been measured, and GTK warns of that.  So the bar follows at the beginning of the
 * next frame.  Main thread.
 */

#include "config.h"

#include "shell/atelier-switcher-link.h"

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AdwViewSwitcherTitle *title = user_data;

  adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (widget),
                                    adw_view_switcher_title_get_title_visible (title));

  return G_SOURCE_REMOVE;
}

static void
on_title_visible_notify_cb (AdwViewSwitcherTitle *title,
                            GParamSpec           *pspec,
                            AdwViewSwitcherBar   *bar)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (bar), on_tick_cb, g_object_ref (title),
                                g_object_unref);
}

void
atelier_switcher_link (AdwViewSwitcherTitle *title,
                       AdwViewSwitcherBar   *bar)
{
  g_return_if_fail (ADW_IS_VIEW_SWITCHER_TITLE (title));
  g_return_if_fail (ADW_IS_VIEW_SWITCHER_BAR (bar));

  g_signal_connect_object (title, "notify::title-visible", G_CALLBACK (on_title_visible_notify_cb),
                           bar, 0);
}
