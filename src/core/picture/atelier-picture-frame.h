/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first frame of an animation, as a file of its own.
 *
 * Only the first frame is ever wanted.  The decoders of animations want to know them all: WebP's
 * decodes every frame and keeps it, on a canvas of full size each, so that a small file could fill
 * the memory; and both call on what they did not get when a frame is damaged or lies outside the
 * canvas.  So they are given a file that holds the first frame and nothing of the others.  Pure;
 * any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint width;
  guint height;
  /* Where the frame belongs on a larger canvas; a canvas of no width: the decoder does that. */
  guint canvas_width;
  guint canvas_height;
  guint x;
  guint y;
} AtelierPictureFrame;

/* Transfer full.  NULL: not an animation, decode the file itself; @frame has its size where the
 * decoder may take memory for it before it can be refused.  A file without a whole frame gives one
 * that the decoder refuses. */
GBytes *atelier_picture_frame_take_gif  (const guint8        *data,
                                         gsize                size,
                                         AtelierPictureFrame *frame);
GBytes *atelier_picture_frame_take_webp (const guint8        *data,
                                         gsize                size,
                                         AtelierPictureFrame *frame);

G_END_DECLS
