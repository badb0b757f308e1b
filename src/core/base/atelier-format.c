/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people.
 *
 * printf's own grouping ("%'u") was not enough: in the C locale, which is what scripts, containers
 * and a session without a language have, it groups nothing, and 55000 is slower to read than
 * 55,000.  It also gives the separator in the locale's charset, which need not be UTF-8 as all text
 * is here.  Main thread (the locale).
 */

#include "config.h"

#include "base/atelier-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>

static const char *
get_separator (void)
{
  const char *name = setlocale (LC_NUMERIC, NULL);
  const char *separator = localeconv ()->thousands_sep;

  if (name == NULL || g_str_equal (name, "C") || g_str_has_prefix (name, "C.")
      || g_str_equal (name, "POSIX") || !g_utf8_validate (separator, -1, NULL))
    return ",";

  return separator;
}

char *
atelier_format_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  const char *separator = get_separator ();
  gsize n_digits = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}

char *
atelier_format_large (guint64 n)
{
  if (n >= 1000000000)
    /* Translators: a number in thousands of millions. */
    return g_strdup_printf (_("%.1f G"), (double) n / 1e9);
  if (n >= 1000000)
    /* Translators: a number in millions. */
    return g_strdup_printf (_("%.1f M"), (double) n / 1e6);

  return atelier_format_count (n);
}

char *
atelier_format_duration (double seconds)
{
  guint64 whole = (guint64) ceil (CLAMP (seconds, 0.0, 1e9));

  if (whole >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600,
                            (guint) (whole / 60 % 60), (guint) (whole % 60));

  return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
}
