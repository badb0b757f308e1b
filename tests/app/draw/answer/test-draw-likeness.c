/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nearest training pictures on the Draw page, and the warning for drawings that are unlike
 * them. */

#include <string.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "draw/answer/atelier-likeness-card.h"
#include "inference/atelier-mirror.h"
#include "inspect/atelier-inspector.h"
#include "model/atelier-model-file.h"

static AtelierLikenessCard *
get_card (DrawFixture *fixture)
{
  return ATELIER_LIKENESS_CARD (gtk_widget_get_template_child (
    GTK_WIDGET (fixture->answer_card), ATELIER_TYPE_ANSWER_CARD, "likeness_card"));
}

static void
wait_until_settled (DrawFixture *fixture)
{
  draw_settle (fixture);
  app_wait_until (atelier_likeness_card_get_is_settled (get_card (fixture)));
}

static GtkWindow *
find_inspector (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ATELIER_IS_INSPECTOR (window))
        return window;
    }
  return NULL;
}

/* The neighbours that are shown are those that core finds for the same pixels. */
static void
assert_shows_those_of_core (DrawFixture  *fixture,
                            const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNeighbors) neighbors = atelier_neighbors_new (
    atelier_trainer_get_model (draw_trainer), draw_splits, 1, NULL, &error);
  const AtelierNeighborhood *shown = atelier_likeness_card_get_neighborhood (get_card (fixture));
  g_autoptr (GPtrArray) buttons = app_find_all (get_card (fixture), GTK_TYPE_BUTTON);
  AtelierNeighborhood expected;

  g_assert_no_error (error);
  g_assert_true (atelier_neighbors_look (neighbors, pixels, &expected, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shown->n_neighbors, ==, ATELIER_N_NEIGHBORS);
  g_assert_cmpuint (buttons->len, ==, ATELIER_N_NEIGHBORS);
  g_assert_cmpint (shown->likeness, ==, expected.likeness);
  for (guint i = 0; i < ATELIER_N_NEIGHBORS; i++)
    {
      g_autofree char *place =
        atelier_splits_format_place (draw_splits, expected.neighbors[i].picture);
      const char *tooltip = gtk_widget_get_tooltip_text (g_ptr_array_index (buttons, i));

      g_assert_cmpuint (shown->neighbors[i].picture, ==, expected.neighbors[i].picture);
      g_assert_cmpfloat (shown->neighbors[i].distance, ==, expected.neighbors[i].distance);
      g_assert_true (g_str_has_prefix (tooltip, place));
    }
}

static void
test_neighbors (DrawFixture   *fixture,
                gconstpointer  data)
{
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  wait_until_settled (fixture);
  assert_shows_those_of_core (fixture,
                              atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 7));
}

/* After many strokes in a row, the neighbours are those of the last one. */
static void
test_neighbors_follow_strokes (DrawFixture   *fixture,
                               gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      draw_show_example (fixture->page, ATELIER_SPLIT_TEST, i);
      draw_settle (fixture);
    }
  wait_until_settled (fixture);
  assert_shows_those_of_core (fixture,
                              atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 19));
}

static void
test_empty_pad (DrawFixture   *fixture,
                gconstpointer  data)
{
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  wait_until_settled (fixture);
  draw_activate (fixture, "draw.clear");
  draw_settle (fixture);
  g_assert_null (atelier_likeness_card_get_neighborhood (get_card (fixture)));
  g_assert_null (atelier_likeness_card_get_words (get_card (fixture)));
}

static void
test_one_line (DrawFixture   *fixture,
               gconstpointer  data)
{
  draw_activate (fixture, "draw.fit");
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  atelier_sketch_begin_stroke (fixture->sketch, 4.0, 14.5, 1.0);
  atelier_sketch_continue_stroke (fixture->sketch, 9.0, 14.5, 1.0);
  atelier_sketch_end_stroke (fixture->sketch);
  wait_until_settled (fixture);
  g_assert_cmpint (atelier_likeness_card_get_neighborhood (get_card (fixture))->likeness, ==,
                   ATELIER_LIKENESS_LITTLE_INK);
  g_assert_true (app_has_label (GTK_WIDGET (fixture->answer_card), "Unlike the training data"));
  draw_activate (fixture, "draw.clear");
  draw_settle (fixture);
  g_assert_false (app_has_label (GTK_WIDGET (fixture->answer_card), "Unlike the training data"));
}

/* What the line below the answer says of the mirror image, decided with the training pictures: each
 * time that it is decided otherwise without them, it is the decision with them that is shown. */
static void
test_mirror_hint (DrawFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor =
    atelier_predictor_new (atelier_trainer_get_model (draw_trainer), &error);
  guint n_hints = 0;

  g_assert_no_error (error);
  draw_activate (fixture, "draw.fit");
  for (guint i = 0; i < atelier_splits_get_n (draw_splits, ATELIER_SPLIT_TEST) && n_hints < 2; i++)
    {
      guint8 mirrored[DRAW_N_PIXELS];
      float scores[DRAW_N_CLASSES];
      AtelierMirrorJudgement judgement;

      atelier_input_mirror (atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, i),
                            DRAW_SIDE, DRAW_SIDE, mirrored);
      g_assert_true (atelier_mirror_classify (predictor, ATELIER_MIRROR_NEVER, mirrored, scores,
                                              &judgement, &error));
      atelier_mirror_compare (&judgement, &(AtelierNeighborhood) { .is_turned = TRUE });
      if (!judgement.is_hint)
        continue;
      atelier_sketch_set_pixels (fixture->sketch, mirrored);
      wait_until_settled (fixture);
      atelier_mirror_compare (&judgement,
                              atelier_likeness_card_get_neighborhood (get_card (fixture)));
      n_hints += judgement.is_hint;
      g_assert_cmpint (app_has_label (GTK_WIDGET (fixture->answer_card), "mirrored:"), ==,
                       judgement.is_hint);
    }
  g_assert_cmpuint (n_hints, ==, 2);
  draw_activate (fixture, "draw.clear");
  draw_settle (fixture);
  g_assert_false (app_has_label (GTK_WIDGET (fixture->answer_card), "mirrored:"));
}

static void
test_familiar (DrawFixture   *fixture,
               gconstpointer  data)
{
  const AtelierNeighborhood *shown;
  guint8 pixels[DRAW_N_PIXELS];

  memcpy (pixels, atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TRAIN, 3), sizeof pixels);
  draw_activate (fixture, "draw.fit");
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  wait_until_settled (fixture);
  g_assert_null (atelier_likeness_card_get_words (get_card (fixture)));
  shown = atelier_likeness_card_get_neighborhood (get_card (fixture));
  g_assert_cmpuint (shown->neighbors[0].picture, ==,
                    atelier_splits_get_picture (draw_splits, ATELIER_SPLIT_TRAIN, 3));
}

static void
test_inspect (DrawFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) buttons = app_find_all (get_card (fixture), GTK_TYPE_BUTTON);
  const AtelierNeighborhood *shown;
  AtelierInspector *inspector;

  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  wait_until_settled (fixture);
  shown = atelier_likeness_card_get_neighborhood (get_card (fixture));
  g_signal_emit_by_name (g_ptr_array_index (buttons, 1), "clicked");
  inspector = ATELIER_INSPECTOR (find_inspector ());
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, shown->neighbors[1].picture);
  g_signal_emit_by_name (inspector, "step", 1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, shown->neighbors[2].picture);
  gtk_window_close (GTK_WINDOW (inspector));
}

/* For a model file, neighbours are searched in its own training pictures only. */
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
  wait_until_settled (fixture);
  assert_shows_those_of_core (fixture,
                              atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 3));
  atelier_likeness_card_inspect (get_card (fixture), 0);
  g_assert_nonnull (find_inspector ());

  atelier_draw_page_set_splits (fixture->page, NULL);
  draw_settle (fixture);
  g_assert_null (atelier_likeness_card_get_neighborhood (get_card (fixture)));
  g_assert_true (app_has_label (GTK_WIDGET (get_card (fixture)), "are not open"));
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("likeness/neighbors", TRUE, test_neighbors);
  DRAW_ADD_TEST ("likeness/follows-strokes", TRUE, test_neighbors_follow_strokes);
  DRAW_ADD_TEST ("likeness/empty-pad", TRUE, test_empty_pad);
  DRAW_ADD_TEST ("likeness/one-line", TRUE, test_one_line);
  DRAW_ADD_TEST ("likeness/mirror-hint", TRUE, test_mirror_hint);
  DRAW_ADD_TEST ("likeness/familiar", TRUE, test_familiar);
  DRAW_ADD_TEST ("likeness/inspect", TRUE, test_inspect);
  DRAW_ADD_TEST ("likeness/model-file", FALSE, test_model_file);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
