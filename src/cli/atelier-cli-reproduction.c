/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The report's figures beside ours: a const table of what was reported, and three ways to print it
 * with what was measured.
 *
 * Text and Markdown use the same cells, and all three use the same statistics, so that the README's
 * table and the terminal's cannot differ.  The spread is the sample standard deviation over seeds;
 * it tells how much of a difference can be chance.  Main thread.
 */

#include "config.h"

#include "atelier-cli-reproduction.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"

typedef struct
{
  const char *id; /* the name in JSON */
  const char *title;
  gboolean    is_share;
  double      reported[ATELIER_CLI_N_PARTS]; /* NaN: not reported */
} FigureInfo;

static const FigureInfo figure_infos[ATELIER_CLI_N_FIGURES] = {
  { "training_accuracy", N_("Training accuracy (running, dropout on)"), TRUE, { 0.9061, 0.9086 } },
  { "validation_accuracy", N_("Validation accuracy"), TRUE, { NAN, 0.9188 } },
  { "validation_loss", N_("Validation loss"), FALSE, { NAN, NAN } },
  { "validation_loss_with_penalty", N_("Validation loss with penalty, as Keras"), FALSE,
    { NAN, 0.2542 } },
  { "test_accuracy", N_("Test accuracy"), TRUE, { NAN, 0.9062 } },
  { "test_loss", N_("Test loss"), FALSE, { NAN, NAN } },
  { "test_loss_with_penalty", N_("Test loss with penalty, as Keras"), FALSE, { NAN, 0.2783 } },
  { "raw_test_accuracy", N_("Test accuracy on raw pixels (the mistake)"), TRUE, { 0.8600, NAN } },
  { "raw_test_loss_with_penalty", N_("Test loss with penalty on raw pixels"), FALSE,
    { 48.24, NAN } },
};

/* The largest off-diagonal count in the report's test matrices; part 1's was measured on raw
 * pixels. */
static const AtelierConfusedPair reported_pairs[ATELIER_CLI_N_PARTS] = {
  { .truth = 2, .prediction = 4, .count = 255 },
  { .truth = 6, .prediction = 0, .count = 137 },
};

static const char * const part_ids[ATELIER_CLI_N_PARTS] = { "report-1", "report-2" };

static const char * const part_titles[ATELIER_CLI_N_PARTS] = {
  N_("Part 1, fully connected"),
  N_("Part 2, convolutional"),
};

const char *
atelier_cli_get_part_id (guint i_part)
{
  return part_ids[i_part];
}

void
atelier_cli_run_free (AtelierCliRun *run)
{
  g_clear_pointer (&run->test, atelier_confusion_unref);
  g_clear_pointer (&run->raw_test, atelier_confusion_unref);
  g_free (run);
}

AtelierCliReproduction *
atelier_cli_reproduction_new (AtelierSplits *splits)
{
  AtelierCliReproduction *reproduction = g_new0 (AtelierCliReproduction, 1);

  reproduction->splits = splits;
  reproduction->dataset = atelier_splits_get_dataset (splits);
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    reproduction->runs[i]
      = g_ptr_array_new_with_free_func ((GDestroyNotify) atelier_cli_run_free);
  return reproduction;
}

void
atelier_cli_reproduction_free (AtelierCliReproduction *reproduction)
{
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    g_ptr_array_unref (reproduction->runs[i]);
  g_free (reproduction);
}

/* ---- Statistics ---- */

void
atelier_cli_get_mean (const double *values,
                      guint         n,
                      double       *mean,
                      double       *spread)
{
  double sum = 0, squares = 0;

  *mean = *spread = NAN;
  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    sum += values[i];
  *mean = sum / n;
  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    squares += (values[i] - *mean) * (values[i] - *mean);
  *spread = sqrt (squares / (n - 1));
}

static void
get_figure_mean (const AtelierCliReproduction *reproduction,
                 guint                         i_part,
                 AtelierCliFigure              figure,
                 double                       *mean,
                 double                       *spread)
{
  GPtrArray *runs = reproduction->runs[i_part];
  g_autofree double *values = g_new (double, runs->len);

  for (guint i = 0; i < runs->len; i++)
    values[i] = ((AtelierCliRun *) g_ptr_array_index (runs, i))->figures[figure];
  atelier_cli_get_mean (values, runs->len, mean, spread);
}

static AtelierConfusion *
get_confusion (const AtelierCliReproduction *reproduction,
               guint                         i_part,
               guint                         i_run,
               gboolean                      is_raw)
{
  AtelierCliRun *run = g_ptr_array_index (reproduction->runs[i_part], i_run);

  return is_raw ? run->raw_test : run->test;
}

/* The mean of how often @truth was called @prediction, over the runs of a part. */
static void
get_pair_mean (const AtelierCliReproduction *reproduction,
               guint                         i_part,
               gboolean                      is_raw,
               const AtelierConfusedPair    *pair,
               double                       *mean,
               double                       *spread)
{
  guint n = reproduction->runs[i_part]->len;
  g_autofree double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = atelier_confusion_get_count (get_confusion (reproduction, i_part, i, is_raw),
                                             pair->truth, pair->prediction);
  atelier_cli_get_mean (values, n, mean, spread);
}

/* The pair that was confused most, summed over all runs of a part.  FALSE if there was no
 * mistake. */
static gboolean
get_worst_pair (const AtelierCliReproduction *reproduction,
                guint                         i_part,
                gboolean                      is_raw,
                AtelierConfusedPair          *pair)
{
  guint n_classes = atelier_dataset_get_n_classes (reproduction->dataset);
  g_autofree guint *sums = g_new0 (guint, n_classes * n_classes); /* [n_classes, n_classes] */
  g_autoptr (AtelierConfusion) sum = NULL;

  for (guint i_run = 0; i_run < reproduction->runs[i_part]->len; i_run++)
    {
      const guint *counts
        = atelier_confusion_get_counts (get_confusion (reproduction, i_part, i_run, is_raw));

      for (guint i = 0; i < n_classes * n_classes; i++)
        sums[i] += counts[i];
    }
  sum = atelier_confusion_new_from_counts (sums, n_classes);
  return atelier_confusion_get_worst_pairs (sum, pair, 1) == 1;
}

static gboolean
has_raw (guint i_part)
{
  return isfinite (figure_infos[ATELIER_CLI_RAW_TEST_ACCURACY].reported[i_part]);
}

/* ---- Cells ---- */

static char *
format_figure (const FigureInfo *info,
               double            value)
{
  return info->is_share ? atelier_format_percent (value, 2) : atelier_format_loss (value);
}

/* "88.52 % ± 0.20": the spread of a percentage is in percentage points. */
static char *
format_mean (const FigureInfo *info,
             double            mean,
             double            spread)
{
  g_autofree char *text = format_figure (info, mean);
  g_autofree char *deviation = NULL;

  if (!isfinite (mean) || !isfinite (spread))
    return g_steal_pointer (&text);
  deviation = info->is_share ? g_strdup_printf ("%.2f", 100 * spread)
                             : atelier_format_loss (spread);
  return g_strdup_printf ("%s ± %s", text, deviation);
}

/* The reported value of a row.  If the report measured it on raw pixels only, the cell says so. */
static char *
format_reported (guint            i_part,
                 AtelierCliFigure figure)
{
  const FigureInfo *info = &figure_infos[figure];

  if (has_raw (i_part)
      && (figure == ATELIER_CLI_TEST_ACCURACY || figure == ATELIER_CLI_TEST_LOSS_PENALTY))
    return g_strdup (_("only on raw pixels"));
  return format_figure (info, info->reported[i_part]);
}

static char *
format_ours (const AtelierCliReproduction *reproduction,
             guint                         i_part,
             AtelierCliFigure              figure)
{
  double mean, spread;

  get_figure_mean (reproduction, i_part, figure, &mean, &spread);
  return format_mean (&figure_infos[figure], mean, spread);
}

static const char *
get_class_name (const AtelierCliReproduction *reproduction,
                guint                         i_class)
{
  const char * const *names = atelier_dataset_get_class_names (reproduction->dataset);

  return atelier_class_name_translate (names[i_class]);
}

static char *
format_reported_pair (const AtelierCliReproduction *reproduction,
                      guint                         i_part)
{
  const AtelierConfusedPair *pair = &reported_pairs[i_part];

  /* Translators: two classes and how often: "Pullover called Coat: 255" */
  return g_strdup_printf (_("%s called %s: %u"), get_class_name (reproduction, pair->truth),
                          get_class_name (reproduction, pair->prediction), pair->count);
}

/* "Shirt called Coat: 120 ± 9" */
static char *
format_pair_mean (const AtelierCliReproduction *reproduction,
                  guint                         i_part,
                  gboolean                      is_raw,
                  const AtelierConfusedPair    *pair)
{
  g_autofree char *count = NULL;
  double mean, spread;

  get_pair_mean (reproduction, i_part, is_raw, pair, &mean, &spread);
  count = isfinite (spread) ? g_strdup_printf ("%.0f ± %.0f", mean, spread)
                            : g_strdup_printf ("%.0f", mean);
  /* Translators: two classes and how often: "Shirt called Coat: 120 ± 9" */
  return g_strdup_printf (_("%s called %s: %s"), get_class_name (reproduction, pair->truth),
                          get_class_name (reproduction, pair->prediction), count);
}

static char *
format_worst_pair (const AtelierCliReproduction *reproduction,
                   guint                         i_part,
                   gboolean                      is_raw)
{
  AtelierConfusedPair pair;

  if (reproduction->runs[i_part]->len == 0
      || !get_worst_pair (reproduction, i_part, is_raw, &pair))
    return g_strdup ("–");
  return format_pair_mean (reproduction, i_part, is_raw, &pair);
}

/* ---- Text ---- */

static void
print_part_head (const AtelierCliReproduction *reproduction,
                 guint                         i_part)
{
  guint n_runs = reproduction->runs[i_part]->len;
  guint n_epochs = reproduction->n_epochs[i_part];
  g_autofree char *epochs
    = g_strdup_printf (ngettext ("%u epoch", "%u epochs", n_epochs), n_epochs);

  atelier_cli_print (stdout, ngettext ("%s: %s, %u seed\n", "%s: %s, %u seeds\n", n_runs),
                     _(part_titles[i_part]), epochs, n_runs);
}

static void
add_pair_rows (AtelierCliTable              *table,
               const AtelierCliReproduction *reproduction,
               guint                         i_part)
{
  g_autofree char *reported = format_reported_pair (reproduction, i_part);
  g_autofree char *ours = format_worst_pair (reproduction, i_part, FALSE);
  g_autofree char *raw = NULL;

  atelier_cli_table_add_row (table, _("Most confused, test"),
                             has_raw (i_part) ? _("only on raw pixels") : reported, ours, NULL);
  if (!has_raw (i_part))
    return;
  raw = format_worst_pair (reproduction, i_part, TRUE);
  atelier_cli_table_add_row (table, _("Most confused, test, raw pixels"), reported, raw, NULL);
}

static void
print_part (const AtelierCliReproduction *reproduction,
            guint                         i_part)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lll");

  print_part_head (reproduction, i_part);
  atelier_cli_table_add_row (table, "", _("Reported"), _("Here (mean ± spread over seeds)"), NULL);
  for (guint i = 0; i < ATELIER_CLI_N_FIGURES; i++)
    {
      g_autofree char *reported = format_reported (i_part, i);
      g_autofree char *ours = format_ours (reproduction, i_part, i);

      if (i < ATELIER_CLI_RAW_TEST_ACCURACY || has_raw (i_part))
        atelier_cli_table_add_row (table, _(figure_infos[i].title), reported, ours, NULL);
    }
  add_pair_rows (table, reproduction, i_part);
  atelier_cli_table_print (table, stdout, 2);
  atelier_cli_print (stdout, "\n");
}

/* Explains the report's mistake, with the figures measured here.  Transfer full. */
static char *
explain_mistake (const AtelierCliReproduction *reproduction)
{
  g_autofree char *accuracy = format_ours (reproduction, 0, ATELIER_CLI_TEST_ACCURACY);
  g_autofree char *loss = format_ours (reproduction, 0, ATELIER_CLI_TEST_LOSS);
  g_autofree char *raw_accuracy = format_ours (reproduction, 0, ATELIER_CLI_RAW_TEST_ACCURACY);
  g_autofree char *raw_loss = format_ours (reproduction, 0, ATELIER_CLI_RAW_TEST_LOSS_PENALTY);

  return g_strdup_printf (_("What the report did wrong: part 1 was trained on pixels divided by "
                            "255 and then tested on raw ones, from 0 to 255; hence its test "
                            "accuracy of 86 %% and its loss of 48. The same mistake gives %s and a "
                            "loss of %s here; without it the same weights reach %s and %s."),
                          raw_accuracy, raw_loss, accuracy, loss);
}

static const char *
explain_penalty (void)
{
  return _("Keras adds the penalty to every loss it shows; compare its losses with the rows that "
           "say so. The spread is the sample standard deviation over seeds, in percentage points "
           "for accuracies.");
}

/* Why the figures cannot be compared; NULL if they can.  Transfer full. */
static char *
explain_difference (const AtelierCliReproduction *reproduction)
{
  if (!atelier_dataset_is_published_fashion_mnist (reproduction->dataset))
    return g_strdup_printf (_("These figures cannot be compared with the report's: they were "
                              "measured on %s, not on Fashion-MNIST."),
                            atelier_dataset_get_name (reproduction->dataset));
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    if (reproduction->n_epochs[i] != reproduction->n_epochs_reported[i])
      return g_strdup_printf (_("These figures cannot be compared with the report's: "
                                "it trained for %u and %u epochs, not for %u and %u."),
                              reproduction->n_epochs_reported[0],
                              reproduction->n_epochs_reported[1],
                              reproduction->n_epochs[0], reproduction->n_epochs[1]);
  return NULL;
}

void
atelier_cli_reproduction_print_text (const AtelierCliReproduction *reproduction)
{
  g_autofree char *mistake = explain_mistake (reproduction);
  g_autofree char *difference = explain_difference (reproduction);

  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    print_part (reproduction, i);
  if (reproduction->runs[0]->len > 0)
    atelier_cli_print (stdout, "%s\n", mistake);
  atelier_cli_print (stdout, "%s\n", explain_penalty ());
  if (difference != NULL)
    atelier_cli_print (stdout, "%s\n", difference);
}

/* ---- Markdown ---- */

static void
print_markdown_figure (const AtelierCliReproduction *reproduction,
                       AtelierCliFigure              figure)
{
  const FigureInfo *info = &figure_infos[figure];

  atelier_cli_print (stdout, "| %s |", _(info->title));
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    {
      g_autofree char *reported = format_reported (i, figure);
      g_autofree char *ours = format_ours (reproduction, i, figure);

      atelier_cli_print (stdout, " %s | %s |", reported, ours);
    }
  atelier_cli_print (stdout, "\n");
}

static void
print_markdown_pairs (const AtelierCliReproduction *reproduction,
                      gboolean                      is_raw)
{
  atelier_cli_print (stdout, "| %s |",
                     is_raw ? _("Most confused, test, raw pixels") : _("Most confused, test"));
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    {
      gboolean is_reported = has_raw (i) == is_raw;
      gboolean is_measured = !is_raw || has_raw (i);
      g_autofree char *reported
        = is_reported ? format_reported_pair (reproduction, i)
                      : g_strdup (is_raw ? "–" : _("only on raw pixels"));
      g_autofree char *ours
        = is_measured ? format_worst_pair (reproduction, i, is_raw) : g_strdup ("–");

      atelier_cli_print (stdout, " %s | %s |", reported, ours);
    }
  atelier_cli_print (stdout, "\n");
}

void
atelier_cli_reproduction_print_markdown (const AtelierCliReproduction *reproduction)
{
  g_autofree char *mistake = explain_mistake (reproduction);
  g_autofree char *difference = explain_difference (reproduction);

  atelier_cli_print (stdout, "%s\n",
                     _("| | Part 1, reported | Part 1, here | Part 2, reported | Part 2, here |"));
  atelier_cli_print (stdout, "|---|---|---|---|---|\n");
  for (guint i = 0; i < ATELIER_CLI_N_FIGURES; i++)
    print_markdown_figure (reproduction, i);
  print_markdown_pairs (reproduction, FALSE);
  print_markdown_pairs (reproduction, TRUE);
  if (reproduction->runs[0]->len > 0)
    atelier_cli_print (stdout, "\n%s\n", mistake);
  atelier_cli_print (stdout, "\n%s\n", explain_penalty ());
  if (difference != NULL)
    atelier_cli_print (stdout, "\n%s\n", difference);
}

/* ---- JSON ---- */

static void
add_pair (JsonBuilder                  *builder,
          const AtelierCliReproduction *reproduction,
          const char                   *name,
          const AtelierConfusedPair    *pair,
          double                        count)
{
  const char * const *names = atelier_dataset_get_class_names (reproduction->dataset);

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "truth");
  json_builder_add_string_value (builder, names[pair->truth]);
  json_builder_set_member_name (builder, "prediction");
  json_builder_add_string_value (builder, names[pair->prediction]);
  atelier_cli_add_json_number (builder, "count", count);
  json_builder_end_object (builder);
}

static void
add_worst_pair (JsonBuilder                  *builder,
                const AtelierCliReproduction *reproduction,
                guint                         i_part,
                gboolean                      is_raw,
                const char                   *name)
{
  AtelierConfusedPair pair;
  double mean, spread;

  if (!get_worst_pair (reproduction, i_part, is_raw, &pair))
    return;
  get_pair_mean (reproduction, i_part, is_raw, &pair, &mean, &spread);
  add_pair (builder, reproduction, name, &pair, mean);
}

static void
add_statistics (JsonBuilder                  *builder,
                const AtelierCliReproduction *reproduction,
                guint                         i_part)
{
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ATELIER_CLI_N_FIGURES; i++)
    {
      double mean, spread;

      get_figure_mean (reproduction, i_part, i, &mean, &spread);
      json_builder_set_member_name (builder, figure_infos[i].id);
      json_builder_begin_object (builder);
      atelier_cli_add_json_number (builder, "reported", figure_infos[i].reported[i_part]);
      atelier_cli_add_json_number (builder, "mean", mean);
      atelier_cli_add_json_number (builder, "spread", spread);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_runs (JsonBuilder *builder,
          GPtrArray   *runs)
{
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    {
      const AtelierCliRun *run = g_ptr_array_index (runs, i);

      /* As text, because many JSON readers round integers of more than 53 bits. */
      g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, run->seed);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "seed");
      json_builder_add_string_value (builder, seed);
      for (guint i_figure = 0; i_figure < ATELIER_CLI_N_FIGURES; i_figure++)
        atelier_cli_add_json_number (builder, figure_infos[i_figure].id, run->figures[i_figure]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_part (JsonBuilder                  *builder,
          const AtelierCliReproduction *reproduction,
          guint                         i_part)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "network");
  json_builder_add_string_value (builder, part_ids[i_part]);
  json_builder_set_member_name (builder, "epochs");
  json_builder_add_int_value (builder, reproduction->n_epochs[i_part]);
  add_statistics (builder, reproduction, i_part);
  add_pair (builder, reproduction, "reported_most_confused", &reported_pairs[i_part],
            reported_pairs[i_part].count);
  if (reproduction->runs[i_part]->len > 0)
    {
      add_worst_pair (builder, reproduction, i_part, FALSE, "most_confused");
      if (has_raw (i_part))
        add_worst_pair (builder, reproduction, i_part, TRUE, "raw_most_confused");
    }
  add_runs (builder, reproduction->runs[i_part]);
  json_builder_end_object (builder);
}

void
atelier_cli_reproduction_print_json (const AtelierCliReproduction *reproduction)
{
  g_autofree char *difference = explain_difference (reproduction);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dataset");
  json_builder_add_string_value (builder, atelier_dataset_get_name (reproduction->dataset));
  json_builder_set_member_name (builder, "dataset_sha256");
  json_builder_add_string_value (builder, atelier_dataset_get_sha256 (reproduction->dataset));
  json_builder_set_member_name (builder, "is_comparable");
  json_builder_add_boolean_value (builder, difference == NULL);
  json_builder_set_member_name (builder, "test_looks");
  json_builder_add_int_value (builder, reproduction->n_test_looks);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    add_part (builder, reproduction, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}
