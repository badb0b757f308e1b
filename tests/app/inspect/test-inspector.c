/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector on a real run of a small network: keyboard, texts, the occlusion map, and editing
 * on the Draw page. */

#include "config.h"

#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "inference/atelier-predictor.h"
#include "inspect/atelier-occlusion-card.h"
#include "inspect/atelier-story-line.h"
#include "mistakes/atelier-gallery.h"
#include "pointer.h"
#include "results/atelier-image-story.h"

typedef struct
{
  GtkWidget        *window;
  AtelierGallery   *gallery;
  AtelierInspector *inspector;
  AtelierFocus     *focus;
} Fixture;

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->inspector), ATELIER_TYPE_INSPECTOR,
                                        name);
}

static guint
get_listed (Fixture *fixture,
            guint    position)
{
  return atelier_picture_list_get_picture (atelier_gallery_get_list (fixture->gallery), position);
}

static guint
get_picture (Fixture *fixture)
{
  return atelier_inspector_get_picture (fixture->inspector);
}

/* Opens the first picture of class 0. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const AtelierSelection row = { ATELIER_SELECT_TRUTH, 0, 0 };

  fixture->focus = atelier_focus_new ();
  fixture->gallery = g_object_new (ATELIER_TYPE_GALLERY, NULL);
  atelier_gallery_set_focus (fixture->gallery, fixture->focus);
  atelier_gallery_set_trainer (fixture->gallery, draw_trainer);
  atelier_focus_set_run (fixture->focus, atelier_trainer_get_record (draw_trainer), draw_splits);
  atelier_focus_set_selection (fixture->focus, &row);

  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->gallery));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 480, 420);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));

  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (atelier_gallery_get_list (fixture->gallery))), >, 3);
  g_signal_emit_by_name (atelier_gallery_get_view (fixture->gallery), "open", 0);
  fixture->inspector = atelier_gallery_get_inspector (fixture->gallery);
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->inspector)));
  app_wait_for_frame (GTK_WIDGET (fixture->inspector));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer inspector = fixture->inspector;

  g_object_add_weak_pointer (inspector, &inspector);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_wait_until (inspector == NULL);
  g_assert_finalize_object (fixture->focus);
}

/* Sends real keys.  The pointer must be over the window that gets them, and must move each time,
 * because xdotool waits for a movement. */
static void
press (Fixture    *fixture,
       const char *keys)
{
  static double x = 4.0;
  g_autofree char *move =
    pointer_format_place (get_child (fixture, "scores_label"), x = 12.0 - x, 4.0);
  g_autofree char *commands = g_strdup_printf ("%s key %s", move, keys);

  pointer_do (fixture->window, commands);
  if (gtk_widget_get_mapped (GTK_WIDGET (fixture->inspector)))
    app_wait_for_frame (GTK_WIDGET (fixture->inspector));
}

static void
test_shows_the_picture (Fixture       *fixture,
                        gconstpointer  data)
{
  AtelierPixels *pixels = get_child (fixture, "pixels");

  g_assert_cmpuint (get_picture (fixture), ==, get_listed (fixture, 0));
  g_assert_true (atelier_pixels_get_dataset (pixels) == draw_dataset);
  g_assert_cmpuint (atelier_pixels_get_picture (pixels), ==, get_picture (fixture));
}

/* The scores equal those of a second predictor with the trainer's newest weights. */
static void
test_shows_all_scores (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor =
    atelier_predictor_new (atelier_trainer_get_model (draw_trainer), &error);
  const guint8 *image =
    atelier_dataset_get_image (draw_dataset, get_picture (fixture));
  float scores[DRAW_N_CLASSES];

  g_assert_no_error (error);
  g_assert_true (atelier_predictor_classify (predictor, image, scores, &error));
  for (guint i = 0; i < DRAW_N_CLASSES; i++)
    g_assert_cmpfloat (atelier_score_bars_get_score (get_child (fixture, "bars"), i), ==,
                       (double) scores[i]);
  g_assert_cmpstr (gtk_label_get_label (get_child (fixture, "scores_label")), ==,
                   "By the newest weights, after epoch 3");
}

static void
test_tells_the_story (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (AtelierImageStory) story =
    atelier_image_story_new (atelier_trainer_get_history (draw_trainer), get_picture (fixture));
  g_autofree char *words = atelier_image_story_describe (story);
  GtkAccessible *line = get_child (fixture, "story_line");

  g_assert_cmpstr (gtk_label_get_label (get_child (fixture, "story_label")), ==, words);
  gtk_test_accessible_assert_role (line, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Score of the truth over the epochs");
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1.0);
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 3.0);
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.0);
}

static void
test_buttons_have_names (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) buttons = app_find_all (fixture->inspector, GTK_TYPE_BUTTON);
  static const char * const actions[] = { "picture.step", "picture.copy", "picture.save",
                                          "picture.edit" };

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, i);
      const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (button));

      for (guint j = 0; action && j < G_N_ELEMENTS (actions); j++)
        if (g_str_equal (action, actions[j]))
          g_assert_nonnull (gtk_widget_get_tooltip_text (button));
    }
  gtk_test_accessible_assert_role (get_child (fixture, "pixels"), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  press (fixture, "Right");
  app_wait_until (get_picture (fixture) == get_listed (fixture, 1));
  press (fixture, "Down");
  app_wait_until (get_picture (fixture) == get_listed (fixture, 2));
  press (fixture, "Left");
  app_wait_until (get_picture (fixture) == get_listed (fixture, 1));
  press (fixture, "Up");
  app_wait_until (get_picture (fixture) == get_listed (fixture, 0));
  press (fixture, "Escape");
  app_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (fixture->inspector)));
}

/* The inspector shows the picture that is selected in the gallery, and the reverse. */
static void
test_follows_the_gallery (Fixture       *fixture,
                          gconstpointer  data)
{
  AtelierPictureList *list = atelier_gallery_get_list (fixture->gallery);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list), 2, TRUE);
  g_assert_cmpuint (get_picture (fixture), ==, get_listed (fixture, 2));
  gtk_widget_activate_action (GTK_WIDGET (fixture->inspector), "picture.step", "i", 1);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list), 3));
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list), 2));
}

static void
test_line_moves_the_epoch_by_keys (Fixture       *fixture,
                                   gconstpointer  data)
{
  GtkWidget *line = get_child (fixture, "story_line");

  if (!pointer_can_be_moved ())
    return;

  gtk_widget_grab_focus (line);
  press (fixture, "Home");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 1);
  press (fixture, "Right");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 2);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       2.0);
  g_assert_cmpstr (gtk_label_get_label (get_child (fixture, "answer_title_label")), ==,
                   "Epoch 2 said");
  press (fixture, "End");
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 3);
  g_assert_cmpuint (get_picture (fixture), ==, get_listed (fixture, 0));
}

static void
test_line_moves_the_epoch_by_clicks (Fixture       *fixture,
                                     gconstpointer  data)
{
  AtelierStoryLine *line = get_child (fixture, "story_line");
  g_autofree char *move = NULL;
  g_autofree char *commands = NULL;
  double x, y;

  if (!pointer_can_be_moved ())
    return;

  g_assert_true (atelier_story_line_get_place (line, 2, &x, &y));
  move = pointer_format_place (GTK_WIDGET (line), x + 3.0, y);
  commands = g_strdup_printf ("%s click 1", move);
  pointer_do (GTK_WIDGET (fixture->inspector), commands);
  app_wait_until (atelier_focus_get_epoch (fixture->focus) == 2);
}

static GtkInscription *
get_map_words (Fixture *fixture)
{
  return GTK_INSCRIPTION (gtk_widget_get_template_child (
    get_child (fixture, "occlusion_card"), ATELIER_TYPE_OCCLUSION_CARD, "words"));
}

/* The map is computed in a thread, laid over the picture and described in words.  Another picture
 * has another map, and with the switch off there is none. */
static void
test_map (Fixture       *fixture,
          gconstpointer  data)
{
  AtelierOcclusionCard *card = get_child (fixture, "occlusion_card");
  AtelierPixels *pixels = get_child (fixture, "pixels");
  g_autoptr (AtelierOcclusion) first = NULL;
  g_autofree char *words = NULL;
  GtkInscription *inscription = get_map_words (fixture);

  g_assert_null (atelier_pixels_get_overlay (pixels));
  g_object_set (card, "active", TRUE, NULL);
  app_wait_until (atelier_occlusion_card_get_occlusion (card));
  first = atelier_occlusion_ref (atelier_occlusion_card_get_occlusion (card));
  g_assert_cmpint (gdk_texture_get_width (atelier_pixels_get_overlay (pixels)), ==, DRAW_SIDE);
  words = atelier_occlusion_describe (first);
  g_assert_nonnull (strstr (gtk_inscription_get_text (inscription), words));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (pixels),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       gtk_inscription_get_text (inscription));

  gtk_widget_activate_action (GTK_WIDGET (fixture->inspector), "picture.step", "i", 1);
  g_assert_null (atelier_pixels_get_overlay (pixels));
  app_wait_until (atelier_occlusion_card_get_occlusion (card));
  g_assert_true (memcmp (atelier_occlusion_get_drops (first),
                         atelier_occlusion_get_drops (atelier_occlusion_card_get_occlusion (card)),
                         DRAW_N_PIXELS * sizeof (float))
                 != 0);
  g_object_set (card, "active", FALSE, NULL);
  g_assert_null (atelier_pixels_get_overlay (pixels));
}

/* Where the widgets of the inspector are, as text, once all is laid out. */
static char *
describe_places (Fixture *fixture)
{
  static const char * const names[] = {
    "pixels", "occlusion_card", "truth_label", "scores_label", "bars", "story_label", "story_line",
  };
  GtkWidget *inspector = GTK_WIDGET (fixture->inspector);
  GString *places = g_string_new (NULL);

  app_wait_for_frame (inspector);
  app_wait_for_frame (inspector);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (get_child (fixture, names[i]), inspector, &bounds));
      g_string_append_printf (places, "%s %.0f %.0f %.0f %.0f\n", names[i], bounds.origin.x,
                              bounds.origin.y, bounds.size.width, bounds.size.height);
    }

  return g_string_free (places, FALSE);
}

static void
assert_places (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *places = describe_places (fixture);

  g_assert_cmpstr (places, ==, expected);
}

static void
test_map_moves_nothing (Fixture       *fixture,
                        gconstpointer  data)
{
  AtelierOcclusionCard *card = get_child (fixture, "occlusion_card");
  g_autofree char *before = describe_places (fixture);

  g_object_set (card, "active", TRUE, NULL);
  assert_places (fixture, before);
  app_wait_until (atelier_occlusion_card_get_occlusion (card));
  assert_places (fixture, before);
  gtk_inscription_set_text (get_map_words (fixture), "");
  assert_places (fixture, before);
  gtk_inscription_set_text (get_map_words (fixture),
                            "Words that go on for so long that there is not nearly enough room for "
                            "them in the few lines below the picture, and then go on a little "
                            "more, as they may in a language with long words and long sentences, "
                            "or where something failed.");
  assert_places (fixture, before);
  g_object_set (card, "active", FALSE, NULL);
  assert_places (fixture, before);
}

static AtelierModel *
new_model_of_next_epoch (AtelierModel *model)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  AtelierModel *next;

  for (guint i = 0; i < atelier_model_get_n_tensors (model); i++)
    g_ptr_array_add (tensors, g_bytes_ref (atelier_model_get_tensor (model, i)));
  next = atelier_model_new (&(AtelierModelParts) {
                              .network = atelier_model_get_network (model),
                              .recipe = atelier_model_get_recipe (model),
                              .input = atelier_model_get_input (model),
                              .class_names = atelier_model_get_class_names (model),
                              .dataset_name = atelier_model_get_dataset_name (model),
                              .dataset_sha256 = atelier_model_get_dataset_sha256 (model),
                              .n_epochs = atelier_model_get_n_epochs (model) + 1,
                              .tensors = tensors,
                            },
                            &error);
  g_assert_no_error (error);

  return next;
}

/* While the map of newer weights is computed, the words are those of the map that is shown. */
static void
test_words_are_of_the_map (Fixture       *fixture,
                           gconstpointer  data)
{
  AtelierOcclusionCard *card = get_child (fixture, "occlusion_card");
  AtelierModel *model = atelier_trainer_get_model (draw_trainer);
  g_autoptr (AtelierModel) next = new_model_of_next_epoch (model);
  GtkInscription *inscription = get_map_words (fixture);

  g_object_set (card, "active", TRUE, NULL);
  app_wait_until (atelier_occlusion_card_get_occlusion (card));
  g_assert_nonnull (strstr (gtk_inscription_get_text (inscription), "after epoch 3"));
  atelier_occlusion_card_set_picture (card, next, draw_dataset, get_picture (fixture));
  g_assert_nonnull (strstr (gtk_inscription_get_text (inscription), "after epoch 3"));
  app_wait_until (strstr (gtk_inscription_get_text (inscription), "after epoch 4"));
}

/* The inspector is freed although a map is being computed; tear_down () waits for it. */
static void
test_map_is_cancelled (Fixture       *fixture,
                       gconstpointer  data)
{
  g_object_set (get_child (fixture, "occlusion_card"), "active", TRUE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->inspector), "picture.step", "i", 1);
}

/* The pad holds the exact bytes, and one undo restores what was there. */
static void
test_edits_in_draw (void)
{
  AtelierWindow *window = app_open_window ();
  AtelierDataset *dataset = app_get_dataset (window);
  const guint8 *image = atelier_dataset_get_image (dataset, 17);
  g_autoptr (GPtrArray) pages = app_find_all (window, ATELIER_TYPE_DRAW_PAGE);
  AtelierDrawPage *page = g_ptr_array_index (pages, 0);
  AtelierSketch *sketch = atelier_draw_page_get_sketch (page);
  g_autoptr (GVariant) state = NULL;

  g_assert_true (atelier_sketch_get_is_empty (sketch));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-in-draw", "(su)",
                                             atelier_dataset_get_sha256 (dataset), 17));
  app_wait_for_frame (GTK_WIDGET (window));
  app_wait_for_frame (GTK_WIDGET (window));
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "page");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "draw");
  sketch = atelier_draw_page_get_sketch (page);
  g_assert_cmpmem (atelier_sketch_get_pixels (sketch), DRAW_N_PIXELS, image, DRAW_N_PIXELS);
  atelier_sketch_undo (sketch);
  g_assert_true (atelier_sketch_get_is_empty (sketch));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The window does not have this data set. */
static void
test_edits_only_its_own (void)
{
  AtelierWindow *window = app_open_window ();
  g_autoptr (GVariant) state = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-in-draw", "(su)", "0123", 17);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-in-draw", "(su)",
                              atelier_dataset_get_sha256 (app_get_dataset (window)), G_MAXUINT);
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "page");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "train");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/inspector/" path, Fixture, NULL, set_up, function, tear_down)

static void
add_tests (void)
{
  ADD_TEST ("picture", test_shows_the_picture);
  ADD_TEST ("all-scores", test_shows_all_scores);
  ADD_TEST ("story", test_tells_the_story);
  ADD_TEST ("names", test_buttons_have_names);
  ADD_TEST ("keys", test_keys);
  ADD_TEST ("follows-the-gallery", test_follows_the_gallery);
  ADD_TEST ("line-by-keys", test_line_moves_the_epoch_by_keys);
  ADD_TEST ("line-by-clicks", test_line_moves_the_epoch_by_clicks);
  ADD_TEST ("map", test_map);
  ADD_TEST ("map-moves-nothing", test_map_moves_nothing);
  ADD_TEST ("map-words", test_words_are_of_the_map);
  ADD_TEST ("map-is-cancelled", test_map_is_cancelled);
  g_test_add_func ("/app/inspector/edits-in-draw", test_edits_in_draw);
  g_test_add_func ("/app/inspector/edits-only-its-own", test_edits_only_its_own);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
