/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures for the commands that classify them: the options that override a model's input pipeline,
 * and folders of pictures.  Main thread. */

#pragma once

#include "model/atelier-model.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

/* The options that override the pipeline in the model's file. */
typedef struct
{
  /* Owned */
  char    *invert;
  char    *mirror;
  char    *preset;

  gboolean no_ground;
  gboolean no_levels;
  gboolean no_trim;
  gboolean no_scale;
  gboolean no_sharpen;
  gboolean no_center;
} AtelierCliPipeline;

#define ATELIER_CLI_PIPELINE_ENTRIES(pipeline)                                                     \
  { "invert", 0, 0, G_OPTION_ARG_STRING, &(pipeline)->invert,                                      \
    N_("auto, never or always; auto compares garment and ground"), N_("WHEN") },                  \
  { "mirror", 0, 0, G_OPTION_ARG_STRING, &(pipeline)->mirror,                                      \
    N_("never, surer or always; surer takes what the network is surer of"), N_("WHEN") },          \
  { "preset", 0, 0, G_OPTION_ARG_STRING, &(pipeline)->preset,                                      \
    N_("Prepare pictures as for fashion or mnist, not as the model’s file says"), N_("NAME") },    \
  { "no-ground", 0, 0, G_OPTION_ARG_NONE, &(pipeline)->no_ground,                                  \
    N_("Do not look for what the garment lies on"), NULL },                                        \
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
/* Whether any of the options was given. */
gboolean atelier_cli_pipeline_is_set  (const AtelierCliPipeline  *pipeline);
/* Checks the options' values before a model is read.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_pipeline_check   (const AtelierCliPipeline  *pipeline,
                                       GError                   **error);
/* The model's pipeline, changed by the options that were given; check @pipeline first. */
void     atelier_cli_pipeline_apply   (const AtelierCliPipeline  *pipeline,
                                       AtelierModel              *model,
                                       AtelierInput              *input);

/* Loads a model that takes grey pictures; UNSUPPORTED for any other. */
AtelierModel *atelier_cli_load_grey_model (const char  *path,
                                           GError     **error);

/* The file of that name, or, if there is none, of that URI ("file:///photo.png").  A name may hold
 * colons: "10:30.png" is a file, and so is "IMG:left.png".  Transfer full. */
GFile        *atelier_cli_open_argument   (const char   *argument);

/* Prints on standard error what is wrong with a picture.  The message names the file only; the path
 * is added if that is not clear enough. */
void          atelier_cli_say_unreadable  (const char   *path,
                                           const GError *error);

/* The contents of a folder of labelled pictures. */
typedef struct
{
  /* Owned */
  AtelierDataset *dataset;   /* all pictures are in its test split */
  GPtrArray      *strangers; /* of char *: folders that match no class */

  guint           n_failed;  /* the number of pictures that could not be read */
} AtelierCliPictures;

void atelier_cli_pictures_clear (AtelierCliPictures *pictures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierCliPictures, atelier_cli_pictures_clear)

/* Whether @path is a folder for atelier_cli_pictures_load, and not a data set in IDX files. */
gboolean atelier_cli_pictures_are_in  (const char          *path);
/* Reads the pictures in class folders, or else drawings saved as IDX files, and reports on standard
 * error what was left out.  Fails if no picture could be read. */
gboolean atelier_cli_pictures_load    (AtelierCliPictures  *pictures,
                                       const char          *path,
                                       AtelierModel        *model,
                                       const AtelierInput  *input,
                                       GError             **error);

G_END_DECLS
