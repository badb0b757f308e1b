/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window-fixture.h"

#include "data/atelier-synthetic.h"
#include "idx-files.h"

#define SIDE 28
#define N_CLASSES 10
#define N_TRAIN 1200 /* a twelfth of them for validation */
#define N_TEST 100
#define N_COPIES 5   /* of each training picture, where there are to be many */

/* Draws @n garments, their classes in turn, and writes each of them @n_copies times. */
static void
write_part (const char *folder,
            const char *prefix,
            guint       first,
            guint       n,
            guint       n_copies)
{
  const guint32 image_dims[] = { n * n_copies, SIDE, SIDE, 0 };
  const guint32 label_dims[] = { n * n_copies, 0 };
  g_autofree char *images_name = g_strconcat (prefix, "-images-idx3-ubyte", NULL);
  g_autofree char *labels_name = g_strconcat (prefix, "-labels-idx1-ubyte", NULL);
  g_autoptr (GByteArray) images = idx_files_create (0x08, image_dims, NULL, 0);
  g_autoptr (GByteArray) labels = idx_files_create (0x08, label_dims, NULL, 0);

  for (guint i = 0; i < n; i++)
    {
      const guint8 label = i % N_CLASSES;
      guint8 pixels[SIDE * SIDE];

      atelier_synthetic_draw_image (ATELIER_SYNTHETIC_SEED, label, first + i, pixels);
      for (guint i_copy = 0; i_copy < n_copies; i_copy++)
        {
          g_byte_array_append (images, pixels, sizeof pixels);
          g_byte_array_append (labels, &label, 1);
        }
    }
  idx_files_write (folder, images_name, images);
  idx_files_write (folder, labels_name, labels);
}

/* The folder @name, which is written at the first call; transfer full. */
static char *
get_data (const char *name,
          guint       n_copies)
{
  char *folder = g_build_filename (app_get_folder (), name, NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      write_part (folder, "train", 0, N_TRAIN, n_copies);
      write_part (folder, "t10k", N_TRAIN, N_TEST, 1);
    }

  return folder;
}

static gboolean
has_ended (WindowFixture *fixture)
{
  return !atelier_trainer_is_active (app_get_trainer (fixture->window));
}

void
window_train (WindowFixture *fixture)
{
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (has_ended (fixture));
  g_assert_cmpint (app_get_state (fixture->window), ==, ATELIER_TRAINER_COMPLETED);
}

static void
start_long_run (WindowFixture *fixture)
{
  app_set_number (fixture->window, "Epochs", "10000");
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (fixture->window) >= 2);
}

static void
pause_later (WindowFixture *fixture)
{
  AtelierHistory *history = app_get_history (fixture->window);
  guint n_batches = atelier_history_get_n_batches (history);

  app_wait_until (atelier_history_get_n_batches (history) > n_batches);
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_PAUSED);
}

static gboolean
is_inside_an_epoch (WindowFixture *fixture)
{
  AtelierHistory *history = app_get_history (fixture->window);

  return atelier_history_get_n_batches (history)
         % atelier_history_get_batches_per_epoch (history) != 0;
}

/* A pause may fall between two epochs, or while an epoch is measured.  Then the run goes on and is
 * paused again. */
static void
pause_inside_an_epoch (WindowFixture *fixture)
{
  pause_later (fixture);
  while (!is_inside_an_epoch (fixture))
    {
      app_activate (fixture->window, "run.toggle", NULL);
      pause_later (fixture);
    }
}

void
window_set_up (WindowFixture *fixture,
               gconstpointer  data)
{
  const WindowStart start = GPOINTER_TO_INT (data);
  g_autofree char *folder =
    start == WINDOW_MANY_PICTURES ? get_data ("Many", N_COPIES) : get_data ("Garments", 1);

  fixture->window = app_open_window_with (folder);
  fixture->page = app_get_train_page (fixture->window);
  fixture->focus = atelier_train_page_get_focus (fixture->page);
  if (start == WINDOW_OPEN)
    return;

  app_activate (fixture->window, "win.network", "report-1");
  app_set_number (fixture->window, "Learning rate", WINDOW_LEARNING_RATE);
  app_set_number (fixture->window, "Batch", WINDOW_BATCH);
  app_set_number (fixture->window, "Epochs",
                  start == WINDOW_MANY_PICTURES ? "1" : G_STRINGIFY (WINDOW_N_EPOCHS));
  if (start == WINDOW_RUNNING || start == WINDOW_PAUSED)
    start_long_run (fixture);
  if (start == WINDOW_PAUSED)
    pause_inside_an_epoch (fixture);
  if (start == WINDOW_COMPLETED || start == WINDOW_MANY_PICTURES)
    window_train (fixture);
}

void
window_tear_down (WindowFixture *fixture,
                  gconstpointer  data)
{
  if (fixture->window)
    app_close_window (fixture->window);
  app_wait_until (g_list_model_get_n_items (gtk_window_get_toplevels ()) == 0);
}
