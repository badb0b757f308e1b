/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of grey pictures for the input pipeline.
 *
 * Every function is pure and uses integers only: the same bytes give the same bytes everywhere.
 * Pictures are borrowed views of at most 16,384 x 16,384 and 2^26 pixels, so that every sum fits 64
 * bits; results are written to memory of the caller.  Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A borrowed view. */
typedef struct
{
  const guint8 *pixels; /* [height, width] */
  guint         width;
  guint         height;
  gsize         stride; /* bytes from row to row */
} AtelierGrey;

typedef struct
{
  guint x;
  guint y;
  guint width;
  guint height;
} AtelierGreyBox;

void        atelier_grey_from_rgba     (const guint8         *rgba,
                                        guint                 width,
                                        guint                 height,
                                        gsize                 row_stride,
                                        guint8               *grey);
gboolean    atelier_grey_is_on_paper   (const AtelierGrey    *grey);
gboolean    atelier_grey_find_content  (const AtelierGrey    *grey,
                                        guint                 box,
                                        AtelierGreyBox       *content);
AtelierGrey atelier_grey_crop          (const AtelierGrey    *grey,
                                        const AtelierGreyBox *content);
void        atelier_grey_fit           (guint                 width,
                                        guint                 height,
                                        guint                 max_width,
                                        guint                 max_height,
                                        guint                *fit_width,
                                        guint                *fit_height);
void        atelier_grey_scale         (const AtelierGrey    *grey,
                                        guint8               *scaled,
                                        guint                 width,
                                        guint                 height);
void        atelier_grey_sharpen       (const AtelierGrey    *grey,
                                        guint8               *sharpened);
void        atelier_grey_find_mass     (const AtelierGrey    *grey,
                                        guint                 width,
                                        guint                 height,
                                        guint                *x,
                                        guint                *y);

G_END_DECLS
