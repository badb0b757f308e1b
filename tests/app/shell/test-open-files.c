/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that the desktop or a command line hands to the program: each goes where its kind belongs,
 * and what is no such file is named. */

#include "config.h"

#include <glib/gstdio.h>

#include "draw/atelier-draw-page.h"
#include "idx-files.h"
#include "data/atelier-synthetic.h"
#include "model-fixture.h"
#include "model/atelier-model-file.h"
#include "model/atelier-plan.h"
#include "results/atelier-history-log.h"
#include "picture/atelier-picture.h"
#include "window-fixture.h"

#define REMOTE_VARIABLE "ATELIER_TEST_REMOTE_FILES" /* set in a process that is a second start */

static const char *program; /* this one */

/* Transfer full; in the test program's folder. */
static char *
make_path (const char *name)
{
  return g_build_filename (app_get_folder (), name, NULL);
}

static char *
write_text (const char *name,
            const char *text)
{
  char *path = make_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static char *
write_picture (const char *name)
{
  const guint8 pixels[4] = { 0, 80, 160, 240 };
  char *path = make_path (name);

  g_assert_true (atelier_picture_save_grey_png (pixels, 2, 2, path, NULL));

  return path;
}

static char *
write_model (const char *name)
{
  g_auto (ModelFixture) parts = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  char *path = make_path (name);

  model_fixture_init (&parts);
  model = atelier_model_new (&parts.parts, NULL);
  g_assert_true (atelier_model_file_save (model, path, NULL));

  return path;
}

/* As the desktop does it; ends with NULL. */
static void
open_files (const char *first,
            ...)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  va_list paths;

  va_start (paths, first);
  for (const char *path = first; path; path = va_arg (paths, const char *))
    g_ptr_array_add (files, g_file_new_for_path (path));
  va_end (paths);
  g_application_open (G_APPLICATION (app_get ()), (GFile **) files->pdata, (int) files->len, "");
}

static gboolean
is_on_page (WindowFixture *fixture,
            const char    *name)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "page");

  return g_str_equal (g_variant_get_string (state, NULL), name);
}

static AtelierDrawPage *
get_draw_page (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) pages = app_find_all (fixture->window, ATELIER_TYPE_DRAW_PAGE);

  return g_ptr_array_index (pages, 0);
}

static void
test_picture (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_picture ("named-like-a.json");

  open_files (path, NULL);
  app_wait_until (is_on_page (fixture, "draw"));
  app_wait_until (app_has_label (get_draw_page (fixture), "named-like-a.json"));
}

static void
test_pictures (WindowFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *first = write_picture ("first.png");
  g_autofree char *second = write_picture ("second.png");

  open_files (first, second, NULL);
  app_wait_until (is_on_page (fixture, "draw"));
  app_wait_until (app_has_label (get_draw_page (fixture), "second.png"));
  g_assert_true (app_has_label (get_draw_page (fixture), "first.png"));
}

static void
test_model (WindowFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *path = write_model ("mine.safetensors");

  open_files (path, NULL);
  app_wait_until (app_has_label (get_draw_page (fixture), "mine.safetensors"));
}

/* What a run's model file brings back on a page: the same figures, curve and predictions as a step
 * that can be undone. */
static void
assert_comes_back (WindowFixture *fixture,
                   const char    *page)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  AtelierTrainer *trainer = atelier_session_get_trainer (session);
  AtelierHistory *history = atelier_trainer_get_history (trainer);
  const guint n = atelier_history_get_n_epochs (history);
  g_autoptr (AtelierModel) logged
    = atelier_history_log_model (history, atelier_trainer_get_model (trainer));
  g_autofree char *path = make_path ("run.safetensors");
  g_autoptr (AtelierHistory) kept = g_object_ref (history);
  AtelierHistory *again;

  g_assert_true (atelier_model_file_save (logged, path, NULL));
  atelier_session_use_preset (session, "report-2");
  if (g_str_equal (page, "network"))
    app_activate (fixture->window, "win.edit-network", NULL);
  else
    app_activate (fixture->window, "win.page", page);
  open_files (path, NULL);
  app_wait_until (atelier_trainer_get_opened (trainer) != NULL);

  again = atelier_trainer_get_history (trainer);
  g_assert_true (again != kept);
  g_assert_true (is_on_page (fixture, g_str_equal (page, "draw") ? "draw" : "train"));
  g_assert_false (app_is_action_enabled (fixture->window, "win", "back"));
  g_assert_cmpuint (atelier_history_get_n_epochs (again), ==, n);
  g_assert_cmpuint (atelier_history_get_n_batches (again), ==,
                    atelier_history_get_n_batches (kept));
  for (guint i = 0; i < n; i++)
    {
      AtelierPredictions *a = atelier_epoch_get_predictions (atelier_history_get_epoch (kept, i));
      AtelierPredictions *b = atelier_epoch_get_predictions (atelier_history_get_epoch (again, i));

      g_assert_cmpfloat (atelier_history_get_figures (again, i)->validation_loss, ==,
                         atelier_history_get_figures (kept, i)->validation_loss);
      g_assert_cmpmem (atelier_predictions_get_classes (a), atelier_predictions_get_n (a),
                       atelier_predictions_get_classes (b), atelier_predictions_get_n (b));
    }
  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (session)), ==,
                   atelier_network_get_name (atelier_model_get_network (logged)));
  g_assert_true (atelier_network_draft_can_undo (atelier_session_get_draft (session)));
  atelier_network_draft_undo (atelier_session_get_draft (session));
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-2");
}

static void
test_run (WindowFixture *fixture,
          gconstpointer  data)
{
  static const char * const pages[] = { "draw", "train", "data", "network" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      AtelierTrainer *trainer = app_get_trainer (fixture->window);

      atelier_session_use_preset (atelier_window_get_session (fixture->window), "report-1");
      app_set_epochs (fixture->window, WINDOW_N_EPOCHS);
      window_train (fixture);
      g_assert_null (atelier_trainer_get_opened (trainer));
      assert_comes_back (fixture, pages[i]);
    }
}

/* Trains, saves the model with @log or without, and opens it. */
static void
open_run (WindowFixture *fixture,
          gboolean       has_log,
          gboolean       is_of_other_data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  AtelierTrainer *trainer = atelier_session_get_trainer (session);
  g_autofree char *path = make_path ("run.safetensors");
  g_autoptr (AtelierModel) logged = NULL;
  g_autoptr (AtelierModel) saved = NULL;

  logged = atelier_history_log_model (atelier_trainer_get_history (trainer),
                                      atelier_trainer_get_model (trainer));
  saved = atelier_model_with_log (logged, has_log ? atelier_model_get_log (logged) : NULL);
  g_assert_true (atelier_model_file_save (saved, path, NULL));
  if (is_of_other_data)
    {
      g_autoptr (AtelierDataset) other = atelier_synthetic_new (7, 300, 60);

      g_assert_nonnull (other);
      atelier_session_set_dataset (session, other);
    }
  open_files (path, NULL);
  app_wait_until (atelier_trainer_get_opened (trainer) != NULL);
}

static void
test_no_curves (WindowFixture *fixture,
                gconstpointer  data)
{
  AtelierHistory *history;

  open_run (fixture, FALSE, FALSE);
  history = app_get_history (fixture->window);
  g_assert_true (app_has_label (fixture->page, "The file has no curves"));
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 1);
  g_assert_nonnull (atelier_epoch_get_predictions (atelier_history_get_epoch (history, 0)));
  g_assert_cmpuint (atelier_history_get_figures (history, 0)->epoch, ==, WINDOW_N_EPOCHS);
}

/* Predictions of pictures that are not there are not shown. */
static void
test_other_data (WindowFixture *fixture,
                 gconstpointer  data)
{
  AtelierHistory *history;
  AtelierPredictions *measured;

  open_run (fixture, TRUE, TRUE);
  history = app_get_history (fixture->window);
  g_assert_true (app_has_label (fixture->page, "The mistakes are measured on"));
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, WINDOW_N_EPOCHS);
  g_assert_null (atelier_epoch_get_predictions (atelier_history_get_epoch (history, 0)));
  measured = atelier_epoch_get_predictions (
    atelier_history_get_epoch (history, WINDOW_N_EPOCHS - 1));
  g_assert_nonnull (measured);
  g_assert_cmpuint (atelier_predictions_get_n (measured), ==,
                    atelier_splits_get_n (
                      atelier_session_get_splits (atelier_window_get_session (fixture->window)),
                      ATELIER_SPLIT_VALIDATION));
  g_assert_null (atelier_trainer_get_own_history (app_get_trainer (fixture->window)));
}

/* A network, a recipe and the data that they are for, by one of the four files. */
static void
test_workplace (WindowFixture *fixture,
                gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  g_autofree char *network = write_text (
    "net", "{ \"name\": \"Small\", \"input\": [3, 3, 1], \"layers\": [ { \"type\": \"flatten\" },"
           "{ \"type\": \"dense\", \"units\": 10 } ] }");
  g_autoptr (AtelierRecipe) preset = atelier_recipe_new_preset ("report-1");
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_with_epochs (preset, 7, NULL);
  g_autoptr (JsonNode) node = atelier_recipe_to_json (recipe);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *recipe_path = write_text ("recipe", json);
  g_autofree char *folder = make_path ("Small");
  g_autofree char *images = g_build_filename (folder, "train-images-idx3-ubyte", NULL);
  g_autofree char *labels = g_build_filename (folder, "train-labels-idx1-ubyte", NULL);

  idx_files_write_dataset (folder, 60, 12, 3, 3, 10, FALSE);
  app_activate (fixture->window, "win.page", "draw");
  open_files (network, images, recipe_path, labels, NULL);
  app_wait_until (g_str_equal (atelier_session_get_network_path (session), network));
  g_assert_cmpstr (atelier_session_get_data_spec (session), ==, folder);
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (session), recipe));
  g_assert_true (is_on_page (fixture, "train"));
}

/* Network and recipe in one file. */
static void
test_plan (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_autoptr (AtelierRecipe) preset = atelier_recipe_new_preset ("report-1");
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_with_epochs (preset, 7, NULL);
  g_autofree char *json = atelier_plan_to_json (network, recipe);
  g_autofree char *path = write_text ("plan", json);

  open_files (path, NULL);
  app_wait_until (g_str_equal (atelier_session_get_network_path (session), path));
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (session), recipe));
}

static GtkWindow *
get_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel))
        return toplevel;
    }

  return NULL;
}

/* What can be opened is, and all others are named. */
static void
test_strangers (WindowFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *picture = write_picture ("known.png");
  g_autofree char *text = write_text ("stranger.png", "only words");
  g_autofree char *missing = make_path ("missing.png");
  g_autofree char *first = write_model ("first.safetensors");
  g_autofree char *second = write_model ("second.safetensors");
  const char *body;

  open_files (text, picture, missing, first, second, NULL);
  app_wait_until (get_dialog ());
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (get_dialog ())), ==,
                   "Files Could Not Be Opened");
  body = adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (get_dialog ()));
  g_assert_nonnull (strstr (body, "stranger.png” is no model, network, recipe"));
  g_assert_nonnull (strstr (body, "There is no file “"));
  g_assert_nonnull (strstr (body, "second.safetensors” is a second model"));
  g_assert_null (strstr (body, "known.png"));
  gtk_window_destroy (get_dialog ());
  app_wait_until (app_has_label (get_draw_page (fixture), "known.png"));
  app_wait_until (app_has_label (get_draw_page (fixture), "first.safetensors"));
}

static guint
count_dialogs (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint n_dialogs = 0;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      n_dialogs += ADW_IS_MESSAGE_DIALOG (toplevel);
    }

  return n_dialogs;
}

static gboolean
does_dialog_say (const char *text)
{
  return get_dialog ()
         && strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (get_dialog ())), text);
}

/* What fails one by one is listed in one dialog. */
static void
test_several_failures (WindowFixture *fixture,
                       gconstpointer  data)
{
  g_autofree char *folder = make_path ("A <& B");
  g_autofree char *network = write_text ("net.json", "{ \"name\": \"Small\", \"layers\": 3 }");
  g_autofree char *text = write_text ("stranger.txt", "only words");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  open_files (folder, network, text, NULL);
  app_wait_until (does_dialog_say ("A &lt;&amp; B"));
  app_wait_until (does_dialog_say ("net.json"));
  app_wait_until (does_dialog_say ("stranger.txt"));
  g_assert_cmpuint (count_dialogs (), ==, 1);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (get_dialog ())), ==,
                   "Not Everything Succeeded");
  g_assert_true (does_dialog_say ("<b>The Data Could Not Be Opened</b>\n"));
  gtk_window_destroy (get_dialog ());
  g_assert_null (get_dialog ());
}

static void
test_recipe_in_a_run (WindowFixture *fixture,
                      gconstpointer  data)
{
  g_autoptr (AtelierRecipe) preset = atelier_recipe_new_preset ("report-1");
  g_autoptr (JsonNode) node = atelier_recipe_to_json (preset);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *path = write_text ("recipe.json", json);

  open_files (path, NULL);
  app_wait_until (get_dialog ());
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (get_dialog ())), ==,
                   "Stop training before you choose another recipe");
  gtk_window_destroy (get_dialog ());
}

/* A second start */

/* In a process of its own.  Returns its exit status. */
static int
start_again (const char *names)
{
  g_auto (GStrv) files = g_strsplit (names, ":", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (AtelierApplication) application = atelier_application_new ();

  g_ptr_array_add (argv, (char *) "atelier");
  for (guint i = 0; files[i]; i++)
    g_ptr_array_add (argv, files[i]);
  g_ptr_array_add (argv, NULL);

  return atelier_application_run (application, (int) argv->len - 1, (char **) argv->pdata);
}

static void
on_communicated_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  char **text = user_data;

  g_assert_true (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, text,
                                                       NULL));
}

/* A process can have one application on the bus, and the other tests' is another: FALSE where the
 * test was run in a process of its own.  Does not return in a second start's process. */
static gboolean
is_alone (void)
{
  if (g_getenv (REMOTE_VARIABLE))
    exit (start_again (g_getenv (REMOTE_VARIABLE)));
  if (g_test_subprocess ())
    return TRUE;

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();

  return FALSE;
}

/* Transfer full; NULL, and the test is skipped, without a bus. */
static AtelierApplication *
start_first (void)
{
  g_autoptr (AtelierApplication) application = atelier_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  if (g_application_get_dbus_connection (G_APPLICATION (application)) == NULL)
    {
      g_test_skip ("there is no session bus");
      return NULL;
    }
  g_application_set_default (G_APPLICATION (application));

  return g_steal_pointer (&application);
}

/* Transfer full: what a second start says.  It has to fail. */
static char *
start_second (const char *names)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                               | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  char *said = NULL;

  g_subprocess_launcher_setenv (launcher, REMOTE_VARIABLE, names, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "-p", g_test_get_path (), NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (child, NULL, NULL, on_communicated_cb, &said);
  app_wait_until (said != NULL);
  app_wait_until (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 1);

  return said;
}

static AtelierWindow *
find_window (AtelierApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  return ATELIER_IS_WINDOW (window) ? ATELIER_WINDOW (window) : NULL;
}

/* The second start hands its files over, says which could not be opened, and fails. */
static void
test_second_start (void)
{
  g_autoptr (AtelierApplication) application = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *text = NULL;
  g_autofree char *names = NULL;
  g_autofree char *said = NULL;

  if (!is_alone ())
    return;
  application = start_first ();
  if (application == NULL)
    return;

  picture = write_picture ("handed-over.png");
  text = write_text ("stranger.txt", "only words");
  names = g_strconcat (picture, ":", text, NULL);
  said = start_second (names);
  g_assert_nonnull (strstr (said, "stranger.txt” is no model"));
  g_assert_nonnull (find_window (application));
  app_wait_until (app_has_label (find_window (application), "handed-over.png"));
  gtk_window_destroy (get_dialog ());
  app_close_window (find_window (application));
}

/* Of a folder it is known only when it was read that it holds no data: as a file and as data. */
static void
test_second_start_data (void)
{
  static const char *const options[] = { "", "--data:" };
  g_autoptr (AtelierApplication) application = NULL;
  g_autofree char *folder = NULL;

  if (!is_alone ())
    return;
  application = start_first ();
  if (application == NULL)
    return;

  folder = make_path ("empty-folder");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_application_activate (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *arguments = g_strconcat (options[i], folder, NULL);
      g_autofree char *said = start_second (arguments);

      g_assert_nonnull (strstr (said, "empty-folder"));
      app_wait_until (get_dialog ());
      g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (get_dialog ())), ==,
                       "The Data Could Not Be Opened");
      gtk_window_destroy (get_dialog ());
    }
  app_close_window (find_window (application));
}

#define ADD_TEST(path, start, function) WINDOW_ADD_TEST ("/app/open-files/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  app_test_init (&argc, &argv);

  ADD_TEST ("picture", WINDOW_OPEN, test_picture);
  ADD_TEST ("pictures", WINDOW_OPEN, test_pictures);
  ADD_TEST ("model", WINDOW_OPEN, test_model);
  ADD_TEST ("run", WINDOW_OPEN, test_run);
  ADD_TEST ("no-curves", WINDOW_COMPLETED, test_no_curves);
  ADD_TEST ("other-data", WINDOW_COMPLETED, test_other_data);
  ADD_TEST ("workplace", WINDOW_OPEN, test_workplace);
  ADD_TEST ("plan", WINDOW_OPEN, test_plan);
  ADD_TEST ("strangers", WINDOW_OPEN, test_strangers);
  ADD_TEST ("several-failures", WINDOW_OPEN, test_several_failures);
  ADD_TEST ("recipe-in-a-run", WINDOW_RUNNING, test_recipe_in_a_run);
  g_test_add_func ("/app/open-files/second-start", test_second_start);
  g_test_add_func ("/app/open-files/second-start-data", test_second_start_data);

  return g_test_run ();
}
