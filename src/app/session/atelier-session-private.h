/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of AtelierSession share: its fields, and the functions by which what was read
 * becomes what is worked on.  Main thread.
 */

#pragma once

#include "session/atelier-data-loader.h"
#include "session/atelier-network-origins.h"
#include "session/atelier-session.h"

G_BEGIN_DECLS

struct _AtelierSession
{
  GObject            parent_instance;

  guint              n_threads;
  gboolean           is_recipe_valid;
  gboolean           is_locked;
  gboolean           is_opening;
  gboolean           is_network_valid;
  gboolean           is_syncing;          /* the draft is being changed from here */

  /* Owned */
  AtelierTrainer    *trainer;
  AtelierDataLoader *loader;
  AtelierSplits     *splits;
  GError            *split_error; /* why they are not as the recipe says; nullable */
  AtelierNetwork    *network;
  AtelierNetworkDraft *draft;
  AtelierNetworkOrigins *origins;         /* that the draft's network may be of */
  AtelierRecipe     *recipe;
  char              *data_spec;
  char              *preset;
  char              *network_path;
  GCancellable      *network_cancellable; /* of the network that is being read */
  char              *opening_path;        /* its file */
  AtelierNetwork    *arrived;             /* of that file; waits for the data that are loading */
};

/* Called when a file begins to be read, and when it is known what has become of it. */
void atelier_session_update_opening (AtelierSession *self);
/* Drops the network that is being read. */
void atelier_session_cancel_network (AtelierSession *self);
void atelier_session_watch_loader   (AtelierSession *self);

void atelier_session_take_dataset   (AtelierSession *self,
                                     AtelierDataset *dataset,
                                     const char     *spec);
/* @path: "" for a preset, as @preset is for a file. */
void atelier_session_take_network   (AtelierSession *self,
                                     AtelierNetwork *network,
                                     const char     *preset,
                                     const char     *path);
/* A step of the draft; the first networks and recipes are none.  @recipe (nullable) is one that
 * changes are counted from. */
void atelier_session_show_in_draft  (AtelierSession *self,
                                     AtelierNetwork *network,
                                     AtelierRecipe  *recipe);

G_END_DECLS
