/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli evaluate: measures a saved model on one split of a data set, or on a folder of
 * pictures in class folders.
 *
 * Loss and penalty are printed separately, as everywhere in the program (Keras adds them up).
 * Classes are given by name and not by number, since numbers that begin at 0 in one place and at 1
 * in another cause mistakes in reports.  Main thread; the engine's own threads do the work.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "atelier-cli-evaluation.h"
#include "atelier-cli-files.h"
#include "atelier-cli-pictures.h"
#include "atelier-cli-text.h"
#include "atelier-cli-weights.h"
#include "atelier-cli.h"
#include "atelier-export.h"
#include "base/atelier-file-write.h"
#include "base/atelier-format.h"
#include "inference/atelier-predictor.h"
#include "inference/atelier-robustness.h"
#include "model/atelier-model-file.h"

#define MAX_TABLE_CLASSES 40
#define MIN_HEAD_WIDTH 3

typedef struct
{
  /* Owned */
  char    *data;
  char    *split_id;
  char    *matrix;
  char    *class_table;
  char    *threads;
  char    *weights;
  char   **paths;
  AtelierCliPipeline pipeline;

  gboolean raw_pixels;
  gboolean classes;
  gboolean robustness;
  gboolean json;
} EvaluateOptions;

static void
clear_options (EvaluateOptions *options)
{
  g_free (options->data);
  g_free (options->split_id);
  g_free (options->matrix);
  g_free (options->class_table);
  g_free (options->threads);
  g_free (options->weights);
  g_strfreev (options->paths);
  atelier_cli_pipeline_clear (&options->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EvaluateOptions, clear_options)

/* A finished evaluation and the options it was made with. */
typedef struct
{
  /* Borrowed */
  const EvaluateOptions *options;
  const AtelierCliPictures *pictures; /* its data set is NULL unless the data are pictures */

  /* Owned */
  const char           **class_names; /* [n_classes + 1], translated; the strings are borrowed */

  AtelierCliEvaluation   all;
  double                 changed[ATELIER_N_CHANGES]; /* accuracies; with --robustness */
} Result;

static gboolean
has_csv_ending (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".csv");
}

/* Puts the option --class-table before the file of --classes, which GOption cannot express: an
 * option with an optional value would take the model for it in “--classes MODEL”.  Transfer
 * container. */
static GPtrArray *
mark_class_table (int    argc,
                  char **argv)
{
  GPtrArray *marked = g_ptr_array_new ();
  gboolean is_marking = TRUE;

  for (int i = 0; i < argc; i++)
    {
      is_marking = is_marking && !g_str_equal (argv[i], "--");
      if (is_marking && g_str_has_prefix (argv[i], "--classes="))
        {
          g_ptr_array_add (marked, (char *) "--classes");
          g_ptr_array_add (marked, (char *) "--class-table");
          g_ptr_array_add (marked, argv[i] + strlen ("--classes="));
          continue;
        }
      g_ptr_array_add (marked, argv[i]);
      if (is_marking && i + 1 < argc && has_csv_ending (argv[i + 1])
          && (g_str_equal (argv[i], "--classes") || g_str_equal (argv[i], "-c")))
        g_ptr_array_add (marked, (char *) "--class-table");
    }
  g_ptr_array_add (marked, NULL);
  return marked;
}

static gboolean
parse_options (EvaluateOptions  *options,
               int               argc,
               char            **argv,
               int              *status)
{
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data,
      N_("auto (default: the first that “atelier-cli data” lists), synthetic, a folder with IDX "
         "files, or one with pictures in folders with the names of the classes"), N_("DATA") },
    { "split", 's', 0, G_OPTION_ARG_STRING, &options->split_id,
      N_("train, validation or test (default)"), N_("SPLIT") },
    ATELIER_CLI_WEIGHTS_ENTRY (&options->weights),
    { "raw-pixels", 0, 0, G_OPTION_ARG_NONE, &options->raw_pixels,
      N_("Do not divide pixels by 255, whatever the model was trained with"), NULL },
    { "classes", 'c', 0, G_OPTION_ARG_NONE, &options->classes,
      N_("Also print precision, recall and F1 of each class; “--classes FILE.csv” writes them "
         "there as well"), NULL },
    { "class-table", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->class_table, NULL,
      NULL },
    { "robustness", 0, 0, G_OPTION_ARG_NONE, &options->robustness,
      N_("Also measure with the images mirrored, moved by a fourteenth of their size, and turned "
         "by 10 degrees"), NULL },
    { "matrix", 'm', 0, G_OPTION_ARG_FILENAME, &options->matrix,
      N_("Write the confusion matrix there: .pdf, .svg, .png or .csv"), N_("FILE") },
    { "threads", 't', 0, G_OPTION_ARG_STRING, &options->threads, ATELIER_CLI_THREADS_HELP, "T" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print one JSON object and nothing else"), NULL },
    ATELIER_CLI_PIPELINE_ENTRIES (&options->pipeline),
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "evaluate",
    .parameters = _("MODEL"),
    .summary = _("Measures a saved model on a data set: loss, accuracy, confusion matrix."),
    .examples = _("  atelier-cli evaluate bags.safetensors\n"
                  "  atelier-cli evaluate bags.safetensors --split validation --classes\n"
                  "  atelier-cli evaluate bags.safetensors --weights best\n"
                  "  atelier-cli evaluate bags.safetensors --matrix confusion.pdf\n"
                  "  atelier-cli evaluate bags.safetensors --classes classes.csv\n"
                  "  atelier-cli evaluate bags.safetensors --data drawings --no-sharpen\n"
                  "  atelier-cli evaluate bags.safetensors --raw-pixels --json"),
  };

  return atelier_cli_parse (&usage, entries, argc, argv, status);
}

/* Refuses --split for pictures, which have no splits, and pipeline options for data sets, whose
 * images are already prepared. */
static gboolean
check_data_options (const EvaluateOptions  *options,
                    GError                **error)
{
  gboolean are_pictures = atelier_cli_pictures_are_in (options->data);

  if (are_pictures && options->split_id != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("--split is for data sets; a folder of pictures has no splits"));
  else if (!are_pictures && atelier_cli_pipeline_is_set (&options->pipeline))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("How pictures are prepared can only be chosen for a folder of pictures; the "
                   "images of a data set are measured as they are"));
  else
    return atelier_cli_pipeline_check (&options->pipeline, error);
  return FALSE;
}

static gboolean
check_roles (const EvaluateOptions  *options,
             GError                **error)
{
  const AtelierCliFile files[] = {
    { .name = _("The model"), .path = options->paths[0] },
    { .name = "--matrix", .path = options->matrix, .is_written = TRUE },
    { .name = "--classes", .path = options->class_table, .is_written = TRUE },
  };

  return atelier_cli_check_roles (files, G_N_ELEMENTS (files), error);
}

static gboolean
check_options (const EvaluateOptions  *options,
               AtelierSplit           *split,
               guint                  *n_threads,
               GError                **error)
{
  AtelierExportFormat format;

  if (options->paths == NULL || g_strv_length (options->paths) != 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("One model file is needed"));
      return FALSE;
    }
  if (!atelier_cli_parse_split (options->split_id, split, error)
      || !atelier_cli_weights_check (options->weights, error)
      || !check_data_options (options, error))
    return FALSE;
  if ((options->matrix != NULL
       && !atelier_export_format_from_path (options->matrix, &format, error))
      || !check_roles (options, error))
    return FALSE;
  if (options->class_table != NULL && !has_csv_ending (options->class_table))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s”: the name of a class table ends in .csv"), options->class_table);
      return FALSE;
    }
  return atelier_cli_parse_count ("--threads", options->threads, 0, ATELIER_CLI_MAX_THREADS,
                                  n_threads, error);
}

/* ---- Words ---- */

/* The width of the column heads: whole names if there is room, else all are cut to one length. */
static guint
choose_head_width (const Result *result,
                   guint         columns)
{
  AtelierConfusion *confusion = result->all.evaluation->confusion;
  guint n_classes = atelier_confusion_get_n_classes (confusion);
  guint longest = 0, count_width = 1;

  for (guint i = 0; i < n_classes; i++)
    longest = MAX (longest, atelier_cli_text_width (result->class_names[i]));
  for (guint i = 0; i < n_classes * n_classes; i++)
    {
      g_autofree char *count
        = atelier_format_count (atelier_confusion_get_counts (confusion)[i]);

      count_width = MAX (count_width, atelier_cli_text_width (count));
    }
  for (guint width = longest; width > MIN_HEAD_WIDTH; width--)
    {
      guint needed = 2 + longest;

      for (guint i = 0; i < n_classes; i++)
        {
          guint name_width = atelier_cli_text_width (result->class_names[i]);

          needed += 2 + MAX (MIN (width, name_width), count_width);
        }
      if (needed <= columns)
        return width;
    }
  return MIN_HEAD_WIDTH;
}

static void
add_matrix_row (AtelierCliTable *table,
                const Result    *result,
                guint            truth)
{
  AtelierConfusion *confusion = result->all.evaluation->confusion;
  guint n_classes = atelier_confusion_get_n_classes (confusion);
  g_auto (GStrv) cells = g_new0 (char *, n_classes + 2);

  cells[0] = g_strdup (result->class_names[truth]);
  for (guint i = 0; i < n_classes; i++)
    cells[i + 1] = atelier_format_count (atelier_confusion_get_count (confusion, truth, i));
  atelier_cli_table_add_row_strv (table, (const char * const *) cells);
}

static void
print_matrix (const Result *result)
{
  guint n_classes = atelier_confusion_get_n_classes (result->all.evaluation->confusion);
  g_autofree char *alignment = g_strnfill (n_classes + 1, 'r');
  g_auto (GStrv) heads = g_new0 (char *, n_classes + 2);
  g_autoptr (AtelierCliTable) table = NULL;
  guint head_width;

  if (n_classes > MAX_TABLE_CLASSES)
    {
      atelier_cli_print (stdout, _("\nThe matrix has too many classes for a terminal; "
                                   "--matrix FILE.csv writes it.\n"));
      return;
    }
  alignment[0] = 'l';
  table = atelier_cli_table_new (alignment);
  head_width = choose_head_width (result, atelier_cli_get_columns (stdout, G_MAXINT));
  heads[0] = g_strdup ("");
  for (guint i = 0; i < n_classes; i++)
    heads[i + 1] = atelier_matrix_abbreviate (result->class_names[i], head_width);
  atelier_cli_table_add_row_strv (table, (const char * const *) heads);
  for (guint i = 0; i < n_classes; i++)
    add_matrix_row (table, result, i);

  atelier_cli_print (stdout, _("\nConfusion matrix: a row is what a picture shows, a column what "
                               "the network called it\n"));
  atelier_cli_table_print (table, stdout, 2);
}

static void
print_worst_pairs (const Result *result)
{
  AtelierConfusion *confusion = result->all.evaluation->confusion;
  const char * const *names = atelier_model_get_class_names (result->all.model);
  AtelierConfusedPair pairs[ATELIER_CLI_N_WORST_PAIRS];
  guint n = atelier_confusion_get_worst_pairs (confusion, pairs, ATELIER_CLI_N_WORST_PAIRS);

  if (n == 0)
    return;
  atelier_cli_print (stdout, _("\nMost confused\n"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = atelier_confusion_describe_pair (confusion, &pairs[i], names);

      atelier_cli_print (stdout, "  %s\n", words);
    }
}

static void
print_classes (const Result *result)
{
  AtelierConfusion *confusion = result->all.evaluation->confusion;
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lrrrr");
  g_autofree char *macro_f1
    = atelier_format_percent (atelier_confusion_get_macro_f1 (confusion), 2);

  atelier_cli_table_add_row (table, _("Class"), _("Precision"), _("Recall"), _("F1"), _("Images"),
                             NULL);
  for (guint i = 0; i < atelier_confusion_get_n_classes (confusion); i++)
    {
      g_autofree char *precision
        = atelier_format_percent (atelier_confusion_get_precision (confusion, i), 2);
      g_autofree char *recall
        = atelier_format_percent (atelier_confusion_get_recall (confusion, i), 2);
      g_autofree char *f1 = atelier_format_percent (atelier_confusion_get_f1 (confusion, i), 2);
      g_autofree char *n
        = atelier_format_count (atelier_confusion_get_row_total (confusion, i));

      atelier_cli_table_add_row (table, result->class_names[i], precision, recall, f1, n, NULL);
    }
  atelier_cli_print (stdout, "\n");
  atelier_cli_table_print (table, stdout, 2);
  /* Translators: %s is a percentage, the mean of the F1 of the classes */
  atelier_cli_print (stdout, _("\nMacro F1  %s\n"), macro_f1);
}

static void
print_robustness (const Result *result)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lrr");

  for (guint i = 0; i < ATELIER_N_CHANGES; i++)
    {
      const double difference = result->changed[i] - result->all.evaluation->accuracy;
      g_autofree char *accuracy = atelier_format_percent (result->changed[i], 2);
      g_autofree char *points = g_strdup_printf ("%+.2f", 100.0 * difference);

      atelier_cli_table_add_row (table, atelier_change_get_name (i), accuracy, points, NULL);
    }
  atelier_cli_print (stdout, _("\nAccuracy with changed images, and the difference in points\n"));
  atelier_cli_table_print (table, stdout, 2);
}

static void
add_robustness (JsonBuilder  *builder,
                const Result *result)
{
  json_builder_set_member_name (builder, "robustness");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ATELIER_N_CHANGES; i++)
    atelier_cli_add_json_number (builder, atelier_change_get_id (i), result->changed[i]);
  json_builder_end_object (builder);
}

/* Adds which pictures of a folder are not included in the figures. */
static void
add_left_out (JsonBuilder              *builder,
              const AtelierCliPictures *pictures)
{
  if (pictures->dataset == NULL)
    return;
  json_builder_set_member_name (builder, "unreadable");
  json_builder_add_int_value (builder, pictures->n_failed);
  json_builder_set_member_name (builder, "folders_left_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pictures->strangers->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (pictures->strangers, i));
  json_builder_end_array (builder);
}

static void
print_json (const Result *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  atelier_cli_evaluation_add_json (&result->all, builder);
  if (result->options->robustness)
    add_robustness (builder, result);
  add_left_out (builder, result->pictures);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

static void
print_words (const Result *result)
{
  atelier_cli_evaluation_print (&result->all);
  print_matrix (result);
  print_worst_pairs (result);
  if (result->options->classes)
    print_classes (result);
  if (result->options->robustness)
    print_robustness (result);
}

/* ---- The work ---- */

static gboolean
export_matrix (const Result  *result,
               GError       **error)
{
  AtelierConfusion *confusion = result->all.evaluation->confusion;
  g_autofree char *accuracy = atelier_format_percent (result->all.evaluation->accuracy, 2);
  g_autofree char *n = atelier_format_count (atelier_confusion_get_total (confusion));
  g_autofree char *title
    = g_strdup_printf (_("%s, %s images of %s"), atelier_split_get_name (result->all.split), n,
                       atelier_dataset_get_name (atelier_splits_get_dataset (result->all.splits)));
  g_autofree char *caption
    = g_strdup_printf (_("%s, accuracy %s%s"),
                       atelier_network_get_name (atelier_model_get_network (result->all.model)),
                       accuracy,
                       result->options->raw_pixels ? _(", pixels not divided by 255") : "");
  AtelierMatrix matrix = {
    .counts = atelier_confusion_get_counts (confusion),
    .n_classes = atelier_confusion_get_n_classes (confusion),
    .class_names = result->class_names,
    .mode = ATELIER_MATRIX_COUNTS,
    .title = title,
    .caption = caption,
  };

  return atelier_export_matrix (&matrix, result->options->matrix, atelier_file_write, error);
}

static const char **
translate_class_names (AtelierModel *model)
{
  const char * const *names = atelier_model_get_class_names (model);
  guint n = g_strv_length ((char **) names);
  const char **translated = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    translated[i] = atelier_class_name_translate (names[i]);
  return translated;
}

/* The class names are the file's, untranslated, as in JSON. */
static gboolean
export_classes (const Result  *result,
                GError       **error)
{
  const char * const *names = atelier_model_get_class_names (result->all.model);
  char *csv = atelier_confusion_classes_to_csv (result->all.evaluation->confusion, names);
  g_autoptr (GBytes) bytes = g_bytes_new_take (csv, strlen (csv));

  return atelier_file_write (result->options->class_table, bytes, error);
}

static int
report (const Result *result)
{
  const EvaluateOptions *options = result->options;
  g_autoptr (GError) error = NULL;

  if (options->json)
    print_json (result);
  else
    print_words (result);
  if ((options->matrix != NULL && !export_matrix (result, &error))
      || (options->class_table != NULL && !export_classes (result, &error)))
    return atelier_cli_fail (error);
  /* Not on standard output, which may be JSON. */
  if (options->matrix != NULL)
    atelier_cli_print (stderr, _("The matrix is in %s\n"), options->matrix);
  if (options->class_table != NULL)
    atelier_cli_print (stderr, _("The class table is in %s\n"), options->class_table);
  return ATELIER_CLI_OK;
}

/* Loads the data, and prints which they are.  Transfer full. */
static AtelierSplits *
load_data (const EvaluateOptions  *options,
           AtelierModel           *model,
           AtelierCliPictures     *pictures,
           GError                **error)
{
  AtelierSplits *splits;
  AtelierInput input;

  if (atelier_cli_pictures_are_in (options->data))
    {
      atelier_cli_pipeline_apply (&options->pipeline, model, &input);
      if (!atelier_cli_pictures_load (pictures, options->data, model, &input, error))
        return NULL;
      return atelier_splits_new (pictures->dataset);
    }
  splits = atelier_cli_load_splits_of (options->data, model, error);
  if (splits != NULL)
    atelier_cli_evaluation_warn (model, atelier_splits_get_dataset (splits));
  return splits;
}

static AtelierModel *
load_model (const EvaluateOptions  *options,
            GError                **error)
{
  const char *path = options->paths[0];
  g_autoptr (AtelierModel) model = NULL;

  model = atelier_cli_pictures_are_in (options->data) ? atelier_cli_load_grey_model (path, error)
                                                      : atelier_model_file_load (path, error);
  return model != NULL ? atelier_cli_weights_pick (model, options->weights, path, error) : NULL;
}

static int
evaluate_split (const EvaluateOptions *options,
                AtelierModel          *model,
                AtelierSplits         *splits,
                AtelierSplit           split,
                AtelierCliPictures    *pictures,
                guint                  n_threads)
{
  g_autofree const char **class_names = translate_class_names (model);
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { .options = options, .class_names = class_names, .pictures = pictures };

  evaluation = atelier_evaluate (model, splits, split, options->raw_pixels, n_threads, NULL,
                                 &error);
  if (evaluation == NULL
      || (options->robustness
          && !atelier_robustness_measure (model, splits, split, options->raw_pixels, n_threads,
                                          NULL, result.changed, &error)))
    return atelier_cli_fail (error);
  result.all = (AtelierCliEvaluation) {
    .model = model,
    .splits = splits,
    .evaluation = evaluation,
    .split = split,
    .raw_pixels = options->raw_pixels,
    .n_test_looks = split == ATELIER_SPLIT_TEST && pictures->dataset == NULL
                    ? atelier_cli_count_test_look (atelier_splits_get_dataset (splits), model)
                    : 0,
  };
  return report (&result);
}

static int
evaluate (const EvaluateOptions *options,
          AtelierSplit           split,
          guint                  n_threads)
{
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_auto (AtelierCliPictures) pictures = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if ((options->matrix != NULL && !atelier_cli_check_writable (options->matrix, &error))
      || (options->class_table != NULL
          && !atelier_cli_check_writable (options->class_table, &error)))
    return atelier_cli_fail (error);
  model = load_model (options, &error);
  if (model == NULL)
    return atelier_cli_fail (error);
  splits = load_data (options, model, &pictures, &error);
  if (splits == NULL)
    return atelier_cli_fail (error);
  status = evaluate_split (options, model, splits, split, &pictures, n_threads);
  return status == ATELIER_CLI_OK && pictures.n_failed > 0 ? ATELIER_CLI_FAILED : status;
}

int
atelier_cli_command_evaluate (int    argc,
                              char **argv)
{
  g_auto (EvaluateOptions) options = { 0 };
  g_autoptr (GPtrArray) marked = mark_class_table (argc, argv);
  g_autoptr (GError) error = NULL;
  AtelierSplit split = ATELIER_SPLIT_TEST;
  guint n_threads = 0;
  int status;

  if (!parse_options (&options, (int) marked->len - 1, (char **) marked->pdata, &status))
    return status;
  if (!check_options (&options, &split, &n_threads, &error))
    return atelier_cli_fail_usage ("evaluate", "%s", error->message);
  return evaluate (&options, split, n_threads);
}
