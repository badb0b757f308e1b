/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks on the bits of floats, so that they also work where a file puts floats at odd addresses.
 * Every value is looked at, without a branch for each, as models are checked often while a run
 * publishes them.  Any thread.
 */

#include "config.h"

#include "model/atelier-floats-private.h"

#include <string.h>

#define EXPONENT 0x7f800000u
#define SIGN 0x80000000u

static guint32
get_bits (const guint8 *data,
          gsize         i)
{
  guint32 bits;

  memcpy (&bits, data + i * sizeof bits, sizeof bits);
  return GUINT32_FROM_LE (bits);
}

gboolean
atelier_floats_are_finite (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 is_bad = 0;

  for (gsize i = 0; i < size / sizeof (guint32); i++)
    is_bad |= (get_bits (data, i) & EXPONENT) == EXPONENT;
  return !is_bad;
}

gboolean
atelier_floats_are_nonnegative (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 is_bad = 0;

  for (gsize i = 0; i < size / sizeof (guint32); i++)
    is_bad |= get_bits (data, i) > SIGN;
  return !is_bad;
}
