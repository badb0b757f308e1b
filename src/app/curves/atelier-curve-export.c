/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The saved curves are drawn from the same description as those on the screen: with the zoom, unit,
 * scales and lines of the view.  The cursor, the mark of the epoch and the dark theme are left out.
 *
 * Everything is copied, because the history keeps growing on the main thread and its arrays move:
 * two megabytes for 100,000 batches.
 */

#include "config.h"

#include "curves/atelier-curve-export.h"

#include <string.h>

#include "atelier-export.h"
#include "base/atelier-file-write.h"
#include "curves/atelier-curve-figures.h"
#include "results/atelier-history-csv.h"

typedef struct
{
  AtelierCurveFigures *figures; /* Owned; holds the arrays of the epochs */
  float               *x;       /* Owned; of the batches */
  float               *y;
  AtelierSeries        series[ATELIER_CURVE_MAX_SERIES];
} Measured;

struct _AtelierCurveExport
{
  AtelierChart  charts[ATELIER_N_MEASURES];
  Measured      measured[ATELIER_N_MEASURES];

  /* Owned */
  char         *words;
  char         *csv;
};

/* Copies the arrays of the batches, which are the first series. */
static void
copy_batches (Measured *measured)
{
  AtelierSeries *batches = &measured->series[0];

  measured->y = g_memdup2 (batches->y_float, batches->n * sizeof (float));
  batches->y_float = measured->y;
  if (batches->x_float)
    {
      measured->x = g_memdup2 (batches->x_float, batches->n * sizeof (float));
      batches->x_float = measured->x;
    }
}

AtelierCurveExport *
atelier_curve_export_new (AtelierFocus     *focus,
                          AtelierCurveView *view)
{
  AtelierCurveExport *self = g_new0 (AtelierCurveExport, 1);
  AtelierHistory *history = atelier_focus_get_history (focus);
  guint n_images = atelier_splits_get_n (atelier_focus_get_splits (focus), ATELIER_SPLIT_TRAIN);

  for (guint i = 0; i < ATELIER_N_MEASURES; i++)
    {
      Measured *measured = &self->measured[i];

      measured->figures = atelier_curve_figures_new (i);
      atelier_curve_figures_fill (measured->figures, history, n_images,
                                  atelier_curve_view_get_unit (view));
      atelier_curve_figures_describe (measured->figures, view, measured->series,
                                      &self->charts[i]);
      self->charts[i].x_title = atelier_chart_unit_get_title (self->charts[i].x_unit);
      copy_batches (measured);
    }
  self->words = atelier_focus_describe_run (focus);
  self->csv = atelier_history_to_csv (history);

  return self;
}

void
atelier_curve_export_free (AtelierCurveExport *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < ATELIER_N_MEASURES; i++)
    {
      atelier_curve_figures_free (self->measured[i].figures);
      g_free (self->measured[i].x);
      g_free (self->measured[i].y);
    }
  g_free (self->words);
  g_free (self->csv);
  g_free (self);
}

gboolean
atelier_curve_export_write (AtelierCurveExport  *self,
                            const char          *path,
                            GError             **error)
{
  AtelierExportFormat format;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (!atelier_export_format_from_path (path, &format, error))
    return FALSE;
  if (format != ATELIER_EXPORT_CSV)
    return atelier_export_charts (self->charts, ATELIER_N_MEASURES, self->words, path,
                                  atelier_file_write, error);

  bytes = g_bytes_new_static (self->csv, strlen (self->csv));

  return atelier_file_write (path, bytes, error);
}
