/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures as people have them, for the commands that judge them: the options that overrule a
 * model's input pipeline, and folders of pictures.  Main thread. */

#pragma once

#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

/* What was asked for instead of what the model's file says. */
typedef struct
{
  /* Owned */
  char    *invert;
  char    *preset;

  gboolean no_levels;
  gboolean no_trim;
  gboolean no_scale;
  gboolean no_sharpen;
  gboolean no_center;
} AtelierCliPipeline;

#define ATELIER_CLI_PIPELINE_ENTRIES(pipeline)                                                     \
  { "invert", 0, 0, G_OPTION_ARG_STRING, &(pipeline)->invert,                                      \
    N_("auto, never or always; auto judges by the border"), N_("WHEN") },                          \
  { "preset", 0, 0, G_OPTION_ARG_STRING, &(pipeline)->preset,                                      \
    N_("Prepare pictures as for fashion or mnist, not as the model’s file says"), N_("NAME") },    \
  { "no-levels", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_levels,                                  \
    N_("Leave the paper of photographs as it is"), NULL },                                         \
  { "no-trim", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_trim,                                      \
    N_("Keep the empty border"), NULL },                                                           \
  { "no-scale", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_scale,                                    \
    N_("Scale only what is too large"), NULL },                                                    \
  { "no-sharpen", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_sharpen,                                \
    N_("Do not sharpen what was made smaller"), NULL },                                            \
  { "no-center", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_center,                                  \
    N_("Do not centre"), NULL }

void     atelier_cli_pipeline_clear   (AtelierCliPipeline        *pipeline);
/* Whether anything was asked for. */
gboolean atelier_cli_pipeline_is_set  (const AtelierCliPipeline  *pipeline);
/* Before a model is read: whether the options' values are known ones.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_pipeline_check   (const AtelierCliPipeline  *pipeline,
                                       GError                   **error);
/* The model's pipeline, as far as nothing else was asked for; @pipeline was checked. */
void     atelier_cli_pipeline_apply   (const AtelierCliPipeline  *pipeline,
                                       AtelierModel              *model,
                                       AtelierInput              *input);

/* A model that pictures can be made for: UNSUPPORTED where it does not take grey ones. */
AtelierModel *atelier_cli_load_grey_model (const char  *path,
                                           GError     **error);

/* Says on standard error what is wrong with a picture; with its path where the message, which names
 * the file only, would leave open which one it is. */
void          atelier_cli_say_unreadable  (const char   *path,
                                           const GError *error);

/* What a folder of labelled pictures gave. */
typedef struct
{
  /* Owned */
  AtelierDataset *dataset;   /* all of them are its test split */
  GPtrArray      *strangers; /* of char *: folders that no class is called */

  guint           n_failed;  /* pictures that could not be read */
} AtelierCliPictures;

void atelier_cli_pictures_clear (AtelierCliPictures *pictures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierCliPictures, atelier_cli_pictures_clear)

/* Whether @path is a folder for atelier_cli_pictures_load rather than a data set in IDX files. */
gboolean atelier_cli_pictures_are_in  (const char          *path);
/* Reads the pictures of a folder with class folders, or else drawings that were saved as IDX, and
 * says on standard error what was left out.  Fails where not one can be read. */
gboolean atelier_cli_pictures_load    (AtelierCliPictures  *pictures,
                                       const char          *path,
                                       AtelierModel        *model,
                                       const AtelierInput  *input,
                                       GError             **error);

G_END_DECLS
