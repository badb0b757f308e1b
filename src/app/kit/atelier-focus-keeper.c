/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who presses "Next" with a key until there is no next one stays beside it.
 *
 * A widget that becomes insensitive while it has the focus leaves the window without any, and the
 * next Tab begins again at the window's first widget.  (From a widget that is hidden, GTK moves the
 * focus itself.)  So the focus goes to what is nearest in the same group, such as "Previous"; where
 * there is nothing, to what is nearest to the group, and so on.
 *
 * It does so in the next frame, when whatever made the widget insensitive has ended: its neighbours
 * may be about to follow it, and the page or GTK itself may know a better place.  Main thread.
 */

#include "config.h"

#include "kit/atelier-focus-keeper.h"

#define KEEPER_KEY "atelier-focus-keeper"

typedef struct
{
  GtkWindow *window;  /* Borrowed: it owns this */
  GtkWidget *last;    /* Borrowed, weak: had the focus last; NULL before any, and when it is gone */
  guint      tick_id; /* 0: nothing has lost the focus since the last frame */
} FocusKeeper;

static gboolean
can_have_focus (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static gboolean
give_to (GtkWidget *widget) /* nullable */
{
  return widget && can_have_focus (widget) && gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static gboolean
give_to_sibling (GtkWidget *widget)
{
  GtkWidget *next = widget;
  GtkWidget *previous = widget;

  while (next || previous)
    {
      next = next ? gtk_widget_get_next_sibling (next) : NULL;
      previous = previous ? gtk_widget_get_prev_sibling (previous) : NULL;
      if (give_to (next) || give_to (previous))
        return TRUE;
    }

  return FALSE;
}

static gboolean
on_tick_cb (GtkWidget     *window,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  FocusKeeper *self = user_data;

  self->tick_id = 0;
  if (gtk_window_get_focus (self->window) || self->last == NULL)
    return G_SOURCE_REMOVE;
  if (can_have_focus (self->last) && gtk_widget_grab_focus (self->last))
    return G_SOURCE_REMOVE;

  for (GtkWidget *widget = self->last; widget && widget != window;
       widget = gtk_widget_get_parent (widget))
    if (give_to_sibling (widget))
      break;

  return G_SOURCE_REMOVE;
}

/* A focus that was taken away from what could still have it was not lost. */
static void
on_focus_notify_cb (GtkWindow   *window,
                    GParamSpec  *pspec,
                    FocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus)
    g_set_weak_pointer (&self->last, focus);
  else if (self->last && !gtk_widget_is_sensitive (self->last) && self->tick_id == 0
           && gtk_widget_get_mapped (GTK_WIDGET (window)))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick_cb, self, NULL);
}

/* The window has ended its tick callbacks already. */
static void
focus_keeper_free (gpointer data)
{
  FocusKeeper *self = data;

  g_clear_weak_pointer (&self->last);
  g_free (self);
}

void
atelier_focus_keeper_watch (GtkWindow *window)
{
  FocusKeeper *self;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (g_object_get_data (G_OBJECT (window), KEEPER_KEY) == NULL);

  self = g_new0 (FocusKeeper, 1);
  self->window = window;
  g_object_set_data_full (G_OBJECT (window), KEEPER_KEY, self, focus_keeper_free);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_notify_cb), self);
}
