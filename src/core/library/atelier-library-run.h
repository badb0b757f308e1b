/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibraryRun - a run of the library as a table shows it: what can be told without reading
 * its figures.
 *
 * Immutable: when something changes, the library makes another one with the same id.  Made on the
 * library's thread, then used on the main thread.
 */

#pragma once

#include <gio/gio.h>

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_LIBRARY_RUNNING,     /* here or in another process */
  ATELIER_LIBRARY_FINISHED,    /* all epochs, or as many as the recipe had patience for */
  ATELIER_LIBRARY_STOPPED,     /* on request, with its training state */
  ATELIER_LIBRARY_INTERRUPTED, /* its process was gone */
  ATELIER_LIBRARY_FAILED,      /* with an error */
} AtelierLibraryState;

typedef struct
{
  const char *id;
  const char *name;
  const char *note;             /* "" without one */
  gboolean    is_starred;
  const char *group;            /* shared by repeats over seeds and by sweeps; "" without one */
  AtelierLibraryState state;
  gboolean    is_trashed;
  gboolean    can_go_on;        /* a training state is kept */

  const char *network_name;
  guint64     n_parameters;
  const char *dataset_name;
  const char *dataset_sha256;   /* 64 hex digits, or "" */
  guint64     seed;
  const char *parent;           /* digest of the weights that it went on from; "": new ones */

  guint       n_epochs;         /* finished */
  guint       n_epochs_planned;
  guint       best_epoch;       /* from 1; 0 before the first */
  double      best_accuracy;    /* of validation at that epoch; NaN without */
  double      best_loss;        /* of validation, or of training without validation; NaN */
  double      newest_loss;      /* of training, at the newest epoch; NaN */
  guint       n_validation;     /* pictures that best_accuracy is of; 0: not known */
  double      seconds;          /* of training and measuring */
  gint64      started_at;       /* in microseconds since 1970, UTC */
  const char *host;             /* where; "": not known */

  guint       n_test_looks;
  double      test_accuracy;    /* of the newest look; NaN without */
  guint       test_epoch;       /* whose weights these were; 0 without */
  guint64     n_bytes_weights;  /* on disk; files that several runs name count for each */
} AtelierLibraryRunValues;

#define ATELIER_TYPE_LIBRARY_RUN (atelier_library_run_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLibraryRun, atelier_library_run, ATELIER, LIBRARY_RUN, GObject)

/* Copies the values; @network and @recipe are JSON texts, which are read when they are asked
 * for. */
AtelierLibraryRun *atelier_library_run_new         (const AtelierLibraryRunValues *values,
                                                    const char                    *network,
                                                    const char                    *recipe);
/* Borrowed. */
const AtelierLibraryRunValues *
                   atelier_library_run_get_values  (AtelierLibraryRun *run);
const char        *atelier_library_run_get_id      (AtelierLibraryRun *run);
/* NULL where the library has something that this program does not understand.  Transfer full. */
AtelierNetwork    *atelier_library_run_dup_network (AtelierLibraryRun *run);
AtelierRecipe     *atelier_library_run_dup_recipe  (AtelierLibraryRun *run);
/* Both have the same values. */
gboolean           atelier_library_run_equal       (AtelierLibraryRun *a,
                                                    AtelierLibraryRun *b);

/* The word of a state in files and on the command line: "running", "finished"... */
const char        *atelier_library_state_get_word  (AtelierLibraryState state);

G_END_DECLS
