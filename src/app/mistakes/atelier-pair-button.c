/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A button that looks like a link.  Its text has at most two lines, because three such buttons and
 * "All Mistakes" share the width of the matrix in a small window.  The tooltip shows text that does
 * not fit.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-pair-button.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-tooltip.h"
#include "data/atelier-dataset.h"
#include "focus/atelier-selection.h"

struct _AtelierPairButton
{
  GtkButton parent_instance;

  /* Template children */
  GtkLabel *words_label;
};

G_DEFINE_FINAL_TYPE (AtelierPairButton, atelier_pair_button, GTK_TYPE_BUTTON)

static char *
format_pair (const AtelierConfusedPair *pair,
             const char * const        *class_names)
{
  g_autofree char *count = atelier_format_count (pair->count);

  /* Translators: "Shirt called Coat 82": a class, the class predicted instead, and how often */
  return g_strdup_printf (_("%s called %s %s"),
                          atelier_class_name_translate (class_names[pair->truth]),
                          atelier_class_name_translate (class_names[pair->prediction]), count);
}

static void
atelier_pair_button_class_init (AtelierPairButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/mistakes/atelier-pair-button.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierPairButton, words_label);
}

static void
atelier_pair_button_init (AtelierPairButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_pair_button_set_pair (AtelierPairButton         *self,
                              const AtelierConfusedPair *pair,
                              AtelierConfusion          *confusion,
                              const char * const        *class_names)
{
  g_autofree char *text = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (ATELIER_IS_PAIR_BUTTON (self));

  if (pair == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  text = format_pair (pair, class_names);
  description = atelier_confusion_describe_pair (confusion, pair, class_names);
  gtk_label_set_label (self->words_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description, -1);
  atelier_tooltip_set_text (GTK_WIDGET (self), description);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(uuu)", ATELIER_SELECT_CELL,
                                    pair->truth, pair->prediction);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "matrix.show");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

const char *
atelier_pair_button_get_text (AtelierPairButton *self)
{
  g_return_val_if_fail (ATELIER_IS_PAIR_BUTTON (self), NULL);

  return gtk_label_get_label (self->words_label);
}
