/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the IDX reader: whatever the bytes, it answers with an array as large as its dimensions
 * say, or with an error. */

#include <stdint.h>

#include "data/atelier-idx.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIdx) idx = atelier_idx_parse (data, size, "input", &error);
  gsize n_bytes = 1;

  g_assert ((idx != NULL) == (error == NULL));
  if (idx == NULL)
    return 0;

  g_assert_cmpuint (idx->rank, >=, 1);
  g_assert_cmpuint (idx->rank, <=, ATELIER_IDX_MAX_RANK);
  for (guint i = 0; i < idx->rank; i++)
    n_bytes *= idx->dims[i];
  g_assert_cmpuint (g_bytes_get_size (idx->data), ==, n_bytes);
  return 0;
}
