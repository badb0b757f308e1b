/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of pictures that are opened, told from their first bytes.  Private to the core; any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many first bytes tell the kind of any picture. */
#define ATELIER_PICTURE_KIND_HEAD_BYTES 4096

typedef struct
{
  const char *type;  /* gdk-pixbuf's name of the loader */
  const char *label; /* for people */
  const char *magic; /* '?' is any byte */
  gsize       n_magic;
  gboolean    (*is_complete) (const guint8 *data, gsize size);
  gboolean    ends_in_close; /* all work is done when closing: a failure there may be any damage */
} AtelierPictureKind;

/* NULL: none that is opened here. */
const AtelierPictureKind *atelier_picture_kind_find (const guint8 *data,
                                                     gsize         size);
/* Transfer full: the kinds that can be decoded on this machine, for messages. */
char                     *atelier_picture_kind_list (void);

G_END_DECLS
