/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli - the core without a screen: what the commands share.
 *
 * A command is one file, command-<name>.c, with one public function that takes its arguments
 * and returns the exit status.  It parses its options with atelier_cli_parse, so that --help,
 * wrong usage and exit statuses are the same everywhere.  Standard output carries results only;
 * everything that is about the work (which data set, how far, what went wrong) goes to standard
 * error, so that a pipe gets figures and nothing else.  Main thread only.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "data/atelier-dataset.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

/* Exit statuses; --help of each command and the manual page list them. */
typedef enum
{
  ATELIER_CLI_OK = 0,
  ATELIER_CLI_FAILED = 1,
  ATELIER_CLI_WRONG_USAGE = 2,
  ATELIER_CLI_INTERRUPTED = 130,
} AtelierCliStatus;

#define ATELIER_CLI_MAX_THREADS 64

/* Options that several commands have. */
#define ATELIER_CLI_DATA_HELP \
  N_("auto (default: the first that “atelier-cli data” lists), synthetic, or a folder with IDX " \
     "files")
#define ATELIER_CLI_THREADS_HELP N_("Threads; 0 (default): as many as cores")

/* What --help of a command says beside its options; all translated. */
typedef struct
{
  const char *name;       /* "train" */
  const char *parameters; /* "MODEL IMAGE…"; nullable */
  const char *summary;    /* above the options */
  const char *examples;   /* below the options, one a line */
} AtelierCliUsage;

/* Parses argv[1...] (argv[0] is the command's name) into @entries.  FALSE when the command is
 * over, because help was asked for or the usage was wrong; then @status is what to exit with. */
gboolean atelier_cli_parse (const AtelierCliUsage *usage,
                            const GOptionEntry    *entries,
                            int                    argc,
                            char                 **argv,
                            int                   *status);

/* The values of numeric options.  A NULL @text leaves @value as it is.
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

/* Text for people, in UTF-8 whatever the locale.  Control characters other than line ends,
 * which could come from a hostile file's names, are shown as U+FFFD. */
void atelier_cli_print (FILE       *stream,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);
/* One line on standard error: "atelier-cli: text". */
void atelier_cli_warn  (const char *format,
                        ...) G_GNUC_PRINTF (1, 2);
/* Says what failed and returns ATELIER_CLI_FAILED. */
int  atelier_cli_fail  (const GError *error);
/* Says what was wrong and where the help is, and returns ATELIER_CLI_WRONG_USAGE. */
int  atelier_cli_fail_usage (const char *command,
                             const char *format,
                             ...) G_GNUC_PRINTF (2, 3);
/* Flushes standard output; turns a full disk into ATELIER_CLI_FAILED, which would otherwise go
 * unseen. */
int  atelier_cli_end   (int status);

/* Writes @builder's root as one line on standard output, independent of the locale. */
void atelier_cli_print_json      (JsonBuilder *builder);
/* null where @value is not finite, which JSON cannot say. */
void atelier_cli_add_json_number (JsonBuilder *builder,
                                  const char  *name, /* nullable inside an array */
                                  double       value);

/* Loads a data set and says on standard error which one it is.  @spec: as of
 * atelier_dataset_finder_load; NULL: "auto". */
AtelierDataset *atelier_cli_load_dataset (const char *spec,
                                          GError    **error);

/* The network of --preset or --network; without either, the preset report-2.  Both together,
 * and a preset that does not exist, are G_OPTION_ERROR_BAD_VALUE. */
AtelierNetwork *atelier_cli_load_network (const char *preset,
                                          const char *path,
                                          GError    **error);

/* The table of layers, shapes and parameters; multiply-adds where @with_work. */
void atelier_cli_print_network (FILE           *stream,
                                AtelierNetwork *network,
                                gboolean        with_work);

/* Which instruction set the engine uses, and how many threads. */
void atelier_cli_say_engine (guint n_threads);

/* Fails when a file named @path could not be created now: better before an hour of training
 * than after it. */
gboolean atelier_cli_check_writable (const char *path,
                                     GError    **error);

/* Fails where @path does not end as a report has to.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_check_report_name (const char *path,
                                        GError    **error);
/* Where the report is, and how many pages it has. */
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

G_END_DECLS
