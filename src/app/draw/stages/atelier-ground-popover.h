/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierGroundPopover - in which a person points at the ground of the opened picture, and sees at
 * once what then counts as ground and what is left.
 *
 * Uses the page's actions "draw.pick-ground" and "draw.forget-ground".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_GROUND_POPOVER (atelier_ground_popover_get_type ())
G_DECLARE_FINAL_TYPE (AtelierGroundPopover,
                      atelier_ground_popover,
                      ATELIER,
                      GROUND_POPOVER,
                      GtkPopover)

/* The steps that are wanted for the opened picture, with the place that was picked; NULL: there is
 * no picture, and the popover closes. */
void atelier_ground_popover_set_input  (AtelierGroundPopover     *popover,
                                        const AtelierInput       *input);
/* The picture after the steps @done.  Copies what it needs. */
void atelier_ground_popover_set_result (AtelierGroundPopover     *popover,
                                        const AtelierInput       *done,
                                        const AtelierInputResult *result);

G_END_DECLS
