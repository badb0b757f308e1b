/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart of the run in the focus.
 *
 * AtelierCurveFigures copies the figures once an epoch; a snapshot allocates nothing.  New figures
 * only queue a redraw, so that at most one happens in each frame.  New batches queue one where they
 * can be seen: in a long run hundreds of them fall into one pixel, and drawing the chart for each
 * report would take more of the processor than all the rest of the window.
 *
 * One function describes the chart to librender; its layout is used for drawing, pointer and
 * keyboard (atelier-curve-input.c).  Main thread.
 */

#include "config.h"

#include "curves/atelier-curve-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "kit/atelier-theme.h"

#define USUAL_FONT_SIZE 12.0

/* At the usual size of text, in pixels; larger text needs more of both. */
#define MIN_WIDTH 220
#define MIN_HEIGHT 150
#define NATURAL_HEIGHT 230

/* Space for the menu button over the chart. */
#define HEAD_END 26.0

G_DEFINE_FINAL_TYPE (AtelierCurve, atelier_curve, GTK_TYPE_WIDGET)

enum
{
  PROP_MEASURE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

int
atelier_curve_get_i_cursor (AtelierCurve *self)
{
  return atelier_curve_figures_find (self->figures, atelier_curve_view_get_cursor (self->view));
}

/* Sets the words for screen readers: the values at the cursor, or a description of the whole
 * run. */
static void
update_description (AtelierCurve *self)
{
  g_autofree char *words = NULL;
  const char *name;
  int i_cursor = atelier_curve_get_i_cursor (self);

  if (i_cursor >= 0)
    words = atelier_curve_figures_format (self->figures, self->view, i_cursor);
  else
    words = atelier_focus_describe_run (self->focus);

  name = self->measure == ATELIER_MEASURE_LOSS ? _("Loss curves") : _("Accuracy curves");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

static void
update_cursor (AtelierCurve *self)
{
  int i_cursor = atelier_curve_get_i_cursor (self);

  g_clear_pointer (&self->cursor_label, g_free);
  if (i_cursor >= 0)
    self->cursor_label = atelier_curve_figures_format_epoch (self->figures, i_cursor);

  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fill_figures (AtelierCurve *self)
{
  AtelierSplits *splits = atelier_focus_get_splits (self->focus);
  guint n_images = splits ? atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN) : 0;

  atelier_curve_figures_fill (self->figures, self->history, n_images,
                              atelier_curve_view_get_unit (self->view));
  update_cursor (self);
}

static void
forget_shown (AtelierCurve *self)
{
  self->shown = (AtelierCurveBatches) { .lowest = INFINITY, .highest = -INFINITY };
}

static gboolean
is_in_same_pixel (AtelierCurve       *self,
                  const AtelierChart *chart,
                  double              x)
{
  double scale = gtk_widget_get_width (GTK_WIDGET (self)) / (chart->x_max - chart->x_min);

  return floor ((x - chart->x_min) * scale) == floor ((self->shown.x - chart->x_min) * scale);
}

/* Whether a batch that came after those shown is in another pixel than they, or changes the range
 * of values. */
static gboolean
has_visible_news (AtelierCurve        *self,
                  const AtelierChart  *chart,
                  const AtelierSeries *batches)
{
  gboolean is_visible = chart->x_min != self->shown.x_min || chart->x_max != self->shown.x_max;

  for (guint i = self->shown.n; i < batches->n; i++)
    {
      double x = atelier_series_get_x (batches, i);
      double value = atelier_series_get_y (batches, i);
      gboolean is_inside = x >= chart->x_min && x <= chart->x_max;

      is_visible = is_visible || value < self->shown.lowest || value > self->shown.highest
                   || (is_inside && !is_in_same_pixel (self, chart, x));
      self->shown.lowest = MIN (self->shown.lowest, value);
      self->shown.highest = MAX (self->shown.highest, value);
    }

  return is_visible;
}

static void
on_batches_changed_cb (AtelierCurve *self)
{
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;

  atelier_curve_describe (self, series, &chart);
  if (series[0].n < self->shown.n)
    forget_shown (self);
  if (has_visible_news (self, &chart, &series[0]))
    {
      self->shown.x = series[0].n > 0 ? atelier_series_get_x (&series[0], series[0].n - 1) : NAN;
      self->shown.x_min = chart.x_min;
      self->shown.x_max = chart.x_max;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  self->shown.n = series[0].n;
}

static void
disconnect_history (AtelierCurve *self)
{
  if (self->history)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_clear_object (&self->history);
}

/* Another epoch moves the mark; another run resets cursor and zoom. */
static void
on_focus_changed_cb (AtelierCurve *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->history == history)
    return;

  disconnect_history (self);
  forget_shown (self);
  if (history)
    {
      self->history = g_object_ref (history);
      g_signal_connect_swapped (history, "items-changed", G_CALLBACK (fill_figures), self);
      g_signal_connect_swapped (history, "batches-changed", G_CALLBACK (on_batches_changed_cb),
                                self);
    }
  fill_figures (self);
  atelier_curve_view_reset (self->view);
}

/* Overrides */

static void
atelier_curve_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  const gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;
  const double scale = MAX (atelier_theme_get_font_size (widget) / USUAL_FONT_SIZE, 1.0);

  *minimum = (int) ((is_width ? MIN_WIDTH : MIN_HEIGHT) * scale);
  *natural = (int) ((is_width ? MIN_WIDTH : NATURAL_HEIGHT) * scale);
}

static void
mark_chart (AtelierCurve *self,
            AtelierChart *chart)
{
  int i_mark = atelier_curve_figures_find (self->figures, atelier_focus_get_epoch (self->focus));
  int i_cursor = atelier_curve_get_i_cursor (self);

  if (i_mark >= 0)
    {
      chart->has_mark = TRUE;
      chart->mark_x = atelier_curve_figures_get_x (self->figures, i_mark);
    }
  if (i_cursor >= 0)
    {
      chart->has_cursor = TRUE;
      chart->cursor_x = atelier_curve_figures_get_x (self->figures, i_cursor);
      chart->cursor_label = self->cursor_label;
    }
  chart->has_band = self->has_band;
  chart->band_start = self->band_start;
  chart->band_end = self->band_end;
}

static void
atelier_curve_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  AtelierCurve *self = ATELIER_CURVE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierPalette palette;
  AtelierChart chart;
  cairo_t *cr;

  if (self->focus == NULL)
    return;

  atelier_curve_describe (self, series, &chart);
  mark_chart (self, &chart);
  chart.font = pango_font_description_get_family (font);
  atelier_theme_get_palette (widget, &palette);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_chart_draw (&chart, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_curve_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  switch (property_id)
    {
    case PROP_MEASURE:
      g_value_set_int (value, self->measure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  switch (property_id)
    {
    case PROP_MEASURE:
      self->measure = g_value_get_int (value);
      self->figures = atelier_curve_figures_new (self->measure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_dispose (GObject *object)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  disconnect_history (self);
  g_clear_object (&self->focus);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (atelier_curve_parent_class)->dispose (object);
}

static void
atelier_curve_finalize (GObject *object)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  g_clear_pointer (&self->figures, atelier_curve_figures_free);
  g_free (self->cursor_label);

  G_OBJECT_CLASS (atelier_curve_parent_class)->finalize (object);
}

static void
atelier_curve_class_init (AtelierCurveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_curve_get_property;
  object_class->set_property = atelier_curve_set_property;
  object_class->dispose = atelier_curve_dispose;
  object_class->finalize = atelier_curve_finalize;
  widget_class->measure = atelier_curve_measure;
  widget_class->snapshot = atelier_curve_snapshot;

  properties[PROP_MEASURE] =
    g_param_spec_int ("measure", NULL, NULL, 0, ATELIER_N_MEASURES - 1, 0,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  atelier_curve_add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "curve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_curve_init (AtelierCurve *self)
{
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_curve_set_focus (AtelierCurve     *self,
                         AtelierFocus     *focus,
                         AtelierCurveView *view)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (view));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  self->view = g_object_ref (view);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::unit", G_CALLBACK (fill_figures), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "changed", G_CALLBACK (update_cursor), self, G_CONNECT_SWAPPED);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  atelier_curve_add_controllers (self);
  fill_figures (self);
  on_focus_changed_cb (self);
}

void
atelier_curve_describe (AtelierCurve  *self,
                        AtelierSeries *series,
                        AtelierChart  *chart)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));
  g_return_if_fail (self->focus != NULL);

  atelier_curve_figures_describe (self->figures, self->view, series, chart);
  chart->font_size = atelier_theme_get_font_size (GTK_WIDGET (self));
  chart->head_end = HEAD_END;
}
