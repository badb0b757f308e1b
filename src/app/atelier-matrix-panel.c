/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What surrounds the grid of cells: which pictures of which epoch are counted, the switch to all
 * mistakes, the most confused pairs in words, and, while there is nothing to count, why.
 *
 * Everything is filled anew when the focus says that something changed: once an epoch and once a
 * click, from the few thousand predictions that the focus has counted.  Main thread.
 */

#include "config.h"

#include "atelier-matrix-panel.h"

#include <glib/gi18n.h>

#include "atelier-dataset.h"

#define N_WORST_PAIRS 3

struct _AtelierMatrixPanel
{
  GtkWidget          parent_instance;

  /* Owned */
  AtelierFocus      *focus;

  /* Template children; GTK 4.8 lets go only of those that have a name */
  GtkWidget         *heading_box;
  GtkStack          *stack;
  GtkLabel          *title_label;
  GtkInscription    *empty_label;
  AtelierMatrixGrid *grid;
  GtkWidget         *mistakes_button;
  GtkLabel          *pairs_label;
};

G_DEFINE_FINAL_TYPE (AtelierMatrixPanel, atelier_matrix_panel, GTK_TYPE_WIDGET)

/* The class names of the run's data, which may not be the data that are chosen for the next. */
static const char * const *
get_class_names (AtelierMatrixPanel *self)
{
  return atelier_dataset_get_class_names (atelier_focus_get_dataset (self->focus));
}

static void
show_matrix (AtelierMatrixPanel *self)
{
  AtelierConfusion *confusion = atelier_focus_get_confusion (self->focus);
  g_autofree char *pairs = NULL;

  if (confusion == NULL
      || atelier_confusion_get_n_classes (confusion) > ATELIER_MATRIX_GRID_MAX_CLASSES)
    {
      const char *text =
        _("After the first epoch this shows which class was taken for which, counted over the "
          "validation pictures. A click on a number shows its pictures.");

      if (confusion)
        text =
          _("There are too many classes to show each pair. The most confused ones stand below.");
      else if (atelier_focus_get_epoch (self->focus) > 0)
        text = _("There are no validation pictures to count mistakes in.");
      gtk_inscription_set_text (self->empty_label, text);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else
    {
      atelier_matrix_grid_set_confusion (self->grid, confusion, get_class_names (self));
      gtk_stack_set_visible_child_name (self->stack, "matrix");
    }

  if (confusion)
    pairs = atelier_confusion_describe_worst_pairs (confusion, get_class_names (self),
                                                    N_WORST_PAIRS);
  gtk_label_set_label (self->pairs_label, pairs ? pairs : "");
}

static void
show_title (AtelierMatrixPanel *self)
{
  AtelierConfusion *confusion = atelier_focus_get_confusion (self->focus);
  g_autofree char *title = NULL;

  if (confusion)
    /* Translators: under the heading "Confusion matrix": which pictures, which epoch, the share
     * of right answers. */
    title = g_strdup_printf (_("%s, epoch %u · %.1f %% right"),
                             atelier_split_get_name (atelier_focus_get_split (self->focus)),
                             atelier_focus_get_epoch (self->focus),
                             100.0 * atelier_confusion_get_accuracy (confusion));
  gtk_label_set_label (self->title_label, title ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), title != NULL);
  gtk_widget_set_visible (self->mistakes_button, title != NULL);
}

static void
on_focus_changed_cb (AtelierMatrixPanel *self)
{
  show_matrix (self);
  show_title (self);
}

static void
on_focus_selection_changed_cb (AtelierMatrixPanel *self)
{
  atelier_matrix_grid_set_selection (self->grid, atelier_focus_get_selection (self->focus));
}

static void
atelier_matrix_panel_dispose (GObject *object)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_MATRIX_PANEL);
  g_clear_object (&self->focus);

  G_OBJECT_CLASS (atelier_matrix_panel_parent_class)->dispose (object);
}

static void
atelier_matrix_panel_class_init (AtelierMatrixPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_matrix_panel_dispose;

  g_type_ensure (ATELIER_TYPE_MATRIX_GRID);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/atelier-matrix-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, heading_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, grid);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, mistakes_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, pairs_label);
  gtk_widget_class_set_css_name (widget_class, "matrixpanel");
}

static void
atelier_matrix_panel_init (AtelierMatrixPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_matrix_panel_set_focus (AtelierMatrixPanel *self,
                                AtelierFocus       *focus)
{
  g_return_if_fail (ATELIER_IS_MATRIX_PANEL (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "selection-changed", G_CALLBACK (on_focus_selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  on_focus_changed_cb (self);
  on_focus_selection_changed_cb (self);
}

AtelierMatrixGrid *
atelier_matrix_panel_get_grid (AtelierMatrixPanel *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_PANEL (self), NULL);

  return self->grid;
}
