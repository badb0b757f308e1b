/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the way of a picture from bytes, as the clipboard, a drop or a file gives them, to what a
 * network sees: whatever the bytes, they give a picture within the bounds, from which the pipeline
 * makes a result of its size, or an error of our own domain.  The decoders are gdk-pixbuf's; the
 * first look at the bytes, the walk to their end, and the pipeline are ours. */

#include <stdint.h>

#include "base/atelier-error.h"
#include "picture/atelier-input.h"
#include "picture/atelier-picture.h"

/* The pipeline's time goes with the pixels; larger pictures only repeat what smaller ones do. */
#define MAX_RUN_PIXELS (512 * 512)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
run_pipeline (AtelierPicture *picture,
              gboolean        is_fashion)
{
  AtelierInput input;
  g_autoptr (AtelierInputResult) result = NULL;

  if (is_fashion)
    atelier_input_init_fashion (&input, 28, 28);
  else
    atelier_input_init_mnist (&input, 20, 30);
  result = atelier_input_run_picture (&input, picture);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_RESULT].width, ==, input.width);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_RESULT].height, ==, input.height);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, "input", NULL, &error);
  guint64 n_pixels;

  g_assert ((picture != NULL) == (error == NULL));
  if (picture == NULL)
    {
      g_assert_cmpuint (error->domain, ==, ATELIER_ERROR);
      return 0;
    }
  n_pixels = (guint64) atelier_picture_get_width (picture) * atelier_picture_get_height (picture);
  g_assert_cmpuint (n_pixels, >=, 1);
  g_assert_cmpuint (n_pixels, <=, ATELIER_PICTURE_MAX_PIXELS);
  if (n_pixels > MAX_RUN_PIXELS)
    return 0;
  run_pipeline (picture, TRUE);
  run_pipeline (picture, FALSE);
  return 0;
}
