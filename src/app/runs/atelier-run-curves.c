/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record is read again when the library says that its run has more epochs.  The points are copied
 * when they arrive, so that drawing only draws.  Main thread. */

#include "config.h"

#include "runs/atelier-run-curves.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "kit/atelier-theme.h"

#define MIN_WIDTH 300
#define MIN_HEIGHT 220

/* One ticked run. */
typedef struct
{
  guint     n;        /* epochs */
  int       best;     /* from 0, or -1 */
  gboolean  is_read;  /* or on its way */

  /* Owned */
  double   *x;        /* [n] epochs, from 1 */
  double   *y[ATELIER_N_RUN_FIGURES]; /* [n] */
  char     *note;     /* "best 91.6 %, epoch 9" */
} Line;

struct _AtelierRunCurves
{
  GtkWidget        parent_instance;

  AtelierRunFigure figure;

  /* Owned */
  AtelierRunList  *list;
  AtelierLibrary  *library; /* nullable */
  GCancellable    *cancellable;
  GHashTable      *lines;   /* id -> Line */
};

G_DEFINE_FINAL_TYPE (AtelierRunCurves, atelier_run_curves, GTK_TYPE_WIDGET)

enum
{
  PROP_FIGURE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

const char *
atelier_run_figure_get_name (AtelierRunFigure figure)
{
  static const char * const names[ATELIER_N_RUN_FIGURES] = {
    [ATELIER_RUN_FIGURE_VALIDATION_ACCURACY] = N_("Validation accuracy"),
    [ATELIER_RUN_FIGURE_VALIDATION_LOSS] = N_("Validation loss"),
    [ATELIER_RUN_FIGURE_TRAINING_ACCURACY] = N_("Training accuracy"),
    [ATELIER_RUN_FIGURE_TRAINING_LOSS] = N_("Training loss"),
  };

  g_return_val_if_fail (figure < ATELIER_N_RUN_FIGURES, NULL);

  return _(names[figure]);
}

static gboolean
is_accuracy (AtelierRunFigure figure)
{
  return figure == ATELIER_RUN_FIGURE_VALIDATION_ACCURACY
         || figure == ATELIER_RUN_FIGURE_TRAINING_ACCURACY;
}

/* ---- Lines ---- */

static void
clear_line (Line *line)
{
  g_free (line->x);
  for (guint i = 0; i < ATELIER_N_RUN_FIGURES; i++)
    g_free (line->y[i]);
  g_free (line->note);
  *line = (Line) { .best = -1 };
}

static void
free_line (gpointer data)
{
  clear_line (data);
  g_free (data);
}

static char *
describe_best (AtelierHistory *history)
{
  const int best = atelier_history_get_best (history);
  const AtelierEpochFigures *figures;
  g_autofree char *accuracy = NULL;

  if (best < 0)
    return NULL;
  figures = atelier_history_get_figures (history, (guint) best);
  accuracy = atelier_format_percent (isfinite (figures->validation_accuracy)
                                       ? figures->validation_accuracy
                                       : figures->accuracy, 1);
  return g_strdup_printf (_("best %s, epoch %u"), accuracy, figures->epoch);
}

static void
fill_line (Line           *line,
           AtelierHistory *history)
{
  const guint n = atelier_history_get_n_epochs (history);

  clear_line (line);
  line->is_read = TRUE;
  line->n = n;
  line->best = atelier_history_get_best (history);
  line->note = describe_best (history);
  line->x = g_new (double, n);
  for (guint i = 0; i < ATELIER_N_RUN_FIGURES; i++)
    line->y[i] = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);

      line->x[i] = figures->epoch;
      line->y[ATELIER_RUN_FIGURE_VALIDATION_ACCURACY][i] = figures->validation_accuracy;
      line->y[ATELIER_RUN_FIGURE_VALIDATION_LOSS][i] = figures->validation_loss;
      line->y[ATELIER_RUN_FIGURE_TRAINING_ACCURACY][i] = figures->accuracy;
      line->y[ATELIER_RUN_FIGURE_TRAINING_LOSS][i] = figures->loss;
    }
}

/* ---- Reading ---- */

typedef struct
{
  AtelierRunCurves *self; /* Owned */
  char             *id;   /* Owned */
} Request;

static void
free_request (Request *request)
{
  g_object_unref (request->self);
  g_free (request->id);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, free_request)

static void
on_record_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (AtelierRunRecord) record
    = atelier_library_load_record_finish (ATELIER_LIBRARY (source), result, NULL);
  Line *line = g_hash_table_lookup (request->self->lines, request->id);

  if (!record || !line)
    return;
  fill_line (line, atelier_run_record_get_history (record));
  gtk_widget_queue_draw (GTK_WIDGET (request->self));
}

static void
read_line (AtelierRunCurves *self,
           const char       *id,
           Line             *line)
{
  Request *request = g_new0 (Request, 1);

  line->is_read = TRUE;
  request->self = g_object_ref (self);
  request->id = g_strdup (id);
  atelier_library_load_record_async (self->library, id, self->cancellable, on_record_cb, request);
}

static void
update_lines (AtelierRunCurves *self)
{
  GPtrArray *ticked = atelier_run_list_get_ticked (self->list);
  GHashTableIter iter;
  gpointer id;

  if (!self->library)
    return;
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      AtelierRunItem *item = atelier_run_list_find (self->list, id);

      if (!item || atelier_run_item_get_color (item) < 0)
        g_hash_table_iter_remove (&iter);
    }
  for (guint i = 0; i < ticked->len; i++)
    {
      const AtelierLibraryRunValues *values
        = atelier_run_item_get_values (g_ptr_array_index (ticked, i));
      Line *line = g_hash_table_lookup (self->lines, values->id);

      if (!line)
        {
          line = g_new0 (Line, 1);
          line->best = -1;
          g_hash_table_insert (self->lines, g_strdup (values->id), line);
        }
      if (!line->is_read || line->n != values->n_epochs)
        read_line (self, values->id, line);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- Drawing ---- */

static guint
fill_series (AtelierRunCurves *self,
             AtelierSeries    *series,
             double           *last_epoch)
{
  GPtrArray *ticked = atelier_run_list_get_ticked (self->list);
  guint n = 0;

  *last_epoch = 1.0;
  for (guint i = 0; i < ticked->len; i++)
    {
      AtelierRunItem *item = g_ptr_array_index (ticked, i);
      const AtelierLibraryRunValues *values = atelier_run_item_get_values (item);
      const Line *line = g_hash_table_lookup (self->lines, values->id);

      if (!line || line->n == 0)
        continue;
      *last_epoch = MAX (*last_epoch, line->x[line->n - 1]);
      series[n++] = (AtelierSeries) {
        .name = values->name,
        .style = ATELIER_SERIES_RUN,
        .n = line->n,
        .x = line->x,
        .y = line->y[self->figure],
        .i_run = (guint) atelier_run_item_get_color (item),
        .has_best = line->best >= 0,
        .i_best = (guint) MAX (line->best, 0),
        .end_note = line->note,
      };
    }
  return n;
}

static void
atelier_run_curves_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AtelierRunCurves *self = ATELIER_RUN_CURVES (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const guint n_ticked = atelier_run_list_get_n_ticked (self->list);
  g_autofree AtelierSeries *series = g_new0 (AtelierSeries, n_ticked + 1);
  AtelierChart chart = {
    .series = series,
    .x_min = 0.0,
    .is_percent = is_accuracy (self->figure),
    .y_min = NAN,
    .y_max = NAN,
    .has_ends = TRUE,
    .x_unit = ATELIER_X_EPOCHS,
    .x_title = atelier_chart_unit_get_title (ATELIER_X_EPOCHS),
    .font = pango_font_description_get_family (pango_context_get_font_description (context)),
    .font_size = atelier_theme_get_font_size (widget),
    .empty_text = n_ticked == 0 ? _("Tick runs to see their curves together")
                                : _("Reading the runs…"),
  };
  AtelierPalette palette;
  cairo_t *cr;

  chart.n_series = fill_series (self, series, &chart.x_max);
  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_chart_draw (&chart, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_run_curves_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
}

static void
atelier_run_curves_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_FIGURE:
      g_value_set_uint (value, ATELIER_RUN_CURVES (object)->figure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_curves_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierRunCurves *self = ATELIER_RUN_CURVES (object);

  switch (property_id)
    {
    case PROP_FIGURE:
      if (self->figure == g_value_get_uint (value))
        break;
      self->figure = g_value_get_uint (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_curves_dispose (GObject *object)
{
  AtelierRunCurves *self = ATELIER_RUN_CURVES (object);

  atelier_run_curves_set_library (self, NULL);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (atelier_run_curves_parent_class)->dispose (object);
}

static void
atelier_run_curves_finalize (GObject *object)
{
  g_hash_table_unref (ATELIER_RUN_CURVES (object)->lines);

  G_OBJECT_CLASS (atelier_run_curves_parent_class)->finalize (object);
}

static void
atelier_run_curves_class_init (AtelierRunCurvesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_run_curves_get_property;
  object_class->set_property = atelier_run_curves_set_property;
  object_class->dispose = atelier_run_curves_dispose;
  object_class->finalize = atelier_run_curves_finalize;
  widget_class->snapshot = atelier_run_curves_snapshot;
  widget_class->measure = atelier_run_curves_measure;

  properties[PROP_FIGURE] = g_param_spec_uint (
    "figure", NULL, NULL, 0, ATELIER_N_RUN_FIGURES - 1, 0,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "runcurves");
}

static void
atelier_run_curves_init (AtelierRunCurves *self)
{
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_line);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Curves of the ticked runs"), -1);
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_run_curves_set_list (AtelierRunCurves *self,
                             AtelierRunList   *list)
{
  g_return_if_fail (ATELIER_IS_RUN_CURVES (self) && self->list == NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "ticked-changed", G_CALLBACK (update_lines), self,
                           G_CONNECT_SWAPPED);
}

void
atelier_run_curves_set_library (AtelierRunCurves *self,
                                AtelierLibrary   *library)
{
  g_return_if_fail (ATELIER_IS_RUN_CURVES (self));

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->library, library);
  g_hash_table_remove_all (self->lines);
  if (!library)
    return;
  self->cancellable = g_cancellable_new ();
  if (self->list)
    update_lines (self);
}

guint
atelier_run_curves_count_lines (AtelierRunCurves *self)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer line;

  g_return_val_if_fail (ATELIER_IS_RUN_CURVES (self), 0);

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &line))
    n += ((Line *) line)->n > 0;
  return n;
}
