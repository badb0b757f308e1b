/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Running the built program, with a small data set, a small network and a folder to write to.
 *
 * The data set is an MNIST-like folder of 8x8 images in three classes that a small network can tell
 * apart: the class is the third of the picture that is bright.  XDG_STATE_HOME is in the folder.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CLI_N_TRAIN 240     /* of which a twelfth is the validation split */
#define CLI_N_VALIDATION 20
#define CLI_N_TEST 60

/* The result of a command. */
typedef struct
{
  char *out;
  char *err;
  int   status;
} CliResult;

void cli_result_free (CliResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

/* Call it first: takes the program's path from @argv and makes the folder. */
void        cli_fixture_init  (int    *argc,
                               char ***argv);
/* Call it last: runs the tests and removes the folder. */
int         cli_fixture_run   (void);

const char *cli_get_program   (void);
/* A path in the tests' own folder. Transfer full. */
char       *cli_path          (const char *name);
const char *cli_get_data      (void); /* the data set's folder */
const char *cli_get_network   (void); /* the network's file */

/* Runs the program with the arguments, NULL-terminated, to its end. */
CliResult  *cli_run           (const char *first,
                               ...) G_GNUC_NULL_TERMINATED;
/* Trains the small network to a file. Transfer full: its path. */
char       *cli_train_model   (const char *name,
                               const char *epochs,
                               const char *rate);

/* @text's lines, without the last, empty one; each parsed as a JSON object. Transfer full, of
 * JsonNode. */
GPtrArray  *cli_parse_lines   (const char *text);

/* Writes an MNIST-like folder: images of @side x @side pixels in @n_classes classes. */
void        cli_write_data    (const char *folder,
                               guint       side,
                               guint       n_classes,
                               guint       n_train,
                               guint       n_test);
/* The same, sorted by class. */
void        cli_write_sorted_data (const char *folder,
                                   guint       side,
                                   guint       n_classes,
                                   guint       n_train,
                                   guint       n_test);
void        cli_write_text    (const char *path,
                               const char *text);

#define cli_assert_contains(text, part)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((text), (part)) == NULL)                                                           \
      g_error ("“%s” is not in:\n%s", (part), (text));                                             \
  }                                                                                                \
  G_STMT_END

#define cli_assert_lacks(text, part)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((text), (part)) != NULL)                                                           \
      g_error ("“%s” is in:\n%s", (part), (text));                                                 \
  }                                                                                                \
  G_STMT_END

/* Compares the exit status; where it is another, the message has the program's output. */
#define cli_assert_status(result, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if ((result)->status != (expected))                                                            \
      g_error ("status %d, not %d:\n%s%s", (result)->status, (expected), (result)->out,            \
               (result)->err);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
