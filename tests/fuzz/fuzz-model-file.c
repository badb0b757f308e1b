/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the reader of model files: whatever the bytes, it answers with an error or with a model
 * that, once written, gives the same bytes for good.  The container is read on its own as well,
 * since few inputs get past it. */

#include <stdint.h>

#include "base/atelier-error.h"
#include "model/atelier-model-file.h"
#include "model/atelier-safetensors.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_container (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "input", &error);
  g_autoptr (GBytes) written = NULL;

  g_assert ((file != NULL) == (error == NULL));
  if (file == NULL)
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  for (guint i = 0; i < atelier_safetensors_get_n_tensors (file); i++)
    {
      const AtelierSafetensor *tensor = atelier_safetensors_get_tensor (file, i);
      guint64 n = atelier_dtype_get_size (tensor->dtype);

      for (guint j = 0; j < tensor->rank; j++)
        n *= tensor->shape[j];
      g_assert_cmpuint (g_bytes_get_size (tensor->data), ==, n);
    }
  written = atelier_safetensors_to_bytes (file);
  g_assert_cmpuint (g_bytes_get_size (written), >=, 16);
}

static void
check_model (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = atelier_model_file_from_bytes (bytes, "input", &error);
  g_autoptr (AtelierModel) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) rewritten = NULL;

  g_assert ((model != NULL) == (error == NULL));
  if (model == NULL)
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  written = atelier_model_file_to_bytes (model);
  again = atelier_model_file_from_bytes (written, "written", &error);
  g_assert_no_error (error);
  rewritten = atelier_model_file_to_bytes (again);
  g_assert_true (g_bytes_equal (written, rewritten));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  check_container (bytes);
  check_model (bytes);
  return 0;
}
