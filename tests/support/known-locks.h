/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTask hands its work over under GLib's own locks, which ThreadSanitizer does not know where GLib
 * was built without it, and so takes for races.  Tests of such functions leave themselves out then;
 * the functions' own work is tested without a task.
 */

#pragma once

#include <glib.h>

static inline gboolean
skip_without_known_locks (void)
{
#ifdef __SANITIZE_THREAD__
  g_test_skip ("ThreadSanitizer does not know GLib's locks");
  return TRUE;
#else
  return FALSE;
#endif
}
