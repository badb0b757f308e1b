/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "picture/atelier-input.h"

#include <string.h>

#include "data/atelier-synthetic.h"

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

static void
test_equal (void)
{
  AtelierInput a, b;

  atelier_input_init_fashion (&a, 28, 28);
  atelier_input_init_fashion (&b, 28, 28);
  g_assert_true (atelier_input_equal (&a, &b));
  b.center_on = ATELIER_CENTER_MASS;
  g_assert_false (atelier_input_equal (&a, &b));
  atelier_input_init_fashion (&b, 28, 27);
  g_assert_false (atelier_input_equal (&a, &b));
}

static void
test_presets (void)
{
  AtelierInput input;

  atelier_input_init_fashion (&input, 28, 28);
  g_assert_cmpuint (input.box, ==, 28);
  g_assert_true (input.sharpen);
  atelier_input_init_mnist (&input, 28, 28);
  g_assert_cmpuint (input.box, ==, 20);
  g_assert_false (input.sharpen);
  g_assert_cmpint (input.center_on, ==, ATELIER_CENTER_MASS);
}

static void
test_stage_names (void)
{
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    g_assert_cmpuint (strlen (atelier_stage_get_name (i)), >, 0);
}

/* A white square of @span pixels at (@x, @y) on black. */
static guint8 *
draw_square (guint width,
             guint height,
             guint x,
             guint y,
             guint span)
{
  guint8 *pixels = g_malloc0 ((gsize) width * height);

  for (guint i = 0; i < span; i++)
    memset (pixels + (gsize) (y + i) * width + x, 255, span);
  return pixels;
}

static const AtelierStagePicture *
get_result (const AtelierInputResult *result)
{
  return &result->stages[ATELIER_STAGE_RESULT];
}

static guint
get_result_pixel (const AtelierInputResult *result,
                  guint                     x,
                  guint                     y)
{
  return get_result (result)->pixels[y * get_result (result)->width + x];
}

static void
assert_result (const AtelierInputResult *result,
               const guint8             *pixels)
{
  g_assert_cmpuint (get_result (result)->width, ==, SIDE);
  g_assert_cmpuint (get_result (result)->height, ==, SIDE);
  g_assert_cmpmem (get_result (result)->pixels, N_PIXELS, pixels, N_PIXELS);
}

static void
assert_same_results (const AtelierInputResult *a,
                     const AtelierInputResult *b)
{
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    {
      gsize n = (gsize) a->stages[i].width * a->stages[i].height * a->stages[i].n_channels;

      g_assert_cmpuint (a->stages[i].width, ==, b->stages[i].width);
      g_assert_cmpuint (a->stages[i].height, ==, b->stages[i].height);
      g_assert_cmpint (a->stages[i].was_applied, ==, b->stages[i].was_applied);
      g_assert_cmpmem (a->stages[i].pixels, n, b->stages[i].pixels, n);
    }
  g_assert_cmpint (a->was_inverted, ==, b->was_inverted);
  g_assert_cmpint (a->is_empty, ==, b->is_empty);
}

/* A 28x28 picture enlarged @factor times, with black ink on white paper and a margin; RGBA. */
static guint8 *
print_on_paper (const guint8 *pixels,
                guint         factor,
                guint         margin,
                guint        *side)
{
  guint span = SIDE * factor;
  guint8 *paper;

  *side = span + 2 * margin;
  paper = g_malloc ((gsize) *side * *side * 4);
  memset (paper, 255, (gsize) *side * *side * 4);
  for (guint y = 0; y < span; y++)
    for (guint x = 0; x < span; x++)
      memset (paper + ((gsize) (y + margin) * *side + x + margin) * 4,
              255 - pixels[y / factor * SIDE + x / factor], 3);
  return paper;
}

static AtelierInputResult *
run_square (const AtelierInput *input,
            const guint8       *pixels,
            guint               side)
{
  return atelier_input_run_grey (input, pixels, side, side, side);
}

/* A garment's picture, scaled as Fashion-MNIST's pictures are: it touches both ends of its longer
 * side and is in the middle. */
static void
draw_garment (guint   i_class,
              guint   i_image,
              guint8 *pixels)
{
  guint8 drawn[N_PIXELS];
  AtelierInput input;
  g_autofree guint8 *paper = NULL;
  g_autoptr (AtelierInputResult) result = NULL;
  guint side;

  atelier_synthetic_draw_image (1, i_class, i_image, drawn);
  paper = print_on_paper (drawn, 10, 40, &side);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.sharpen = FALSE;
  result = atelier_input_run_rgba (&input, paper, side, side, (gsize) side * 4);
  memcpy (pixels, get_result (result)->pixels, N_PIXELS);
}

static void
test_framed_picture_is_kept (void)
{
  AtelierInput input;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < 200; i++)
    {
      guint8 pixels[N_PIXELS];
      g_autoptr (AtelierInputResult) result = NULL;

      draw_garment (i % 10, i, pixels);
      result = run_square (&input, pixels, SIDE);
      assert_result (result, pixels);
      g_assert_false (result->was_inverted);
      g_assert_false (result->is_empty);
      g_assert_false (result->stages[ATELIER_STAGE_SCALE].was_applied);
      g_assert_false (result->stages[ATELIER_STAGE_SHARPEN].was_applied);
    }
}

/* Pictures printed ten times larger on white paper, with and without a margin, come back nearly as
 * they were. */
static void
test_printed_picture_comes_back (void)
{
  const guint margins[] = { 0, 28, 37 };
  AtelierInput input;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.sharpen = FALSE;
  for (guint i = 0; i < 60; i++)
    {
      guint margin = margins[i % G_N_ELEMENTS (margins)];
      guint8 pixels[N_PIXELS];
      g_autofree guint8 *paper = NULL;
      g_autoptr (AtelierInputResult) result = NULL;
      guint side;
      int sum = 0;

      draw_garment (i % 10, i, pixels);
      paper = print_on_paper (pixels, 10, margin, &side);
      result = atelier_input_run_rgba (&input, paper, side, side, (gsize) side * 4);
      g_assert_true (result->was_inverted);
      g_assert_true (result->stages[ATELIER_STAGE_SCALE].was_applied);
      for (guint k = 0; k < N_PIXELS; k++)
        sum += ABS (get_result (result)->pixels[k] - pixels[k]);
      g_assert_cmpfloat ((double) sum / N_PIXELS, <, 2.0);
    }
}

/* A picture whose edges are inked comes back byte for byte from ten times the size. */
static void
test_whole_factor_is_exact (void)
{
  AtelierInput input;
  guint8 pixels[N_PIXELS];
  g_autofree guint8 *paper = NULL;
  g_autoptr (AtelierInputResult) result = NULL;
  guint side;

  for (guint i = 0; i < N_PIXELS; i++)
    pixels[i] = i % SIDE == 9 ? 200 : (guint8) (i * 37 % 100);
  memset (pixels, 0, SIDE);
  pixels[9] = 13;
  for (guint y = 0; y < SIDE; y++)
    pixels[y * SIDE] = pixels[y * SIDE + SIDE - 1] = y == 5 ? 90 : 0;
  paper = print_on_paper (pixels, 10, 50, &side);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.sharpen = FALSE;
  result = atelier_input_run_rgba (&input, paper, side, side, (gsize) side * 4);
  assert_result (result, pixels);
}

/* Faint edges belong to the picture where the paper is clean. */
static void
test_faint_edge_is_kept (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 4, 1, 20);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint y = 1; y < SIDE; y++)
    pixels[y * SIDE + 10] = 255;
  pixels[10] = 3;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = run_square (&input, pixels, SIDE);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].height, ==, SIDE);
  assert_result (result, pixels);
}

/* On noisy paper the box of the ink is not enlarged, not even by two single bright pixels. */
static void
test_trim_noise (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (600, 600, 200, 150, 300);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint i = 0; i < 600 * 600; i++)
    if (pixels[i] == 0)
      pixels[i] = (guint8) g_rand_int_range (rand, 0, 12);
  pixels[0] = 200;
  pixels[599 * 600 + 1] = 200;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = run_square (&input, pixels, 600);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].width, ==, 300);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].height, ==, 300);
}

static void
test_trim_grey_paper (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (100, 100, 30, 40, 50);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint i = 0; i < 100 * 100; i++)
    pixels[i] = pixels[i] == 0 ? 225 : 30;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = run_square (&input, pixels, 100);
  g_assert_true (result->was_inverted);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].width, ==, 50);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].height, ==, 50);
  /* 30 of the paper's 225. */
  g_assert_cmpuint (get_result_pixel (result, 0, 0), ==, 255 - 34);
}

static void
test_small_drawing_is_enlarged (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 3, 17, 7);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = run_square (&input, pixels, SIDE);
  g_assert_true (result->stages[ATELIER_STAGE_SCALE].was_applied);
  g_assert_false (result->stages[ATELIER_STAGE_SHARPEN].was_applied);
  for (guint i = 0; i < N_PIXELS; i++)
    g_assert_cmpuint (get_result (result)->pixels[i], ==, 255);
}

static void
test_enlarging_is_bilinear (void)
{
  AtelierInput input;
  const guint8 pixels[] = { 40, 80 };
  const guint8 expected[] = { 40, 40, 45, 55, 65, 75, 80, 80 };
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, 4, 8);
  input.trim = FALSE;
  input.invert = ATELIER_INVERT_NEVER;
  result = atelier_input_run_grey (&input, pixels, 2, 1, 2);
  for (guint y = 0; y < 4; y++)
    g_assert_cmpmem (get_result (result)->pixels + y * 8, 8, expected, 8);
}

/* 3 pixels to 2: each takes one and a half. */
static void
test_shrinking_averages_areas (void)
{
  AtelierInput input;
  const guint8 pixels[] = { 30, 60, 240 };
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, 1, 2);
  input.trim = FALSE;
  input.sharpen = FALSE;
  input.invert = ATELIER_INVERT_NEVER;
  result = atelier_input_run_grey (&input, pixels, 3, 1, 3);
  g_assert_cmpuint (get_result (result)->pixels[0], ==, 40);
  g_assert_cmpuint (get_result (result)->pixels[1], ==, 180);
}

static void
test_proportions (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = g_malloc0 (200 * 300);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint y = 50; y < 250; y++)
    memset (pixels + y * 200 + 60, 255, 50);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = atelier_input_run_grey (&input, pixels, 200, 300, 200);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].width, ==, 7);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].height, ==, 28);
  g_assert_cmpuint (get_result_pixel (result, 10, 14), ==, 0);
  g_assert_cmpuint (get_result_pixel (result, 11, 14), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 17, 14), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 18, 14), ==, 0);
}

/* A result that is not square holds the picture whole. */
static void
test_not_square (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (100, 100, 10, 10, 60);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, 10, 40);
  result = run_square (&input, pixels, 100);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].width, ==, 10);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].height, ==, 10);
  g_assert_cmpuint (get_result (result)->width, ==, 40);
  g_assert_cmpuint (get_result_pixel (result, 15, 0), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 24, 9), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 25, 0), ==, 0);
}

static void
test_luma (void)
{
  const guint8 rgba[] = { 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255,
                          0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128, 255, 0, 0, 128 };
  const guint8 expected[] = { 76, 150, 29, 255, 0, 255, 127, 165 };
  AtelierInput input;
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, 1, 8);
  result = atelier_input_run_rgba (&input, rgba, 8, 1, sizeof rgba);
  g_assert_cmpmem (result->stages[ATELIER_STAGE_GREY].pixels, 8, expected, 8);
  g_assert_cmpmem (result->stages[ATELIER_STAGE_ORIGINAL].pixels, sizeof rgba, rgba, sizeof rgba);
}

static void
test_row_stride (void)
{
  const guint8 rgba[] = { 9, 9, 9, 255, 1, 2, 3, 4, 7, 7, 7, 255, 1, 2, 3, 4 };
  const guint8 grey[] = { 9, 1, 2, 7, 3, 4 };
  const guint8 expected[] = { 9, 7 };
  AtelierInput input;
  g_autoptr (AtelierInputResult) from_rgba = NULL;
  g_autoptr (AtelierInputResult) from_grey = NULL;

  atelier_input_init_fashion (&input, 2, 1);
  from_rgba = atelier_input_run_rgba (&input, rgba, 1, 2, 8);
  from_grey = atelier_input_run_grey (&input, grey, 1, 2, 3);
  g_assert_cmpmem (from_rgba->stages[ATELIER_STAGE_GREY].pixels, 2, expected, 2);
  g_assert_cmpmem (from_grey->stages[ATELIER_STAGE_GREY].pixels, 2, expected, 2);
}

static void
test_invert (void)
{
  AtelierInput input;
  g_autofree guint8 *light = draw_square (SIDE, SIDE, 0, 4, 20);
  g_autofree guint8 *dark = g_memdup2 (light, N_PIXELS);
  g_autoptr (AtelierInputResult) kept = NULL;
  g_autoptr (AtelierInputResult) automatic = NULL;
  g_autoptr (AtelierInputResult) never = NULL;
  g_autoptr (AtelierInputResult) always = NULL;

  for (guint i = 0; i < N_PIXELS; i++)
    dark[i] = 255 - light[i];
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.trim = FALSE;
  kept = run_square (&input, light, SIDE);
  automatic = run_square (&input, dark, SIDE);
  input.invert = ATELIER_INVERT_NEVER;
  never = run_square (&input, dark, SIDE);
  input.invert = ATELIER_INVERT_ALWAYS;
  always = run_square (&input, light, SIDE);

  g_assert_false (kept->was_inverted);
  g_assert_true (automatic->was_inverted);
  g_assert_false (never->was_inverted);
  g_assert_true (always->was_inverted);
  assert_result (kept, light);
  assert_result (automatic, light);
  assert_result (never, dark);
  assert_result (always, dark);
}

/* Pencil, light grey on white, is ink on paper too. */
static void
test_invert_uses_own_range (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 4, 4, 20);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint i = 0; i < N_PIXELS; i++)
    pixels[i] = pixels[i] == 0 ? 255 : 190;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = run_square (&input, pixels, SIDE);
  g_assert_true (result->was_inverted);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].width, ==, 20);
}

static void
test_empty (void)
{
  const guint8 greys[] = { 0, 1, 100, 128, 254, 255 };
  guint8 black[N_PIXELS] = { 0 };
  AtelierInput input;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < G_N_ELEMENTS (greys); i++)
    {
      g_autofree guint8 *pixels = g_malloc (300 * 200);
      g_autoptr (AtelierInputResult) result = NULL;

      memset (pixels, greys[i], 300 * 200);
      pixels[1000] ^= 2;
      result = atelier_input_run_grey (&input, pixels, 300, 200, 300);
      g_assert_true (result->is_empty);
      assert_result (result, black);
      for (guint stage = 0; stage < ATELIER_N_STAGES; stage++)
        g_assert_nonnull (result->stages[stage].pixels);
    }
}

static void
test_empty_without_trim (void)
{
  guint8 black[N_PIXELS] = { 0 };
  AtelierInput input;
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_mnist (&input, SIDE, SIDE);
  input.trim = FALSE;
  result = run_square (&input, black, SIDE);
  g_assert_true (result->is_empty);
  assert_result (result, black);
}

static void
test_transparent_is_empty (void)
{
  AtelierInput input;
  g_autofree guint8 *rgba = g_malloc0 (50 * 50 * 4);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = atelier_input_run_rgba (&input, rgba, 50, 50, 200);
  g_assert_true (result->is_empty);
}

static void
test_one_pixel (void)
{
  const guint8 rgba[] = { 90, 90, 90, 255 };
  AtelierInput input;
  g_autoptr (AtelierInputResult) trimmed = NULL;
  g_autoptr (AtelierInputResult) whole = NULL;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  trimmed = atelier_input_run_rgba (&input, rgba, 1, 1, 4);
  g_assert_true (trimmed->is_empty);
  input.trim = FALSE;
  whole = atelier_input_run_rgba (&input, rgba, 1, 1, 4);
  g_assert_false (whole->is_empty);
  g_assert_cmpuint (get_result_pixel (whole, 13, 13), ==, 90);
}

static void
test_thin_pictures (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = g_malloc0 (16384);
  g_autoptr (AtelierInputResult) wide = NULL;
  g_autoptr (AtelierInputResult) high = NULL;

  memset (pixels + 1000, 255, 9000);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  wide = atelier_input_run_grey (&input, pixels, 16384, 1, 16384);
  high = atelier_input_run_grey (&input, pixels, 1, 16384, 1);
  g_assert_cmpuint (wide->stages[ATELIER_STAGE_SCALE].height, ==, 1);
  g_assert_cmpuint (high->stages[ATELIER_STAGE_SCALE].width, ==, 1);
  g_assert_cmpuint (get_result_pixel (wide, 0, 14), ==, 255);
  g_assert_cmpuint (get_result_pixel (high, 14, 0), ==, 255);
}

/* The largest picture: stages before scaling are shown smaller, but the result is made from all of
 * it. */
static void
test_largest (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (16384, 4096, 8000, 100, 2800);
  g_autoptr (AtelierInputResult) result = NULL;

  pixels[(gsize) 100 * 16384 + 8000] = 254;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = atelier_input_run_grey (&input, pixels, 16384, 4096, 16384);
  for (guint i = 0; i < ATELIER_N_STAGES; i++)
    g_assert_cmpuint (MAX (result->stages[i].width, result->stages[i].height), <=, 512);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_ORIGINAL].width, ==, 512);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_ORIGINAL].height, ==, 128);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_TRIM].width, ==, 512);
  for (guint i = 0; i < N_PIXELS; i++)
    g_assert_cmpuint (get_result (result)->pixels[i], ==, 255);
}

/* In the smaller picture, colours are not mixed with those behind transparent parts. */
static void
test_original_in_small (void)
{
  AtelierInput input;
  g_autofree guint8 *rgba = g_malloc0 (1024 * 1024 * 4);
  g_autoptr (AtelierInputResult) result = NULL;

  for (gsize i = 0; i < 1024 * 1024; i += 2)
    memcpy (rgba + i * 4, "\xc8\x64\x32\xff", 4);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  result = atelier_input_run_rgba (&input, rgba, 1024, 1024, 4096);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_ORIGINAL].width, ==, 512);
  g_assert_cmpmem (result->stages[ATELIER_STAGE_ORIGINAL].pixels, 4, "\xc8\x64\x32\x80", 4);
}

static void
test_sharpen (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (560, 560, 0, 0, 1);
  g_autoptr (AtelierInputResult) plain = NULL;
  g_autoptr (AtelierInputResult) sharp = NULL;

  /* Stripes of 120 and 80, ten pixels of the result wide. */
  for (guint i = 0; i < 560 * 560; i++)
    pixels[i] = i % 560 / 200 % 2 == 0 ? 120 : 80;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.levels = FALSE;
  input.trim = FALSE;
  input.invert = ATELIER_INVERT_NEVER;
  sharp = run_square (&input, pixels, 560);
  input.sharpen = FALSE;
  plain = run_square (&input, pixels, 560);
  g_assert_true (sharp->stages[ATELIER_STAGE_SHARPEN].was_applied);
  g_assert_cmpuint (get_result_pixel (plain, 9, 14), ==, 120);
  g_assert_cmpuint (get_result_pixel (plain, 10, 14), ==, 80);
  /* One side of three is lighter or darker by 40: 40 * (0.1028 + 2 * 0.0624) = 9.1. */
  g_assert_cmpuint (get_result_pixel (sharp, 9, 14), ==, 129);
  g_assert_cmpuint (get_result_pixel (sharp, 10, 14), ==, 71);
  g_assert_cmpuint (get_result_pixel (sharp, 5, 14), ==, 120);
  g_assert_cmpuint (get_result_pixel (sharp, 0, 0), ==, 120);
}

static void
test_center_mass (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 2, 3, 8);
  g_autoptr (AtelierInputResult) result = NULL;

  /* An L: the mass is left of and below the middle of the box. */
  memset (pixels + 3 * SIDE + 6, 0, 4);
  atelier_input_init_mnist (&input, SIDE, SIDE);
  input.scale = FALSE;
  result = run_square (&input, pixels, SIDE);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].width, ==, 8);
  g_assert_cmpuint (get_result_pixel (result, 10, 10), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 9, 12), ==, 0);
  g_assert_cmpuint (get_result_pixel (result, 17, 17), ==, 255);
}

/* What fits is never cut off, however far its mass is from the middle. */
static void
test_center_mass_keeps_all (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 0, 0, 6);
  g_autoptr (AtelierInputResult) result = NULL;
  guint n_inked = 0;

  for (guint x = 0; x < 26; x++)
    pixels[5 * SIDE + x] = 20;
  atelier_input_init_mnist (&input, SIDE, SIDE);
  input.scale = FALSE;
  result = run_square (&input, pixels, SIDE);
  for (guint i = 0; i < N_PIXELS; i++)
    n_inked += get_result (result)->pixels[i] != 0;
  g_assert_cmpuint (n_inked, ==, 6 * 5 + 26);
}

static void
test_mnist_box (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (200, 200, 10, 10, 100);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_mnist (&input, SIDE, SIDE);
  result = run_square (&input, pixels, 200);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].width, ==, 20);
  g_assert_cmpuint (get_result_pixel (result, 3, 14), ==, 0);
  g_assert_cmpuint (get_result_pixel (result, 4, 4), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 23, 23), ==, 255);
  g_assert_cmpuint (get_result_pixel (result, 24, 14), ==, 0);
}

static void
test_everything_off (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 2, 19, 7);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.invert = ATELIER_INVERT_NEVER;
  input.levels = input.trim = input.scale = input.sharpen = input.center = FALSE;
  result = run_square (&input, pixels, SIDE);
  assert_result (result, pixels);
  for (guint stage = ATELIER_STAGE_GREY; stage < ATELIER_STAGE_RESULT; stage++)
    g_assert_false (result->stages[stage].was_applied);
}

static void
test_trim_without_center (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (SIDE, SIDE, 2, 19, 7);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.scale = input.center = FALSE;
  result = run_square (&input, pixels, SIDE);
  assert_result (result, pixels);
}

/* Without scaling, a picture that is too large is still scaled down. */
static void
test_too_large_without_scale (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = draw_square (100, 100, 10, 10, 56);
  g_autoptr (AtelierInputResult) result = NULL;

  atelier_input_init_mnist (&input, SIDE, SIDE);
  input.scale = FALSE;
  result = run_square (&input, pixels, 100);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_SCALE].width, ==, SIDE);
  g_assert_cmpuint (get_result_pixel (result, 0, 0), ==, 255);
}

/* A grey picture and the same picture in RGB give the same; so do two runs. */
static void
test_deterministic (void)
{
  AtelierInput input;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < 50; i++)
    {
      guint width = (guint) g_rand_int_range (rand, 1, 90);
      guint height = (guint) g_rand_int_range (rand, 1, 90);
      g_autofree guint8 *grey = g_malloc0 ((gsize) width * height);
      g_autofree guint8 *rgba = g_malloc ((gsize) width * height * 4);
      g_autoptr (AtelierInputResult) once = NULL;
      g_autoptr (AtelierInputResult) twice = NULL;
      g_autoptr (AtelierInputResult) coloured = NULL;

      for (guint k = 0; k < width * height; k++)
        {
          grey[k] = (guint8) g_rand_int (rand);
          memset (rgba + 4 * k, grey[k], 3);
          rgba[4 * k + 3] = 255;
        }
      input.center_on = i % 2 == 0 ? ATELIER_CENTER_BOX : ATELIER_CENTER_MASS;
      once = atelier_input_run_grey (&input, grey, width, height, width);
      twice = atelier_input_run_grey (&input, grey, width, height, width);
      coloured = atelier_input_run_rgba (&input, rgba, width, height, (gsize) width * 4);
      assert_same_results (once, twice);
      g_assert_true (coloured->stages[ATELIER_STAGE_GREY].was_applied);
      coloured->stages[ATELIER_STAGE_GREY].was_applied = FALSE;
      assert_same_results (once, coloured);
    }
}

/* The last step turns the picture left to right; it is in the file only where it is not "never". */
static void
test_mirror (void)
{
  guint8 pixels[N_PIXELS];
  AtelierInput input, read;
  g_autoptr (AtelierInputResult) plain = NULL;
  g_autoptr (AtelierInputResult) mirrored = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  draw_garment (9, 3, pixels);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  plain = run_square (&input, pixels, SIDE);
  input.mirror = ATELIER_MIRROR_ALWAYS;
  mirrored = run_square (&input, pixels, SIDE);
  g_assert_false (plain->stages[ATELIER_STAGE_MIRROR].was_applied);
  g_assert_true (mirrored->stages[ATELIER_STAGE_MIRROR].was_applied);
  for (guint i = 0; i < N_PIXELS; i++)
    g_assert_cmpuint (get_result_pixel (mirrored, i % SIDE, i / SIDE), ==,
                      get_result_pixel (plain, SIDE - 1 - i % SIDE, i / SIDE));
  atelier_input_result_mirror (mirrored);
  assert_result (mirrored, get_result (plain)->pixels);
  node = atelier_input_to_json (&input);
  g_assert_true (atelier_input_from_json (&read, node, "a-file", &error));
  g_assert_no_error (error);
  g_assert_true (atelier_input_equal (&input, &read));
  input.mirror = ATELIER_MIRROR_SURER;
  g_assert_false (atelier_input_equal (&input, &read));
}

/* Any pipeline on any picture gives a result of its size. */
static void
test_all_settings (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 3000; i++)
    {
      guint bits = g_rand_int (rand);
      guint width = (guint) g_rand_int_range (rand, 1, 60);
      guint height = (guint) g_rand_int_range (rand, 1, 60);
      g_autofree guint8 *pixels = g_malloc0 ((gsize) width * height);
      g_autoptr (AtelierInputResult) result = NULL;
      AtelierInput input = {
        .width = (guint) g_rand_int_range (rand, 1, 40),
        .height = (guint) g_rand_int_range (rand, 1, 40),
        .grey = TRUE,
        .invert = bits % 3,
        .levels = bits >> 9 & 1,
        .trim = bits >> 4 & 1,
        .scale = bits >> 5 & 1,
        .box = (guint) g_rand_int_range (rand, 1, 50),
        .sharpen = bits >> 6 & 1,
        .center = bits >> 7 & 1,
        .center_on = bits >> 8 & 1,
      };

      for (guint k = bits >> 16 & 31; k > 0; k--)
        {
          int at = g_rand_int_range (rand, 0, (int) (width * height));

          pixels[at] = (guint8) g_rand_int (rand);
        }
      result = atelier_input_run_grey (&input, pixels, width, height, width);
      g_assert_cmpuint (get_result (result)->width, ==, input.width);
      g_assert_cmpuint (get_result (result)->height, ==, input.height);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/input/equal", test_equal);
  g_test_add_func ("/core/input/mirror", test_mirror);
  g_test_add_func ("/core/input/presets", test_presets);
  g_test_add_func ("/core/input/stage-names", test_stage_names);
  g_test_add_func ("/core/input/framed-picture-is-kept", test_framed_picture_is_kept);
  g_test_add_func ("/core/input/printed-picture-comes-back", test_printed_picture_comes_back);
  g_test_add_func ("/core/input/whole-factor-is-exact", test_whole_factor_is_exact);
  g_test_add_func ("/core/input/faint-edge-is-kept", test_faint_edge_is_kept);
  g_test_add_func ("/core/input/trim-noise", test_trim_noise);
  g_test_add_func ("/core/input/trim-grey-paper", test_trim_grey_paper);
  g_test_add_func ("/core/input/small-drawing-is-enlarged", test_small_drawing_is_enlarged);
  g_test_add_func ("/core/input/enlarging-is-bilinear", test_enlarging_is_bilinear);
  g_test_add_func ("/core/input/shrinking-averages-areas", test_shrinking_averages_areas);
  g_test_add_func ("/core/input/proportions", test_proportions);
  g_test_add_func ("/core/input/not-square", test_not_square);
  g_test_add_func ("/core/input/luma", test_luma);
  g_test_add_func ("/core/input/row-stride", test_row_stride);
  g_test_add_func ("/core/input/invert", test_invert);
  g_test_add_func ("/core/input/invert-uses-own-range", test_invert_uses_own_range);
  g_test_add_func ("/core/input/empty", test_empty);
  g_test_add_func ("/core/input/empty-without-trim", test_empty_without_trim);
  g_test_add_func ("/core/input/transparent-is-empty", test_transparent_is_empty);
  g_test_add_func ("/core/input/one-pixel", test_one_pixel);
  g_test_add_func ("/core/input/thin-pictures", test_thin_pictures);
  g_test_add_func ("/core/input/largest", test_largest);
  g_test_add_func ("/core/input/original-in-small", test_original_in_small);
  g_test_add_func ("/core/input/sharpen", test_sharpen);
  g_test_add_func ("/core/input/center-mass", test_center_mass);
  g_test_add_func ("/core/input/center-mass-keeps-all", test_center_mass_keeps_all);
  g_test_add_func ("/core/input/mnist-box", test_mnist_box);
  g_test_add_func ("/core/input/everything-off", test_everything_off);
  g_test_add_func ("/core/input/trim-without-center", test_trim_without_center);
  g_test_add_func ("/core/input/too-large-without-scale", test_too_large_without_scale);
  g_test_add_func ("/core/input/deterministic", test_deterministic);
  g_test_add_func ("/core/input/all-settings", test_all_settings);

  return g_test_run ();
}
