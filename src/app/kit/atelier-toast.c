/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts read markup, and a file's name may contain "<" or "&", so one function escapes every
 * message.  Only the newest message is shown: ten broken pictures opened in a row would otherwise
 * queue for a minute.  A toast that is still shown gets the new text.  Dismissing it and adding
 * another was rejected: libadwaita 1.2 may crash at the end of the dismissed toast's animation.
 *
 * Offers follow one another, but of one kind at most two: the first may be on the screen, and a
 * newer one takes the place of the one that waits.  Fifty short runs would otherwise offer their
 * weights for minutes, and keep all of them until then.
 *
 * Screen readers are told nothing of a toast, so that it is announced to them.
 */

#include "config.h"

#include "kit/atelier-toast.h"

#include <adwaita.h>

#include "kit/atelier-announcement.h"

#define SHOWN_KEY "atelier-toast"
#define OFFERS_KEY "atelier-toast-offers"
#define CALL_KEY "atelier-toast-call"
#define MAX_OF_A_KIND 2

/* What a toast's button does. */
typedef struct
{
  AtelierToastCallback callback;
  char                *button_label;
  gboolean             stays;
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
toast_call_free (gpointer data)
{
  ToastCall *call = data;

  if (call->destroy)
    call->destroy (call->user_data);
  g_free (call->button_label);
  g_free (call);
}

static ToastCall *
get_call (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), CALL_KEY);
}

static void
on_button_clicked_cb (AdwToast *toast)
{
  ToastCall *call = get_call (toast);

  call->callback (call->user_data);
}

/* The offers of an overlay that are not gone yet, from the first to the last; borrowed. */
static GPtrArray *
get_offers (GtkWidget *overlay)
{
  GPtrArray *offers = g_object_get_data (G_OBJECT (overlay), OFFERS_KEY);

  if (offers == NULL)
    {
      offers = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (overlay), OFFERS_KEY, offers,
                              (GDestroyNotify) g_ptr_array_unref);
    }

  return offers;
}

static void
on_offer_dismissed_cb (AdwToast  *toast,
                       GtkWidget *overlay)
{
  g_ptr_array_remove (get_offers (overlay), toast);
}

/* An offer like @call that waits until another like it is gone; NULL: there is none. */
static AdwToast *
find_waiting (GtkWidget       *overlay,
              const ToastCall *call)
{
  GPtrArray *offers = get_offers (overlay);
  guint n = 0;

  for (guint i = 0; i < offers->len && !call->stays; i++)
    {
      const ToastCall *other = get_call (g_ptr_array_index (offers, i));

      if (other->callback == call->callback && !other->stays
          && g_str_equal (other->button_label, call->button_label) && ++n == MAX_OF_A_KIND)
        return g_ptr_array_index (offers, i);
    }

  return NULL;
}

/* Takes @call. */
static void
give_call (AdwToast  *toast,
           ToastCall *call)
{
  g_object_set_data_full (G_OBJECT (toast), CALL_KEY, call, toast_call_free);
}

/* Takes @call. */
static void
replace_waiting (AdwToast   *toast,
                 const char *message,
                 ToastCall  *call)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  atelier_announce (message);
  adw_toast_set_title (toast, markup);
  give_call (toast, call);
}

/* Takes @call. */
static void
add_offer (GtkWidget  *widget,
           const char *message,
           ToastCall  *call)
{
  GtkWidget *overlay = find_overlay (widget);
  AdwToast *toast = new_toast (message, call->button_label);

  if (call->stays)
    adw_toast_set_timeout (toast, 0);
  give_call (toast, call);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_button_clicked_cb), NULL);
  if (overlay)
    {
      g_ptr_array_add (get_offers (overlay), toast);
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_offer_dismissed_cb), overlay, 0);
    }
  add_toast (widget, message, toast);
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
  GtkWidget *overlay;
  AdwToast *waiting;
  ToastCall *call;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL && button_label != NULL);
  g_return_if_fail (callback != NULL);

  call = g_new0 (ToastCall, 1);
  call->callback = callback;
  call->button_label = g_strdup (button_label);
  call->stays = stays;
  call->user_data = user_data;
  call->destroy = destroy;

  overlay = find_overlay (widget);
  waiting = overlay ? find_waiting (overlay, call) : NULL;
  if (waiting)
    replace_waiting (waiting, message, call);
  else
    add_offer (widget, message, call);
}
