/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkProgressBar lays itself out again for each step, ten times a second during training.  Together
 * with setting a label that had not changed, that took a fifth of the main thread's time.  Here a
 * step is a redraw, and only when the number of filled pixels changes.  The trough is the widget's
 * CSS background, the bar its CSS color.
 */

#include "config.h"

#include "kit/atelier-progress-line.h"

struct _AtelierProgressLine
{
  GtkWidget parent_instance;

  double    fraction;
  int       n_pixels; /* filled when it was last drawn */
};

G_DEFINE_FINAL_TYPE (AtelierProgressLine, atelier_progress_line, GTK_TYPE_WIDGET)

static int
count_pixels (AtelierProgressLine *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  return (int) (self->fraction * width * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

static void
atelier_progress_line_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  AtelierProgressLine *self = ATELIER_PROGRESS_LINE (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  float filled;
  GdkRGBA color;

  self->n_pixels = count_pixels (self);
  filled = (float) self->n_pixels / gtk_widget_get_scale_factor (widget);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (is_mirrored ? width - filled : 0, 0, filled,
                                                  gtk_widget_get_height (widget)));
}

static void
atelier_progress_line_class_init (AtelierProgressLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = atelier_progress_line_snapshot;

  gtk_widget_class_set_css_name (widget_class, "progressline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
atelier_progress_line_init (AtelierProgressLine *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN); /* the corners are round */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0,
                                  -1);
}

void
atelier_progress_line_set_fraction (AtelierProgressLine *self,
                                    double               fraction)
{
  g_return_if_fail (ATELIER_IS_PROGRESS_LINE (self));

  self->fraction = CLAMP (fraction, 0.0, 1.0);
  if (count_pixels (self) == self->n_pixels)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->fraction, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
atelier_progress_line_get_fraction (AtelierProgressLine *self)
{
  g_return_val_if_fail (ATELIER_IS_PROGRESS_LINE (self), 0.0);

  return self->fraction;
}
