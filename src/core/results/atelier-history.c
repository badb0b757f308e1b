/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was measured in a run.
 *
 * Batch figures are three growing arrays of float (a run of 100 epochs of 1,719 batches is 2 MB),
 * handed out whole, so that a chart can walk them without a call a point.  Epochs are few and each
 * is an object, so that lists, tables and scrubbers can show the history as the GListModel that it
 * is.  The best epoch is kept up to date while appending.
 *
 * Batch figures are no list model: a hundred thousand objects would cost more than the training
 * that they report.
 *
 * Main thread; the trainer appends here what its worker sends up.
 */

#include "config.h"

#include "results/atelier-history.h"

#include <math.h>

struct _AtelierEpoch
{
  GObject parent_instance;

  AtelierEpochFigures figures;

  /* Owned */
  AtelierPredictions *validation; /* nullable */
  AtelierPredictions *training;   /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierEpoch, atelier_epoch, G_TYPE_OBJECT)

struct _AtelierHistory
{
  GObject parent_instance;

  guint batches_per_epoch;
  guint n_epochs_planned;
  guint first_batch;
  AtelierJudgedBy judged_by;
  int i_best;

  /* Owned */
  GArray *losses;     /* float [n_batches] */
  GArray *accuracies; /* float [n_batches] */
  GArray *seconds;    /* float [n_batches] */
  GPtrArray *epochs;  /* AtelierEpoch [n_epochs] */
  GArray *test_looks; /* AtelierTestLook [n_test_looks] */
};

static void atelier_history_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AtelierHistory, atelier_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      atelier_history_list_model_init))

enum
{
  PROP_N_TEST_LOOKS = 1,
  N_PROPS
};

enum
{
  BATCHES_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Training losses and validation losses are never compared: one of the latter among the first
 * @n_epochs, and only they count. */
static gboolean
has_validation_loss (AtelierHistory *history,
                     guint           n_epochs)
{
  for (guint i = 0; i < n_epochs; i++)
    {
      if (!isnan (atelier_history_get_figures (history, i)->validation_loss))
        return TRUE;
    }

  return FALSE;
}

/* The best of the first @n_epochs, the earliest of equal ones; or -1. */
static int
find_best (AtelierHistory *history,
           guint           n_epochs)
{
  const gboolean has_validation = has_validation_loss (history, n_epochs);
  const gboolean by_accuracy = has_validation && history->judged_by == ATELIER_JUDGED_BY_ACCURACY;
  double lowest = INFINITY;
  int i_best = -1;

  for (guint i = 0; i < n_epochs; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);
      const double loss = by_accuracy      ? -figures->validation_accuracy
                          : has_validation ? figures->validation_loss
                                           : figures->loss;

      if (isfinite (loss) && loss < lowest)
        {
          lowest = loss;
          i_best = (int) i;
        }
    }

  return i_best;
}

static void
atelier_epoch_finalize (GObject *object)
{
  AtelierEpoch *epoch = ATELIER_EPOCH (object);

  g_clear_pointer (&epoch->validation, atelier_predictions_unref);
  g_clear_pointer (&epoch->training, atelier_predictions_unref);

  G_OBJECT_CLASS (atelier_epoch_parent_class)->finalize (object);
}

static void
atelier_history_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierHistory *history = ATELIER_HISTORY (object);

  switch (property_id)
    {
    case PROP_N_TEST_LOOKS:
      g_value_set_uint (value, history->test_looks->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_history_finalize (GObject *object)
{
  AtelierHistory *history = ATELIER_HISTORY (object);

  g_array_unref (history->losses);
  g_array_unref (history->accuracies);
  g_array_unref (history->seconds);
  g_ptr_array_unref (history->epochs);
  g_array_unref (history->test_looks);

  G_OBJECT_CLASS (atelier_history_parent_class)->finalize (object);
}

static GType
atelier_history_get_item_type (GListModel *model)
{
  return ATELIER_TYPE_EPOCH;
}

static guint
atelier_history_get_n_items (GListModel *model)
{
  return ATELIER_HISTORY (model)->epochs->len;
}

static gpointer
atelier_history_get_item (GListModel *model,
                          guint       position)
{
  AtelierHistory *history = ATELIER_HISTORY (model);

  if (position >= history->epochs->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (history->epochs, position));
}

static void
atelier_history_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = atelier_history_get_item_type;
  interface->get_n_items = atelier_history_get_n_items;
  interface->get_item = atelier_history_get_item;
}

static void
atelier_epoch_class_init (AtelierEpochClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_epoch_finalize;
}

static void
atelier_epoch_init (AtelierEpoch *epoch)
{
}

static void
atelier_history_class_init (AtelierHistoryClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_history_get_property;
  object_class->finalize = atelier_history_finalize;

  properties[PROP_N_TEST_LOOKS] =
    g_param_spec_uint ("n-test-looks", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * AtelierHistory::batches-changed:
   *
   * Batch figures were appended, or the number of planned epochs has changed.
   */
  signals[BATCHES_CHANGED] = g_signal_new ("batches-changed",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
atelier_history_init (AtelierHistory *history)
{
  history->i_best = -1;
  history->losses = g_array_new (FALSE, FALSE, sizeof (float));
  history->accuracies = g_array_new (FALSE, FALSE, sizeof (float));
  history->seconds = g_array_new (FALSE, FALSE, sizeof (float));
  history->epochs = g_ptr_array_new_with_free_func (g_object_unref);
  history->test_looks = g_array_new (FALSE, FALSE, sizeof (AtelierTestLook));
}

AtelierEpoch *
atelier_epoch_new (const AtelierEpochFigures *figures,
                   AtelierPredictions        *validation,
                   AtelierPredictions        *training)
{
  AtelierEpoch *epoch;

  g_return_val_if_fail (figures != NULL, NULL);
  g_return_val_if_fail (validation == NULL
                        || atelier_predictions_get_split (validation) == ATELIER_SPLIT_VALIDATION,
                        NULL);
  g_return_val_if_fail (training == NULL
                        || atelier_predictions_get_split (training) == ATELIER_SPLIT_TRAIN, NULL);

  epoch = g_object_new (ATELIER_TYPE_EPOCH, NULL);
  epoch->figures = *figures;
  if (validation != NULL)
    epoch->validation = atelier_predictions_ref (validation);
  if (training != NULL)
    epoch->training = atelier_predictions_ref (training);

  return epoch;
}

const AtelierEpochFigures *
atelier_epoch_get_figures (AtelierEpoch *epoch)
{
  g_return_val_if_fail (ATELIER_IS_EPOCH (epoch), NULL);

  return &epoch->figures;
}

AtelierPredictions *
atelier_epoch_get_predictions (AtelierEpoch *epoch)
{
  g_return_val_if_fail (ATELIER_IS_EPOCH (epoch), NULL);

  return epoch->validation;
}

AtelierPredictions *
atelier_epoch_get_predictions_of (AtelierEpoch *epoch,
                                  AtelierSplit  split)
{
  g_return_val_if_fail (ATELIER_IS_EPOCH (epoch), NULL);

  switch (split)
    {
    case ATELIER_SPLIT_VALIDATION:
      return epoch->validation;
    case ATELIER_SPLIT_TRAIN:
      return epoch->training;
    case ATELIER_SPLIT_TEST:
    case ATELIER_N_SPLITS:
    default:
      return NULL;
    }
}

AtelierHistory *
atelier_history_new (guint batches_per_epoch,
                     guint n_epochs_planned)
{
  AtelierHistory *history;

  g_return_val_if_fail (batches_per_epoch >= 1, NULL);

  history = g_object_new (ATELIER_TYPE_HISTORY, NULL);
  history->batches_per_epoch = batches_per_epoch;
  history->n_epochs_planned = n_epochs_planned;

  return history;
}

void
atelier_history_set_judged_by (AtelierHistory  *history,
                               AtelierJudgedBy  judged_by)
{
  g_return_if_fail (ATELIER_IS_HISTORY (history));
  g_return_if_fail (history->epochs->len == 0);

  history->judged_by = judged_by;
}

guint
atelier_history_get_batches_per_epoch (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 1);

  return history->batches_per_epoch;
}

guint
atelier_history_get_n_epochs_planned (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 0);

  return history->n_epochs_planned;
}

void
atelier_history_set_n_epochs_planned (AtelierHistory *history,
                                      guint           n_epochs)
{
  g_return_if_fail (ATELIER_IS_HISTORY (history));

  if (history->n_epochs_planned == n_epochs)
    return;

  history->n_epochs_planned = n_epochs;
  g_signal_emit (history, signals[BATCHES_CHANGED], 0);
}

void
atelier_history_set_first_batch (AtelierHistory *history,
                                 guint           first_batch)
{
  g_return_if_fail (ATELIER_IS_HISTORY (history));

  history->first_batch = first_batch;
}

guint
atelier_history_get_first_batch (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 0);

  return history->first_batch;
}

void
atelier_history_append_batches (AtelierHistory *history,
                                const float    *losses,
                                const float    *accuracies,
                                const float    *seconds,
                                guint           n)
{
  g_return_if_fail (ATELIER_IS_HISTORY (history));
  g_return_if_fail (n == 0 || (losses != NULL && accuracies != NULL && seconds != NULL));

  if (n == 0)
    return;

  g_array_append_vals (history->losses, losses, n);
  g_array_append_vals (history->accuracies, accuracies, n);
  g_array_append_vals (history->seconds, seconds, n);
  g_signal_emit (history, signals[BATCHES_CHANGED], 0);
}

guint
atelier_history_get_n_batches (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 0);

  return history->losses->len;
}

const float *
atelier_history_get_batch_losses (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  return (const float *) (void *) history->losses->data;
}

const float *
atelier_history_get_batch_accuracies (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  return (const float *) (void *) history->accuracies->data;
}

const float *
atelier_history_get_batch_seconds (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  return (const float *) (void *) history->seconds->data;
}

void
atelier_history_append_epochs (AtelierHistory       *history,
                               AtelierEpoch * const *epochs,
                               guint                 n)
{
  guint n_before;

  g_return_if_fail (ATELIER_IS_HISTORY (history));
  g_return_if_fail (n == 0 || epochs != NULL);

  if (n == 0)
    return;

  n_before = history->epochs->len;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (history->epochs, g_object_ref (epochs[i]));
  history->i_best = find_best (history, history->epochs->len);

  g_list_model_items_changed (G_LIST_MODEL (history), n_before, 0, n);
}

void
atelier_history_append_epoch (AtelierHistory *history,
                              AtelierEpoch   *epoch)
{
  g_return_if_fail (ATELIER_IS_EPOCH (epoch));

  atelier_history_append_epochs (history, &epoch, 1);
}

guint
atelier_history_get_n_epochs (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 0);

  return history->epochs->len;
}

AtelierEpoch *
atelier_history_get_epoch (AtelierHistory *history,
                           guint           i_epoch)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);
  g_return_val_if_fail (i_epoch < history->epochs->len, NULL);

  return g_ptr_array_index (history->epochs, i_epoch);
}

const AtelierEpochFigures *
atelier_history_get_figures (AtelierHistory *history,
                             guint           i_epoch)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);
  g_return_val_if_fail (i_epoch < history->epochs->len, NULL);

  return atelier_epoch_get_figures (g_ptr_array_index (history->epochs, i_epoch));
}

int
atelier_history_get_best (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), -1);

  return history->i_best;
}

int
atelier_history_get_best_of (AtelierHistory *history,
                             guint           n_epochs)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), -1);
  g_return_val_if_fail (n_epochs <= history->epochs->len, -1);

  return find_best (history, n_epochs);
}

void
atelier_history_add_test_look (AtelierHistory        *history,
                               const AtelierTestLook *look)
{
  g_return_if_fail (ATELIER_IS_HISTORY (history));

  g_array_append_vals (history->test_looks, look, 1);
  g_object_notify_by_pspec (G_OBJECT (history), properties[PROP_N_TEST_LOOKS]);
}

guint
atelier_history_get_n_test_looks (AtelierHistory *history)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), 0);

  return history->test_looks->len;
}

const AtelierTestLook *
atelier_history_get_test_look (AtelierHistory *history,
                               guint           i_look)
{
  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);
  g_return_val_if_fail (i_look < history->test_looks->len, NULL);

  return &g_array_index (history->test_looks, AtelierTestLook, i_look);
}
