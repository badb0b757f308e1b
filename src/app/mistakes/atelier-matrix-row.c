/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The widgets of one row, in the order in which a screen reader reads them.
 *
 *   row >= 0    a class's name | its cells           | how many pictures are of it
 *   header      the corner     | names of columns    | "total"
 *   n_classes   "total"        | sums of the columns | all pictures
 *
 * The grid's size groups align names and totals between rows; a homogeneous box aligns cells.  Sums
 * are labels and not cells, because a click on the names already opens the same pictures.  For a
 * screen reader they are cells too, in the grid's last row and column.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-matrix-row.h"

#include <glib/gi18n.h>

#define SPACING 2

struct _AtelierMatrixRow
{
  GtkBox             parent_instance;

  int                row;
  int                n_classes;

  /* Owned; the widgets in them belong to the box */
  GPtrArray         *cells;  /* of AtelierMatrixCell, [n_classes] or none */
  GPtrArray         *totals; /* of GtkLabel, [n_classes] or none */

  /* Borrowed */
  AtelierMatrixCell *name; /* NULL in the corner and in the row of totals */
  GtkLabel          *total;
};

G_DEFINE_FINAL_TYPE (AtelierMatrixRow, atelier_matrix_row, GTK_TYPE_BOX)

static AtelierSelectionKind
get_kind (int row,
          int column)
{
  if (row == ATELIER_MATRIX_HEADER)
    return ATELIER_SELECT_PREDICTION;

  return column == ATELIER_MATRIX_HEADER ? ATELIER_SELECT_TRUTH : ATELIER_SELECT_CELL;
}

/* Sets the column for screen readers: counted from 1, names and totals included. */
static void
set_place (AtelierMatrixRow *self,
           gpointer          accessible,
           int               column)
{
  gtk_accessible_update_relation (accessible,
                                  GTK_ACCESSIBLE_RELATION_ROW_INDEX, self->row + 2,
                                  GTK_ACCESSIBLE_RELATION_COL_INDEX, column + 2,
                                  -1);
}

static AtelierMatrixCell *
new_cell (AtelierMatrixRow *self,
          int               column)
{
  const AtelierSelection selection = {
    .kind = get_kind (self->row, column),
    .truth = MAX (self->row, 0),
    .prediction = MAX (column, 0),
  };
  AtelierMatrixCell *cell = atelier_matrix_cell_new (&selection);

  set_place (self, cell, column);

  return cell;
}

static GtkLabel *
new_label (const char        *text,
           const char        *css_class,
           GtkAccessibleRole  role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, NULL);

  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static GtkLabel *
new_sum (AtelierMatrixRow *self,
         int               column)
{
  GtkLabel *label = new_label ("0", "total", GTK_ACCESSIBLE_ROLE_GRID_CELL);

  set_place (self, label, column);

  return label;
}

/* Creates the left end of the row. */
static GtkWidget *
new_name (AtelierMatrixRow *self)
{
  GtkLabel *label;

  if (self->row >= 0 && self->row < self->n_classes)
    {
      self->name = new_cell (self, ATELIER_MATRIX_HEADER);
      return GTK_WIDGET (self->name);
    }

  if (self->row == ATELIER_MATRIX_HEADER)
    /* Translators: the corner of the confusion matrix: rows are the truth, columns the
     * prediction */
    label = new_label (_("truth \\ predicted"), "corner", GTK_ACCESSIBLE_ROLE_LABEL);
  else
    /* Translators: the head of the row of sums below the confusion matrix */
    label = new_label (_("total"), "total", GTK_ACCESSIBLE_ROLE_ROW_HEADER);
  gtk_label_set_xalign (label, 1.0f);

  return GTK_WIDGET (label);
}

static GtkWidget *
new_cells (AtelierMatrixRow *self)
{
  GtkWidget *box =
    g_object_new (GTK_TYPE_BOX, "spacing", SPACING, "homogeneous", TRUE, "hexpand", TRUE, NULL);
  gboolean is_sums = self->row == self->n_classes;

  for (int column = 0; column < self->n_classes; column++)
    {
      gpointer widget = is_sums ? (gpointer) new_sum (self, column) : new_cell (self, column);

      g_ptr_array_add (is_sums ? self->totals : self->cells, widget);
      gtk_box_append (GTK_BOX (box), widget);
    }

  return box;
}

/* Creates the right end of the row. */
static GtkWidget *
new_total (AtelierMatrixRow *self)
{
  if (self->row == ATELIER_MATRIX_HEADER)
    /* Translators: the head of the column of sums beside the confusion matrix */
    self->total = new_label (_("total"), "total", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  else
    self->total = new_sum (self, self->n_classes);

  gtk_widget_add_css_class (GTK_WIDGET (self->total), "of-row");
  gtk_label_set_xalign (self->total, 1.0f);

  return GTK_WIDGET (self->total);
}

static void
atelier_matrix_row_finalize (GObject *object)
{
  AtelierMatrixRow *self = ATELIER_MATRIX_ROW (object);

  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->totals);

  G_OBJECT_CLASS (atelier_matrix_row_parent_class)->finalize (object);
}

static void
atelier_matrix_row_class_init (AtelierMatrixRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_matrix_row_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ROW);
}

static void
atelier_matrix_row_init (AtelierMatrixRow *self)
{
  self->cells = g_ptr_array_new ();
  self->totals = g_ptr_array_new ();
}

AtelierMatrixRow *
atelier_matrix_row_new (int           row,
                        int           n_classes,
                        GtkSizeGroup *names,
                        GtkSizeGroup *totals)
{
  gboolean has_cells = row != ATELIER_MATRIX_HEADER && row != n_classes;
  AtelierMatrixRow *self =
    g_object_new (ATELIER_TYPE_MATRIX_ROW, "spacing", 2 * SPACING, "vexpand", has_cells, NULL);
  GtkWidget *name, *total;

  self->row = row;
  self->n_classes = n_classes;

  name = new_name (self);
  gtk_box_append (GTK_BOX (self), name);
  gtk_size_group_add_widget (names, name);

  gtk_box_append (GTK_BOX (self), new_cells (self));

  total = new_total (self);
  gtk_box_append (GTK_BOX (self), total);
  gtk_size_group_add_widget (totals, total);

  return self;
}

AtelierMatrixCell *
atelier_matrix_row_get_cell (AtelierMatrixRow *self,
                             int               column)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_ROW (self), NULL);

  if (column == ATELIER_MATRIX_HEADER)
    return self->name;
  if (column < 0 || column >= (int) self->cells->len)
    return NULL;

  return g_ptr_array_index (self->cells, column);
}

GtkLabel *
atelier_matrix_row_get_total (AtelierMatrixRow *self,
                              int               column)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_ROW (self), NULL);

  if (column == self->n_classes)
    return self->total;
  g_return_val_if_fail (column >= 0 && column < (int) self->totals->len, NULL);

  return g_ptr_array_index (self->totals, column);
}
