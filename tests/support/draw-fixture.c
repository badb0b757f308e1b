/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network is small and trained with AtelierTrainer on Sketched garments before the first
 * test. */

#include "draw-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "inference/atelier-predictor.h"
#include "small-runs.h"

AtelierSplits *draw_splits;
AtelierDataset *draw_dataset;
AtelierTrainer *draw_trainer;

void
draw_set_up (DrawFixture   *fixture,
             gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = atelier_draw_page_new ();
  GObject *board;
  gboolean has_trainer = GPOINTER_TO_INT (data);

  fixture->page = ATELIER_DRAW_PAGE (page);
  fixture->window = adw_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 720);
  board = gtk_widget_get_template_child (page, ATELIER_TYPE_DRAW_PAGE, "board");
  fixture->pad = ATELIER_SKETCH_PAD (
    gtk_widget_get_template_child (GTK_WIDGET (board), ATELIER_TYPE_SKETCH_BOARD, "pad"));
  fixture->answer_card = ATELIER_ANSWER_CARD (
    gtk_widget_get_template_child (page, ATELIER_TYPE_DRAW_PAGE, "answer_card"));
  fixture->bars = ATELIER_SCORE_BARS (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->answer_card), ATELIER_TYPE_ANSWER_CARD, "bars"));
  fixture->sketch = atelier_draw_page_get_sketch (fixture->page);
  fixture->folder = g_dir_make_tmp ("atelier-draw-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  atelier_draw_page_set_splits (fixture->page, draw_splits);
  if (has_trainer)
    atelier_draw_page_set_trainer (fixture->page, draw_trainer);
  gtk_window_present (GTK_WINDOW (fixture->window));
  draw_settle (fixture);
}

void
draw_tear_down (DrawFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  gpointer page = fixture->page;
  const char *name;

  g_object_add_weak_pointer (G_OBJECT (fixture->page), &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (page);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

void
draw_settle (DrawFixture *fixture)
{
  app_wait_for_frame (GTK_WIDGET (fixture->page));
  app_wait_for_frame (GTK_WIDGET (fixture->page));
}

void
draw_activate (DrawFixture *fixture,
               const char  *detailed_action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed_action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->pad), name, target));
}

char *
draw_get_path (DrawFixture *fixture,
               const char  *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
draw_bag (AtelierSketch *sketch)
{
  atelier_sketch_set_brush_size (sketch, 4.0);
  atelier_sketch_begin_stroke (sketch, 6.0, 14.0, 1.0);
  for (double y = 14.0; y <= 24.0; y += 2.0)
    {
      atelier_sketch_continue_stroke (sketch, 22.0, y, 1.0);
      atelier_sketch_continue_stroke (sketch, 6.0, y, 1.0);
    }
  atelier_sketch_end_stroke (sketch);
}

guint8
draw_get_pixel (DrawFixture *fixture,
                guint        column,
                guint        row)
{
  return atelier_sketch_get_pixels (fixture->sketch)[row * DRAW_SIDE + column];
}

static GtkEventController *
get_key_controller (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        return controller;
    }
  g_assert_not_reached ();
}

void
draw_press (DrawFixture     *fixture,
            guint            keyval,
            GdkModifierType  modifiers)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (get_key_controller (GTK_WIDGET (fixture->pad)), "key-pressed", keyval, 0,
                         modifiers, &is_handled);
  g_assert_true (is_handled);
}

void
draw_release (DrawFixture *fixture,
              guint        keyval)
{
  g_signal_emit_by_name (get_key_controller (GTK_WIDGET (fixture->pad)), "key-released", keyval, 0,
                         0);
}

void
draw_assert_bars_show (DrawFixture  *fixture,
                       const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor =
    atelier_predictor_new (atelier_trainer_get_model (draw_trainer), &error);
  float scores[DRAW_N_CLASSES];
  int i_best = 0;

  g_assert_no_error (error);
  g_assert_true (atelier_predictor_classify (predictor, pixels, scores, &error));
  g_assert_no_error (error);
  for (int i = 0; i < DRAW_N_CLASSES; i++)
    {
      g_assert_cmpfloat (atelier_score_bars_get_score (fixture->bars, (guint) i), ==,
                         (double) scores[i]);
      if (scores[i] > scores[i_best])
        i_best = i;
    }
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), ==, i_best);
  g_assert_true (
    app_has_label (GTK_WIDGET (fixture->answer_card), atelier_fashion_class_names[i_best]));
}

void
draw_assert_no_answer (DrawFixture *fixture)
{
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), ==, -1);
}

static void
train (void)
{
  const AtelierLayer layers[] = {
    { .kind = ATELIER_LAYER_FLATTEN },
    { .kind = ATELIER_LAYER_DENSE, .units = 32, .activation = ATELIER_ACTIVATION_RELU },
    { .kind = ATELIER_LAYER_DENSE, .units = DRAW_N_CLASSES },
  };
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  draw_dataset = atelier_synthetic_new (ATELIER_SYNTHETIC_SEED, 1200, 100);
  draw_splits = atelier_splits_new (draw_dataset);
  network =
    atelier_network_new ("Small", DRAW_SIDE, DRAW_SIDE, 1, layers, G_N_ELEMENTS (layers), &error);
  g_assert_no_error (error);
  preset_recipe_init (&recipe, "report-2");
  recipe.n_epochs = 3;
  draw_trainer = atelier_trainer_new ();
  start_with_values (draw_trainer, network, &recipe, draw_splits, 1, &error);
  g_assert_no_error (error);
  app_wait_until (!atelier_trainer_is_active (draw_trainer));
  g_assert_cmpint (atelier_trainer_get_state (draw_trainer), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_nonnull (atelier_trainer_get_model (draw_trainer));
}

void
draw_show_example (AtelierDrawPage *page,
                   AtelierSplit     split,
                   guint            i_image)
{
  atelier_draw_page_show_example (page, atelier_splits_get_picture (draw_splits, split, i_image));
}

int
draw_main (int    argc,
           char  *argv[],
           void (*add_tests) (void))
{
  int status;

  app_test_init (&argc, &argv);
  train ();
  add_tests ();
  status = g_test_run ();

  g_assert_finalize_object (draw_trainer);
  atelier_splits_unref (draw_splits);
  atelier_dataset_unref (draw_dataset);
  return status;
}
