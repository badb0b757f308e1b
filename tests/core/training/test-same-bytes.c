/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of every preset, as they were when they were written down: the weights and the model
 * file after two epochs of a small set of Sketched garments.  A change that moves one of these
 * breaks every promise of repeatability made to people who kept a model, so it must be on purpose;
 * then the new values are written here, and the change says why.
 *
 * The engine gives the same bits on every instruction set and number of threads, so the values hold
 * everywhere.  The garments' pixels are drawn by cairo and pixman; where their version draws
 * others, which the data set's hash tells, there is nothing to compare and the test is skipped.
 */

#include "data/atelier-synthetic.h"
#include "model/atelier-model-file.h"
#include "small-runs.h"

#define N_TEST 40

typedef struct
{
  const char *preset;
  guint       n_train; /* with a short last batch */
  const char *data;    /* SHA-256 of so many garments */
  const char *weights; /* atelier_model_dup_digest */
  const char *file;    /* SHA-256 of the model file without its training state */
  const char *state;   /* the same with its training state */
} Expected;

static const Expected expected[] = {
  { "report-1", 1100,
    "13ba8be9776b19cceee2f0e5ca0a9ef36f859fb4cc40f1b92a1fa7f5ca880123",
    "c2991be24e0a4e3d0fc68d90857f39d1f828fc6c845423de579e0ad6912e7ad0",
    "079dcc618f6abd3df328605186e1444123f35fcfaa2cbffa7c805de629567c03",
    "cbac48f8dd82f81272a5021484bad25359f5b0a45590f0cced4e18c00ba37d33" },
  { "report-2", 1100,
    "13ba8be9776b19cceee2f0e5ca0a9ef36f859fb4cc40f1b92a1fa7f5ca880123",
    "922f26e251f8b05039ca84450c068c40a95834885b3479819628a2f021f96d31",
    "2462d8e2da9994bd8537754d390071418f5a3dc3a93afb7d889bc6f7a5a8032d",
    "416c7a99993031d7a87874ab59a8f02fb6545f54be23a3ff672245f826c34ed6" },
  { "quick", 300,
    "0da8f583372458058a41ff41a604aa03b9565510800d84773b8f87fc23076302",
    "b82407a94499a451150fbf35d1c65b0b00b8e6a597e505ebc270745aea3b7d92",
    "8f8f537cd96e420fd060db9c5d8210dff5fe4728bf40ff7b6d87958a0c4cf18d",
    "43980e0c9c495f85868b3acca086c3fa96e71b3129d858c517101b0b0a501ca8" },
  { "strong", 300,
    "0da8f583372458058a41ff41a604aa03b9565510800d84773b8f87fc23076302",
    "e5d7acb3f0394b212bac8fac3425665d2fefa46d7db88bfa98fa3fa2dff0c793",
    "f234a278ac769b88b319c7cc8b1ee1c04ef2eaae99761af716bb6f077446b5c4",
    "d9eefd8a960387ab537d0f1386b56220a9282bf638e9477745bc9748fbec7026" },
  { "robust", 300,
    "0da8f583372458058a41ff41a604aa03b9565510800d84773b8f87fc23076302",
    "0787738f0577b041ec31396d3a28d948f0102e004ff660cd6119ddbf2d727f07",
    "da9b88245cbc377cba0c05e6ff53181641b9a4ce4414226539163c256bcf0f52",
    "deb075da569d087581ef964579b725eaae38ceca9365511833310430a088a707" },
};

static char *
digest_file (AtelierModel *model)
{
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static AtelierModel *
train (const char    *preset,
       AtelierSplits *splits,
       guint          n_threads)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset (preset);
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  preset_recipe_init (&values, preset);
  values.n_epochs = 2;
  start_with_values (trainer, network, &values, splits, n_threads, &error);
  g_assert_no_error (error);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
  return atelier_model_ref (atelier_trainer_get_model (trainer));
}

static void
test_preset (gconstpointer data)
{
  const Expected *row = data;
  g_autoptr (AtelierSplits) splits =
    garment_splits_new (ATELIER_SYNTHETIC_SEED, row->n_train, N_TEST);
  const char *sha256 = atelier_dataset_get_sha256 (atelier_splits_get_dataset (splits));

  if (!g_str_equal (sha256, row->data))
    {
      g_autofree char *words = g_strdup_printf ("these garments are %s", sha256);

      g_test_skip (words);
      return;
    }
  for (guint n_threads = 1; n_threads <= 2; n_threads++)
    {
      g_autoptr (AtelierModel) model = train (row->preset, splits, n_threads);
      g_autoptr (AtelierModel) stateless = atelier_model_drop_state (model);
      g_autofree char *weights = atelier_model_dup_digest (model);
      g_autofree char *file = digest_file (stateless);
      g_autofree char *state = digest_file (model);

      g_assert_cmpstr (weights, ==, row->weights);
      g_assert_cmpstr (file, ==, row->file);
      g_assert_cmpstr (state, ==, row->state);
    }
}

/* Whoever adds a preset writes its bytes down. */
static void
test_all_presets (void)
{
  const char * const *ids = atelier_network_list_presets ();
  guint n = 0;

  for (; ids[n] != NULL; n++)
    {
      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (expected[n].preset, ==, ids[n]);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/same-bytes/all-presets", test_all_presets);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/same-bytes/%s", expected[i].preset);

      g_test_add_data_func (path, &expected[i], test_preset);
    }
  return g_test_run ();
}
