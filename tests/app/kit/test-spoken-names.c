/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names themselves are tested in the window, with a screen reader: test-spoken-stops.c. */

#include "config.h"

#include "kit/atelier-spoken-names.h"

#include "app-window.h"

/* Widgets are named, or left alone, without a warning where accessibility is switched off. */
static void
test_switched_off (void)
{
  static const char * const items[] = { "One", "Two", NULL };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_button_new_from_icon_name ("open-menu-symbolic");
  GtkWidget *menu = gtk_menu_button_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_tooltip_text (icon, "Menu");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_widget_set_tooltip_text (menu, "Menu");
  gtk_list_box_append (GTK_LIST_BOX (list), gtk_label_new ("Row"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_mnemonic ("_Open…"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), menu);
  gtk_box_append (GTK_BOX (box), gtk_drop_down_new_from_strings (items));
  gtk_box_append (GTK_BOX (box), list);
  gtk_window_set_child (GTK_WINDOW (window), box);

  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (gtk_widget_get_mapped (window));
  gtk_widget_set_tooltip_text (icon, "Main Menu");
  app_wait_for_frame (window);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "none", TRUE);
  app_test_init (&argc, &argv);
  atelier_spoken_names_start ();

  g_test_add_func ("/app/spoken-names/switched-off", test_switched_off);

  return g_test_run ();
}
