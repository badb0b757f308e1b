/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scale has 0 in the middle, so that both directions look alike.  Main thread. */

#include "config.h"

#include "runs/atelier-difference-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-chart.h"
#include "kit/atelier-theme.h"

#define MIN_WIDTH 220
#define MIN_HEIGHT 96
#define MARGIN 18.0
#define BAND_HEIGHT 10.0
#define DOT_RADIUS 5.0

struct _AtelierDifferenceBar
{
  GtkWidget parent_instance;

  double    difference; /* in points */
  double    low;
  double    high;
};

G_DEFINE_FINAL_TYPE (AtelierDifferenceBar, atelier_difference_bar, GTK_TYPE_WIDGET)

typedef struct
{
  GtkWidget     *widget; /* Borrowed */
  cairo_t       *cr;     /* Borrowed */
  AtelierPalette palette;
  double         most;   /* points at the ends of the scale */
  double         width;
  double         middle; /* of the band, from the top */
} Ink;

static void
set_color (const Ink          *ink,
           const AtelierColor *color,
           double              opacity)
{
  cairo_set_source_rgba (ink->cr, color->red, color->green, color->blue, color->alpha * opacity);
}

static double
get_x (const Ink *ink,
       double     points)
{
  return MARGIN + (points / ink->most + 1.0) / 2.0 * (ink->width - 2.0 * MARGIN);
}

static void
show_text (const Ink          *ink,
           const char         *text,
           double              x,
           double              y,
           const AtelierColor *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (ink->widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  set_color (ink, color, 1.0);
  cairo_move_to (ink->cr, CLAMP (x - width / 2.0, 0.0, MAX (ink->width - width, 0.0)), y);
  pango_cairo_show_layout (ink->cr, layout);
}

static void
draw_scale (const Ink *ink,
            double     bottom)
{
  double ticks[32];
  const guint n = atelier_chart_get_ticks (-ink->most, ink->most, 4, ticks);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = ticks[i] == 0.0 ? g_strdup ("0")
                                               : g_strdup_printf ("%+g", ticks[i]);

      set_color (ink, ticks[i] == 0.0 ? &ink->palette.dim_text : &ink->palette.grid, 1.0);
      cairo_rectangle (ink->cr, floor (get_x (ink, ticks[i])), 2.0, 1.0, bottom - 2.0);
      cairo_fill (ink->cr);
      show_text (ink, label, get_x (ink, ticks[i]), bottom + 2.0, &ink->palette.dim_text);
    }
}

static void
draw_interval (const Ink            *ink,
               AtelierDifferenceBar *self)
{
  const AtelierColor *color
    = self->difference < 0.0 ? &ink->palette.validation : &ink->palette.training;
  const double left = get_x (ink, self->low), right = get_x (ink, self->high);
  g_autofree char *label = g_strdup_printf ("%+.1f", self->difference);

  set_color (ink, color, 0.35);
  cairo_rectangle (ink->cr, left, ink->middle - BAND_HEIGHT / 2.0, right - left, BAND_HEIGHT);
  cairo_fill (ink->cr);
  set_color (ink, color, 1.0);
  cairo_arc (ink->cr, get_x (ink, self->difference), ink->middle, DOT_RADIUS, 0.0, 2.0 * G_PI);
  cairo_fill (ink->cr);
  show_text (ink, label, get_x (ink, self->difference), 2.0, &ink->palette.text);
}

static void
atelier_difference_bar_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  AtelierDifferenceBar *self = ATELIER_DIFFERENCE_BAR (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const double text_height = 1.4 * atelier_theme_get_font_size (widget);
  Ink ink = { .widget = widget, .width = width };

  if (!isfinite (self->difference))
    return;
  ink.most = 1.15 * MAX (fabs (self->low), fabs (self->high));
  ink.middle = height / 2.0;
  atelier_theme_get_palette (widget, &ink.palette);
  ink.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_scale (&ink, height - text_height - 4.0);
  draw_interval (&ink, self);
  cairo_destroy (ink.cr);
}

static void
atelier_difference_bar_measure (GtkWidget      *widget,
                                GtkOrientation  orientation,
                                int             for_size,
                                int            *minimum,
                                int            *natural,
                                int            *minimum_baseline,
                                int            *natural_baseline)
{
  const double scale = MAX (atelier_theme_get_text_scale (widget), 1.0);

  *minimum = *natural
    = (int) ceil ((orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT) * scale);
}

static void
atelier_difference_bar_class_init (AtelierDifferenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = atelier_difference_bar_snapshot;
  widget_class->measure = atelier_difference_bar_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "differencebar");
}

static void
atelier_difference_bar_init (AtelierDifferenceBar *self)
{
  self->difference = NAN;
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_difference_bar_set (AtelierDifferenceBar *self,
                            double                difference,
                            double                low,
                            double                high)
{
  g_autofree char *words = NULL;

  g_return_if_fail (ATELIER_IS_DIFFERENCE_BAR (self));

  self->difference = 100.0 * difference;
  self->low = 100.0 * low;
  self->high = 100.0 * high;
  words = g_strdup_printf (_("B minus A: %+.1f points, 95 %% interval %+.1f to %+.1f"),
                           self->difference, self->low, self->high);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
