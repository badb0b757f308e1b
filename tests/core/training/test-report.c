/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports: merging moves everything, in order, and leaves nothing owned twice (AddressSanitizer
 * checks that). */

#include <math.h>

#include "base/atelier-error.h"
#include "model-fixture.h"
#include "training/atelier-report-private.h"

static AtelierReport *
create_report (void)
{
  AtelierReport *report = g_new (AtelierReport, 1);

  atelier_report_init (report);

  return report;
}

static void
free_report (AtelierReport *report)
{
  atelier_report_clear (report);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierReport, free_report)

static void
add_batch (AtelierReport *report,
           float          loss)
{
  float accuracy = 1.0f - loss;
  float seconds = (float) (report->seconds->len + 1);

  g_array_append_val (report->losses, loss);
  g_array_append_val (report->accuracies, accuracy);
  g_array_append_val (report->seconds, seconds);
}

/* A model that is recognised by its number of finished epochs. */
static AtelierModel *
new_model (guint n_epochs)
{
  g_auto (ModelFixture) fixture = { 0 };

  model_fixture_init (&fixture);
  fixture.parts.n_epochs = n_epochs;
  return atelier_model_new (&fixture.parts, NULL);
}

static void
add_epoch (AtelierReport *report,
           guint          number)
{
  static const float scores[] = { 0.0f, 1.0f };
  static const guint8 labels[] = { 1 };
  const AtelierEpochFigures figures = { .epoch = number };

  atelier_report_add_epoch (report, &figures,
                            atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 1,
                                                     2),
                            atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 1, 2),
                            new_model (number), FALSE);
}

static void
test_starts_empty (void)
{
  g_autoptr (AtelierReport) report = create_report ();

  g_assert_cmpuint (report->epoch, ==, 1);
  g_assert_cmpint (report->outcome, ==, ATELIER_OUTCOME_NONE);
  g_assert_true (isnan (report->seconds_left));
  g_assert_cmpuint (report->losses->len, ==, 0);
  g_assert_cmpuint (report->epochs->len, ==, 0);
}

static void
test_merge_appends (void)
{
  g_autoptr (AtelierReport) into = create_report ();
  g_autoptr (AtelierReport) from = create_report ();

  add_batch (into, 0.5f);
  add_epoch (into, 1);
  for (guint i = 0; i < 3; i++)
    {
      add_batch (from, 0.25f);
      add_epoch (from, 2 + i);
      atelier_report_merge (into, from);
      g_assert_cmpuint (from->losses->len, ==, 0);
      g_assert_cmpuint (from->accuracies->len, ==, 0);
      g_assert_cmpuint (from->seconds->len, ==, 0);
      g_assert_cmpuint (from->epochs->len, ==, 0);
    }

  g_assert_cmpuint (into->losses->len, ==, 4);
  g_assert_true (g_array_index (into->losses, float, 0) == 0.5f);
  g_assert_true (g_array_index (into->accuracies, float, 3) == 0.75f);
  g_assert_cmpuint (into->seconds->len, ==, 4);
  g_assert_cmpuint (into->epochs->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      AtelierEpochReport *epoch = &g_array_index (into->epochs, AtelierEpochReport, i);

      g_assert_cmpuint (epoch->figures.epoch, ==, i + 1);
      g_assert_cmpuint (atelier_predictions_get_class (epoch->validation, 0), ==, 1);
      g_assert_cmpint (atelier_predictions_get_split (epoch->training), ==, ATELIER_SPLIT_TRAIN);
      g_assert_cmpuint (atelier_model_get_n_epochs (epoch->model), ==, i + 1);
    }
}

static void
test_merge_takes_newest_standing (void)
{
  g_autoptr (AtelierReport) into = create_report ();
  g_autoptr (AtelierReport) from = create_report ();

  into->rests_since = 3;
  from->epoch = 4;
  from->progress = 0.5;
  from->images_per_second = 100.0;
  from->seconds_left = 9.0;
  from->outcome = ATELIER_OUTCOME_STOPPED;
  atelier_report_merge (into, from);

  g_assert_cmpuint (into->epoch, ==, 4);
  g_assert_true (into->progress == 0.5);
  g_assert_true (into->images_per_second == 100.0);
  g_assert_true (into->seconds_left == 9.0);
  g_assert_cmpuint (into->rests_since, ==, 0);
  g_assert_cmpint (into->outcome, ==, ATELIER_OUTCOME_STOPPED);
}

static void
test_merge_keeps_what_is_not_replaced (void)
{
  g_autoptr (AtelierReport) into = create_report ();
  g_autoptr (AtelierReport) from = create_report ();

  into->error = g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_FAILED, "old");
  atelier_report_merge (into, from);
  g_assert_error (into->error, ATELIER_ERROR, ATELIER_ERROR_FAILED);

  from->error = g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY, "new");
  atelier_report_merge (into, from);
  g_assert_error (into->error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY);
  g_assert_null (from->error);
}

static void
test_clears_what_it_owns (void)
{
  AtelierReport *report = create_report ();

  add_batch (report, 0.5f);
  add_epoch (report, 1);
  atelier_report_clear (report);
  atelier_report_clear (report);
  g_assert_null (report->epochs);
  g_free (report);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/report/empty", test_starts_empty);
  g_test_add_func ("/core/report/appends", test_merge_appends);
  g_test_add_func ("/core/report/standing", test_merge_takes_newest_standing);
  g_test_add_func ("/core/report/keeps", test_merge_keeps_what_is_not_replaced);
  g_test_add_func ("/core/report/clear", test_clears_what_it_owns);

  return g_test_run ();
}
