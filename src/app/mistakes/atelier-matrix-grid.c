/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of cells with their names and totals.
 *
 * The rows are widgets because screen readers need GRID, ROW and GRID_CELL nested.  Tab stops once
 * at the grid; inside it the arrow keys move.  One function finds the cell at a row and a column,
 * for the keyboard, the tests and the selection; for the pointer GTK does.
 *
 * The widgets are created when the classes change.  After an epoch only changed cells are refilled,
 * because updating a hundred names and colours takes time from the training.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-matrix-grid.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "data/atelier-dataset.h"
#include "kit/atelier-theme.h"
#include "mistakes/atelier-matrix-row.h"

#define SPACING 2 /* between rows; AtelierMatrixRow uses the same between cells */
#define MAX_HEADER_CHARS 4

struct _AtelierMatrixGrid
{
  GtkWidget          parent_instance;

  int                n_classes;
  AtelierMatrixMode  mode;
  AtelierSelection   selection;
  int                focus_row;
  int                focus_column;

  /* Owned */
  AtelierConfusion  *confusion;
  char             **class_names;
  GPtrArray         *rows; /* of AtelierMatrixRow, borrowed: header, [n], totals */
};

G_DEFINE_FINAL_TYPE (AtelierMatrixGrid, atelier_matrix_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_MODE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static AtelierMatrixCell *
get_cell_at (AtelierMatrixGrid *self,
             int                row,
             int                column)
{
  if (row < ATELIER_MATRIX_HEADER || row + 1 >= (int) self->rows->len)
    return NULL;

  return atelier_matrix_row_get_cell (g_ptr_array_index (self->rows, row + 1), column);
}

/* The total of a row, of a column, or of all pictures, if row or column is n. */
static GtkLabel *
get_total_at (AtelierMatrixGrid *self,
              int                row,
              int                column)
{
  return atelier_matrix_row_get_total (g_ptr_array_index (self->rows, row + 1), column);
}

static void
get_place (const AtelierSelection *selection,
           int                    *row,
           int                    *column)
{
  *row = *column = ATELIER_MATRIX_HEADER;
  if (selection->kind != ATELIER_SELECT_PREDICTION)
    *row = (int) selection->truth;
  if (selection->kind != ATELIER_SELECT_TRUTH)
    *column = (int) selection->prediction;
}

static void
remove_rows (AtelierMatrixGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
name_headers (AtelierMatrixGrid *self)
{
  for (int i = 0; i < self->n_classes; i++)
    {
      const char *name = atelier_class_name_translate (self->class_names[i]);
      g_autofree char *short_name = atelier_matrix_abbreviate (name, MAX_HEADER_CHARS);
      AtelierMatrixCell *column_header = get_cell_at (self, ATELIER_MATRIX_HEADER, i);

      atelier_matrix_cell_set_text (get_cell_at (self, i, ATELIER_MATRIX_HEADER), name);
      atelier_matrix_cell_set_text (column_header, short_name);
      atelier_matrix_cell_set_full_text (column_header, name);
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
  for (int row = ATELIER_MATRIX_HEADER; row <= n; row++)
    {
      AtelierMatrixRow *widget = atelier_matrix_row_new (row, n, names, totals);

      g_ptr_array_add (self->rows, widget);
      gtk_widget_set_parent (GTK_WIDGET (widget), GTK_WIDGET (self));
    }
  name_headers (self);

  self->focus_row = self->focus_column = 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Confusion matrix"), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_ROW_COUNT, n + 2,
                                  GTK_ACCESSIBLE_RELATION_COL_COUNT, n + 2,
                                  -1);
}

static void
name_cell (AtelierMatrixGrid *self,
           AtelierMatrixCell *cell)
{
  g_autofree char *words =
    atelier_selection_announce (atelier_matrix_cell_get_selection (cell), self->confusion,
                                (const char * const *) self->class_names);

  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* The accessible name has the counts; if the cell shows a percentage, the description gives
 * that. */
static void
describe_cell (AtelierMatrixGrid *self,
               AtelierMatrixCell *cell)
{
  const AtelierSelection *place = atelier_matrix_cell_get_selection (cell);
  const char *text = atelier_matrix_cell_get_text (cell);
  g_autofree char *words = NULL;

  if (self->mode == ATELIER_MATRIX_PERCENT_OF_TRUTH && text[0] != '\0')
    /* Translators: a number and a class name: "16.6 % of true Shirt". */
    words = g_strdup_printf (_("%s %% of true %s"), text,
                             atelier_class_name_translate (self->class_names[place->truth]));
  else if (self->mode == ATELIER_MATRIX_PERCENT_OF_PREDICTION && text[0] != '\0')
    /* Translators: a number and a class name: "12.3 % of everything called Coat". */
    words = g_strdup_printf (_("%s %% of everything called %s"), text,
                             atelier_class_name_translate (self->class_names[place->prediction]));

  if (words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    words, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
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
  AtelierColor fill, ink;

  atelier_matrix_get_cell_colors (matrix, palette, truth, prediction, &fill, &ink);
  atelier_matrix_cell_set_text (cell, text);
  atelier_matrix_cell_set_colors (cell, &fill, &ink);
  name_cell (self, cell);
  describe_cell (self, cell);
}

static void
fill_headers (AtelierMatrixGrid    *self,
              const AtelierPalette *palette,
              guint                 i_class)
{
  g_autofree char *row_total =
    atelier_format_count (atelier_confusion_get_row_total (self->confusion, i_class));
  g_autofree char *column_total =
    atelier_format_count (atelier_confusion_get_column_total (self->confusion, i_class));
  AtelierMatrixCell *row_header = get_cell_at (self, i_class, ATELIER_MATRIX_HEADER);
  AtelierMatrixCell *column_header = get_cell_at (self, ATELIER_MATRIX_HEADER, i_class);

  gtk_label_set_label (get_total_at (self, i_class, self->n_classes), row_total);
  gtk_label_set_label (get_total_at (self, self->n_classes, i_class), column_total);
  atelier_matrix_cell_set_colors (row_header, NULL, &palette->text);
  atelier_matrix_cell_set_colors (column_header, NULL, &palette->text);
  name_cell (self, row_header);
  name_cell (self, column_header);
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

/* Whether the cell's content for @shown is the same as for the present counts, in any mode. */
static gboolean
is_shown (AtelierMatrixGrid *self,
          AtelierConfusion  *shown,
          guint              truth,
          guint              prediction)
{
  return shown
         && atelier_confusion_get_count (shown, truth, prediction)
              == atelier_confusion_get_count (self->confusion, truth, prediction)
         && atelier_confusion_get_row_total (shown, truth)
              == atelier_confusion_get_row_total (self->confusion, truth)
         && atelier_confusion_get_column_total (shown, prediction)
              == atelier_confusion_get_column_total (self->confusion, prediction);
}

/* @shown: the last displayed counts; cells with equal counts are skipped.  NULL refills all cells,
 * after a change of mode, palette or classes. */
static void
fill_cells (AtelierMatrixGrid *self,
            AtelierConfusion  *shown)
{
  g_autofree char *total = NULL;
  AtelierPalette palette;
  AtelierMatrix matrix;

  if (self->confusion == NULL)
    return;

  atelier_theme_get_palette (GTK_WIDGET (self), &palette);
  matrix = (AtelierMatrix) {
    .counts = atelier_confusion_get_counts (self->confusion),
    .n_classes = self->n_classes,
    .class_names = (const char * const *) self->class_names,
    .mode = self->mode,
  };

  for (int truth = 0; truth < self->n_classes; truth++)
    {
      fill_headers (self, &palette, truth);
      for (int prediction = 0; prediction < self->n_classes; prediction++)
        if (!is_shown (self, shown, truth, prediction))
          fill_cell (self, &matrix, &palette, truth, prediction);
    }
  total = atelier_format_count (atelier_confusion_get_total (self->confusion));
  gtk_label_set_label (get_total_at (self, self->n_classes, self->n_classes), total);
  mark_selection (self, TRUE);
}

static void
on_theme_changed_cb (GtkWidget *widget)
{
  fill_cells (ATELIER_MATRIX_GRID (widget), NULL);
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

/* The cell with the keyboard focus, or NULL. */
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

  /* At an edge the focus stays, so that an arrow key does not leave the matrix by accident. */
  if (!focus_cell_at (self, row, column))
    gtk_widget_error_bell (widget);

  return TRUE;
}

/* Home and End go to the ends of the row; with Control, to the first and the last cell. */
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
set_mode (AtelierMatrixGrid *self,
          AtelierMatrixMode  mode)
{
  if (self->mode == mode)
    return;

  self->mode = mode;
  fill_cells (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

static void
atelier_matrix_grid_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_MODE:
      g_value_set_uint (value, ATELIER_MATRIX_GRID (object)->mode);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_matrix_grid_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_MODE:
      set_mode (ATELIER_MATRIX_GRID (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
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
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (atelier_matrix_grid_parent_class)->finalize (object);
}

static void
atelier_matrix_grid_class_init (AtelierMatrixGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_matrix_grid_get_property;
  object_class->set_property = atelier_matrix_grid_set_property;
  object_class->dispose = atelier_matrix_grid_dispose;
  object_class->finalize = atelier_matrix_grid_finalize;
  widget_class->focus = atelier_matrix_grid_focus;

  properties[PROP_MODE] =
    g_param_spec_uint ("mode", NULL, NULL, 0, ATELIER_MATRIX_PERCENT_OF_PREDICTION,
                       ATELIER_MATRIX_COUNTS,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

  self->rows = g_ptr_array_new ();
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
  g_autoptr (AtelierConfusion) shown = NULL;

  g_return_if_fail (ATELIER_IS_MATRIX_GRID (self));
  g_return_if_fail (atelier_confusion_get_n_classes (confusion)
                    == g_strv_length ((char **) class_names));
  g_return_if_fail (atelier_confusion_get_n_classes (confusion) <= ATELIER_MATRIX_GRID_MAX_CLASSES);

  shown = g_steal_pointer (&self->confusion);
  self->confusion = atelier_confusion_ref (confusion);

  self->n_classes = atelier_confusion_get_n_classes (confusion);
  if (self->class_names == NULL
      || !g_strv_equal ((const char *const *) self->class_names, class_names))
    {
      g_strfreev (self->class_names);
      self->class_names = g_strdupv ((char **) class_names);
      build_rows (self);
      g_clear_pointer (&shown, atelier_confusion_unref);
    }
  fill_cells (self, shown);
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

  if (selection->kind == ATELIER_SELECT_MISTAKES || self->rows->len == 0)
    return NULL;

  get_place (selection, &row, &column);

  return get_cell_at (self, row, column);
}

GtkLabel *
atelier_matrix_grid_get_total (AtelierMatrixGrid      *self,
                               const AtelierSelection *selection)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_GRID (self), NULL);

  if (self->rows->len == 0)
    return NULL;

  switch (selection->kind)
    {
    case ATELIER_SELECT_TRUTH:
      return get_total_at (self, selection->truth, self->n_classes);
    case ATELIER_SELECT_PREDICTION:
      return get_total_at (self, self->n_classes, selection->prediction);
    case ATELIER_SELECT_CELL:
    case ATELIER_SELECT_MISTAKES:
    default:
      return get_total_at (self, self->n_classes, self->n_classes);
    }
}
