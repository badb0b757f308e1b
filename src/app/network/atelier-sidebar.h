/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSidebar - a session's data, network and recipe. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SIDEBAR (atelier_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSidebar, atelier_sidebar, ATELIER, SIDEBAR, GtkWidget)

/* Property "session" (AtelierSession, nullable). */

G_END_DECLS
