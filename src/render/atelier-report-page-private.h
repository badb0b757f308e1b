/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that a report is written on, from top to bottom: what the files of a report share.
 * Private to render. */

#pragma once

#include "atelier-report-sheet.h"
#include "atelier-text.h"

G_BEGIN_DECLS

/* A4 in points, and its margins. */
#define ATELIER_PAGE_WIDTH 595.28
#define ATELIER_PAGE_HEIGHT 841.89
#define ATELIER_PAGE_MARGIN 46.0
#define ATELIER_PAGE_ROOM (ATELIER_PAGE_WIDTH - 2.0 * ATELIER_PAGE_MARGIN)

#define ATELIER_PAGE_TEXT_SIZE 8.5

typedef struct
{
  /* Borrowed */
  cairo_t     *cr;
  const char  *footer;  /* at the left of each page's foot; nullable */

  /* Owned */
  AtelierText  text;
  AtelierText  code;    /* of a typeface whose letters are equally wide */

  double       y;       /* where the next part starts */
  guint        i_page;
  guint        n_pages; /* 0 while they are counted */
} AtelierReportPage;

void   atelier_report_page_init  (AtelierReportPage *page,
                                  cairo_t           *cr,
                                  const char        *footer,
                                  guint              n_pages);
void   atelier_report_page_clear (AtelierReportPage *page);
/* Ends the last page; the number of pages. */
guint  atelier_report_page_finish (AtelierReportPage *page);
/* Goes on to the next page where less than @height is left; TRUE if it did. */
gboolean atelier_report_page_ensure (AtelierReportPage *page,
                                     double             height);
/* The height that is left on the page. */
double   atelier_report_page_get_left (const AtelierReportPage *page);

typedef enum
{
  ATELIER_PAGE_NORMAL,
  ATELIER_PAGE_DIM,
  ATELIER_PAGE_BOLD,
  ATELIER_PAGE_CODE,
} AtelierPageStyle;

/* One line, cut at @width; @align 0 starts at @x, 1 ends at @x + @width.  Returns its height. */
double atelier_report_page_show_line (AtelierReportPage *page,
                                      const char        *string,
                                      AtelierPageStyle   style,
                                      double             size,
                                      double             x,
                                      double             y,
                                      double             width,
                                      double             align);
/* As many lines as it takes; @is_shown FALSE only measures.  Returns the height. */
double atelier_report_page_show_text (AtelierReportPage *page,
                                      const char        *string,
                                      AtelierPageStyle   style,
                                      double             size,
                                      double             x,
                                      double             y,
                                      double             width,
                                      gboolean           is_shown);
/* The heading of a section.  At least @height of the section follows on the same page. */
void   atelier_report_page_show_heading (AtelierReportPage *page,
                                         const char        *title,
                                         double             height);
void   atelier_report_page_draw_rule (AtelierReportPage *page,
                                      double             x,
                                      double             y,
                                      double             width);

/* Tables: in atelier-report-tables.c.  Those with a @top stand there and return their height; the
 * others begin at page->y and go on over pages. */
double atelier_report_draw_class_table (AtelierReportPage        *page,
                                        const AtelierReportSheet *sheet,
                                        double                    x,
                                        double                    top,
                                        double                    width);
void   atelier_report_draw_class_list  (AtelierReportPage        *page,
                                        const AtelierReportSheet *sheet);
void   atelier_report_draw_mistakes    (AtelierReportPage        *page,
                                        const AtelierReportSheet *sheet);
void   atelier_report_draw_layers      (AtelierReportPage        *page,
                                        const AtelierReportSheet *sheet);
void   atelier_report_draw_groups      (AtelierReportPage        *page,
                                        const AtelierReportSheet *sheet);

G_END_DECLS
