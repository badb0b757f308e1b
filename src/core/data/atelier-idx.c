/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading IDX, plain or compressed with gzip, from a file or from memory.
 *
 * A Source gives the uncompressed bytes of any of these, so that the format itself is read in one
 * place.  The file is read in pieces: the header is checked before memory is allocated for the
 * data, and no more is unpacked than the header announces.  The size of the file limits how much it
 * can hold: 1 : 1 if it is plain, 1032 : 1 if it is compressed (the most that deflate can reach).
 * A header that claims more is refused at once.  Mapping the file was rejected: if another program
 * shortens a mapped file, this one is killed by a signal.
 *
 * A gzip file may have several members, whose contents are joined (RFC 1952), and zeros after the
 * last, with which tapes and some downloads fill a block.  Any deviation from the formats is an
 * error: other bytes after the data, a wrong checksum.  A slightly damaged data set would give
 * slightly wrong results, which nobody would notice.
 */

#include "config.h"

#include "data/atelier-idx.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/atelier-error.h"

#define PIECE_SIZE ((gsize) 128 * 1024)
#define DEFLATE_MAX_RATIO 1032
#define TYPE_UNSIGNED_BYTE 0x08

/* For inflateInit2: the largest window, with gzip's header and checksum. */
#define GZIP_WINDOW_BITS (15 + 16)

/* Where the bytes come from: a file (@fd is not -1) or memory. */
typedef struct
{
  guint64  n_bytes; /* of the whole file or memory, as stored (compressed or not) */
  gboolean is_gzip;
  gboolean is_between; /* a gzip member has ended, checksum included */
  gboolean is_at_end;  /* the last gzip member has ended */
  z_stream zlib;

  /* Borrowed */
  const char   *name; /* for messages */
  GCancellable *cancellable;
  int           fd;
  const guint8 *next; /* the next stored byte to be used */
  gsize         n_next;

  /* Owned */
  guint8 *piece; /* for a file: the piece that @next points into */
} Source;

/* ---- Sources ---- */

/* Opens without blocking, since opening a FIFO could block for ever; accepts only regular files. */
static int
open_file (const char  *path,
           const char  *name,
           guint64     *n_bytes,
           GError     **error)
{
  const int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  const int saved_errno = errno;
  struct stat status;

  if (fd < 0)
    {
      g_set_error (error, ATELIER_ERROR,
                   saved_errno == ENOENT || saved_errno == ENOTDIR ? ATELIER_ERROR_NOT_FOUND
                                                                   : ATELIER_ERROR_FAILED,
                   _("“%s” cannot be opened: %s"), name, g_strerror (saved_errno));
      return -1;
    }
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (fd);
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("“%s” is not a regular file"), name);
      return -1;
    }
  *n_bytes = (guint64) status.st_size;
  return fd;
}

/* Provides at least one stored byte, unless there are none left. */
static gboolean
source_fill (Source  *source,
             GError **error)
{
  gssize n_read = 0;

  if (source->n_next > 0 || source->fd < 0)
    return TRUE;

  if (g_cancellable_set_error_if_cancelled (source->cancellable, error))
    return FALSE;

  do
    n_read = read (source->fd, source->piece, PIECE_SIZE);
  while (n_read < 0 && errno == EINTR);

  if (n_read < 0)
    {
      const int saved_errno = errno;

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   _("“%s” cannot be read: %s"), source->name, g_strerror (saved_errno));
      return FALSE;
    }
  source->next = source->piece;
  source->n_next = (gsize) n_read;
  return TRUE;
}

/* Looks at the first bytes, and initialises zlib if they are gzip's. */
static gboolean
source_start (Source  *source,
              GError **error)
{
  if (!source_fill (source, error))
    return FALSE;

  if (source->n_next < 2 || source->next[0] != 0x1f || source->next[1] != 0x8b)
    return TRUE;

  if (inflateInit2 (&source->zlib, GZIP_WINDOW_BITS) != Z_OK)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("“%s” cannot be unpacked: there is not enough memory"), source->name);
      return FALSE;
    }
  source->is_gzip = TRUE;
  return TRUE;
}

static void
source_clear (Source *source)
{
  if (source->is_gzip)
    inflateEnd (&source->zlib);
  g_free (source->piece);
}

static gboolean
fail_inflate (Source  *source,
              int      result,
              GError **error)
{
  if (result == Z_MEM_ERROR)
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                 _("“%s” cannot be unpacked: there is not enough memory"), source->name);
  else
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                 _("“%s” is damaged: its compressed data cannot be unpacked (%s)"),
                 source->name, source->zlib.msg != NULL ? source->zlib.msg : zError (result));
  return FALSE;
}

/* Unpacks up to @n bytes from one piece of the file; none if the file ends too early. */
static gboolean
source_inflate (Source  *source,
                guint8  *out,
                gsize    n,
                gsize   *n_out,
                GError **error)
{
  const gsize n_in = MIN (source->n_next, PIECE_SIZE);
  int result;

  n = MIN (n, (gsize) 1 << 30);
  source->zlib.next_in = (Bytef *) source->next;
  source->zlib.avail_in = (uInt) n_in;
  source->zlib.next_out = out;
  source->zlib.avail_out = (uInt) n;
  result = inflate (&source->zlib, Z_NO_FLUSH);
  source->next += n_in - source->zlib.avail_in;
  source->n_next -= n_in - source->zlib.avail_in;
  *n_out = n - source->zlib.avail_out;

  if (result == Z_STREAM_END)
    source->is_between = TRUE;
  else if (result != Z_OK && result != Z_BUF_ERROR)
    return fail_inflate (source, result, error);
  return TRUE;
}

/* After a gzip member: starts the next one, or finds that nothing but zeros follows. */
static gboolean
source_start_next_member (Source  *source,
                          GError **error)
{
  gboolean has_padding = FALSE;

  for (;;)
    {
      if (!source_fill (source, error))
        return FALSE;
      if (source->n_next == 0)
        {
          source->is_at_end = TRUE;
          return TRUE;
        }
      if (source->next[0] != 0)
        break;
      has_padding = TRUE;
      source->next++;
      source->n_next--;
    }
  if (has_padding || source->next[0] != 0x1f)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRAILING,
                   _("“%s” goes on after its compressed data"), source->name);
      return FALSE;
    }
  source->is_between = FALSE;
  inflateReset (&source->zlib);
  return TRUE;
}

/* Reads @n bytes, or fewer if the data end before; @n_done says how many. */
static gboolean
source_read (Source  *source,
             guint8  *out,
             gsize    n,
             gsize   *n_done,
             GError **error)
{
  *n_done = 0;
  while (*n_done < n && !source->is_at_end)
    {
      gsize n_new = 0;

      if (source->is_between && !source_start_next_member (source, error))
        return FALSE;
      if (!source_fill (source, error))
        return FALSE;
      if (source->n_next == 0)
        break;

      if (source->is_gzip)
        {
          if (!source_inflate (source, out + *n_done, n - *n_done, &n_new, error))
            return FALSE;
        }
      else
        {
          n_new = MIN (n - *n_done, source->n_next);
          memcpy (out + *n_done, source->next, n_new);
          source->next += n_new;
          source->n_next -= n_new;
        }
      *n_done += n_new;
    }
  return TRUE;
}

/* ---- The format ---- */

static const char *
describe_type (guint8 type)
{
  switch (type)
    {
    case 0x09:
      return _("signed bytes");
    case 0x0b:
      return _("16-bit integers");
    case 0x0c:
      return _("32-bit integers");
    case 0x0d:
      return _("32-bit floating-point numbers");
    case 0x0e:
      return _("64-bit floating-point numbers");
    default:
      return NULL;
    }
}

static gboolean
fail_byte_order (const char  *name,
                 GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               _("“%s” has the numbers of its header in the wrong byte order: they begin with the "
                 "least significant byte, and IDX has the most significant one first"), name);
  return FALSE;
}

static gboolean
check_magic (const char    *name,
             const guint8  *magic,
             GError       **error)
{
  const char *type = describe_type (magic[2]);

  if (magic[3] == 0 && magic[2] == 0 && magic[1] == TYPE_UNSIGNED_BYTE
      && magic[0] >= 1 && magic[0] <= ATELIER_IDX_MAX_RANK)
    return fail_byte_order (name, error);
  if (magic[0] != 0 || magic[1] != 0 || (magic[2] != TYPE_UNSIGNED_BYTE && type == NULL)
      || magic[3] == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   _("“%s” is not an IDX file: it begins with %02x %02x %02x %02x, "
                     "where 00 00 08 and a number of dimensions were expected"),
                   name, magic[0], magic[1], magic[2], magic[3]);
      return FALSE;
    }
  if (magic[2] != TYPE_UNSIGNED_BYTE)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("“%s” holds %s; unsigned bytes were expected"), name, type);
      return FALSE;
    }
  if (magic[3] > ATELIER_IDX_MAX_RANK)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("“%s” has %u dimensions; at most %d can be used"),
                   name, magic[3], ATELIER_IDX_MAX_RANK);
      return FALSE;
    }
  return TRUE;
}

static gboolean
fail_header (Source  *source,
             gsize    n_read,
             GError **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
               _("“%s” ends within its header, after %zu bytes"), source->name, n_read);
  return FALSE;
}

/* Multiplies the dimensions; FALSE if the product is more than can be used. */
static gboolean
multiply (const guint32 *dims,
          guint          rank,
          guint64       *product)
{
  *product = 1;
  for (guint i = 0; i < rank; i++)
    {
      /* @product is at most 2^30 here and a dimension is below 2^32: no overflow. */
      *product *= dims[i];
      if (*product > ATELIER_IDX_MAX_BYTES)
        return FALSE;
    }
  return TRUE;
}

/* Whether the dimensions fit the file if their bytes are read in the other order.  Only asked if
 * they do not fit as they are. */
static gboolean
looks_swapped (const Source     *source,
               const AtelierIdx *idx)
{
  guint32 dims[ATELIER_IDX_MAX_RANK];
  guint64 size = 0;

  for (guint i = 0; i < idx->rank; i++)
    dims[i] = GUINT32_SWAP_LE_BE (idx->dims[i]);
  if (!multiply (dims, idx->rank, &size) || size == 0)
    return FALSE;
  if (source->is_gzip)
    return size <= source->n_bytes * DEFLATE_MAX_RATIO;
  return source->n_bytes == 4 + 4 * idx->rank + size;
}

static gboolean
compute_size (const Source      *source,
              const AtelierIdx  *idx,
              gsize             *size,
              GError           **error)
{
  guint64 product = 0;

  if (!multiply (idx->dims, idx->rank, &product))
    {
      if (looks_swapped (source, idx))
        return fail_byte_order (source->name, error);
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” claims to hold more than %zu MiB, the most that can be used"),
                   source->name, ATELIER_IDX_MAX_BYTES >> 20);
      return FALSE;
    }
  *size = (gsize) product;
  return TRUE;
}

static gboolean
read_header (Source      *source,
             AtelierIdx  *idx,
             gsize       *size,
             GError     **error)
{
  guint8 magic[4];
  guint8 dims[4 * ATELIER_IDX_MAX_RANK];
  gsize n_read = 0;

  if (!source_read (source, magic, sizeof magic, &n_read, error))
    return FALSE;
  if (n_read < sizeof magic)
    return fail_header (source, n_read, error);
  if (!check_magic (source->name, magic, error))
    return FALSE;

  idx->rank = magic[3];
  if (!source_read (source, dims, 4 * idx->rank, &n_read, error))
    return FALSE;
  if (n_read < 4 * idx->rank)
    return fail_header (source, sizeof magic + n_read, error);

  for (guint i = 0; i < idx->rank; i++)
    idx->dims[i] = (guint32) dims[4 * i] << 24 | (guint32) dims[4 * i + 1] << 16 |
                   (guint32) dims[4 * i + 2] << 8 | dims[4 * i + 3];
  return compute_size (source, idx, size, error);
}

static gboolean
fail_truncated (Source   *source,
                gsize     n_expected,
                guint64   n_found,
                GError  **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
               _("“%s” ends too early: its header announces %zu bytes of data, "
                 "but there are at most %" PRIu64),
               source->name, n_expected, n_found);
  return FALSE;
}

/* Compares the size that the header claims with the most that the file can hold. */
static gboolean
check_claim (Source            *source,
             const AtelierIdx  *idx,
             gsize              size,
             GError           **error)
{
  const gsize n_header = 4 + 4 * idx->rank;
  const guint64 n_most = source->is_gzip ? source->n_bytes * DEFLATE_MAX_RATIO
                                         : source->n_bytes - MIN (source->n_bytes, n_header);

  if (n_most >= size)
    return TRUE;
  return looks_swapped (source, idx) ? fail_byte_order (source->name, error)
                                     : fail_truncated (source, size, n_most, error);
}

static gboolean
check_end (Source            *source,
           const AtelierIdx  *idx,
           gsize              size,
           GError           **error)
{
  guint8 byte;
  gsize n_read = 0;

  if (!source_read (source, &byte, 1, &n_read, error))
    return FALSE;
  if (n_read > 0 && !source->is_gzip && looks_swapped (source, idx))
    return fail_byte_order (source->name, error);
  if (n_read > 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRAILING,
                   _("“%s” goes on after the %zu bytes of data that its header announces"),
                   source->name, size);
      return FALSE;
    }
  if (source->is_gzip && !source->is_at_end)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
                   _("“%s” ends too early: its compressed data are not complete"), source->name);
      return FALSE;
    }
  return TRUE;
}

static AtelierIdx *
read_idx (Source  *source,
          GError **error)
{
  g_autoptr (AtelierIdx) idx = g_new0 (AtelierIdx, 1);
  guint8 *data = NULL;
  gsize size = 0;
  gsize n_read = 0;

  if (!source_start (source, error)
      || !read_header (source, idx, &size, error)
      || !check_claim (source, idx, size, error))
    return NULL;

  data = g_try_malloc (MAX (size, 1));
  if (data == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory for the %zu bytes of “%s”"), size, source->name);
      return NULL;
    }
  idx->data = g_bytes_new_take (data, size);

  if (!source_read (source, data, size, &n_read, error))
    return NULL;
  if (n_read < size && looks_swapped (source, idx))
    {
      fail_byte_order (source->name, error);
      return NULL;
    }
  if (n_read < size)
    {
      fail_truncated (source, size, n_read, error);
      return NULL;
    }
  return check_end (source, idx, size, error) ? g_steal_pointer (&idx) : NULL;
}

/* ---- Public ---- */

void
atelier_idx_free (AtelierIdx *idx)
{
  if (idx == NULL)
    return;

  g_clear_pointer (&idx->data, g_bytes_unref);
  g_free (idx);
}

AtelierIdx *
atelier_idx_load (const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *name = NULL;
  Source source = { 0 };
  AtelierIdx *idx = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  name = g_filename_display_name (path);
  source.name = name;
  source.cancellable = cancellable;
  source.fd = open_file (path, name, &source.n_bytes, error);
  if (source.fd < 0)
    return NULL;

  source.piece = g_malloc (PIECE_SIZE);
  idx = read_idx (&source, error);
  source_clear (&source);
  close (source.fd);
  return idx;
}

AtelierIdx *
atelier_idx_parse (const guint8  *bytes,
                   gsize          n_bytes,
                   const char    *name,
                   GError       **error)
{
  Source source = { 0 };
  AtelierIdx *idx = NULL;

  g_return_val_if_fail (bytes != NULL || n_bytes == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  source.name = name;
  source.fd = -1;
  source.next = bytes;
  source.n_next = n_bytes;
  source.n_bytes = n_bytes;
  idx = read_idx (&source, error);
  source_clear (&source);
  return idx;
}
