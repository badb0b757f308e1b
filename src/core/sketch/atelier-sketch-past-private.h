/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a drawing was and will be again: the steps of undo and redo.
 *
 * Whole grids are kept: a 28x28 step is 784 bytes, and nothing can go out of step with the pixels.
 * Each has a flag beside it, which undo brings back with the pixels.  Private to the drawing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AtelierSketchPast AtelierSketchPast;

AtelierSketchPast *atelier_sketch_past_new       (gsize              n_pixels,
                                                  guint              max_steps);
void               atelier_sketch_past_free      (AtelierSketchPast *past);
gboolean           atelier_sketch_past_can_undo  (AtelierSketchPast *past);
gboolean           atelier_sketch_past_can_redo  (AtelierSketchPast *past);

/* Makes @pixels, what was there before a change, a step of undo; what was undone is forgotten. */
void               atelier_sketch_past_record    (AtelierSketchPast *past,
                                                  const guint8      *pixels,
                                                  gboolean           flag);
/* Exchanges @pixels and @flag with the newest step; FALSE where there is none. */
gboolean           atelier_sketch_past_undo      (AtelierSketchPast *past,
                                                  guint8            *pixels,
                                                  gboolean          *flag);
gboolean           atelier_sketch_past_redo      (AtelierSketchPast *past,
                                                  guint8            *pixels,
                                                  gboolean          *flag);
/* Of the steps that led here and lead on from here, up to the first that says @flag already. */
void               atelier_sketch_past_set_flag  (AtelierSketchPast *past,
                                                  gboolean           flag);

G_END_DECLS
