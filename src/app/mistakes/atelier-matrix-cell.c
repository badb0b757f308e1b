/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cell of the matrix, which draws itself from four cached values.
 *
 * Labels with a style sheet each were rejected: a matrix would have a hundred style providers, all
 * parsed again at every epoch.  Drawing the matrix as one widget was rejected too: neither screen
 * readers nor the keyboard could reach a cell.  So cells are widgets, but cheap ones: no children,
 * no gesture (the grid has one for all), and a text layout that is kept until the text changes.
 * Main thread.
 */

#include "config.h"

#include "mistakes/atelier-matrix-cell.h"

#include "kit/atelier-theme.h"

#define CORNER_RADIUS 4
#define RING_WIDTH 2

struct _AtelierMatrixCell
{
  GtkWidget        parent_instance;

  AtelierSelection selection;
  gboolean         has_fill;
  gboolean         is_selected;
  int              width;     /* that was asked for; 0: not yet, or the font has changed */
  int              height;
  GdkRGBA          fill;
  GdkRGBA          ink;
  GdkRGBA          ring;

  /* Owned */
  char            *text;
  char            *full_text; /* drawn instead where it fits; nullable */
  PangoLayout     *layout;    /* NULL: must be created, and so must the next */
  PangoLayout     *full_layout;
};

G_DEFINE_FINAL_TYPE (AtelierMatrixCell, atelier_matrix_cell, GTK_TYPE_WIDGET)

enum
{
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
drop_layouts (AtelierMatrixCell *self)
{
  g_clear_object (&self->layout);
  g_clear_object (&self->full_layout);
}

static void
ensure_layouts (AtelierMatrixCell *self)
{
  if (self->layout)
    return;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  if (self->full_text)
    self->full_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->full_text);
}

static void
forget_size (AtelierMatrixCell *self)
{
  drop_layouts (self);
  self->width = self->height = 0;
}

/* A number that needs no more room than one before it changes no layout: where each epoch changed
 * the size of a hundred cells, the whole window was measured for each. */
static void
show_new_text (AtelierMatrixCell *self)
{
  int width, height;

  drop_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->width == 0)
    {
      gtk_widget_queue_resize (GTK_WIDGET (self));
      return;
    }

  ensure_layouts (self);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  if (width > self->width || height > self->height)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
shows_full_text (AtelierMatrixCell *self)
{
  int width;

  ensure_layouts (self);
  if (self->full_layout == NULL)
    return FALSE;

  pango_layout_get_pixel_size (self->full_layout, &width, NULL);

  return width <= gtk_widget_get_width (GTK_WIDGET (self));
}

/* Numbers are centred in their cells; the names of rows are right-aligned. */
static int
get_text_x (AtelierMatrixCell *self,
            int                text_width)
{
  int space = gtk_widget_get_width (GTK_WIDGET (self)) - text_width;

  if (self->selection.kind != ATELIER_SELECT_TRUTH)
    return space / 2;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 0 : space;
}

static void
append_outline (AtelierMatrixCell *self,
                GtkSnapshot       *snapshot,
                GskRoundedRect    *outline)
{
  float widths[4] = { RING_WIDTH, RING_WIDTH, RING_WIDTH, RING_WIDTH };
  GdkRGBA colors[4] = { self->ring, self->ring, self->ring, self->ring };

  if (self->is_selected)
    gtk_snapshot_append_border (snapshot, outline, widths, colors);
}

static void
atelier_matrix_cell_activate (AtelierMatrixCell *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "matrix.show", "(uuu)",
                              (guint) self->selection.kind, self->selection.truth,
                              self->selection.prediction);
}

static void
atelier_matrix_cell_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  AtelierMatrixCell *self = ATELIER_MATRIX_CELL (widget);
  int width, height, full_width;

  ensure_layouts (self);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  self->width = MAX (self->width, width);
  self->height = MAX (self->height, height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
  if (self->full_layout == NULL || orientation != GTK_ORIENTATION_HORIZONTAL)
    return;

  pango_layout_get_pixel_size (self->full_layout, &full_width, NULL);
  *natural = MAX (*natural, full_width);
}

static void
atelier_matrix_cell_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  AtelierMatrixCell *self = ATELIER_MATRIX_CELL (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean is_hovered = gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_PRELIGHT;
  PangoLayout *layout = shows_full_text (self) ? self->full_layout : self->layout;
  GdkRGBA veil = self->ink;
  GskRoundedRect outline;
  int text_width, text_height;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height),
                                   CORNER_RADIUS);
  veil.alpha = 0.12f;

  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->has_fill)
    gtk_snapshot_append_color (snapshot, &self->fill, &outline.bounds);
  if (is_hovered)
    gtk_snapshot_append_color (snapshot, &veil, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  append_outline (self, snapshot, &outline);

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (get_text_x (self, text_width), (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &self->ink);
  gtk_snapshot_restore (snapshot);
}

static void
atelier_matrix_cell_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (atelier_matrix_cell_parent_class)->css_changed (widget, change);

  forget_size (ATELIER_MATRIX_CELL (widget));
}

static void
atelier_matrix_cell_system_setting_changed (GtkWidget        *widget,
                                            GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (atelier_matrix_cell_parent_class)->system_setting_changed (widget, setting);

  forget_size (ATELIER_MATRIX_CELL (widget));
  gtk_widget_queue_resize (widget);
}

static void
atelier_matrix_cell_finalize (GObject *object)
{
  AtelierMatrixCell *self = ATELIER_MATRIX_CELL (object);

  drop_layouts (self);
  g_free (self->text);
  g_free (self->full_text);

  G_OBJECT_CLASS (atelier_matrix_cell_parent_class)->finalize (object);
}

static void
atelier_matrix_cell_class_init (AtelierMatrixCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = atelier_matrix_cell_finalize;
  widget_class->measure = atelier_matrix_cell_measure;
  widget_class->snapshot = atelier_matrix_cell_snapshot;
  widget_class->css_changed = atelier_matrix_cell_css_changed;
  widget_class->system_setting_changed = atelier_matrix_cell_system_setting_changed;

  signals[ACTIVATE] = g_signal_new_class_handler (
    "activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
    G_CALLBACK (atelier_matrix_cell_activate), NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[ACTIVATE]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Space, 0, "activate", NULL);

  gtk_widget_class_set_css_name (widget_class, "matrixcell");
}

static void
atelier_matrix_cell_init (AtelierMatrixCell *self)
{
  self->text = g_strdup ("");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

AtelierMatrixCell *
atelier_matrix_cell_new (const AtelierSelection *selection)
{
  static const GtkAccessibleRole roles[] = {
    [ATELIER_SELECT_CELL] = GTK_ACCESSIBLE_ROLE_GRID_CELL,
    [ATELIER_SELECT_TRUTH] = GTK_ACCESSIBLE_ROLE_ROW_HEADER,
    [ATELIER_SELECT_PREDICTION] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
  };
  AtelierMatrixCell *self;

  g_return_val_if_fail (selection->kind != ATELIER_SELECT_MISTAKES, NULL);

  self = g_object_new (ATELIER_TYPE_MATRIX_CELL, "accessible-role", roles[selection->kind], NULL);
  self->selection = *selection;
  if (selection->kind != ATELIER_SELECT_CELL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "header");

  return self;
}

const AtelierSelection *
atelier_matrix_cell_get_selection (AtelierMatrixCell *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_CELL (self), NULL);

  return &self->selection;
}

const char *
atelier_matrix_cell_get_text (AtelierMatrixCell *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_CELL (self), NULL);

  return self->text;
}

void
atelier_matrix_cell_set_text (AtelierMatrixCell *self,
                              const char        *text)
{
  g_return_if_fail (ATELIER_IS_MATRIX_CELL (self));

  if (g_str_equal (self->text, text))
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  show_new_text (self);
}

void
atelier_matrix_cell_set_full_text (AtelierMatrixCell *self,
                                   const char        *full_text)
{
  g_return_if_fail (ATELIER_IS_MATRIX_CELL (self));

  if (g_strcmp0 (self->full_text, full_text) == 0)
    return;

  g_free (self->full_text);
  self->full_text = g_strdup (full_text);
  drop_layouts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const char *
atelier_matrix_cell_get_shown_text (AtelierMatrixCell *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_CELL (self), NULL);

  return shows_full_text (self) ? self->full_text : self->text;
}

void
atelier_matrix_cell_set_colors (AtelierMatrixCell  *self,
                                const AtelierColor *fill,
                                const AtelierColor *ink)
{
  g_return_if_fail (ATELIER_IS_MATRIX_CELL (self));

  self->has_fill = fill != NULL;
  if (fill)
    atelier_theme_to_rgba (fill, &self->fill);
  atelier_theme_to_rgba (ink, &self->ink);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
atelier_matrix_cell_set_selected (AtelierMatrixCell  *self,
                                  const AtelierColor *ring)
{
  g_return_if_fail (ATELIER_IS_MATRIX_CELL (self));

  self->is_selected = ring != NULL;
  if (ring)
    {
      atelier_theme_to_rgba (ring, &self->ring);
      gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED,
                               self->is_selected, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
