/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The switcher of pages at the foot of a window whose header bar has no room for one.  Main
 * thread. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* From here on @bar is shown while @title shows the title instead of its switcher.  Both live as
 * long as the window that they are in. */
void atelier_switcher_link (AdwViewSwitcherTitle *title,
                            AdwViewSwitcherBar   *bar);

G_END_DECLS
