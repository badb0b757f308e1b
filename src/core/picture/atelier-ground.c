/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two passes: over samples of the picture, which decide where shadows are and on which side of the
 * ground the garment is; and over all pixels, in integers. */

#include "config.h"

#include "picture/atelier-ground.h"

#include <math.h>
#include <string.h>

#include "picture/atelier-ground-frame.h"
#include "picture/atelier-ground-shadow.h"
#include "picture/atelier-ground-surface.h"
#include "picture/atelier-picture-border.h"

#define LEVEL 256 /* of a grey level's parts */
#define PLACE_BITS 15
#define MIN_SIDE 8
/* Smaller pictures show no shadows, but every pixel of a garment counts. */
#define MIN_SHADOW_SIDE 100
/* Samples of a raster's cell, along each side. */
#define CELL_SAMPLES 4
/* Differences from the ground below this are noise, whatever its grain. */
#define MIN_DISTANCE 4
/* Distances are stretched as if the garment had at least this much room: less is a ground that is
 * nearly black itself, on which what is darker cannot be told apart. */
#define MIN_ROOM 64
/* What differs in colour, or to the other side than most of the garment, is garment too, but its
 * value is not known.  From this distance on it has at least 1 / FAINT of the distance. */
#define MIN_FAINT 24
#define FAINT 2
/* An alpha channel counts if at least 1 in MIN_CLEAR_SHARE pixels is mostly transparent. */
#define MIN_CLEAR_SHARE 100
#define MAX_CLEAR_ALPHA 127
/* A cut-out garment that is lighter than this is seen on black, another on white. */
#define LIGHT_GARMENT 170

/* The surface in integers: its value at x is row + slope x + curve x^2. */
typedef struct
{
  const AtelierGroundSurface *surface;
  guint                       width;
  guint                       height;
  int                        *places;    /* Owned; [width], -1 to 1 in 2^PLACE_BITS */
  int                        *curves[3]; /* Owned; [width] */
  int                         rows[3];   /* of the row that was prepared last */
  int                         slopes[3];
} Paper;

static int
to_level (double value)
{
  return (int) floor (value * LEVEL + 0.5);
}

static void
paper_init (Paper                      *paper,
            const AtelierGroundSurface *surface,
            guint                       width,
            guint                       height)
{
  *paper = (Paper) { .surface = surface, .width = width, .height = height };
  paper->places = g_new (int, width);
  for (guint i = 0; i < 3; i++)
    paper->curves[i] = g_new (int, width);
  for (guint x = 0; x < width; x++)
    {
      double place = atelier_picture_border_get_place (x, width);

      paper->places[x] = (int) floor (place * (1 << PLACE_BITS) + 0.5);
      for (guint i = 0; i < 3; i++)
        paper->curves[i][x] = to_level (surface->terms[i][2] * place * place);
    }
}

static void
paper_clear (Paper *paper)
{
  g_free (paper->places);
  for (guint i = 0; i < 3; i++)
    g_free (paper->curves[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

static void
paper_prepare_row (Paper *paper,
                   guint  y)
{
  double place = atelier_picture_border_get_place (y, paper->height);

  for (guint i = 0; i < 3; i++)
    {
      const double *terms = paper->surface->terms[i];

      paper->rows[i] = to_level (terms[0] + terms[3] * place + terms[4] * place * place);
      paper->slopes[i] = to_level (terms[1] + terms[5] * place);
    }
}

static int
get_grey (const int colour[3])
{
  return (int) (((gint64) 299 * colour[0] + 587 * colour[1] + 114 * colour[2]) / 1000);
}

/* How far a pixel of the prepared row is from the ground, and the ground's grey there. */
static AtelierGroundDistance
measure (const Paper  *paper,
         const guint8 *pixel,
         guint         x,
         int          *ground)
{
  AtelierGroundDistance distance = { 0 };
  int levels[3], differences[3];

  for (guint i = 0; i < 3; i++)
    {
      int slope = (int) (((gint64) paper->slopes[i] * paper->places[x]) >> PLACE_BITS);

      levels[i] = CLAMP (paper->rows[i] + slope + paper->curves[i][x], 0, 255 * LEVEL);
      differences[i] = pixel[i] * LEVEL - levels[i];
    }
  *ground = get_grey (levels);
  distance.grey = get_grey (differences);
  for (guint i = 0; i < 3; i++)
    distance.colour = MAX (distance.colour, ABS (differences[i] - distance.grey));
  return distance;
}

/* ---- Samples ---- */

static void
fill_cell (const AtelierColours  *picture,
           Paper                 *paper,
           AtelierGroundDistance *cell,
           const AtelierGreyBox  *box)
{
  int n_x = (int) MIN (box->width, CELL_SAMPLES);
  int n_y = (int) MIN (box->height, CELL_SAMPLES);

  for (int i = 0; i < n_x * n_y; i++)
    {
      guint x = box->x + (guint) (2 * (i % n_x) + 1) * box->width / (guint) (2 * n_x);
      guint y = box->y + (guint) (2 * (i / n_x) + 1) * box->height / (guint) (2 * n_y);
      AtelierGroundDistance distance;
      int ground;

      paper_prepare_row (paper, y);
      distance = measure (paper, picture->pixels + (gssize) y * picture->stride
                                   + (gssize) x * picture->step, x, &ground);
      cell->grey += distance.grey;
      cell->colour += distance.colour;
    }
  cell->grey /= n_x * n_y;
  cell->colour /= n_x * n_y;
}

static void
fill_raster (const AtelierColours *picture,
             Paper                *paper,
             AtelierGroundRaster  *raster)
{
  guint width = picture->width;
  guint height = picture->height;

  raster->width = width;
  raster->height = height;
  if (MAX (width, height) > ATELIER_GROUND_RASTER)
    atelier_grey_fit (width, height, ATELIER_GROUND_RASTER, ATELIER_GROUND_RASTER, &raster->width,
                      &raster->height);
  raster->cells = g_new0 (AtelierGroundDistance, raster->width * raster->height);
  raster->depths = g_new0 (int, raster->width * raster->height);
  for (guint i = 0; i < raster->width * raster->height; i++)
    {
      guint x = i % raster->width * width / raster->width;
      guint y = i / raster->width * height / raster->height;
      guint end_x = (i % raster->width + 1) * width / raster->width;
      guint end_y = (i / raster->width + 1) * height / raster->height;

      fill_cell (picture, paper, &raster->cells[i],
                 &(AtelierGreyBox) { x, y, end_x - x, end_y - y });
    }
}

/* Whether there is more of a garment that is darker than the ground than of a lighter one. */
static gboolean
is_ground_lighter (const AtelierGroundRaster *raster,
                   double                     grain)
{
  int noise = to_level (MAX (grain, MIN_DISTANCE));
  gint64 darker = 0;
  gint64 lighter = 0;

  for (guint i = 0; i < raster->width * raster->height; i++)
    {
      int grey = raster->cells[i].grey;

      if (grey > noise)
        lighter += grey;
      else if (-grey > MAX (noise, raster->depths[i]))
        darker -= grey;
    }
  return darker > lighter;
}

/* ---- Values ---- */

/* @distance: above 0 to the garment's side. */
static guint8
get_value (AtelierGroundDistance distance,
           int                   room,
           int                   grain)
{
  int noise = MAX (MIN_FAINT * LEVEL, 2 * grain);
  int other = MAX (distance.colour, -distance.grey) - noise;
  int value = 0;

  room = MAX (room, MIN_ROOM * LEVEL);
  if (distance.grey > grain)
    value = (int) (((gint64) (distance.grey - grain) * 510 + room - grain)
                   / (2 * (gint64) (room - grain)));
  if (other > 0)
    value = MAX (value, other / (FAINT * LEVEL));
  return (guint8) MIN (value, 255);
}

static void
fill_row (const AtelierColours      *picture,
          const Paper               *paper,
          const AtelierGroundRaster *raster,
          gboolean                   is_lighter,
          int                        grain,
          guint                      y,
          guint8                    *values)
{
  const guint8 *pixel = picture->pixels + (gssize) y * picture->stride;
  const int *depths =
    &raster->depths[(guint) ((guint64) y * raster->height / picture->height) * raster->width];

  for (guint x = 0; x < picture->width; x++, pixel += picture->step)
    {
      int ground;
      AtelierGroundDistance distance = measure (paper, pixel, x, &ground);
      int depth = depths[(guint) ((guint64) x * raster->width / picture->width)];

      if (distance.grey < 0 && -distance.grey <= depth)
        {
          values[x] = 0;
          continue;
        }
      if (is_lighter)
        distance.grey = -distance.grey;
      values[x] = get_value (distance, is_lighter ? ground : 255 * LEVEL - ground, grain);
    }
}

/* ---- Alpha ---- */

/* Whether the alpha channel says what is garment; @mean: the garment's mean grey. */
static gboolean
has_alpha (const AtelierColours *picture,
           guint                *mean)
{
  guint64 n_clear = 0;
  guint64 sum = 0;
  guint64 weight = 0;

  if (picture->n_channels < 4)
    return FALSE;
  for (guint y = 0; y < picture->height; y++)
    {
      const guint8 *pixel = picture->pixels + (gssize) y * picture->stride;

      for (guint x = 0; x < picture->width; x++, pixel += picture->step)
        {
          guint grey = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2] + 500) / 1000;

          n_clear += pixel[3] <= MAX_CLEAR_ALPHA;
          sum += (guint64) grey * pixel[3];
          weight += pixel[3];
        }
    }
  *mean = weight > 0 ? (guint) (sum / weight) : 0;
  return n_clear * MIN_CLEAR_SHARE >= (guint64) picture->width * picture->height;
}

static void
fill_from_alpha (const AtelierColours *picture,
                 gboolean              is_lighter,
                 guint8               *values)
{
  for (guint y = 0; y < picture->height; y++)
    {
      const guint8 *pixel = picture->pixels + (gssize) y * picture->stride;

      for (guint x = 0; x < picture->width; x++, pixel += picture->step)
        {
          guint grey = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2] + 500) / 1000;

          *values++ = (guint8) (((is_lighter ? 255 - grey : grey) * pixel[3] + 127) / 255);
        }
    }
}

static AtelierColours
crop (const AtelierColours *picture,
      const AtelierGreyBox *box)
{
  AtelierColours inside = *picture;

  inside.pixels += (gssize) box->y * picture->stride + (gssize) box->x * picture->step;
  inside.width = box->width;
  inside.height = box->height;
  return inside;
}

/* ---- */

static void
separate (const AtelierColours       *picture,
          AtelierGroundSide           side,
          const AtelierGroundSurface *surface,
          guint8                     *values,
          AtelierGround              *ground)
{
  g_auto (AtelierGroundRaster) raster = { 0 };
  g_auto (Paper) paper = { 0 };
  int grain = surface->is_clean ? 0 : to_level (surface->grain);

  paper_init (&paper, surface, picture->width, picture->height);
  fill_raster (picture, &paper, &raster);
  if (MIN (picture->width, picture->height) >= MIN_SHADOW_SIDE)
    atelier_ground_find_shadows (&raster, surface->grain);
  ground->is_lighter = side == ATELIER_GROUND_SIDE_AUTO
    ? is_ground_lighter (&raster, surface->grain) : side == ATELIER_GROUND_SIDE_LIGHTER;
  for (guint y = 0; y < picture->height; y++)
    {
      paper_prepare_row (&paper, y);
      fill_row (picture, &paper, &raster, ground->is_lighter, grain, y,
                values + (gsize) y * picture->width);
    }
}

/* The same place in parts of what is inside of the frame; outside of 0 to 1 on the frame itself. */
static AtelierGroundPick
move_inside (const AtelierGroundPick *pick,
             const AtelierColours    *picture,
             const AtelierGreyBox    *box)
{
  return (AtelierGroundPick) { (pick->x * picture->width - box->x) / box->width,
                               (pick->y * picture->height - box->y) / box->height };
}

gboolean
atelier_ground_separate (const AtelierColours    *picture,
                         AtelierGroundSide        side,
                         const AtelierGroundPick *pick,
                         guint8                  *values,
                         AtelierGround           *ground)
{
  AtelierGroundSurface surface;
  AtelierColours inside;
  AtelierGroundPick inside_pick;
  guint mean;

  *ground = (AtelierGround) { .box = { 0, 0, picture->width, picture->height } };
  if (has_alpha (picture, &mean))
    {
      ground->had_alpha = TRUE;
      ground->is_lighter = side == ATELIER_GROUND_SIDE_AUTO ? mean <= LIGHT_GARMENT
                                                            : side == ATELIER_GROUND_SIDE_LIGHTER;
      fill_from_alpha (picture, ground->is_lighter, values);
      return TRUE;
    }
  if (MIN (picture->width, picture->height) < MIN_SIDE)
    return FALSE;
  atelier_ground_find_inside (picture, &ground->box);
  inside = crop (picture, &ground->box);
  if (pick)
    inside_pick = move_inside (pick, picture, &ground->box);
  if (!atelier_ground_surface_fit (&inside, pick ? &inside_pick : NULL, &surface))
    return FALSE;
  separate (&inside, side, &surface, values, ground);
  return TRUE;
}
