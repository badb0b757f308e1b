/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each kind gives the grey at a place, in parts of the picture's shorter side, from a few numbers
 * that the seed decides before. */

#include "other-pictures.h"

#include <math.h>

#define MAX_LATTICE 9
#define MAX_POINTS 60
#define N_LETTERS 10
#define LETTER_WIDTH 5
#define LETTER_HEIGHT 7

typedef struct
{
  Other    kind;
  GRand   *random;
  double   width;  /* the shorter side is 1 */
  double   height;
  double   greys[3]; /* the ground's, and two that differ from it */
  double   angle;
  double   period;
  double   phase;
  double   x; /* of the centre */
  double   y;
  double   size_x;
  double   size_y;
  gboolean is_hard; /* or round, of a gradient */
  guint    n;
  double   lattice[MAX_LATTICE][MAX_LATTICE];
  double   points[MAX_POINTS][3]; /* x, y, radius */
} Scene;

static const char *const names[N_OTHERS] = {
  [OTHER_CLOUD] = "cloud", [OTHER_GRAIN] = "grain", [OTHER_STRIPES] = "stripes",
  [OTHER_GRADIENT] = "gradient", [OTHER_FACE] = "face", [OTHER_TEXT] = "text",
  [OTHER_LETTER] = "letter", [OTHER_CHECKS] = "checks", [OTHER_RINGS] = "rings",
  [OTHER_LANDSCAPE] = "landscape", [OTHER_DOTS] = "dots", [OTHER_SCRIBBLE] = "scribble",
};

/* A row a byte, the lowest bit to the right: A E G K M R S T X Z. */
static const guint8 letters[N_LETTERS][LETTER_HEIGHT] = {
  { 0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11 }, { 0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f },
  { 0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0e }, { 0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11 },
  { 0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11 }, { 0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11 },
  { 0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e }, { 0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04 },
  { 0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11 }, { 0x1f, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1f },
};

static double
draw_between (Scene  *scene,
              double  lowest,
              double  highest)
{
  return g_rand_double_range (scene->random, lowest, highest);
}

/* Three greys, each at least 60 levels from the one before. */
static void
choose_greys (Scene *scene)
{
  scene->greys[0] = draw_between (scene, 0, 255);
  if (g_rand_boolean (scene->random))
    scene->greys[0] = g_rand_boolean (scene->random) ? 255 : 0;
  for (guint i = 1; i < G_N_ELEMENTS (scene->greys); i++)
    do
      scene->greys[i] = draw_between (scene, 0, 255);
    while (fabs (scene->greys[i] - scene->greys[i - 1]) < 60);
}

/* A walk with turns for a line; places all over the picture for the rest. */
static void
choose_points (Scene *scene)
{
  double radius = draw_between (scene, 0.008, 0.03);
  double direction = draw_between (scene, 0, 2 * G_PI);

  scene->n = scene->kind == OTHER_SCRIBBLE ? MAX_POINTS
                                           : (guint) g_rand_int_range (scene->random, 2, 13);
  for (guint i = 0; i < scene->n; i++)
    {
      double *point = scene->points[i];

      point[0] = draw_between (scene, 0.05, 0.95) * scene->width;
      point[1] = draw_between (scene, 0.05, 0.95) * scene->height;
      point[2] = scene->kind == OTHER_SCRIBBLE ? radius : draw_between (scene, 0.03, 0.16);
      if (scene->kind != OTHER_SCRIBBLE || i == 0)
        continue;
      direction += draw_between (scene, -1.2, 1.2);
      point[0] = CLAMP (point[-3] + 0.09 * cos (direction), 0.05, scene->width - 0.05);
      point[1] = CLAMP (point[-2] + 0.09 * sin (direction), 0.05, scene->height - 0.05);
    }
}

static void
choose_scene (Scene *scene)
{
  choose_greys (scene);
  choose_points (scene);
  scene->angle = draw_between (scene, 0, 2 * G_PI);
  scene->period = 1 / draw_between (scene, 1, 20);
  scene->phase = draw_between (scene, 0, 1);
  scene->x = draw_between (scene, 0.4, 0.6) * scene->width;
  scene->y = draw_between (scene, 0.4, 0.6) * scene->height;
  scene->size_y = draw_between (scene, 0.25, 0.38);
  scene->size_x = scene->size_y * draw_between (scene, 0.65, 0.9);
  scene->is_hard = g_rand_boolean (scene->random);
  for (guint i = 0; i < MAX_LATTICE; i++)
    for (guint k = 0; k < MAX_LATTICE; k++)
      scene->lattice[i][k] = draw_between (scene, 0, 255);
  if (scene->kind == OTHER_CLOUD)
    scene->n = (guint) g_rand_int_range (scene->random, 3, MAX_LATTICE);
  if (scene->kind == OTHER_TEXT)
    scene->size_y = 1.0 / g_rand_int_range (scene->random, 3, 16);
  if (scene->kind == OTHER_LETTER)
    scene->n = (guint) g_rand_int_range (scene->random, 0, N_LETTERS);
}

static double
mix (double a,
     double b,
     double part)
{
  return a + (b - a) * part;
}

static double
shade_cloud (const Scene *scene,
             double       x,
             double       y)
{
  double along_x = x / scene->width * (scene->n - 1);
  double along_y = y / scene->height * (scene->n - 1);
  guint i = (guint) along_x;
  guint k = (guint) along_y;
  double part_x = along_x - i;
  double part_y = along_y - k;

  part_x *= part_x * (3 - 2 * part_x);
  part_y *= part_y * (3 - 2 * part_y);
  return mix (mix (scene->lattice[k][i], scene->lattice[k][i + 1], part_x),
              mix (scene->lattice[k + 1][i], scene->lattice[k + 1][i + 1], part_x), part_y);
}

/* Stripes along one direction, or rings. */
static double
shade_waves (const Scene *scene,
             double       x,
             double       y)
{
  double place = scene->kind == OTHER_RINGS ? hypot (x - scene->x, y - scene->y)
                                            : x * cos (scene->angle) + y * sin (scene->angle);
  double wave = 0.5 + 0.5 * sin (2 * G_PI * (place / scene->period + scene->phase));

  return mix (scene->greys[0], scene->greys[1], scene->is_hard ? wave > 0.5 : wave);
}

static double
shade_gradient (const Scene *scene,
                double       x,
                double       y)
{
  double part = scene->is_hard
    ? hypot (x - scene->x, y - scene->y) / 0.8
    : 0.5 + ((x - scene->width / 2) * cos (scene->angle)
             + (y - scene->height / 2) * sin (scene->angle)) / 1.4;

  return mix (scene->greys[0], scene->greys[1], CLAMP (part, 0, 1));
}

static gboolean
is_in_oval (double x,
            double y,
            double size_x,
            double size_y)
{
  return x * x / (size_x * size_x) + y * y / (size_y * size_y) < 1;
}

static double
shade_face (const Scene *scene,
            double       x,
            double       y)
{
  double u = (x - scene->x) / scene->size_x;
  double v = (y - scene->y) / scene->size_y;

  if (!is_in_oval (u, v, 1, 1))
    return scene->greys[0];
  if (is_in_oval (fabs (u) - 0.4, v + 0.2, 0.16, 0.09)
      || (is_in_oval (u, v - 0.45, 0.42, 0.12) && v > 0.45 - 0.04)
      || (fabs (u) < 0.06 && v > -0.1 && v < 0.2))
    return scene->greys[2];
  return scene->greys[1];
}

static gboolean
has_letter (guint  letter,
            double x,
            double y)
{
  if (x < 0 || x >= 1 || y < 0 || y >= 1)
    return FALSE;
  return letters[letter % N_LETTERS][(guint) (y * LETTER_HEIGHT)]
         >> (LETTER_WIDTH - 1 - (guint) (x * LETTER_WIDTH)) & 1;
}

/* Letters of three fifths of a line's height, in words of up to seven, within a margin. */
static double
shade_text (const Scene *scene,
            double       x,
            double       y)
{
  double line = (y - 0.06) / scene->size_y;
  double column = (x - 0.06) / (scene->size_y * 0.55);
  guint place;

  if (line < 0 || column < 0 || y > scene->height - 0.06 || x > scene->width - 0.06)
    return scene->greys[0];
  place = (guint) line * 31 + (guint) column * 7 + (guint) (scene->phase * 1000);
  if (((guint) column + (guint) line * 3) % 8 == 0)
    return scene->greys[0];
  return has_letter (place * place / 3, (column - (guint) column) / 0.8,
                     (line - (guint) line) / 0.6)
    ? scene->greys[1] : scene->greys[0];
}

static double
shade_letter (const Scene *scene,
              double       x,
              double       y)
{
  return has_letter (scene->n, (x - scene->x) / (scene->size_x * 2) + 0.5,
                     (y - scene->y) / (scene->size_y * 2.4) + 0.5)
    ? scene->greys[1] : scene->greys[0];
}

static double
shade_checks (const Scene *scene,
              double       x,
              double       y)
{
  double field = MAX (scene->period * 2, 0.1);

  return scene->greys[((guint) (x / field + scene->phase) + (guint) (y / field)) % 2];
}

static double
shade_landscape (const Scene *scene,
                 double       x,
                 double       y)
{
  double hill = scene->height * 0.5 + 0.1 * sin (x * 5 + scene->angle)
                + 0.06 * sin (x * 11 + scene->phase * 6);

  if (y > hill)
    return mix (scene->greys[1], scene->greys[2], (y - hill) / scene->height);
  if (hypot (x - scene->points[0][0], y - scene->height * 0.2) < 0.08)
    return 255;
  return mix (scene->greys[0], 220, y / scene->height);
}

static double
get_distance_to_line (const double *a,
                      const double *b,
                      double        x,
                      double        y)
{
  double d_x = b[0] - a[0], d_y = b[1] - a[1];
  double length = d_x * d_x + d_y * d_y;
  double part = length > 0 ? ((x - a[0]) * d_x + (y - a[1]) * d_y) / length : 0;

  part = CLAMP (part, 0, 1);
  return hypot (x - a[0] - part * d_x, y - a[1] - part * d_y);
}

static double
shade_points (const Scene *scene,
              double       x,
              double       y)
{
  for (guint i = 0; i < scene->n; i++)
    {
      guint other = scene->kind == OTHER_SCRIBBLE && i > 0 ? i - 1 : i;

      if (get_distance_to_line (scene->points[i], scene->points[other], x, y)
          < scene->points[i][2])
        return scene->greys[1];
    }
  return scene->greys[0];
}

static double
shade (const Scene *scene,
       double       x,
       double       y)
{
  static double (*const shades[N_OTHERS]) (const Scene *, double, double) = {
    [OTHER_CLOUD] = shade_cloud, [OTHER_STRIPES] = shade_waves, [OTHER_GRADIENT] = shade_gradient,
    [OTHER_FACE] = shade_face, [OTHER_TEXT] = shade_text, [OTHER_LETTER] = shade_letter,
    [OTHER_CHECKS] = shade_checks, [OTHER_RINGS] = shade_waves,
    [OTHER_LANDSCAPE] = shade_landscape, [OTHER_DOTS] = shade_points,
    [OTHER_SCRIBBLE] = shade_points,
  };

  return scene->kind == OTHER_GRAIN ? g_rand_double_range (scene->random, 0, 255)
                                    : shades[scene->kind] (scene, x, y);
}

guint8 *
other_pictures_make (Other    kind,
                     guint32  seed,
                     guint   *width,
                     guint   *height)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Scene scene = { .kind = kind, .random = random };
  double side;
  guint8 *pixels;

  *width = seed % 4 == 0 ? 640 : (guint) g_rand_int_range (random, 160, 641);
  *height = seed % 4 == 0 ? 480 : (guint) g_rand_int_range (random, 160, 641);
  side = MIN (*width, *height);
  scene.width = *width / side;
  scene.height = *height / side;
  choose_scene (&scene);
  pixels = g_malloc ((gsize) *width * *height * 4);
  for (guint y = 0; y < *height; y++)
    for (guint x = 0; x < *width; x++)
      {
        guint8 *pixel = pixels + ((gsize) y * *width + x) * 4;
        double grey = shade (&scene, (x + 0.5) / side, (y + 0.5) / side);

        pixel[0] = pixel[1] = pixel[2] = (guint8) (CLAMP (grey, 0, 255) + 0.5);
        pixel[3] = 255;
      }
  return pixels;
}

const char *
other_pictures_get_name (Other kind)
{
  g_return_val_if_fail (kind < N_OTHERS, NULL);

  return names[kind];
}
