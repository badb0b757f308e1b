/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStageView - one picture of the input pipeline, pixel by pixel, with its name below.
 *
 * A small picture is enlarged so that its pixels stay squares.  A large one is averaged down once,
 * when it is set, from a bounded number of its pixels, so that an opened photograph costs the main
 * thread no more than a drawing.  Nothing of what was handed in is kept.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STAGE_VIEW (atelier_stage_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStageView, atelier_stage_view, ATELIER, STAGE_VIEW, GtkWidget)

/* Properties: "size" (int, the side of the square that it fills, 56 unless set), "caption"
 * (string, nullable: also what a screen reader says), "dim" (boolean: this stage changed
 * nothing). */
int         atelier_stage_view_get_size    (AtelierStageView          *view);
void        atelier_stage_view_set_size    (AtelierStageView          *view,
                                            int                        size);
const char *atelier_stage_view_get_caption (AtelierStageView          *view);
void        atelier_stage_view_set_caption (AtelierStageView          *view,
                                            const char                *caption);
gboolean    atelier_stage_view_get_dim     (AtelierStageView          *view);
void        atelier_stage_view_set_dim     (AtelierStageView          *view,
                                            gboolean                   dim);

/* What a screen reader says where no caption is shown. */
void        atelier_stage_view_set_label   (AtelierStageView          *view,
                                            const char                *label);

/* @picture: 1 channel of grey, or 4 of RGBA, shown on white paper; NULL shows none. */
void        atelier_stage_view_set_picture (AtelierStageView          *view,
                                            const AtelierStagePicture *picture);
/* Laid over the picture and as large, smoothly; of the picture's own size.  Nullable. */
void         atelier_stage_view_set_overlay (AtelierStageView        *view,
                                             GdkTexture              *overlay);
gboolean     atelier_stage_view_has_overlay (AtelierStageView        *view);

G_END_DECLS
