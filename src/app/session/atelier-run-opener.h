/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunOpener - brings the run of a saved model back into a session, as if it had just ended.
 *
 * Network and recipe become the session's, as a step that can be undone.  Curves and predictions
 * are those of the model's log; where the log lacks the predictions of the model's epoch, or the
 * data at hand are others of the same form, they are measured anew.  Main thread.
 */

#pragma once

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_OPENER (atelier_run_opener_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunOpener, atelier_run_opener, ATELIER, RUN_OPENER, GObject)

/* Property, read only: "is-opening" (boolean: waits for data, or measures).
 *
 * Signals: "replacing": the trainer is about to show another run; "opened" (AtelierModel): it shows
 * that of this model now. */
AtelierRunOpener *atelier_run_opener_new            (AtelierSession   *session);
/* The last request replaces those before.  While data are loading, it waits for them.  Fails as the
 * session does ("failed", busy) while it is locked. */
void              atelier_run_opener_open           (AtelierRunOpener *opener,
                                                     AtelierModel     *model);
gboolean          atelier_run_opener_get_is_opening (AtelierRunOpener *opener);

G_END_DECLS
