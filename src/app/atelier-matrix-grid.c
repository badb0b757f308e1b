/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of cells with their names and totals.
 *
 *   grid > row > column headers            every row is: a name | cells of equal width | a total
 *        > row > row header, cells, total
 *
 * The rows are widgets because a screen reader wants GRID, ROW and GRID_CELL nested; the names and
 * the totals keep their columns by size groups, the cells by a homogeneous box.  The grid is one
 * stop for Tab; inside it the arrows move.  One function finds the cell at a place in the grid, for
 * the keyboard, the tests and the selection; the pointer asks GTK. The widgets are made when the
 * classes change, and only filled anew when an epoch ends.  Main thread.
 */

#include "config.h"

#include "atelier-matrix-grid.h"

#include <glib/gi18n.h>

#include "atelier-dataset.h"
#include "atelier-format.h"
#include "atelier-matrix.h"
#include "atelier-theme.h"

#define SPACING 2
#define MAX_HEADER_CHARS 4
#define HEADER -1 /* the row and the column of the names */

struct _AtelierMatrixGrid
{
  GtkWidget          parent_instance;

  int                n_classes;
  AtelierSelection   selection;
  int                focus_row;
  int                focus_column;

  /* Owned */
  AtelierConfusion  *confusion;
  char             **class_names;
  GPtrArray         *cells;  /* of AtelierMatrixCell, borrowed: [n + 1, n + 1], names first */
  GPtrArray         *totals; /* of GtkLabel, borrowed: [n] */
};

G_DEFINE_FINAL_TYPE (AtelierMatrixGrid, atelier_matrix_grid, GTK_TYPE_WIDGET)

static AtelierMatrixCell *
get_cell_at (AtelierMatrixGrid *self,
             int                row,
             int                column)
{
  if (row < HEADER || row >= self->n_classes || column < HEADER || column >= self->n_classes)
    return NULL;

  return g_ptr_array_index (self->cells, (row + 1) * (self->n_classes + 1) + column + 1);
}

static void
get_place (const AtelierSelection *selection,
           int                    *row,
           int                    *column)
{
  *row = selection->kind == ATELIER_SELECT_PREDICTION ? HEADER : (int) selection->truth;
  *column = selection->kind == ATELIER_SELECT_TRUTH ? HEADER : (int) selection->prediction;
}

static AtelierSelectionKind
get_kind (int row,
          int column)
{
  if (row == HEADER)
    return ATELIER_SELECT_PREDICTION;

  return column == HEADER ? ATELIER_SELECT_TRUTH : ATELIER_SELECT_CELL;
}

static void
add_cell (AtelierMatrixGrid *self,
          GtkWidget         *box,
          int                row,
          int                column)
{
  AtelierSelection selection = {
    .kind = get_kind (row, column),
    .truth = MAX (row, 0),
    .prediction = MAX (column, 0),
  };
  AtelierMatrixCell *cell = atelier_matrix_cell_new (&selection);

  gtk_accessible_update_relation (GTK_ACCESSIBLE (cell),
                                  GTK_ACCESSIBLE_RELATION_ROW_INDEX, row + 2,
                                  GTK_ACCESSIBLE_RELATION_COL_INDEX, column + 2,
                                  -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell));
  g_ptr_array_add (self->cells, cell);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_row (AtelierMatrixGrid *self,
         int                row,
         GtkSizeGroup      *names,
         GtkSizeGroup      *totals)
{
  GtkWidget *row_box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW,
                                     "spacing", 2 * SPACING, "vexpand", row != HEADER, NULL);
  GtkWidget *cell_box =
    g_object_new (GTK_TYPE_BOX, "spacing", SPACING, "homogeneous", TRUE, "hexpand", TRUE, NULL);
  GtkWidget *total = new_label (row == HEADER ? "" : "0", "total");

  if (row == HEADER)
    {
      /* Translators: the corner of the confusion matrix: rows are the truth, columns what was
       * predicted. */
      gtk_box_append (GTK_BOX (row_box), new_label (_("truth \\ predicted"), "corner"));
      g_ptr_array_add (self->cells, NULL);
    }
  else
    add_cell (self, row_box, row, HEADER);
  gtk_size_group_add_widget (names, gtk_widget_get_first_child (row_box));

  for (int column = 0; column < self->n_classes; column++)
    add_cell (self, cell_box, row, column);

  gtk_size_group_add_widget (totals, total);
  if (row != HEADER)
    g_ptr_array_add (self->totals, total);
  gtk_box_append (GTK_BOX (row_box), cell_box);
  gtk_box_append (GTK_BOX (row_box), total);
  gtk_widget_set_parent (row_box, GTK_WIDGET (self));
}

static void
remove_rows (AtelierMatrixGrid *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->cells, 0);
  g_ptr_array_set_size (self->totals, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
}

static void
name_headers (AtelierMatrixGrid *self)
{
  for (int i = 0; i < self->n_classes; i++)
    {
      const char *name = atelier_class_name_translate (self->class_names[i]);
      g_autofree char *short_name = atelier_matrix_abbreviate (name, MAX_HEADER_CHARS);
      AtelierMatrixCell *column_header = get_cell_at (self, HEADER, i);

      atelier_matrix_cell_set_text (get_cell_at (self, i, HEADER), name);
      atelier_matrix_cell_set_text (column_header, short_name);
      gtk_widget_set_tooltip_text (GTK_WIDGET (column_header), name);
    }
}

static void
build_rows (AtelierMatrixGrid *self)
{
  g_autoptr (GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) totals = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  int n = self->n_classes;

  remove_rows (self);
  for (int row = HEADER; row < n; row++)
    add_row (self, row, names, totals);
  name_headers (self);

  self->focus_row = self->focus_column = 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Confusion matrix"), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_ROW_COUNT, n + 1,
                                  GTK_ACCESSIBLE_RELATION_COL_COUNT, n + 1,
                                  -1);
}

static void
describe_cell (AtelierMatrixCell *cell,
               const char        *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
fill_cell (AtelierMatrixGrid    *self,
           const AtelierMatrix  *matrix,
           const AtelierPalette *palette,
           guint                 truth,
           guint                 prediction)
{
  AtelierMatrixCell *cell = get_cell_at (self, truth, prediction);
  g_autofree char *text = atelier_matrix_get_cell_text (matrix, truth, prediction);
  g_autofree char *count =
    atelier_format_count (atelier_confusion_get_count (self->confusion, truth, prediction));
  g_autofree char *total =
    atelier_format_count (atelier_confusion_get_row_total (self->confusion, truth));
  /* Translators: "true Shirt, predicted Coat: 82 of 1,000". */
  g_autofree char *words = g_strdup_printf (
    _("true %s, predicted %s: %s of %s"), atelier_class_name_translate (self->class_names[truth]),
    atelier_class_name_translate (self->class_names[prediction]), count, total);
  AtelierColor fill, ink;

  atelier_matrix_get_cell_colors (matrix, palette, truth, prediction, &fill, &ink);
  atelier_matrix_cell_set_text (cell, text);
  atelier_matrix_cell_set_colors (cell, &fill, &ink);
  describe_cell (cell, words);
}

static void
fill_headers (AtelierMatrixGrid    *self,
              const AtelierPalette *palette,
              guint                 i_class)
{
  const char *name = atelier_class_name_translate (self->class_names[i_class]);
  g_autofree char *row_total =
    atelier_format_count (atelier_confusion_get_row_total (self->confusion, i_class));
  g_autofree char *column_total =
    atelier_format_count (atelier_confusion_get_column_total (self->confusion, i_class));
  /* Translators: a row of the confusion matrix: a class and how many pictures truly are of it. */
  g_autofree char *row_words = g_strdup_printf (_("true %s: %s pictures"), name, row_total);
  /* Translators: a column of the confusion matrix: a class and how many pictures were taken for
   * it. */
  g_autofree char *column_words =
    g_strdup_printf (_("predicted %s: %s pictures"), name, column_total);
  AtelierMatrixCell *row_header = get_cell_at (self, i_class, HEADER);
  AtelierMatrixCell *column_header = get_cell_at (self, HEADER, i_class);

  gtk_label_set_label (g_ptr_array_index (self->totals, i_class), row_total);
  atelier_matrix_cell_set_colors (row_header, NULL, &palette->text);
  atelier_matrix_cell_set_colors (column_header, NULL, &palette->text);
  describe_cell (row_header, row_words);
  describe_cell (column_header, column_words);
}

static void
mark_selection (AtelierMatrixGrid *self,
                gboolean           is_marked)
{
  AtelierMatrixCell *cell = atelier_matrix_grid_get_cell (self, &self->selection);
  AtelierPalette palette;

  if (cell == NULL)
    return;

  atelier_theme_get_palette (GTK_WIDGET (self), &palette);
  atelier_matrix_cell_set_selected (cell, is_marked ? &palette.validation : NULL);
}

static void
fill_cells (AtelierMatrixGrid *self)
{
  AtelierPalette palette;
  AtelierMatrix matrix;

  if (self->confusion == NULL)
    return;

  atelier_theme_get_palette (GTK_WIDGET (self), &palette);
  matrix = (AtelierMatrix) {
    .counts = atelier_confusion_get_counts (self->confusion),
    .n_classes = self->n_classes,
    .class_names = (const char * const *) self->class_names,
    .mode = ATELIER_MATRIX_COUNTS,
  };

  for (int truth = 0; truth < self->n_classes; truth++)
    {
      fill_headers (self, &palette, truth);
      for (int prediction = 0; prediction < self->n_classes; prediction++)
        fill_cell (self, &matrix, &palette, truth, prediction);
    }
  mark_selection (self, TRUE);
}

static void
on_theme_changed_cb (GtkWidget *widget)
{
  fill_cells (ATELIER_MATRIX_GRID (widget));
}

static void
on_gesture_released_cb (AtelierMatrixGrid *self,
                        int                n_press,
                        double             x,
                        double             y)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (!ATELIER_IS_MATRIX_CELL (target))
    return;

  gtk_widget_grab_focus (target);
  gtk_widget_activate (target);
}

static gboolean
focus_cell_at (AtelierMatrixGrid *self,
               int                row,
               int                column)
{
  AtelierMatrixCell *cell = get_cell_at (self, row, column);

  if (cell == NULL || !gtk_widget_grab_focus (GTK_WIDGET (cell)))
    return FALSE;

  self->focus_row = row;
  self->focus_column = column;

  return TRUE;
}

/* The cell that has the focus, or NULL. */
static AtelierMatrixCell *
get_focused_cell (AtelierMatrixGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (!ATELIER_IS_MATRIX_CELL (focus) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;

  return ATELIER_MATRIX_CELL (focus);
}

static gboolean
enter (AtelierMatrixGrid *self)
{
  int row, column;

  if (self->selection.kind == ATELIER_SELECT_MISTAKES)
    return focus_cell_at (self, self->focus_row, self->focus_column);

  get_place (&self->selection, &row, &column);

  return focus_cell_at (self, row, column);
}

static gboolean
atelier_matrix_grid_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  AtelierMatrixGrid *self = ATELIER_MATRIX_GRID (widget);
  AtelierMatrixCell *cell = get_focused_cell (self);
  int step = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int row, column;

  if (cell == NULL)
    return enter (self);

  get_place (atelier_matrix_cell_get_selection (cell), &row, &column);
  switch (direction)
    {
    case GTK_DIR_UP:
      row--;
      break;
    case GTK_DIR_DOWN:
      row++;
      break;
    case GTK_DIR_LEFT:
      column -= step;
      break;
    case GTK_DIR_RIGHT:
      column += step;
      break;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return FALSE;
    }

  /* At an edge the focus stays: an arrow shall not leave the matrix by accident. */
  if (!focus_cell_at (self, row, column))
    gtk_widget_error_bell (widget);

  return TRUE;
}

/* Home and End: the ends of the row; with Control: the first and the last cell. */
static gboolean
on_jump_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  AtelierMatrixGrid *self = ATELIER_MATRIX_GRID (widget);
  AtelierMatrixCell *cell = get_focused_cell (self);
  int last = self->n_classes - 1;
  gboolean to_end, is_whole;
  int row, column;

  if (cell == NULL)
    return FALSE;

  g_variant_get (args, "(bb)", &to_end, &is_whole);
  get_place (atelier_matrix_cell_get_selection (cell), &row, &column);
  if (is_whole)
    row = to_end ? last : 0;
  focus_cell_at (self, row, to_end ? last : 0);

  return TRUE;
}

static void
atelier_matrix_grid_dispose (GObject *object)
{
  AtelierMatrixGrid *self = ATELIER_MATRIX_GRID (object);

  remove_rows (self);
  g_clear_pointer (&self->confusion, atelier_confusion_unref);

  G_OBJECT_CLASS (atelier_matrix_grid_parent_class)->dispose (object);
}

static void
atelier_matrix_grid_finalize (GObject *object)
{
  AtelierMatrixGrid *self = ATELIER_MATRIX_GRID (object);

  g_strfreev (self->class_names);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->totals);

  G_OBJECT_CLASS (atelier_matrix_grid_parent_class)->finalize (object);
}

static void
atelier_matrix_grid_class_init (AtelierMatrixGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_matrix_grid_dispose;
  object_class->finalize = atelier_matrix_grid_finalize;
  widget_class->focus = atelier_matrix_grid_focus;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_jump_cb, "(bb)", FALSE, FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_jump_cb, "(bb)", TRUE, FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, on_jump_cb, "(bb)",
                                FALSE, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, on_jump_cb, "(bb)",
                                TRUE, TRUE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "matrixgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
atelier_matrix_grid_init (AtelierMatrixGrid *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->cells = g_ptr_array_new ();
  self->totals = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);

  g_signal_connect_swapped (gesture, "released", G_CALLBACK (on_gesture_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
  atelier_theme_watch (GTK_WIDGET (self), on_theme_changed_cb);
}

void
atelier_matrix_grid_set_confusion (AtelierMatrixGrid  *self,
                                   AtelierConfusion   *confusion,
                                   const char * const *class_names)
{
  g_return_if_fail (ATELIER_IS_MATRIX_GRID (self));
  g_return_if_fail (atelier_confusion_get_n_classes (confusion)
                    == g_strv_length ((char **) class_names));
  g_return_if_fail (atelier_confusion_get_n_classes (confusion) <= ATELIER_MATRIX_GRID_MAX_CLASSES);

  atelier_confusion_ref (confusion);
  g_clear_pointer (&self->confusion, atelier_confusion_unref);
  self->confusion = confusion;

  self->n_classes = atelier_confusion_get_n_classes (confusion);
  if (self->class_names == NULL
      || !g_strv_equal ((const char *const *) self->class_names, class_names))
    {
      g_strfreev (self->class_names);
      self->class_names = g_strdupv ((char **) class_names);
      build_rows (self);
    }
  fill_cells (self);
}

void
atelier_matrix_grid_set_selection (AtelierMatrixGrid      *self,
                                   const AtelierSelection *selection)
{
  g_return_if_fail (ATELIER_IS_MATRIX_GRID (self));

  mark_selection (self, FALSE);
  self->selection = *selection;
  mark_selection (self, TRUE);
}

AtelierMatrixCell *
atelier_matrix_grid_get_cell (AtelierMatrixGrid      *self,
                              const AtelierSelection *selection)
{
  int row, column;

  g_return_val_if_fail (ATELIER_IS_MATRIX_GRID (self), NULL);

  if (selection->kind == ATELIER_SELECT_MISTAKES || self->cells->len == 0)
    return NULL;

  get_place (selection, &row, &column);

  return get_cell_at (self, row, column);
}
