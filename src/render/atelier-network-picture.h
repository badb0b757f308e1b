/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of a network, drawn with cairo and Pango from plain arrays: from top to bottom the
 * values that each of its steps gives, as boxes whose sides and channels are to scale.
 *
 * A vector is a bar.  A step that keeps the shape is a plate on the line.  A residual block is a
 * pale frame around the steps that it holds, with its shortcut as a line beside them and a plus
 * where both meet.  Labels stand at the right, one below the other.
 *
 * Where one linear scale would make the smallest boxes invisible, all sides or all channels are
 * drawn by their square or cube root, which the caption says.  Where there is little height, boxes
 * shrink and labels take one line each; atelier_network_picture_get_heights tells how far that
 * goes.  The window and the files draw through the same functions, and drawing, pointer and
 * keyboard use the same layout.  Start with AtelierNetworkPicture and atelier_network_layout_new.
 * Any thread.
 */

#pragma once

#include <cairo.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

#define ATELIER_NO_STEP G_MAXUINT

typedef enum
{
  ATELIER_STEP_VALUES,  /* a box or a bar; the input is one too */
  ATELIER_STEP_THROUGH, /* a plate: it gives the shape that it is given */
  ATELIER_STEP_BLOCK,   /* a frame around the n_body + n_shortcut steps that follow */
} AtelierStepKind;

typedef struct
{
  AtelierStepKind kind;
  guint           height;
  guint           width;
  guint           channels;   /* a vector of n values is 1 x 1 x n */
  const char     *title;      /* "Conv 32" */
  const char     *detail;     /* "28 × 28 × 32"; nullable */
  guint           n_body;     /* of a block; blocks do not nest */
  guint           n_shortcut;
  gboolean        is_misfit;  /* does not fit what it is given: its shape is unknown */
} AtelierNetworkStep;

typedef struct
{
  const AtelierNetworkStep *steps; /* Borrowed; the first is the input */
  guint                     n_steps;
  guint                     i_selected; /* ATELIER_NO_STEP: none; so is i_hovered */
  guint                     i_hovered;
  gboolean                  has_focus;  /* a ring around the selected step */
  gboolean                  has_caption; /* what the scales are, at the foot */
  const char               *font;       /* a Pango font without its size; NULL: the program's own */
  double                    font_size;  /* in device units (pixels, points); 0: 12 */
} AtelierNetworkPicture;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} AtelierNetworkArea;

/* Where a step lies. */
typedef struct
{
  AtelierNetworkArea shape;     /* of the box, bar, plate, or the plus of a block */
  AtelierNetworkArea label;
  AtelierNetworkArea frame;     /* of a block, with all that it holds; otherwise empty */
  double             slant_x;   /* how far the back of a box is shifted to the right, and up */
  double             slant_y;
  double             line_x;    /* of the chain that it lies on; of a block: of its shortcut */
  guint              parent;    /* the block that holds it, or ATELIER_NO_STEP */
  gboolean           is_shortcut;
} AtelierNetworkSpot;

typedef struct
{
  double              width;
  double              height;
  double              axis_x;       /* of the line from the input to the last step */
  double              caption_y;
  double              label_x;
  double              label_width;  /* of the column of labels; longer ones are cut */
  double              detail_width; /* of the column of details where labels take one line */
  gboolean            is_compact;   /* they do */
  double              size;         /* of boxes: 1 is the natural one */
  guint               n_spots;      /* as many as steps */
  AtelierNetworkSpot *spots;        /* Owned */
} AtelierNetworkLayout;

/* The heights that a picture of @width needs at least, and that it has if nothing is shrunk. */
void     atelier_network_picture_get_heights (const AtelierNetworkPicture *picture,
                                              double                       width,
                                              double                      *minimum,
                                              double                      *natural);
/* The width below which labels are cut. */
double   atelier_network_picture_get_width   (const AtelierNetworkPicture *picture);
/* "Sides and channels are to scale", or what they are drawn by.  Translated; transfer full. */
char    *atelier_network_picture_dup_caption (const AtelierNetworkPicture *picture);
/* All steps in words, for those who do not see the picture.  Translated; transfer full. */
char    *atelier_network_picture_describe    (const AtelierNetworkPicture *picture);

/* Selection, hovering and focus change no layout.  A picture that is lower than its minimum gets
 * the layout of that, which is higher than it.  Transfer full. */
AtelierNetworkLayout *atelier_network_layout_new  (const AtelierNetworkPicture *picture,
                                                   double                       width,
                                                   double                       height);
void                  atelier_network_layout_free (AtelierNetworkLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierNetworkLayout, atelier_network_layout_free)
/* The step whose row, or whose frame, has the place; or ATELIER_NO_STEP. */
guint                 atelier_network_layout_find (const AtelierNetworkLayout *layout,
                                                   double                      x,
                                                   double                      y);
/* The place of a step and its label together. */
AtelierNetworkArea    atelier_network_layout_get_row (const AtelierNetworkLayout *layout,
                                                      guint                       i_step);

/* Draws with the upper left corner at the origin of @cr.  The background is left as it is.  @layout
 * must be of the same steps and font. */
void     atelier_network_picture_draw        (const AtelierNetworkPicture *picture,
                                              const AtelierNetworkLayout  *layout,
                                              const AtelierPalette        *palette,
                                              cairo_t                     *cr);

G_END_DECLS
