/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network files that were opened last, which the program's settings keep.  @settings are those
 * of atelier_settings_new (); without them (NULL) the list is empty and stays so.  Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings' key, to hear of changes. */
#define ATELIER_RECENT_NETWORKS_KEY "recent-networks"
/* A menu stays short. */
#define ATELIER_RECENT_NETWORKS_MAX 6

/* Puts @path first.  A name that is not UTF-8 cannot be in the settings, and is left out. */
void   atelier_recent_networks_add   (GSettings  *settings,
                                      const char *path);
/* The newest first, without files that are gone; transfer full. */
char **atelier_recent_networks_list  (GSettings  *settings);
/* Forgets files that are gone. */
void   atelier_recent_networks_clean (GSettings  *settings);

G_END_DECLS
