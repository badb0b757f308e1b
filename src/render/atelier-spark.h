/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small line of scores over epochs.  Epochs with a wrong answer are marked with crosses, not only
 * in colour. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef struct
{
  guint    epoch;    /* its number */
  double   score;    /* 0 to 1 */
  gboolean is_wrong;
} AtelierSparkPoint;

typedef struct
{
  const AtelierSparkPoint *points; /* [n], epochs growing */
  guint                    n;
  int                      i_cursor; /* the epoch that the window shows; -1: none of these */
  const char              *font;     /* as for atelier_text_init */
  double                   scale;    /* of text, and of all else with it; 0: 1 */
} AtelierSpark;

void  atelier_spark_draw    (const AtelierSpark   *spark,
                             const AtelierPalette *palette,
                             cairo_t              *cr,
                             double                width,
                             double                height);
/* Where a point lies, and which is nearest to @x: for pointer, cursor and tests alike. */
void  atelier_spark_place   (const AtelierSpark   *spark,
                             guint                 i,
                             double                width,
                             double                height,
                             double               *x,
                             double               *y);
guint atelier_spark_find    (const AtelierSpark   *spark,
                             double                width,
                             double                x);

G_END_DECLS
