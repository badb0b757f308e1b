/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps as a model file keeps them. */

#include "config.h"

#include "base/atelier-error.h"
#include "picture/atelier-input.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_json_round_trip (void)
{
  AtelierInput input, read;
  g_autoptr (GError) error = NULL;

  atelier_input_init_mnist (&input, 30, 20);
  input.invert = ATELIER_INVERT_ALWAYS;
  input.trim = FALSE;
  {
    g_autoptr (JsonNode) node = atelier_input_to_json (&input);

    g_assert_true (atelier_input_from_json (&read, node, "test", &error));
    g_assert_no_error (error);
  }
  g_assert_true (atelier_input_equal (&input, &read));
}

static void
test_json_text (void)
{
  AtelierInput input;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  atelier_input_init_fashion (&input, 28, 28);
  node = atelier_input_to_json (&input);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"width\":28,\"height\":28,\"grey\":true,\"ground\":true,\"invert\":\"auto\","
                   "\"levels\":true,\"trim\":true,\"scale\":true,\"box\":28,"
                   "\"sharpen\":true,\"center\":true,\"center_on\":\"box\"}");
}

/* Each replaces @from by @to in a good text. */
static const struct
{
  const char *from;
  const char *to;
  AtelierError code;
} bad_members[] = {
  { "\"width\":28,", "", ATELIER_ERROR_FORMAT },
  { "\"center_on\":\"box\"", "\"center_on\":\"box\",\"blur\":1", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":0", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":1025", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":-9223372036854775808", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":4294967324", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":28.0", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":\"28\"", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":[28]", ATELIER_ERROR_FORMAT },
  { "\"width\":28", "\"width\":null", ATELIER_ERROR_FORMAT },
  { "\"box\":28", "\"box\":0", ATELIER_ERROR_FORMAT },
  { "\"levels\":true", "\"levels\":1", ATELIER_ERROR_FORMAT },
  { "\"ground\":true", "\"ground\":\"auto\"", ATELIER_ERROR_FORMAT },
  { "\"trim\":true", "\"trim\":1", ATELIER_ERROR_FORMAT },
  { "\"trim\":true", "\"trim\":{}", ATELIER_ERROR_FORMAT },
  { "\"invert\":\"auto\"", "\"invert\":\"maybe\"", ATELIER_ERROR_FORMAT },
  { "\"invert\":\"auto\"", "\"invert\":0", ATELIER_ERROR_FORMAT },
  { "\"center_on\":\"box\"", "\"center_on\":\"\"", ATELIER_ERROR_FORMAT },
  { "\"center_on\"", "\"mirror\":\"sometimes\",\"center_on\"", ATELIER_ERROR_FORMAT },
  { "\"grey\":true", "\"grey\":false", ATELIER_ERROR_UNSUPPORTED },
};

static void
test_json_bad_members (void)
{
  AtelierInput input;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *good = NULL;

  atelier_input_init_fashion (&input, 28, 28);
  node = atelier_input_to_json (&input);
  good = json_to_string (node, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_members); i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (JsonNode) bad = NULL;
      g_autoptr (GError) error = NULL;
      AtelierInput untouched = input;

      g_assert_cmpuint (g_string_replace (text, bad_members[i].from, bad_members[i].to, 1), ==, 1);
      bad = parse (text->str);
      g_assert_false (atelier_input_from_json (&untouched, bad, "a-file", &error));
      g_assert_error (error, ATELIER_ERROR, (int) bad_members[i].code);
      g_assert_true (g_str_has_prefix (error->message, "a-file"));
      g_assert_true (atelier_input_equal (&untouched, &input));
    }
}

/* Pipelines that were stored before there were levels, or a ground, are read without them. */
static void
test_json_of_older_files (void)
{
  AtelierInput input, read;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) old = NULL;
  g_autofree char *newer = NULL;

  atelier_input_init_fashion (&input, 28, 28);
  node = atelier_input_to_json (&input);
  newer = json_to_string (node, FALSE);
  text = g_string_new (newer);
  g_assert_cmpuint (g_string_replace (text, "\"levels\":true,", "", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (text, "\"ground\":true,", "", 0), ==, 1);
  old = parse (text->str);
  g_assert_true (atelier_input_from_json (&read, old, "old", &error));
  g_assert_no_error (error);
  g_assert_false (read.levels);
  g_assert_false (read.ground);
  read.levels = read.ground = TRUE;
  g_assert_true (atelier_input_equal (&input, &read));
}

static void
test_json_not_an_object (void)
{
  const char *texts[] = { "[]", "3", "null", "\"width\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);
      g_autoptr (GError) error = NULL;
      AtelierInput input;

      g_assert_false (atelier_input_from_json (&input, node, "a-file", &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/input-json/round-trip", test_json_round_trip);
  g_test_add_func ("/core/input-json/text", test_json_text);
  g_test_add_func ("/core/input-json/bad-members", test_json_bad_members);
  g_test_add_func ("/core/input-json/of-older-files", test_json_of_older_files);
  g_test_add_func ("/core/input-json/not-an-object", test_json_not_an_object);

  return g_test_run ();
}
