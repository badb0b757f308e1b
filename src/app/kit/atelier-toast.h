/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Short messages in the AdwToastOverlay around a widget, or in the one of its window.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AtelierToastCallback) (gpointer user_data);

/* @message: plain text.  Replaces the text of an earlier call for the same overlay. */
void atelier_toast_show  (GtkWidget  *widget,
                          const char *message);
/* A toast that later messages do not replace.  @button_label and @action_name (both nullable) add a
 * button that activates the action. */
void atelier_toast_offer (GtkWidget  *widget,
                          const char *message,
                          const char *button_label,
                          const char *action_name);
/* A toast with a button that calls @callback.  @user_data belongs to the toast, and is freed with
 * @destroy when the toast is gone, or when a newer one with the same callback and the same words on
 * its button has taken its place before it was shown.  @stays: until it is dismissed by hand, and
 * no other takes its place. */
void atelier_toast_offer_call (GtkWidget            *widget,
                               const char           *message,
                               const char           *button_label,
                               gboolean              stays,
                               AtelierToastCallback  callback,
                               gpointer              user_data,
                               GDestroyNotify        destroy);

G_END_DECLS
