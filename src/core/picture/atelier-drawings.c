/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving drawings: as pictures in class folders, and as IDX files.
 *
 * A picture's number is reserved by creating its file, which fails if the file exists.  The picture
 * is then written to a temporary file, which replaces the empty one.  So two programs that save at
 * the same time get two numbers, and no picture is lost.
 *
 * IDX files have their length in the header, so they cannot simply be appended to.  Both are
 * written to temporary files, which are then renamed.  If the program dies between the two
 * renamings, there is one image more than there are labels.  Readers therefore use as many drawings
 * as both files have, and the next addition drops the extra image.
 */

#include "config.h"

#include "picture/atelier-drawings.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"
#include "data/atelier-idx.h"
#include "picture/atelier-picture.h"

#define IMAGES_HEADER_BYTES 16
#define LABELS_HEADER_BYTES 8
/* How many numbers are tried if other programs take them at the same time. */
#define MAX_TRIES 1000

static gboolean
set_not_saved (const char  *path,
               int          reason,
               GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
               _("“%s” cannot be saved: %s"), name, g_strerror (reason));
  return FALSE;
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  return set_not_saved (folder, errno, error);
}

/* ---- Pictures in class folders ---- */

char *
atelier_drawings_make_folder_name (const char *class_name)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (class_name != NULL, NULL);

  name = g_utf8_make_valid (class_name, -1);
  for (char *at = name; *at != '\0'; at++)
    if (*at == '/' || g_ascii_iscntrl (*at))
      *at = '-';
  /* A name that begins with a dot would be hidden, or be the parent folder. */
  if (*name == '.' || *name == '\0')
    return g_strconcat ("-", name, NULL);
  return g_steal_pointer (&name);
}

/* Whether names that differ in the character only may mean the same. */
static gboolean
is_separator (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_CONTROL:
      return TRUE;
    default:
      return g_unichar_isspace (character)
             || (character < 128 && strchr ("/\\.,:;'\"", (int) character) != NULL);
    }
}

/* Transfer full: without separators, and with case folded unless a single character is left. */
static char *
reduce_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) reduced = g_string_new (NULL);

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_separator (g_utf8_get_char (at)))
      g_string_append_unichar (reduced, g_utf8_get_char (at));
  if (g_utf8_strlen (reduced->str, -1) <= 1)
    return g_string_free (g_steal_pointer (&reduced), FALSE);
  return g_utf8_casefold (reduced->str, -1);
}

gboolean
atelier_drawings_is_folder_of (const char *folder_name,
                               const char *class_name)
{
  g_autofree char *folder = NULL;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (folder_name != NULL && class_name != NULL, FALSE);

  folder = reduce_name (folder_name);
  wanted = reduce_name (class_name);
  /* A name of separators only must match exactly. */
  if (*wanted == '\0')
    return g_str_equal (folder_name, class_name);
  return g_str_equal (folder, wanted);
}

/* Whether the folder has the class's name, as well as a folder can. */
static gboolean
is_exactly (const char *folder_name,
            const char *class_name)
{
  g_autofree char *made = atelier_drawings_make_folder_name (class_name);

  return g_str_equal (folder_name, class_name) || g_str_equal (folder_name, made);
}

int
atelier_drawings_find_class (const char         *folder_name,
                             const char * const *class_names)
{
  int found = -1;

  g_return_val_if_fail (folder_name != NULL && class_names != NULL, -1);

  for (int i = 0; class_names[i] != NULL; i++)
    if (is_exactly (folder_name, class_names[i]))
      return i;
  for (int i = 0; class_names[i] != NULL; i++)
    {
      if (!atelier_drawings_is_folder_of (folder_name, class_names[i]))
        continue;
      if (found >= 0)
        return -1;
      found = i;
    }
  return found;
}

/* The highest number in use + 1. */
static guint
find_next_number (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 highest = 0;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      const char *digits = name + strlen ("drawing-");
      char *end = NULL;
      guint64 number;

      if (!g_str_has_prefix (name, "drawing-") || !g_ascii_isdigit (*digits))
        continue;
      number = g_ascii_strtoull (digits, &end, 10);
      if (g_str_equal (end, ".png") && number < G_MAXUINT - MAX_TRIES)
        highest = MAX (highest, number);
    }
  return (guint) highest + 1;
}

/* Transfer full: the path of an empty file that this call created. */
static char *
take_number (const char  *folder,
             GError     **error)
{
  guint first = find_next_number (folder);

  for (guint number = first; number < first + MAX_TRIES; number++)
    {
      g_autofree char *name = g_strdup_printf ("drawing-%04u.png", number);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int file = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

      if (file >= 0)
        {
          close (file);
          return g_steal_pointer (&path);
        }
      if (errno != EEXIST)
        {
          set_not_saved (path, errno, error);
          return NULL;
        }
    }
  set_not_saved (folder, EEXIST, error);
  return NULL;
}

char *
atelier_drawings_save_png (const char    *folder,
                           const char    *class_name,
                           const guint8  *pixels,
                           guint          width,
                           guint          height,
                           gboolean       fits,
                           GError       **error)
{
  g_autofree char *class_folder_name = NULL;
  g_autofree char *class_folder = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL && class_name != NULL && pixels != NULL, NULL);

  class_folder_name = atelier_drawings_make_folder_name (class_name);
  class_folder = g_build_filename (folder, class_folder_name, NULL);
  if (!make_folder (class_folder, error))
    return NULL;
  path = take_number (class_folder, error);
  if (path == NULL)
    return NULL;
  if (!atelier_picture_save_drawing_png (pixels, width, height, fits, path, error))
    {
      g_unlink (path);
      return NULL;
    }
  return g_steal_pointer (&path);
}

/* ---- IDX ---- */

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

/* Transfer full. */
static AtelierIdx *
load_idx (const char  *folder,
          const char  *file_name,
          guint        rank,
          GError     **error)
{
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (AtelierIdx) idx = atelier_idx_load (path, NULL, error);
  g_autofree char *name = NULL;

  if (idx == NULL || idx->rank == rank)
    return g_steal_pointer (&idx);
  name = g_filename_display_name (path);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” has %u dimensions, expected %u"), name, idx->rank, rank);
  return NULL;
}

/* If the file does not exist, there are no drawings: @idx becomes NULL. */
static gboolean
load_idx_if_any (const char  *folder,
                 const char  *file_name,
                 guint        rank,
                 AtelierIdx **idx,
                 GError     **error)
{
  g_autoptr (GError) load_error = NULL;

  *idx = load_idx (folder, file_name, rank, &load_error);
  if (*idx != NULL || g_error_matches (load_error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

static gboolean
check_size (const AtelierIdx  *images,
            const char        *path,
            guint              width,
            guint              height,
            GError           **error)
{
  g_autofree char *name = NULL;

  if (images == NULL || (images->dims[1] == height && images->dims[2] == width))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” has pictures of %u × %u pixels, expected %u × %u"), name,
               images->dims[2], images->dims[1], width, height);
  return FALSE;
}

/* The number of drawings that both files have. */
static guint
count_drawings (const AtelierIdx *images,
                const AtelierIdx *labels)
{
  if (images == NULL || labels == NULL)
    return 0;
  return MIN (images->dims[0], labels->dims[0]);
}

static GByteArray *
begin_images (guint n,
              guint width,
              guint height)
{
  GByteArray *bytes = g_byte_array_sized_new (IMAGES_HEADER_BYTES + n * width * height);

  append_u32 (bytes, 0x00000803);
  append_u32 (bytes, n);
  append_u32 (bytes, height);
  append_u32 (bytes, width);
  return bytes;
}

static GByteArray *
begin_labels (guint n)
{
  GByteArray *bytes = g_byte_array_sized_new (LABELS_HEADER_BYTES + n);

  append_u32 (bytes, 0x00000801);
  append_u32 (bytes, n);
  return bytes;
}

/* Writes @bytes, then the first @n_old bytes of @old, then @n_new new ones; takes @bytes. */
static gboolean
write_idx (const char        *path,
           GByteArray        *bytes,
           const AtelierIdx  *old,
           gsize              n_old,
           const guint8      *added,
           gsize              n_added,
           GError           **error)
{
  g_autoptr (GBytes) whole = NULL;

  if (old != NULL)
    g_byte_array_append (bytes, g_bytes_get_data (old->data, NULL), (guint) n_old);
  g_byte_array_append (bytes, added, (guint) n_added);
  whole = g_byte_array_free_to_bytes (bytes);
  return atelier_file_write (path, whole, error);
}

gboolean
atelier_drawings_add_to_idx (const char    *folder,
                             guint          label,
                             const guint8  *pixels,
                             guint          width,
                             guint          height,
                             guint         *n_drawings,
                             GError       **error)
{
  g_autofree char *images_path = NULL;
  g_autofree char *labels_path = NULL;
  g_autoptr (AtelierIdx) images = NULL;
  g_autoptr (AtelierIdx) labels = NULL;
  const guint8 label_byte = (guint8) label;
  gsize n_pixels = (gsize) width * height;
  guint n;

  g_return_val_if_fail (folder != NULL && pixels != NULL && label <= 255, FALSE);
  g_return_val_if_fail (width > 0 && width <= ATELIER_DRAWING_MAX_SIDE, FALSE);
  g_return_val_if_fail (height > 0 && height <= ATELIER_DRAWING_MAX_SIDE, FALSE);

  images_path = g_build_filename (folder, ATELIER_DRAWINGS_IMAGES_NAME, NULL);
  labels_path = g_build_filename (folder, ATELIER_DRAWINGS_LABELS_NAME, NULL);
  if (!make_folder (folder, error)
      || !load_idx_if_any (folder, ATELIER_DRAWINGS_IMAGES_NAME, 3, &images, error)
      || !load_idx_if_any (folder, ATELIER_DRAWINGS_LABELS_NAME, 1, &labels, error)
      || !check_size (images, images_path, width, height, error))
    return FALSE;
  n = count_drawings (images, labels);
  if (n >= ATELIER_DRAWINGS_MAX_IDX || (n + 1) * n_pixels > ATELIER_IDX_MAX_BYTES)
    {
      g_autofree char *name = g_filename_display_name (images_path);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” already has %u drawings, the most that it can hold"), name, n);
      return FALSE;
    }
  if (!write_idx (images_path, begin_images (n + 1, width, height), images, n * n_pixels, pixels,
                  n_pixels, error)
      || !write_idx (labels_path, begin_labels (n + 1), labels, n, &label_byte, 1, error))
    return FALSE;
  if (n_drawings != NULL)
    *n_drawings = n + 1;
  return TRUE;
}

gboolean
atelier_drawings_load_idx (const char  *folder,
                           GBytes     **images,
                           GBytes     **labels,
                           guint       *width,
                           guint       *height,
                           GError     **error)
{
  g_autoptr (AtelierIdx) image_idx = NULL;
  g_autoptr (AtelierIdx) label_idx = NULL;
  guint n;

  g_return_val_if_fail (folder != NULL && images != NULL && labels != NULL, FALSE);
  g_return_val_if_fail (width != NULL && height != NULL, FALSE);

  image_idx = load_idx (folder, ATELIER_DRAWINGS_IMAGES_NAME, 3, error);
  if (image_idx == NULL)
    return FALSE;
  label_idx = load_idx (folder, ATELIER_DRAWINGS_LABELS_NAME, 1, error);
  if (label_idx == NULL)
    return FALSE;
  n = count_drawings (image_idx, label_idx);
  if (n == 0)
    {
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED,
                   _("The IDX files in “%s” hold no drawings"), name);
      return FALSE;
    }
  *height = image_idx->dims[1];
  *width = image_idx->dims[2];
  *images = g_bytes_new_from_bytes (image_idx->data, 0, (gsize) n * *height * *width);
  *labels = g_bytes_new_from_bytes (label_idx->data, 0, n);
  return TRUE;
}
