/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that pass: shown in the AdwToastOverlay around a widget.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @message: plain text.  Replaces what is shown by another call for the same overlay. */
void atelier_toast_show (GtkWidget  *widget,
                         const char *message);

G_END_DECLS
