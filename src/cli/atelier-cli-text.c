/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text in columns, for a terminal.  Any thread but for printing. */

#include "config.h"

#include "atelier-cli-text.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "atelier-cli-output.h"

#define COLUMN_GAP 2

struct _AtelierCliTable
{
  /* Owned */
  char      *alignment;
  GPtrArray *rows; /* of char **, n_columns each */

  guint      n_columns;
};

/* ---- Text ---- */

/* Whether a character could end the line or rearrange it. */
static gboolean
is_hostile (gunichar character)
{
  return g_unichar_iscntrl (character)
         || (character >= 0x2028 && character <= 0x202e)  /* separators, embedding, override */
         || (character >= 0x2066 && character <= 0x2069); /* isolates */
}

char *
atelier_cli_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (is_hostile (character))
        character = 0xfffd;
      g_string_append_unichar (clean, character);
    }
  return g_string_free (clean, FALSE);
}

/* A word that is not in @text; the escape characters keep it from being seen should it be left
 * over.  Transfer full. */
static char *
make_mark (const char *text)
{
  g_autofree char *mark = NULL;
  guint i = 0;

  do
    {
      g_free (mark);
      mark = g_strdup_printf ("\x1e%u\x1e", i++);
    }
  while (strstr (text, mark) != NULL);
  return g_steal_pointer (&mark);
}

/* The line ends of the format are replaced by a mark before formatting, so that those of the
 * arguments can be told from them. */
char *
atelier_cli_text_format (const char *format,
                         va_list     arguments)
{
  g_auto (GStrv) format_lines = g_strsplit (format, "\n", -1);
  g_auto (GStrv) lines = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *marked_format = NULL;
  g_autofree char *marked = NULL;
  va_list copy;

  va_copy (copy, arguments);
  plain = g_strdup_vprintf (format, copy);
  va_end (copy);
  mark = make_mark (plain);
  marked_format = g_strjoinv (mark, format_lines);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  marked = g_strdup_vprintf (marked_format, arguments);
#pragma GCC diagnostic pop
  lines = g_strsplit (marked, mark, -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *clean = atelier_cli_text_clean (lines[i]);

      g_free (lines[i]);
      lines[i] = clean;
    }
  return g_strjoinv ("\n", lines);
}

static guint
get_character_width (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

guint
atelier_cli_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_character_width (g_utf8_get_char (p));
  return width;
}

char *
atelier_cli_text_cut (const char *text,
                      guint       width)
{
  const char *end = text;
  guint used = 0;

  if (atelier_cli_text_width (text) <= width)
    return g_strdup (text);
  if (width == 0)
    return g_strdup ("");
  for (;;)
    {
      guint next = get_character_width (g_utf8_get_char (end));

      if (used + next > width - 1)
        break;
      used += next;
      end = g_utf8_next_char (end);
    }
  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

guint
atelier_cli_get_columns (FILE  *stream,
                         guint  fallback)
{
  struct winsize size;
  int fd = fileno (stream);

  if (!isatty (fd))
    return fallback;
  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return fallback;
}

/* ---- Tables ---- */

AtelierCliTable *
atelier_cli_table_new (const char *alignment)
{
  AtelierCliTable *table = g_new0 (AtelierCliTable, 1);

  table->alignment = g_strdup (alignment);
  table->n_columns = strlen (alignment);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return table;
}

void
atelier_cli_table_free (AtelierCliTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->rows);
  g_free (table->alignment);
  g_free (table);
}

void
atelier_cli_table_add_row_strv (AtelierCliTable    *table,
                                const char * const *cells)
{
  char **row = g_new0 (char *, table->n_columns + 1);

  for (guint i = 0; i < table->n_columns; i++)
    row[i] = atelier_cli_text_clean (cells[i]);
  g_ptr_array_add (table->rows, row);
}

void
atelier_cli_table_add_row (AtelierCliTable *table,
                           ...)
{
  g_autofree const char **cells = g_new0 (const char *, table->n_columns);
  const char *cell = "";
  va_list arguments;

  va_start (arguments, table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (cell != NULL)
        cell = va_arg (arguments, const char *);
      cells[i] = cell != NULL ? cell : "";
    }
  va_end (arguments);
  atelier_cli_table_add_row_strv (table, cells);
}

static guint
get_column_width (AtelierCliTable *table,
                  guint            i_column)
{
  guint width = 0;

  for (guint i = 0; i < table->rows->len; i++)
    {
      char **row = g_ptr_array_index (table->rows, i);

      width = MAX (width, atelier_cli_text_width (row[i_column]));
    }
  return width;
}

/* No blanks after the last cell, so that copied lines have none at their end. */
static void
append_cell (GString    *line,
             const char *cell,
             char        alignment,
             guint       width,
             gboolean    is_last)
{
  guint n_blanks = width - atelier_cli_text_width (cell);

  if (alignment == 'r')
    g_string_append_printf (line, "%*s%s", (int) n_blanks, "", cell);
  else if (is_last)
    g_string_append (line, cell);
  else
    g_string_append_printf (line, "%s%*s", cell, (int) n_blanks, "");
}

void
atelier_cli_table_print (AtelierCliTable *table,
                         FILE            *stream,
                         guint            indent)
{
  g_autofree guint *widths = g_new (guint, table->n_columns);

  for (guint i = 0; i < table->n_columns; i++)
    widths[i] = get_column_width (table, i);
  for (guint i_row = 0; i_row < table->rows->len; i_row++)
    {
      char **row = g_ptr_array_index (table->rows, i_row);
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint i = 0; i < table->n_columns; i++)
        {
          g_string_append_printf (line, "%*s", i == 0 ? (int) indent : COLUMN_GAP, "");
          append_cell (line, row[i], table->alignment[i], widths[i], i + 1 == table->n_columns);
        }
      g_strchomp (line->str);
      atelier_cli_output_write (stream, line->str);
      atelier_cli_output_write (stream, "\n");
    }
}
