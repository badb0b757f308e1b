/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a network said about one image at the end of each epoch.
 *
 * A story is read out of the history when it is asked for: epochs times one image is little.  To
 * keep stories of all images up to date was rejected, since only one at a time is looked at.  The
 * flips of all images are counted epoch by epoch, over two rows of bytes that lie in a line, and
 * not image by image.
 *
 * Immutable after atelier_image_story_new; the reference count is atomic.
 */

#include "config.h"

#include "results/atelier-image-story.h"

#include <glib/gi18n-lib.h>

struct _AtelierImageStory
{
  guint label;
  guint n_right;
  guint n_flips;
  guint n_turns;
  guint i_last_turn; /* into points: since when it is as it is in the newest */

  /* Owned */
  GArray *points; /* AtelierStoryPoint [n_points] */
};

G_DEFINE_BOXED_TYPE (AtelierImageStory,
                     atelier_image_story,
                     atelier_image_story_ref,
                     atelier_image_story_unref)

static AtelierStoryPoint *
get_point (AtelierImageStory *story,
           guint              i_point)
{
  return &g_array_index (story->points, AtelierStoryPoint, i_point);
}

static gboolean
is_right (AtelierImageStory *story,
          guint              i_point)
{
  return get_point (story, i_point)->predicted == story->label;
}

static void
add_epoch (AtelierImageStory  *story,
           AtelierEpoch       *epoch,
           AtelierPredictions *predictions,
           guint               i_image)
{
  const AtelierStoryPoint point = {
    .epoch = atelier_epoch_get_figures (epoch)->epoch,
    .predicted = atelier_predictions_get_class (predictions, i_image),
    .score = atelier_predictions_get_score (predictions, i_image),
    .truth_score = atelier_predictions_get_truth_score (predictions, i_image),
  };

  story->label = atelier_predictions_get_label (predictions, i_image);
  g_array_append_val (story->points, point);
}

static void
count_changes (AtelierImageStory *story)
{
  for (guint i = 0; i < story->points->len; i++)
    {
      story->n_right += is_right (story, i);
      if (i == 0)
        continue;

      if (get_point (story, i)->predicted != get_point (story, i - 1)->predicted)
        story->n_flips++;
      if (is_right (story, i) != is_right (story, i - 1))
        {
          story->n_turns++;
          story->i_last_turn = i;
        }
    }
}

static void
clear_story (gpointer data)
{
  AtelierImageStory *story = data;

  g_array_unref (story->points);
}

const char *
atelier_story_kind_get_name (AtelierStoryKind kind)
{
  switch (kind)
    {
    case ATELIER_STORY_ALWAYS_RIGHT:
      return _("always right");
    case ATELIER_STORY_LEARNED:
      return _("learned");
    case ATELIER_STORY_LEARNED_AGAIN:
      return _("forgotten, then learned again");
    case ATELIER_STORY_FORGOTTEN:
      return _("learned, then forgotten");
    case ATELIER_STORY_WAVERING:
      return _("back and forth");
    case ATELIER_STORY_NEVER_LEARNED:
      return _("never learned");
    case ATELIER_STORY_NONE:
    case ATELIER_N_STORY_KINDS:
    default:
      return "";
    }
}

/* Those that have the picture, which is in one split at the most; NULL where none has. */
static AtelierPredictions *
find_predictions (AtelierEpoch *epoch,
                  guint         picture,
                  guint        *i_image)
{
  static const AtelierSplit kept[] = { ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TRAIN };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      AtelierPredictions *predictions = atelier_epoch_get_predictions_of (epoch, kept[i]);

      if (predictions != NULL && atelier_predictions_find (predictions, picture, i_image))
        return predictions;
    }

  return NULL;
}

AtelierImageStory *
atelier_image_story_new (AtelierHistory *history,
                         guint           picture)
{
  g_autoptr (AtelierImageStory) story = NULL;
  guint n_epochs;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  n_epochs = atelier_history_get_n_epochs (history);
  story = g_atomic_rc_box_new0 (AtelierImageStory);
  story->points = g_array_sized_new (FALSE, FALSE, sizeof (AtelierStoryPoint), n_epochs);
  for (guint i = 0; i < n_epochs; i++)
    {
      AtelierEpoch *epoch = atelier_history_get_epoch (history, i);
      guint i_image;
      AtelierPredictions *predictions = find_predictions (epoch, picture, &i_image);

      if (predictions != NULL)
        add_epoch (story, epoch, predictions, i_image);
    }
  if (story->points->len == 0)
    return NULL;

  count_changes (story);

  return g_steal_pointer (&story);
}

AtelierImageStory *
atelier_image_story_ref (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, NULL);

  return g_atomic_rc_box_acquire (story);
}

void
atelier_image_story_unref (AtelierImageStory *story)
{
  g_return_if_fail (story != NULL);

  g_atomic_rc_box_release_full (story, clear_story);
}

guint
atelier_image_story_get_n_points (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, 0);

  return story->points->len;
}

const AtelierStoryPoint *
atelier_image_story_get_points (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, NULL);

  return get_point (story, 0);
}

guint
atelier_image_story_get_label (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, 0);

  return story->label;
}

guint
atelier_image_story_get_n_right (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, 0);

  return story->n_right;
}

guint
atelier_image_story_get_n_flips (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, 0);

  return story->n_flips;
}

AtelierStoryKind
atelier_image_story_get_kind (AtelierImageStory *story)
{
  gboolean is_right_now;

  g_return_val_if_fail (story != NULL, ATELIER_STORY_NONE);

  is_right_now = is_right (story, story->points->len - 1);
  if (story->n_turns == 0)
    return is_right_now ? ATELIER_STORY_ALWAYS_RIGHT : ATELIER_STORY_NEVER_LEARNED;
  if (story->n_turns > 2)
    return ATELIER_STORY_WAVERING;
  if (!is_right_now)
    return ATELIER_STORY_FORGOTTEN;

  return story->n_turns == 1 ? ATELIER_STORY_LEARNED : ATELIER_STORY_LEARNED_AGAIN;
}

guint
atelier_image_story_get_since (AtelierImageStory *story)
{
  g_return_val_if_fail (story != NULL, 0);

  return get_point (story, story->i_last_turn)->epoch;
}

/* ---- Words ---- */

static char *
describe_course (AtelierImageStory *story)
{
  const guint n = story->points->len;
  const guint since = atelier_image_story_get_since (story);

  switch (atelier_image_story_get_kind (story))
    {
    case ATELIER_STORY_ALWAYS_RIGHT:
      return g_strdup_printf (ngettext ("Right in the only epoch so far.",
                                        "Always right, in all %u epochs.", n), n);
    case ATELIER_STORY_LEARNED:
      return g_strdup_printf (_("Learned at epoch %u and right ever since."), since);
    case ATELIER_STORY_LEARNED_AGAIN:
      return g_strdup_printf (_("Forgotten for a time, learned again at epoch %u."), since);
    case ATELIER_STORY_FORGOTTEN:
      return g_strdup_printf (_("Learned, then forgotten: wrong since epoch %u."), since);
    case ATELIER_STORY_WAVERING:
      return g_strdup_printf (ngettext ("Back and forth: right in %u of %u epoch.",
                                        "Back and forth: right in %u of %u epochs.", n),
                              story->n_right, n);
    case ATELIER_STORY_NEVER_LEARNED:
      return g_strdup_printf (ngettext ("Wrong in the only epoch so far.",
                                        "Never learned: wrong in all %u epochs.", n), n);
    case ATELIER_STORY_NONE:
    case ATELIER_N_STORY_KINDS:
    default:
      return g_strdup ("");
    }
}

char *
atelier_image_story_describe (AtelierImageStory *story)
{
  g_autofree char *course = NULL;
  g_autofree char *flips = NULL;

  g_return_val_if_fail (story != NULL, NULL);

  course = describe_course (story);
  /* One change is what being learned or forgotten means. */
  if (story->n_flips == 0 || (story->n_flips == 1 && story->n_turns == 1))
    return g_steal_pointer (&course);

  flips = g_strdup_printf (ngettext ("The answer changed %u time.",
                                     "The answer changed %u times.", story->n_flips),
                           story->n_flips);

  /* Translators: two sentences, one after the other. */
  return g_strdup_printf (_("%s %s"), course, flips);
}

/* ---- All images ---- */

guint *
atelier_history_count_flips (AtelierHistory *history,
                             AtelierSplit    split,
                             guint          *n)
{
  const guint8 *before = NULL; /* [n] */
  guint *flips = NULL;
  guint n_epochs;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = 0;
  n_epochs = atelier_history_get_n_epochs (history);
  for (guint i_epoch = 0; i_epoch < n_epochs; i_epoch++)
    {
      AtelierEpoch *epoch = atelier_history_get_epoch (history, i_epoch);
      AtelierPredictions *predictions = atelier_epoch_get_predictions_of (epoch, split);
      const guint8 *classes;

      if (predictions == NULL)
        continue;

      classes = atelier_predictions_get_classes (predictions);
      if (flips == NULL)
        {
          *n = atelier_predictions_get_n (predictions);
          flips = g_new0 (guint, *n);
          before = classes;
        }
      g_return_val_if_fail (atelier_predictions_get_n (predictions) == *n, flips);

      for (guint i = 0; i < *n; i++)
        flips[i] += classes[i] != before[i];
      before = classes;
    }

  return flips;
}
