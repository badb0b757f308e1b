/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a history to a chart.
 *
 * Figures of batches are read from the history's own arrays.  Figures of epochs are copied into
 * arrays of doubles once an epoch, because librender takes plain arrays.  Describing the chart,
 * which happens once a frame, allocates nothing.
 *
 * Batch b of a history ends at epoch (first_batch + b + 1) / batches_per_epoch: a run that
 * continues from a model, and its x axis, begin where the earlier run stopped.  Its seconds begin
 * at 0, since those of the earlier run are not known.  An epoch's place in seconds is the sum of
 * the epochs' durations up to it, which is also the place of its last batch.
 *
 * The loss chart marks the epoch that AtelierHistory calls the best.  The accuracy chart marks its
 * own highest value, since "best" at a lower value would be wrong.
 */

#include "config.h"

#include "curves/atelier-curve-figures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"

#define N_EPOCHS_WITHOUT_HISTORY 10

/* The weight of the old mean: averages about the last 50 batches. */
#define BATCH_SMOOTHING 0.98

typedef enum
{
  LINE_TRAINING,
  LINE_VALIDATION,
  LINE_TRAIN_EVAL,
  LINE_PENALTY,
  N_LINES
} Line;

struct _AtelierCurveFigures
{
  AtelierMeasure   measure;
  AtelierChartUnit unit;
  guint            n_images;
  guint            first_epoch; /* number of the history's first epoch */
  int              i_best;      /* -1: none */

  /* Owned */
  AtelierHistory  *history;     /* nullable */
  GArray          *x;              /* of double: [n_epochs] */
  GArray          *lines[N_LINES]; /* of double: [n_epochs] */
  char            *best_label;
};

static const char * const line_names[] = {
  N_("training"),
  N_("validation"),
  N_("training, no dropout"),
  N_("penalty"),
};

static const AtelierSeriesStyle line_styles[] = {
  ATELIER_SERIES_TRAINING,
  ATELIER_SERIES_VALIDATION,
  ATELIER_SERIES_TRAIN_EVAL,
  ATELIER_SERIES_PENALTY,
};

static double
get_value (AtelierCurveFigures *self,
           Line                 line,
           guint                i)
{
  return g_array_index (self->lines[line], double, i);
}

static char *
format_value (AtelierCurveFigures *self,
              double               value)
{
  if (self->measure == ATELIER_MEASURE_ACCURACY)
    return atelier_format_percent (value, 1);

  return atelier_format_loss_short (value);
}

static double
read_line (const AtelierEpochFigures *figures,
           AtelierMeasure             measure,
           Line                       line)
{
  gboolean is_loss = measure == ATELIER_MEASURE_LOSS;

  switch (line)
    {
    case LINE_VALIDATION:
      return is_loss ? figures->validation_loss : figures->validation_accuracy;
    case LINE_TRAIN_EVAL:
      return is_loss ? figures->train_eval_loss : figures->train_eval_accuracy;
    case LINE_PENALTY:
      return is_loss ? figures->penalty : NAN;
    case LINE_TRAINING:
    case N_LINES:
    default:
      return is_loss ? figures->loss : figures->accuracy;
    }
}

/* The length of an epoch, in a unit that is proportional to epochs. */
static double
get_epoch_length (AtelierCurveFigures *self)
{
  return self->unit == ATELIER_X_IMAGES ? MAX (1, self->n_images) : 1.0;
}

static void
find_best (AtelierCurveFigures *self)
{
  g_autofree char *value = NULL;
  double best = -INFINITY;

  self->i_best = -1;
  g_clear_pointer (&self->best_label, g_free);

  if (self->measure == ATELIER_MEASURE_LOSS && self->history)
    self->i_best = atelier_history_get_best (self->history);
  for (guint i = 0; self->measure == ATELIER_MEASURE_ACCURACY && i < self->x->len; i++)
    if (get_value (self, LINE_VALIDATION, i) > best)
      {
        best = get_value (self, LINE_VALIDATION, i);
        self->i_best = i;
      }

  if (self->i_best < 0 || !isfinite (get_value (self, LINE_VALIDATION, self->i_best)))
    {
      self->i_best = -1;
      return;
    }

  value = format_value (self, get_value (self, LINE_VALIDATION, self->i_best));
  /* Translators: "best 0.250, epoch 6", a label in a chart. */
  self->best_label = g_strdup_printf (_("best %s, epoch %u"), value,
                                      atelier_curve_figures_get_epoch (self, self->i_best));
}

AtelierCurveFigures *
atelier_curve_figures_new (AtelierMeasure measure)
{
  AtelierCurveFigures *self = g_new0 (AtelierCurveFigures, 1);

  self->measure = measure;
  self->i_best = -1;
  self->x = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < N_LINES; i++)
    self->lines[i] = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

void
atelier_curve_figures_free (AtelierCurveFigures *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->history);
  g_array_unref (self->x);
  for (guint i = 0; i < N_LINES; i++)
    g_array_unref (self->lines[i]);
  g_free (self->best_label);
  g_free (self);
}

/* A run from a file has no times. */
static gboolean
knows_seconds (AtelierHistory *history)
{
  if (history == NULL)
    return TRUE;
  if (atelier_history_get_n_epochs (history) > 0
      && isnan (atelier_history_get_figures (history, 0)->seconds))
    return FALSE;

  return atelier_history_get_n_batches (history) == 0
         || !isnan (atelier_history_get_batch_seconds (history)[0]);
}

void
atelier_curve_figures_fill (AtelierCurveFigures *self,
                            AtelierHistory      *history,
                            guint                n_images,
                            AtelierChartUnit     unit)
{
  guint n = history ? atelier_history_get_n_epochs (history) : 0;
  double seconds = 0.0;

  g_return_if_fail (self != NULL);

  g_set_object (&self->history, history);
  self->n_images = n_images;
  if (unit == ATELIER_X_SECONDS && !knows_seconds (history))
    unit = ATELIER_X_EPOCHS;
  self->unit = unit;
  self->first_epoch = n > 0 ? atelier_history_get_figures (history, 0)->epoch : 1;

  g_array_set_size (self->x, n);
  for (guint line = 0; line < N_LINES; line++)
    g_array_set_size (self->lines[line], n);
  for (guint i = 0; i < n; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);

      seconds += figures->seconds;
      g_array_index (self->x, double, i) =
        unit == ATELIER_X_SECONDS ? seconds : figures->epoch * get_epoch_length (self);
      for (guint line = 0; line < N_LINES; line++)
        g_array_index (self->lines[line], double, i) = read_line (figures, self->measure, line);
    }

  find_best (self);
}

guint
atelier_curve_figures_get_n (AtelierCurveFigures *self)
{
  return self->x->len;
}

guint
atelier_curve_figures_get_epoch (AtelierCurveFigures *self,
                                 guint                i)
{
  return self->first_epoch + i;
}

int
atelier_curve_figures_find (AtelierCurveFigures *self,
                            guint                epoch)
{
  return epoch >= self->first_epoch && epoch - self->first_epoch < self->x->len
           ? (int) (epoch - self->first_epoch)
           : -1;
}

double
atelier_curve_figures_get_x (AtelierCurveFigures *self,
                             guint                i)
{
  return g_array_index (self->x, double, i);
}

/* Estimates the whole run's seconds from its speed so far.  The result is rounded up to a step, so
 * that the axis does not change all the time. */
static double
estimate_seconds (AtelierCurveFigures *self)
{
  guint first = atelier_history_get_first_batch (self->history);
  guint n = atelier_history_get_n_batches (self->history);
  guint n_planned = atelier_history_get_n_epochs_planned (self->history)
                    * atelier_history_get_batches_per_epoch (self->history);
  double seconds, step;

  if (n == 0)
    return 1.0;

  seconds = (double) atelier_history_get_batch_seconds (self->history)[n - 1];
  if (first + n >= n_planned)
    return MAX (seconds, 1e-3);

  seconds *= (double) (n_planned - first) / n;
  step = pow (10.0, floor (log10 (MAX (seconds, 1.0)))) / 2.0;

  return ceil (seconds / step) * step;
}

void
atelier_curve_figures_get_range (AtelierCurveFigures *self,
                                 double              *min,
                                 double              *max)
{
  guint begin = 0;
  guint end = N_EPOCHS_WITHOUT_HISTORY;

  if (self->history)
    {
      begin = atelier_history_get_first_batch (self->history)
              / atelier_history_get_batches_per_epoch (self->history);
      end = MAX (begin + 1, atelier_history_get_n_epochs_planned (self->history));
    }

  *min = begin * get_epoch_length (self);
  *max = end * get_epoch_length (self);
  if (self->unit == ATELIER_X_SECONDS)
    {
      *min = 0.0;
      *max = self->history ? estimate_seconds (self) : 60.0;
    }
}

static AtelierSeries
describe_batches (AtelierCurveFigures *self,
                  AtelierCurveView    *view)
{
  gboolean is_loss = self->measure == ATELIER_MEASURE_LOSS;
  double step = get_epoch_length (self) / atelier_history_get_batches_per_epoch (self->history);
  AtelierSeries series = {
    .style = ATELIER_SERIES_FAINT,
    .n = atelier_history_get_n_batches (self->history),
    .x_start = (atelier_history_get_first_batch (self->history) + 1) * step,
    .x_step = step,
    .y_float = is_loss ? atelier_history_get_batch_losses (self->history)
                       : atelier_history_get_batch_accuracies (self->history),
    .smoothing = atelier_curve_view_get_smooth (view) ? BATCH_SMOOTHING : 0.0,
  };

  if (self->unit == ATELIER_X_SECONDS)
    series.x_float = atelier_history_get_batch_seconds (self->history);

  return series;
}

static gboolean
has_line (AtelierCurveFigures *self,
          AtelierCurveView    *view,
          Line                 line)
{
  switch (line)
    {
    case LINE_TRAIN_EVAL:
      return atelier_curve_view_get_train_eval (view);
    case LINE_PENALTY:
      return self->measure == ATELIER_MEASURE_LOSS && atelier_curve_view_get_penalty (view);
    case LINE_TRAINING:
    case LINE_VALIDATION:
    case N_LINES:
    default:
      return TRUE;
    }
}

static guint
describe_series (AtelierCurveFigures *self,
                 AtelierCurveView    *view,
                 AtelierSeries       *series)
{
  guint n = 0;

  if (self->history == NULL)
    return 0;

  series[n++] = describe_batches (self, view);
  for (guint line = 0; line < N_LINES; line++)
    if (has_line (self, view, line))
      series[n++] = (AtelierSeries) {
        .name = _(line_names[line]),
        .style = line_styles[line],
        .n = self->x->len,
        .x = (const double *) (void *) self->x->data,
        .y = (const double *) (void *) self->lines[line]->data,
      };

  return n;
}

/* The best possible value (loss 0, accuracy 100 %) is always in range, unless the chart is zoomed;
 * the other end is fitted to the curves. */
static void
set_y_range (AtelierCurveFigures *self,
             AtelierCurveView    *view,
             gboolean             is_zoomed,
             AtelierChart        *chart)
{
  chart->y_min = NAN;
  chart->y_max = NAN;
  if (self->measure == ATELIER_MEASURE_LOSS)
    {
      chart->is_log = atelier_curve_view_get_log_loss (view);
      if (!chart->is_log && !is_zoomed)
        chart->y_min = 0.0;
      return;
    }

  chart->is_percent = TRUE;
  if (atelier_curve_view_get_whole_accuracy (view))
    chart->y_min = 0.0;
  if (atelier_curve_view_get_whole_accuracy (view) || !is_zoomed)
    chart->y_max = 1.0;
}

void
atelier_curve_figures_describe (AtelierCurveFigures *self,
                                AtelierCurveView    *view,
                                AtelierSeries       *series,
                                AtelierChart        *chart)
{
  gboolean is_zoomed;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (view));

  *chart = (AtelierChart) {
    .title = self->measure == ATELIER_MEASURE_LOSS ? _("Loss") : _("Accuracy"),
    .series = series,
    .n_series = describe_series (self, view, series),
    .x_unit = self->unit,
    .empty_text = self->history ? _("Waiting for the first batch…")
                                : _("The curve appears here during training"),
  };
  atelier_curve_figures_get_range (self, &chart->x_min, &chart->x_max);
  is_zoomed = atelier_curve_view_get_zoom (view, &chart->x_min, &chart->x_max);
  set_y_range (self, view, is_zoomed, chart);

  if (self->i_best >= 0)
    {
      chart->has_best = TRUE;
      chart->best_x = atelier_curve_figures_get_x (self, self->i_best);
      chart->best_y = get_value (self, LINE_VALIDATION, self->i_best);
      chart->best_label = self->best_label;
    }
}

char *
atelier_curve_figures_format_epoch (AtelierCurveFigures *self,
                                    guint                i)
{
  guint epoch = atelier_curve_figures_get_epoch (self, i);
  g_autofree char *place = NULL;

  if (self->unit == ATELIER_X_EPOCHS)
    return g_strdup_printf (_("Epoch %u"), epoch);

  place = atelier_chart_unit_format (self->unit, atelier_curve_figures_get_x (self, i));
  /* Translators: "Epoch 7, 385,000 images": an epoch, and where it ended. */
  return g_strdup_printf (_("Epoch %u, %s"), epoch, place);
}

char *
atelier_curve_figures_format (AtelierCurveFigures *self,
                              AtelierCurveView    *view,
                              guint                i)
{
  g_autofree char *head = atelier_curve_figures_format_epoch (self, i);
  GString *words = g_string_new (NULL);

  for (guint line = 0; line < N_LINES; line++)
    if (has_line (self, view, line))
      {
        g_autofree char *value = format_value (self, get_value (self, line, i));

        if (words->len > 0)
          /* Translators: between figures. */
          g_string_append (words, _(", "));
        /* Translators: "validation 0.350": a line of a chart and its value. */
        g_string_append_printf (words, _("%s %s"), _(line_names[line]), value);
      }
  g_string_prepend (words, _(": "));
  g_string_prepend (words, head);

  return g_string_free (words, FALSE);
}
