/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Garments of two greys, a rectangle with a darker middle, on all kinds of ground. */

#include "config.h"

#include <string.h>

#include "picture/atelier-ground.h"
#include "picture/atelier-input.h"

#define SIDE 200
/* The garment, and its middle. */
#define FIRST 60
#define END 140
#define INNER_FIRST 90
#define INNER_END 110

typedef struct
{
  guint8 pixels[SIDE * SIDE * 4];
} Picture;

static Picture *
new_picture (guint8 red,
             guint8 green,
             guint8 blue)
{
  const guint8 pixel[] = { red, green, blue, 255 };
  Picture *picture = g_new (Picture, 1);

  for (guint i = 0; i < SIDE * SIDE; i++)
    memcpy (picture->pixels + 4 * i, pixel, 4);
  return picture;
}

static guint8 *
at (Picture *picture,
    guint    x,
    guint    y)
{
  return picture->pixels + (y * SIDE + x) * 4;
}

static void
add_garment (Picture *picture,
             guint8   outer,
             guint8   inner)
{
  for (guint y = FIRST; y < END; y++)
    for (guint x = FIRST; x < END; x++)
      {
        gboolean is_inner = MIN (x, y) >= INNER_FIRST && MAX (x, y) < INNER_END;

        memset (at (picture, x, y), is_inner ? inner : outer, 3);
      }
}

/* @values: as atelier_ground_separate () writes them. */
static gboolean
separate (Picture                 *picture,
          AtelierGroundSide        side,
          const AtelierGroundPick *pick,
          guint8                  *values,
          AtelierGround           *ground)
{
  const AtelierColours colours = { picture->pixels, SIDE, SIDE, 4, SIDE * 4, 4 };

  return atelier_ground_separate (&colours, side, pick, values, ground);
}

/* What is ground is 0, and what is garment is not; the two greys have these values, give or take
 * @slack. */
static void
assert_separates (Picture *picture,
                  gboolean is_lighter,
                  int      outer,
                  int      inner,
                  int      slack)
{
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  AtelierGround ground;

  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
  g_assert_cmpint (ground.is_lighter, ==, is_lighter);
  for (guint y = 0; y < ground.box.height; y++)
    for (guint x = 0; x < ground.box.width; x++)
      {
        guint in_x = x + ground.box.x;
        guint in_y = y + ground.box.y;
        gboolean is_garment = MIN (in_x, in_y) >= FIRST && MAX (in_x, in_y) < END;
        gboolean is_inner = MIN (in_x, in_y) >= INNER_FIRST && MAX (in_x, in_y) < INNER_END;
        int expected = is_inner ? inner : is_garment ? outer : 0;

        g_assert_cmpint (ABS (values[y * ground.box.width + x] - expected), <=,
                         is_garment ? slack : 0);
      }
}

/* White and black ground keep every value. */
static void
test_exact (void)
{
  g_autofree Picture *white = new_picture (255, 255, 255);
  g_autofree Picture *black = new_picture (0, 0, 0);

  add_garment (white, 254, 3);
  add_garment (black, 1, 252);
  assert_separates (white, TRUE, 1, 252, 0);
  assert_separates (black, FALSE, 1, 252, 0);
}

/* On any grey, darker and lighter garments are found, and stretched to the whole range. */
static void
test_even_grey (void)
{
  for (guint grey = 0; grey < 256; grey += 15)
    {
      g_autofree Picture *darker = new_picture ((guint8) grey, (guint8) grey, (guint8) grey);
      g_autofree Picture *lighter = new_picture ((guint8) grey, (guint8) grey, (guint8) grey);

      if (grey >= 75)
        {
          add_garment (darker, (guint8) (grey - 40), 0);
          assert_separates (darker, TRUE, (int) (40 * 255 / grey), 255, 1);
        }
      if (grey <= 180)
        {
          add_garment (lighter, (guint8) (grey + 40), 255);
          assert_separates (lighter, FALSE, (int) (40 * 255 / (255 - grey)), 255, 1);
        }
    }
}

/* A slope, a bowl and a twist, of up to 50 levels. */
static void
test_uneven_light (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autofree Picture *picture = new_picture (200, 200, 200);

      for (guint y = 0; y < SIDE; y++)
        for (guint x = 0; x < SIDE; x++)
          {
            double along_x = 2.0 * x / SIDE - 1;
            double along_y = 2.0 * y / SIDE - 1;
            double change = kind == 0 ? 15 * along_x + 10 * along_y
                            : kind == 1 ? -25 * (along_x * along_x + along_y * along_y)
                            : 25 * along_x * along_y;

            memset (at (picture, x, y), (int) (200 + change), 3);
          }
      add_garment (picture, 100, 20);
      assert_separates (picture, TRUE, 127, 229, 20);
    }
}

static void
test_colours (void)
{
  static const guint8 grounds[][3] = { { 250, 240, 215 }, { 70, 120, 190 }, { 180, 60, 60 } };

  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    {
      g_autofree Picture *picture = new_picture (grounds[i][0], grounds[i][1], grounds[i][2]);

      add_garment (picture, 40, 10);
      assert_separates (picture, TRUE, i == 0 ? 213 : i == 1 ? 165 : 144, i == 0 ? 244 : 230, 20);
    }
}

/* Red on green that is as light: only the colour differs. */
static void
test_same_grey (void)
{
  g_autofree Picture *picture = new_picture (0, 130, 0);
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  AtelierGround ground;

  for (guint y = FIRST; y < END; y++)
    for (guint x = FIRST; x < END; x++)
      memcpy (at (picture, x, y), "\xff\0\0", 3);
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
  g_assert_cmpuint (values[0], ==, 0);
  g_assert_cmpuint (values[SIDE / 2 * SIDE + SIDE / 2], >=, 64);
}

/* Frames of one to four pixels on every side, or on one. */
static void
test_frames (void)
{
  for (guint n = 1; n <= 5; n++)
    for (guint sides = 0; sides < 2; sides++)
      {
        g_autofree Picture *picture = new_picture (230, 230, 230);
        g_autofree guint8 *values = g_malloc (SIDE * SIDE);
        AtelierGround ground;

        add_garment (picture, 60, 10);
        for (guint y = 0; y < SIDE; y++)
          for (guint x = 0; x < SIDE; x++)
            if (x < n || (sides > 0 && (y < n || x >= SIDE - n || y >= SIDE - n)))
              memset (at (picture, x, y), 20, 3);
        g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
        g_assert_cmpuint (ground.box.x, ==, n <= 4 ? n : 0);
        g_assert_cmpuint (ground.box.y, ==, n <= 4 && sides > 0 ? n : 0);
        g_assert_cmpuint (ground.box.width, ==, n > 4 ? SIDE : SIDE - (sides > 0 ? 2 * n : n));
        if (n <= 4)
          assert_separates (picture, TRUE, 188, 244, 1);
      }
}

/* The shadow of the garment: a ramp of 30 levels at its right side. */
static void
test_shadow (void)
{
  g_autofree Picture *picture = new_picture (255, 255, 255);

  add_garment (picture, 100, 20);
  for (guint y = FIRST; y < END; y++)
    for (guint x = END; x < END + 40; x++)
      memset (at (picture, x, y), 255 - (int) (END + 40 - x) * 30 / 40, 3);
  assert_separates (picture, TRUE, 155, 235, 1);
}

/* A pale garment out of focus, with nothing stronger in the picture, is no shadow. */
static void
test_pale_blur (void)
{
  g_autofree Picture *picture = new_picture (255, 255, 255);
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  AtelierGround ground;

  for (guint y = FIRST; y < END; y++)
    for (guint x = FIRST; x < END; x++)
      {
        guint inside = MIN (MIN (x - FIRST, END - 1 - x), MIN (y - FIRST, END - 1 - y));

        memset (at (picture, x, y), 255 - (int) MIN (2 * inside, 30), 3);
      }
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
  g_assert_cmpuint (values[SIDE / 2 * SIDE + SIDE / 2], ==, 30);
}

/* A cut-out garment is found whatever its grey. */
static void
test_alpha (void)
{
  static const guint8 greys[] = { 0, 128, 240, 255 };

  for (guint i = 0; i < G_N_ELEMENTS (greys); i++)
    {
      g_autofree Picture *picture = new_picture (255, 255, 255);
      g_autofree guint8 *values = g_malloc (SIDE * SIDE);
      AtelierGround ground;

      for (guint k = 0; k < SIDE * SIDE; k++)
        picture->pixels[4 * k + 3] = 0;
      for (guint y = FIRST; y < END; y++)
        for (guint x = FIRST; x < END; x++)
          {
            memset (at (picture, x, y), greys[i], 3);
            at (picture, x, y)[3] = 255;
          }
      g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
      g_assert_true (ground.had_alpha);
      g_assert_cmpuint (values[0], ==, 0);
      g_assert_cmpuint (values[SIDE / 2 * SIDE + SIDE / 2], >=, 127);
    }
}

/* White on white, and no alpha channel: there is nothing. */
static void
test_nothing (void)
{
  g_autofree Picture *picture = new_picture (255, 255, 255);
  g_autoptr (AtelierInputResult) result = NULL;
  AtelierInput input;

  atelier_input_init_fashion (&input, 28, 28);
  result = atelier_input_run_rgba (&input, picture->pixels, SIDE, SIDE, SIDE * 4);
  g_assert_true (result->is_empty);
}

/* A picture whose border is all colours has no ground, and is inverted as before. */
static void
test_no_ground (void)
{
  g_autofree Picture *picture = new_picture (0, 0, 0);
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (AtelierInputResult) with = NULL;
  g_autoptr (AtelierInputResult) without = NULL;
  AtelierGround ground;
  AtelierInput input;

  for (guint i = 0; i < SIDE * SIDE; i++)
    memset (picture->pixels + 4 * i, g_rand_int_range (random, 0, 256), 3);
  g_assert_false (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
  atelier_input_init_fashion (&input, 28, 28);
  with = atelier_input_run_rgba (&input, picture->pixels, SIDE, SIDE, SIDE * 4);
  input.ground = FALSE;
  without = atelier_input_run_rgba (&input, picture->pixels, SIDE, SIDE, SIDE * 4);
  g_assert_cmpmem (with->stages[ATELIER_STAGE_RESULT].pixels, 784,
                   without->stages[ATELIER_STAGE_RESULT].pixels, 784);
}

/* The garment reaches three of four sides: the ground is what a person points at. */
static void
test_pick (void)
{
  const AtelierGroundPick pick = { 0.9, 0.5 };
  g_autofree Picture *picture = new_picture (60, 60, 60);
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  AtelierGround ground;

  for (guint y = 20; y < SIDE - 20; y++)
    for (guint x = SIDE / 2; x < SIDE; x++)
      memset (at (picture, x, y), 220, 3);
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, NULL, values, &ground));
  g_assert_cmpuint (values[0], ==, 0);
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_AUTO, &pick, values, &ground));
  g_assert_true (ground.is_lighter);
  g_assert_cmpuint (values[0], >, 150);
  g_assert_cmpuint (values[SIDE / 2 * SIDE + SIDE - 5], ==, 0);
}

/* A place is one of the whole picture, also where a frame is cut off. */
static void
test_pick_in_frame (void)
{
  g_autofree Picture *picture = new_picture (60, 60, 60);
  g_autoptr (AtelierInputResult) result = NULL;
  const AtelierStagePicture *ground;
  AtelierInput input;

  /* A frame on the left, and a stripe as wide as the place's surroundings. */
  for (guint y = 0; y < SIDE; y++)
    {
      for (guint x = 0; x < 4; x++)
        memset (at (picture, x, y), 255, 3);
      for (guint x = 15; x < 22; x++)
        memset (at (picture, x, y), 220, 3);
    }
  atelier_input_init_fashion (&input, 28, 28);
  input.has_pick = TRUE;
  input.pick_x = 18.5 / SIDE;
  input.pick_y = 0.5;
  result = atelier_input_run_rgba (&input, picture->pixels, SIDE, SIDE, SIDE * 4);
  g_assert_cmpuint (result->width, ==, SIDE);
  g_assert_cmpuint (result->height, ==, SIDE);
  g_assert_cmpuint (result->inside.x, ==, 4);
  g_assert_cmpuint (result->inside.width, ==, SIDE - 4);
  g_assert_cmpuint (result->inside.height, ==, SIDE);
  ground = &result->stages[ATELIER_STAGE_GROUND];
  g_assert_cmpuint (ground->width, ==, SIDE - 4);
  g_assert_cmpuint (ground->pixels[18 - 4], ==, 0);
  g_assert_cmpuint (ground->pixels[100 - 4], >, 0);
}

/* A person says on which side of the ground the garment is. */
static void
test_side (void)
{
  g_autofree Picture *picture = new_picture (128, 128, 128);
  g_autofree guint8 *values = g_malloc (SIDE * SIDE);
  AtelierGround ground;
  guint middle = SIDE / 2 * SIDE + SIDE / 2;

  add_garment (picture, 20, 230);
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_LIGHTER, NULL, values, &ground));
  g_assert_true (ground.is_lighter);
  g_assert_cmpuint (values[FIRST * SIDE + FIRST], >, 200);
  g_assert_true (separate (picture, ATELIER_GROUND_SIDE_DARKER, NULL, values, &ground));
  g_assert_false (ground.is_lighter);
  g_assert_cmpuint (values[middle], >, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/ground/exact", test_exact);
  g_test_add_func ("/core/ground/even-grey", test_even_grey);
  g_test_add_func ("/core/ground/uneven-light", test_uneven_light);
  g_test_add_func ("/core/ground/colours", test_colours);
  g_test_add_func ("/core/ground/same-grey", test_same_grey);
  g_test_add_func ("/core/ground/frames", test_frames);
  g_test_add_func ("/core/ground/shadow", test_shadow);
  g_test_add_func ("/core/ground/pale-blur", test_pale_blur);
  g_test_add_func ("/core/ground/alpha", test_alpha);
  g_test_add_func ("/core/ground/nothing", test_nothing);
  g_test_add_func ("/core/ground/no-ground", test_no_ground);
  g_test_add_func ("/core/ground/pick", test_pick);
  g_test_add_func ("/core/ground/pick-in-frame", test_pick_in_frame);
  g_test_add_func ("/core/ground/side", test_side);

  return g_test_run ();
}
