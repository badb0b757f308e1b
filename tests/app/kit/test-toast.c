/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts with a button: how many of them wait. */

#include "config.h"

#include "kit/atelier-toast.h"

#include "app-window.h"

static guint n_alive;

static void
do_nothing (gpointer user_data)
{
}

static void
do_nothing_else (gpointer user_data)
{
}

static void
count_out (gpointer user_data)
{
  n_alive--;
}

static void
offer (GtkWidget            *widget,
       gboolean              stays,
       AtelierToastCallback  callback)
{
  n_alive++;
  atelier_toast_offer_call (widget, "The run is done", "Save…", stays, callback, NULL, count_out);
}

static GtkWidget *
open_window (GtkWidget **child)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();

  *child = gtk_label_new ("below");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), *child);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (gtk_widget_get_mapped (window));
  n_alive = 0;

  return window;
}

/* What fifty short runs offer is not kept for minutes. */
static void
test_offers_do_not_queue (void)
{
  GtkWidget *child;
  GtkWidget *window = open_window (&child);

  for (guint i = 0; i < 50; i++)
    offer (child, FALSE, do_nothing);
  g_assert_cmpuint (n_alive, <=, 2);

  gtk_window_destroy (GTK_WINDOW (window));
  app_wait_until (n_alive == 0);
}

/* Those which stay, and those for something else, are not replaced. */
static void
test_others_wait (void)
{
  GtkWidget *child;
  GtkWidget *window = open_window (&child);

  for (guint i = 0; i < 3; i++)
    offer (child, TRUE, do_nothing);
  g_assert_cmpuint (n_alive, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      offer (child, FALSE, do_nothing);
      offer (child, FALSE, do_nothing_else);
    }
  g_assert_cmpuint (n_alive, ==, 7);

  gtk_window_destroy (GTK_WINDOW (window));
  app_wait_until (n_alive == 0);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/toast/offers-do-not-queue", test_offers_do_not_queue);
  g_test_add_func ("/app/toast/others-wait", test_others_wait);

  return g_test_run ();
}
