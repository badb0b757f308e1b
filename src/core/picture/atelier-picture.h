/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decoding of pictures that people open.  Bytes and pixels are limited before memory is allocated,
 * and the orientation is applied.
 *
 * gdk-pixbuf's loaders decode.  A picture is read as rows of RGBA bytes, not premultiplied.
 * Immutable, reference-counted, any thread.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ATELIER_PICTURE_MAX_FILE_BYTES ((goffset) 64 << 20)
#define ATELIER_PICTURE_MAX_SIDE 16384
#define ATELIER_PICTURE_MAX_PIXELS ((guint64) 64 << 20)

#define ATELIER_DRAWING_MAX_SIDE 1024

#define ATELIER_TYPE_PICTURE (atelier_picture_get_type ())
typedef struct _AtelierPicture AtelierPicture;

GType           atelier_picture_get_type    (void) G_GNUC_CONST;
AtelierPicture *atelier_picture_ref         (AtelierPicture *picture);
void            atelier_picture_unref       (AtelierPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPicture, atelier_picture_unref)

/* The size of the rows that are read: of very large pictures, half that of the file. */
guint           atelier_picture_get_width   (AtelierPicture *picture);
guint           atelier_picture_get_height  (AtelierPicture *picture);
/* The size of the upright picture in its file, for people. */
void            atelier_picture_get_file_size (AtelierPicture *picture,
                                               guint          *width,
                                               guint          *height);
/* Copies rows @y to @y + @n_rows - 1 to @rgba, [n_rows, width, 4].  A few rows at a time keep the
 * memory small; of a turned picture, 64 at once are read faster than one by one. */
void            atelier_picture_read_rows   (AtelierPicture *picture,
                                             guint           y,
                                             guint           n_rows,
                                             guint8         *rgba);
const char     *atelier_picture_get_name    (AtelierPicture *picture); /* of the file, for people */
/* Whether the file is marked as a drawing made with the program: light on dark, of its own size.
 * @fits: whether the network saw it fitted to the frame, or as it is. */
gboolean        atelier_picture_get_is_drawing (AtelierPicture *picture,
                                                gboolean       *fits);

/* Whether the file begins like a picture of a supported kind; also FALSE if it cannot be read.
 * Never blocks. */
gboolean        atelier_picture_looks_right (const char          *path);

/* Regular files only, so that a FIFO cannot block.  NOT_FOUND, FORMAT (damaged, or not a file),
 * TRUNCATED, TOO_LARGE, UNSUPPORTED, NO_MEMORY, FAILED; G_IO_ERROR_CANCELLED. */
AtelierPicture *atelier_picture_load        (GFile               *file,
                                             GCancellable        *cancellable,
                                             GError             **error);
AtelierPicture *atelier_picture_from_bytes  (GBytes              *bytes,
                                             const char          *name,
                                             GCancellable        *cancellable,
                                             GError             **error);
void            atelier_picture_load_async  (GFile               *file,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
AtelierPicture *atelier_picture_load_finish (GAsyncResult        *result,
                                             GError             **error);

/* Writes a PNG.  @pixels: [height, width, channels], grey or RGB. */
gboolean        atelier_picture_save_png      (const guint8 *pixels,
                                               guint         width,
                                               guint         height,
                                               guint         channels,
                                               const char   *path,
                                               GError      **error);
gboolean        atelier_picture_save_grey_png (const guint8 *grey,
                                               guint         width,
                                               guint         height,
                                               const char   *path,
                                               GError      **error);
/* The same for a drawing, which is marked as such in the file; sides of at most
 * ATELIER_DRAWING_MAX_SIDE. */
gboolean        atelier_picture_save_drawing_png (const guint8 *grey,
                                                  guint         width,
                                                  guint         height,
                                                  gboolean      fits,
                                                  const char   *path,
                                                  GError      **error);
/* The bytes of such a file; @name names it in messages. */
GBytes         *atelier_picture_make_drawing_png (const guint8 *grey,
                                                  guint         width,
                                                  guint         height,
                                                  gboolean      fits,
                                                  const char   *name,
                                                  GError      **error);

G_END_DECLS
