/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it takes and shows are actions of the window.  Main thread. */

#include "config.h"

#include "draw/answer/atelier-preset-advice.h"

#include "model/atelier-augmentation.h"

struct _AtelierPresetAdvice
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (AtelierPresetAdvice, atelier_preset_advice, GTK_TYPE_WIDGET)

static void
on_button_clicked_cb (AtelierPresetAdvice *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.network", "s", "robust");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "train");
}

static void
atelier_preset_advice_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (atelier_preset_advice_parent_class)->dispose (object);
}

static void
atelier_preset_advice_class_init (AtelierPresetAdviceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_preset_advice_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/answer/atelier-preset-advice.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "presetadvice");
}

static void
atelier_preset_advice_init (AtelierPresetAdvice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_preset_advice_set_model (AtelierPresetAdvice *self,
                                 AtelierModel        *model)
{
  g_return_if_fail (ATELIER_IS_PRESET_ADVICE (self));

  gtk_widget_set_visible (
    GTK_WIDGET (self),
    model && !atelier_augmentation_suits_drawings (atelier_model_get_recipe (model)));
}
