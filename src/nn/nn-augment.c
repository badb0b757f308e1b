/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of a training image that keep its class: mirrored, moved, turned, enlarged or reduced,
 * brighter or darker, with a rectangle erased.
 *
 * What is drawn depends on seed, epoch and the image's index alone, so any thread may do any image.
 * Coordinates are doubles, and all steps are exact operations or this engine's own functions, so
 * every machine computes the same pixels.
 */

#include "nn-augment.h"

#include <math.h>

#define PI 3.14159265358979323846

/* What is drawn, in the order of its counters. */
enum
{
  DRAW_MIRROR,
  DRAW_SHIFT_X,
  DRAW_SHIFT_Y,
  DRAW_ROTATION,
  DRAW_SCALE,
  DRAW_BRIGHTNESS,
  DRAW_ERASE,
  DRAW_ERASE_AREA,
  DRAW_ERASE_RATIO,
  DRAW_ERASE_X,
  DRAW_ERASE_Y,
};

/* The limits of an erased rectangle, as in torchvision: 2 to 33 % of the image, up to 3.3 times as
 * long as wide. */
#define ERASE_LEAST 0.02
#define ERASE_MOST 0.33
#define ERASE_RATIO 3.3

/* From a place of the result to the place of the source: (a b; -b a), after a shift. */
typedef struct
{
  double a;
  double b;
  double shift_x;
  double shift_y;
  double sign; /* -1: mirrored */
} Motion;

NnStatus
nn_augmentation_check (const NnAugmentation *augmentation,
                       NnError              *error)
{
  const float shares[] = { augmentation->mirror, augmentation->shift, augmentation->brightness,
                           augmentation->erase };

  for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
    if (!(shares[i] >= 0.0f && shares[i] <= 1.0f))
      return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                      "The augmentation's mirror, shift, brightness or erase is %g; 0 to 1 are "
                      "possible",
                      (double) shares[i]);
  if (!(augmentation->rotation >= 0.0f && augmentation->rotation <= 180.0f))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "The augmentation's rotation is %g degrees; 0 to 180 are possible",
                    (double) augmentation->rotation);
  if (!(augmentation->scale >= 0.0f && augmentation->scale <= 0.9f))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "The augmentation's scale is %g; 0 to 0.9 are possible",
                    (double) augmentation->scale);
  return NN_STATUS_OK;
}

/* Uniform in [0, 1). */
static double
draw (const NnAugmentKey *key,
      unsigned            what)
{
  return nn_random (key->seed, NN_RANDOM_AUGMENTATION, key->epoch, key->i_image * 16 + what)
         * 0x1p-32;
}

/* Uniform in [-most, most). */
static double
draw_around (const NnAugmentKey *key,
             unsigned            what,
             double              most)
{
  return (2.0 * draw (key, what) - 1.0) * most;
}

static Motion
draw_motion (const NnAugmentation *augmentation,
             NnShape               shape,
             const NnAugmentKey   *key)
{
  const double angle = draw_around (key, DRAW_ROTATION, augmentation->rotation) * (PI / 180.0);
  const double scale = 1.0 + draw_around (key, DRAW_SCALE, augmentation->scale);
  Motion motion = {
    .a = nn_cos (angle) / scale,
    .b = nn_cos (angle - PI / 2.0) / scale,
    .shift_x = draw_around (key, DRAW_SHIFT_X, augmentation->shift) * shape.width,
    .shift_y = draw_around (key, DRAW_SHIFT_Y, augmentation->shift) * shape.height,
    .sign = draw (key, DRAW_MIRROR) < augmentation->mirror ? -1.0 : 1.0,
  };

  if (augmentation->rotation == 0.0f && augmentation->scale == 0.0f)
    {
      /* Whole pixels keep the image sharp. */
      motion.a = 1.0;
      motion.b = 0.0;
      motion.shift_x = rint (motion.shift_x);
      motion.shift_y = rint (motion.shift_y);
    }
  return motion;
}

static double
get_pixel (NnShape        shape,
           const uint8_t *bytes,
           ptrdiff_t      y,
           ptrdiff_t      x,
           size_t         channel)
{
  if (y < 0 || x < 0 || y >= (ptrdiff_t) shape.height || x >= (ptrdiff_t) shape.width)
    return 0.0;
  return bytes[((size_t) y * shape.width + (size_t) x) * shape.channels + channel];
}

/* Bilinear, with black around the image. */
static float
sample (NnShape        shape,
        const uint8_t *bytes,
        double         y,
        double         x,
        size_t         channel)
{
  const double top = floor (y);
  const double left = floor (x);
  const double dy = y - top;
  const double dx = x - left;
  double above, below;

  if (!(top >= -1.0 && left >= -1.0 && top < shape.height && left < shape.width))
    return 0.0f;
  above = get_pixel (shape, bytes, (ptrdiff_t) top, (ptrdiff_t) left, channel) * (1.0 - dx)
          + get_pixel (shape, bytes, (ptrdiff_t) top, (ptrdiff_t) left + 1, channel) * dx;
  below = get_pixel (shape, bytes, (ptrdiff_t) top + 1, (ptrdiff_t) left, channel) * (1.0 - dx)
          + get_pixel (shape, bytes, (ptrdiff_t) top + 1, (ptrdiff_t) left + 1, channel) * dx;
  return (float) (above * (1.0 - dy) + below * dy);
}

static void
move_image (NnShape        shape,
            const uint8_t *bytes,
            const Motion  *motion,
            float         *target)
{
  const double centre_x = (shape.width - 1) / 2.0;
  const double centre_y = (shape.height - 1) / 2.0;

  for (size_t y = 0; y < shape.height; y++)
    for (size_t x = 0; x < shape.width; x++)
      {
        const double from_x = ((double) x - centre_x) - motion->shift_x;
        const double from_y = ((double) y - centre_y) - motion->shift_y;
        const double source_x = motion->sign * (motion->a * from_x + motion->b * from_y);
        const double source_y = motion->a * from_y - motion->b * from_x;

        for (size_t c = 0; c < shape.channels; c++)
          *target++ = sample (shape, bytes, source_y + centre_y, source_x + centre_x, c);
      }
}

void
nn_move_image (const NnMotion *motion,
               NnShape         shape,
               const uint8_t  *bytes,
               float          *pixels)
{
  const double angle = motion->degrees * (PI / 180.0);
  const Motion inverse = {
    .a = motion->degrees == 0.0 ? 1.0 : nn_cos (angle),
    .b = motion->degrees == 0.0 ? 0.0 : nn_cos (angle - PI / 2.0),
    .shift_x = motion->right,
    .shift_y = motion->down,
    .sign = motion->is_mirrored ? -1.0 : 1.0,
  };

  move_image (shape, bytes, &inverse, pixels);
}

static void
change_brightness (float  *pixels,
                   size_t  n,
                   float   factor)
{
  for (size_t i = 0; i < n; i++)
    pixels[i] = pixels[i] * factor < 255.0f ? pixels[i] * factor : 255.0f;
}

/* A length of at least one and at most @n pixels. */
static size_t
round_length (double length,
              size_t n)
{
  const double rounded = rint (length);

  if (rounded < 1.0)
    return 1;
  return rounded < (double) n ? (size_t) rounded : n;
}

/* Black, like what comes in from outside.  The ratio of the sides is drawn evenly in its logarithm,
 * so that wide and high rectangles are as frequent. */
static void
erase (NnShape             shape,
       const NnAugmentKey *key,
       float              *pixels)
{
  const double area = (ERASE_LEAST + (ERASE_MOST - ERASE_LEAST) * draw (key, DRAW_ERASE_AREA))
                      * shape.height * shape.width;
  const double ratio = nn_exp (draw_around (key, DRAW_ERASE_RATIO, nn_log (ERASE_RATIO)));
  const size_t height = round_length (sqrt (area * ratio), shape.height);
  const size_t width = round_length (sqrt (area / ratio), shape.width);
  const size_t top = (size_t) (draw (key, DRAW_ERASE_Y) * (double) (shape.height - height + 1));
  const size_t left = (size_t) (draw (key, DRAW_ERASE_X) * (double) (shape.width - width + 1));

  for (size_t y = top; y < top + height; y++)
    memset (pixels + (y * shape.width + left) * shape.channels, 0,
            width * shape.channels * sizeof (float));
}

void
nn_augment (const NnAugmentation *augmentation,
            NnShape               shape,
            const NnAugmentKey   *key,
            const uint8_t        *bytes,
            float                *pixels)
{
  const size_t n = nn_shape_size (shape);
  const Motion motion = draw_motion (augmentation, shape, key);

  move_image (shape, bytes, &motion, pixels);
  if (augmentation->brightness > 0.0f)
    change_brightness (
      pixels, n, (float) (1.0 + draw_around (key, DRAW_BRIGHTNESS, augmentation->brightness)));
  if (draw (key, DRAW_ERASE) < augmentation->erase)
    erase (shape, key, pixels);
}
