/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks: the presets' figures, the text form read and written, and every way in which a text or
 * a list of layers is wrong. */

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "model/atelier-network.h"
#include "model/atelier-presets.h"
#include "model/atelier-recipe.h"
#include "network-text.h"

#define DENSE_10 "{\"type\":\"dense\",\"units\":10}"

/* The same for one layer between a 4x4x1 picture and the logits. */
static void
assert_layer_refused (const char *layer,
                      const char *piece)
{
  g_autofree char *json = g_strdup_printf (
    "{\"input\":[4,4,1],\"layers\":[%s,{\"type\":\"flatten\"}," DENSE_10 "]}", layer);

  refuse_network (json, ATELIER_ERROR_NETWORK, piece);
}

/* ---- Presets ---- */

static void
test_preset_report_1 (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");

  g_assert_nonnull (network);
  g_assert_cmpstr (atelier_network_get_name (network), ==, "Report 1, fully connected");
  g_assert_cmpuint (atelier_network_get_n_layers (network), ==, 7);
  g_assert_cmpuint (atelier_network_get_n_classes (network), ==, 10);
  g_assert_cmpuint (atelier_network_get_n_parameters (network), ==, 245830);
  g_assert_cmpuint (atelier_network_get_n_multiply_adds (network), ==,
                    784 * 300 + 300 * 32 + 32 * 16 + 16 * 10);
  g_assert_cmpfloat (atelier_network_get_layer (network, 2)->rate, ==, 0.1);
}

static void
test_preset_report_2 (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  const AtelierLayerInfo *info;
  guint height, width, channels;

  g_assert_nonnull (network);
  g_assert_cmpstr (atelier_network_get_name (network), ==, "Report 2, convolutional");
  g_assert_cmpuint (atelier_network_get_n_parameters (network), ==, 30394);
  atelier_network_get_input (network, &height, &width, &channels);
  g_assert_cmpuint (height, ==, 28);
  g_assert_cmpuint (width, ==, 28);
  g_assert_cmpuint (channels, ==, 1);
  info = atelier_network_get_layer_info (network, 4);
  g_assert_cmpuint (info->height, ==, 7);
  g_assert_cmpuint (info->width, ==, 7);
  g_assert_cmpuint (info->channels, ==, 16);
  info = atelier_network_get_layer_info (network, 3);
  g_assert_cmpuint (info->n_parameters, ==, 4624);
  g_assert_cmpuint (info->n_multiply_adds, ==, 14 * 14 * 16 * 9 * 32);
}

static void
test_preset_list (void)
{
  const char * const *ids = atelier_network_list_presets ();

  g_assert_cmpuint (g_strv_length ((char **) ids), ==, 5);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);
      g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (ids[i]);

      g_assert_nonnull (network);
      g_assert_nonnull (recipe);
      g_assert_cmpuint (atelier_network_get_n_classes (network), ==, 10);
      g_assert_cmpuint (strlen (atelier_preset_get_title (ids[i])), >, 0);
      g_assert_cmpuint (strlen (atelier_preset_get_purpose (ids[i])), >, 0);
      for (guint k = 0; k < i; k++)
        {
          g_autoptr (AtelierNetwork) other = atelier_network_new_preset (ids[k]);

          g_assert_false (atelier_network_equal (network, other));
          g_assert_cmpstr (atelier_preset_get_title (ids[i]), !=,
                           atelier_preset_get_title (ids[k]));
        }
    }
}

static void
test_preset_unknown (void)
{
  g_assert_null (atelier_network_new_preset ("report-3"));
  g_assert_null (atelier_network_new_preset (NULL));
}

/* ---- Text ---- */

/* Presets take other shapes and numbers of classes; nothing else of them changes. */
static void
test_preset_for (void)
{
  const char * const *ids = atelier_network_list_presets ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) published = atelier_network_new_preset (ids[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierNetwork) same
        = atelier_network_new_preset_for (ids[i], 28, 28, 1, 10, &error);
      g_autoptr (AtelierNetwork) other
        = atelier_network_new_preset_for (ids[i], 20, 9, 3, 62, &error);
      const guint n_layers = atelier_network_get_n_layers (other);
      guint height, width, channels;

      g_assert_no_error (error);
      g_assert_true (atelier_network_equal (published, same));
      atelier_network_get_input (other, &height, &width, &channels);
      g_assert_cmpuint (height, ==, 20);
      g_assert_cmpuint (width, ==, 9);
      g_assert_cmpuint (channels, ==, 3);
      g_assert_cmpuint (atelier_network_get_n_classes (other), ==, 62);
      g_assert_cmpuint (n_layers, ==, atelier_network_get_n_layers (published));
      for (guint k = 0; k + 1 < n_layers; k++)
        g_assert_cmpmem (atelier_network_get_layer (other, k), sizeof (AtelierLayer),
                         atelier_network_get_layer (published, k), sizeof (AtelierLayer));
    }
}

static void
test_preset_does_not_fit (void)
{
  g_autoptr (GError) pixel = NULL;
  g_autoptr (GError) class = NULL;

  g_assert_null (atelier_network_new_preset_for ("report-2", 1, 1, 1, 10, &pixel));
  g_assert_error (pixel, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
  g_assert_nonnull (strstr (pixel->message, "1 × 1 × 1"));
  g_assert_null (atelier_network_new_preset_for ("report-1", 28, 28, 1, 1, &class));
  g_assert_error (class, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
  g_assert_nonnull (strstr (class->message, "in 1 classes"));
}

static void
test_json_canonical (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autofree char *json = atelier_network_to_json (network, FALSE);

  g_assert_cmpstr (
    json, ==,
    "{\"name\":\"Report 2, convolutional\",\"input\":[28,28,1],\"layers\":["
    "{\"type\":\"conv2d\",\"filters\":32,\"kernel\":[3,3],\"stride\":[1,1],\"padding\":\"same\","
    "\"activation\":\"relu\"},"
    "{\"type\":\"max_pool2d\",\"size\":[2,2],\"stride\":[2,2],\"padding\":\"valid\"},"
    "{\"type\":\"dropout\",\"rate\":0.2},"
    "{\"type\":\"conv2d\",\"filters\":16,\"kernel\":[3,3],\"stride\":[1,1],\"padding\":\"same\","
    "\"activation\":\"relu\"},"
    "{\"type\":\"max_pool2d\",\"size\":[2,2],\"stride\":[2,2],\"padding\":\"valid\"},"
    "{\"type\":\"dropout\",\"rate\":0.2},"
    "{\"type\":\"flatten\"},"
    "{\"type\":\"dense\",\"units\":32,\"activation\":\"relu\"},"
    "{\"type\":\"dense\",\"units\":10,\"activation\":\"linear\"}]}");
}

static void
test_json_pretty (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    "{\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}");
  g_autofree char *json = atelier_network_to_json (network, TRUE);

  g_assert_cmpstr (json, ==,
                   "{\n"
                   "  \"name\": \"Untitled\",\n"
                   "  \"input\": [1, 1, 4],\n"
                   "  \"layers\": [\n"
                   "    { \"type\": \"dense\", \"units\": 10, \"activation\": \"linear\" }\n"
                   "  ]\n"
                   "}\n");
}

static void
test_json_round_trip (void)
{
  const char * const *ids = atelier_network_list_presets ();

  for (guint i = 0; ids[i] != NULL; i++)
    for (gboolean pretty = FALSE; pretty <= TRUE; pretty++)
      {
        g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);
        g_autofree char *json = atelier_network_to_json (network, pretty);
        g_autoptr (AtelierNetwork) again = parse_network (json);
        g_autofree char *json_again = atelier_network_to_json (again, pretty);

        g_assert_true (atelier_network_equal (network, again));
        g_assert_cmpstr (json, ==, json_again);
      }
}

static void
test_json_defaults (void)
{
  g_autoptr (AtelierNetwork) network =
    parse_network (
      "{\"input\":[8,8,1],\"layers\":[{\"type\":\"conv2d\",\"filters\":2,\"kernel\":3},"
           "{\"type\":\"max_pool2d\",\"size\":[2,3]},{\"type\":\"flatten\"}," DENSE_10 "]}");
  const AtelierLayer *conv = atelier_network_get_layer (network, 0);
  const AtelierLayer *pool = atelier_network_get_layer (network, 1);

  g_assert_cmpstr (atelier_network_get_name (network), ==, "Untitled");
  g_assert_cmpuint (conv->kernel_height, ==, 3);
  g_assert_cmpuint (conv->kernel_width, ==, 3);
  g_assert_cmpuint (conv->stride_height, ==, 1);
  g_assert_cmpuint (conv->stride_width, ==, 1);
  g_assert_cmpint (conv->padding, ==, ATELIER_PADDING_VALID);
  g_assert_cmpint (conv->activation, ==, ATELIER_ACTIVATION_LINEAR);
  g_assert_cmpuint (pool->stride_height, ==, 2);
  g_assert_cmpuint (pool->stride_width, ==, 3);
}

static void
test_json_name (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    "{\"name\":\"\\\"\\u00dcbung\\\" \\\\\\ud83d\\ude00\",\"input\":[1,1,4],\"layers\":[" DENSE_10
    "]}");
  g_autofree char *json = atelier_network_to_json (network, FALSE);
  g_autoptr (AtelierNetwork) again = parse_network (json);

  g_assert_cmpstr (atelier_network_get_name (network), ==, "\"Übung\" \\😀");
  g_assert_true (strstr (json, "\"\\\"Übung\\\" \\\\😀\"") != NULL);
  g_assert_true (atelier_network_equal (network, again));
}

/* Rates are written as people write them, and every double is read back exactly. */
static void
test_json_rates (void)
{
  static const double rates[] = { 0.0, 0.1, 0.2, 0.25, 0.3, 1.0 / 3.0, 0.1 + 0.2, 1e-9, 0.999 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      AtelierLayer layers[] = {
        { .kind = ATELIER_LAYER_DROPOUT, .rate = rates[i] },
        { .kind = ATELIER_LAYER_DENSE, .units = 2 },
      };
      g_autoptr (AtelierNetwork) network = atelier_network_new (NULL, 1, 1, 4, layers, 2, NULL);
      g_autofree char *json = atelier_network_to_json (network, FALSE);
      g_autoptr (AtelierNetwork) again = parse_network (json);

      g_assert_cmpfloat (atelier_network_get_layer (again, 0)->rate, ==, rates[i]);
    }
}

static void
test_json_minus_zero (void)
{
  g_autoptr (AtelierNetwork) a =
    parse_network (
      "{\"input\":[1,1,4],\"layers\":[{\"type\":\"dropout\",\"rate\":-0.0}," DENSE_10 "]}");
  g_autoptr (AtelierNetwork) b =
    parse_network (
      "{\"input\":[1,1,4],\"layers\":[{\"type\":\"dropout\",\"rate\":0}," DENSE_10 "]}");
  g_autofree char *json_a = atelier_network_to_json (a, FALSE);
  g_autofree char *json_b = atelier_network_to_json (b, FALSE);

  g_assert_true (atelier_network_equal (a, b));
  g_assert_cmpstr (json_a, ==, json_b);
}

/* Members of other kinds do not make two networks differ. */
static void
test_unused_members (void)
{
  AtelierLayer plain[] = { { .kind = ATELIER_LAYER_FLATTEN },
                           { .kind = ATELIER_LAYER_DENSE, .units = 2 } };
  AtelierLayer noisy[] = {
    { .kind = ATELIER_LAYER_FLATTEN,
      .units = 7,
      .activation = ATELIER_ACTIVATION_TANH,
      .rate = 3.0 },
    { .kind = ATELIER_LAYER_DENSE,
      .units = 2,
      .kernel_height = 9,
      .padding = ATELIER_PADDING_SAME },
  };
  g_autoptr (AtelierNetwork) a = atelier_network_new ("n", 2, 2, 1, plain, 2, NULL);
  g_autoptr (AtelierNetwork) b = atelier_network_new ("n", 2, 2, 1, noisy, 2, NULL);

  g_assert_true (atelier_network_equal (a, b));
}

static void
test_equal_differs (void)
{
  g_autoptr (AtelierNetwork)
    a = parse_network ("{\"name\":\"a\",\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}");
  g_autoptr (AtelierNetwork)
    b = parse_network ("{\"name\":\"b\",\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}");
  g_autoptr (AtelierNetwork)
    c = parse_network ("{\"name\":\"a\",\"input\":[1,1,5],\"layers\":[" DENSE_10 "]}");
  g_autoptr (AtelierNetwork)
    d = parse_network (
      "{\"name\":\"a\",\"input\":[1,1,4],\"layers\":[{\"type\":\"dense\",\"units\":9}]}");

  g_assert_true (atelier_network_equal (a, a));
  g_assert_false (atelier_network_equal (a, b));
  g_assert_false (atelier_network_equal (a, c));
  g_assert_false (atelier_network_equal (a, d));
}

/* ---- Wrong texts ---- */

static void
test_refuses_syntax (void)
{
  refuse_network ("", ATELIER_ERROR_FORMAT, "line 1");
  refuse_network ("{\n\"input\": [28 28]}", ATELIER_ERROR_FORMAT, "line 2");
  refuse_network ("{\"input\":[1,1,4],\"layers\":[" DENSE_10 "]} x", ATELIER_ERROR_FORMAT,
                  "line 1");
}

static void
test_refuses_duplicate (void)
{
  refuse_network ("{\"input\":[1,1,4],\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}",
                  ATELIER_ERROR_FORMAT, "“input” occurs twice");
  refuse_network (
    "{\"input\":[1,1,4],\"layers\":[{\"type\":\"dense\",\"units\":1,\"un\\u0069ts\":2}]}",
    ATELIER_ERROR_FORMAT, "“units” occurs twice");
}

static void
test_refuses_depth (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');

  refuse_network (brackets, ATELIER_ERROR_FORMAT, "nested too deeply");
}

static void
test_refuses_size (void)
{
  g_autofree char *spaces = g_strnfill (1024 * 1024 + 1, ' ');

  refuse_network (spaces, ATELIER_ERROR_TOO_LARGE, "1 MiB");
}

static void
test_refuses_root (void)
{
  refuse_network ("[]", ATELIER_ERROR_NETWORK, "expected an object");
  refuse_network ("null", ATELIER_ERROR_NETWORK, "expected an object");
  refuse_network ("{}", ATELIER_ERROR_NETWORK, "“input” is missing");
  refuse_network ("{\"input\":[1,1,4]}", ATELIER_ERROR_NETWORK, "“layers” is missing");
  refuse_network ("{\"input\":[1,1,4],\"layers\":{}}", ATELIER_ERROR_NETWORK,
                  "“layers” is an object");
  refuse_network ("{\"input\":[1,1,4],\"layers\":[]}", ATELIER_ERROR_NETWORK, "0 layers");
  refuse_network ("{\"input\":[1,1,4],\"layers\":[5]}", ATELIER_ERROR_NETWORK, "layer 1: found 5");
  refuse_network ("{\"name\":3,\"input\":[1,1,4],\"layers\":[]}", ATELIER_ERROR_NETWORK,
                  "“name” is 3");
  refuse_network ("{\"inputs\":[1,1,4],\"layers\":[]}", ATELIER_ERROR_NETWORK,
                  "unknown member “inputs”");
}

static void
test_refuses_input (void)
{
  static const char * const inputs[] = {
    "28", "[28,28]", "[28,28,1,1]", "[28,28,0]", "[28,28,-1]", "[28,28,1.0]", "[28,28,\"1\"]",
    "[28,28,4294967297]", "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"input\":%s,\"layers\":[{\"type\":\"flatten\"}," DENSE_10 "]}", inputs[i]);

      refuse_network (json, ATELIER_ERROR_NETWORK, "“input” is");
    }
}

static void
test_refuses_too_many_layers (void)
{
  g_autoptr (GString) json = g_string_new ("{\"input\":[1,1,4],\"layers\":[");

  for (guint i = 0; i < 64; i++)
    g_string_append (json, "{\"type\":\"flatten\"},");
  g_string_append (json, DENSE_10 "]}");
  refuse_network (json->str, ATELIER_ERROR_NETWORK, "65 layers");
}

static void
test_refuses_members (void)
{
  assert_layer_refused ("{\"units\":1}", "layer 1: “type” is missing");
  assert_layer_refused ("{\"type\":\"danse\",\"units\":1}",
                        "layer 1: “type” is \"danse\", expected one of “dense”");
  assert_layer_refused ("{\"type\":\"dense\"}", "layer 1 (dense): “units” is missing");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":0}", "layer 1 (dense): “units” is 0");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":1.5}", "“units” is 1.5");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":true}", "“units” is true");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":1099511627776}", "“units” is 1099511627776");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":1,\"filters\":2}",
                        "unknown member “filters”");
  assert_layer_refused ("{\"type\":\"dense\",\"units\":1,\"activation\":\"ReLU\"}",
                        "“activation” is \"ReLU\"");
  assert_layer_refused ("{\"type\":\"conv2d\",\"filters\":1}",
                        "layer 1 (conv2d): “kernel” is missing");
  assert_layer_refused ("{\"type\":\"conv2d\",\"filters\":1,\"kernel\":[3]}",
                        "“kernel” is an array of 1 value");
  assert_layer_refused ("{\"type\":\"conv2d\",\"filters\":1,\"kernel\":3,\"stride\":0}",
                        "“stride” is 0");
  assert_layer_refused ("{\"type\":\"conv2d\",\"filters\":1,\"kernel\":3,\"padding\":\"full\"}",
                        "“padding” is \"full\"");
  assert_layer_refused ("{\"type\":\"max_pool2d\"}", "layer 1 (max_pool2d): “size” is missing");
  assert_layer_refused ("{\"type\":\"flatten\",\"rate\":1}", "unknown member “rate”");
  assert_layer_refused ("{\"type\":\"dropout\"}", "layer 1 (dropout): “rate” is missing");
  assert_layer_refused ("{\"type\":\"dropout\",\"rate\":\"0.5\"}", "“rate” is \"0.5\"");
  assert_layer_refused ("{\"type\":\"dropout\",\"rate\":1}", "Layer 1 (dropout): “rate” is 1");
  assert_layer_refused ("{\"type\":\"dropout\",\"rate\":-0.1}",
                        "Layer 1 (dropout): “rate” is -0.1");
}

/* Messages and names are printed on terminals. */
static void
test_refuses_control_characters (void)
{
  refuse_network ("{\"name\":\"\\u001b[2J\",\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}",
                  ATELIER_ERROR_NETWORK, "not plain text");
  refuse_network ("{\"name\":\"\\u0085\",\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}",
                  ATELIER_ERROR_NETWORK, "not plain text");
  refuse_network ("{\"\\u001b[2J\":1}", ATELIER_ERROR_NETWORK, "“\uFFFD[2J”");
  refuse_network ("{\033", ATELIER_ERROR_FORMAT, "“\uFFFD”");
}

static void
test_refuses_long_names (void)
{
  g_autofree char *name = g_strnfill (257, 'n');
  g_autofree char *json =
    g_strdup_printf ("{\"name\":\"%s\",\"input\":[1,1,4],\"layers\":[" DENSE_10 "]}", name);
  g_autofree char *member = g_strdup_printf ("{\"%s\":1}", name);

  refuse_network (json, ATELIER_ERROR_NETWORK, "longer than 256 bytes");
  refuse_network (member, ATELIER_ERROR_NETWORK, "nnn…”");
}

/* ---- Layers that do not fit ---- */

static void
test_refuses_dense_on_picture (void)
{
  refuse_network (
    "{\"input\":[28,28,1],\"layers\":[{\"type\":\"conv2d\",\"filters\":2,\"kernel\":3}," DENSE_10
    "]}",
    ATELIER_ERROR_NETWORK,
    "Layer 2 (dense): it is given 26×26×2 values, but needs a vector; add a flatten layer");
  refuse_network ("{\"input\":[28,28,1],\"layers\":[" DENSE_10 "]}",
                  ATELIER_ERROR_NETWORK, "Layer 1 (dense): it is given 28×28×1 values");
}

static void
test_refuses_large_window (void)
{
  assert_layer_refused ("{\"type\":\"max_pool2d\",\"size\":5}",
                        "Layer 1 (max_pool2d): its window of 5×5 is larger than the 4×4 values");
  assert_layer_refused ("{\"type\":\"conv2d\",\"filters\":1,\"kernel\":[1,5]}",
                        "Layer 1 (conv2d): its window of 1×5 is larger than the 4×4 values");
}

static void
test_refuses_last_layer (void)
{
  refuse_network (
    "{\"input\":[1,1,4],\"layers\":[{\"type\":\"dense\",\"units\":10,\"activation\":\"relu\"}]}",
    ATELIER_ERROR_NETWORK, "Layer 1 (dense): the last layer must be dense, linear");
  refuse_network ("{\"input\":[4,4,1],\"layers\":[{\"type\":\"max_pool2d\",\"size\":2}]}",
                  ATELIER_ERROR_NETWORK, "Layer 1 (max_pool2d): the last layer must be dense");
}

static void
test_refuses_too_large (void)
{
  refuse_network ("{\"input\":[1,1,4],\"layers\":[{\"type\":\"dense\",\"units\":2147483647},"
                  "{\"type\":\"dense\",\"units\":2147483647}," DENSE_10 "]}",
                  ATELIER_ERROR_NETWORK, "Layer 1 (dense)");
  refuse_network ("{\"input\":[1,1,4],\"layers\":[{\"type\":\"dense\",\"units\":257}]}",
                  ATELIER_ERROR_NETWORK, "257 classes, expected 2 to 256");
}

static void
test_new_refuses (void)
{
  AtelierLayer good = { .kind = ATELIER_LAYER_DENSE, .units = 2 };
  AtelierLayer bad[] = {
    { .kind = ATELIER_N_LAYER_KINDS },
    { .kind = ATELIER_LAYER_DENSE },
    { .kind = ATELIER_LAYER_DENSE, .units = 2, .activation = ATELIER_N_ACTIVATIONS },
    { .kind = ATELIER_LAYER_CONV2D, .units = 2, .stride_height = 1, .stride_width = 1 },
    { .kind = ATELIER_LAYER_MAX_POOL2D, .kernel_height = 1, .kernel_width = 1 },
    { .kind = ATELIER_LAYER_DROPOUT, .rate = 1.0 },
    { .kind = ATELIER_LAYER_DROPOUT, .rate = 0.999999999999 },
    { .kind = ATELIER_LAYER_DROPOUT, .rate = (double) NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      AtelierLayer layers[] = { bad[i], good };
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_network_new ("n", 1, 1, 4, layers, 2, &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
      g_assert_true (g_str_has_prefix (error->message, "Layer 1"));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_network_new ("n", i != 0, i != 1, i != 2, &good, 1, &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (atelier_network_new ("n", 1, 1, 4, NULL, 0, &error));
    g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK);
  }
}

static void
test_refuses_settings (void)
{
#define WITH(layer) "{\"input\":[8,8,3],\"layers\":[" layer ",{\"type\":\"flatten\"}," DENSE_10 "]}"
  refuse_network (WITH ("{\"type\":\"conv2d\",\"filters\":4,\"kernel\":3,\"groups\":2}"),
                  ATELIER_ERROR_NETWORK, "Layer 1 (conv2d): “groups” is 2, which must divide");
  refuse_network (WITH ("{\"type\":\"conv2d\",\"filters\":4,\"kernel\":3,\"groups\":0}"),
                  ATELIER_ERROR_NETWORK, "“groups”");
  refuse_network (WITH ("{\"type\":\"avg_pool2d\",\"size\":2,\"padding\":[0,2]}"),
                  ATELIER_ERROR_NETWORK, "“padding” of 0×2 is not smaller");
  refuse_network (WITH ("{\"type\":\"avg_pool2d\",\"size\":11,\"padding\":1}"),
                  ATELIER_ERROR_NETWORK, "window of 11×11 is larger than the 10×10");
  refuse_network (WITH ("{\"type\":\"max_pool2d\",\"size\":2,\"padding\":[1]}"),
                  ATELIER_ERROR_NETWORK, "“padding”");
  refuse_network (WITH ("{\"type\":\"max_pool2d\",\"size\":2,\"padding\":-1}"),
                  ATELIER_ERROR_NETWORK, "“padding”");
  refuse_network (WITH ("{\"type\":\"max_pool2d\",\"size\":2,\"padding\":\"number\"}"),
                  ATELIER_ERROR_NETWORK, "one of “valid”, “same”");
  refuse_network (WITH ("{\"type\":\"activation\",\"activation\":\"relu\",\"slope\":1}"),
                  ATELIER_ERROR_NETWORK, "“slope” is not used where “activation” is “relu”");
  refuse_network (WITH ("{\"type\":\"activation\",\"activation\":\"elu\",\"slope\":-1}"),
                  ATELIER_ERROR_NETWORK, "“slope” is -1, expected 0 to 100");
}

/* Members that came later are written only where they say something. */
static void
test_json_later_members (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    WITH ("{\"type\":\"conv2d\",\"filters\":6,\"kernel\":3,\"padding\":[1,1],\"groups\":3,"
          "\"activation\":\"leaky_relu\",\"slope\":0.2},"
          "{\"type\":\"avg_pool2d\",\"size\":2,\"padding\":1},"
          "{\"type\":\"activation\",\"activation\":\"elu\",\"slope\":1.0}"));
  g_autofree char *json = atelier_network_to_json (network, FALSE);
  g_autofree char *words = atelier_network_describe_layer (network, 0);
  const AtelierLayerInfo *info = atelier_network_get_layer_info (network, 1);

  g_assert_nonnull (strstr (json, "\"padding\":[1,1],\"activation\":\"leaky_relu\","
                                  "\"slope\":0.2,\"groups\":3}"));
  g_assert_nonnull (strstr (json, "\"stride\":[2,2],\"padding\":[1,1]}"));
  g_assert_nonnull (strstr (json, "{\"type\":\"activation\",\"activation\":\"elu\"}"));
  g_assert_cmpstr (words, ==, "Conv 6 · 3×3 · padded by 1×1 · 3 groups · leaky ReLU 0.2");
  g_assert_cmpuint (info->height, ==, 5);
  g_assert_cmpuint (atelier_network_get_layer_info (network, 0)->n_parameters, ==, 6 * 9 + 6);
#undef WITH
}

/* ---- Files ---- */

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_autofree char *json = atelier_network_to_json (network, TRUE);
  g_autoptr (AtelierNetwork) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  loaded = atelier_network_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (atelier_network_equal (network, loaded));
  g_unlink (path);
  g_rmdir (folder);
}

/* A model given as a network, small or larger than any network, is told as such. */
static void
test_load_model (void)
{
  g_autofree char *path = NULL;
  const gsize sizes[] = { 72, 2 << 20 };
  const guint8 golden[] = { 0x38, 0, 0, 0, 0, 0, 0, 0, '{', '"', 'w', '"' };
  int fd = g_file_open_tmp ("atelier-XXXXXX.safetensors", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *bytes = g_malloc0 (sizes[i]);
      g_autoptr (GError) error = NULL;

      memcpy (bytes, golden, sizeof golden);
      g_assert_true (g_file_set_contents (path, bytes, sizes[i], NULL));
      g_assert_null (atelier_network_load (path, &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "is a model file"));
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_load_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_network_load ("/nonexistent/network.json", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
}

static void
test_load_odd_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-network-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *large = g_build_filename (folder, "large", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty", NULL);
  g_autofree char *spaces = g_strnfill (1024 * 1024 + 1, ' ');
  struct
  {
    const char  *path;
    AtelierError code;
  } cases[] = {
    { folder, ATELIER_ERROR_FORMAT },
    { fifo, ATELIER_ERROR_FORMAT },
    { large, ATELIER_ERROR_TOO_LARGE },
    { empty, ATELIER_ERROR_FORMAT },
  };

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, spaces, -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_network_load (cases[i].path, &error));
      g_assert_error (error, ATELIER_ERROR, (int) cases[i].code);
    }
  g_unlink (fifo);
  g_unlink (large);
  g_unlink (empty);
  g_rmdir (folder);
}

/* Damaged bytes give an error of our own or a network. */
static void
test_damaged (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autofree char *json = atelier_network_to_json (network, FALSE);
  gsize length = strlen (json);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierNetwork) cut =
        atelier_network_from_json (json, (gssize) i, "test.json", &error);

      g_assert_null (cut);
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
    }
  for (gsize i = 0; i < length * 8; i++)
    {
      g_autofree char *damaged = g_memdup2 (json, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierNetwork) read = NULL;

      damaged[i / 8] ^= (char) (1 << i % 8);
      read = atelier_network_from_json (damaged, (gssize) length, "test.json", &error);
      g_assert_true ((read == NULL) == (error != NULL));
    }
}

/* ---- For people ---- */

static void
test_describe (void)
{
  g_autoptr (AtelierNetwork) network = parse_network (
    "{\"input\":[28,28,1],\"layers\":["
    "{\"type\":\"conv2d\",\"filters\":32,\"kernel\":3,\"padding\":\"same\","
    "\"activation\":\"relu\"},{\"type\":\"max_pool2d\",\"size\":2},"
    "{\"type\":\"conv2d\",\"filters\":8,\"kernel\":[1,3],\"stride\":2,\"activation\":\"tanh\"},"
    "{\"type\":\"max_pool2d\",\"size\":3,\"stride\":1,\"padding\":\"same\"},"
    "{\"type\":\"dropout\",\"rate\":0.2},{\"type\":\"flatten\"},"
    "{\"type\":\"dense\",\"units\":5,\"activation\":\"sigmoid\"}," DENSE_10 "]}");
  static const char * const expected[] = {
    "Conv 32 · 3×3 · ReLU",
    "Max pool 2×2",
    "Conv 8 · 1×3 · stride 2×2 · not padded · tanh",
    "Max pool 3×3 · stride 1×1 · padded",
    "Dropout 20 %",
    "Flatten",
    "Dense 5 · sigmoid",
    "Dense 10 · softmax",
  };

  g_assert_cmpuint (atelier_network_get_n_layers (network), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = atelier_network_describe_layer (network, i);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static void
test_boxed (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, ATELIER_TYPE_NETWORK);
  g_value_set_boxed (&value, network);
  g_assert_true (g_value_get_boxed (&value) == network);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/network/preset/report-1", test_preset_report_1);
  g_test_add_func ("/core/network/preset/report-2", test_preset_report_2);
  g_test_add_func ("/core/network/preset/list", test_preset_list);
  g_test_add_func ("/core/network/preset/unknown", test_preset_unknown);
  g_test_add_func ("/core/network/json/canonical", test_json_canonical);
  g_test_add_func ("/core/network/json/pretty", test_json_pretty);
  g_test_add_func ("/core/network/json/round-trip", test_json_round_trip);
  g_test_add_func ("/core/network/json/defaults", test_json_defaults);
  g_test_add_func ("/core/network/json/name", test_json_name);
  g_test_add_func ("/core/network/json/rates", test_json_rates);
  g_test_add_func ("/core/network/json/minus-zero", test_json_minus_zero);
  g_test_add_func ("/core/network/equal/unused-members", test_unused_members);
  g_test_add_func ("/core/network/equal/differs", test_equal_differs);
  g_test_add_func ("/core/network/refuses/syntax", test_refuses_syntax);
  g_test_add_func ("/core/network/refuses/duplicate", test_refuses_duplicate);
  g_test_add_func ("/core/network/refuses/depth", test_refuses_depth);
  g_test_add_func ("/core/network/refuses/size", test_refuses_size);
  g_test_add_func ("/core/network/refuses/root", test_refuses_root);
  g_test_add_func ("/core/network/refuses/input", test_refuses_input);
  g_test_add_func ("/core/network/refuses/too-many-layers", test_refuses_too_many_layers);
  g_test_add_func ("/core/network/refuses/members", test_refuses_members);
  g_test_add_func ("/core/network/refuses/control-characters", test_refuses_control_characters);
  g_test_add_func ("/core/network/refuses/long-names", test_refuses_long_names);
  g_test_add_func ("/core/network/refuses/dense-on-picture", test_refuses_dense_on_picture);
  g_test_add_func ("/core/network/refuses/large-window", test_refuses_large_window);
  g_test_add_func ("/core/network/refuses/last-layer", test_refuses_last_layer);
  g_test_add_func ("/core/network/refuses/too-large", test_refuses_too_large);
  g_test_add_func ("/core/network/refuses/settings", test_refuses_settings);
  g_test_add_func ("/core/network/json/later-members", test_json_later_members);
  g_test_add_func ("/core/network/refuses/new", test_new_refuses);
  g_test_add_func ("/core/network/preset-for", test_preset_for);
  g_test_add_func ("/core/network/preset-does-not-fit", test_preset_does_not_fit);
  g_test_add_func ("/core/network/load", test_load);
  g_test_add_func ("/core/network/load/model", test_load_model);
  g_test_add_func ("/core/network/load/missing", test_load_missing);
  g_test_add_func ("/core/network/load/odd-files", test_load_odd_files);
  g_test_add_func ("/core/network/damaged", test_damaged);
  g_test_add_func ("/core/network/describe", test_describe);
  g_test_add_func ("/core/network/boxed", test_boxed);
  return g_test_run ();
}
