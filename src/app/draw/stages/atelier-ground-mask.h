/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which part of a prepared picture counts as ground, for display.  Pure; any thread. */

#pragma once

#include "picture/atelier-input.h"

G_BEGIN_DECLS

/* [height, width] of the original that is shown: 255 where it counts as ground, else 0.  NULL where
 * no ground was found, or none was looked for.  @share: the part of the picture that is ground.
 * Transfer full. */
guint8 *atelier_ground_mask_new (const AtelierInputResult *result,
                                 double                   *share);

G_END_DECLS
