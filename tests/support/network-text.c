/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "network-text.h"

#include <string.h>

AtelierNetwork *
parse_network (const char *json)
{
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "test.json", &error);

  g_assert_no_error (error);
  g_assert_nonnull (network);
  return network;
}

void
refuse_network (const char   *json,
                AtelierError  code,
                const char   *piece)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = atelier_network_from_json (json, -1, "test.json", &error);

  g_assert_null (network);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "test.json"));
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is not in “%s”", piece, error->message);
}
