/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli classify: classifies pictures.
 *
 * Each picture goes through the input pipeline that is stored with the model, by the same function
 * that the window calls, so that both give the same scores.  In a folder, its pictures are
 * classified in the order of their names, and then those in subfolders that are named after a
 * class.  A file that cannot be read is reported and changes the exit status; the other files are
 * still classified.  For a picture that shows only one even area there is no answer: the network
 * would give one, but to an input that says nothing.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "atelier-cli-pictures.h"
#include "atelier-cli-weights.h"
#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "base/atelier-error.h"
#include "base/atelier-format.h"
#include "inference/atelier-mirror.h"
#include "picture/atelier-picture-folder.h"
#include "picture/atelier-picture.h"

#define N_BEST 3

typedef struct
{
  /* Owned */
  char    *weights;
  char   **paths; /* the model, then pictures */
  AtelierCliPipeline pipeline;

  gboolean all;
  gboolean json;
} ClassifyOptions;

static void
clear_options (ClassifyOptions *options)
{
  g_free (options->weights);
  g_strfreev (options->paths);
  atelier_cli_pipeline_clear (&options->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ClassifyOptions, clear_options)

/* What is needed to classify a picture. */
typedef struct
{
  /* Borrowed */
  const ClassifyOptions *options;
  AtelierPredictor      *predictor;

  AtelierInput           input;
} Judge;

typedef struct
{
  const char *name; /* Borrowed; untranslated */
  float       score;
  guint       i_class;
} Answer;

static gboolean
parse_options (ClassifyOptions  *options,
               int               argc,
               char            **argv,
               int              *status)
{
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &options->all,
      N_("Print the scores of all classes"), NULL },
    ATELIER_CLI_WEIGHTS_ENTRY (&options->weights),
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print one JSON object for each picture and nothing else"), NULL },
    ATELIER_CLI_PIPELINE_ENTRIES (&options->pipeline),
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "classify",
    .parameters = _("MODEL PICTURE-OR-FOLDER…"),
    .summary = _("Says what pictures show: the three best classes of each, with their scores."),
    .examples = _("  atelier-cli classify bags.safetensors photo.jpg drawing.png\n"
                  "  atelier-cli classify bags.safetensors --all photo.jpg\n"
                  "  atelier-cli classify bags.safetensors --weights newest photo.jpg\n"
                  "  atelier-cli classify bags.safetensors --invert never drawings\n"
                  "  atelier-cli classify bags.safetensors --json *.png"),
  };

  if (!atelier_cli_parse (&usage, entries, argc, argv, status))
    return FALSE;
  if (options->paths == NULL || g_strv_length (options->paths) < 2)
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("A model file and at least one picture are needed"));
  else if (atelier_cli_weights_check (options->weights, &error)
           && atelier_cli_pipeline_check (&options->pipeline, &error))
    return TRUE;
  *status = atelier_cli_fail_usage ("classify", "%s", error->message);
  return FALSE;
}

/* ---- One picture ---- */

/* Highest score first; equal scores in the order of the classes. */
static int
compare_answers (gconstpointer a,
                 gconstpointer b)
{
  const Answer *first = a;
  const Answer *second = b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return first->i_class < second->i_class ? -1 : 1;
}

static GArray *
sort_answers (const float        *scores,
              const char * const *names,
              guint               n)
{
  GArray *answers = g_array_sized_new (FALSE, FALSE, sizeof (Answer), n);

  for (guint i = 0; i < n; i++)
    {
      Answer answer = { .name = names[i], .score = scores[i], .i_class = i };

      g_array_append_val (answers, answer);
    }
  g_array_sort (answers, compare_answers);
  return answers;
}

/* Transfer full, of Answer, highest score first; empty if the picture shows nothing. */
static GArray *
classify_file (const Judge             *judge,
               const char              *path,
               AtelierMirrorJudgement  *mirror,
               GError                 **error)
{
  AtelierModel *model = atelier_predictor_get_model (judge->predictor);
  guint n_classes = atelier_network_get_n_classes (atelier_model_get_network (model));
  g_autoptr (GFile) file = atelier_cli_open_argument (path);
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, error);
  g_autoptr (AtelierInputResult) input = NULL;
  g_autofree float *scores = g_new (float, n_classes);

  if (picture == NULL)
    return NULL;
  input = atelier_input_run_picture (&judge->input, picture);
  if (input->is_empty)
    {
      atelier_cli_warn (_("Warning: %s shows nothing but one even area"), path);
      return sort_answers (NULL, NULL, 0);
    }
  if (!atelier_mirror_classify (judge->predictor, judge->input.mirror,
                                input->stages[ATELIER_STAGE_RESULT].pixels, scores, mirror, error))
    return NULL;
  return sort_answers (scores, atelier_model_get_class_names (model), n_classes);
}

/* ---- Answers ---- */

/* Appends " (mirrored)" where that was judged, and where it was not but would be surer, what it
 * would be called. */
static void
append_mirror (const Judge                  *judge,
               GString                      *line,
               const AtelierMirrorJudgement *mirror)
{
  AtelierModel *model = atelier_predictor_get_model (judge->predictor);
  g_autofree char *score = NULL;

  if (mirror->was_mirrored)
    g_string_append (line, _(" (mirrored)"));
  if (!mirror->is_hint)
    return;
  score = atelier_format_percent (mirror->hint_score, 2);
  /* Translators: what the mirror image of the picture would be called, and its score. */
  g_string_append_printf (line, _(" (mirrored: %s %s)"),
                          atelier_class_name_translate (
                            atelier_model_get_class_names (model)[mirror->hint_class]),
                          score);
}

static void
print_line (const Judge                  *judge,
            const char                   *path,
            GArray                       *answers,
            const AtelierMirrorJudgement *mirror)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *name = g_filename_display_name (path);

  if (answers->len == 0)
    g_string_append (line, _("nothing to classify"));
  for (guint i = 0; i < MIN (answers->len, N_BEST); i++)
    {
      const Answer *answer = &g_array_index (answers, Answer, i);
      g_autofree char *score = atelier_format_percent (answer->score, 2);

      g_string_append_printf (line, "%s%s %s", i == 0 ? "" : ", ",
                              atelier_class_name_translate (answer->name), score);
    }
  append_mirror (judge, line, mirror);
  atelier_cli_print (stdout, "%s: %s\n", name, line->str);
}

static void
print_table (const char *path,
             GArray     *answers)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lr");
  g_autofree char *name = g_filename_display_name (path);

  for (guint i = 0; i < answers->len; i++)
    {
      const Answer *answer = &g_array_index (answers, Answer, i);
      g_autofree char *score = atelier_format_percent (answer->score, 2);

      atelier_cli_table_add_row (table, atelier_class_name_translate (answer->name), score, NULL);
    }
  atelier_cli_print (stdout, "%s:\n", name);
  atelier_cli_table_print (table, stdout, 2);
}

static void
add_scores (JsonBuilder *builder,
            GArray      *answers,
            guint        n)
{
  json_builder_set_member_name (builder, "scores");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (answers->len, n); i++)
    {
      const Answer *answer = &g_array_index (answers, Answer, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "class");
      json_builder_add_string_value (builder, answer->name);
      atelier_cli_add_json_number (builder, "score", answer->score);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_mirror (const Judge                  *judge,
            JsonBuilder                  *builder,
            const AtelierMirrorJudgement *mirror)
{
  AtelierModel *model = atelier_predictor_get_model (judge->predictor);

  json_builder_set_member_name (builder, "mirrored");
  json_builder_add_boolean_value (
    builder, mirror->was_mirrored || judge->input.mirror == ATELIER_MIRROR_ALWAYS);
  if (!mirror->is_hint)
    return;
  json_builder_set_member_name (builder, "mirror_image");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "class");
  json_builder_add_string_value (builder,
                                 atelier_model_get_class_names (model)[mirror->hint_class]);
  atelier_cli_add_json_number (builder, "score", mirror->hint_score);
  json_builder_end_object (builder);
}

/* If @answers is NULL, prints the text of @error instead.  @truth: nullable. */
static void
print_json (const Judge                  *judge,
            const char                   *path,
            const char                   *truth,
            GArray                       *answers,
            const AtelierMirrorJudgement *mirror,
            const GError                 *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (path);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, name);
  if (truth != NULL)
    {
      json_builder_set_member_name (builder, "truth");
      json_builder_add_string_value (builder, truth);
    }
  if (answers != NULL)
    {
      json_builder_set_member_name (builder, "empty");
      json_builder_add_boolean_value (builder, answers->len == 0);
    }
  if (answers != NULL && answers->len > 0)
    {
      json_builder_set_member_name (builder, "class");
      json_builder_add_string_value (builder, g_array_index (answers, Answer, 0).name);
      add_scores (builder, answers, judge->options->all ? answers->len : N_BEST);
      add_mirror (judge, builder, mirror);
    }
  else if (answers == NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_add_string_value (builder, error->message);
    }
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

static int
classify_and_print (const Judge *judge,
                    const char  *path,
                    const char  *truth)
{
  g_autoptr (GError) error = NULL;
  AtelierMirrorJudgement mirror = { FALSE };
  g_autoptr (GArray) answers = classify_file (judge, path, &mirror, &error);

  if (judge->options->json)
    print_json (judge, path, truth, answers, &mirror, error);
  if (answers == NULL)
    {
      atelier_cli_say_unreadable (path, error);
      return ATELIER_CLI_FAILED;
    }
  if (!judge->options->json && judge->options->all && answers->len > 0)
    print_table (path, answers);
  else if (!judge->options->json)
    print_line (judge, path, answers, &mirror);
  return answers->len > 0 ? ATELIER_CLI_OK : ATELIER_CLI_NOTHING;
}

/* The status of two pictures: a failure goes before one that shows nothing. */
static int
join_statuses (int a,
               int b)
{
  if (a == ATELIER_CLI_FAILED || b == ATELIER_CLI_FAILED)
    return ATELIER_CLI_FAILED;
  return a != ATELIER_CLI_OK ? a : b;
}

/* The folders that are named after no class are not searched. */
static void
say_left_out (const AtelierPictureFolder *folder,
              const char                 *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  for (guint i = 0; i < folder->left_out->len; i++)
    atelier_cli_warn (_("Warning: the model has no class with the name of the folder “%s”; the "
                        "pictures in it are left out. To classify them, give “%s/%s”"),
                      (const char *) g_ptr_array_index (folder->left_out, i), shown,
                      (const char *) g_ptr_array_index (folder->left_out, i));
}

static int
classify_folder (const Judge *judge,
                 const char  *path)
{
  const char * const *class_names
    = atelier_model_get_class_names (atelier_predictor_get_model (judge->predictor));
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPictureFolder) folder
    = atelier_picture_folder_list (path, class_names, &error);
  int status = ATELIER_CLI_OK;

  if (folder != NULL)
    say_left_out (folder, path);
  if (folder != NULL && folder->entries->len == 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (&error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   folder->left_out->len > 0
                     ? _("There are no pictures directly in “%s” or in folders of classes")
                     : _("There are no pictures in “%s”"),
                   shown);
    }
  if (error != NULL)
    return atelier_cli_fail (error);
  for (guint i = 0; i < folder->entries->len; i++)
    {
      const AtelierPictureEntry *entry = g_ptr_array_index (folder->entries, i);
      const char *truth = entry->i_class < 0 ? NULL : class_names[entry->i_class];

      status = join_statuses (status, classify_and_print (judge, entry->path, truth));
    }
  return status;
}

static AtelierPredictor *
load_predictor (const ClassifyOptions  *options,
                GError                **error)
{
  const char *path = options->paths[0];
  g_autoptr (AtelierModel) loaded = atelier_cli_load_grey_model (path, error);
  g_autoptr (AtelierModel) model = NULL;

  if (loaded != NULL)
    model = atelier_cli_weights_pick (loaded, options->weights, path, error);
  return model != NULL ? atelier_predictor_new (model, error) : NULL;
}

int
atelier_cli_command_classify (int    argc,
                              char **argv)
{
  g_auto (ClassifyOptions) options = { 0 };
  g_autoptr (AtelierPredictor) predictor = NULL;
  g_autoptr (GError) error = NULL;
  Judge judge = { .options = &options };
  int status = ATELIER_CLI_OK;

  if (!parse_options (&options, argc, argv, &status))
    return status;
  predictor = load_predictor (&options, &error);
  if (predictor == NULL)
    return atelier_cli_fail (error);
  judge.predictor = predictor;
  atelier_cli_pipeline_apply (&options.pipeline, atelier_predictor_get_model (predictor),
                              &judge.input);
  for (guint i = 1; options.paths[i] != NULL; i++)
    {
      const char *path = options.paths[i];
      int this_status = g_file_test (path, G_FILE_TEST_IS_DIR)
                          ? classify_folder (&judge, path)
                          : classify_and_print (&judge, path, NULL);

      status = join_statuses (status, this_status);
    }
  return status;
}
