/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the recorder asks the library for. */

#pragma once

#include "library/atelier-library-news.h"
#include "library/atelier-library.h"

G_BEGIN_DECLS

/* Writes news of a run; transfer full.  @callback as of atelier_library_finish. */
void atelier_library_write_async (AtelierLibrary      *library,
                                  AtelierLibraryNews  *news,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

G_END_DECLS
