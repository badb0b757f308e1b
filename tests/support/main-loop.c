/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The minute is far more than anything takes, also under a sanitizer on a busy machine; no test depends on its length. */

#include "main-loop.h"

#include <string.h>

#define LIMIT_SECONDS 60

static gboolean
on_limit_reached_cb (gpointer data)
{
  g_error ("What the test waits for did not happen in %d seconds", LIMIT_SECONDS);
  return G_SOURCE_REMOVE;
}

void
spin_until (SpinCondition condition,
            gpointer      data)
{
  guint limit_id = g_timeout_add_seconds (LIMIT_SECONDS, on_limit_reached_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit_id);
}

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       data)
{
  guint *n_left = data;

  if (*n_left > 0)
    (*n_left)--;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

void
spin_frames (GtkWidget *widget,
             guint      n_frames)
{
  guint n_left = n_frames;
  guint tick_id = gtk_widget_add_tick_callback (widget, on_tick_cb, &n_left, NULL);

  spin_until (is_zero, &n_left);
  gtk_widget_remove_tick_callback (widget, tick_id);
}

gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}
