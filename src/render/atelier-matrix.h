/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix as a picture, for export, and the colours of its cells, which the cells of
 * the window have too. */

#pragma once

#include <cairo.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_MATRIX_COUNTS,
  ATELIER_MATRIX_PERCENT_OF_TRUTH,
  ATELIER_MATRIX_PERCENT_OF_PREDICTION,
} AtelierMatrixMode;

typedef struct
{
  const guint         *counts;      /* [n_classes, n_classes], rows are the truth */
  guint                n_classes;
  const char * const  *class_names; /* [n_classes] */
  AtelierMatrixMode    mode;
  const char          *title;       /* nullable */
  const char          *caption;     /* below; nullable */
  double               font_size;   /* 0: 11 */
} AtelierMatrix;

/* The fill of a cell: the pale colour of the diagonal; or the ramp, by the share of the class's
 * pictures that were called so (its square root, so that small mistakes show; full from a quarter
 * on); or the background for 0.  And the text colour that is readable on it. */
void  atelier_matrix_get_cell_colors (const AtelierMatrix  *matrix,
                                      const AtelierPalette *palette,
                                      guint                 truth,
                                      guint                 prediction,
                                      AtelierColor         *fill,
                                      AtelierColor         *text);
/* "82", "16.6", "100": what the cell shows in its mode; "" where there is no picture.  Transfer
 * full. */
char *atelier_matrix_get_cell_text   (const AtelierMatrix  *matrix,
                                      guint                 truth,
                                      guint                 prediction);
/* A short form of a class name for the heads of columns, of at most @max_chars characters: "Trou",
 * "T-sh"; of several words the last, by which classes are best told apart ("Ankle boot" is "Boot").
 * Transfer full. */
char *atelier_matrix_abbreviate      (const char           *name,
                                      guint                 max_chars);
void  atelier_matrix_draw            (const AtelierMatrix  *matrix,
                                      const AtelierPalette *palette,
                                      cairo_t              *cr,
                                      double                width,
                                      double                height);

G_END_DECLS
