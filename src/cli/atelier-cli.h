/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli - the core without a screen: what the commands share.
 *
 * A command is one file, command-<name>.c, with one public function that takes its arguments and
 * returns the exit status.  It parses its options with atelier_cli_parse, so that --help, usage
 * errors and exit statuses are the same everywhere.  Standard output carries results only.
 * Everything about the work (which data set, progress, errors) goes to standard error, so that a
 * pipe only receives results.  Main thread only.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "data/atelier-splits.h"
#include "model/atelier-model.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

/* Exit statuses; --help of each command and the manual page list them. */
typedef enum
{
  ATELIER_CLI_OK = 0,
  ATELIER_CLI_FAILED = 1,
  ATELIER_CLI_WRONG_USAGE = 2,
  ATELIER_CLI_NOTHING = 3, /* classify: a picture shows nothing that could be classified */
  ATELIER_CLI_INTERRUPTED = 130,
} AtelierCliStatus;

#define ATELIER_CLI_MAX_THREADS 64

/* Options that several commands have. */
#define ATELIER_CLI_DATA_HELP \
  N_("auto (default: the first that “atelier-cli data” lists), synthetic, or a folder with IDX " \
     "files")
#define ATELIER_CLI_THREADS_HELP N_("Threads; 0 (default): as many as cores")

/* What --help of a command prints besides its options; all translated. */
typedef struct
{
  const char *name;       /* "train" */
  const char *parameters; /* "MODEL IMAGE…"; nullable */
  const char *summary;    /* printed above the options */
  const char *examples;   /* printed below the options, one a line */
} AtelierCliUsage;

/* Parses argv[1...] (argv[0] is the command's name) into @entries.  Returns FALSE if the command
 * ends here, because help was asked for or the usage was wrong; @status is then the exit status. */
gboolean atelier_cli_parse (const AtelierCliUsage *usage,
                            const GOptionEntry    *entries,
                            int                    argc,
                            char                 **argv,
                            int                   *status);

/* Parse the values of numeric options.  A NULL @text leaves @value unchanged.
 * G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_parse_count  (const char *option,
                                   const char *text,
                                   guint       min,
                                   guint       max,
                                   guint      *value,
                                   GError    **error);
gboolean atelier_cli_parse_seed   (const char *option,
                                   const char *text,
                                   guint64    *value,
                                   GError    **error);
gboolean atelier_cli_parse_number (const char *option,
                                   const char *text,
                                   double     *value,
                                   GError    **error);

/* Prints text for people, in UTF-8 whatever the locale.  Lines end where @format says so; line ends
 * and other control characters in the arguments, which may be names from elsewhere, become
 * U+FFFD. */
void atelier_cli_print (FILE       *stream,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);
/* Prints one line on standard error: "atelier-cli: text". */
void atelier_cli_warn  (const char *format,
                        ...) G_GNUC_PRINTF (1, 2);
/* Prints what failed, and returns ATELIER_CLI_FAILED. */
int  atelier_cli_fail  (const GError *error);
/* Prints what was wrong and how to get help, and returns ATELIER_CLI_WRONG_USAGE. */
int  atelier_cli_fail_usage (const char *command,
                             const char *format,
                             ...) G_GNUC_PRINTF (2, 3);
/* Flushes standard output.  Returns ATELIER_CLI_FAILED if that fails, so that a full disk is not
 * missed. */
int  atelier_cli_end   (int status);

/* Writes @builder's root as one line on standard output, independent of the locale. */
void atelier_cli_print_json      (JsonBuilder *builder);
/* Adds null if @value is not finite, since JSON has no such numbers. */
void atelier_cli_add_json_number (JsonBuilder *builder,
                                  const char  *name, /* nullable inside an array */
                                  double       value);
void atelier_cli_add_json_count  (JsonBuilder *builder,
                                  const char  *name,
                                  guint64      value); /* at most G_MAXINT64 */
void atelier_cli_add_json_string (JsonBuilder *builder,
                                  const char  *name,
                                  const char  *value);
void atelier_cli_add_json_flag   (JsonBuilder *builder,
                                  const char  *name,
                                  gboolean     value);

/* Loads a data set and prints on standard error which one it is.  @spec: see
 * atelier_dataset_finder_load; NULL: "auto".  It is divided as the recipe says; NULL: as its source
 * advises.  For a model, the recipe is the model's where the data are those that it was trained
 * on. */
AtelierSplits  *atelier_cli_load_splits    (const char    *spec,
                                            AtelierRecipe *recipe,
                                            GError       **error);
AtelierSplits  *atelier_cli_load_splits_of (const char    *spec,
                                            AtelierModel  *model,
                                            GError       **error);

/* Warns of classes that are missing from the training or the validation images, which no network
 * learns or which no figure tells of. */
void            atelier_cli_warn_of_missing_classes (AtelierSplits *splits);

/* The network of --preset or --network; without either, the preset report-2.
 * G_OPTION_ERROR_BAD_VALUE if both are given or the preset does not exist. */
AtelierNetwork *atelier_cli_load_network (const char *preset,
                                          const char *path,
                                          GError    **error);

/* The preset, of which atelier_cli_load_network has found that it exists, for the shape and the
 * number of classes of @dataset.  Transfer full. */
AtelierNetwork *atelier_cli_fit_preset   (const char     *preset,
                                          AtelierDataset *dataset,
                                          GError        **error);

/* Prints the table of layers, shapes and parameters; with multiply-adds if @with_work. */
void atelier_cli_print_network (FILE           *stream,
                                AtelierNetwork *network,
                                gboolean        with_work);

/* Prints the engine's instruction set and number of threads. */
void atelier_cli_say_engine (guint n_threads);

/* Fails if @path does not end in .pdf.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_check_report_name (const char *path,
                                        GError    **error);
/* Prints where the report is and how many pages it has. */
void     atelier_cli_say_report        (FILE       *stream,
                                        const char *path,
                                        guint       n_pages);

/* The commands. */
int atelier_cli_command_train     (int argc, char **argv);
int atelier_cli_command_evaluate  (int argc, char **argv);
int atelier_cli_command_classify  (int argc, char **argv);
int atelier_cli_command_report    (int argc, char **argv);
int atelier_cli_command_reproduce (int argc, char **argv);
int atelier_cli_command_data      (int argc, char **argv);
int atelier_cli_command_network   (int argc, char **argv);
int atelier_cli_command_presets   (int argc, char **argv);
int atelier_cli_command_runs      (int argc, char **argv);

G_END_DECLS
