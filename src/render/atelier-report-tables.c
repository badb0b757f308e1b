/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a report: classes, mistakes with their pictures, facts, and layers with the picture
 * of the network.
 *
 * Columns have fixed shares of the width, and what is too long is cut, so that figures always stand
 * below each other.  Long tables go on over pages with their head repeated.  Pictures are enlarged
 * by nearest neighbour, as everywhere: a pixel is a square on paper too.  Any thread.
 */

#include "config.h"

#include "atelier-report-page-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "atelier-thumbnail.h"

#define ROW_HEIGHT 14.0
#define COLUMN_GAP 8.0

#define MAX_COLUMNS 5

#define MAX_MISTAKES 9
#define MISTAKES_A_ROW 3
#define PICTURE_SIZE 56.0
#define PICTURE_GAP 10.0
#define SMALLEST_PICTURE 448 /* pixels: 600 an inch and more */

/* The picture of the network, right of the layers. */
#define NETWORK_WIDTH 206.0
#define NETWORK_GAP 12.0
#define NETWORK_FONT_SIZE 7.5

#define LONG_TABLE 300.0 /* what is higher may go on on the next page */
#define FULL_PAGE (ATELIER_PAGE_HEIGHT - 2.0 * ATELIER_PAGE_MARGIN - 40.0) /* below a heading */

#define FACT_SIZE 8.0
#define FACT_GAP 3.0
#define GROUPS_SPACE 32.0 /* above them, with their rule */

typedef struct
{
  double share; /* of the table's width */
  double align;
} Column;

/* The second has names and hashes, which are long. */
static const double group_shares[ATELIER_REPORT_MAX_GROUPS] = { 0.27, 0.42, 0.31 };

static const Column class_columns[] = {
  { 0.26, 0.0 }, { 0.20, 1.0 }, { 0.185, 1.0 }, { 0.185, 1.0 }, { 0.17, 1.0 },
};

static const Column layer_columns[] = {
  { 0.04, 0.0 }, { 0.52, 0.0 }, { 0.24, 1.0 }, { 0.20, 1.0 },
};
static const Column narrow_layer_columns[] = {
  { 0.07, 0.0 }, { 0.48, 0.0 }, { 0.25, 1.0 }, { 0.20, 1.0 },
};

static void
draw_row (AtelierReportPage  *page,
          const Column       *columns,
          guint               n_columns,
          const char * const *cells,
          AtelierPageStyle    style,
          double              x,
          double              y,
          double              width)
{
  cairo_tag_begin (page->cr, "TR", NULL);
  for (guint i = 0; i < n_columns; i++)
    {
      double cell_width = width * columns[i].share;
      double gap = i > 0 ? COLUMN_GAP * (columns[i].align == 0.0 ? 1.0 : 0.25) : 0.0;

      cairo_tag_begin (page->cr, style == ATELIER_PAGE_DIM ? "TH" : "TD", NULL);
      atelier_report_page_show_line (page, cells[i], style, ATELIER_PAGE_TEXT_SIZE, x + gap,
                                     y + 1.5, cell_width - gap, columns[i].align);
      cairo_tag_end (page->cr, style == ATELIER_PAGE_DIM ? "TH" : "TD");
      x += cell_width;
    }
  cairo_tag_end (page->cr, "TR");
}

/* Classes */

static void
draw_class_head (AtelierReportPage *page,
                 double             x,
                 double             y,
                 double             width)
{
  const char *const cells[MAX_COLUMNS] = { _("Class"), _("Precision"), _("Recall"), _("F1"),
                                           _("Images") };

  draw_row (page, class_columns, G_N_ELEMENTS (class_columns), cells, ATELIER_PAGE_DIM, x, y,
            width);
  atelier_report_page_draw_rule (page, x, y + ROW_HEIGHT, width);
}

static char *
format_share (double share)
{
  if (!isfinite (share))
    return g_strdup ("–");
  /* Translators: a share with one decimal, as in "91.0 %"; the space is a no-break space. */
  return g_strdup_printf (_("%.1f\u00a0%%"), share * 100.0);
}

static void
draw_class (AtelierReportPage        *page,
            const AtelierReportClass *class,
            double                    x,
            double                    y,
            double                    width)
{
  g_autofree char *precision = format_share (class->precision);
  g_autofree char *recall = format_share (class->recall);
  g_autofree char *f1 = format_share (class->f1);
  g_autofree char *n = g_strdup_printf ("%u", class->n);
  const char *const cells[MAX_COLUMNS] = { class->name, precision, recall, f1, n };

  draw_row (page, class_columns, G_N_ELEMENTS (class_columns), cells, ATELIER_PAGE_NORMAL, x, y,
            width);
}

double
atelier_report_draw_class_table (AtelierReportPage        *page,
                                 const AtelierReportSheet *sheet,
                                 double                    x,
                                 double                    top,
                                 double                    width)
{
  double y = top;

  cairo_tag_begin (page->cr, "Table", NULL);
  draw_class_head (page, x, y, width);
  y += ROW_HEIGHT + 3.0;
  for (guint i = 0; i < sheet->n_classes; i++, y += ROW_HEIGHT)
    draw_class (page, &sheet->classes[i], x, y, width);
  cairo_tag_end (page->cr, "Table");

  return y - top;
}

void
atelier_report_draw_class_list (AtelierReportPage        *page,
                                const AtelierReportSheet *sheet)
{
  gboolean needs_head = TRUE;

  cairo_tag_begin (page->cr, "Table", NULL);
  for (guint i = 0; i < sheet->n_classes; i++)
    {
      needs_head = atelier_report_page_ensure (page, ROW_HEIGHT * 2.0) || needs_head;
      if (needs_head)
        {
          draw_class_head (page, ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
          page->y += ROW_HEIGHT + 3.0;
          needs_head = FALSE;
        }
      draw_class (page, &sheet->classes[i], ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
      page->y += ROW_HEIGHT;
    }
  cairo_tag_end (page->cr, "Table");
}

/* Mistakes */

/* Enlarged, each pixel a square: readers of PDF files smooth small pictures, whatever the file asks
 * for. */
static cairo_surface_t *
create_picture (const AtelierReportMistake *mistake)
{
  guint factor = MAX (SMALLEST_PICTURE / MAX (mistake->width, mistake->height), 1);
  double width = factor * mistake->width, height = factor * mistake->height;
  cairo_surface_t *small = atelier_thumbnail_new (mistake->pixels, mistake->width,
                                                  mistake->height, mistake->channels);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width,
                                                         (int) height);
  cairo_t *cr = cairo_create (picture);

  atelier_thumbnail_draw (small, cr, 0.0, 0.0, width, height);
  cairo_destroy (cr);
  cairo_surface_destroy (small);

  return picture;
}

static void
draw_picture (AtelierReportPage          *page,
              const AtelierReportMistake *mistake,
              double                      x,
              double                      y)
{
  cairo_surface_t *surface = create_picture (mistake);

  atelier_thumbnail_draw (surface, page->cr, x, y, PICTURE_SIZE, PICTURE_SIZE);
  cairo_surface_destroy (surface);

  atelier_color_set_source (&atelier_palette_light.grid, page->cr, 1.0);
  cairo_set_line_width (page->cr, 0.7);
  cairo_rectangle (page->cr, x - 0.35, y - 0.35, PICTURE_SIZE + 0.7, PICTURE_SIZE + 0.7);
  cairo_stroke (page->cr);
}

static void
draw_mistake (AtelierReportPage          *page,
              const AtelierReportMistake *mistake,
              double                      x,
              double                      y,
              double                      width)
{
  double text_x = x + PICTURE_SIZE + PICTURE_GAP;
  double text_width = width - PICTURE_SIZE - PICTURE_GAP;
  /* Translators: a mistake in a report: what the network said, and its score for that */
  g_autofree char *prediction = g_strdup_printf (_("called %s"), mistake->prediction);
  g_autofree char *score = g_strdup_printf ("%.3f", mistake->score);
  /* Translators: the score that the network gave to the right class */
  g_autofree char *truth_score = g_strdup_printf (_("truth %.3f"), mistake->truth_score);

  cairo_tag_begin (page->cr, "Figure", NULL);
  draw_picture (page, mistake, x, y);
  y += 2.0;
  y += atelier_report_page_show_line (page, mistake->truth, ATELIER_PAGE_BOLD, 9.0, text_x, y,
                                      text_width, 0.0);
  y += atelier_report_page_show_line (page, prediction, ATELIER_PAGE_NORMAL, 9.0, text_x, y,
                                      text_width, 0.0);
  atelier_report_page_show_line (page, score, ATELIER_PAGE_NORMAL, ATELIER_PAGE_TEXT_SIZE, text_x,
                                 y + 2.0, text_width, 0.0);
  y += atelier_report_page_show_line (page, truth_score, ATELIER_PAGE_DIM, ATELIER_PAGE_TEXT_SIZE,
                                      text_x + 30.0, y + 2.0, text_width - 30.0, 0.0);
  if (mistake->name != NULL)
    atelier_report_page_show_line (page, mistake->name, ATELIER_PAGE_DIM, 7.5, text_x, y + 3.0,
                                   text_width, 0.0);
  cairo_tag_end (page->cr, "Figure");
}

void
atelier_report_draw_mistakes (AtelierReportPage        *page,
                              const AtelierReportSheet *sheet)
{
  guint n = MIN (sheet->n_mistakes, MAX_MISTAKES);
  guint n_rows = (n + MISTAKES_A_ROW - 1) / MISTAKES_A_ROW;
  double row_height = PICTURE_SIZE + PICTURE_GAP;
  double width = ATELIER_PAGE_ROOM / MISTAKES_A_ROW;

  if (n == 0 && sheet->mistakes_words == NULL)
    return;

  atelier_report_page_show_heading (page, _("The worst mistakes"), n_rows * row_height + 16.0);
  if (sheet->mistakes_words != NULL)
    page->y += atelier_report_page_show_text (page, sheet->mistakes_words, ATELIER_PAGE_DIM,
                                              ATELIER_PAGE_TEXT_SIZE, ATELIER_PAGE_MARGIN,
                                              page->y, ATELIER_PAGE_ROOM, TRUE)
               + 8.0;
  for (guint i = 0; i < n; i++)
    draw_mistake (page, &sheet->mistakes[i],
                  ATELIER_PAGE_MARGIN + i % MISTAKES_A_ROW * width,
                  page->y + i / MISTAKES_A_ROW * row_height, width - PICTURE_GAP);
  page->y += n_rows * row_height - (n_rows > 0 ? PICTURE_GAP : 0.0);
}

/* Facts */

/* The width of the widest name, and a gap; names that would take nearly half of @width are left to
 * wrap. */
static double
measure_names (AtelierReportPage        *page,
               const AtelierReportGroup *group,
               double                    width)
{
  double widest = 0.0;

  for (guint i = 0; i < group->n_facts; i++)
    {
      double name_width;

      atelier_text_set (&page->text, group->facts[i].name, FACT_SIZE, FALSE);
      name_width = atelier_text_get_width (&page->text);
      if (name_width <= width * 0.45)
        widest = MAX (widest, name_width);
    }

  return widest + COLUMN_GAP;
}

/* Returns the height. */
static double
draw_group (AtelierReportPage        *page,
            const AtelierReportGroup *group,
            double                    x,
            double                    width,
            gboolean                  is_shown)
{
  double name_width = measure_names (page, group, width);
  double y = page->y;

  y += atelier_report_page_show_text (page, group->title, ATELIER_PAGE_BOLD, 9.5, x, y, width,
                                      is_shown)
       + FACT_GAP + 1.0;
  for (guint i = 0; i < group->n_facts; i++)
    {
      const AtelierReportFact *fact = &group->facts[i];
      double height, value_height;

      height = atelier_report_page_show_text (page, fact->name, ATELIER_PAGE_DIM, FACT_SIZE, x, y,
                                              name_width - COLUMN_GAP / 2.0, is_shown);
      value_height = atelier_report_page_show_text (
          page, fact->value, fact->is_code ? ATELIER_PAGE_CODE : ATELIER_PAGE_NORMAL,
          fact->is_code ? FACT_SIZE * 0.8 : FACT_SIZE, x + name_width,
          y + (fact->is_code ? 1.0 : 0.0), width - name_width, is_shown);
      y += MAX (height, value_height) + FACT_GAP;
    }

  return y - page->y;
}

/* With the space above. */
static double
measure_groups (AtelierReportPage        *page,
                const AtelierReportSheet *sheet)
{
  double height = 0.0;

  for (guint i = 0; i < sheet->n_groups; i++)
    height
      = MAX (height, draw_group (page, &sheet->groups[i], ATELIER_PAGE_MARGIN,
                                 ATELIER_PAGE_ROOM * group_shares[i] - 2.0 * COLUMN_GAP, FALSE));

  return height + GROUPS_SPACE;
}

void
atelier_report_draw_groups (AtelierReportPage        *page,
                            const AtelierReportSheet *sheet)
{
  const double height = measure_groups (page, sheet) - GROUPS_SPACE;
  double x = ATELIER_PAGE_MARGIN;

  if (sheet->n_groups == 0)
    return;

  if (!atelier_report_page_ensure (page, height + GROUPS_SPACE))
    page->y += 20.0;
  atelier_report_page_draw_rule (page, ATELIER_PAGE_MARGIN, page->y, ATELIER_PAGE_ROOM);
  page->y += 12.0;
  for (guint i = 0; i < sheet->n_groups; i++)
    {
      draw_group (page, &sheet->groups[i], x,
                  ATELIER_PAGE_ROOM * group_shares[i] - 2.0 * COLUMN_GAP, TRUE);
      x += ATELIER_PAGE_ROOM * group_shares[i];
    }
  page->y += height;
}

/* Layers */

typedef struct
{
  const Column *columns;
  double        width;
} LayerTable;

static void
draw_layer_head (AtelierReportPage *page,
                 const LayerTable  *table)
{
  const char *const cells[MAX_COLUMNS] = { "", _("Layer"), _("Shape"), _("Parameters") };

  draw_row (page, table->columns, G_N_ELEMENTS (layer_columns), cells, ATELIER_PAGE_DIM,
            ATELIER_PAGE_MARGIN, page->y, table->width);
  atelier_report_page_draw_rule (page, ATELIER_PAGE_MARGIN, page->y + ROW_HEIGHT, table->width);
  page->y += ROW_HEIGHT + 3.0;
}

/* The layer's words, in as many lines as they take.  Returns the height of the row. */
static double
draw_layer_words (AtelierReportPage        *page,
                  const LayerTable         *table,
                  const AtelierReportLayer *layer,
                  gboolean                  is_shown)
{
  const double x = ATELIER_PAGE_MARGIN + table->width * table->columns[0].share + COLUMN_GAP;
  const double width = table->width * table->columns[1].share - COLUMN_GAP;

  const double height
    = atelier_report_page_show_text (page, layer->layer, ATELIER_PAGE_NORMAL,
                                     ATELIER_PAGE_TEXT_SIZE, x, page->y + 1.5, width, is_shown);

  return MAX (ROW_HEIGHT, height + 3.0);
}

static void
draw_layer (AtelierReportPage        *page,
            const LayerTable         *table,
            const AtelierReportLayer *layer,
            guint                     i_layer)
{
  g_autofree char *place = g_strdup_printf ("%u", i_layer + 1);
  const char *const cells[MAX_COLUMNS] = { layer->number != NULL ? layer->number : place, "",
                                           layer->shape, layer->parameters };

  if (atelier_report_page_ensure (page, draw_layer_words (page, table, layer, FALSE)))
    draw_layer_head (page, table);
  draw_row (page, table->columns, G_N_ELEMENTS (layer_columns), cells, ATELIER_PAGE_NORMAL,
            ATELIER_PAGE_MARGIN, page->y, table->width);
  page->y += draw_layer_words (page, table, layer, TRUE);
}

static double
measure_layers (AtelierReportPage        *page,
                const AtelierReportSheet *sheet,
                const LayerTable         *table)
{
  double height = ROW_HEIGHT + 3.0;

  for (guint i = 0; i < sheet->n_layers; i++)
    height += draw_layer_words (page, table, &sheet->layers[i], FALSE);

  return height;
}

static double
get_least_height (const AtelierReportSheet *sheet)
{
  AtelierNetworkPicture picture = *sheet->network;
  double minimum, natural;

  picture.font_size = NETWORK_FONT_SIZE;
  atelier_network_picture_get_heights (&picture, NETWORK_WIDTH, &minimum, &natural);

  return minimum;
}

/* Beside the table, which is @table_height high.  It fills the page as far as the facts still have
 * room on it; what is too long for a page is scaled.  Returns its height. */
static double
draw_network (AtelierReportPage        *page,
              const AtelierReportSheet *sheet,
              double                    table_height)
{
  const double left = atelier_report_page_get_left (page);
  const double facts = measure_groups (page, sheet);
  AtelierNetworkPicture picture = *sheet->network;
  g_autoptr (AtelierNetworkLayout) layout = NULL;
  double minimum, natural, height, scale;

  picture.font_size = NETWORK_FONT_SIZE;
  atelier_network_picture_get_heights (&picture, NETWORK_WIDTH, &minimum, &natural);
  height = MIN (natural, MAX (MAX (table_height, left - facts), minimum));
  scale = MIN (left / MAX (minimum, 1.0), 1.0);
  layout = atelier_network_layout_new (&picture, NETWORK_WIDTH, MIN (height, left / scale));
  cairo_save (page->cr);
  cairo_translate (page->cr,
                   ATELIER_PAGE_MARGIN + ATELIER_PAGE_ROOM - NETWORK_WIDTH * (1.0 + scale) / 2.0,
                   page->y);
  cairo_scale (page->cr, scale, scale);
  cairo_tag_begin (page->cr, "Figure", NULL);
  atelier_network_picture_draw (&picture, layout, &atelier_palette_light, page->cr);
  cairo_tag_end (page->cr, "Figure");
  cairo_restore (page->cr);

  return layout->height * scale;
}

void
atelier_report_draw_layers (AtelierReportPage        *page,
                            const AtelierReportSheet *sheet)
{
  const gboolean has_network = sheet->network != NULL;
  const LayerTable table = {
    has_network ? narrow_layer_columns : layer_columns,
    ATELIER_PAGE_ROOM - (has_network ? NETWORK_WIDTH + NETWORK_GAP : 0.0),
  };
  double height, needed, foot;
  guint i_page;

  if (sheet->n_layers == 0)
    return;

  /* A long table begins on any page, but a picture that does not fit gets a page of its own. */
  height = measure_layers (page, sheet, &table);
  needed = MIN (height, LONG_TABLE);
  if (has_network)
    needed = CLAMP (get_least_height (sheet), needed, FULL_PAGE);
  atelier_report_page_show_heading (page, _("Network"), needed);
  i_page = page->i_page;
  foot = page->y + (has_network ? draw_network (page, sheet, height) : 0.0);
  cairo_tag_begin (page->cr, "Table", NULL);
  draw_layer_head (page, &table);
  for (guint i = 0; i < sheet->n_layers; i++)
    draw_layer (page, &table, &sheet->layers[i], i);
  cairo_tag_end (page->cr, "Table");
  if (page->i_page == i_page)
    page->y = MAX (page->y, foot);
}
