/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that say, by a lock that the kernel lets go of when a process ends in whatever way, that
 * something is in use.  Locks belong to the open file, so that two of the same process exclude each
 * other as well.  Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AtelierLibraryClaim AtelierLibraryClaim;

/* Creates @path where it is missing.  NULL without @error: another has it.  FAILED.  Transfer
 * full. */
AtelierLibraryClaim *atelier_library_claim_new     (const char           *path,
                                                    GError              **error);
/* Waits; @is_exclusive FALSE: together with others that are not exclusive either. */
AtelierLibraryClaim *atelier_library_claim_wait    (const char           *path,
                                                    gboolean              is_exclusive,
                                                    GError              **error);
/* From shared to exclusive, and back; FALSE where that cannot be now. */
gboolean             atelier_library_claim_convert (AtelierLibraryClaim  *claim,
                                                    gboolean              is_exclusive);
/* Lets go of it.  The file stays. */
void                 atelier_library_claim_free    (AtelierLibraryClaim  *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLibraryClaim, atelier_library_claim_free)
/* The same, and deletes the file first. */
void                 atelier_library_claim_remove  (AtelierLibraryClaim  *claim);

G_END_DECLS
