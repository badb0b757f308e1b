/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of pictures that can be opened, recognised by their first bytes.  Private to the core;
 * any thread. */

#pragma once

#include <glib.h>

#include "picture/atelier-picture-frame.h"

G_BEGIN_DECLS

/* So many first bytes are enough to recognise any kind. */
#define ATELIER_PICTURE_KIND_HEAD_BYTES 4096

typedef struct
{
  const char *type;  /* gdk-pixbuf's name of the loader */
  const char *label; /* for people */
  const char *magic; /* '?' is any byte */
  gsize       n_magic;
  gboolean    (*is_complete) (const guint8 *data, gsize size);
  guint       (*read_orientation) (const guint8 *data, gsize size); /* NULL: always upright */
  /* NULL: never an animation */
  GBytes     *(*take_first_frame) (const guint8 *data, gsize size, AtelierPictureFrame *frame);
  gboolean    ends_in_close; /* decodes only when closed, so an error on closing can be any
                              * damage */
} AtelierPictureKind;

/* NULL if it is none of the kinds that can be opened. */
const AtelierPictureKind *atelier_picture_kind_find (const guint8 *data,
                                                     gsize         size);
/* Transfer full: the kinds that can be decoded on this machine, for messages. */
char                     *atelier_picture_kind_list (void);

G_END_DECLS
