/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStageView - one picture of the input pipeline, pixel by pixel, with its name below.
 *
 * A small picture is enlarged with square pixels.  A large one is reduced once, when it is set, by
 * averaging a bounded number of its pixels, so that a photograph costs the main thread no more than
 * a drawing.  The view keeps copies only.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STAGE_VIEW (atelier_stage_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStageView, atelier_stage_view, ATELIER, STAGE_VIEW, GtkWidget)

/* Properties: "size" (int: the side of its square, 56 by default), "caption" (string, nullable:
 * also the accessible label), "dim" (boolean: this stage changed nothing). */
int         atelier_stage_view_get_size    (AtelierStageView          *view);
void        atelier_stage_view_set_size    (AtelierStageView          *view,
                                            int                        size);
const char *atelier_stage_view_get_caption (AtelierStageView          *view);
void        atelier_stage_view_set_caption (AtelierStageView          *view,
                                            const char                *caption);
gboolean    atelier_stage_view_get_dim     (AtelierStageView          *view);
void        atelier_stage_view_set_dim     (AtelierStageView          *view,
                                            gboolean                   dim);

/* The accessible label, for a view without a caption. */
void        atelier_stage_view_set_label   (AtelierStageView          *view,
                                            const char                *label);

/* @picture: 1 channel of grey, or 4 of RGBA, drawn over white; NULL: no picture. */
void        atelier_stage_view_set_picture (AtelierStageView          *view,
                                            const AtelierStagePicture *picture);
/* @overlay (nullable) has the picture's own size and is drawn over it, smoothed. */
void         atelier_stage_view_set_overlay (AtelierStageView        *view,
                                             GdkTexture              *overlay);
gboolean     atelier_stage_view_has_overlay (AtelierStageView        *view);

G_END_DECLS
