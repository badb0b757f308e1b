/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A grid of cells of the same size, in whole pixels throughout, so that a pixel of a picture is a
 * square of the sheet.  Words that are wider than their cell end in an ellipsis.  Any thread.
 */

#include "config.h"

#include "atelier-contact-sheet.h"

#include <math.h>

#include "atelier-text.h"
#include "atelier-thumbnail.h"

#define PICTURE_SIDE 112
#define MIN_CELL_WIDTH 112
#define GAP 12
#define CAPTION_GAP 4
#define TEXT_SIZE 12.0
#define LINE_HEIGHT 16

typedef struct
{
  int n_columns;
  int n_rows;
  int picture_width;
  int picture_height;
  int cell_width;
  int cell_height;
} Layout;

static int
count_lines (const AtelierContactSheet *sheet)
{
  for (guint i = 0; i < sheet->n; i++)
    if (sheet->pictures[i].note)
      return 2;

  return 1;
}

static void
compute_layout (const AtelierContactSheet *sheet,
                Layout                    *layout)
{
  double longer = MAX (sheet->width, sheet->height);
  double scale = PICTURE_SIDE / longer;
  double aspect;

  if (scale >= 1.0)
    scale = floor (scale);
  layout->picture_width = (int) ceil (sheet->width * scale);
  layout->picture_height = (int) ceil (sheet->height * scale);
  layout->cell_width = MAX (layout->picture_width, MIN_CELL_WIDTH);
  layout->cell_height = layout->picture_height + CAPTION_GAP + count_lines (sheet) * LINE_HEIGHT;

  aspect = (double) (layout->cell_height + GAP) / (layout->cell_width + GAP);
  layout->n_columns = MAX (1, (int) ceil (sqrt (sheet->n * aspect)));
  layout->n_columns = MIN (layout->n_columns, (int) MAX (sheet->n, 1));
  layout->n_rows = ((int) sheet->n + layout->n_columns - 1) / layout->n_columns;
}

static void
draw_line (AtelierText        *text,
           cairo_t            *cr,
           const char         *words,
           const AtelierColor *color,
           double              x,
           double              y,
           double              width)
{
  atelier_text_set (text, words, TEXT_SIZE, FALSE);
  atelier_text_ellipsize (text, width);
  atelier_text_show (text, cr, x + width / 2.0, y, 0.5, color);
}

void
atelier_contact_sheet_get_size (const AtelierContactSheet *sheet,
                                int                       *width,
                                int                       *height)
{
  Layout layout;

  g_return_if_fail (sheet != NULL && sheet->width > 0 && sheet->height > 0);

  compute_layout (sheet, &layout);
  *width = GAP + layout.n_columns * (layout.cell_width + GAP);
  *height = GAP + layout.n_rows * (layout.cell_height + GAP);
}

void
atelier_contact_sheet_draw (const AtelierContactSheet *sheet,
                            const AtelierPalette      *palette,
                            cairo_t                   *cr)
{
  g_auto (AtelierText) text = { 0 };
  Layout layout;

  g_return_if_fail (sheet != NULL && sheet->width > 0 && sheet->height > 0);
  g_return_if_fail (palette != NULL && cr != NULL);

  compute_layout (sheet, &layout);
  atelier_text_init (&text, cr, NULL);
  atelier_color_set_source (&palette->background, cr, 1.0);
  cairo_paint (cr);

  for (guint i = 0; i < sheet->n; i++)
    {
      const AtelierSheetPicture *picture = &sheet->pictures[i];
      int x = GAP + (int) i % layout.n_columns * (layout.cell_width + GAP);
      int y = GAP + (int) i / layout.n_columns * (layout.cell_height + GAP);
      cairo_surface_t *surface =
        atelier_thumbnail_new (picture->pixels, sheet->width, sheet->height, sheet->channels);

      atelier_thumbnail_draw (surface, cr, x, y, layout.cell_width, layout.picture_height);
      cairo_surface_destroy (surface);
      y += layout.picture_height + CAPTION_GAP;
      draw_line (&text, cr, picture->caption, &palette->text, x, y, layout.cell_width);
      if (picture->note)
        draw_line (&text, cr, picture->note, &palette->dim_text, x, y + LINE_HEIGHT,
                   layout.cell_width);
    }
}
