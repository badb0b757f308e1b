/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens a picture in five steps: read the whole file (at most 64 MiB), recognise the kind by its
 * first bytes, check that the file is complete, decode it piece by piece (of an animation only the
 * first frame, which atelier-picture-frame.c takes out), and read from the file how the camera was
 * held (atelier-picture-orientation.c; what decoders say of it is not used).
 *
 * Only the kinds of atelier-picture-kind.c reach a decoder.  Decoders report the size before they
 * allocate memory for the pixels ("size-prepared"); if it is too large, the handler sets it to 0 x
 * 0, which makes them stop.
 *
 * Decoders accept files that end too early: they show what they could read and leave the rest as it
 * was.  So if the format marks its end, that is checked first (atelier-picture-end.c); and decoders
 * that work row by row must have reported all rows.  Any thread.
 */

#include "config.h"

#include "picture/atelier-picture-private.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "picture/atelier-picture-end.h"
#include "picture/atelier-picture-frame.h"
#include "picture/atelier-picture-kind.h"
#include "picture/atelier-picture-orientation.h"

#define PIECE_BYTES ((gsize) 64 << 10)
/* A progressive JPEG has about ten scans.  Each takes a pass over all pixels but few bytes, so a
 * small file could keep the decoder busy for long. */
#define MAX_JPEG_SCANS 200
/* A picture with more pixels is halved both ways.  What a network sees of it is smaller by far, and
 * a grey copy of all pixels beside it would take more than 300 MB. */
#define MAX_WHOLE_PIXELS ((guint64) 32 << 20)
/* Vector graphics have no pixels of their own; the longest side is drawn with this many. */
#define VECTOR_SIDE 1024

struct _AtelierPicture
{
  gatomicrefcount ref_count;

  /* Owned */
  GdkPixbuf *pixbuf; /* as the decoder left it: RGB or RGBA, perhaps turned */
  char      *name;

  guint              file_width; /* as stored, before it was halved */
  guint              file_height;
  guint              orientation; /* EXIF's number; 1 if the pixbuf is upright */
  AtelierDrawingMark mark;
};

G_DEFINE_BOXED_TYPE (AtelierPicture, atelier_picture, atelier_picture_ref, atelier_picture_unref)

/* What the decoder has reported so far. */
typedef struct
{
  const AtelierPictureKind *kind;
  guint              width; /* as given in the file */
  guint              height;
  gboolean           is_too_large;
  gboolean           is_halved;
  int                first_row; /* first row decoded; end_row: the row after the last */
  int                end_row;
} Decoding;

static void
set_not_a_file (const char  *name,
                gboolean     is_folder,
                GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               is_folder ? _("“%s” is a folder") : _("“%s” is not a regular file"), name);
}

static void
set_unsupported (const char  *name,
                 const char  *label,
                 GError     **error)
{
  g_autofree char *list = atelier_picture_kind_list ();

  if (label == NULL)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                 /* Translators: a file, a list of formats */
                 _("“%s” is not a picture of a kind that can be read here (%s)"), name, list);
  else
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                 /* Translators: a file, a format, a list of formats */
                 _("“%s” is a %s picture, which cannot be read on this computer (%s can)"), name,
                 label, list);
}

static void
set_truncated (const char                *name,
               const AtelierPictureKind  *kind,
               GError                   **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
               /* Translators: a file, a format */
               _("“%s” is a %s picture that ends too early"), name, kind->label);
}

static void
set_no_memory (const char  *name,
               GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
               _("There is not enough memory for “%s”"), name);
}

static void
set_too_large (const char  *name,
               guint        width,
               guint        height,
               GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
               /* Translators: a file, its width and height, the largest side, the largest number of
                * million pixels */
               _("“%s” has %u × %u pixels; "
                 "at most %u on a side and %u million in all can be opened"),
               name, width, height, (guint) ATELIER_PICTURE_MAX_SIDE,
               (guint) (ATELIER_PICTURE_MAX_PIXELS / 1000000));
}

static gboolean
is_too_large (guint width,
              guint height)
{
  return width > ATELIER_PICTURE_MAX_SIDE || height > ATELIER_PICTURE_MAX_SIDE
         || (guint64) width * height > ATELIER_PICTURE_MAX_PIXELS;
}

static gboolean
is_to_be_halved (guint width,
                 guint height)
{
  return (guint64) width * height > MAX_WHOLE_PIXELS;
}

/* Scales vector graphics to VECTOR_SIDE. */
static void
set_vector_size (GdkPixbufLoader *loader,
                 int              width,
                 int              height)
{
  double scale = (double) VECTOR_SIDE / MAX (width, height);
  int scaled_width = (int) (width * scale + 0.5);
  int scaled_height = (int) (height * scale + 0.5);

  gdk_pixbuf_loader_set_size (loader, MAX (scaled_width, 1), MAX (scaled_height, 1));
}

static void
on_loader_size_prepared_cb (GdkPixbufLoader *loader,
                            int              width,
                            int              height,
                            gpointer         user_data)
{
  Decoding *decoding = user_data;

  decoding->width = (guint) MAX (width, 0);
  decoding->height = (guint) MAX (height, 0);
  if (g_str_equal (decoding->kind->type, "svg") && width > 0 && height > 0)
    {
      set_vector_size (loader, width, height);
      return;
    }
  decoding->is_too_large = is_too_large (decoding->width, decoding->height);
  /* This decoder leaves out by itself, and so does not need the memory. */
  decoding->is_halved = g_str_equal (decoding->kind->type, "jpeg")
                        && is_to_be_halved (decoding->width, decoding->height);
  if (decoding->is_too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (decoding->is_halved)
    gdk_pixbuf_loader_set_size (loader, (width + 1) / 2, (height + 1) / 2);
}

static void
on_loader_area_updated_cb (GdkPixbufLoader *loader,
                           int              x,
                           int              y,
                           int              width,
                           int              height,
                           gpointer         user_data)
{
  Decoding *decoding = user_data;

  decoding->first_row = MIN (decoding->first_row, y);
  decoding->end_row = MAX (decoding->end_row, y + height);
}

/* Sets an error of our domain for a decoder's failure; @loader_error is the decoder's. */
static void
set_decoder_error (const char      *name,
                   const Decoding  *decoding,
                   const GError    *loader_error,
                   gboolean         is_closing,
                   GError         **error)
{
  if (decoding->is_too_large)
    set_too_large (name, decoding->width, decoding->height, error);
  else if (g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    set_no_memory (name, error);
  else if (is_closing && !decoding->kind->ends_in_close)
    set_truncated (name, decoding->kind, error);
  else
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                 /* Translators: a file, a format, the decoder's reason */
                 _("“%s” is a damaged %s picture: %s"), name, decoding->kind->label,
                 loader_error != NULL ? loader_error->message : _("nothing was decoded"));
}

/* Feeds and closes the loader.  Also returns FALSE if it was cancelled. */
static gboolean
feed_loader (GdkPixbufLoader  *loader,
             GBytes           *bytes,
             const char       *name,
             const Decoding   *decoding,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr (GError) loader_error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size; at += PIECE_BYTES)
    {
      gsize n = MIN (PIECE_BYTES, size - at);
      gboolean is_cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);

      if (!is_cancelled
          && gdk_pixbuf_loader_write (loader, data + at, n, &loader_error)
          && !decoding->is_too_large)
        continue;
      if (!is_cancelled)
        set_decoder_error (name, decoding, loader_error, FALSE, error);
      gdk_pixbuf_loader_close (loader, NULL);
      return FALSE;
    }
  if (gdk_pixbuf_loader_close (loader, &loader_error) && !decoding->is_too_large)
    return TRUE;
  set_decoder_error (name, decoding, loader_error, TRUE, error);
  return FALSE;
}

/* Transfer full: the whole picture as stored, before the orientation is applied. */
static GdkPixbuf *
decode (Decoding      *decoding,
        GBytes        *bytes,
        const char    *name,
        GCancellable  *cancellable,
        GError       **error)
{
  const AtelierPictureKind *kind = decoding->kind;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (kind->type, NULL);
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    {
      set_unsupported (name, kind->label, error);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_loader_size_prepared_cb), decoding);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_loader_area_updated_cb), decoding);
  if (!feed_loader (loader, bytes, name, decoding, cancellable, error))
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    {
      set_decoder_error (name, decoding, NULL, FALSE, error);
      return NULL;
    }
  if (!kind->ends_in_close
      && (decoding->first_row > 0 || decoding->end_row < gdk_pixbuf_get_height (pixbuf)))
    {
      set_truncated (name, kind, error);
      return NULL;
    }
  return g_object_ref (pixbuf);
}

/* Transfer full: a frame in its place; what it leaves free is transparent. */
static GdkPixbuf *
place_on_canvas (GdkPixbuf                  *pixbuf,
                 const AtelierPictureFrame  *frame,
                 const char                 *name,
                 GError                    **error)
{
  GdkPixbuf *canvas = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, (int) frame->canvas_width,
                                      (int) frame->canvas_height);

  if (canvas == NULL)
    {
      set_no_memory (name, error);
      return NULL;
    }
  gdk_pixbuf_fill (canvas, 0);
  gdk_pixbuf_copy_area (pixbuf, 0, 0, gdk_pixbuf_get_width (pixbuf),
                        gdk_pixbuf_get_height (pixbuf), canvas, (int) frame->x, (int) frame->y);
  return canvas;
}

/* Transfer full: of an animation the first frame. */
static GdkPixbuf *
decode_first_frame (Decoding      *decoding,
                    GBytes        *bytes,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  const AtelierPictureKind *kind = decoding->kind;
  AtelierPictureFrame frame = { 0 };
  g_autoptr (GBytes) still = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint width, height;

  if (kind->take_first_frame != NULL)
    still = kind->take_first_frame (data, size, &frame);
  width = MAX (frame.width, frame.canvas_width);
  height = MAX (frame.height, frame.canvas_height);
  if (is_too_large (width, height))
    {
      set_too_large (name, width, height, error);
      return NULL;
    }
  pixbuf = decode (decoding, still != NULL ? still : bytes, name, cancellable, error);
  if (pixbuf == NULL || frame.canvas_width == 0)
    return g_steal_pointer (&pixbuf);
  return place_on_canvas (pixbuf, &frame, name, error);
}

static gboolean
check_bytes (GBytes      *bytes,
             const char  *name,
             GError     **error)
{
  gsize size = g_bytes_get_size (bytes);

  if (size == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED, _("“%s” is empty"), name);
      return FALSE;
    }
  if (size > (gsize) ATELIER_PICTURE_MAX_FILE_BYTES)
    {
      g_autofree char *found = g_format_size (size);
      g_autofree char *allowed = g_format_size ((guint64) ATELIER_PICTURE_MAX_FILE_BYTES);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” has %s, expected at most %s"), name, found, allowed);
      return FALSE;
    }
  return TRUE;
}

/* Transfer full: of a large picture half the rows and columns.  @picture is told the full size. */
static GdkPixbuf *
decode_within_memory (AtelierPicture            *picture,
                      const AtelierPictureKind  *kind,
                      GBytes                    *bytes,
                      GCancellable              *cancellable,
                      GError                   **error)
{
  Decoding decoding = { .kind = kind, .first_row = G_MAXINT };
  GdkPixbuf *pixbuf = decode_first_frame (&decoding, bytes, picture->name, cancellable, error);

  if (pixbuf == NULL)
    return NULL;
  picture->file_width = decoding.is_halved ? decoding.width
                                           : (guint) gdk_pixbuf_get_width (pixbuf);
  picture->file_height = decoding.is_halved ? decoding.height
                                            : (guint) gdk_pixbuf_get_height (pixbuf);
  if (decoding.is_halved || !is_to_be_halved (picture->file_width, picture->file_height))
    return pixbuf;
  return atelier_picture_halve (pixbuf);
}

/* Decoders do not check this themselves. */
static gboolean
check_frames (const AtelierPictureKind  *kind,
              const guint8              *data,
              gsize                      size,
              const char                *name,
              GError                   **error)
{
  if (!g_str_equal (kind->type, "gif") || !atelier_picture_end_has_empty_gif_frame (data, size))
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               _("“%s” is a damaged GIF picture: one of its frames has no pixels"), name);
  return FALSE;
}

/* Checks that decoding will not take much longer than the size of the file suggests. */
static gboolean
check_work (const AtelierPictureKind  *kind,
            const guint8              *data,
            gsize                      size,
            const char                *name,
            GError                   **error)
{
  guint n_scans;

  if (!g_str_equal (kind->type, "jpeg"))
    return TRUE;
  n_scans = atelier_picture_end_count_jpeg_scans (data, size);
  if (n_scans <= MAX_JPEG_SCANS)
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
               /* Translators: a file; how many passes over the picture it needs, and may need */
               _("“%s” is a JPEG picture in %u scans, expected at most %u"), name, n_scans,
               (guint) MAX_JPEG_SCANS);
  return FALSE;
}

AtelierPicture *
atelier_picture_ref (AtelierPicture *picture)
{
  g_return_val_if_fail (picture != NULL, NULL);

  g_atomic_ref_count_inc (&picture->ref_count);
  return picture;
}

void
atelier_picture_unref (AtelierPicture *picture)
{
  g_return_if_fail (picture != NULL);

  if (!g_atomic_ref_count_dec (&picture->ref_count))
    return;
  g_clear_object (&picture->pixbuf);
  g_free (picture->name);
  g_free (picture);
}

guint
atelier_picture_get_width (AtelierPicture *picture)
{
  g_return_val_if_fail (picture != NULL, 0);

  return (guint) (atelier_picture_is_turned (picture->orientation)
                    ? gdk_pixbuf_get_height (picture->pixbuf)
                    : gdk_pixbuf_get_width (picture->pixbuf));
}

guint
atelier_picture_get_height (AtelierPicture *picture)
{
  g_return_val_if_fail (picture != NULL, 0);

  return (guint) (atelier_picture_is_turned (picture->orientation)
                    ? gdk_pixbuf_get_width (picture->pixbuf)
                    : gdk_pixbuf_get_height (picture->pixbuf));
}

void
atelier_picture_get_file_size (AtelierPicture *picture,
                               guint          *width,
                               guint          *height)
{
  gboolean is_turned;

  g_return_if_fail (picture != NULL && width != NULL && height != NULL);

  is_turned = atelier_picture_is_turned (picture->orientation);
  *width = is_turned ? picture->file_height : picture->file_width;
  *height = is_turned ? picture->file_width : picture->file_height;
}

AtelierColours
atelier_picture_view (AtelierPicture *picture)
{
  return atelier_picture_view_pixbuf (picture->pixbuf, picture->orientation);
}

void
atelier_picture_read_rows (AtelierPicture *picture,
                           guint           y,
                           guint           n_rows,
                           guint8         *rgba)
{
  g_return_if_fail (picture != NULL && rgba != NULL);
  g_return_if_fail (y <= atelier_picture_get_height (picture));
  g_return_if_fail (n_rows <= atelier_picture_get_height (picture) - y);

  atelier_picture_copy_rows (picture->pixbuf, picture->orientation, y, n_rows, rgba);
}

const char *
atelier_picture_get_name (AtelierPicture *picture)
{
  g_return_val_if_fail (picture != NULL, NULL);

  return picture->name;
}

gboolean
atelier_picture_get_is_drawing (AtelierPicture *picture,
                                gboolean       *fits)
{
  g_return_val_if_fail (picture != NULL, FALSE);
  g_return_val_if_fail (fits != NULL, FALSE);

  *fits = picture->mark == ATELIER_DRAWING_MARK_FIT;
  return picture->mark != ATELIER_DRAWING_MARK_NONE;
}

AtelierPicture *
atelier_picture_from_bytes (GBytes        *bytes,
                            const char    *name,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (AtelierPicture) picture = NULL;
  const AtelierPictureKind *kind;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  if (!check_bytes (bytes, name, error))
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  kind = atelier_picture_kind_find (data, size);
  if (kind == NULL)
    {
      set_unsupported (name, NULL, error);
      return NULL;
    }
  if (kind->is_complete != NULL && !kind->is_complete (data, size))
    {
      set_truncated (name, kind, error);
      return NULL;
    }
  if (!check_frames (kind, data, size, name, error) || !check_work (kind, data, size, name, error))
    return NULL;
  picture = g_new0 (AtelierPicture, 1);
  g_atomic_ref_count_init (&picture->ref_count);
  picture->name = g_strdup (name);
  picture->pixbuf = decode_within_memory (picture, kind, bytes, cancellable, error);
  if (picture->pixbuf == NULL)
    return NULL;
  picture->orientation = kind->read_orientation != NULL ? kind->read_orientation (data, size)
                                                        : ATELIER_PICTURE_UPRIGHT;
  picture->mark = atelier_picture_read_mark (picture->pixbuf, picture->orientation);
  return g_steal_pointer (&picture);
}

gboolean
atelier_picture_looks_right (const char *path)
{
  guint8 head[ATELIER_PICTURE_KIND_HEAD_BYTES];
  gssize size;

  g_return_val_if_fail (path != NULL, FALSE);

  size = atelier_file_read_head (path, head, sizeof head);
  return size > 0 && atelier_picture_kind_find (head, (gsize) size) != NULL;
}

/* Reads a file without a local path (such as one on a network share): checks its kind, then reads
 * up to the limit. */
static GBytes *
read_remote (GFile         *file,
             const char    *name,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      set_not_a_file (name, g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY, error);
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), piece, PIECE_BYTES,
                                   cancellable, error)) > 0)
    {
      g_byte_array_append (bytes, piece, (guint) n);
      if (bytes->len > (guint64) ATELIER_PICTURE_MAX_FILE_BYTES)
        break;
    }
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Converts the system's errors to our domain; G_IO_ERROR_CANCELLED is kept. */
static void
translate_io_error (const char  *name,
                    GError     **error)
{
  g_autoptr (GError) io_error = NULL;
  gboolean is_missing;

  if (error == NULL || *error == NULL || (*error)->domain == ATELIER_ERROR
      || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  io_error = g_steal_pointer (error);
  is_missing = g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_set_error (error, ATELIER_ERROR, is_missing ? ATELIER_ERROR_NOT_FOUND : ATELIER_ERROR_FAILED,
               _("“%s” cannot be opened: %s"), name, io_error->message);
}

AtelierPicture *
atelier_picture_load (GFile         *file,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  path = g_file_get_path (file);
  base = g_file_get_basename (file);
  name = base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    set_not_a_file (name, TRUE, error);
  else if (path != NULL)
    bytes = atelier_file_read (path, (guint64) ATELIER_PICTURE_MAX_FILE_BYTES, error);
  else
    bytes = read_remote (file, name, cancellable, error);
  if (bytes == NULL)
    {
      translate_io_error (name, error);
      return NULL;
    }
  return atelier_picture_from_bytes (bytes, name, cancellable, error);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_load (G_FILE (task_data), cancellable, &error);

  if (picture == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, picture, (GDestroyNotify) atelier_picture_unref);
}

/* Returns at once when cancelled, even while a decoder is running. */
void
atelier_picture_load_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_picture_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_in_thread);
}

AtelierPicture *
atelier_picture_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, atelier_picture_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
