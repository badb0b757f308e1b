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

/* Times beyond some thirty years are not told apart. */
#define LONGEST_SECONDS 1e9

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
atelier_format_percent (double share,
                        guint  n_decimals)
{
  if (!isfinite (share))
    return g_strdup ("–");

  /* Translators: a share in percent, as in "90.34 %". */
  return g_strdup_printf (_("%.*f %%"), (int) n_decimals, 100.0 * share);
}

char *
atelier_format_loss (double loss)
{
  if (!isfinite (loss))
    return g_strdup ("–");

  return g_strdup_printf ("%.*f", fabs (loss) < 10.0 ? 4 : 2, loss);
}

char *
atelier_format_loss_short (double loss)
{
  gboolean is_small = loss != 0.0 && fabs (loss) < 0.01;

  if (!isfinite (loss))
    return g_strdup ("–");

  return g_strdup_printf ("%.*f", is_small ? 5 : 3, loss);
}

/* "0:06", "1:02:03".  @seconds is whole. */
static char *
format_clock (double seconds)
{
  guint64 whole = (guint64) CLAMP (seconds, 0.0, LONGEST_SECONDS);

  if (whole >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600,
                            (guint) (whole / 60 % 60), (guint) (whole % 60));

  return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
}

char *
atelier_format_duration (double seconds)
{
  if (!isfinite (seconds))
    return g_strdup ("–");
  if (seconds < 10.0)
    /* Translators: seconds, as in "6.3 s". */
    return g_strdup_printf (_("%.1f s"), MAX (seconds, 0.0));

  return format_clock (round (seconds));
}

char *
atelier_format_time_left (double seconds)
{
  return isfinite (seconds) ? format_clock (ceil (seconds)) : g_strdup ("–");
}
