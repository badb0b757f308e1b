/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the reader of networks: whatever the text, it answers with an error or with a network
 * that its own text gives again, byte for byte. */

#include <stdint.h>

#include "base/atelier-error.h"
#include "model/atelier-network.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_text (AtelierNetwork *network,
            gboolean        pretty)
{
  g_autofree char *text = atelier_network_to_json (network, pretty);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) again = atelier_network_from_json (text, -1, "text", &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  g_assert_true (atelier_network_equal (network, again));
  text_again = atelier_network_to_json (again, pretty);
  g_assert_cmpstr (text, ==, text_again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network =
    atelier_network_from_json (size > 0 ? (const char *) data : "", (gssize) size, "input", &error);

  g_assert ((network != NULL) == (error == NULL));
  if (network == NULL)
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      g_autofree char *words = atelier_network_describe_layer (network, i);

      g_assert_nonnull (words);
    }
  check_text (network, FALSE);
  check_text (network, TRUE);
  return 0;
}
