/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

/* Asks for a file and writes the session's network to it, which gets the file's name.  @window
 * shows what has become of it. */
void atelier_network_saver_ask (GtkWindow      *window,
                                AtelierSession *session);

G_END_DECLS
