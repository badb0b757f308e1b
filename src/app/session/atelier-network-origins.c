/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a network comes from follows from what it is, not from what was done: an edit that is
 * undone leaves the preset that it began with.  Main thread.
 */

#include "config.h"

#include "session/atelier-network-origins.h"

#include <glib/gi18n.h>

struct _AtelierNetworkOrigins
{
  /* Owned */
  AtelierNetwork *network; /* of the file; nullable */
  char           *path;
};

AtelierNetworkOrigins *
atelier_network_origins_new (void)
{
  return g_new0 (AtelierNetworkOrigins, 1);
}

void
atelier_network_origins_free (AtelierNetworkOrigins *origins)
{
  g_clear_pointer (&origins->network, atelier_network_unref);
  g_free (origins->path);
  g_free (origins);
}

void
atelier_network_origins_note_file (AtelierNetworkOrigins *origins,
                                   AtelierNetwork        *network,
                                   const char            *path)
{
  AtelierNetwork *previous = origins->network;

  origins->network = atelier_network_ref (network);
  g_clear_pointer (&previous, atelier_network_unref);
  g_free (origins->path);
  origins->path = g_strdup (path);
}

static const char *
find_preset (AtelierNetwork *network,
             AtelierDataset *dataset)
{
  const char * const *ids = atelier_network_list_presets ();

  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (AtelierNetwork) preset = atelier_network_origins_new_preset (ids[i], dataset);

      if (atelier_network_equal (preset, network))
        return ids[i];
    }

  return "";
}

static gboolean
is_known_name (AtelierNetworkOrigins *origins,
               const char            *name)
{
  const char * const *ids = atelier_network_list_presets ();
  gboolean is_known
    = origins->network && g_str_equal (name, atelier_network_get_name (origins->network));

  for (guint i = 0; ids[i] && !is_known; i++)
    {
      g_autoptr (AtelierNetwork) preset = atelier_network_new_preset (ids[i]);

      is_known = g_str_equal (name, atelier_network_get_name (preset));
    }

  return is_known;
}

/* The network under another name, unless that is too long for one.  Transfer full. */
static AtelierNetwork *
rename_network (AtelierNetwork *network,
                const char     *name)
{
  const guint n_layers = atelier_network_get_n_layers (network);
  g_autofree AtelierLayer *layers = g_new (AtelierLayer, n_layers);
  AtelierNetwork *renamed;
  guint height, width, channels;

  for (guint i = 0; i < n_layers; i++)
    layers[i] = *atelier_network_get_layer (network, i);
  atelier_network_get_input (network, &height, &width, &channels);
  renamed = atelier_network_new (name, height, width, channels, layers, n_layers, NULL);

  return renamed ? renamed : atelier_network_ref (network);
}

AtelierNetwork *
atelier_network_origins_find (AtelierNetworkOrigins  *origins,
                              AtelierNetwork         *network,
                              AtelierDataset         *dataset,
                              const char            **preset,
                              const char            **path)
{
  const char *name = atelier_network_get_name (network);
  g_autofree char *edited = NULL;

  *path = "";
  *preset = find_preset (network, dataset);
  if (**preset != '\0')
    return atelier_network_ref (network);
  if (origins->network && atelier_network_equal (network, origins->network))
    {
      *path = origins->path;
      return atelier_network_ref (network);
    }
  if (!is_known_name (origins, name))
    return atelier_network_ref (network);

  /* Translators: the name of a preset's or a file's network that was changed. */
  edited = g_strdup_printf (_("%s, edited"), name);

  return rename_network (network, edited);
}

AtelierNetwork *
atelier_network_origins_new_preset (const char     *id,
                                    AtelierDataset *dataset)
{
  AtelierNetwork *network = NULL;

  if (dataset)
    network = atelier_network_new_preset_for (id, atelier_dataset_get_height (dataset),
                                              atelier_dataset_get_width (dataset),
                                              atelier_dataset_get_channels (dataset),
                                              atelier_dataset_get_n_classes (dataset), NULL);

  return network ? network : atelier_network_new_preset (id);
}
