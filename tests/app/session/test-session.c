/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session without a window: what it begins with, loads, refuses and notifies.  Runs are of 600
 * garments and the fully connected network, so that an epoch takes a few hundredths of a second. */

#include "config.h"

#include <locale.h>

#include "app-window.h"
#include "base/atelier-error.h"
#include "data/atelier-synthetic.h"
#include "idx-files.h"
#include "session/atelier-session.h"

/* A network for pictures of 3 × 3, which no data set here has. */
#define SMALL_NETWORK "{ \"name\": \"Small\", \"input\": [3, 3, 1], \"layers\": [" \
  "{ \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 10 } ] }"

typedef struct
{
  AtelierSession     *session;
  AtelierDataset     *dataset;
  char               *folder;

  /* What was notified and told */
  GHashTable         *n_notified; /* by property name */
  guint               n_failed;
  AtelierSessionTask  task;
  GError             *error;
} Fixture;

static void
on_session_notify_cb (AtelierSession *session,
                      GParamSpec     *pspec,
                      Fixture        *fixture)
{
  gpointer key = (gpointer) g_param_spec_get_name (pspec);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->n_notified, key));

  g_hash_table_insert (fixture->n_notified, key, GUINT_TO_POINTER (n + 1));
}

static void
on_session_failed_cb (AtelierSession     *session,
                      AtelierSessionTask  task,
                      const GError       *error,
                      Fixture            *fixture)
{
  fixture->n_failed++;
  fixture->task = task;
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = idx_files_create_folder ();
  fixture->dataset = atelier_synthetic_new (1, 600, 60);
  fixture->n_notified = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->session = atelier_session_new ();
  g_signal_connect (fixture->session, "notify", G_CALLBACK (on_session_notify_cb), fixture);
  g_signal_connect (fixture->session, "failed", G_CALLBACK (on_session_failed_cb), fixture);
}

/* A network that is being read holds the session until its answer was handled. */
static void
wait_for_files (Fixture *fixture)
{
  app_wait_until (G_OBJECT (fixture->session)->ref_count == 1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->session, fixture);
  atelier_session_close (fixture->session);
  wait_for_files (fixture);
  g_assert_finalize_object (fixture->session);
  g_hash_table_unref (fixture->n_notified);
  atelier_dataset_unref (fixture->dataset);
  g_clear_error (&fixture->error);
  idx_files_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static guint
count_notified (Fixture    *fixture,
                const char *property)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->n_notified, property));
}

static AtelierTrainerState
get_state (Fixture *fixture)
{
  return atelier_trainer_get_state (atelier_session_get_trainer (fixture->session));
}

/* Starts a run of many epochs on the garments, and waits for its first epoch. */
static void
start (Fixture *fixture)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (fixture->session);
  g_autoptr (AtelierRecipe) recipe = NULL;

  atelier_session_set_dataset (fixture->session, fixture->dataset);
  atelier_session_use_preset (fixture->session, "report-1");
  recipe = atelier_recipe_new_with_epochs (atelier_session_get_recipe (fixture->session), 10000,
                                           NULL);
  atelier_session_set_recipe (fixture->session, recipe);
  g_assert_true (atelier_session_start (fixture->session));
  app_wait_until (atelier_history_get_n_epochs (atelier_trainer_get_history (trainer)) > 0);
}

/* Writes the small network; transfer full. */
static char *
write_network (Fixture *fixture)
{
  char *path = g_build_filename (fixture->folder, "small.json", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, SMALL_NETWORK, -1, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_begins (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-2");
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");

  g_assert_null (atelier_session_get_dataset (session));
  g_assert_cmpstr (atelier_session_get_data_spec (session), ==, "");
  g_assert_true (atelier_network_equal (atelier_session_get_network (session), network));
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (session), recipe));
  g_assert_true (atelier_session_get_is_recipe_valid (session));
  g_assert_cmpuint (atelier_session_get_n_threads (session), ==, g_get_num_processors ());
  g_assert_false (atelier_session_get_is_loading (session));
  g_assert_false (atelier_session_get_is_locked (session));
  g_assert_false (atelier_session_can_start (session));
  g_assert_false (atelier_session_start (session));
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_loads_data (Fixture       *fixture,
                 gconstpointer  data)
{
  atelier_session_load_data (fixture->session, "synthetic");
  g_assert_true (atelier_session_get_is_loading (fixture->session));
  g_assert_null (atelier_session_get_dataset (fixture->session));
  app_wait_until (atelier_session_get_dataset (fixture->session));

  g_assert_true (atelier_synthetic_is (atelier_session_get_dataset (fixture->session)));
  g_assert_cmpstr (atelier_session_get_data_spec (fixture->session), ==, "synthetic");
  g_assert_false (atelier_session_get_is_loading (fixture->session));
  g_assert_true (atelier_session_can_start (fixture->session));
  g_assert_cmpuint (count_notified (fixture, "is-loading"), ==, 2);
  g_assert_false (atelier_session_get_is_opening (fixture->session));
  g_assert_cmpuint (count_notified (fixture, "is-opening"), ==, 2);
  g_assert_cmpuint (count_notified (fixture, "splits"), ==, 1);
  g_assert_cmpuint (count_notified (fixture, "data-spec"), ==, 1);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* The first request fails, but nothing is told of it, since the second replaced it. */
static void
test_last_load_counts (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);

  atelier_session_load_data (fixture->session, missing);
  atelier_session_load_data (fixture->session, "synthetic");
  app_wait_until (!atelier_session_get_is_loading (fixture->session));
  g_assert_cmpstr (atelier_session_get_data_spec (fixture->session), ==, "synthetic");
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  atelier_session_load_data (fixture->session, missing);
  atelier_session_set_dataset (fixture->session, fixture->dataset);
  g_assert_false (atelier_session_get_is_loading (fixture->session));
  g_assert_true (atelier_session_get_dataset (fixture->session) == fixture->dataset);
  g_assert_cmpstr (atelier_session_get_data_spec (fixture->session), ==, "");
}

static void
test_failed_load_keeps_the_data (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);

  atelier_session_set_dataset (fixture->session, fixture->dataset);
  atelier_session_load_data (fixture->session, missing);
  app_wait_until (fixture->n_failed > 0);

  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_LOAD_DATA);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_assert_true (atelier_session_get_dataset (fixture->session) == fixture->dataset);
  g_assert_cmpstr (atelier_session_get_data_spec (fixture->session), ==, "");
  g_assert_false (atelier_session_get_is_loading (fixture->session));
}

/* Where there are no data yet, a failed load is told, and others are loaded. */
static void
test_failed_first_load (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);

  atelier_session_load_data (fixture->session, missing);
  app_wait_until (atelier_session_get_dataset (fixture->session));

  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_assert_cmpstr (atelier_session_get_data_spec (fixture->session), ==,
                   g_getenv ("ATELIER_DATASETS"));
}

/* Whoever hears of the network sees its recipe too. */
static void
on_network_notify_cb (AtelierSession *session,
                      GParamSpec     *pspec,
                      AtelierRecipe  *expected)
{
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-1");
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (session), expected));
}

static void
test_uses_a_preset (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-1");

  g_signal_connect (fixture->session, "notify::network", G_CALLBACK (on_network_notify_cb), recipe);
  atelier_session_use_preset (fixture->session, "report-1");
  g_assert_true (atelier_network_equal (atelier_session_get_network (fixture->session), network));
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 1);
  g_assert_cmpuint (count_notified (fixture, "preset"), ==, 1);
  g_assert_cmpuint (count_notified (fixture, "recipe"), ==, 1);

  atelier_session_use_preset (fixture->session, "report-3");
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "report-1");
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->session, recipe);
}

static void
test_opens_a_network (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);
  AtelierRecipe *recipe = atelier_session_get_recipe (fixture->session);

  atelier_session_open_network (fixture->session, path);
  app_wait_until (count_notified (fixture, "network") > 0);

  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (fixture->session)), ==,
                   "Small");
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "");
  g_assert_true (atelier_session_get_recipe (fixture->session) == recipe);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
assert_fits (AtelierNetwork *network,
             AtelierDataset *dataset)
{
  guint height, width, channels;

  atelier_network_get_input (network, &height, &width, &channels);
  g_assert_cmpuint (height, ==, atelier_dataset_get_height (dataset));
  g_assert_cmpuint (width, ==, atelier_dataset_get_width (dataset));
  g_assert_cmpuint (channels, ==, atelier_dataset_get_channels (dataset));
  g_assert_cmpuint (atelier_network_get_n_classes (network), ==,
                    atelier_dataset_get_n_classes (dataset));
}

/* Loads the pictures of 5 × 7 in 4 classes. */
static AtelierDataset *
load_others (Fixture *fixture)
{
  AtelierDataset *before = atelier_session_get_dataset (fixture->session);

  atelier_session_load_data (fixture->session, g_getenv ("ATELIER_DATASETS"));
  app_wait_until (atelier_session_get_dataset (fixture->session) != before);

  return atelier_session_get_dataset (fixture->session);
}

/* Pictures of another shape can be trained on at once, and those of the report's again. */
static void
test_preset_follows_the_data (Fixture       *fixture,
                              gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  g_autoptr (AtelierNetwork) published = atelier_network_new_preset ("report-1");
  AtelierRecipe *recipe = atelier_session_get_recipe (session);
  AtelierDataset *others = load_others (fixture);

  assert_fits (atelier_session_get_network (session), others);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
  g_assert_true (atelier_session_get_recipe (session) == recipe);
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 1);
  g_assert_cmpuint (count_notified (fixture, "preset"), ==, 0);

  atelier_session_use_preset (session, "report-1");
  assert_fits (atelier_session_get_network (session), others);
  g_assert_true (atelier_session_start (session));
  atelier_session_stop (session);
  app_wait_until (!atelier_session_get_is_locked (session));

  atelier_session_set_dataset (session, fixture->dataset);
  g_assert_true (atelier_network_equal (atelier_session_get_network (session), published));
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* It is somebody's own: it is refused where it does not fit, and never changed. */
static void
test_opened_network_stays (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);
  AtelierNetwork *network;

  atelier_session_open_network (fixture->session, path);
  app_wait_until (count_notified (fixture, "network") > 0);
  network = atelier_session_get_network (fixture->session);
  load_others (fixture);
  g_assert_true (atelier_session_get_network (fixture->session) == network);
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 1);
}

/* What is edited is trained, and an edit that is undone leaves the preset. */
static void
test_network_follows_the_draft (Fixture       *fixture,
                                gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  AtelierNetworkDraft *draft = atelier_session_get_draft (session);
  g_autoptr (AtelierNetwork) preset = atelier_network_new_preset ("report-2");

  atelier_session_set_dataset (session, fixture->dataset);
  atelier_network_draft_remove (draft, 2);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "");
  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (session)), ==,
                   "Report 2, convolutional, edited");
  g_assert_cmpuint (atelier_network_get_n_layers (atelier_session_get_network (session)), ==, 8);
  g_assert_true (atelier_session_can_start (session));

  atelier_network_draft_undo (draft);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
  g_assert_true (atelier_network_equal (atelier_session_get_network (session), preset));

  /* A network that is chosen is a step of the draft. */
  atelier_session_use_preset (session, "report-1");
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 7);
  atelier_network_draft_undo (draft);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
}

/* What a person sees does not fit, so the network from before is not trained in its place. */
static AtelierRecipe *
create_recipe (AtelierSession *session,
               guint           n_epochs)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (atelier_session_get_recipe (session));

  values.n_epochs = n_epochs;

  return atelier_recipe_new (&values, NULL);
}

static guint
get_n_epochs (AtelierSession *session)
{
  return atelier_recipe_get_values (atelier_session_get_recipe (session))->n_epochs;
}

/* What is typed, a preset and a recipe of a file are steps; the first recipes are none. */
static void
test_recipe_follows_the_draft (Fixture       *fixture,
                               gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  AtelierNetworkDraft *draft = atelier_session_get_draft (session);
  g_autoptr (AtelierRecipe) first = create_recipe (session, 2);
  g_autoptr (AtelierRecipe) typed = create_recipe (session, 3);
  g_autoptr (AtelierRecipe) whole = create_recipe (session, 4);

  atelier_session_set_recipe (session, first);
  g_assert_false (atelier_network_draft_can_undo (draft));
  atelier_session_edit_recipe (session, typed, TRUE);
  atelier_session_use_preset (session, "report-1");
  g_assert_cmpuint (get_n_epochs (session), ==, 23);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 23);
  atelier_session_use_recipe (session, whole);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 4);

  atelier_network_draft_undo (draft);
  g_assert_cmpuint (get_n_epochs (session), ==, 23);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-1");
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (get_n_epochs (session), ==, 3);
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 10);
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (get_n_epochs (session), ==, 2);
  g_assert_false (atelier_network_draft_can_undo (draft));
}

static void
test_unfit_draft (Fixture       *fixture,
                  gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  AtelierNetworkDraft *draft = atelier_session_get_draft (session);
  AtelierNetwork *network = atelier_session_get_network (session);

  atelier_session_set_dataset (session, fixture->dataset);
  atelier_network_draft_remove (draft, 6);
  g_assert_false (atelier_session_get_is_network_valid (session));
  g_assert_cmpuint (count_notified (fixture, "is-network-valid"), ==, 1);
  g_assert_false (atelier_session_can_start (session));
  g_assert_true (atelier_session_get_network (session) == network);
  g_assert_false (atelier_session_start (session));
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);

  atelier_network_draft_mend (draft, 6);
  g_assert_true (atelier_session_get_is_network_valid (session));
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
}

/* What was saved is of that file, also after an edit that is undone. */
static void
test_saved_network (Fixture       *fixture,
                    gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  AtelierNetworkDraft *draft = atelier_session_get_draft (session);

  atelier_network_draft_remove (draft, 2);
  g_assert_true (atelier_network_draft_rename (draft, "Mine"));
  atelier_session_note_saved (session, atelier_session_get_network (session), "/a/Mine.json");
  g_assert_cmpstr (atelier_session_get_network_path (session), ==, "/a/Mine.json");
  atelier_network_draft_duplicate (draft, 0);
  g_assert_cmpstr (atelier_session_get_network_path (session), ==, "");
  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (session)), ==,
                   "Mine, edited");
  atelier_network_draft_undo (draft);
  g_assert_cmpstr (atelier_session_get_network_path (session), ==, "/a/Mine.json");
}

/* The pooling layers of "report-2" leave nothing of a single pixel. */
static void
test_preset_for_no_such_data (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "Dots", NULL);
  g_autoptr (AtelierNetwork) published = atelier_network_new_preset ("report-2");

  idx_files_write_dataset (folder, 60, 12, 1, 1, 4, FALSE);
  atelier_session_load_data (fixture->session, folder);
  app_wait_until (atelier_session_get_dataset (fixture->session));
  g_assert_true (atelier_network_equal (atelier_session_get_network (fixture->session), published));
  g_assert_false (atelier_session_start (fixture->session));
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_START_TRAINING);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

static void
test_failed_network (Fixture       *fixture,
                     gconstpointer  data)
{
  AtelierNetwork *network = atelier_session_get_network (fixture->session);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.json", NULL);

  atelier_session_open_network (fixture->session, missing);
  app_wait_until (fixture->n_failed > 0);

  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_OPEN_NETWORK);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
  g_assert_true (atelier_session_get_network (fixture->session) == network);
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "report-2");
}

/* A preset that is chosen while a file is read replaces that request. */
static void
test_preset_cancels_a_network (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.json", NULL);

  atelier_session_open_network (fixture->session, path);
  atelier_session_use_preset (fixture->session, "report-1");
  /* The thread pool may finish the two in any order: the second is told, the first never. */
  atelier_session_open_network (fixture->session, missing);
  app_wait_until (fixture->n_failed > 0);
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "report-1");
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 1);
}

static void
test_recipe (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  g_autoptr (AtelierRecipe) equal = atelier_recipe_new_preset ("report-2");
  g_autoptr (AtelierRecipe) other = atelier_recipe_new_with_epochs (equal, 7, NULL);

  atelier_session_set_recipe (session, other);
  g_assert_true (atelier_session_get_recipe (session) == other);
  atelier_session_set_recipe (session, other);
  g_assert_cmpuint (count_notified (fixture, "recipe"), ==, 1);

  g_object_set (session, "n-threads", 3, NULL);
  g_object_set (session, "n-threads", 3, NULL);
  g_assert_cmpuint (atelier_session_get_n_threads (session), ==, 3);
  g_assert_cmpuint (count_notified (fixture, "n-threads"), ==, 1);
}

static void
test_invalid_recipe_cannot_start (Fixture       *fixture,
                                  gconstpointer  data)
{
  AtelierSession *session = fixture->session;

  atelier_session_set_dataset (session, fixture->dataset);
  g_assert_true (atelier_session_can_start (session));
  atelier_session_set_is_recipe_valid (session, FALSE);
  g_assert_cmpuint (count_notified (fixture, "is-recipe-valid"), ==, 1);
  g_assert_false (atelier_session_can_start (session));
  g_assert_false (atelier_session_start (session));
  g_assert_cmpint (get_state (fixture), ==, ATELIER_TRAINER_IDLE);
}

static void
test_trains (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  AtelierTrainer *trainer = atelier_session_get_trainer (session);
  AtelierRunRecord *record;

  start (fixture);
  record = atelier_trainer_get_record (trainer);
  g_assert_cmpint (get_state (fixture), ==, ATELIER_TRAINER_RUNNING);
  g_assert_true (atelier_trainer_get_dataset (trainer) == atelier_session_get_dataset (session));
  g_assert_true (atelier_network_equal (atelier_run_record_get_network (record),
                                        atelier_session_get_network (session)));
  g_assert_true (atelier_recipe_equal (atelier_run_record_get_recipe (record),
                                       atelier_session_get_recipe (session)));

  atelier_session_pause (session);
  app_wait_until (get_state (fixture) == ATELIER_TRAINER_PAUSED);
  g_assert_true (atelier_session_get_is_locked (session));
  atelier_session_resume (session);
  g_assert_cmpint (get_state (fixture), ==, ATELIER_TRAINER_RUNNING);
  atelier_session_stop (session);
  app_wait_until (get_state (fixture) == ATELIER_TRAINER_STOPPED);
  g_assert_true (atelier_session_can_start (session));
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_locked_while_active (Fixture       *fixture,
                          gconstpointer  data)
{
  AtelierSession *session = fixture->session;

  start (fixture);
  g_assert_true (atelier_session_get_is_locked (session));
  g_assert_cmpuint (count_notified (fixture, "is-locked"), ==, 1);
  g_assert_false (atelier_session_can_start (session));

  atelier_session_load_data (session, "synthetic");
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_LOAD_DATA);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_false (atelier_session_get_is_loading (session));

  atelier_session_stop (session);
  app_wait_until (get_state (fixture) == ATELIER_TRAINER_STOPPED);
  g_assert_false (atelier_session_get_is_locked (session));
  g_assert_cmpuint (count_notified (fixture, "is-locked"), ==, 2);
  g_assert_true (atelier_session_get_dataset (session) == fixture->dataset);
}

/* A network whose file is read while a run is active is dropped. */
static void
test_network_arrives_in_a_run (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);

  atelier_session_set_dataset (fixture->session, fixture->dataset);
  atelier_session_open_network (fixture->session, path);
  g_assert_true (atelier_session_start (fixture->session));
  wait_for_files (fixture);
  g_assert_cmpuint (count_notified (fixture, "network"), ==, 0);
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "report-2");
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_no_network_in_a_run (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);

  start (fixture);
  atelier_session_open_network (fixture->session, path);
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_OPEN_NETWORK);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpstr (atelier_session_get_preset (fixture->session), ==, "report-1");
}

/* What cannot be trained on the data is refused when it is opened, and says why. */
static void
test_network_must_fit (Fixture       *fixture,
                       gconstpointer  data)
{
  AtelierNetwork *network;
  g_autofree char *path = write_network (fixture);

  atelier_session_set_dataset (fixture->session, fixture->dataset);
  network = atelier_session_get_network (fixture->session);
  atelier_session_open_network (fixture->session, path);
  app_wait_until (fixture->n_failed > 0);
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_OPEN_NETWORK);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_true (atelier_session_get_network (fixture->session) == network);
  g_assert_cmpstr (atelier_session_get_network_path (fixture->session), ==, "");
}

/* A network that is opened together with its data waits for them. */
static void
test_network_waits_for_data (Fixture       *fixture,
                             gconstpointer  data)
{
  AtelierSession *session = fixture->session;
  g_autofree char *folder = g_build_filename (fixture->folder, "Small", NULL);
  g_autofree char *path = write_network (fixture);

  idx_files_write_dataset (folder, 60, 12, 3, 3, 10, FALSE);
  atelier_session_set_dataset (session, fixture->dataset);
  atelier_session_open_network (session, path);
  atelier_session_load_data (session, folder);
  app_wait_until (*atelier_session_get_network_path (session) != '\0');
  g_assert_cmpstr (atelier_session_get_network_path (session), ==, path);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
  g_assert_true (atelier_session_get_dataset (session) != fixture->dataset);
  g_assert_true (atelier_session_start (session));
}

static void
test_start_fails (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);

  /* It was opened before there were data that it does not fit. */
  atelier_session_open_network (fixture->session, path);
  app_wait_until (count_notified (fixture, "network") > 0);
  atelier_session_set_dataset (fixture->session, fixture->dataset);
  g_assert_false (atelier_session_start (fixture->session));

  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpint (fixture->task, ==, ATELIER_SESSION_START_TRAINING);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_false (atelier_session_get_is_locked (fixture->session));
}

/* In the middle of a run and of two loads. */
static void
test_closes (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = write_network (fixture);

  atelier_session_set_dataset (fixture->session, fixture->dataset);
  atelier_session_load_data (fixture->session, "synthetic");
  atelier_session_open_network (fixture->session, path);
  g_assert_true (atelier_session_start (fixture->session));
  atelier_session_close (fixture->session);
  g_assert_false (atelier_session_get_is_locked (fixture->session));
  g_assert_false (atelier_session_get_is_loading (fixture->session));
  g_assert_cmpint (get_state (fixture), ==, ATELIER_TRAINER_STOPPED);
  wait_for_files (fixture);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* Without close: the last reference ends the run. */
static void
test_finalizes (void)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 600, 60);
  AtelierSession *session = atelier_session_new ();
  AtelierTrainer *trainer = g_object_ref (atelier_session_get_trainer (session));

  atelier_session_set_dataset (session, dataset);
  g_assert_true (atelier_session_start (session));
  g_assert_finalize_object (session);
  g_assert_false (atelier_trainer_is_active (trainer));
  g_assert_finalize_object (trainer);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *first_place = idx_files_create_folder ();
  int status;

  idx_files_write_dataset (first_place, 60, 12, 5, 7, 4, FALSE);
  g_setenv ("ATELIER_DATASETS", first_place, TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  add ("/app/session/begins", test_begins);
  add ("/app/session/loads-data", test_loads_data);
  add ("/app/session/last-load-counts", test_last_load_counts);
  add ("/app/session/failed-load-keeps-the-data", test_failed_load_keeps_the_data);
  add ("/app/session/failed-first-load", test_failed_first_load);
  add ("/app/session/uses-a-preset", test_uses_a_preset);
  add ("/app/session/preset-follows-the-data", test_preset_follows_the_data);
  add ("/app/session/preset-for-no-such-data", test_preset_for_no_such_data);
  add ("/app/session/opened-network-stays", test_opened_network_stays);
  add ("/app/session/network-follows-the-draft", test_network_follows_the_draft);
  add ("/app/session/recipe-follows-the-draft", test_recipe_follows_the_draft);
  add ("/app/session/unfit-draft", test_unfit_draft);
  add ("/app/session/saved-network", test_saved_network);
  add ("/app/session/opens-a-network", test_opens_a_network);
  add ("/app/session/network-must-fit", test_network_must_fit);
  add ("/app/session/network-waits-for-data", test_network_waits_for_data);
  add ("/app/session/no-network-in-a-run", test_no_network_in_a_run);
  add ("/app/session/failed-network", test_failed_network);
  add ("/app/session/preset-cancels-a-network", test_preset_cancels_a_network);
  add ("/app/session/recipe", test_recipe);
  add ("/app/session/invalid-recipe-cannot-start", test_invalid_recipe_cannot_start);
  add ("/app/session/trains", test_trains);
  add ("/app/session/locked-while-active", test_locked_while_active);
  add ("/app/session/network-arrives-in-a-run", test_network_arrives_in_a_run);
  add ("/app/session/start-fails", test_start_fails);
  add ("/app/session/closes", test_closes);
  g_test_add_func ("/app/session/finalizes", test_finalizes);

  status = g_test_run ();
  idx_files_remove_folder (first_place);

  return status;
}
