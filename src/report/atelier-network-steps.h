/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkSteps - the steps of a network's picture: its input and its layers, with the words
 * and figures that the picture shows.
 *
 * The window, the reports and the command line draw the same steps.  They can also be made from
 * rows, for a list of layers that is being edited and does not fit everywhere.  Immutable and
 * reference-counted; any thread, but made on the main thread (the locale).
 */

#pragma once

#include <gio/gio.h>

#include "atelier-network-picture.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

/* A layer with what follows from the layers before it. */
typedef struct
{
  AtelierLayer     layer; /* the layers of a block follow it */
  AtelierLayerInfo info;  /* parent and is_shortcut are not read: the layers say them */
  gboolean         fits;  /* FALSE: it does not fit what it is given, and @info has no shape */
} AtelierNetworkStepRow;

#define ATELIER_TYPE_NETWORK_STEPS (atelier_network_steps_get_type ())
typedef struct _AtelierNetworkSteps AtelierNetworkSteps;

GType                atelier_network_steps_get_type     (void) G_GNUC_CONST;
/* Transfer full. */
AtelierNetworkSteps *atelier_network_steps_new          (const AtelierNetwork        *network);
/* @name is the network's.  @rows are copied; the last is taken for the logits if it can give them.
 * Transfer full. */
AtelierNetworkSteps *atelier_network_steps_new_for_rows (const char                  *name,
                                                         guint                        height,
                                                         guint                        width,
                                                         guint                        channels,
                                                         const AtelierNetworkStepRow *rows,
                                                         guint                        n_rows);
AtelierNetworkSteps *atelier_network_steps_ref          (AtelierNetworkSteps         *steps);
void                 atelier_network_steps_unref        (AtelierNetworkSteps         *steps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierNetworkSteps, atelier_network_steps_unref)

/* Borrowed. */
const char          *atelier_network_steps_get_name      (const AtelierNetworkSteps  *steps);
guint                atelier_network_steps_get_n         (const AtelierNetworkSteps  *steps);
/* A picture without selection, with a caption.  It borrows the steps. */
void                 atelier_network_steps_get_picture   (const AtelierNetworkSteps  *steps,
                                                          AtelierNetworkPicture      *picture);
/* "Conv 32 · 3×3 · ReLU", its shape, parameters and multiply-adds, in lines.  Step 0 is the input.
 * Borrowed. */
const char          *atelier_network_steps_get_words     (const AtelierNetworkSteps  *steps,
                                                          guint                       i_step);
/* As atelier_export_network; also the errors of GIO. */
gboolean             atelier_network_steps_save          (const AtelierNetworkSteps  *steps,
                                                          const char                 *path,
                                                          GError                    **error);

G_END_DECLS
