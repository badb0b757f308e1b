/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts read markup, and a file's name may contain "<" or "&", so one function escapes every
 * message.  Only the newest message is shown: ten broken pictures opened in a row would otherwise
 * queue for a minute.  A toast that is still shown gets the new text.  Dismissing it and adding
 * another was rejected: libadwaita 1.2 may crash at the end of the dismissed toast's animation.
 * Screen readers are told nothing of a toast, so that it is announced to them.
 */

#include "config.h"

#include "kit/atelier-toast.h"

#include <adwaita.h>

#include "kit/atelier-announcement.h"

#define SHOWN_KEY "atelier-toast"

/* What a toast's button does. */
typedef struct
{
  AtelierToastCallback callback;
  gpointer             user_data; /* freed with @destroy */
  GDestroyNotify       destroy;
} ToastCall;

static void
on_toast_dismissed_cb (AdwToast  *toast,
                       GtkWidget *overlay)
{
  g_object_set_data (G_OBJECT (overlay), SHOWN_KEY, NULL);
}

/* Finds the toast overlay that @widget lies in.  That of an application window is its content. */
static GtkWidget *
find_overlay (GtkWidget *widget)
{
  if (ADW_IS_APPLICATION_WINDOW (widget))
    widget = adw_application_window_get_content (ADW_APPLICATION_WINDOW (widget));

  return widget ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
}

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

  overlay = find_overlay (widget);
  /* There is none once the widget has left its window. */
  if (!overlay)
    return;
  atelier_announce (message);
  markup = g_markup_escape_text (message, -1);
  shown = g_object_get_data (G_OBJECT (overlay), SHOWN_KEY);
  if (shown != NULL)
    {
      adw_toast_set_title (shown, markup);
      return;
    }

  toast = adw_toast_new (markup);
  g_object_set_data_full (G_OBJECT (overlay), SHOWN_KEY, g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed_cb), overlay, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* Drops the toast where @widget was closed meanwhile. */
static void
add_toast (GtkWidget  *widget,
           const char *message,
           AdwToast   *toast) /* transfer full */
{
  GtkWidget *overlay = find_overlay (widget);

  if (overlay)
    {
      atelier_announce (message);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
    }
  else
    {
      g_object_unref (toast);
    }
}

static AdwToast *
new_toast (const char *message,
           const char *button_label)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, button_label);

  return toast;
}

void
atelier_toast_offer (GtkWidget  *widget,
                     const char *message,
                     const char *button_label,
                     const char *action_name)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL);

  toast = new_toast (message, button_label);
  adw_toast_set_action_name (toast, action_name);
  add_toast (widget, message, toast);
}

static void
on_button_clicked_cb (AdwToast *toast,
                      gpointer  user_data)
{
  ToastCall *call = user_data;

  call->callback (call->user_data);
}

static void
toast_call_free (gpointer  data,
                 GClosure *closure)
{
  ToastCall *call = data;

  if (call->destroy)
    call->destroy (call->user_data);
  g_free (call);
}

void
atelier_toast_offer_call (GtkWidget            *widget,
                          const char           *message,
                          const char           *button_label,
                          gboolean              stays,
                          AtelierToastCallback  callback,
                          gpointer              user_data,
                          GDestroyNotify        destroy)
{
  AdwToast *toast;
  ToastCall *call;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL && button_label != NULL);
  g_return_if_fail (callback != NULL);

  call = g_new0 (ToastCall, 1);
  call->callback = callback;
  call->user_data = user_data;
  call->destroy = destroy;
  toast = new_toast (message, button_label);
  if (stays)
    adw_toast_set_timeout (toast, 0);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_button_clicked_cb), call,
                         toast_call_free, 0);
  add_toast (widget, message, toast);
}
