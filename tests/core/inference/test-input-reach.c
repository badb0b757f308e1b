/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the pipeline reaches with real data: a network that was trained on Fashion-MNIST for a
 * few epochs judges garments that were drawn by program, and test pictures that were printed.
 *
 * Slow: it trains first.  Skipped where Fashion-MNIST is not installed.
 */

#include "config.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "data/atelier-dataset-finder.h"
#include "data/atelier-synthetic.h"
#include "inference/atelier-mirror.h"
#include "inference/atelier-neighbors.h"
#include "picture/atelier-input.h"
#include "training/atelier-trainer.h"
#include "ground-pictures.h"
#include "other-pictures.h"
#include "small-runs.h"

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)
#define N_CLASSES 10
#define N_EPOCHS 3
#define N_PRINTS 1000
#define PRINT_FACTOR 10
#define MARGIN_PERCENT 10
#define N_SHOES 500
#define N_ON_GROUNDS 50 /* pictures on each ground */
#define N_OF_OTHERS 100 /* pictures of each kind that is no garment */

static AtelierSplits *splits; /* NULL: not installed */
static AtelierModel *model;
static AtelierPredictor *predictor;
static AtelierNeighbors *neighbors;

static void
train (void)
{
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  preset_recipe_init (&recipe, "report-2");
  recipe.n_epochs = N_EPOCHS;
  start_with_values (trainer, network, &recipe, splits, 0, &error);
  g_assert_no_error (error);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
  model = atelier_model_ref (atelier_trainer_get_model (trainer));
  predictor = atelier_predictor_new (model, &error);
  g_assert_no_error (error);
  neighbors = atelier_neighbors_new (model, splits, 0, NULL, &error);
  g_assert_no_error (error);
}

/* FALSE where there are no real data; the test is skipped then. */
static gboolean
has_network (void)
{
  if (splits == NULL)
    {
      g_test_skip ("Fashion-MNIST is not installed (package dataset-fashion-mnist)");
      return FALSE;
    }
  if (predictor == NULL)
    train ();
  return TRUE;
}

static guint
find_best (const float *scores)
{
  guint best = 0;

  for (guint i = 1; i < N_CLASSES; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

static guint
answer (const guint8 *pixels,
        float        *scores)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_predictor_classify (predictor, pixels, scores, &error));
  g_assert_no_error (error);
  return find_best (scores);
}

static gboolean
is_unlike (const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  AtelierNeighborhood neighborhood;

  atelier_neighbors_look (neighbors, pixels, &neighborhood, &error);
  g_assert_no_error (error);
  return neighborhood.likeness != ATELIER_LIKENESS_FAMILIAR;
}

/* The ten scores in percent, as a row of the table. */
static void
print_scores (guint        truth,
              guint        said,
              const float *scores)
{
  g_autoptr (GString) row = g_string_new (NULL);

  for (guint i = 0; i < N_CLASSES; i++)
    g_string_append_printf (row, "%6.1f", 100 * scores[i]);
  g_test_message ("%-11s %s  %s%s", atelier_fashion_class_names[truth], row->str,
                  said == truth ? "right" : "called ",
                  said == truth ? "" : atelier_fashion_class_names[said]);
}

/* ---- Silhouettes ---- */

#define MAX_POINTS 14

/* An area, or a line where it has a width; in hundredths of the frame, up to the first (0, 0). */
typedef struct
{
  guint  i_class;
  guint8 grey;
  guint8 width;
  guint8 points[MAX_POINTS][2];
} Shape;

/* The ten classes as the data show them: laid flat, seen from the front, shoes with the toe to the
 * left; filled, in one or two greys.  Drawn from the classes' descriptions, once. */
static const Shape shapes[] = {
  /* T-shirt/top: short sleeves, round neck. */
  { 0, 200, 0, { { 40, 4 }, { 26, 8 }, { 6, 32 }, { 17, 42 }, { 28, 32 }, { 28, 97 }, { 72, 97 },
                 { 72, 32 }, { 83, 42 }, { 94, 32 }, { 74, 8 }, { 60, 4 }, { 50, 11 } } },
  /* Trouser: two straight legs. */
  { 1, 185, 0, { { 35, 2 }, { 65, 2 }, { 69, 98 }, { 55, 98 }, { 50, 36 }, { 45, 98 },
                 { 31, 98 } } },
  /* Pullover: long sleeves that hang down, a hem of another grey. */
  { 2, 165, 0, { { 38, 4 }, { 24, 9 }, { 12, 40 }, { 4, 90 }, { 16, 93 }, { 27, 48 }, { 27, 96 },
                 { 73, 96 }, { 73, 48 }, { 84, 93 }, { 96, 90 }, { 88, 40 }, { 76, 9 },
                 { 62, 4 } } },
  { 2, 135, 0, { { 27, 90 }, { 73, 90 }, { 73, 96 }, { 27, 96 } } },
  { 2, 135, 3, { { 39, 5 }, { 50, 9 }, { 61, 5 } } },
  /* Dress: narrow, wider at the hem. */
  { 3, 190, 0, { { 38, 2 }, { 45, 9 }, { 55, 9 }, { 62, 2 }, { 65, 22 }, { 60, 42 }, { 70, 98 },
                 { 30, 98 }, { 40, 42 }, { 35, 22 } } },
  /* Coat: long sleeves, a collar, open down the front. */
  { 4, 120, 0, { { 40, 2 }, { 25, 8 }, { 14, 40 }, { 8, 88 }, { 20, 90 }, { 27, 44 }, { 25, 98 },
                 { 75, 98 }, { 73, 44 }, { 80, 90 }, { 92, 88 }, { 86, 40 }, { 75, 8 },
                 { 60, 2 } } },
  { 4, 20, 3, { { 50, 24 }, { 50, 98 } } },
  { 4, 160, 0, { { 38, 3 }, { 49, 26 }, { 44, 30 }, { 33, 8 } } },
  { 4, 160, 0, { { 62, 3 }, { 51, 26 }, { 56, 30 }, { 67, 8 } } },
  /* Sandal: a sole and straps with air between them. */
  { 5, 180, 0, { { 2, 72 }, { 40, 70 }, { 70, 60 }, { 98, 50 }, { 98, 72 }, { 86, 72 }, { 70, 70 },
                 { 44, 78 }, { 4, 78 } } },
  { 5, 200, 6, { { 14, 72 }, { 26, 56 }, { 38, 70 } } },
  { 5, 200, 6, { { 60, 62 }, { 66, 36 }, { 92, 32 }, { 94, 50 } } },
  /* Shirt: a collar, buttons, long sleeves. */
  { 6, 215, 0, { { 40, 4 }, { 26, 9 }, { 16, 40 }, { 12, 80 }, { 22, 82 }, { 29, 44 }, { 29, 97 },
                 { 71, 97 }, { 71, 44 }, { 78, 82 }, { 88, 80 }, { 84, 40 }, { 74, 9 },
                 { 60, 4 } } },
  { 6, 150, 2, { { 50, 14 }, { 50, 97 } } },
  { 6, 245, 0, { { 39, 2 }, { 50, 14 }, { 42, 20 }, { 35, 6 } } },
  { 6, 245, 0, { { 61, 2 }, { 50, 14 }, { 58, 20 }, { 65, 6 } } },
  /* Sneaker: low, a lighter sole. */
  { 7, 150, 0, { { 3, 58 }, { 20, 50 }, { 42, 42 }, { 58, 30 }, { 76, 36 }, { 94, 30 }, { 98, 58 },
                 { 98, 64 }, { 3, 66 } } },
  { 7, 225, 0, { { 2, 62 }, { 98, 62 }, { 97, 70 }, { 4, 71 } } },
  { 7, 225, 3, { { 38, 46 }, { 52, 52 } } },
  { 7, 225, 3, { { 46, 40 }, { 60, 47 } } },
  /* Bag: a body and a handle. */
  { 8, 170, 0, { { 6, 40 }, { 94, 40 }, { 98, 96 }, { 2, 96 } } },
  { 8, 190, 6, { { 28, 40 }, { 32, 14 }, { 50, 6 }, { 68, 14 }, { 72, 40 } } },
  /* Ankle boot: a shaft and a heel. */
  { 9, 165, 0, { { 52, 4 }, { 92, 4 }, { 96, 60 }, { 97, 84 }, { 2, 84 }, { 4, 68 }, { 26, 58 },
                 { 48, 42 } } },
  { 9, 110, 0, { { 2, 84 }, { 97, 84 }, { 97, 96 }, { 72, 96 }, { 68, 88 }, { 3, 89 } } },
};

#define FRAME 280
#define WOBBLE 3.0 /* hundredths of the frame */
#define N_WOBBLY 40 /* of each class */

static double
wobble (GRand *random)
{
  return random != NULL ? g_rand_double_range (random, -WOBBLE, WOBBLE) : 0.0;
}

/* @pixels: [FRAME, FRAME], light on dark.  With @random, each point lies a little beside its place,
 * as when a hand draws. */
static void
draw_silhouette (guint   i_class,
                 GRand  *random,
                 guint8 *pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, FRAME, FRAME);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, FRAME / 100.0, FRAME / 100.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const Shape *shape = &shapes[i];
      double grey = shape->grey / 255.0;

      if (shape->i_class != i_class)
        continue;
      cairo_set_source_rgb (cr, grey, grey, grey);
      for (guint k = 0; k < MAX_POINTS && shape->points[k][0] > 0; k++)
        cairo_line_to (cr, shape->points[k][0] + wobble (random),
                       shape->points[k][1] + wobble (random));
      cairo_set_line_width (cr, shape->width);
      if (shape->width > 0)
        cairo_stroke (cr);
      else
        cairo_fill (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint y = 0; y < FRAME; y++)
    for (guint x = 0; x < FRAME; x++)
      *pixels++ = cairo_image_surface_get_data (surface)
                    [y * (guint) cairo_image_surface_get_stride (surface) + 4 * x + 1];
  cairo_surface_destroy (surface);
}

static void
test_silhouettes (void)
{
  AtelierInput input;
  guint n_right = 0;

  if (!has_network ())
    return;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  g_test_message ("%-11s   T-shi  Trou  Pull  Dres  Coat  Sand  Shir  Snea   Bag  Boot", "");
  for (guint i = 0; i < N_CLASSES; i++)
    {
      g_autofree guint8 *pixels = g_malloc (FRAME * FRAME);
      g_autoptr (AtelierInputResult) result = NULL;
      float scores[N_CLASSES];
      guint said;

      draw_silhouette (i, NULL, pixels);
      result = atelier_input_run_grey (&input, pixels, FRAME, FRAME, FRAME);
      said = answer (result->stages[ATELIER_STAGE_RESULT].pixels, scores);
      print_scores (i, said, scores);
      n_right += said == i;
      g_assert_false (is_unlike (result->stages[ATELIER_STAGE_RESULT].pixels));
    }
  g_test_message ("%u of %u right", n_right, N_CLASSES);
  g_assert_cmpuint (n_right, >=, 8);
}

/* Who draws with an unsteady hand is seldom told that it is no garment. */
static void
test_wobbly_silhouettes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree guint8 *pixels = g_malloc (FRAME * FRAME);
  AtelierInput input;
  guint n_right = 0, n_unlike = 0;

  if (!has_network ())
    return;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < N_CLASSES * N_WOBBLY; i++)
    {
      g_autoptr (AtelierInputResult) result = NULL;
      float scores[N_CLASSES];

      draw_silhouette (i / N_WOBBLY, random, pixels);
      result = atelier_input_run_grey (&input, pixels, FRAME, FRAME, FRAME);
      n_right += answer (result->stages[ATELIER_STAGE_RESULT].pixels, scores) == i / N_WOBBLY;
      n_unlike += is_unlike (result->stages[ATELIER_STAGE_RESULT].pixels);
    }
  g_test_message ("%u wobbly silhouettes: %.1f %% right, %.1f %% called unlike the training data",
                  N_CLASSES * N_WOBBLY, 100.0 * n_right / (N_CLASSES * N_WOBBLY),
                  100.0 * n_unlike / (N_CLASSES * N_WOBBLY));
  g_assert_cmpuint (100 * n_unlike, <=, 3 * N_CLASSES * N_WOBBLY);
}

/* How a network that was trained on real data classifies the built-in data; only printed. */
static void
test_sketched_garments (void)
{
  const guint n_each = 50;
  AtelierInput input;

  if (!has_network ())
    return;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      guint n_right = 0;

      for (guint k = 0; k < n_each; k++)
        {
          guint8 pixels[N_PIXELS];
          g_autoptr (AtelierInputResult) result = NULL;
          float scores[N_CLASSES];

          atelier_synthetic_draw_image (ATELIER_SYNTHETIC_SEED, i, k, pixels);
          result = atelier_input_run_grey (&input, pixels, SIDE, SIDE, SIDE);
          g_assert_false (result->is_empty);
          n_right += answer (result->stages[ATELIER_STAGE_RESULT].pixels, scores) == i;
        }
      g_test_message ("Sketched garments, %s: %u of %u right", atelier_fashion_class_names[i],
                      n_right, n_each);
    }
}

/* ---- Prints ---- */

/* A picture of the data set as a person has it on paper: ten times as large, dark on white, with a
 * margin, in a PNG file. */
static AtelierPicture *
print_picture (const guint8 *pixels,
               guint         margin)
{
  int side = (int) (SIDE * PRINT_FACTOR + 2 * margin);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture;
  char *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (guint y = 0; y < SIDE * PRINT_FACTOR; y++)
    {
      guint8 *row = gdk_pixbuf_get_pixels (pixbuf)
                    + (y + margin) * (guint) gdk_pixbuf_get_rowstride (pixbuf) + 3 * margin;

      for (guint x = 0; x < SIDE * PRINT_FACTOR; x++, row += 3)
        memset (row, 255 - pixels[y / PRINT_FACTOR * SIDE + x / PRINT_FACTOR], 3);
    }
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, "compression", "1", NULL);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (buffer, size);
  picture = atelier_picture_from_bytes (bytes, "print.png", NULL, &error);
  g_assert_no_error (error);
  return picture;
}

/* How many printed pictures get the answer of their original, without and with sharpening. */
static void
count_same (guint  margin,
            guint *n_plain,
            guint *n_sharpened)
{
  guint n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  AtelierInput sharpened, plain;

  atelier_input_init_fashion (&sharpened, SIDE, SIDE);
  plain = sharpened;
  plain.sharpen = FALSE;
  *n_plain = *n_sharpened = 0;
  for (guint i = 0; i < N_PRINTS; i++)
    {
      const guint8 *original =
        atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i * (n_images / N_PRINTS));
      g_autoptr (AtelierPicture) picture = print_picture (original, margin);
      g_autoptr (AtelierInputResult) off = atelier_input_run_picture (&plain, picture);
      g_autoptr (AtelierInputResult) on = atelier_input_run_picture (&sharpened, picture);
      float scores[N_CLASSES];
      guint said = answer (original, scores);

      *n_plain += answer (off->stages[ATELIER_STAGE_RESULT].pixels, scores) == said;
      *n_sharpened += answer (on->stages[ATELIER_STAGE_RESULT].pixels, scores) == said;
    }
}

static void
test_prints (void)
{
  const guint margins[] = { 0, SIDE * PRINT_FACTOR * MARGIN_PERCENT / 100 };

  if (!has_network ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (margins); i++)
    {
      guint n_plain, n_sharpened;

      count_same (margins[i], &n_plain, &n_sharpened);
      g_test_message ("%u prints with a margin of %u pixels: %.1f %% get the answer of the "
                      "original, %.1f %% when sharpened again",
                      N_PRINTS, margins[i], 100.0 * n_plain / N_PRINTS,
                      100.0 * n_sharpened / N_PRINTS);
      g_assert_cmpuint (n_plain * 100, >=, 95 * N_PRINTS);
    }
}

/* ---- Grounds ---- */

/* What @garment's photograph on @ground is taken for, and whether it is told to be unlike. */
static guint
judge_on_ground (const AtelierInput *input,
                 Ground              ground,
                 const guint8       *garment,
                 guint32             seed,
                 gboolean           *unlike)
{
  guint side;
  g_autofree guint8 *pixels = ground_pictures_make (ground, garment, seed, &side);
  g_autoptr (AtelierInputResult) result =
    atelier_input_run_rgba (input, pixels, side, side, (gsize) side * 4);
  float scores[N_CLASSES];

  *unlike = is_unlike (result->stages[ATELIER_STAGE_RESULT].pixels);
  return answer (result->stages[ATELIER_STAGE_RESULT].pixels, scores);
}

/* Photographs get the answer that they get on white. */
static void
test_grounds (void)
{
  guint white[N_ON_GROUNDS];
  guint n_images, n_same = 0, n_unlike = 0;
  AtelierInput input;
  gboolean unlike;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (Ground ground = GROUND_WHITE; ground < N_GROUNDS; ground++)
    {
      guint n_here = 0, n_unlike_here = 0;

      for (guint i = 0; i < N_ON_GROUNDS; i++)
        {
          const guint8 *garment =
            atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i * (n_images / N_ON_GROUNDS));
          guint said = judge_on_ground (&input, ground, garment, i, &unlike);

          if (ground == GROUND_WHITE)
            white[i] = said;
          n_here += said == white[i];
          n_unlike_here += unlike;
        }
      g_test_message ("%s: %.1f %% as on white, %.1f %% called unlike the training data",
                      ground_pictures_get_name (ground), 100.0 * n_here / N_ON_GROUNDS,
                      100.0 * n_unlike_here / N_ON_GROUNDS);
      if (ground == GROUND_WHITE)
        continue;
      g_assert_cmpuint (100 * n_here, >=, 85 * N_ON_GROUNDS);
      n_same += n_here;
      n_unlike += n_unlike_here;
    }
  g_test_message ("All grounds: %.1f %% as on white, %.1f %% called unlike the training data",
                  100.0 * n_same / (N_ON_GROUNDS * (N_GROUNDS - 1)),
                  100.0 * n_unlike / (N_ON_GROUNDS * (N_GROUNDS - 1)));
  g_assert_cmpuint (100 * n_same, >=, 95 * N_ON_GROUNDS * (N_GROUNDS - 1));
  g_assert_cmpuint (100 * n_unlike, <=, 3 * N_ON_GROUNDS * (N_GROUNDS - 1));
}

/* ---- Likeness ---- */

/* In a hundred pictures of each kind, at least so many must be called unlike the training data.  A
 * soft cloud that does not fill its frame may have a bag's outline, and so may a range of hills. */
static const guint least_unlike[N_OTHERS] = {
  [OTHER_CLOUD] = 75, [OTHER_GRAIN] = 97, [OTHER_STRIPES] = 90, [OTHER_GRADIENT] = 90,
  [OTHER_FACE] = 85, [OTHER_TEXT] = 80, [OTHER_LETTER] = 92, [OTHER_CHECKS] = 87,
  [OTHER_RINGS] = 92, [OTHER_LANDSCAPE] = 65, [OTHER_DOTS] = 95, [OTHER_SCRIBBLE] = 92,
};

static void
test_no_garments (void)
{
  AtelierInput input;
  guint n_unlike = 0;

  if (!has_network ())
    return;
  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (Other kind = 0; kind < N_OTHERS; kind++)
    {
      guint n_here = 0;

      for (guint i = 0; i < N_OF_OTHERS; i++)
        {
          guint width, height;
          g_autofree guint8 *pixels = other_pictures_make (kind, i, &width, &height);
          g_autoptr (AtelierInputResult) result =
            atelier_input_run_rgba (&input, pixels, width, height, (gsize) width * 4);

          n_here += is_unlike (result->stages[ATELIER_STAGE_RESULT].pixels);
        }
      g_test_message ("%s: %.1f %% called unlike the training data",
                      other_pictures_get_name (kind), 100.0 * n_here / N_OF_OTHERS);
      g_assert_cmpuint (100 * n_here, >=, least_unlike[kind] * N_OF_OTHERS);
      n_unlike += n_here;
    }
  g_test_message ("All kinds: %.1f %%", 100.0 * n_unlike / (N_OF_OTHERS * N_OTHERS));
  g_assert_cmpuint (100 * n_unlike, >=, 91 * N_OF_OTHERS * N_OTHERS);
}

/* Of the test pictures, as of those from which the limits come, about one in a hundred. */
static void
test_own_pictures (void)
{
  const guint n = 2000;
  guint n_images, n_unlike = 0;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  for (guint i = 0; i < n; i++)
    n_unlike +=
      is_unlike (atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i * (n_images / n)));
  g_test_message ("%.2f %% of the test pictures called unlike the training data",
                  100.0 * n_unlike / n);
  g_assert_cmpuint (1000 * n_unlike, >=, 5 * n);
  g_assert_cmpuint (1000 * n_unlike, <=, 18 * n);
}

/* As picture files of their own size, light on black or dark on white, the data set's pictures get
 * the answers that they get without looking for a ground. */
static void
test_own_files (void)
{
  AtelierInput with, without;
  guint n_images, n_same = 0;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  atelier_input_init_fashion (&with, SIDE, SIDE);
  without = with;
  without.ground = FALSE;
  for (guint i = 0; i < 2 * n_images; i++)
    {
      const guint8 *pixels = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i / 2);
      guint8 rgba[N_PIXELS * 4];
      g_autoptr (AtelierInputResult) a = NULL;
      g_autoptr (AtelierInputResult) b = NULL;
      float scores[N_CLASSES];

      memset (rgba, 255, sizeof rgba);
      for (guint k = 0; k < N_PIXELS; k++)
        memset (&rgba[k * 4], i % 2 ? 255 - pixels[k] : pixels[k], 3);
      a = atelier_input_run_rgba (&with, rgba, SIDE, SIDE, SIDE * 4);
      b = atelier_input_run_rgba (&without, rgba, SIDE, SIDE, SIDE * 4);
      n_same += answer (a->stages[ATELIER_STAGE_RESULT].pixels, scores)
                == answer (b->stages[ATELIER_STAGE_RESULT].pixels, scores);
    }
  g_test_message ("%u of %u pictures keep their answer", n_same, 2 * n_images);
  g_assert_cmpuint (1000 * n_same, >=, 999 * 2 * n_images);
}

/* ---- Mirror images ---- */

/* Whether the mirror image is hinted at: by the training pictures too, or by the scores alone. */
static gboolean
has_hint (const guint8 *pixels,
          gboolean      compares)
{
  g_autoptr (GError) error = NULL;
  AtelierNeighborhood neighborhood;
  AtelierMirrorJudgement judgement;
  float scores[N_CLASSES];

  atelier_mirror_classify (predictor, ATELIER_MIRROR_NEVER, pixels, scores, &judgement, &error);
  g_assert_no_error (error);
  g_assert_false (judgement.was_mirrored);
  if (compares)
    {
      atelier_neighbors_look (neighbors, pixels, &neighborhood, &error);
      g_assert_no_error (error);
      atelier_mirror_compare (&judgement, &neighborhood);
    }
  return judgement.is_hint;
}

/* Shoes that point to the right, as none of the training pictures does: the surer of the picture
 * and its mirror image is right more often, and most wrong answers come with a hint. */
static void
test_turned_shoes (void)
{
  guint n_images, n_shoes = 0, n_never = 0, n_surer = 0, n_hints = 0, n_alone = 0;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  for (guint i = 0; i < n_images && n_shoes < N_SHOES; i++)
    {
      const guint8 *pixels = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i);
      guint truth = atelier_splits_get_label (splits, ATELIER_SPLIT_TEST, i);
      guint8 turned[N_PIXELS];
      float scores[N_CLASSES];
      AtelierMirrorJudgement judgement;

      if (truth != 5 && truth != 7 && truth != 9)
        continue;
      n_shoes++;
      atelier_input_mirror (pixels, SIDE, SIDE, turned);
      g_assert_true (atelier_mirror_classify (predictor, ATELIER_MIRROR_SURER, turned, scores,
                                              &judgement, NULL));
      n_surer += find_best (scores) == truth;
      if (answer (turned, scores) == truth)
        n_never++;
      else
        {
          n_hints += has_hint (turned, TRUE);
          n_alone += has_hint (turned, FALSE);
        }
    }
  g_test_message ("%u shoes that point to the right: %.1f %% right, %.1f %% with the surer of "
                  "both; of the wrong ones %.1f %% get a hint, %.1f %% by the scores alone",
                  n_shoes, 100.0 * n_never / n_shoes, 100.0 * n_surer / n_shoes,
                  100.0 * n_hints / (n_shoes - n_never), 100.0 * n_alone / (n_shoes - n_never));
  g_assert_cmpuint (n_surer, >, n_never);
  g_assert_cmpuint (100 * n_surer, >=, 80 * n_shoes);
  g_assert_cmpuint (100 * n_hints, >=, 85 * (n_shoes - n_never));
}

/* Test pictures as they are, which the network mostly names rightly, get hardly any hint. */
static void
test_idle_hints (void)
{
  const guint n = 2500;
  guint n_images, n_hints = 0, n_alone = 0;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  for (guint i = 0; i < n; i++)
    {
      const guint8 *pixels =
        atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i * (n_images / n));

      n_hints += has_hint (pixels, TRUE);
      n_alone += has_hint (pixels, FALSE);
    }
  g_test_message ("%.2f %% of the test pictures get a hint, %.2f %% by the scores alone",
                  100.0 * n_hints / n, 100.0 * n_alone / n);
  g_assert_cmpuint (1000 * n_hints, <=, 2 * n);
}

/* The data set's own pictures come out unchanged, except for the few whose box is off the middle or
 * whose edges are too faint. */
static void
test_own_size (void)
{
  AtelierInput input;
  guint n_images, n_kept = 0;

  if (!has_network ())
    return;
  n_images = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  for (guint i = 0; i < n_images; i++)
    {
      const guint8 *pixels = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i);
      g_autoptr (AtelierInputResult) result =
        atelier_input_run_grey (&input, pixels, SIDE, SIDE, SIDE);

      g_assert_false (result->was_inverted);
      g_assert_false (result->stages[ATELIER_STAGE_LEVELS].was_applied);
      n_kept += memcmp (result->stages[ATELIER_STAGE_RESULT].pixels, pixels, N_PIXELS) == 0;
    }
  g_test_message ("%u of %u test pictures come back byte for byte", n_kept, n_images);
  g_assert_cmpuint (100 * n_kept, >=, 99 * n_images);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AtelierDataset) dataset = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  dataset = atelier_dataset_finder_load ("auto", NULL, NULL);
  if (dataset != NULL && atelier_dataset_is_published_fashion_mnist (dataset))
    splits = atelier_splits_new (dataset);
  g_test_add_func ("/core/input-reach/silhouettes", test_silhouettes);
  g_test_add_func ("/core/input-reach/wobbly-silhouettes", test_wobbly_silhouettes);
  g_test_add_func ("/core/input-reach/sketched-garments", test_sketched_garments);
  g_test_add_func ("/core/input-reach/prints", test_prints);
  g_test_add_func ("/core/input-reach/own-size", test_own_size);
  g_test_add_func ("/core/input-reach/own-files", test_own_files);
  g_test_add_func ("/core/input-reach/grounds", test_grounds);
  g_test_add_func ("/core/input-reach/turned-shoes", test_turned_shoes);
  g_test_add_func ("/core/input-reach/idle-hints", test_idle_hints);
  g_test_add_func ("/core/input-reach/no-garments", test_no_garments);
  g_test_add_func ("/core/input-reach/own-pictures", test_own_pictures);
  status = g_test_run ();
  g_clear_object (&neighbors);
  g_clear_object (&predictor);
  g_clear_pointer (&model, atelier_model_unref);
  g_clear_pointer (&splits, atelier_splits_unref);
  return status;
}
