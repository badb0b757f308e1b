/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history: growing batch arrays, a list model of epochs, and the best epoch. */

#include <math.h>
#ifdef __linux__
#include <malloc.h>
#endif

#include "results/atelier-history.h"

typedef struct
{
  guint n_emissions;
  guint position;
  guint n_added;
} Heard;

static void
on_history_items_changed_cb (GListModel *model,
                             guint       position,
                             guint       n_removed,
                             guint       n_added,
                             Heard      *heard)
{
  g_assert_cmpuint (n_removed, ==, 0);
  heard->n_emissions++;
  heard->position = position;
  heard->n_added = n_added;
}

static void
on_history_batches_changed_cb (AtelierHistory *history,
                               guint          *n_emissions)
{
  (*n_emissions)++;
}

static AtelierEpoch *
create_epoch (guint  number,
              double loss,
              double validation_loss)
{
  AtelierEpochFigures figures = {
    .epoch = number,
    .loss = loss,
    .accuracy = 0.8,
    .train_eval_loss = NAN,
    .train_eval_accuracy = NAN,
    .validation_loss = validation_loss,
    .validation_accuracy = isnan (validation_loss) ? NAN : 0.8,
  };

  return atelier_epoch_new (&figures, NULL, NULL);
}

static void
append_epoch (AtelierHistory *history,
              double          loss,
              double          validation_loss)
{
  g_autoptr (AtelierEpoch) epoch =
    create_epoch (atelier_history_get_n_epochs (history) + 1, loss, validation_loss);

  atelier_history_append_epoch (history, epoch);
}

static void
test_starts_empty (void)
{
  AtelierHistory *history = atelier_history_new (40, 10);

  g_assert_cmpuint (atelier_history_get_batches_per_epoch (history), ==, 40);
  g_assert_cmpuint (atelier_history_get_n_epochs_planned (history), ==, 10);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 0);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 0);
  g_assert_cmpint (atelier_history_get_best (history), ==, -1);

  g_assert_finalize_object (history);
}

static void
test_batches_grow (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1000, 100);
  guint n_emissions = 0;

  g_signal_connect (history, "batches-changed",
                    G_CALLBACK (on_history_batches_changed_cb), &n_emissions);

  for (guint i = 0; i < 100000; i += 2)
    {
      const float losses[] = { (float) i, (float) (i + 1) };
      const float accuracies[] = { 0.25f, 0.75f };
      const float seconds[] = { 0.5f * (float) i, 0.5f * (float) (i + 1) };

      atelier_history_append_batches (history, losses, accuracies, seconds, 2);
    }
  atelier_history_append_batches (history, NULL, NULL, NULL, 0);

  g_assert_cmpuint (n_emissions, ==, 50000);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 100000);
  for (guint i = 0; i < 100000; i++)
    {
      g_assert_true (atelier_history_get_batch_losses (history)[i] == (float) i);
      g_assert_true (atelier_history_get_batch_accuracies (history)[i] == (i % 2 ? 0.75f : 0.25f));
      g_assert_true (atelier_history_get_batch_seconds (history)[i] == 0.5f * (float) i);
    }
}

static void
test_is_a_list (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 3);
  g_autoptr (AtelierEpoch) first = create_epoch (1, 0.5, 0.6);
  g_autoptr (AtelierEpoch) item = NULL;
  Heard heard = { 0 };

  g_signal_connect (history, "items-changed", G_CALLBACK (on_history_items_changed_cb), &heard);
  atelier_history_append_epoch (history, first);
  append_epoch (history, 0.4, 0.5);

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (history)) == ATELIER_TYPE_EPOCH);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 2);
  item = g_list_model_get_item (G_LIST_MODEL (history), 0);
  g_assert_true (item == first);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), 2));
  g_assert_cmpuint (heard.n_emissions, ==, 2);
  g_assert_cmpuint (heard.position, ==, 1);
  g_assert_cmpuint (heard.n_added, ==, 1);
}

static void
test_several_epochs_at_once (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 3);
  g_autoptr (AtelierEpoch) first = create_epoch (1, 0.5, 0.6);
  g_autoptr (AtelierEpoch) second = create_epoch (2, 0.4, 0.5);
  AtelierEpoch *epochs[] = { first, second };
  Heard heard = { 0 };

  g_signal_connect (history, "items-changed", G_CALLBACK (on_history_items_changed_cb), &heard);
  atelier_history_append_epochs (history, epochs, 2);

  g_assert_cmpuint (heard.n_emissions, ==, 1);
  g_assert_cmpuint (heard.n_added, ==, 2);
  g_assert_true (atelier_history_get_epoch (history, 1) == second);
  g_assert_cmpuint (atelier_history_get_figures (history, 1)->epoch, ==, 2);
}

static void
test_epoch_keeps_predictions (void)
{
  static const float scores[] = { 1.0f, 0.0f };
  static const guint8 labels[] = { 0 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 1, 2);
  g_autoptr (AtelierPredictions) sample =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 1, 2);
  AtelierEpochFigures figures = { .epoch = 1 };
  AtelierEpoch *epoch = atelier_epoch_new (&figures, predictions, sample);

  g_assert_true (atelier_epoch_get_predictions (epoch) == predictions);
  g_assert_true (atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_VALIDATION) == predictions);
  g_assert_true (atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_TRAIN) == sample);
  g_assert_null (atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_TEST));
  g_assert_finalize_object (epoch);
}

static void
test_best_is_lowest_validation_loss (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);

  append_epoch (history, 0.9, 0.50);
  append_epoch (history, 0.5, 0.40);
  append_epoch (history, 0.3, 0.40);
  append_epoch (history, 0.1, 0.45);

  g_assert_cmpint (atelier_history_get_best (history), ==, 1);
}

static void
test_best_without_validation (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);

  append_epoch (history, 0.9, NAN);
  append_epoch (history, 0.3, NAN);
  append_epoch (history, 0.5, NAN);

  g_assert_cmpint (atelier_history_get_best (history), ==, 1);
}

/* An epoch whose validation loss is no number does not compete with its training loss. */
static void
test_best_despite_missing_validation (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);

  append_epoch (history, 0.1, NAN);
  g_assert_cmpint (atelier_history_get_best (history), ==, 0);
  append_epoch (history, 0.5, 0.4);
  g_assert_cmpint (atelier_history_get_best (history), ==, 1);
  append_epoch (history, 0.2, NAN);
  append_epoch (history, 0.1, 0.3);
  g_assert_cmpint (atelier_history_get_best (history), ==, 3);
}

static void
test_best_skips_infinities (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);

  append_epoch (history, NAN, NAN);
  append_epoch (history, 0.5, INFINITY);
  g_assert_cmpint (atelier_history_get_best (history), ==, -1);
  append_epoch (history, 0.5, 7.0);
  g_assert_cmpint (atelier_history_get_best (history), ==, 2);
}

static void
on_history_notify_cb (AtelierHistory *history,
                      GParamSpec     *pspec,
                      guint          *n_notified)
{
  g_object_get (history, "n-test-looks", n_notified, NULL);
}

static void
test_counts_test_looks (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);
  const AtelierTestLook first = { 3, ATELIER_WEIGHTS_NEWEST, 0.4, 0.86 };
  const AtelierTestLook second = { 7, ATELIER_WEIGHTS_BEST, 0.3, 0.90 };
  guint n_notified = 0;

  g_signal_connect (history, "notify::n-test-looks",
                    G_CALLBACK (on_history_notify_cb), &n_notified);
  g_assert_cmpuint (atelier_history_get_n_test_looks (history), ==, 0);
  atelier_history_add_test_look (history, &first);
  atelier_history_add_test_look (history, &second);

  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_cmpuint (atelier_history_get_n_test_looks (history), ==, 2);
  g_assert_cmpuint (atelier_history_get_test_look (history, 0)->epoch, ==, 3);
  g_assert_cmpint (atelier_history_get_test_look (history, 1)->weights, ==, ATELIER_WEIGHTS_BEST);
  g_assert_true (atelier_history_get_test_look (history, 1)->loss == 0.3);
  g_assert_true (atelier_history_get_test_look (history, 1)->accuracy == 0.90);
}

/* ---- Memory ---- */

#define N_LONG_EPOCHS 100
#define N_LONG_BATCHES 1719 /* an epoch's, of Fashion-MNIST in batches of 32 */
#define N_LONG_IMAGES 5000  /* of the validation split, and of the sample */

/* 0 where the C library does not say. */
static gsize
count_allocated_bytes (void)
{
#ifdef __GLIBC__
  struct mallinfo2 figures = mallinfo2 ();

  return figures.uordblks + figures.hblkhd;
#else
  return 0;
#endif
}

static AtelierPredictions *
predict_many (AtelierSplit  split,
              GBytes       *labels,
              GBytes       *pictures)
{
  g_autofree float *scores = g_new0 (float, N_LONG_IMAGES * 10);

  return atelier_predictions_new_shared (split, scores, labels, pictures,
                                         split == ATELIER_SPLIT_TRAIN, 10);
}

static void
append_long_epoch (AtelierHistory *history,
                   GBytes         *labels,
                   GBytes         *pictures)
{
  const AtelierEpochFigures figures = { .epoch = atelier_history_get_n_epochs (history) + 1 };
  g_autoptr (AtelierPredictions) validation =
    predict_many (ATELIER_SPLIT_VALIDATION, labels, pictures);
  g_autoptr (AtelierPredictions) training = predict_many (ATELIER_SPLIT_TRAIN, labels, pictures);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, validation, training);
  const float zero = 0.0f;

  for (guint i = 0; i < N_LONG_BATCHES; i++)
    atelier_history_append_batches (history, &zero, &zero, &zero, 1);
  atelier_history_append_epoch (history, epoch);
}

/* As the allocator counts it, not as we compute it. */
static void
test_long_run_fits_in_memory (void)
{
  const gsize n_at_least = (gsize) N_LONG_EPOCHS * 2 * N_LONG_IMAGES * 5;
  g_autoptr (AtelierHistory) history = NULL;
  gsize before = count_allocated_bytes (), n_bytes;

  {
    g_autoptr (GBytes) labels = g_bytes_new_take (g_new0 (guint8, N_LONG_IMAGES), N_LONG_IMAGES);
    g_autoptr (GBytes) pictures =
      g_bytes_new_take (g_new0 (guint32, N_LONG_IMAGES), N_LONG_IMAGES * sizeof (guint32));

    history = atelier_history_new (N_LONG_BATCHES, N_LONG_EPOCHS);
    for (guint i = 0; i < N_LONG_EPOCHS; i++)
      append_long_epoch (history, labels, pictures);
  }

  n_bytes = count_allocated_bytes () - before;
  g_test_message ("100 epochs of Fashion-MNIST: %.1f MiB", (double) n_bytes / (1 << 20));
  if (n_bytes < n_at_least)
    {
      g_test_skip ("Another allocator is in place, which mallinfo2 does not see");
      return;
    }

  g_assert_cmpuint (n_bytes, <, 20 << 20);
}

static void
test_planned_epochs_change (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 9);
  guint n_emissions = 0;

  g_signal_connect (history, "batches-changed",
                    G_CALLBACK (on_history_batches_changed_cb), &n_emissions);
  atelier_history_set_n_epochs_planned (history, 9);
  atelier_history_set_n_epochs_planned (history, 12);

  g_assert_cmpuint (n_emissions, ==, 1);
  g_assert_cmpuint (atelier_history_get_n_epochs_planned (history), ==, 12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/history/empty", test_starts_empty);
  g_test_add_func ("/core/history/batches", test_batches_grow);
  g_test_add_func ("/core/history/list", test_is_a_list);
  g_test_add_func ("/core/history/several-epochs", test_several_epochs_at_once);
  g_test_add_func ("/core/history/epoch-predictions", test_epoch_keeps_predictions);
  g_test_add_func ("/core/history/best", test_best_is_lowest_validation_loss);
  g_test_add_func ("/core/history/best-without-validation", test_best_without_validation);
  g_test_add_func ("/core/history/best-missing", test_best_despite_missing_validation);
  g_test_add_func ("/core/history/best-infinities", test_best_skips_infinities);
  g_test_add_func ("/core/history/test-looks", test_counts_test_looks);
  g_test_add_func ("/core/history/memory", test_long_run_fits_in_memory);
  g_test_add_func ("/core/history/planned-epochs", test_planned_epochs_change);

  return g_test_run ();
}
