/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points of the search, as series of a chart whose x is the logarithm of the rate.
 *
 * The range of the loss is that of what is worth looking at: a loss that leaves its bounds at the
 * end would press the rest into a line.  A rate is chosen to two digits, as people write rates.
 */

#include "config.h"

#include "network/atelier-rate-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-chart.h"
#include "kit/atelier-theme.h"

#define USUAL_CHART_FONT_SIZE 12.0 /* pixels, as of the curves */
#define MIN_WIDTH 320
#define MIN_HEIGHT 200
#define KEY_RATIO 1.1

struct _AtelierRateChart
{
  GtkWidget          parent_instance;

  double             rate; /* 0: none */

  /* Owned */
  AtelierRateSearch *search;   /* nullable */
  double            *rates;    /* logarithms, [n] of the search */
  double            *losses;   /* [n] */
  double            *smoothed; /* [n] */
};

G_DEFINE_FINAL_TYPE (AtelierRateChart, atelier_rate_chart, GTK_TYPE_WIDGET)

enum
{
  PROP_RATE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
get_n (AtelierRateChart *self)
{
  return self->search ? atelier_rate_search_get_n (self->search) : 0;
}

/* A little above where the loss begins. */
static void
get_range (AtelierRateChart *self,
           double           *min,
           double           *max)
{
  double lowest = INFINITY;

  *min = *max = NAN;
  for (guint i = 0; i < get_n (self); i++)
    if (isfinite (self->smoothed[i]))
      lowest = MIN (lowest, self->smoothed[i]);
  if (!isfinite (lowest))
    return;
  *max = 1.25 * self->smoothed[0];
  *min = MAX (0.0, lowest - 0.25 * (*max - lowest));
}

static void
init_chart (AtelierRateChart *self,
            AtelierChart     *chart,
            AtelierSeries    *series) /* [2] */
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  AtelierRateAdvice advice;

  series[0] = (AtelierSeries) {
    .name = _("One batch"),
    .style = ATELIER_SERIES_FAINT,
    .n = get_n (self),
    .x = self->rates,
    .y = self->losses,
  };
  series[1] = (AtelierSeries) {
    .name = _("Smoothed"),
    .style = ATELIER_SERIES_TRAINING,
    .n = get_n (self),
    .x = self->rates,
    .y = self->smoothed,
  };
  *chart = (AtelierChart) {
    .title = _("Loss"),
    .series = series,
    .n_series = 2,
    .x_min = -6.0,
    .x_max = 1.0,
    .x_unit = ATELIER_X_RATES,
    .x_title = atelier_chart_unit_get_title (ATELIER_X_RATES),
    .empty_text = _("Trying rates…"),
    .font = pango_font_description_get_family (font),
    .font_size = USUAL_CHART_FONT_SIZE
                 * MAX (atelier_theme_get_text_scale (GTK_WIDGET (self)), 1.0),
    .has_mark = self->rate > 0.0,
    .mark_x = self->rate > 0.0 ? log10 (self->rate) : 0.0,
  };
  get_range (self, &chart->y_min, &chart->y_max);
  if (self->search && atelier_rate_search_advise (self->search, &advice))
    {
      chart->has_band = TRUE;
      chart->band_start = log10 (advice.lowest);
      chart->band_end = log10 (advice.highest);
    }
}

static void
atelier_rate_chart_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AtelierRateChart *self = ATELIER_RATE_CHART (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  AtelierSeries series[2];
  AtelierPalette palette;
  AtelierChart chart;
  cairo_t *cr;

  init_chart (self, &chart, series);
  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_chart_draw (&chart, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_rate_chart_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  const double scale = MAX (atelier_theme_get_text_scale (widget), 1.0);

  *minimum
    = (int) ((orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT) * scale);
  *natural = *minimum;
}

static void
update_accessible (AtelierRateChart *self)
{
  g_autofree char *text = self->rate > 0.0 ? g_strdup_printf ("%.2g", self->rate) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1e-6,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 10.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->rate,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text ? text : _("None"),
                                  -1);
}

static void
on_pressed_cb (AtelierRateChart *self,
               int               n_press,
               double            x,
               double            y)
{
  AtelierSeries series[2];
  AtelierChartLayout layout;
  AtelierChart chart;

  if (get_n (self) == 0)
    return;
  init_chart (self, &chart, series);
  atelier_chart_get_layout (&chart, gtk_widget_get_width (GTK_WIDGET (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)), &layout);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  atelier_rate_chart_set_rate (
    self, pow (10.0, CLAMP (atelier_chart_x_to_value (&chart, &layout, x), -6.0, 1.0)));
}

static gboolean
change_rate (GtkWidget *widget,
             GVariant  *ratio,
             gpointer   user_data)
{
  AtelierRateChart *self = ATELIER_RATE_CHART (widget);

  if (self->rate > 0.0)
    atelier_rate_chart_set_rate (self, CLAMP (self->rate * g_variant_get_double (ratio), 1e-6,
                                              10.0));
  return TRUE;
}

static void
atelier_rate_chart_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RATE:
      g_value_set_double (value, ATELIER_RATE_CHART (object)->rate);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_rate_chart_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_RATE:
      atelier_rate_chart_set_rate (ATELIER_RATE_CHART (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_rate_chart_finalize (GObject *object)
{
  AtelierRateChart *self = ATELIER_RATE_CHART (object);

  atelier_rate_search_free (self->search);
  g_free (self->rates);
  g_free (self->losses);
  g_free (self->smoothed);

  G_OBJECT_CLASS (atelier_rate_chart_parent_class)->finalize (object);
}

static void
add_key (GtkWidgetClass *widget_class,
         guint           key,
         double          ratio)
{
  gtk_widget_class_add_binding (widget_class, key, 0, change_rate, "d", ratio);
}

static void
atelier_rate_chart_class_init (AtelierRateChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_rate_chart_get_property;
  object_class->set_property = atelier_rate_chart_set_property;
  object_class->finalize = atelier_rate_chart_finalize;
  widget_class->snapshot = atelier_rate_chart_snapshot;
  widget_class->measure = atelier_rate_chart_measure;

  properties[PROP_RATE] = g_param_spec_double (
    "rate", NULL, NULL, 0.0, 10.0, 0.0,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_key (widget_class, GDK_KEY_Left, 1.0 / KEY_RATIO);
  add_key (widget_class, GDK_KEY_Right, KEY_RATIO);
  add_key (widget_class, GDK_KEY_Page_Down, 0.1);
  add_key (widget_class, GDK_KEY_Page_Up, 10.0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_set_css_name (widget_class, "ratechart");
}

static void
atelier_rate_chart_init (AtelierRateChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Loss against the learning rate"), -1);
  update_accessible (self);
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_rate_chart_set_search (AtelierRateChart        *self,
                               const AtelierRateSearch *search)
{
  const guint n = search ? atelier_rate_search_get_n (search) : 0;

  g_return_if_fail (ATELIER_IS_RATE_CHART (self));

  g_clear_pointer (&self->search, atelier_rate_search_free);
  self->search = search ? atelier_rate_search_copy (search) : NULL;
  self->rates = g_renew (double, self->rates, n + 1);
  self->losses = g_renew (double, self->losses, n + 1);
  self->smoothed = g_renew (double, self->smoothed, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const AtelierRatePoint *point = atelier_rate_search_get_point (search, i);

      self->rates[i] = log10 (point->rate);
      self->losses[i] = point->loss;
      self->smoothed[i] = point->smoothed;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
atelier_rate_chart_get_rate (AtelierRateChart *self)
{
  g_return_val_if_fail (ATELIER_IS_RATE_CHART (self), 0.0);

  return self->rate;
}

void
atelier_rate_chart_set_rate (AtelierRateChart *self,
                             double            rate)
{
  char text[32];

  g_return_if_fail (ATELIER_IS_RATE_CHART (self));
  g_return_if_fail (rate >= 0.0 && rate <= 10.0);

  g_ascii_formatd (text, sizeof text, "%.2g", rate);
  rate = g_ascii_strtod (text, NULL);
  if (self->rate == rate)
    return;

  self->rate = rate;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATE]);
}
