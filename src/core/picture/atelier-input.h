/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInput - from any picture to the pixels that a network sees; every stage is kept for
 * display.  The last one gives the height x width bytes of the network's input.
 *
 *   original -> grey -> ground -> trim -> scale -> sharpen -> centre -> mirror
 *
 * Where no ground is found, or in the steps of older model files, "invert -> levels" take its
 * place.
 * The pipeline is a plain value that is stored with the model.  The window and the terminal give
 * the same scores for the same file, because both call atelier_input_run_picture for files and
 * atelier_input_adapt_to_drawing for drawings made with the program.  All arithmetic is integer or
 * plain float in a fixed order: the same picture gives the same bytes everywhere.  Pure functions;
 * any thread.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "picture/atelier-grey.h"
#include "picture/atelier-picture.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_INVERT_AUTO,   /* see atelier_ground_separate; without a ground, invert dark ink on light
                          * paper as atelier_grey_is_on_paper tells */
  ATELIER_INVERT_NEVER,  /* the garment is lighter than its ground */
  ATELIER_INVERT_ALWAYS,
} AtelierInvert;

typedef enum
{
  ATELIER_CENTER_BOX,  /* centre the trimmed box, as Fashion-MNIST */
  ATELIER_CENTER_MASS, /* centre the centre of mass, as MNIST */
} AtelierCenter;

typedef enum
{
  ATELIER_MIRROR_NEVER,
  ATELIER_MIRROR_SURER,  /* leave that to whoever classifies; see atelier_mirror_classify */
  ATELIER_MIRROR_ALWAYS,
} AtelierMirror;

typedef struct
{
  guint         width;    /* of the network's input */
  guint         height;
  gboolean      grey;     /* must be TRUE; networks with 3 channels are not supported */
  gboolean      ground;   /* find it, and keep how far each pixel is from it */
  AtelierInvert invert;
  gboolean      levels;   /* without a ground: make the paper of scans evenly black */
  gboolean      trim;     /* cut the empty border off */
  gboolean      scale;    /* fit to box x box, keeping proportions; else shrink only what is too
                           * large */
  guint         box;      /* 28 for Fashion-MNIST, 20 for MNIST */
  gboolean      sharpen;  /* if the picture was shrunk, as the makers of Fashion-MNIST did */
  gboolean      center;   /* else the top left corner keeps its place */
  AtelierCenter center_on;
  AtelierMirror mirror;

  /* Of one picture, and never stored: a place that is ground for sure, in parts of the width and
   * the height. */
  gboolean      has_pick;
  double        pick_x;
  double        pick_y;
} AtelierInput;

/* The steps with which Fashion-MNIST and MNIST were made. */
void      atelier_input_init_fashion (AtelierInput *input,
                                      guint         height,
                                      guint         width);
void      atelier_input_init_mnist   (AtelierInput *input,
                                      guint         height,
                                      guint         width);
/* The steps for a drawing that is light on dark and of the network's own size: it is neither
 * separated from a ground, inverted nor levelled; unless it @fits (is to be fitted to the frame),
 * it also keeps its place. */
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
  ATELIER_STAGE_GROUND,
  ATELIER_STAGE_INVERT,
  ATELIER_STAGE_LEVELS,
  ATELIER_STAGE_TRIM,
  ATELIER_STAGE_SCALE,
  ATELIER_STAGE_SHARPEN,
  ATELIER_STAGE_CENTER,
  ATELIER_STAGE_MIRROR,
  ATELIER_STAGE_RESULT,
  ATELIER_N_STAGES
} AtelierStage;

const char *atelier_stage_get_name (AtelierStage stage); /* translated */

/* The picture after one stage.  Those before scaling are for display, with at most 512 pixels a
 * side; the result is computed from the full picture. */
typedef struct
{
  guint   width;
  guint   height;
  guint   n_channels; /* 4 for the original (RGBA, not premultiplied), else 1 */
  guint8 *pixels;     /* Owned; [height, width, n_channels], no padding */
  gboolean was_applied; /* whether the stage changed this picture, for display */
} AtelierStagePicture;

typedef struct
{
  AtelierStagePicture stages[ATELIER_N_STAGES];
  gboolean            was_inverted; /* the garment was darker than its ground */
  gboolean            had_alpha;    /* which said what is garment */
  gboolean            is_empty;   /* trimming left nothing: the result is black */
  /* The full picture's size, and the part of it that the ground stage shows: a frame that was cut
   * off is not in it. */
  guint               width;
  guint               height;
  AtelierGreyBox      inside;
} AtelierInputResult;

/* Turns the mirror stage and the result left to right: for a classifier that is surer of that. */
void                atelier_input_result_mirror (AtelierInputResult *result);
void                atelier_input_result_free (AtelierInputResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierInputResult, atelier_input_result_free)

/* @rgba: [height, width, 4], not premultiplied, @row_stride bytes a row; transparent parts become
 * white, as paper.  @width and @height are at most 16,384, and their product at most 64 million. */
AtelierInputResult *atelier_input_run_rgba (const AtelierInput *input,
                                            const guint8       *rgba,
                                            guint               width,
                                            guint               height,
                                            gsize               row_stride);
/* Runs the pipeline on a file's picture.  A file that is marked as a drawing made with the program,
 * of the network's size, goes through the same steps as drawings on the pad. */
AtelierInputResult *atelier_input_run_picture (const AtelierInput *input,
                                               AtelierPicture     *picture);
/* The same for grey bytes, such as a drawing or a data set's image, which become both the original
 * and the grey stage. */
AtelierInputResult *atelier_input_run_grey (const AtelierInput *input,
                                            const guint8       *grey,
                                            guint               width,
                                            guint               height,
                                            gsize               row_stride);

/* Writes the mirror image of @pixels, [height, width], to @mirrored, which is another place. */
void                atelier_input_mirror (const guint8 *pixels,
                                          guint         width,
                                          guint         height,
                                          guint8       *mirrored);

G_END_DECLS
