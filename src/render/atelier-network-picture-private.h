/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the picture of a network share: scales and texts.  Private to render.
 *
 * Read in this order: atelier-network-scale.c (how large a box is), atelier-network-words.c (what
 * is said), atelier-network-layout.c (where all lies), atelier-network-hit.c (what lies where),
 * atelier-network-ink.c (boxes, lines and labels), atelier-network-picture.c (the whole). */

#pragma once

#include "atelier-network-picture.h"
#include "atelier-text.h"

G_BEGIN_DECLS

#define ATELIER_NETWORK_FONT_SIZE 12.0
#define ATELIER_NETWORK_TITLE_SHARE 0.92   /* of the font size */
#define ATELIER_NETWORK_CAPTION_SHARE 0.85
#define ATELIER_NETWORK_MARGIN 10.0

/* A value is drawn in proportion to its 1st, 2nd or 3rd root. */
typedef struct
{
  guint  largest;
  guint  root;
  double extent; /* of the largest, in device units at the natural size */
} AtelierNetworkMeasure;

typedef struct
{
  AtelierNetworkMeasure sides;
  AtelierNetworkMeasure channels;
} AtelierNetworkScale;

void     atelier_network_scale_init        (AtelierNetworkScale         *scale,
                                            const AtelierNetworkPicture *picture);
/* In device units at the natural size: above 0, and never less for more. */
double   atelier_network_measure_scale     (const AtelierNetworkMeasure *measure,
                                            guint                        value);
char    *atelier_network_scale_dup_caption (const AtelierNetworkScale   *scale);

gboolean atelier_network_step_is_vector    (const AtelierNetworkStep    *step);
double   atelier_network_picture_get_font_size (const AtelierNetworkPicture *picture);
/* Sets the caption, in lines of @width. */
void     atelier_network_picture_set_caption   (const AtelierNetworkPicture *picture,
                                                AtelierText                 *text,
                                                double                       width);

/* What is drawn with: a drawing's picture, layout, colours and text. */
typedef struct
{
  /* Borrowed */
  const AtelierNetworkPicture *picture;
  const AtelierNetworkLayout  *layout;
  const AtelierPalette        *palette;
  cairo_t                     *cr;

  /* Owned */
  AtelierText                  text;

  gboolean                     is_strong; /* high contrast */
} AtelierNetworkInk;

/* Frames, with lines and leaders over them, then shapes and labels. */
void     atelier_network_ink_draw_frame  (AtelierNetworkInk *ink, guint i_step);
void     atelier_network_ink_draw_lines  (AtelierNetworkInk *ink);
void     atelier_network_ink_draw_leader (AtelierNetworkInk *ink, guint i_step);
void     atelier_network_ink_draw_shape  (AtelierNetworkInk *ink, guint i_step);
void     atelier_network_ink_draw_label  (AtelierNetworkInk *ink, guint i_step);
void     atelier_network_ink_draw_ring   (AtelierNetworkInk *ink, guint i_step);

G_END_DECLS
