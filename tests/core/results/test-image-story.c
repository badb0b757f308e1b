/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stories of images: every kind from its shortest course, flips against turns, what is said, and
 * that the flips of all images are those of each.  One image of label 1 unless said otherwise. */

#include "results/atelier-image-story.h"

#define N_CLASSES 4

/* Predictions of @n images, all of label 1, from a digit each. */
static AtelierPredictions *
predict (AtelierSplit  split,
         const char   *classes)
{
  const guint n = (guint) strlen (classes);
  g_autofree float *scores = g_new (float, n * N_CLASSES);
  g_autofree guint8 *labels = g_new (guint8, n);

  for (guint i = 0; i < n; i++)
    {
      labels[i] = 1;
      for (guint j = 0; j < N_CLASSES; j++)
        scores[i * N_CLASSES + j] = j == (guint) (classes[i] - '0') ? 0.7f : 0.1f;
    }

  return atelier_predictions_new (split, scores, labels, n, N_CLASSES);
}

/* One epoch of one image for each digit of @course. */
static AtelierHistory *
create_history (const char *course)
{
  AtelierHistory *history = atelier_history_new (1, 100);

  for (guint i = 0; course[i] != '\0'; i++)
    {
      const char classes[] = { course[i], '\0' };
      const AtelierEpochFigures figures = { .epoch = i + 1 };
      g_autoptr (AtelierPredictions) predictions = predict (ATELIER_SPLIT_VALIDATION, classes);
      g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, predictions, NULL);

      atelier_history_append_epoch (history, epoch);
    }

  return history;
}

static void
assert_story (const char       *course,
              AtelierStoryKind  kind,
              guint             n_flips,
              guint             since,
              const char       *words)
{
  g_autoptr (AtelierHistory) history = create_history (course);
  g_autoptr (AtelierImageStory) story = atelier_image_story_new (history, 0);
  g_autofree char *described = atelier_image_story_describe (story);

  g_assert_cmpint (atelier_image_story_get_kind (story), ==, kind);
  g_assert_cmpuint (atelier_image_story_get_n_flips (story), ==, n_flips);
  g_assert_cmpuint (atelier_image_story_get_since (story), ==, since);
  g_assert_cmpstr (described, ==, words);
}

static void
test_always_right (void)
{
  assert_story ("111", ATELIER_STORY_ALWAYS_RIGHT, 0, 1, "Always right, in all 3 epochs.");
}

static void
test_one_epoch (void)
{
  assert_story ("1", ATELIER_STORY_ALWAYS_RIGHT, 0, 1, "Right in the only epoch so far.");
  assert_story ("2", ATELIER_STORY_NEVER_LEARNED, 0, 1, "Wrong in the only epoch so far.");
}

static void
test_never_learned (void)
{
  assert_story ("222", ATELIER_STORY_NEVER_LEARNED, 0, 1, "Never learned: wrong in all 3 epochs.");
}

/* A change to another wrong answer is a flip but not a turn. */
static void
test_never_learned_but_flips (void)
{
  assert_story ("2303", ATELIER_STORY_NEVER_LEARNED, 3, 1,
                "Never learned: wrong in all 4 epochs. The answer changed 3 times.");
}

static void
test_learned (void)
{
  assert_story ("2211", ATELIER_STORY_LEARNED, 1, 3, "Learned at epoch 3 and right ever since.");
  assert_story ("2311", ATELIER_STORY_LEARNED, 2, 3,
                "Learned at epoch 3 and right ever since. The answer changed 2 times.");
}

static void
test_forgotten (void)
{
  assert_story ("112", ATELIER_STORY_FORGOTTEN, 1, 3,
                "Learned, then forgotten: wrong since epoch 3.");
  assert_story ("21123", ATELIER_STORY_FORGOTTEN, 3, 4,
                "Learned, then forgotten: wrong since epoch 4. The answer changed 3 times.");
}

static void
test_learned_again (void)
{
  assert_story ("12211", ATELIER_STORY_LEARNED_AGAIN, 2, 4,
                "Forgotten for a time, learned again at epoch 4. The answer changed 2 times.");
}

static void
test_back_and_forth (void)
{
  assert_story ("2121", ATELIER_STORY_WAVERING, 3, 4,
                "Back and forth: right in 2 of 4 epochs. The answer changed 3 times.");
  assert_story ("1212", ATELIER_STORY_WAVERING, 3, 4,
                "Back and forth: right in 2 of 4 epochs. The answer changed 3 times.");
}

static void
test_points (void)
{
  g_autoptr (AtelierHistory) history = create_history ("213");
  g_autoptr (AtelierImageStory) story = atelier_image_story_new (history, 0);
  const AtelierStoryPoint *points = atelier_image_story_get_points (story);

  g_assert_cmpuint (atelier_image_story_get_n_points (story), ==, 3);
  g_assert_cmpuint (atelier_image_story_get_label (story), ==, 1);
  g_assert_cmpuint (atelier_image_story_get_n_right (story), ==, 1);
  g_assert_cmpuint (points[0].epoch, ==, 1);
  g_assert_cmpuint (points[0].predicted, ==, 2);
  g_assert_cmpfloat_with_epsilon (points[0].score, 0.7, 1e-4);
  g_assert_cmpfloat_with_epsilon (points[0].truth_score, 0.1, 1e-4);
  g_assert_cmpfloat_with_epsilon (points[1].truth_score, 0.7, 1e-4);
  g_assert_cmpuint (points[2].predicted, ==, 3);
}

/* Predictions of the pictures 3, of label 0, and 40, of label 1: class 0 for both. */
static AtelierPredictions *
predict_sample (void)
{
  static const guint32 pictures[] = { 3, 40 };
  static const guint8 labels[] = { 0, 1 };
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f };
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (GBytes) picture_bytes = g_bytes_new (pictures, sizeof pictures);

  return atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, picture_bytes,
                                         TRUE, 2);
}

/* Without epochs, and of pictures that no predictions have. */
static void
test_no_story (void)
{
  g_autoptr (AtelierHistory) empty = create_history ("");
  g_autoptr (AtelierHistory) history = create_history ("21");

  g_assert_null (atelier_image_story_new (empty, 0));
  g_assert_null (atelier_image_story_new (history, 1));
  g_assert_null (atelier_image_story_new (history, G_MAXUINT));
}

/* An image of the sample is asked for by its picture's number in the data set. */
static void
test_of_sample (void)
{
  const AtelierEpochFigures figures = { .epoch = 6 };
  g_autoptr (AtelierPredictions) sample = predict_sample ();
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, NULL, sample);
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);
  g_autoptr (AtelierImageStory) story = NULL;

  atelier_history_append_epoch (history, epoch);
  story = atelier_image_story_new (history, 40);
  g_assert_cmpuint (atelier_image_story_get_label (story), ==, 1);
  g_assert_cmpint (atelier_image_story_get_kind (story), ==, ATELIER_STORY_NEVER_LEARNED);
  g_assert_cmpuint (atelier_image_story_get_since (story), ==, 6);
  g_assert_null (atelier_image_story_new (history, 1));
}

/* An epoch has both: each picture's story is told from the predictions that have it. */
static void
test_of_either_split (void)
{
  const AtelierEpochFigures figures = { .epoch = 6 };
  g_autoptr (AtelierPredictions) validation = predict (ATELIER_SPLIT_VALIDATION, "12");
  g_autoptr (AtelierPredictions) sample = predict_sample ();
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, validation, sample);
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);
  static const struct
  {
    guint picture, label, predicted;
  } expected[] = { { 0, 1, 1 }, { 1, 1, 2 }, { 3, 0, 0 }, { 40, 1, 0 } };

  atelier_history_append_epoch (history, epoch);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (AtelierImageStory) story =
        atelier_image_story_new (history, expected[i].picture);

      g_assert_nonnull (story);
      g_assert_cmpuint (atelier_image_story_get_label (story), ==, expected[i].label);
      g_assert_cmpuint (atelier_image_story_get_points (story)[0].predicted, ==,
                        expected[i].predicted);
    }
  g_assert_null (atelier_image_story_new (history, 2));
  g_assert_null (atelier_image_story_new (history, 41));
}

static void
test_kinds_have_names (void)
{
  for (int a = ATELIER_STORY_ALWAYS_RIGHT; a < ATELIER_N_STORY_KINDS; a++)
    {
      g_assert_cmpstr (atelier_story_kind_get_name (a), !=, "");
      for (int b = ATELIER_STORY_NONE; b < a; b++)
        g_assert_cmpstr (atelier_story_kind_get_name (a), !=, atelier_story_kind_get_name (b));
    }
}

/* A picture for every course of six epochs over three answers: all flips at once are those of the
 * stories. */
static void
test_flips_of_all (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 6);
  g_autofree guint *flips = NULL;
  guint n, sum = 0;

  for (guint i_epoch = 0; i_epoch < 6; i_epoch++)
    {
      char classes[729 + 1] = { 0 };
      const AtelierEpochFigures figures = { .epoch = i_epoch + 1 };
      g_autoptr (AtelierPredictions) predictions = NULL;
      g_autoptr (AtelierEpoch) epoch = NULL;

      for (guint i = 0, digit; i < 729; i++)
        {
          digit = i;
          for (guint j = 0; j < i_epoch; j++)
            digit /= 3;
          classes[i] = (char) ('0' + digit % 3);
        }
      predictions = predict (ATELIER_SPLIT_VALIDATION, classes);
      epoch = atelier_epoch_new (&figures, predictions, NULL);
      atelier_history_append_epoch (history, epoch);
    }

  flips = atelier_history_count_flips (history, ATELIER_SPLIT_VALIDATION, &n);
  g_assert_cmpuint (n, ==, 729);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AtelierImageStory) story = atelier_image_story_new (history, i);

      g_assert_cmpuint (flips[i], ==, atelier_image_story_get_n_flips (story));
      sum += flips[i];
    }
  /* Of three answers two differ from the one before: 5 epochs, 729 pictures. */
  g_assert_cmpuint (sum, ==, 5 * 729 * 2 / 3);
}

static void
test_no_flips (void)
{
  g_autoptr (AtelierHistory) empty = create_history ("");
  g_autoptr (AtelierHistory) history = create_history ("21");
  guint n = 7;

  g_assert_null (atelier_history_count_flips (empty, ATELIER_SPLIT_VALIDATION, &n));
  g_assert_cmpuint (n, ==, 0);
  n = 7;
  g_assert_null (atelier_history_count_flips (history, ATELIER_SPLIT_TRAIN, &n));
  g_assert_cmpuint (n, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/image-story/always-right", test_always_right);
  g_test_add_func ("/core/image-story/one-epoch", test_one_epoch);
  g_test_add_func ("/core/image-story/never-learned", test_never_learned);
  g_test_add_func ("/core/image-story/never-learned-flips", test_never_learned_but_flips);
  g_test_add_func ("/core/image-story/learned", test_learned);
  g_test_add_func ("/core/image-story/forgotten", test_forgotten);
  g_test_add_func ("/core/image-story/learned-again", test_learned_again);
  g_test_add_func ("/core/image-story/back-and-forth", test_back_and_forth);
  g_test_add_func ("/core/image-story/points", test_points);
  g_test_add_func ("/core/image-story/none", test_no_story);
  g_test_add_func ("/core/image-story/sample", test_of_sample);
  g_test_add_func ("/core/image-story/either-split", test_of_either_split);
  g_test_add_func ("/core/image-story/names", test_kinds_have_names);
  g_test_add_func ("/core/image-story/flips/all", test_flips_of_all);
  g_test_add_func ("/core/image-story/flips/none", test_no_flips);

  return g_test_run ();
}
