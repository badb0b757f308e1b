/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNameEntry - the name of the network that is edited, to be typed.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NAME_ENTRY (atelier_name_entry_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNameEntry, atelier_name_entry, ATELIER, NAME_ENTRY, GtkEntry)

/* Property "session" (AtelierSession, nullable): whose draft is named; while it is locked, the
 * entry is insensitive. */

G_END_DECLS
