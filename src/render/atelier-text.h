/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in pictures: one Pango layout that a whole drawing shares.  Sizes are in the units of the
 * drawing: points on paper, pixels on the screen.  Widths are measured, not guessed.  Private to
 * render. */

#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef struct
{
  PangoLayout          *layout; /* Owned */
  PangoFontDescription *font;   /* Owned */
} AtelierText;

/* @cr: what is drawn on, or NULL to measure only, with the same result for every surface.  @font: a
 * Pango font description whose size is ignored, or NULL for the program's own. */
void   atelier_text_init     (AtelierText *text,
                              cairo_t     *cr,
                              const char  *font);
void   atelier_text_clear    (AtelierText *text);
/* Sets what the following calls measure and show: one line, as wide as it needs.  Invalid UTF-8 is
 * made valid. */
void   atelier_text_set      (AtelierText *text,
                              const char  *string,
                              double       size,
                              gboolean     is_bold);
/* Ends what was set with an ellipsis where it is wider than @width. */
void   atelier_text_ellipsize (AtelierText *text,
                               double       width);
/* Breaks what was set into lines of at most @width. */
void   atelier_text_wrap     (AtelierText *text,
                              double       width);
double atelier_text_get_width (AtelierText *text);
double atelier_text_get_height (AtelierText *text);
/* Shows what was set.  @align: 0 starts at @x, 0.5 is centred on it, 1 ends there; @y is the
 * top. */
void   atelier_text_show     (AtelierText        *text,
                              cairo_t            *cr,
                              double              x,
                              double              y,
                              double              align,
                              const AtelierColor *color);
/* The same with an outline of @halo around the letters, for text that lies over curves. */
void   atelier_text_show_with_halo (AtelierText        *text,
                                    cairo_t            *cr,
                                    double              x,
                                    double              y,
                                    double              align,
                                    const AtelierColor *color,
                                    const AtelierColor *halo);

void   atelier_color_set_source (const AtelierColor *color,
                                 cairo_t            *cr,
                                 double              opacity);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierText, atelier_text_clear)

G_END_DECLS
