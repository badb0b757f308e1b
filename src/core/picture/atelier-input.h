/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInput - from any picture to the pixels that a network sees, every stage kept for display.
 *
 *   original -> grey -> invert -> levels -> trim -> scale -> sharpen -> centre -> height x width bytes
 *
 * The pipeline is a plain value that is stored with the model, so that the window and the terminal
 * give the same scores for the same file: both call atelier_input_run_picture for files, and
 * atelier_input_adapt_to_drawing says for both what a drawing of ours goes through.  All arithmetic
 * is integer or plain float in a fixed order: the same picture gives the same bytes everywhere.
 * Pure functions; any thread.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "picture/atelier-picture.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_INVERT_AUTO, /* dark ink on light paper: the border is lighter than the middle grey */
  ATELIER_INVERT_NEVER,
  ATELIER_INVERT_ALWAYS,
} AtelierInvert;

typedef enum
{
  ATELIER_CENTER_BOX,  /* the middle of the trimmed box in the middle, as Fashion-MNIST */
  ATELIER_CENTER_MASS, /* the centre of mass in the middle, as MNIST */
} AtelierCenter;

typedef struct
{
  guint         width;    /* of what the network sees */
  guint         height;
  gboolean      grey;     /* TRUE; a network with 3 channels is not offered yet */
  AtelierInvert invert;
  gboolean      levels;   /* make the paper of photographs and scans even and black */
  gboolean      trim;     /* cut the empty border off */
  gboolean      scale;    /* to fit box x box, keeping proportions; else only what is too large */
  guint         box;      /* 28 for Fashion-MNIST, 20 for MNIST */
  gboolean      sharpen;  /* what scaling made smaller, as the makers of Fashion-MNIST did */
  gboolean      center;   /* else the top left corner stays where it is */
  AtelierCenter center_on;
} AtelierInput;

/* The way Fashion-MNIST was made, and the way MNIST was made. */
void      atelier_input_init_fashion (AtelierInput *input,
                                      guint         height,
                                      guint         width);
void      atelier_input_init_mnist   (AtelierInput *input,
                                      guint         height,
                                      guint         width);
/* What a drawing goes through that was made light on dark at the network's own size: it is neither
 * inverted nor levelled, and unless it @fits (is to be fitted to the frame), it stays where it is. */
void      atelier_input_adapt_to_drawing (AtelierInput *input,
                                          gboolean      fits);
gboolean  atelier_input_equal        (const AtelierInput *a,
                                      const AtelierInput *b);
JsonNode *atelier_input_to_json      (const AtelierInput *input);
gboolean  atelier_input_from_json    (AtelierInput *input,
                                      JsonNode     *node,
                                      const char   *origin,
                                      GError      **error);

typedef enum
{
  ATELIER_STAGE_ORIGINAL,
  ATELIER_STAGE_GREY,
  ATELIER_STAGE_INVERT,
  ATELIER_STAGE_LEVELS,
  ATELIER_STAGE_TRIM,
  ATELIER_STAGE_SCALE,
  ATELIER_STAGE_SHARPEN,
  ATELIER_STAGE_CENTER,
  ATELIER_STAGE_RESULT,
  ATELIER_N_STAGES
} AtelierStage;

const char *atelier_stage_get_name (AtelierStage stage); /* translated */

/* One stage's picture.  Those before scaling are for display, at most 512 pixels a side; the result
 * is computed from the full picture. */
typedef struct
{
  guint   width;
  guint   height;
  guint   n_channels; /* 4 for the original (RGBA, not premultiplied), else 1 */
  guint8 *pixels;     /* Owned; [height, width, n_channels], no padding */
  gboolean was_applied; /* whether the stage did anything to this picture, for display */
} AtelierStagePicture;

typedef struct
{
  AtelierStagePicture stages[ATELIER_N_STAGES];
  gboolean            was_inverted;
  gboolean            is_empty;   /* nothing was left after trimming: the result is black */
} AtelierInputResult;

void                atelier_input_result_free (AtelierInputResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierInputResult, atelier_input_result_free)

/* @rgba: [height, width, 4], not premultiplied, @row_stride bytes a row; transparent parts are
 * taken as the paper (white).  @width and @height at most 16,384 and 64 million pixels together. */
AtelierInputResult *atelier_input_run_rgba (const AtelierInput *input,
                                            const guint8       *rgba,
                                            guint               width,
                                            guint               height,
                                            gsize               row_stride);
/* A file's picture.  One that says that it is a drawing of ours, of the network's own size, goes
 * through what drawings go through on the pad. */
AtelierInputResult *atelier_input_run_picture (const AtelierInput *input,
                                               AtelierPicture     *picture);
/* The same from grey bytes, such as a drawing or a data set's image: the original and grey stages
 * show it as it is. */
AtelierInputResult *atelier_input_run_grey (const AtelierInput *input,
                                            const guint8       *grey,
                                            guint               width,
                                            guint               height,
                                            gsize               row_stride);

G_END_DECLS
