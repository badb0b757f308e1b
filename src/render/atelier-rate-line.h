/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A learning rate over the epochs, small, with its highest point marked. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef struct
{
  const double *rates;    /* [n], evenly from the first step to the last; finite, 0 or more */
  guint         n;        /* 0: nothing is drawn */
  guint         n_epochs; /* of the steps */
  double        peak;     /* the highest rate, and at which share of the steps it is reached */
  double        peak_at;
  const char   *label;    /* of the peak; nullable */
  const char   *font;     /* as for atelier_text_init */
  double        scale;    /* of text, and of all else with it; 0: 1 */
} AtelierRateLine;

void atelier_rate_line_draw  (const AtelierRateLine *line,
                              const AtelierPalette  *palette,
                              cairo_t               *cr,
                              double                 width,
                              double                 height);
/* Where a rate lies that is reached at @share of the steps; for tests too. */
void atelier_rate_line_place (const AtelierRateLine *line,
                              double                 share,
                              double                 rate,
                              double                 width,
                              double                 height,
                              double                *x,
                              double                *y);

G_END_DECLS
