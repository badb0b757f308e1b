/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTestLock - stands where the test set's figures would, until somebody asks for them. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TEST_LOCK (atelier_test_lock_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTestLock, atelier_test_lock, ATELIER, TEST_LOCK, GtkWidget)

/* Properties: "trainer" (AtelierTrainer), whose newest epoch's weights are measured; "is-looking"
 * (boolean, read only).  Actions: "test.look" measures them off the main thread, gives the
 * predictions to the focus and counts the look in the history; "test.cancel" gives up, and nothing
 * is counted; "test.show-epoch" goes to the epoch that was looked at. */

/* Once. */
void atelier_test_lock_set_focus (AtelierTestLock *lock,
                                  AtelierFocus    *focus);

G_END_DECLS
