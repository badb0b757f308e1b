/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Training states in models and their files: states are written and read back, files without one
 * are as before, and every way in which a state is wrong. */

#include <string.h>

#include "base/atelier-error.h"
#include "model-fixture.h"
#include "model/atelier-model-file.h"
#include "model/atelier-safetensors.h"

#define GOOD_STATE                                                                                 \
  "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":30,\"loss_sum\":0.30000000000000004,"      \
  "\"correct\":33}"

static AtelierModel *
make_model (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
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

static void
assert_arrays_equal (GPtrArray *a,
                     GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_true (g_bytes_equal (a->pdata[i], b->pdata[i]));
}

static void
assert_states_equal (const AtelierTrainingState *a,
                     const AtelierTrainingState *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpuint (a->n_images, ==, b->n_images);
  g_assert_cmpuint (a->n_epochs, ==, b->n_epochs);
  g_assert_cmpuint (a->n_batches, ==, b->n_batches);
  g_assert_cmpuint (a->n_steps, ==, b->n_steps);
  g_assert_cmpmem (&a->loss_sum, sizeof a->loss_sum, &b->loss_sum, sizeof b->loss_sum);
  g_assert_cmpuint (a->n_correct, ==, b->n_correct);
  assert_arrays_equal (a->moments_1, b->moments_1);
  g_assert_true ((a->moments_2 != NULL) == (b->moments_2 != NULL));
  if (a->moments_2 != NULL)
    assert_arrays_equal (a->moments_2, b->moments_2);
  g_assert_true (atelier_judgement_equal (&a->judgement, &b->judgement));
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    {
      g_assert_true ((a->weights[i] != NULL) == (b->weights[i] != NULL));
      if (a->weights[i] != NULL)
        assert_arrays_equal (a->weights[i], b->weights[i]);
    }
}

/* ---- In models ---- */

/* The last of a tensor's values is @bits. */
static GPtrArray *
spoil (GPtrArray *tensors,
       guint32    bits)
{
  GPtrArray *spoilt = g_ptr_array_copy (tensors, (GCopyFunc) g_bytes_ref, NULL);
  GBytes *last = g_ptr_array_index (spoilt, spoilt->len - 1);
  gsize size = g_bytes_get_size (last);
  guint8 *data = g_memdup2 (g_bytes_get_data (last, NULL), size);

  bits = GUINT32_TO_LE (bits);
  memcpy (data + size - sizeof bits, &bits, sizeof bits);
  g_ptr_array_index (spoilt, spoilt->len - 1) = g_bytes_new_take (data, size);
  g_bytes_unref (last);
  g_ptr_array_set_free_func (spoilt, (GDestroyNotify) g_bytes_unref);
  return spoilt;
}

static void
test_none (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  g_assert_null (atelier_model_get_state (model));
}

/* The caller may change its arrays afterwards. */
static void
test_copied (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  fixture.state.n_steps = 0;
  g_ptr_array_set_size (fixture.tensors, 0);
  g_assert_cmpuint (atelier_model_get_state (model)->n_steps, ==, 30);
  g_assert_cmpuint (atelier_model_get_state (model)->moments_2->len, ==, 4);
}

static void
assert_model_refused (ModelFixture *fixture,
                      const char   *piece)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_model_new (&fixture->parts, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}

static void
test_moments_of_wrong_size (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  for (guint i = 4; i-- > 0;)
    g_ptr_array_add (turned, fixture.tensors->pdata[i]);
  fixture.state.moments_1 = turned;
  assert_model_refused (&fixture, "The training state of tensor “conv1.weight”");
  fixture.state.moments_1 = fixture.tensors;
  fixture.state.moments_2 = turned;
  assert_model_refused (&fixture, "The training state of tensor “conv1.weight”");
  g_ptr_array_set_size (turned, 3);
  assert_model_refused (&fixture, "not one of the recipe");
}

static void
test_other_optimizer (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  fixture.state.moments_2 = NULL;
  assert_model_refused (&fixture, "not one of the recipe");
  model_fixture_use_sgd (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  g_assert_nonnull (model);
  fixture.state.moments_2 = fixture.tensors;
  assert_model_refused (&fixture, "not one of the recipe");
}

/* After the last batch but before the end of the epoch, the weights count as those of the epoch. */
static void
test_epoch_without_end (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  fixture.state.n_batches = 4;
  fixture.state.n_steps = 32;
  assert_model_refused (&fixture, "do not agree");
  fixture.parts.n_epochs = 8;
  model = atelier_model_new (&fixture.parts, NULL);
  g_assert_nonnull (model);
}

/* ---- In files ---- */

static void
assert_round_trip (AtelierModel *model)
{
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) again = atelier_model_file_from_bytes (bytes, "test", &error);
  g_autoptr (GBytes) bytes_again = NULL;

  g_assert_no_error (error);
  assert_states_equal (atelier_model_get_state (model), atelier_model_get_state (again));
  bytes_again = atelier_model_file_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
}

static void
test_round_trip (void)
{
  g_autoptr (AtelierModel) model = make_model ();

  assert_round_trip (model);
}

static void
test_round_trip_sgd (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  model_fixture_use_sgd (&fixture);
  fixture.state.moments_2 = NULL;
  model = atelier_model_new (&fixture.parts, NULL);
  assert_round_trip (model);
}

static void
use_average (ModelFixture *fixture)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (fixture->recipe);

  values.average_decay = 0.5;
  atelier_recipe_unref (fixture->recipe);
  fixture->recipe = atelier_recipe_new (&values, NULL);
  fixture->parts.recipe = fixture->recipe;
  fixture->parts.weights = ATELIER_WEIGHTS_AVERAGED;
}

static void
assert_weights_said (AtelierModel *model,
                     const char   *expected, /* nullable */
                     gboolean      has_newest)
{
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "weights"), ==, expected);
  g_assert_true ((atelier_safetensors_find_tensor (file, "conv1.weight.newest") != NULL)
                 == has_newest);
}

/* The tensors are the averaged ones, which the file says, with or without the newest. */
static void
test_averaged (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierModel) dropped = NULL;
  g_autoptr (AtelierModel) plain = make_model ();
  g_autoptr (GPtrArray) newest = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  use_average (&fixture);
  assert_model_refused (&fixture, "not one of the recipe");
  newest = spoil (fixture.tensors, 0xbf800000);
  fixture.state.weights[ATELIER_WEIGHTS_NEWEST] = newest;
  model = atelier_model_new (&fixture.parts, NULL);
  assert_round_trip (model);
  assert_weights_said (model, "averaged", TRUE);
  dropped = atelier_model_drop_state (model);
  assert_weights_said (dropped, "averaged", FALSE);
  assert_weights_said (plain, NULL, FALSE);
}

static void
test_newest_without_average (void)
{
  g_auto (ModelFixture) fixture = { 0 };

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  fixture.state.weights[ATELIER_WEIGHTS_NEWEST] = fixture.tensors;
  assert_model_refused (&fixture, "not one of the recipe");
}

/* A file whose weights are not what its recipe makes. */
static void
test_other_weights (void)
{
  static const char said[] = "averaged";
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  model_fixture_init (&fixture);
  use_average (&fixture);
  model = atelier_model_new (&fixture.parts, NULL);
  bytes = atelier_model_file_to_bytes (model);
  size = g_bytes_get_size (bytes);
  data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  *g_strstr_len (data + 8, (gssize) size - 8, said) = 'A'; /* behind the header's length */
  other = g_bytes_new_take (data, size);
  loaded = atelier_model_file_from_bytes (other, "test", &error);
  g_assert_null (loaded);
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "“weights” is “Averaged”"));
}

/* Without its state, a model gives the bytes that it always gave. */
static void
test_dropped (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) plain = NULL;
  g_autoptr (AtelierModel) model = make_model ();
  g_autoptr (AtelierModel) dropped = atelier_model_drop_state (model);
  g_autoptr (AtelierModel) dropped_again = atelier_model_drop_state (dropped);
  g_autoptr (GBytes) plain_bytes = NULL;
  g_autoptr (GBytes) dropped_bytes = atelier_model_file_to_bytes (dropped);
  g_autoptr (AtelierSafetensors) file = NULL;

  model_fixture_init (&fixture);
  plain = atelier_model_new (&fixture.parts, NULL);
  plain_bytes = atelier_model_file_to_bytes (plain);
  g_assert_null (atelier_model_get_state (dropped));
  g_assert_true (dropped_again == dropped);
  g_assert_true (g_bytes_equal (plain_bytes, dropped_bytes));
  file = atelier_safetensors_from_bytes (plain_bytes, "test", NULL);
  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, 4);
  g_assert_null (atelier_safetensors_get_metadata (file, "training_state"));
}

static void
test_content (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  const AtelierSafetensor *moment;

  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "format_version"), ==, "1");
  g_assert_cmpstr (atelier_safetensors_get_metadata (file, "training_state"), ==, GOOD_STATE);
  g_assert_cmpuint (atelier_safetensors_get_n_tensors (file), ==, 12);
  moment = atelier_safetensors_find_tensor (file, "conv1.weight.moment_2");
  g_assert_nonnull (moment);
  g_assert_cmpuint (moment->rank, ==, 4);
  g_assert_cmpuint (moment->shape[0], ==, 2);
}

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

/* Flips each bit of everything but the tensors: the result is an error of our own or a model. */
static void
test_flipped_bits (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  gsize size = g_bytes_get_size (bytes);
  gsize n_values = 3 * (8 + 2 + 16 + 2) * sizeof (float);

  for (gsize i = 0; i < (size - n_values) * 8; i++)
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

/* A good file but for its state (NULL: none), and for @tensor (nullable), which is left out, or has
 * one value where @is_short. */
static GBytes *
make_changed (const char *state,
              const char *tensor,
              gboolean    is_short)
{
  static const char * const keys[] = {
    "format",      "format_version", "network",        "recipe", "input",
    "class_names", "dataset_name",   "dataset_sha256", "epochs", "flatten_order",
  };
  g_autoptr (GBytes) bytes = make_bytes ();
  g_autoptr (AtelierSafetensors) good = atelier_safetensors_from_bytes (bytes, "test", NULL);
  g_autoptr (AtelierSafetensors) bad = atelier_safetensors_new ();
  g_autoptr (GBytes) one_value = g_bytes_new_static ("\0\0\0\0", 4);
  const guint64 one = 1;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    atelier_safetensors_add_metadata (bad, keys[i],
                                      atelier_safetensors_get_metadata (good, keys[i]));
  if (state != NULL)
    atelier_safetensors_add_metadata (bad, "training_state", state);
  for (guint i = 0; i < atelier_safetensors_get_n_tensors (good); i++)
    {
      const AtelierSafetensor *old = atelier_safetensors_get_tensor (good, i);

      if (g_strcmp0 (tensor, old->name) != 0)
        atelier_safetensors_add_tensor (bad, old->name, old->dtype, old->shape, old->rank,
                                        old->data);
      else if (is_short)
        atelier_safetensors_add_tensor (bad, old->name, old->dtype, &one, 1, one_value);
    }
  return atelier_safetensors_to_bytes (bad);
}

static void
assert_refused (const char   *state,
                const char   *tensor,
                gboolean      is_short,
                AtelierError  code,
                const char   *piece)
{
  g_autoptr (GBytes) bytes = make_changed (state, tensor, is_short);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_null (model);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, "test"));
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}

static void
test_wrong_tensors (void)
{
  assert_refused (GOOD_STATE, "conv1.bias.moment_1", FALSE, ATELIER_ERROR_MISMATCH,
                  "the training state needs tensor “conv1.bias.moment_1”");
  assert_refused (GOOD_STATE, "dense1.weight.moment_2", FALSE, ATELIER_ERROR_MISMATCH,
                  "the training state needs tensor “dense1.weight.moment_2”");
  assert_refused (GOOD_STATE, "conv1.weight.moment_1", TRUE, ATELIER_ERROR_MISMATCH,
                  "tensor “conv1.weight.moment_1” does not have the shape");
  assert_refused (NULL, NULL, FALSE, ATELIER_ERROR_MISMATCH,
                  "there are 12 tensors, but the network has 4");
}

/* Adam's second moments are too many for SGD. */
static void
test_wrong_optimizer (void)
{
  g_auto (ModelFixture) fixture = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierSafetensors) file = NULL;
  g_autoptr (GBytes) more = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_init (&fixture);
  model_fixture_add_state (&fixture);
  model_fixture_use_sgd (&fixture);
  fixture.state.moments_2 = NULL;
  model = atelier_model_new (&fixture.parts, NULL);
  bytes = atelier_model_file_to_bytes (model);
  file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  atelier_safetensors_add_tensor (file, "conv1.bias.moment_2", ATELIER_DTYPE_F32, (guint64[]) { 2 },
                                  1, fixture.tensors->pdata[1]);
  more = atelier_safetensors_to_bytes (file);
  g_assert_null (atelier_model_file_from_bytes (more, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

static void
test_wrong_text (void)
{
  static const struct
  {
    const char  *state;
    AtelierError code;
    const char  *piece;
  } wrong[] = {
    { "", ATELIER_ERROR_FORMAT, "test, metadata “training_state”" },
    { "[]", ATELIER_ERROR_FORMAT, "test, metadata “training_state”" },
    { "{}", ATELIER_ERROR_FORMAT, "“images” is missing" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":\"many\","
      "\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_FORMAT, "“steps” is \"many\"" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":30.5,\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_FORMAT, "“steps” is 30.5" },
    { "{\"images\":0,\"epochs\":7,\"batches\":2,\"steps\":30,\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_FORMAT, "“images” is 0" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":30,"
      "\"loss_sum\":1,\"correct\":33,\"x\":1}",
      ATELIER_ERROR_FORMAT, "x" },
    { "{\"images\":100,\"epochs\":7,\"batches\":5,\"steps\":33,\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "at batch 5 of an epoch of 4" },
    { "{\"images\":100,\"epochs\":7,\"batches\":4294967295,\"steps\":30,"
      "\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "of an epoch of 4" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":31,\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "do not agree" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":9223372036854775807,\"loss_sum\":1,"
      "\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "do not agree" },
    { "{\"images\":100,\"epochs\":6,\"batches\":2,\"steps\":26,\"loss_sum\":1,\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "do not agree" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":30,\"loss_sum\":-1,\"correct\":33}",
      ATELIER_ERROR_MISMATCH, "sums" },
    { "{\"images\":100,\"epochs\":7,\"batches\":2,\"steps\":30,\"loss_sum\":1,\"correct\":65}",
      ATELIER_ERROR_MISMATCH, "sums" },
    { "{\"images\":100,\"epochs\":7,\"batches\":0,\"steps\":28,\"loss_sum\":1,\"correct\":0}",
      ATELIER_ERROR_MISMATCH, "sums" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i].state, NULL, FALSE, wrong[i].code, wrong[i].piece);
}

/* Moments that are no numbers, and second ones below 0; first ones may be, and so may -0. */
static void
test_wrong_numbers (void)
{
  const struct
  {
    guint32      bits;
    gboolean     is_second;
    AtelierError code;     /* or 0 */
  } numbers[] = {
    { 0x7fc00000, FALSE, ATELIER_ERROR_NOT_FINITE },
    { 0xff800000, FALSE, ATELIER_ERROR_NOT_FINITE },
    { 0x7f800001, TRUE, ATELIER_ERROR_NOT_FINITE },
    { 0x80000001, TRUE, ATELIER_ERROR_MISMATCH },
    { 0xbf800000, FALSE, 0 },
    { 0x80000000, TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_auto (ModelFixture) fixture = { 0 };
      g_autoptr (GPtrArray) spoilt = NULL;
      g_autoptr (AtelierModel) model = NULL;
      g_autoptr (GError) error = NULL;

      model_fixture_init (&fixture);
      model_fixture_add_state (&fixture);
      spoilt = spoil (fixture.tensors, numbers[i].bits);
      if (numbers[i].is_second)
        fixture.state.moments_2 = spoilt;
      else
        fixture.state.moments_1 = spoilt;
      model = atelier_model_new (&fixture.parts, &error);
      g_assert_true ((model == NULL) == (numbers[i].code != 0));
      if (numbers[i].code != 0)
        g_assert_error (error, ATELIER_ERROR, (int) numbers[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/model-state/none", test_none);
  g_test_add_func ("/core/model-state/copied", test_copied);
  g_test_add_func ("/core/model-state/averaged", test_averaged);
  g_test_add_func ("/core/model-state/newest-without-average", test_newest_without_average);
  g_test_add_func ("/core/model-state/other-weights", test_other_weights);
  g_test_add_func ("/core/model-state/wrong-size", test_moments_of_wrong_size);
  g_test_add_func ("/core/model-state/other-optimizer", test_other_optimizer);
  g_test_add_func ("/core/model-state/epoch-without-end", test_epoch_without_end);
  g_test_add_func ("/core/model-state/file/round-trip", test_round_trip);
  g_test_add_func ("/core/model-state/file/round-trip-sgd", test_round_trip_sgd);
  g_test_add_func ("/core/model-state/file/dropped", test_dropped);
  g_test_add_func ("/core/model-state/file/content", test_content);
  g_test_add_func ("/core/model-state/file/truncated", test_truncated);
  g_test_add_func ("/core/model-state/file/flipped-bits", test_flipped_bits);
  g_test_add_func ("/core/model-state/file/wrong-tensors", test_wrong_tensors);
  g_test_add_func ("/core/model-state/file/wrong-optimizer", test_wrong_optimizer);
  g_test_add_func ("/core/model-state/file/wrong-text", test_wrong_text);
  g_test_add_func ("/core/model-state/wrong-numbers", test_wrong_numbers);
  return g_test_run ();
}
