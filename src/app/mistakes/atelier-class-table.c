/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A column view with one row for each class.
 *
 * The rows are kept while the classes stay the same.  A new epoch changes their figures;
 * expressions update the labels, and the sorters are told to sort again.  GTK 4.8 sorts only when a
 * column head is clicked, so there is also a function, which the menu calls and keys can reach.
 * Tab leaves the table; GTK 4.8's own Tab would go through all rows.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-class-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "mistakes/atelier-class-row.h"

struct _AtelierClassTable
{
  GtkWidget           parent_instance;

  gboolean            is_marking; /* the selection is set by code, not by the user */
  guint               i_sorted;
  GtkSortType         sort_type;

  /* Owned */
  GListStore         *rows;
  char              **class_names;

  /* Template children */
  GtkWidget          *scrolled_window;
  GtkLabel           *macro_label;
  GtkColumnView      *column_view;
  GtkSingleSelection *selection_model;
  GtkSortListModel   *sort_model;
};

G_DEFINE_FINAL_TYPE (AtelierClassTable, atelier_class_table, GTK_TYPE_WIDGET)

typedef struct
{
  const char *property;
  const char *title;
} Column;

static const Column columns[] = {
  { "name", N_("Class") },
  /* Translators: of the pictures that were predicted as the class, the share that are of it */
  { "precision", N_("Precision") },
  /* Translators: of the pictures of the class, the share that were predicted as it */
  { "recall", N_("Recall") },
  /* Translators: the harmonic mean of precision and recall; rarely translated */
  { "f1", N_("F1") },
  /* Translators: the head of a column with numbers of pictures */
  { "support", N_("Pictures") },
};

#define NAME 0
#define SUPPORT 4

static char *
format_share (gpointer this,
              double   share)
{
  return isnan (share) ? g_strdup ("–") : g_strdup_printf ("%.3f", share);
}

static char *
format_support (gpointer this,
                guint    support)
{
  return atelier_format_count (support);
}

/* The text of a cell, from its list item's row; transfer full. */
static GtkExpression *
new_text_expression (guint i_column)
{
  GtkExpression *item = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *value =
    gtk_property_expression_new (ATELIER_TYPE_CLASS_ROW, item, columns[i_column].property);
  GCallback format = i_column == SUPPORT ? G_CALLBACK (format_support) : G_CALLBACK (format_share);

  if (i_column == NAME)
    return value;

  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, &value, format, NULL, NULL);
}

/* A row is spoken as its labels are, and five numbers alone would say nothing. */
static void
on_label_notify_cb (GtkLabel   *label,
                    GParamSpec *pspec,
                    gpointer    user_data)
{
  const char *title = _(columns[GPOINTER_TO_UINT (user_data)].title);
  /* Translators: spoken: a column's head, and the number in it: "Precision 0.961". */
  g_autofree char *words = g_strdup_printf (_("%s %s"), title, gtk_label_get_label (label));

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
on_factory_setup_cb (GtkListItemFactory *factory,
                     GtkListItem        *list_item,
                     gpointer            user_data)
{
  guint i_column = GPOINTER_TO_UINT (user_data);
  /* Left-aligned like the column heads, which GTK 4.8 cannot align otherwise. */
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (i_column != NAME)
    {
      gtk_widget_add_css_class (label, "numeric");
      g_signal_connect (label, "notify::label", G_CALLBACK (on_label_notify_cb), user_data);
    }
  gtk_list_item_set_child (list_item, label);
  gtk_expression_bind (new_text_expression (i_column), label, "label", list_item);
}

static GtkSorter *
new_sorter (guint i_column)
{
  GtkExpression *value =
    gtk_property_expression_new (ATELIER_TYPE_CLASS_ROW, NULL, columns[i_column].property);

  if (i_column == NAME)
    return GTK_SORTER (gtk_string_sorter_new (value));

  return GTK_SORTER (gtk_numeric_sorter_new (value));
}

static void
add_column (AtelierClassTable *self,
            guint              i_column)
{
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkSorter) sorter = new_sorter (i_column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_factory_setup_cb),
                    GUINT_TO_POINTER (i_column));
  column = gtk_column_view_column_new (_(columns[i_column].title), factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->column_view, column);
}

static GtkColumnViewColumn *
get_column (AtelierClassTable *self,
            guint              i_column)
{
  GListModel *model = gtk_column_view_get_columns (self->column_view);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i_column);

  return column; /* the view holds its own reference */
}

static void
make_rows (AtelierClassTable *self)
{
  guint n = g_strv_length (self->class_names);

  g_list_store_remove_all (self->rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AtelierClassRow) row = atelier_class_row_new (i, self->class_names[i]);

      g_list_store_append (self->rows, row);
    }
}

/* Sorters do not notice that figures changed. */
static void
sort_again (AtelierClassTable *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_sorter_changed (gtk_column_view_column_get_sorter (get_column (self, i)),
                        GTK_SORTER_CHANGE_DIFFERENT);
}

static guint
find_position (AtelierClassTable *self,
               guint              i_class)
{
  GListModel *model = G_LIST_MODEL (self->sort_model);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (AtelierClassRow) row = g_list_model_get_item (model, i);

      if (atelier_class_row_get_class (row) == i_class)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
on_selected_item_notify_cb (AtelierClassTable *self)
{
  AtelierClassRow *row = gtk_single_selection_get_selected_item (self->selection_model);

  if (row && !self->is_marking)
    gtk_widget_activate_action (GTK_WIDGET (self), "matrix.show", "(uuu)", ATELIER_SELECT_TRUTH,
                                atelier_class_row_get_class (row), 0);
}

static gboolean
atelier_class_table_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  AtelierClassTable *self = ATELIER_CLASS_TABLE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean is_inside = focus && gtk_widget_is_ancestor (focus, widget);

  if (is_inside && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;

  return gtk_widget_child_focus (self->scrolled_window, direction);
}

static void
atelier_class_table_dispose (GObject *object)
{
  AtelierClassTable *self = ATELIER_CLASS_TABLE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_CLASS_TABLE);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (atelier_class_table_parent_class)->dispose (object);
}

static void
atelier_class_table_finalize (GObject *object)
{
  g_strfreev (ATELIER_CLASS_TABLE (object)->class_names);

  G_OBJECT_CLASS (atelier_class_table_parent_class)->finalize (object);
}

static void
atelier_class_table_class_init (AtelierClassTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_class_table_dispose;
  object_class->finalize = atelier_class_table_finalize;
  widget_class->focus = atelier_class_table_focus;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/mistakes/atelier-class-table.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierClassTable, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, AtelierClassTable, macro_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierClassTable, column_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierClassTable, selection_model);
  gtk_widget_class_bind_template_child (widget_class, AtelierClassTable, sort_model);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_item_notify_cb);
  gtk_widget_class_set_css_name (widget_class, "classtable");
}

static void
atelier_class_table_init (AtelierClassTable *self)
{
  self->rows = g_list_store_new (ATELIER_TYPE_CLASS_ROW);
  self->i_sorted = G_N_ELEMENTS (columns);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, i);
  gtk_sort_list_model_set_sorter (self->sort_model, gtk_column_view_get_sorter (self->column_view));
  gtk_sort_list_model_set_model (self->sort_model, G_LIST_MODEL (self->rows));
}

static void
show_macro_f1 (AtelierClassTable *self,
               AtelierConfusion  *confusion)
{
  g_autofree char *share = format_share (NULL, atelier_confusion_get_macro_f1 (confusion));
  /* Translators: the mean of all classes' F1, a term of the field */
  g_autofree char *text = g_strdup_printf (_("Macro F1 %s"), share);

  gtk_label_set_label (self->macro_label, text);
}

void
atelier_class_table_set_confusion (AtelierClassTable  *self,
                                   AtelierConfusion   *confusion,
                                   const char * const *class_names)
{
  g_return_if_fail (ATELIER_IS_CLASS_TABLE (self));

  if (self->class_names == NULL
      || !g_strv_equal ((const char * const *) self->class_names, class_names))
    {
      g_strfreev (self->class_names);
      self->class_names = g_strdupv ((char **) class_names);
      make_rows (self);
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (AtelierClassRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      atelier_class_row_update (row, confusion);
    }
  sort_again (self);
  show_macro_f1 (self, confusion);
}

void
atelier_class_table_set_selection (AtelierClassTable      *self,
                                   const AtelierSelection *selection)
{
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (ATELIER_IS_CLASS_TABLE (self));

  if (selection->kind == ATELIER_SELECT_TRUTH)
    position = find_position (self, selection->truth);

  self->is_marking = TRUE;
  gtk_single_selection_set_selected (self->selection_model, position);
  self->is_marking = FALSE;
}

void
atelier_class_table_sort (AtelierClassTable *self,
                          const char        *property)
{
  g_return_if_fail (ATELIER_IS_CLASS_TABLE (self));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (columns[i].property, property) == 0)
      {
        gboolean is_again = self->i_sorted == i && self->sort_type == GTK_SORT_ASCENDING;

        self->i_sorted = i;
        self->sort_type = is_again ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;
        gtk_column_view_sort_by_column (self->column_view, get_column (self, i), self->sort_type);
      }
}

GListModel *
atelier_class_table_get_rows (AtelierClassTable *self)
{
  g_return_val_if_fail (ATELIER_IS_CLASS_TABLE (self), NULL);

  return G_LIST_MODEL (self->sort_model);
}
