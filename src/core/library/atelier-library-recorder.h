/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibraryRecorder - writes the runs of a trainer into a library while they go on.
 *
 * A run is in the library when it has begun.  After that, what is new is written in one transaction
 * an epoch, or one every two seconds where epochs are shorter: figures, predictions, marks, looks
 * at the test set, and the newest and the best weights.  One is being written at most.  What could
 * not be written stays in memory and is tried again with what comes next.  Main thread.
 */

#pragma once

#include "library/atelier-library.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_LIBRARY_RECORDER (atelier_library_recorder_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLibraryRecorder, atelier_library_recorder, ATELIER, LIBRARY_RECORDER,
                      GObject)

/* From now on the models of @trainer's epochs have their training state. */
AtelierLibraryRecorder *atelier_library_recorder_new       (AtelierLibrary         *library,
                                                            AtelierTrainer         *trainer);
/* The next run that the trainer starts from a model goes on with this run of the library, which
 * gives it its training state (ATELIER_LIBRARY_STATE).  What the library has of it beyond that
 * state is replaced.  NULL: it is a run of its own again. */
void                    atelier_library_recorder_set_going_on (AtelierLibraryRecorder *recorder,
                                                            const char             *id);
/* The id in the library of the trainer's run; borrowed, NULL before the first. */
const char             *atelier_library_recorder_get_id    (AtelierLibraryRecorder *recorder);
/* Writes what is not written yet, and returns when it is or has failed; runs the main context for
 * that.  For the end of a program.  FALSE: it has failed. */
gboolean                atelier_library_recorder_flush     (AtelierLibraryRecorder *recorder,
                                                            GError                **error);

G_END_DECLS
