/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of undo and redo of a drawing.
 *
 * Each step is a whole grid: for 28x28 that is 784 bytes, and unlike a list of changes it cannot
 * disagree with the pixels.  Each has a flag, which undo restores with the pixels.  Private to the
 * drawing.
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

/* Makes @pixels, from before a change, a step of undo; drops all steps of redo. */
void               atelier_sketch_past_record    (AtelierSketchPast *past,
                                                  const guint8      *pixels,
                                                  gboolean           flag);
/* Exchanges @pixels and @flag with the newest step; FALSE if there is none. */
gboolean           atelier_sketch_past_undo      (AtelierSketchPast *past,
                                                  guint8            *pixels,
                                                  gboolean          *flag);
gboolean           atelier_sketch_past_redo      (AtelierSketchPast *past,
                                                  guint8            *pixels,
                                                  gboolean          *flag);
/* Sets the flag of the steps of undo, newest first, and likewise of redo, up to the first that
 * already has it. */
void               atelier_sketch_past_set_flag  (AtelierSketchPast *past,
                                                  gboolean           flag);

G_END_DECLS
