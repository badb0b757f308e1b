/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a network: where things lie for 1 to 60 layers with and without residual blocks,
 * and that they are drawn. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "atelier-export.h"
#include "atelier-network-picture.h"

#define MAX_STEPS 64
#define WIDTH 420.0

static const AtelierNetworkStep input = {
  .height = 32, .width = 32, .channels = 3, .title = "Input", .detail = "32 × 32 × 3",
};
static const AtelierNetworkStep conv = {
  .height = 32, .width = 32, .channels = 16, .title = "Conv 16", .detail = "32 × 32 × 16",
};
static const AtelierNetworkStep wide = {
  .height = 4, .width = 24, .channels = 64, .title = "Average pool 8×2", .detail = "4 × 24 × 64",
};
static const AtelierNetworkStep plate = {
  .kind = ATELIER_STEP_THROUGH, .height = 32, .width = 32, .channels = 16, .title = "Dropout 20 %",
};
static const AtelierNetworkStep misfit = {
  .title = "Max pool 2×2", .detail = "does not fit", .is_misfit = TRUE,
};
static const AtelierNetworkStep dense = {
  .height = 1, .width = 1, .channels = 10, .title = "Dense 10", .detail = "10",
};

typedef struct
{
  AtelierNetworkStep    steps[MAX_STEPS];
  AtelierNetworkPicture picture;
} Network;

static void
begin (Network *network)
{
  *network = (Network) {
    .picture = { .n_steps = 1, .i_selected = ATELIER_NO_STEP, .i_hovered = ATELIER_NO_STEP },
  };
  network->picture.steps = network->steps;
  network->steps[0] = input;
}

static void
add (Network                  *network,
     const AtelierNetworkStep *step)
{
  g_assert_cmpuint (network->picture.n_steps, <, MAX_STEPS);
  network->steps[network->picture.n_steps++] = *step;
}

static void
add_block (Network *network,
           guint    n_body,
           guint    n_shortcut)
{
  const AtelierNetworkStep block = {
    .kind = ATELIER_STEP_BLOCK, .height = 32, .width = 32, .channels = 16, .title = "Residual",
    .detail = "32 × 32 × 16", .n_body = n_body, .n_shortcut = n_shortcut,
  };

  add (network, &block);
  for (guint i = 0; i < n_body + n_shortcut; i++)
    add (network, i % 3 == 2 ? &plate : i % 4 == 3 ? &wide : &conv);
}

/* All kinds of steps. */
static void
make_chain (Network *network,
            guint    n_layers)
{
  static const AtelierNetworkStep *const turns[] = { &conv, &plate, &wide, &misfit, &dense };

  begin (network);
  for (guint i = 0; i < n_layers; i++)
    add (network, turns[i % G_N_ELEMENTS (turns)]);
}

static void
make_blocks (Network *network,
             guint    n_blocks)
{
  begin (network);
  for (guint i = 0; i < n_blocks; i++)
    {
      add_block (network, 1 + i % 4, i % 3);
      if (i % 2 == 0)
        add (network, &wide);
    }
  add (network, &dense);
}

/* ---- Where things lie ---- */

static gboolean
overlap (const AtelierNetworkArea *a,
         const AtelierNetworkArea *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

static void
assert_inside (const AtelierNetworkArea *area,
               const AtelierNetworkArea *outer)
{
  g_assert_cmpfloat (area->x, >=, outer->x);
  g_assert_cmpfloat (area->y, >=, outer->y);
  g_assert_cmpfloat (area->x + area->width, <=, outer->x + outer->width + 1e-6);
  g_assert_cmpfloat (area->y + area->height, <=, outer->y + outer->height + 1e-6);
}

static void
assert_hit (const AtelierNetworkLayout *layout,
            const AtelierNetworkArea   *area,
            guint                       i_step)
{
  g_assert_cmpuint (atelier_network_layout_find (layout, area->x + area->width / 2.0,
                                                 area->y + area->height / 2.0),
                    ==, i_step);
}

static void
check_layout (const AtelierNetworkLayout *layout)
{
  const AtelierNetworkArea all = { 0.0, 0.0, layout->width, layout->height };

  for (guint i = 0; i < layout->n_spots; i++)
    {
      const AtelierNetworkSpot *spot = &layout->spots[i];

      assert_inside (&spot->shape, &all);
      assert_inside (&spot->label, &all);
      g_assert_false (overlap (&spot->shape, &spot->label));
      assert_hit (layout, &spot->shape, i);
      assert_hit (layout, &spot->label, i);
      if (spot->parent != ATELIER_NO_STEP)
        assert_inside (&spot->shape, &layout->spots[spot->parent].frame);
      if (spot->frame.width > 0.0)
        assert_inside (&spot->frame, &all);
      for (guint k = 0; k < i; k++)
        {
          g_assert_false (overlap (&spot->label, &layout->spots[k].label));
          g_assert_false (overlap (&spot->shape, &layout->spots[k].shape));
          g_assert_false (overlap (&spot->shape, &layout->spots[k].label));
          g_assert_false (overlap (&spot->label, &layout->spots[k].frame));
          g_assert_false (overlap (&spot->frame, &layout->spots[k].frame));
        }
    }
  g_assert_cmpuint (atelier_network_layout_find (layout, -50.0, 10.0), ==, ATELIER_NO_STEP);
  g_assert_cmpuint (atelier_network_layout_find (layout, 10.0, 1e6), ==, ATELIER_NO_STEP);
}

/* At several widths, heights and sizes of text. */
static void
check_network (Network *network)
{
  static const double font_sizes[] = { 7.0, 12.0, 18.0 }, shares[] = { 0.0, 0.4, 1.0, 2.0 };

  for (guint i = 0; i < G_N_ELEMENTS (font_sizes); i++)
    for (guint k = 0; k < 3; k++)
      {
        double least, width, minimum, natural;

        network->picture.font_size = font_sizes[i];
        network->picture.has_caption = k == 1;
        least = atelier_network_picture_get_width (&network->picture);
        width = least + k * 200.0;
        atelier_network_picture_get_heights (&network->picture, width, &minimum, &natural);
        g_assert_cmpfloat (minimum, <=, natural);
        for (guint j = 0; j < G_N_ELEMENTS (shares); j++)
          {
            const double height = minimum + shares[j] * (natural - minimum);
            g_autoptr (AtelierNetworkLayout) layout
              = atelier_network_layout_new (&network->picture, width, height);

            g_assert_cmpfloat (layout->height, <=, height + 1e-6);
            check_layout (layout);
          }
      }
}

static void
test_chains (void)
{
  for (guint n = 0; n <= 60; n += n < 8 ? 1 : 13)
    {
      Network network;

      make_chain (&network, n);
      check_network (&network);
    }
}

static void
test_blocks (void)
{
  for (guint n = 1; n <= 9; n += 2)
    {
      Network network;

      make_blocks (&network, n);
      check_network (&network);
    }
}

/* A list that is being edited may end within a block. */
static void
test_cut_block (void)
{
  Network network;

  begin (&network);
  add_block (&network, 2, 1);
  for (guint n = 2; n <= 4; n++)
    {
      network.picture.n_steps = n;
      check_network (&network);
    }
}

/* Free places of a frame are its block's. */
static void
test_frame (void)
{
  g_autoptr (AtelierNetworkLayout) layout = NULL;
  const AtelierNetworkArea *frame;
  Network network;

  begin (&network);
  add_block (&network, 2, 0);
  layout = atelier_network_layout_new (&network.picture, WIDTH, 600.0);
  frame = &layout->spots[1].frame;
  g_assert_cmpuint (atelier_network_layout_find (layout, frame->x + 2.0,
                                                 frame->y + frame->height / 2.0),
                    ==, 1);
  g_assert_cmpfloat (layout->spots[1].line_x, <, layout->spots[2].shape.x);
  g_assert_cmpfloat (layout->spots[1].line_x, >, frame->x);
}

/* The layers of a shortcut leave the line of the body free. */
static void
test_shortcut (void)
{
  g_autoptr (AtelierNetworkLayout) layout = NULL;
  const AtelierNetworkArea *shape;
  Network network;

  begin (&network);
  add_block (&network, 2, 1);
  layout = atelier_network_layout_new (&network.picture, WIDTH, 600.0);
  g_assert_true (layout->spots[4].is_shortcut);
  shape = &layout->spots[4].shape;
  g_assert_cmpfloat (shape->x + shape->width, <, layout->axis_x);
  g_assert_cmpfloat_with_epsilon (layout->spots[4].line_x, layout->spots[1].line_x, 1e-9);
}

/* ---- How large things are ---- */

/* Steps with ever more pixels and ever fewer channels. */
static void
check_sizes (guint factor)
{
  g_autoptr (AtelierNetworkLayout) layout = NULL;
  Network network;

  begin (&network);
  for (guint i = 0, n = 2; i < 8; i++, n *= factor)
    {
      AtelierNetworkStep step = conv;

      step.height = step.width = n;
      step.channels = 1u << (14 - i);
      add (&network, &step);
    }
  network.picture.n_steps = 9;
  layout = atelier_network_layout_new (&network.picture, WIDTH, 3000.0);
  for (guint i = 2; i < 9; i++)
    {
      const AtelierNetworkSpot *spot = &layout->spots[i], *last = &layout->spots[i - 1];

      g_assert_cmpfloat (spot->shape.width, >, last->shape.width);
      g_assert_cmpfloat (spot->slant_x, >, last->slant_x);
      g_assert_cmpfloat (spot->shape.height - spot->slant_y, <,
                         last->shape.height - last->slant_y);
      g_assert_cmpfloat (spot->shape.height - spot->slant_y, >, 1.0);
      g_assert_cmpfloat (spot->shape.width - spot->slant_x, >, 5.0);
    }
}

static void
test_sizes (void)
{
  check_sizes (2);
  check_sizes (3);
}

/* The root is chosen by what would not be seen, and said. */
static void
test_caption (void)
{
  static const struct
  {
    guint       side;
    guint       channels;
    const char *words;
  } cases[] = {
    { 8, 16, "Sides and channels are to scale." },
    { 8, 600, "Sides are to scale. Channels are drawn by their square roots." },
    { 1, 60000, "Sides are drawn by their square roots. Channels are drawn by their cube roots." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *caption = NULL;
      AtelierNetworkStep step = conv;
      Network network;

      step.height = cases[i].side;
      step.width = cases[i].side + 1;
      step.channels = cases[i].channels;
      begin (&network);
      add (&network, &step);
      caption = atelier_network_picture_dup_caption (&network.picture);
      g_assert_cmpstr (caption, ==, cases[i].words);
    }
}

/* Little height: first one line each, then smaller boxes. */
static void
test_shrinks (void)
{
  g_autoptr (AtelierNetworkLayout) high = NULL;
  g_autoptr (AtelierNetworkLayout) low = NULL;
  double minimum, natural;
  Network network;

  make_chain (&network, 30);
  atelier_network_picture_get_heights (&network.picture, WIDTH, &minimum, &natural);
  high = atelier_network_layout_new (&network.picture, WIDTH, natural);
  low = atelier_network_layout_new (&network.picture, WIDTH, minimum);
  g_assert_false (high->is_compact);
  g_assert_cmpfloat_with_epsilon (high->size, 1.0, 1e-6);
  g_assert_true (low->is_compact);
  g_assert_cmpfloat (low->size, <, 0.5);
}

/* ---- Drawing ---- */

static guint
sum_ink (const AtelierNetworkPicture *picture,
         const AtelierPalette        *palette)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) WIDTH, 800);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (AtelierNetworkLayout) layout = atelier_network_layout_new (picture, WIDTH, 800.0);
  const guint8 *data;
  guint sum = 0;

  atelier_network_picture_draw (picture, layout, palette, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int i = 0; i < cairo_image_surface_get_stride (surface) * 800; i++)
    sum = sum * 31 + data[i];
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return sum;
}

/* Blocks in blocks fit nowhere, but a list that is being edited may have them. */
static void
test_nested (void)
{
  g_autoptr (AtelierNetworkLayout) layout = NULL;
  Network network;

  begin (&network);
  add_block (&network, 3, 0);
  network.steps[3] = network.steps[1];
  layout = atelier_network_layout_new (&network.picture, WIDTH, 800.0);
  for (guint i = 0; i < layout->n_spots; i++)
    {
      assert_hit (layout, &layout->spots[i].label, i);
      g_assert_cmpfloat (layout->spots[i].shape.y, >, 0.0);
      g_assert_cmpfloat (layout->spots[i].frame.height, >=, 0.0);
    }
  g_assert_cmpuint (sum_ink (&network.picture, &atelier_palette_light), !=, 0);
}

/* Each state shows, of each kind of step, in each palette. */
static void
test_states (void)
{
  const AtelierPalette *const palettes[] = { &atelier_palette_light, &atelier_palette_dark };
  Network network;

  begin (&network);
  add_block (&network, 3, 1);
  add (&network, &misfit);
  add (&network, &dense);
  for (guint i = 0; i < network.picture.n_steps * 2; i++)
    {
      const AtelierPalette *palette = palettes[i % 2];
      const guint plain = sum_ink (&network.picture, palette);
      AtelierNetworkPicture selected = network.picture, hovered = network.picture, ringed;

      selected.i_selected = hovered.i_hovered = i / 2;
      ringed = selected;
      ringed.has_focus = TRUE;
      g_assert_cmpuint (sum_ink (&selected, palette), !=, plain);
      g_assert_cmpuint (sum_ink (&hovered, palette), !=, plain);
      g_assert_cmpuint (sum_ink (&ringed, palette), !=, sum_ink (&selected, palette));
    }
}

/* In high contrast, text is not dimmed, and outlines are as strong as text. */
static void
test_high_contrast (void)
{
  AtelierPalette strong = atelier_palette_light, nearly;
  Network network;

  begin (&network);
  network.steps[0].title = network.steps[0].detail = "";
  nearly = strong;
  nearly.dim_text.red += 0.1;
  strong.dim_text = strong.text;
  g_assert_cmpuint (sum_ink (&network.picture, &strong), !=, sum_ink (&network.picture, &nearly));
}

static void
test_nothing (void)
{
  AtelierNetworkPicture nothing = { .n_steps = 0 };
  g_autofree char *words = atelier_network_picture_describe (&nothing);
  double minimum, natural;

  g_assert_cmpuint (sum_ink (&nothing, &atelier_palette_light), ==, 0);
  atelier_network_picture_get_heights (&nothing, WIDTH, &minimum, &natural);
  g_assert_cmpfloat (minimum, <=, natural);
  g_assert_cmpstr (words, ==, "0 layers");
}

static void
test_describe (void)
{
  g_autofree char *words = NULL;
  Network network;

  begin (&network);
  add_block (&network, 1, 1);
  add (&network, &misfit);
  words = atelier_network_picture_describe (&network.picture);
  g_assert_cmpstr (words, ==,
                   "4 layers: Input, 32 × 32 × 3; Residual, 32 × 32 × 16 (Conv 16, 32 × 32 × 16; "
                   "Conv 16, 32 × 32 × 16); Max pool 2×2, does not fit");
}

/* ---- Files ---- */

static gboolean
keep_bytes (const char  *path,
            GBytes      *bytes,
            GError     **error)
{
  return g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), error);
}

static void
test_export (void)
{
  static const char *const starts[][2] = {
    { "network.svg", "<?xml" }, { "network.pdf", "%PDF-" }, { "network.png", "\x89PNG" },
  };
  g_autofree char *folder = g_dir_make_tmp ("atelier-network-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "network.csv", NULL);
  g_autoptr (GError) refusal = NULL;
  Network network;

  make_chain (&network, 60);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *path = g_build_filename (folder, starts[i][0], NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_assert_true (atelier_export_network (&network.picture, path, keep_bytes, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_cmpmem (contents, strlen (starts[i][1]), starts[i][1], strlen (starts[i][1]));
      g_unlink (path);
    }
  g_assert_false (atelier_export_network (&network.picture, csv, keep_bytes, &refusal));
  g_assert_error (refusal, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/network-picture/chains", test_chains);
  g_test_add_func ("/render/network-picture/blocks", test_blocks);
  g_test_add_func ("/render/network-picture/cut-block", test_cut_block);
  g_test_add_func ("/render/network-picture/frame", test_frame);
  g_test_add_func ("/render/network-picture/shortcut", test_shortcut);
  g_test_add_func ("/render/network-picture/sizes", test_sizes);
  g_test_add_func ("/render/network-picture/caption", test_caption);
  g_test_add_func ("/render/network-picture/shrinks", test_shrinks);
  g_test_add_func ("/render/network-picture/nested", test_nested);
  g_test_add_func ("/render/network-picture/states", test_states);
  g_test_add_func ("/render/network-picture/high-contrast", test_high_contrast);
  g_test_add_func ("/render/network-picture/nothing", test_nothing);
  g_test_add_func ("/render/network-picture/describe", test_describe);
  g_test_add_func ("/render/network-picture/export", test_export);

  return g_test_run ();
}
