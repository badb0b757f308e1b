/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The place that stores which epoch, split and selection are shown, so that no view has to know
 * another.
 *
 *   trainer -> page -> set_run ()      a new run: live, at its newest epoch
 *   history's items-changed            if live: moves to the newest epoch
 *   scrubber, chart -> set_epoch ()    stays at that epoch
 *   matrix, gallery -> set_selection (), set_split ()
 *
 * Every change updates all fields first, then notifies, so that a view never sees a half-changed
 * state.  The confusion is counted when a view first asks for it (5,000 predictions: about ten
 * microseconds) and dropped at the next change.
 *
 * An epoch is stored by its number and not by its index in the history, because the history of a
 * run that continues from a model begins at a later epoch.  Main thread.
 */

#include "config.h"

#include "focus/atelier-focus.h"

#include "results/atelier-words.h"

struct _AtelierFocus
{
  GObject             parent_instance;

  gboolean            is_live;
  AtelierSplit        split;
  AtelierSelection    selection;
  AtelierSelection    chosen; /* restored when "mistakes" becomes FALSE */
  guint               test_epoch;
  double              test_loss;
  guint               n_replaced; /* counts changes of the run or the predictions */

  /* Owned */
  AtelierRunRecord   *record;
  AtelierSplits      *splits;
  AtelierEpoch       *epoch;
  AtelierPredictions *predictions; /* of the epoch and the split */
  AtelierConfusion   *confusion;   /* of the predictions; NULL until it is asked for */
  AtelierPredictions *test;

  /* Borrowed from the record */
  AtelierHistory     *history;
};

G_DEFINE_FINAL_TYPE (AtelierFocus, atelier_focus, G_TYPE_OBJECT)

enum
{
  PROP_EPOCH = 1,
  PROP_LIVE,
  PROP_SPLIT,
  PROP_MISTAKES,
  N_PROPS
};

enum
{
  CHANGED,
  SELECTION_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const AtelierSelection all_mistakes = { .kind = ATELIER_SELECT_MISTAKES };

/* What a change may affect, as it was before. */
typedef struct
{
  guint            epoch;
  gboolean         is_live;
  AtelierSplit     split;
  AtelierSelection selection;
  guint            n_replaced;
} FocusState;

static FocusState
get_state (AtelierFocus *self)
{
  return (FocusState) {
    .epoch = atelier_focus_get_epoch (self),
    .is_live = self->is_live,
    .split = self->split,
    .selection = self->selection,
    .n_replaced = self->n_replaced,
  };
}

/* Epochs are numbered consecutively, so an index follows from the first one's number. */
static AtelierEpoch *
find_nearest_epoch (AtelierFocus *self,
                    guint         number)
{
  guint n = self->history ? atelier_history_get_n_epochs (self->history) : 0;
  guint first;

  if (n == 0)
    return NULL;

  first = atelier_history_get_figures (self->history, 0)->epoch;

  return atelier_history_get_epoch (self->history, MIN (number - MIN (number, first), n - 1));
}

static AtelierPredictions *
find_predictions (AtelierFocus *self)
{
  if (self->epoch == NULL)
    return NULL;

  if (self->split == ATELIER_SPLIT_TEST)
    return self->test_epoch == atelier_focus_get_epoch (self) ? self->test : NULL;

  return atelier_epoch_get_predictions_of (self->epoch, self->split);
}

/* Another data set may have fewer classes than the selection was made for. */
static void
fit_selection (AtelierFocus *self)
{
  AtelierDataset *dataset = atelier_focus_get_dataset (self);
  guint n_classes = dataset ? atelier_dataset_get_n_classes (dataset) : 0;

  if (n_classes == 0 || atelier_selection_fits (&self->chosen, n_classes))
    return;

  self->selection = all_mistakes;
  self->chosen = all_mistakes;
}

/* The first step of a change: updates everything that follows from run, epoch and split. */
static void
update (AtelierFocus *self)
{
  AtelierPredictions *predictions = find_predictions (self);

  fit_selection (self);
  if (self->predictions == predictions)
    return;

  g_clear_pointer (&self->confusion, atelier_confusion_unref);
  g_clear_pointer (&self->predictions, atelier_predictions_unref);
  self->predictions = predictions ? atelier_predictions_ref (predictions) : NULL;
  self->n_replaced++;
}

/* The second step: notifies of what differs from @before. */
static void
tell (AtelierFocus     *self,
      const FocusState *before)
{
  GObject *object = G_OBJECT (self);
  guint epoch = atelier_focus_get_epoch (self);
  gboolean had_mistakes = before->selection.kind == ATELIER_SELECT_MISTAKES;

  if (before->epoch != epoch)
    g_object_notify_by_pspec (object, properties[PROP_EPOCH]);
  if (before->is_live != self->is_live)
    g_object_notify_by_pspec (object, properties[PROP_LIVE]);
  if (before->split != self->split)
    g_object_notify_by_pspec (object, properties[PROP_SPLIT]);
  if (had_mistakes != atelier_focus_get_mistakes (self))
    g_object_notify_by_pspec (object, properties[PROP_MISTAKES]);

  if (!atelier_selection_equal (&before->selection, &self->selection))
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (before->epoch != epoch || before->split != self->split
      || before->n_replaced != self->n_replaced)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_history_items_changed_cb (AtelierFocus *self)
{
  FocusState before = get_state (self);

  if (!self->is_live && self->epoch)
    return;

  g_set_object (&self->epoch, find_nearest_epoch (self, G_MAXUINT));
  update (self);
  tell (self, &before);
}

static void
set_record (AtelierFocus     *self,
            AtelierRunRecord *record)
{
  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, on_history_items_changed_cb, self);
  g_set_object (&self->record, record);
  self->history = record ? atelier_run_record_get_history (record) : NULL;
  if (self->history)
    g_signal_connect_swapped (self->history, "items-changed",
                              G_CALLBACK (on_history_items_changed_cb), self);
}

static void
atelier_focus_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AtelierFocus *self = ATELIER_FOCUS (object);

  switch (property_id)
    {
    case PROP_EPOCH:
      g_value_set_uint (value, atelier_focus_get_epoch (self));
      break;
    case PROP_LIVE:
      g_value_set_boolean (value, self->is_live);
      break;
    case PROP_SPLIT:
      g_value_set_uint (value, self->split);
      break;
    case PROP_MISTAKES:
      g_value_set_boolean (value, atelier_focus_get_mistakes (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_focus_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AtelierFocus *self = ATELIER_FOCUS (object);

  switch (property_id)
    {
    case PROP_EPOCH:
      atelier_focus_set_epoch (self, g_value_get_uint (value));
      break;
    case PROP_LIVE:
      atelier_focus_set_live (self, g_value_get_boolean (value));
      break;
    case PROP_SPLIT:
      atelier_focus_set_split (self, g_value_get_uint (value));
      break;
    case PROP_MISTAKES:
      atelier_focus_set_mistakes (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_focus_dispose (GObject *object)
{
  AtelierFocus *self = ATELIER_FOCUS (object);

  set_record (self, NULL);
  g_clear_object (&self->epoch);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_pointer (&self->predictions, atelier_predictions_unref);
  g_clear_pointer (&self->confusion, atelier_confusion_unref);
  g_clear_pointer (&self->test, atelier_predictions_unref);

  G_OBJECT_CLASS (atelier_focus_parent_class)->dispose (object);
}

static void
atelier_focus_class_init (AtelierFocusClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_focus_get_property;
  object_class->set_property = atelier_focus_set_property;
  object_class->dispose = atelier_focus_dispose;

  properties[PROP_EPOCH] = g_param_spec_uint ("epoch", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, TRUE, flags);
  properties[PROP_SPLIT] = g_param_spec_uint ("split", NULL, NULL, 0, ATELIER_N_SPLITS - 1,
                                              ATELIER_SPLIT_VALIDATION, flags);
  properties[PROP_MISTAKES] = g_param_spec_boolean ("mistakes", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);
}

static void
atelier_focus_init (AtelierFocus *self)
{
  self->is_live = TRUE;
  self->split = ATELIER_SPLIT_VALIDATION;
  self->selection = all_mistakes;
  self->chosen = all_mistakes;
}

AtelierFocus *
atelier_focus_new (void)
{
  return g_object_new (ATELIER_TYPE_FOCUS, NULL);
}

void
atelier_focus_set_run (AtelierFocus     *self,
                       AtelierRunRecord *record,
                       AtelierSplits    *splits)
{
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));
  g_return_if_fail ((record == NULL) == (splits == NULL));

  if (self->record == record)
    return;

  before = get_state (self);
  self->n_replaced++;
  set_record (self, record);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits ? atelier_splits_ref (splits) : NULL;
  g_clear_pointer (&self->test, atelier_predictions_unref);
  self->test_epoch = 0;
  self->is_live = TRUE;
  if (self->split == ATELIER_SPLIT_TEST)
    self->split = ATELIER_SPLIT_VALIDATION;
  g_set_object (&self->epoch, find_nearest_epoch (self, G_MAXUINT));

  update (self);
  tell (self, &before);
}

AtelierRunRecord *
atelier_focus_get_record (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->record;
}

AtelierHistory *
atelier_focus_get_history (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->history;
}

char *
atelier_focus_describe_run (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  if (self->record == NULL)
    return g_strdup ("");

  return atelier_words_describe_run (self->record, atelier_history_get_n_epochs (self->history));
}

AtelierSplits *
atelier_focus_get_splits (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->splits;
}

AtelierDataset *
atelier_focus_get_dataset (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->splits ? atelier_splits_get_dataset (self->splits) : NULL;
}

void
atelier_focus_set_epoch (AtelierFocus *self,
                         guint         epoch)
{
  AtelierEpoch *nearest;
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));

  nearest = find_nearest_epoch (self, epoch);
  if (nearest == NULL)
    return;

  before = get_state (self);
  self->is_live = FALSE;
  g_set_object (&self->epoch, nearest);
  update (self);
  tell (self, &before);
}

guint
atelier_focus_get_epoch (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), 0);

  return self->epoch ? atelier_epoch_get_figures (self->epoch)->epoch : 0;
}

void
atelier_focus_set_live (AtelierFocus *self,
                        gboolean      is_live)
{
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));

  is_live = !!is_live;
  if (self->is_live == is_live)
    return;

  before = get_state (self);
  self->is_live = is_live;
  if (is_live)
    g_set_object (&self->epoch, find_nearest_epoch (self, G_MAXUINT));
  update (self);
  tell (self, &before);
}

gboolean
atelier_focus_get_live (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), FALSE);

  return self->is_live;
}

void
atelier_focus_set_split (AtelierFocus *self,
                         AtelierSplit  split)
{
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));
  g_return_if_fail (split < ATELIER_N_SPLITS);

  before = get_state (self);
  self->split = split;
  update (self);
  tell (self, &before);
}

AtelierSplit
atelier_focus_get_split (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), ATELIER_SPLIT_VALIDATION);

  return self->split;
}

AtelierEpoch *
atelier_focus_get_epoch_object (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->epoch;
}

AtelierPredictions *
atelier_focus_get_predictions (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  return self->predictions;
}

AtelierConfusion *
atelier_focus_get_confusion (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  if (self->confusion == NULL && self->predictions)
    self->confusion = atelier_confusion_new (self->predictions);

  return self->confusion;
}

void
atelier_focus_set_test (AtelierFocus       *self,
                        AtelierPredictions *predictions,
                        double              loss,
                        guint               epoch)
{
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));
  g_return_if_fail (predictions == NULL
                    || atelier_predictions_get_split (predictions) == ATELIER_SPLIT_TEST);

  before = get_state (self);
  if (predictions)
    atelier_predictions_ref (predictions);
  g_clear_pointer (&self->test, atelier_predictions_unref);
  self->test = predictions;
  self->test_loss = loss;
  self->test_epoch = predictions ? epoch : 0;
  update (self);
  tell (self, &before);
}

AtelierPredictions *
atelier_focus_get_test (AtelierFocus *self,
                        double       *loss,
                        guint        *epoch)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), NULL);

  if (self->test == NULL)
    return NULL;

  if (loss)
    *loss = self->test_loss;
  if (epoch)
    *epoch = self->test_epoch;

  return self->test;
}

void
atelier_focus_set_selection (AtelierFocus           *self,
                             const AtelierSelection *selection)
{
  FocusState before;

  g_return_if_fail (ATELIER_IS_FOCUS (self));
  g_return_if_fail (selection != NULL);

  before = get_state (self);
  self->selection = *selection;
  if (selection->kind != ATELIER_SELECT_MISTAKES)
    self->chosen = *selection;
  tell (self, &before);
}

const AtelierSelection *
atelier_focus_get_selection (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), &all_mistakes);

  return &self->selection;
}

void
atelier_focus_set_mistakes (AtelierFocus *self,
                            gboolean      has_mistakes)
{
  g_return_if_fail (ATELIER_IS_FOCUS (self));

  atelier_focus_set_selection (self, has_mistakes ? &all_mistakes : &self->chosen);
}

gboolean
atelier_focus_get_mistakes (AtelierFocus *self)
{
  g_return_val_if_fail (ATELIER_IS_FOCUS (self), FALSE);

  return self->selection.kind == ATELIER_SELECT_MISTAKES;
}
