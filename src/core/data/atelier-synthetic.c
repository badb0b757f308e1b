/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Sketched garments": draws pictures with atelier-garment, adds light and noise, and makes a data
 * set of them in random order.
 *
 * Each picture has its own random stream from the engine's counter-based generator, keyed by seed,
 * class and index.  So a picture does not depend on the order, the number or the thread of the
 * others.  Test and training pictures have different indices, so no picture is in both.
 */

#include "config.h"

#include "data/atelier-synthetic.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/atelier-error.h"
#include "data/atelier-garment.h"
#include "nn.h"

#define SIDE ATELIER_PEN_SIDE
#define N_PIXELS (SIDE * SIDE)
#define DATASET_ID "sketched-garments"
#define N_CLASSES 10
#define MAX_VALIDATION 5000

#define FIRST_TEST_IMAGE (1u << 31)

/* Keys of the shuffling, given as epochs that no training reaches, so that the order of training
 * does not depend on that of the data set. */
#define TRAIN_SHUFFLE G_MAXUINT64
#define TEST_SHUFFLE (G_MAXUINT64 - 1)

/* In the order of atelier_fashion_class_names. */
static void (* const draw_garment[N_CLASSES]) (AtelierPen *pen) = {
  atelier_garment_draw_t_shirt,
  atelier_garment_draw_trouser,
  atelier_garment_draw_pullover,
  atelier_garment_draw_dress,
  atelier_garment_draw_coat,
  atelier_garment_draw_sandal,
  atelier_garment_draw_shirt,
  atelier_garment_draw_sneaker,
  atelier_garment_draw_bag,
  atelier_garment_draw_ankle_boot,
};

/* Rotates, shifts and stretches the frame a little, so that no two garments have the same
 * position. */
static void
place_frame (AtelierPen *pen)
{
  const double x = atelier_pen_vary (pen, -0.8, 0.8);
  const double y = atelier_pen_vary (pen, -0.6, 0.6);
  const double turn = atelier_pen_vary (pen, -0.06, 0.06);
  const double stretch = atelier_pen_vary (pen, 0.9, 1.04);

  cairo_translate (pen->cr, SIDE / 2.0 + x, SIDE / 2.0 + y);
  cairo_rotate (pen->cr, turn);
  cairo_scale (pen->cr, stretch, 1);
  cairo_translate (pen->cr, 0, -SIDE / 2.0);
}

/* Adds light from one side, and noise where there is ink. */
static void
develop (AtelierPen   *pen,
         const guint8 *ink,
         gsize         stride,
         guint8       *pixels)
{
  const double light_x = atelier_pen_vary (pen, -0.016, 0.016);
  const double light_y = atelier_pen_vary (pen, -0.01, 0.01);
  const double grain = atelier_pen_vary (pen, 0.04, 0.16);

  for (guint y = 0; y < SIDE; y++)
    {
      for (guint x = 0; x < SIDE; x++)
        {
          const double noise = grain * (atelier_pen_roll (pen) * 0x1p-32 - 0.5);
          const double light = 1 + light_x * (x - 13.5) + light_y * (y - 13.5) + noise;

          pixels[y * SIDE + x] = (guint8) CLAMP (ink[y * stride + x] * light + 0.5, 0, 255);
        }
    }
}

/* Draws @n_images into new arrays: the classes in turn, then shuffled.  FALSE where memory is
 * short. */
static gboolean
draw_split (guint64   seed,
            guint64   shuffle,
            guint     first_image,
            guint     n_images,
            GBytes  **images,
            GBytes  **labels)
{
  g_autofree guint32 *order = g_try_new (guint32, MAX (n_images, 1));
  g_autofree guint8 *pixels = g_try_malloc_n (MAX (n_images, 1), N_PIXELS);
  g_autofree guint8 *classes = g_try_malloc (MAX (n_images, 1));

  if (order == NULL || pixels == NULL || classes == NULL)
    return FALSE;
  nn_shuffle (seed, shuffle, order, n_images);
  for (guint i = 0; i < n_images; i++)
    {
      classes[i] = order[i] % N_CLASSES;
      if (!atelier_synthetic_draw_image (seed, classes[i], first_image + order[i],
                                         pixels + (gsize) i * N_PIXELS))
        return FALSE;
    }
  *images = g_bytes_new_take (g_steal_pointer (&pixels), (gsize) n_images * N_PIXELS);
  *labels = g_bytes_new_take (g_steal_pointer (&classes), n_images);
  return TRUE;
}

gboolean
atelier_synthetic_draw_image (guint64  seed,
                              guint    i_class,
                              guint    i_image,
                              guint8  *pixels)
{
  cairo_surface_t *surface = NULL;
  AtelierPen pen = { 0 };
  gboolean is_drawn;

  g_return_val_if_fail (i_class < N_CLASSES, FALSE);
  g_return_val_if_fail (pixels != NULL, FALSE);

  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  pen.cr = cairo_create (surface);
  pen.seed = seed;
  pen.stream = (guint64) i_class << 32 | i_image;
  /* The exponent makes bright garments more frequent than dark ones. */
  pen.grey = 1 - 0.72 * pow (atelier_pen_vary (&pen, 0, 1), 1.4);

  /* The difference is not visible at this size, and it saves a fifth of the time. */
  cairo_set_antialias (pen.cr, CAIRO_ANTIALIAS_FAST);
  cairo_set_tolerance (pen.cr, 0.3);

  place_frame (&pen);
  draw_garment[i_class] (&pen);
  cairo_surface_flush (surface);
  is_drawn = atelier_pen_has_drawn (&pen);
  if (is_drawn)
    develop (&pen, cairo_image_surface_get_data (surface),
             (gsize) cairo_image_surface_get_stride (surface), pixels);
  cairo_destroy (pen.cr);
  cairo_surface_destroy (surface);
  return is_drawn;
}

AtelierDataset *
atelier_synthetic_new (guint64 seed,
                       guint   n_train,
                       guint   n_test)
{
  g_autoptr (GError) error = NULL;
  AtelierDataset *dataset = atelier_synthetic_try_new (seed, n_train, n_test, &error);

  g_assert_no_error (error);
  return dataset;
}

AtelierDataset *
atelier_synthetic_try_new (guint64   seed,
                           guint     n_train,
                           guint     n_test,
                           GError  **error)
{
  g_autoptr (GBytes) train_images = NULL;
  g_autoptr (GBytes) train_labels = NULL;
  g_autoptr (GBytes) test_images = NULL;
  g_autoptr (GBytes) test_labels = NULL;
  g_autofree char *source = NULL;
  AtelierDatasetParts parts = { 0 };

  g_return_val_if_fail (n_train >= 2 && n_train < FIRST_TEST_IMAGE, NULL);
  g_return_val_if_fail (n_test < FIRST_TEST_IMAGE, NULL);

  if (!draw_split (seed, TRAIN_SHUFFLE, 0, n_train, &train_images, &train_labels)
      || !draw_split (seed, TEST_SHUFFLE, FIRST_TEST_IMAGE, n_test, &test_images, &test_labels))
    {
      g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                           _("There is not enough memory to draw the sketched garments"));
      return NULL;
    }

  /* Translators: where the data set "Sketched garments" comes from */
  source = g_strdup_printf (_("drawn by this program from seed %" PRIu64), seed);
  parts.id = DATASET_ID;
  parts.name = "Sketched garments";
  parts.source = source;
  parts.height = SIDE;
  parts.width = SIDE;
  parts.channels = 1;
  parts.class_names = atelier_fashion_class_names;
  parts.n_validation = CLAMP (n_train / 6, 1, MAX_VALIDATION);
  parts.train_images = train_images;
  parts.train_labels = train_labels;
  parts.test_images = test_images;
  parts.test_labels = test_labels;

  return atelier_dataset_new (&parts, error);
}

gboolean
atelier_synthetic_is (AtelierDataset *dataset)
{
  return g_str_equal (atelier_dataset_get_id (dataset), DATASET_ID);
}
