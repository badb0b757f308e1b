/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two built-in palettes and the arithmetic of colours.
 *
 * Contrast follows WCAG 2.1: relative luminance from linearised sRGB, and (lighter + 0.05) /
 * (darker + 0.05).  Black or white always reaches 4.58 on any opaque colour, so text that is chosen
 * here is readable everywhere.  The hues, blue and orange, stay apart for every common kind of
 * colour blindness.  Pure functions and constants; any thread.
 */

#include "config.h"

#include "atelier-palette.h"

#include <math.h>

/* Small text needs this much (WCAG 2.1, level AA). */
#define READABLE_CONTRAST 4.5

#define CHANNEL(rgb, shift) (((rgb) >> (shift) & 0xff) / 255.0)
#define HEX(rgb) { CHANNEL (rgb, 16), CHANNEL (rgb, 8), CHANNEL (rgb, 0), 1.0 }

const AtelierPalette atelier_palette_light = {
  .background = HEX (0xffffff),
  .text = HEX (0x2e2e33),
  .dim_text = HEX (0x68686d),
  .grid = HEX (0xe9e9eb),
  .training = HEX (0x1c71d8),
  .validation = HEX (0xc64600),
  .cursor = HEX (0x929296),
  .ramp = HEX (0x1a5fb4),
  .diagonal = HEX (0xf0f0f1),
  .runs = { HEX (0x1c71d8), HEX (0xc64600), HEX (0x0d7a5f), HEX (0x8a3ea8), HEX (0x8a6200),
            HEX (0x5e5c64) },
};

const AtelierPalette atelier_palette_dark = {
  .background = HEX (0x363636),
  .text = HEX (0xf4f4f4),
  .dim_text = HEX (0xbababa),
  .grid = HEX (0x494949),
  .training = HEX (0x78aeed),
  .validation = HEX (0xffa348),
  .cursor = HEX (0x9a9a9a),
  .ramp = HEX (0x78aeed),
  .diagonal = HEX (0x454545),
  .runs = { HEX (0x78aeed), HEX (0xffa348), HEX (0x5fcfae), HEX (0xd8a4f0), HEX (0xe8d070),
            HEX (0xc0bfbc) },
};

static double
linearise (double channel)
{
  channel = CLAMP (channel, 0.0, 1.0);

  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const AtelierColor *color)
{
  return 0.2126 * linearise (color->red) + 0.7152 * linearise (color->green)
         + 0.0722 * linearise (color->blue);
}

/* How @color, which may be translucent, looks on an opaque @background. */
static AtelierColor
composite (const AtelierColor *color,
           const AtelierColor *background)
{
  AtelierColor opaque = atelier_color_mix (background, color, color->alpha);

  opaque.alpha = 1.0;

  return opaque;
}

AtelierColor
atelier_color_mix (const AtelierColor *a,
                   const AtelierColor *b,
                   double              amount)
{
  g_return_val_if_fail (a != NULL && b != NULL, ((AtelierColor) { 0 }));

  amount = amount > 0.0 ? MIN (amount, 1.0) : 0.0; /* NaN becomes 0 too */

  return (AtelierColor) {
    .red = a->red + (b->red - a->red) * amount,
    .green = a->green + (b->green - a->green) * amount,
    .blue = a->blue + (b->blue - a->blue) * amount,
    .alpha = a->alpha + (b->alpha - a->alpha) * amount,
  };
}

AtelierColor
atelier_color_get_readable (const AtelierColor *background)
{
  static const AtelierColor black = HEX (0x000000), near_black = HEX (0x1e1e22),
                            white = HEX (0xffffff);

  g_return_val_if_fail (background != NULL, black);

  if (atelier_color_get_contrast (&white, background)
      >= atelier_color_get_contrast (&black, background))
    return white;

  /* The softer colour wherever it is enough. */
  return atelier_color_get_contrast (&near_black, background) >= READABLE_CONTRAST ? near_black
                                                                                   : black;
}

double
atelier_color_get_contrast (const AtelierColor *a,
                            const AtelierColor *b)
{
  AtelierColor seen;
  double first, second;

  g_return_val_if_fail (a != NULL && b != NULL, 1.0);

  seen = composite (a, b);
  first = get_luminance (&seen);
  second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}
