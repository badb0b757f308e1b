/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A strict check of JSON's grammar (RFC 8259) that builds no tree.
 *
 * There is one function for each production of the grammar.  It moves the scanner behind what it
 * read and returns whether that was valid.  The functions recurse as deep as the text is nested, up
 * to a limit.  Beyond the grammar the scan refuses what another reader could interpret differently:
 * duplicate keys, NUL in strings, half surrogate pairs, integers beyond 64 bits, infinite numbers.
 * Any thread.
 */

#include "config.h"

#include "base/atelier-json-scan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NUMBER_LENGTH 63
#define MAX_SHOWN_CHARS 40

typedef struct
{
  const char *at;      /* Borrowed; the next byte */
  const char *end;     /* Borrowed */
  guint       depth;
  guint       max_depth;
  char       *problem; /* Owned; the first problem found */
} Scanner;

static gboolean scan_value (Scanner *scanner);

static gboolean
fail (Scanner    *scanner,
      const char *problem)
{
  if (scanner->problem == NULL)
    scanner->problem = g_strdup (problem);
  return FALSE;
}

static gboolean
fail_expected (Scanner    *scanner,
               const char *expected)
{
  if (scanner->problem != NULL)
    return FALSE;
  if (scanner->at == scanner->end)
    /* Translators: %s is a piece of JSON syntax, such as a bracket */
    scanner->problem = g_strdup_printf (_("the text ends where %s was expected"), expected);
  else
    {
      const char *next = g_utf8_next_char (scanner->at);
      g_autofree char *bytes = g_strndup (scanner->at, (gsize) (next - scanner->at));
      g_autofree char *found = atelier_json_shorten (bytes);

      /* Translators: the first %s is a character, the second a piece of JSON syntax */
      scanner->problem = g_strdup_printf (_("found “%s” where %s was expected"), found, expected);
    }
  return FALSE;
}

static void
skip_space (Scanner *scanner)
{
  while (scanner->at < scanner->end && strchr (" \t\r\n", *scanner->at) != NULL)
    scanner->at++;
}

static gboolean
accept (Scanner *scanner,
        char     c)
{
  if (scanner->at == scanner->end || *scanner->at != c)
    return FALSE;
  scanner->at++;
  return TRUE;
}

static gboolean
scan_word (Scanner    *scanner,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scanner->end - scanner->at) < length || memcmp (scanner->at, word, length) != 0)
    return fail_expected (scanner, _("a value"));
  scanner->at += length;
  return TRUE;
}

static gboolean
scan_hex4 (Scanner *scanner,
           guint   *code)
{
  *code = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (scanner->at == scanner->end || !g_ascii_isxdigit (*scanner->at))
        return fail_expected (scanner, _("a hexadecimal digit"));
      *code = *code * 16 + (guint) g_ascii_xdigit_value (*scanner->at++);
    }
  return TRUE;
}

/* Reads what follows "\u". */
static gboolean
scan_unicode_escape (Scanner *scanner,
                     GString *plain)
{
  guint code, low;

  if (!scan_hex4 (scanner, &code))
    return FALSE;
  if (code >= 0xd800 && code <= 0xdbff)
    {
      if (!accept (scanner, '\\') || !accept (scanner, 'u'))
        return fail (scanner, _("a string holds half a surrogate pair"));
      if (!scan_hex4 (scanner, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (scanner, _("a string holds half a surrogate pair"));
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (code >= 0xdc00 && code <= 0xdfff)
    return fail (scanner, _("a string holds half a surrogate pair"));
  if (code == 0)
    return fail (scanner, _("a string holds a NUL character"));
  g_string_append_unichar (plain, code);
  return TRUE;
}

static gboolean
scan_escape (Scanner *scanner,
             GString *plain)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (accept (scanner, 'u'))
    return scan_unicode_escape (scanner, plain);
  if (scanner->at == scanner->end || (found = strchr (letters, *scanner->at)) == NULL)
    return fail_expected (scanner, _("an escape sequence"));
  g_string_append_c (plain, meanings[found - letters]);
  scanner->at++;
  return TRUE;
}

/* Appends the string to @plain, without quotes and with escapes resolved. */
static gboolean
scan_string (Scanner *scanner,
             GString *plain)
{
  if (!accept (scanner, '"'))
    return fail_expected (scanner, _("a string"));
  while (!accept (scanner, '"'))
    {
      if (scanner->at == scanner->end)
        return fail (scanner, _("the text ends within a string"));
      if ((guchar) *scanner->at < 0x20)
        return fail (scanner, _("a string holds an unescaped control character"));
      if (accept (scanner, '\\'))
        {
          if (!scan_escape (scanner, plain))
            return FALSE;
        }
      else
        g_string_append_c (plain, *scanner->at++);
    }
  return TRUE;
}

static gboolean
scan_digits (Scanner *scanner)
{
  if (scanner->at == scanner->end || !g_ascii_isdigit (*scanner->at))
    return fail_expected (scanner, _("a digit"));
  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    scanner->at++;
  return TRUE;
}

/* A number can be valid JSON and still be too large for the program. */
static gboolean
check_number_fits (Scanner    *scanner,
                   const char *start,
                   gboolean    is_integer)
{
  char number[MAX_NUMBER_LENGTH + 1];
  gsize length = (gsize) (scanner->at - start);

  if (length > MAX_NUMBER_LENGTH)
    return fail (scanner, _("a number has too many digits"));
  memcpy (number, start, length);
  number[length] = '\0';
  if (is_integer ? !g_ascii_string_to_signed (number, 10, -G_MAXINT64, G_MAXINT64, NULL, NULL)
                 : !isfinite (g_ascii_strtod (number, NULL)))
    return fail (scanner, _("a number is too large"));
  return TRUE;
}

static gboolean
scan_number (Scanner *scanner)
{
  const char *start = scanner->at;
  gboolean is_integer = TRUE;

  accept (scanner, '-');
  if (!accept (scanner, '0') && !scan_digits (scanner))
    return FALSE;
  if (accept (scanner, '.'))
    {
      is_integer = FALSE;
      if (!scan_digits (scanner))
        return FALSE;
    }
  if (accept (scanner, 'e') || accept (scanner, 'E'))
    {
      is_integer = FALSE;
      if (!accept (scanner, '+'))
        accept (scanner, '-');
      if (!scan_digits (scanner))
        return FALSE;
    }
  return check_number_fits (scanner, start, is_integer);
}

static gboolean
scan_member (Scanner    *scanner,
             GHashTable *keys)
{
  g_autoptr (GString) key = g_string_new (NULL);

  skip_space (scanner);
  if (!scan_string (scanner, key))
    return FALSE;
  if (!g_hash_table_add (keys, g_strdup (key->str)))
    {
      g_autofree char *shown = atelier_json_shorten (key->str);
      g_autofree char *problem = g_strdup_printf (_("“%s” occurs twice in one object"), shown);

      return fail (scanner, problem);
    }
  skip_space (scanner);
  if (!accept (scanner, ':'))
    return fail_expected (scanner, "“:”");
  return scan_value (scanner);
}

static gboolean
scan_object (Scanner *scanner)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  skip_space (scanner);
  if (accept (scanner, '}'))
    return TRUE;
  do
    {
      if (!scan_member (scanner, keys))
        return FALSE;
      skip_space (scanner);
    }
  while (accept (scanner, ','));
  return accept (scanner, '}') || fail_expected (scanner, _("“,” or “}”"));
}

static gboolean
scan_array (Scanner *scanner)
{
  skip_space (scanner);
  if (accept (scanner, ']'))
    return TRUE;
  do
    {
      if (!scan_value (scanner))
        return FALSE;
      skip_space (scanner);
    }
  while (accept (scanner, ','));
  return accept (scanner, ']') || fail_expected (scanner, _("“,” or “]”"));
}

static gboolean
scan_nested (Scanner *scanner)
{
  gboolean is_object = *scanner->at++ == '{';
  gboolean is_good;

  if (scanner->depth == scanner->max_depth)
    return fail (scanner, _("objects and arrays are nested too deeply"));
  scanner->depth++;
  is_good = is_object ? scan_object (scanner) : scan_array (scanner);
  scanner->depth--;
  return is_good;
}

static gboolean
scan_value (Scanner *scanner)
{
  skip_space (scanner);
  switch (scanner->at < scanner->end ? *scanner->at : '\0')
    {
    case '{':
    case '[':
      return scan_nested (scanner);
    case '"':
      {
        g_autoptr (GString) ignored = g_string_new (NULL);

        return scan_string (scanner, ignored);
      }
    case 't':
      return scan_word (scanner, "true");
    case 'f':
      return scan_word (scanner, "false");
    case 'n':
      return scan_word (scanner, "null");
    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
      return scan_number (scanner);
    default:
      return fail_expected (scanner, _("a value"));
    }
}

static guint
count_lines (const char *start,
             const char *end)
{
  guint n = 1;

  for (const char *p = start; p < end; p++)
    n += *p == '\n';
  return n;
}

char *
atelier_json_shorten (const char *text)
{
  GString *shown = g_string_new (NULL);
  gboolean is_long = g_utf8_strlen (text, -1) > MAX_SHOWN_CHARS;
  guint n = is_long ? MAX_SHOWN_CHARS - 1 : MAX_SHOWN_CHARS;

  for (; *text != '\0' && n > 0; text = g_utf8_next_char (text), n--)
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (shown, g_unichar_iscntrl (c) ? 0xfffd : c);
    }
  if (is_long)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

char *
atelier_json_scan (const char *text,
                   gsize       length,
                   guint       max_depth,
                   guint      *line)
{
  Scanner scanner = { text, text + length, 0, max_depth, NULL };
  const char *invalid;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (line != NULL, NULL);

  if (!g_utf8_validate_len (text, length, &invalid))
    {
      *line = count_lines (text, invalid);
      return g_strdup (_("the text is not UTF-8"));
    }
  if (scan_value (&scanner))
    {
      skip_space (&scanner);
      if (scanner.at < scanner.end)
        fail_expected (&scanner, _("the end"));
    }
  *line = count_lines (text, scanner.at);
  return scanner.problem;
}
