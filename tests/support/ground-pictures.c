/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The garment is enlarged smoothly, and so is its outline, so that both meet the ground as in a
 * photograph: in pixels that are part of each.  Seen from its ground, a garment has the values that
 * it has on black, squeezed into what lies between 40 levels and the end of the range. */

#include "ground-pictures.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define SIDE 28
#define MIN_DISTANCE 40.0
#define MIN_ROOM 60.0

typedef struct
{
  Ground  kind;
  GRand  *random;
  guint   side;     /* of the picture */
  double  size;     /* of the garment */
  double  x;        /* of its top left corner */
  double  y;
  double  levels[3]; /* of the ground in the middle: red, green, blue */
  double  slope_x;
  double  slope_y;
  double  vignette;
  double  texture;
  double  noise;
  double  shadow;
  guint   frame;
  double  frame_level;
  gboolean is_light; /* than the garment */
} Scene;

static const char *const names[N_GROUNDS] = {
  [GROUND_WHITE] = "white", [GROUND_EVEN] = "even grey", [GROUND_GRADIENT] = "gradient",
  [GROUND_VIGNETTE] = "vignette", [GROUND_SHADOW] = "soft shadow", [GROUND_TEXTURE] = "texture",
  [GROUND_CREAM] = "cream", [GROUND_BLUE] = "blue", [GROUND_NOISE] = "noise, JPEG",
  [GROUND_FRAME_1] = "frame of 1", [GROUND_FRAME_2] = "frame of 2",
  [GROUND_FRAME_3] = "frame of 3", [GROUND_FRAME_4] = "frame of 4",
  [GROUND_PALE] = "pale on darker",
};

static void
set_levels (Scene  *scene,
            double  red,
            double  green,
            double  blue)
{
  scene->levels[0] = red;
  scene->levels[1] = green;
  scene->levels[2] = blue;
}

static void
set_grey (Scene  *scene,
          double  lowest,
          double  highest)
{
  double level = g_rand_double_range (scene->random, lowest, highest);

  set_levels (scene, level, level, level);
}

static void
choose_slope (Scene *scene)
{
  double angle = g_rand_double_range (scene->random, 0.0, 2.0 * G_PI);
  double levels = g_rand_double_range (scene->random, 20.0, 50.0);

  scene->slope_x = levels * cos (angle) / (fabs (cos (angle)) + fabs (sin (angle)));
  scene->slope_y = levels * sin (angle) / (fabs (cos (angle)) + fabs (sin (angle)));
}

/* The range of a grey ground's level; the other grounds are set one by one. */
static const struct
{
  double lowest;
  double highest;
} greys[N_GROUNDS] = {
  [GROUND_GRADIENT] = { 60, 225 }, [GROUND_VIGNETTE] = { 150, 250 },
  [GROUND_SHADOW] = { 190, 256 },  [GROUND_TEXTURE] = { 60, 240 },
  [GROUND_NOISE] = { 60, 240 },    [GROUND_FRAME_1] = { 190, 256 },
  [GROUND_FRAME_2] = { 190, 256 }, [GROUND_FRAME_3] = { 190, 256 },
  [GROUND_FRAME_4] = { 190, 256 }, [GROUND_PALE] = { 60, 127 },
};

static void
choose_levels (Scene *scene)
{
  double level;

  set_levels (scene, 255, 255, 255);
  if (scene->kind == GROUND_CREAM)
    set_levels (scene, 250, 240, 215);
  else if (scene->kind == GROUND_BLUE)
    set_levels (scene, 70, 120, 190);
  else if (scene->kind == GROUND_EVEN)
    {
      level = 15 * g_rand_int_range (scene->random, 0, 18);
      set_levels (scene, level, level, level);
    }
  else if (greys[scene->kind].highest > 0)
    set_grey (scene, greys[scene->kind].lowest, greys[scene->kind].highest);
}

/* After the levels: one seed gives one ground. */
static void
choose_change (Scene *scene)
{
  GRand *random = scene->random;

  if (scene->kind == GROUND_GRADIENT)
    choose_slope (scene);
  else if (scene->kind == GROUND_VIGNETTE)
    scene->vignette = g_rand_double_range (random, 20, 45);
  else if (scene->kind == GROUND_SHADOW)
    scene->shadow = g_rand_double_range (random, 15, 35);
  else if (scene->kind == GROUND_TEXTURE)
    scene->texture = g_rand_double_range (random, 4, 10);
  else if (scene->kind == GROUND_NOISE)
    scene->noise = g_rand_double_range (random, 3, 6);
  else if (scene->kind >= GROUND_FRAME_1 && scene->kind <= GROUND_FRAME_4)
    {
      scene->frame = 1 + scene->kind - GROUND_FRAME_1;
      scene->frame_level = g_rand_boolean (random) ? 0 : 90;
    }
}

/* Either side, if the garment has room there on every channel. */
static void
choose_side (Scene *scene)
{
  double darkest = MIN (MIN (scene->levels[0], scene->levels[1]), scene->levels[2]);
  double lightest = MAX (MAX (scene->levels[0], scene->levels[1]), scene->levels[2]);
  double spare = (fabs (scene->slope_x) + fabs (scene->slope_y)) / 2 + scene->vignette;

  scene->is_light = g_rand_boolean (scene->random);
  if (scene->kind == GROUND_PALE || darkest - spare < MIN_ROOM)
    scene->is_light = FALSE;
  else if (255 - lightest - spare < MIN_ROOM)
    scene->is_light = TRUE;
}

static double
get_pixel (const guint8 *garment,
           int           x,
           int           y)
{
  return x >= 0 && x < SIDE && y >= 0 && y < SIDE ? garment[y * SIDE + x] : 0;
}

/* Between the four pixels around a place: the part that is garment, and the garment's value there.
 */
static void
look_up (const guint8 *garment,
         double        x,
         double        y,
         double       *coverage,
         double       *value)
{
  int left = (int) floor (x - 0.5);
  int top = (int) floor (y - 0.5);
  double sum = 0;

  *coverage = 0;
  for (int i = 0; i < 4; i++)
    {
      double along_x = i % 2 ? x - 0.5 - left : 1 - (x - 0.5 - left);
      double along_y = i / 2 ? y - 0.5 - top : 1 - (y - 0.5 - top);
      double pixel = get_pixel (garment, left + i % 2, top + i / 2);

      sum += along_x * along_y * pixel;
      *coverage += pixel > 0 ? along_x * along_y : 0;
    }
  *value = *coverage > 0 ? sum / *coverage : 0;
}

static double
get_coverage (const Scene  *scene,
              const guint8 *garment,
              double        x,
              double        y)
{
  double coverage, value;

  look_up (garment, (x - scene->x) / scene->size * SIDE, (y - scene->y) / scene->size * SIDE,
           &coverage, &value);
  return coverage;
}

/* The garment's outline, moved to the lower right and blurred. */
static double
get_shadow (const Scene  *scene,
            const guint8 *garment,
            double        x,
            double        y)
{
  double sum = 0;
  double step = scene->side / 40.0;

  for (int i = -2; i <= 2; i++)
    for (int k = -2; k <= 2; k++)
      sum += get_coverage (scene, garment, x + (i - 2) * step, y + (k - 2) * step);
  return scene->shadow * sum / 25;
}

static double
clamp_level (double level)
{
  return CLAMP (level, 0, 255);
}

static void
paint_pixel (const Scene  *scene,
             const guint8 *garment,
             guint         x,
             guint         y,
             guint8       *pixel)
{
  double along_x = (x + 0.5) / scene->side - 0.5;
  double along_y = (y + 0.5) / scene->side - 0.5;
  double change = scene->slope_x * along_x + scene->slope_y * along_y
                  - scene->vignette * 2 * (along_x * along_x + along_y * along_y);
  double grain = scene->noise > 0
    ? scene->noise * (g_rand_double (scene->random) + g_rand_double (scene->random)
                      + g_rand_double (scene->random) - 1.5) * 2 : 0;
  double coverage, value, shadow;

  look_up (garment, (x + 0.5 - scene->x) / scene->size * SIDE,
           (y + 0.5 - scene->y) / scene->size * SIDE, &coverage, &value);
  shadow = scene->shadow > 0 ? get_shadow (scene, garment, x + 0.5, y + 0.5) : 0;
  if (scene->texture > 0)
    grain += scene->texture * sin (x * 1.9) * cos (y * 2.3);
  for (guint i = 0; i < 3; i++)
    {
      double ground = clamp_level (scene->levels[i] + change);
      double cloth = scene->is_light
        ? (ground - MIN_DISTANCE) * (1 - value / 255)
        : ground + MIN_DISTANCE + (255 - ground - MIN_DISTANCE) * value / 255;
      double level = coverage * clamp_level (cloth) + (1 - coverage) * (ground - shadow);

      pixel[i] = (guint8) (clamp_level (level + grain) + 0.5);
    }
  pixel[3] = 255;
}

static void
paint_frame (const Scene *scene,
             guint8      *pixels)
{
  for (guint y = 0; y < scene->side; y++)
    for (guint x = 0; x < scene->side; x++)
      if (MIN (MIN (x, y), MIN (scene->side - 1 - x, scene->side - 1 - y)) < scene->frame)
        memset (pixels + ((gsize) y * scene->side + x) * 4, (int) scene->frame_level, 3);
}

/* Through a JPEG file and back. */
static void
compress (guint8 *pixels,
          guint   side)
{
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, TRUE, 8, (int) side, (int) side,
                              (int) side * 4, NULL, NULL);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = NULL;
  GdkPixbuf *read;
  gsize size = 0;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, "quality", "80", NULL);
  g_assert_no_error (error);
  gdk_pixbuf_loader_write (loader, (const guchar *) buffer, size, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  read = gdk_pixbuf_loader_get_pixbuf (loader);
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      memcpy (pixels + ((gsize) y * side + x) * 4,
              gdk_pixbuf_get_pixels (read) + y * (guint) gdk_pixbuf_get_rowstride (read) + x * 3,
              3);
}

guint8 *
ground_pictures_make (Ground        ground,
                      const guint8 *garment,
                      guint32       seed,
                      guint        *side)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Scene scene = { .kind = ground, .random = random };
  guint8 *pixels;

  *side = scene.side = (guint) g_rand_int_range (random, 280, 401);
  scene.size = scene.side * g_rand_double_range (random, 0.7, 0.92);
  scene.x = g_rand_double_range (random, 0.03, 0.97) * (scene.side - scene.size);
  scene.y = g_rand_double_range (random, 0.03, 0.97) * (scene.side - scene.size);
  choose_levels (&scene);
  choose_change (&scene);
  choose_side (&scene);
  pixels = g_malloc ((gsize) scene.side * scene.side * 4);
  for (guint y = 0; y < scene.side; y++)
    for (guint x = 0; x < scene.side; x++)
      paint_pixel (&scene, garment, x, y, pixels + ((gsize) y * scene.side + x) * 4);
  paint_frame (&scene, pixels);
  if (scene.noise > 0)
    compress (pixels, scene.side);
  return pixels;
}

const char *
ground_pictures_get_name (Ground ground)
{
  g_return_val_if_fail (ground < N_GROUNDS, NULL);

  return names[ground];
}
