/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in pictures, through Pango.
 *
 * What is measured must not depend on what is drawn on: the layout of a chart is also asked for
 * when there is no surface (a hovering pointer), and has to be the one that was drawn.  So a text
 * without a cairo context measures with hinting of metrics switched off.  Any thread; an
 * AtelierText belongs to one.
 */

#include "config.h"

#include "atelier-text.h"

#include <pango/pangocairo.h>

/* GNOME's typeface, then those that are most like it. */
#define HOUSE_FONT "Cantarell, Adwaita Sans, Noto Sans, Sans"

#define HALO_WIDTH 3.0

static PangoLayout *
create_measuring_layout (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoLayout *layout;

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);

  layout = pango_layout_new (context);
  g_object_unref (context);

  return layout;
}

void
atelier_text_init (AtelierText *text,
                   cairo_t     *cr,
                   const char  *font)
{
  text->layout = cr != NULL ? pango_cairo_create_layout (cr) : create_measuring_layout ();
  text->font = pango_font_description_from_string (font != NULL ? font : HOUSE_FONT);
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
}

void
atelier_text_clear (AtelierText *text)
{
  g_clear_object (&text->layout);
  g_clear_pointer (&text->font, pango_font_description_free);
}

void
atelier_text_set (AtelierText *text,
                  const char  *string,
                  double       size,
                  gboolean     is_bold)
{
  g_autofree char *mended = NULL;

  if (!g_utf8_validate (string, -1, NULL))
    string = mended = g_utf8_make_valid (string, -1);

  pango_font_description_set_absolute_size (text->font, size * PANGO_SCALE);
  pango_font_description_set_weight (text->font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (text->layout, text->font);
  pango_layout_set_width (text->layout, -1);
  pango_layout_set_ellipsize (text->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_text (text->layout, string, -1);
}

void
atelier_text_ellipsize (AtelierText *text,
                        double       width)
{
  if (atelier_text_get_width (text) <= width)
    return;

  pango_layout_set_ellipsize (text->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (text->layout, (int) (MAX (width, 0.0) * PANGO_SCALE));
}

void
atelier_text_wrap (AtelierText *text,
                   double       width)
{
  pango_layout_set_wrap (text->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (text->layout, (int) (MAX (width, 1.0) * PANGO_SCALE));
}

double
atelier_text_get_width (AtelierText *text)
{
  int width;

  pango_layout_get_size (text->layout, &width, NULL);

  return (double) width / PANGO_SCALE;
}

double
atelier_text_get_height (AtelierText *text)
{
  int height;

  pango_layout_get_size (text->layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

void
atelier_text_show (AtelierText        *text,
                   cairo_t            *cr,
                   double              x,
                   double              y,
                   double              align,
                   const AtelierColor *color)
{
  PangoRectangle extents;

  /* A wrapped or ellipsised line may be shorter than its width, and is aligned by its letters. */
  pango_layout_get_extents (text->layout, NULL, &extents);
  cairo_move_to (cr, x - ((double) extents.x + extents.width * align) / PANGO_SCALE, y);
  atelier_color_set_source (color, cr, 1.0);
  pango_cairo_show_layout (cr, text->layout);
}

void
atelier_text_show_with_halo (AtelierText        *text,
                             cairo_t            *cr,
                             double              x,
                             double              y,
                             double              align,
                             const AtelierColor *color,
                             const AtelierColor *halo)
{
  PangoRectangle extents;

  pango_layout_get_extents (text->layout, NULL, &extents);
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_move_to (cr, x - ((double) extents.x + extents.width * align) / PANGO_SCALE, y);
  pango_cairo_layout_path (cr, text->layout);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, HALO_WIDTH);
  atelier_color_set_source (halo, cr, 0.9);
  cairo_stroke (cr);
  cairo_restore (cr);

  atelier_text_show (text, cr, x, y, align, color);
}

void
atelier_color_set_source (const AtelierColor *color,
                          cairo_t            *cr,
                          double              opacity)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * opacity);
}
