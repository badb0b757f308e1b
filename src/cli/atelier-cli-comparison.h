/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two runs of a library on the same validation pictures, for the terminal. */

#pragma once

#include "library/atelier-library-store.h"

G_BEGIN_DECLS

/* Prints what may be concluded of the two runs' best epochs, and in what their networks and recipes
 * differ; @as_json: one object and nothing else.  An exit status. */
int atelier_cli_compare_runs (AtelierLibraryStore *store,
                              const char          *first,
                              const char          *second,
                              gboolean             as_json);

G_END_DECLS
