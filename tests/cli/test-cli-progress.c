/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The progress line at widths from wide to zero. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "atelier-cli-progress.h"
#include "atelier-cli-text.h"

static const AtelierCliProgress half_way = {
  .epoch = 3,
  .n_epochs = 10,
  .progress = 0.5,
  .loss = 0.412,
  .accuracy = 0.8531,
  .images_per_second = 13400,
  .seconds_left = 72,
};

static void
test_whole (void)
{
  g_autofree char *line = atelier_cli_progress_format (&half_way, 200);

  g_assert_cmpstr (line, ==,
                   "epoch 3 of 10  ━━━━━━━━━━━━━━━───────────────  "
                   "loss 0.4120 · accuracy 85.31 % · 13,400 images/s · 1:12 left");
}

static void
test_label (void)
{
  AtelierCliProgress progress = half_way;
  g_autofree char *line = NULL;

  progress.label = "report-1, seed 2";
  line = atelier_cli_progress_format (&progress, 200);
  g_assert_true (g_str_has_prefix (line, "report-1, seed 2 · epoch 3 of 10  "));
}

static void
test_nothing_known (void)
{
  AtelierCliProgress progress = {
    .epoch = 1, .n_epochs = 1, .loss = NAN, .accuracy = NAN, .seconds_left = NAN,
  };
  g_autofree char *line = atelier_cli_progress_format (&progress, 40);

  g_assert_true (g_str_has_prefix (line, "epoch 1 of 1  ──"));
  g_assert_null (strstr (line, "loss"));
}

static void
test_never_too_wide (void)
{
  for (guint width = 0; width < 130; width++)
    {
      g_autofree char *line = atelier_cli_progress_format (&half_way, width);

      g_assert_true (g_utf8_validate (line, -1, NULL));
      g_assert_cmpuint (atelier_cli_text_width (line), <=, width);
    }
}

static void
test_progress_out_of_range (void)
{
  AtelierCliProgress progress = half_way;
  g_autofree char *line = NULL;

  progress.progress = 1.5;
  line = atelier_cli_progress_format (&progress, 200);
  g_assert_nonnull (strstr (line, "━"));
  g_assert_null (strstr (line, "─"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/progress/whole", test_whole);
  g_test_add_func ("/cli/progress/label", test_label);
  g_test_add_func ("/cli/progress/nothing-known", test_nothing_known);
  g_test_add_func ("/cli/progress/never-too-wide", test_never_too_wide);
  g_test_add_func ("/cli/progress/out-of-range", test_progress_out_of_range);
  return g_test_run ();
}
