/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of a report: margins, footers, headings and lines of text.
 *
 * A page has a place, y, that moves down.  Whoever writes next says how much has to fit, and goes
 * on on the next page if it does not.  Text has its role in the structure of the PDF (H1, H2, P),
 * for screen readers, and headings are in its outline.  Other surfaces have neither, and cairo
 * leaves them out.  Any thread.
 */

#include "config.h"

#include "atelier-report-page-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define FOOT_SIZE 7.5
#define HEADING_SIZE 12.0
#define HEADING_SPACE 18.0 /* above */
#define HEADING_GAP 6.0    /* below */

#define CODE_FONT "Monospace"

#define PAGE_BOTTOM (ATELIER_PAGE_HEIGHT - ATELIER_PAGE_MARGIN)

void
atelier_report_page_init (AtelierReportPage *page,
                          cairo_t           *cr,
                          const char        *footer,
                          guint              n_pages)
{
  *page = (AtelierReportPage) {
    .cr = cr,
    .footer = footer,
    .y = ATELIER_PAGE_MARGIN,
    .n_pages = n_pages,
  };
  atelier_text_init (&page->text, cr, NULL);
  atelier_text_init (&page->code, cr, CODE_FONT);
}

void
atelier_report_page_clear (AtelierReportPage *page)
{
  atelier_text_clear (&page->text);
  atelier_text_clear (&page->code);
}

static void
end_page (AtelierReportPage *page)
{
  double y = PAGE_BOTTOM + 14.0;
  /* Translators: the foot of a printed page: its number, and how many there are */
  g_autofree char *number = g_strdup_printf (_("page %u of %u"), page->i_page + 1, page->n_pages);

  if (page->footer != NULL)
    atelier_report_page_show_line (page, page->footer, ATELIER_PAGE_DIM, FOOT_SIZE,
                                   ATELIER_PAGE_MARGIN, y, ATELIER_PAGE_ROOM * 0.8, 0.0);
  atelier_report_page_show_line (page, number, ATELIER_PAGE_DIM, FOOT_SIZE, ATELIER_PAGE_MARGIN, y,
                                 ATELIER_PAGE_ROOM, 1.0);
  cairo_show_page (page->cr);
}

guint
atelier_report_page_finish (AtelierReportPage *page)
{
  end_page (page);

  return page->i_page + 1;
}

gboolean
atelier_report_page_ensure (AtelierReportPage *page,
                            double             height)
{
  /* What does not fit on an empty page fits on none. */
  if (page->y + height <= PAGE_BOTTOM || page->y <= ATELIER_PAGE_MARGIN)
    return FALSE;

  end_page (page);
  page->i_page++;
  page->y = ATELIER_PAGE_MARGIN;

  return TRUE;
}

double
atelier_report_page_get_left (const AtelierReportPage *page)
{
  return PAGE_BOTTOM - page->y;
}

static AtelierText *
set_text (AtelierReportPage *page,
          const char        *string,
          AtelierPageStyle   style,
          double             size)
{
  AtelierText *text = style == ATELIER_PAGE_CODE ? &page->code : &page->text;

  atelier_text_set (text, string, size, style == ATELIER_PAGE_BOLD);

  return text;
}

static const AtelierColor *
get_ink (AtelierPageStyle style)
{
  return style == ATELIER_PAGE_DIM ? &atelier_palette_light.dim_text : &atelier_palette_light.text;
}

double
atelier_report_page_show_line (AtelierReportPage *page,
                               const char        *string,
                               AtelierPageStyle   style,
                               double             size,
                               double             x,
                               double             y,
                               double             width,
                               double             align)
{
  AtelierText *text = set_text (page, string, style, size);

  atelier_text_ellipsize (text, width);
  atelier_text_show (text, page->cr, x + width * align, y, align, get_ink (style));

  return atelier_text_get_height (text);
}

double
atelier_report_page_show_text (AtelierReportPage *page,
                               const char        *string,
                               AtelierPageStyle   style,
                               double             size,
                               double             x,
                               double             y,
                               double             width,
                               gboolean           is_shown)
{
  AtelierText *text = set_text (page, string, style, size);

  atelier_text_wrap (text, width);
  if (is_shown)
    {
      cairo_tag_begin (page->cr, "P", NULL);
      atelier_text_show (text, page->cr, x, y, 0.0, get_ink (style));
      cairo_tag_end (page->cr, "P");
    }

  return atelier_text_get_height (text);
}

static void
add_outline (const AtelierReportPage *page,
             const char              *title)
{
  cairo_surface_t *surface = cairo_get_target (page->cr);
  char y[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *place = NULL;

  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_PDF)
    return;

  g_ascii_formatd (y, sizeof y, "%.1f", page->y);
  place = g_strdup_printf ("page=%u pos=[0 %s]", page->i_page + 1, y);
  cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, title, place, 0);
}

void
atelier_report_page_show_heading (AtelierReportPage *page,
                                  const char        *title,
                                  double             height)
{
  if (!atelier_report_page_ensure (page, HEADING_SPACE + HEADING_SIZE * 1.5 + height)
      && page->y > ATELIER_PAGE_MARGIN)
    page->y += HEADING_SPACE;

  add_outline (page, title);
  cairo_tag_begin (page->cr, "H2", NULL);
  page->y += atelier_report_page_show_line (page, title, ATELIER_PAGE_BOLD, HEADING_SIZE,
                                            ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM, 0.0);
  cairo_tag_end (page->cr, "H2");
  page->y += HEADING_GAP;
}

void
atelier_report_page_draw_rule (AtelierReportPage *page,
                               double             x,
                               double             y,
                               double             width)
{
  atelier_color_set_source (&atelier_palette_light.grid, page->cr, 1.0);
  cairo_rectangle (page->cr, x, y - 0.35, width, 0.7);
  cairo_fill (page->cr);
}
