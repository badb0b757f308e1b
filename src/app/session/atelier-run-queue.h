/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunQueue - runs that wait for their turn at one trainer.
 *
 * A GListModel of AtelierQueuedRun, the next one first.  The next starts when the trainer has
 * finished, unless the queue is paused; a run that is stopped by hand pauses it.  Runs have the
 * network, recipe and data that they were queued with, whatever is edited meanwhile.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

/* A run that waits; immutable. */
#define ATELIER_TYPE_QUEUED_RUN (atelier_queued_run_get_type ())
G_DECLARE_FINAL_TYPE (AtelierQueuedRun, atelier_queued_run, ATELIER, QUEUED_RUN, GObject)

/* @group: shared by repeats, "" for none. */
AtelierQueuedRun *atelier_queued_run_new         (AtelierNetwork   *network,
                                                  AtelierRecipe    *recipe,
                                                  AtelierSplits    *splits,
                                                  guint             n_threads,
                                                  const char       *group);
/* Borrowed. */
AtelierNetwork   *atelier_queued_run_get_network (AtelierQueuedRun *run);
AtelierRecipe    *atelier_queued_run_get_recipe  (AtelierQueuedRun *run);
const char       *atelier_queued_run_get_group   (AtelierQueuedRun *run);

#define ATELIER_TYPE_RUN_QUEUE (atelier_run_queue_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunQueue, atelier_run_queue, ATELIER, RUN_QUEUE, GObject)

/* Property, read and write: "is-paused" (boolean).
 *
 * Signals: "started" (AtelierQueuedRun): its run has begun; "failed" (AtelierQueuedRun, GError): it
 * could not begin, and the queue is paused; "emptied": the last of them has ended. */
AtelierRunQueue *atelier_run_queue_new           (AtelierTrainer   *trainer);
/* At the end; starts it if nothing else is to be waited for. */
void             atelier_run_queue_add           (AtelierRunQueue  *queue,
                                                  AtelierQueuedRun *run);
/* @n runs that differ in their seeds alone, which follow the recipe's, the recipe's own first; they
 * share a new group.  "" for one run alone; else the group; transfer full. */
char            *atelier_run_queue_add_repeats   (AtelierRunQueue  *queue,
                                                  AtelierNetwork   *network,
                                                  AtelierRecipe    *recipe,
                                                  AtelierSplits    *splits,
                                                  guint             n_threads,
                                                  guint             n);
void             atelier_run_queue_remove        (AtelierRunQueue  *queue,
                                                  guint             position);
void             atelier_run_queue_clear         (AtelierRunQueue  *queue);
/* To another place in the order. */
void             atelier_run_queue_move          (AtelierRunQueue  *queue,
                                                  guint             position,
                                                  guint             to);
gboolean         atelier_run_queue_get_is_paused (AtelierRunQueue  *queue);
void             atelier_run_queue_set_is_paused (AtelierRunQueue  *queue,
                                                  gboolean          is_paused);

G_END_DECLS
