/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of an open library, for the files that make it up. */

#pragma once

#include "library/atelier-library-claim.h"
#include "library/atelier-library-sql.h"
#include "library/atelier-library-store.h"

/* From which on older epochs' weights are deleted, where nobody has said otherwise. */
#define ATELIER_LIBRARY_DEFAULT_LIMIT ((guint64) 512 << 20)

/* The value of settings with this key is the limit. */
#define ATELIER_LIBRARY_LIMIT_KEY "weights-limit"

struct _AtelierLibraryStore
{
  gboolean is_read_only;

  /* Owned */
  char                *folder;
  AtelierLibraryClaim *use;    /* shared by all that have the library open; NULL: read only */
  AtelierLibrarySql   *sql;
  GHashTable          *claims; /* of an id: the claim of a run that goes on here */
  char                *notice; /* nullable */
};
