/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Residual blocks in networks: layers that hold others. */

#include <locale.h>
#include <string.h>

#include "network-text.h"

#define CONV(n, s) "{\"type\":\"conv2d\",\"filters\":" #n ",\"kernel\":3,\"stride\":" #s "," \
                   "\"padding\":\"same\"}"
#define NORM "{\"type\":\"batch_norm\"}"
#define END "{\"type\":\"global_avg_pool2d\"},{\"type\":\"dense\",\"units\":10}"
#define BLOCK(body, more) "{\"type\":\"residual\",\"layers\":[" body "]" more "}"
#define NETWORK(block) "{\"input\":[8,8,3],\"layers\":[" CONV (4, 1) "," block "," END "]}"

static void
test_describe (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    NETWORK (BLOCK (CONV (6, 2) "," NORM, ",\"shortcut\":[" CONV (6, 2) "],"
                                          "\"activation\":\"relu\"")));
  g_autofree char *words = atelier_network_describe_layer (network, 1);
  g_autofree char *row = atelier_network_describe_row (network, 1);
  g_autofree char *shortcut = atelier_network_describe_row (network, 4);
  g_autofree char *number = atelier_network_number_layer (network, 3);
  g_autofree char *end = atelier_network_number_layer (network, 6);

  g_assert_cmpuint (atelier_network_get_n_layers (network), ==, 7);
  g_assert_cmpuint (atelier_network_get_layer_info (network, 3)->parent, ==, 1);
  g_assert_cmpuint (atelier_network_get_layer_info (network, 5)->parent, ==, ATELIER_NO_LAYER);
  g_assert_false (atelier_network_get_layer_info (network, 3)->is_shortcut);
  g_assert_true (atelier_network_get_layer_info (network, 4)->is_shortcut);
  g_assert_cmpuint (atelier_network_get_layer_info (network, 1)->channels, ==, 6);
  g_assert_cmpuint (atelier_network_get_layer_info (network, 1)->n_parameters, ==, 0);
  g_assert_cmpstr (number, ==, "2.2");
  g_assert_cmpstr (end, ==, "4");
  g_assert_cmpstr (row, ==, "Residual · ReLU");
  g_assert_cmpstr (shortcut, ==, "Shortcut: Conv 6 · 3×3 · stride 2×2 · linear");
  g_assert_cmpstr (words, ==,
                   "Residual · ReLU: Conv 6 · 3×3 · stride 2×2 · linear, Batch norm · linear; "
                   "shortcut: Conv 6 · 3×3 · stride 2×2 · linear");
}

/* Where the body gives another shape, a convolution is added that the block counts as its own. */
static void
test_default_shortcut (void)
{
  g_autoptr (AtelierNetwork) same = parse_network (NETWORK (BLOCK (CONV (4, 1), "")));
  g_autoptr (AtelierNetwork) other = parse_network (NETWORK (BLOCK (CONV (6, 3), "")));
  g_autofree char *json = atelier_network_to_json (other, FALSE);

  g_assert_cmpuint (atelier_network_get_layer_info (same, 1)->n_parameters, ==, 0);
  g_assert_cmpuint (atelier_network_get_layer_info (other, 1)->n_parameters, ==, 4 * 6 + 6);
  g_assert_cmpuint (atelier_network_get_layer_info (other, 1)->n_multiply_adds, ==, 9 * 4 * 6);
  g_assert_cmpuint (atelier_network_get_layer_info (other, 1)->height, ==, 3);
  g_assert_null (strstr (json, "shortcut"));
}

static void
test_json (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    NETWORK (BLOCK (CONV (6, 2) "," NORM, ",\"shortcut\":[" CONV (6, 2) "],"
                                          "\"activation\":\"elu\",\"slope\":2")));
  g_autofree char *compact = atelier_network_to_json (network, FALSE);
  g_autofree char *pretty = atelier_network_to_json (network, TRUE);
  g_autoptr (AtelierNetwork) again = parse_network (pretty);
  g_autoptr (AtelierNetwork) other = parse_network (
    NETWORK (BLOCK (CONV (6, 2), ",\"shortcut\":[" CONV (6, 2) "," NORM "],"
                                 "\"activation\":\"elu\",\"slope\":2")));

  g_test_message ("%s", pretty);
  g_assert_true (atelier_network_equal (network, again));
  g_assert_false (atelier_network_equal (network, other));
  g_assert_nonnull (strstr (compact, "{\"type\":\"residual\",\"layers\":[{\"type\":\"conv2d\","));
  g_assert_nonnull (strstr (compact, "}],\"activation\":\"elu\",\"slope\":2"));
  g_assert_nonnull (strstr (pretty, "\n    { \"type\": \"residual\", \"layers\": [\n      { "));
  g_assert_nonnull (strstr (pretty, "\n    ], \"shortcut\": [\n      { "));
}

static void
test_refused (void)
{
  refuse_network (NETWORK (BLOCK ("", "")), ATELIER_ERROR_NETWORK,
                  "layer 2 (residual): “layers” is empty");
  refuse_network (NETWORK (BLOCK (CONV (4, 1), ",\"shortcut\":[]")), ATELIER_ERROR_NETWORK,
                  "layer 2 (residual): “shortcut” is empty");
  refuse_network (NETWORK ("{\"type\":\"residual\"}"), ATELIER_ERROR_NETWORK, "“layers”");
  refuse_network (NETWORK (BLOCK (BLOCK (CONV (4, 1), ""), "")), ATELIER_ERROR_NETWORK,
                  "layer 2.1 (residual): it lies in another residual block");
  refuse_network (NETWORK (BLOCK (CONV (4, 1) "," CONV (0, 1), "")), ATELIER_ERROR_NETWORK,
                  "layer 2.2 (conv2d): “filters”");
  refuse_network (NETWORK (BLOCK (CONV (4, 1), ",\"filters\":2")), ATELIER_ERROR_NETWORK,
                  "“filters”");
  refuse_network (NETWORK (BLOCK (CONV (4, 1), ",\"shortcut\":[" CONV (5, 1) "]")),
                  ATELIER_ERROR_NETWORK,
                  "Layer 2 (residual): its body gives 8×8×4 values and its “shortcut” 8×8×5");
  refuse_network (NETWORK (BLOCK ("{\"type\":\"conv2d\",\"filters\":4,\"kernel\":4}", "")),
                  ATELIER_ERROR_NETWORK,
                  "Layer 2 (residual): its body makes 5×5×4 values of 8×8×4");
  refuse_network (NETWORK (BLOCK (CONV (4, 4) ",{\"type\":\"max_pool2d\",\"size\":3}", "")),
                  ATELIER_ERROR_NETWORK, "Layer 2.2 (max_pool2d): its window of 3×3 is larger than "
                                         "the 2×2 values");
}

static void
test_new_refuses (void)
{
  AtelierLayer layers[2];
  g_autoptr (GError) error = NULL;

  atelier_layer_init (&layers[0], ATELIER_LAYER_RESIDUAL);
  atelier_layer_init (&layers[1], ATELIER_LAYER_DENSE);
  layers[0].n_body = G_MAXUINT;
  layers[0].n_shortcut = 2;
  g_assert_null (atelier_network_new ("n", 1, 1, 4, layers, 2, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
}

/* The engine takes 64 layers, with those that are added. */
static void
test_too_many (void)
{
  AtelierLayer layers[64];
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = NULL;

  for (guint i = 0; i < 63; i++)
    {
      atelier_layer_init (&layers[i], i % 2 == 0 && i < 62 ? ATELIER_LAYER_RESIDUAL
                                                           : ATELIER_LAYER_DENSE);
      layers[i].n_body = i % 2 == 0 && i < 62 ? 1 : 0;
      layers[i].units = layers[i].n_body == 1 ? 0 : 4;
    }
  network = atelier_network_new ("n", 1, 1, 4, layers, 63, &error);
  g_assert_no_error (error);
  layers[1].units = 5;
  g_assert_null (atelier_network_new ("n", 1, 1, 4, layers, 63, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
  g_assert_nonnull (strstr (error->message, "more than 64 layers"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/network-blocks/describe", test_describe);
  g_test_add_func ("/core/network-blocks/default-shortcut", test_default_shortcut);
  g_test_add_func ("/core/network-blocks/json", test_json);
  g_test_add_func ("/core/network-blocks/refused", test_refused);
  g_test_add_func ("/core/network-blocks/new-refuses", test_new_refuses);
  g_test_add_func ("/core/network-blocks/too-many", test_too_many);
  return g_test_run ();
}
