/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Draw page in a real window: the scores of a drawing, of an example and of a model file; undo,
 * tools, and accessibility. */

#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "draw/answer/atelier-preset-advice.h"
#include "file-dialog.h"
#include "model-fixture.h"
#include "model/atelier-model-file.h"
#include "small-runs.h"

/* Answers */

static void
test_no_network (DrawFixture   *fixture,
                 gconstpointer  data)
{
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "No Network Yet"));
  draw_assert_no_answer (fixture);
}

static void
test_network_arrives (DrawFixture   *fixture,
                      gconstpointer  data)
{
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  draw_assert_no_answer (fixture);
  atelier_draw_page_set_trainer (fixture->page, draw_trainer);
  draw_settle (fixture);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_empty_pad (DrawFixture   *fixture,
                gconstpointer  data)
{
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "Draw Something"));
  g_assert_cmpuint (atelier_score_bars_get_n_classes (fixture->bars), ==, DRAW_N_CLASSES);
  draw_assert_no_answer (fixture);
}

static void
test_drawing (DrawFixture   *fixture,
              gconstpointer  data)
{
  double sum = 0.0;

  draw_bag (fixture->sketch);
  draw_settle (fixture);
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    sum += atelier_score_bars_get_score (fixture->bars, i);
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-5);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

/* A drawing that is light up to the border is not inverted as if it were paper. */
static void
test_drawing_is_not_inverted (DrawFixture   *fixture,
                              gconstpointer  data)
{
  guint8 pixels[DRAW_N_PIXELS];

  memset (pixels, 220, sizeof pixels);
  for (guint row = 10; row < 18; row++)
    memset (pixels + row * DRAW_SIDE + 10, 0, 8);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  draw_settle (fixture);
  draw_assert_bars_show (fixture, pixels);
}

static void
test_fit (DrawFixture   *fixture,
          gconstpointer  data)
{
  guint8 pixels[DRAW_N_PIXELS];

  draw_bag (fixture->sketch);
  memcpy (pixels, atelier_sketch_get_pixels (fixture->sketch), sizeof pixels);
  draw_activate (fixture, "draw.fit");
  draw_settle (fixture);
  draw_assert_bars_show (fixture, pixels);
}

static void
test_example (DrawFixture   *fixture,
              gconstpointer  data)
{
  const guint8 *pixels = atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 7);

  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  draw_settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, pixels,
                   DRAW_N_PIXELS);
  draw_assert_bars_show (fixture, pixels);
}

/* Whether the pad has this picture, and the page says which it is. */
static gboolean
shows_example (DrawFixture  *fixture,
               AtelierSplit  split,
               guint         i_image)
{
  guint picture = atelier_splits_get_picture (draw_splits, split, i_image);
  guint label = atelier_splits_get_label (draw_splits, split, i_image);
  g_autofree char *place = atelier_splits_format_place (draw_splits, picture);
  g_autofree char *words =
    g_strdup_printf ("%s: %s", place, atelier_dataset_get_class_names (draw_dataset)[label]);

  return memcmp (atelier_sketch_get_pixels (fixture->sketch),
                 atelier_splits_get_image (draw_splits, split, i_image), DRAW_N_PIXELS) == 0
         && app_has_label (GTK_WIDGET (fixture->page), words);
}

/* Test pictures are not shown by chance. */
static void
test_random_example (DrawFixture   *fixture,
                     gconstpointer  data)
{
  static const AtelierSplit splits[] = { ATELIER_SPLIT_TRAIN, ATELIER_SPLIT_VALIDATION };

  for (guint i = 0; i < 20; i++)
    {
      guint n_found = 0;

      draw_activate (fixture, "draw.example");
      draw_settle (fixture);
      for (guint k = 0; k < G_N_ELEMENTS (splits); k++)
        for (guint j = 0; j < atelier_splits_get_n (draw_splits, splits[k]); j++)
          n_found += shows_example (fixture, splits[k], j) ? 1 : 0;
      g_assert_cmpuint (n_found, ==, 1);
      g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
    }
}

static void
test_model_file (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "garments.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  atelier_model_file_save (atelier_trainer_get_model (draw_trainer), path, &error);
  g_assert_no_error (error);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  atelier_answer_card_open_model (fixture->answer_card, file);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->answer_card), "garments.safetensors"));
  draw_settle (fixture);
  draw_assert_bars_show (fixture, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 3));

  /* Without a run there is no answer when the run is chosen again. */
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.network", "s", "run"));
  draw_settle (fixture);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "No Network Yet"));
}

/* The best epoch's weights answer instead of the newest, and the card says which epoch that is. */
static void
test_best_epoch (DrawFixture   *fixture,
                 gconstpointer  data)
{
  AtelierModel *best = atelier_trainer_get_best_model (draw_trainer);
  g_autofree char *title = NULL;

  g_assert_nonnull (best);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.network", "s", "best"));
  draw_settle (fixture);
  title = g_strdup_printf ("Best epoch of the run, %u", atelier_model_get_n_epochs (best));
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), title));
  g_assert_true (atelier_answer_card_get_model (fixture->answer_card) == best);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.network", "s", "run"));
  draw_settle (fixture);
  g_assert_true (atelier_answer_card_get_model (fixture->answer_card)
                 == atelier_trainer_get_model (draw_trainer));
}

static GSimpleActionGroup *
add_window_actions (GtkWidget *window)
{
  GSimpleActionGroup *actions = g_simple_action_group_new ();
  const char * const names[] = { "network", "page" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action
        = g_simple_action_new_stateful (names[i], G_VARIANT_TYPE_STRING,
                                        g_variant_new_string (""));

      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));

  return actions;
}

static const char *
peek_state (GSimpleActionGroup *actions,
            const char         *name)
{
  g_autoptr (GVariant) state
    = g_action_group_get_action_state (G_ACTION_GROUP (actions), name);

  return g_intern_string (g_variant_get_string (state, NULL));
}

/* The run's network never saw a moved or turned picture: with the first answer the card says so,
 * and its button takes the preset that has and shows where to train it. */
static void
test_preset_advice (DrawFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (GSimpleActionGroup) actions = add_window_actions (fixture->window);
  GtkWidget *button = app_find_titled (fixture->answer_card, GTK_TYPE_BUTTON, "Use “_Robust”");

  g_assert_nonnull (button);
  g_assert_false (gtk_widget_get_mapped (button));
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  g_assert_true (gtk_widget_get_mapped (button));
  app_click (button);
  g_assert_cmpstr (peek_state (actions, "network"), ==, "robust");
  g_assert_cmpstr (peek_state (actions, "page"), ==, "train");
  draw_activate (fixture, "draw.clear");
  draw_settle (fixture);
  g_assert_false (gtk_widget_get_mapped (button));
}

/* Nothing is proposed to whoever has such a network already. */
static void
test_no_preset_advice (DrawFixture   *fixture,
                       gconstpointer  data)
{
  ModelFixture model_fixture;
  AtelierModel *model;
  AtelierPresetAdvice *advice = g_object_ref_sink (g_object_new (ATELIER_TYPE_PRESET_ADVICE, NULL));

  model_fixture_init (&model_fixture);
  model = atelier_model_new (&model_fixture.parts, NULL);
  atelier_preset_advice_set_model (advice, model);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (advice)));
  atelier_model_unref (model);

  atelier_recipe_unref (model_fixture.recipe);
  model_fixture.recipe = atelier_recipe_new_preset ("robust");
  model_fixture.parts.recipe = model_fixture.recipe;
  model = atelier_model_new (&model_fixture.parts, NULL);
  atelier_preset_advice_set_model (advice, model);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (advice)));
  atelier_model_unref (model);
  atelier_preset_advice_set_model (advice, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (advice)));

  model_fixture_clear (&model_fixture);
  g_assert_finalize_object (advice);
}

/* A completed run of small networks on the fixture's data.  Transfer full. */
static AtelierTrainer *
train_on_average (void)
{
  AtelierTrainer *trainer = atelier_trainer_new ();
  AtelierNetwork *network = atelier_model_get_network (atelier_trainer_get_model (draw_trainer));
  AtelierRecipeValues values;

  small_recipe_init (&values, 2);
  values.average_decay = 0.9;
  g_assert_true (start_with_values (trainer, network, &values, draw_splits, 1, NULL));
  app_wait_until (!atelier_trainer_is_active (trainer));

  return trainer;
}

/* The labels of the menu's first section, joined; transfer full. */
static char *
list_sources (DrawFixture *fixture)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->answer_card), ATELIER_TYPE_ANSWER_CARD, "network_button"));
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (
    gtk_menu_button_get_menu_model (button), 0, G_MENU_LINK_SECTION);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", label);
    }

  return g_string_free (text, FALSE);
}

/* A run that averages its weights has them and the newest beside each other, and each is named. */
static void
test_averaged (DrawFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierTrainer) trainer = NULL;
  g_autoptr (AtelierModel) newest = NULL;
  g_autofree char *none = list_sources (fixture);
  g_autofree char *some = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *expected = NULL;

  g_assert_cmpstr (none, ==, "_Training Run");
  trainer = train_on_average ();
  newest = atelier_model_pick (atelier_trainer_get_model (trainer), ATELIER_WEIGHTS_NEWEST);
  atelier_draw_page_set_trainer (fixture->page, trainer);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  draw_settle (fixture);
  some = list_sources (fixture);
  g_assert_cmpstr (some, ==, "_Averaged Weights of the Run; _Best Epoch of the Run; "
                             "_Newest Weights of the Run");
  g_assert_true (app_has_label (fixture->answer_card, "Averaged, epoch 2 of the run"));

  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.network", "s", "newest"));
  draw_settle (fixture);
  g_assert_true (app_has_label (fixture->answer_card, "Training run, epoch 2"));
  digest = atelier_model_dup_digest (atelier_answer_card_get_model (fixture->answer_card));
  expected = atelier_model_dup_digest (newest);
  g_assert_cmpstr (digest, ==, expected);
}

static void
test_model_dialog (DrawFixture   *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "garments.safetensors");
  g_autoptr (GError) error = NULL;

  if (!file_dialog_can_be_shown ())
    return;
  atelier_model_file_save (atelier_trainer_get_model (draw_trainer), path, &error);
  g_assert_no_error (error);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.open-model", NULL));
  file_dialog_select (path);
  file_dialog_answer (TRUE);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->answer_card), "garments.safetensors"));
}

static void
test_broken_model_file (DrawFixture   *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "broken.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "no tensors", -1, NULL));
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  atelier_answer_card_open_model (fixture->answer_card, file);
  app_wait_until (app_has_label (fixture->window, "broken.safetensors"));
  draw_settle (fixture);
  draw_assert_bars_show (fixture, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 3));
}

/* A network for pictures of 14 x 14 that gives all classes the same score. */
static void
write_small_model (const char *path,
                   guint       n_epochs)
{
  const AtelierLayer layers[] = {
    { .kind = ATELIER_LAYER_FLATTEN },
    { .kind = ATELIER_LAYER_DENSE, .units = DRAW_N_CLASSES },
  };
  const gsize n_values[] = { DRAW_N_CLASSES * 14 * 14, DRAW_N_CLASSES };
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-1");
  AtelierInput input;

  network = atelier_network_new ("Small", 14, 14, 1, layers, G_N_ELEMENTS (layers), &error);
  g_assert_no_error (error);
  atelier_input_init_fashion (&input, 14, 14);
  for (guint i = 0; i < G_N_ELEMENTS (n_values); i++)
    {
      gsize size = n_values[i] * sizeof (float);

      g_ptr_array_add (tensors, g_bytes_new_take (g_malloc0 (size), size));
    }
  model = atelier_model_new (&(AtelierModelParts) {
                               .network = network,
                               .recipe = recipe,
                               .input = &input,
                               .class_names = atelier_fashion_class_names,
                               .dataset_name = "None",
                               .dataset_sha256 = "",
                               .n_epochs = n_epochs,
                               .tensors = tensors,
                             },
                             &error);
  g_assert_no_error (error);
  atelier_model_file_save (model, path, &error);
  g_assert_no_error (error);
}

static void
test_other_size (DrawFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "small.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  AtelierSketch *sketch;

  write_small_model (path, 1);
  draw_bag (fixture->sketch);
  atelier_answer_card_open_model (fixture->answer_card, file);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->answer_card), "small.safetensors"));
  draw_settle (fixture);
  sketch = atelier_draw_page_get_sketch (fixture->page);
  g_assert_cmpuint (atelier_sketch_get_width (sketch), ==, 14);
  g_assert_cmpuint (atelier_sketch_get_height (sketch), ==, 14);
  g_assert_false (atelier_sketch_get_is_empty (sketch));
  g_assert_cmpfloat (atelier_sketch_get_brush_size (sketch), ==, 4.0);
  g_assert_cmpfloat_with_epsilon (atelier_score_bars_get_score (fixture->bars, 3), 0.1, 1e-6);

  draw_activate (fixture, "draw.clear");
  g_assert_true (atelier_sketch_get_is_empty (sketch));
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  draw_settle (fixture);
  g_assert_false (atelier_sketch_get_is_empty (sketch));
}

/* The scores of random weights are not shown. */
static void
test_untrained (DrawFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "untrained.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_small_model (path, 0);
  draw_bag (fixture->sketch);
  atelier_answer_card_open_model (fixture->answer_card, file);
  app_wait_until (app_has_label (GTK_WIDGET (fixture->answer_card), "untrained.safetensors"));
  draw_settle (fixture);
  draw_assert_no_answer (fixture);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "Not Trained Yet"));
}

static void
assert_answer_width (DrawFixture *fixture,
                     int          expected)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (fixture->answer_card), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, expected);
  g_assert_cmpint (natural, ==, expected);
}

/* The card keeps its width when the first answer arrives and when the class changes. */
static void
test_answer_has_one_width (DrawFixture   *fixture,
                           gconstpointer  data)
{
  int width, natural;

  draw_settle (fixture);
  gtk_widget_measure (GTK_WIDGET (fixture->answer_card), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      &natural, NULL, NULL);
  assert_answer_width (fixture, width);
  atelier_draw_page_set_trainer (fixture->page, draw_trainer);
  draw_settle (fixture);
  assert_answer_width (fixture, width);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  draw_settle (fixture);
  assert_answer_width (fixture, width);
}

/* Undo, redo, clear */

static void
test_undo (DrawFixture   *fixture,
           gconstpointer  data)
{
  guint8 drawn[DRAW_N_PIXELS];

  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "draw.undo", NULL));
  draw_bag (fixture->sketch);
  memcpy (drawn, atelier_sketch_get_pixels (fixture->sketch), sizeof drawn);
  draw_activate (fixture, "draw.undo");
  draw_settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  draw_assert_no_answer (fixture);
  draw_activate (fixture, "draw.redo");
  draw_settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, drawn,
                   DRAW_N_PIXELS);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_clear (DrawFixture   *fixture,
            gconstpointer  data)
{
  draw_bag (fixture->sketch);
  draw_activate (fixture, "draw.clear");
  draw_settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "Draw Something"));
  draw_activate (fixture, "draw.undo");
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
}

static gboolean
get_fits (DrawFixture *fixture)
{
  GObject *board = gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                  ATELIER_TYPE_DRAW_PAGE, "board");
  GActionMap *actions = atelier_sketch_board_get_actions (ATELIER_SKETCH_BOARD (board));
  g_autoptr (GVariant) state =
    g_action_get_state (g_action_map_lookup_action (actions, "fit"));

  return g_variant_get_boolean (state);
}

/* Undoing an example also undoes that it switched "fit" off. */
static void
test_undo_restores_fit (DrawFixture   *fixture,
                        gconstpointer  data)
{
  draw_bag (fixture->sketch);
  g_assert_true (get_fits (fixture));
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  g_assert_false (get_fits (fixture));
  draw_activate (fixture, "draw.undo");
  g_assert_true (get_fits (fixture));
  draw_activate (fixture, "draw.redo");
  g_assert_false (get_fits (fixture));
}

/* Undoing a stroke does not undo the choice of "fit". */
static void
test_undo_keeps_chosen_fit (DrawFixture   *fixture,
                            gconstpointer  data)
{
  draw_bag (fixture->sketch);
  atelier_sketch_begin_stroke (fixture->sketch, 2, 2, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  draw_activate (fixture, "draw.fit");
  g_assert_false (get_fits (fixture));
  draw_activate (fixture, "draw.undo");
  g_assert_false (get_fits (fixture));
}

static void
test_tool (DrawFixture   *fixture,
           gconstpointer  data)
{
  const char * const actions[ATELIER_N_TOOLS] = {
    [ATELIER_TOOL_BRUSH] = "draw.tool::brush", [ATELIER_TOOL_ERASER] = "draw.tool::eraser",
    [ATELIER_TOOL_FILL] = "draw.tool::fill",   [ATELIER_TOOL_LINE] = "draw.tool::line",
    [ATELIER_TOOL_MOVE] = "draw.tool::move",
  };

  for (int tool = ATELIER_N_TOOLS - 1; tool >= 0; tool--)
    {
      draw_activate (fixture, actions[tool]);
      g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, tool);
    }
}

static void
test_mirror (DrawFixture   *fixture,
             gconstpointer  data)
{
  draw_activate (fixture, "draw.mirror");
  g_assert_true (atelier_sketch_get_mirrors (fixture->sketch));
  atelier_sketch_begin_stroke (fixture->sketch, 5.5, 9.5, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  g_assert_cmpuint (draw_get_pixel (fixture, 5, 9), >, 100);
  g_assert_cmpuint (draw_get_pixel (fixture, DRAW_SIDE - 1 - 5, 9), ==,
                    draw_get_pixel (fixture, 5, 9));
  draw_activate (fixture, "draw.mirror");
  g_assert_false (atelier_sketch_get_mirrors (fixture->sketch));
}

/* Fifty steps of undo and redo restore every pixel. */
static void
test_undo_fifty (DrawFixture   *fixture,
                 gconstpointer  data)
{
  const guint n_steps = 50;
  guint8 steps[51][DRAW_N_PIXELS];

  atelier_sketch_set_brush_size (fixture->sketch, 1.5);
  for (guint i = 0; i <= n_steps; i++)
    {
      memcpy (steps[i], atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS);
      atelier_sketch_begin_stroke (fixture->sketch, 2.5 + i % 5 * 5, 1.5 + i / 5 * 2.5, 1.0);
      atelier_sketch_end_stroke (fixture->sketch);
    }
  for (guint i = n_steps + 1; i-- > 0;)
    {
      draw_activate (fixture, "draw.undo");
      g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, steps[i],
                       DRAW_N_PIXELS);
    }
  for (guint i = 1; i <= n_steps; i++)
    {
      draw_activate (fixture, "draw.redo");
      g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS, steps[i],
                       DRAW_N_PIXELS);
    }
}

static void
test_brush_size (DrawFixture   *fixture,
                 gconstpointer  data)
{
  double before = atelier_sketch_get_brush_size (fixture->sketch);

  draw_activate (fixture, "draw.brush-size(2)");
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, before + 1.0);
  draw_activate (fixture, "draw.brush-size(-1000)");
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, 0.5);
}

/* Accessibility */

static void
test_accessible (DrawFixture   *fixture,
                 gconstpointer  data)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->bars));

  gtk_test_accessible_assert_role (fixture->pad, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (fixture->pad, GTK_ACCESSIBLE_PROPERTY_LABEL, "Drawing pad");
  gtk_test_accessible_assert_role (fixture->bars, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (fixture->bars, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Scores of all classes");
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "T-shirt/top");
  draw_press (fixture, GDK_KEY_Left, 0);
  gtk_test_accessible_assert_property (fixture->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Row 15, column 14, grey 0");
}

static void
test_accessible_scores (DrawFixture   *fixture,
                        gconstpointer  data)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->bars));
  g_autofree char *expected = NULL;

  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  draw_settle (fixture);
  expected = g_strdup_printf ("T-shirt/top: %.3f", atelier_score_bars_get_score (fixture->bars, 0));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("no-network", FALSE, test_no_network);
  DRAW_ADD_TEST ("network-arrives", FALSE, test_network_arrives);
  DRAW_ADD_TEST ("empty-pad", TRUE, test_empty_pad);
  DRAW_ADD_TEST ("drawing", TRUE, test_drawing);
  DRAW_ADD_TEST ("drawing-is-not-inverted", TRUE, test_drawing_is_not_inverted);
  DRAW_ADD_TEST ("fit", TRUE, test_fit);
  DRAW_ADD_TEST ("example", TRUE, test_example);
  DRAW_ADD_TEST ("random-example", TRUE, test_random_example);
  DRAW_ADD_TEST ("best-epoch", TRUE, test_best_epoch);
  DRAW_ADD_TEST ("preset-advice", TRUE, test_preset_advice);
  DRAW_ADD_TEST ("no-preset-advice", TRUE, test_no_preset_advice);
  DRAW_ADD_TEST ("averaged", FALSE, test_averaged);
  DRAW_ADD_TEST ("model-file/open", FALSE, test_model_file);
  DRAW_ADD_TEST ("model-file/dialog", FALSE, test_model_dialog);
  DRAW_ADD_TEST ("model-file/other-size", TRUE, test_other_size);
  DRAW_ADD_TEST ("model-file/broken", TRUE, test_broken_model_file);
  DRAW_ADD_TEST ("model-file/untrained", TRUE, test_untrained);
  DRAW_ADD_TEST ("answer-has-one-width", FALSE, test_answer_has_one_width);
  DRAW_ADD_TEST ("undo", TRUE, test_undo);
  DRAW_ADD_TEST ("undo-restores-fit", TRUE, test_undo_restores_fit);
  DRAW_ADD_TEST ("undo-keeps-chosen-fit", TRUE, test_undo_keeps_chosen_fit);
  DRAW_ADD_TEST ("clear", TRUE, test_clear);
  DRAW_ADD_TEST ("undo-fifty", TRUE, test_undo_fifty);
  DRAW_ADD_TEST ("tool", TRUE, test_tool);
  DRAW_ADD_TEST ("mirror", TRUE, test_mirror);
  DRAW_ADD_TEST ("brush-size", TRUE, test_brush_size);
  DRAW_ADD_TEST ("accessible/names", TRUE, test_accessible);
  DRAW_ADD_TEST ("accessible/scores", TRUE, test_accessible_scores);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
