/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Model files: what is written and read back, and every way in which a file is not a model. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "base/atelier-error.h"
#include "model-fixture.h"
#include "model/atelier-model-file.h"
#include "model/atelier-safetensors.h"
#include "nn.h"

static AtelierModel *
make_model (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  model_fixture_init (&fixture);
  model = atelier_model_new (&fixture.parts, &error);
  g_assert_no_error (error);
  return model;
}

static GBytes *
make_bytes (void)
{
  g_autoptr (AtelierModel) model = make_model ();

  return atelier_model_file_to_bytes (model);
}

static AtelierSafetensors *
make_container (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  AtelierSafetensors *file = atelier_safetensors_from_bytes (bytes, "test", NULL);

  g_assert_nonnull (file);
  return file;
}

/* How test files differ from a good one; members that are NULL change nothing. */
typedef struct
{
  const char  *key;          /* this metadata... */
  const char  *value;        /* ...becomes this, or is left out */
  const char  *tensor;       /* this tensor is left out... */
  const char  *new_name;     /* ...or added under this name */
  AtelierDtype new_dtype;    /* used where new_name is given */
  guint        new_rank;
  guint64      new_shape[4];
} Change;

static GBytes *
make_changed (const Change *change)
{
  static const char * const keys[] = {
    "format", "format_version", "network", "recipe", "input", "class_names", "dataset_name",
    "dataset_sha256", "epochs", "flatten_order",
  };
  g_autoptr (AtelierSafetensors) good = make_container ();
  g_autoptr (AtelierSafetensors) bad = atelier_safetensors_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = atelier_safetensors_get_metadata (good, keys[i]);

      if (g_strcmp0 (change->key, keys[i]) == 0)
        value = change->value;
      if (value != NULL)
        atelier_safetensors_add_metadata (bad, keys[i], value);
    }
  for (guint i = 0; i < atelier_safetensors_get_n_tensors (good); i++)
    {
      const AtelierSafetensor *tensor = atelier_safetensors_get_tensor (good, i);

      if (g_strcmp0 (change->tensor, tensor->name) != 0)
        atelier_safetensors_add_tensor (bad, tensor->name, tensor->dtype, tensor->shape,
                                        tensor->rank, tensor->data);
      else if (change->new_name != NULL)
        atelier_safetensors_add_tensor (bad, change->new_name, change->new_dtype, change->new_shape,
                                        change->new_rank, tensor->data);
    }
  return atelier_safetensors_to_bytes (bad);
}

static void
assert_refused (const Change *change,
                AtelierError  code,
                const char   *piece)
{
  g_autoptr (GBytes) bytes = make_changed (change);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_null (model);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "test"));
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}

static void
assert_text_refused (const char   *key,
                     const char   *value,
                     AtelierError  code,
                     const char   *piece)
{
  Change change = { .key = key, .value = value };

  assert_refused (&change, code, piece);
}

static void
assert_equal (AtelierModel *a,
              AtelierModel *b)
{
  g_assert_true (
    atelier_network_equal (atelier_model_get_network (a), atelier_model_get_network (b)));
  g_assert_true (atelier_recipe_equal (atelier_model_get_recipe (a), atelier_model_get_recipe (b)));
  g_assert_true (atelier_input_equal (atelier_model_get_input (a), atelier_model_get_input (b)));
  g_assert_cmpstrv ((char **) atelier_model_get_class_names (a),
                    (char **) atelier_model_get_class_names (b));
  g_assert_cmpstr (atelier_model_get_dataset_name (a), ==, atelier_model_get_dataset_name (b));
  g_assert_cmpstr (atelier_model_get_dataset_sha256 (a), ==, atelier_model_get_dataset_sha256 (b));
  g_assert_cmpuint (atelier_model_get_n_epochs (a), ==, atelier_model_get_n_epochs (b));
  g_assert_cmpuint (atelier_model_get_n_tensors (a), ==, atelier_model_get_n_tensors (b));
  for (guint i = 0; i < atelier_model_get_n_tensors (a); i++)
    g_assert_true (
      g_bytes_equal (atelier_model_get_tensor (a, i), atelier_model_get_tensor (b, i)));
}

/* ---- Writing, and reading what was written ---- */

static void
test_round_trip (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) again = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  assert_equal (model, again);
}

static void
test_same_bytes (void)
{
  g_autoptr (AtelierModel) a = make_model ();
  g_autoptr (AtelierModel) b = make_model ();
  g_autoptr (GBytes) bytes_a = atelier_model_file_to_bytes (a);
  g_autoptr (GBytes) bytes_b = atelier_model_file_to_bytes (b);
  g_autoptr (AtelierModel) c = atelier_model_file_from_bytes (bytes_a, "test", NULL);
  g_autoptr (GBytes) bytes_c = atelier_model_file_to_bytes (c);

  g_assert_true (g_bytes_equal (bytes_a, bytes_b));
  g_assert_true (g_bytes_equal (bytes_a, bytes_c));
}

static void
test_metadata (void)
{
  g_autoptr (AtelierSafetensors) file = make_container ();

  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "format"), ==, "atelier");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "format_version"), ==, "1");
  g_assert_cmpstr (
    atelier_safetensors_get_metadata (file, "network"), ==,
    "{\"name\":\"Tiny\",\"input\":[3,3,1],\"layers\":["
    "{\"type\":\"conv2d\",\"filters\":2,\"kernel\":[2,2],\"stride\":[1,1],\"padding\":\"valid\","
    "\"activation\":\"relu\"},{\"type\":\"flatten\"},"
    "{\"type\":\"dense\",\"units\":2,\"activation\":\"linear\"}]}");
  g_assert_cmpstr (
    atelier_safetensors_get_metadata (file, "recipe"), ==,
    "{\"optimizer\":\"adam\",\"learning_rate\":0.001,\"momentum\":0,\"batch_size\":32,"
    "\"epochs\":10,\"l2\":0.0001,\"seed\":1,\"raw_pixels\":false}");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "class_names"), ==,
                   "[\"T-shirt/top\",\"Häusliches \\\"Kleid\\\"\"]");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "dataset_name"), ==, "Fashion-MNIST");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "epochs"), ==, "7");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "flatten_order"), ==, "hwc");
}

static void
test_tensors (void)
{
  static const struct
  {
    const char *name;
    guint       rank;
    guint64     shape[4];
    guint8      second[4]; /* the second value, as it lies in the file */
  } expected[] = {
    { "conv1.bias", 1, { 2 }, { 0, 0, 0x90, 0x3f } },            /* 9 / 8 */
    { "conv1.weight", 4, { 2, 1, 2, 2 }, { 0, 0, 0, 0x3e } },    /* 1 / 8 */
    { "dense1.bias", 1, { 2 }, { 0, 0, 0x58, 0x40 } },           /* 27 / 8 */
    { "dense1.weight", 2, { 2, 8 }, { 0, 0, 0xb0, 0x3f } },      /* 11 / 8 */
  };
  g_autoptr (AtelierSafetensors) file = make_container ();

  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const AtelierSafetensor *tensor = atelier_safetensors_get_tensor (file, i);

      g_assert_cmpstr (tensor->name, ==, expected[i].name);
      g_assert_cmpint (tensor->dtype, ==, ATELIER_DTYPE_F32);
      g_assert_cmpuint (tensor->rank, ==, expected[i].rank);
      g_assert_cmpmem (tensor->shape, tensor->rank * sizeof (guint64),
                       expected[i].shape, expected[i].rank * sizeof (guint64));
      g_assert_cmpmem ((const guint8 *) g_bytes_get_data (tensor->data, NULL) + 4, 4,
                       expected[i].second, 4);
    }
}

/* Layers of a kind are numbered on their own. */
static void
test_names (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierSafetensors) file = NULL;
  static const char *classes[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  static const gsize sizes[] = { 784 * 300, 300, 300 * 32, 32, 32 * 16, 16, 160, 10 };

  model_fixture_init (&fixture);
  g_ptr_array_set_size (fixture.tensors, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_ptr_array_add (fixture.tensors, g_bytes_new_take (g_malloc0 (sizes[i] * 4), sizes[i] * 4));
  atelier_input_init_fashion (&fixture.input, 28, 28);
  fixture.parts.network = network;
  fixture.parts.class_names = classes;
  model = atelier_model_new (&fixture.parts, NULL);
  bytes = atelier_model_file_to_bytes (model);
  file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  g_assert_cmpuint (atelier_safetensors_find_tensor (file, "dense1.weight")->shape[0], ==, 300);
  g_assert_cmpuint (atelier_safetensors_find_tensor (file, "dense1.weight")->shape[1], ==, 784);
  g_assert_cmpuint (atelier_safetensors_find_tensor (file, "dense4.bias")->shape[0], ==, 10);
}

/* NaN in one tensor of the model, or in a file that was written without the model's checks. */
static void
test_not_finite (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) file_error = NULL;
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  model_fixture_init (&fixture);
  g_bytes_unref (g_ptr_array_index (fixture.tensors, 1));
  g_ptr_array_index (fixture.tensors, 1) = g_bytes_new ("\x01\0\xc0\x7f\0\0\x80\xff", 8);
  g_assert_null (atelier_model_new (&fixture.parts, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE);
  g_assert_nonnull (strstr (error->message, "not numbers"));

  memcpy (data + g_bytes_get_size (bytes) - 4, "\0\0\x80\x7f", 4); /* infinity */
  bad = g_bytes_new (data, g_bytes_get_size (bytes));
  g_assert_null (atelier_model_file_from_bytes (bad, "bad.st", &file_error));
  g_assert_error (file_error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE);
  g_assert_nonnull (strstr (file_error->message, "bad.st"));
}

/* The longest texts that a model can have still give a file that can be read. */
static void
test_longest_texts (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  AtelierLayer layers[64];
  const char *names[257] = { NULL };
  g_autofree char *name = g_strnfill (256, '"');
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierModel) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 63; i++)
    layers[i] = (AtelierLayer) { .kind = ATELIER_LAYER_DENSE,
                                 .units = 2,
                                 .activation = ATELIER_ACTIVATION_SIGMOID };
  layers[63] = (AtelierLayer) { .kind = ATELIER_LAYER_DENSE, .units = 256 };
  for (guint i = 0; i < 256; i++)
    names[i] = name;
  network = atelier_network_new (name, 1, 1, 2, layers, 64, &error);
  g_assert_no_error (error);

  model_fixture_init (&fixture);
  fixture.parts.network = network;
  fixture.parts.class_names = names;
  fixture.parts.dataset_name = name;
  atelier_input_init_fashion (&fixture.input, 1, 1);
  g_ptr_array_set_size (fixture.tensors, 0);
  for (guint i = 0; i < 64; i++)
    {
      gsize n = i < 63 ? 2 : 256;

      g_ptr_array_add (fixture.tensors, g_bytes_new_take (g_malloc0 (n * 2 * 4), n * 2 * 4));
      g_ptr_array_add (fixture.tensors, g_bytes_new_take (g_malloc0 (n * 4), n * 4));
    }
  model = atelier_model_new (&fixture.parts, &error);
  g_assert_no_error (error);
  bytes = atelier_model_file_to_bytes (model);
  again = atelier_model_file_from_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  assert_equal (model, again);
}

/* ---- Wrong files ---- */

static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();

  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) cut = g_bytes_new (copy, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_model_file_from_bytes (cut, "test", &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED);
    }
}

static void
test_trailing (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_malloc0 (size + 1);
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (copy, g_bytes_get_data (bytes, NULL), size);
  longer = g_bytes_new (copy, size + 1);
  g_assert_null (atelier_model_file_from_bytes (longer, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_TRAILING);
}

/* Flips each bit of everything but the weights: the result is an error of our own or a model. */
static void
test_flipped_bits (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  gsize size = g_bytes_get_size (bytes);
  gsize n_weights = (8 + 2 + 16 + 2) * sizeof (float);

  for (gsize i = 0; i < (size - n_weights) * 8; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierModel) model = NULL;

      copy[i / 8] ^= (guint8) (1 << i % 8);
      flipped = g_bytes_new (copy, size);
      model = atelier_model_file_from_bytes (flipped, "test", &error);
      g_assert_true ((model == NULL) == (error != NULL));
      g_assert_true (error == NULL || error->domain == ATELIER_ERROR);
    }
}

static void
test_foreign (void)
{
  assert_text_refused ("format", NULL, ATELIER_ERROR_UNSUPPORTED, "not one that Atelier wrote");
  assert_text_refused ("format", "pt", ATELIER_ERROR_UNSUPPORTED, "“format” is “pt”");
  assert_text_refused ("format_version", NULL, ATELIER_ERROR_FORMAT, "“format_version” is missing");
  assert_text_refused ("format_version", "2", ATELIER_ERROR_UNSUPPORTED, "“format_version” is “2”");
  assert_text_refused ("flatten_order", "chw", ATELIER_ERROR_UNSUPPORTED,
                       "“flatten_order” is “chw”");
}

static void
test_wrong_network (void)
{
  assert_text_refused ("network", NULL, ATELIER_ERROR_FORMAT, "“network” is missing");
  assert_text_refused ("network", "{", ATELIER_ERROR_FORMAT, "test, metadata “network”");
  assert_text_refused ("network", "{}", ATELIER_ERROR_NETWORK, "“input” is missing");
  assert_text_refused (
    "network",
    "{\"input\":[3,3,1],\"layers\":[{\"type\":\"flatten\"},{\"type\":\"dense\",\"units\":2}]}",
    ATELIER_ERROR_MISMATCH, "tensor “dense1.weight” does not have the shape");
}

static void
test_wrong_recipe (void)
{
  assert_text_refused ("recipe", NULL, ATELIER_ERROR_FORMAT, "“recipe” is missing");
  assert_text_refused ("recipe", "", ATELIER_ERROR_FORMAT, "test, metadata “recipe”");
  assert_text_refused ("recipe", "{}", ATELIER_ERROR_RECIPE, "“optimizer” is missing");
  assert_text_refused ("recipe", "{\"optimizer\":\"adam\",\"optimizer\":\"sgd\"}",
                       ATELIER_ERROR_FORMAT, "occurs twice");
}

static void
test_wrong_input (void)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  AtelierInput input;

  assert_text_refused ("input", NULL, ATELIER_ERROR_FORMAT, "“input” is missing");
  assert_text_refused ("input", "[]", ATELIER_ERROR_FORMAT, "test, metadata “input”");
  atelier_input_init_fashion (&input, 4, 3);
  node = atelier_input_to_json (&input);
  text = json_to_string (node, FALSE);
  assert_text_refused ("input", text, ATELIER_ERROR_MISMATCH, "4×3 for a network that sees 3×3");
}

static void
test_wrong_class_names (void)
{
  assert_text_refused ("class_names", NULL, ATELIER_ERROR_FORMAT, "“class_names” is missing");
  assert_text_refused ("class_names", "{}", ATELIER_ERROR_FORMAT, "expected an array of strings");
  assert_text_refused ("class_names", "[\"a\",2]", ATELIER_ERROR_FORMAT,
                       "expected an array of strings");
  assert_text_refused ("class_names", "[2,\"a\"]", ATELIER_ERROR_FORMAT,
                       "expected an array of strings");
  assert_text_refused ("class_names", "[]", ATELIER_ERROR_MISMATCH, "0 class names");
  assert_text_refused ("class_names", "[\"a\",\"b\",\"c\"]", ATELIER_ERROR_MISMATCH,
                       "3 class names");
}

static void
test_wrong_dataset (void)
{
  assert_text_refused ("dataset_name", NULL, ATELIER_ERROR_FORMAT, "“dataset_name” is missing");
  assert_text_refused ("dataset_sha256", NULL, ATELIER_ERROR_FORMAT, "“dataset_sha256” is missing");
  assert_text_refused ("dataset_sha256", "xyz", ATELIER_ERROR_MISMATCH, "SHA-256");
  assert_text_refused ("epochs", NULL, ATELIER_ERROR_FORMAT, "“epochs” is missing");
  assert_text_refused ("epochs", "-1", ATELIER_ERROR_FORMAT, "“epochs” is “-1”");
  assert_text_refused ("epochs", "1.5", ATELIER_ERROR_FORMAT, "“epochs” is “1.5”");
  assert_text_refused ("epochs", "4294967296", ATELIER_ERROR_FORMAT, "“epochs” is “4294967296”");
}

static void
test_wrong_tensors (void)
{
  Change missing = { .tensor = "conv1.bias" };
  Change renamed = { .tensor = "conv1.bias",
                     .new_name = "conv1.offset",
                     .new_rank = 1,
                     .new_shape = { 2 },
                     .new_dtype = ATELIER_DTYPE_F32 };
  Change typed = { .tensor = "conv1.bias",
                   .new_name = "conv1.bias",
                   .new_rank = 1,
                   .new_shape = { 2 },
                   .new_dtype = ATELIER_DTYPE_I32 };
  Change turned = { .tensor = "dense1.weight",
                    .new_name = "dense1.weight",
                    .new_rank = 2,
                    .new_shape = { 8, 2 },
                    .new_dtype = ATELIER_DTYPE_F32 };
  Change flat = { .tensor = "dense1.weight",
                  .new_name = "dense1.weight",
                  .new_rank = 1,
                  .new_shape = { 16 },
                  .new_dtype = ATELIER_DTYPE_F32 };

  assert_refused (&missing, ATELIER_ERROR_MISMATCH, "needs tensor “conv1.bias”");
  assert_refused (&renamed, ATELIER_ERROR_MISMATCH, "needs tensor “conv1.bias”");
  assert_refused (&typed, ATELIER_ERROR_UNSUPPORTED, "“conv1.bias” has values of type I32");
  assert_refused (&turned, ATELIER_ERROR_MISMATCH, "“dense1.weight” does not have the shape");
  assert_refused (&flat, ATELIER_ERROR_MISMATCH, "“dense1.weight” does not have the shape");
}

static void
test_extra_tensor (void)
{
  g_autoptr (AtelierSafetensors) file = make_container ();
  g_autoptr (GBytes) data = g_bytes_new_static ("\0\0\0\0", 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  atelier_safetensors_add_tensor (file, "more", ATELIER_DTYPE_F32, NULL, 0, data);
  bytes = atelier_safetensors_to_bytes (file);
  g_assert_null (atelier_model_file_from_bytes (bytes, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

/* Weights of another revision of the engine keep its number, and those of the first say none. */
static void
test_arithmetic (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) first = NULL;
  g_autoptr (AtelierModel) other = NULL;
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (AtelierSafetensors) file = NULL;
  g_autoptr (GBytes) first_bytes = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_init (&fixture);
  fixture.parts.arithmetic = 1;
  first = atelier_model_new (&fixture.parts, NULL);
  fixture.parts.arithmetic = NN_ARITHMETIC_REVISION + 1;
  other = atelier_model_new (&fixture.parts, NULL);
  g_assert_false (atelier_model_is_same_arithmetic (other));
  first_bytes = atelier_model_file_to_bytes (first);
  file = atelier_safetensors_from_bytes (first_bytes, "test", &error);
  g_assert_no_error (error);
  g_assert_null (atelier_safetensors_get_metadata (file, "arithmetic"));
  bytes = atelier_model_file_to_bytes (other);
  loaded = atelier_model_file_from_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (atelier_model_get_arithmetic (loaded), ==, NN_ARITHMETIC_REVISION + 1);
}

static void
test_extra_metadata (void)
{
  g_autoptr (AtelierSafetensors) file = make_container ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierModel) model = NULL;

  atelier_safetensors_add_metadata (file, "note", "from a friend");
  bytes = atelier_safetensors_to_bytes (file);
  model = atelier_model_file_from_bytes (bytes, "test", NULL);
  g_assert_nonnull (model);
}

/* ---- On disk ---- */

static void
test_save_and_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-model-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "tiny.safetensors", NULL);
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  g_assert_true (atelier_model_file_save (model, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  loaded = atelier_model_file_load (path, &error);
  g_assert_no_error (error);
  assert_equal (model, loaded);

  /* Nothing else was left behind. */
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "tiny.safetensors");
  g_assert_null (g_dir_read_name (dir));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_save_fails (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autofree char *folder = g_dir_make_tmp ("atelier-model-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_model_file_save (model, "/nonexistent/tiny.safetensors", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_clear_error (&error);

  /* A folder cannot be replaced by a file, and nothing is left beside it. */
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_false (atelier_model_file_save (model, inner, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_true (g_file_test (inner, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
assert_load_refused (const char   *path,
                     AtelierError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_model_file_load (path, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
}

static void
test_load_odd_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-model-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty", NULL);
  g_autofree char *sparse = g_build_filename (folder, "sparse", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_set_contents (sparse, "", 0, NULL));
  g_assert_cmpint (truncate (sparse, (gint64) ATELIER_MODEL_FILE_MAX_SIZE + 1), ==, 0);
  assert_load_refused ("/nonexistent/tiny.safetensors", ATELIER_ERROR_NOT_FOUND);
  assert_load_refused (folder, ATELIER_ERROR_FORMAT);
  assert_load_refused (fifo, ATELIER_ERROR_FORMAT);
  assert_load_refused ("/dev/zero", ATELIER_ERROR_FORMAT);
  assert_load_refused (empty, ATELIER_ERROR_TRUNCATED);
  assert_load_refused (sparse, ATELIER_ERROR_TOO_LARGE);
  g_unlink (fifo);
  g_unlink (empty);
  g_unlink (sparse);
  g_rmdir (folder);
}

/* A file of 2 GiB that says in its header what is wrong with it: the rest is never read, as memory
 * shows. */
static void
test_header_first (void)
{
  static const char header[] = "\x10\0\0\0\0\0\0\0{\"__metadata__\":";
  g_autofree char *folder = g_dir_make_tmp ("atelier-model-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sparse.safetensors", NULL);
  struct rlimit limit;

  g_assert_true (g_file_set_contents (path, header, sizeof header - 1, NULL));
  g_assert_cmpint (truncate (path, (gint64) 1 << 31), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_DATA, &limit), ==, 0);
  /* A sanitizer has more memory of its own. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  struct rlimit small = limit;

  small.rlim_cur = (rlim_t) 1 << 30;
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &small), ==, 0);
#endif
  assert_load_refused (path, ATELIER_ERROR_FORMAT);
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &limit), ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

/* Two models in the same second get files of their own. */
static void
test_rescue (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = atelier_model_file_rescue (model, &error);
  g_autofree char *second = atelier_model_file_rescue (model, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, g_get_user_state_dir ()));
  g_assert_nonnull (strstr (first, "Tiny-epoch-7-"));
  g_assert_cmpstr (first, !=, second);
  loaded = atelier_model_file_load (second, &error);
  g_assert_no_error (error);
  assert_equal (model, loaded);
  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_cmpint (g_unlink (second), ==, 0);
}

static char *
write_rescued (const char *name,
               time_t      time)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);
  char *path = g_build_filename (folder, name, NULL);
  struct utimbuf times = { time, time };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
  return path;
}

#define NO_PROCESS 999999999 /* more than a Linux ever counts to */

/* A file of a run that goes on stays; what a process has left gets a name to stay. */
static void
test_take_left (void)
{
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (GError) error = NULL;
  g_autofree char *running = atelier_model_file_rescue_running (model, &error);
  g_autofree char *dead = NULL;
  g_autofree char *expected = NULL;
  g_auto (GStrv) nothing = NULL;
  g_auto (GStrv) left = NULL;
  char *end;

  g_assert_no_error (error);
  nothing = atelier_model_file_take_left ();
  g_assert_null (nothing[0]);
  g_assert_true (g_file_test (running, G_FILE_TEST_EXISTS));

  end = strstr (running, "-running-");
  g_assert_nonnull (end);
  *end = '\0';
  expected = g_strconcat (running, ".safetensors", NULL);
  dead = g_strdup_printf ("%s-running-%d.safetensors", running, NO_PROCESS);
  *end = '-';
  g_assert_cmpint (g_rename (running, dead), ==, 0);
  left = atelier_model_file_take_left ();
  g_assert_cmpstr (left[0], ==, expected);
  g_assert_null (left[1]);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (expected), ==, 0);
}

/* Whether a file of a run in the process @id is taken for one that was left. */
static gboolean
is_left (pid_t id)
{
  g_autofree char *name = g_strdup_printf ("Net-epoch-1-2026-01-01-120000-running-%ld.safetensors",
                                           (long) id);
  g_autofree char *path = write_rescued (name, 1000);
  g_auto (GStrv) left = atelier_model_file_take_left ();

  g_assert_cmpint (g_unlink (left[0] ? left[0] : path), ==, 0);
  return left[0] != NULL;
}

/* A number of a process is used again, and one that was killed is there until its parent asks. */
static void
test_take_left_number (void)
{
  siginfo_t info;
  pid_t child;

  if (!g_file_test ("/proc/self/stat", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the system does not tell what a process runs");
      return;
    }

  g_assert_false (is_left (getpid ()));
  g_assert_true (is_left (getppid ()));

  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (0);
  g_assert_cmpint (waitid (P_PID, (id_t) child, &info, WEXITED | WNOWAIT), ==, 0);
  g_assert_true (is_left (child));
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

/* The oldest rescued models are deleted, and no other files of that folder. */
static void
test_prune_rescued (void)
{
  g_autofree char *foreign = write_rescued ("test-looks", 1000);
  g_autofree char *mine = write_rescued ("mine-epoch-3.safetensors", 1000);
  g_autofree char *oldest = write_rescued ("Net-epoch-1-2026-01-01-120000.safetensors", 2000);
  g_autofree char *old = write_rescued ("Net-epoch-9-2026-01-01-120000-2.safetensors", 3000);
  g_autofree char *new = write_rescued ("Net-epoch-2-2025-01-01-120000.safetensors", 4000);

  atelier_model_file_prune_rescued (3);
  g_assert_true (g_file_test (oldest, G_FILE_TEST_EXISTS));

  atelier_model_file_prune_rescued (2);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));

  atelier_model_file_prune_rescued (1);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (new), ==, 0);
  g_assert_cmpint (g_unlink (foreign), ==, 0);
  g_assert_cmpint (g_unlink (mine), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("atelier-state-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (state, "atelier", NULL);
  int status;

  /* G_TEST_OPTION_ISOLATE_DIRS does this too, but leaks the names of the folders. */
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/model-file/round-trip", test_round_trip);
  g_test_add_func ("/core/model-file/same-bytes", test_same_bytes);
  g_test_add_func ("/core/model-file/metadata", test_metadata);
  g_test_add_func ("/core/model-file/tensors", test_tensors);
  g_test_add_func ("/core/model-file/names", test_names);
  g_test_add_func ("/core/model-file/not-finite", test_not_finite);
  g_test_add_func ("/core/model-file/longest-texts", test_longest_texts);
  g_test_add_func ("/core/model-file/truncated", test_truncated);
  g_test_add_func ("/core/model-file/trailing", test_trailing);
  g_test_add_func ("/core/model-file/flipped-bits", test_flipped_bits);
  g_test_add_func ("/core/model-file/foreign", test_foreign);
  g_test_add_func ("/core/model-file/wrong/network", test_wrong_network);
  g_test_add_func ("/core/model-file/wrong/recipe", test_wrong_recipe);
  g_test_add_func ("/core/model-file/wrong/input", test_wrong_input);
  g_test_add_func ("/core/model-file/wrong/class-names", test_wrong_class_names);
  g_test_add_func ("/core/model-file/wrong/dataset", test_wrong_dataset);
  g_test_add_func ("/core/model-file/wrong/tensors", test_wrong_tensors);
  g_test_add_func ("/core/model-file/extra/tensor", test_extra_tensor);
  g_test_add_func ("/core/model-file/arithmetic", test_arithmetic);
  g_test_add_func ("/core/model-file/extra/metadata", test_extra_metadata);
  g_test_add_func ("/core/model-file/save-and-load", test_save_and_load);
  g_test_add_func ("/core/model-file/save-fails", test_save_fails);
  g_test_add_func ("/core/model-file/load-odd-files", test_load_odd_files);
  g_test_add_func ("/core/model-file/header-first", test_header_first);
  g_test_add_func ("/core/model-file/rescue", test_rescue);
  g_test_add_func ("/core/model-file/take-left", test_take_left);
  g_test_add_func ("/core/model-file/take-left-number", test_take_left_number);
  g_test_add_func ("/core/model-file/prune-rescued", test_prune_rescued);
  status = g_test_run ();

  g_rmdir (folder);
  g_rmdir (state);
  return status;
}
