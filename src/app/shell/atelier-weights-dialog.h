/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks which of a run's weights are meant, where there is more than one.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "training/atelier-run-weights.h"

G_BEGIN_DECLS

typedef void (*AtelierWeightsCallback) (AtelierWeights which,
                                        gpointer       user_data);

/* Offers the @n weights of @list, the first chosen.  Calls @callback with the choice, and never
 * when the question was cancelled; then frees @user_data with @destroy. */
void atelier_weights_dialog_ask (GtkWindow               *parent,
                                 const char              *heading,
                                 const AtelierRunWeights *list,
                                 guint                    n,
                                 AtelierWeightsCallback   callback,
                                 gpointer                 user_data,
                                 GDestroyNotify           destroy);

G_END_DECLS
