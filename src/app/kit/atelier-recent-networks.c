/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of its own and not GtkRecentManager's: that one holds the files of all programs, and tells
 * a network from other JSON files only by a MIME type that they share.
 */

#include "config.h"

#include "kit/atelier-recent-networks.h"

/* Transfer full, of char *. */
static GStrvBuilder *
list_existing (GSettings *settings)
{
  g_auto (GStrv) stored = g_settings_get_strv (settings, ATELIER_RECENT_NETWORKS_KEY);
  GStrvBuilder *paths = g_strv_builder_new ();

  for (guint i = 0; stored[i]; i++)
    if (g_file_test (stored[i], G_FILE_TEST_IS_REGULAR))
      g_strv_builder_add (paths, stored[i]);

  return paths;
}

static void
store (GSettings          *settings,
       const char * const *paths)
{
  g_auto (GStrv) stored = g_settings_get_strv (settings, ATELIER_RECENT_NETWORKS_KEY);

  if (!g_strv_equal (paths, (const char * const *) stored))
    g_settings_set_strv (settings, ATELIER_RECENT_NETWORKS_KEY, paths);
}

void
atelier_recent_networks_add (GSettings  *settings,
                             const char *path)
{
  g_auto (GStrv) others = atelier_recent_networks_list (settings);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_return_if_fail (path != NULL);

  if (settings == NULL || !g_utf8_validate (path, -1, NULL))
    return;

  g_ptr_array_add (paths, (char *) path);
  for (guint i = 0; others[i] && paths->len < ATELIER_RECENT_NETWORKS_MAX; i++)
    if (!g_str_equal (others[i], path))
      g_ptr_array_add (paths, others[i]);
  g_ptr_array_add (paths, NULL);
  store (settings, (const char * const *) paths->pdata);
}

char **
atelier_recent_networks_list (GSettings *settings)
{
  g_autoptr (GStrvBuilder) paths = settings ? list_existing (settings) : g_strv_builder_new ();

  return g_strv_builder_end (paths);
}

void
atelier_recent_networks_clean (GSettings *settings)
{
  g_auto (GStrv) paths = atelier_recent_networks_list (settings);

  if (settings)
    store (settings, (const char * const *) paths);
}
