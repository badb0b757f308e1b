/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colours that charts and matrices are drawn in.  The caller fills a palette from its theme, or
 * uses the light one for export.  Training and validation differ in dash and marker too, not only
 * in colour; red and green are never set against each other. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} AtelierColor;

/* How many runs laid over each other have colours of their own. */
#define ATELIER_PALETTE_N_RUNS 6

typedef struct
{
  AtelierColor background; /* of what is drawn on */
  AtelierColor text;
  AtelierColor dim_text;
  AtelierColor grid;
  AtelierColor training;
  AtelierColor validation;
  AtelierColor cursor;
  AtelierColor ramp;       /* the full colour of the matrix's ramp */
  AtelierColor diagonal;   /* the pale fill of right answers */
  AtelierColor runs[ATELIER_PALETTE_N_RUNS]; /* each has a dash of its own as well */
} AtelierPalette;

extern const AtelierPalette atelier_palette_light;
extern const AtelierPalette atelier_palette_dark;

/* @a where @amount is 0, @b where it is 1, and a mixture between; the opacity too. */
AtelierColor atelier_color_mix            (const AtelierColor *a,
                                           const AtelierColor *b,
                                           double              amount);
/* Black or white, or nearly so: whichever has the higher WCAG contrast on @background. */
AtelierColor atelier_color_get_readable   (const AtelierColor *background);
/* WCAG 2.1 contrast, 1 to 21, of @a drawn on an opaque @b; a translucent @a counts as it looks on
 * @b. */
double       atelier_color_get_contrast   (const AtelierColor *a, const AtelierColor *b);

G_END_DECLS
