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
/* @spec: as for atelier_dataset_finder_load().  Replaces a load that is still going, of which
 * nothing is heard any more. */
void               atelier_data_loader_load                (AtelierDataLoader *loader,
                                                            const char        *spec);
/* Something other than what failed last, and in the end the data that the program draws itself,
 * which cannot fail. */
void               atelier_data_loader_load_something_else (AtelierDataLoader *loader);
void               atelier_data_loader_cancel              (AtelierDataLoader *loader);
gboolean           atelier_data_loader_get_is_loading      (AtelierDataLoader *loader);
/* What is being, or was last, loaded; "auto" is looked up.  NULL before the first. */
const char        *atelier_data_loader_get_spec            (AtelierDataLoader *loader);

G_END_DECLS
