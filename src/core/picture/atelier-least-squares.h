/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small systems of linear equations, as least squares give them.  Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gaussian elimination with the largest pivot, in a fixed order of doubles.
 *
 * @matrix: [n, n + n_sides], overwritten; @solution: [n, n_sides].  FALSE if the matrix is nearly
 * singular: a pivot below 1e-9. */
gboolean atelier_least_squares_solve (double *matrix,
                                      guint   n,
                                      guint   n_sides,
                                      double *solution);

G_END_DECLS
