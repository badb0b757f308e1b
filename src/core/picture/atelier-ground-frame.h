/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thin lines along the edges of a picture: the frame of a scan or of a web page.  Pure; any
 * thread. */

#pragma once

#include "picture/atelier-ground.h"

G_BEGIN_DECLS

/* What is left of the picture without even lines of at most four pixels, each side by itself. */
void atelier_ground_find_inside (const AtelierColours *picture,
                                 AtelierGreyBox       *inside);

G_END_DECLS
