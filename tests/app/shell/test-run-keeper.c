/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept of a run while it goes on: one file, which follows the run and goes with it. */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "draw/atelier-draw-page.h"
#include "idx-files.h"
#include "model/atelier-model-file.h"
#include "shell/atelier-run-keeper.h"

typedef struct
{
  AtelierTrainer   *trainer;
  AtelierRunKeeper *keeper;
  char             *folder;
} Fixture;

static void
start (Fixture *fixture,
       guint    n_epochs)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 600, 60);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_autoptr (AtelierRecipe) preset = atelier_recipe_new_preset ("report-1");
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_with_epochs (preset, n_epochs, NULL);
  g_autoptr (GError) error = NULL;

  atelier_trainer_start (fixture->trainer, network, recipe, splits, 1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);
  idx_files_remove_folder (fixture->folder);
  fixture->trainer = atelier_trainer_new ();
  fixture->keeper = atelier_run_keeper_new (fixture->trainer);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_trainer_stop_and_wait (fixture->trainer);
  atelier_run_keeper_stop (fixture->keeper);
  app_wait_until (G_OBJECT (fixture->keeper)->ref_count == 1);
  g_assert_finalize_object (fixture->keeper);
  g_assert_finalize_object (fixture->trainer);
  g_free (fixture->folder);
}

/* How many files there are; the name of one. */
static guint
count_files (Fixture  *fixture,
             char    **path) /* nullable */
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    {
      if (path)
        *path = g_build_filename (fixture->folder, name, NULL);
      path = NULL;
      n++;
    }

  return n;
}

static gboolean
has_epoch (Fixture *fixture,
           guint    epoch)
{
  g_autofree char *path = NULL;
  g_autoptr (AtelierModel) model = NULL;

  if (count_files (fixture, &path) != 1 || !g_str_has_suffix (path, ".safetensors"))
    return FALSE;
  model = atelier_model_file_load (path, NULL);

  return model && atelier_model_get_n_epochs (model) == epoch && atelier_model_get_state (model);
}

/* The file that is there at last is of the last epoch, and no other is left. */
static void
test_follows (Fixture       *fixture,
              gconstpointer  data)
{
  start (fixture, 3);
  app_wait_until (has_epoch (fixture, 3));
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  start (fixture, 2);
  app_wait_until (has_epoch (fixture, 2));
  atelier_run_keeper_drop (fixture->keeper);
  app_wait_until (count_files (fixture, NULL) == 0);

  start (fixture, 1);
  app_wait_until (has_epoch (fixture, 1));
}

static gboolean
is_over (Fixture *fixture)
{
  return atelier_trainer_get_model (fixture->trainer)
         && !atelier_trainer_is_active (fixture->trainer);
}

/* A file that is being written is deleted as well. */
static void
test_drop_while_writing (Fixture       *fixture,
                         gconstpointer  data)
{
  start (fixture, 1);
  app_wait_until (is_over (fixture));
  atelier_run_keeper_drop (fixture->keeper);
  app_wait_until (G_OBJECT (fixture->keeper)->ref_count == 1);
  g_assert_cmpuint (count_files (fixture, NULL), ==, 0);
}

/* A window that is closed without a wish to keep the run leaves no file. */
static void
test_window_closes (void)
{
  AtelierWindow *window = app_open_window ();
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);
  Fixture fixture = { .folder = folder };

  idx_files_remove_folder (folder);
  atelier_session_use_preset (atelier_window_get_session (window), "report-1");
  app_activate (window, "run.toggle", NULL);
  app_wait_until (count_files (&fixture, NULL) > 0);
  app_close_window (window);
  app_wait_until (count_files (&fixture, NULL) == 0);
}

static gpointer
find_button (gpointer    root,
             const char *label)
{
  g_autoptr (GPtrArray) buttons = app_find_all (root, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (g_ptr_array_index (buttons, i)), label) == 0
        && gtk_widget_get_mapped (g_ptr_array_index (buttons, i)))
      return g_ptr_array_index (buttons, i);

  return NULL;
}

/* The next start says what a run has left that was cut off, and opens it. */
static void
test_next_start (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *left = g_build_filename (
    fixture->folder, "Mine-epoch-1-2026-01-01-120000-running-999999999.safetensors", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  AtelierWindow *window;

  start (fixture, 1);
  app_wait_until (has_epoch (fixture, 1));
  app_wait_until (G_OBJECT (fixture->keeper)->ref_count == 1);
  count_files (fixture, &path);
  g_assert_cmpint (g_rename (path, left), ==, 0);

  window = atelier_window_new (app_get ());
  atelier_window_restore (window, "synthetic");
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_has_label (
    window, "A run that was cut off was kept as Mine-epoch-1-2026-01-01-120000.safetensors"));
  app_wait_until (find_button (window, "Open"));
  app_click (find_button (window, "Open"));
  pages = app_find_all (window, ATELIER_TYPE_DRAW_PAGE);
  app_wait_until (app_has_label (g_ptr_array_index (pages, 0),
                             "Mine-epoch-1-2026-01-01-120000.safetensors"));
  app_close_window (window);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/run-keeper/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("follows", test_follows);
  ADD_TEST ("drop", test_drop);
  ADD_TEST ("drop-while-writing", test_drop_while_writing);
  ADD_TEST ("next-start", test_next_start);
  g_test_add_func ("/app/run-keeper/window-closes", test_window_closes);

  return g_test_run ();
}
