/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the recorder asks the library for. */

#pragma once

#include "library/atelier-library-news.h"
#include "library/atelier-library.h"

G_BEGIN_DECLS

/* Writes news of a run; transfer full. */
void     atelier_library_write_async  (AtelierLibrary      *library,
                                       AtelierLibraryNews  *news,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* TRUE where the figures are written.  @has_weights: the weights are as well; where they are not,
 * the library's error says why. */
gboolean atelier_library_write_finish (AtelierLibrary      *library,
                                       GAsyncResult        *result,
                                       gboolean            *has_weights,
                                       GError             **error);

G_END_DECLS
