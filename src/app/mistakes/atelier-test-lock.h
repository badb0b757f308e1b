/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTestLock - shown instead of the test set's figures until somebody asks for them. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TEST_LOCK (atelier_test_lock_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTestLock, atelier_test_lock, ATELIER, TEST_LOCK, GtkWidget)

/* Properties: "trainer" (AtelierTrainer), whose newest epoch's weights are measured; "is-looking"
 * (boolean, read only).  Actions: "test.look" measures them off the main thread, passes the
 * predictions to the focus and counts the look in the history and over all runs; "test.cancel"
 * cancels, and nothing is counted; "test.show-epoch" goes to the epoch that was measured. */

/* To be called once. */
void  atelier_test_lock_set_focus   (AtelierTestLock *lock,
                                     AtelierFocus    *focus);
/* How often this user looked at the test set of the focus's run, in this run and in all others. */
guint atelier_test_lock_get_n_looks (AtelierTestLock *lock);

G_END_DECLS
