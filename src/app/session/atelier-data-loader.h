/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataLoader - reads a data set on another thread, one at a time.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_LOADER (atelier_data_loader_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataLoader, atelier_data_loader, ATELIER, DATA_LOADER, GObject)

/* Property: "is-loading" (boolean, read only).
 * Signals, after "is-loading" became FALSE: "loaded" (AtelierDataset), "failed" (GError). */

AtelierDataLoader *atelier_data_loader_new                 (void);
/* @spec: as for atelier_dataset_finder_load().  Cancels the request before. */
void               atelier_data_loader_load                (AtelierDataLoader *loader,
                                                            const char        *spec);
/* Loads another data set than the last, which failed.  When the first of the finder's list fails
 * too, this is the one that the program draws itself, which cannot fail. */
void               atelier_data_loader_load_something_else (AtelierDataLoader *loader);
/* No signal tells the outcome of a request that was cancelled. */
void               atelier_data_loader_cancel              (AtelierDataLoader *loader);
gboolean           atelier_data_loader_get_is_loading      (AtelierDataLoader *loader);
/* What is being loaded, or was last; for "auto" the place that was found.  NULL before the first
 * request. */
const char        *atelier_data_loader_get_spec            (AtelierDataLoader *loader);

G_END_DECLS
