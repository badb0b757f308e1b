/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grey, range, trim, scale, sharpen and mass: one function for each step of the input pipeline.
 *
 * The rules follow how Fashion-MNIST was made: trim what is within 5 % of the paper, scale the
 * longest side to 28, sharpen with radius 1 and sigma 1.0.  They are also stable: a picture of that
 * data set, enlarged ten times on white paper with or without a margin, comes back byte for byte.
 * Two rules serve that.  Faint rows at the edge of a garment are kept (see
 * atelier_grey_find_content), because the data set has them.  Shrinking averages areas exactly, so
 * that a whole-number factor gives plain means.
 */

#include "config.h"

#include "picture/atelier-grey.h"

#include <string.h>

/* Differences from the paper below this are noise, whatever the range of the picture. */
#define MIN_INK 4
/* Values up to this share of the picture's range above the paper are paper (ImageMagick's trim with
 * 5 % fuzz). */
#define PAPER_PERCENT 5
/* A row holds only dust if at most one pixel in DUST_SHARE is inked. */
#define DUST_SHARE 200

/* The normalised 3x3 kernel of sharpening with radius 1 and sigma 1.0: -exp (-r^2 / 2) around the
 * middle, and in the middle twice the sum of exp (-r^2 / 2) over all nine. */
#define SHARPEN_MIDDLE 16608
#define SHARPEN_SIDE (-1028)
#define SHARPEN_CORNER (-624)
#define SHARPEN_SUM 10000
G_STATIC_ASSERT (SHARPEN_MIDDLE + 4 * SHARPEN_SIDE + 4 * SHARPEN_CORNER == SHARPEN_SUM);

/* The number of inked pixels in a row or a column. */
typedef struct
{
  guint n_inked; /* lighter than the paper by more than the tolerance */
  guint n_faint; /* lighter than the paper */
} LineInk;

static const guint8 *
get_row (const AtelierGrey *grey,
         guint              y)
{
  return grey->pixels + (gsize) y * grey->stride;
}

static void
count_values (const AtelierGrey *grey,
              guint              counts[256])
{
  memset (counts, 0, 256 * sizeof counts[0]);
  for (guint y = 0; y < grey->height; y++)
    {
      const guint8 *row = get_row (grey, y);

      for (guint x = 0; x < grey->width; x++)
        counts[row[x]]++;
    }
}

static void
find_range (const guint  counts[256],
            guint       *low,
            guint       *high)
{
  *low = 0;
  *high = 255;
  while (*low < 255 && counts[*low] == 0)
    (*low)++;
  while (*high > *low && counts[*high] == 0)
    (*high)--;
}

static guint8
blend_on_white (guint value,
                guint alpha)
{
  return (guint8) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

/* Rec. 601 luma of the picture on white paper.  @rgba: [height, width, 4], not premultiplied;
 * @grey: [height, width]. */
void
atelier_grey_from_rgba (const guint8 *rgba,
                        guint         width,
                        guint         height,
                        gsize         row_stride,
                        guint8       *grey)
{
  for (guint y = 0; y < height; y++)
    {
      const guint8 *in = rgba + (gsize) y * row_stride;
      guint8 *out = grey + (gsize) y * width;

      for (guint x = 0; x < width; x++, in += 4)
        {
          guint red = blend_on_white (in[0], in[3]);
          guint green = blend_on_white (in[1], in[3]);
          guint blue = blend_on_white (in[2], in[3]);

          out[x] = (guint8) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
    }
}

static guint64
sum_row (const AtelierGrey *grey,
         guint              y)
{
  const guint8 *row = get_row (grey, y);
  guint64 sum = 0;

  for (guint x = 0; x < grey->width; x++)
    sum += row[x];
  return sum;
}

/* The sum of the outermost pixels, each counted once, and their number. */
static guint64
sum_border (const AtelierGrey *grey,
            guint64           *n_border)
{
  guint64 sum = sum_row (grey, 0);

  *n_border = grey->width;
  if (grey->height == 1)
    return sum;
  sum += sum_row (grey, grey->height - 1);
  *n_border += grey->width;
  for (guint y = 1; y + 1 < grey->height; y++)
    {
      const guint8 *row = get_row (grey, y);

      sum += row[0];
      *n_border += 1;
      if (grey->width == 1)
        continue;
      sum += row[grey->width - 1];
      *n_border += 1;
    }
  return sum;
}

/* Whether the picture is dark ink on light paper: the mean of its border is above the middle of its
 * range.  The picture's own range is used, so that pencil drawings and faint scans are recognised;
 * the mean is used, so that a garment may touch the border.  A picture of one grey is paper if it
 * is lighter than middle grey. */
gboolean
atelier_grey_is_on_paper (const AtelierGrey *grey)
{
  guint counts[256];
  guint low, high;
  guint64 n_border = 0;
  guint64 sum = sum_border (grey, &n_border);

  count_values (grey, counts);
  find_range (counts, &low, &high);
  if (low == high)
    return low > 127;
  return 2 * sum > (low + high) * n_border;
}

static void
count_ink (const AtelierGrey *grey,
           guint              paper,
           guint              tolerance,
           LineInk           *rows,
           LineInk           *columns)
{
  for (guint y = 0; y < grey->height; y++)
    {
      const guint8 *row = get_row (grey, y);

      for (guint x = 0; x < grey->width; x++)
        {
          guint is_inked = row[x] > paper + tolerance;
          guint is_faint = row[x] > paper;

          rows[y].n_inked += is_inked;
          rows[y].n_faint += is_faint;
          columns[x].n_inked += is_inked;
          columns[x].n_faint += is_faint;
        }
    }
}

/* The span from the first to the last line with more than @n_dust inked pixels; FALSE if there is
 * none. */
static gboolean
find_span (const LineInk *lines,
           guint          n_lines,
           guint          n_dust,
           guint         *first,
           guint         *end)
{
  *first = 0;
  *end = n_lines;
  while (*first < n_lines && lines[*first].n_inked <= n_dust)
    (*first)++;
  while (*end > *first && lines[*end - 1].n_inked <= n_dust)
    (*end)--;
  return *first < *end;
}

/* Extends the span at both ends by faint lines, at most @max_fringe at each end. */
static void
widen_span (const LineInk *lines,
            guint          n_lines,
            guint          n_dust,
            guint          max_fringe,
            guint         *first,
            guint         *end)
{
  for (guint i = 0; i < max_fringe && *first > 0 && lines[*first - 1].n_faint > n_dust; i++)
    (*first)--;
  for (guint i = 0; i < max_fringe && *end < n_lines && lines[*end].n_faint > n_dust; i++)
    (*end)++;
}

/* Whether at least half of the pixels that count as paper have exactly the paper's value.  This
 * holds for drawings, product pictures and data sets' images, but not for the noisy paper of
 * photographs and scans. */
static gboolean
is_clean (const guint counts[256],
          guint       paper,
          guint       tolerance)
{
  guint64 n_paper = 0;

  for (guint value = paper; value <= MIN (paper + tolerance, 255); value++)
    n_paper += counts[value];
  return 2 * (guint64) counts[paper] >= n_paper;
}

/* The box that holds the ink of a light drawing on dark paper; FALSE if there is no ink.
 *
 * The darkest value is the paper.  A pixel is inked if it is above the paper by more than 5 % of
 * the picture's range (at least 4 levels).  Rows and columns at the border are cut off if at most 1
 * in 200 of their pixels is inked (dust).  If the paper is clean, faint lines next to the box are
 * added back, at most as many as make one pixel when the box is scaled to @box: pictures of
 * Fashion-MNIST have such edges, and would be enlarged without them. */
gboolean
atelier_grey_find_content (const AtelierGrey *grey,
                           guint              box,
                           AtelierGreyBox    *content)
{
  g_autofree LineInk *rows = g_new0 (LineInk, grey->height);
  g_autofree LineInk *columns = g_new0 (LineInk, grey->width);
  guint row_dust = grey->width / DUST_SHARE;
  guint column_dust = grey->height / DUST_SHARE;
  guint counts[256];
  guint paper, high, tolerance;
  guint first_x, end_x, first_y, end_y;

  count_values (grey, counts);
  find_range (counts, &paper, &high);
  tolerance = MAX ((high - paper) * PAPER_PERCENT / 100, MIN_INK);
  count_ink (grey, paper, tolerance, rows, columns);
  if (!find_span (rows, grey->height, row_dust, &first_y, &end_y)
      || !find_span (columns, grey->width, column_dust, &first_x, &end_x))
    return FALSE;
  if (is_clean (counts, paper, tolerance))
    {
      guint max_fringe = (MAX (end_x - first_x, end_y - first_y) + box - 1) / box;

      widen_span (rows, grey->height, row_dust, max_fringe, &first_y, &end_y);
      widen_span (columns, grey->width, column_dust, max_fringe, &first_x, &end_x);
    }
  *content = (AtelierGreyBox) { first_x, first_y, end_x - first_x, end_y - first_y };
  return TRUE;
}

/* A view of the part inside @content. */
AtelierGrey
atelier_grey_crop (const AtelierGrey    *grey,
                   const AtelierGreyBox *content)
{
  return (AtelierGrey) {
    .pixels = get_row (grey, content->y) + content->x,
    .width = content->width,
    .height = content->height,
    .stride = grey->stride,
  };
}

static guint
scale_side (guint side,
            guint to,
            guint from)
{
  return (guint) MAX (1, ((guint64) side * to * 2 + from) / ((guint64) from * 2));
}

/* The largest size with the same proportions that fits @max_width x @max_height; at least 1 x 1. */
void
atelier_grey_fit (guint  width,
                  guint  height,
                  guint  max_width,
                  guint  max_height,
                  guint *fit_width,
                  guint *fit_height)
{
  if ((guint64) width * max_height >= (guint64) height * max_width)
    {
      *fit_width = max_width;
      *fit_height = scale_side (height, max_width, width);
    }
  else
    {
      *fit_width = scale_side (width, max_height, height);
      *fit_height = max_height;
    }
}

/* Adds the areas of a row's pixels to the columns of the result.  One unit is 1 / (@width *
 * grey->width) of the picture's width, so that all edges of both grids are whole numbers. */
static void
average_row (const AtelierGrey *grey,
             guint              y,
             guint64           *sums,
             guint              width)
{
  const guint8 *row = get_row (grey, y);
  guint64 edge = grey->width; /* right edge of the result's pixel */
  guint64 at = 0;
  guint i_out = 0;

  memset (sums, 0, width * sizeof sums[0]);
  for (guint x = 0; x < grey->width; x++)
    {
      guint64 next = at + width;
      guint64 within = MIN (next, edge) - at;

      sums[i_out] += row[x] * within;
      if (next >= edge && i_out + 1 < width)
        {
          i_out++;
          edge += grey->width;
          sums[i_out] += row[x] * (width - within);
        }
      at = next;
    }
}

static void
store_average (const guint64 *sums,
               guint64        area,
               guint8        *row,
               guint          width)
{
  for (guint i = 0; i < width; i++)
    row[i] = (guint8) ((sums[i] + area / 2) / area);
}

/* Shrinks by averaging exact areas; only the final division rounds.  Each row is read once, in
 * order. */
static void
shrink (const AtelierGrey *grey,
        guint8            *scaled,
        guint              width,
        guint              height)
{
  g_autofree guint64 *row_sums = g_new (guint64, width);
  g_autofree guint64 *sums = g_new0 (guint64, width);
  guint64 area = (guint64) grey->width * grey->height;
  guint64 edge = grey->height;
  guint64 at = 0;
  guint i_out = 0;

  for (guint y = 0; y < grey->height; y++)
    {
      guint64 next = at + height;
      guint64 within = MIN (next, edge) - at;

      average_row (grey, y, row_sums, width);
      for (guint i = 0; i < width; i++)
        sums[i] += row_sums[i] * within;
      if (next >= edge)
        {
          store_average (sums, area, scaled + (gsize) i_out * width, width);
          i_out++;
          edge += grey->height;
          for (guint i = 0; i < width; i++)
            sums[i] = row_sums[i] * (height - within);
        }
      at = next;
    }
}

/* For a pixel of the enlarged axis: the two old pixels that its centre lies between. */
typedef struct
{
  guint   i_first;
  guint   i_second;
  guint64 weight; /* of i_second; the two weights sum to twice the enlarged size */
} Between;

static Between
find_between (guint i,
              guint size,
              guint enlarged)
{
  guint64 unit = 2 * (guint64) enlarged;
  guint64 at = (2 * (guint64) i + 1) * size;
  Between between = { 0, 0, 0 };

  if (at <= enlarged)
    return between;
  at = MIN (at - enlarged, (size - 1) * unit);
  between.i_first = (guint) (at / unit);
  between.i_second = MIN (between.i_first + 1, size - 1);
  between.weight = at % unit;
  return between;
}

/* Bilinear; beyond the centres of the outermost pixels their values continue. */
static void
enlarge (const AtelierGrey *grey,
         guint8            *scaled,
         guint              width,
         guint              height)
{
  guint64 unit_x = 2 * (guint64) width;
  guint64 unit_y = 2 * (guint64) height;
  guint64 whole = unit_x * unit_y;

  for (guint y = 0; y < height; y++)
    {
      Between by = find_between (y, grey->height, height);
      const guint8 *upper = get_row (grey, by.i_first);
      const guint8 *lower = get_row (grey, by.i_second);

      for (guint x = 0; x < width; x++)
        {
          Between bx = find_between (x, grey->width, width);
          guint64 above = upper[bx.i_first] * (unit_x - bx.weight) + upper[bx.i_second] * bx.weight;
          guint64 below = lower[bx.i_first] * (unit_x - bx.weight) + lower[bx.i_second] * bx.weight;
          guint64 sum = above * (unit_y - by.weight) + below * by.weight;

          scaled[(gsize) y * width + x] = (guint8) ((sum + whole / 2) / whole);
        }
    }
}

static void
copy_rows (const AtelierGrey *grey,
           guint8            *copy)
{
  for (guint y = 0; y < grey->height; y++)
    memcpy (copy + (gsize) y * grey->width, get_row (grey, y), grey->width);
}

/* @scaled: [height, width].  Both sides must grow or both shrink; either may stay as it is. */
void
atelier_grey_scale (const AtelierGrey *grey,
                    guint8            *scaled,
                    guint              width,
                    guint              height)
{
  if (width == grey->width && height == grey->height)
    copy_rows (grey, scaled);
  else if (width <= grey->width && height <= grey->height)
    shrink (grey, scaled, width, height);
  else
    enlarge (grey, scaled, width, height);
}

static int
get_nearest (const AtelierGrey *grey,
             int                x,
             int                y)
{
  int near_x = CLAMP (x, 0, (int) grey->width - 1);
  int near_y = CLAMP (y, 0, (int) grey->height - 1);

  return get_row (grey, (guint) near_y)[near_x];
}

/* Sharpens as the makers of Fashion-MNIST did after scaling.  Pixels beyond the edge repeat those
 * at the edge.  @sharpened: [height, width]. */
void
atelier_grey_sharpen (const AtelierGrey *grey,
                      guint8            *sharpened)
{
  for (int y = 0; y < (int) grey->height; y++)
    for (int x = 0; x < (int) grey->width; x++)
      {
        int sides = get_nearest (grey, x - 1, y) + get_nearest (grey, x + 1, y) +
                    get_nearest (grey, x, y - 1) + get_nearest (grey, x, y + 1);
        int corners = get_nearest (grey, x - 1, y - 1) + get_nearest (grey, x + 1, y - 1) +
                      get_nearest (grey, x - 1, y + 1) + get_nearest (grey, x + 1, y + 1);
        int sum = SHARPEN_MIDDLE * get_nearest (grey, x, y) + SHARPEN_SIDE * sides +
                  SHARPEN_CORNER * corners + SHARPEN_SUM / 2;

        *sharpened++ = (guint8) (CLAMP (sum, 0, 255 * SHARPEN_SUM) / SHARPEN_SUM);
      }
}

/* Where a span must begin so that its centre of mass, @moment / @mass from its start, is in the
 * middle of @size, as far as the span then stays inside. */
static guint
place_mass (guint64 moment,
            guint64 mass,
            guint   span,
            guint   size)
{
  guint64 middle = size * mass + mass; /* 2 * mass * (size / 2 + a half for rounding) */
  guint64 twice = 2 * moment + mass;   /* 2 * mass * centre; pixel i has its centre at i + 1 / 2 */

  if (twice >= middle)
    return 0;
  return (guint) MIN ((middle - twice) / (2 * mass), size - span);
}

/* The position at which the picture's centre of mass is in the middle of @width x @height, as far
 * as nothing is cut off.  The picture must not be larger than that, and not all black. */
void
atelier_grey_find_mass (const AtelierGrey *grey,
                        guint              width,
                        guint              height,
                        guint             *x,
                        guint             *y)
{
  guint64 mass = 0;
  guint64 moment_x = 0;
  guint64 moment_y = 0;

  for (guint i_y = 0; i_y < grey->height; i_y++)
    for (guint i_x = 0; i_x < grey->width; i_x++)
      {
        guint value = get_row (grey, i_y)[i_x];

        mass += value;
        moment_x += (guint64) value * i_x;
        moment_y += (guint64) value * i_y;
      }
  *x = mass > 0 ? place_mass (moment_x, mass, grey->width, width) : 0;
  *y = mass > 0 ? place_mass (moment_y, mass, grey->height, height) : 0;
}
