/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart over an AtelierHistory.
 *
 * What is drawn for every batch is read where the history keeps it; what is drawn for every epoch
 * is copied once an epoch into two arrays of doubles, because librender wants plain arrays.
 * Nothing is made in a snapshot.  New figures only ask for a redraw: the frame clock makes one of
 * any number of them.  One function describes the chart to librender, and its layout serves the
 * drawing, the pointer and the keyboard alike.
 *
 * Loss marks the epoch that AtelierHistory calls the best; accuracy marks its own highest value,
 * because to write "best" at a lower one would be untrue.  Main thread.
 */

#include "config.h"

#include "atelier-curve.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-chart.h"
#include "atelier-theme.h"

#define N_EPOCHS_WITHOUT_HISTORY 10
#define FONT_SIZE 12.0
#define MIN_WIDTH 220
#define MIN_HEIGHT 150

struct _AtelierCurve
{
  GtkWidget       parent_instance;

  AtelierMeasure  measure;
  guint           cursor;     /* epoch, from 1; 0: none */
  int             best;       /* index into the arrays, or -1 */
  gboolean        has_hover;  /* whether the pointer set the cursor */

  /* Owned */
  AtelierHistory *history;
  GArray         *training;   /* of double: [n_epochs] */
  GArray         *validation; /* of double: [n_epochs] */
  char           *best_label;
};

G_DEFINE_FINAL_TYPE (AtelierCurve, atelier_curve, GTK_TYPE_WIDGET)

enum
{
  PROP_MEASURE = 1,
  PROP_HISTORY,
  PROP_CURSOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
format_value (AtelierCurve *self,
              double        value)
{
  if (self->measure == ATELIER_MEASURE_ACCURACY)
    /* Translators: a percentage. */
    return g_strdup_printf (_("%.1f %%"), 100.0 * value);

  return g_strdup_printf ("%.3f", value);
}

/* @series has room for three.  Returns how many are used. */
static guint
describe_series (AtelierCurve  *self,
                 AtelierSeries *series)
{
  gboolean is_loss = self->measure == ATELIER_MEASURE_LOSS;
  double step;

  if (self->history == NULL)
    return 0;

  step = 1.0 / MAX (1, atelier_history_get_batches_per_epoch (self->history));
  series[0] = (AtelierSeries) {
    .style = ATELIER_SERIES_FAINT,
    .n = atelier_history_get_n_batches (self->history),
    .x_start = step,
    .x_step = step,
    .y_float = is_loss ? atelier_history_get_batch_losses (self->history)
                       : atelier_history_get_batch_accuracies (self->history),
  };
  series[1] = (AtelierSeries) {
    .name = _("training"),
    .style = ATELIER_SERIES_TRAINING,
    .n = self->training->len,
    .x_start = 1.0,
    .x_step = 1.0,
    .y = (const double *) self->training->data,
  };
  series[2] = (AtelierSeries) {
    .name = _("validation"),
    .style = ATELIER_SERIES_VALIDATION,
    .n = self->validation->len,
    .x_start = 1.0,
    .x_step = 1.0,
    .y = (const double *) self->validation->data,
  };

  return 3;
}

static AtelierChart
describe_chart (AtelierCurve  *self,
                AtelierSeries *series)
{
  gboolean is_loss = self->measure == ATELIER_MEASURE_LOSS;
  guint n_epochs =
    self->history ? atelier_history_get_n_epochs_planned (self->history) : N_EPOCHS_WITHOUT_HISTORY;
  AtelierChart chart = {
    .title = is_loss ? _("Loss") : _("Accuracy"),
    .series = series,
    .n_series = describe_series (self, series),
    .x_min = 0.0,
    .x_max = MAX (1, n_epochs),
    .is_percent = !is_loss,
    /* The end that means perfect is always in sight; the other is fitted to the epochs. */
    .y_min = is_loss ? 0.0 : NAN,
    .y_max = is_loss ? NAN : 1.0,
    .has_cursor = self->cursor > 0,
    .cursor_x = self->cursor,
    .empty_text = self->history ? _("The first batch is on its way…")
                                : _("Train, and the curve grows here"),
    .font_size = FONT_SIZE,
  };

  if (self->best >= 0)
    {
      chart.has_best = TRUE;
      chart.best_x = self->best + 1;
      chart.best_y = g_array_index (self->validation, double, self->best);
      chart.best_label = self->best_label;
    }

  return chart;
}

static void
find_best (AtelierCurve *self)
{
  g_autofree char *value = NULL;
  double best = -INFINITY;

  self->best = -1;
  g_clear_pointer (&self->best_label, g_free);

  if (self->measure == ATELIER_MEASURE_LOSS && self->history)
    self->best = atelier_history_get_best (self->history);
  for (guint i = 0; self->measure == ATELIER_MEASURE_ACCURACY && i < self->validation->len; i++)
    if (g_array_index (self->validation, double, i) > best)
      {
        best = g_array_index (self->validation, double, i);
        self->best = i;
      }

  if (self->best < 0 || !isfinite (g_array_index (self->validation, double, self->best)))
    {
      self->best = -1;
      return;
    }

  value = format_value (self, g_array_index (self->validation, double, self->best));
  /* Translators: "best 0.250, epoch 6", a label in a chart. */
  self->best_label = g_strdup_printf (_("best %s, epoch %d"), value, self->best + 1);
}

/* The words that a screen reader finds: the cursor's values, or what the run as a whole says. */
static void
update_description (AtelierCurve *self)
{
  g_autofree char *words = NULL;
  const char *name;

  if (self->cursor > 0 && self->cursor <= self->training->len)
    {
      g_autofree char *training =
        format_value (self, g_array_index (self->training, double, self->cursor - 1));
      g_autofree char *validation =
        format_value (self, g_array_index (self->validation, double, self->cursor - 1));

      /* Translators: values under a chart's cursor. */
      words = g_strdup_printf (_("Epoch %u: training %s, validation %s"), self->cursor, training,
                               validation);
    }
  else
    words = self->history ? atelier_history_describe (self->history) : g_strdup ("");

  name = self->measure == ATELIER_MEASURE_LOSS ? _("Loss curves") : _("Accuracy curves");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

static void
copy_epochs (AtelierCurve *self)
{
  guint n = self->history ? atelier_history_get_n_epochs (self->history) : 0;

  g_array_set_size (self->training, 0);
  g_array_set_size (self->validation, 0);
  for (guint i = 0; i < n; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (self->history, i);
      gboolean is_loss = self->measure == ATELIER_MEASURE_LOSS;

      g_array_append_val (self->training, *(is_loss ? &figures->loss : &figures->accuracy));
      g_array_append_val (self->validation,
                          *(is_loss ? &figures->validation_loss : &figures->validation_accuracy));
    }

  find_best (self);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The finished epoch nearest to a place, or 0: the one hit test. */
static guint
get_epoch_at (AtelierCurve *self,
              double        x)
{
  AtelierSeries series[3];
  AtelierChart chart = describe_chart (self, series);
  AtelierChartLayout layout;
  int nearest;

  if (chart.n_series == 0)
    return 0;

  atelier_chart_get_layout (&chart, gtk_widget_get_width (GTK_WIDGET (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)), &layout);
  nearest = atelier_series_get_nearest (&series[1], atelier_chart_x_to_value (&chart, &layout, x));

  return nearest + 1;
}

static void
on_motion_cb (AtelierCurve *self,
              double        x,
              double        y)
{
  self->has_hover = TRUE;
  atelier_curve_set_cursor (self, get_epoch_at (self, x));
}

static void
on_leave_cb (AtelierCurve *self)
{
  if (!self->has_hover)
    return;

  self->has_hover = FALSE;
  atelier_curve_set_cursor (self, 0);
}

static gboolean
on_move_cursor_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);
  int n = self->training->len;
  int step = g_variant_get_int32 (args);

  if (n == 0)
    return FALSE;

  self->has_hover = FALSE;
  /* Without a cursor the first key puts it on the newest epoch. */
  if (self->cursor == 0)
    atelier_curve_set_cursor (self, n);
  else
    atelier_curve_set_cursor (self, CLAMP ((int) self->cursor + step, 1, n));

  return TRUE;
}

static gboolean
on_remove_cursor_cb (GtkWidget *widget,
                     GVariant  *args,
                     gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);

  if (self->cursor == 0)
    return FALSE;

  atelier_curve_set_cursor (self, 0);

  return TRUE;
}

static void
atelier_curve_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = *minimum;
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
  AtelierSeries series[3];
  AtelierChart chart = describe_chart (self, series);
  AtelierPalette palette;
  cairo_t *cr;

  atelier_theme_get_palette (widget, &palette);
  chart.font = pango_font_description_get_family (font);

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
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    case PROP_CURSOR:
      g_value_set_uint (value, self->cursor);
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
      if (self->measure == (AtelierMeasure) g_value_get_int (value))
        break;
      self->measure = g_value_get_int (value);
      copy_epochs (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HISTORY:
      atelier_curve_set_history (self, g_value_get_object (value));
      break;
    case PROP_CURSOR:
      atelier_curve_set_cursor (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_dispose (GObject *object)
{
  atelier_curve_set_history (ATELIER_CURVE (object), NULL);

  G_OBJECT_CLASS (atelier_curve_parent_class)->dispose (object);
}

static void
atelier_curve_finalize (GObject *object)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  g_array_unref (self->training);
  g_array_unref (self->validation);
  g_free (self->best_label);

  G_OBJECT_CLASS (atelier_curve_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, on_move_cursor_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Left, 0, on_move_cursor_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, on_move_cursor_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Right, 0, on_move_cursor_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_move_cursor_cb, "i", -G_MAXINT16);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_move_cursor_cb, "i", G_MAXINT16);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_remove_cursor_cb, NULL);
}

static void
atelier_curve_class_init (AtelierCurveClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_curve_get_property;
  object_class->set_property = atelier_curve_set_property;
  object_class->dispose = atelier_curve_dispose;
  object_class->finalize = atelier_curve_finalize;
  widget_class->measure = atelier_curve_measure;
  widget_class->snapshot = atelier_curve_snapshot;

  properties[PROP_MEASURE] =
    g_param_spec_int ("measure", NULL, NULL, 0, ATELIER_N_MEASURES - 1, 0, flags);
  properties[PROP_HISTORY] =
    g_param_spec_object ("history", NULL, NULL, ATELIER_TYPE_HISTORY, flags);
  properties[PROP_CURSOR] = g_param_spec_uint ("cursor", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_bindings (widget_class);
  gtk_widget_class_set_css_name (widget_class, "curve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_curve_init (AtelierCurve *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->best = -1;
  self->training = g_array_new (FALSE, FALSE, sizeof (double));
  self->validation = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
  update_description (self);
}

void
atelier_curve_set_history (AtelierCurve   *self,
                           AtelierHistory *history)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));

  if (self->history == history)
    return;

  if (self->history)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history)
    {
      g_signal_connect_swapped (history, "items-changed", G_CALLBACK (copy_epochs), self);
      g_signal_connect_swapped (history, "batches-changed", G_CALLBACK (gtk_widget_queue_draw),
                                self);
    }

  atelier_curve_set_cursor (self, 0);
  copy_epochs (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);
}

AtelierHistory *
atelier_curve_get_history (AtelierCurve *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE (self), NULL);

  return self->history;
}

void
atelier_curve_set_cursor (AtelierCurve *self,
                          guint         epoch)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));

  if (self->cursor == epoch)
    return;

  self->cursor = epoch;
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
}

guint
atelier_curve_get_cursor (AtelierCurve *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE (self), 0);

  return self->cursor;
}
