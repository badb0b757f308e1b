/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report, from its title down to its facts.
 *
 * The first page has what everybody wants to know: how good the network is, what the curves say,
 * where it is wrong.  The second has what one needs to believe that and to repeat it: the worst
 * mistakes, the network, the recipe, the data.  It is drawn twice, the first time only to count the
 * pages, since every footer names their number.  Computing the sizes without drawing was rejected:
 * the two could differ.  Any thread.
 */

#include "config.h"

#include "atelier-report-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "atelier-export.h"
#include "atelier-report-page-private.h"

#define TITLE_SIZE 23.0
#define LONG_TITLE_SIZE 15.0 /* of a title that takes more than a line */
#define FIGURE_SIZE 21.0
#define WORDS_SIZE 10.0

#define CHART_HEIGHT 196.0
#define CHART_GAP 14.0
#define CHART_FONT_SIZE 8.5
#define CHART_MARGIN 4.0 /* a chart's own margin, which lies within the page's */

/* Beside the matrix, the table has a line for each of at most so many classes. */
#define MAX_CLASSES_BESIDE 16
#define MATRIX_WIDTH 282.0
#define MATRIX_FONT_SIZE 7.5
#define MATRIX_GAP 12.0

static void
draw_title (AtelierReportPage        *page,
            const AtelierReportSheet *sheet)
{
  gboolean is_long;

  atelier_report_page_show_line (page, _("Training report"), ATELIER_PAGE_DIM, 9.0,
                                 ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM * 0.5, 0.0);
  if (sheet->date != NULL)
    atelier_report_page_show_line (page, sheet->date, ATELIER_PAGE_DIM, 9.0,
                                   ATELIER_PAGE_MARGIN + ATELIER_PAGE_ROOM * 0.5, page->y,
                                   ATELIER_PAGE_ROOM * 0.5, 1.0);
  page->y += 18.0;

  atelier_text_set (&page->text, sheet->title, TITLE_SIZE, TRUE);
  is_long = atelier_text_get_width (&page->text) > ATELIER_PAGE_ROOM;
  cairo_tag_begin (page->cr, "H1", NULL);
  page->y += atelier_report_page_show_text (page, sheet->title, ATELIER_PAGE_BOLD,
                                            is_long ? LONG_TITLE_SIZE : TITLE_SIZE,
                                            ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM, TRUE);
  cairo_tag_end (page->cr, "H1");
  if (sheet->subtitle != NULL)
    page->y += atelier_report_page_show_text (page, sheet->subtitle, ATELIER_PAGE_DIM, 10.5,
                                              ATELIER_PAGE_MARGIN, page->y + 1.0,
                                              ATELIER_PAGE_ROOM, TRUE);
  page->y += 14.0;
}

static void
draw_figures (AtelierReportPage        *page,
              const AtelierReportSheet *sheet)
{
  double width = ATELIER_PAGE_ROOM / ATELIER_REPORT_MAX_FIGURES;

  if (sheet->n_figures == 0)
    return;

  atelier_report_page_draw_rule (page, ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
  page->y += 9.0;
  for (guint i = 0; i < sheet->n_figures; i++)
    {
      const AtelierReportFigure *figure = &sheet->figures[i];
      double x = ATELIER_PAGE_MARGIN + i * width, y = page->y;

      y += atelier_report_page_show_line (page, figure->value, ATELIER_PAGE_BOLD, FIGURE_SIZE, x,
                                          y, width - 8.0, 0.0);
      y += atelier_report_page_show_line (page, figure->name, ATELIER_PAGE_NORMAL, 9.0, x, y,
                                          width - 8.0, 0.0);
      if (figure->note != NULL)
        atelier_report_page_show_line (page, figure->note, ATELIER_PAGE_DIM, 8.0, x, y + 1.0,
                                       width - 8.0, 0.0);
    }
  page->y += FIGURE_SIZE * 1.35 + 9.0 * 1.35 + 8.0 * 1.35 + 10.0;
  atelier_report_page_draw_rule (page, ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
  page->y += 12.0;
}

/* A paragraph beside a coloured bar. */
static void
draw_words (AtelierReportPage *page,
            const char        *words)
{
  double x = ATELIER_PAGE_MARGIN + 11.0;
  double height = atelier_report_page_show_text (page, words, ATELIER_PAGE_NORMAL, WORDS_SIZE, x,
                                                 page->y, ATELIER_PAGE_ROOM - 11.0, TRUE);

  atelier_color_set_source (&atelier_palette_light.training, page->cr, 1.0);
  cairo_rectangle (page->cr, ATELIER_PAGE_MARGIN, page->y, 2.5, height);
  cairo_fill (page->cr);
  page->y += height + 12.0;
}

/* Why a part is missing. */
static void
draw_missing (AtelierReportPage *page,
              const char        *words)
{
  page->y += atelier_report_page_show_text (page, words, ATELIER_PAGE_DIM, WORDS_SIZE,
                                            ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM, TRUE);
}

static void
draw_charts (AtelierReportPage        *page,
             const AtelierReportSheet *sheet)
{
  double width = (ATELIER_PAGE_ROOM - CHART_GAP * (sheet->n_charts - 1.0)) / sheet->n_charts;

  atelier_report_page_ensure (page, CHART_HEIGHT);
  for (guint i = 0; i < sheet->n_charts; i++)
    {
      AtelierChart chart = sheet->charts[i];

      chart.font_size = CHART_FONT_SIZE;
      cairo_save (page->cr);
      cairo_translate (page->cr, ATELIER_PAGE_MARGIN + i * (width + CHART_GAP) - CHART_MARGIN,
                       page->y);
      cairo_tag_begin (page->cr, "Figure", NULL);
      atelier_chart_draw (&chart, &atelier_palette_light, page->cr, width + CHART_MARGIN,
                          CHART_HEIGHT);
      cairo_tag_end (page->cr, "Figure");
      cairo_restore (page->cr);
    }
  page->y += CHART_HEIGHT;
}

static void
draw_matrix (AtelierReportPage        *page,
             const AtelierReportSheet *sheet,
             double                    x,
             double                    width,
             double                    height)
{
  AtelierMatrix matrix = *sheet->matrix;

  matrix.title = NULL;
  matrix.font_size = MATRIX_FONT_SIZE;
  cairo_save (page->cr);
  cairo_translate (page->cr, x, page->y);
  cairo_tag_begin (page->cr, "Figure", NULL);
  atelier_matrix_draw (&matrix, &atelier_palette_light, page->cr, width, height);
  cairo_tag_end (page->cr, "Figure");
  cairo_restore (page->cr);
}

/* Returns the height. */
static double
draw_remarks (AtelierReportPage        *page,
              const AtelierReportSheet *sheet,
              double                    x,
              double                    top,
              double                    width)
{
  double y = top;

  if (sheet->n_remarks == 0)
    return 0.0;

  y += 14.0;
  if (sheet->remarks_title != NULL)
    y += atelier_report_page_show_text (page, sheet->remarks_title, ATELIER_PAGE_DIM,
                                        ATELIER_PAGE_TEXT_SIZE, x, y, width, TRUE)
         + 3.0;
  for (guint i = 0; i < sheet->n_remarks; i++)
    y += atelier_report_page_show_text (page, sheet->remarks[i], ATELIER_PAGE_NORMAL,
                                        ATELIER_PAGE_TEXT_SIZE, x, y, width, TRUE)
         + 2.0;

  return y - top;
}

static void
draw_answers (AtelierReportPage        *page,
              const AtelierReportSheet *sheet)
{
  const char *title = sheet->matrix_title != NULL ? sheet->matrix_title : _("Confusion matrix");
  double x = ATELIER_PAGE_MARGIN + MATRIX_WIDTH + MATRIX_GAP;
  double width = ATELIER_PAGE_ROOM - MATRIX_WIDTH - MATRIX_GAP;
  double height;

  if (sheet->matrix == NULL)
    {
      if (sheet->matrix_missing == NULL)
        return;
      atelier_report_page_show_heading (page, title, 30.0);
      draw_missing (page, sheet->matrix_missing);
      return;
    }

  if (sheet->n_classes > MAX_CLASSES_BESIDE)
    {
      atelier_report_page_show_heading (page, title, ATELIER_PAGE_ROOM);
      draw_matrix (page, sheet, ATELIER_PAGE_MARGIN, ATELIER_PAGE_ROOM, ATELIER_PAGE_ROOM);
      page->y += ATELIER_PAGE_ROOM + 12.0;
      atelier_report_draw_class_list (page, sheet);
      page->y += draw_remarks (page, sheet, ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
      return;
    }

  atelier_report_page_show_heading (page, title, MATRIX_WIDTH);
  draw_matrix (page, sheet, ATELIER_PAGE_MARGIN - MATRIX_FONT_SIZE, MATRIX_WIDTH, MATRIX_WIDTH);
  height = 20.0;
  height += atelier_report_draw_class_table (page, sheet, x, page->y + height, width);
  height += draw_remarks (page, sheet, x, page->y + height, width);
  page->y += MAX (MATRIX_WIDTH, height);
}

/* Returns the number of pages. */
static guint
draw_sheet (const AtelierReportSheet *sheet,
            cairo_t                  *cr,
            guint                     n_pages)
{
  AtelierReportPage page;
  guint n;

  atelier_report_page_init (&page, cr, sheet->maker, n_pages);
  draw_title (&page, sheet);
  draw_figures (&page, sheet);
  if (sheet->words != NULL && sheet->words[0] != '\0')
    draw_words (&page, sheet->words);
  if (sheet->n_charts > 0)
    draw_charts (&page, sheet);
  else if (sheet->charts_missing != NULL)
    draw_missing (&page, sheet->charts_missing);
  draw_answers (&page, sheet);
  atelier_report_draw_mistakes (&page, sheet);
  atelier_report_draw_layers (&page, sheet);
  atelier_report_draw_groups (&page, sheet);
  n = atelier_report_page_finish (&page);
  atelier_report_page_clear (&page);

  return n;
}

static void
draw_pages (cairo_t  *cr,
            double    width,
            double    height,
            gpointer  user_data)
{
  const AtelierReportSheet *sheet = user_data;

  draw_sheet (sheet, cr, atelier_report_sheet_count_pages (sheet));
}

guint
atelier_report_sheet_count_pages (const AtelierReportSheet *sheet)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  guint n_pages;

  g_return_val_if_fail (sheet != NULL && sheet->title != NULL, 0);

  /* A PDF that is not stored: its text is as wide as in the file. */
  surface = cairo_pdf_surface_create_for_stream (NULL, NULL, ATELIER_PAGE_WIDTH,
                                                 ATELIER_PAGE_HEIGHT);
  cr = cairo_create (surface);
  n_pages = draw_sheet (sheet, cr, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return n_pages;
}

gboolean
atelier_report_sheet_save (const AtelierReportSheet  *sheet,
                           const char                *path,
                           AtelierExportWrite         write,
                           GError                   **error)
{
  AtelierExportMetadata metadata;

  g_return_val_if_fail (sheet != NULL && sheet->title != NULL && path != NULL, FALSE);

  metadata = (AtelierExportMetadata) {
    .title = sheet->title,
    .subject = sheet->words,
    .creator = sheet->maker,
    .date_iso = sheet->date_iso,
  };

  return atelier_export_document (path, ATELIER_PAGE_WIDTH, ATELIER_PAGE_HEIGHT, &metadata,
                                  draw_pages, (gpointer) sheet, write, error);
}
