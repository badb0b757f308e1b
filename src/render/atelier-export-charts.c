/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The curves of a run as a picture: charts one below the other, and words below them.
 *
 * What belongs to the window (cursor, handle, dragged range, typeface) is left out.  What decides
 * which figures are seen (range, logarithm, smoothing, units) is kept.  Any thread.
 */

#include "config.h"

#include "atelier-export.h"

#include <math.h>

#include "atelier-text.h"

#define CHART_WIDTH 640.0
#define CHART_HEIGHT 300.0
#define CAPTION_SIZE 12.0
#define CAPTION_MARGIN 8.0

typedef struct
{
  const AtelierChart *charts; /* [n_charts] */
  guint               n_charts;
  const char         *caption;
} ChartPage;

static void
set_caption (AtelierText *text,
             const char  *caption)
{
  atelier_text_set (text, caption, CAPTION_SIZE, FALSE);
  atelier_text_wrap (text, CHART_WIDTH - 2.0 * CAPTION_MARGIN);
}

static double
measure_caption (const char *caption)
{
  g_auto (AtelierText) text = { NULL };

  if (caption == NULL || caption[0] == '\0')
    return 0.0;

  atelier_text_init (&text, NULL, NULL);
  set_caption (&text, caption);

  return ceil (atelier_text_get_height (&text)) + 2.0 * CAPTION_MARGIN;
}

static void
draw_charts (cairo_t  *cr,
             double    width,
             double    height,
             gpointer  user_data)
{
  const ChartPage *page = user_data;
  g_auto (AtelierText) text = { NULL };

  cairo_save (cr);
  for (guint i = 0; i < page->n_charts; i++)
    {
      AtelierChart chart = page->charts[i];

      /* The marks of the window are left out. */
      chart.has_cursor = chart.has_mark = chart.has_band = FALSE;
      chart.font = NULL;
      chart.font_size = 0.0;
      atelier_chart_draw (&chart, &atelier_palette_light, cr, CHART_WIDTH, CHART_HEIGHT);
      cairo_translate (cr, 0.0, CHART_HEIGHT);
    }

  if (page->caption != NULL && page->caption[0] != '\0')
    {
      atelier_text_init (&text, cr, NULL);
      set_caption (&text, page->caption);
      atelier_text_show (&text, cr, CAPTION_MARGIN, CAPTION_MARGIN, 0.0,
                         &atelier_palette_light.dim_text);
    }
  cairo_restore (cr);
}

gboolean
atelier_export_charts (const AtelierChart  *charts,
                       guint                n_charts,
                       const char          *caption,
                       const char          *path,
                       AtelierExportWrite   write,
                       GError             **error)
{
  ChartPage page = { charts, n_charts, caption };

  g_return_val_if_fail (charts != NULL && n_charts > 0 && n_charts <= 16, FALSE);

  return atelier_export_drawing (path, CHART_WIDTH,
                                 n_charts * CHART_HEIGHT + measure_caption (caption), draw_charts,
                                 &page, write, error);
}
