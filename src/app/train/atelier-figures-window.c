/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A column view whose model is the run's history, which is a list of epochs, so that a new epoch
 * adds a row.
 *
 * Epochs are immutable, so a cell is filled once, when its row is bound.  The table of columns says
 * where a figure is found in an epoch and how it is written; the copied text is made from the same
 * table.  When another run starts, the window shows its history.  Main thread.
 */

#include "config.h"

#include "train/atelier-figures-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "kit/atelier-number-order.h"

struct _AtelierFiguresWindow
{
  AdwWindow           parent_instance;

  /* Owned */
  AtelierFocus       *focus;

  /* Template children */
  GtkStack           *stack;
  GtkColumnView      *column_view;
  GtkSingleSelection *selection_model;
};

G_DEFINE_FINAL_TYPE (AtelierFiguresWindow, atelier_figures_window, ADW_TYPE_WINDOW)

typedef enum
{
  COUNT,
  LOSS,
  SHARE,
  SECONDS,
} Kind;

typedef struct
{
  const char *title;
  Kind        kind;
  gsize       offset; /* of a double in AtelierEpochFigures; not used for COUNT, the epoch */
} Column;

#define FIGURE(field) G_STRUCT_OFFSET (AtelierEpochFigures, field)

static const Column columns[] = {
  { N_("Epoch"), COUNT, FIGURE (epoch) },
  { N_("Training Loss"), LOSS, FIGURE (loss) },
  { N_("Loss, No Dropout"), LOSS, FIGURE (train_eval_loss) },
  { N_("Validation Loss"), LOSS, FIGURE (validation_loss) },
  { N_("Penalty"), LOSS, FIGURE (penalty) },
  { N_("Training Accuracy"), SHARE, FIGURE (accuracy) },
  { N_("Accuracy, No Dropout"), SHARE, FIGURE (train_eval_accuracy) },
  { N_("Validation Accuracy"), SHARE, FIGURE (validation_accuracy) },
  { N_("Seconds"), SECONDS, FIGURE (seconds) },
};

static char *
format_cell (const Column *column,
             AtelierEpoch *epoch)
{
  const AtelierEpochFigures *figures = atelier_epoch_get_figures (epoch);
  double value;

  if (column->kind == COUNT)
    return g_strdup_printf ("%u", figures->epoch);

  value = G_STRUCT_MEMBER (double, figures, column->offset);
  if (column->kind == SHARE)
    return atelier_format_percent (value, 2);
  if (column->kind == SECONDS)
    return isfinite (value) ? g_strdup_printf ("%.1f", value) : g_strdup ("–");

  return atelier_format_loss (value);
}

static void
on_factory_setup_cb (GtkListItemFactory *factory,
                     GtkListItem        *list_item,
                     gpointer            user_data)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
on_factory_bind_cb (GtkListItemFactory *factory,
                    GtkListItem        *list_item,
                    gpointer            user_data)
{
  g_autofree char *text = format_cell (user_data, gtk_list_item_get_item (list_item));

  atelier_number_order_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
add_columns (AtelierFiguresWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column =
        gtk_column_view_column_new (_(columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_factory_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_factory_bind_cb), (gpointer) &columns[i]);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->column_view, column);
    }
}

static void
show_run (AtelierFiguresWindow *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);
  gboolean has_epochs = history && atelier_history_get_n_epochs (history) > 0;

  if (gtk_single_selection_get_model (self->selection_model) != G_LIST_MODEL (history))
    gtk_single_selection_set_model (self->selection_model, G_LIST_MODEL (history));
  gtk_stack_set_visible_child_name (self->stack, has_epochs ? "table" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figures.copy", has_epochs);
}

static void
on_row_activate_cb (AtelierFiguresWindow *self,
                    guint                 position)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);

  atelier_focus_set_epoch (self->focus, atelier_history_get_figures (history, position)->epoch);
}

static void
on_copy_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_autofree char *text = atelier_figures_window_to_text (ATELIER_FIGURES_WINDOW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
atelier_figures_window_dispose (GObject *object)
{
  AtelierFiguresWindow *self = ATELIER_FIGURES_WINDOW (object);

  g_clear_object (&self->focus);

  G_OBJECT_CLASS (atelier_figures_window_parent_class)->dispose (object);
}

static void
atelier_figures_window_class_init (AtelierFiguresWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_figures_window_dispose;

  gtk_widget_class_install_action (widget_class, "figures.copy", NULL, on_copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "figures.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/train/atelier-figures-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierFiguresWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierFiguresWindow, column_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierFiguresWindow, selection_model);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activate_cb);
}

static void
atelier_figures_window_init (AtelierFiguresWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
}

AtelierFiguresWindow *
atelier_figures_window_new (GtkWindow    *parent,
                            AtelierFocus *focus)
{
  AtelierFiguresWindow *self;

  g_return_val_if_fail (ATELIER_IS_FOCUS (focus), NULL);

  self = g_object_new (ATELIER_TYPE_FIGURES_WINDOW, "transient-for", parent, NULL);
  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (show_run), self, G_CONNECT_SWAPPED);
  show_run (self);

  return self;
}

char *
atelier_figures_window_to_text (AtelierFiguresWindow *self)
{
  AtelierHistory *history;
  GString *text = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (ATELIER_IS_FIGURES_WINDOW (self), NULL);

  history = atelier_focus_get_history (self->focus);
  n = history ? atelier_history_get_n_epochs (history) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", _(columns[i].title));
  g_string_append_c (text, '\n');

  for (guint i_epoch = 0; i_epoch < n; i_epoch++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          g_autofree char *cell =
            format_cell (&columns[i], atelier_history_get_epoch (history, i_epoch));

          g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", cell);
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
