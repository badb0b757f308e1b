/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns a folder of labelled pictures into a data set, so that it can be evaluated like any other.
 *
 * Each picture is processed as in “classify” and in the window.  Only one is decoded at a time, so
 * that only one is in memory at full size.  A data set must have training images, so every picture
 * is in both the training and the test split; only the test split is evaluated.  Drawings in IDX
 * files were saved as the network saw them, so they are evaluated without further processing.
 */

#include "config.h"

#include "atelier-cli-pictures.h"

#include <glib/gi18n.h>
#include <string.h>

#include "atelier-cli.h"
#include "base/atelier-error.h"
#include "data/atelier-idx-folder.h"
#include "inference/atelier-mirror.h"
#include "model/atelier-model-file.h"
#include "picture/atelier-drawings.h"
#include "picture/atelier-picture-folder.h"

/* invert_names: in the order of AtelierInvert. */
static const char *const invert_names[] = { "auto", "never", "always", NULL };
/* In the order of AtelierMirror. */
static const char *const mirror_names[] = { "never", "surer", "always", NULL };
static const char *const preset_names[] = { "fashion", "mnist", NULL };

/* ---- Options ---- */

void
atelier_cli_pipeline_clear (AtelierCliPipeline *pipeline)
{
  g_free (pipeline->invert);
  g_free (pipeline->mirror);
  g_free (pipeline->preset);
}

gboolean
atelier_cli_pipeline_is_set (const AtelierCliPipeline *pipeline)
{
  return pipeline->invert != NULL || pipeline->mirror != NULL || pipeline->preset != NULL
         || pipeline->no_ground || pipeline->no_levels || pipeline->no_trim || pipeline->no_scale
         || pipeline->no_sharpen || pipeline->no_center;
}

static gboolean
check_choice (const char          *option,
              const char          *value,
              const char *const   *choices,
              GError             **error)
{
  g_autofree char *known = NULL;

  if (value == NULL || g_strv_contains (choices, value))
    return TRUE;
  known = g_strjoinv (", ", (char **) choices);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option's name, the given value, the possible values */
               _("%s: “%s” is none of: %s"), option, value, known);
  return FALSE;
}

gboolean
atelier_cli_pipeline_check (const AtelierCliPipeline  *pipeline,
                            GError                   **error)
{
  return check_choice ("--invert", pipeline->invert, invert_names, error)
         && check_choice ("--mirror", pipeline->mirror, mirror_names, error)
         && check_choice ("--preset", pipeline->preset, preset_names, error);
}

void
atelier_cli_pipeline_apply (const AtelierCliPipeline *pipeline,
                            AtelierModel             *model,
                            AtelierInput             *input)
{
  *input = *atelier_model_get_input (model);
  if (g_strcmp0 (pipeline->preset, "fashion") == 0)
    atelier_input_init_fashion (input, input->height, input->width);
  else if (g_strcmp0 (pipeline->preset, "mnist") == 0)
    atelier_input_init_mnist (input, input->height, input->width);
  for (guint i = 0; pipeline->invert != NULL && invert_names[i] != NULL; i++)
    if (g_str_equal (pipeline->invert, invert_names[i]))
      input->invert = (AtelierInvert) i;
  for (guint i = 0; pipeline->mirror != NULL && mirror_names[i] != NULL; i++)
    if (g_str_equal (pipeline->mirror, mirror_names[i]))
      input->mirror = (AtelierMirror) i;
  input->ground &= !pipeline->no_ground;
  input->levels &= !pipeline->no_levels;
  input->trim &= !pipeline->no_trim;
  input->scale &= !pipeline->no_scale;
  input->sharpen &= !pipeline->no_sharpen;
  input->center &= !pipeline->no_center;
}

AtelierModel *
atelier_cli_load_grey_model (const char  *path,
                             GError     **error)
{
  g_autoptr (AtelierModel) model = atelier_model_file_load (path, error);
  guint height, width, channels;

  if (model == NULL)
    return NULL;
  atelier_network_get_input (atelier_model_get_network (model), &height, &width, &channels);
  if (channels == 1)
    return g_steal_pointer (&model);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
               _("“%s” takes pictures with %u channels; only grey ones can be made"), path,
               channels);
  return NULL;
}

/* ---- Folders ---- */

GFile *
atelier_cli_open_argument (const char *argument)
{
  const gboolean is_uri = strstr (argument, "://") != NULL;

  if (is_uri && !g_file_test (argument, G_FILE_TEST_EXISTS)
      && !g_file_test (argument, G_FILE_TEST_IS_SYMLINK))
    return g_file_new_for_commandline_arg (argument);
  return g_file_new_for_path (argument);
}

void
atelier_cli_say_unreadable (const char   *path,
                            const GError *error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (strchr (path, G_DIR_SEPARATOR) == NULL)
    atelier_cli_warn ("%s", error->message);
  else
    atelier_cli_warn ("%s: %s", shown, error->message);
}

void
atelier_cli_pictures_clear (AtelierCliPictures *pictures)
{
  g_clear_pointer (&pictures->dataset, atelier_dataset_unref);
  g_clear_pointer (&pictures->strangers, g_ptr_array_unref);
}

gboolean
atelier_cli_pictures_are_in (const char *path)
{
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR)
         && !atelier_idx_folder_looks_right (path);
}

static void
say_strangers (const AtelierPictureFolder *folder)
{
  for (guint i = 0; i < folder->strangers->len; i++)
    atelier_cli_warn (_("Warning: the model has no class with the name of the folder “%s”; "
                        "it is left out"),
                      (const char *) g_ptr_array_index (folder->strangers, i));
}

static gboolean
check_classes (const AtelierPictureFolder  *folder,
               const char                  *path,
               AtelierModel                *model,
               GError                     **error)
{
  g_autofree char *shown = NULL;
  g_autofree char *known = NULL;

  if (folder->n_class_folders > 0)
    return TRUE;
  shown = g_filename_display_name (path);
  if (folder->nested != NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   /* Translators: a folder, a folder in it, and both as a path */
                   _("“%s” has no folders with the names of the model’s classes, but “%s” in it "
                     "has: try “%s/%s”"),
                   shown, folder->nested, shown, folder->nested);
      return FALSE;
    }
  known = g_strjoinv (", ", (char **) atelier_model_get_class_names (model));
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               /* Translators: a folder, the model's classes */
               _("“%s” has neither IDX files nor folders with the names of the model’s classes: "
                 "%s"),
               shown, known);
  return FALSE;
}

/* The pictures that lie beside the class folders have no class to be compared with. */
static void
say_without_class (const AtelierPictureFolder *folder)
{
  guint n = 0;

  for (guint i = 0; i < folder->entries->len; i++)
    n += ((AtelierPictureEntry *) g_ptr_array_index (folder->entries, i))->i_class < 0;
  if (n > 0)
    atelier_cli_warn (ngettext ("Warning: %u picture lies in no class folder; it is left out",
                                "Warning: %u pictures lie in no class folder; they are left out",
                                n),
                      n);
}

/* Whether the network is surer of the mirror image.  @scores: room for those of all classes. */
static gboolean
is_mirror_surer (AtelierPredictor         *predictor,
                 const AtelierInputResult *result,
                 float                    *scores)
{
  AtelierMirrorJudgement judgement;

  return atelier_mirror_classify (predictor, ATELIER_MIRROR_SURER,
                                  result->stages[ATELIER_STAGE_RESULT].pixels, scores, &judgement,
                                  NULL)
         && judgement.was_mirrored;
}

/* Appends what the network sees of a picture. */
static gboolean
append_picture (GByteArray          *images,
                const char          *path,
                const AtelierInput  *input,
                AtelierPredictor    *predictor,
                float               *scores,
                GError             **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, error);
  g_autoptr (AtelierInputResult) result = NULL;

  if (picture == NULL)
    return FALSE;
  result = atelier_input_run_picture (input, picture);
  if (result->is_empty)
    atelier_cli_warn (_("Warning: %s shows nothing but one even area"), path);
  else if (input->mirror == ATELIER_MIRROR_SURER && is_mirror_surer (predictor, result, scores))
    atelier_input_result_mirror (result);
  g_byte_array_append (images, result->stages[ATELIER_STAGE_RESULT].pixels,
                       input->width * input->height);
  return TRUE;
}

static void
read_pictures (AtelierCliPictures         *pictures,
               const AtelierPictureFolder *folder,
               AtelierPredictor           *predictor,
               const AtelierInput         *input,
               GByteArray                 *images,
               GByteArray                 *labels)
{
  AtelierNetwork *network =
    atelier_model_get_network (atelier_predictor_get_model (predictor));
  g_autofree float *scores = g_new (float, atelier_network_get_n_classes (network));

  for (guint i = 0; i < folder->entries->len; i++)
    {
      const AtelierPictureEntry *entry = g_ptr_array_index (folder->entries, i);
      g_autoptr (GError) error = NULL;
      guint8 label = (guint8) entry->i_class;

      if (entry->i_class < 0)
        continue;
      if (append_picture (images, entry->path, input, predictor, scores, &error))
        {
          g_byte_array_append (labels, &label, 1);
        }
      else
        {
          atelier_cli_say_unreadable (entry->path, error);
          pictures->n_failed++;
        }
    }
}

static AtelierDataset *
make_dataset (const char    *path,
              AtelierModel  *model,
              guint          width,
              guint          height,
              GBytes        *images,
              GBytes        *labels,
              GError       **error)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_path_get_basename (canonical);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *source = g_filename_display_name (canonical);
  const AtelierDatasetParts parts = {
    .id = "pictures",
    .name = name,
    .source = source,
    .height = height,
    .width = width,
    .channels = 1,
    .class_names = atelier_model_get_class_names (model),
    .train_images = images,
    .train_labels = labels,
    .test_images = images,
    .test_labels = labels,
  };

  return atelier_dataset_new (&parts, error);
}

/* Loads drawings that were saved as IDX files. */
static gboolean
load_idx (AtelierCliPictures  *pictures,
          const char          *path,
          AtelierModel        *model,
          GError             **error)
{
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) labels = NULL;
  guint width, height;

  if (!atelier_drawings_load_idx (path, &images, &labels, &width, &height, error))
    return FALSE;
  pictures->strangers = g_ptr_array_new_with_free_func (g_free);
  pictures->dataset = make_dataset (path, model, width, height, images, labels, error);
  return pictures->dataset != NULL;
}

static gboolean
load_folder (AtelierCliPictures          *pictures,
             const AtelierPictureFolder  *folder,
             const char                  *path,
             AtelierModel                *model,
             const AtelierInput          *input,
             GError                     **error)
{
  g_autoptr (GByteArray) images = g_byte_array_new ();
  g_autoptr (GByteArray) labels = g_byte_array_new ();
  g_autoptr (GBytes) image_bytes = NULL;
  g_autoptr (GBytes) label_bytes = NULL;
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (model, error);

  if (predictor == NULL)
    return FALSE;
  say_strangers (folder);
  say_without_class (folder);
  read_pictures (pictures, folder, predictor, input, images, labels);
  if (labels->len == 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   _("No picture could be read from the class folders of “%s”"), shown);
      return FALSE;
    }
  image_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&images));
  label_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&labels));
  pictures->strangers = g_ptr_array_ref (folder->strangers);
  pictures->dataset = make_dataset (path, model, input->width, input->height, image_bytes,
                                    label_bytes, error);
  return pictures->dataset != NULL;
}

gboolean
atelier_cli_pictures_load (AtelierCliPictures  *pictures,
                           const char          *path,
                           AtelierModel        *model,
                           const AtelierInput  *input,
                           GError             **error)
{
  g_autofree char *idx_path = g_build_filename (path, ATELIER_DRAWINGS_IMAGES_NAME, NULL);
  g_autoptr (AtelierPictureFolder) folder =
    atelier_picture_folder_list (path, atelier_model_get_class_names (model), error);

  if (folder == NULL)
    return FALSE;
  if (folder->n_class_folders == 0 && g_file_test (idx_path, G_FILE_TEST_EXISTS))
    return load_idx (pictures, path, model, error);
  if (!check_classes (folder, path, model, error))
    return FALSE;
  return load_folder (pictures, folder, path, model, input, error);
}
