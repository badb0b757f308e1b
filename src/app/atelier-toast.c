/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file's name may hold "<" or "&", and toasts read markup, so that every message goes through one
 * function that escapes it.  Only the newest message is shown: ten broken pictures opened in a row
 * are one sentence, not a queue of a minute.  Main thread.
 */

#include "config.h"

#include "atelier-toast.h"

#include <adwaita.h>

void
atelier_toast_show (GtkWidget  *widget,
                    const char *message)
{
  g_autofree char *markup = NULL;
  GtkWidget *overlay;
  AdwToast *shown;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL);

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  /* A widget that was closed meanwhile has nobody to tell. */
  if (!overlay)
    return;
  shown = g_object_get_data (G_OBJECT (overlay), "atelier-toast");
  if (shown)
    adw_toast_dismiss (shown);
  markup = g_markup_escape_text (message, -1);
  toast = adw_toast_new (markup);
  g_object_set_data_full (G_OBJECT (overlay), "atelier-toast", g_object_ref (toast),
                          g_object_unref);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
