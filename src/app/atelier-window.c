/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "atelier-window.h"

#include <glib/gi18n.h>

struct _AtelierWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  AdwViewStack *stack;
};

G_DEFINE_FINAL_TYPE (AtelierWindow, atelier_window, ADW_TYPE_APPLICATION_WINDOW)

static void
atelier_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_WINDOW);

  G_OBJECT_CLASS (atelier_window_parent_class)->dispose (object);
}

static void
atelier_window_class_init (AtelierWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/atelier_nn/Atelier/atelier-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierWindow, stack);
}

static void
atelier_window_init (AtelierWindow *self)
{
  g_autoptr (GPropertyAction) page = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  page = g_property_action_new ("page", self->stack, "visible-child-name");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (page));
}

AtelierWindow *
atelier_window_new (AtelierApplication *application)
{
  return g_object_new (ATELIER_TYPE_WINDOW, "application", application, NULL);
}

void
atelier_window_load_data (AtelierWindow *self,
                          const char    *spec)
{
  g_return_if_fail (ATELIER_IS_WINDOW (self));
}
