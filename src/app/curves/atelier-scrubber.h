/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierScrubber - a slider over the finished epochs, which sets the epoch of the focus. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SCRUBBER (atelier_scrubber_get_type ())
G_DECLARE_FINAL_TYPE (AtelierScrubber, atelier_scrubber, ATELIER, SCRUBBER, GtkWidget)

/* Actions for its buttons: "scrubber.previous", "scrubber.next", "scrubber.live" (boolean). */

/* To be called once. */
void      atelier_scrubber_set_focus (AtelierScrubber *scrubber,
                                      AtelierFocus    *focus);
GtkScale *atelier_scrubber_get_scale (AtelierScrubber *scrubber); /* borrowed */

G_END_DECLS
