/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the reader of drawings in two IDX files: whatever they hold, it answers with drawings and
 * as many labels, or with an error.  Then a drawing is added, and what was there is still there. */

#include "fuzz-folder.h"

#include "base/atelier-error.h"
#include "picture/atelier-drawings.h"

static const char * const names[] = {
  ATELIER_DRAWINGS_IMAGES_NAME,
  ATELIER_DRAWINGS_LABELS_NAME,
  NULL
};

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

typedef struct
{
  /* Owned */
  GBytes *images;
  GBytes *labels;

  guint   width;
  guint   height;
} Drawings;

static void
drawings_clear (Drawings *drawings)
{
  g_clear_pointer (&drawings->images, g_bytes_unref);
  g_clear_pointer (&drawings->labels, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawings, drawings_clear)

static gboolean
load (const char *folder,
      Drawings   *drawings)
{
  g_autoptr (GError) error = NULL;

  if (!atelier_drawings_load_idx (folder, &drawings->images, &drawings->labels, &drawings->width,
                                  &drawings->height, &error))
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return FALSE;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (drawings->labels), >=, 1);
  g_assert_cmpuint (g_bytes_get_size (drawings->images), ==,
                    g_bytes_get_size (drawings->labels) * drawings->width * drawings->height);
  return TRUE;
}

/* Adds a drawing of the size that the others have. */
static void
check_adding (const char     *folder,
              const Drawings *before)
{
  const gsize n_pixels = (gsize) before->width * before->height;
  const gsize n_before = g_bytes_get_size (before->labels);
  g_autofree guint8 *pixels = g_malloc0 (n_pixels);
  g_auto (Drawings) after = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_drawings = 0;

  if (!atelier_drawings_add_to_idx (folder, 7, pixels, before->width, before->height, &n_drawings,
                                    &error))
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      return;
    }
  g_assert_cmpuint (n_drawings, ==, n_before + 1);
  g_assert_true (load (folder, &after));
  g_assert_cmpuint (g_bytes_get_size (after.labels), ==, n_before + 1);
  g_assert_cmpmem (g_bytes_get_data (after.images, NULL), n_before * n_pixels,
                   g_bytes_get_data (before->images, NULL), n_before * n_pixels);
  g_assert_cmpmem (g_bytes_get_data (after.labels, NULL), n_before,
                   g_bytes_get_data (before->labels, NULL), n_before);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *folder = fuzz_folder_fill (data, size, names);
  g_auto (Drawings) drawings = { 0 };

  if (!load (folder, &drawings))
    return 0;
  if (drawings.width >= 1 && drawings.width <= 64 && drawings.height >= 1 && drawings.height <= 64)
    check_adding (folder, &drawings);
  return 0;
}
