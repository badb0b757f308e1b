/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of the input pipeline, switched on and off, and the occlusion map. */

#include <string.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "draw-fixture.h"
#include "draw/stages/atelier-occlusion-row.h"
#include "draw/stages/atelier-stage-card.h"
#include "inference/atelier-mirror.h"
#include "picture/atelier-picture.h"

static GtkWidget *
get_stage_card (DrawFixture *fixture)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                    ATELIER_TYPE_DRAW_PAGE, "stage_card"));
}

static AtelierInput
get_model_input (void)
{
  return *atelier_model_get_input (atelier_trainer_get_model (draw_trainer));
}

static GVariant *
get_state (DrawFixture *fixture,
           const char  *name)
{
  GObject *board = gtk_widget_get_template_child (GTK_WIDGET (fixture->page),
                                                  ATELIER_TYPE_DRAW_PAGE, "board");
  GActionMap *actions = atelier_sketch_board_get_actions (ATELIER_SKETCH_BOARD (board));

  return g_action_get_state (g_action_map_lookup_action (actions, name));
}

static gboolean
is_on (DrawFixture *fixture,
       const char  *name)
{
  g_autoptr (GVariant) state = get_state (fixture, name);

  return g_variant_get_boolean (state);
}

static void
assert_drawing_is_seen_through (DrawFixture  *fixture,
                                AtelierInput *input)
{
  g_autoptr (AtelierInputResult) expected = atelier_input_run_grey (
    input, atelier_sketch_get_pixels (fixture->sketch), DRAW_SIDE, DRAW_SIDE, DRAW_SIDE);

  draw_assert_bars_show (fixture, expected->stages[ATELIER_STAGE_RESULT].pixels);
}

static void
test_drawing_stage (DrawFixture   *fixture,
                    gconstpointer  data)
{
  AtelierInput input = get_model_input ();

  draw_bag (fixture->sketch);
  draw_settle (fixture);
  g_assert_true (is_on (fixture, "stage-scale"));
  draw_activate (fixture, "draw.stage-scale");
  draw_settle (fixture);
  g_assert_false (is_on (fixture, "stage-scale"));
  g_assert_true (is_on (fixture, "fit"));
  atelier_input_adapt_to_drawing (&input, TRUE);
  input.scale = FALSE;
  assert_drawing_is_seen_through (fixture, &input);
}

/* Switching one step on for an unfitted drawing applies that step alone. */
static void
test_unfitted_drawing_stage (DrawFixture   *fixture,
                             gconstpointer  data)
{
  AtelierInput input = get_model_input ();

  draw_bag (fixture->sketch);
  draw_activate (fixture, "draw.fit");
  draw_settle (fixture);
  g_assert_false (is_on (fixture, "stage-trim"));
  draw_activate (fixture, "draw.stage-center");
  draw_settle (fixture);
  atelier_input_adapt_to_drawing (&input, FALSE);
  input.center = TRUE;
  assert_drawing_is_seen_through (fixture, &input);
  g_assert_true (is_on (fixture, "stage-center"));
  g_assert_false (is_on (fixture, "stage-scale"));
}

/* Switching "fit" on after all its steps were switched off brings them back. */
static void
test_fit_brings_steps_back (DrawFixture   *fixture,
                            gconstpointer  data)
{
  const char * const actions[] = { "draw.stage-trim", "draw.stage-scale", "draw.stage-center" };

  draw_bag (fixture->sketch);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      draw_activate (fixture, actions[i]);
      draw_settle (fixture);
    }
  draw_activate (fixture, "draw.fit");
  draw_activate (fixture, "draw.fit");
  draw_settle (fixture);
  g_assert_true (is_on (fixture, "stage-trim"));
  g_assert_true (is_on (fixture, "stage-scale"));
}

static void
test_drawing_preset (DrawFixture   *fixture,
                     gconstpointer  data)
{
  AtelierInput input;

  draw_bag (fixture->sketch);
  draw_activate (fixture, "draw.steps::mnist");
  draw_settle (fixture);
  atelier_input_init_mnist (&input, DRAW_SIDE, DRAW_SIDE);
  atelier_input_adapt_to_drawing (&input, TRUE);
  assert_drawing_is_seen_through (fixture, &input);
  draw_activate (fixture, "draw.steps::own");
  draw_settle (fixture);
  input = get_model_input ();
  atelier_input_adapt_to_drawing (&input, TRUE);
  assert_drawing_is_seen_through (fixture, &input);
}

static gboolean
is_mirror_surer (const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor =
    atelier_predictor_new (atelier_trainer_get_model (draw_trainer), &error);
  float scores[DRAW_N_CLASSES];
  AtelierMirrorJudgement judgement;

  g_assert_no_error (error);
  g_assert_true (atelier_mirror_classify (predictor, ATELIER_MIRROR_SURER, pixels, scores,
                                          &judgement, &error));
  g_assert_no_error (error);
  return judgement.was_mirrored;
}

static void
assert_picture_is_seen_through (DrawFixture  *fixture,
                                const char   *path,
                                AtelierInput *input)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);
  g_autoptr (AtelierInputResult) expected = NULL;

  g_assert_no_error (error);
  expected = atelier_input_run_picture (input, picture);
  if (input->mirror == ATELIER_MIRROR_SURER
      && is_mirror_surer (expected->stages[ATELIER_STAGE_RESULT].pixels))
    atelier_input_result_mirror (expected);
  draw_settle (fixture);
  app_wait_until (!atelier_draw_page_get_is_busy (fixture->page));
  draw_settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), DRAW_N_PIXELS,
                   expected->stages[ATELIER_STAGE_RESULT].pixels, DRAW_N_PIXELS);
  draw_assert_bars_show (fixture, expected->stages[ATELIER_STAGE_RESULT].pixels);
}

/* A changed step prepares an opened picture again, from its original pixels. */
static void
test_picture_stages (DrawFixture   *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = draw_get_path (fixture, "wide.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *paper = g_malloc (90 * 60);
  AtelierInput input = get_model_input ();

  memset (paper, 250, 90 * 60);
  for (guint row = 10; row < 50; row++)
    memset (paper + row * 90 + 20, 60 + (int) row, 30);
  atelier_picture_save_grey_png (paper, 90, 60, path, &error);
  g_assert_no_error (error);
  atelier_draw_page_open_picture (fixture->page, file);
  assert_picture_is_seen_through (fixture, path, &input);
  g_assert_true (is_on (fixture, "stage-invert"));

  draw_activate (fixture, "draw.stage-sharpen");
  input.sharpen = !input.sharpen;
  assert_picture_is_seen_through (fixture, path, &input);
  draw_activate (fixture, "draw.invert::never");
  input.invert = ATELIER_INVERT_NEVER;
  assert_picture_is_seen_through (fixture, path, &input);
  draw_activate (fixture, "draw.steps::mnist");
  atelier_input_init_mnist (&input, DRAW_SIDE, DRAW_SIDE);
  assert_picture_is_seen_through (fixture, path, &input);
}

/* A boot of Sketched garments that points to the right, and its mirror image: of the two, the one
 * that the network is surer of is put on the pad, whichever was opened. */
static void
test_mirror (DrawFixture   *fixture,
             gconstpointer  data)
{
  AtelierInput input = get_model_input ();
  guint8 boot[DRAW_N_PIXELS];
  guint n_surer = 0;

  atelier_synthetic_draw_image (ATELIER_SYNTHETIC_SEED, 9, 3, boot);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = draw_get_path (fixture, i == 0 ? "boot.png" : "turned.png");
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree guint8 *paper = g_malloc (DRAW_N_PIXELS * 9);
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < DRAW_N_PIXELS * 9; k++)
        {
          guint x = k % (DRAW_SIDE * 3) / 3;
          guint y = k / (DRAW_SIDE * 3) / 3;

          paper[k] = 255 - boot[y * DRAW_SIDE + (i == 0 ? x : DRAW_SIDE - 1 - x)];
        }
      atelier_picture_save_grey_png (paper, DRAW_SIDE * 3, DRAW_SIDE * 3, path, &error);
      g_assert_no_error (error);
      atelier_draw_page_open_picture (fixture->page, file);
      input.mirror = ATELIER_MIRROR_NEVER;
      draw_activate (fixture, "draw.mirror-step::never");
      assert_picture_is_seen_through (fixture, path, &input);
      n_surer += is_mirror_surer (atelier_sketch_get_pixels (fixture->sketch));
      draw_activate (fixture, "draw.stage-mirror");
      input.mirror = ATELIER_MIRROR_ALWAYS;
      assert_picture_is_seen_through (fixture, path, &input);
      draw_activate (fixture, "draw.mirror-step::surer");
      input.mirror = ATELIER_MIRROR_SURER;
      assert_picture_is_seen_through (fixture, path, &input);
    }
  g_assert_cmpuint (n_surer, ==, 1);
}

/* The occlusion map */

static AtelierOcclusionRow *
get_row (DrawFixture *fixture)
{
  return ATELIER_OCCLUSION_ROW (gtk_widget_get_template_child (
    get_stage_card (fixture), ATELIER_TYPE_STAGE_CARD, "occlusion_row"));
}

static gboolean
has_overlay (DrawFixture *fixture)
{
  return atelier_stage_view_has_overlay (ATELIER_STAGE_VIEW (gtk_widget_get_template_child (
    get_stage_card (fixture), ATELIER_TYPE_STAGE_CARD, "seen_view")));
}

static void
test_occlusion (DrawFixture   *fixture,
                gconstpointer  data)
{
  const guint8 *pixels = atelier_splits_get_image (draw_splits, ATELIER_SPLIT_TEST, 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierOcclusion) expected =
    atelier_occlusion_new (atelier_trainer_get_model (draw_trainer), pixels, NULL, &error);
  g_autofree char *words = atelier_occlusion_describe (expected);
  AtelierOcclusion *occlusion;

  g_assert_no_error (error);
  draw_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  g_object_set (get_row (fixture), "active", TRUE, NULL);
  draw_settle (fixture);
  app_wait_until (has_overlay (fixture));
  occlusion = atelier_occlusion_row_get_occlusion (get_row (fixture));
  g_assert_cmpmem (atelier_occlusion_get_drops (occlusion), DRAW_N_PIXELS * sizeof (float),
                   atelier_occlusion_get_drops (expected), DRAW_N_PIXELS * sizeof (float));
  g_assert_true (app_has_label (get_stage_card (fixture), words));

  /* The next stroke removes the map; a new one follows when the drawing does not change. */
  draw_bag (fixture->sketch);
  draw_settle (fixture);
  g_assert_false (has_overlay (fixture));
  app_wait_until (has_overlay (fixture));
  g_object_set (get_row (fixture), "active", FALSE, NULL);
  g_assert_false (has_overlay (fixture));
}

static void
add_tests (void)
{
  DRAW_ADD_TEST ("steps/drawing-stage", TRUE, test_drawing_stage);
  DRAW_ADD_TEST ("steps/unfitted-drawing-stage", TRUE, test_unfitted_drawing_stage);
  DRAW_ADD_TEST ("steps/fit-brings-back", TRUE, test_fit_brings_steps_back);
  DRAW_ADD_TEST ("steps/drawing-preset", TRUE, test_drawing_preset);
  DRAW_ADD_TEST ("steps/picture", TRUE, test_picture_stages);
  DRAW_ADD_TEST ("steps/mirror", TRUE, test_mirror);
  DRAW_ADD_TEST ("occlusion", TRUE, test_occlusion);
}

int
main (int   argc,
      char *argv[])
{
  return draw_main (argc, argv, add_tests);
}
