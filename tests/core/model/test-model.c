/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Models have the parts that they were made of, and refuse parts that do not belong together. */

#include <string.h>

#include "base/atelier-error.h"
#include "model-fixture.h"

static void
assert_refused (ModelFixture *fixture,
                const char   *piece)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_model_new (&fixture->parts, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}

static void
test_parts (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_init (&fixture);
  model = atelier_model_new (&fixture.parts, &error);
  g_assert_no_error (error);
  g_assert_true (atelier_model_get_network (model) == fixture.network);
  g_assert_true (atelier_recipe_equal (atelier_model_get_recipe (model), fixture.recipe));
  g_assert_true (atelier_input_equal (atelier_model_get_input (model), &fixture.input));
  g_assert_cmpstrv ((char **) atelier_model_get_class_names (model), (char **) fixture.class_names);
  g_assert_cmpstr (atelier_model_get_dataset_name (model), ==, "Fashion-MNIST");
  g_assert_cmpstr (atelier_model_get_dataset_sha256 (model), ==, fixture.parts.dataset_sha256);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==, 7);
  g_assert_cmpuint (atelier_model_get_n_tensors (model), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_true (atelier_model_get_tensor (model, i) == g_ptr_array_index (fixture.tensors, i));
}

/* The caller may change its parts afterwards. */
static void
test_copies (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  fixture.class_names[0] = "changed";
  g_ptr_array_set_size (fixture.tensors, 0);
  g_assert_true (atelier_model_get_recipe (model) == fixture.recipe); /* immutable, so shared */
  g_assert_cmpstr (atelier_model_get_class_names (model)[0], ==, "T-shirt/top");
  g_assert_cmpuint (atelier_model_get_n_tensors (model), ==, 4);
}

static void
test_no_sha256 (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  fixture.parts.dataset_sha256 = "";
  model = atelier_model_new (&fixture.parts, NULL);
  g_assert_nonnull (model);
}

/* Readers take tensors as floats, wherever the bytes came from. */
static void
test_aligned (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  GBytes *old, *shifted;
  g_autofree char *block = g_malloc0 (64);

  model_fixture_init (&fixture);
  old = g_ptr_array_index (fixture.tensors, 1);
  memcpy (block + 1, g_bytes_get_data (old, NULL), 8);
  shifted = g_bytes_new_static (block + 1, 8);
  g_ptr_array_index (fixture.tensors, 1) = shifted;
  model = atelier_model_new (&fixture.parts, NULL);
  g_assert_cmpuint ((guintptr) g_bytes_get_data (atelier_model_get_tensor (model, 1), NULL)
                      % sizeof (float),
                    ==, 0);
  g_assert_true (g_bytes_equal (atelier_model_get_tensor (model, 1), old));
  g_bytes_unref (old);
}

static void
test_refuses_names (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autofree char *name = g_strnfill (257, 'n');

  model_fixture_init (&fixture);
  fixture.class_names[1] = NULL;
  assert_refused (&fixture, "1 class names, but the network has 2");
  fixture.class_names[1] = name;
  assert_refused (&fixture, "A class's name");
  fixture.class_names[1] = "\xff";
  assert_refused (&fixture, "A class's name");
  fixture.class_names[1] = "\033[2J";
  assert_refused (&fixture, "A class's name");
}

static void
test_refuses_dataset (void)
{
  g_auto (ModelFixture) fixture = { 0 };

  model_fixture_init (&fixture);
  fixture.parts.dataset_sha256 = "0123";
  assert_refused (&fixture, "SHA-256");
  fixture.parts.dataset_sha256 = "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef";
  assert_refused (&fixture, "SHA-256");
  fixture.parts.dataset_sha256 = "";
  fixture.parts.dataset_name = "\xff";
  assert_refused (&fixture, "data set's name");
}

static void
test_refuses_input (void)
{
  g_auto (ModelFixture) fixture = { 0 };

  model_fixture_init (&fixture);
  fixture.input.width = 4;
  assert_refused (&fixture, "3×4 for a network that sees 3×3");
}

static void
test_refuses_tensors (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (GBytes) spare = NULL;

  model_fixture_init (&fixture);
  spare = g_ptr_array_steal_index (fixture.tensors, 3);
  assert_refused (&fixture, "3 tensors, but the network has 4");
  g_ptr_array_insert (fixture.tensors, 0, g_bytes_ref (spare));
  assert_refused (&fixture, "“conv1.weight” has 8 bytes, but the network needs 32");
}

static void
test_boxed (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  model_fixture_init (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  g_value_init (&value, ATELIER_TYPE_MODEL);
  g_value_set_boxed (&value, model);
  g_assert_true (g_value_get_boxed (&value) == model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/model/parts", test_parts);
  g_test_add_func ("/core/model/copies", test_copies);
  g_test_add_func ("/core/model/no-sha256", test_no_sha256);
  g_test_add_func ("/core/model/aligned", test_aligned);
  g_test_add_func ("/core/model/refuses/names", test_refuses_names);
  g_test_add_func ("/core/model/refuses/dataset", test_refuses_dataset);
  g_test_add_func ("/core/model/refuses/input", test_refuses_input);
  g_test_add_func ("/core/model/refuses/tensors", test_refuses_tensors);
  g_test_add_func ("/core/model/boxed", test_boxed);
  return g_test_run ();
}
