/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the input pipeline: the order of the stages, and when a stage does nothing.
 *
 * The arithmetic of the stages is in atelier-grey.c.  Three rules keep pictures unchanged that are
 * already as a network wants them.  They ensure the same scores for a data set's image, and for a
 * drawing that was classified, saved, loaded and classified again.
 *
 * - Scaling does nothing if the picture is at most 5 % too small, since resampling 27 pixels to 28
 *   would only blur.  So a drawing or an image that fills its frame is not changed.
 * - Sharpening makes up for the blur of shrinking, so it does nothing if the picture was not
 *   shrunk.  A drawing of the network's own size, or a small one that was enlarged, is never
 *   sharpened.
 * - Centring on the box does nothing if the picture has the network's size and its box is at most
 *   one pixel off the middle.
 *
 * The full picture is held once, in grey, one byte a pixel; a file's picture is read a few rows at
 * a time.  The stages before scaling are only kept for display, at a smaller size.  Pure; any
 * thread.
 */

#include "config.h"

#include "picture/atelier-input.h"

#include <string.h>

#include "picture/atelier-grey-levels.h"
#include "picture/atelier-grey.h"
#include "picture/atelier-ground.h"
#include "picture/atelier-picture-private.h"

#define MAX_SIDE 1024
#define MAX_PICTURE_SIDE 16384
#define MAX_PICTURE_PIXELS ((guint64) 64 << 20)
#define MAX_SHOWN_SIDE 512
/* A picture whose limiting side is at most 1 / NEAR_SHARE too short is not enlarged. */
#define NEAR_SHARE 20
/* A file's picture is read in at least so many rows at once.  If it is turned, they are columns of
 * what is stored, and neighbours are cheap. */
#define MIN_READ_ROWS 64

/* The picture to run on: RGBA in memory, or a file's. */
typedef struct
{
  AtelierColours  colours;
  AtelierPicture *picture;     /* Nullable */
  gsize           rgba_stride; /* of the pixels in memory, or of rows that are read */
} Source;

static gboolean
is_valid (const AtelierInput *input)
{
  return input->width >= 1 && input->width <= MAX_SIDE
         && input->height >= 1 && input->height <= MAX_SIDE
         && input->box >= 1 && input->box <= MAX_SIDE;
}

static gboolean
is_valid_size (guint width,
               guint height)
{
  return width >= 1 && width <= MAX_PICTURE_SIDE && height >= 1 && height <= MAX_PICTURE_SIDE
         && (guint64) width * height <= MAX_PICTURE_PIXELS;
}

static AtelierGrey
view_pixels (const guint8 *pixels,
             guint         width,
             guint         height)
{
  return (AtelierGrey) { pixels, width, height, width };
}

static AtelierGrey
view_stage (const AtelierInputResult *result,
            AtelierStage              stage)
{
  const AtelierStagePicture *picture = &result->stages[stage];

  return view_pixels (picture->pixels, picture->width, picture->height);
}

/* Takes @pixels. */
static void
set_stage (AtelierInputResult *result,
           AtelierStage        stage,
           guint8             *pixels,
           guint               width,
           guint               height,
           gboolean            was_applied)
{
  guint n_channels = stage == ATELIER_STAGE_ORIGINAL ? 4 : 1;

  result->stages[stage] = (AtelierStagePicture) { width, height, n_channels, pixels, was_applied };
}

static void
get_shown_size (guint  width,
                guint  height,
                guint *shown_width,
                guint *shown_height)
{
  *shown_width = width;
  *shown_height = height;
  if (MAX (width, height) > MAX_SHOWN_SIDE)
    atelier_grey_fit (width, height, MAX_SHOWN_SIDE, MAX_SHOWN_SIDE, shown_width, shown_height);
}

/* Keeps a stage before scaling for display, reduced if it is large. */
static void
show_stage (AtelierInputResult *result,
            AtelierStage        stage,
            const AtelierGrey  *grey,
            gboolean            was_applied)
{
  guint width, height;
  guint8 *pixels;

  get_shown_size (grey->width, grey->height, &width, &height);
  pixels = g_malloc ((gsize) width * height);
  atelier_grey_scale (grey, pixels, width, height);
  set_stage (result, stage, pixels, width, height, was_applied);
}

/* The mean colour and the mean alpha of a part of the picture. */
static void
average_rgba (const guint8 *rgba,
              guint         width,
              guint         height,
              gsize         row_stride,
              guint8       *mean)
{
  guint64 sums[4] = { 0 };
  guint64 n = (guint64) width * height;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *pixel = rgba + (gsize) y * row_stride + (gsize) x * 4;

        for (guint i = 0; i < 3; i++)
          sums[i] += (guint) pixel[i] * pixel[3];
        sums[3] += pixel[3];
      }
  for (guint i = 0; i < 3; i++)
    mean[i] = sums[3] > 0 ? (guint8) ((sums[i] + sums[3] / 2) / sums[3]) : 0;
  mean[3] = (guint8) ((sums[3] + n / 2) / n);
}

/* The row of the original where a row of the reduced one begins. */
static guint
get_first_row (const Source *source,
               guint         shown_y,
               guint         shown_height)
{
  return shown_y * source->colours.height / shown_height;
}

/* Rows @y to @end - 1 of the original as it is shown: each pixel is the mean of whole pixels.
 * @rgba: the row of the source where they begin, and what follows. */
static void
show_rgba_rows (const Source        *source,
                const guint8        *rgba,
                guint                y,
                guint                end,
                AtelierStagePicture *shown)
{
  guint first = get_first_row (source, y, shown->height);
  guint width = source->colours.width;

  for (; y < end; y++)
    for (guint x = 0; x < shown->width; x++)
      {
        guint x0 = x * width / shown->width;
        guint x1 = (x + 1) * width / shown->width;
        guint y0 = get_first_row (source, y, shown->height) - first;
        guint y1 = get_first_row (source, y + 1, shown->height) - first;

        average_rgba (rgba + (gsize) y0 * source->rgba_stride + (gsize) x0 * 4, x1 - x0, y1 - y0,
                      source->rgba_stride, &shown->pixels[((gsize) y * shown->width + x) * 4]);
      }
}

/* Fills the original for display and the grey picture, each nullable, in one pass, so that a file's
 * picture needs only few rows as RGBA. */
static void
read_source (const Source        *source,
             AtelierStagePicture *shown,
             guint8              *grey)
{
  guint width = source->colours.width;
  guint height = source->colours.height;
  guint n_steps = shown != NULL ? shown->height : height;
  guint n_at_once = MIN (1 + MIN_READ_ROWS * n_steps / height, n_steps);
  gsize n_buffer = (gsize) (get_first_row (source, n_at_once, n_steps) + 1) * width * 4;
  g_autofree guint8 *rows = source->picture != NULL ? g_malloc (n_buffer) : NULL;

  for (guint y = 0; y < n_steps; y += n_at_once)
    {
      guint end = MIN (y + n_at_once, n_steps);
      guint first = get_first_row (source, y, n_steps);
      guint n_rows = get_first_row (source, end, n_steps) - first;
      const guint8 *rgba = rows;

      if (source->picture != NULL)
        atelier_picture_read_rows (source->picture, first, n_rows, rows);
      else
        rgba = source->colours.pixels + (gsize) first * source->rgba_stride;
      if (shown != NULL)
        show_rgba_rows (source, rgba, y, end, shown);
      if (grey != NULL)
        atelier_grey_from_rgba (rgba, width, n_rows, source->rgba_stride,
                                &grey[(gsize) first * width]);
    }
}

/* Shows the grey stage as the original. */
static void
show_grey_as_original (AtelierInputResult *result)
{
  const AtelierStagePicture *grey = &result->stages[ATELIER_STAGE_GREY];
  gsize n = (gsize) grey->width * grey->height;
  guint8 *pixels = g_malloc (n * 4);

  for (gsize i = 0; i < n; i++)
    {
      memset (&pixels[i * 4], grey->pixels[i], 3);
      pixels[i * 4 + 3] = 255;
    }
  set_stage (result, ATELIER_STAGE_ORIGINAL, pixels, grey->width, grey->height, TRUE);
}

static void
invert_pixels (guint8 *pixels,
               gsize   n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = 255 - pixels[i];
}

static gboolean
should_invert (const AtelierInput *input,
               const AtelierGrey  *grey)
{
  if (input->invert == ATELIER_INVERT_AUTO)
    return atelier_grey_is_on_paper (grey);
  return input->invert == ATELIER_INVERT_ALWAYS;
}

/* The picture is empty: all remaining stages are black. */
static void
set_empty (const AtelierInput *input,
           AtelierInputResult *result)
{
  gsize n_pixels = (gsize) input->width * input->height;

  for (guint stage = ATELIER_STAGE_TRIM; stage < ATELIER_N_STAGES; stage++)
    set_stage (result, stage, g_malloc0 (n_pixels), input->width, input->height, FALSE);
  result->is_empty = TRUE;
}

static gboolean
is_near (guint side,
         guint wanted)
{
  return side <= wanted && (wanted - side) * NEAR_SHARE <= wanted;
}

/* The size to scale the picture to; its own size if no scaling is needed. */
static void
choose_size (const AtelierInput *input,
             const AtelierGrey  *grey,
             guint              *width,
             guint              *height)
{
  guint max_width = input->scale ? MIN (input->box, input->width) : input->width;
  guint max_height = input->scale ? MIN (input->box, input->height) : input->height;
  gboolean does_fit = grey->width <= max_width && grey->height <= max_height;
  gboolean will_do = is_near (grey->width, max_width) || is_near (grey->height, max_height);

  *width = grey->width;
  *height = grey->height;
  if (does_fit && (!input->scale || will_do))
    return;
  atelier_grey_fit (grey->width, grey->height, max_width, max_height, width, height);
}

static void
run_scale (const AtelierInput *input,
           AtelierInputResult *result,
           const AtelierGrey  *grey)
{
  guint width, height;
  guint8 *pixels;
  gboolean was_scaled;

  choose_size (input, grey, &width, &height);
  was_scaled = width != grey->width || height != grey->height;
  pixels = g_malloc ((gsize) width * height);
  atelier_grey_scale (grey, pixels, width, height);
  set_stage (result, ATELIER_STAGE_SCALE, pixels, width, height, was_scaled);
}

static void
run_sharpen (AtelierInputResult *result,
             gboolean            is_wanted)
{
  AtelierGrey grey = view_stage (result, ATELIER_STAGE_SCALE);
  guint8 *pixels = g_malloc ((gsize) grey.width * grey.height);

  if (is_wanted)
    atelier_grey_sharpen (&grey, pixels);
  else
    memcpy (pixels, grey.pixels, (gsize) grey.width * grey.height);
  set_stage (result, ATELIER_STAGE_SHARPEN, pixels, grey.width, grey.height, is_wanted);
}

/* Where the picture begins if it is not centred: the corner of its box in the original, scaled in
 * proportion, as far as the picture then fits. */
static guint
scale_corner (guint corner,
              guint from,
              guint to,
              guint size)
{
  guint64 scaled = ((guint64) corner * to * 2 + from) / ((guint64) from * 2);

  return (guint) MIN (scaled, size - to);
}

/* An odd pixel of margin goes to the left and top, as in Fashion-MNIST. */
static guint
center_box (guint    corner,
            guint    span,
            guint    size,
            gboolean is_own_size)
{
  guint middle = (size - span + 1) / 2;
  gboolean is_near_middle = corner <= middle + 1 && middle <= corner + 1;

  return is_own_size && is_near_middle ? corner : middle;
}

static void
choose_corner (const AtelierInput   *input,
               const AtelierGrey    *grey,
               const AtelierGreyBox *content,
               gboolean              is_own_size,
               guint                *x,
               guint                *y)
{
  if (!input->center)
    {
      *x = scale_corner (content->x, content->width, grey->width, input->width);
      *y = scale_corner (content->y, content->height, grey->height, input->height);
    }
  else if (input->center_on == ATELIER_CENTER_MASS)
    {
      atelier_grey_find_mass (grey, input->width, input->height, x, y);
    }
  else
    {
      *x = center_box (content->x, grey->width, input->width, is_own_size);
      *y = center_box (content->y, grey->height, input->height, is_own_size);
    }
}

/* @is_own_size: the picture has the network's size and was not scaled. */
static void
run_center (const AtelierInput   *input,
            AtelierInputResult   *result,
            const AtelierGreyBox *content,
            gboolean              is_own_size)
{
  AtelierGrey grey = view_stage (result, ATELIER_STAGE_SHARPEN);
  gsize n_pixels = (gsize) input->width * input->height;
  guint8 *pixels = g_malloc0 (n_pixels);
  guint x, y;

  choose_corner (input, &grey, content, is_own_size, &x, &y);
  for (guint i = 0; i < grey.height; i++)
    memcpy (&pixels[(gsize) (y + i) * input->width + x], grey.pixels + i * grey.stride, grey.width);
  set_stage (result, ATELIER_STAGE_CENTER, pixels, input->width, input->height, input->center);
  set_stage (result, ATELIER_STAGE_MIRROR, g_memdup2 (pixels, n_pixels), input->width,
             input->height, FALSE);
  set_stage (result, ATELIER_STAGE_RESULT, g_memdup2 (pixels, n_pixels), input->width,
             input->height, TRUE);
  if (input->mirror == ATELIER_MIRROR_ALWAYS)
    atelier_input_result_mirror (result);
  result->is_empty = TRUE;
  for (gsize i = 0; i < n_pixels; i++)
    result->is_empty &= pixels[i] == 0;
}

/* Runs the stages from trimming on.  @grey: light on black. */
static void
run_from_trim (const AtelierInput *input,
               AtelierInputResult *result,
               const AtelierGrey  *grey)
{
  AtelierGreyBox content = { 0, 0, grey->width, grey->height };
  AtelierGrey trimmed;
  const AtelierStagePicture *scaled = &result->stages[ATELIER_STAGE_SCALE];
  gboolean was_trimmed, was_shrunk, is_own_size;

  if (input->trim && !atelier_grey_find_content (grey, input->box, &content))
    {
      set_empty (input, result);
      return;
    }
  trimmed = atelier_grey_crop (grey, &content);
  was_trimmed = content.width != grey->width || content.height != grey->height;
  show_stage (result, ATELIER_STAGE_TRIM, &trimmed, was_trimmed);
  run_scale (input, result, &trimmed);
  was_shrunk = scaled->was_applied && scaled->width <= content.width
               && scaled->height <= content.height;
  is_own_size =
    !scaled->was_applied && grey->width == input->width && grey->height == input->height;
  run_sharpen (result, input->sharpen && was_shrunk);
  run_center (input, result, &content, is_own_size);
}

/* Runs the stages from grey on, without looking for a ground.  @pixels: [height, width];
 * overwritten. */
static void
run_stages (const AtelierInput *input,
            AtelierInputResult *result,
            guint8             *pixels,
            guint               width,
            guint               height,
            gboolean            had_colour)
{
  AtelierGrey grey = view_pixels (pixels, width, height);
  gboolean was_levelled;

  result->width = width;
  result->height = height;
  result->inside = (AtelierGreyBox) { 0, 0, width, height };
  show_stage (result, ATELIER_STAGE_GREY, &grey, had_colour);
  show_stage (result, ATELIER_STAGE_GROUND, &grey, FALSE);
  result->was_inverted = should_invert (input, &grey);
  if (result->was_inverted)
    invert_pixels (pixels, (gsize) width * height);
  show_stage (result, ATELIER_STAGE_INVERT, &grey, result->was_inverted);
  was_levelled = input->levels && atelier_grey_level (pixels, width, height);
  show_stage (result, ATELIER_STAGE_LEVELS, &grey, was_levelled);
  run_from_trim (input, result, &grey);
}

/* Keeps the grey of the original that is shown. */
static void
show_grey (AtelierInputResult *result)
{
  const AtelierStagePicture *shown = &result->stages[ATELIER_STAGE_ORIGINAL];
  guint8 *grey = g_malloc ((gsize) shown->width * shown->height);

  atelier_grey_from_rgba (shown->pixels, shown->width, shown->height, (gsize) shown->width * 4,
                          grey);
  set_stage (result, ATELIER_STAGE_GREY, grey, shown->width, shown->height, TRUE);
}

/* FALSE where there is no ground.  @values: as large as the picture; overwritten. */
static gboolean
run_on_ground (const AtelierInput   *input,
               AtelierInputResult   *result,
               const AtelierColours *picture,
               guint8               *values)
{
  static const AtelierGroundSide sides[] = {
    [ATELIER_INVERT_AUTO] = ATELIER_GROUND_SIDE_AUTO,
    [ATELIER_INVERT_NEVER] = ATELIER_GROUND_SIDE_DARKER,
    [ATELIER_INVERT_ALWAYS] = ATELIER_GROUND_SIDE_LIGHTER,
  };
  const AtelierGroundPick pick = { input->pick_x, input->pick_y };
  AtelierGround ground;
  AtelierGrey grey;

  if (!atelier_ground_separate (picture, sides[input->invert], input->has_pick ? &pick : NULL,
                                values, &ground))
    return FALSE;
  result->was_inverted = ground.is_lighter;
  result->had_alpha = ground.had_alpha;
  result->width = picture->width;
  result->height = picture->height;
  result->inside = ground.box;
  grey = view_pixels (values, ground.box.width, ground.box.height);
  show_grey (result);
  show_stage (result, ATELIER_STAGE_GROUND, &grey, TRUE);
  show_stage (result, ATELIER_STAGE_INVERT, &grey, FALSE);
  show_stage (result, ATELIER_STAGE_LEVELS, &grey, FALSE);
  run_from_trim (input, result, &grey);
  return TRUE;
}

static AtelierInputResult *
run_source (const AtelierInput *input,
            const Source       *source)
{
  AtelierInputResult *result = g_new0 (AtelierInputResult, 1);
  AtelierStagePicture *shown = &result->stages[ATELIER_STAGE_ORIGINAL];
  guint width = source->colours.width;
  guint height = source->colours.height;
  g_autofree guint8 *grey = g_malloc ((gsize) width * height);
  guint shown_width, shown_height;

  get_shown_size (width, height, &shown_width, &shown_height);
  set_stage (result, ATELIER_STAGE_ORIGINAL, g_malloc ((gsize) shown_width * shown_height * 4),
             shown_width, shown_height, TRUE);
  read_source (source, shown, input->ground ? NULL : grey);
  if (input->ground && run_on_ground (input, result, &source->colours, grey))
    return result;
  if (input->ground)
    read_source (source, NULL, grey);
  run_stages (input, result, grey, width, height, TRUE);
  return result;
}

void
atelier_input_mirror (const guint8 *pixels,
                      guint         width,
                      guint         height,
                      guint8       *mirrored)
{
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      mirrored[(gsize) y * width + x] = pixels[(gsize) y * width + width - 1 - x];
}

void
atelier_input_result_mirror (AtelierInputResult *result)
{
  AtelierStagePicture *mirrored = &result->stages[ATELIER_STAGE_MIRROR];
  AtelierStagePicture *seen = &result->stages[ATELIER_STAGE_RESULT];

  g_return_if_fail (mirrored->pixels != NULL && seen->pixels != NULL);

  atelier_input_mirror (seen->pixels, seen->width, seen->height, mirrored->pixels);
  memcpy (seen->pixels, mirrored->pixels, (gsize) seen->width * seen->height);
  mirrored->was_applied = !mirrored->was_applied;
}

void
atelier_input_result_free (AtelierInputResult *result)
{
  if (result == NULL)
    return;
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    g_free (result->stages[i].pixels);
  g_free (result);
}

AtelierInputResult *
atelier_input_run_rgba (const AtelierInput *input,
                        const guint8       *rgba,
                        guint               width,
                        guint               height,
                        gsize               row_stride)
{
  const Source source = {
    { rgba, width, height, 4, (gssize) row_stride, 4 }, NULL, row_stride
  };

  g_return_val_if_fail (input != NULL && is_valid (input), NULL);
  g_return_val_if_fail (rgba != NULL && is_valid_size (width, height), NULL);
  g_return_val_if_fail (row_stride >= (gsize) width * 4, NULL);

  return run_source (input, &source);
}

AtelierInputResult *
atelier_input_run_picture (const AtelierInput *input,
                           AtelierPicture     *picture)
{
  AtelierInput adapted;
  Source source;
  gboolean fits = FALSE;

  g_return_val_if_fail (input != NULL && is_valid (input), NULL);
  g_return_val_if_fail (picture != NULL, NULL);

  adapted = *input;
  source.colours = atelier_picture_view (picture);
  source.picture = picture;
  source.rgba_stride = (gsize) source.colours.width * 4;
  if (atelier_picture_get_is_drawing (picture, &fits)
      && source.colours.width == input->width && source.colours.height == input->height
      && input->invert == ATELIER_INVERT_AUTO)
    atelier_input_adapt_to_drawing (&adapted, fits);
  return run_source (&adapted, &source);
}

AtelierInputResult *
atelier_input_run_grey (const AtelierInput *input,
                        const guint8       *grey,
                        guint               width,
                        guint               height,
                        gsize               row_stride)
{
  g_autoptr (AtelierInputResult) result = NULL;
  g_autofree guint8 *copy = NULL;

  g_return_val_if_fail (input != NULL && is_valid (input), NULL);
  g_return_val_if_fail (grey != NULL && is_valid_size (width, height), NULL);
  g_return_val_if_fail (row_stride >= width, NULL);

  result = g_new0 (AtelierInputResult, 1);
  copy = g_malloc ((gsize) width * height);
  for (guint y = 0; y < height; y++)
    memcpy (copy + (gsize) y * width, grey + (gsize) y * row_stride, width);
  run_stages (input, result, copy, width, height, FALSE);
  show_grey_as_original (result);
  return g_steal_pointer (&result);
}
