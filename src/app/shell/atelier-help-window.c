/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text is in the .ui file.  A window beside the program's and not a dialog on it, so that a
 * person can read and try at once; its buttons lead to the pages that the text is about.  A book
 * for a help browser was rejected: it would be another program, which many desktops lack.  Each
 * paragraph can have the focus, so that a screen reader reads it; selecting it is for people who
 * copy.  Main thread.
 */

#include "config.h"

#include "shell/atelier-help-window.h"

struct _AtelierHelpWindow
{
  AdwWindow          parent_instance;

  /* Template children */
  GtkScrolledWindow *scrolled_window;
};

G_DEFINE_FINAL_TYPE (AtelierHelpWindow, atelier_help_window, ADW_TYPE_WINDOW)

/* @target: nullable. */
static void
activate_in_parent (AtelierHelpWindow *self,
                    const char        *action,
                    GVariant          *target)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent == NULL)
    return;

  gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, target);
  gtk_window_present (parent);
}

static void
on_page_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  activate_in_parent (ATELIER_HELP_WINDOW (widget), "win.page", parameter);
}

static void
on_show_mistakes_cb (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  g_autoptr (GVariant) page = g_variant_ref_sink (g_variant_new_string ("train"));

  activate_in_parent (ATELIER_HELP_WINDOW (widget), "win.page", page);
  activate_in_parent (ATELIER_HELP_WINDOW (widget), "win.show-mistakes", NULL);
}

static void
atelier_help_window_class_init (AtelierHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "help.page", "s", on_page_cb);
  gtk_widget_class_install_action (widget_class, "help.show-mistakes", NULL, on_show_mistakes_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/shell/atelier-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierHelpWindow, scrolled_window);
}

static void
atelier_help_window_init (AtelierHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Its keys scroll the text; a button would scroll the text to itself. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->scrolled_window));
}

AtelierHelpWindow *
atelier_help_window_new (GtkWindow *parent)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  return g_object_new (ATELIER_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
}
