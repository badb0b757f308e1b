/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSession - what is worked on: the data set, the network, the recipe, and their trainer.
 *
 * The window makes one and hands it to its commands and pages.  They show its properties and call
 * its functions; none of them keeps a copy.  It has no widgets, so a test needs no window.  Main
 * thread.
 */

#pragma once

#include "data/atelier-splits.h"
#include "model/atelier-network-draft.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

/* What can fail. */
typedef enum
{
  ATELIER_SESSION_LOAD_DATA,
  ATELIER_SESSION_OPEN_NETWORK,
  ATELIER_SESSION_START_TRAINING,
  ATELIER_SESSION_OPEN_MODEL,
} AtelierSessionTask;

#define ATELIER_TYPE_SESSION_TASK (atelier_session_task_get_type ())
GType           atelier_session_task_get_type        (void) G_GNUC_CONST;

#define ATELIER_TYPE_SESSION (atelier_session_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSession, atelier_session, ATELIER, SESSION, GObject)

/* Properties, with notify; read only unless it says otherwise:
 *   "trainer" (AtelierTrainer, never replaced)
 *   "splits" (AtelierSplits: of the data set to train on; NULL until the first is loaded)
 *   "data-spec" (string: what the data set was loaded from, as load_data takes it; "" when it was
 *     not loaded from anywhere)
 *   "network" (AtelierNetwork; that of a preset follows the data: it takes the shape of their
 *     pictures and their number of classes)
 *   "preset" (string: the id of the preset that the network is of; "" when it is of a file, or was
 *     edited)
 *   "network-path" (string: the file that the network was read from; "" when it is of a preset)
 *   "is-network-valid" (boolean: the draft fits the data; "network" is otherwise the last that did)
 *   "recipe" (AtelierRecipe, read and write)
 *   "is-recipe-valid" (boolean, read and write: FALSE while a person types something that is no
 *     recipe; "recipe" is then the last valid one)
 *   "n-threads" (uint, read and write)
 *   "is-loading" (boolean: a data set is being loaded)
 *   "is-opening" (boolean: data or a network are being read; when it becomes FALSE, "failed" was
 *     emitted for whatever could not be)
 *   "is-locked" (boolean: the trainer is active; views offer no change of data, network and recipe)
 *
 * Signal "starting": a run is about to start, and to lock the session.  The last chance to leave a
 * widget that cannot be used then.
 *
 * Signal "failed" (AtelierSessionTask, GError): the error is G_IO_ERROR_BUSY when nothing was tried
 * because the session is locked.  What was cancelled does not fail. */

/* The network and the recipe are those of the preset "report-2"; as many threads as cores. */
AtelierSession *atelier_session_new                  (void);
/* Cancels what is loading, stops the trainer and waits for it.  The owner calls it before it lets
 * go, since others may hold the session a little longer. */
void            atelier_session_close                (AtelierSession *session);

/* Reads a data set on another thread.  @spec: as for atelier_dataset_finder_load().  The last
 * request replaces those before.  Fails while the session is locked.  When it fails, the data set
 * stays; while there is none yet, another is tried, at last the one that the program draws
 * itself. */
void            atelier_session_load_data            (AtelierSession *session,
                                                      const char     *spec);
/* Takes a data set that is in memory already, and cancels what is loading. */
void            atelier_session_set_dataset          (AtelierSession *session,
                                                      AtelierDataset *dataset);
/* Takes the network and the recipe of a preset.  Does nothing for an unknown @id. */
void            atelier_session_use_preset           (AtelierSession *session,
                                                      const char     *id);
/* Reads a network from a JSON file on another thread; the recipe stays.  The last request replaces
 * those before.  Fails while the session is locked, and where the network cannot be trained on the
 * data (MISMATCH); while data are loading, it is for them.  A network that arrives while the
 * session is locked is dropped. */
void            atelier_session_open_network         (AtelierSession *session,
                                                      const char     *path);
/* Takes a network that is of no preset and no file. */
void            atelier_session_set_network          (AtelierSession *session,
                                                      AtelierNetwork *network);
/* FALSE, and "failed", while the session is locked. */
gboolean        atelier_session_check_may_open_model (AtelierSession *session);
/* Takes the network and the recipe of a saved model as one step that can be undone.  A network that
 * does not fit the data is drafted only. */
void            atelier_session_use_model            (AtelierSession *session,
                                                      AtelierModel   *model);
/* Tells the session that @network, which it had, is now in a file. */
void            atelier_session_note_saved           (AtelierSession *session,
                                                      AtelierNetwork *network,
                                                      const char     *path);
/* A step that can be undone, unless there was none before. */
void            atelier_session_set_recipe           (AtelierSession *session,
                                                      AtelierRecipe  *recipe);
/* The same for what a person changes: always a step.  @is_typed: changes of one member that follow
 * each other are one. */
void            atelier_session_edit_recipe          (AtelierSession *session,
                                                      AtelierRecipe  *recipe,
                                                      gboolean        is_typed);
/* Takes a recipe that is one as a whole, as that of a file, as a step: changes are counted from
 * it. */
void            atelier_session_use_recipe           (AtelierSession *session,
                                                      AtelierRecipe  *recipe);
/* What there was at the end of another session, as the beginning of this one: what can be undone
 * begins here.  @base: what changes of @recipe are counted from; nullable: that of the preset. */
void            atelier_session_restore_recipe       (AtelierSession *session,
                                                      AtelierRecipe  *base,
                                                      AtelierRecipe  *recipe);
void            atelier_session_set_is_recipe_valid  (AtelierSession *session,
                                                      gboolean        is_valid);
void            atelier_session_set_n_threads        (AtelierSession *session,
                                                      guint           n_threads);

/* There are data, a valid recipe and a network that fits, and the trainer is not active. */
gboolean        atelier_session_can_start            (AtelierSession *session);
/* Trains the network from the beginning.  FALSE when it cannot start, or failed to. */
gboolean        atelier_session_start                (AtelierSession *session);
/* As the trainer's functions of the same names. */
void            atelier_session_pause                (AtelierSession *session);
void            atelier_session_resume               (AtelierSession *session);
void            atelier_session_stop                 (AtelierSession *session);

/* All borrowed. */
AtelierTrainer *atelier_session_get_trainer          (AtelierSession *session);
AtelierSplits  *atelier_session_get_splits           (AtelierSession *session); /* nullable */
/* The splits'. */
AtelierDataset *atelier_session_get_dataset          (AtelierSession *session); /* nullable */
const char     *atelier_session_get_data_spec        (AtelierSession *session);
AtelierNetwork *atelier_session_get_network          (AtelierSession *session);
/* Network and recipe as they are edited.  The session's follow it: what they are edited to, with
 * undo too, is what is trained, the network as soon as it fits.  Those that are chosen or opened
 * are steps of it.  Never replaced. */
AtelierNetworkDraft *atelier_session_get_draft       (AtelierSession *session);
gboolean        atelier_session_get_is_network_valid (AtelierSession *session);
const char     *atelier_session_get_preset           (AtelierSession *session);
const char     *atelier_session_get_network_path     (AtelierSession *session);
AtelierRecipe  *atelier_session_get_recipe           (AtelierSession *session);
gboolean        atelier_session_get_is_recipe_valid  (AtelierSession *session);
guint           atelier_session_get_n_threads        (AtelierSession *session);
gboolean        atelier_session_get_is_loading       (AtelierSession *session);
gboolean        atelier_session_get_is_opening       (AtelierSession *session);
gboolean        atelier_session_get_is_locked        (AtelierSession *session);

G_END_DECLS
