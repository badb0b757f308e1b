/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "runs/atelier-run-sample.h"

#include "atelier-chart.h"
#include "kit/atelier-theme.h"

#define WIDTH 28
#define HEIGHT 10

struct _AtelierRunSample
{
  GtkWidget parent_instance;

  int       color;
};

G_DEFINE_FINAL_TYPE (AtelierRunSample, atelier_run_sample, GTK_TYPE_WIDGET)

static void
atelier_run_sample_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AtelierRunSample *self = ATELIER_RUN_SAMPLE (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  AtelierPalette palette;
  cairo_t *cr;

  if (self->color < 0)
    return;
  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_chart_draw_run_sample (&palette, (guint) self->color, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_run_sample_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
atelier_run_sample_class_init (AtelierRunSampleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = atelier_run_sample_snapshot;
  widget_class->measure = atelier_run_sample_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "runsample");
}

static void
atelier_run_sample_init (AtelierRunSample *self)
{
  self->color = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

GtkWidget *
atelier_run_sample_new (void)
{
  return g_object_new (ATELIER_TYPE_RUN_SAMPLE, NULL);
}

void
atelier_run_sample_set_color (AtelierRunSample *self,
                              int               color)
{
  g_return_if_fail (ATELIER_IS_RUN_SAMPLE (self));

  self->color = color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
