/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What presets are called, and what they are for.  Their networks and recipes:
 * atelier_network_new_preset, atelier_recipe_new_preset.  @id must be one of
 * atelier_network_list_presets.  Translated, borrowed.  Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Dense network of the report" */
const char *atelier_preset_get_title   (const char *id);
/* In a few words, without a full stop. */
const char *atelier_preset_get_purpose (const char *id);

G_END_DECLS
