/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers are found in the finished text, so that translators write "%u × %u" as ever, and the
 * words of the core, which the command line prints too, hold no invisible characters.
 */

#include "config.h"

#include "kit/atelier-number-order.h"

#define NUMBER "\\d+(?:[.,]\\d+)*"
#define SPACE "[ \\x{a0}\\x{202f}]?"
#define SIGN "(?<![\\w.,])[-−+]"
/* A size or a part of a whole; a share; a number with a sign. */
#define PATTERN                                                         \
  "(?:" SIGN ")?" NUMBER "(?:" SPACE "[×/]" SPACE NUMBER ")+|"          \
  "(?:" SIGN ")?" NUMBER SPACE "%|" SIGN NUMBER
/* LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE around what was found. */
#define ISOLATED "\u2066\\0\u2069"

char *
atelier_number_order_keep (GtkWidget  *widget,
                           const char *text)
{
  static GRegex *regex;
  char *kept;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL)
    return g_strdup (text);

  if (regex == NULL)
    regex = g_regex_new (PATTERN, G_REGEX_OPTIMIZE, 0, NULL);
  kept = g_regex_replace (regex, text, -1, 0, ISOLATED, 0, NULL);

  return kept ? kept : g_strdup (text);
}

void
atelier_number_order_set_label (GtkLabel   *label,
                                const char *text)
{
  g_autofree char *kept = atelier_number_order_keep (GTK_WIDGET (label), text);

  if (!g_str_equal (kept, gtk_label_get_label (label)))
    gtk_label_set_label (label, kept);
}
